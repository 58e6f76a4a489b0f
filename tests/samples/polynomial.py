"""Samples of mxlite/_ops/polynomial.py."""

import numpy

from mxlite._errors import ArgumentError, ShapeError
from samples import BadCall, Sample, values

X = values(2, 3)
HOLES = values(3, 3, seed=1)
HOLES[0, 1] = HOLES[2, 2] = numpy.nan
NAN = {"order": 0, "why": "differences of nan: see tests/test_legacy_linalg.py"}
EDGES = numpy.array([-2.0, 0.0, 0.5, 2.0])

SAMPLES = {
    **{name: [Sample(X, label="all"), Sample(X, 1, keepdims=True, label="rows"), Sample(X, (0, -1), label="axes"),
              Sample(HOLES, axis=0, label="nan", **NAN), Sample(numpy.array([1, 2]), label="integers")]
       for name in ("nanmax", "nanmin")},
    "polyval": [
        Sample(values(3), X, order=3, label="plain"), Sample(values(1), X, label="constant"),
        Sample(values(4), numpy.array(0.5), label="0-d"), Sample(values(3), numpy.zeros(2), label="at 0"),
        Sample(numpy.array([1, 2, 3]), numpy.array([1, 2]), label="integers"),
    ],
    "histogram": [
        Sample(X, 3, (-2.0, 2.0), label="range"), Sample(X, 4, label="own range"), Sample(X, EDGES, label="edges"),
    ],
}
ERRORS = {
    "polyval": [BadCall(ShapeError, "1-D array", values(1, 3), X)],
    "histogram": [BadCall(ArgumentError, "positive", X, 0), BadCall(ArgumentError, "ends before", X, 3, (1, 0)),
                  BadCall(ArgumentError, "not supported", X, 3, density=True)],
    "nanmax": [BadCall(ShapeError, "out of bounds", X, 3), BadCall(ArgumentError, "not supported", X, initial=1)],
}
