"""Operators that reorder, repeat, pad or mask elements."""

import math

import numpy

from mxlite import _dtype
from mxlite._engine import operators as _engine
from mxlite._errors import ArgumentError, ShapeError, UnsupportedError
from mxlite._op import composed, op
from mxlite._ops.index import scatter_add
from mxlite._ops.shape import sum_to


# -- turning -----------------------------------------------------------------------------------------------------------
@op(np="flip", nd=("flip", "reverse"), grad={"m": lambda g, axis: numpy.flip(g, axis)}, quiet=True)
def flip(m, axis=None):
    """The elements in reverse order along an axis, several, or all; a copy."""
    return numpy.flip(m, tuple(axis) if isinstance(axis, list) else axis)


def _at_least(m, ndim, name):
    if m.ndim < ndim:
        raise ShapeError(f"{name}: the array must be {ndim}-d or more, not of shape {m.shape}")
    return m


@op(np="fliplr", grad={"m": lambda g: numpy.flip(g, 1)}, quiet=True)
def fliplr(m):
    """The elements in reverse order along axis 1; a copy."""
    return numpy.flip(_at_least(m, 2, "fliplr"), 1)


@op(np="flipud", grad={"m": lambda g: numpy.flip(g, 0)}, quiet=True)
def flipud(m):
    """The elements in reverse order along axis 0; a copy."""
    return numpy.flip(_at_least(m, 1, "flipud"), 0)


@op(np="rot90", grad={"m": lambda g, k, axes: numpy.rot90(g, -k, axes)}, quiet=True)
def rot90(m, k=1, axes=(0, 1)):
    """The array turned k times by a right angle, from the first of two axes towards the second; a copy."""
    return numpy.rot90(m, k, axes)


@op(np="roll", grad={"a": lambda g, shift, axis: numpy.roll(g, _negative(shift), axis)}, quiet=True)
def roll(a, shift, axis=None):
    """The elements shifted along an axis (or several, or the flattened array), those that leave coming in again."""
    return numpy.roll(a, shift, axis)


def _negative(shift):
    return tuple(-s for s in shift) if isinstance(shift, tuple | list) else -shift


# -- repeating ---------------------------------------------------------------------------------------------------------
@op(np="tile", nd="tile", grad={"A": lambda g, A_shape, reps: _untile(g, A_shape, reps)}, quiet=True)
def tile(A, reps):
    """The array laid side by side reps[k] times along axis k; missing axes count as length 1, missing reps as 1.

    >>> np.tile(np.array([1, 2]), (2, 2))
    array([[1., 2., 1., 2.],
           [1., 2., 1., 2.]])
    """
    return numpy.tile(_dtype.numbers(A), reps)


def _untile(g, shape, reps):
    reps = tuple(reps) if numpy.ndim(reps) else (int(reps),)
    ndim = max(len(shape), len(reps))
    full = (1,) * (ndim - len(shape)) + tuple(shape)
    reps = (1,) * (ndim - len(reps)) + reps
    pairs = [n for pair in zip(reps, full, strict=True) for n in pair]
    summed = [n for length in full for n in (1, length)]
    return sum_to(g.reshape(tuple(pairs)), tuple(summed)).reshape(shape)


@op(np="repeat", nd="repeat",
    grad={"a": lambda g, a_shape, repeats, axis: _unrepeat(g, a_shape, repeats, axis)}, quiet=True)
def repeat(a, repeats, axis=None):
    """Each element (or slice along an axis) `repeats` times in a row; `repeats` is a number or one per element.

    >>> np.repeat(np.array([[1, 2]]), 2, axis=1)
    array([[1., 1., 2., 2.]])
    """
    return numpy.repeat(a, repeats, axis)


def _unrepeat(g, shape, repeats, axis):
    flat = shape if axis is not None and shape else (math.prod(shape),)
    axis = (axis or 0) % len(flat)
    if numpy.size(repeats) == 1:
        n = int(numpy.reshape(repeats, ()))
        lead, tail = flat[:axis], flat[axis + 1:]
        out = sum_to(g.reshape((*lead, flat[axis], n, *tail)), (*lead, flat[axis], 1, *tail))
    else:
        index = numpy.repeat(numpy.arange(flat[axis]), numpy.asarray(repeats))
        out = scatter_add(g, flat, (slice(None),) * axis + (index,))
    return out.reshape(shape)


@op(np="resize", grad={"a": lambda g, a_shape: _unresize(g, a_shape)}, quiet=True)
def resize(a, new_shape):
    """The elements in another shape, repeated from the first on when there are too few."""
    return numpy.resize(a, new_shape)


def _unresize(g, shape):
    n = math.prod(shape)
    index = numpy.arange(math.prod(g.shape)) % max(n, 1)
    return scatter_add(g.reshape(-1), (n,), (index,) if n else (slice(0, 0),)).reshape(shape)


# -- padding -----------------------------------------------------------------------------------------------------------
_COPYING = ("edge", "reflect", "symmetric", "wrap", "maximum", "minimum")


def _pad_sources(x, width, mode):
    """Which element of x, by its flat number, each element of the padded array copies."""
    index = numpy.arange(x.size).reshape(x.shape)
    if width and mode in ("edge", "reflect", "symmetric", "wrap"):      # numpy.pad takes no widths of no axes
        return numpy.pad(index, width, mode)
    pick = numpy.argmax if mode == "maximum" else numpy.argmin
    for axis, (before, after) in enumerate(width):
        best = numpy.take_along_axis(
            index, numpy.expand_dims(pick(x.reshape(-1)[index], axis), axis), axis)
        index = numpy.concatenate([numpy.repeat(best, before, axis), index, numpy.repeat(best, after, axis)], axis)
    return index


def _widths(pad_width, ndim):
    try:
        return tuple((int(b), int(a)) for b, a in numpy.broadcast_to(pad_width, (ndim, 2)))
    except ValueError as exc:
        raise ArgumentError(f"pad: pad_width {pad_width} is not one pair (before, after) per axis") from exc


def _unpad(g, x, pad_width, mode):
    width = _widths(pad_width, len(x.shape))
    if mode == "constant":
        return g[tuple(slice(b, b + n) for (b, _), n in zip(width, x.shape, strict=True))]
    index = _pad_sources(numpy.asarray(x), width, mode)
    return scatter_add(g.reshape(-1), (x.size,), (index.reshape(-1),)).reshape(x.shape)


def _pad(x, width, mode, constant_values):
    if mode == "constant":
        return numpy.pad(x, width, mode, constant_values=constant_values) if width else x.copy()
    if mode not in _COPYING:
        raise ArgumentError(f"pad: mode is 'constant', {', '.join(map(repr, _COPYING))}, not {mode!r}")
    return x.reshape(-1)[_pad_sources(x, width, mode)]


@op(np="pad", aliases={"array": "x"}, grad={"x": _unpad}, quiet=True)
def pad(x, pad_width=None, mode="constant", constant_values=0, reflect_type="even", stat_length=None):
    """The array with (before, after) elements added along each axis.

    `mode`: 'constant' (constant_values), 'edge', 'reflect', 'symmetric', 'wrap', 'maximum' or 'minimum' along the axis.
    `reflect_type` and `stat_length` have no other values. Raises ArgumentError, UnsupportedError.

    >>> np.pad(np.array([1.0, 2.0]), (1, 2), mode="edge")
    array([1., 1., 2., 2., 2.])
    """
    if pad_width is None:
        raise ArgumentError("pad: pad_width is missing")
    if reflect_type != "even" or stat_length is not None:
        raise UnsupportedError(f"pad: reflect_type is 'even' and stat_length None, not {reflect_type!r} and "
                               f"{stat_length!r}")
    return _pad(x, _widths(pad_width, x.ndim), mode, constant_values)


_IMAGE_MODES = ("constant", "edge", "reflect")


@op(npx="pad", nd=("pad", "Pad"), quiet=True,
    grad={"data": lambda g, data, mode, pad_width: _unpad(g, data, _flat_widths(pad_width, len(data.shape)), mode)})
def pad_flat(data, mode=None, pad_width=None, constant_value=0):
    """The array padded by pad_width = (before axis 0, after axis 0, before axis 1, ...).

    `mode`: 'constant' (constant_value), 'edge' or 'reflect'.
    """
    if mode not in _IMAGE_MODES:
        raise ArgumentError(f"pad: mode is one of {', '.join(map(repr, _IMAGE_MODES))}, not {mode!r}")
    return _pad(data, _flat_widths(pad_width, data.ndim), mode, constant_value)


def _flat_widths(pad_width, ndim):
    if pad_width is None or len(pad_width) != 2 * ndim:
        raise ArgumentError(f"pad: pad_width is two lengths for each of the {ndim} axes, not {pad_width}")
    return tuple(zip(pad_width[::2], pad_width[1::2], strict=True))


# -- diagonals and triangles -------------------------------------------------------------------------------------------
@op(grad={"x": lambda g, offset, axis1, axis2: numpy.diagonal(g, offset, axis1, axis2)}, quiet=True)
def embed_diagonal(x, shape, offset=0, axis1=0, axis2=1):
    """Zeros of `shape` with x on a diagonal: what `diagonal` takes out, put back."""
    out = numpy.zeros(shape, x.dtype)
    n = x.shape[-1]
    moved = numpy.moveaxis(out, (axis1, axis2), (-2, -1))
    k = numpy.arange(n)
    moved[..., k + max(-offset, 0), k + max(offset, 0)] = x
    return out


@op(np="diagonal", quiet=True,
    grad={"a": lambda g, a_shape, offset, axis1, axis2: embed_diagonal(g, a_shape, offset, axis1, axis2)})
def diagonal(a, offset=0, axis1=0, axis2=1):
    """The diagonal of two axes, as the last axis of a copy."""
    return numpy.diagonal(a, offset, axis1, axis2)


def _square(n, k):
    return (n + abs(k),) * 2


@op(np="diag", aliases={"v": "array"}, quiet=True,
    grad={"array": lambda g, array_shape, k: embed_diagonal(g, array_shape, k) if len(array_shape) == 2
          else numpy.diagonal(g, k)})
def diag(array, k=0):
    """The k-th diagonal of a matrix, or the matrix that has a vector as its k-th diagonal."""
    if array.ndim not in (1, 2):
        raise ShapeError(f"diag: a vector or a matrix, not an array of shape {array.shape}")
    return numpy.diag(array, k)


@op(np="diagflat", aliases={"v": "array"}, quiet=True,
    grad={"array": lambda g, array_shape, k: numpy.diagonal(g, k).reshape(array_shape)})
def diagflat(array, k=0):
    """The matrix that has all elements as its k-th diagonal."""
    return embed_diagonal(array.reshape(-1), _square(array.size, k), k)


@op(nd="diag", quiet=True,
    grad={"data": lambda g, data_shape, k, axis1, axis2: embed_diagonal(g, data_shape, k, axis1, axis2)
          if len(data_shape) > 1 else numpy.diagonal(g, k)})
def diag_of_axes(data, k=0, axis1=0, axis2=1):
    """The k-th diagonal of two axes, as the last axis of a copy; of a vector, the matrix that has it as diagonal.

    Raises ShapeError when the array has no such diagonal.
    """
    if data.ndim < 2:
        return embed_diagonal(data.reshape(-1), _square(data.size, k), k)
    out = numpy.diagonal(data, k, axis1, axis2)
    if out.shape[-1] == 0:
        raise ShapeError(f"diag: an array of shape {data.shape} has no diagonal {k}")
    return out


@op(np="tril", grad={"m": lambda g, k: numpy.tril(g, k)}, quiet=True)
def tril(m, k=0):
    """The array with zeros above the k-th diagonal of its last two axes."""
    return numpy.tril(m, k)


@op(np="triu", grad={"m": lambda g, k: numpy.triu(g, k)}, quiet=True)
def triu(m, k=0):
    """The array with zeros below the k-th diagonal of its last two axes."""
    return numpy.triu(m, k)


@composed(np="fill_diagonal")
def fill_diagonal(a, val, wrap=False):
    """Writes val, a number or values in turn, to the main diagonal of an array, in place; returns None.

    `wrap` goes on after a row is left out when the matrix is tall. Raises ShapeError and, under record, InplaceError.
    """
    _engine.begin_write(a, val, "fill_diagonal")
    try:
        numpy.fill_diagonal(_engine.raw(a), numpy.asarray(val), wrap)
    except ValueError as exc:
        raise ShapeError(f"fill_diagonal: an array of shape {a.shape}: {exc}") from exc
    _engine.end_write(a)


# -- images ------------------------------------------------------------------------------------------------------------
def _blocks(data, block_size):
    if data.ndim != 4 or block_size < 1:
        raise ShapeError(f"blocks of {block_size} need an array (batch, channel, height, width), not {data.shape}")
    return int(block_size)


def _check_divides(what, length, by):
    if length % by:
        raise ShapeError(f"{what} {length} is not a multiple of {by}")


@op(nd="depth_to_space", grad={"data": lambda g, block_size: space_to_depth(g, block_size)}, quiet=True)
def depth_to_space(data, block_size):
    """Groups of block_size ** 2 channels laid out as blocks: (n, c b b, h, w) becomes (n, c, h b, w b)."""
    b = _blocks(data, block_size)
    n, c, h, w = data.shape
    _check_divides("depth_to_space: the number of channels", c, b * b)
    parts = data.reshape(n, b, b, c // (b * b), h, w).transpose(0, 3, 4, 1, 5, 2)
    return parts.reshape(n, c // (b * b), h * b, w * b)


@op(nd="space_to_depth", grad={"data": lambda g, block_size: depth_to_space(g, block_size)}, quiet=True)
def space_to_depth(data, block_size):
    """Blocks of block_size x block_size pixels moved into channels: the inverse of depth_to_space."""
    b = _blocks(data, block_size)
    n, c, h, w = data.shape
    _check_divides("space_to_depth: the height", h, b)
    _check_divides("space_to_depth: the width", w, b)
    return data.reshape(n, c, h // b, b, w // b, b).transpose(0, 3, 5, 1, 2, 4).reshape(n, c * b * b, h // b, w // b)


@op(nd="Crop", grad={"data": lambda g, data_shape, offset, h_w, center_crop: _uncrop(
    g, data_shape, offset, h_w, center_crop)}, quiet=True)
def crop(*data, offset=(0, 0), h_w=(0, 0), center_crop=False, num_args=None):
    """The part of an image (n, c, height, width) of height and width `h_w`, or of a second array, from `offset` on."""
    x = data[0]
    return x[_window(x.shape, [v.shape for v in data[1:]], offset, h_w, center_crop)]


def _window(shape, others, offset, h_w, center_crop):
    h, w = others[0][2:] if others else h_w
    top, left = ((shape[2] - h) // 2, (shape[3] - w) // 2) if center_crop else offset
    if len(shape) != 4 or top < 0 or left < 0 or top + h > shape[2] or left + w > shape[3]:
        raise ShapeError(f"Crop: a window of {h} x {w} at {(top, left)} is not inside an array of shape {shape}")
    return slice(None), slice(None), slice(top, top + h), slice(left, left + w)


def _uncrop(g, shapes, offset, h_w, center_crop):
    key = _window(shapes[0], shapes[1:], offset, h_w, center_crop)
    return [scatter_add(g, shapes[0], key), *(None for _ in shapes[1:])]
