"""Elementwise mathematics: exponentials, powers and roots, trigonometry, rounding, pairs of operands.

Integers become float32 (rule "inexact") where the result is not a whole number; legacy integer arrays truncate.
Special functions are in mxlite._ops.special, activations in mxlite._ops.activation.
"""

import math

import numpy

from mxlite import _dtype
from mxlite._engine.operators import TapeArray
from mxlite._kernels import float32
from mxlite._op import composed, op, zero
from mxlite._ops import arithmetic, shape

_LN2, _LN10 = math.log(2), math.log(10)


def _copied(x):
    """Rounding leaves integers as they are."""
    return numpy.array(x)


# -- exponentials and logarithms ------------------------------------------------------------------------------------
@op(np="exp", nd="exp", numpy_names=("exp", float32.exp), pointwise=True, rule="inexact",
    grad={"x": lambda g, y: g * y})
def exp(x):
    """e to the power of each element."""
    return float32.exp(x)


@op(np="expm1", nd="expm1", pointwise=True, rule="inexact", grad={"x": lambda g, y: g * (y + 1)})
def expm1(x):
    """exp(x) - 1 of each element, accurate near 0."""
    return numpy.expm1(x)


@op(np="log", nd="log", numpy_names=("log", float32.log), pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g / x})
def log(x):
    """Natural logarithm of each element; nan below 0."""
    return float32.log(x)


@op(np="log2", nd="log2", pointwise=True, rule="inexact", grad={"x": lambda g, x: g / (x * _LN2)})
def log2(x):
    """Logarithm to base 2 of each element; nan below 0."""
    return numpy.log2(x)


@op(np="log10", nd="log10", pointwise=True, rule="inexact", grad={"x": lambda g, x: g / (x * _LN10)})
def log10(x):
    """Logarithm to base 10 of each element; nan below 0."""
    return numpy.log10(x)


@op(np="log1p", nd="log1p", pointwise=True, rule="inexact", grad={"x": lambda g, x: g / (1 + x)})
def log1p(x):
    """log(1 + x) of each element, accurate near 0."""
    return numpy.log1p(x)


def _share(x, other):
    """exp(x) / (exp(x) + exp(other)); half for two equal infinities. Nothing overflows, in no derivative either.

    Of the difference: log(exp(x) + exp(other)) itself is rounded to its own size.
    """
    apart = numpy.where(numpy.isinf(x) & (x == other), 0.0, other - x)
    small = float32.exp(numpy.where(apart > 0, -apart, apart))
    return numpy.where(apart > 0, small, 1.0) / (1 + small)


@op(np="logaddexp", pointwise=True, rule="inexact",
    grad={"x1": lambda g, x1, x2: g * _share(x1, x2), "x2": lambda g, x1, x2: g * _share(x2, x1)})
def logaddexp(x1, x2):
    """log(exp(x1) + exp(x2)), element by element, with broadcasting; does not overflow."""
    return numpy.logaddexp(x1, x2)


@op(np="ldexp", pointwise=True, rule="inexact",
    grad={"x1": lambda g, x2: g * numpy.power(2.0, x2), "x2": lambda g, y: g * y * _LN2})
def ldexp(x1, x2):
    """x1 times 2 to the power x2, element by element, with broadcasting; x2 need not be whole."""
    return x1 * numpy.power(2.0, x2)


# -- powers and roots -----------------------------------------------------------------------------------------------
@op(np="square", nd="square", pointwise=True, grad={"x": lambda g, x: 2 * g * x})
def square(x):
    """The square of each element."""
    return numpy.square(x)


@op(np="sqrt", nd="sqrt", pointwise=True, rule="inexact", grad={"x": lambda g, y: 0.5 * g / y})
def sqrt(x):
    """The square root of each element; nan below 0."""
    return numpy.sqrt(x)


@op(nd="rsqrt", pointwise=True, rule="inexact", grad={"x": lambda g, x, y: -0.5 * g * y / x})
def rsqrt(x):
    """One over the square root of each element."""
    return 1 / numpy.sqrt(x)


# Two quotients: the derivative of 1 / (y * y), too, is infinite at 0 then, not 0 * inf.
@op(np="cbrt", nd="cbrt", pointwise=True, rule="inexact", grad={"x": lambda g, y: g / (3 * y) / y})
def cbrt(x):
    """The cube root of each element, negative for negative elements."""
    return numpy.cbrt(x)


@op(nd="rcbrt", pointwise=True, rule="inexact", grad={"x": lambda g, x, y: g * y / (-3 * x)})
def rcbrt(x):
    """One over the cube root of each element."""
    return 1 / numpy.cbrt(x)


@op(np="reciprocal", nd="reciprocal", pointwise=True, grad={"x": lambda g, y: -g * y * y})
def reciprocal(x):
    """One over each element; integers truncate."""
    return numpy.reciprocal(x)


@op(np="hypot", nd="broadcast_hypot", pointwise=True, rule="inexact",
    grad={"x1": lambda g, x1, y: g * (x1 / y), "x2": lambda g, x2, y: g * (x2 / y)})
def hypot(x1, x2):
    """sqrt(x1^2 + x2^2), element by element, with broadcasting; does not overflow."""
    return numpy.hypot(x1, x2)


@composed(np="float_power")
def float_power(x1, x2):
    """x1 to the power x2 in float64, element by element, with broadcasting."""
    def wide(x):
        if isinstance(x, TapeArray):
            return shape.astype(x, numpy.float64)
        if isinstance(x, int | float):
            return float(x)
        return numpy.asarray(x, numpy.float64) if isinstance(x, list | tuple | numpy.ndarray) else x
    return arithmetic.power(wide(x1), wide(x2))


# -- trigonometry ---------------------------------------------------------------------------------------------------
@op(np="sin", nd="sin", numpy_names=("sin", float32.sin), pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g * float32.cos(x)})
def sin(x):
    """Sine of each element, in radians."""
    return float32.sin(x)


@op(np="cos", nd="cos", numpy_names=("cos", float32.cos), pointwise=True, rule="inexact",
    grad={"x": lambda g, x: -g * float32.sin(x)})
def cos(x):
    """Cosine of each element, in radians."""
    return float32.cos(x)


@op(np="tan", nd="tan", pointwise=True, rule="inexact", grad={"x": lambda g, y: g * (1 + y * y)})
def tan(x):
    """Tangent of each element, in radians."""
    return numpy.tan(x)


@op(np=("arcsin", "asin"), nd="arcsin", pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g / numpy.sqrt(1 - x * x)})
def arcsin(x):
    """Angle in radians, from -pi/2 to pi/2, of which each element is the sine."""
    return numpy.arcsin(x)


@op(np=("arccos", "acos"), nd="arccos", pointwise=True, rule="inexact",
    grad={"x": lambda g, x: -g / numpy.sqrt(1 - x * x)})
def arccos(x):
    """Angle in radians, from 0 to pi, of which each element is the cosine."""
    return numpy.arccos(x)


@op(np=("arctan", "atan"), nd="arctan", pointwise=True, rule="inexact", grad={"x": lambda g, x: g / (1 + x * x)})
def arctan(x):
    """Angle in radians, from -pi/2 to pi/2, of which each element is the tangent."""
    return numpy.arctan(x)


@op(np=("arctan2", "atan2"), pointwise=True, rule="inexact",
    grad={"x1": lambda g, x1, x2: g * (x2 / numpy.hypot(x1, x2)) / numpy.hypot(x1, x2),    # squares leave the range
          "x2": lambda g, x1, x2: -g * (x1 / numpy.hypot(x1, x2)) / numpy.hypot(x1, x2)})
def arctan2(x1, x2):
    """Angle in radians of the point (x2, x1), from -pi to pi, element by element, with broadcasting."""
    return numpy.arctan2(x1, x2)


@op(np="sinh", nd="sinh", pointwise=True, rule="inexact", grad={"x": lambda g, x: g * numpy.cosh(x)})
def sinh(x):
    """Hyperbolic sine of each element."""
    return numpy.sinh(x)


@op(np="cosh", nd="cosh", pointwise=True, rule="inexact", grad={"x": lambda g, x: g * numpy.sinh(x)})
def cosh(x):
    """Hyperbolic cosine of each element."""
    return numpy.cosh(x)


@op(np="tanh", nd="tanh", numpy_names=("tanh", float32.tanh), pointwise=True, rule="inexact",
    grad={"x": lambda g, y: g * (1 - y * y)})
def tanh(x):
    """Hyperbolic tangent of each element."""
    return float32.tanh(x)


@op(np=("arcsinh", "asinh"), nd="arcsinh", pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g / numpy.hypot(x, 1.0)})
def arcsinh(x):
    """The number of which each element is the hyperbolic sine."""
    return numpy.arcsinh(x)


@op(np=("arccosh", "acosh"), nd="arccosh", pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g / (numpy.sqrt(numpy.absolute(x) - 1) * numpy.sqrt(numpy.absolute(x) + 1))})
def arccosh(x):
    """The number from 0 up of which each element is the hyperbolic cosine; nan below 1."""
    return numpy.arccosh(x)


@op(np=("arctanh", "atanh"), nd="arctanh", pointwise=True, rule="inexact", grad={"x": lambda g, x: g / (1 - x * x)})
def arctanh(x):
    """The number of which each element is the hyperbolic tangent; nan outside of -1 to 1."""
    return numpy.arctanh(x)


@op(np=("degrees", "rad2deg"), nd="degrees", pointwise=True, rule="inexact", grad={"x": lambda g: numpy.degrees(g)})
def degrees(x):
    """Radians to degrees."""
    return numpy.degrees(x)


@op(np=("radians", "deg2rad"), nd="radians", pointwise=True, rule="inexact", grad={"x": lambda g: numpy.radians(g)})
def radians(x):
    """Degrees to radians."""
    return numpy.radians(x)


# -- rounding and sign ----------------------------------------------------------------------------------------------
@op(np="floor", nd="floor", pointwise=True, integer=_copied, grad={"x": zero})
def floor(x):
    """The largest whole number not above each element."""
    return numpy.floor(x)


@op(np="ceil", nd="ceil", pointwise=True, integer=_copied, grad={"x": zero})
def ceil(x):
    """The smallest whole number not below each element."""
    return numpy.ceil(x)


@op(np=("trunc", "fix"), nd=("trunc", "fix"), pointwise=True, integer=_copied, grad={"x": zero})
def trunc(x):
    """The nearest whole number towards 0."""
    return numpy.trunc(x)


@op(np="rint", nd="rint", pointwise=True, integer=_copied, grad={"x": zero})
def rint(x):
    """The nearest whole number; a half goes down, as in MXNet (around() takes it to the even neighbour)."""
    near = numpy.rint(x)
    return numpy.where(near - x == 0.5, near - 1, near)


def _away(x):
    whole = numpy.trunc(x)
    return numpy.where(abs(x - whole) >= 0.5, whole + numpy.copysign(1.0, x), whole)


@op(nd="round", pointwise=True, integer=_copied, grad={"x": zero})
def round_away(x):
    """The nearest whole number; a half goes away from 0."""
    return _away(x)


@op(npx="round_ste", nd="contrib.round_ste", pointwise=True, integer=_copied, grad={"x": lambda g: g})
def round_ste(x):
    """The nearest whole number, a half going away from 0; the gradient passes as if nothing were rounded."""
    return _away(x)


@op(np=("around", "round", "round_"), numbers=True, grad={"x": zero})
def around(x, decimals=0):
    """Rounded to a number of decimals (of places before the point if negative); a half goes to the even neighbour."""
    return numpy.round(x, decimals)


@op(np="sign", nd="sign", pointwise=True, grad={"x": zero})
def sign(x):
    """-1, 0 or 1 by the sign of each element; nan stays nan."""
    return numpy.sign(x)


@op(npx="sign_ste", nd="contrib.sign_ste", pointwise=True, grad={"x": lambda g: g})
def sign_ste(x):
    """-1, 0 or 1 by the sign of each element; the gradient passes as if the sign had not been taken."""
    return numpy.sign(x)


@op(np="copysign", pointwise=True, rule="inexact",
    grad={"x1": lambda g, x1, x2: g * numpy.copysign(1.0, x1) * numpy.copysign(1.0, x2), "x2": zero})
def copysign(x1, x2):
    """The magnitude of x1 with the sign of x2, element by element, with broadcasting."""
    return numpy.copysign(x1, x2)


@op(np=("positive", "real"), pointwise=True, integer=_copied, aliases={"val": "x"}, grad={"x": lambda g: g})
def positive(x):
    """A copy."""
    return numpy.positive(x)


@op(np="spacing", pointwise=True, rule="inexact", grad={"x": zero})
def spacing(x):
    """The distance from each element to the next number of its dtype, away from 0."""
    return numpy.spacing(x)


@op(np="modf", grad={"x": lambda g: g[0]})
def modf(x):
    """(fractional parts, whole parts), both with the sign of the elements."""
    x = _dtype.numbers(x)
    return numpy.modf(x.astype(_dtype.inexact(x.dtype)))


@op(np="frexp", grad={"x": lambda g, x: g[0] * numpy.power(2.0, -numpy.frexp(x)[1])})
def frexp(x):
    """(mantissas from 0.5 up to 1, exponents): each element is mantissa times 2 to the power exponent."""
    x = _dtype.numbers(x)
    return numpy.frexp(x.astype(_dtype.inexact(x.dtype)))


# -- pairs of operands ----------------------------------------------------------------------------------------------
@op(np="maximum", nd=("maximum", "broadcast_maximum"), pointwise=True, rule="promote",
    number_last=True, grad={"x1": lambda g, x1, x2: g * (x1 >= x2), "x2": lambda g, x1, x2: g * (x1 < x2)})
def maximum(x1, x2):
    """The larger of each pair, with broadcasting; nan if one is nan. Of equals x1 receives the gradient."""
    return numpy.maximum(x1, x2)


@op(np="minimum", nd=("minimum", "broadcast_minimum"), pointwise=True, rule="promote",
    number_last=True, grad={"x1": lambda g, x1, x2: g * (x1 <= x2), "x2": lambda g, x1, x2: g * (x1 > x2)})
def minimum(x1, x2):
    """The smaller of each pair, with broadcasting; nan if one is nan. Of equals x1 receives the gradient."""
    return numpy.minimum(x1, x2)


@op(np="fmax", pointwise=True, rule="promote", number_last=True,
    grad={"x1": lambda g, x1, x2: g * ((x1 >= x2) | (x2 != x2)),
          "x2": lambda g, x1, x2: g * ~((x1 >= x2) | (x2 != x2))})
def fmax(x1, x2):
    """The larger of each pair, with broadcasting; the other if one is nan. Of equals x1 receives the gradient."""
    return numpy.fmax(x1, x2)


@op(np="fmin", pointwise=True, rule="promote", number_last=True,
    grad={"x1": lambda g, x1, x2: g * ((x1 <= x2) | (x2 != x2)),
          "x2": lambda g, x1, x2: g * ~((x1 <= x2) | (x2 != x2))})
def fmin(x1, x2):
    """The smaller of each pair, with broadcasting; the other if one is nan. Of equals x1 receives the gradient."""
    return numpy.fmin(x1, x2)


@op(np="fmod", pointwise=True, rule="promote",
    grad={"x1": lambda g: g, "x2": lambda g, x1, x2: -g * numpy.trunc(x1 / x2)})
def fmod(x1, x2):
    """Remainder with the sign of x1, element by element, with broadcasting."""
    return numpy.fmod(x1, x2)


@composed(np="divmod")
def divmod(x1, x2):
    """(floor_divide(x1, x2), remainder(x1, x2))."""
    return arithmetic.floor_divide(x1, x2), arithmetic.remainder(x1, x2)


@op(np="heaviside", pointwise=True, rule="inexact", grad={"x1": zero, "x2": lambda g, x1: g * (x1 == 0)})
def heaviside(x1, x2):
    """0 where x1 is negative, 1 where it is positive, x2 where it is 0; with broadcasting."""
    return numpy.heaviside(x1, x2)
