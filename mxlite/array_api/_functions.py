"""Functions whose arguments or dtypes differ from those of np."""

import numpy

from mxlite import np
from mxlite._errors import ArgumentError
from mxlite.array_api._dtypes import wide

# -- elementwise -------------------------------------------------------------------------------------------------------


def clip(x, /, min=None, max=None):
    """The elements of x, those outside of [min, max] replaced by the nearer limit."""
    if min is None and max is None:
        return x.copy()
    return np.clip(x, min, max).astype(x.dtype, copy=False)


def imag(x, /):
    """The imaginary part, which is zero."""
    return np.zeros_like(x)


def nextafter(x1, x2, /):
    """The next number after x1 towards x2; not differentiable."""
    return numpy.nextafter(x1, x2)


# -- sums and their like -----------------------------------------------------------------------------------------------


def sum(x, /, *, axis=None, dtype=None, keepdims=False):
    """Sums over axes; integers are added as 64 bits."""
    return np.sum(x, axis=axis, dtype=dtype or wide(x.dtype), keepdims=keepdims)


def prod(x, /, *, axis=None, dtype=None, keepdims=False):
    """Products over axes; integers are multiplied as 64 bits."""
    return np.prod(x.astype(dtype or wide(x.dtype), copy=False), axis=axis, keepdims=keepdims)


def mean(x, /, *, axis=None, keepdims=False):
    """Means over axes."""
    return np.mean(x, axis=axis, keepdims=keepdims)


def max(x, /, *, axis=None, keepdims=False):
    """The largest elements over axes."""
    return np.max(x, axis=axis, keepdims=keepdims)


def min(x, /, *, axis=None, keepdims=False):
    """The smallest elements over axes."""
    return np.min(x, axis=axis, keepdims=keepdims)


def var(x, /, *, axis=None, correction=0.0, keepdims=False):
    """Variances over axes; the sum of squares is divided by the number of elements less `correction`."""
    centered = x - np.mean(x, axis=axis, keepdims=True)
    total = np.sum(centered * centered, axis=axis, keepdims=keepdims)
    return total / (x.size / total.size - correction if total.size else 1)


def std(x, /, *, axis=None, correction=0.0, keepdims=False):
    """Square roots of the variances."""
    return np.sqrt(var(x, axis=axis, correction=correction, keepdims=keepdims))


def all(x, /, *, axis=None, keepdims=False):
    """Whether all elements are true, over axes."""
    return np.all(x, axis=axis, keepdims=keepdims)


def any(x, /, *, axis=None, keepdims=False):
    """Whether some element is true, over axes."""
    return np.any(x, axis=axis, keepdims=keepdims)


def count_nonzero(x, /, *, axis=None, keepdims=False):
    """How many elements are not zero, over axes."""
    return np.sum((x != 0).astype("int64"), axis=axis, keepdims=keepdims)


def _running(function, start, x, axis, dtype, include_initial):
    if axis is None:
        if x.ndim != 1:
            raise ArgumentError(f"an array of {x.ndim} axes needs `axis`")
        axis = 0
    axis = axis % x.ndim
    found = function(x.astype(dtype or wide(x.dtype), copy=False), axis=axis)
    if include_initial:
        edge = np.full((*x.shape[:axis], 1, *x.shape[axis + 1:]), start, dtype=found.dtype)
        found = np.concatenate([edge, found], axis=axis)
    return found


def cumulative_sum(x, /, *, axis=None, dtype=None, include_initial=False):
    """Sums of the first elements along an axis, of none too if `include_initial`."""
    return _running(np.cumsum, 0, x, axis, dtype, include_initial)


def cumulative_prod(x, /, *, axis=None, dtype=None, include_initial=False):
    """Products of the first elements along an axis, of none too if `include_initial`."""
    return _running(np.cumprod, 1, x, axis, dtype, include_initial)


def diff(x, /, *, axis=-1, n=1, prepend=None, append=None):
    """Differences of neighbours along an axis, n times over."""
    return np.diff(x, n=n, axis=axis, prepend=prepend, append=append)


# -- order and search --------------------------------------------------------------------------------------------------


def argmax(x, /, *, axis=None, keepdims=False):
    """Where the largest element is, int64."""
    return np.argmax(x, axis=axis, keepdims=keepdims).astype("int64", copy=False)


def argmin(x, /, *, axis=None, keepdims=False):
    """Where the smallest element is, int64."""
    return np.argmin(x, axis=axis, keepdims=keepdims).astype("int64", copy=False)


def sort(x, /, *, axis=-1, descending=False, stable=True):
    """The elements in order along an axis."""
    found = np.sort(x, axis=axis, stable=stable)
    return np.flip(found, axis=axis) if descending else found


def argsort(x, /, *, axis=-1, descending=False, stable=True):
    """The indices, int64, that put the elements in order along an axis."""
    if not descending:
        return np.argsort(x, axis=axis, stable=stable).astype("int64", copy=False)
    # Of equal elements the first is to stay first: the reverse of the order of what is reversed.
    found = np.flip(np.argsort(np.flip(x, axis=axis), axis=axis, stable=stable), axis=axis)
    return (x.shape[axis] - 1 - found).astype("int64", copy=False)


def searchsorted(x1, x2, /, *, side="left", sorter=None):
    """Where elements are to be inserted into a sorted vector, int64."""
    return np.searchsorted(x1, x2, side=side, sorter=sorter).astype("int64", copy=False)


def isin(x1, x2, /, *, invert=False):
    """Whether each element of x1 is an element of x2."""
    return np.isin(x1, x2, invert=invert)


def take(x, indices, /, *, axis=None):
    """Elements along an axis by their indices, a vector."""
    if axis is None and x.ndim != 1:
        raise ArgumentError(f"take: an array of {x.ndim} axes needs `axis`")
    return np.take(x, indices, axis=0 if axis is None else axis)


def take_along_axis(x, indices, /, *, axis=-1):
    """Elements along an axis by an array of indices for each line."""
    shape = list(x.shape)
    shape[axis] = indices.shape[axis]
    return np.take_along_axis(x, np.broadcast_to(indices, tuple(shape)), axis=axis)


# -- shape -------------------------------------------------------------------------------------------------------------


def broadcast_shapes(*shapes):
    """The shape that shapes broadcast to, a tuple. Raises ArgumentError where there is none."""
    try:
        return numpy.broadcast_shapes(*shapes)
    except ValueError as exc:
        raise ArgumentError(f"broadcast_shapes: {exc}") from exc


def concat(arrays, /, *, axis=0):
    """Arrays one behind another along an axis; flattened before if that is None."""
    return np.concatenate(list(arrays), axis=axis)


def expand_dims(x, /, axis=0):
    """An axis of length 1 inserted at a place, or at each of a tuple of places."""
    return np.expand_dims(x, axis)


def repeat(x, repeats, /, *, axis=None):
    """Each element several times, along an axis or of the flattened array."""
    return np.repeat(x, repeats, axis=axis)


def reshape(x, /, shape, *, copy=None):
    """The elements in another shape, always a copy: copy=False is an ArgumentError."""
    if copy is False:
        raise ArgumentError("reshape: another shape is a copy in mxlite, as in MXNet")
    return np.reshape(x, shape)


def roll(x, /, shift, *, axis=None):
    """The elements moved along axes; what leaves at one end enters at the other."""
    return np.roll(x, shift, axis=axis)


def squeeze(x, /, axis):
    """Without axes of length 1. Raises ShapeError for an axis of another length."""
    return np.squeeze(x, axis)


def stack(arrays, /, *, axis=0):
    """Arrays of one shape along a new axis."""
    return np.stack(list(arrays), axis=axis)


def tile(x, repetitions, /):
    """The array several times along each axis."""
    return np.tile(x, repetitions)


def unstack(x, /, *, axis=0):
    """The parts of an array along an axis, a tuple of arrays without it."""
    return tuple(np.moveaxis(x, axis, 0))
