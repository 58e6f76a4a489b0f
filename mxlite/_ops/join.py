"""Operators that join arrays, cut them apart, insert and delete."""

import math
from itertools import pairwise

import numpy
from numpy.lib.array_utils import normalize_axis_index

from mxlite._dtype import common
from mxlite._errors import ArgumentError, ShapeError
from mxlite._op import op
from mxlite._ops.index import scatter_add
from mxlite._ops.shape import sum_to


# -- joining -----------------------------------------------------------------------------------------------------------
def _joined(arrays, function, *args, given=None):
    """A joining function of NumPy, with the dtype that mxlite gives mixed operands: the arrays, or what they were."""
    if len(arrays) == 0:
        raise ArgumentError("need at least one array")
    try:
        dtype = common(*(given or arrays))
        if all(getattr(a, "dtype", None) is dtype for a in arrays):
            return function(arrays, *args)
        return function(arrays, *args, dtype=dtype, casting="unsafe")
    except ValueError as exc:
        raise ShapeError(f"the shapes do not fit: {exc}") from exc


def _apart(g, lengths, axis, shapes):
    """The cotangents of arrays of `shapes` that were joined along an axis, of which they took up `lengths`."""
    axis %= len(g.shape)
    out, start = [], 0
    for n, shape in zip(lengths, shapes, strict=True):
        out.append(g[(slice(None),) * axis + (slice(start, start + n),)].reshape(shape))
        start += n
    return out


def _unconcatenate(g, shapes, axis):
    if axis is None:
        return _apart(g, [math.prod(s) for s in shapes], 0, shapes)
    return _apart(g, [s[axis] for s in shapes], axis, shapes)


@op(np=("concatenate", "concat"), variadic="seq", aliases={"arrays": "seq"},
    grad={"seq": lambda g, seq_shape, axis: _unconcatenate(g, seq_shape, axis)}, quiet=True)
def concatenate(seq, axis=0):
    """The arrays of a sequence one after the other along an existing axis, or flattened (None). Raises ShapeError.

    >>> np.concatenate([np.ones((1, 2)), np.zeros((1, 2))])
    array([[1., 1.],
           [0., 0.]])
    """
    return _joined(seq, numpy.concatenate, axis)


@op(nd=("concat", "Concat"), grad={"data": lambda g, data_shape, dim: _unconcatenate(g, data_shape, dim)}, quiet=True)
def concat(*data, dim=1):
    """The arrays one after the other along an existing axis. Raises ShapeError."""
    return _joined(data, numpy.concatenate, dim)


def _unstack(g, shapes, axis):
    axis %= len(g.shape)
    return [g[(slice(None),) * axis + (k,)] for k in range(len(shapes))]


@op(np="stack", variadic="arrays", grad={"arrays": lambda g, arrays_shape, axis: _unstack(g, arrays_shape, axis)},
    quiet=True)
def stack(arrays, axis=0):
    """The arrays of a sequence, all of one shape, side by side along a new axis. Raises ShapeError.

    >>> np.stack([np.array([1, 2]), np.array([3, 4])], axis=1)
    array([[1., 3.],
           [2., 4.]])
    """
    return _joined(arrays, _stacked, axis)


def _stacked(arrays, axis, **kwargs):
    """numpy.stack, in a third of its time for arrays of one shape."""
    first = arrays[0].shape if hasattr(arrays[0], "shape") else None
    if (first is None or type(axis) is not int or any(getattr(a, "shape", None) != first for a in arrays)
            or not -len(first) - 1 <= axis <= len(first)):
        return numpy.stack(arrays, axis, **kwargs)           # which takes lists, and says what is wrong
    axis %= len(first) + 1
    shape = (*first[:axis], 1, *first[axis:])
    return numpy.concatenate([a.reshape(shape) for a in arrays], axis, **kwargs)


@op(nd="stack", grad={"data": lambda g, data_shape, axis: _unstack(g, data_shape, axis)}, quiet=True)
def stack_all(*data, axis=0):
    """The arrays, all of one shape, side by side along a new axis. Raises ShapeError."""
    return _joined(data, _stacked, axis)


@op(np=("vstack", "row_stack"), numpy_names="vstack", variadic="arrays", aliases={"tup": "arrays"}, quiet=True,
    grad={"arrays": lambda g, arrays_shape: _apart(
        g, [s[0] if len(s) > 1 else 1 for s in arrays_shape], 0, arrays_shape)})
def vstack(arrays):
    """The arrays of a sequence one below the other; vectors count as rows. Raises ShapeError."""
    return _joined([numpy.atleast_2d(a) for a in arrays], numpy.concatenate, 0, given=arrays)


@op(np="hstack", variadic="arrays", aliases={"tup": "arrays"}, quiet=True,
    grad={"arrays": lambda g, arrays_shape: _apart(
        g, [s[_side(arrays_shape)] if s else 1 for s in arrays_shape], _side(arrays_shape), arrays_shape)})
def hstack(arrays):
    """The arrays of a sequence side by side: along axis 1, vectors along axis 0. Raises ShapeError."""
    axis = _side([numpy.shape(a) for a in arrays])
    return _joined([numpy.atleast_1d(a) for a in arrays], numpy.concatenate, axis, given=arrays)


def _side(shapes):
    return 1 if shapes and len(shapes[0]) > 1 else 0


@op(np="dstack", variadic="arrays", aliases={"tup": "arrays"}, quiet=True,
    grad={"arrays": lambda g, arrays_shape: _apart(
        g, [s[2] if len(s) > 2 else 1 for s in arrays_shape], 2, arrays_shape)})
def dstack(arrays):
    """The arrays of a sequence one behind the other, along axis 2. Raises ShapeError."""
    return _joined([numpy.atleast_3d(a) for a in arrays], numpy.concatenate, 2, given=arrays)


@op(np="column_stack", variadic="tup", aliases={"arrays": "tup"}, quiet=True,
    grad={"tup": lambda g, tup_shape: _apart(g, [s[1] if len(s) > 1 else 1 for s in tup_shape], 1, tup_shape)})
def column_stack(tup):
    """The arrays of a sequence side by side along axis 1; vectors count as columns. Raises ShapeError."""
    columns = [a if numpy.ndim(a) > 1 else numpy.reshape(a, (-1, 1)) for a in tup]
    return _joined(columns, numpy.concatenate, 1, given=tup)


@op(np="meshgrid", grad={"xi": lambda g, xi_shape, indexing: [
    sum_to(part, shape).reshape(old) for part, shape, old in zip(
        g, _grid_shapes(xi_shape, indexing), xi_shape, strict=True)]}, quiet=True)
def meshgrid(*xi, indexing="xy", sparse=False, copy=True):
    """Coordinate arrays of the grid that vectors span, a list; axis 0 is that of the second ('xy') or first ('ij') one.

    `sparse` leaves each with length 1 along the axes of the others.

    >>> [grid.tolist() for grid in np.meshgrid(np.arange(2), np.arange(2))]
    [[[0.0, 1.0], [0.0, 1.0]], [[0.0, 0.0], [1.0, 1.0]]]
    """
    if indexing not in ("xy", "ij"):
        raise ArgumentError(f"meshgrid: indexing is 'xy' or 'ij', not {indexing!r}")
    parts = [x.reshape(s) for x, s in zip(xi, _grid_shapes([x.shape for x in xi], indexing), strict=True)]
    return [p.copy() for p in (parts if sparse else numpy.broadcast_arrays(*parts))]


def _grid_shapes(shapes, indexing):
    """Per vector, its shape in the grid."""
    order = list(range(len(shapes)))
    if indexing == "xy" and len(order) > 1:
        order[:2] = 1, 0
    return [tuple(math.prod(s) if order[k] == axis else 1 for axis in range(len(shapes)))
            for k, s in enumerate(shapes)]


# -- cutting -----------------------------------------------------------------------------------------------------------
def _cut(ary, indices_or_sections, axis, equal, name):
    """The parts of an array along an axis, as views."""
    axis = normalize_axis_index(axis, ary.ndim)
    n = ary.shape[axis]
    if type(indices_or_sections) is int or numpy.ndim(indices_or_sections) == 0:
        parts = int(indices_or_sections)
        if parts < 1:
            raise ArgumentError(f"{name}: the number of sections is at least 1, not {parts}")
        if equal and n % parts:
            raise ShapeError(f"{name}: array split does not result in an equal division: {n} into {parts}")
        size, longer = divmod(n, parts)
        cuts = [k * size + min(k, longer) for k in range(parts + 1)]
    else:
        inner = [slice(None, int(k)).indices(n)[1] for k in indices_or_sections]
        cuts = [0, *inner, n]
        if any(b > e for b, e in pairwise(cuts)):
            raise ArgumentError(f"{name}: indices {list(indices_or_sections)} do not increase")
    return [ary[(slice(None),) * axis + (slice(b, e),)] for b, e in pairwise(cuts)]


def _rejoin(g, axis):
    return numpy.concatenate(list(g), axis)


@op(np="split", aliases={"sections": "indices_or_sections"},
    grad={"ary": lambda g, axis: _rejoin(g, axis)}, quiet=True)
def split(ary, indices_or_sections, axis=0):
    """Equal parts along an axis (a number of them), or the parts between increasing indices; a list of copies.

    Raises ShapeError when the axis does not divide equally.

    >>> np.split(np.arange(6), [2, 3])
    [array([0., 1.]), array([2.]), array([3., 4., 5.])]
    """
    return _cut(ary, indices_or_sections, axis, True, "split")


@op(np="array_split", grad={"ary": lambda g, axis: _rejoin(g, axis)}, quiet=True)
def array_split(ary, indices_or_sections, axis=0):
    """Like split, but parts of a number may differ in length by 1, the longer ones first."""
    return _cut(ary, indices_or_sections, axis, False, "array_split")


@op(np="hsplit", grad={"ary": lambda g, ary_shape: _rejoin(g, _side([ary_shape]))}, quiet=True)
def hsplit(ary, indices_or_sections):
    """Parts side by side: along axis 1, of a vector along axis 0. They may differ in length, as in array_split."""
    if ary.ndim < 1:
        raise ShapeError("hsplit only works on arrays of 1 or more dimensions")
    return _cut(ary, indices_or_sections, _side([ary.shape]), False, "hsplit")


@op(np="vsplit", grad={"ary": lambda g: _rejoin(g, 0)}, quiet=True)
def vsplit(ary, indices_or_sections):
    """Parts one below the other, along axis 0; see split."""
    if ary.ndim < 2:
        raise ShapeError("vsplit only works on arrays of 2 or more dimensions")
    return _cut(ary, indices_or_sections, 0, True, "vsplit")


@op(np="dsplit", grad={"ary": lambda g: _rejoin(g, 2)}, quiet=True)
def dsplit(ary, indices_or_sections):
    """Parts one behind the other, along axis 2; see split."""
    if ary.ndim < 3:
        raise ShapeError("dsplit only works on arrays of 3 or more dimensions")
    return _cut(ary, indices_or_sections, 2, True, "dsplit")


def _squeezed(parts, axis, squeeze_axis):
    if not squeeze_axis:
        return parts
    if any(p.shape[axis] != 1 for p in parts):
        raise ShapeError(f"split: squeeze_axis needs parts of length 1, not {[p.shape[axis] for p in parts]}")
    return [p.squeeze(axis) for p in parts]


@op(npx="slice_channel", nd=("split", "SliceChannel"), quiet=True,
    grad={"data": lambda g, axis, squeeze_axis: _unchannel(g if isinstance(g, tuple) else (g,), axis, squeeze_axis)})
def slice_channel(data, num_outputs, axis=1, squeeze_axis=False):
    """Equal parts along an axis, a list of copies, or one array for num_outputs=1.

    squeeze_axis removes the axis from parts of length 1. Raises ShapeError when the axis does not divide equally.
    """
    parts = _squeezed(_cut(data, int(num_outputs), axis, True, "split"), axis, squeeze_axis)
    return parts[0] if len(parts) == 1 else parts


@op(nd="split_v2", quiet=True,
    grad={"ary": lambda g, axis, squeeze_axis: _unchannel(g if isinstance(g, tuple) else (g,), axis, squeeze_axis)})
def split_v2(ary, indices_or_sections, axis=0, squeeze_axis=False):
    """Like split, a list; squeeze_axis removes the axis from parts of length 1."""
    if not isinstance(indices_or_sections, int | numpy.integer | tuple | list):
        raise ArgumentError("split_v2: indices_or_sections must either int or tuple of ints, not "
                            + type(indices_or_sections).__name__)
    return _squeezed(_cut(ary, indices_or_sections, axis, True, "split_v2"), axis, squeeze_axis)


def _unchannel(g, axis, squeeze_axis):
    return numpy.stack(list(g), axis) if squeeze_axis else _rejoin(g, axis)


# -- inserting and deleting --------------------------------------------------------------------------------------------
@op(np="append", quiet=True, grad={
    "arr": lambda g, arr_shape, axis: _end(g, arr_shape, axis, first=True),
    "values": lambda g, values_shape, axis: _end(g, values_shape, axis, first=False)})
def append(arr, values, axis=None):
    """values after arr along an axis, or both flattened (None). Raises ShapeError."""
    return _joined([arr, values], numpy.concatenate, axis)


def _end(g, shape, axis, first):
    n = math.prod(shape) if axis is None else shape[axis]
    axis = 0 if axis is None else axis % len(g.shape)
    total = g.shape[axis]
    part = slice(0, n) if first else slice(total - n, total)
    return g[(slice(None),) * axis + (part,)].reshape(shape)


def _flat(shape, axis):
    """The shape and axis that delete and insert work on."""
    return ((math.prod(shape),), 0) if axis is None else (tuple(shape), axis % len(shape))


def _numbers(obj):
    """An index argument of delete or insert in NumPy's terms; floats count as integers, as MXNet's own arrays do."""
    if isinstance(obj, slice):
        return obj
    obj = numpy.asarray(obj)
    return obj.astype(numpy.int64) if obj.dtype.kind == "f" or obj.size == 0 else obj


@op(np="delete", grad={"arr": lambda g, arr_shape, obj, axis: _undelete(g, arr_shape, obj, axis)})
def delete(arr, obj, axis=None):
    """arr without the slices along an axis (None: of the flattened array) that obj names by number, list or slice.

    Raises IndexingError for a number out of range.
    """
    return numpy.delete(arr, _numbers(obj), axis)


def _undelete(g, shape, obj, axis):
    flat, axis = _flat(shape, axis)
    kept = numpy.delete(numpy.arange(flat[axis]), _numbers(obj))
    return scatter_add(g, flat, (slice(None),) * axis + (kept,)).reshape(shape)


@op(np="insert", quiet=True, grad={
    "arr": lambda g, arr_shape, obj, axis: _uninsert(g, arr_shape, obj, axis)[0].reshape(arr_shape),
    "values": lambda g, arr_shape, obj, axis: _uninsert(g, arr_shape, obj, axis)[1]})
def insert(arr, obj, values, axis=None):
    """arr with values inserted before the places obj (number, list or slice) along an axis (None: flattened).

    values are cast to the dtype of arr and broadcast. Raises IndexingError for a place out of range.
    """
    return numpy.insert(arr, _numbers(obj), values, axis)


def _uninsert(g, shape, obj, axis):
    """The parts of g that were in arr, and that were inserted."""
    flat, axis = _flat(shape, axis)
    places = _places(_numbers(obj), flat[axis], g.shape[axis] - flat[axis])
    old = numpy.ones(g.shape[axis], bool)
    old[places] = False
    lead = (slice(None),) * axis
    inserted = g[(*lead, places)]
    if not isinstance(obj, slice) and numpy.ndim(obj) == 0:
        inserted = numpy.moveaxis(inserted, axis, 0)     # a single number takes the values' first axis along
    return g[(*lead, old)], inserted


def _places(obj, n, count):
    """Where, in the result of insert, the `count` values stand that were inserted into an axis of length n."""
    if isinstance(obj, slice):
        obj = numpy.arange(n)[obj]
    places = numpy.flatnonzero(obj) if obj.dtype.kind == "b" else obj.reshape(-1)
    places = numpy.where(places < 0, places + n, places)
    if places.size == 1:
        return places + numpy.arange(count)
    order = numpy.argsort(places, kind="stable")
    places[order] += numpy.arange(count)
    return places
