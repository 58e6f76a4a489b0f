"""Samples of mxlite/_ops/order.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError, ShapeError
from samples import BadCall, Sample, values

_V, _X = values(5), values(3, 4)
_TIES = numpy.array([1, 2, 2, 1])
_BINS = numpy.array([-1.0, 0.0, 0.5, 2.0])


def _largest(x, k, axis=-1):
    return numpy.flip(numpy.sort(x, axis), axis).take(numpy.arange(k), axis)


SAMPLES = {
    "sort": [Sample(_X), Sample(_X, 0, label="axis"), Sample(_X, None, label="flattened"),
             Sample(values(0), label="empty"),
             Sample(_TIES, label="integers"), Sample(numpy.array([2.0, numpy.nan, 1.0]), order=0, label="nan",
                                                     why="a difference with nan is nan")],
    "sort_either_way": [
        Sample(_X, reference=lambda x: numpy.sort(x)), Sample(_X, 0, False, reference=lambda x, *r: -numpy.sort(-x, 0),
                                                              label="descending"),
        Sample(_X, None, reference=lambda x, a: numpy.sort(x, None), label="flattened"),
    ],
    "argsort": [Sample(_X), Sample(_X, 0, label="axis"), Sample(_X, None, label="flattened"),
                Sample(_TIES, reference=lambda x: numpy.array([0, 3, 1, 2]), label="ties")],
    "argsort_either_way": [
        Sample(_X, reference=lambda x: numpy.argsort(x)),
        Sample(_X, None, reference=lambda x, a: numpy.argsort(x, None),
                                                                 label="flattened"),
        Sample(_X, 0, False, "int32", reference=lambda x, *r: numpy.argsort(-x, 0), label="descending"),
        Sample(_TIES, -1, False, reference=lambda x, *r: numpy.array([1, 2, 0, 3]), label="ties"),
    ],
    "topk": [
        Sample(_X, k=2, reference=lambda x, **r: numpy.argsort(-x)[:, :2]),
        Sample(_X, 0, 2, "value", reference=lambda x, *r: _largest(x, 2, 0), label="value"),
        Sample(_X, -1, 3, "value", True, reference=lambda x, *r: numpy.sort(x)[:, :3], label="smallest"),
        Sample(_X, -1, 2, "both", reference=lambda x, *r: [_largest(x, 2), numpy.argsort(-x)[:, :2]], label="both"),
        Sample(_X, -1, 2, "mask", reference=lambda x, *r: (x >= _largest(x, 2)[:, 1:]) * 1.0, label="mask"),
        Sample(_X, None, 3, "value", reference=lambda x, *r: _largest(x.reshape(-1), 3), label="flattened"),
        Sample(_X, -1, 0, "value", reference=lambda x, *r: _largest(x, 4), label="all"),
        Sample(_TIES, k=3, dtype="int64", reference=lambda x, **r: numpy.array([1, 2, 0]), label="ties"),
    ],
    "msort": [Sample(_X, reference=lambda x: numpy.sort(x, 0)),
              Sample(_V, reference=lambda x: numpy.sort(x), label="vector")],
    "partition": [Sample(_V, 2), Sample(_X, [0, 2], 0, label="two"), Sample(_X, 5, None, label="flattened")],
    "argpartition": [Sample(_V, 2), Sample(_X, 1, 0, label="axis")],
    "lexsort": [Sample([_TIES, numpy.array([0, 1, 0, 0])]), Sample([_V], label="one")],
    "searchsorted": [Sample(_BINS, numpy.array([-3.0, 0.0, 1.0])), Sample(_BINS, 0.0, "right", label="right")],
    "digitize": [Sample(_X, _BINS), Sample(_X, _BINS[::-1].copy(), True, label="falling")],
    "unique": [
        Sample(_TIES), Sample(_TIES, True, True, True, label="everything"), Sample(values(2, 2), label="matrix"),
        Sample(numpy.array([[1, 0], [1, 0], [0, 2]]), return_inverse=True, axis=0, label="rows",
               reference=lambda x, **r: (numpy.array([[0, 2], [1, 0]]), numpy.array([1, 1, 0]))),
        Sample(numpy.array([[1, 0], [1, 2]]), return_inverse=True, label="flat inverse",
               reference=lambda x, **r: (numpy.array([0, 1, 2]), numpy.array([1, 0, 1, 2]))),
    ],
    "isin": [Sample(_TIES, [2, 3]), Sample(_TIES.reshape(2, 2), numpy.array([2]), invert=True, label="not")],
    "in1d": [Sample(_TIES.reshape(2, 2), [2], reference=lambda x, y: numpy.isin(x.reshape(-1), y))],
    "union1d": [Sample(_TIES, numpy.array([3, 2]))],
    "intersect1d": [Sample(_TIES, numpy.array([3, 2])),
                    Sample(_TIES, numpy.array([3, 2]), return_indices=True, label="places")],
    "setdiff1d": [Sample(_TIES, numpy.array([3, 2]))],
    "setxor1d": [Sample(_TIES, numpy.array([3, 2]))],
}
for _sample in SAMPLES["unique"]:
    _sample.order, _sample.why = 0, "zero by MXNet's rule"

ERRORS = {
    "sort": [BadCall(AxisError, "axis 5", _X, 5), BadCall(AxisError, "axis -1", numpy.array(1.0))],
    "argsort": [BadCall(AxisError, "axis 5", _X, 5)],
    "topk": [BadCall(ArgumentError, "k is at most", _X, k=9), BadCall(ArgumentError, "ret_typ is", _X, ret_typ="x"),
             BadCall(AxisError, "axis 5", _X, 5)],
    "partition": [BadCall(ArgumentError, "out of bounds", _V, 9)],
    "lexsort": [BadCall(ShapeError, "shape", [_V, _TIES])],
    "searchsorted": [BadCall(ArgumentError, "side", _V, 1.0, "x")],
    "digitize": [BadCall(ArgumentError, "monotonic", _V, numpy.array([1.0, 0.0, 2.0]))],
}
