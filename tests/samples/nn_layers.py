"""Samples of mxlite/_ops/layers.py and normalization.py."""

import numpy

from mxlite._errors import ArgumentError, DtypeError, ShapeError
from samples import BadCall, Sample, values

X, W, B = values(3, 2, 2), values(2, 4, seed=1), values(2, seed=2)


def _connected(x, w, bias=None, num_hidden=None, no_bias=False, flatten=True):
    y = (x.reshape(x.shape[0], w.shape[1]) if flatten else x) @ w.T
    return y if bias is None else y + bias


def _unchanged(cotangent):
    return cotangent


def _standardized(x, axes, eps):
    inverse = 1 / numpy.sqrt(x.var(axes, keepdims=True) + eps)
    mean = x.mean(axes, keepdims=True)
    return (x - mean) * inverse, mean, inverse


def _standardized_pulled(g, g_mean, g_inverse, y, inverse, axes):
    n = y.size // inverse.size
    slope = (g * y).mean(axes, keepdims=True) + g_inverse * inverse / n
    return inverse * (g - g.mean(axes, keepdims=True) - y * slope) + g_mean / n


def _pulled_sample(shape, kept, axes, **options):
    return Sample(values(*shape), values(*kept, seed=1), values(*kept, seed=2), values(*shape, seed=3),
                  values(*kept, seed=4), axes, reference=_standardized_pulled, **options)


SAMPLES = {
    "fully_connected": [
        Sample(X, W, B, num_hidden=2, order=3, reference=_connected, label="flatten",
               dtypes=("float64", "float32", "float16")),
        Sample(X, W, num_hidden=2, no_bias=True, reference=_connected, label="no bias"),
        Sample(X, values(2, 2, seed=1), B, num_hidden=2, flatten=False, reference=_connected, label="last axis"),
        Sample(values(4), W, B, num_hidden=2, flatten=False, reference=_connected, label="1-d"),
        Sample(values(0, 4), W, B, num_hidden=2, reference=_connected, label="empty"),
    ],
    "standardized": [
        Sample(values(3, 4), (0,), 0.1, reference=_standardized, label="axis"),
        Sample(values(2, 2, 3), (0, 2), 1e-3, reference=_standardized, label="axes", order=3),
        Sample(values(0, 2), (1,), 1e-3, reference=_standardized, label="empty"),
        Sample(values(2, 21), (1,), 0.1, reference=_standardized, label="long rows", order=3),
        Sample(values(2, 3, 17), (0, 2), 0.1, reference=_standardized, label="long planes"),
        Sample(values(2, 2, 3, 6), (2, 3), 0.1, reference=_standardized, label="two axes of groups"),
    ],
    "standardized_pulled": [
        _pulled_sample((3, 2), (1, 2), (0,), label="axis", order=2),
        _pulled_sample((2, 2, 3), (1, 2, 1), (0, 2), label="axes"),
        _pulled_sample((2, 19), (2, 1), (1,), label="long rows", order=2),
        _pulled_sample((2, 2, 17), (1, 2, 1), (0, 2), label="long planes"),
    ],
    "observed": [Sample(values(2, 3), _unchanged, order=2, label="cotangent", reference=lambda x, note: x)],
    "scaled": [
        Sample(values(2, 3), values(3, seed=1), values(2, 1, seed=2), order=3, label="broadcast",
               reference=lambda x, gamma, beta: x * gamma + beta),
        Sample(values(2, 3), values(2, 3, seed=1), values(2, 3, seed=2), label="one shape",
               reference=lambda x, gamma, beta: x * gamma + beta),
    ],
}

ERRORS = {
    "fully_connected": [
        BadCall(ArgumentError, "num_hidden", X, W, B),
        BadCall(ArgumentError, "expects 3 inputs", X, W, num_hidden=2),
        BadCall(ArgumentError, "expects 2 inputs", X, W, B, num_hidden=2, no_bias=True),
        BadCall(ShapeError, "weight should have", X, W, B, num_hidden=3),
        BadCall(ShapeError, "bias should have", X, W, values(3), num_hidden=2),
        BadCall(ShapeError, "one axis", numpy.array(1.0), W, B, num_hidden=2),
        BadCall(DtypeError, "one dtype", X, W.astype("float32"), B, num_hidden=2),
        BadCall(DtypeError, "floating point", X.astype(int), W.astype(int), B.astype(int), num_hidden=2),
    ],
    "standardized": [BadCall(DtypeError, "floating point", numpy.array([[1, 2]]), (1,), 0.1)],
}
