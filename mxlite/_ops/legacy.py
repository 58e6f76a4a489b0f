"""The spellings of MXNet 1.x whose arguments differ from those of the operators they call: namespace nd."""

from mxlite._engine.operators import TapeArray
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, ShapeError
from mxlite._op import composed
from mxlite._ops import reduce, statistics
from mxlite._ops.arithmetic import add
from mxlite._ops.join import concatenate as _concatenate
from mxlite._ops.logic import where as _where
from mxlite._ops.reshape_codes import legacy_shape
from mxlite._ops.select import one_hot
from mxlite._ops.shape import broadcast_to as _broadcast_to
from mxlite._ops.shape import copy
from mxlite._ops.shape import reshape as _reshape
from mxlite._ops.shape import swapaxes as _swapaxes


# -- reductions: an empty `axis` means all axes, `exclude` all axes but those named -----------------------------------
def _axes(data, axis, exclude):
    if axis is None or (isinstance(axis, tuple | list) and not axis):
        return None
    if not exclude:
        return axis
    named = reduce.axes_of(axis, data.ndim)
    return tuple(k for k in range(data.ndim) if k not in named)


@composed(nd=("sum", "sum_axis"))
def sum(data, axis=None, keepdims=False, exclude=False, out=None):
    """Sum over axes, or (`exclude`) over all axes but these."""
    return reduce.sum(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="mean")
def mean(data, axis=None, keepdims=False, exclude=False, out=None):
    """Mean over axes, or (`exclude`) over all axes but these. Integers are truncated."""
    return reduce.mean(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="prod")
def prod(data, axis=None, keepdims=False, exclude=False, out=None):
    """Product over axes, or (`exclude`) over all axes but these."""
    return reduce.prod(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd=("max", "max_axis"))
def max(data, axis=None, keepdims=False, exclude=False, out=None):
    """Largest element over axes, or (`exclude`) over all axes but these."""
    return reduce.max(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd=("min", "min_axis"))
def min(data, axis=None, keepdims=False, exclude=False, out=None):
    """Smallest element over axes, or (`exclude`) over all axes but these."""
    return reduce.min(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="nansum")
def nansum(data, axis=None, keepdims=False, exclude=False, out=None):
    """Sum over axes, or (`exclude`) over all axes but these, with nan counting as 0."""
    return statistics.nansum(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="nanprod")
def nanprod(data, axis=None, keepdims=False, exclude=False, out=None):
    """Product over axes, or (`exclude`) over all axes but these, with nan counting as 1."""
    return statistics.nanprod(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="argmax")
def argmax(data, axis=None, keepdims=False, out=None):
    """Index of the first largest element along an axis, or in the flattened array, in the data's dtype."""
    return reduce.argmax(data, axis, keepdims=keepdims, out=out)


@composed(nd="argmin")
def argmin(data, axis=None, keepdims=False, out=None):
    """Index of the first smallest element along an axis, or in the flattened array, in the data's dtype."""
    return reduce.argmin(data, axis, keepdims=keepdims, out=out)


@composed(nd="argmax_channel")
def argmax_channel(data, out=None):
    """Index of the first largest element along axis 1."""
    return reduce.argmax(data, 1, out=out)


@composed(nd="moments")
def moments(data, axes=None, keepdims=False):
    """(mean, variance) over axes."""
    return mean(data, axes, keepdims), reduce.var(data, axes, keepdims=keepdims)


# -- shapes -----------------------------------------------------------------------------------------------------------
@composed(nd=("reshape", "Reshape"))
def reshape(data, shape=(), reverse=False, target_shape=(), keep_highest=False, out=None):
    """The elements in another shape, which may be written in codes.

    0 copies an axis, -1 is inferred, -2 copies the remaining axes, -3 merges two axes, -4 splits one into the two
    lengths that follow; `reverse` reads codes and axes from the right. Raises ShapeError when they do not fit.
    """
    shape = (shape,) if isinstance(shape, int) else tuple(shape) or tuple(target_shape)
    if keep_highest:
        shape = (0, *shape[1:])
    if not shape:
        raise ShapeError("Shape must be provided.")
    return _reshape(data, legacy_shape(data.shape, shape, bool(reverse)), out=out)


@composed(nd="broadcast_to")
def broadcast_to(data, shape=(), out=None):
    """The array stretched to a shape with as many axes; a length of 0 leaves that axis as it is."""
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    if len(shape) != data.ndim:
        raise ShapeError(f"Operand of shape {list(data.shape)} cannot be broadcasted to {list(shape)}")
    return _broadcast_to(data, tuple(n or m for n, m in zip(shape, data.shape, strict=True)), out=out)


@composed(nd=("swapaxes", "SwapAxis"))
def swapaxes(data, dim1=0, dim2=0, out=None):
    """Two axes exchanged; a copy."""
    return _swapaxes(data, dim1, dim2, out=out)


# -- several arrays ---------------------------------------------------------------------------------------------------
@composed(nd="concatenate")
def concatenate(arrays, axis=0, always_copy=True):
    """The arrays of a list, one after the other along an axis."""
    if not arrays:
        raise ArgumentError("concatenate: the list of arrays is empty")
    return _concatenate(list(arrays), axis)


@composed(nd=("add_n", "ElementWiseSum"), npx="add_n")
def add_n(*args, out=None):
    """Sum of arrays of one shape."""
    if not args or not all(isinstance(x, TapeArray) for x in args):
        raise ArgumentError("add_n takes arrays, one or more, not a list of them")
    total = copy(args[0]) if len(args) == 1 else args[0]
    for x in args[1:]:
        if x.shape != total.shape:
            raise ShapeError(f"add_n: arrays of shapes {total.shape} and {x.shape}")
        total = add(total, x)
    if out is None:
        return total
    out[...] = total
    return out


@composed(nd="where")
def where(condition, x, y, out=None):
    """x where the condition is not 0, else y. A condition of one axis chooses whole rows."""
    ndim = getattr(x, "ndim", 0)
    if ndim > 1 and condition.ndim == 1:
        condition = _reshape(condition, condition.shape + (1,) * (ndim - 1))
    return _where(condition, x, y, out=out)


@composed(nd="identity")
def identity(data, out=None):
    """A copy."""
    return copy(data, out=out)


@composed(nd="onehot_encode")
def onehot_encode(indices, out):
    """Writes rows that are 1 at an index and 0 elsewhere into `out`, and returns it."""
    out[...] = one_hot(indices, out.shape[1], dtype=raw_of(out).dtype)
    return out


@composed(nd="waitall", npx="waitall")
def waitall():
    """Nothing to wait for: every result is there when its call returns."""
