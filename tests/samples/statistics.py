"""Samples of mxlite/_ops/statistics.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError, DtypeError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32")
X, X3, WEIGHTS = values(2, 3), values(2, 3, 2, seed=3), values(2, 3, low=0.5, seed=8)
INTS = numpy.array([[3, -2, 5], [1, 7, -4]], numpy.int32)


def _average(a, axis=None, weights=None, returned=True):
    mean, total = numpy.average(a, axis=axis, weights=weights, returned=True)
    if numpy.ndim(weights) < 2:
        total = a.size / mean.size if weights is None else numpy.sum(weights)
    return [mean, total]


def _moments(x, axes, keepdims=False):
    axes = tuple(axes)
    return [x.mean(axes, keepdims=keepdims), x.var(axes, keepdims=keepdims)]


def _fractions(function):
    def reference(a, q, axis=None, interpolation="linear", keepdims=False):
        return function(a, q, axis=axis, method=interpolation, keepdims=keepdims)
    return reference


def _quantiles(function, scale):
    call = _fractions(function)
    return [
        *(Sample(X3, 0.37 * scale, axis=0, interpolation=name, label=name, reference=call)
          for name in ("linear", "lower", "higher", "midpoint", "nearest")),
        Sample(X3, 0.3 * scale, label="all", order=3, reference=call),
        Sample(X3, [0.1 * scale, 0.72 * scale], axis=(0, 1), keepdims=True, label="several, kept", reference=call),
        Sample(X, [[0.0, 1.0 * scale]], axis=-1, label="ends", reference=call),
        Sample(X, numpy.array([0.25, 0.5]) * scale, axis=1, label="array", reference=call),
        Sample(INTS, 0.5 * scale, label="integers", reference=call),
    ]


SAMPLES = {
    "average": [
        Sample(X, label="plain", order=3), Sample(X, axis=1, label="axis"),
        Sample(X, weights=WEIGHTS, order=3, label="weights"),
        Sample(X, axis=-1, weights=WEIGHTS[0], label="weights along the axis"),
        Sample(X, axis=(0, 1), weights=WEIGHTS, label="axes"),
        Sample(X, axis=1, returned=True, label="returned", reference=_average),
        Sample(X, axis=0, weights=WEIGHTS[:, 0].copy(), returned=True, order=3, label="weights returned",
               reference=_average),
        Sample(X, axis=0, weights=WEIGHTS, returned=True, label="all weights returned", reference=_average),
        Sample(INTS, axis=0, label="integers", tolerance=1e-6, why="integers give float32"),
    ],
    "moments": [Sample(X, axes=[0], order=3, label="axis", reference=_moments),
                Sample(X3, (0, 2), True, label="kept", reference=_moments)],
    "median": [Sample(X, label="all", order=3), Sample(X, axis=1, keepdims=True, label="odd, kept"),
               Sample(X3, axis=(0, 2), label="two axes"), Sample(INTS, label="integers"),
               Sample(X, axis=[0], label="list", reference=lambda x, axis: numpy.median(x, axis=tuple(axis)))],
    "quantile": _quantiles(numpy.quantile, 1),
    "percentile": _quantiles(numpy.percentile, 100),
}

_AXIS = BadCall(AxisError, "out of bounds", X, axis=2)
ERRORS = {
    "average": [
        _AXIS, BadCall(ShapeError, "do not lie along axis", X, axis=0, weights=WEIGHTS[0]),
        BadCall(ShapeError, "one axis must be named", X, weights=WEIGHTS[0]),
    ],
    "moments": [BadCall(ArgumentError, "empty axes", X), BadCall(AxisError, "out of bounds", X, axes=[2])],
    "median": [_AXIS, BadCall(DtypeError, "unexpected keyword", X, colour=3)],
    "quantile": [BadCall(ArgumentError, "one of linear", X, 0.5, interpolation="cubic"),
                 BadCall(ArgumentError, "range", X, 1.5), BadCall(AxisError, "out of bounds", X, 0.5, axis=2)],
    "percentile": [BadCall(ArgumentError, "one of linear", X, 50, interpolation="cubic"),
                   BadCall(ArgumentError, "range", X, 150)],
}
