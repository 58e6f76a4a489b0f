"""Images compared with displaced images: the correlation layer of networks that find motion.

The private operators go over displacements: `starts` are places (row, column) in b where a window of the shape of a
begins, one per displacement. Three of them are the derivatives of one trilinear form, so every order exists.
"""

import numpy

from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops.checks import one_dtype
from mxlite._ops.index import getitem
from mxlite._ops.operands import into, plain
from mxlite._ops.sampler import with_np_arrays
from mxlite._ops.windows import Window, computed_in, window_sum


def _key(start, shape):
    """What selects the window of a displacement."""
    return (slice(None), slice(None), *(slice(at, at + n) for at, n in zip(start, shape[2:], strict=True)))


@op(grad={"a": lambda g, b, starts: displaced_sum(g, b, starts),
          "b": lambda g, a, b_shape, starts: displaced_spread(g, a, starts, b_shape)})
def displaced_products(a, b, starts):
    """Per displacement the product of a and the window of b, summed over channels: (batch, displacements, ...)."""
    out = numpy.empty((len(a), len(starts), *a.shape[2:]), a.dtype)
    for d, start in enumerate(starts):
        numpy.einsum("nchw,nchw->nhw", a, b[_key(start, a.shape)], out=out[:, d], dtype=computed_in("correlation", a),
                     casting="same_kind")
    return out


@op(grad={"h": lambda g, b, starts: displaced_products(g, b, starts),
          "b": lambda g, h, b_shape, starts: displaced_spread(h, g, starts, b_shape)})
def displaced_sum(h, b, starts):
    """The sum over displacements of h (batch, displacements, ...) times the window of b: the shape of a."""
    out = numpy.zeros((*b.shape[:2], *h.shape[2:]), computed_in("correlation", h))
    for d, start in enumerate(starts):
        out += h[:, d:d + 1] * b[_key(start, out.shape)]
    return out.astype(h.dtype, copy=False)


@op(grad={"h": lambda g, a, starts: displaced_products(a, g, starts),
          "a": lambda g, h, starts: displaced_sum(h, g, starts)})
def displaced_spread(h, a, starts, shape):
    """An array of the shape of b to which every window has added h times a: the transpose in b."""
    out = numpy.zeros(shape, computed_in("correlation", h))
    for d, start in enumerate(starts):
        out[_key(start, a.shape)] += h[:, d:d + 1] * a
    return out.astype(h.dtype, copy=False)


def _signed(g, a, b, starts):
    """Per displacement its window, and g with the sign of the difference; where there is none it counts as positive."""
    a, b = numpy.asarray(a), numpy.asarray(b)
    for d, start in enumerate(starts):
        sign = numpy.where(a >= b[_key(start, a.shape)], 1, -1).astype(a.dtype)
        yield start, g[:, d:d + 1] * sign


def _distances_a(g, a, b, starts):
    return sum(part for _, part in _signed(g, a, b, starts))


def _distances_b(g, a, b, starts):
    total = 0
    for start, part in _signed(g, a, b, starts):
        behind = [n - at - m for n, at, m in zip(b.shape[2:], start, a.shape[2:], strict=True)]
        total = total - numpy.pad(part, [(0, 0), (0, 0), *zip(start, behind, strict=True)])
    return total


@op(grad={"a": _distances_a, "b": _distances_b})
def displaced_distances(a, b, starts):
    """As `displaced_products`, with absolute differences in place of products."""
    out = numpy.empty((len(a), len(starts), *a.shape[2:]), a.dtype)
    for d, start in enumerate(starts):
        out[:, d] = numpy.absolute(a - b[_key(start, a.shape)]).sum(axis=1)
    return out


def _geometry(images, kernel_size, max_displacement, stride1, stride2, pad_size):
    """(window of the sums, places of the result, starts). Raises ArgumentError or ShapeError."""
    name = "Correlation"
    if kernel_size < 1 or kernel_size % 2 == 0 or min(stride1, stride2) < 1 or min(max_displacement, pad_size) < 0:
        raise ArgumentError(f"{name}: kernel_size={kernel_size} is odd, stride1={stride1} and stride2={stride2} are "
                            f"positive, max_displacement={max_displacement} and pad_size={pad_size} not negative")
    border = max_displacement + kernel_size // 2
    places = tuple(-(-(n + 2 * pad_size - 2 * border) // stride1) for n in images.shape[2:])
    if min(places) < 1:
        raise ShapeError(operand_message(name, (images,), f"a border of {border} leaves nothing of the padded image."))
    reach = max_displacement // stride2
    shifts = [max_displacement + k * stride2 for k in range(-reach, reach + 1)]
    window = Window((kernel_size,) * 2, (stride1,) * 2, (1, 1), (0, 0))
    return window, places, tuple((y, x) for y in shifts for x in shifts)


@composed(nd="Correlation")
@with_np_arrays
def correlation(data1, data2, kernel_size=1, max_displacement=1, stride1=1, stride2=1, pad_size=0, is_multiply=True,
                out=None, name=None):
    """How much windows of one image agree with displaced windows of another: (batch, displacements, rows, columns).

    Both are (batch, channels, height, width), padded with pad_size zeros on all sides. Displacements go down and right
    from -max_displacement to max_displacement in steps of stride2, windows of kernel_size times kernel_size elements
    in steps of stride1. An element is the mean over window and channels of the products or, unless is_multiply, of the
    absolute differences. Raises ArgumentError for an even kernel_size, ShapeError where shapes do not fit.
    """
    images = plain(data1), plain(data2)
    if images[0].ndim != 4 or images[0].shape != images[1].shape:
        raise ShapeError(operand_message("Correlation", images, "both are (batch, channels, height, width)."))
    one_dtype("Correlation", *images)
    window, places, starts = _geometry(images[0], kernel_size, max_displacement, stride1, stride2, pad_size)
    margin = [(0, 0), (0, 0), (pad_size, pad_size), (pad_size, pad_size)]
    a, b = (numpy.pad(x, margin) if pad_size else x for x in (data1, data2))
    within = tuple(slice(max_displacement, max_displacement + (n - 1) * stride1 + kernel_size) for n in places)
    a = getitem(a, (slice(None), slice(None), *within))
    y = (displaced_products if is_multiply else displaced_distances)(a, b, starts)
    if kernel_size > 1 or stride1 > 1:
        y = window_sum(y, window, places)
    return into(out, y / (kernel_size ** 2 * images[0].shape[1]))
