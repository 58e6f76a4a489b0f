"""Operators that select elements by condition or by range."""

import math

import numpy

from mxlite._dtype import common
from mxlite._errors import ArgumentError, ShapeError
from mxlite._op import op, zero
from mxlite._ops.index import scatter_add


# -- where a condition holds -------------------------------------------------------------------------------------------
@op(np="nonzero", grad=None, quiet=True)
def nonzero(a):
    """The coordinates of the elements that are not zero: one int64 array per axis."""
    return numpy.nonzero(numpy.atleast_1d(a))


@op(np="argwhere", grad=None, quiet=True)
def argwhere(a):
    """The coordinates of the elements that are not zero: int64, one row per element."""
    return numpy.argwhere(a)


@op(npx="nonzero", grad=None, quiet=True)
def nonzero_rows(a):
    """The coordinates of the elements that are not zero: int64, one row per element; of shape () as of shape (1,)."""
    return numpy.argwhere(numpy.atleast_1d(a))


@op(np="flatnonzero", grad=None, quiet=True)
def flatnonzero(a):
    """The places, in the flattened array, of the elements that are not zero: int64."""
    return numpy.flatnonzero(a)


def _marked(condition, n=None):
    """The numbers of the true elements of a flattened condition, cut to n when it is longer."""
    where = numpy.flatnonzero(numpy.asarray(condition))
    return where if n is None else where[where < n]


@op(np="extract", quiet=True,
    grad={"condition": zero, "arr": lambda g, condition, arr_shape: scatter_add(
        g, (math.prod(arr_shape),), (_marked(condition),)).reshape(arr_shape)})
def extract(condition, arr):
    """The elements of arr where the condition of the same size is not zero, along one axis."""
    if numpy.size(condition) > arr.size:
        raise ShapeError(f"extract: a condition of size {numpy.size(condition)} for an array of size {arr.size}")
    return arr.reshape(-1)[_marked(condition)]


@op(np="compress", quiet=True,
    grad={"condition": zero, "a": lambda g, condition, a_shape, axis: _uncompress(g, condition, a_shape, axis)})
def compress(condition, a, axis=None):
    """The slices along an axis (or the elements of the flattened array) where a condition, one per slice, holds."""
    return numpy.compress(condition, a, axis)


def _uncompress(g, condition, shape, axis):
    flat = tuple(shape) if axis is not None else (math.prod(shape),)
    axis = 0 if axis is None else axis % len(flat)
    return scatter_add(g, flat, (slice(None),) * axis + (_marked(condition, flat[axis]),)).reshape(shape)


@op(nd="contrib.boolean_mask", quiet=True,
    grad={"data": lambda g, data_shape, index, axis: _uncompress(g, index, data_shape, axis), "index": zero})
def boolean_mask(data, index, axis=0):
    """The slices of data along an axis where `index`, a vector of that length, is not zero. Raises ShapeError."""
    index = numpy.asarray(index)
    if index.shape != (data.shape[axis],):
        raise ShapeError(f"boolean_mask: an index of shape {index.shape} for an axis of length {data.shape[axis]}")
    return numpy.compress(index != 0, data, axis)


_CHOICE_MODES = ("raise", "clip", "wrap")


def _chosen(a, n, mode):
    a = numpy.asarray(a)
    if mode not in _CHOICE_MODES:
        raise ArgumentError(f"choose: mode is one of {', '.join(map(repr, _CHOICE_MODES))}, not {mode!r}")
    return numpy.clip(a, 0, n - 1) if mode == "clip" else a % n if mode == "wrap" else a


@op(np="choose", variadic="choices", quiet=True, grad={"a": zero, "choices": lambda g, a, choices_shape, mode: [
    g * (_chosen(a, len(choices_shape), mode) == k) for k in range(len(choices_shape))]})
def choose(a, choices, mode="raise"):
    """At each place the element of the array choices[a]; a and the choices are broadcast.

    `mode` 'raise', 'clip' or 'wrap' deals with numbers that name no choice. Raises ArgumentError.
    """
    picked = _chosen(a, len(choices), mode)
    if picked.size and (picked.min() < 0 or picked.max() >= len(choices)):
        raise ArgumentError(f"choose: invalid entry: there are {len(choices)} choices")
    shape = numpy.broadcast_shapes(picked.shape, *(numpy.shape(c) for c in choices))
    out = numpy.zeros(shape, common(*choices))
    for k, choice in enumerate(choices):
        numpy.copyto(out, choice, where=picked == k, casting="unsafe")
    return out


def _selected(condlist):
    """Per condition: where it is the first that holds; last: where none does."""
    conditions = numpy.broadcast_arrays(*(numpy.asarray(c).astype(bool) for c in condlist))
    out, taken = [], numpy.zeros_like(conditions[0])
    for c in conditions:
        out.append(c & ~taken)
        taken = taken | c
    return [*out, ~taken]


@op(np="select", variadic="choicelist", quiet=True,
    grad={"choicelist": lambda g, condlist, choicelist_shape: [
              g * c for c, _ in zip(_selected(condlist), choicelist_shape, strict=False)],
          "default": lambda g, condlist: g * _selected(condlist)[-1]})
def select(condlist, choicelist, default=0):
    """At each place the element of the first choice whose condition holds, or of `default`; all are broadcast."""
    if len(condlist) != len(choicelist) or not len(condlist):
        raise ArgumentError(f"select: {len(condlist)} conditions but {len(choicelist)} choices")
    masks = _selected(condlist)
    shape = numpy.broadcast_shapes(masks[0].shape, *(numpy.shape(c) for c in choicelist), numpy.shape(default))
    out = numpy.empty(shape, common(*choicelist, default))
    for mask, choice in zip(masks, (*choicelist, default), strict=True):
        numpy.copyto(out, choice, where=mask, casting="unsafe")
    return out


# -- ranges ------------------------------------------------------------------------------------------------------------
def _tuple(value):
    return tuple(value) if isinstance(value, tuple | list) else (value,)


def _slices(shape, begin, end, step):
    begin, end = _tuple(begin), _tuple(end)
    step = () if step is None else _tuple(step)
    if not len(begin) == len(end) <= len(shape) or (step and len(step) != len(begin)):
        raise ShapeError(f"slice: begin {begin}, end {end}, step {step} do not fit an array of shape {tuple(shape)}")
    if 0 in step:
        raise ArgumentError("slice: a step cannot be 0")
    return tuple(map(slice, begin, end, step or (None,) * len(begin)))


@op(npx="slice", nd=("slice", "crop"), quiet=True,
    grad={"data": lambda g, data_shape, begin, end, step: scatter_add(g, data_shape, _slices(
        data_shape, begin, end, step))})
def slice_axes(data, begin, end, step=()):
    """data[begin[0]:end[0]:step[0], ...], a copy; None stands for the end of an axis. Raises ShapeError."""
    return data[_slices(data.shape, begin, end, step)]


def _one_slice(shape, axis, begin, end):
    if not -len(shape) <= axis < len(shape):
        raise ShapeError(f"slice_axis: axis {axis} is not an axis of an array of shape {tuple(shape)}")
    axis %= len(shape)
    n = shape[axis]
    begin = 0 if begin is None else begin + n if begin < 0 else begin
    end = n if end is None else end + n if end < 0 else end
    if not 0 <= begin < end <= n:
        raise ShapeError(f"slice_axis: Invalid begin, end: {begin}:{end} of an axis of length {n}")
    return (slice(None),) * axis + (slice(begin, end),)


@op(nd="slice_axis", quiet=True,
    grad={"data": lambda g, data_shape, axis, begin, end: scatter_add(g, data_shape, _one_slice(
        data_shape, axis, begin, end))})
def slice_axis(data, axis, begin, end):
    """The elements begin:end along one axis, a copy; at least one. Raises ShapeError for a range outside the array."""
    return data[_one_slice(data.shape, axis, begin, end)]


def _like(shape, other, axes):
    axes = _tuple(axes)
    if not axes and len(shape) != len(other):
        raise ShapeError(f"slice_like: {tuple(shape)} and {tuple(other)} differ in the number of axes; name the axes")
    key = [slice(None)] * len(shape)
    for axis in axes or range(len(shape)):
        if not (-len(shape) <= axis < len(shape) and -len(other) <= axis < len(other)) or other[axis] > shape[axis]:
            raise ShapeError(f"slice_like: axis {axis} of {tuple(other)} exceeds {tuple(shape)}")
        key[axis] = slice(0, other[axis])
    return tuple(key)


@op(npx="slice_like", nd="slice_like", quiet=True, grad={
    "data": lambda g, data_shape, shape_like_shape, axes: scatter_add(g, data_shape, _like(
        data_shape, shape_like_shape, axes)), "shape_like": zero})
def slice_like(data, shape_like, axes=()):
    """The leading part of data that has the lengths of shape_like along `axes` (default: all), a copy."""
    return data[_like(data.shape, shape_like.shape, axes)]
