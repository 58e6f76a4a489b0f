"""Boxes around anchors: what a detector is to predict for them, and the detections that its predictions stand for.

Boxes are corners (left, top, right, bottom) unless said otherwise. Training targets and detections are constants to
the tape, as in MXNet: gradients are 0.
"""

import numpy

from mxlite._errors import ArgumentError, IndexingError, ShapeError, operand_message
from mxlite._kernels.overlap import suppress
from mxlite._op import op, zero
from mxlite._ops.checks import one_dtype
from mxlite._ops.windows import computed_in

_VARIANCES = (0.1, 0.1, 0.2, 0.2)
_LEAST_OVERLAP = 1e-6       # what a ground truth needs to be matched with its best anchor


def _four(name, what, value):
    if len(value) != 4:
        raise ArgumentError(f"{name}: {what} are 4 numbers, not {tuple(value)}")
    return numpy.array(value)


def _overlaps(a, b):
    """Intersection over union of boxes; a and b broadcast. 0 where the union is empty."""
    size = numpy.maximum(numpy.minimum(a[..., 2:], b[..., 2:]) - numpy.maximum(a[..., :2], b[..., :2]), 0)
    common = size[..., 0] * size[..., 1]
    areas = [(x[..., 2] - x[..., 0]) * (x[..., 3] - x[..., 1]) for x in (a, b)]
    union = areas[0] + areas[1] - common
    return numpy.divide(common, union, out=numpy.zeros_like(union), where=union > 0)


def _centered(boxes):
    """(middles, sizes) of boxes."""
    size = boxes[..., 2:] - boxes[..., :2]
    return boxes[..., :2] + size * boxes.dtype.type(0.5), size


def _encoded(anchors, boxes):
    """Boxes relative to anchors: shifts of the middle in sizes of the anchor, and logarithms of ratios of sizes."""
    (middle, size), (box_middle, box_size) = _centered(anchors), _centered(boxes)
    with numpy.errstate(all="ignore"):
        return numpy.concatenate([(box_middle - middle) / size, numpy.log(box_size / size)], axis=-1)


def _decoded(middle, size, shift, ratio):
    """Corner boxes from anchors (middles, sizes): the inverse of `_encoded`."""
    middle, half = shift * size + middle, numpy.exp(ratio) * size / 2
    return numpy.concatenate([middle - half, middle + half], axis=-1)


# -- targets -----------------------------------------------------------------------------------------------------------
def _matches(overlaps, threshold):
    """(ground truth of every anchor, or -1; best overlap of every anchor that is not its truth's best).

    First the pairs of largest overlap, each truth once; then every other anchor whose best overlap is above
    `threshold`, if that is positive.
    """
    truth, free = numpy.full(len(overlaps), -1), overlaps.copy()
    for _ in range(overlaps.shape[1]):
        anchor, k = numpy.unravel_index(free.argmax(), free.shape)
        if not free[anchor, k] > _LEAST_OVERLAP:
            break
        truth[anchor] = k
        free[anchor], free[:, k] = -1, -1
    best = overlaps.max(axis=1)
    if threshold > 0:
        also = (truth < 0) & (best > threshold)
        truth[also] = overlaps[also].argmax(axis=1)
    return truth, best


def _hardest(scores, truth, best, ratio, thresh):
    """The anchors that are to be taken for background: those whose prediction says least that they are."""
    if not thresh > 0:
        raise ArgumentError(f"multibox_target: negative_mining_thresh={thresh} is not positive")
    taken = int((truth >= 0).sum())
    count = min(int(taken * ratio), len(truth) - taken)
    candidates = numpy.flatnonzero((truth < 0) & (best < thresh))
    if count > len(candidates):
        raise ArgumentError(f"multibox_target: {count} negative samples are wanted and only {len(candidates)} anchors "
                            f"overlap less than negative_mining_thresh={thresh}")
    powers = numpy.exp(scores[:, candidates] - scores[:, candidates].max(axis=0))
    return candidates[numpy.argsort(powers[0] / powers.sum(axis=0), kind="stable")[:count]]


def _truths(rows):
    """The rows of a label before the first that is padding (all of -1)."""
    ends = numpy.flatnonzero(rows[:, 0] == -1)
    if not ends.size:
        return rows
    if (rows[ends[0], :5] != -1).any():
        raise ArgumentError("multibox_target: a label of class -1 is padding; its first 5 numbers are -1")
    return rows[:ends[0]]


def _check_targets(anchor, label, cls_pred):
    name = "multibox_target"
    if anchor.ndim != 3 or anchor.shape[0] != 1 or anchor.shape[2] != 4 or not anchor.shape[1]:
        raise ShapeError(operand_message(name, (anchor,), "anchors are shared by the batch: (1, anchors, 4)."))
    if label.ndim != 3 or label.shape[2] < 5 or not label.shape[1]:
        raise ShapeError(operand_message(name, (label,), "label is (batch, boxes, 5 or more)."))
    if cls_pred.ndim != 3 or cls_pred.shape[2] != anchor.shape[1] or len(cls_pred) != len(label):
        raise ShapeError(operand_message(name, (anchor, label, cls_pred),
                                         "cls_pred is (batch, classes, anchors), the batch that of label."))
    one_dtype(name, anchor, label, cls_pred)


@op(npx="multibox_target", nd="contrib.MultiBoxTarget",
    grad={"anchor": zero, "label": zero, "cls_pred": zero})
def multibox_target(anchor, label, cls_pred, overlap_threshold=0.5, ignore_label=-1, negative_mining_ratio=-1,
                    negative_mining_thresh=0.5, minimum_negative_samples=0, variances=_VARIANCES, out=None):
    """What a detector is to predict for each anchor: [boxes, mask of boxes, class].

    anchor is (1, anchors, 4); a row of label (batch, boxes, 5 or more) is a class and a box, rows of -1 end it;
    cls_pred is (batch, classes, anchors). An anchor gets the box that it overlaps best, if this anchor is the box's
    best one or the overlap is above overlap_threshold: class + 1, and the box relative to the anchor, divided by
    `variances`; boxes and mask are (batch, 4 times anchors). The other anchors are background, class 0. With
    negative_mining_ratio > 0 only so many times the number of matched ones are, namely those that overlap less than
    negative_mining_thresh and are least predicted to be background, and the rest has ignore_label. All have it where
    there are no boxes. `minimum_negative_samples` has no effect, as in MXNet. Raises ArgumentError where there are too
    few anchors for background, ShapeError where shapes do not fit.
    """
    _check_targets(anchor, label, cls_pred)
    variances, anchors = _four("multibox_target", "variances", variances).astype(anchor.dtype), anchor[0]
    boxes, mask = numpy.zeros((2, len(label), *anchors.shape), anchor.dtype)
    classes = numpy.full((len(label), len(anchors)), ignore_label, anchor.dtype)
    for b, rows in enumerate(map(_truths, label)):
        if not len(rows):
            continue
        truth, best = _matches(_overlaps(anchors[:, None], rows[:, 1:5]), overlap_threshold)
        if negative_mining_ratio > 0:
            classes[b, _hardest(cls_pred[b], truth, best, negative_mining_ratio, negative_mining_thresh)] = 0
        else:
            classes[b] = 0
        found = truth >= 0
        classes[b, found] = rows[truth[found], 0] + 1
        boxes[b, found] = _encoded(anchors[found], rows[truth[found], 1:5]) / variances
        mask[b, found] = 1
    return [boxes.reshape(len(label), -1), mask.reshape(len(label), -1), classes]


# -- detections --------------------------------------------------------------------------------------------------------
def _suppress(rows, threshold, force):
    """Sets the class of a row to -1, in place, if it overlaps a row of its class (of any, with force) before it."""
    dtype = computed_in("multibox_detection", rows)
    kinds = numpy.zeros(len(rows), numpy.intp) if force else rows[:, 0].astype(numpy.intp)
    gone = numpy.zeros(len(rows), numpy.uint8)
    suppress(numpy.ascontiguousarray(rows[:, 2:], dtype), kinds, gone, threshold, 0, True, -1)
    rows[gone > 0, 0] = -1


def _check_detections(cls_prob, loc_pred, anchor):
    name = "multibox_detection"
    if cls_prob.ndim != 3 or loc_pred.ndim != 2 or anchor.ndim != 3 or anchor.shape[0] != 1 or anchor.shape[2] != 4:
        raise ShapeError(operand_message(name, (cls_prob, loc_pred, anchor), "cls_prob is (batch, classes, anchors), "
                                         "loc_pred (batch, 4 times anchors) and anchor (1, anchors, 4)."))
    if anchor.shape[1] != cls_prob.shape[2] or loc_pred.shape != (cls_prob.shape[0], 4 * cls_prob.shape[2]):
        raise ShapeError(operand_message(name, (cls_prob, loc_pred, anchor), "anchors mismatch."))
    one_dtype(name, cls_prob, loc_pred, anchor)


@op(npx="multibox_detection", nd="contrib.MultiBoxDetection",
    grad={"cls_prob": zero, "loc_pred": zero, "anchor": zero})
def multibox_detection(cls_prob, loc_pred, anchor, clip=True, threshold=0.01, background_id=0, nms_threshold=0.5,
                       force_suppress=False, variances=_VARIANCES, nms_topk=-1, out=None):
    """Detections (batch, anchors, 6): class, probability and box, by falling probability.

    cls_prob is (batch, classes, anchors), class 0 the background; loc_pred (batch, 4 times anchors) holds boxes
    relative to the anchors (1, anchors, 4), divided by `variances`. Anchors whose likeliest class has a probability
    below `threshold` are left out; rows of -1 fill up. A box that overlaps a likelier one of its class (of any, with
    force_suppress) by nms_threshold or more has class -1; a threshold outside 0 to 1 leaves all boxes, in the order of
    the anchors. `clip` cuts boxes to 0 to 1. With nms_topk only the best so many boxes take part and come first; what
    stood in the places after them has class -1. `background_id` has no effect, as in MXNet. Raises ShapeError where
    shapes do not fit.
    """
    _check_detections(cls_prob, loc_pred, anchor)
    variances = _four("multibox_detection", "variances", variances).astype(anchor.dtype)
    shifts = loc_pred.reshape(len(loc_pred), -1, 4) * variances
    boxes = _decoded(*_centered(anchor), shifts[..., :2], shifts[..., 2:])
    boxes = numpy.clip(boxes, 0, 1) if clip else boxes
    found = numpy.full((len(cls_prob), cls_prob.shape[2], 6), -1, cls_prob.dtype)
    if cls_prob.shape[1] < 2:
        return found
    score, kind = cls_prob[:, 1:].max(axis=1), cls_prob[:, 1:].argmax(axis=1)
    for b in range(len(found)):
        chosen = numpy.flatnonzero((score[b] > -1) & (score[b] >= threshold))
        rows = found[b, :len(chosen)]
        rows[:, 0], rows[:, 1], rows[:, 2:] = kind[b, chosen], score[b, chosen], boxes[b, chosen]
        if 0 < nms_threshold <= 1:
            order = numpy.argsort(-rows[:, 1], kind="stable")
            order = order[:nms_topk] if nms_topk > 0 else order
            rows[:len(order)], rows[len(order):, 0] = rows[order], -1
            _suppress(rows[:len(order)], nms_threshold, force_suppress)
    return found


# -- coding ------------------------------------------------------------------------------------------------------------
@op(npx="box_encode", nd="contrib.box_encode",
    grad=dict.fromkeys(("samples", "matches", "anchors", "refs", "means", "stds"), zero))
def box_encode(samples, matches, anchors, refs, means, stds, out=None):
    """[boxes relative to anchors, mask], both (batch, anchors, 4), for the anchors whose sample is above 0.5; else 0.

    matches (batch, anchors) numbers the box of refs (batch, boxes, 4) that goes with each of anchors (batch, anchors,
    4). Of what is encoded, shifts of the middle and logarithms of ratios of sizes, `means` (4) are subtracted, and it
    is divided by `stds` (4). Raises IndexingError where there is no such box, ShapeError where shapes do not fit.
    """
    arrays = samples, matches, anchors, refs, means, stds
    one_dtype("box_encode", *arrays)
    if anchors.ndim != 3 or refs.ndim != 3 or anchors.shape[2] != 4 or refs.shape[2] != 4 or (
            len(refs) != len(anchors) or {samples.shape, matches.shape} != {anchors.shape[:2]}):
        raise ShapeError(operand_message("box_encode", arrays, "samples and matches are (batch, anchors), anchors "
                                         "(batch, anchors, 4), refs (batch, boxes, 4)."))
    if means.shape != (4,) or stds.shape != (4,):
        raise ShapeError(operand_message("box_encode", (means, stds), "means and stds are 4 numbers."))
    valid = samples > 0.5
    box = numpy.where(valid, matches, 0).astype(numpy.intp)
    if valid.any() and not 0 <= box.min() <= box.max() < refs.shape[1]:
        raise IndexingError(operand_message("box_encode", (matches, refs), "a match is the number of no box."))
    if not refs.shape[1]:
        return [numpy.zeros_like(anchors), numpy.zeros_like(anchors)]
    encoded = _encoded(anchors, numpy.take_along_axis(refs, box[..., None], axis=1))
    with numpy.errstate(all="ignore"):
        encoded = (encoded - means) / stds
    mask = numpy.broadcast_to(valid[..., None], anchors.shape)
    return [numpy.where(mask, encoded, 0).astype(anchors.dtype, copy=False), mask.astype(anchors.dtype)]


@op(npx="box_decode", nd="contrib.box_decode", grad={"data": zero, "anchors": zero})
def box_decode(data, anchors, std0=1, std1=1, std2=1, std3=1, clip=-1, format="center", out=None):
    """Corner boxes (batch, boxes, 4) from boxes relative to anchors (1, boxes, 4): the inverse of `box_encode`.

    data is multiplied by std0 to std3; a positive `clip` is the largest logarithm of a ratio of sizes. Anchors are
    middles and sizes (format 'center') or corners ('corner'). Raises ShapeError where shapes do not fit.
    """
    if format not in ("center", "corner"):
        raise ArgumentError(f"box_decode: format is 'center' or 'corner', not {format!r}")
    if data.ndim != 3 or data.shape[2] != 4 or anchors.shape != (1, *data.shape[1:]):
        raise ShapeError(operand_message("box_decode", (data, anchors), "data is (batch, boxes, 4), anchors "
                                         "(1, boxes, 4)."))
    one_dtype("box_decode", data, anchors)
    shifts = data * numpy.array([std0, std1, std2, std3], data.dtype)
    ratio = numpy.minimum(shifts[..., 2:], data.dtype.type(clip)) if clip > 0 else shifts[..., 2:]
    middle, size = (anchors[..., :2], anchors[..., 2:]) if format == "center" else _centered(anchors)
    return _decoded(middle, size, shifts[..., :2], ratio)
