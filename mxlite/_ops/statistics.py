"""Averages with weights, order statistics, moments.

Axes are named as in mxlite._ops.reduce.
"""

import numpy

from mxlite import _dtype
from mxlite._errors import ArgumentError, ShapeError
from mxlite._op import op
from mxlite._ops.reduce import (
    axes_of,
    count,
    half_variance_grad,
    listed,
    mean_and_variance,
    merged_last,
    spread,
    stretched,
)


# -- average -----------------------------------------------------------------------------------------------------------
def _aligned(weights, shape, axis):
    """Weights that broadcast against an array of `shape`: 1-d ones lie along the axis."""
    if weights.shape == shape:
        return weights
    if axis is None or isinstance(axis, tuple | list):
        raise ShapeError("average: one axis must be named when the weights do not have the shape of the array")
    (place,) = axes_of(axis, len(shape))
    if weights.shape != (shape[place],):
        raise ShapeError(f"average: weights of shape {weights.shape} do not lie along axis {axis} of shape {shape}")
    return weights.reshape(tuple(n if k == place else 1 for k, n in enumerate(shape)))


def _total(a_shape, weights, axis):
    """The sum of the weights, with the reduced axes kept."""
    axes = axes_of(axis, len(a_shape))
    return numpy.sum(weights, axis=axes, keepdims=True)


def _average_a(g, a_shape, weights, axis, returned):
    g = spread(g[0] if returned else g, a_shape, axis)
    if weights is None:
        return numpy.broadcast_to(g / (count(a_shape, axis) or 1), a_shape)
    weights = _aligned(weights, a_shape, axis)
    return g * (weights / _total(a_shape, weights, axis))


def _average_weights(g, a, weights, y, axis, returned):
    aligned = _aligned(weights, a.shape, axis)
    mean = spread(y[0] if returned else y, a.shape, axis)
    out = spread(g[0] if returned else g, a.shape, axis) * (a - mean) / _total(a.shape, aligned, axis)
    if weights.shape == a.shape:
        return out + spread(g[1], a.shape, axis) if returned else out
    place = axes_of(axis, a.ndim)[0]
    out = numpy.sum(out, axis=tuple(k for k in range(a.ndim) if k != place))
    return out + g[1] if returned else out


@op(np="average", grad={"a": _average_a, "weights": _average_weights})
def average(a, axis=None, weights=None, returned=False, out=None):
    """Mean with weights, which have a's shape or, 1-d, lie along the axis. Integers become float32.

    With `returned` a list of it and the sum of the weights. Raises ShapeError for weights that do not fit.

    >>> np.average(np.array([1.0, 3.0]), weights=np.array([3.0, 1.0]))
    array(1.5)
    """
    dtype = _dtype.inexact(a.dtype if weights is None else numpy.result_type(a, weights))
    axes = axes_of(axis, a.ndim)
    if weights is None:
        n = numpy.asarray(count(a.shape, axis), dtype)
        result, total = numpy.add.reduce(a, axis=axes, dtype=dtype) / n, n
    else:
        weights = numpy.asarray(weights)
        aligned = _aligned(weights, a.shape, axis).astype(dtype, copy=False)
        total = numpy.add.reduce(aligned, axis=axes if aligned.shape == a.shape else None)
        result = numpy.add.reduce(a * aligned, axis=axes, dtype=dtype) / total
    return [numpy.asarray(result, dtype), numpy.asarray(total, dtype)] if returned else numpy.asarray(result, dtype)


# -- moments -----------------------------------------------------------------------------------------------------------
@op(nd="moments", grad={"data": lambda g, data, axes: (
    stretched(g[0], data.shape, axes, True) + 2.0 * half_variance_grad(g[1], data, axes, 0))})
def moments(data, axes=None, keepdims=False, out=None):
    """[mean, variance] over axes, which must be named (ArgumentError). Integers are truncated to their own dtype."""
    if axes is None or (isinstance(axes, tuple | list) and not axes):
        raise ArgumentError("moments: Empty axes is not supported; for global moments pass all axes")
    axes, dtype = axes_of(axes, data.ndim), _dtype.inexact(data.dtype)
    mean, variance = mean_and_variance(data, axes, dtype, 0, keepdims)
    wanted = data.dtype if data.dtype.kind in "iu" else dtype
    return [(mean if keepdims else mean.reshape(variance.shape)).astype(wanted, copy=False),
            variance.astype(wanted, copy=False)]


# -- order statistics --------------------------------------------------------------------------------------------------
_ROUNDING = {
    "linear": lambda at: (numpy.floor(at), numpy.ceil(at), at - numpy.floor(at)),
    "lower": lambda at: (numpy.floor(at), numpy.floor(at), 0.0 * at),
    "higher": lambda at: (numpy.ceil(at), numpy.ceil(at), 0.0 * at),
    "midpoint": lambda at: (numpy.floor(at), numpy.ceil(at), 0.5 * numpy.ones_like(at)),
    "nearest": lambda at: (numpy.rint(at), numpy.rint(at), 0.0 * at),
}


def _shares(rows, q, method):
    """By how much each element of each row counts in each quantile, as (quantiles, rows, elements)."""
    order = numpy.argsort(rows, axis=-1, kind="stable")         # nan comes last and does not count
    valid = numpy.maximum(numpy.count_nonzero(rows == rows, axis=-1), 1)
    low, high, share = _ROUNDING[method](q[:, None] * (valid - 1).reshape(1, -1))
    order = order.reshape(-1, rows.shape[-1])
    out = numpy.zeros((q.size, *order.shape))
    lines = numpy.arange(len(order))
    for k in range(q.size):
        numpy.add.at(out[k], (lines, order[lines, low[k].astype(int)]), 1 - share[k])
        numpy.add.at(out[k], (lines, order[lines, high[k].astype(int)]), share[k])
    return out


def _quantile_grad(g, a, q, axis, method):
    values = numpy.asarray(a)
    if values.size == 0:
        return None
    rows, back = merged_last(values, axes_of(axis, a.ndim))
    q = numpy.asarray(q, numpy.float64)
    shares = _shares(rows, q.reshape(-1), method).astype(g.dtype)
    return back(numpy.sum(g.reshape((q.size, -1, 1)) * shares, axis=0).reshape(rows.shape))


def _method(name, interpolation):
    if interpolation not in _ROUNDING:
        raise ArgumentError(f"{name}: interpolation is one of {', '.join(_ROUNDING)}, not {interpolation!r}")
    return interpolation


def _wide(a):
    """The array in the dtype of an order statistic: float64 stays, everything else becomes float32."""
    return a if a.dtype == numpy.float64 else a.astype(_dtype.DEFAULT, copy=False)


@op(np="median", grad={"a": lambda g, a, axis: _quantile_grad(g, a, 0.5, axis, "linear")})
def median(a, axis=None, out=None, overwrite_input=None, keepdims=False):
    """Middle element over axes, the mean of the two middle ones if their number is even; float32, or float64."""
    return numpy.median(_wide(a), axis=listed(axis), keepdims=keepdims)


@op(np="quantile", grad={"a": lambda g, a, q, axis, interpolation: _quantile_grad(g, a, q, axis, interpolation)})
def quantile(a, q, axis=None, out=None, overwrite_input=None, interpolation="linear", keepdims=False):
    """Elements below which the fractions q lie, over axes; the shape of q leads the result's. float32, or float64.

    `interpolation`: linear, lower, higher, midpoint, nearest. Raises ArgumentError for another or for q outside [0, 1].

    >>> np.quantile(np.array([1.0, 2.0, 4.0, 8.0]), 0.25)
    array(1.75)
    """
    a = _wide(a)
    return numpy.quantile(a, numpy.asarray(q, a.dtype), axis=listed(axis), method=_method("quantile", interpolation),
                          keepdims=keepdims)


def _percentile_grad(g, a, q, axis, interpolation):
    return _quantile_grad(g, a, numpy.asarray(q, numpy.float64) / 100, axis, interpolation)


@op(np="percentile", grad={"a": _percentile_grad})
def percentile(a, q, axis=None, out=None, overwrite_input=None, interpolation="linear", keepdims=False):
    """quantile with q in percent."""
    a = _wide(a)
    return numpy.percentile(a, numpy.asarray(q, a.dtype), axis=listed(axis),
                            method=_method("percentile", interpolation), keepdims=keepdims)


# -- order statistics without nan --------------------------------------------------------------------------------------
def _known(name, a, q, axis, keepdims, interpolation, method):
    """A quantile function of NumPy that leaves out nan, in the dtype of the elements; integers become float64."""
    method = _method(name, method if interpolation is None else interpolation)
    a = a if a.dtype.kind == "f" else a.astype(numpy.float64)
    return numpy.asarray(getattr(numpy, name)(a, numpy.asarray(q, a.dtype), axis=listed(axis), method=method,
                                              keepdims=bool(keepdims)), a.dtype)


@op(np="nanmedian", grad={"a": lambda g, a, axis: _quantile_grad(g, a, 0.5, axis, "linear")})
def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """Median over axes of what is not nan; nan if there is nothing. Integers become float64."""
    a = a if a.dtype.kind == "f" else a.astype(numpy.float64)
    return numpy.asarray(numpy.nanmedian(a, axis=listed(axis), keepdims=bool(keepdims)), a.dtype)


@op(np="nanquantile", grad={"a": lambda g, a, q, axis, method, interpolation: _quantile_grad(
    g, a, q, axis, interpolation or method)})
def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, interpolation=None):
    """quantile of what is not nan, in the dtype of the elements; `interpolation` is the older name of `method`.

    Integers become float64. Raises ArgumentError for another method or for q outside [0, 1].
    """
    return _known("nanquantile", a, q, axis, keepdims, interpolation, method)


@op(np="nanpercentile", grad={"a": lambda g, a, q, axis, method, interpolation: _percentile_grad(
    g, a, q, axis, interpolation or method)})
def nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False,
                  interpolation=None):
    """nanquantile with q in percent."""
    return _known("nanpercentile", a, q, axis, keepdims, interpolation, method)
