"""Images of another size by bilinear interpolation: a matrix for each of the two axes of space."""

import numpy

from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import composed
from mxlite._ops.checks import floats_only
from mxlite._ops.operands import into
from mxlite._ops.pooling import axis_product

# The length that an axis of length n gets, by mode; `size` and `like` name it.
_LENGTHS = {
    "odd_scale": lambda n, scale: int(n * scale) if n % 2 == 0 else int((n - 1) * scale) + 1,
    "to_even_down": lambda n, scale: n - n % 2,
    "to_even_up": lambda n, scale: n + n % 2,
    "to_odd_down": lambda n, scale: n - 1 + n % 2,
    "to_odd_up": lambda n, scale: n + 1 - n % 2,
}


def _interpolation(n, m, align_corners):
    """The matrix (m, n) that interpolates n elements at m places."""
    if m == 1:
        at = numpy.zeros(1)
    elif align_corners:
        at = numpy.arange(m) * ((n - 1) / (m - 1))
    else:
        at = numpy.maximum((numpy.arange(m) + 0.5) * (n / m) - 0.5, 0)
    low = numpy.minimum(at.astype(int), n - 1)
    part, rows, out = at - low, numpy.arange(m), numpy.zeros((m, n))
    numpy.add.at(out, (rows, low), 1 - part)
    numpy.add.at(out, (rows, numpy.minimum(low + 1, n - 1)), part)
    return out


def _lengths(data, like, size, scales, mode):
    """The height and width of the result."""
    if mode == "like":
        if like is None:
            raise ArgumentError("BilinearResize2D: mode='like' needs an array `like`")
        return like.shape[2:]
    if mode == "size":
        return tuple(m if s is None else int(n * s) for n, m, s in zip(data.shape[2:], size, scales, strict=True))
    if mode not in _LENGTHS:
        raise ArgumentError(f"BilinearResize2D: mode is 'size', 'like' or one of {', '.join(_LENGTHS)}, not {mode!r}")
    if mode == "odd_scale" and None in scales:
        raise ArgumentError("BilinearResize2D: mode='odd_scale' needs scale_height and scale_width")
    return tuple(_LENGTHS[mode](n, s) for n, s in zip(data.shape[2:], scales, strict=True))


@composed(nd="contrib.BilinearResize2D")
def bilinear_resize(data, like=None, height=1, width=1, scale_height=None, scale_width=None, mode="size",
                    align_corners=True, out=None, name=None):
    """Images (batch, channels, height, width) in another size, elements interpolated between the nearest four.

    mode 'size' takes height and width, or scales; 'like' the size of another array; 'odd_scale' scales to an odd
    length where it was odd; 'to_even_down' and the like change a length by one where needed. With align_corners the
    outermost elements stay at the edges, else the outermost borders do.
    """
    images = raw_of(data)
    if images.ndim != 4 or 0 in images.shape[2:]:
        raise ShapeError(operand_message("BilinearResize2D", (images,), "data is (batch, channels, height, width)."))
    floats_only("BilinearResize2D", images)
    size = _lengths(data, like, (height, width), (scale_height, scale_width), mode)
    if min(size) < 1:
        raise ShapeError(operand_message("BilinearResize2D", (images,), f"nothing is left at size {size}."))
    y = data
    for axis, m in zip((3, 2), reversed(size), strict=True):
        y = axis_product(y, _interpolation(y.shape[axis], m, align_corners).astype(images.dtype), axis)
    return into(out, y)
