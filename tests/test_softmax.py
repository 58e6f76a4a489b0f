"""The softmax family beyond the samples: masks, far apart data, third derivatives, the loss."""

import numpy
import pytest
from check import NDArray, array, check_function, close, gradients

import mxlite
from mxlite import autograd
from mxlite._ops import softmax as family
from mxlite._ops.select import pick

X = numpy.array([[1.0, 2.0, 4.0], [0.0, 2.0, -1.0]])
MASK = numpy.array([[True, False, True], [True, True, False]])
INSIDE = numpy.array([0, 2]), numpy.array([0, 1])


@pytest.mark.parametrize("axis", [0, 1])
def test_masked_log_softmax_inside(axis):
    """Derivatives of the elements inside the mask, which is all that has any."""
    def picked(a):
        y = family.masked_log_softmax(a, array(MASK), axis=axis)
        return y[INSIDE[0] * 0, INSIDE[0]] * y[INSIDE[1] * 0 + 1, INSIDE[1]]
    check_function(picked, X, order=3)


def test_log_softmax_with_length():
    def picked(a):
        return family.log_softmax(a, length=array(numpy.array([2, 3])), use_length=True)[:, :2]
    check_function(picked, X, order=3)


def test_gradient_outside_the_mask_is_zero():
    """Also where the mask is false along the whole axis, and for head gradients that are not 0 there."""
    mask = numpy.array([[True, True, False], [False, False, False]])
    for function in (family.masked_softmax, family.masked_log_softmax):
        g, = gradients(lambda a, f=function: [f(a, array(mask))], [X], heads=[numpy.ones((2, 3))])
        assert (g[~mask] == 0).all()


def test_nothing_overflows():
    for x in ([1e4, 0.0], [-1e4, -2e4], [3e38, -3e38]):
        x = array(numpy.array(x, numpy.float32))
        assert family.softmax(x).tolist() == [1.0, 0.0]
        assert family.log_softmax(x).asnumpy()[0] == 0
    y = family.softmax(array(numpy.full(4, 6e4, numpy.float16)))
    assert y.tolist() == [0.25] * 4
    assert y.dtype == numpy.float16


def test_minus_infinity():
    assert family.softmax(array(numpy.array([-numpy.inf, 0.0]))).tolist() == [0.0, 1.0]
    assert family.log_softmax(array(numpy.array([-numpy.inf, 0.0]))).tolist() == [-numpy.inf, 0.0]


def test_cross_entropy_is_mxnets():
    """Value and gradient that MXNet 1.9.1 gives; the head gradient counts."""
    x, label = array(X.astype(numpy.float32), NDArray), array(numpy.array([2, 0], numpy.float32), NDArray)
    x.attach_grad()
    with autograd.record():
        y = family.softmax_cross_entropy(x, label) * 5
    y.backward()
    assert y.shape == (1,)
    close(y, numpy.array([11.698461]), "float32")
    close(x.grad, numpy.array([[0.21005033, 0.570976, -0.7810265], [-4.4290237, 4.2189736, 0.21005033]]), "float32",
          loose={"float32": 1e-5})


def picked_gradient(function, x, index, **options):
    """The gradient of a weighed sum of one element per row, written straight into x.grad."""
    x = array(x)
    x.attach_grad()
    weight = array(numpy.linspace(-1, 2, index.size).astype(x.dtype).reshape(index.shape))
    with autograd.record():
        loss = (pick(function(x), array(index), **options) * weight).sum()
    loss.backward()
    return x.grad.asnumpy()


def dense_gradient(function, x, index, axis=-1):
    """The same by way of a one-hot array."""
    x = array(x)
    x.attach_grad()
    hot = numpy.zeros(x.shape, x.dtype)
    weight = numpy.linspace(-1, 2, index.size).astype(x.dtype).reshape(index.shape)
    numpy.put_along_axis(hot, numpy.expand_dims(index, axis), numpy.expand_dims(weight, axis), axis)
    with autograd.record():
        loss = (function(x) * array(hot)).sum()
    loss.backward()
    return x.grad.asnumpy()


@pytest.mark.parametrize("function", [family.softmax, family.log_softmax])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", [(3, 5), (20, 50, 7), (300, 700), (5000, 1)])
def test_picked(function, dtype, shape):
    random = numpy.random.RandomState(3)
    x, index = random.randn(*shape).astype(dtype), random.randint(0, shape[-1], shape[:-1])
    expected = dense_gradient(function, x, index)
    close(picked_gradient(function, x, index), expected, dtype)
    close(picked_gradient(function, x, index + shape[-1], mode="wrap"), expected, dtype)


@pytest.mark.parametrize("function", [
    lambda x: family.log_softmax(x, temperature=2.5), lambda x: family.softmax(x, temperature=2.5),
    lambda x: family.log_softmax(x, axis=0), lambda x: family.softmax(x, axis=0),
    lambda x: family.log_softmax(x, length=array(numpy.full(30, 90)), use_length=True),
    lambda x: family.log_softmax(x, dtype="float64"), family.softmin])
def test_picked_by_other_paths(function):
    x, index = numpy.random.RandomState(4).randn(30, 100).astype("float32"), numpy.arange(30)
    close(picked_gradient(function, x, index), dense_gradient(function, x, index), "float32")


def test_picked_along_the_first_axis():
    x, index = numpy.random.RandomState(4).randn(30, 100), numpy.arange(100) % 30
    close(picked_gradient(family.log_softmax, x, index, axis=0), dense_gradient(family.log_softmax, x, index, 0),
          "float64")


def test_picked_and_read_otherwise():
    """What was picked from is used twice, asked for, marked, or swept twice."""
    many, where = numpy.random.RandomState(5).randn(30, 100), numpy.arange(30) * 3
    index, x = array(where), array(many)
    x.attach_grad()
    with autograd.record():
        logs = family.log_softmax(x)
        twice = (pick(logs, index) * 3).sum() + (logs * logs).sum()
    twice.backward()
    hot = numpy.zeros(many.shape)
    hot[numpy.arange(30), where] = 3
    logs = family.log_softmax
    known, = gradients(lambda a: [(logs(a) * array(hot)).sum() + (logs(a) ** 2).sum()], [many], heads=[numpy.ones(())])
    close(x.grad, known, "float64")

    with autograd.record():
        logs = family.log_softmax(x)
        loss = (pick(logs, index) * 3).sum()
    close(autograd.grad(loss, [logs], retain_graph=True)[0], hot, "float64")
    loss.backward(retain_graph=True)
    once = x.grad.asnumpy()
    loss.backward()
    close(x.grad, once, "float64")

    with autograd.record():
        logs = family.log_softmax(x)
        logs.attach_grad()
        loss = (pick(logs, index) * 3).sum()
    loss.backward()
    close(logs.grad, hot, "float64")


def test_picked_twice_differentiated():
    index = array(numpy.array([2, 0]))
    check_function(lambda a: pick(family.log_softmax(a), index), X, order=3)
    check_function(lambda a: pick(family.softmax(a), index), X, order=3)


def test_float32_is_as_near_as_float32_can_be():
    """Rows of all lengths, and numbers from 0 to where exponentials are no normal numbers any more, and count as 0."""
    random = numpy.random.RandomState(6)
    for n in (1, 2, 7, 8, 9, 31, 33, 1000):
        x = (random.randn(20, n) * 10 ** random.uniform(-3, 2, (20, 1))).astype("float32")
        wide = (x - x.max(-1, keepdims=True)).astype("float64")      # what the exponentials are given
        shares = numpy.exp(wide)
        shares /= shares.sum(-1, keepdims=True)
        numpy.testing.assert_allclose(family.softmax(array(x)).asnumpy(), shares, rtol=1e-6, atol=2e-38)
        logs = wide - numpy.log(numpy.exp(wide).sum(-1, keepdims=True))
        numpy.testing.assert_allclose(family.log_softmax(array(x)).asnumpy(), logs, rtol=3e-7, atol=5e-7)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_nan_and_infinity_stay_in_their_row(dtype):
    x = numpy.zeros((4, 20), dtype)
    x[0, 3], x[1, 5], x[2, 7] = numpy.nan, numpy.inf, -numpy.inf
    for function in (family.softmax, family.log_softmax):
        y = function(array(x)).asnumpy()
        assert numpy.isnan(y[:2]).all()
        assert not numpy.isnan(y[2:]).any()
    assert family.softmax(array(x)).asnumpy()[2, 7] == 0


def test_same_bits_for_any_number_of_threads():
    x, index = numpy.random.RandomState(7).randn(1000, 300).astype("float32"), numpy.arange(1000) % 300
    before = mxlite.get_num_threads()
    found = []
    try:
        for n in (1, 2, 5):
            mxlite.set_num_threads(n)
            found.append([f(array(x)).asnumpy().tobytes() for f in (family.softmax, family.log_softmax)]
                         + [picked_gradient(f, x, index).tobytes() for f in (family.softmax, family.log_softmax)]
                         + [dense_gradient(f, x, index).tobytes() for f in (family.softmax, family.log_softmax)])
    finally:
        mxlite.set_num_threads(before)
    assert found[0] == found[1] == found[2]
