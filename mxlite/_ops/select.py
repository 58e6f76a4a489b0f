"""Operators that pick, place or mark elements by number or by condition."""

import math

import numpy

from mxlite._dtype import resolve
from mxlite._engine.op import Picked
from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError, UnsupportedError
from mxlite._kernels.index import add_to_rows, pick_rows
from mxlite._op import into, op, zero
from mxlite._ops.index import add_at, scatter_add

# -- numbers of elements -----------------------------------------------------------------------------------------------
_MODES = ("raise", "clip", "wrap")


def _whole(indices):
    """Indices as integers; floats are truncated."""
    indices = numpy.asarray(indices)
    return indices if indices.dtype.kind in "iu" else indices.astype(numpy.int64)


def _bounded(index, n, mode, name):
    """Index numbers within 0 ... n - 1 by a mode of `take`; floats are truncated. Raises IndexingError."""
    index = _whole(index)
    if mode == "clip":
        return numpy.clip(index, 0, max(n - 1, 0))
    if mode == "wrap":
        return index % max(n, 1)
    if mode != "raise":
        raise UnsupportedError(f"{name}: mode is one of {', '.join(map(repr, _MODES))}, not {mode!r}")
    if index.size and (index.min() < -n or index.max() >= n):
        raise IndexingError(f"{name}: contains indices out of bounds for an axis of length {n}")
    return index


def _take(a, indices, axis, mode):
    if axis is None:
        a, axis = a.reshape(-1), 0
    return a.take(_bounded(indices, a.shape[axis], mode, "take"), axis=axis)


def _untake(g, shape, indices, axis, mode):
    if axis is None:
        n = math.prod(shape)
        return scatter_add(g, (n,), (_bounded(indices, n, mode, "take"),)).reshape(shape)
    axis %= len(shape)
    key = (slice(None),) * axis + (_bounded(indices, shape[axis], mode, "take"),)
    return scatter_add(g, shape, key)


@op(np="take", grad={"a": lambda g, a_shape, indices, axis, mode: _untake(g, a_shape, indices, axis, mode),
                     "indices": zero})
def take(a, indices, axis=None, mode="raise"):
    """The elements (or slices along an axis) numbered by `indices`, in the shape of the indices.

    `mode`: 'raise' (negative numbers count from the end), 'clip' or 'wrap'. Raises IndexingError.

    >>> np.take(np.array([[1, 2, 3], [4, 5, 6]]), np.array([2, 0], dtype="int32"), axis=1)
    array([[3., 1.],
           [6., 4.]])
    """
    return _take(a, indices, axis, mode)


@op(nd="take", grad={"a": lambda g, a_shape, indices, axis, mode: _untake(g, a_shape, indices, axis, mode),
                     "indices": zero})
def take_slices(a, indices, axis=0, mode="clip"):
    """The slices along an axis numbered by `indices`; numbers out of range are clipped unless `mode` says otherwise."""
    return _take(a, indices, axis, mode)


def along(index, shape, axis):
    """A key that takes, along an axis, the element that `index` names at each place of the other axes."""
    axis %= len(shape)
    ndim = index.ndim
    return tuple(index if k == axis else numpy.arange(n).reshape((1,) * k + (n,) + (1,) * (ndim - k - 1))
                 for k, n in enumerate(shape))


def _checked_along(arr, indices):
    if indices.ndim != len(arr):
        raise ShapeError(f"take_along_axis: indices of shape {indices.shape} for an array of shape {tuple(arr)}")
    return _whole(indices)


@op(np="take_along_axis", grad={"arr": lambda g, arr_shape, indices, axis: _untake_along(g, arr_shape, indices, axis),
                                "indices": zero}, quiet=True)
def take_along_axis(arr, indices, axis=-1):
    """Along an axis, the element that `indices` names at each place; floats are truncated. Raises IndexingError."""
    if axis is None:
        arr, axis = arr.reshape(-1), 0
    return numpy.take_along_axis(arr, _checked_along(arr.shape, indices), axis)


def _untake_along(g, shape, indices, axis):
    flat = tuple(shape) if axis is not None else (math.prod(shape),)
    axis = 0 if axis is None else axis
    index = _checked_along(flat, numpy.asarray(indices))
    return scatter_add(g, flat, along(index, flat, axis)).reshape(shape)


@op(npx="pick", nd=("pick", "choose_element_0index", "batch_take"), aliases={"a": "data", "indices": "index"},
    grad={"data": into(lambda *a: _add_picked(*a), lambda g, data_shape, index, axis, mode: _unpick(
        g, data_shape, index, axis, mode), lambda *a: _as_picked(*a)), "index": zero})
def pick(data, index, axis=-1, keepdims=False, mode="clip"):
    """Along an axis, the element that `index` names at each place of the other axes.

    `index` has the shape of data without the axis, or with length 1 there; of a vector one element is picked, in shape
    (1,). `mode`: 'clip' or 'wrap'. Raises ShapeError.

    >>> npx.pick(np.array([[1, 2, 3], [4, 5, 6]]), np.array([2, 0], dtype="int32"))
    array([3., 4.])
    """
    if _in_rows(data, axis):
        index = _pick_index(data.shape, index, axis, mode)
        out = numpy.empty(index.shape, data.dtype)
        pick_rows(data, numpy.ascontiguousarray(index, numpy.intp), out, mode == "wrap")
    else:
        out = numpy.take_along_axis(data, _picked(data.shape, index, axis, mode), axis)
    return out if keepdims or data.ndim == 1 else out.squeeze(axis)


def _pick_index(shape, index, axis, mode):
    """The index of pick as a NumPy array with as many axes as the data."""
    if axis is None or not -len(shape) <= axis < len(shape):
        raise ArgumentError(f"pick: axis {axis} is not an axis of an array of shape {tuple(shape)}")
    if mode not in ("clip", "wrap"):
        raise ArgumentError(f"pick: mode is 'clip' or 'wrap', not {mode!r}")
    index = numpy.asarray(index)
    axis %= len(shape)
    kept = (*shape[:axis], 1, *shape[axis + 1:])
    without = kept[:axis] + kept[axis + 1:]
    if index.shape not in (kept, without, without or (1,)):
        raise ShapeError(f"pick: an index of shape {index.shape} where {without} or {kept} was expected")
    return index.reshape(kept)


def _picked(shape, index, axis, mode):
    return _bounded(_pick_index(shape, index, axis, mode), shape[axis], mode, "pick")


def _unpick(g, shape, index, axis, mode):
    index = _picked(shape, index, axis, mode)
    return scatter_add(g.reshape(index.shape), shape, along(index, shape, axis))


def _as_picked(g, shape, index, axis, mode):
    """The cotangent of an array from which one element of each row was picked; None for another axis than the last."""
    if axis not in (-1, len(shape) - 1) or g.dtype.char not in "fd" or not math.prod(shape):
        return None
    index = _picked(shape, index, axis, mode)
    return Picked(shape, numpy.ascontiguousarray(index, numpy.intp), numpy.ascontiguousarray(g))


def _in_rows(data, axis):
    """Whether the kernels can pick from the rows of an array."""
    return (axis in (-1, data.ndim - 1) and data.dtype.char in "fd" and data.flags.c_contiguous and data.size > 0)


def _add_picked(out, g, index, axis, mode):
    """Adds the cotangent of what was picked from an array to `out`, which has its shape."""
    if _in_rows(out, axis):
        index = numpy.ascontiguousarray(_pick_index(out.shape, index, axis, mode), numpy.intp)
        add_to_rows(out, index, numpy.ascontiguousarray(g), mode == "wrap")
    else:
        index = _picked(out.shape, index, axis, mode)
        add_at(out, along(index, out.shape, axis), g.reshape(index.shape))


@op(npx="embedding", nd="Embedding",
    grad={"data": zero, "weight": lambda g, data, weight_shape: _untake(g, weight_shape, data, 0, "clip")})
def embedding(data, weight, input_dim=None, output_dim=None, dtype="float32", sparse_grad=False):
    """The rows of `weight` numbered by `data` (clipped into range): shape data.shape + (output_dim,).

    input_dim and output_dim must be given (ArgumentError) and be the shape of weight; dtype and sparse_grad have no
    effect.

    >>> npx.embedding(np.array([1, 1], dtype="int32"), np.array([[1, 2], [3, 4]]), input_dim=2, output_dim=2)
    array([[3., 4.],
           [3., 4.]])
    """
    if input_dim is None or output_dim is None:
        raise ArgumentError("embedding: Required parameter input_dim or output_dim is not presented")
    for given, n, name in ((input_dim, weight.shape[0], "input_dim"), (output_dim, weight.shape[-1], "output_dim")):
        if weight.ndim != 2 or given != n:
            raise ShapeError(f"embedding: weight of shape {weight.shape} does not fit {name} {given}")
    return _take(weight, data, 0, "clip")


@op(npx="one_hot", nd="one_hot", grad={"indices": zero}, quiet=True)
def one_hot(indices, depth=None, on_value=1.0, off_value=0.0, dtype="float32"):
    """Per index a row of length `depth` that is on_value at the index and off_value elsewhere.

    Indices are truncated; one outside 0 ... depth - 1 gives a row of off_value.

    >>> npx.one_hot(np.array([1, 0], dtype="int32"), 3)
    array([[0., 1., 0.],
           [1., 0., 0.]])
    """
    if depth is None or depth < 0:
        raise ArgumentError(f"one_hot: depth is a length, not {depth}")
    hot = numpy.trunc(indices)[..., None] == numpy.arange(depth)
    return numpy.where(hot, on_value, off_value).astype(resolve(dtype))


# -- places given by one array of coordinates per axis -----------------------------------------------------------------
def _coordinates(indices, name):
    """A key from an array of shape (number of axes, ...)."""
    indices = _whole(indices)
    if indices.ndim < 2:
        raise ShapeError(f"{name}: indices have shape (axes, ...), not {indices.shape}")
    return tuple(indices)


def _kept(g, shape, key):
    """g[key], but zero where a later entry of the key names the same element: that value was overwritten."""
    number = numpy.zeros(shape, numpy.intp)
    order = numpy.arange(number[key].size).reshape(number[key].shape)
    number[key] = order
    return g[key] * (number[key] == order)


@op(npx="gather_nd", nd="gather_nd", quiet=True,
    grad={"data": lambda g, data_shape, indices: scatter_add(g, data_shape, _coordinates(indices, "gather_nd")),
          "indices": zero})
def gather_nd(data, indices):
    """data[indices[0], indices[1], ...]: one coordinate array per leading axis. Raises IndexingError.

    >>> npx.gather_nd(np.array([[1, 2], [3, 4]]), np.array([[0, 1], [1, 0]], dtype="int32"))
    array([2., 3.])
    """
    return data[_coordinates(indices, "gather_nd")]


@op(grad={"a": lambda g, key: overwrite(g, 0.0, key),
          "value": lambda g, a_shape, key: _kept(g, a_shape, key)}, quiet=True)
def overwrite(a, value, key):
    """A copy of a with a[key] = value; where the key names an element twice, the last value stays."""
    out = a.copy()
    out[key] = value
    return out


@op(npx="scatter_nd", nd="scatter_nd", quiet=True,
    grad={"data": lambda g, indices, shape: _kept(g, _shape(shape), _coordinates(indices, "scatter_nd")),
          "indices": zero})
def scatter_nd(data, indices, shape=None):
    """Zeros of `shape` with data at the coordinates `indices`; of values for one place the last stays."""
    if shape is None:
        raise ArgumentError("scatter_nd: shape is missing")
    return overwrite(numpy.zeros(_shape(shape), data.dtype), data, _coordinates(indices, "scatter_nd"))


def _shape(shape):
    return (int(shape),) if isinstance(shape, int | numpy.integer) else tuple(shape)


def _leading(ind):
    """A key from indices of shape (axes, n), or (n,) for one axis; bool masks as they are."""
    ind = numpy.asarray(ind)
    if ind.dtype.kind == "b":
        return (ind,)
    if ind.dtype.kind not in "iuf":
        raise IndexingError("ind is an array of index numbers, of shape (axes, n), or of bools, not a slice or the "
                            "like; `a[ind] = val` takes those, outside record")
    ind = _whole(ind)
    return (ind,) if ind.ndim < 2 else tuple(ind)


@op(npx="index_update", quiet=True,
    grad={"a": lambda g, ind: overwrite(g, 0.0, _leading(ind)), "ind": zero,
          "val": lambda g, a_shape, ind: _kept(g, a_shape, _leading(ind))})
def index_update(a, ind, val):
    """A copy of a with the elements at `ind`, of shape (axes, n), set to val. Raises IndexingError.

    >>> npx.index_update(np.zeros(3), np.array([[2]], dtype="int32"), np.array([5.0]))
    array([0., 0., 5.])
    """
    return overwrite(a, val, _leading(ind))


@op(npx="index_add", grad={"a": lambda g: g, "ind": zero, "val": lambda g, ind: g[_leading(ind)]})
def index_add(a, ind, val):
    """A copy of a with val added to the elements at `ind`, of shape (axes, n); duplicates add up. Raises IndexingError.
    """
    out, key = a.copy(), _leading(ind)
    if key[0].dtype.kind == "b":
        out[key] += val
    else:
        numpy.broadcast_to(val, out[key].shape)
        add_at(out, key, numpy.asarray(val))
    return out


@op(nd="contrib.index_copy", quiet=True,
    grad={"old_tensor": lambda g, index_vector: overwrite(g, 0.0, _leading(index_vector)), "index_vector": zero,
          "new_tensor": lambda g, old_tensor_shape, index_vector: _kept(g, old_tensor_shape, _leading(index_vector))})
def index_copy(old_tensor, index_vector, new_tensor):
    """A copy of old_tensor with the rows numbered by index_vector replaced by those of new_tensor."""
    return overwrite(old_tensor, new_tensor, _leading(index_vector))


@op(nd="fill_element_0index", quiet=True,
    grad={"lhs": lambda g, rhs: overwrite(g, 0.0, _one_per_row(rhs)), "mhs": lambda g, rhs: g[_one_per_row(rhs)],
          "rhs": zero})
def fill_element_0index(lhs, mhs, rhs):
    """A copy of the matrix lhs with element rhs[k] of row k set to mhs[k]."""
    return overwrite(lhs, mhs, _one_per_row(rhs))


def _one_per_row(rhs):
    rhs = numpy.asarray(rhs).astype(numpy.int64)
    return numpy.arange(rhs.size), rhs.reshape(-1)


@op(nd="contrib.index_array", grad={"data": zero}, quiet=True)
def index_array(data, axes=None):
    """Per element of data its coordinates (int64), or those along `axes`, as a last axis."""
    every = numpy.stack(numpy.indices(data.shape, numpy.int64), axis=-1)
    return every if axes is None else every[..., list(axes)]


@op(np="bincount", grad={"x": zero, "weights": lambda g, x: g[numpy.asarray(x)]})
def bincount(x, weights=None, minlength=0):
    """How often each number 0, 1, ... occurs in a vector of integers, in its dtype; or the sum of its weights.

    Raises ArgumentError for negative numbers.

    >>> np.bincount(np.array([0, 2, 2], dtype="int32"), weights=np.array([1.0, 0.5, 0.25]))
    array([1.  , 0.  , 0.75])
    """
    if x.dtype.kind not in "iu":
        raise DtypeError(f"bincount: Input data should be int type, not {x.dtype}")
    out = numpy.bincount(x, weights, minlength)
    return out.astype(x.dtype if weights is None else numpy.asarray(weights).dtype)


@op(np="trim_zeros", grad={"filt": lambda g, filt, trim: scatter_add(g, filt.shape, (_trimmed(filt, trim),))},
    quiet=True)
def trim_zeros(filt, trim="fb"):
    """A vector without the zeros in front ('f') and at the back ('b')."""
    return filt[_trimmed(filt, trim)]


def _trimmed(filt, trim):
    where = numpy.flatnonzero(numpy.asarray(filt))
    if where.size == 0:
        return slice(0, 0)
    trim = trim.lower()
    return slice(int(where[0]) if "f" in trim else 0, int(where[-1]) + 1 if "b" in trim else filt.shape[0])
