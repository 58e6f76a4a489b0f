"""Samples of mxlite/_ops/select.py."""

import numpy

from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError, UnsupportedError
from samples import BadCall, Sample, values

_V, _X, _T = values(5), values(3, 4), values(2, 3, 4)
_NUMBERS = numpy.array([2, 0, 2])
_FLOATS = numpy.array([1, 0, 2], numpy.float32)


def _clipped(x, index, axis=0, mode="clip"):
    return numpy.take(x, index.astype(int), axis, mode=mode)


def _picked(x, index, axis=-1, keepdims=False, mode="clip"):
    index = index.astype(int)
    index = numpy.clip(index, 0, x.shape[axis] - 1) if mode == "clip" else index % x.shape[axis]
    out = numpy.take_along_axis(x, numpy.expand_dims(index, axis), axis)
    return out if keepdims else out.squeeze(axis)


def _added(a, ind, val):
    out = a.copy()
    numpy.add.at(out, tuple(ind), val)
    return out


def _updated(a, ind, val):
    out = a.copy()
    out[tuple(ind)] = val
    return out


SAMPLES = {
    "take": [
        Sample(_V, _NUMBERS), Sample(_X, numpy.array([[0, 2], [2, -1]]), 0, label="rows"),
        Sample(_X, _NUMBERS, 1, label="columns"), Sample(_X, numpy.array([11, 0, -1]), label="flattened"),
        Sample(_V, numpy.array([-9, 9, 1]), mode="clip", label="clip"),
        Sample(_V, numpy.array([-9, 9, 1]), 0, mode="wrap", label="wrap"),
        Sample(_T, 1, -2, label="one number"), Sample(_X, [0, 2], 0, label="list"),
        Sample(_X, _FLOATS, 0, label="floats", reference=lambda x, i, axis: numpy.take(x, i.astype(int), axis)),
        Sample(_V, numpy.array(3), label="0-d"), Sample(_X, numpy.zeros(0, int), 0, label="nothing"),
        Sample(_V, numpy.array(-4), mode="wrap", label="0-d, wrap"),
        Sample(_X, numpy.array(9), 1, "clip", label="0-d, clip",
               reference=lambda x, i, axis, mode: numpy.take(x, i, axis, mode=mode)),
    ],
    "take_slices": [
        Sample(_X, _FLOATS, reference=_clipped), Sample(_X, numpy.array([-5, 9]), reference=_clipped, label="clip"),
        Sample(_X, numpy.array([[-5, 9]]), 1, "wrap", reference=_clipped, label="wrap"),
        Sample(_T, numpy.array([1]), -1, reference=_clipped, label="negative axis"),
    ],
    "take_along_axis": [
        Sample(_X, numpy.array([[0, 3, 3], [1, 1, -1], [0, 0, 2]]), 1),
        Sample(_X, numpy.array([[0, 2, 1, 0]]), 0, label="0"),
        Sample(_X, numpy.array([0, 11, 5]), None, label="flattened"),
        Sample(_X, numpy.array([[1], [2], [0]]), -1, label="negative axis"),
        Sample(_T, numpy.array([[[1]], [[0]]]), 1, label="stretched"),
    ],
    "pick": [
        Sample(_X, numpy.array([1, 0, 3]), reference=_picked),
        Sample(_X, numpy.array([9, -9, 3]), reference=_picked, label="clip"),
        Sample(_X, numpy.array([4, -1, 3]), mode="wrap", reference=_picked, label="wrap"),
        Sample(_X, numpy.array([0, 2, 1, 0]), 0, reference=_picked, label="axis 0"),
        Sample(_X, _FLOATS, -1, True, reference=_picked, label="kept"),
        Sample(_T, numpy.array([[0, 1, 3], [3, 3, 0]]), reference=_picked, label="three axes"),
        Sample(_V, numpy.array([2]), reference=lambda x, i: x[i], label="vector"),
        Sample(_X, numpy.array([[1], [0], [3]]), reference=lambda x, i: _picked(x, i[:, 0]),
               label="index with the axis"),
    ],
    "embedding": [
        Sample(numpy.array([[0, 2], [2, 1]]), _X, 3, 4, reference=lambda i, w, *r: w[i]),
        Sample(_FLOATS, _X, 3, 4, reference=lambda i, w, *r: w[i.astype(int)], label="floats"),
        Sample(numpy.array([-1, 9]), _X, 3, 4, reference=lambda i, w, *r: w[[0, 2]], label="clipped"),
    ],
    "one_hot": [
        Sample(numpy.array([0, 2, 5, -1]), 3, reference=lambda i, n: numpy.array([[1, 0, 0], [0, 0, 1], [0, 0, 0], [0,
               0, 0]]), label="integers"),
        Sample(_FLOATS + numpy.float32(0.7), 3, 5.0, -1.0, "float64", label="floats",
               reference=lambda i, *r: numpy.eye(3)[i.astype(int)] * 6 - 1),
        Sample(numpy.array([[1, 0]]), 2, dtype="int32", reference=lambda i, n, **k: numpy.eye(2)[i], label="int32"),
        Sample(numpy.array([0]), 0, label="no depth", reference=lambda i, n: numpy.zeros((1, 0))),
    ],
    "gather_nd": [
        Sample(_X, numpy.array([[0, 2, 0], [1, 3, 1]]), reference=lambda x, i: x[tuple(i)]),
        Sample(_X, numpy.array([[0, -1, 0]]), reference=lambda x, i: x[i[0]], label="rows"),
        Sample(_T, numpy.array([[[0, 1]], [[2, 2]]]), reference=lambda x, i: x[i[0], i[1]], label="matrix of places"),
    ],
    "overwrite": [
        Sample(_X, values(4, seed=1), (1,), reference=lambda x, v, k: _updated(x, k, v)),
        Sample(_V, values(3, seed=1), (numpy.array([2, 0, 2]),), reference=lambda x, v, k: _updated(x, k, v),
               label="twice"),
        Sample(_X, 0.0, (slice(None), 1), reference=lambda x, v, k: _updated(x, k, v), label="number"),
    ],
    "scatter_nd": [
        Sample(values(3), numpy.array([[1, 1, 0], [0, 1, 0]]), (2, 2),
               reference=lambda d, i, s: numpy.array([[d[2], 0], [d[0], d[1]]])),
        Sample(values(3), numpy.array([[1, 1, 0]]), (2,), reference=lambda d, i, s: numpy.array([d[2], d[1]]),
               label="twice"),
        Sample(values(2, 3), numpy.array([[2, 0]]), (3, 3), label="rows",
               reference=lambda d, i, s: numpy.array([d[1], 0 * d[0], d[0]])),
    ],
    "index_update": [
        Sample(_X, numpy.array([[0, 2], [1, 0]]), values(2, seed=1), reference=_updated),
        Sample(_X, numpy.array([[0, 2]]), values(4, seed=1), reference=_updated, label="rows"),
        Sample(_X, numpy.array([0, 0]), values(2, 4, seed=1), reference=lambda a, i, v: _updated(a, (i,), v),
               label="twice"),
        Sample(_X, numpy.array([[0, 2]]), 1.5, reference=_updated, label="number"),
        Sample(_X, _X > 0, numpy.array(0.25), reference=lambda a, i, v: numpy.where(i, v, a), label="mask"),
    ],
    "index_add": [
        Sample(_X, numpy.array([[0, 2, 0], [1, 0, 1]]), values(3, seed=1), reference=_added),
        Sample(_X, numpy.array([[0, 0]]), values(4, seed=1), reference=_added, label="rows"),
        Sample(_X, numpy.array([1, 1]), 2.0, reference=lambda a, i, v: _added(a, (i,), v), label="number"),
        Sample(_X, _X > 0, numpy.array(0.25), reference=lambda a, i, v: a + numpy.where(i, v, 0), label="mask"),
    ],
    "index_copy": [
        Sample(_X, numpy.array([2, 0]), values(2, 4, seed=1), reference=lambda a, i, v: _updated(a, (i,), v)),
        Sample(_X, numpy.array([1, 1]), values(2, 4, seed=1), reference=lambda a, i, v: _updated(a, (i,), v),
               label="twice"),
    ],
    "fill_element_0index": [Sample(_X, values(3, seed=1), numpy.array([1, 0, 3]),
                                   reference=lambda a, v, i: _updated(a, (numpy.arange(3), i), v))],
    "bincount": [Sample(numpy.array([1, 1, 3])), Sample(numpy.array([1, 1, 3]), values(3), label="weights"),
                 Sample(numpy.array([1]), minlength=4, label="longer")],
    "index_array": [
        Sample(_X, reference=lambda x: numpy.moveaxis(numpy.indices(x.shape), 0, -1)),
        Sample(_X, (1,), label="axis", reference=lambda x, axes: numpy.indices(x.shape)[1][..., None]),
    ],
}

ERRORS = {
    "take": [BadCall(IndexingError, "out of bounds", _V, numpy.array([5])),
             BadCall(UnsupportedError, "mode is", _V, 0, mode="x"),
             BadCall(IndexingError, "out of bounds", _V, numpy.array([-6]))],
    "bincount": [BadCall(DtypeError, "int type", _V), BadCall(ArgumentError, "negative", numpy.array([-1]))],
    "take_slices": [BadCall(IndexingError, "out of bounds", _V, numpy.array([5]), mode="raise")],
    "take_along_axis": [BadCall(ShapeError, "indices of shape", _X, numpy.array([0]), 1),
                        BadCall(IndexingError, "out of bounds", _X, numpy.array([[9]]), 1)],
    "pick": [BadCall(ShapeError, "an index of shape", _X, numpy.array([0, 1])),
             BadCall(ArgumentError, "axis", _X, _NUMBERS, 5),
             BadCall(ArgumentError, "mode is", _X, _NUMBERS, mode="raise"),
             BadCall(ArgumentError, "axis", _X, _NUMBERS, None)],
    "embedding": [BadCall(ShapeError, "input_dim 5", _NUMBERS, _X, 5, 4),
                  BadCall(ShapeError, "does not fit", _NUMBERS, _V, 5, 1),
                  BadCall(ArgumentError, "input_dim", _NUMBERS, _X)],
    "one_hot": [BadCall(ArgumentError, "depth", _NUMBERS), BadCall(ArgumentError, "depth", _NUMBERS, -1)],
    "gather_nd": [BadCall(ShapeError, "indices have shape", _X, _NUMBERS),
                  BadCall(IndexingError, "out of bounds", _X, numpy.array([[9]]))],
    "scatter_nd": [BadCall(ArgumentError, "shape is missing", _V, numpy.array([[0, 1, 2, 3, 4]])),
                   BadCall(IndexingError, "out of bounds", _V[:1], numpy.array([[9]]), (3,))],
    "index_update": [BadCall(IndexingError, "out of bounds", _X, numpy.array([[9]]), 1.0),
                     BadCall(IndexingError, "not a slice", _X, slice(0, 1), 1.0),
                     BadCall(ShapeError, "broadcast", _X, numpy.array([[0, 1]]), values(3))],
    "index_add": [BadCall(IndexingError, "out of bounds", _X, numpy.array([[9]]), 1.0),
                  BadCall(ShapeError, "broadcast", _X, numpy.array([[0, 1]]), values(3))],
}
