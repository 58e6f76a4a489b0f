"""Samples of mxlite/_ops/softmax.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError, DtypeError, IndexingError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
X, X3 = values(2, 3), values(2, 3, 2, seed=3)
INTS = numpy.array([[1, 2, 4], [0, 2, -1]])
LENGTH = numpy.array([2, 3], numpy.int32)
MASK = numpy.array([[True, False, True], [True, True, False]])


def _softmax(x, axis=-1, temperature=None, sign=1):
    e = numpy.exp(sign * x / (temperature or 1))
    return e / (e.sum(axis=axis, keepdims=True) if e.ndim else e)


def _softmin(x, **kwargs):
    return _softmax(x, sign=-1, **kwargs)


def _log_softmax(x, **kwargs):
    return numpy.log(_softmax(x, **kwargs))


def _far(x):
    """Of data so far apart that the plain form overflows: nothing is left but the largest element."""
    return numpy.where(x == x.max(-1, keepdims=True), 1.0, 0.0)


def _family(reference):
    return [
        Sample(X, dtypes=ALL, order=3, label="last axis", reference=reference),
        Sample(X, axis=0, order=3, label="axis", reference=reference),
        Sample(X3, axis=-2, label="middle axis", reference=reference),
        Sample(X, temperature=2.5, label="temperature", reference=reference),
        Sample(X, temperature=-0.5, label="negative temperature", reference=reference),
        Sample(numpy.array(1.5), label="0-d", reference=reference),
        Sample(values(0, 3), label="empty", reference=reference),
        Sample(values(3, 0), label="empty axis", reference=reference),
        Sample(X, dtype="float64", label="dtype", reference=lambda x, dtype: reference(x)),
    ]


def _masked(x, mask, axis=-1, temperature=1.0):
    e = numpy.exp(x / temperature) * mask
    total = e.sum(axis, keepdims=True)
    return e / numpy.where(total == 0, 1, total)


def _masked_log(x, mask, axis=-1, temperature=1.0):
    with numpy.errstate(divide="ignore"):
        return numpy.log(_masked(x, mask, axis, temperature))


def _up_to(x, length, axis=-1, use_length=True):
    return _masked(x, numpy.arange(x.shape[axis]) < length[:, None])


def _up_to_in_columns(x, length, axis, use_length):
    return _masked(x, numpy.arange(x.shape[0])[:, None] < length, 0)


def _cross_entropy(x, label):
    return -_log_softmax(x)[numpy.arange(len(x)), label.astype(int)].sum()


_FINITE = {"order": 0, "why": "-inf outside the mask; tests/test_softmax.py differentiates what is inside"}

def _pulled(cotangent, shares, axis):
    return shares * (cotangent - numpy.sum(cotangent * shares, axis=axis, keepdims=True))


def _log_pulled(cotangent, logs, axis):
    return cotangent - numpy.exp(logs) * numpy.sum(cotangent, axis=axis, keepdims=True)


SAMPLES = {
    **{name: [Sample(values(2, 3, seed=1), values(2, 3, seed=2), 1, order=3, label="rows", reference=reference),
              Sample(values(2, 3, seed=1), values(2, 3, seed=2), 0, label="columns", reference=reference),
              Sample(values(2, 0), values(2, 0), 1, label="empty", reference=reference)]
       for name, reference in (("softmax_pulled", _pulled), ("log_softmax_pulled", _log_pulled))},
    "softmax": [
        *_family(_softmax),
        Sample(1000 * X, label="far apart", reference=_far),
        Sample(X, LENGTH, use_length=True, order=3, label="length", reference=_up_to),
        Sample(X, numpy.array([0, 3]), use_length=True, label="length 0", reference=_up_to),
        Sample(X, numpy.array([2, 1, 0]), axis=0, use_length=True, label="length, axis", reference=_up_to_in_columns),
    ],
    "softmin": _family(_softmin),
    "log_softmax": [
        *_family(_log_softmax),
        Sample(numpy.array([0.0, -2000.0]), label="far apart", reference=lambda x: x),
        Sample(X, length=LENGTH, use_length=True, label="length", **_FINITE,
               reference=lambda x, length, use_length: _masked_log(x, numpy.arange(3) < length[:, None])),
    ],
    "masked_softmax": [
        Sample(X, MASK, dtypes=ALL, order=3, label="mask", reference=_masked),
        Sample(X, MASK, axis=0, temperature=2.0, label="axis, temperature", reference=_masked),
        Sample(X, MASK[:1], label="broadcast", reference=_masked),
        Sample(X, numpy.array([[False], [True]]), label="an empty row", reference=_masked),
        Sample(values(0, 3), numpy.zeros((0, 3), bool), label="empty", reference=_masked),
    ],
    "masked_log_softmax": [
        Sample(X, MASK | True, order=3, label="everything", reference=_masked_log),
        Sample(X, MASK, label="mask", reference=_masked_log, **_FINITE),
        Sample(X, numpy.array([[False], [True]]), label="an empty row", reference=_masked_log, **_FINITE),
    ],
    "softmax_activation": [
        Sample(X, label="instance", reference=_softmax),
        Sample(X3, mode="channel", label="channel", reference=lambda x, mode: _softmax(x, axis=1)),
    ],
    "softmax_cross_entropy": [
        Sample(X, numpy.array([2, 0]), order=3, label="integers", reference=_cross_entropy),
        Sample(X, numpy.array([1.7, 0.0], numpy.float32), label="truncated", reference=_cross_entropy),
        Sample(values(0, 3), numpy.array([], int), label="empty", reference=_cross_entropy),
    ],
}

_AXIS = BadCall(AxisError, "out of bounds", X, axis=2)
ERRORS = {
    "softmax": [
        _AXIS,
        BadCall(DtypeError, "floating point", INTS),
        BadCall(ArgumentError, "use_length is False", X, LENGTH),
        BadCall(ArgumentError, "needs length", X, use_length=True),
        BadCall(DtypeError, "only supports integer types", X, numpy.array([1.0, 2.0]), use_length=True),
        BadCall(ShapeError, "without the axis", X, numpy.array([1, 2, 3]), use_length=True),
    ],
    "log_softmax": [_AXIS, BadCall(ArgumentError, "needs length", X, use_length=True),
                    BadCall(DtypeError, "floating point", INTS)],
    "softmin": [_AXIS, BadCall(DtypeError, "floating point", INTS),
                BadCall(ArgumentError, "no length", X, use_length=True)],
    "masked_softmax": [
        BadCall(ShapeError, "as many axes", X, MASK[0]), BadCall(ShapeError, "same length", X, MASK[:, :2]),
        BadCall(DtypeError, "missing", X),
    ],
    "masked_log_softmax": [BadCall(ShapeError, "as many axes", X, MASK[0])],
    "softmax_activation": [BadCall(ArgumentError, "'instance' or 'channel'", X, mode="row")],
    "softmax_cross_entropy": [
        BadCall(ShapeError, "2-d", X3, LENGTH), BadCall(ShapeError, "each row", X, numpy.array([1, 2, 0])),
        BadCall(IndexingError, "between 0 and 2", X, numpy.array([3, 0])),
    ],
}
