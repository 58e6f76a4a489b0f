"""Special functions: the error function and its inverse, the gamma function and its relatives, Bessel's I.

The ufuncs are mxlite._kernels.special's. Derivatives of every order stay within this family: those of digamma are
polygamma of rising order, those of Bessel functions are Bessel functions of the neighbouring orders.
"""

import math

from mxlite._kernels import float32, special
from mxlite._op import op

_TWO_OVER_SQRT_PI = 2 / math.sqrt(math.pi)


@op(npx="erf", nd="erf", numpy_names=special.erf, pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g * (_TWO_OVER_SQRT_PI * float32.exp(-x * x))})
def erf(x):
    """The error function of each element."""
    return special.erf(x)


@op(numpy_names=special.erfc, pointwise=True, rule="inexact",
    grad={"x": lambda g, x: -g * (_TWO_OVER_SQRT_PI * float32.exp(-x * x))})
def erfc(x):
    """1 - erf(x) of each element, accurate where that is small."""
    return special.erfc(x)


@op(npx="erfinv", nd="erfinv", numpy_names=special.erfinv, pointwise=True, rule="inexact",
    grad={"x": lambda g, y: g * (float32.exp(y * y) / _TWO_OVER_SQRT_PI)})
def erfinv(x):
    """The number of which each element is the error function; nan outside of -1 to 1."""
    return special.erfinv(x)


@op(npx="gamma", nd="gamma", numpy_names=special.gamma, pointwise=True, rule="inexact",
    grad={"x": lambda g, x, y: g * y * special.digamma(x)})
def gamma(x):
    """The gamma function of each element; nan at negative whole numbers."""
    return special.gamma(x)


@op(npx="gammaln", nd="gammaln", numpy_names=special.gammaln, pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g * special.digamma(x)})
def gammaln(x):
    """Logarithm of the absolute value of the gamma function of each element."""
    return special.gammaln(x)


@op(npx="digamma", numpy_names=special.digamma, pointwise=True, rule="inexact",
    grad={"x": lambda g, x: g * special.polygamma(1.0, x)})
def digamma(x):
    """The derivative of gammaln at each element."""
    return special.digamma(x)


@op(numpy_names=special.polygamma, pointwise=True, rule="inexact",
    grad={"x": lambda g, order, x: g * special.polygamma(order + 1, x)})
def polygamma(order, x):
    """The derivative of digamma of a given order, a whole number, at each element."""
    return special.polygamma(order, x)


@op(np="i0", pointwise=True, rule="inexact", grad={"x": lambda g, x: g * special.bessel_i(1.0, x)})
def i0(x):
    """The modified Bessel function of order 0 of each element."""
    return special.bessel_i(0.0, x)


@op(numpy_names=special.bessel_i, pointwise=True, rule="inexact",
    grad={"x": lambda g, order, x: 0.5 * g * (special.bessel_i(abs(order - 1), x) + special.bessel_i(order + 1, x))})
def bessel_i(order, x):
    """The modified Bessel function of a whole order from 0 up of each element."""
    return special.bessel_i(order, x)
