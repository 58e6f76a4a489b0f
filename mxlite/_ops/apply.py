"""Functions of functions, and unwrap: what the caller's function computes with operators carries gradients."""

import numpy

from mxlite._engine.operators import TapeArray, fresh
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops.operands import in_dtype, operand, places, plain


# -- over axes ---------------------------------------------------------------------------------------------------------
def _result(value):
    """What a caller's function returned, as an array of ours: scalars of NumPy and Python become 0-d."""
    return value if isinstance(value, TapeArray) else fresh(numpy.asarray(value))


@composed(np="apply_along_axis")
def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """func1d(vector, *args, **kwargs) of every vector along an axis, whose place the axes of the results take.

    Vectors and results are np arrays; results, all of one shape, may also be numbers. Raises ArgumentError if there
    are no vectors, AxisError for an axis out of bounds.
    """
    arr = operand(arr)
    (axis,) = places("apply_along_axis", arr, axis)
    rest = arr.shape[:axis] + arr.shape[axis + 1:]
    rows = numpy.moveaxis(arr, axis, -1).reshape((-1, arr.shape[axis])) if arr.size else None
    if rows is None:
        raise ArgumentError("apply_along_axis: Cannot apply_along_axis when any iteration dimensions are 0")
    found = [_result(func1d(row, *args, **kwargs)) for row in rows]
    whole = numpy.stack([in_dtype(y, found[0].dtype) for y in found])
    shape = found[0].shape
    whole = whole.reshape((*rest, *shape))
    if not shape:
        return whole
    return numpy.moveaxis(whole, tuple(range(len(rest), whole.ndim)), tuple(range(axis, axis + len(shape))))


@composed(np="apply_over_axes")
def apply_over_axes(func, a, axes):
    """func(array, axis) for one axis after the other; an axis that the function drops comes back with length 1.

    Raises ShapeError if a result has another number of axes.
    """
    a = operand(a)
    for axis in (axes,) if isinstance(axes, int) else axes:
        (place,) = places("apply_over_axes", a, axis)
        found = _result(func(a, place))
        if found.ndim == a.ndim - 1:
            found = numpy.expand_dims(found, place)
        if found.ndim != a.ndim:
            raise ShapeError("apply_over_axes: function is not returning an array of the correct shape: of "
                             f"{a.ndim} axes it made {found.ndim}")
        a = found
    return a


# -- by condition ------------------------------------------------------------------------------------------------------
def _conditions(x, condlist):
    """The conditions as NumPy arrays of bools in the shape of x."""
    given = plain(condlist)
    if numpy.isscalar(given) or (not isinstance(given[0], list | tuple | numpy.ndarray | TapeArray) and x.ndim):
        given = [given]
    found = [numpy.asarray(plain(c)).astype(bool) for c in given]
    if any(c.shape not in ((), x.shape) for c in found):
        raise ShapeError(f"piecewise: conditions of shapes {[c.shape for c in found]} for x of shape {x.shape}")
    return [numpy.broadcast_to(c, x.shape) for c in found]


@composed(np="piecewise")
def piecewise(x, condlist, funclist, *args, **kw):
    """Per element the function (or number) of the last condition that holds, of one more that is last, or 0.

    Functions get the elements for which their condition holds, as a vector, and *args and **kw. The dtype is that of x.
    Raises ArgumentError for another number of functions, ShapeError for conditions that do not fit.
    """
    x = operand(x)
    conditions = _conditions(x, condlist)
    if len(funclist) == len(conditions) + 1:
        conditions = [~numpy.any(conditions, axis=0), *conditions]
        funclist = [funclist[-1], *funclist[:-1]]
    if len(funclist) != len(conditions):
        raise ArgumentError(f"piecewise: with {len(conditions)} condition(s), either {len(conditions)} or "
                            f"{len(conditions) + 1} functions are expected, not {len(funclist)}")
    y, flat = fresh(numpy.zeros(x.size, x.dtype)), numpy.ravel(x)
    for condition, function in zip(conditions, funclist, strict=True):
        chosen = numpy.flatnonzero(condition)
        if not chosen.size:
            continue
        value = _result(function(flat[chosen], *args, **kw) if callable(function) else function)
        y = assigned(y, numpy.broadcast_to(in_dtype(value, x.dtype), chosen.shape), chosen)
    return y.reshape(x.shape)


def _cleared(g, chosen):
    return assigned(g, numpy.zeros(chosen.shape, g.dtype), chosen)


@op(quiet=True, grad={"y": _cleared, "values": lambda g, chosen: g[chosen]})
def assigned(y, values, chosen):
    """A copy of a vector with other values at some places."""
    y = y.copy()
    y[chosen] = values
    return y


# -- phases ------------------------------------------------------------------------------------------------------------
@op(grad={"p": lambda g: g})
def unwrapped(p, discont, axis, period):
    """numpy.unwrap: multiples of the period are added, which have no derivative."""
    return numpy.unwrap(p, discont, axis, period=period)


@composed(np="unwrap")
def unwrap(p, discont=None, axis=-1, *, period=6.283185307179586):
    """p with multiples of `period` added, so that neighbours along an axis differ by no more than `discont`.

    That is half a period at least. Integers stay integers for an integer period, and become float64 otherwise. Raises
    AxisError for an axis out of bounds.
    """
    p = operand(p)
    if p.ndim == 0:
        raise ShapeError(operand_message("unwrap", (p,), "the operand has an axis"))
    return unwrapped(p, discont, axis, period)
