"""Samples of mxlite/_ops/polynomial.py; what is composed: tests/test_gradients_level3.py."""

import numpy

from mxlite._errors import DtypeError, ShapeError
from samples import BadCall, Sample, values

X, SQUARE = values(2, 3), values(3, 3, seed=5)
ROOTS = numpy.poly(numpy.array([1.0, -2.0, 3.5]))
ROUNDED = {"tolerance": {"float32": 2e-5}, "why": "roots are eigenvalues, which LAPACK rounds more than once"}

SAMPLES = {
    "polyval": [
        Sample(values(3), X, order=3, label="plain"), Sample(values(1), X, label="constant"),
        Sample(values(4), numpy.array(0.5), label="0-d"), Sample(values(3), numpy.zeros(2), label="at 0"),
        Sample(numpy.array([1, 2, 3]), numpy.array([1, 2]), label="integers"),
    ],
    "characteristic": [
        Sample(SQUARE, order=3, label="3 by 3", **ROUNDED), Sample(values(1, 1), label="1 by 1"),
        Sample(numpy.array([[0.0, 1.0], [-1.0, 0.0]]), label="complex eigenvalues", **ROUNDED),
        Sample(numpy.eye(2), label="equal eigenvalues", **ROUNDED),
    ],
    "real_roots": [
        Sample(ROOTS * 2, label="three", **ROUNDED), Sample(numpy.array([1.5, -1.0]), label="one"),
        Sample(numpy.array([1.0, -3.0, 2.0, 0.0]), label="one at 0", order=1, tolerance={"float32": 2e-5},
               why="differences move the root at 0, where NumPy takes another way, off its exact value"),
    ],
}
ERRORS = {
    "polyval": [BadCall(ShapeError, "1-D array", values(1, 3), X)],
    "real_roots": [BadCall(DtypeError, "complex", numpy.array([1.0, 0.0, 1.0]))],
}
