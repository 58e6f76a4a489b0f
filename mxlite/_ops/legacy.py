"""The spellings of MXNet 1.x whose arguments differ from those of the operators they call: namespace nd."""

from mxlite._engine.operators import TapeArray
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ShapeError
from mxlite._op import composed
from mxlite._ops import nan, reduce
from mxlite._ops.arithmetic import add
from mxlite._ops.join import concat as _concat
from mxlite._ops.join import concatenate as _concatenate
from mxlite._ops.join import stack_all as _stack
from mxlite._ops.logic import where as _where
from mxlite._ops.reshape_codes import legacy_shape
from mxlite._ops.select import one_hot
from mxlite._ops.shape import broadcast_to as _broadcast_to
from mxlite._ops.shape import copy
from mxlite._ops.shape import reshape as _reshape
from mxlite._ops.shape import swapaxes as _swapaxes


def _ignored(function, extra):
    """Takes name=, which means something to symbols alone, and raises DtypeError for any other unknown argument."""
    extra.pop("name", None)
    if extra:
        raise DtypeError(f"{function}() got an unexpected keyword argument {next(iter(extra))!r}")


# -- reductions: an empty `axis` means all axes, `exclude` all axes but those named -----------------------------------
def _axes(data, axis, exclude):
    if axis is None or (isinstance(axis, tuple | list) and not axis):
        return None
    if not exclude:
        return axis
    named = reduce.axes_of(axis, data.ndim)
    return tuple(k for k in range(data.ndim) if k not in named)


@composed(nd=("sum", "sum_axis"))
def sum(data, axis=None, keepdims=False, exclude=False, out=None, **extra):
    """Sum over axes, or (`exclude`) over all axes but these."""
    if extra:
        _ignored("sum", extra)
    return reduce.sum(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="mean")
def mean(data, axis=None, keepdims=False, exclude=False, out=None, **extra):
    """Mean over axes, or (`exclude`) over all axes but these. Integers are truncated."""
    if extra:
        _ignored("mean", extra)
    return reduce.mean(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="prod")
def prod(data, axis=None, keepdims=False, exclude=False, out=None, **extra):
    """Product over axes, or (`exclude`) over all axes but these."""
    if extra:
        _ignored("prod", extra)
    return reduce.prod(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd=("max", "max_axis"))
def max(data, axis=None, keepdims=False, exclude=False, out=None, **extra):
    """Largest element over axes, or (`exclude`) over all axes but these."""
    if extra:
        _ignored("max", extra)
    return reduce.max(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd=("min", "min_axis"))
def min(data, axis=None, keepdims=False, exclude=False, out=None, **extra):
    """Smallest element over axes, or (`exclude`) over all axes but these."""
    if extra:
        _ignored("min", extra)
    return reduce.min(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="nansum")
def nansum(data, axis=None, keepdims=False, exclude=False, out=None, **extra):
    """Sum over axes, or (`exclude`) over all axes but these, with nan counting as 0."""
    if extra:
        _ignored("nansum", extra)
    return nan.nansum(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="nanprod")
def nanprod(data, axis=None, keepdims=False, exclude=False, out=None, **extra):
    """Product over axes, or (`exclude`) over all axes but these, with nan counting as 1."""
    if extra:
        _ignored("nanprod", extra)
    return nan.nanprod(data, _axes(data, axis, exclude), keepdims=keepdims, out=out)


@composed(nd="argmax")
def argmax(data, axis=None, keepdims=False, out=None, **extra):
    """Index of the first largest element along an axis, or in the flattened array, in the data's dtype."""
    if extra:
        _ignored("argmax", extra)
    return reduce.argmax(data, axis, keepdims=keepdims, out=out)


@composed(nd="argmin")
def argmin(data, axis=None, keepdims=False, out=None, **extra):
    """Index of the first smallest element along an axis, or in the flattened array, in the data's dtype."""
    if extra:
        _ignored("argmin", extra)
    return reduce.argmin(data, axis, keepdims=keepdims, out=out)


@composed(nd="argmax_channel")
def argmax_channel(data, out=None, **extra):
    """Index of the first largest element along axis 1."""
    if extra:
        _ignored("argmax_channel", extra)
    return reduce.argmax(data, 1, out=out)


# -- shapes -----------------------------------------------------------------------------------------------------------
@composed(nd=("reshape", "Reshape"))
def reshape(data, shape=(), reverse=False, target_shape=(), keep_highest=False, out=None, **extra):
    """The elements in another shape, which may be written in codes.

    0 copies an axis, -1 is inferred, -2 copies the remaining axes, -3 merges two axes, -4 splits one into the two
    lengths that follow; `reverse` reads codes and axes from the right. Raises ShapeError when they do not fit.
    """
    if extra:
        _ignored("reshape", extra)
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    if not shape and target_shape:          # the older spelling: 0 is inferred, the first axis kept with keep_highest
        shape = tuple(n or -1 for n in target_shape)
        shape = (0, *shape[1:]) if keep_highest else shape
    if not shape:
        raise ShapeError("reshape: Shape must be provided.")
    return _reshape(data, legacy_shape(data.shape, shape, bool(reverse)), out=out)


@composed(nd="broadcast_to")
def broadcast_to(data, shape=(), out=None, **extra):
    """The array stretched to a shape with as many axes; a length of 0 leaves that axis as it is."""
    if extra:
        _ignored("broadcast_to", extra)
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    if len(shape) != data.ndim:
        raise ShapeError(f"Operand of shape {list(data.shape)} cannot be broadcasted to {list(shape)}")
    return _broadcast_to(data, tuple(n or m for n, m in zip(shape, data.shape, strict=True)), out=out)


@composed(nd=("swapaxes", "SwapAxis"))
def swapaxes(data, dim1=0, dim2=0, out=None, **extra):
    """Two axes exchanged; a copy."""
    if extra:
        _ignored("swapaxes", extra)
    return _swapaxes(data, dim1, dim2, out=out)


# -- several arrays ---------------------------------------------------------------------------------------------------
@composed(nd="concatenate")
def concatenate(arrays, axis=0, always_copy=True):
    """The arrays of a list, one after the other along an axis; with always_copy=False a single array as it is."""
    if not arrays:
        raise ArgumentError("concatenate: the list of arrays is empty")
    if len(arrays) == 1 and not always_copy:
        return arrays[0]
    return _concatenate(list(arrays), axis)


def _arrays(name, data):
    """Raises DtypeError unless all arguments are arrays: a list of arrays would be taken for one of them."""
    if not data or not all(isinstance(x, TapeArray) for x in data):
        raise DtypeError(f"{name} takes arrays, one or more, not a list of them: {name}(*arrays)")
    return data


@composed(nd=("concat", "Concat"))
def concat(*data, dim=1, num_args=None, out=None, **extra):
    """The arrays one after the other along an existing axis. Raises DtypeError for a list of arrays."""
    if extra:
        _ignored("concat", extra)
    return _concat(*_arrays("concat", data), dim=dim, out=out)


@composed(nd="stack")
def stack(*data, axis=0, num_args=None, out=None, **extra):
    """The arrays, all of one shape, side by side along a new axis. Raises DtypeError for a list of arrays."""
    if extra:
        _ignored("stack", extra)
    return _stack(*_arrays("stack", data), axis=axis, out=out)


@composed(nd=("add_n", "ElementWiseSum"), npx="add_n")
def add_n(*args, num_args=None, out=None, **extra):
    """Sum of arrays of one shape."""
    if extra:
        _ignored("add_n", extra)
    _arrays("add_n", args)
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
def where(condition, x, y, out=None, **extra):
    """x where the condition is not 0, else y. A condition of one axis chooses whole rows."""
    if extra:
        _ignored("where", extra)
    ndim = getattr(x, "ndim", 0)
    if ndim > 1 and condition.ndim == 1:
        condition = _reshape(condition, condition.shape + (1,) * (ndim - 1))
    return _where(condition, x, y, out=out)


@composed(nd="identity")
def identity(data, out=None, **extra):
    """A copy."""
    if extra:
        _ignored("identity", extra)
    return copy(data, out=out)


@composed(nd="onehot_encode")
def onehot_encode(indices, out):
    """Writes rows that are 1 at an index and 0 elsewhere into `out`, and returns it."""
    out[...] = one_hot(indices, out.shape[1], dtype=raw_of(out).dtype)
    return out


@composed(nd="waitall", npx="waitall")
def waitall():
    """Nothing to wait for: what has not been computed yet is computed when it is read."""
