"""Samples of mxlite/_ops/shape.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError, DtypeError, ShapeError
from samples import BadCall, Sample, values

_X, _T = values(2, 3), values(2, 3, 4)
_SCALAR, _EMPTY = numpy.array(1.5), values(0, 2)



SAMPLES = {
    "sum_to": [
        Sample(_X, (3,), label="lead axis", reference=lambda x, shape: x.sum(0)),
        Sample(_X, (2, 1), label="kept axis", reference=lambda x, shape: x.sum(1, keepdims=True)),
        Sample(_X, (), label="all", reference=lambda x, shape: x.sum()),
        Sample(_X, (2, 3), label="nothing", reference=lambda x, shape: x),
        Sample(values(0, 3), (1, 3), label="empty", reference=lambda x, shape: numpy.zeros((1, 3))),
    ],
    "astype": [
        Sample(_X, "float64", label="same", reference=lambda x, dtype: x),
        Sample(_X, "float32", label="narrower", tolerance={"float64": 1e-6, "gradient": 1e-2, "second": 1e-2},
               reference=lambda x, dtype: x.astype(dtype), why="the result has float32's digits"),
        Sample(_X, "int32", label="integers", order=0, why="values are truncated, gradients pass",
               reference=lambda x, dtype: x.astype(dtype)),
    ],
    "copy": [Sample(_X), Sample(_SCALAR, label="0-d"), Sample(_EMPTY, label="empty")],
    "reshape": [
        Sample(_X, (3, 2)), Sample(_X, -1, label="number"), Sample(_X, [1, -1, 2], label="list"),
        Sample(_T, (4, -1), call={"order": "F"}, label="columns first"), Sample(_SCALAR, (1, 1), label="0-d"),
        Sample(values(1), (), label="to 0-d", legacy=False), Sample(_EMPTY, (3, 0), label="empty"),
    ],
    "reshape_view": [Sample(_X, (3, 2), reference=numpy.reshape),
                     Sample(_X, -1, reference=numpy.reshape, label="flat")],
    "reshape_by_codes": [
        Sample(values(2, 3, 4), (-2, -5), reference=lambda a, n: a.reshape(2, 12), label="copy and merge"),
        Sample(values(4, 1, 3), (-6, 2, -1, -3, -4), reference=lambda a, n: a.reshape(2, 2, 3), label="split and skip"),
        Sample(values(2, 3, 4), (-4, -1, 2, -6), True, reference=lambda a, n, r: a.reshape(2, 3, 2, 2),
               label="reverse"),
        Sample(_X, -1, reference=lambda a, n: a.reshape(-1), label="number"),
    ],
    "reshape_like": [
        Sample(_X, numpy.ones((3, 2), numpy.float32), reference=lambda x, y: x.reshape(3, 2)),
        Sample(values(6, 4), numpy.ones((2, 3, 5), numpy.float32), 0, 1, 0, 2, reference=lambda x, *r: x.reshape(2, 3,
               4),
               label="some axes"),
        Sample(values(2, 6), numpy.ones((5, 2, 3), numpy.float32), -1, None, 1, None,
               reference=lambda x, *r: x.reshape(2, 2, 3), label="from the back"),
    ],
    "ravel": [Sample(_X), Sample(_T, call={"order": "F"}, label="columns first"), Sample(_SCALAR, label="0-d"),
              Sample(_EMPTY, label="empty")],
    "batch_flatten": [Sample(_T, reference=lambda x: x.reshape(2, 12)), Sample(values(3), label="vector"),
                      Sample(values(0, 2, 3), label="empty", reference=lambda x: x.reshape(0, 6))],
    "expand_dims": [Sample(_X, 0), Sample(_X, -1, label="last"), Sample(_X, (0, 2), label="two"),
                    Sample(_SCALAR, 0, label="0-d")],
    "squeeze": [Sample(values(1, 3, 1)), Sample(values(1, 3, 1), 0, label="one axis"),
                Sample(values(1, 3, 1), (0, -1), label="two axes"), Sample(values(1, 1), label="everything")],
    **{name: [
        Sample(_SCALAR, label="0-d", legacy=False), Sample(values(3), label="vector"), Sample(_X, label="matrix"),
        Sample(values(2, 1, 2, 2), label="four axes"), Sample(_SCALAR, values(3), _T, label="several", legacy=False),
    ] for name in ("atleast_1d", "atleast_2d", "atleast_3d")},
    "transpose": [
        Sample(_X), Sample(_T, label="three axes"), Sample(_T, (1, 2, 0), label="axes"),
        Sample(_T, (-1, 0, 1), label="negative axes"), Sample(_EMPTY, label="empty"), Sample(_SCALAR, label="0-d"),
        Sample(values(3), label="vector"),
    ],
    "matrix_transpose": [Sample(x, reference=lambda x: numpy.swapaxes(x, -1, -2)) for x in (_X, _T, _EMPTY)],
    "swapaxes": [Sample(_T, 0, 2), Sample(_T, -1, 1, label="negative"), Sample(_T, 1, 1, label="same")],
    "moveaxis": [Sample(_T, 0, -1), Sample(_T, [0, 1], [-1, 0], label="lists"), Sample(_T, 2, 0, label="to the front")],
    "rollaxis": [Sample(_T, 2), Sample(_T, 0, 3, label="to the end"), Sample(_T, -1, -2, label="negative"),
                 Sample(_T, 1, 1, label="same")],
    "broadcast_to": [
        Sample(values(3), (2, 3), label="lead axis"),
        Sample(values(2, 1), (2, 3), label="axis of 1"),
        Sample(numpy.array(2.0), (2, 2), label="0-d"),
        Sample(values(1, 3), (0, 3), label="empty"),
        Sample(values(1), 3, label="number"),
        Sample(values(2, 1), (4, -2, 3), label="own length",
               reference=lambda x, shape: numpy.broadcast_to(x, (4, 2, 3))),
    ],
    "broadcast_arrays": [Sample(values(3), values(2, 1)), Sample(_SCALAR, _T, label="0-d")],
    "broadcast_axis": [
        Sample(values(1, 3), 0, 2, reference=lambda x, *r: numpy.broadcast_to(x, (2, 3))),
        Sample(values(1, 3, 1), (0, -1), (2, 4), reference=lambda x, *r: numpy.broadcast_to(x, (2, 3, 4)), label="two"),
    ],
    "broadcast_like": [
        Sample(values(1, 3), _X, wrt="lhs", reference=lambda x, y: numpy.broadcast_to(x, y.shape)),
        Sample(values(1, 3), values(4, 2), (0,), (-1,), wrt="lhs", label="named axes",
               reference=lambda x, *r: numpy.broadcast_to(x, (2, 3))),
    ],
    "shape_array": [Sample(_T, reference=lambda x: numpy.array(x.shape))],
    "size_array": [Sample(_T, reference=lambda x: numpy.array([x.size]))],
}

ERRORS = {
    "astype": [BadCall(DtypeError, "is not supported", values(2), "complex64"),
               BadCall(DtypeError, "is no dtype", values(2), "float99")],
    "reshape": [BadCall(ShapeError, "cannot reshape", _X, (4, 2)),
                BadCall(ShapeError, "unknown dimension", _X, (-1, -1)),
                BadCall(ArgumentError, "order is", _X, (6,), order="K"),
                BadCall(ShapeError, "at least 0", _X, -2)],
    "reshape_view": [BadCall(ShapeError, "cannot reshape", _X, (4, 2))],
    "reshape_by_codes": [
        BadCall(ShapeError, "no axis left", _X, (-2, -2, -2)), BadCall(ShapeError, "does not hold", _X, (-2, 2)),
        BadCall(ShapeError, "length 1 can be skipped", _X, (-3, -4)),
        BadCall(ShapeError, "does not split", _X, (-6, 2, 2, -4)),
        BadCall(ShapeError, "only one length", _X, (-1, -1)), BadCall(ShapeError, "is no code", _X, (-7,)),
        BadCall(ShapeError, "cannot both", _X, (-6, -1, -1, 3)), BadCall(ShapeError, "two lengths", _X, (3, -6, 1)),
        BadCall(ShapeError, "cannot be inferred", _X, (4, -1)),
    ],
    "reshape_like": [BadCall(ShapeError, "does not hold", _X, values(4)),
                     BadCall(ShapeError, "do not exist", _X, _X, 2, 5)],
    "batch_flatten": [BadCall(ShapeError, "no batch", _SCALAR)],
    "expand_dims": [BadCall(AxisError, "dimension", _X, 5)],
    "squeeze": [BadCall(ShapeError, "size not equal to one", values(1, 3), 1)],
    "transpose": [BadCall(ShapeError, "axes", _X, (0, 1, 2)), BadCall(ShapeError, "axis", _X, (0, 0))],
    "swapaxes": [BadCall(AxisError, "dimension", _X, 0, 5)],
    "moveaxis": [BadCall(AxisError, "dimension", _X, 0, 5)],
    "rollaxis": [BadCall(AxisError, "dimension", _X, 5)],
    "broadcast_to": [BadCall(ShapeError, "broadcast", values(3), (2, 4)),
                     BadCall(ShapeError, "does not have", values(3), (-2, 3)),
                     BadCall(ShapeError, "does not have", values(2, 3), (-2,))],
    "broadcast_arrays": [BadCall(ShapeError, "broadcast", values(3), values(2))],
    "broadcast_axis": [BadCall(ShapeError, "not an axis of length 1", _X, 0, 5),
                       BadCall(ShapeError, "2 axes but 1", values(1, 1), (0, 1), (5,))],
    "broadcast_like": [BadCall(ShapeError, "broadcast", values(3), _X[:, :2]),
                       BadCall(ArgumentError, "go together", _X, _X, (0,)),
                       BadCall(ArgumentError, "1 axes of lhs but 2", _X, _X, (0,), (0, 1)),
                       BadCall(ArgumentError, "name no axis", _X, _X, (), ())],
}
