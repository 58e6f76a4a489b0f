"""Activations of neural networks, and the two dispatchers over them that MXNet has."""

import math

import numpy

from mxlite._engine.operators import convert
from mxlite._engine.operators import raw as raw_of
from mxlite._engine.tape import is_training
from mxlite._errors import ArgumentError
from mxlite._kernels import float32, special
from mxlite._op import composed, op
from mxlite._ops import elementwise, index, random
from mxlite._ops.checks import floats_only
from mxlite._ops.creation import zeros_like
from mxlite._ops.operands import into

_SQRT_HALF = math.sqrt(0.5)
_DENSITY = 1 / math.sqrt(2 * math.pi)
_TANH_SCALE, _TANH_CUBIC = math.sqrt(2 / math.pi), 0.044715
_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772


@op(npx="relu", nd="relu", pointwise=True, grad={"x": lambda g, y: g * numpy.sign(y)})
def relu(x):
    """Each element, or 0 where it is negative; the derivative at 0 is 0."""
    return numpy.maximum(x, 0)


@op(npx="sigmoid", nd="sigmoid", pointwise=True, rule="inexact", grad={"x": lambda g, y: g * y * (1 - y)})
def sigmoid(x):
    """1 / (1 + exp(-x)) of each element."""
    return 1 / (1 + float32.exp(-x))


@op(pointwise=True, rule="inexact", grad={"x": lambda g, y: -g * numpy.expm1(y)})
def log_sigmoid(x):
    """Logarithm of the sigmoid of each element; neither overflows nor loses small results."""
    return numpy.minimum(x, 0) - numpy.log1p(float32.exp(-abs(x)))


def _softrelu(x):
    return numpy.maximum(x, 0) + numpy.log1p(float32.exp(-abs(x)))


@op(pointwise=True, rule="inexact", grad={"x": lambda g, y: -g * numpy.expm1(-y)})
def softrelu(x):
    """log(1 + exp(x)) of each element."""
    return _softrelu(x)


@op(npx="softsign", nd="softsign", pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g / numpy.square(1 + abs(x))})
def softsign(x):
    """x / (1 + abs(x)) of each element."""
    return x / (1 + abs(x))


@op(pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g * (float32.tanh(_softrelu(x)) + x * (0.5 + 0.5 * float32.tanh(0.5 * x)) * (
        1 - numpy.square(float32.tanh(_softrelu(x)))))})
def mish(x):
    """x * tanh(log(1 + exp(x))) of each element."""
    return x * float32.tanh(_softrelu(x))


@op(nd="hard_sigmoid", pointwise=True, rule="inexact",
    grad={"x": lambda g, alpha, y: g * alpha * ((y > 0) & (y < 1))})
def hard_sigmoid(x, alpha=0.2, beta=0.5):
    """alpha * x + beta of each element, cut to 0 to 1; the derivative where it is cut is 0."""
    return numpy.minimum(numpy.maximum(alpha * x + beta, 0), 1)


@op(npx="smooth_l1", nd="smooth_l1", pointwise=True, rule="inexact",
    grad={"x": lambda g, x, scalar: g * numpy.minimum(numpy.maximum(scalar * scalar * x, -1), 1)})
def smooth_l1(x, scalar=1.0):
    """(scalar * x)^2 / 2 of each element near 0, abs(x) - 1 / (2 scalar^2) where abs(x) >= 1 / scalar^2."""
    squared = scalar * scalar
    return numpy.where(abs(x) < 1 / squared, 0.5 * squared * x * x, abs(x) - 0.5 / squared)


@op(pointwise=True, rule="inexact", grad={"x": lambda g, x, slope: numpy.where(x > 0, g, slope * g)})
def leaky(x, slope=0.25):
    """Each element, or slope times it where it is not positive."""
    return numpy.where(x > 0, x, slope * x)


@op(pointwise=True, rule="inexact",
    grad={"x": lambda g, x, gamma: numpy.where(x > 0, g, gamma * g),
          "gamma": lambda g, x: numpy.where(x > 0, 0.0, g * x)})
def prelu(x, gamma):
    """Each element, or gamma times it where it is not positive, with broadcasting."""
    return numpy.where(x > 0, x, gamma * x)


@op(pointwise=True, rule="inexact", grad={"x": lambda g, x, slope, y: numpy.where(x > 0, g, g * (y + slope))})
def elu(x, slope=0.25):
    """Each element, or slope * (exp(x) - 1) where it is not positive."""
    return numpy.where(x > 0, x, slope * numpy.expm1(x))


@op(pointwise=True, rule="inexact",
    grad={"x": lambda g, x, y: numpy.where(x > 0, _SELU_SCALE * g, g * (y + _SELU_SCALE * _SELU_ALPHA))})
def selu(x):
    """elu with the slope and the scale that keep mean 0 and variance 1."""
    return _SELU_SCALE * numpy.where(x > 0, x, _SELU_ALPHA * numpy.expm1(x))


@op(pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g * (0.5 * special.erfc(-_SQRT_HALF * x) + _DENSITY * x * float32.exp(-0.5 * x * x))})
def gelu(x):
    """Each element times the probability that a standard normal number is below it."""
    return 0.5 * x * special.erfc(-_SQRT_HALF * x)


def _curved(x):
    """x where the slope of the hyperbolic tangent is not 0 to rounding; elsewhere 0 instead of what may overflow."""
    return numpy.where(numpy.absolute(x) < 20, x, 0.0)


def _gelu_tanh(x):
    return float32.tanh(_TANH_SCALE * (x + _TANH_CUBIC * _curved(x) * _curved(x) * _curved(x)))


@op(pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g * (0.5 * (1 + _gelu_tanh(x)) + 0.5 * _TANH_SCALE * _curved(x) * (
        1 - numpy.square(_gelu_tanh(x))) * (1 + 3 * _TANH_CUBIC * _curved(x) * _curved(x)))})
def gelu_tanh(x):
    """gelu with the probability approximated by a hyperbolic tangent."""
    return 0.5 * x * (1 + _gelu_tanh(x))


_ACTIVATIONS = {"relu": relu, "sigmoid": sigmoid, "log_sigmoid": log_sigmoid, "mish": mish, "tanh": elementwise.tanh,
                "softrelu": softrelu, "softsign": softsign}
_LEAKY = ("elu", "gelu", "gelu_erf", "gelu_tanh", "leaky", "prelu", "rrelu", "selu")


@composed(npx="activation", nd="Activation")
def activation(data, act_type=None, out=None, name=None):
    """The activation that `act_type` names: relu, sigmoid, log_sigmoid, mish, tanh, softrelu or softsign."""
    if act_type not in _ACTIVATIONS:
        raise ArgumentError(f"activation: act_type is one of {', '.join(_ACTIVATIONS)}, not {act_type!r}")
    floats_only("activation", raw_of(data))
    return into(out, _ACTIVATIONS[act_type](data))


def _by_channel(gamma, data):
    """prelu's slopes along axis 1 of the data; of as many axes as the data they stay as they are."""
    lead = (None,) if gamma.ndim == 1 and data.ndim > 1 else ()
    trail = (None,) * (data.ndim - gamma.ndim - len(lead))
    return index.getitem(gamma, (*lead, Ellipsis, *trail)) if lead or trail else gamma


@composed(npx="leaky_relu", nd="LeakyReLU")
def leaky_relu(data, gamma=None, act_type="leaky", slope=0.25, lower_bound=0.125, upper_bound=0.334, out=None,
               name=None):
    """The activation that `act_type` names, all with a slope where the data is negative.

    leaky and elu use `slope`; prelu uses `gamma`, one slope per channel (axis 1); rrelu a random slope between the
    bounds per element when training, else their mean, and returns [result, slopes drawn]; gelu (gelu_erf) and
    gelu_tanh; selu. Raises DtypeError for integers.
    """
    if act_type not in _LEAKY:
        raise ArgumentError(f"leaky_relu: act_type is one of {', '.join(_LEAKY)}, not {act_type!r}")
    floats_only("leaky_relu", raw_of(data))
    if act_type == "prelu":
        if gamma is None:
            raise ArgumentError("leaky_relu: act_type='prelu' needs gamma")
        result = prelu(data, _by_channel(gamma, data))
    elif act_type == "rrelu":
        if is_training():
            slopes = convert(random.uniform(lower_bound, upper_bound, data.shape, data.dtype), type(data))
            return [into(out, prelu(data, slopes)), slopes]
        return [into(out, leaky(data, 0.5 * (lower_bound + upper_bound))), zeros_like(data)]
    elif act_type in ("leaky", "elu"):
        result = (leaky if act_type == "leaky" else elu)(data, slope)
    else:
        result = {"selu": selu, "gelu": gelu, "gelu_erf": gelu, "gelu_tanh": gelu_tanh}[act_type](data)
    return into(out, result)


# -- contributed to MXNet 1.x ---------------------------------------------------------------------------------------
@op(nd="contrib.quadratic", grad={"x": lambda g, x, a, b: g * (2 * a * x + b)}, nd_dtype="same")
def quadratic(x, a=0.0, b=0.0, c=0.0):
    """a * x^2 + b * x + c of each element."""
    return a * x * x + b * x + c


@op(nd="contrib.gradientmultiplier", quiet=True, grad={"x": lambda g, scalar: g * scalar})
def gradientmultiplier(x, scalar=1.0, is_int=True):
    """A copy whose gradient is multiplied by a number."""
    return x.copy()


@op(nd="contrib.div_sqrt_dim", nd_dtype="same", grad={"x": lambda g, x_shape: g / math.sqrt(x_shape[-1])})
def div_sqrt_dim(x):
    """Each element divided by the square root of the length of the last axis."""
    return x / math.sqrt(x.shape[-1])
