"""Samples of mxlite/_ops/histogram.py; what is composed: tests/test_level3.py."""

import numpy

from mxlite._errors import ArgumentError
from samples import BadCall, Sample, values

X, EDGES = values(2, 3), numpy.array([-2.0, 0.0, 0.5, 2.0])

SAMPLES = {
    "histogram": [
        Sample(X, 3, (-2.0, 2.0), label="range"), Sample(X, 4, label="own range"), Sample(X, EDGES, label="edges"),
    ],
}
ERRORS = {
    "histogram": [BadCall(ArgumentError, "positive", X, 0), BadCall(ArgumentError, "ends before", X, 3, (1, 0)),
                  BadCall(ArgumentError, "not supported", X, 3, density=True)],
}
