"""Logic: tests of each element, logical and bitwise operators, choice by a condition, clipping.

Tests and logical operators give bools for np arrays and 0 and 1 in the operands' dtype for NDArray. Bitwise
operators take integers and bools only and have no derivative.
"""

import numpy

from mxlite._engine.operators import TapeArray
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import composed, op, zero
from mxlite._ops import elementwise, mask

_ZERO, _ZEROS = {"x": zero}, {"x1": zero, "x2": zero}


# -- tests ----------------------------------------------------------------------------------------------------------
@op(np="isnan", nd="contrib.isnan", pointwise=True, rule="compare", grad=_ZERO)
def isnan(x):
    """Whether each element is nan."""
    return numpy.isnan(x)


@op(np="isinf", nd="contrib.isinf", pointwise=True, rule="compare", grad=_ZERO)
def isinf(x):
    """Whether each element is infinite."""
    return numpy.isinf(x)


@op(np="isfinite", nd="contrib.isfinite", pointwise=True, rule="compare", grad=_ZERO)
def isfinite(x):
    """Whether each element is neither infinite nor nan."""
    return numpy.isfinite(x)


@op(np="isposinf", pointwise=True, rule="compare", grad=_ZERO)
def isposinf(x):
    """Whether each element is positive infinity."""
    return numpy.isinf(x) & (x > 0)


@op(np="isneginf", pointwise=True, rule="compare", grad=_ZERO)
def isneginf(x):
    """Whether each element is negative infinity."""
    return numpy.isinf(x) & (x < 0)


@op(np="signbit", pointwise=True, rule="compare", integer=lambda x: x < 0, grad=_ZERO)
def signbit(x):
    """Whether each element has its sign bit set; so has -0.0."""
    return numpy.signbit(x)


@op(np="isclose", quiet=True, numbers=True, grad=None)
def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether abs(a - b) <= atol + rtol * abs(b), element by element, with broadcasting."""
    return numpy.isclose(a, b, rtol, atol, equal_nan)


@op(nd="contrib.allclose", grad=None)
def allclose_as_number(a, b, rtol=1e-5, atol=1e-8, equal_nan=True, out=None):
    """1 (uint8) if all elements differ by no more than atol + rtol * abs(b), else 0. Raises ShapeError."""
    if a.shape != b.shape:
        raise ShapeError(operand_message("allclose", (a, b), "operands must have one shape"))
    return numpy.asarray(numpy.allclose(a, b, rtol, atol, equal_nan), numpy.uint8)


# -- logical operators ----------------------------------------------------------------------------------------------
@op(np="logical_and", nd=("logical_and", "broadcast_logical_and"), pointwise=True, rule="compare", grad=_ZEROS)
def logical_and(x1, x2):
    """Whether both are other than 0, element by element, with broadcasting."""
    return numpy.logical_and(x1, x2)


@op(np="logical_or", nd=("logical_or", "broadcast_logical_or"), pointwise=True, rule="compare", grad=_ZEROS)
def logical_or(x1, x2):
    """Whether one or both are other than 0, element by element, with broadcasting."""
    return numpy.logical_or(x1, x2)


@op(np="logical_xor", nd=("logical_xor", "broadcast_logical_xor"), pointwise=True, rule="compare", grad=_ZEROS)
def logical_xor(x1, x2):
    """Whether exactly one is other than 0, element by element, with broadcasting."""
    return numpy.logical_xor(x1, x2)


@op(np="logical_not", nd="logical_not", pointwise=True, rule="compare", grad=_ZERO)
def logical_not(x):
    """Whether each element is 0."""
    return numpy.logical_not(x)


# -- whole numbers, bit by bit --------------------------------------------------------------------------------------
def _alike(x1, x2):
    """Two operands; a whole number beside an array takes on its dtype."""
    if isinstance(x1, int | numpy.integer | numpy.bool_) and isinstance(x2, numpy.ndarray) and x2.dtype.kind in "biu":
        return numpy.asarray(x1).astype(x2.dtype), x2
    if isinstance(x2, int | numpy.integer | numpy.bool_) and isinstance(x1, numpy.ndarray) and x1.dtype.kind in "biu":
        return x1, numpy.asarray(x2).astype(x1.dtype)
    return x1, x2


@op(np="bitwise_and", quiet=True, numbers=True, grad=None)
def bitwise_and(x1, x2):
    """The bits set in both, with broadcasting."""
    return numpy.bitwise_and(*_alike(x1, x2))


@op(np="bitwise_or", quiet=True, numbers=True, grad=None)
def bitwise_or(x1, x2):
    """The bits set in one or both, with broadcasting."""
    return numpy.bitwise_or(*_alike(x1, x2))


@op(np="bitwise_xor", quiet=True, numbers=True, grad=None)
def bitwise_xor(x1, x2):
    """The bits set in exactly one, with broadcasting."""
    return numpy.bitwise_xor(*_alike(x1, x2))


@op(np=("invert", "bitwise_not", "bitwise_invert"), quiet=True, numbers=True, grad=None)
def invert(x):
    """Every bit turned over; of bools the opposite."""
    return numpy.invert(x)


@op(np="bitwise_left_shift", numpy_names=("left_shift", "bitwise_left_shift"), quiet=True, grad=None)
def bitwise_left_shift(x1, x2):
    """The bits of x1 moved up by x2 places, with broadcasting."""
    return numpy.left_shift(x1, x2)


@op(np="bitwise_right_shift", numpy_names=("right_shift", "bitwise_right_shift"), quiet=True, grad=None)
def bitwise_right_shift(x1, x2):
    """The bits of x1 moved down by x2 places, the sign staying, with broadcasting."""
    return numpy.right_shift(x1, x2)


@op(np="gcd", quiet=True, numbers=True, grad=None)
def gcd(x1, x2):
    """The greatest common divisor of whole numbers, with broadcasting."""
    return numpy.gcd(*_alike(x1, x2))


@op(np="lcm", quiet=True, numbers=True, grad=None)
def lcm(x1, x2):
    """The least common multiple of whole numbers, with broadcasting."""
    return numpy.lcm(*_alike(x1, x2))


# -- choice ---------------------------------------------------------------------------------------------------------
@op(np="where", nd="where", pointwise=True, rule="promote", conditions=("condition",),
    grad={"condition": zero, "x": lambda g, condition: numpy.where(condition, g, 0.0),
          "y": lambda g, condition: numpy.where(condition, 0.0, g)})
def where(condition, x, y):
    """x where the condition holds (is not 0), else y; with broadcasting."""
    return numpy.where(condition, x, y)


@composed(np="where")
def where_or_nonzero(condition, x=None, y=None):
    """x where the condition holds (is not 0), else y; with the condition alone its indices, one array per axis.

    >>> x = np.array([-1.0, 2.0])
    >>> np.where(x > 0, x, 0.1 * x)
    array([-0.1,  2. ])
    """
    if x is None and y is None:
        return mask.nonzero(condition)
    if x is None or y is None:
        raise ArgumentError("where: give both x and y or neither")
    return where(condition, x, y)


@op(np="clip", nd="clip", pointwise=True, rule="promote",
    grad={"a": lambda g, a, a_min, a_max: numpy.where(a < a_min, 0.0, numpy.where(a > a_max, 0.0, g)),
          "a_min": lambda g, a, a_min, a_max: numpy.where((a < a_min) & (a_min <= a_max), g, 0.0),
          "a_max": lambda g, a, a_min, a_max: numpy.where(numpy.maximum(a, a_min) > a_max, g, 0.0)})
def clip(a, a_min, a_max):
    """Each element cut to the range from a_min to a_max; at the bounds the gradient passes."""
    return numpy.minimum(numpy.maximum(a, a_min), a_max)


def _reachable(bound, a):
    """A whole number as a bound of integers: what lies beyond their dtype is its end."""
    if type(bound) is not int or not isinstance(a, TapeArray) or raw_of(a).dtype.kind not in "iu":
        return bound
    ends = numpy.iinfo(raw_of(a).dtype)
    return ends.min if bound < ends.min else ends.max if bound > ends.max else bound


@composed(np="clip")
def clip_open(a, a_min=None, a_max=None, out=None, *, min=None, max=None):
    """Each element cut to the range from a_min to a_max, None being no bound; at the bounds the gradient passes.

    `min` and `max` are the method's names of the bounds.

    >>> np.clip(np.array([-2.0, 0.5, 3.0]), 0, 1)
    array([0. , 0.5, 1. ])
    """
    a_min, a_max = _reachable(a_min if min is None else min, a), _reachable(a_max if max is None else max, a)
    if a_min is None and a_max is None:
        raise ArgumentError("clip: must set either max or min")
    if a_min is None:
        return elementwise.minimum(a, a_max, out=out)
    if a_max is None:
        return elementwise.maximum(a, a_min, out=out)
    return clip(a, a_min, a_max, out=out)


@op(np="nan_to_num", quiet=True, numbers=True, grad={"x": lambda g, x: numpy.where(numpy.isfinite(x), g, 0.0)})
def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """nan and infinities replaced by numbers, by default 0 and the largest of the dtype."""
    return numpy.nan_to_num(x, True, nan, posinf, neginf)


@composed(np="nan_to_num")
def nan_to_num_into(x, copy=True, nan=0.0, posinf=None, neginf=None, out=None):
    """nan and infinities replaced by numbers, by default 0 and the largest of the dtype; in place if not `copy`."""
    result = nan_to_num(x, True, nan, posinf, neginf, out=out)
    if copy or out is not None:
        return result
    x[...] = result
    return x
