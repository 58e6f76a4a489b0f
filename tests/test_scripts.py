"""What scripts do with numbers, NumPy and wrong arguments, where no recording of MXNet's can say what is right."""

import copy
import pickle

import numpy
import pytest

from mxlite import autograd, context, nd, np
from mxlite._errors import ArgumentError, DtypeError, GraphError, MXNetError


# -- single elements -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("x", [nd.array([2.5]), nd.array([[2.5]]), np.array([2.5]), np.array([[[2.5]]])])
def test_asnumpy_of_one_element_is_a_number_to_python(x):
    a = x.asnumpy()
    assert (float(a), int(a), complex(a), "%.2f %d" % (a, a)) == (2.5, 2, 2.5, "2.50 2")  # noqa: UP031
    assert isinstance(a, numpy.ndarray)
    assert repr(a) == repr(numpy.array(a.tolist(), "float32"))
    with pytest.raises(TypeError):
        [1, 2, 3][a]


@pytest.mark.parametrize("x", [nd.array([1, 2]), np.array(1.0), np.array([]), np.ones((2, 1)), nd.zeros((0, 3))])
def test_asnumpy_of_anything_else_is_plain(x):
    assert type(x.asnumpy()) is numpy.ndarray


def test_asnumpy_of_one_element_computes_and_copies_as_a_plain_array():
    a = nd.array([1.5]).asnumpy()
    for made in (a + 1, 1 - a, -a, a > 1, numpy.exp(a), numpy.concatenate([a, a]), numpy.stack([a, a]), copy.copy(a),
                 copy.deepcopy(a), pickle.loads(pickle.dumps(a)), numpy.array(a), numpy.asarray(a), a @ a[:, None]):
        assert type(made) is numpy.ndarray
    assert a.flags.writeable
    a[0] = 7
    b = a
    b *= 2
    assert b is a
    assert float(a) == 14


def test_asnumpy_of_one_element_mixes_with_arrays():
    a = nd.array([1.5]).asnumpy()
    assert type(np.array([1.0]) + a) is np.ndarray
    assert type(a + np.array([1.0])) is np.ndarray
    assert type(numpy.asarray(np.array(a))) is numpy.ndarray


@pytest.mark.parametrize("dtype", ["float16", "float32", "int8", "int16", "int32", "uint8", "uint16", "uint32"])
def test_asscalar_treats_python_numbers_as_numpy_1_did(dtype):
    x = nd.array([3], dtype=dtype).asscalar()
    exact = numpy.dtype(dtype).type
    assert isinstance(x, exact)
    assert numpy.asarray(x).dtype == dtype
    assert type(x + 1.0) is type(1.0 + x) is type(x / 2.0) is numpy.float64
    assert type(x + 1) is type(1 * x) is (numpy.float64 if exact(0).dtype.kind == "f" else numpy.int64)
    assert (x + x).dtype == dtype
    assert type(x + x + 0.5) is numpy.float64
    assert (type(pickle.loads(pickle.dumps(x))), repr(x), str(x)) == (exact, repr(exact(3)), str(exact(3)))
    assert hash(x) == hash(exact(3)) == hash(3)


def test_a_float32_scalar_equals_no_python_float_that_it_rounds():
    x = nd.array([0.1]).asscalar()
    assert x != 0.1
    assert x > 0.1
    assert x == numpy.float32(0.1)


# -- NumPy's functions with arguments that operators do not have -----------------------------------------------------
def test_ufunc_options_are_numpys():
    x = np.array([1.0, 2.0])
    assert numpy.exp(x, dtype="float64").dtype == numpy.float64
    assert numpy.add(x, 1, dtype="float16").dtype == numpy.float16
    assert np.add(x, 1, where=True).tolist() == [2, 3]


@pytest.mark.parametrize(("option", "error"), [
    ({"where": False}, NotImplementedError), ({"where": np.array([True, False])}, NotImplementedError),
    ({"subok": False}, NotImplementedError), ({"dtype": "int8"}, NotImplementedError),
    ({"casting": "safe"}, NotImplementedError), ({"order": "C"}, NotImplementedError),
    ({"subok": 3}, TypeError), ({"dtype": "abc"}, TypeError), ({"casting": "any"}, TypeError), ({"foo": 1}, TypeError),
], ids=str)
def test_ufunc_options_of_ours_are_not_implemented(option, error):
    """As in MXNet; one that means nothing is of a wrong type."""
    x = np.array([1.0, 2.0])
    for call in (lambda: np.exp(x, **option), lambda: np.add(x, x, **option)):
        with pytest.raises(error, match=next(iter(option))):
            call()


def test_function_options_are_numpys():
    x = np.array([1.0, 2.0])
    assert float(numpy.sum(x, where=x > 1)) == 2
    x.attach_grad()
    with autograd.record():
        y = x * 2
        with pytest.raises(GraphError, match="no derivative"):
            numpy.sum(y, where=y > 2)
        assert numpy.sum(y, axis=0) == 6


# -- wrong arguments -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("call", "error", "text"), [
    (lambda x: x.__setitem__(0, "a"), DtypeError, "setitem"),
    (lambda x: x.astype(x), DtypeError, "no dtype"),
    (lambda x: x.reshape("int32"), DtypeError, "reshape"),
    (lambda x: x.as_in_context(x), MXNetError, "device"),
    (lambda x: context.Context(3), MXNetError, "device"),
    (lambda x: np.split(x.as_np_ndarray(), 2, out=x), DtypeError, "returns several arrays"),
    (lambda x: np.size(x, 5), MXNetError, "size"),
    (lambda x: np.allclose(x, np.ones(3)), MXNetError, "allclose"),
    (lambda x: x.astype("int32") + 2**70, ArgumentError, "int32"),
    (lambda x: x + 10**400, ArgumentError, "float32"),
])
def test_what_is_wrong_is_said(call, error, text):
    with pytest.raises(error, match=text):
        call(nd.array([1.0, 2.0]))


def test_a_head_gradient_is_an_array():
    x = nd.array([1.0])
    x.attach_grad()
    with autograd.record():
        y = x * 2
    with pytest.raises(DtypeError, match="head gradient"):
        y.backward("a")
    y.backward([3.0])
    assert x.grad.asscalar() == 6


# -- arrays as arguments that are numbers ----------------------------------------------------------------------------
def test_numbers_may_be_arrays_of_one_element():
    s = np.array(2.0)
    assert np.linspace(s, s + 2, 3).tolist() == [2, 3, 4]
    assert np.logspace(s, s, 1, base=np.array(3.0)).tolist() == [9]
    assert np.allclose(np.ones(2), np.ones(2), np.array(0.1), np.array(0.1))


# -- graphs ----------------------------------------------------------------------------------------------------------
def test_create_graph_keeps_the_graph():
    x = np.array([1.0, 2.0])
    x.attach_grad()
    with autograd.record():
        y = np.exp(x).sum()
        g, = autograd.grad(y, x, create_graph=True, retain_graph=False)
    y.backward(retain_graph=True)
    g.backward()
    assert x.grad.tolist() == np.exp(x).tolist()


def test_array_of_recorded_elements_is_recorded():
    x = np.array([1.0, 2.0])
    x.attach_grad()
    with autograd.record():
        y = np.array([[x[0], 1], [2, x[1] * x[0]]])
        z = (y * np.array([[1.0, 10.0], [100.0, 1000.0]])).sum()
    z.backward()
    assert y.tolist() == [[1, 1], [2, 2]]
    assert x.grad.tolist() == [2001, 1000]
    assert np.array([x[0], 3], dtype="int32").dtype == numpy.int32


def test_writing_a_list_of_recorded_elements_is_recorded():
    x = np.array([1.0, 2.0])
    x.attach_grad()
    with autograd.record():
        y = np.zeros(2)
        y[:] = [x[1] * 3, x[0]]
        with pytest.raises(MXNetError, match="Inplace"):
            y[0:1] = [x[0]]
    y.backward()
    assert x.grad.tolist() == [1, 3]


@pytest.mark.parametrize("call", [np.dot, np.inner, lambda a, b: np.outer(a, b).reshape(-1), np.multiply])
def test_a_product_with_a_number_is_differentiable(call):
    x = np.array([1.0, 2.0])
    x.attach_grad()
    for product in (lambda: call(x, 3), lambda: call(3.0, x)):
        with autograd.record():
            y = product()
        y.backward()
        assert y.tolist() == [3, 6]
        assert x.grad.tolist() == [3, 3]
