"""Images as columns, one for each place of a window, and the columns added back to images."""

import math

import numpy

from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._kernels import window as kernels
from mxlite._op import op
from mxlite._ops.convolution import window_of
from mxlite._ops.windows import computed_in


def _window(name, kernel, stride, dilate, pad):
    """The Window that the arguments describe. Raises ArgumentError without a kernel."""
    if not kernel:
        raise ArgumentError(f"{name}: Required parameter kernel is not presented")
    kernel = (kernel,) if isinstance(kernel, int) else tuple(kernel)
    return window_of(name, kernel, stride, dilate, pad, len(kernel))


def _spatial(window, space):
    """(window, space, places) with three axes of space."""
    lead = 3 - len(space)
    return window.three(), (1,) * lead + tuple(space), (1,) * lead + window.places(space)


def columns_of(x, window):
    """The columns (batch, channels times window, places) of images."""
    three, space, places = _spatial(window, x.shape[2:])
    dtype = computed_in("im2col", x)
    rows, count = x.shape[1] * math.prod(window.kernel), math.prod(places)
    images = numpy.ascontiguousarray(x, dtype).reshape(*x.shape[:2], *space)
    out = numpy.empty((len(x), rows, count), dtype)
    for image, columns in zip(images, out, strict=True):
        kernels.to_columns(image[None], columns.reshape(-1), three.kernel, places, three.stride, three.dilate,
                           three.pad)
    return out.astype(x.dtype, copy=False)


def _images_of(columns, window, channels, size):
    """The transpose of `columns_of`."""
    three, space, places = _spatial(window, size)
    dtype = computed_in("col2im", columns)
    columns = numpy.ascontiguousarray(columns, dtype)
    out = numpy.zeros((len(columns), channels, *space), dtype)
    for image, part in zip(out, columns, strict=True):
        kernels.from_columns(part.reshape(-1), image[None], three.kernel, places, three.stride, three.dilate,
                             three.pad)
    return out.reshape(len(columns), channels, *size)


@op(nd="im2col", quiet=True,
    grad={"data": lambda g, data_shape, kernel, stride, dilate, pad: col2im(
        g, data_shape[2:], kernel, stride, dilate, pad)})
def im2col(data, kernel=None, stride=(), dilate=(), pad=(), out=None):
    """Windows of images (batch, channels, *space) as columns: (batch, channels times window, places).

    A place of the window is a column; its rows go through the channels and, for each, through the window. Data is
    padded with `pad` zeros on both sides; `stride` is the step of the window, `dilate` the step inside it. Raises
    ShapeError where shapes do not fit, DtypeError for integers.
    """
    window = _window("im2col", kernel, stride, dilate, pad)
    if data.ndim != len(window.kernel) + 2:
        raise ShapeError(operand_message(
            "im2col", (data,), f"for kernel={window.kernel} data has {len(window.kernel) + 2} axes."))
    if min(window.places(data.shape[2:])) < 1:
        raise ShapeError(operand_message("im2col", (data,), f"kernel size exceed input; kernel={window.kernel}."))
    return columns_of(data, window)


@op(nd="col2im",
    grad={"data": lambda g, kernel, stride, dilate, pad: im2col(g, kernel, stride, dilate, pad)})
def col2im(data, output_size=None, kernel=None, stride=(), dilate=(), pad=(), out=None):
    """Columns (batch, channels times window, places) added up to images (batch, channels, *output_size).

    The transpose of `im2col`: an element receives what all windows that cover it hold for it. Raises ShapeError where
    the columns are not those of such images.
    """
    window = _window("col2im", kernel, stride, dilate, pad)
    size = (output_size,) if isinstance(output_size, int) else tuple(output_size or ())
    if len(size) != len(window.kernel):
        raise ArgumentError(f"col2im: Required parameter output_size has a number for each of kernel={window.kernel}")
    places = window.places(size)
    channels, rest = divmod(data.shape[1] if data.ndim == 3 else 0, math.prod(window.kernel))
    if data.ndim != 3 or rest or min(places) < 1 or data.shape[2] != math.prod(places):
        raise ShapeError(operand_message(
            "col2im", (data,), f"output size {size} does not match: columns of kernel={window.kernel} are (batch, "
            f"channels times {math.prod(window.kernel)}, {math.prod(places)})."))
    return _images_of(data, window, channels, size).astype(data.dtype, copy=False)
