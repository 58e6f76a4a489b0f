"""Samples of mxlite/_ops/join.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError, IndexingError, ShapeError
from samples import BadCall, Sample, values

_V, _X, _T = values(4), values(2, 3), values(2, 3, 4)
_W, _Y = values(4, seed=1), values(2, 3, seed=1)
_INTS = numpy.array([[1, 2, 3], [4, 5, 6]], numpy.int32)
_PAIR = numpy.array([7.0, 8.0])


def _cuts(x, axis):
    take = (slice(None),) * axis
    return [Sample(x, x.shape[axis]), Sample(x, [1], label="indices"), Sample(x, [0, 1, 1, 99], label="empty parts"),
            Sample(x, [-1], label="negative"), Sample(x[(*take, slice(0, 0))], [0], label="empty")]


SAMPLES = {
    "concatenate": [
        Sample([_X, _Y]), Sample([_X, _Y[:, :1]], 1, label="axis"),
        Sample([_X, values(1, 3)], -2, label="negative axis"),
        Sample([_X, _V], None, label="flattened"), Sample([_X], label="one"), Sample([_X, _X[:0]], label="empty"),
        Sample([_X, _INTS], label="with integers", reference=lambda s: numpy.concatenate(s).astype(s[0].dtype)),
        Sample([_INTS, _INTS], label="integers"),
    ],
    "concat": [Sample(_X, _Y, reference=lambda *a: numpy.concatenate(a, 1)),
               Sample(_X, _Y, dim=0, reference=lambda *a, dim: numpy.concatenate(a, dim), label="axis")],
    "stack": [Sample([_X, _Y]), Sample([_X, _Y], 1, label="axis"), Sample([_X, _Y], -1, label="last"),
              Sample([_V], label="one"),
              Sample([numpy.array(1.5), numpy.array(2.5)], label="0-d", legacy=False)],
    "stack_all": [Sample(_X, _Y, reference=lambda *a: numpy.stack(a)),
                  Sample(_X, _Y, axis=-1, reference=lambda *a, axis: numpy.stack(a, axis), label="last")],
    **{name: [Sample([_V, _W], label="vectors"), Sample([_X, _Y], label="matrices"),
              Sample([_T, _T * 2], label="three axes"),
              Sample([numpy.array(1.5), numpy.array(2.5)], label="0-d"), Sample([_X], label="one")]
       for name in ("vstack", "hstack", "dstack")},
    "column_stack": [Sample([_V, _W]), Sample([_V, values(4, 2)], label="vector and matrix")],
    "meshgrid": [
        Sample(_V, values(3)), Sample(_V, values(3), indexing="ij", label="ij"), Sample(_V, label="one"),
        Sample(_V, values(3), values(2), label="three"), Sample(_V, values(3), sparse=True, label="sparse"),
        Sample(_V, numpy.array(2.5), label="0-d"),
    ],
    "split": [*_cuts(_V, 0), Sample(_T, 2, 2, label="axis"), Sample(_T, 3, -2, label="negative axis")],
    "array_split": [*_cuts(_V, 0), Sample(_V, 3, label="unequal"), Sample(_T, 3, 2, label="axis"),
                                   Sample(_V, 6, label="many")],
    "hsplit": [*_cuts(_X, 1), Sample(_V, 2, label="vector")],
    "vsplit": _cuts(_X, 0),
    "dsplit": _cuts(_T, 2),
    "slice_channel": [
        Sample(_T, 3, reference=lambda x, n: numpy.split(x, n, 1)),
        Sample(_T, 2, 0, True, reference=lambda x, *r: [x[0], x[1]], label="squeezed"),
        Sample(_T, 1, reference=lambda x, n: x, label="one"),
        Sample(_X[:1], 1, 0, True, reference=lambda x, *r: x[0], label="one squeezed"),
    ],
    "split_v2": [
        Sample(_X, (1,), 1, reference=lambda x, *r: [x[:, :1], x[:, 1:]]),
        Sample(_X, 2, squeeze_axis=True, reference=lambda x, *r, **k: [x[0], x[1]], label="squeezed"),
    ],
    "append": [Sample(_X, _V), Sample(_X, _Y, 0, label="rows"), Sample(_X, values(2, 1), -1, label="columns"),
               Sample(_V, 2.5, label="number")],
    "delete": [
        Sample(_V, 1), Sample(_X, -1, 1, label="column"), Sample(_V, [0, 2, 2], label="list"),
        Sample(_X, 4, label="flattened"),
        Sample(_X, slice(None, None, 2), 1, label="slice"),
        Sample(_V, numpy.array([True, False, False, True]), label="mask"),
        Sample(_V, [], label="nothing"),
        Sample(_V, numpy.array([1, 3], numpy.float32), reference=lambda x, i: x[[0, 2]], label="floats"),
    ],
    "insert": [
        Sample(_V, 1, 9.5), Sample(_V, -1, _PAIR, label="two before the last"),
        Sample(_X, 1, values(3), 0, label="row"),
        Sample(_X, 1, values(2), 1, label="column"), Sample(_X, 1, values(2, 2), 1, label="columns turned"),
        Sample(_X, [1], values(2, 2), 1, label="columns"), Sample(_X, 2, 0.5, label="flattened"),
        Sample(_V, [1, 3], _PAIR, label="two places"),
        Sample(_V, [2, 2, 0], values(3, seed=2), label="unsorted places"),
        Sample(_X, [0, 2], values(2, 1), 1, label="broadcast"), Sample(_V, slice(0, 2), _PAIR, label="slice"),
        Sample(_V, 4, _PAIR, label="at the end"), Sample(_X, [0, 1], 1.5, 0, label="number in two places"),
    ],
}

ERRORS = {
    "concatenate": [BadCall(ShapeError, "concatenate([float64[2, 3], float64[4]])", [_X, _V]),
                    BadCall(ArgumentError, "at least one", []),
                    BadCall(ShapeError, "dimension", [_X, _X], 5)],
    "concat": [BadCall(ShapeError, "float64[2, 3], float64[4]", _X, _V)],
    "stack": [BadCall(ShapeError, "same shape", [_X, _V]), BadCall(ArgumentError, "at least one", [])],
    "vstack": [BadCall(ShapeError, "must match", [_X, _V]), BadCall(ArgumentError, "at least one", [])],
    "hstack": [BadCall(ShapeError, "must match", [_X, values(3, 1)])],
    "dstack": [BadCall(ShapeError, "must match", [_X, _V])],
    "column_stack": [BadCall(ShapeError, "must match", [_X, _V])],
    "meshgrid": [BadCall(ArgumentError, "indexing is", _V, indexing="x")],
    "split": [BadCall(ShapeError, "equal division", _V, 3), BadCall(ArgumentError, "do not increase", _V, [3, 1]),
              BadCall(AxisError, "out of bounds", _V, 2, 1), BadCall(ArgumentError, "at least 1", _V, 0)],
    "array_split": [BadCall(ArgumentError, "at least 1", _V, 0)],
    "hsplit": [BadCall(ShapeError, "1 or more", numpy.array(1.0), 1)],
    "vsplit": [BadCall(ShapeError, "2 or more", _V, 1)],
    "dsplit": [BadCall(ShapeError, "3 or more", _X, 1)],
    "slice_channel": [BadCall(ShapeError, "equal division", _T, 2), BadCall(ShapeError, "length 1", _T, 1, 1, True)],
    "append": [BadCall(ShapeError, "shapes", _X, _V, 0)],
    "delete": [BadCall(IndexingError, "out of bounds", _V, 9)],
    "insert": [BadCall(IndexingError, "out of bounds", _V, 9, 1.0)],
}
