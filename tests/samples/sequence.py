"""Samples of mxlite/_ops/sequence.py."""

import numpy

from mxlite._errors import ArgumentError, IndexingError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
X, FLAT = values(3, 2, 2), values(3, 2)
LENGTHS, AXIS1 = numpy.array([1, 3]), numpy.array([1.0, 2.7, 0.0], numpy.float32)


def _mask(x, lengths, use_sequence_length, value=0, axis=0):
    out = x.copy()
    for b, n in enumerate(lengths):
        for t in range(x.shape[axis]):
            if t >= n:
                out[(t, b) if axis == 0 else (b, t)] = value
    return out


def _last(x, lengths, use_sequence_length, axis=0):
    y = numpy.swapaxes(x, 0, axis)
    return numpy.stack([y[n - 1, b] for b, n in enumerate(lengths.astype(int))])


def _reverse(x, lengths, use_sequence_length):
    out = x.copy()
    for b, n in enumerate(lengths):
        out[:n, b] = x[:n, b][::-1]
    return out


SAMPLES = {
    "sequence_mask": [
        Sample(X, label="everything", reference=lambda x: x),
        Sample(X, LENGTHS, use_sequence_length=True, value=-1.0, dtypes=ALL, order=3, label="axis 0", reference=_mask),
        Sample(X, AXIS1, use_sequence_length=True, axis=1, label="axis 1, lengths of floats", reference=_mask),
        Sample(FLAT, LENGTHS, use_sequence_length=True, label="2-d", reference=_mask),
        Sample(values(0, 2), LENGTHS, use_sequence_length=True, label="empty", reference=_mask),
    ],
    "sequence_last": [
        Sample(X, label="the end", reference=lambda x: x[-1]),
        Sample(X, axis=1, label="the end, axis 1", reference=lambda x, axis: x[:, -1]),
        Sample(X, LENGTHS, use_sequence_length=True, dtypes=ALL, order=3, label="axis 0", reference=_last),
        Sample(X, numpy.array([1, 2, 1]), use_sequence_length=True, axis=1, label="axis 1", reference=_last),
        Sample(FLAT, LENGTHS.astype(numpy.float32), use_sequence_length=True, label="2-d", reference=_last),
    ],
    "sequence_reverse": [
        Sample(X, label="everything", reference=lambda x: x[::-1]),
        Sample(X, numpy.array([2, 3]), use_sequence_length=True, dtypes=ALL, order=3, label="lengths",
               reference=_reverse),
        Sample(FLAT, numpy.array([0, 2]), use_sequence_length=True, label="2-d", reference=_reverse),
    ],
}

_COMMON = [
    BadCall(ArgumentError, "go together", X, LENGTHS),
    BadCall(ArgumentError, "go together", X, use_sequence_length=True),
    BadCall(ShapeError, "for a batch of 2", X, numpy.array([1, 2, 3]), use_sequence_length=True),
    BadCall(ShapeError, "time and a batch", values(3)), BadCall(ArgumentError, "time is axis 0", X, axis=2),
]
_OUTSIDE = [BadCall(IndexingError, "outside", X, numpy.array([4, 1]), use_sequence_length=True),
            BadCall(IndexingError, "outside", X, numpy.array([-1, 1]), use_sequence_length=True)]
ERRORS = {
    "sequence_mask": _COMMON,
    "sequence_last": [*_COMMON, *_OUTSIDE, BadCall(ShapeError, "no last element", values(0, 2))],
    "sequence_reverse": [*_COMMON, *_OUTSIDE, BadCall(ArgumentError, "not 1", X, axis=1)],
}
