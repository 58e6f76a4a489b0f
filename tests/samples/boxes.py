"""Samples of mxlite/_ops/boxes.py, with results of MXNet 1.9.1."""

import numpy

from mxlite._errors import ArgumentError, ShapeError
from samples import BadCall, Sample, values

SCORES = numpy.array([[0.5, 0.6, 0.9], [0.12, 0.2, 0.8], [0.3, 0.41, 0.7]])
BOXES = numpy.array([[0.1, 0.1, 0.5, 0.5], [0.2, 0.2, 0.6, 0.7]])
ROWS = numpy.array([[0, 0.5, 0.1, 0.1, 0.2, 0.2], [1, 0.4, 0.1, 0.1, 0.2, 0.2], [0, 0.3, 0.1, 0.1, 0.14, 0.14],
                    [2, 0.6, 0.5, 0.5, 0.7, 0.8]])
GONE = [-1.0] * 6
CLOSE = {"tolerance": {"float64": 1e-6}, "why": "the recorded figures are MXNet's float32"}
FLAT = {**CLOSE, "order": 0, "why": "recorded in float32; the gradient is 0 by declaration, as MXNet has it"}
CLASSES = {"order": 0, "why": "differences would change the classes that rows are compared by"}


def _is(*rows, batch=False):
    def reference(data, *args, **kwargs):
        return numpy.array([rows] if batch else rows, dtype=float)
    return reference


def _match(columns, rows):
    def reference(data, **kwargs):
        return numpy.array(columns, float), numpy.array(rows, float)
    return reference


def _stay(*numbers):
    """The rows of these numbers, then rows of -1."""
    def reference(data, **kwargs):
        return numpy.array([data[k] for k in numbers] + [GONE] * (len(data) - len(numbers)))
    return reference


SAMPLES = {
    "box_iou": [
        Sample(BOXES, BOXES, label="corners", reference=_is([1, 0.3333333432674408], [0.3333333432674408, 1]), **FLAT),
        Sample(BOXES, BOXES, format="center", label="centers",
               reference=_is([1, 0.5056179165840149], [0.5056179165840149, 1]), **FLAT),
        Sample(BOXES[None], BOXES, label="batch",
               reference=_is([1, 0.3333333432674408], [0.3333333432674408, 1], batch=True), **FLAT),
        Sample(BOXES, BOXES + 1, label="apart", reference=_is([0, 0], [0, 0]), **FLAT),
    ],
    "box_nms": [
        Sample(ROWS, overlap_thresh=0.1, id_index=0, force_suppress=True, label="all", reference=_stay(3, 0)),
        Sample(ROWS, overlap_thresh=0.1, id_index=0, label="by class", reference=_stay(3, 0, 1), **CLASSES),
        Sample(ROWS, overlap_thresh=0.1, topk=2, label="topk", reference=_stay(3, 0)),
        Sample(ROWS, overlap_thresh=0.1, topk=2, id_index=0, background_id=0, out_format="center", label="background",
               reference=_is([2, 0.6, 0.6, 0.65, 0.2, 0.3], [1, 0.4, 0.15, 0.15, 0.1, 0.1], GONE, GONE),
               **{**CLOSE, **CLASSES}),
        Sample(ROWS, overlap_thresh=0.1, valid_thresh=0.35, in_format="center", label="centers",
               reference=_is([2, 0.6, 0.15, 0.1, 0.85, 0.9], [0, 0.5, 0, 0, 0.2, 0.2], GONE, GONE), **CLOSE),
    ],
    "bipartite_matching": [
        Sample(SCORES, threshold=0.1, label="all", reference=_match([2, 0, 1], [1, 2, 0])),
        Sample(SCORES, threshold=0.4, label="high", reference=_match([2, -1, 1], [-1, 2, 0])),
        Sample(SCORES[None], threshold=0.65, label="batch", reference=_match([[2, -1, -1]], [[-1, -1, 0]])),
        Sample(SCORES, threshold=0.45, is_ascend=True, topk=1, label="rising",
               reference=_match([-1, 0, 1], [1, 2, -1])),
    ],
    "multibox_prior": [
        Sample(values(1, 3, 1, 2), sizes=(0.5, 0.25), ratios=(1, 2), clip=True, steps=(0.3, 0.4), offsets=(0.2, 0.3),
               label="options", reference=_is(
                   [0.0, 0.0, 0.24500000476837158, 0.3100000023841858],
                   [0.05750000476837158, 0.0, 0.18250000476837158, 0.1850000023841858],
                   [0.0, 0.0, 0.2967767119407654, 0.2367766946554184],
                   [0.39499998092651367, 0.0, 0.6449999809265137, 0.3100000023841858],
                   [0.45749998092651367, 0.0, 0.5824999809265137, 0.1850000023841858],
                   [0.3432232737541199, 0.0, 0.6967766880989075, 0.2367766946554184], batch=True), **CLOSE),
        Sample(values(1, 3, 1, 1), label="plain", reference=_is([0, 0, 1, 1], batch=True), **CLOSE),
    ],
}

ERRORS = {
    "box_iou": [BadCall(ShapeError, "4 numbers", BOXES[:, :3], BOXES),
                BadCall(ArgumentError, "'corner' or 'center'", BOXES, BOXES, format="x")],
    "box_nms": [BadCall(ShapeError, "4 numbers", ROWS[:, :5]),
                BadCall(ArgumentError, "'corner' or 'center'", ROWS, out_format="x")],
    "bipartite_matching": [BadCall(ArgumentError, "threshold is missing", SCORES),
                           BadCall(ShapeError, "rows and columns", SCORES[0], threshold=0.1)],
    "multibox_prior": [BadCall(ShapeError, "height", BOXES)],
}
