"""Samples of mxlite/_ops/compare.py."""

import numpy

from mxlite._errors import DtypeError, ShapeError
from samples import BadCall, Sample, values

_NAMES = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
_X, _Y = values(2, 3, seed=1), values(2, 3, seed=2)

SAMPLES = {name: [
    Sample(_X, _Y, label="different"),
    Sample(_X, _Y[0], label="row"),
    Sample(_X, 0.25, label="number"),
    Sample(0.25, _X, label="number first"),
    Sample(numpy.array(0.5), _Y, label="0-d"),
    Sample(numpy.empty((0, 3)), _Y[0], label="empty"),
    Sample(numpy.array([1, 2, 3]), numpy.array([3, 2, 1]), label="integers"),
    Sample(numpy.array([True, False]), numpy.array([True, True]), legacy=False, label="bools"),
    Sample(numpy.array([1.0, 2.0, 2.0]), numpy.array([1.0, 1.0, 3.0]), order=0, label="ties",
           dtypes=("float64", "float32", "float16"), why="a derivative at a tie is no difference quotient"),
] for name in _NAMES}

ERRORS = {name: [
    BadCall(ShapeError, "broadcast", values(2), values(3)),
    BadCall(DtypeError, "not supported", values(2), "text"),
    BadCall(DtypeError, "missing", values(2)),
] for name in _NAMES}
