"""Samples of mxlite/_ops/mask.py."""

import numpy

from mxlite._errors import ArgumentError, ShapeError
from samples import BadCall, Sample, values

_V, _X, _T = values(5), values(3, 4), values(2, 3, 4)
_SPARSE = numpy.array([[0, 3, 0], [1, 0, 2]])
_ROWS = numpy.array([1, 0, 2], numpy.float32)

SAMPLES = {
    "nonzero": [Sample(_SPARSE), Sample(numpy.array(3), reference=lambda x: numpy.nonzero(x.reshape(1)), label="0-d"),
                Sample(numpy.zeros((2, 2), int), label="none")],
    "argwhere": [Sample(_SPARSE), Sample(numpy.zeros((2, 2), int), label="none")],
    "nonzero_rows": [Sample(_SPARSE, reference=numpy.argwhere),
                     Sample(numpy.array(2.0), reference=lambda a: numpy.zeros((1, 1), int), label="0-d"),
                     Sample(numpy.array(0.0), reference=lambda a: numpy.zeros((0, 1), int), label="0-d, none")],
    "flatnonzero": [Sample(_SPARSE)],
    "extract": [Sample(_X > 0, _X), Sample(numpy.array([0, 1, 1]), _V, label="short"),
                Sample(_X > 9, _X, label="nothing")],
    "compress": [Sample([True, False, True], _X, 0), Sample([False, True], _X, label="flattened"),
                 Sample(numpy.array([0, 1, 1, 0]), _X, -1, label="columns")],
    "boolean_mask": [Sample(_X, _ROWS, reference=lambda x, i: x[i != 0]),
                     Sample(_X, numpy.zeros(3), wrt="data", reference=lambda x, i: x[:0], label="nothing"),
                     Sample(_X, numpy.array([1, 1, 0, 1]), 1, reference=lambda x, i, a: x[:, i != 0], label="columns")],
    "choose": [
        Sample(numpy.array([[0, 1], [1, 0]]), [values(2, 2), values(2, 2, seed=1)]),
        Sample(numpy.array([3, -1]), [values(2), values(2, seed=1)], mode="clip", label="clip"),
        Sample(numpy.array([3, -1]), [values(2), values(1, seed=1)], mode="wrap", label="wrap"),
    ],
    "select": [
        Sample([_X > 1, _X < 0], [_X, values(3, 4, seed=1)], 9.0),
        Sample([_V > 0], [_V], values(5, seed=1), label="default array"),
        Sample([_V > 0, _V > -1], [values(5, seed=1), values(1, seed=2)], label="overlap"),
        Sample(numpy.array([_V > 0, _V > -1]), [values(5, seed=1), values(1, seed=2)], label="conditions in an array"),
    ],
    "slice_axes": [
        Sample(_X, (0, 1), (2, 3), reference=lambda x, *r: x[0:2, 1:3]),
        Sample(_X, (None, -1), (None, None), (2, -2), reference=lambda x, *r: x[::2, -1::-2], label="steps"),
        Sample(_X, 1, 2, reference=lambda x, *r: x[1:2], label="numbers"),
        Sample(_X, (5,), (9,), reference=lambda x, *r: x[5:9], label="nothing"),
    ],
    "slice_axis": [
        Sample(_X, 1, 1, 3, reference=lambda x, *r: x[:, 1:3]),
        Sample(_T, -1, -2, None, reference=lambda x, *r: x[..., -2:], label="from the back"),
    ],
    "slice_like": [
        Sample(_X, numpy.ones((2, 3), numpy.float32), reference=lambda x, y: x[:2, :3]),
        Sample(_T, numpy.ones((1, 2), numpy.float32), (0, 1), reference=lambda x, *r: x[:1, :2], label="axes"),
        Sample(_T, numpy.ones((9, 9, 2), numpy.float32), -1, reference=lambda x, *r: x[..., :2], label="last axis"),
    ],
}

ERRORS = {
    "extract": [BadCall(ShapeError, "a condition of size 6", numpy.ones(6, bool), _V)],
    "boolean_mask": [BadCall(ShapeError, "an index of shape", _X, values(2))],
    "choose": [BadCall(ArgumentError, "invalid entry", numpy.array([2]), [_V, _V]),
               BadCall(ArgumentError, "mode is", numpy.array([0]), [_V], mode="x")],
    "select": [BadCall(ArgumentError, "1 conditions but 2", [_V > 0], [_V, _V]),
               BadCall(ShapeError, "broadcast", [_V > 0], [values(3)])],
    "slice_axes": [BadCall(ShapeError, "do not fit", _X, (0, 0, 0), (1, 1, 1)),
                   BadCall(ShapeError, "do not fit", _X, (0,), ()),
                   BadCall(ArgumentError, "step", _X, (0,), (1,), (0,))],
    "slice_axis": [BadCall(ShapeError, "Invalid begin, end", _X, 0, 2, 1), BadCall(ShapeError, "Invalid", _X, 0, 0, 9),
                   BadCall(ShapeError, "axis 5", _X, 5, 0, 1)],
    "slice_like": [BadCall(ShapeError, "exceeds", _X, values(9, 9)), BadCall(ShapeError, "number of axes", _X, _V)],
}
