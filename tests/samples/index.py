"""Samples of mxlite/_ops/index.py."""

import numpy

from mxlite._errors import IndexingError
from samples import BadCall, Sample, values

_X, _T = values(3, 4), values(2, 3, 2)

SAMPLES = {
    "getitem": [
        Sample(_X, (1,), label="integer"),
        Sample(_X, (-1, 2), label="one element"),
        Sample(_X, (slice(None), 2), label="column"),
        Sample(_X, (slice(None, None, -2), slice(1, 3)), label="negative step"),
        Sample(_X, (slice(2, 2),), label="nothing"),
        Sample(_X, (None, Ellipsis, 0), label="new axis and ellipsis"),
        Sample(_X, (numpy.array([0, 2, 0]),), label="integer array with duplicates"),
        Sample(_X, (numpy.array([[0, 1], [2, 0]]), slice(1, None)), label="integer array and slice"),
        Sample(_X, (numpy.array([0, -1]), numpy.array([1, 1])), label="two integer arrays"),
        Sample(_X, (_X > 0,), label="bools"),
        Sample(_X, (numpy.array([True, False, True]), slice(None, 2)), label="bool rows"),
        Sample(_X, (Ellipsis,), label="everything"),
        Sample(numpy.array(2.0), (Ellipsis,), label="0-d", legacy=False),
        Sample(_T, (numpy.array([0, 1]), slice(None), numpy.array([1, 1])), label="arrays around a slice"),
        Sample(_T, (1, numpy.array([[0, 2], [2, 2]])), label="integer and array"),
        Sample(_T, (slice(None), numpy.array([2, 2, -1]), None), label="array and new axis"),
        Sample(_T, (numpy.array([True, False]), numpy.array([0, 0])), label="bools and integers"),
        Sample(_X, (numpy.zeros(0, int),), label="empty array"),
        Sample(_X, (numpy.array(True),), label="true"),
        Sample(_X, (numpy.array(False),), label="false"),
    ],
    "scatter_add": [
        Sample(values(4), (3, 4), (1,), label="row"),
        Sample(values(3), (3, 4), (slice(None), -1), label="column"),
        Sample(values(3, 4), (3, 4), (numpy.array([0, 2, 0]),), label="duplicates", dtypes=("float64", "float32",
               "float16")),
        Sample(values(2, 2), (3, 4), (numpy.array([[0, 1], [0, 0]]), numpy.array([[1, 2], [1, 1]])), label="pairs"),
        Sample(values(0, 4), (3, 4), (slice(0, 0),), label="nothing"),
        Sample(values(3), (4,), (numpy.array([-1, 0, 3]),), label="the last twice",
               reference=lambda g, shape, key: numpy.array([g[1], 0, 0, g[0] + g[2]])),
        Sample(values(2, 3), (2, 4), (slice(None), numpy.array([1, 1, 0])), label="duplicate columns"),
        Sample(values(3, 0), (2, 0), (numpy.array([1, 1, 0]),), label="empty rows"),
        Sample(values(2), (2, 3), (numpy.eye(2, 3, dtype=bool),), label="mask"),
    ],
}

ERRORS = {
    "getitem": [
        BadCall(IndexingError, "out of bounds", _X, (3,)),
        BadCall(IndexingError, "too many indices", _X, (0, 0, 0)),
        BadCall(IndexingError, "out of bounds", _X, (numpy.array([0, 9]),)),
        BadCall(IndexingError, "boolean index did not match", _X, (numpy.array([True, False]),)),
        BadCall(IndexingError, "broadcast", _X, (numpy.array([0, 1]), numpy.array([0, 1, 2]))),
    ],
}
