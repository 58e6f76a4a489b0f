"""The spellings of MXNet 1.x in nd and on NDArray: what they add to the operators, with MXNet 1.9.1's answers."""

import math

import numpy
import pytest

import mxlite
from mxlite import autograd, nd, np
from mxlite._errors import ArgumentError, DtypeError, MXNetError, ShapeError

X = numpy.arange(6.0, dtype="float32").reshape(2, 3)
Y = numpy.arange(24.0, dtype="float32").reshape(2, 3, 4)


def check(result, expected, dtype="float32"):
    assert type(result) is nd.NDArray
    assert numpy.dtype(result.dtype) == numpy.dtype(dtype)
    assert result.shape == numpy.shape(expected)
    numpy.testing.assert_allclose(result.asnumpy(), expected, rtol=1e-6)


# -- reductions --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["sum", "mean", "prod", "max", "min", "nansum", "nanprod"])
@pytest.mark.parametrize(("kwargs", "axes"), [
    ({}, (0, 1, 2)), ({"axis": 1}, (1,)), ({"axis": -1}, (2,)), ({"axis": (0, 2)}, (0, 2)), ({"axis": [0, 2]}, (0, 2)),
    ({"axis": 1, "exclude": True}, (0, 2)), ({"axis": (0, -1), "exclude": True}, (1,)),
    ({"axis": (), "exclude": True}, (0, 1, 2)), ({"exclude": True}, (0, 1, 2)),
])
@pytest.mark.parametrize("keepdims", [False, True])
def test_reductions(name, kwargs, axes, keepdims):
    y = Y / 10 + 0.5
    expected = getattr(numpy, name)(y, axis=axes, keepdims=keepdims)
    expected = expected.reshape(expected.shape or (1,))
    check(getattr(nd, name)(nd.array(y), keepdims=keepdims, **kwargs), expected)
    check(getattr(nd.array(y), name)(keepdims=keepdims, **kwargs), expected)


def test_reductions_take_positions_and_out():
    x, out = nd.array(X), nd.zeros((2, 1))
    check(nd.sum(x, 1, True), X.sum(1, keepdims=True))
    assert nd.max(x, 1, True, out=out) is out
    check(out, X.max(1, keepdims=True))
    check(nd.sum(data=x, axis=0), X.sum(0))
    check(nd.sum_axis(x, axis=0), X.sum(0))
    with pytest.raises(ShapeError, match="out of bounds"):
        nd.sum(x, axis=2)


def test_reductions_keep_integers():
    i = nd.array([1, 2], dtype="int32")
    check(nd.sum(i), [3], "int32")
    check(nd.mean(i), [1], "int32")
    check(nd.argmax(i), [1], "int32")


def test_excluded_gradient():
    x = nd.array(Y)
    x.attach_grad()
    with autograd.record():
        y = nd.mean(x, axis=1, exclude=True)
    y.backward(nd.array([1, 2, 3]))
    numpy.testing.assert_allclose(x.grad.asnumpy(), numpy.broadcast_to(numpy.array([[1], [2], [3]]) / 8, Y.shape))


def test_places_of_extremes():
    check(nd.argmax(nd.array(X), 1, True), [[2], [2]])
    check(nd.argmin(nd.array(Y), axis=-1), numpy.zeros((2, 3)))
    check(nd.array(Y).argmax(), [23])
    check(nd.argmax_channel(nd.array(X)), [2, 2])


def test_moments():
    mean, variance = nd.moments(nd.array(X), axes=0)
    check(mean, X.mean(0))
    check(variance, X.var(0))
    check(nd.moments(nd.array(X), axes=(0, 1), keepdims=True)[1], [[X.var()]])


# -- shapes ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("codes", "shape"), [
    ((4, 6), (4, 6)), (24, (24,)), ((-1, 4), (6, 4)), ((0, -1), (2, 12)), ((-2,), (2, 3, 4)), ((0, -2), (2, 3, 4)),
    ((-3, 4), (6, 4)), ((0, -3), (2, 12)), ((-3, -2), (6, 4)), ((-4, 1, 2, -2), (1, 2, 3, 4)),
    ((2, -4, -1, 3, -2), (2, 1, 3, 4)), ((0, 0, -4, 2, -1), (2, 3, 2, 2)), ((0, 0, 0, -1), (2, 3, 4, 1)),
    ((-1, 0), (8, 3)),
])
def test_reshape_codes(codes, shape):
    y = nd.array(Y)
    check(nd.reshape(y, codes), Y.reshape(shape))
    check(nd.Reshape(y, shape=codes), Y.reshape(shape))
    check(y.reshape(codes), Y.reshape(shape))


@pytest.mark.parametrize(("codes", "shape"), [((-1, 0), (6, 4)), ((-3, 0), (6, 4)), ((6, -1, 0), (6, 1, 4))])
def test_reshape_codes_from_the_right(codes, shape):
    check(nd.reshape(nd.array(Y), codes, reverse=True), Y.reshape(shape))
    check(nd.array(Y).reshape(codes, reverse=True), Y.reshape(shape))


@pytest.mark.parametrize("codes", [(5, 5), (-1, -1), (7, -1), (0, 0, 0, 0), (-5,), ()])
def test_reshape_that_does_not_fit(codes):
    with pytest.raises(ShapeError):
        nd.reshape(nd.array(Y), codes)


def test_broadcast_to():
    x = nd.ones((1, 3))
    check(nd.broadcast_to(x, (2, 3)), numpy.ones((2, 3)))
    check(nd.broadcast_to(x, shape=(2, 0)), numpy.ones((2, 3)))
    check(x.broadcast_to((4, 2, 3)), numpy.ones((4, 2, 3)))
    check(nd.ones(3).broadcast_to((2, 0)), numpy.ones((2, 3)))
    with pytest.raises(ShapeError, match="cannot be broadcasted"):
        nd.broadcast_to(nd.ones(3), (2, 3))
    with pytest.raises(ShapeError, match="broadcast"):
        nd.ones((1, 1, 3)).broadcast_to((2, 3))


def test_swapaxes_defaults():
    check(nd.swapaxes(nd.array(Y)), Y)
    check(nd.SwapAxis(nd.array(Y), dim1=0, dim2=2), Y.swapaxes(0, 2))


# -- several arrays ----------------------------------------------------------------------------------------------------
def test_concatenate_takes_a_list():
    x = nd.array(X)
    check(nd.concatenate([x, x]), numpy.concatenate([X, X]))
    check(nd.concatenate([x, x], axis=1, always_copy=False), numpy.concatenate([X, X], 1))
    with pytest.raises(ArgumentError, match="empty"):
        nd.concatenate([])


def test_add_n():
    x = nd.array(X)
    x.attach_grad()
    with autograd.record():
        y = nd.add_n(x, x, x * 2)
    y.backward()
    check(y, 4 * X)
    assert (x.grad.asnumpy() == 4).all()
    check(nd.ElementWiseSum(x), X)
    with pytest.raises(DtypeError, match="not a list"):
        nd.add_n([x, x])
    with pytest.raises(ShapeError, match="shapes"):
        nd.add_n(x, nd.ones((1, 3)))


def test_where_with_one_condition_per_row():
    x = nd.array(X)
    check(nd.where(nd.array([1, 0]), x, -x), [[0, 1, 2], [-3, -4, -5]])
    check(nd.where(x > 2, x, -x), numpy.where(X > 2, X, -X))


def test_onehot_encode_writes():
    out = nd.zeros((2, 3))
    assert nd.onehot_encode(nd.array([0, 2]), out) is out
    check(out, [[1, 0, 0], [0, 0, 1]])


def test_slice_assign():
    x = nd.array(X)
    assert x.slice_assign(nd.ones((1, 2)) * 9, (0, 0), (1, 2), (1, 1)) is x
    assert x.slice_assign_scalar(7, (1, 0), (2, 2)) is x
    check(x, [[9, 9, 2], [7, 7, 5]])


# -- gradients that are not derivatives --------------------------------------------------------------------------------
@pytest.mark.parametrize(("loss", "expected"), [
    (lambda x: nd.make_loss(x * 2), 2), (lambda x: nd.MakeLoss(x * 2), 2),
    (lambda x: nd.MakeLoss(x * 2, grad_scale=5), 10), (lambda x: nd.MakeLoss(x * 2, normalization="valid"), 1),
])
def test_losses_ignore_the_head_gradient(loss, expected):
    x = nd.array([1, -2, 3])
    x.attach_grad()
    with autograd.record():
        y = loss(x)
    y.backward(nd.array([10, 20, 30]))
    check(y, [2, -4, 6])
    check(x.grad, [expected] * 3)


@pytest.mark.parametrize("stop", [nd.BlockGrad, nd.stop_gradient])
def test_gradients_stop(stop):
    x = nd.array([1, -2, 3])
    x.attach_grad()
    with autograd.record():
        y = stop(x) * x
    y.backward()
    check(x.grad, [1, -2, 3])
    with autograd.record():
        y = stop(x)
    y.backward()
    check(x.grad, [0, 0, 0])


# -- creation ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("make", "expected", "dtype"), [
    (lambda: nd.array([1, 2]), [1, 2], "float32"),
    (lambda: nd.array(numpy.array([1, 2])), [1, 2], "float32"),
    (lambda: nd.array(numpy.array([0.5])), [0.5], "float32"),
    (lambda: nd.array(nd.array([1], dtype="int32")), [1], "int32"),
    (lambda: nd.array([1, 2], mxlite.cpu(), "int32"), [1, 2], "int32"),
    (lambda: nd.array(3), [3], "float32"),
    (lambda: nd.zeros((2,), mxlite.cpu(), "int32"), [0, 0], "int32"),
    (lambda: nd.zeros(3), [0, 0, 0], "float32"),
    (lambda: nd.ones([2]), [1, 1], "float32"),
    (lambda: nd.full(2, 3), [3, 3], "float32"),
    (lambda: nd.full((2,), val=True), [1, 1], "float32"),
    (lambda: nd.full(2, nd.array([3, 4]), dtype="int8"), [3, 4], "int8"),
    (lambda: nd.empty((2, 0)), numpy.zeros((2, 0)), "float32"),
    (lambda: nd.arange(3), [0, 1, 2], "float32"),
    (lambda: nd.arange(0, 4, 2, 2), [0, 0, 2, 2], "float32"),
    (lambda: nd.arange(2, repeat=3, dtype="int32"), [0, 0, 0, 1, 1, 1], "int32"),
    (lambda: nd.linspace(0, 1, 5, endpoint=False), [0, 0.2, 0.4, 0.6, 0.8], "float32"),
    (lambda: nd.eye(2, 3, 1), [[0, 1, 0], [0, 0, 1]], "float32"),
    (lambda: nd.eye(2, dtype="int32"), [[1, 0], [0, 1]], "int32"),
    (lambda: nd.zeros_like(nd.array([1, 2], dtype="int32")), [0, 0], "int32"),
    (lambda: nd.ones((2,)).zeros_like(), [0, 0], "float32"),
    (lambda: nd.identity(nd.array([1, 2])), [1, 2], "float32"),
    (lambda: nd.from_numpy(numpy.ones(2)), [1, 1], "float64"),
])
def test_creation(make, expected, dtype):
    check(make(), expected, dtype)


@pytest.mark.parametrize(("make", "error", "phrase"), [
    (lambda: nd.array("abc"), DtypeError, "not supported"),
    (lambda: nd.array([1j]), DtypeError, "complex"),
    (lambda: nd.array([[1, 2], [3]]), ShapeError, "inhomogeneous"),
    (lambda: nd.zeros((2, 2), stype="csr"), ArgumentError, "sparse"),
    (lambda: nd.zeros((-1,)), ShapeError, "negative"),
    (lambda: nd.arange(0, 1, 0), ArgumentError, "step"),
    (lambda: nd.from_numpy([1]), DtypeError, "NumPy array"),
    (lambda: nd.ones(2, ctx="gpu"), MXNetError, "CPU"),
    (lambda: nd.ones((2,), out=nd.zeros(3)), ShapeError, "out="),
    (lambda: nd.zeros((2,), dtype="int32", out=nd.ones(2)), DtypeError, "out="),
])
def test_creation_errors(make, error, phrase):
    with pytest.raises(error, match=phrase):
        make()


@pytest.mark.parametrize(("make", "expected"), [
    (lambda out: nd.ones((2, 2), out=out), [[1, 1], [1, 1]]), (lambda out: nd.zeros((2, 2), out=out), [[0, 0], [0, 0]]),
    (lambda out: nd.eye(2, out=out), [[1, 0], [0, 1]]), (lambda out: nd.full((2, 2), 3, out=out), [[3, 3], [3, 3]]),
])
def test_creation_into_an_array(make, expected):
    out = nd.full((2, 2), 7)
    assert make(out) is out
    check(out, expected)


def test_array_copies_and_passes_gradients():
    x = nd.array([1, 2])
    x.attach_grad()
    with autograd.record():
        y = nd.array(x) * 3
    y.backward()
    check(x.grad, [3, 3])
    copied = nd.array(x)
    copied[:] = 9
    check(x, [1, 2])


def test_from_numpy_shares_memory():
    source = numpy.ones(3, "float32")
    x = nd.from_numpy(source)
    x[0] = 5
    assert source[0] == 5
    assert not source.flags.writeable
    other = numpy.ones(3)
    nd.from_numpy(other, zero_copy=False)[:] = 2
    assert other.tolist() == [1, 1, 1]


# -- np's creation, where it differs from NumPy's ---------------------------------------------------------------------
@pytest.mark.parametrize(("make", "shape", "dtype"), [
    (lambda: np.array([1, 2]), (2,), "float32"),
    (lambda: np.array(3), (), "float32"),
    (lambda: np.array(numpy.array([1, 2])), (2,), "int64"),
    (lambda: np.array(numpy.float64(2)), (), "float64"),
    (lambda: np.array([numpy.float64(2)]), (1,), "float32"),
    (lambda: np.array(np.array([1], dtype="int32")), (1,), "int32"),
    (lambda: np.array([np.array([1], dtype="int32")]), (1, 1), "float32"),
    (lambda: np.array([1], float), (1,), "float64"),
    (lambda: np.array(range(3)), (3,), "float32"),
    (lambda: np.full((2,), 3), (2,), "float32"),
    (lambda: np.full((2,), True), (2,), "bool"),
    (lambda: np.arange(3), (3,), "float32"),
    (lambda: np.linspace(0, 1), (50,), "float32"),
    (lambda: np.logspace(0, 1, 4, dtype="int32"), (4,), "int32"),
    (lambda: np.zeros((2,), device=mxlite.cpu()), (2,), "float32"),
])
def test_np_creation(make, shape, dtype):
    x = make()
    assert type(x) is np.ndarray
    assert (x.shape, x.dtype) == (shape, numpy.dtype(dtype))


def test_spaced():
    values, step = np.linspace(0, 1, 5, retstep=True)
    assert (values.tolist(), step) == ([0, 0.25, 0.5, 0.75, 1], 0.25)
    assert np.logspace(0, 3, 4, base=2).tolist() == [1, 2, 4, 8]
    with pytest.raises(ArgumentError, match="number of elements"):
        np.linspace(0, 1, -1)
    with pytest.raises(DtypeError, match="takes numbers"):
        np.linspace([0, 1], 2)


def test_asarray_copies_only_when_it_must():
    x = np.array([1, 2])
    assert np.asarray(x) is x
    assert np.asarray(x, copy=True) is not x
    assert np.asarray(x, dtype="int32").dtype == numpy.int32
    assert type(np.array(nd.ones(2))) is np.ndarray


def test_full_passes_gradients_to_an_array():
    x = np.array([1.0, 2.0])
    x.attach_grad()
    with autograd.record():
        y = np.full((3, 2), x)
    y.backward()
    assert x.grad.tolist() == [3, 3]


@pytest.mark.parametrize("function", [float, int, math.sqrt, lambda x: [1, 2][x]])
def test_an_ndarray_is_no_number_and_the_error_says_what_is(function):
    """As in 1.9.1, where asscalar is the way."""
    with pytest.raises(TypeError, match=r"scalar index; asscalar\(\) or item\(\) gives the number$"):
        function(nd.array([2.5]))


# -- the mode switch ---------------------------------------------------------------------------------------------------
def test_mode_is_remembered():
    npx = mxlite.npx
    npx.reset_np()
    assert (npx.is_np_array(), npx.is_np_shape()) == (False, False)
    npx.set_np()
    try:
        assert (npx.is_np_array(), npx.is_np_shape()) == (True, True)
        assert (nd.ones(1).shape, np.ones(()).shape) == ((1,), ())
        with npx.np_array(False), npx.np_shape(False):
            assert (npx.is_np_array(), npx.is_np_shape()) == (False, False)
        with pytest.raises(ArgumentError, match="NumPy Shape semantics"):
            npx.set_np(shape=False, array=True)
    finally:
        npx.reset_np()
    assert npx.use_np(lambda: (npx.is_np_array(), npx.is_np_shape()))() == (True, True)
    assert not npx.is_np_array()


@pytest.mark.parametrize("make", [
    lambda: nd.zeros(()), lambda: nd.ones(()), lambda: nd.empty(()), lambda: nd.full((), 2), lambda: nd.array(2.0),
    lambda: nd.array(numpy.ones(())), lambda: nd.random.uniform(shape=()), lambda: nd.random.randint(0, 3, shape=()),
    lambda: mxlite.test_utils.rand_ndarray(()),
])
def test_new_legacy_arrays_without_axes_follow_the_mode(make):
    with mxlite.np_shape():
        x = make()
        assert (type(x), x.shape, (x.abs() + 1).as_np_ndarray().shape) == (nd.NDArray, (), ())
    assert make().shape == (1,)
