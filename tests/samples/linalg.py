"""Samples of mxlite/_ops/norm.py and linalg.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError, DtypeError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
INF = numpy.inf
V, X, X3 = values(3, seed=4), values(2, 3), values(2, 3, 2, seed=3)
SQUARE, STACK = values(3, 3, seed=5), values(2, 3, 3, seed=6)
SYMMETRIC = SQUARE @ SQUARE.T + numpy.eye(3)
LOOSE = {"tolerance": {"float32": 2e-5}, "why": "LAPACK rounds more than once in float32"}
TRIANGLE = {"order": 0, "tolerance": {"float32": 2e-5},
            "why": "one triangle is read, the derivative is symmetric: see tests/test_linalg.py"}


def _norms():
    out = []
    for p in (None, 1, 2, 3, 2.5, -1, -2, INF, -INF):
        out += [Sample(V, ord=p, order=3, label=f"vector {p}"),
                Sample(X, ord=p, axis=1, keepdims=True, label=f"rows {p}")]
    for p in (None, "fro", 1, -1, INF, -INF, 2, -2, "nuc"):
        loose = LOOSE if p in (2, -2, "nuc") else {}
        out += [Sample(X, ord=p, order=3, label=f"matrix {p}", **loose),
                Sample(X3, ord=p, axis=(2, 0), keepdims=True, label=f"matrices {p}", **loose)]
    return [
        *out,
        Sample(V, ord=0, label="vector 0"),
        Sample(V, ord="inf", label="word", reference=lambda x, ord: numpy.abs(x).max()),
        Sample(X, ord="inf", label="word, all elements", reference=lambda x, ord: numpy.abs(x).max()),
        Sample(X3, ord=1, label="of each matrix", reference=lambda x, ord: numpy.linalg.norm(x, ord, axis=(-2, -1))),
        Sample(V, ord="fro", label="fro of a vector", reference=lambda x, ord: numpy.sqrt((x * x).sum())),
        Sample(X3, label="all", dtypes=ALL), Sample(X, axis=[0], label="list", reference=_columns),
        Sample(numpy.array(-1.5), label="0-d", reference=numpy.abs), Sample(values(0, 3), axis=0, label="empty"),
        Sample(numpy.array([3, 4]), label="integers"),
        Sample(numpy.zeros(3), label="at 0", order=0, why="the derivative is 0 by choice: see tests/test_linalg.py"),
    ]


def _columns(x, axis):
    return numpy.linalg.norm(x, axis=axis[0])


def _legacy_norm(x, ord=2, axis=None, keepdims=False, out_dtype=None):
    axis = None if axis == () else axis
    y = numpy.abs(x).sum(axis, keepdims=keepdims) if ord == 1 else numpy.sqrt((x * x).sum(axis, keepdims=keepdims))
    return y.reshape(1) if y.ndim == 0 else y


def _upright(vectors):
    """Signs that make the element of the largest magnitude in each row positive."""
    return numpy.sign(numpy.take_along_axis(vectors, numpy.abs(vectors).argmax(-1, keepdims=True), -1))


def _thin(a):
    u, s, v = numpy.linalg.svd(a, full_matrices=False)
    return u * _upright(v).swapaxes(-1, -2), s, v * _upright(v)


def _eigh(a, UPLO="L"):
    w, v = numpy.linalg.eigh(a, UPLO)
    return w, v * _upright(v.swapaxes(-1, -2)).swapaxes(-1, -2)


def _square(*samples):
    return [
        Sample(SQUARE, order=3, label="one", **LOOSE), Sample(STACK, label="several", **LOOSE),
        Sample(values(0, 3, 3), label="none"), *samples,
    ]


SINGULAR = numpy.array([[1.0, 2.0, 0.0], [2.0, 4.0, 1.0], [0.0, 0.0, 3.0]])

SAMPLES = {
    "norm": _norms(),
    "legacy_norm": [
        *(Sample(X, ord=p, axis=a, keepdims=k, order=3, label=f"{p} {a} {k}", reference=_legacy_norm)
          for p in (1, 2) for a, k in ((None, False), (1, True), ((0, 1), False), ((), False))),
        Sample(X3, 2, (1, 2), label="two axes", reference=_legacy_norm, dtypes=ALL),
        Sample(X, out_dtype="float64", label="dtype", reference=_legacy_norm, dtypes=("float64",),
               why="the dtype is named"),
        Sample(numpy.array([3, 4]), label="integers", reference=_legacy_norm),
    ],
    "inv": _square(),
    "det": _square(Sample(SINGULAR, label="singular", reference=lambda a: numpy.float64(0), **LOOSE),
                   Sample(numpy.zeros((3, 3)), label="zeros", order=1, why="its singular values are equal")),
    "slogdet": _square(),
    "solve": [
        Sample(SQUARE, V, order=3, label="vector", **LOOSE), Sample(SQUARE, values(3, 2), label="columns", **LOOSE),
        Sample(STACK, values(2, 3), label="vectors", **LOOSE,
               reference=lambda a, b: numpy.linalg.solve(a, b[..., None])[..., 0]),
        Sample(STACK, values(3, 2), label="several", **LOOSE), Sample(STACK, values(2, 3, 1), label="pairs", **LOOSE),
    ],
    "pinv": _square(Sample(X, label="wide", **LOOSE), Sample(X.T.copy(), label="tall", **LOOSE)),
    "matrix_rank": [Sample(SQUARE, label="full"), Sample(SINGULAR[:2, :2].copy(), label="singular"),
                    Sample(STACK, label="several")],
    "cholesky": [Sample(SYMMETRIC, label="one", **TRIANGLE),
                 Sample(numpy.stack([SYMMETRIC, numpy.eye(3)]), label="several", **TRIANGLE)],
    # Where LAPACK changes the signs of vectors, differences mean nothing: this square is far from such a place.
    "svd": [Sample(values(3, 3, seed=7), label="square", reference=_thin, order=3, **LOOSE),
            Sample(X, label="wide", reference=_thin, **LOOSE),
            Sample(X.T.copy(), label="tall", reference=_thin, **LOOSE)],
    "svdvals": _square(Sample(X, label="wide", **LOOSE), Sample(X.T.copy(), label="tall", **LOOSE)),
    "eigh": [Sample(SYMMETRIC, label="lower", reference=_eigh, **TRIANGLE),
             Sample(SYMMETRIC, "U", label="upper", reference=_eigh, **TRIANGLE)],
    "eigvalsh": [Sample(SYMMETRIC, label="lower", **TRIANGLE), Sample(SYMMETRIC, "U", label="upper", **TRIANGLE)],
}
_FLAT, _TEXT = BadCall(ShapeError, "dimension", V), BadCall(DtypeError, "unexpected keyword", SQUARE, colour=3)
ERRORS = {
    "norm": [
        BadCall(ArgumentError, "invalid norm order 'abc'", V, ord="abc"),
        BadCall(ArgumentError, "invalid norm order 'nuc'", V, ord="nuc"),
        BadCall(ArgumentError, "invalid norm order 3", X, ord=3),
        BadCall(ShapeError, "improper number of dimensions", X3, axis=(0, 1, 2)),
        BadCall(AxisError, "out of bounds", V, axis=4),
    ],
    "legacy_norm": [BadCall(ArgumentError, "only supports ord=1 and ord=2", V, ord=3, legacy=True)],
    **{name: [_FLAT, _TEXT] for name in ("inv", "det", "slogdet", "pinv", "cholesky", "svd", "svdvals", "eigh")},
    "solve": [BadCall(ArgumentError, "singular", SINGULAR, V), BadCall(ShapeError, "", SQUARE, values(4, 2))],
}
ERRORS["inv"].append(BadCall(ArgumentError, "singular", SINGULAR))
ERRORS["cholesky"].append(BadCall(ArgumentError, "positive definite", -SYMMETRIC))
