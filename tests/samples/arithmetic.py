"""Samples of mxlite/_ops/arithmetic.py."""

import numpy

from mxlite._errors import DtypeError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
INTS = numpy.array([[3, -2, 5], [1, 7, -4]])


def _pairs(**kwargs):
    """Two operands: equal shapes, broadcast both ways, 0-d, empty, a number on either side."""
    x, y = values(2, 3, seed=1), values(2, 3, low=0.5, seed=2)
    return [
        Sample(x, y, dtypes=ALL, label="same shape", **kwargs),
        Sample(x, y[0], label="row", **kwargs),
        Sample(x[:, :1], y[0], label="column and row", **kwargs),
        Sample(values(4, 1, 3, seed=3), y, label="three axes", **kwargs),
        Sample(numpy.array(1.75), y, label="0-d", **kwargs),
        Sample(numpy.empty((0, 3)), y[0], label="empty", **kwargs),
        Sample(x, 1.5, label="array and number", **kwargs),
        Sample(2, y, label="number and array", **kwargs),
    ]


def _positive(**kwargs):
    x, y = values(2, 3, low=0.3, seed=1), values(2, 3, seed=2)
    return [
        Sample(x, y, dtypes=ALL, label="same shape", **kwargs),
        Sample(x, y[0], label="row", **kwargs),
        Sample(x[:, :1], y[0], label="column and row", **kwargs),
        Sample(x, numpy.array(0.7), label="0-d exponent", **kwargs),
        Sample(numpy.empty((0, 3)), y[0], label="empty", **kwargs),
        Sample(x, 3, label="array and number", order=3, **kwargs),
        Sample(values(2, 3), 2, label="square of negatives", **kwargs),
        Sample(1.5, y, label="number and array", **kwargs),
    ]


SAMPLES = {
    "add": [*_pairs(), Sample(INTS, INTS[0], label="integers")],
    "subtract": [*_pairs(), Sample(INTS, INTS[0], label="integers")],
    "multiply": [*_pairs(), Sample(INTS, INTS[0], label="integers")],
    "true_divide": [*_pairs(), Sample(values(2, 3), values(2, 3, low=-2, high=-0.5), label="negative divisor"),
                    Sample(INTS, INTS[0], label="integers", legacy=False)],
    "floor_divide": [*_pairs(), Sample(INTS, INTS[0], label="integers")],
    "remainder": [*_pairs(), Sample(values(2, 3), values(2, 3, low=-2, high=-0.5), label="negative divisor"),
                  Sample(INTS, INTS[0], label="integers")],
    "power": [*_positive(),
              Sample(INTS, numpy.array([2, 3, 0]), label="integers"),
              Sample(numpy.array([1, -1, 2, -1]), numpy.array([-1, -3, -2, -2]), label="negative integer powers",
                     reference=lambda x, y: numpy.array([1, -1, 0, 1]))],
    "negative": [Sample(values(2, 3), dtypes=ALL), Sample(numpy.array(0.5), label="0-d"),
                 Sample(numpy.empty((2, 0)), label="empty"), Sample(INTS, label="integers")],
    "absolute": [Sample(values(2, 3), dtypes=ALL), Sample(numpy.array(-0.5), label="0-d"),
                 Sample(numpy.empty((2, 0)), label="empty"), Sample(INTS, label="integers")],
}

_TWO = ("add", "subtract", "multiply", "true_divide", "floor_divide", "remainder", "power")
ERRORS = {
    **{name: [
        BadCall(ShapeError, "broadcast", values(2), values(3)),
        BadCall(ShapeError, f"{name}(float64[2, 3], float64[2])", values(2, 3), values(2)),
        BadCall(DtypeError, "not supported", values(2), "text"),
        BadCall(DtypeError, "one dtype", values(2), numpy.ones(2, numpy.float32), legacy=True),
        BadCall(DtypeError, "missing", values(2)),
        BadCall(DtypeError, "takes 2 arguments", values(2), values(2), None, None),
        BadCall(DtypeError, "unexpected keyword", values(2), values(2), colour=3),
        BadCall(DtypeError, "two values", values(2), values(2), x1=values(2)),
    ] for name in _TWO},
    **{name: [
        BadCall(DtypeError, "not supported", "text"),
        BadCall(DtypeError, "missing"),
        BadCall(DtypeError, "unexpected keyword", values(2), axis=0),
    ] for name in ("negative", "absolute")},
}
