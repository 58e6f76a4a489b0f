"""Samples of mxlite/_ops/logic.py."""

import numpy

from mxlite._errors import DtypeError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
INTS = numpy.array([[3, -2, 5], [0, 7, -4]])
SMALL = numpy.array([2, 1, 3])
BOOLS = numpy.array([True, False, True])
SPECIAL = numpy.array([numpy.nan, numpy.inf, -numpy.inf, 0.0, -0.0, 1.5])


def _test(reference=None):
    return [Sample(SPECIAL, wrt=(), order=0, dtypes=ALL, why="nan and infinities", label="special"),
            Sample(values(2, 3), dtypes=ALL), Sample(numpy.array(0.5), label="0-d"),
            Sample(numpy.empty((2, 0)), label="empty"), Sample(INTS, label="integers"),
            Sample(BOOLS, legacy=False, label="bools", reference=reference)]


def _logical():
    x, y = numpy.array([0.0, 1.5, -2.0, 0.0]), numpy.array([0.0, 0.0, 1.0, 3.0])
    return [Sample(x, y, wrt=(), order=0, dtypes=ALL, why="jumps at 0", label="zeros"),
            Sample(values(2, 3), values(3), label="row"), Sample(numpy.array(0.5), values(2), label="0-d"),
            Sample(numpy.empty((0, 3)), values(3), label="empty"), Sample(values(3), 0.0, label="array and number"),
            Sample(INTS, INTS[0], label="integers"), Sample(BOOLS, ~BOOLS, legacy=False, label="bools")]


def _bits(reference=None, bools=True):
    samples = [Sample(INTS, SMALL, label="row", reference=reference),
               Sample(INTS, 2, label="number", reference=reference),
               Sample(INTS.astype(numpy.uint8), SMALL.astype(numpy.uint8), label="bytes", reference=reference),
               Sample(numpy.empty((0, 3), numpy.int32), SMALL.astype(numpy.int32), label="empty", reference=reference)]
    return samples + [Sample(BOOLS, ~BOOLS, label="bools", reference=reference)] * bools


_X, _Y = values(2, 3, seed=1), values(2, 3, seed=2)
_C = numpy.array([[1.0, 0.0, 2.0], [0.0, 0.0, numpy.nan]], numpy.float32)

SAMPLES = {
    "isnan": _test(), "isinf": _test(), "isfinite": _test(), "isposinf": _test(), "isneginf": _test(),
    "signbit": _test(lambda x: numpy.zeros(x.shape, bool)),
    "isclose": [Sample(_X, _X * (1 + 1e-6), dtypes=ALL), Sample(_X, _Y, 0.5, atol=0.1, label="tolerances"),
                Sample(SPECIAL, SPECIAL, equal_nan=True, label="nan equal"), Sample(INTS, INTS[0], label="integers")],
    "logical_and": _logical(), "logical_or": _logical(), "logical_xor": _logical(),
    "logical_not": [Sample(SPECIAL, wrt=(), order=0, dtypes=ALL, why="jumps at 0", label="special"),
                    Sample(values(2, 3)), Sample(INTS, label="integers"), Sample(BOOLS, legacy=False, label="bools")],
    "bitwise_and": _bits(), "bitwise_or": _bits(), "bitwise_xor": _bits(),
    "invert": [Sample(INTS), Sample(INTS.astype(numpy.uint8), label="bytes"), Sample(BOOLS, label="bools")],
    "bitwise_left_shift": _bits(numpy.left_shift, bools=False),
    "bitwise_right_shift": _bits(numpy.right_shift, bools=False),
    "gcd": _bits(bools=False), "lcm": _bits(bools=False),
    "where": [Sample(_C, _X, _Y, dtypes=ALL, label="same shape"),
              Sample(_C > 0, _X[0], _Y, label="row"), Sample(_C[0], _X[:, :1], numpy.array(0.5), label="all stretched"),
              Sample(_C, _X, 0.0, label="number", legacy=False), Sample(_C, 1.5, _Y, label="number first"),
              Sample(numpy.array([1, 0, 3]), INTS, INTS[0], label="integers"),
              Sample(numpy.empty((0, 3), bool), _X[0], _Y[0], label="empty")],
    "clip": [Sample(values(2, 3), -1.0, 0.5, dtypes=ALL, label="numbers"),
             Sample(values(2, 3), values(3, low=-1.0, high=-0.5), values(2, 1, low=0.5, high=1.0), label="arrays"),
             Sample(values(2, 3), numpy.array([1.0, 0.9, 0.8]), numpy.array([0.5, 0.6, 1.5]), label="crossed"),
             Sample(numpy.array(3.0), 0, 1, label="0-d"), Sample(numpy.empty((2, 0)), 0, 1, label="empty"),
             Sample(INTS, -1, 3, label="integers"),
             Sample(SPECIAL[:3], -1.0, 1.0, wrt=(), order=0, label="special", why="nan and infinities")],
    "nan_to_num": [Sample(values(2, 3), dtypes=ALL), Sample(INTS, label="integers"),
                   Sample(SPECIAL, True, 1.0, 2.0, 3.0, order=1, label="replaced",
                          why="the test of higher orders adds 0 * x, which is nan"),
                   Sample(SPECIAL, order=0, wrt=(), dtypes=("float64",), label="largest",
                          why="the largest number depends on the dtype")],
}

ERRORS = {
    **{name: [
        BadCall(DtypeError, "not supported", values(2), values(2)),
        BadCall(ShapeError, "broadcast", numpy.array([1, 2]), numpy.array([1, 2, 3])),
    ] for name in ("bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift", "bitwise_right_shift")},
    "gcd": [BadCall(DtypeError, "gcd", values(2), values(2))],
    "lcm": [BadCall(DtypeError, "lcm", values(2), values(2))],
    "invert": [BadCall(DtypeError, "not supported", values(2))],
    **{name: [
        BadCall(ShapeError, "broadcast", values(2), values(3)),
        BadCall(DtypeError, "not supported", values(2), "text"),
    ] for name in ("logical_and", "logical_or", "logical_xor")},
    "where": [
        BadCall(ShapeError, "broadcast", BOOLS, values(2), values(3)),
        BadCall(DtypeError, "not supported", BOOLS, values(3), "text"),
        BadCall(DtypeError, "missing", BOOLS, values(3)),
        BadCall(DtypeError, "one dtype", BOOLS, values(3), numpy.ones(3, numpy.float32), legacy=True),
    ],
    "clip": [
        BadCall(ShapeError, "broadcast", values(2), values(3), 1.0),
        BadCall(DtypeError, "not supported", values(2), None, 1.0),
        BadCall(DtypeError, "missing", values(2)),
    ],
}
