"""Reductions beyond the samples: ties, zeros, nan, degenerate lengths, integer dtypes."""

import numpy
import pytest
from check import NDArray, array, check_function, close, gradients, raw_of

from mxlite import autograd, np
from mxlite._ops import nan, reduce, statistics

TIES = numpy.array([[1.0, 2.0, 2.0], [2.0, 0.0, 0.0]])
GAPS = numpy.array([[1.5, numpy.nan, -0.5], [2.0, 0.25, numpy.nan]])


def gradient(function, x):
    """The gradient of the sum of a function's result."""
    y = function(array(x))
    return gradients(lambda a: [function(a)], [x], heads=[numpy.ones(y.shape)])[0].tolist()


def test_ties_receive_everything():
    """The pattern that MXNet gives: every entry that ties has the whole gradient."""
    assert gradient(reduce.max, TIES) == [[0, 1, 1], [1, 0, 0]]
    assert gradient(reduce.min, TIES) == [[0, 0, 0], [0, 1, 1]]
    assert gradient(lambda a: reduce.max(a, axis=1), TIES) == [[0, 1, 1], [1, 0, 0]]
    assert gradient(lambda a: reduce.max(a, axis=0), numpy.array([[1, numpy.nan], [2, 3]])) == [[0, 0], [1, 0]]


def test_product_with_zeros():
    """The product of the others, where MXNet divides 0 by 0."""
    assert gradient(reduce.prod, numpy.array([0.0, 4.0, 2.0])) == [8, 0, 0]
    assert gradient(reduce.prod, numpy.array([0.0, 4.0, 0.0])) == [0, 0, 0]
    assert gradient(reduce.cumprod, numpy.array([2.0, 0.0, 3.0])) == [1, 8, 0]


def test_constant_data():
    """The standard deviation of equal elements has the derivative 0, as the norm at 0 has."""
    assert gradient(reduce.std, numpy.ones(3)) == [0, 0, 0]


@pytest.mark.parametrize("function", [reduce.var, reduce.std], ids=["var", "std"])
def test_too_few_elements(function):
    """With ddof at the number of elements the result is nan or inf, without a warning."""
    assert numpy.isnan(function(array(numpy.array([2.0])), ddof=1).item())
    assert function(array(numpy.array([1.0, 2.0])), ddof=2).item() == numpy.inf


def test_integer_dtypes():
    """np keeps integer sums and gives float32 means; legacy arrays keep their dtype throughout."""
    x = numpy.array([[200, 100, 7], [1, 0, 30]], numpy.uint8)
    assert (reduce.sum(array(x)).item(), reduce.sum(array(x)).dtype) == (338 % 256, numpy.uint8)
    assert reduce.mean(array(x)).dtype == reduce.std(array(x)).dtype == numpy.float32
    assert reduce.argmax(array(x)).dtype == numpy.int64
    y = numpy.array([[2, 20, 10], [1, 0, 3]], numpy.int32)
    assert (reduce.mean(array(y, NDArray)).asscalar(), reduce.mean(array(y, NDArray)).dtype) == (6, numpy.int32)
    assert reduce.argmax(array(y.astype(numpy.float32), NDArray)).dtype == numpy.float32
    assert reduce.sum(array(numpy.ones(3, bool))).dtype == numpy.int64
    assert reduce.sum(array(numpy.array([0.6, 0.6, 0.6])), dtype="int32").item() == 1


def test_gradient_of_a_wider_mean_does_not_overflow():
    a = array(numpy.zeros(100_000, "float16"))
    a.attach_grad()
    with autograd.record():
        m = np.mean(a, dtype="float32") * 100_000
    m.backward()
    assert (raw_of(a.grad) == 1).all()


def test_mean_in_another_dtype():
    """An integer dtype is that of the sum, too, as in NumPy; the gradient has the precision of the operand."""
    x = numpy.array([100, 101, 60], numpy.int8)
    assert reduce.mean(array(x), dtype="int8").item() == numpy.mean(x, dtype="int8") == 1
    assert reduce.mean(array(x), dtype="int32").item() == 87
    for dtype in ("float16", "float32", "int32"):
        y = array(numpy.array([1.0, 2.0, 4.0]))
        y.attach_grad()
        with autograd.record():
            z = reduce.mean(y, dtype=dtype)
        z.backward()
        assert y.grad.tolist() == [1 / 3] * 3


def test_without_nan():
    """nan has no part in the result and the gradient 0."""
    assert gradient(nan.nansum, GAPS) == [[1, 0, 1], [1, 1, 0]]
    assert gradient(lambda a: nan.nanprod(a, axis=1), GAPS) == [[-0.5, 0, 1.5], [0.25, 2, 0]]
    assert gradient(nan.nanprod, numpy.array([0.0, numpy.nan, 2.0])) == [2, 0, 0]
    inside = numpy.isfinite(GAPS)

    def of_the_rest(x):
        return nan.nanprod(x + array(numpy.where(inside, 0.0, numpy.nan)), axis=1)
    check_function(of_the_rest, numpy.nan_to_num(GAPS), order=3)


def test_weights_of_zero():
    """Weights that add up to 0 give inf, as in MXNet."""
    y = statistics.average(array(numpy.array([1.0, 2.0])), weights=array(numpy.array([1.0, -1.0])))
    assert y.item() == -numpy.inf


def test_returned_weights_have_mxnets_shape():
    _, total = statistics.average(array(TIES), axis=0, weights=array(numpy.array([3.0, 1.0])), returned=True)
    assert (total.shape, total.item()) == ((), 4.0)


def test_moments_of_legacy_arrays():
    results = statistics.moments(array(numpy.array([[1.0, 2.0], [3.0, 4.0]]), NDArray), axes=[0])
    assert isinstance(results, list)
    close(results[0], numpy.array([2.0, 3.0]), "float64")
    close(results[1], numpy.array([1.0, 1.0]), "float64")
    assert all(raw_of(r).ndim == 1 for r in results)


@pytest.mark.parametrize("name", ["sum", "mean"])
def test_axis_in_an_array_and_more_axes_than_bits(name):
    function = getattr(np, name)
    x = np.arange(6.0).reshape(2, 3)
    assert function(x, axis=numpy.array(0)).tolist() == function(x, axis=0).tolist()
    assert function(x, axis=numpy.array(1), keepdims=True).shape == (2, 1)
    assert function(np.ones((2,) + (1,) * 63)).shape == ()
    x.attach_grad()
    with autograd.record():
        y = function(x * x, axis=numpy.array(1)).sum()
    y.backward()
    numpy.testing.assert_allclose(x.grad.asnumpy(), 2 * x.asnumpy() / (3 if name == "mean" else 1), rtol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sums_are_added_up_in_the_order_of_numpy(dtype):
    random = numpy.random.RandomState(3)
    for n in (*range(1, 20), 100, 127, 128, 129, 136, 137, 255, 256, 257, 300, 512, 513, 1000, 1024, 4096):
        for rows in (1, 3, 4, 9, 17):
            x = (random.standard_normal((rows, n)) * 10 ** random.uniform(-3, 3, (rows, n))).astype(dtype)
            for axis in (0, 1):
                numpy.testing.assert_array_equal(array(x).sum(axis).asnumpy(), x.sum(axis), err_msg=f"{rows} x {n}")
