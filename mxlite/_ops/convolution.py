"""Convolution and its transpose over one, two or three axes of space; images are (batch, channels, *space)."""

import numpy

from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import op
from mxlite._ops.checks import weights_and_bias
from mxlite._ops.windows import Window, correlate, correlate_images, correlate_kernel, correlation


def numbers(name, what, value, ndim, default):
    """A tuple of ndim integers from a number, a sequence of them, or nothing. Raises ShapeError for other counts."""
    value = (value,) if isinstance(value, int | numpy.integer) else tuple(value or ())
    if value and len(value) != ndim:
        raise ShapeError(f"{name}: {what}={value} for images with {ndim} axes of space")
    return tuple(int(n) for n in value) or (default,) * ndim


def window_of(name, kernel, stride, dilate, pad, ndim):
    """The Window that the arguments of an operator describe. Raises ShapeError or ArgumentError."""
    if not 1 <= ndim <= 3:
        raise ShapeError(f"{name}: data has a batch axis, a channel axis and one to three axes of space")
    out = Window(numbers(name, "kernel", kernel, ndim, 0), numbers(name, "stride", stride, ndim, 1),
                 numbers(name, "dilate", dilate, ndim, 1), numbers(name, "pad", pad, ndim, 0))
    for what, values, least in zip(Window._fields, out, (1, 1, 1, 0), strict=True):
        if min(values) < least:
            raise ArgumentError(f"{name}: incorrect {what} {values}; its numbers are at least {least}")
    return out


def _checked(name, arrays, kernel, num_filter, no_bias, layout):
    """What both operators ask of their arguments."""
    data, weight, bias = arrays
    if num_filter is None or not kernel:
        raise ArgumentError(f"{name}: Required parameter {'kernel' if num_filter else 'num_filter'} is not presented")
    if layout not in (None, "NCW", "NCHW", "NCDHW"):
        raise ArgumentError(f"{name}: layout is channels first (NCW, NCHW or NCDHW), not {layout!r}")
    weights_and_bias(name, data, weight, bias, no_bias)
    if bias is not None and bias.shape != (num_filter,):
        raise ShapeError(operand_message(name, (data, weight, bias), f"bias has one number per filter: {num_filter}."))


def _window(weight_shape, stride, dilate, pad):
    return window_of("convolution", weight_shape[2:], stride, dilate, pad, len(weight_shape) - 2)


def _over_channels(g):
    return numpy.sum(g, axis=(0, *range(2, g.ndim)))


def _images_grad(g, data_shape, weight, stride, dilate, pad, num_group):
    return correlate_images(g, weight, _window(weight.shape, stride, dilate, pad), num_group, data_shape[2:])


def _kernel_grad(g, data, weight_shape, stride, dilate, pad, num_group):
    return correlate_kernel(data, g, _window(weight_shape, stride, dilate, pad), num_group)


@op(npx="convolution", nd="Convolution",
    grad={"data": _images_grad, "weight": _kernel_grad, "bias": lambda g: _over_channels(g)})
def convolution(data, weight, bias=None, kernel=None, stride=(), dilate=(), pad=(), num_filter=None, num_group=1,
                workspace=1024, no_bias=False, cudnn_tune=None, cudnn_off=False, layout=None, out=None):
    """Every window of the images times each of `num_filter` kernels, summed, plus the bias of the filter.

    weight is (num_filter, channels / num_group, *kernel): each group of filters sees its share of the channels. Data
    is padded with `pad` zeros on both sides; `stride` is the step of the window, `dilate` the step inside it. Raises
    ShapeError where shapes do not fit, ArgumentError unless the bias is given or no_bias=True.
    """
    name = "convolution"
    _checked(name, (data, weight, bias), kernel, num_filter, no_bias, layout)
    window = window_of(name, kernel, stride, dilate, pad, data.ndim - 2)
    channels = data.shape[1]
    if num_group < 1 or channels % num_group or num_filter % num_group:
        raise ShapeError(f"{name}: num_group={num_group} divides neither or one of {channels} channels and "
                         f"{num_filter} filters; it divides both")
    if weight.shape != (num_filter, channels // num_group, *window.kernel):
        raise ShapeError(operand_message(
            name, (data, weight),
            f"weight should have the shape {(num_filter, channels // num_group, *window.kernel)}."))
    places = window.places(data.shape[2:])
    if min(places) < 1:
        raise ShapeError(operand_message(name, (data, weight), "kernel size exceeds the padded input."))
    return correlation(data, weight, window, num_group, places, bias)


def _placed(space, window, adj, target):
    """(window with its padding, shape of the result's space) of a deconvolution."""
    ndim = len(space)
    adj = numbers("deconvolution", "adj", adj, ndim, 0)
    whole = tuple((n - 1) * s + d * (k - 1) + 1 for n, (k, s, d, _) in zip(
        space, zip(*window, strict=True), strict=True))
    if not target:
        if any(not 0 <= a < s for a, s in zip(adj, window.stride, strict=True)):
            raise ArgumentError(f"deconvolution: adj={adj} is not smaller than stride={window.stride}")
        return window, tuple(w - 2 * p + a for w, p, a in zip(whole, window.pad, adj, strict=True))
    target = numbers("deconvolution", "target_shape", target, ndim, 0)
    if any(t > w for t, w in zip(target, whole, strict=True)):
        raise ShapeError(f"deconvolution: too big target shape {target}; without padding it is {whole}")
    # What the target lacks is cut off on both sides, an odd element at the end.
    pad = tuple((w - t + 1) // 2 for w, t in zip(whole, target, strict=True))
    return window._replace(pad=pad), target


def _window_in(data_shape, weight_shape, stride, dilate, pad, adj, target_shape):
    window = _window(weight_shape, stride, dilate, pad)
    return _placed(data_shape[2:], window, adj, target_shape)[0]


def _deconvolved_grad(g, data_shape, weight, stride, dilate, pad, adj, target_shape, num_group):
    window = _window_in(data_shape, weight.shape, stride, dilate, pad, adj, target_shape)
    return correlate(g, weight, window, num_group, data_shape[2:])


def _deconvolving_grad(g, data, weight_shape, stride, dilate, pad, adj, target_shape, num_group):
    window = _window_in(data.shape, weight_shape, stride, dilate, pad, adj, target_shape)
    return correlate_kernel(g, data, window, num_group)


@op(npx="deconvolution", nd="Deconvolution",
    grad={"data": _deconvolved_grad, "weight": _deconvolving_grad, "bias": lambda g: _over_channels(g)})
def deconvolution(data, weight, bias=None, kernel=None, stride=(), dilate=(), pad=(), adj=(), target_shape=(),
                  num_filter=None, num_group=1, workspace=512, no_bias=True, cudnn_tune=None, cudnn_off=False,
                  layout=None, out=None):
    """The transpose of a convolution: every element of the images times its kernel, added up `stride` apart.

    weight is (channels, num_filter / num_group, *kernel). `pad` is cut off on both sides and `adj` added at the end;
    `target_shape` asks for a shape in their place. Raises ShapeError where shapes do not fit.
    """
    name = "deconvolution"
    _checked(name, (data, weight, bias), kernel, num_filter, no_bias, layout)
    window = window_of(name, kernel, stride, dilate, pad, data.ndim - 2)
    channels = data.shape[1]
    if num_group < 1 or channels % num_group or num_filter % num_group:
        raise ShapeError(f"{name}: num_group={num_group} has to divide {channels} channels and {num_filter} filters")
    if weight.shape != (channels, num_filter // num_group, *window.kernel):
        raise ShapeError(operand_message(
            name, (data, weight),
            f"weight should have the shape {(channels, num_filter // num_group, *window.kernel)}."))
    window, space = _placed(data.shape[2:], window, adj, target_shape)
    if min(space) < 1:
        raise ShapeError(operand_message(name, (data, weight), "nothing is left of the result without the padding."))
    y = correlate_images(data, weight, window, num_group, space)
    return y if bias is None else y + bias.reshape(-1, *(1,) * (data.ndim - 2))
