"""Arithmetic: the operators behind Python's signs + - * / // % ** and behind abs()."""

import numpy

from mxlite._kernels import float32
from mxlite._op import op, zero


@op(np="add", nd=("add", "broadcast_add", "broadcast_plus", "elemwise_add"), pointwise=True, rule="promote",
    grad={"x1": lambda g: g, "x2": lambda g: g})
def add(x1, x2):
    """Sum, element by element, with broadcasting."""
    return numpy.add(x1, x2)


@op(np="subtract", nd=("subtract", "broadcast_sub", "broadcast_minus", "elemwise_sub"), pointwise=True,
    rule="promote", grad={"x1": lambda g: g, "x2": lambda g: -g})
def subtract(x1, x2):
    """Difference, element by element, with broadcasting."""
    return numpy.subtract(x1, x2)


@op(np="multiply", nd=("multiply", "broadcast_mul", "elemwise_mul"), pointwise=True, rule="promote",
    grad={"x1": lambda g, x2: g * x2, "x2": lambda g, x1: g * x1})
def multiply(x1, x2):
    """Product, element by element, with broadcasting."""
    return numpy.multiply(x1, x2)


@op(np=("true_divide", "divide"), nd=("divide", "true_divide", "broadcast_div", "elemwise_div"), pointwise=True,
    rule="inexact", grad={"x1": lambda g, x2: g / x2, "x2": lambda g, x2, y: -(g / x2) * y})
def true_divide(x1, x2):
    """Quotient, element by element, with broadcasting. Integers give float32; legacy integer arrays truncate."""
    return numpy.true_divide(x1, x2)


@op(np="floor_divide", pointwise=True, rule="promote", grad={"x1": zero, "x2": zero})
def floor_divide(x1, x2):
    """Largest integer not above the quotient, element by element, with broadcasting."""
    return numpy.floor_divide(x1, x2)


@op(np=("mod", "remainder"), nd=("modulo", "broadcast_mod"), pointwise=True, rule="promote",
    grad={"x1": lambda g: g, "x2": lambda g, x1, x2: -g * numpy.floor(x1 / x2)})
def remainder(x1, x2):
    """Remainder with the sign of the divisor, element by element, with broadcasting."""
    return numpy.remainder(x1, x2)


def _integer_power(x1, x2):
    dtype = numpy.result_type(x1, x2)
    x1, x2 = numpy.broadcast_arrays(x1, x2)
    if dtype.kind == "b":
        return x1 | ~x2
    # An exponent beyond the dtype would change its sign in it. There is none beyond uint64.
    kept = x2 if dtype == numpy.uint64 else numpy.minimum(x2, numpy.iinfo(dtype).max)
    whole = numpy.power(x1, numpy.where(x2 < 0, 0, kept), dtype=dtype, casting="unsafe")
    # A negative power is the truncated inverse: 1 and -1 survive, everything else is 0.
    inverse = numpy.where(x1 == 1, 1, numpy.where(x1 == -1, 1 - 2 * (x2 % 2), 0))
    return numpy.where(x2 < 0, inverse, whole).astype(dtype)


@op(np=("power", "pow"), nd=("power", "broadcast_power"), pointwise=True, rule="promote", integer=_integer_power,
    aliases={"base": "x1", "exp": "x2"},
    # An exponent of 0 gives 0, also where 1 / x1 is inf or nan; elsewhere the formula is right in x2 as well, for its
    # derivative.
    grad={"x1": lambda g, x1, x2: g * x2 * numpy.power(x1, x2 - numpy.logical_or(x2 != 0, abs(1 / x1) < numpy.inf)),
          # 0 to any positive power is 0: no slope; to a negative one it is infinite, and so is y * log(0) = -y. The
          # inner `where` keeps log(0) out of higher derivatives.
          "x2": lambda g, x1, x2, y: g * numpy.where(x1 == 0, numpy.where(x2 >= 0, 0.0, -y),
                                                     y * float32.log(numpy.where(x1 == 0, 1.0, x1)))})
def power(x1, x2):
    """x1 to the power x2, element by element, with broadcasting."""
    return numpy.power(x1, x2)


def _integer_negative(x):
    return numpy.negative(x.astype(numpy.int64) if x.dtype.kind == "b" else x)


@op(np="negative", nd="negative", pointwise=True, rule="same", integer=_integer_negative, grad={"x": lambda g: -g})
def negative(x):
    """Negation of each element."""
    return numpy.negative(x)


@op(np=("absolute", "abs", "fabs"), nd="abs", pointwise=True, rule="same", grad={"x": lambda g, x: g * numpy.sign(x)})
def absolute(x):
    """Absolute value of each element; the derivative at 0 is 0."""
    return numpy.absolute(x)
