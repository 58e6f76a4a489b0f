"""Samples of mxlite/_ops/bags.py, displaced.py, columns.py and svm.py."""

import itertools

import numpy

from mxlite._errors import ArgumentError, DtypeError, ShapeError
from samples import BadCall, Sample, values

HALVES = {"dtypes": ("float64", "float32", "float16")}
INDEX = numpy.array([[0, 2, -1], [3, 3, 1], [-1, -1, -1], [1, 0, 3]])
STARTS = ((0, 0), (0, 2), (1, 1))
EMPTY = numpy.zeros((0, 3), int)


# -- bags --------------------------------------------------------------------------------------------------------------
def _members(index):
    return [(b, k, row) for (b, k), row in numpy.ndenumerate(index) if row >= 0]


def _sums(x, weight, index):
    out = numpy.zeros((len(index), x.shape[1]))
    for b, k, row in _members(index):
        out[b] += weight[b, k] * x[row]
    return out


def _spread(h, weight, index, rows):
    out = numpy.zeros((rows, h.shape[1]))
    for b, k, row in _members(index):
        out[row] += weight[b, k] * h[b]
    return out


def _products(h, x, index):
    out = numpy.zeros(index.shape)
    for b, k, row in _members(index):
        out[b, k] = h[b] @ x[row]
    return out


# -- displaced images --------------------------------------------------------------------------------------------------
def _windows(b, shape, starts):
    return [b[:, :, y:y + shape[2], x:x + shape[3]] for y, x in starts]


def _displaced(function):
    def reference(a, b, starts):
        return numpy.stack([function(a, w).sum(1) for w in _windows(b, a.shape, starts)], axis=1)
    return reference


def _displaced_sum(h, b, starts):
    shape = (*b.shape[:2], *h.shape[2:])
    return sum(h[:, d:d + 1] * w for d, w in enumerate(_windows(b, shape, starts)))


def _displaced_spread(h, a, starts, shape):
    out = numpy.zeros(shape)
    for d, w in enumerate(_windows(out, a.shape, starts)):
        w += h[:, d:d + 1] * a
    return out


# -- columns -----------------------------------------------------------------------------------------------------------
def _entries(window, places):
    """(the number of a row, the number of a column, the place in the padded image), for one channel."""
    kernel, stride, dilate = window
    for (i, k), (j, p) in itertools.product(enumerate(numpy.ndindex(*kernel)), enumerate(numpy.ndindex(*places))):
        yield i, j, tuple(s * q + d * r for s, q, d, r in zip(stride, p, dilate, k, strict=True))


def _places(space, *window):
    return [(m - d * (k - 1) - 1) // s + 1 for m, k, s, d in zip(space, *window, strict=True)]


def _columns(x, kernel, stride=None, dilate=None, pad=None):
    n = len(kernel)
    stride, dilate, pad = stride or (1,) * n, dilate or (1,) * n, pad or (0,) * n
    padded = numpy.pad(x, [(0, 0), (0, 0), *[(p, p) for p in pad]])
    places = _places(padded.shape[2:], kernel, stride, dilate)
    area = int(numpy.prod(kernel))
    out = numpy.zeros((*x.shape[:2], area, int(numpy.prod(places))))
    for i, j, at in _entries((kernel, stride, dilate), places):
        out[:, :, i, j] = padded[(slice(None), slice(None), *at)]
    return out.reshape(len(x), x.shape[1] * area, out.shape[3])


def _images(columns, output_size, kernel, stride=None, dilate=None, pad=None):
    n = len(kernel)
    stride, dilate, pad = stride or (1,) * n, dilate or (1,) * n, pad or (0,) * n
    space = [m + 2 * p for m, p in zip(output_size, pad, strict=True)]
    places = _places(space, kernel, stride, dilate)
    parts = columns.reshape(len(columns), -1, int(numpy.prod(kernel)), columns.shape[2])
    out = numpy.zeros((*parts.shape[:2], *space))
    for i, j, at in _entries((kernel, stride, dilate), places):
        out[(slice(None), slice(None), *at)] += parts[:, :, i, j]
    return out[(slice(None), slice(None), *[slice(p, p + m) for p, m in zip(pad, output_size, strict=True)])]


X, SCORES = values(2, 2, 3, 4), values(3, 4)
A, B = values(1, 2, 2, 3), values(1, 2, 3, 5, seed=1)
LABEL = numpy.array([0, 3, 1], numpy.float32)
_ODD = {"order": 0, "why": "the gradient is that of a loss, not of the value"}

SAMPLES = {
    "bag_sums": [
        Sample(values(4, 2), values(4, 3, seed=1), INDEX, reference=_sums, label="bags", **HALVES),
        Sample(values(4, 2), values(0, 3), EMPTY, reference=_sums, label="no bags"),
        Sample(values(0, 2), values(1, 3), numpy.full((1, 3), -1), reference=_sums, label="no rows"),
    ],
    "bag_spread": [
        Sample(values(4, 2), values(4, 3, seed=1), INDEX, 4, reference=_spread, label="bags", **HALVES),
        Sample(values(0, 2), values(0, 3), EMPTY, 4, reference=_spread, label="no bags"),
    ],
    "bag_products": [
        Sample(values(4, 2), values(4, 2, seed=1), INDEX, reference=_products, label="bags", **HALVES),
        Sample(values(4, 0), values(4, 0), INDEX, reference=_products, label="no channels"),
    ],
    "displaced_products": [Sample(A, B, STARTS, reference=_displaced(lambda a, w: a * w), **HALVES)],
    "displaced_distances": [Sample(A, B, STARTS, reference=_displaced(lambda a, w: abs(a - w)), **HALVES)],
    "displaced_sum": [Sample(values(1, 3, 2, 3), B, STARTS, reference=_displaced_sum, **HALVES)],
    "displaced_spread": [
        Sample(values(1, 3, 2, 3), A, STARTS, (1, 2, 3, 5), reference=_displaced_spread, **HALVES),
    ],
    "im2col": [
        Sample(X, kernel=(2, 3), reference=_columns, label="plain", **HALVES),
        Sample(X, kernel=(2, 2), stride=(2, 1), dilate=(1, 2), pad=(1, 0), reference=_columns, label="options"),
        Sample(values(2, 1, 5), kernel=(2,), stride=(2,), pad=(1,), reference=_columns, label="1-d"),
        Sample(values(1, 2, 2, 3, 2), kernel=(2, 1, 2), reference=_columns, label="3-d"),
        Sample(values(0, 2, 3, 4), kernel=(2, 2), reference=_columns, label="empty"),
    ],
    "col2im": [
        Sample(values(2, 12, 4), output_size=(3, 4), kernel=(2, 3), reference=_images, label="plain", **HALVES),
        Sample(values(1, 8, 4), output_size=(3, 4), kernel=(2, 2), stride=(2, 1), dilate=(1, 2), pad=(1, 0),
               reference=_images, label="options"),
        Sample(values(2, 2, 3), output_size=(5,), kernel=(2,), stride=(2,), pad=(1,), reference=_images, label="1-d"),
    ],
    "svm_output": [
        Sample(SCORES, LABEL.astype(float), wrt="data", reference=lambda x, label: x, label="scores", **HALVES, **_ODD),
        Sample(values(2, 2, 3), values(2, 2), wrt="data", margin=0.5, use_linear=True, label="3-d",
               reference=lambda x, label, **kwargs: x, **_ODD),
    ],
}

ERRORS = {
    "im2col": [
        BadCall(ArgumentError, "kernel", X),
        BadCall(ArgumentError, "incorrect stride", X, kernel=(2, 2), stride=(0, 1)),
        BadCall(ShapeError, "4 axes", X[0], kernel=(2, 2)),
        BadCall(ShapeError, "one to three", X, kernel=(2, 2, 2, 2)),
        BadCall(ShapeError, "stride", X, kernel=(2, 2), stride=(1,)),
        BadCall(ShapeError, "exceed", X, kernel=(4, 2)),
        BadCall(DtypeError, "floating point", X.astype(int), kernel=(2, 2)),
    ],
    "col2im": [
        BadCall(ArgumentError, "kernel", values(2, 12, 4)),
        BadCall(ArgumentError, "output_size", values(2, 12, 4), kernel=(2, 3)),
        BadCall(ShapeError, "does not match", values(2, 12, 5), output_size=(3, 4), kernel=(2, 3)),
        BadCall(ShapeError, "does not match", values(2, 11, 4), output_size=(3, 4), kernel=(2, 3)),
        BadCall(ShapeError, "does not match", values(12, 4), output_size=(3, 4), kernel=(2, 3)),
        BadCall(DtypeError, "floating point", numpy.zeros((2, 12, 4), int), output_size=(3, 4), kernel=(2, 3)),
    ],
    "svm_output": [
        BadCall(ShapeError, "without classes", SCORES, values(4)),
        BadCall(ShapeError, "without classes", values(3), values(1)),
        BadCall(DtypeError, "one dtype", SCORES, LABEL),
        BadCall(DtypeError, "floating point", numpy.ones((2, 2), int), numpy.zeros(2, int)),
    ],
}
