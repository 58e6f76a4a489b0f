"""Samples of mxlite/_ops/rearrange.py."""

import numpy

from mxlite._errors import ArgumentError, AxisError, ShapeError, UnsupportedError
from samples import BadCall, Sample, values

_V, _X, _T, _IMAGE = values(4), values(2, 3), values(2, 3, 4), values(1, 2, 3, 3)
_EMPTY = values(0, 2)


def _flat_pad(mode):
    return lambda x, m, width, constant_value=0: numpy.pad(
        x, list(zip(width[::2], width[1::2], strict=True)), mode,
        **({"constant_values": constant_value} if mode == "constant" else {}))


def _crop(x, *others, **kwargs):
    return x[:, :, 1:3, 0:2]


SAMPLES = {
    "flip": [Sample(_X, reference=numpy.flip), Sample(_X, 1, label="axis"), Sample(_T, (0, -1), label="axes"),
             Sample(_T, [1], label="list"), Sample(_EMPTY, label="empty")],
    "fliplr": [Sample(_X), Sample(_T, label="three axes")],
    "flipud": [Sample(_X), Sample(_V, label="vector")],
    "rot90": [Sample(_X), Sample(_X, 2, label="half"), Sample(_X, -1, label="back"),
              Sample(_T, 1, (1, 2), label="axes"), Sample(_T, 3, (2, 0), label="axes back")],
    "roll": [Sample(_V, 1), Sample(_X, -2, label="flattened"), Sample(_X, 1, 1, label="axis"),
             Sample(_X, (1, 2), (0, 1), label="axes"), Sample(_EMPTY, 1, label="empty")],
    "tile": [Sample(_V, 2), Sample(_X, (2, 1), label="axes"), Sample(_X, (2, 1, 3), label="more axes"),
             Sample(_T, (2,), label="fewer"), Sample(_X, (), label="none"), Sample(_V, 0, label="to nothing"),
             Sample(numpy.array(2.5), 3, label="0-d")],
    "repeat": [Sample(_X, 2), Sample(_X, 2, 1, label="axis"), Sample(_X, 3, -2, label="negative axis"),
               Sample(_X, [2, 0], 0, label="one per row"), Sample(_X, [1, 2, 0, 1, 1, 3], label="one per element"),
               Sample(_V, 0, label="to nothing"), Sample(numpy.array(2.5), 2, label="0-d"),
               Sample(_X, numpy.array([1, 0, 2]), 1, label="array")],
    "resize": [Sample(_V, (2, 3)), Sample(_X, (2, 2), label="fewer"), Sample(_V, (0,), label="to nothing")],
    "pad": [
        Sample(_X, ((1, 0), (2, 1))), Sample(_V, 2, constant_values=3.0, label="number"),
        Sample(_X, ((0, 0), (1, 1)), "edge", label="edge"), Sample(_X, ((1, 1), (2, 2)), "reflect", label="reflect"),
        Sample(_X, ((2, 1), (0, 3)), "symmetric", label="symmetric"),
        Sample(_X, ((2, 1), (0, 4)), "wrap", label="wrap"),
        Sample(_X, ((2, 1), (0, 3)), "maximum", label="maximum"),
        Sample(_X, ((1, 1), (1, 1)), "minimum", label="minimum"),
        Sample(_EMPTY, ((1, 0), (0, 0)), label="empty"),
        Sample(_X, ((2, 1), (0, 3)), "symmetric", reflect_type="even", label="reflect_type"),
        Sample(numpy.array(1.5), 1, label="no axes"), Sample(numpy.array(1.5), 1, "edge", label="edge of no axes"),
    ],
    "pad_flat": [
        Sample(_IMAGE, "constant", (0, 0, 0, 0, 1, 0, 2, 1), 0.5, reference=_flat_pad("constant")),
        Sample(_IMAGE, "edge", (0, 0, 0, 0, 1, 1, 0, 2), reference=_flat_pad("edge"), label="edge"),
        Sample(_IMAGE, "reflect", (0, 0, 0, 0, 1, 1, 0, 2), reference=_flat_pad("reflect"), label="reflect"),
    ],
    "embed_diagonal": [
        Sample(values(3), (3, 4), 1, reference=lambda x, *r: _embedded(x)),
        Sample(values(3, 2), (2, 3, 2), 0, 0, 2, label="axes", reference=lambda x, *r: _embedded_axes(x)),
    ],
    "diagonal": [Sample(_X), Sample(_X, -1, label="below"), Sample(_T, 1, 1, 2, label="axes"),
                 Sample(_T, 0, 2, 0, label="axes turned"), Sample(_X, 9, label="nothing")],
    "diag": [Sample(_V), Sample(_V, -1, label="vector below"), Sample(_X, label="matrix"),
             Sample(_X, 1, label="matrix above"), Sample(_X, -5, label="nothing")],
    "diagflat": [Sample(_V), Sample(_X, 1, label="matrix above"), Sample(numpy.array(2.5), label="0-d")],
    "diag_of_axes": [Sample(_V, reference=numpy.diag), Sample(_V, -2, reference=numpy.diag, label="vector below"),
                     Sample(_X, 1, reference=numpy.diag, label="matrix"),
                     Sample(_T, -1, 1, 2, reference=numpy.diagonal, label="axes")],
    "tril": [Sample(_X), Sample(_X, -1, label="below"), Sample(_T, 1, label="three axes"), Sample(_V, label="vector")],
    "triu": [Sample(_X), Sample(_X, -1, label="below"), Sample(_T, 1, label="three axes"), Sample(_V, label="vector")],
    "depth_to_space": [Sample(values(1, 4, 1, 2), 2, reference=lambda x, b: numpy.array(
        [[[[x[0, 0, 0, 0], x[0, 1, 0, 0], x[0, 0, 0, 1], x[0, 1, 0, 1]],
           [x[0, 2, 0, 0], x[0, 3, 0, 0], x[0, 2, 0, 1], x[0, 3, 0, 1]]]]])),
        Sample(values(2, 8, 2, 3), 2, label="larger")],
    "space_to_depth": [Sample(values(1, 1, 2, 4), 2, reference=lambda x, b: numpy.array(
        [[[[x[0, 0, 0, 0], x[0, 0, 0, 2]]], [[x[0, 0, 0, 1], x[0, 0, 0, 3]]],
          [[x[0, 0, 1, 0], x[0, 0, 1, 2]]], [[x[0, 0, 1, 1], x[0, 0, 1, 3]]]]]).reshape(1, 4, 1, 2)),
        Sample(values(2, 2, 4, 6), 2, label="larger")],
    "crop": [Sample(values(1, 2, 3, 3), offset=(1, 0), h_w=(2, 2), reference=_crop),
             Sample(values(1, 2, 4, 2), numpy.ones((1, 1, 2, 2), numpy.float32), center_crop=True, reference=_crop,
                    label="like")],
}


def _embedded(x):
    out = numpy.zeros((3, 4), x.dtype)
    out[0, 1], out[1, 2], out[2, 3] = x
    return out


def _embedded_axes(x):
    out = numpy.zeros((2, 3, 2), x.dtype)
    out[0, :, 0], out[1, :, 1] = x[:, 0], x[:, 1]
    return out


ERRORS = {
    "flip": [BadCall(AxisError, "dimension", _X, 5)],
    "fliplr": [BadCall(ShapeError, "2-d", _V)],
    "flipud": [BadCall(ShapeError, "1-d", numpy.array(1.0))],
    "rot90": [BadCall(ArgumentError, "axes must be different", _X, 1, (1, 1))],
    "roll": [BadCall(AxisError, "dimension", _X, 1, 5)],
    "repeat": [BadCall(ShapeError, "negative", _V, -1), BadCall(ShapeError, "broadcast", _X, [1, 2], 1)],
    "pad": [BadCall(ArgumentError, "missing", _X), BadCall(ArgumentError, "mode is", _X, 1, "mean"),
            BadCall(ArgumentError, "one pair", _X, ((1, 2), (3, 4), (5, 6))),
            BadCall(UnsupportedError, "not 'odd'", _X, 1, "reflect", reflect_type="odd"),
            BadCall(UnsupportedError, "and 2", _X, 1, "maximum", stat_length=2)],
    "pad_flat": [BadCall(ArgumentError, "mode is", _IMAGE, "wrap", (0,) * 8),
                 BadCall(ArgumentError, "two lengths", _IMAGE, "edge", (1, 1))],
    "diag": [BadCall(ShapeError, "a vector or a matrix", _T), BadCall(ShapeError, "a vector", numpy.array(1.0))],
    "diagonal": [BadCall(ShapeError, "dim", _V)],
    "diag_of_axes": [BadCall(ShapeError, "no diagonal", _X, 9)],
    "depth_to_space": [BadCall(ShapeError, "not a multiple", values(1, 3, 1, 1), 2),
                       BadCall(ShapeError, "need an array", _X, 2)],
    "space_to_depth": [BadCall(ShapeError, "height", values(1, 1, 3, 2), 2),
                       BadCall(ShapeError, "width", values(1, 1, 2, 3), 2)],
    "crop": [BadCall(ShapeError, "not inside", values(1, 1, 2, 2), h_w=(3, 3))],
}
