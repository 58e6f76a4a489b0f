"""Boxes of object detection: overlaps, and the choice of the best among overlapping ones.

A box is two corners (left, top, right, bottom) or, in format 'center', its middle and its size.
"""

import numpy

from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import op, zero
from mxlite._ops.index import scatter_add

# Middle and size to corners; a row per coordinate given, a column per coordinate wanted.
_TO_CORNERS = numpy.array([[1, 0, 1, 0], [0, 1, 0, 1], [-0.5, 0, 0.5, 0], [0, -0.5, 0, 0.5]])
_CONVERSIONS = {("corner", "corner"): numpy.eye(4), ("center", "center"): numpy.eye(4),
                ("center", "corner"): _TO_CORNERS, ("corner", "center"): numpy.linalg.inv(_TO_CORNERS)}


def _conversion(given, wanted, name):
    if (given, wanted) not in _CONVERSIONS:
        raise ArgumentError(f"{name}: a format is 'corner' or 'center', not {given!r} and {wanted!r}")
    return _CONVERSIONS[given, wanted]


def _overlaps(a, b):
    """Intersection over union of corner boxes; a and b broadcast."""
    size = numpy.minimum(a[..., 2:], b[..., 2:]) - numpy.maximum(a[..., :2], b[..., :2])
    common = numpy.maximum(size, 0).prod(-1)
    area = [numpy.maximum(x[..., 2:] - x[..., :2], 0).prod(-1) for x in (a, b)]
    union = area[0] + area[1] - common
    return numpy.divide(common, union, out=numpy.zeros_like(union), where=common > 0)


@op(npx="box_iou", nd="contrib.box_iou", grad={"lhs": zero, "rhs": zero})
def box_iou(lhs, rhs, format="corner", out=None):
    """Intersection over union of every box of lhs with every box of rhs: both shapes without their last axis of 4."""
    if lhs.shape[-1:] != (4,) or rhs.shape[-1:] != (4,):
        raise ShapeError(operand_message("box_iou", (lhs, rhs), "boxes have 4 numbers along the last axis."))
    change = _conversion(format, "corner", "box_iou").astype(lhs.dtype)
    a, b = lhs @ change, rhs @ change
    return _overlaps(a.reshape(lhs.shape[:-1] + (1,) * (rhs.ndim - 1) + (4,)), b)


def _chosen(rows, boxes, overlap_thresh, valid_thresh, topk, score_index, id_index, background_id, force_suppress):
    """Numbers of the rows that stay, by falling score."""
    valid = rows[:, score_index] > valid_thresh
    if id_index >= 0 and background_id >= 0:
        valid &= rows[:, id_index] != background_id
    order = numpy.argsort(-rows[:, score_index], kind="stable")
    order = order[valid[order]]
    order = order[:topk] if topk > 0 else order
    kept = []
    while order.size:
        first, order = order[0], order[1:]
        kept.append(first)
        rival = _overlaps(boxes[first], boxes[order]) > overlap_thresh
        if id_index >= 0 and not force_suppress:
            rival &= rows[order, id_index] == rows[first, id_index]
        order = order[~rival]
    return kept


def _selection(data, overlap_thresh, valid_thresh, topk, coord_start, score_index, id_index, background_id,
               force_suppress, in_format, out_format):
    """(which row of data stands at each place, or -1; the matrix that converts rows)."""
    rows = numpy.asarray(data).reshape((-1, *data.shape[-2:]))
    at = slice(coord_start, coord_start + 4)
    boxes = rows[..., at] @ _conversion(in_format, "corner", "box_nms").astype(rows.dtype)
    source = numpy.full(rows.shape[:2], -1)
    for b in range(len(rows)):
        kept = _chosen(rows[b], boxes[b], overlap_thresh, valid_thresh, topk, score_index, id_index, background_id,
                       force_suppress)
        source[b, :len(kept)] = kept
    change = numpy.eye(rows.shape[2], dtype=rows.dtype)
    change[at, at] = _conversion(in_format, out_format, "box_nms")
    return source, change


def _nms_grad(g, data, overlap_thresh, valid_thresh, topk, coord_start, score_index, id_index, background_id,
              force_suppress, in_format, out_format):
    source, change = _selection(data, overlap_thresh, valid_thresh, topk, coord_start, score_index, id_index,
                                background_id, force_suppress, in_format, out_format)
    rows = g.reshape((*source.shape, g.shape[-1])) @ change.T * (source >= 0)[..., None]
    key = numpy.arange(len(source))[:, None], numpy.maximum(source, 0)
    return scatter_add(rows, rows.shape, key).reshape(g.shape)


@op(npx="box_nms", nd=("contrib.box_nms", "contrib.box_non_maximum_suppression"), grad={"data": _nms_grad})
def box_nms(data, overlap_thresh=0.5, valid_thresh=0, topk=-1, coord_start=2, score_index=1, id_index=-1,
            background_id=-1, force_suppress=False, in_format="corner", out_format="corner", out=None):
    """The rows of data (..., rows, numbers) by falling score, without those that overlap a better one; then rows of -1.

    A row holds a score, a box from coord_start on and perhaps a class (id_index). Only scores above valid_thresh, the
    first `topk` of them and classes other than background_id take part; boxes of different classes do not compete
    unless force_suppress. Raises ShapeError when rows are too short.
    """
    if data.ndim < 2 or data.shape[-1] < max(coord_start + 4, score_index + 1, id_index + 1):
        raise ShapeError(operand_message("box_nms", (data,), "a row holds a score and the 4 numbers of a box."))
    source, change = _selection(data, overlap_thresh, valid_thresh, topk, coord_start, score_index, id_index,
                                background_id, force_suppress, in_format, out_format)
    rows = data.reshape((*source.shape, data.shape[-1]))
    found = rows[numpy.arange(len(rows))[:, None], numpy.maximum(source, 0)] @ change
    return numpy.where((source >= 0)[..., None], found, -1).astype(data.dtype, copy=False).reshape(data.shape)


@op(npx="multibox_prior", nd="contrib.MultiBoxPrior", grad={"data": zero})
def multibox_prior(data, sizes=(1,), ratios=(1,), clip=False, steps=(-1, -1), offsets=(0.5, 0.5), out=None):
    """Corner boxes around every place of an image (batch, channels, height, width): shape (1, boxes, 4).

    At each place one box per size (with the first ratio), then one per further ratio (with the first size); sizes are
    shares of the height. `steps` and `offsets` (vertical, horizontal) place the middles; `clip` cuts to 0 to 1.
    """
    if data.ndim != 4:
        raise ShapeError(operand_message("multibox_prior", (data,), "data is (batch, channels, height, width)."))
    number = numpy.result_type(data, numpy.float32).type
    height, width = numpy.array(data.shape[2:], number)
    step = [number(s if s > 0 else 1 / n) for s, n in zip(steps, (height, width), strict=True)]
    middle_y, middle_x = [(numpy.arange(n, dtype=number) + number(o)) * s
                          for n, o, s in zip((height, width), offsets, step, strict=True)]
    size = numpy.array([*sizes, *[sizes[0]] * (len(ratios) - 1)], number)
    root = numpy.sqrt(numpy.array([*[ratios[0]] * len(sizes), *ratios[1:]], number))
    across, down = size * height / width * root / 2, size / root / 2
    y, x = numpy.broadcast_arrays(middle_y[:, None, None], middle_x[None, :, None])
    found = numpy.stack([x - across, y - down, x + across, y + down], axis=-1).reshape((1, -1, 4))
    return (numpy.clip(found, 0, 1) if clip else found).astype(data.dtype)


@op(npx="bipartite_matching", nd="contrib.bipartite_matching", grad={"data": zero})
def bipartite_matching(data, is_ascend=False, threshold=None, topk=-1, out=None):
    """(the column matched to every row, the row matched to every column) of scores (..., rows, columns); -1 for none.

    Pairs are taken by falling score (rising with is_ascend) while it is above (below) the threshold and both are free.
    `topk` has no effect, as in MXNet 1.9.
    """
    if threshold is None:
        raise ArgumentError("bipartite_matching: threshold is missing")
    if data.ndim < 2:
        raise ShapeError(operand_message("bipartite_matching", (data,), "scores have rows and columns."))
    rows, columns = data.shape[-2:]
    sign, scores = -1 if is_ascend else 1, data.reshape((-1, rows * columns))
    to_column, to_row = numpy.full((len(scores), rows), -1), numpy.full((len(scores), columns), -1)
    for b, flat in enumerate(scores):
        for k in numpy.argsort(-sign * flat, kind="stable"):
            if sign * (flat[k] - threshold) <= 0:
                break
            r, c = divmod(int(k), columns)
            if to_column[b, r] < 0 and to_row[b, c] < 0:
                to_column[b, r], to_row[b, c] = c, r
    return [x.reshape((*data.shape[:-2], n)).astype(data.dtype) for x, n in ((to_column, rows), (to_row, columns))]
