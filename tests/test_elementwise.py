"""Elementwise functions that are made of operators, and the rules that MXNet sets where others differ."""

import math

import numpy
import pytest
from check import Call as Function
from check import array, check_function, gradients

from mxlite import autograd, np
from mxlite._array import NDArray, ndarray
from mxlite._engine.operators import raw
from mxlite._errors import ArgumentError, DtypeError, ShapeError
from mxlite._kernels import float32
from mxlite._ops import activation, arithmetic, elementwise, logic, special

X = numpy.array([-2.0, -0.5, 0.0, 0.5, 2.0])


def slope(function, *values, heads=None):
    """Gradients of the sum of function(*arrays)."""
    return gradients(Function(function, values, {}, range(len(values))), list(values),
                     heads or [numpy.ones(numpy.broadcast_shapes(*[v.shape for v in values]))])


@pytest.mark.parametrize(("act_type", "expected"), [
    ("relu", numpy.maximum(X, 0)), ("sigmoid", 1 / (1 + numpy.exp(-X))), ("tanh", numpy.tanh(X)),
    ("softrelu", numpy.log1p(numpy.exp(X))), ("softsign", X / (1 + abs(X))),
    ("log_sigmoid", -numpy.log1p(numpy.exp(-X))), ("mish", X * numpy.tanh(numpy.log1p(numpy.exp(X)))),
])
def test_activation(act_type, expected):
    for cls in (ndarray, NDArray):
        y = activation.activation(array(X, cls), act_type=act_type)
        assert type(y) is cls
        numpy.testing.assert_allclose(raw(y), expected, rtol=1e-12)
    out = array(numpy.zeros(5))
    assert activation.activation(array(X), act_type, out=out) is out
    numpy.testing.assert_allclose(raw(out), expected, rtol=1e-12)


def test_unknown_activation():
    with pytest.raises(ArgumentError, match=r"softrelu.*'swish'"):
        activation.activation(array(X), "swish")
    with pytest.raises(ArgumentError, match=r"prelu.*'swish'"):
        activation.leaky_relu(array(X), act_type="swish")
    with pytest.raises(ArgumentError, match="needs gamma"):
        activation.leaky_relu(array(X), act_type="prelu")


@pytest.mark.parametrize(("kwargs", "expected"), [
    ({}, numpy.where(X > 0, X, 0.25 * X)),
    ({"slope": 0.1}, numpy.where(X > 0, X, 0.1 * X)),
    ({"act_type": "elu", "slope": 0.5}, numpy.where(X > 0, X, 0.5 * numpy.expm1(X))),
    ({"act_type": "selu"}, 1.0507009873554805 * numpy.where(X > 0, X, 1.6732632423543772 * numpy.expm1(X))),
    ({"act_type": "gelu"}, [0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in X]),
    ({"act_type": "rrelu", "lower_bound": 0.1, "upper_bound": 0.3}, numpy.where(X > 0, X, 0.2 * X)),
])
def test_leaky_relu(kwargs, expected):
    y = activation.leaky_relu(array(X), **kwargs)
    numpy.testing.assert_allclose(raw(y[0] if isinstance(y, list) else y), expected, rtol=1e-12)


def test_rrelu_when_training():
    x = array(-numpy.ones(1000))
    with autograd.train_mode():
        y, slopes = activation.leaky_relu(x, act_type="rrelu", lower_bound=0.1, upper_bound=0.3)
    y = -raw(y)
    numpy.testing.assert_array_equal(raw(slopes), y)
    assert 0.1 <= y.min() < 0.12
    assert 0.28 < y.max() < 0.3
    assert abs(y.mean() - 0.2) < 0.01


@pytest.mark.parametrize("shape", [(3,), (1,), (1, 3)])
def test_prelu_has_a_slope_per_channel(shape):
    x, gamma = -numpy.ones((2, 3, 4)), numpy.arange(1.0, 1 + math.prod(shape)).reshape(shape)

    def prelu(x, gamma):
        return activation.leaky_relu(x, gamma, act_type="prelu")

    slopes = numpy.broadcast_to(gamma.reshape(1, -1, 1), x.shape)
    numpy.testing.assert_array_equal(raw(prelu(array(x), array(gamma))), -slopes)
    dx, dgamma = slope(prelu, x, gamma, heads=[numpy.ones(x.shape)])
    numpy.testing.assert_array_equal(dx, slopes)
    numpy.testing.assert_array_equal(dgamma, numpy.full(shape, -24.0 / gamma.size))
    check_function(prelu, x, gamma)


def test_ties():
    """The gradient of equals goes to the first operand; clip passes it at the bounds, relu and abs do not at 0."""
    one = numpy.ones(1)
    for function in (elementwise.maximum, elementwise.minimum, elementwise.fmax, elementwise.fmin):
        assert slope(function, one, one) == [[1], [0]]
    numpy.testing.assert_array_equal(slope(lambda x: logic.clip(x, -2, 0.5), X)[0], [1, 1, 1, 1, 0])
    numpy.testing.assert_array_equal(slope(activation.relu, X)[0], [0, 0, 0, 1, 1])
    numpy.testing.assert_array_equal(slope(arithmetic.absolute, X)[0], [-1, -1, 0, 1, 1])


def test_nan_and_gradients():
    nan = numpy.array([numpy.nan, 1.0, numpy.nan])
    other = numpy.array([1.0, numpy.nan, numpy.nan])
    numpy.testing.assert_array_equal(slope(elementwise.maximum, nan, other), [[0, 0, 0], [0, 0, 0]])
    numpy.testing.assert_array_equal(slope(elementwise.fmax, nan, other), [[0, 1, 1], [1, 0, 0]])
    numpy.testing.assert_array_equal(slope(logic.nan_to_num, nan)[0], [0, 1, 0])
    assert math.isnan(slope(activation.relu, nan[:1])[0][0])


def test_clip_without_a_bound():
    x = array(X)
    numpy.testing.assert_array_equal(raw(logic.clip_open(x, None, 0.5)), numpy.minimum(X, 0.5))
    numpy.testing.assert_array_equal(raw(logic.clip_open(x, a_min=-1)), numpy.maximum(X, -1))
    numpy.testing.assert_array_equal(raw(x.clip(min=-1, max=1)), numpy.clip(X, -1, 1))
    numpy.testing.assert_array_equal(raw(numpy.clip(x, -1, None)), numpy.maximum(X, -1))
    with pytest.raises(ArgumentError, match="must set either max or min"):
        logic.clip_open(x)


def test_where():
    x = array(X)
    (found,) = logic.where_or_nonzero(x > 0)
    numpy.testing.assert_array_equal(raw(found), [3, 4])
    for a, b in ((1.0, 0.0), (1, 0), (True, False)):
        y = logic.where_or_nonzero(x > 0, a, b)
        assert y.dtype == numpy.float32
        numpy.testing.assert_array_equal(raw(y), [0, 0, 0, 1, 1])
    assert logic.where_or_nonzero([True, False], array(numpy.array([1, 2])), 0).dtype == numpy.int64
    with pytest.raises(ArgumentError, match="both x and y"):
        logic.where_or_nonzero(x > 0, x)
    x.attach_grad()
    with autograd.record():
        y = logic.where_or_nonzero(x > 0, 1.0, 0.0)
    y.backward()
    numpy.testing.assert_array_equal(raw(x.grad), numpy.zeros(5))


@pytest.mark.parametrize("n", [5, 40000])
def test_bool_condition_of_any_size(n):
    x, condition = numpy.linspace(-1, 1, n), numpy.arange(n) % 3 == 0
    c = array(condition)
    gradient = slope(lambda x: logic.where(c, x * 2.0, x * x) * 1.0, x)[0]
    numpy.testing.assert_allclose(gradient, numpy.where(condition, 2, 2 * x), rtol=1e-12)


def test_nan_to_num_in_place():
    x = array(numpy.array([numpy.nan, 1.0, numpy.inf]))
    assert logic.nan_to_num_into(x, copy=False, posinf=7.0) is x
    numpy.testing.assert_array_equal(raw(x), [0, 1, 7])
    assert logic.nan_to_num_into(x) is not x


def test_pairs():
    whole, rest = elementwise.divmod(array(numpy.array([5.0, -5.0])), 2.0)
    numpy.testing.assert_array_equal([raw(whole), raw(rest)], [[2, -3], [1, 1]])
    assert elementwise.float_power(array(numpy.array([2, 3])), 2).dtype == numpy.float64
    with pytest.raises(DtypeError):
        elementwise.float_power("text", 2)
    fraction, whole = elementwise.modf(array(numpy.array([1.25, -1.25])))
    numpy.testing.assert_array_equal([raw(fraction), raw(whole)], [[0.25, -0.25], [1, -1]])


def test_bitwise_signs():
    x, flags = array(numpy.array([5, 3, -2], numpy.int32)), array(numpy.array([True, False, True]))
    for result, expected in ((x & 1, [1, 1, 0]), (8 | x, [13, 11, -2]), (x ^ x, [0, 0, 0]), (~x, [-6, -4, 1]),
                             (x << 1, [10, 6, -4]), (x >> 1, [2, 1, -1])):
        assert result.dtype == numpy.int32
        numpy.testing.assert_array_equal(raw(result), expected)
    numpy.testing.assert_array_equal(raw(~flags | (x > 4)), [True, True, False])
    kept = x
    x &= 1
    assert x is kept
    numpy.testing.assert_array_equal(raw(kept), [1, 1, 0])


def test_numbers_give_numbers():
    assert elementwise.exp(1.0) == math.e
    assert elementwise.maximum(2, 3) == 3
    assert isinstance(elementwise.sqrt(2), numpy.float64)
    assert logic.logical_not(0)


def test_integers():
    """np arrays of integers become float32 where a function is not whole; NDArray truncates."""
    x = numpy.array([1, 2, 3], numpy.int32)
    assert elementwise.exp(array(x)).dtype == numpy.float32
    assert raw(elementwise.exp(array(x, NDArray))).tolist() == [2, 7, 20]
    assert elementwise.floor(array(x)).dtype == numpy.int32
    assert raw(logic.clip(array(x, NDArray), 1.5, 2.5)).tolist() == [1, 2, 2]


def test_special_values():
    inf, nan = numpy.inf, numpy.nan
    for ufunc, x, y in (
            (special.erfinv, [-1, 1, 2, nan], [-inf, inf, nan, nan]),
            (special.gamma, [0.0, -0.0, -1, inf, -inf], [inf, -inf, nan, inf, nan]),
            (special.gammaln, [0, -1, inf], [inf, inf, inf]),
            (special.digamma, [0.0, -0.0, -1, inf, -inf], [-inf, inf, nan, inf, nan])):
        numpy.testing.assert_array_equal(raw(ufunc(array(numpy.array(x, float)))), y)
    # High orders take another way below 0; they join smoothly.
    x = numpy.array([-0.3, -1.7, -3.2])
    numpy.testing.assert_allclose(
        raw(special.polygamma(25, array(x))), [math.factorial(25) * sum(1 / (v + k)**26 for k in range(30)) for v in x],
        rtol=1e-12)


def test_power_of_zero():
    """x ** 0 is constant, also at 0; the array receives a tie with a number, wherever the number stands."""
    numpy.testing.assert_array_equal(slope(lambda x: arithmetic.power(x, 0), X)[0], numpy.zeros(5))
    for function in (elementwise.maximum, elementwise.minimum):
        assert slope(lambda x, f=function: f(x, 1.0), numpy.ones(1)) == [[1]]
        assert slope(lambda x, f=function: f(1.0, x), numpy.ones(1)) == [[1]]


def test_mixed_second_derivative_of_power_at_an_exponent_of_0():
    """d2/dx dy of x ** y is x ** (y - 1) * (1 + y * log(x)), which is 1 / x at y = 0."""
    x, y = (np.array([v], dtype="float64") for v in (0.6, 0.0))
    x.attach_grad()
    y.attach_grad()
    with autograd.record():
        z = np.power(x, y)
        by_x, by_y = autograd.grad([z], [x, y], create_graph=True)
    by_x.backward(retain_graph=True)
    assert abs(y.grad.item() - 1 / 0.6) < 1e-14
    by_y.backward()
    assert abs(x.grad.item() - 1 / 0.6) < 1e-14


def test_slope_of_power_0_at_every_base():
    inf = numpy.inf
    bases = numpy.array([0.0, -0.0, 1e-45, 5.1e-40, -5.1e-40, 1e-38, 2.0, 3e38, inf, -inf, numpy.nan], "float32")
    for power in (0, numpy.zeros(len(bases), "float32")):
        x = array(bases)
        x.attach_grad()
        with autograd.record():
            y = x ** (power if isinstance(power, int) else array(power))
        y.backward()
        assert (x.grad.asnumpy() == 0).all()


SHAPES = [(), (1,), (3,), (2, 3), (2, 1), (1, 3), (4, 2, 3), (4, 1, 1), (1, 2, 1), (0,), (2, 0), (20, 3), (20, 1)]


@pytest.mark.parametrize("left", SHAPES, ids=str)
@pytest.mark.parametrize("right", SHAPES, ids=str)
def test_shapes_that_broadcast(left, right):
    """Values, shapes and dtypes as NumPy has them, gradients summed to each operand's shape."""
    rng = numpy.random.default_rng(0)
    for dtype in ("float32", "float64"):
        a, b = rng.uniform(1, 5, left).astype(dtype), rng.uniform(1, 5, right).astype(dtype)
        x, y = np.array(a, dtype=dtype), np.array(b, dtype=dtype)
        x.attach_grad()
        y.attach_grad()
        try:
            want = a * b
        except ValueError:
            with pytest.raises(ShapeError):
                x * y
            continue
        with autograd.record():
            z = x * y
        z.backward()
        assert z.dtype == dtype
        numpy.testing.assert_array_equal(z.asnumpy(), want)
        for got, own, other in ((x.grad, a, b), (y.grad, b, a)):
            full = numpy.broadcast_to(other, want.shape)
            lead = want.ndim - own.ndim
            axes = tuple(k for k in range(want.ndim) if k < lead or own.shape[k - lead] != want.shape[k])
            numpy.testing.assert_allclose(got.asnumpy(), full.sum(axes).reshape(own.shape), rtol=1e-5)
        numpy.testing.assert_array_equal((x > y).asnumpy(), a > b)


@pytest.mark.parametrize(("name", "low", "high"), [
    ("exp", -104, 89), ("exp", -1, 1), ("log", 0, 3), ("log", 0, 3e38), ("sin", -10, 10), ("cos", -10, 10),
    ("sin", -1e6, 1e6), ("cos", -1e6, 1e6),
])
def test_float32_is_the_nearest_number(name, low, high):
    """Of 20,000 numbers and their neighbours all but one are, as computed in float64."""
    x = numpy.random.RandomState(0).uniform(low, high, 20_000).astype("float32")
    x = numpy.concatenate([x, numpy.nextafter(x, numpy.float32(0))])
    result = raw(getattr(np, name)(array(x)))
    assert result.dtype == numpy.float32
    with numpy.errstate(all="ignore"):
        expected = getattr(numpy, name)(x.astype("float64")).astype("float32")
        assert numpy.count_nonzero(result != expected) <= 1
        numpy.testing.assert_allclose(result, expected, rtol=1.2e-7, atol=1e-45)
        numpy.testing.assert_array_equal(raw(getattr(np, name)(array(x[::3]))), result[::3])
        numpy.testing.assert_array_equal(getattr(float32, name)(x[::-2]), result[::-2])
        numpy.testing.assert_array_equal(getattr(float32, name)(x, out=x), result)


def test_float32_at_the_ends():
    inf, nan = numpy.inf, numpy.nan
    x = array(numpy.array([inf, -inf, nan, -nan, 0.0, -0.0, 1.0, -1.0, 1e-45, 89.0, -104.0], "float32"))
    with numpy.errstate(all="raise"):
        assert [str(v) for v in raw(np.exp(x))] == [
            "inf", "0.0", "nan", "nan", "1.0", "1.0", "2.7182817", "0.36787945", "1.0", "inf", "0.0"]
        assert [str(v) for v in raw(np.log(x))][:9] == [
            "inf", "nan", "nan", "nan", "-inf", "-inf", "0.0", "nan", "-103.27893"]
        assert [str(v) for v in raw(np.sin(x))][:8] == [
            "nan", "nan", "nan", "nan", "0.0", "-0.0", "0.84147096", "-0.84147096"]
        assert [str(v) for v in raw(np.cos(x))][:6] == ["nan"] * 4 + ["1.0", "1.0"]
    far = numpy.array([2.0**21, 1e10, 3e38, -1e30], "float32")      # beyond the reduction of ours
    numpy.testing.assert_allclose(raw(np.sin(array(far))), numpy.sin(far.astype("float64")), rtol=3e-7)
    numpy.testing.assert_allclose(raw(np.cos(array(far))), numpy.cos(far.astype("float64")), rtol=3e-7)
