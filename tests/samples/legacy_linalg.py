"""Samples of mxlite/_ops/legacy_linalg.py and factor.py."""

import numpy

from mxlite._errors import ArgumentError, DtypeError, ShapeError
from samples import BadCall, Sample, values

A, B, C = values(2, 3), values(3, 2, seed=1), values(2, 2, seed=2)
STACK = values(2, 3, 3, seed=6)
SQUARE = values(3, 3, seed=5)
# Far from singular, so that differences and float32 stay close; the other triangle holds numbers that are not read.
FACTOR = SQUARE + 4 * numpy.eye(3)
FACTORS = numpy.stack([FACTOR, FACTOR + numpy.eye(3)])
SIDES = [{"transpose": bool(k & 4), "rightside": bool(k & 2), "lower": bool(k & 1)} for k in range(8)]
INTEGERS = numpy.ones((2, 2), int)
LOOSE = {"tolerance": {"float32": 2e-5}, "why": "LAPACK rounds more than once in float32"}
TRIANGLE = {"order": 0, "tolerance": {"float32": 2e-5}, "why": "a triangle is read: see tests/test_legacy_linalg.py"}


def _gemm2(a, b, transpose_a=False, transpose_b=False, alpha=1, axis=-2):
    a, b = numpy.moveaxis(a, axis, -2), numpy.moveaxis(b, axis, -2)
    a, b = (a.swapaxes(-1, -2) if transpose_a else a), (b.swapaxes(-1, -2) if transpose_b else b)
    return numpy.moveaxis(alpha * (a @ b), -2, axis)


def _gemm(a, b, c, alpha=1, beta=1, **kwargs):
    return _gemm2(a, b, alpha=alpha, **kwargs) + beta * c


def _factor(a, transpose, lower):
    a = numpy.tril(a) if lower else numpy.triu(a)
    return a.swapaxes(-1, -2) if transpose else a


def _trmm(a, b, transpose=False, rightside=False, lower=True, alpha=1):
    a = _factor(a, transpose, lower)
    return alpha * (b @ a if rightside else a @ b)


def _trsm(a, b, transpose=False, rightside=False, lower=True, alpha=1):
    inverse = numpy.linalg.inv(_factor(a, transpose, lower))
    return alpha * (b @ inverse if rightside else inverse @ b)


def _potri(a, lower=True):
    a = _factor(a, not lower, lower)
    return numpy.linalg.inv(a @ a.swapaxes(-1, -2))


def _pairs(reference):
    return [
        *(Sample(FACTOR, values(3, 3, seed=8), reference=reference, label=" ".join(k for k, v in s.items() if v) or "-",
                 order=3, **s, **LOOSE) for s in SIDES),
        Sample(FACTORS, values(2, 3, 2, seed=9), alpha=-1.5, reference=reference, label="several", **LOOSE),
        Sample(FACTOR, values(3, 2, seed=9), reference=reference, label="columns", **LOOSE),
        Sample(FACTOR, values(2, 3, seed=9), True, True, reference=reference, label="rows", **LOOSE),
    ]


SAMPLES = {
    "gemm2": [
        Sample(A, B, reference=_gemm2, order=3, label="plain"),
        Sample(A, A.copy(), False, True, -2.0, reference=_gemm2, label="right transposed"),
        Sample(A, values(2, 3, seed=3), transpose_a=True, reference=_gemm2, label="left transposed"),
        Sample(values(2, 2, 3), values(3, 2, 2), axis=0, reference=_gemm2, label="axis"),
        Sample(STACK, values(2, 3, 3, seed=7), True, True, alpha=0.5, reference=_gemm2, label="several"),
    ],
    "gemm": [
        Sample(A, B, C, reference=_gemm, order=3, label="plain"),
        Sample(A, values(2, 3, seed=3), values(3, 3), transpose_a=True, alpha=2.0, beta=3.0, reference=_gemm,
               label="factors"),
        Sample(values(2, 2, 3), values(3, 2, 2), values(2, 2, 2), axis=-3, reference=_gemm, label="axis"),
    ],
    "syrk": [
        Sample(A, reference=lambda a: a @ a.T, order=3, label="plain"),
        Sample(STACK, True, -2.0, reference=lambda a, *_: -2 * (a.swapaxes(1, 2) @ a), label="several"),
    ],
    "solve_triangle": [Sample(FACTOR, B, True, reference=lambda a, b, w: _trsm(a, b), label="lower", **LOOSE),
                       Sample(FACTORS, values(2, 3, 1), False, reference=lambda a, b, w: _trsm(a, b, lower=w),
                              label="upper", **LOOSE)],
    "trsm": _pairs(_trsm),
    "trmm": _pairs(_trmm),
    "potri": [Sample(FACTOR, reference=_potri, order=3, label="lower", **LOOSE),
              Sample(FACTOR, lower=False, reference=_potri, label="upper", **LOOSE),
              Sample(FACTORS, reference=_potri, label="several", **LOOSE)],
    "sumlogdiag": [
        Sample(FACTOR, reference=lambda a: numpy.log(numpy.diagonal(a)).sum(), order=3, label="one"),
        Sample(FACTORS, reference=lambda a: numpy.log(a[:, range(3), range(3)]).sum(1), label="several"),
    ],
    "extractdiag": [
        *(Sample(SQUARE, offset=k, reference=lambda a, offset: numpy.diagonal(a, offset), label=f"{k}")
          for k in (0, 1, -2)),
        Sample(STACK, reference=lambda a: a[:, range(3), range(3)], label="several"),
    ],
    "makediag": [
        *(Sample(values(3), offset=k, reference=lambda a, offset: numpy.diag(a, offset), label=f"{k}")
          for k in (0, 1, -2)),
        Sample(A, reference=lambda a: a[:, None] * numpy.eye(3), label="several"),
    ],
    "extracttrian": [
        Sample(SQUARE, reference=lambda a: a[[0, 1, 1, 2, 2, 2], [0, 0, 1, 0, 1, 2]], label="lower"),
        Sample(SQUARE, lower=False, label="upper",
               reference=lambda a, lower: a[[0, 0, 1, 0, 1, 2], [0, 1, 1, 2, 2, 2]]),
        Sample(STACK, 1, reference=lambda a, _: a[:, [0, 0, 1], [1, 2, 2]], label="above"),
        Sample(STACK, -1, reference=lambda a, _: a[:, [1, 2, 2], [0, 0, 1]], label="below"),
    ],
    "maketrian": [
        Sample(values(3), reference=lambda a: numpy.array([[a[0], 0], [a[1], a[2]]]), label="lower"),
        Sample(values(3), 0, False, reference=lambda a, *_: numpy.array([[a[0], a[1]], [0, a[2]]]), label="upper"),
        Sample(values(2, 1), 1, reference=lambda a, _: a[:, :, None] * numpy.eye(2, k=1), label="above"),
    ],
    "packed": [Sample(STACK, 1, "diagonal", label="diagonal"), Sample(STACK, 0, "upper", label="upper")],
    "unpacked": [Sample(A, 4, -1, "diagonal", label="diagonal"), Sample(A, 2, 0, "lower", label="lower")],
    "gelqf": [
        Sample(A, reference=lambda a: _lq(a), label="wide", order=3, **LOOSE),
        Sample(STACK, reference=lambda a: _lq(a), label="several", **LOOSE),
    ],
    "syevd": [Sample(FACTOR @ FACTOR.T, label="one", **TRIANGLE),
              Sample(FACTORS @ FACTORS.swapaxes(1, 2), label="several", **TRIANGLE)],
    "qr": [
        Sample(FACTOR, order=3, label="square", **LOOSE), Sample(B, label="tall", **LOOSE),
        Sample(A, label="wide", **LOOSE), Sample(STACK, label="several", **LOOSE),
        Sample(B, "r", label="r", **LOOSE), Sample(A, "r", label="wide r", **LOOSE),
        Sample(A, "complete", label="complete", **LOOSE),
        Sample(B, "complete", wrt=(), label="tall complete", why="q is not unique"),
    ],
}


def _lq(a):
    q, r = numpy.linalg.qr(a.swapaxes(-1, -2))
    return q.swapaxes(-1, -2), r.swapaxes(-1, -2)


ERRORS = {
    "gemm2": [
        BadCall(ShapeError, "incompatible matrix dimensions", A, A, legacy=True),
        BadCall(ShapeError, "all but the last two", values(2, 2, 3), values(1, 3, 2), legacy=True),
        BadCall(ShapeError, "number of dimensions", values(6), A, legacy=True),
        BadCall(DtypeError, "floating point", INTEGERS, INTEGERS, legacy=True),
        BadCall(DtypeError, "one dtype", A, B.astype("float32"), legacy=True),
    ],
    "gemm": [BadCall(ShapeError, "shape of the product", A, B, values(1, 2), legacy=True)],
    "trsm": [BadCall(ShapeError, "square", A, B, legacy=True),
             BadCall(ShapeError, "incompatible", FACTOR, A, legacy=True)],
    "potri": [BadCall(ArgumentError, "singular", numpy.zeros((2, 2)), legacy=True)],
    "extractdiag": [BadCall(ArgumentError, "illegal offset 3", SQUARE, 3, legacy=True),
                    BadCall(ShapeError, "square", A, legacy=True)],
    "makediag": [BadCall(DtypeError, "floating point", numpy.array([1, 2]), legacy=True)],
    "maketrian": [BadCall(ShapeError, "invalid dimension", values(2), legacy=True)],
    "gelqf": [BadCall(ShapeError, "last dimension", B, legacy=True)],
    "syevd": [BadCall(ShapeError, "square", A, legacy=True)],
    "qr": [BadCall(ArgumentError, "mode", A, "raw")],
}
