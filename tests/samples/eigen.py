"""Samples of the eigenvalues and least squares of mxlite/_ops/linalg.py."""

import numpy

from mxlite._errors import DtypeError, ShapeError
from samples import BadCall, Sample, values

BASE = values(3, 3, seed=5) + 3 * numpy.eye(3)
REAL = BASE @ numpy.diag([1.0, -2.0, 4.0]) @ numpy.linalg.inv(BASE)
STACK = numpy.stack([REAL, REAL.T + numpy.eye(3)])
TURN = numpy.array([[0.0, 1.0], [-1.0, 0.0]])
TALL, WIDE = values(4, 2, seed=1), values(2, 4, seed=2)
LOOSE = {"tolerance": {"float32": 2e-5}, "why": "LAPACK rounds more than once in float32"}


def _solution(a, b, rcond):
    return numpy.linalg.lstsq(a, b, rcond)[:2]


def _fit(*args, label, **options):
    return Sample(*args, 1e-6, label=label, reference=_solution, **LOOSE, **options)


SAMPLES = {
    "eig": [Sample(REAL, label="one", **LOOSE), Sample(STACK, label="several", **LOOSE),
            Sample(values(0, 2, 2), label="none")],
    "eigvals": [Sample(REAL, order=3, label="one", **LOOSE), Sample(STACK, label="several", **LOOSE),
                Sample(values(0, 2, 2), label="none")],
    "least_squares": [
        _fit(TALL, values(4, seed=3), label="tall"), _fit(TALL, values(4, 3, seed=4), label="columns"),
        _fit(WIDE, values(2, seed=3), label="wide"), _fit(WIDE, values(2, 3, seed=4), label="wide, columns"),
        _fit(REAL, values(3, seed=3), label="square"), _fit(TALL, values(4, 1, seed=4), label="one column"),
    ],
}
ERRORS = {
    "eig": [BadCall(DtypeError, "complex", TURN), BadCall(ShapeError, "square", TALL)],
    "eigvals": [BadCall(DtypeError, "complex", TURN)],
}
