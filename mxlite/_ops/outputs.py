"""Output layers that bring their own gradient: that of a loss, whatever head gradient they are given.

While gradients are recorded they are computed from the data, not from the saved output: the output's derivative is the
loss's, and would be taken for its own.
"""

import math

import numpy

from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._kernels import float32
from mxlite._op import op, zero
from mxlite._ops.activation import sigmoid
from mxlite._ops.softmax import softmax

_NORMALIZATIONS = ("null", "batch", "valid")


def _plane(shape, multi_output, preserve_shape):
    """(rows, classes, places): the shape in which softmax goes along the middle axis."""
    if multi_output:
        return shape[0], shape[1], math.prod(shape[2:])
    if preserve_shape:
        return math.prod(shape[:-1]), shape[-1], 1
    return shape[0], math.prod(shape[1:]), 1


def _class_labels(label, plane, fits):
    """The labels as (rows, places)."""
    rows, _, places = plane
    if not fits:
        raise ShapeError(f"SoftmaxOutput: label has one number per softmax, not the shape {tuple(label.shape)}")
    return label.reshape(-1)[:rows * places].reshape(rows, places)


def _fits(shape, label_shape, multi_output):
    if tuple(label_shape) == tuple(shape):
        return True
    if multi_output:
        return tuple(label_shape) in ((shape[0], math.prod(shape[2:])), (shape[0], *shape[2:]))
    return tuple(label_shape) in (tuple(shape[:-1]), tuple(shape[:1]))


def _classes(y, label, ignore_label, use_ignore, plane, multi_output, normalization, smooth_alpha):
    """(what the softmax should be, the weight of each softmax's gradient) for labels that number classes."""
    rows, classes, places = plane
    label = _class_labels(label, plane, _fits(y.shape, label.shape, multi_output))
    # Smoothing is ignored for several softmaxes per row, as MXNet does.
    smooth = 0.0 if multi_output else smooth_alpha
    hit = label.astype(numpy.int64)[:, None, :] == numpy.arange(classes)[:, None]
    known = (label > -1) & (label < classes)
    target = numpy.where(hit, 1.0 - smooth, smooth / max(classes - 1, 1)) if smooth else hit & known[:, None, :]
    kept = label.astype(numpy.int64) != int(ignore_label)
    weight = numpy.where(kept, 1.0, 0.0) if use_ignore else numpy.ones(label.shape)
    if normalization == "valid":
        weight = weight / max(int(kept.sum()), 1)
    elif normalization == "batch":
        weight = weight / (rows * places)
    else:
        weight = weight / places
    return target.astype(y.dtype), weight[:, None, :].astype(y.dtype)


def _softmax_output_grad(g, y, data, label, grad_scale, ignore_label, multi_output, use_ignore, preserve_shape,
                         normalization, out_grad, smooth_alpha):
    label, plane = numpy.asarray(label), _plane(y.shape, multi_output, preserve_shape)
    if not isinstance(y, numpy.ndarray):
        y = softmax(data.reshape(plane), axis=1).reshape(y.shape)
    if label.shape == tuple(y.shape):
        grad = (y - label.astype(y.dtype)) * grad_scale
    else:
        target, weight = _classes(y, label, ignore_label, use_ignore, plane, multi_output, normalization, smooth_alpha)
        grad = ((y.reshape(plane) - target) * (weight * grad_scale)).reshape(y.shape)
    return grad * g if out_grad else grad


@op(nd=("SoftmaxOutput", "Softmax"), grad={"data": _softmax_output_grad, "label": zero})
def softmax_output(data, label, grad_scale=1, ignore_label=-1, multi_output=False, use_ignore=False,
                   preserve_shape=False, normalization="null", out_grad=False, smooth_alpha=0, out=None):
    """softmax whose gradient is that of the cross entropy with `label`: softmax less 1 at the label's class.

    Softmax goes over all axes but the first, or over axis 1 (multi_output), or the last one (preserve_shape). Labels
    number the classes, or are probabilities in the shape of the data. The gradient is multiplied by grad_scale, and by
    the head gradient if `out_grad`; it is 0 at ignore_label with use_ignore. `normalization` divides it by the number
    of softmaxes ('batch') or of labels that are not ignore_label ('valid'); `smooth_alpha` is the share of the label's
    probability that the other classes get.
    """
    if normalization not in _NORMALIZATIONS:
        raise ArgumentError(f"SoftmaxOutput: normalization is one of {', '.join(map(repr, _NORMALIZATIONS))}, "
                            f"not {normalization!r}")
    if data.ndim < 2 or not _fits(data.shape, label.shape, multi_output):
        raise ShapeError(operand_message("SoftmaxOutput", (data, label), "label has one number per softmax."))
    x = data.reshape(_plane(data.shape, multi_output, preserve_shape))
    if not x.size:
        return data.copy()
    powers = float32.exp(x - x.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).reshape(data.shape)


def _checked(data, label, name):
    if data.size != label.size or (data.ndim and label.ndim and data.shape[0] != label.shape[0]):
        raise ShapeError(operand_message(name, (data, label), "data and label have as many elements."))


def _against(data, label, grad_scale):
    """(label in the shape of the data, weight): the gradient of a row is shared among its elements."""
    label = numpy.asarray(label)
    per_row = label.size // max(label.shape[0] if label.ndim else 1, 1)
    return label.reshape(data.shape).astype(data.dtype), grad_scale / max(per_row, 1)


def _difference(data, label, grad_scale):
    label, weight = _against(data, label, grad_scale)
    return (data - label) * weight


def _logistic_difference(y, data, label, grad_scale):
    return _difference(y if isinstance(y, numpy.ndarray) else sigmoid(data), label, grad_scale)


def _direction(data, label, grad_scale):
    label, weight = _against(data, label, grad_scale)
    return numpy.where(data > label, weight, -weight).astype(data.dtype)


@op(nd="LinearRegressionOutput", quiet=True, grad={"data": _difference, "label": zero})
def linear_regression_output(data, label, grad_scale=1, out=None):
    """A copy whose gradient is that of half the squared distance to the label, shared among a row's elements."""
    _checked(data, label, "LinearRegressionOutput")
    return data.copy()


@op(nd="LogisticRegressionOutput", grad={"data": _logistic_difference, "label": zero})
def logistic_regression_output(data, label, grad_scale=1, out=None):
    """The sigmoid, with the gradient of the binary cross entropy with the label, shared among a row's elements."""
    _checked(data, label, "LogisticRegressionOutput")
    return numpy.true_divide(1, 1 + float32.exp(-data), dtype=data.dtype)


@op(nd="MAERegressionOutput", quiet=True, grad={"data": _direction, "label": zero})
def mae_regression_output(data, label, grad_scale=1, out=None):
    """A copy whose gradient is that of the absolute distance to the label, shared among a row's elements.

    Where data and label are equal the gradient is that of a smaller value.
    """
    _checked(data, label, "MAERegressionOutput")
    return data.copy()
