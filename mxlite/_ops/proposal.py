"""Region proposals: boxes that a network predicts around anchors, the best of those that do not overlap.

Coordinates count elements of the image, the last ones included: a box from 0 to 9 is 10 wide. Proposals are constants
to the tape, as in MXNet: gradients are 0.
"""

import numpy

from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._kernels.overlap import suppress
from mxlite._op import op, zero
from mxlite._ops.checks import one_dtype
from mxlite._ops.windows import computed_in

_SCALES, _RATIOS = (4, 8, 16, 32), (0.5, 1, 2)


def _anchors(stride, ratios, scales, dtype):
    """Corner boxes (ratios times scales, 4) around the middle of the first `stride` times `stride` elements."""
    middle, found = 0.5 * (stride - 1), []
    for ratio in ratios:
        width = numpy.floor(numpy.sqrt(numpy.floor(stride * stride / ratio)) + 0.5)
        height = numpy.floor(width * ratio + 0.5)
        for scale in scales:
            half = numpy.array([width * scale - 1, height * scale - 1]) / 2
            found.append([*(middle - half), *(middle + half)])
    return numpy.array(found, dtype).reshape(-1, 4)


def _moved(anchors, deltas, iou_loss):
    """Anchors (..., 4) as predicted: corners moved, or middles moved by sizes and sizes multiplied by powers of e."""
    if iou_loss:
        return anchors + deltas
    size = anchors[..., 2:] - anchors[..., :2] + 1
    middle = anchors[..., :2] + (size - 1) / 2 + deltas[..., :2] * size
    half = (numpy.exp(deltas[..., 2:]) * size - 1) / 2
    return numpy.concatenate([middle - half, middle + half], axis=-1)


def _kept(boxes, threshold, most):
    """Numbers of the boxes, at most so many, that overlap no kept one before them by more than threshold."""
    gone = numpy.zeros(len(boxes), numpy.uint8)
    boxes = numpy.ascontiguousarray(boxes, computed_in("Proposal", boxes))
    suppress(boxes, numpy.zeros(len(boxes), numpy.intp), gone, threshold, 1, False, most)
    return numpy.flatnonzero(gone == 0)[:most]


def _proposed(scores, deltas, info, anchors, options):
    """(boxes, scores) of one image from scores (anchors, height, width) and deltas (anchors times 4, height, width)."""
    before, after, threshold, min_size, stride, iou_loss = options
    count, height, width = scores.shape
    real = [int(v / stride) for v in info[:2]]
    if real[0] > height or real[1] > width:
        raise ShapeError(f"Proposal: an image of {info[0]} times {info[1]} elements has more places than the "
                         f"{height} times {width} of the predictions; feature_stride={stride}")
    y, x = numpy.meshgrid(numpy.arange(height), numpy.arange(width), indexing="ij")
    shifts = (numpy.stack([x, y, x, y], axis=-1) * stride).astype(scores.dtype)
    deltas = deltas.reshape(count, 4, height, width).transpose(2, 3, 0, 1)
    boxes = _moved(anchors + shifts[:, :, None], deltas, iou_loss)
    boxes = numpy.clip(boxes, 0, numpy.maximum(info[[1, 0, 1, 0]] - 1, 0)).reshape(-1, 4)
    # What lies in the padding of the image, or is too small, comes last.
    scores = numpy.where((y < real[0]) & (x < real[1]), scores, -1).transpose(1, 2, 0).ravel()
    least = scores.dtype.type(min_size) * info[2]
    small = (boxes[:, 2:] - boxes[:, :2] + 1 < least).any(axis=1)
    boxes[small] += least / 2 * numpy.array([-1, -1, 1, 1], boxes.dtype)
    scores[small] = -1
    order = numpy.argsort(-scores, kind="stable")[:before if before > 0 else None]
    kept = order[_kept(boxes[order], threshold, min(after, len(order)))]
    kept = kept[numpy.arange(after) % len(kept)]
    return boxes[kept], scores[kept]


def _proposals(name, cls_prob, bbox_pred, im_info, scales, ratios, options, output_score):
    """The result of both operators."""
    arrays = cls_prob, bbox_pred, im_info
    one_dtype(name, *arrays)
    batch, channels, *space = cls_prob.shape if cls_prob.ndim == 4 else (0, 0, 0, 0)
    if cls_prob.ndim != 4 or bbox_pred.shape != (batch, 2 * channels, *space) or im_info.shape != (batch, 3):
        raise ShapeError(operand_message(name, arrays, "cls_prob is (batch, 2 times anchors, height, width), bbox_pred "
                                         "(batch, 4 times anchors, height, width), im_info (batch, 3)."))
    if channels != 2 * len(ratios) * len(scales) or not cls_prob.size:
        raise ShapeError(operand_message(name, arrays, f"there is an anchor for each of {len(ratios)} ratios and "
                                         f"{len(scales)} scales."))
    if options[1] < 1:
        raise ArgumentError(f"{name}: rpn_post_nms_top_n={options[1]} is not positive")
    anchors, boxes, scores = _anchors(options[4], ratios, scales, cls_prob.dtype), [], []
    with numpy.errstate(all="ignore"):
        for b in range(batch):
            found = _proposed(cls_prob[b, channels // 2:], bbox_pred[b], im_info[b], anchors, options)
            boxes.append(numpy.column_stack([numpy.full(options[1], b, cls_prob.dtype), found[0]]))
            scores.append(found[1][:, None])
    boxes = numpy.concatenate(boxes)
    return [boxes, numpy.concatenate(scores)] if output_score else boxes


_ZERO = {"cls_prob": zero, "bbox_pred": zero, "im_info": zero}


@op(nd="contrib.MultiProposal", grad=_ZERO, quiet=True)
def multi_proposal(cls_prob, bbox_pred, im_info, rpn_pre_nms_top_n=6000, rpn_post_nms_top_n=300, threshold=0.7,
                   rpn_min_size=16, scales=_SCALES, ratios=_RATIOS, feature_stride=16, output_score=False,
                   iou_loss=False, out=None):
    """Boxes proposed for each image: rows (image, left, top, right, bottom), rpn_post_nms_top_n per image.

    There is an anchor for each ratio and scale at each place of the predictions, feature_stride elements apart.
    cls_prob (batch, 2 times anchors, height, width) holds the probabilities of background, then those of objects,
    bbox_pred (batch, 4 times anchors, height, width) how each anchor is to be moved (with iou_loss its corners), and
    a row of im_info (batch, 3) height, width and scale of the image. Boxes are cut to the image; smaller ones than
    rpn_min_size times the scale come last. Of the best rpn_pre_nms_top_n those that overlap a better one by more than
    `threshold` are left out; where too few remain they are repeated. With output_score a list, with the probabilities
    (rows, 1). Raises ShapeError where shapes do not fit.
    """
    options = rpn_pre_nms_top_n, rpn_post_nms_top_n, threshold, rpn_min_size, feature_stride, iou_loss
    return _proposals("MultiProposal", cls_prob, bbox_pred, im_info, scales, ratios, options, output_score)


@op(nd="contrib.Proposal", grad=_ZERO, quiet=True)
def proposal(cls_prob, bbox_pred, im_info, rpn_pre_nms_top_n=6000, rpn_post_nms_top_n=300, threshold=0.7,
             rpn_min_size=16, scales=_SCALES, ratios=_RATIOS, feature_stride=16, output_score=False, iou_loss=False,
             out=None):
    """`MultiProposal` for a single image. Raises ShapeError for more."""
    if cls_prob.ndim == 4 and len(cls_prob) != 1:
        raise ShapeError(operand_message("Proposal", (cls_prob,), "there is one image; MultiProposal takes several."))
    options = rpn_pre_nms_top_n, rpn_post_nms_top_n, threshold, rpn_min_size, feature_stride, iou_loss
    return _proposals("Proposal", cls_prob, bbox_pred, im_info, scales, ratios, options, output_score)
