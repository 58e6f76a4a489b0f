"""Differences of neighbours, interpolation and integration of functions known at points."""

import math

import numpy

from mxlite._dtype import common
from mxlite._errors import ArgumentError, ShapeError
from mxlite._op import op
from mxlite._ops.index import scatter_add


# -- differences -------------------------------------------------------------------------------------------------------
def _beside(value, shape, axis):
    """What diff puts before or behind an array of `shape`: numbers count as one slice."""
    value = numpy.asarray(value)
    return numpy.broadcast_to(value, (*shape[:axis], 1, *shape[axis + 1:])) if value.ndim == 0 else value


def _beside_length(shape, axis):
    return 0 if shape is None else shape[axis] if shape else 1


def _undiff(g, n, axis):
    """The derivative of n differences: n differences of g between zeros, with alternating sign."""
    if n == 0:
        return g
    if g.shape[axis] == 0:
        return None
    width = [(0, 0)] * len(g.shape)
    width[axis] = (n, n)
    return numpy.diff(numpy.pad(g, width), n, axis) * (-1.0) ** n


def _undiff_part(g, which, shapes, n, axis):
    """The part of the derivative that belongs to prepend, a or append, number `which` of `shapes`."""
    axis %= len(shapes[1])
    whole = _undiff(g, n, axis)
    if whole is None:
        return None
    lengths = [_beside_length(s, axis) for s in shapes]
    start = sum(lengths[:which])
    part = whole[(slice(None),) * axis + (slice(start, start + lengths[which]),)]
    return part


@op(np="diff", grad={
    "a": lambda g, a_shape, n, axis, prepend_shape, append_shape: _undiff_part(
        g, 1, (prepend_shape, a_shape, append_shape), n, axis),
    "prepend": lambda g, a_shape, n, axis, prepend_shape, append_shape: _undiff_part(
        g, 0, (prepend_shape, a_shape, append_shape), n, axis),
    "append": lambda g, a_shape, n, axis, prepend_shape, append_shape: _undiff_part(
        g, 2, (prepend_shape, a_shape, append_shape), n, axis)})
def diff(a, n=1, axis=-1, prepend=None, append=None):
    """Differences of neighbours along an axis, taken n times; prepend and append lengthen the array first.

    Raises ArgumentError for n < 0.

    >>> np.diff(np.array([1.0, 4.0, 9.0]), n=2)
    array([2.])
    """
    if a.ndim == 0:
        raise ShapeError("diff: an array without axes has no neighbours")
    if n < 0:
        raise ArgumentError(f"diff: n is at least 0, not {n}")
    if n == 0:
        return a.copy()
    place = axis % a.ndim
    parts = [p if p is a else _beside(p, a.shape, place) for p in (prepend, a, append) if p is not None]
    if len(parts) > 1:
        a = numpy.concatenate(parts, axis, dtype=common(*(p for p in (prepend, a, append) if p is not None)),
                              casting="unsafe")
    return numpy.diff(a, min(n, a.shape[place] + 1), axis)      # nothing is left by then


@op(np="ediff1d", grad={
    "ary": lambda g, ary_shape, to_begin: _unflat_diff(_middle(g, ary_shape, to_begin), ary_shape),
    "to_end": lambda g, ary_shape, to_begin, to_end_shape: _tail(g, ary_shape, to_begin).reshape(to_end_shape),
    "to_begin": lambda g, to_begin_shape: g[:math.prod(to_begin_shape)].reshape(to_begin_shape)})
def ediff1d(ary, to_end=None, to_begin=None):
    """Differences of neighbours in the flattened array, with to_begin in front and to_end behind, flattened too."""
    middle = numpy.diff(ary.reshape(-1))
    ends = [None if e is None else numpy.asarray(e, middle.dtype).reshape(-1) for e in (to_begin, to_end)]
    return numpy.concatenate([p for p in (ends[0], middle, ends[1]) if p is not None])


def _middle(g, ary_shape, to_begin):
    start = 0 if to_begin is None else int(numpy.size(to_begin))
    return g[start:start + max(math.prod(ary_shape) - 1, 0)]


def _unflat_diff(g, shape):
    whole = _undiff(g, 1, 0)
    return None if whole is None else whole.reshape(shape)


def _tail(g, ary_shape, to_begin):
    start = 0 if to_begin is None else int(numpy.size(to_begin))
    return g[start + max(math.prod(ary_shape) - 1, 0):]


# -- interpolation -----------------------------------------------------------------------------------------------------
@op(np="interp", grad={
    ("x", "xp", "fp"): lambda g, x, xp, fp, left, right, period: _uninterp(g, x, xp, fp, left, right, period)})
def interp(x, xp, fp, left=None, right=None, period=None):
    """The piecewise linear function through the points (xp, fp), xp increasing, at x.

    Beyond the points it is left and right (default: the outermost values); `period` continues it periodically. The
    dtype is float64, as in NumPy.

    >>> np.interp(np.array([0.5, 1.25]), np.array([0.0, 1.0, 2.0]), np.array([0.0, 10.0, 30.0]))
    array([ 5., 15.], dtype=float64)
    """
    return numpy.interp(x, xp, fp, left, right, period)


def _segments(x, xp, period):
    """Per element of x the numbers of the points left and right of it, whole periods between, and where x lies."""
    x, xp = numpy.asarray(x, numpy.float64), numpy.asarray(xp, numpy.float64)
    if period is None:
        at = numpy.clip(numpy.searchsorted(xp, x, "right"), 1, max(xp.size - 1, 1))
        low, high = at - 1, numpy.minimum(at, xp.size - 1)
        return low, high, 0.0, 0.0, 0.0, x < xp[0], x > xp[-1]
    folded, order = xp % period, None
    order = numpy.argsort(folded)
    inside = x % period
    at = numpy.searchsorted(folded[order], inside, "right")
    low, high = order[(at - 1) % xp.size], order[at % xp.size]
    shift_x, shift_low, shift_high = (v - v % period for v in (x, xp[low], xp[high]))
    shift_low = shift_low + numpy.where(at == 0, period, 0.0)
    shift_high = shift_high - numpy.where(at == xp.size, period, 0.0)
    nowhere = numpy.zeros(x.shape, bool)
    return low, high, shift_x, shift_low, shift_high, nowhere, nowhere


def _uninterp(g, x, xp, fp, left, right, period):
    low, high, shift_x, shift_low, shift_high, before, behind = _segments(x, xp, period)
    # At an end without a value of its own the function is constant; with one it does not depend on the points.
    inside = ~(before | behind)
    x0, x1, f0, f1 = xp[low] - shift_low, xp[high] - shift_high, fp[low], fp[high]
    span = x1 - x0 + numpy.where(low == high, 1.0, 0.0)
    slope = (f1 - f0) / span * inside
    t = (x - shift_x - x0) / span * inside
    if period is None:
        last = len(fp) - 1
        to_low = g * ((1 - t) * inside + (before & (left is None)))
        to_high = g * (t + (behind & (right is None)) * 1.0)
        low, high = numpy.where(before, 0, low), numpy.where(behind, last, high)
    else:
        to_low, to_high = g * (1 - t), g * t
    return (g * slope,
            _place(-g * slope * (1 - t), low, xp.shape) + _place(-g * slope * t, high, xp.shape),
            _place(to_low, low, fp.shape) + _place(to_high, high, fp.shape))


def _place(g, index, shape):
    return scatter_add(g.reshape(-1), shape, (numpy.reshape(index, -1),))


# -- integration -------------------------------------------------------------------------------------------------------
@op(np=("trapz", "trapezoid"), numpy_names="trapezoid", aliases={"y": "heights"}, grad={
    ("heights", "x"): lambda g, heights, x, dx, axis: _untrapezoid(g, heights, x, dx, axis)})
def trapezoid(heights, x=None, dx=1.0, axis=-1):
    """The integral along an axis by the trapezoidal rule, over points x or dx apart; `y` also names the heights."""
    return numpy.trapezoid(heights, x, dx, axis)


def _halves(axis):
    return (slice(None),) * axis + (slice(1, None),), (slice(None),) * axis + (slice(None, -1),)


def _untrapezoid(g, y, x, dx, axis):
    axis %= len(y.shape)
    late, early = _halves(axis)
    g = numpy.expand_dims(g, axis) * (0.5 * numpy.ones(_shorter(y.shape, axis)))
    if x is None:
        return scatter_add(g * dx, y.shape, late) + scatter_add(g * dx, y.shape, early), None
    x_shape = numpy.shape(x)
    if len(x_shape) == 1:
        step = numpy.diff(x).reshape((1,) * axis + (-1,) + (1,) * (len(y.shape) - axis - 1))
    else:
        step = numpy.diff(x, 1, axis)
    to_step = g * (y[late] + y[early])
    to_x = scatter_add(to_step, y.shape, late) - scatter_add(to_step, y.shape, early)
    if len(x_shape) == 1:
        to_x = numpy.moveaxis(to_x, axis, -1)     # x lies along the last axis of what the sweep sums
    return scatter_add(g * step, y.shape, late) + scatter_add(g * step, y.shape, early), to_x


def _shorter(shape, axis):
    return tuple(max(n - 1, 0) if k == axis else n for k, n in enumerate(shape))
