"""Samples of mxlite/_ops/outputs.py. Gradients are not derivatives of the values: see tests/test_sequence.py."""

import numpy

from mxlite._errors import ArgumentError, ShapeError
from samples import BadCall, Sample, values

_ODD = {"order": 0, "why": "the gradient is that of a loss, not of the value"}
X, X3 = values(2, 3), values(2, 3, 2)
LABEL, LABEL3 = numpy.array([2.0, 0.0], numpy.float32), numpy.array([[0, 1], [2, 1]], numpy.float32)
ALL = ("float64", "float32", "float16")


def _softmax(axis, shape=None):
    def reference(x, label, **kwargs):
        e = numpy.exp(x.reshape(shape or x.shape))
        return (e / e.sum(axis, keepdims=True)).reshape(x.shape)
    return reference


SAMPLES = {
    "softmax_output": [
        Sample(X, LABEL, dtypes=ALL, label="classes", reference=_softmax(1), **_ODD),
        Sample(X, values(2, 3, seed=1), wrt="data", label="probabilities", reference=_softmax(1), **_ODD),
        Sample(X, LABEL, use_ignore=True, ignore_label=0, normalization="valid", out_grad=True, smooth_alpha=0.25,
               label="options", reference=_softmax(1), **_ODD),
        Sample(X3, LABEL3, multi_output=True, label="multi_output", reference=_softmax(1), **_ODD),
        Sample(X3, numpy.zeros((2, 3), int), preserve_shape=True, label="last axis", reference=_softmax(2), **_ODD),
        Sample(X3, LABEL, label="flattened", reference=_softmax(1, (2, 6)), **_ODD),
        Sample(1000 * X, LABEL, label="far apart",
               reference=lambda x, label: numpy.where(x == x.max(1, keepdims=True), 1.0, 0.0), **_ODD),
        Sample(values(0, 3), LABEL[:0], label="empty", reference=lambda x, label: x, **_ODD),
    ],
    "linear_regression_output": [Sample(X, X + 1, grad_scale=2.0, dtypes=ALL, **_ODD)],
    "mae_regression_output": [Sample(X, X + 1, grad_scale=2.0, dtypes=ALL, **_ODD)],
    "logistic_regression_output": [
        Sample(X, X + 1, dtypes=ALL, reference=lambda x, label: 1 / (1 + numpy.exp(-x)), **_ODD),
        Sample(values(3), values(3, 1), label="column", reference=lambda x, label: 1 / (1 + numpy.exp(-x)), **_ODD),
    ],
}

_BAD = [BadCall(ShapeError, "as many elements", X, values(2))]
ERRORS = {
    "softmax_output": [
        BadCall(ArgumentError, "'null', 'batch', 'valid'", X, LABEL, normalization="x"),
        BadCall(ShapeError, "one number per softmax", X, numpy.zeros(3)),
        BadCall(ShapeError, "one number per softmax", values(3), numpy.zeros(1)),
    ],
    "linear_regression_output": _BAD, "logistic_regression_output": _BAD, "mae_regression_output": _BAD,
}
