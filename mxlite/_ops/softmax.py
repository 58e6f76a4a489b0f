"""The softmax family: exponentials over their sum along an axis.

The largest element is subtracted first, so nothing overflows; halves are computed in float32. `temperature` divides the
data. Floats keep their dtype, and `dtype` names another one for the result. softmax, log_softmax and softmin refuse
integers, as MXNet does.
"""

import numpy
from numpy.lib.array_utils import normalize_axis_index

from mxlite import _dtype
from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError, operand_message
from mxlite._kernels import softmax as kernels
from mxlite._op import op, picks, zero
from mxlite._ops.checks import floats_only


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
    if mask is dtype is None and temperature in (None, 1) and _in_rows(axis, x):
        return kernels.softmax(x)
    x, wanted = _shifted(x, axis, temperature, dtype, mask)
    out = numpy.exp(x)
    total = numpy.add.reduce(out, axis=axis, keepdims=True)
    if mask is not None:
        total = numpy.where(total == 0, numpy.ones_like(total), total)
    return numpy.true_divide(out, total).astype(wanted, copy=False)


def _log_forward(x, axis, temperature, dtype, mask=None):
    axis = _axis(x, axis)
    if mask is dtype is None and temperature in (None, 1) and _in_rows(axis, x):
        return kernels.log_softmax(x)
    x, wanted = _shifted(x, axis, temperature, dtype, mask)
    out = x - numpy.log(numpy.add.reduce(numpy.exp(x), axis=axis, keepdims=True))
    if mask is not None:
        out = numpy.where(mask, out, numpy.asarray(-numpy.inf, out.dtype))
    return out.astype(wanted, copy=False)


def _in_rows(axis, *arrays):
    """Whether the kernels take these arrays: the axis is the last one, among other things."""
    return axis == arrays[0].ndim - 1 and kernels.suits(*arrays)


def _axis(x, axis):
    """The axis, or all (none) of a 0-d array."""
    return None if x.ndim == 0 and axis in (0, -1) else normalize_axis_index(axis, x.ndim)


def _over(x, temperature):
    return x if temperature in (None, 1) else x / temperature


def _sums(x, axis):
    return numpy.sum(x, axis=axis, keepdims=True)


@op(grad={"cotangent": lambda g, shares, axis: softmax_pulled(g, shares, axis),
          "shares": lambda g, cotangent, shares, axis: (
              g * (cotangent - _sums(cotangent * shares, axis)) - cotangent * _sums(g * shares, axis))})
def softmax_pulled(cotangent, shares, axis, spare=None):
    """The cotangent of the input of shares = softmax(x), perhaps in the memory of `spare`."""
    if _in_rows(axis, shares, cotangent):
        return kernels.softmax_pulled(cotangent, shares, spare)
    return shares * (cotangent - numpy.add.reduce(cotangent * shares, axis=axis, keepdims=True))


@op(grad={"cotangent": lambda g, logs, axis: g - _sums(g * numpy.exp(logs), axis),
          "logs": lambda g, cotangent, logs, axis: -g * numpy.exp(logs) * _sums(cotangent, axis)})
def log_softmax_pulled(cotangent, logs, axis, spare=None):
    """The cotangent of the input of logs = log_softmax(x), perhaps in the memory of `spare`."""
    if _in_rows(axis, logs, cotangent):
        return kernels.log_softmax_pulled(cotangent, logs, spare)
    return cotangent - numpy.exp(logs) * numpy.add.reduce(cotangent, axis=axis, keepdims=True)


def _backward(g, y, axis, temperature, spare=None):
    return _over(softmax_pulled(g, y, _axis(y, axis), spare), temperature)


def _log_backward(g, y, axis, temperature, mask=None, spare=None):
    if mask is not None:
        g, spare = g * mask, None
    return _over(log_softmax_pulled(g, y, _axis(y, axis), spare), temperature)


def _picked(g, y, axis, temperature, spare):
    """`_backward` for a head gradient with one element per row."""
    if temperature in (None, 1) and _in_rows(_axis(y, axis), y) and y.dtype == g.values.dtype:
        return kernels.softmax_picked(g.index, g.values, y)
    return _backward(g.dense(), y, axis, temperature)


def _log_picked(g, y, length, axis, temperature, use_length, spare):
    """`_log_softmax_grad` for such a head gradient."""
    if not use_length and temperature in (None, 1) and _in_rows(_axis(y, axis), y) and y.dtype == g.values.dtype:
        return kernels.log_softmax_picked(g.index, g.values, y)
    return _log_softmax_grad(g.dense(), y, length, axis, temperature, use_length, None)


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


@op(npx="softmax", nd="softmax", grad={"data": picks(_picked, _backward), "length": zero})
def softmax(data, length=None, axis=-1, temperature=None, dtype=None, use_length=False, out=None):
    """exp(data) over its sum along an axis; with `use_length` the first `length` elements count and the rest is 0.

    Raises ArgumentError if only one of `length` and `use_length` is given.
    """
    floats_only("softmax", data)
    return _forward(data, axis, temperature, dtype, _within(data, length, use_length, axis, "softmax"))


@op(nd="softmin", grad={"data": lambda g, y, axis, temperature: -_backward(g, y, axis, temperature)})
def softmin(data, axis=-1, temperature=None, dtype=None, use_length=False, out=None):
    """softmax(-data): the smallest element has the largest share."""
    if use_length:
        raise ArgumentError("softmin: there is no length to use; softmax takes one")
    floats_only("softmin", data)
    return _forward(numpy.negative(data), axis, temperature, dtype)


def _log_softmax_grad(g, y, length, axis, temperature, use_length, spare):
    return _log_backward(g, y, axis, temperature, _within(y, length, use_length, axis, "log_softmax"), spare)


@op(npx="log_softmax", nd="log_softmax", grad={"data": picks(_log_picked, _log_softmax_grad), "length": zero})
def log_softmax(data, axis=-1, temperature=None, dtype=None, use_length=False, length=None, out=None):
    """The logarithm of softmax, exact also where softmax underflows; -inf beyond `length` (see softmax)."""
    floats_only("log_softmax", data)
    return _log_forward(data, axis, temperature, dtype, _within(data, length, use_length, axis, "log_softmax"))


@op(npx="masked_softmax", grad={"data": _backward, "mask": zero})
def masked_softmax(data, mask, axis=-1, temperature=1.0, normalize=True):
    """softmax over the elements where the mask is true; 0 elsewhere, also where it is false along the whole axis.

    The mask has the data's number of axes and broadcasts to its shape, else ShapeError. `normalize` is MXNet's switch
    for subtracting the largest element, which always happens here.

    >>> npx.masked_softmax(np.array([1.0, 1.0, 7.0]), np.array([True, True, False]))
    array([0.5, 0.5, 0. ])
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
    shares = softmax(data, axis=1)
    chosen = numpy.zeros(data.shape, shares.dtype)
    chosen[_rows_and_labels(data, numpy.asarray(label))] = 1
    return g * (shares - chosen)


@op(nd="softmax_cross_entropy", grad={"data": _cross_entropy_grad, "label": zero})
def softmax_cross_entropy(data, label, out=None):
    """Sum over rows of -log(softmax(data)) at the label's column. Labels are truncated to integers.

    Raises ShapeError unless data is 2-d with one label per row, IndexingError for a label outside.
    """
    at = _rows_and_labels(data, label)
    picked = _log_forward(data, 1, None, None)[at]
    return numpy.negative(numpy.add.reduce(picked)).astype(picked.dtype)
