"""Samples of mxlite/_ops/windows.py, convolution.py and pooling.py."""

import numpy
import reference

from mxlite._errors import ArgumentError, DtypeError, ShapeError
from mxlite._ops.windows import Window
from samples import BadCall, Sample, values

LINE, PLAIN = Window((2,), (1,), (1,), (0,)), Window((2, 2), (1, 1), (1, 1), (0, 0))
WIDE, CUBE = Window((2, 3), (2, 1), (1, 2), (1, 2)), Window((2, 1, 2), (1, 2, 1), (2, 1, 1), (1, 0, 0))
HALVES = {"dtypes": ("float64", "float32", "float16")}

# (window, groups, images, kernels, correlated images)
_GEOMETRIES = {
    "1-d": (LINE, 1, (2, 1, 4), (2, 1, 2), (2, 2, 3)),
    "2-d": (PLAIN, 1, (2, 2, 3, 3), (1, 2, 2, 2), (2, 1, 2, 2)),
    "stride, dilate, pad": (WIDE, 1, (1, 2, 3, 4), (2, 2, 2, 3), (1, 2, 2, 4)),
    "groups": (PLAIN, 2, (1, 4, 2, 3), (2, 2, 2, 2), (1, 2, 1, 2)),
    "3-d": (CUBE, 1, (1, 1, 3, 2, 3), (1, 1, 2, 1, 2), (1, 1, 3, 1, 2)),
    "empty": (PLAIN, 1, (0, 2, 3, 3), (1, 2, 2, 2), (0, 1, 2, 2)),
}


def _correlated():
    for label, (window, groups, x, w, h) in _GEOMETRIES.items():
        extra = HALVES if label == "2-d" else {}
        yield Sample(values(*x), values(*w, seed=1), window, groups, h[2:], label=label,
                     reference=lambda x, w, window, groups, places: reference.correlate(x, w, window, groups), **extra)


def _images():
    for label, (window, groups, x, w, h) in _GEOMETRIES.items():
        yield Sample(values(*h), values(*w, seed=1), window, groups, x[2:], label=label,
                     reference=reference.correlate_images)


def _kernels():
    for label, (window, groups, x, _, h) in _GEOMETRIES.items():
        yield Sample(values(*x), values(*h, seed=1), window, groups, label=label,
                     reference=reference.correlate_kernel)


def _convolved(x, w, bias=None, kernel=None, stride=None, dilate=None, pad=None, num_filter=None, num_group=1,
               no_bias=False):
    n = x.ndim - 2
    window = Window(tuple(w.shape[2:]), stride or (1,) * n, dilate or (1,) * n, pad or (0,) * n)
    y = reference.correlate(x, w, window, num_group)
    return y if bias is None else y + bias.reshape(-1, *(1,) * n)


def _deconvolved(space):
    def compute(x, w, bias=None, kernel=None, stride=None, dilate=None, pad=None, num_filter=None, num_group=1,
                no_bias=True, **kwargs):
        n = x.ndim - 2
        window = Window(tuple(w.shape[2:]), stride or (1,) * n, dilate or (1,) * n, pad or (0,) * n)
        y = reference.correlate_images(x, w, window, num_group, space)
        return y if bias is None else y + bias.reshape(-1, *(1,) * n)
    return compute


X, W, B = values(2, 2, 3, 3), values(2, 2, 2, 2, seed=1), values(2, seed=2)
INDEX = numpy.array([[[0, 3, -1]], [[3, 3, 1]]])
SUM = Window((2, 2), (1, 2), (1, 1), (1, 0))

SAMPLES = {
    "correlate": [*_correlated()],
    "correlate_images": [*_images()],
    "correlate_kernel": [*_kernels()],
    "convolution": [
        Sample(X, W, B, kernel=(2, 2), num_filter=2, reference=_convolved, label="bias", **HALVES),
        Sample(X, W, kernel=(2, 2), num_filter=2, no_bias=True, reference=_convolved, label="no bias"),
        Sample(X, W, B, kernel=(2, 2), num_filter=2, stride=(2, 1), dilate=(1, 2), pad=(1, 1), reference=_convolved,
               label="stride, dilate, pad"),
        Sample(X, values(4, 1, 2, 2, seed=1), values(4), kernel=(2, 2), num_filter=4, num_group=2,
               reference=_convolved, label="groups"),
        Sample(values(2, 1, 4), values(1, 1, 2), values(1), kernel=2, num_filter=1, reference=_convolved, label="1-d"),
        Sample(values(1, 1, 2, 2, 3), values(1, 1, 2, 1, 2), values(1), kernel=(2, 1, 2), num_filter=1,
               reference=_convolved, label="3-d"),
        Sample(values(0, 2, 3, 3), W, B, kernel=(2, 2), num_filter=2, reference=_convolved, label="empty"),
    ],
    "deconvolution": [
        Sample(X, W, kernel=(2, 2), num_filter=2, reference=_deconvolved((4, 4)), label="plain"),
        Sample(X, W, B, kernel=(2, 2), num_filter=2, stride=(2, 3), adj=(1, 0), pad=(1, 0), no_bias=False,
               reference=_deconvolved((5, 8)), label="stride, adj, pad, bias"),
        Sample(X, values(2, 1, 2, 2), kernel=(2, 2), num_filter=2, num_group=2, dilate=(2, 1),
               reference=_deconvolved((5, 4)), label="groups, dilate"),
        Sample(values(1, 1, 3), values(1, 1, 2), kernel=2, num_filter=1, target_shape=(4,),
               reference=_deconvolved((4,)), label="target shape"),
        Sample(values(1, 1, 3), values(1, 1, 2), kernel=2, num_filter=1, target_shape=(3,),
               reference=lambda x, w, **kwargs: _deconvolved((4,))(x, w)[..., 1:], label="odd target shape"),
    ],
    "pick_of_planes": [
        Sample(values(2, 1, 4), numpy.abs(INDEX), label="elements", **HALVES,
               reference=lambda x, index: numpy.take_along_axis(x, index, -1)),
        Sample(values(0, 1, 4), numpy.zeros((0, 1, 3), int), label="empty",
               reference=lambda x, index: numpy.zeros((0, 1, 3))),
    ],
    "picked_of_planes": [
        Sample(values(2, 1, 2, 2), INDEX, reference=reference.picked, label="elements", **HALVES),
    ],
    "put_on_planes": [
        Sample(values(2, 1, 3), INDEX, (2, 2), reference=reference.put, label="elements", **HALVES),
        Sample(values(0, 1, 3), numpy.zeros((0, 1, 3), int), (2, 2), reference=reference.put, label="empty"),
    ],
    "window_sum": [
        Sample(values(2, 1, 3, 4), SUM, (4, 2), reference=reference.window_sum, label="2-d", **HALVES),
        Sample(values(1, 2, 3), Window((2,), (2,), (1,), (0,)), (2,), reference=reference.window_sum, label="beyond"),
        Sample(values(1, 1, 2, 2, 3), Window((2, 1, 2), (1, 1, 1), (1, 1, 1), (1, 0, 0)), (3, 2, 2),
               reference=reference.window_sum, label="3-d"),
        Sample(values(0, 1, 3, 4), SUM, (4, 2), reference=reference.window_sum, label="empty"),
    ],
    "window_spread": [
        Sample(values(2, 1, 4, 2), SUM, (3, 4), reference=reference.window_spread, label="2-d", **HALVES),
        Sample(values(1, 2, 2), Window((2,), (2,), (1,), (0,)), (3,), reference=reference.window_spread,
               label="beyond"),
    ],
    "power_root": [
        Sample(values(2, 3, low=0.5), 2, reference=lambda x, p: numpy.sqrt(x), label="square"),
        Sample(values(2, 3), 3, reference=lambda x, p: numpy.cbrt(x), label="cubic"),
    ],
    "axis_product": [
        Sample(values(2, 3, 2), values(2, 3), 1, wrt="x", label="axis",
               reference=lambda x, m, axis: numpy.einsum("abc,kb->akc", x, m)),
    ],
}

ERRORS = {
    "convolution": [
        BadCall(ArgumentError, "num_filter", X, W, B, kernel=(2, 2)),
        BadCall(ArgumentError, "kernel", X, W, B, num_filter=2),
        BadCall(ArgumentError, "expects 3 inputs", X, W, kernel=(2, 2), num_filter=2),
        BadCall(ArgumentError, "expects 2 inputs", X, W, B, kernel=(2, 2), num_filter=2, no_bias=True),
        BadCall(ArgumentError, "channels first", X, W, B, kernel=(2, 2), num_filter=2, layout="NHWC"),
        BadCall(ArgumentError, "incorrect stride", X, W, B, kernel=(2, 2), num_filter=2, stride=(0, 0)),
        BadCall(ShapeError, "weight should have", X, W, B, kernel=(3, 2), num_filter=2),
        BadCall(ShapeError, "axes of space", X, W, B, kernel=2, num_filter=2),
        BadCall(ShapeError, "one number per filter", X, W, values(3), kernel=(2, 2), num_filter=2),
        BadCall(ShapeError, "num_group", X, W, B, kernel=(2, 2), num_filter=2, num_group=3),
        BadCall(ShapeError, "num_group", X, W, B, kernel=(2, 2), num_filter=2, num_group=0),
        BadCall(ShapeError, "exceeds", X[:, :, :1], W, B, kernel=(2, 2), num_filter=2),
        BadCall(ShapeError, "one to three", X[0, 0], W, B, kernel=(2, 2), num_filter=2),
        BadCall(DtypeError, "one dtype", X, W.astype("float32"), B, kernel=(2, 2), num_filter=2),
        BadCall(DtypeError, "floating point", X.astype(int), W.astype(int), B.astype(int), kernel=(2, 2),
                num_filter=2),
    ],
    "deconvolution": [
        BadCall(ArgumentError, "adj", X, W, kernel=(2, 2), num_filter=2, adj=(1, 1)),
        BadCall(ShapeError, "too big", X, W, kernel=(2, 2), num_filter=2, target_shape=(5, 5)),
        BadCall(ShapeError, "weight should have", X, W, kernel=(2, 3), num_filter=2),
        BadCall(ShapeError, "num_group", X, W, kernel=(2, 2), num_filter=2, num_group=3),
        BadCall(ShapeError, "nothing is left", X, W, kernel=(2, 2), num_filter=2, pad=(2, 2)),
    ],
}
