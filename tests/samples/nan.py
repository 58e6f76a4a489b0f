"""Samples of mxlite/_ops/nan.py, and of the order statistics without nan of statistics.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError
from samples import BadCall, Sample, values

X, X3 = values(2, 3), values(2, 3, 2, seed=3)
HOLES = values(3, 4, seed=1)
HOLES[0, 1] = HOLES[2, 2] = HOLES[2, 0] = numpy.nan
LINE = numpy.array([0.5, numpy.nan, 2.0, -1.0])
INTEGERS = numpy.array([[1, 2, 4], [3, 0, 7]])
EMPTY_ROW = numpy.array([[numpy.nan, numpy.nan], [1.0, 2.0]])
QUARTERS = numpy.array([25, 75])
ABOVE = HOLES > -1.0
ONCE = {"order": 1, "why": "the check of higher orders multiplies inputs by 0: see tests/test_gradients_level3.py"}


def _once(*args, **options):
    """A sample with nan among its elements."""
    return Sample(*args, **ONCE, **options)


def _masked(function):
    """A variance of NumPy, `where` included (NumPy's knows it too; None stands for all)."""
    def reference(a, where=None, **kwargs):
        return function(a, **kwargs, **({} if where is None else {"where": where}))
    return reference


def _rounded(function):
    """A quantile of NumPy by the older name of its rounding."""
    def reference(a, q, axis=None, keepdims=False, interpolation="linear", method="linear"):
        return function(a, q, axis=axis, keepdims=keepdims, method=method if interpolation is None else interpolation)
    return reference


def _places():
    return [Sample(X, label="all"), _once(HOLES, 1, label="rows"), _once(HOLES, axis=0, keepdims=True, label="kept"),
            Sample(INTEGERS, axis=-1, label="integers")]


def _spreads(function):
    reference = {"reference": _masked(function)}
    return [
        Sample(X, label="all"), _once(HOLES, 1, label="rows"), _once(HOLES, axis=0, keepdims=True, label="kept"),
        Sample(X3, (0, -1), label="axes"), _once(LINE, ddof=1, label="ddof"), Sample(INTEGERS, 0, label="integers"),
        _once(HOLES, where=ABOVE, axis=1, label="where", **reference), _once(HOLES, dtype="float64", label="dtype"),
        Sample(values(4), dtypes=("float64", "float32", "float16"), label="half"),
        Sample(numpy.array([1.0, numpy.nan]), ddof=1, label="nothing left", order=0, why="the value is nan",
               reference=lambda a, ddof: numpy.float64(numpy.nan)),
    ]


def _quantiles(function, scale):
    reference = {"reference": _rounded(function)}
    return [
        Sample(X, 0.3 * scale, label="all"), _once(HOLES, 0.3 * scale, 1, label="rows"),
        _once(HOLES, QUARTERS / 100 * scale if scale == 1 else QUARTERS, axis=0, wrt="a", label="several"),
        _once(HOLES, 0.6 * scale, axis=(0, 1), keepdims=True, label="kept"),
        *(_once(HOLES, 0.4 * scale, axis=1, method=m, label=m) for m in ("lower", "higher", "midpoint", "nearest")),
        _once(HOLES, 0.4 * scale, axis=1, interpolation="lower", label="older name", **reference),
        Sample(INTEGERS, 0.5 * scale, label="integers"),
    ]


def _extremes(function):
    masked = {"where": ABOVE, "axis": 1}
    return [
        Sample(X, label="all"), Sample(X, 1, keepdims=True, label="rows"), Sample(X, (0, -1), label="axes"),
        _once(HOLES, axis=0, label="nan"), Sample(INTEGERS[0], label="integers"),
        Sample(X, axis=1, initial=0.4, label="initial"), Sample(INTEGERS, axis=1, initial=3, label="integers, initial"),
        _once(HOLES, **masked, initial=0.25, label="where", reference=lambda a, axis, where, initial: function(
            a, axis, where=where, initial=initial)),
    ]


def _totals():
    return [Sample(X, label="all", order=3), Sample(X, axis=1, keepdims=True, label="kept"),
            Sample(X3, axis=(0, 2), label="two axes"), _once(HOLES, axis=0, label="nan"),
            Sample(INTEGERS, axis=0, label="integers"), Sample(values(0, 2), axis=0, label="empty"),
            Sample(X, axis=0, initial=2.0, where=X > -1, label="initial, where")]


SAMPLES = {
    "filled": [Sample(X, 1.0, label="nothing", reference=lambda x, value: x),
               _once(HOLES, 1.0, label="nan", reference=lambda x, value: numpy.nan_to_num(x, nan=value))],
    "nansum": _totals(), "nanprod": _totals(),
    "nanmax": _extremes(numpy.nanmax), "nanmin": _extremes(numpy.nanmin),
    "nanargmax": _places(), "nanargmin": _places(),
    "nanvar": _spreads(numpy.nanvar), "nanstd": _spreads(numpy.nanstd),
    "nanmedian": [
        Sample(X, label="all"), _once(HOLES, 1, label="rows"), _once(HOLES, axis=0, keepdims=True, label="kept"),
        Sample(X3, (0, -1), label="axes"), _once(LINE, label="vector"), Sample(INTEGERS, 0, label="integers"),
    ],
    "nanquantile": _quantiles(numpy.nanquantile, 1), "nanpercentile": _quantiles(numpy.nanpercentile, 100),
}
ERRORS = {
    "nansum": [BadCall(AxisError, "out of bounds", X, 3)], "nanprod": [BadCall(AxisError, "out of bounds", X, 3)],
    "nanmax": [BadCall(AxisError, "out of bounds", X, 3), BadCall(ArgumentError, "specify 'initial'", X, where=X > 0)],
    "nanargmax": [BadCall(ArgumentError, "All-NaN", EMPTY_ROW, 1), BadCall(AxisError, "out of bounds", X, 3)],
    "nanargmin": [BadCall(ArgumentError, "All-NaN", EMPTY_ROW, 1)],
    "nanvar": [BadCall(AxisError, "out of bounds", X, 3)],
    "nanmedian": [BadCall(AxisError, "out of bounds", X, 3)],
    "nanquantile": [BadCall(ArgumentError, "interpolation is one of", X, 0.5, method="cubic"),
                    BadCall(ArgumentError, "range", X, 1.5)],
    "nanpercentile": [BadCall(ArgumentError, "range", X, 150)],
}
