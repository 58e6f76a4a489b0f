"""Pooling: the largest element, the sum, the mean or a power mean of windows over one to three axes of space.

Compositions of the operators of mxlite._ops.windows, so that every order of derivatives exists. Of elements that tie
for the largest the first receives the gradient.
"""

import math

import numpy

from mxlite import _dtype
from mxlite._engine.operators import from_raw
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, OptionError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops import reduce
from mxlite._ops.checks import floats_only
from mxlite._ops.convolution import window_of
from mxlite._ops.operands import into
from mxlite._ops.shape import reshape, transpose
from mxlite._ops.windows import Window, largest, pick_of_planes, window_sum

_TYPES, _CONVENTIONS = ("max", "avg", "sum", "lp"), ("valid", "full", "same")
_ROOTS = {2: numpy.sqrt, 3: numpy.cbrt}


@op(grad={"total": lambda g, y, p: g * (y != 0) / (p * (y + (y == 0)) ** (p - 1))})
def power_root(total, p):
    """The p-th root, p being 2 or 3; the derivative at 0 counts as 0."""
    return _ROOTS[p](total)


def _shares(space, window, places, include_pad):
    """The reciprocal of the number of elements of each window; 0 where there are none."""
    out = numpy.ones((1,) * len(space))
    for axis, (n, count, k, s, p) in enumerate(zip(space, places, window.kernel, window.stride, window.pad,
                                                   strict=True)):
        start = numpy.arange(count) * s - p
        if include_pad:
            size = numpy.minimum(start + k, n + p) - start
        else:
            size = numpy.minimum(start + k, n) - numpy.maximum(start, 0)
        size = numpy.maximum(size, 0)
        out = out * (numpy.where(size > 0, 1 / numpy.maximum(size, 1), 0)
                     .reshape([count if a == axis else 1 for a in range(len(space))]))
    return out


def pooled(data, window, places, pool_type, p_value, include_pad):
    """Pooling of channels-first images with a window at places."""
    if pool_type == "max":
        return pick_of_planes(data, largest(raw_of(data), window, places))
    if pool_type == "lp":
        powers = data if p_value == 1 else data * data if p_value == 2 else data * data * data
        total = window_sum(powers, window, places)
        return total if p_value == 1 else power_root(total, p_value)
    total = window_sum(data, window, places)
    if pool_type == "sum":
        return total
    if all(p == 0 for p in window.pad) and all(
            (c - 1) * s + k <= n for c, s, k, n in zip(places, window.stride, window.kernel, data.shape[2:],
                                                       strict=True)):
        return total * (1 / math.prod(window.kernel))
    shares = _shares(data.shape[2:], window, places, include_pad).astype(raw_of(data).dtype)
    return total * from_raw(shares, type(data))


def _places(space, window, convention):
    """How many windows there are by convention."""
    if convention == "valid":
        return window.places(space)
    if convention == "same":
        return tuple(-(-n // s) for n, s in zip(space, window.stride, strict=True))
    return tuple(-(-(n + 2 * p - k) // s) + 1 for n, k, s, p in zip(
        space, window.kernel, window.stride, window.pad, strict=True))


_LAYOUTS = (None, "NCW", "NCHW", "NCDHW", "NWC", "NHWC", "NDHWC")


@composed(npx="pooling", nd="Pooling")
def pooling(data, kernel=(), pool_type="max", global_pool=False, cudnn_off=False, pooling_convention="valid", stride=(),
            pad=(), p_value=None, count_include_pad=None, layout=None, out=None, name=None):
    """Windows of `kernel` elements, `stride` apart, each reduced to one element: 'max', 'avg', 'sum' or 'lp'.

    `pad` elements in front and behind count as 0 to sums, as nothing to the maximum, and to the mean unless
    count_include_pad=False. The last window ends within the data ('valid') or is the first to reach its end ('full');
    'same' has one window for each stride, without padding. 'lp' is (sum of x ** p_value) ** (1 / p_value), p_value
    being 1, 2 or 3. With `global_pool` the window is the whole image. Images are channels first unless `layout` ends
    with C. Raises ArgumentError and ShapeError.
    """
    if pool_type not in _TYPES or pooling_convention not in _CONVENTIONS:
        raise ArgumentError(f"pooling: pool_type is one of {_TYPES}, not {pool_type!r}, and pooling_convention one of "
                            f"{_CONVENTIONS}, not {pooling_convention!r}")
    if pool_type == "lp" and p_value not in (1, 2, 3):
        raise ArgumentError(f"pooling: p value of {p_value} is not supported; it is 1, 2 or 3")
    if data.ndim not in (3, 4, 5):
        raise ShapeError(operand_message("pooling", (raw_of(data),), "data is 3D, 4D or 5D: batch, channel, space."))
    floats_only("pooling", raw_of(data))
    if layout not in _LAYOUTS:
        raise OptionError(f"pooling: layout is one of {', '.join(filter(None, _LAYOUTS))}, not {layout!r}")
    last = layout is not None and layout.endswith("C")
    if last:
        data = transpose(data, (0, data.ndim - 1, *range(1, data.ndim - 1)))
    space = data.shape[2:]
    if global_pool:
        window = Window(space, (1,) * len(space), (1,) * len(space), (0,) * len(space))
        places = (1,) * len(space)
    else:
        if not kernel:
            raise ArgumentError("pooling: kernel has to be given unless global_pool=True")
        if isinstance(pad, (tuple, list)) and not any(pad[len(space):]):
            pad = pad[:len(space)]      # pad=(0, 0, 0) stands for none, whatever the number of axes
        window = window_of("pooling", kernel, stride, (), pad, len(space))
        _check_padding(data, window, pooling_convention)
        places = _places(space, window, pooling_convention)
    y = pooled(data, window, places, pool_type, p_value, count_include_pad is None or bool(count_include_pad))
    if last:
        y = transpose(y, (0, *range(2, y.ndim), 1))
    return into(out, y)


def _check_padding(data, window, convention):
    if convention == "same" and any(window.pad):
        raise ArgumentError("pooling: Same pooling convention disables the use of pad parameter.")
    for n, k, p in zip(data.shape[2:], window.kernel, window.pad, strict=True):
        if k > n + 2 * p:
            raise ShapeError(operand_message(
                "pooling", (raw_of(data),), f"kernel size ({k}) exceeds input ({n + 2 * p} padded)."))


@composed(nd="LRN")
def local_response_norm(data, alpha=1e-4, beta=0.75, knorm=2, nsize=None, out=None, name=None):
    """Each element over (knorm + alpha / nsize * sum of squares of `nsize` channels around it) ** beta; nsize is odd.

    Raises ArgumentError for an even or missing nsize.
    """
    if not nsize or nsize % 2 == 0:
        raise ArgumentError(f"LRN: nsize is an odd number of channels, not {nsize}")
    shape = data.shape
    planes = reshape(data * data, (shape[0], 1, shape[1], -1) if data.size else (shape[0], 1, shape[1], 1))
    window = Window((nsize, 1), (1, 1), (1, 1), (nsize // 2, 0))
    total = reshape(window_sum(planes, window, planes.shape[2:]), shape)
    return into(out, data * (knorm + alpha / nsize * total) ** -beta)


@composed(nd="L2Normalization")
def l2_normalization(data, eps=1e-10, mode="instance", out=None, name=None):
    """Each element over the 2-norm of its instance (all axes but the first), its channel (axis 1) or its plane.

    `mode` is 'instance', 'channel' or 'spatial' (all axes from the third); `eps` is added to the sum of squares.
    """
    axes = {"instance": tuple(range(1, data.ndim)), "channel": (1,), "spatial": tuple(range(2, data.ndim))}.get(mode)
    if axes is None:
        raise ArgumentError(f"L2Normalization: mode is 'instance', 'channel' or 'spatial', not {mode!r}")
    total = reduce.sum(data * data, axis=axes, keepdims=True)
    return into(out, data * (total + eps) ** -0.5)


@composed(nd="contrib.AdaptiveAvgPooling2D")
def adaptive_avg_pooling(data, output_size=(), out=None, name=None):
    """Means over a grid of `output_size` windows that cover the last two axes of (batch, channels, height, width)."""
    size = (output_size,) if isinstance(output_size, int) else tuple(output_size or (1,))
    size = size * 2 if len(size) == 1 else size
    if data.ndim != 4 or len(size) != 2 or min(size) < 1:
        raise ShapeError(operand_message("AdaptiveAvgPooling2D", (raw_of(data),),
                                         f"data is 4D and output_size one or two numbers, not {output_size}."))
    dtype = _dtype.inexact(raw_of(data).dtype)
    rows, columns = (_bins(n, m).astype(dtype) for n, m in zip(data.shape[2:], size, strict=True))
    return into(out, axis_product(axis_product(data, columns, 3), rows, 2))


def _bins(n, m):
    """The matrix (m, n) that takes means of n elements over m windows."""
    out = numpy.zeros((m, n))
    for k in range(m):
        start, stop = k * n // m, -(-(k + 1) * n // m)
        out[k, start:stop] = 1 / (stop - start)
    return out


@op(grad={"x": lambda g, matrix, axis: axis_product(g, matrix.T, axis)})
def axis_product(x, matrix, axis):
    """A constant matrix times one axis of an array."""
    return numpy.moveaxis(numpy.tensordot(x, matrix, (axis, 1)), -1, axis)
