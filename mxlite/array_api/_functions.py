"""Functions whose arguments or dtypes differ from those of np."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy

from mxlite import np
from mxlite._engine.guard import guarded
from mxlite._errors import ArgumentError
from mxlite.array_api._dtypes import wide

if TYPE_CHECKING:
    from mxlite.np import ndarray
    from mxlite.typing import DTypeLike, Number

# -- elementwise -------------------------------------------------------------------------------------------------------


@guarded
def clip(x: ndarray, /, min: ndarray | Number | None = None, max: ndarray | Number | None = None) -> ndarray:
    """The elements of x, those outside of [min, max] replaced by the nearer limit."""
    if min is None and max is None:
        return x.copy()
    return np.clip(x, min, max).astype(x.dtype, copy=False)


@guarded
def imag(x: ndarray, /) -> ndarray:
    """The imaginary part, which is zero."""
    return np.zeros_like(x)


@guarded
def nextafter(x1: ndarray, x2: ndarray, /) -> ndarray:
    """The next number after x1 towards x2; not differentiable."""
    return cast("ndarray", numpy.nextafter(x1, x2))     # by NumPy's protocol


# -- sums and their like -----------------------------------------------------------------------------------------------


@guarded
def sum(
    x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, dtype: DTypeLike | None = None, keepdims: bool = False
) -> ndarray:
    """Sums over axes; integers are added as 64 bits."""
    return np.sum(x, axis=axis, dtype=dtype or wide(x.dtype), keepdims=keepdims)


@guarded
def prod(
    x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, dtype: DTypeLike | None = None, keepdims: bool = False
) -> ndarray:
    """Products over axes; integers are multiplied as 64 bits."""
    return np.prod(x.astype(dtype or wide(x.dtype), copy=False), axis=axis, keepdims=keepdims)


@guarded
def mean(x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> ndarray:
    """Means over axes."""
    return np.mean(x, axis=axis, keepdims=keepdims)


@guarded
def max(x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> ndarray:
    """The largest elements over axes."""
    return np.max(x, axis=axis, keepdims=keepdims)


@guarded
def min(x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> ndarray:
    """The smallest elements over axes."""
    return np.min(x, axis=axis, keepdims=keepdims)


@guarded
def var(
    x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, correction: float = 0.0, keepdims: bool = False
) -> ndarray:
    """Variances over axes; the sum of squares is divided by the number of elements less `correction`."""
    centered = x - np.mean(x, axis=axis, keepdims=True)
    total = np.sum(centered * centered, axis=axis, keepdims=keepdims)
    return total / (x.size / total.size - correction if total.size else 1)


@guarded
def std(
    x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, correction: float = 0.0, keepdims: bool = False
) -> ndarray:
    """Square roots of the variances."""
    return np.sqrt(var(x, axis=axis, correction=correction, keepdims=keepdims))


@guarded
def all(x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> ndarray:
    """Whether all elements are true, over axes."""
    return np.all(x, axis=axis, keepdims=keepdims)


@guarded
def any(x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> ndarray:
    """Whether some element is true, over axes."""
    return np.any(x, axis=axis, keepdims=keepdims)


@guarded
def count_nonzero(x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> ndarray:
    """How many elements are not zero, over axes."""
    return np.sum((x != 0).astype("int64"), axis=axis, keepdims=keepdims)


def _running(
    function: Callable[..., Any], start: Number, x: ndarray, axis: int | None, dtype: DTypeLike | None,
    include_initial: bool
) -> ndarray:
    if axis is None:
        if x.ndim != 1:
            raise ArgumentError(f"an array of {x.ndim} axes needs `axis`")
        axis = 0
    axis = axis % x.ndim
    found: ndarray = function(x.astype(dtype or wide(x.dtype), copy=False), axis=axis)
    if include_initial:
        edge = np.full((*x.shape[:axis], 1, *x.shape[axis + 1:]), start, dtype=found.dtype)
        found = np.concatenate([edge, found], axis=axis)
    return found


@guarded
def cumulative_sum(
    x: ndarray, /, *, axis: int | None = None, dtype: DTypeLike | None = None, include_initial: bool = False
) -> ndarray:
    """Sums of the first elements along an axis, of none too if `include_initial`."""
    return _running(np.cumsum, 0, x, axis, dtype, include_initial)


@guarded
def cumulative_prod(
    x: ndarray, /, *, axis: int | None = None, dtype: DTypeLike | None = None, include_initial: bool = False
) -> ndarray:
    """Products of the first elements along an axis, of none too if `include_initial`."""
    return _running(np.cumprod, 1, x, axis, dtype, include_initial)


@guarded
def diff(
    x: ndarray, /, *, axis: int = -1, n: int = 1, prepend: ndarray | None = None, append: ndarray | None = None
) -> ndarray:
    """Differences of neighbours along an axis, n times over."""
    return np.diff(x, n=n, axis=axis, prepend=prepend, append=append)


# -- order and search --------------------------------------------------------------------------------------------------


@guarded
def argmax(x: ndarray, /, *, axis: int | None = None, keepdims: bool = False) -> ndarray:
    """Where the largest element is, int64."""
    return np.argmax(x, axis=axis, keepdims=keepdims).astype("int64", copy=False)


@guarded
def argmin(x: ndarray, /, *, axis: int | None = None, keepdims: bool = False) -> ndarray:
    """Where the smallest element is, int64."""
    return np.argmin(x, axis=axis, keepdims=keepdims).astype("int64", copy=False)


@guarded
def sort(x: ndarray, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> ndarray:
    """The elements in order along an axis."""
    found = np.sort(x, axis=axis, stable=stable)
    return np.flip(found, axis=axis) if descending else found


@guarded
def argsort(x: ndarray, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> ndarray:
    """The indices, int64, that put the elements in order along an axis."""
    if not descending:
        return np.argsort(x, axis=axis, stable=stable).astype("int64", copy=False)
    # Of equal elements the first is to stay first: the reverse of the order of what is reversed.
    found = np.flip(np.argsort(np.flip(x, axis=axis), axis=axis, stable=stable), axis=axis)
    return (x.shape[axis] - 1 - found).astype("int64", copy=False)


@guarded
def searchsorted(x1: ndarray, x2: ndarray, /, *, side: str = "left", sorter: ndarray | None = None) -> ndarray:
    """Where elements are to be inserted into a sorted vector, int64."""
    return np.searchsorted(x1, x2, side=side, sorter=sorter).astype("int64", copy=False)


@guarded
def isin(x1: ndarray, x2: ndarray, /, *, invert: bool = False) -> ndarray:
    """Whether each element of x1 is an element of x2."""
    return np.isin(x1, x2, invert=invert)


@guarded
def take(x: ndarray, indices: ndarray, /, *, axis: int | None = None) -> ndarray:
    """Elements along an axis by their indices, a vector."""
    if axis is None and x.ndim != 1:
        raise ArgumentError(f"take: an array of {x.ndim} axes needs `axis`")
    return np.take(x, indices, axis=0 if axis is None else axis)


@guarded
def take_along_axis(x: ndarray, indices: ndarray, /, *, axis: int = -1) -> ndarray:
    """Elements along an axis by an array of indices for each line."""
    shape = list(x.shape)
    shape[axis] = indices.shape[axis]
    return np.take_along_axis(x, np.broadcast_to(indices, tuple(shape)), axis=axis)


# -- shape -------------------------------------------------------------------------------------------------------------


@guarded
def broadcast_shapes(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    """The shape that shapes broadcast to, a tuple. Raises ArgumentError where there is none."""
    try:
        return numpy.broadcast_shapes(*shapes)
    except ValueError as exc:
        raise ArgumentError(f"broadcast_shapes: {exc}") from exc


@guarded
def concat(arrays: Sequence[ndarray], /, *, axis: int | None = 0) -> ndarray:
    """Arrays one behind another along an axis; flattened before if that is None."""
    return np.concatenate(list(arrays), axis=axis)


@guarded
def expand_dims(x: ndarray, /, axis: int | tuple[int, ...] = 0) -> ndarray:
    """An axis of length 1 inserted at a place, or at each of a tuple of places."""
    return np.expand_dims(x, axis)


@guarded
def repeat(x: ndarray, repeats: int | ndarray, /, *, axis: int | None = None) -> ndarray:
    """Each element several times, along an axis or of the flattened array."""
    return np.repeat(x, repeats, axis=axis)


@guarded
def reshape(x: ndarray, /, shape: tuple[int, ...], *, copy: bool | None = None) -> ndarray:
    """The elements in another shape, always a copy: copy=False is an ArgumentError."""
    if copy is False:
        raise ArgumentError("reshape: another shape is a copy in mxlite, as in MXNet")
    return np.reshape(x, shape)


@guarded
def roll(x: ndarray, /, shift: int | tuple[int, ...], *, axis: int | tuple[int, ...] | None = None) -> ndarray:
    """The elements moved along axes; what leaves at one end enters at the other."""
    return np.roll(x, shift, axis=axis)


@guarded
def squeeze(x: ndarray, /, axis: int | tuple[int, ...]) -> ndarray:
    """Without axes of length 1. Raises ShapeError for an axis of another length."""
    return np.squeeze(x, axis)


@guarded
def stack(arrays: Sequence[ndarray], /, *, axis: int = 0) -> ndarray:
    """Arrays of one shape along a new axis."""
    return np.stack(list(arrays), axis=axis)


@guarded
def tile(x: ndarray, repetitions: tuple[int, ...], /) -> ndarray:
    """The array several times along each axis."""
    return np.tile(x, repetitions)


@guarded
def unstack(x: ndarray, /, *, axis: int = 0) -> tuple[ndarray, ...]:
    """The parts of an array along an axis, a tuple of arrays without it."""
    return tuple(np.moveaxis(x, axis, 0))
