"""Samples of mxlite/_ops/elementwise.py."""

import numpy

from mxlite._errors import DtypeError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
INTS = numpy.array([[3, -2, 5], [1, 7, -4]])
HALVES = numpy.array([-2.5, -1.5, -0.5, -0.0, 0.0, 0.5, 1.5, 2.5, 0.49999997, 4503599627370497.0])
SPECIAL = numpy.array([numpy.nan, numpy.inf, -numpy.inf, 0.0])


def _one(low=-2.0, high=2.0, order=3, integers=None, **kwargs):
    """One operand: 2-d in three dtypes, 0-d, empty, integers."""
    x = values(2, 3, low=low, high=high)
    samples = [
        Sample(x, dtypes=ALL, label="2-d", order=order, **kwargs),
        Sample(numpy.array(0.4 * low + 0.6 * high), label="0-d", **kwargs),
        Sample(numpy.empty((2, 0)), label="empty", **kwargs),
    ]
    if integers is not None:
        samples.append(Sample(integers, legacy=False, label="integers", **kwargs))
    return samples


def _rounding(reference=None):
    return [
        Sample(values(2, 3), dtypes=ALL, label="2-d", reference=reference),
        Sample(numpy.array(1.75), label="0-d", reference=reference),
        Sample(numpy.empty((2, 0)), label="empty", reference=reference),
        Sample(INTS, label="integers", reference=lambda x: x),
    ]


def _at_halves(reference):
    return [Sample(HALVES, reference=reference, wrt=(), dtypes=("float64",), order=0, label="halves",
                   why="float32 has other halves; derivatives jump there")]


def _two(low=-2.0, high=2.0, number_first=True, **kwargs):
    """Two operands: equal shapes, broadcast both ways, 0-d, empty, a number on either side."""
    x, y = values(2, 3, low=low, high=high, seed=1), values(2, 3, low=0.5, seed=2)
    return [
        Sample(x, y, dtypes=ALL, label="same shape", order=3, **kwargs),
        Sample(x, y[0], label="row", **kwargs),
        Sample(x[:, :1], y[0], label="column and row", **kwargs),
        Sample(numpy.array(1.75), y, label="0-d", **kwargs),
        Sample(numpy.empty((0, 3)), y[0], label="empty", **kwargs),
        Sample(x, 1.25, label="array and number", **kwargs),
        *[Sample(2, y, label="number and array", **kwargs)] * number_first,
    ]


def _down(x):
    return numpy.where(x - numpy.floor(x) <= 0.5, numpy.floor(x), numpy.ceil(x))


def _away(x):
    return numpy.sign(x) * numpy.floor(numpy.abs(numpy.where(numpy.abs(x) < 0.5, 0, x)) + 0.5 * (numpy.abs(x) < 2**51))


UNARY = {
    "exp": _one(integers=INTS), "expm1": _one(integers=INTS), "log": _one(0.2, integers=abs(INTS)),
    "log2": _one(0.2, integers=abs(INTS)), "log10": _one(0.2, integers=abs(INTS)), "log1p": _one(-0.8, integers=INTS),
    "square": [*_one(), Sample(INTS, label="integers")],
    "sqrt": _one(0.2, integers=abs(INTS)), "rsqrt": _one(0.3, reference=lambda x: 1 / numpy.sqrt(x)),
    "cbrt": [*_one(0.2), Sample(values(2, 3, low=-3, high=-0.5), label="negative"),
             Sample(INTS, legacy=False, label="integers")],
    "rcbrt": [*_one(0.3, reference=lambda x: 1 / numpy.cbrt(x)),
              Sample(values(2, 3, low=-3, high=-0.5), label="negative", reference=lambda x: 1 / numpy.cbrt(x))],
    "reciprocal": [*_one(0.3), Sample(values(2, 3, low=-3, high=-0.5), label="negative"),
                   Sample(numpy.array([1, -1, 3]), label="integers")],
    "sin": _one(integers=INTS), "cos": _one(integers=INTS), "tan": _one(-1.2, 1.2, integers=INTS),
    "arcsin": _one(-0.8, 0.8), "arccos": _one(-0.8, 0.8), "arctan": _one(integers=INTS),
    "sinh": _one(integers=INTS), "cosh": _one(integers=INTS), "tanh": _one(integers=INTS),
    "arcsinh": _one(integers=INTS), "arccosh": _one(1.3, 4), "arctanh": _one(-0.8, 0.8),
    "degrees": _one(integers=INTS), "radians": _one(integers=INTS),
    "positive": [*_one(), Sample(INTS, label="integers"),
                 Sample(numpy.array([True, False]), label="bools", reference=lambda x: x)],
}

SAMPLES = {
    **UNARY,
    "logaddexp": [*_two(), Sample(INTS, INTS[0], label="integers")],
    "ldexp": [*_two(reference=lambda x, n: x * 2.0**n),
              Sample(INTS, INTS[0], label="integers", reference=lambda x, n: x * 2.0**n)],
    "hypot": [*_two(), Sample(INTS, INTS[0], label="integers", legacy=False)],
    "arctan2": [*_two(), Sample(INTS, INTS[0], label="integers")],
    "copysign": [*_two(), Sample(values(3), values(3, low=-2, high=-1), label="negative signs"),
                 Sample(INTS, -INTS, label="integers")],
    "floor": _rounding(), "ceil": _rounding(), "trunc": _rounding(),
    "rint": [*_rounding(_down), *_at_halves(_down)],
    "round_away": [*_rounding(_away), *_at_halves(_away)],
    "round_ste": [Sample(values(2, 3), reference=_away, wrt=(), order=0, dtypes=ALL,
                         why="its gradient is not that of its values by definition"),
                  *_at_halves(_away)],
    "around": [Sample(values(2, 3), label="whole"), Sample(numpy.array([0.12, -1.37, 2.21]), 1, label="one place"),
               Sample(values(2, 3, low=-90, high=90), decimals=-1, label="tens"), Sample(INTS, label="integers"),
               *_at_halves(numpy.round)],
    "sign": [Sample(values(2, 3), dtypes=ALL), Sample(SPECIAL, order=0, wrt=(), why="nan, infinities and 0"),
             Sample(INTS, label="integers")],
    "sign_ste": [Sample(values(2, 3), reference=numpy.sign, wrt=(), order=0, dtypes=ALL,
                        why="its gradient is not that of its values by definition")],
    "spacing": [Sample(values(2, 3), dtypes=("float64",), why="the result depends on the dtype by definition")],
    "modf": [Sample(values(2, 3)), Sample(numpy.array(-1.25), label="0-d"), Sample(INTS, label="integers"),
             Sample(-1.25, label="number")],
    "frexp": [Sample(values(2, 3)), Sample(numpy.array(-1.25), label="0-d"), Sample(INTS, label="integers"),
             Sample(-1.25, label="number")],
    "maximum": [*_two(number_first=False), Sample(INTS, INTS[0], label="integers"),
                Sample(SPECIAL, numpy.array([1.0, 2.0, 3.0, numpy.nan]), order=0, wrt=(), label="nan", why="nan")],
    "minimum": [*_two(number_first=False), Sample(INTS, INTS[0], label="integers"),
                Sample(SPECIAL, numpy.array([1.0, 2.0, 3.0, numpy.nan]), order=0, wrt=(), label="nan", why="nan")],
    "fmax": [*_two(number_first=False), Sample(INTS, INTS[0], label="integers"),
             Sample(numpy.array([numpy.nan, 1.0]), numpy.array([2.0, numpy.nan]), label="nan", order=1,
                    why="the test of higher orders adds 0 * x, which is nan")],
    "fmin": [*_two(number_first=False), Sample(INTS, INTS[0], label="integers"),
             Sample(numpy.array([numpy.nan, 1.0]), numpy.array([2.0, numpy.nan]), label="nan", order=1,
                    why="the test of higher orders adds 0 * x, which is nan")],
    "fmod": [*_two(), Sample(values(2, 3), values(2, 3, low=-2, high=-0.5), label="negative divisor"),
             Sample(INTS, INTS[0], label="integers")],
    "heaviside": [*_two(), Sample(numpy.array([0.0, 0.0, 1.0]), values(3), wrt="x2", label="at 0"),
                  Sample(INTS, INTS[0], label="integers")],
}

_WRONG = ("logaddexp", "ldexp", "hypot", "arctan2", "copysign", "maximum", "minimum", "fmax", "fmin", "fmod",
          "heaviside")
ERRORS = {
    **{name: [
        BadCall(DtypeError, "not supported", "text"),
        BadCall(DtypeError, "missing"),
        BadCall(DtypeError, "unexpected keyword", values(2), axis=0),
    ] for name in UNARY},
    **{name: [
        BadCall(ShapeError, "broadcast", values(2), values(3)),
        BadCall(DtypeError, "not supported", values(2), "text"),
        BadCall(DtypeError, "missing", values(2)),
    ] for name in _WRONG},
    "around": [BadCall(DtypeError, "around", values(2), "text")],
    "sign": [BadCall(DtypeError, "sign(bool[2])", numpy.array([True, False]))],
}
