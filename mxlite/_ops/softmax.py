"""The softmax family: exponentials over their sum along an axis.

The largest element is subtracted first, so nothing overflows; halves are computed in float32. `temperature` divides the
data. Floats keep their dtype, other dtypes become float32, and `dtype` names another one for the result.
"""

import numpy
from numpy.lib.array_utils import normalize_axis_index

from mxlite import _dtype
from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError, operand_message
from mxlite._op import op, zero


def _shifted(x, axis, temperature, dtype, mask):
    """(data over the temperature less the largest element, -inf outside the mask; the result's dtype)."""
    wanted = _dtype.resolve(dtype, _dtype.inexact(x.dtype))
    computed = numpy.result_type(_dtype.inexact(x.dtype), wanted)
    x = x.astype(_dtype.DEFAULT if computed.char == "e" else computed, copy=False)
    if temperature not in (None, 1):
        x = numpy.true_divide(x, temperature, dtype=x.dtype)
    if mask is not None:
        x = numpy.where(mask, x, numpy.asarray(-numpy.inf, x.dtype))
    if not x.size:
        return x, wanted
    top = numpy.maximum.reduce(x, axis=axis, keepdims=True)
    if mask is not None:
        top[numpy.isneginf(top)] = 0            # nothing in the mask: all stay at -inf
    return x - top, wanted


def _forward(x, axis, temperature, dtype, mask=None):
    axis = _axis(x, axis)
    x, wanted = _shifted(x, axis, temperature, dtype, mask)
    out = numpy.exp(x)
    total = numpy.add.reduce(out, axis=axis, keepdims=True)
    if mask is not None:
        total = numpy.where(total == 0, numpy.ones_like(total), total)
    return numpy.true_divide(out, total).astype(wanted, copy=False)


def _log_forward(x, axis, temperature, dtype, mask=None):
    axis = _axis(x, axis)
    x, wanted = _shifted(x, axis, temperature, dtype, mask)
    out = x - numpy.log(numpy.add.reduce(numpy.exp(x), axis=axis, keepdims=True))
    if mask is not None:
        out = numpy.where(mask, out, numpy.asarray(-numpy.inf, out.dtype))
    return out.astype(wanted, copy=False)


def _axis(x, axis):
    """The axis, or all (none) of a 0-d array."""
    return None if x.ndim == 0 and axis in (0, -1) else normalize_axis_index(axis, x.ndim)


def _over(x, temperature):
    return x if temperature in (None, 1) else x / temperature


def _backward(g, y, axis, temperature):
    return _over(y * (g - numpy.sum(g * y, axis=_axis(y, axis), keepdims=True)), temperature)


def _log_backward(g, y, axis, temperature, mask=None):
    if mask is not None:
        g = g * mask
    return _over(g - numpy.exp(y) * numpy.sum(g, axis=_axis(y, axis), keepdims=True), temperature)


def _within(x, length, use_length, axis, name):
    """Where along the axis the elements before `length` lie; None if all count."""
    if not use_length:
        if length is not None:
            raise ArgumentError(f"{name}: length is given, but use_length is False; pass use_length=True")
        return None
    if length is None:
        raise ArgumentError(f"{name}: use_length=True needs length, an array of integers")
    length = numpy.asarray(length)
    if length.dtype.kind not in "iu":
        raise DtypeError(operand_message(
            name, (x, length), f"length only supports integer types, not {length.dtype}; use astype('int32')."))
    axis = normalize_axis_index(axis, x.ndim)
    if length.shape != x.shape[:axis] + x.shape[axis + 1:]:
        raise ShapeError(operand_message(name, (x, length), "length has the shape of the data without the axis."))
    places = numpy.arange(x.shape[axis]).reshape([-1 if k == axis else 1 for k in range(x.ndim)])
    return places < numpy.expand_dims(length, axis)


def _bools(x, mask, name):
    mask = numpy.asarray(mask)
    if mask.ndim != x.ndim or any(m not in (1, n) for m, n in zip(mask.shape, x.shape, strict=True)):
        raise ShapeError(operand_message(
            name, (x, mask), "the mask has as many axes as the data, each of the same length or 1."))
    return mask.astype(bool, copy=False)


@op(npx="softmax", nd="softmax", grad={"data": _backward, "length": zero})
def softmax(data, length=None, axis=-1, temperature=None, dtype=None, use_length=False, out=None):
    """exp(data) over its sum along an axis; with `use_length` the first `length` elements count and the rest is 0.

    Raises ArgumentError if only one of `length` and `use_length` is given.
    """
    return _forward(data, axis, temperature, dtype, _within(data, length, use_length, axis, "softmax"))


@op(nd="softmin", grad={"data": lambda g, y, axis, temperature: -_backward(g, y, axis, temperature)})
def softmin(data, axis=-1, temperature=None, dtype=None, use_length=False, out=None):
    """softmax(-data): the smallest element has the largest share."""
    if use_length:
        raise ArgumentError("softmin: there is no length to use; softmax takes one")
    return _forward(numpy.negative(data.astype(_dtype.inexact(data.dtype), copy=False)), axis, temperature, dtype)


def _log_softmax_grad(g, y, length, axis, temperature, use_length):
    return _log_backward(g, y, axis, temperature, _within(y, length, use_length, axis, "log_softmax"))


@op(npx="log_softmax", nd="log_softmax", grad={"data": _log_softmax_grad, "length": zero})
def log_softmax(data, axis=-1, temperature=None, dtype=None, use_length=False, length=None, out=None):
    """The logarithm of softmax, exact also where softmax underflows; -inf beyond `length` (see softmax)."""
    return _log_forward(data, axis, temperature, dtype, _within(data, length, use_length, axis, "log_softmax"))


@op(npx="masked_softmax", grad={"data": _backward, "mask": zero})
def masked_softmax(data, mask, axis=-1, temperature=1.0, normalize=True):
    """softmax over the elements where the mask is true; 0 elsewhere, also where it is false along the whole axis.

    The mask has the data's number of axes and broadcasts to its shape, else ShapeError. `normalize` is MXNet's switch
    for subtracting the largest element, which always happens here.
    """
    return _forward(data, axis, temperature, None, _bools(data, mask, "masked_softmax"))


def _masked_log_grad(g, y, mask, axis, temperature):
    return _log_backward(g, y, axis, temperature, _bools(y, mask, "masked_log_softmax"))


@op(npx="masked_log_softmax", grad={"data": _masked_log_grad, "mask": zero})
def masked_log_softmax(data, mask, axis=-1, temperature=1.0, normalize=True):
    """The logarithm of masked_softmax; -inf where the mask is false."""
    return _log_forward(data, axis, temperature, None, _bools(data, mask, "masked_log_softmax"))


@op(nd="SoftmaxActivation", grad={"data": lambda g, y, mode: _backward(g, y, _MODES[mode], None)})
def softmax_activation(data, mode="instance", out=None):
    """softmax along the last axis (mode 'instance') or along axis 1 ('channel')."""
    if mode not in _MODES:
        raise ArgumentError(f"SoftmaxActivation: mode is 'instance' or 'channel', not {mode!r}")
    return _forward(data, _MODES[mode], None, None)


_MODES = {"instance": -1, "channel": 1}


def _rows_and_labels(data, label):
    if data.ndim != 2 or label.shape != data.shape[:1]:
        raise ShapeError(operand_message(
            "softmax_cross_entropy", (data, label), "data is 2-d, label 1-d with one number for each row."))
    at = label.astype(numpy.int64)
    if at.size and not 0 <= at.min() <= at.max() < data.shape[1]:
        raise IndexingError(operand_message(
            "softmax_cross_entropy", (data, label), f"labels lie between 0 and {data.shape[1] - 1}."))
    return numpy.arange(len(at)), at


def _cross_entropy_grad(g, data, label):
    powers = numpy.exp(data - numpy.asarray(data).max(axis=1, keepdims=True))
    chosen = numpy.zeros(data.shape, powers.dtype)
    chosen[_rows_and_labels(data, numpy.asarray(label))] = 1
    return g * (powers / numpy.sum(powers, axis=1, keepdims=True) - chosen)


@op(nd="softmax_cross_entropy", grad={"data": _cross_entropy_grad, "label": zero})
def softmax_cross_entropy(data, label, out=None):
    """Sum over rows of -log(softmax(data)) at the label's column. Labels are truncated to integers.

    Raises ShapeError unless data is 2-d with one label per row, IndexingError for a label outside.
    """
    at = _rows_and_labels(data, label)
    picked = _log_forward(data, 1, None, None)[at]
    return numpy.negative(numpy.add.reduce(picked)).astype(picked.dtype)
