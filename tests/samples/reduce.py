"""Samples of mxlite/_ops/reduce.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError, DtypeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
X, X3 = values(2, 3), values(2, 3, 2, seed=3)
INTS = numpy.array([[3, -2, 5], [1, 7, -4]], numpy.int32)
BYTES = numpy.array([[200, 100, 7], [1, 0, 30]], numpy.uint8)
BOOLS = numpy.array([[True, False, True], [True, True, True]])
ZEROS = numpy.array([[1.5, 0.0, 2.0], [0.0, 0.0, -1.5]])


def _over_axes(function, zero_d=True, empty=True, order=3, **kwargs):
    """Axes of every form, 0-d and empty arrays; `function` is NumPy's."""
    samples = [
        Sample(X, dtypes=ALL, order=order, label="all", **kwargs),
        Sample(X, axis=0, order=order, label="axis", **kwargs),
        Sample(X, axis=-1, keepdims=True, label="last, kept", **kwargs),
        Sample(X3, axis=(0, 2), label="two axes", **kwargs),
        Sample(X3, axis=(-1, 0), keepdims=True, label="two axes, kept", **kwargs),
        Sample(X, axis=[1], label="list", reference=lambda x, axis: function(x, axis=tuple(axis)), **kwargs),
        Sample(values(0, 3), axis=1, label="empty", **kwargs),
    ]
    if zero_d:
        samples.append(Sample(numpy.array(1.5), label="0-d", **kwargs))
    if empty:
        samples.append(Sample(values(0, 3), axis=0, label="empty axis", **kwargs))
    return samples


def _kept_dtype(function):
    """Integer sums and products stay in their dtype and wrap; bools count as int64."""
    return [Sample(x, label=f"of {x.dtype}", legacy=x.dtype != bool,
                   reference=lambda x: function(x, dtype=numpy.int64 if x.dtype == bool else x.dtype))
            for x in (INTS, BYTES, BOOLS)]


def _asked(function):
    return [
        Sample(X, dtype="float64", label="dtype", legacy=False),
        Sample(X, dtype="int32", legacy=False, order=0, label="truncated", why="the result is an integer",
               reference=lambda x, dtype: function(x).astype(dtype)),
        Sample(INTS, dtype="float32", legacy=False, label="integers as floats"),
    ]


def _cumulative(function, wide=False):
    """`wide`: integers are taken together in int64."""
    return [
        Sample(X, dtypes=ALL, order=3, label="flat"), Sample(X, axis=0, order=3, label="axis"),
        Sample(X3, axis=-2, label="middle axis"), Sample(ZEROS, axis=1, label="zeros"),
        Sample(numpy.array(1.5), label="0-d"), Sample(values(0, 3), axis=1, label="empty"),
        Sample(X, axis=1, dtype="float64", label="dtype"),
        Sample(INTS, axis=1, label="integers",
               reference=lambda x, axis: function(x, axis=axis, dtype=numpy.int64 if wide else x.dtype)),
        Sample(BYTES, label="bytes", reference=lambda x: function(x, dtype=numpy.int64 if wide else x.dtype)),
        Sample(BOOLS, label="bools", reference=lambda x: function(x, dtype=numpy.int64)),
    ]


def _places():
    return [Sample(X, label="flat"), Sample(X, axis=0, label="axis"), Sample(X, axis=-1, keepdims=True, label="kept"),
            Sample(numpy.array([2.0, 1.0, 2.0, 1.0]), label="first of ties"), Sample(INTS, axis=1, label="integers"),
            Sample(numpy.array(1.5), label="0-d")]


def _truths():
    return [Sample(numpy.array([[1.0, 0.0], [2.0, 3.0]]), label="flat"), Sample(BOOLS, axis=1, label="bools"),
            Sample(INTS, axis=(0, 1), keepdims=True, label="kept"), Sample(values(0, 3), axis=0, label="empty axis"),
            Sample(numpy.array(0.0), label="0-d")]


def _spread_of(x, **kwargs):
    return numpy.max(x, **kwargs) - numpy.min(x, **kwargs)


def _recurrence(term, factor, step):
    out = numpy.zeros_like(term)
    for k in range(term.shape[-1])[::step]:
        before = out[..., k - step] if 0 <= k - step < term.shape[-1] else 0
        out[..., k] = term[..., k] + factor[..., k] * before
    return out


def _stretched(x, shape, axis, mean=False):
    """The gradient of a sum or a mean, written with NumPy."""
    axes = axis if isinstance(axis, tuple) else tuple(range(len(shape))) if axis is None else (axis,)
    axes = tuple(k % len(shape) for k in axes)
    x = x.reshape([1 if k in axes else n for k, n in enumerate(shape)])
    return numpy.broadcast_to(x, shape) / (numpy.prod([shape[k] for k in axes]) if mean else 1)


SAMPLES = {
    "stretched": [
        Sample(values(2), (2, 3), 1, order=3, label="dropped axis", reference=_stretched),
        Sample(values(2, 1), (2, 3), -1, True, order=3, label="kept axis, mean", reference=_stretched),
        Sample(values(3), (2, 3, 2), (0, 2), True, label="two axes, mean", reference=_stretched),
        Sample(numpy.array(1.5), (2, 3), None, label="all axes", reference=_stretched),
    ],
    "sum": [*_over_axes(numpy.sum), *_kept_dtype(numpy.sum), *_asked(numpy.sum),
            Sample(X, axis=1, initial=2.5, label="initial")],
    "mean": [*_over_axes(numpy.mean, empty=False), *_asked(numpy.mean)[:2],
             Sample(values(0, 3), axis=0, label="empty axis", order=0, why="nan has no derivative",
                    reference=lambda x, axis: numpy.full(3, numpy.nan)),
             Sample(INTS, legacy=False, label="integers"),
             Sample(BYTES, legacy=False, label="bytes"),
             Sample(BOOLS, legacy=False, label="bools")],
    "var": [*_over_axes(numpy.var, empty=False), Sample(X, axis=1, ddof=1, label="ddof"),
            Sample(X, axis=0, dtype="float64", label="dtype"), Sample(INTS, axis=1, label="integers")],
    "std": [*_over_axes(numpy.std, zero_d=False, empty=False), Sample(X, axis=1, ddof=1, label="ddof"),
            Sample(X, axis=0, dtype="float64", label="dtype"), Sample(INTS, axis=1, label="integers")],
    "max": [*_over_axes(numpy.max, empty=False), Sample(INTS, axis=1, label="integers"), Sample(BOOLS, label="bools"),
            Sample(numpy.array([[1.0, numpy.nan], [2.0, 3.0]]), axis=0, label="nan", order=0, why="nan has none")],
    "min": [*_over_axes(numpy.min, empty=False), Sample(INTS, axis=1, label="integers"), Sample(BOOLS, label="bools"),
            Sample(numpy.array([[1.0, numpy.nan], [2.0, 3.0]]), axis=0, label="nan", order=0, why="nan has none")],
    "ptp": [*_over_axes(_spread_of, empty=False), Sample(INTS, axis=1, label="integers")],
    "argmax": _places(),
    "argmin": _places(),
    "all": _truths(),
    "any": _truths(),
    "count_nonzero": _truths(),
    "shift": [
        Sample(X, 1, 0.5, label="forward", reference=lambda x, step, fill: numpy.insert(x, 0, fill, -1)[..., :-1]),
        Sample(X, -1, 0, label="back", reference=lambda x, step, fill: numpy.insert(x, x.shape[-1], fill, -1)[..., 1:]),
        Sample(values(2, 0), 1, 0, label="empty", reference=lambda x, step, fill: x),
    ],
    "recurrence": [
        Sample(X, values(2, 3, seed=1), 1, order=3, label="forward", reference=_recurrence),
        Sample(X, ZEROS, -1, order=3, label="back, zeros", reference=_recurrence),
        Sample(values(2, 0), values(2, 0), 1, label="empty", reference=_recurrence),
    ],
    "running_product": [
        Sample(X, 1, order=3, label="forward", reference=lambda x, step: numpy.cumprod(x, -1)),
        Sample(ZEROS, -1, order=3, label="back, zeros",
               reference=lambda x, step: numpy.cumprod(x[..., ::-1], -1)[..., ::-1]),
    ],
    "prod": [*_over_axes(numpy.prod), *_kept_dtype(numpy.prod), *_asked(numpy.prod),
             Sample(ZEROS, order=3, label="zeros"), Sample(ZEROS, axis=0, order=3, label="zeros in columns"),
             Sample(ZEROS, axis=1, label="zeros in rows")],
    "cumprod": _cumulative(numpy.cumprod, wide=True),
    "sum_from": [Sample(X, 1, label="axis", reference=lambda x, axis: numpy.cumsum(x[:, ::-1], 1)[:, ::-1]),
                 Sample(X3, 0, label="first axis", reference=lambda x, axis: numpy.cumsum(x[::-1], 0)[::-1]),
                 Sample(values(0, 3), 1, label="empty", reference=lambda x, axis: x)],
    "cumsum": _cumulative(numpy.cumsum),
}

_AXIS = BadCall(AxisError, "out of bounds", X, axis=2)
_TWICE = BadCall(ArgumentError, "uplicate", X, axis=(0, 0))
_TEXT = BadCall(DtypeError, "unexpected keyword", X, colour=3)
_NOTHING = BadCall(ArgumentError, "zero-size", values(0, 3), axis=0)
ERRORS = {
    **{name: [_AXIS, _TWICE, _TEXT] for name in ("sum", "mean", "prod", "var", "std")},
    **{name: [_AXIS, _TWICE, _TEXT, _NOTHING] for name in ("max", "min", "ptp")},
    **{name: [_AXIS, _TEXT, BadCall(ArgumentError, "empty sequence", values(0))] for name in ("argmax", "argmin")},
    **{name: [_AXIS, _TEXT] for name in ("all", "any", "cumsum", "cumprod", "count_nonzero")},
}
