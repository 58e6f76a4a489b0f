"""Comparison: bools for np arrays, 0 and 1 in the operands' dtype for NDArray. Every derivative is zero."""

import numpy

from mxlite._op import op, zero

_ZERO = {"x1": zero, "x2": zero}


@op(np="equal", nd=("equal", "broadcast_equal"), pointwise=True, rule="compare", grad=_ZERO)
def equal(x1, x2):
    """Whether x1 == x2, element by element, with broadcasting."""
    return numpy.equal(x1, x2)


@op(np="not_equal", nd=("not_equal", "broadcast_not_equal"), pointwise=True, rule="compare", grad=_ZERO)
def not_equal(x1, x2):
    """Whether x1 != x2, element by element, with broadcasting."""
    return numpy.not_equal(x1, x2)


@op(np="less", nd=("lesser", "broadcast_lesser"), pointwise=True, rule="compare", grad=_ZERO)
def less(x1, x2):
    """Whether x1 < x2, element by element, with broadcasting."""
    return numpy.less(x1, x2)


@op(np="less_equal", nd=("lesser_equal", "broadcast_lesser_equal"), pointwise=True, rule="compare", grad=_ZERO)
def less_equal(x1, x2):
    """Whether x1 <= x2, element by element, with broadcasting."""
    return numpy.less_equal(x1, x2)


@op(np="greater", npx="broadcast_greater", nd=("greater", "broadcast_greater"), pointwise=True, rule="compare",
    grad=_ZERO)
def greater(x1, x2):
    """Whether x1 > x2, element by element, with broadcasting."""
    return numpy.greater(x1, x2)


@op(np="greater_equal", nd=("greater_equal", "broadcast_greater_equal"), pointwise=True, rule="compare", grad=_ZERO)
def greater_equal(x1, x2):
    """Whether x1 >= x2, element by element, with broadcasting."""
    return numpy.greater_equal(x1, x2)
