"""Samples of mxlite/_ops/roi.py, multibox.py and proposal.py; values of MXNet are in tests/golden (vision_*)."""

import math

import numpy

from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError
from samples import BadCall, Sample, values

FLAT = {"order": 0, "why": "the gradient is 0 by declaration, as MXNet has it"}
HALVES = {"dtypes": ("float64", "float32", "float16")}
LAST = numpy.array([0, 0, 1, 1])


# -- regions -----------------------------------------------------------------------------------------------------------
def _at(image, y, x):
    """An element between others, with the edge repeated for a distance of 1."""
    height, width = image.shape[1:]
    if not (-1 <= y <= height and -1 <= x <= width):
        return numpy.zeros(len(image))
    y, x = min(max(y, 0), height - 1), min(max(x, 0), width - 1)
    return sum(image[:, i, j] * (1 - abs(y - i)) * (1 - abs(x - j))
               for i in (math.floor(y), math.ceil(y)) for j in (math.floor(x), math.ceil(x))
               if abs(y - i) < 1 and abs(x - j) < 1) / (
        (1 + (math.floor(y) == math.ceil(y))) * (1 + (math.floor(x) == math.ceil(x))))


def _pooled(data, rois, size, points):
    """Means over the points (list of (y, x)) of each bin; negative images give 0."""
    out = numpy.zeros((len(rois), data.shape[1], *size))
    for r, roi in enumerate(rois):
        for i, j in numpy.ndindex(*size):
            if roi[0] >= 0:
                out[r, :, i, j] = numpy.mean([_at(data[int(roi[0])], *p) for p in points(roi, i, j)], axis=0)
    return out


def _grid(high, wide, size, ratio):
    """(rows, columns) of the samples of a bin, from its upper left corner."""
    n, m = (ratio if ratio > 0 else math.ceil(v / k) for v, k in zip((high, wide), size, strict=True))
    return (numpy.arange(n) + 0.5) * high / size[0] / n, (numpy.arange(m) + 0.5) * wide / size[1] / m


def _aligned(data, rois, pooled_size, spatial_scale, sample_ratio=-1, position_sensitive=False, aligned=False):
    def points(roi, i, j):
        left, top, right, bottom = roi[1:] * spatial_scale - aligned / 2
        high, wide = (v if aligned else max(v, 1) for v in (bottom - top, right - left))
        down, across = _grid(high, wide, pooled_size, sample_ratio)
        return [(top + i * high / pooled_size[0] + y, left + j * wide / pooled_size[1] + x)
                for y in down for x in across]
    out = _pooled(data, rois, pooled_size, points)
    if not position_sensitive:
        return out
    bins = pooled_size[0] * pooled_size[1]
    parts = out.reshape(len(rois), -1, bins, bins)
    return parts[:, :, range(bins), range(bins)].reshape(len(rois), -1, *pooled_size)


def _rotated(data, rois, pooled_size, spatial_scale, sampling_ratio=-1):
    def points(roi, i, j):
        middle_x, middle_y, wide, high = roi[1:5] * spatial_scale
        wide, high = max(wide, 1), max(high, 1)
        down, across = _grid(high, wide, pooled_size, sampling_ratio)
        turn = math.radians(roi[5])
        places = [(i * high / pooled_size[0] + y - high / 2, j * wide / pooled_size[1] + x - wide / 2)
                  for y in down for x in across]
        return [(y * math.cos(turn) - x * math.sin(turn) + middle_y, x * math.cos(turn) + y * math.sin(turn) + middle_x)
                for y, x in places]
    return _pooled(data, rois, pooled_size, points)


def _positioned(data, rois, spatial_scale, output_dim, pooled_size, group_size=0):
    group = group_size or pooled_size
    out = numpy.zeros((len(rois), output_dim, pooled_size, pooled_size))
    for (r, c, i, j) in numpy.ndindex(out.shape):
        left, top, right, bottom = (numpy.round(rois[r, 1:]) + LAST) * spatial_scale
        high, wide = max(bottom - top, 0.1) / pooled_size, max(right - left, 0.1) / pooled_size
        rows = slice(max(math.floor(top + i * high), 0), max(math.ceil(top + (i + 1) * high), 0))
        columns = slice(max(math.floor(left + j * wide), 0), max(math.ceil(left + (j + 1) * wide), 0))
        part = (c * group + i * group // pooled_size) * group + j * group // pooled_size
        elements = data[int(rois[r, 0]), part, rows, columns]
        out[r, c, i, j] = elements.mean() if elements.size else 0
    return out


X, WIDE = values(2, 2, 5, 4), values(2, 8, 5, 4)
ROIS = numpy.array([[0, 0.3, 1.1, 3.4, 4.2], [1, -1.2, -0.3, 1.3, 2.6], [-1, 0, 0, 2, 2], [0, 2.2, 1.1, 2.3, 1.4]])
WITHIN = numpy.array([[0, 0, 1, 3, 4], [1, -1, -2, 1, 2], [0, 9, 9, 12, 12], [1, 2.2, 1.1, 2.3, 1.4]])
TURNED = numpy.array([[0, 1.7, 2.2, 3.1, 2.3, 31], [1, 2.1, 1.2, 0.4, 4.6, -70]])
DATA = {"wrt": "data", "spatial_scale": 1.0}

# -- boxes -------------------------------------------------------------------------------------------------------------
ANCHORS = numpy.array([[[0.1, 0.1, 0.3, 0.3], [0.3, 0.2, 0.6, 0.8], [0.5, 0.5, 0.9, 0.9], [0, 0, 0.05, 0.05]]])
LABELS = numpy.array([[[0, 0.1, 0.1, 0.3, 0.35], [1, 0.4, 0.4, 0.9, 0.9], [-1] * 5], [[-1] * 5] * 3])
PREDICTED = values(2, 3, 4)
CLOSE = numpy.array([[[0.1, 0.1, 0.5, 0.5], [0.12, 0.1, 0.55, 0.5], [0.11, 0.1, 0.5, 0.55], [0, 0, 0.05, 0.05]]])
LIKELY = numpy.array([[[0.2, 0.1, 0.3, 0.25], [0.5, 0.8, 0.6, 0.005], [0.3, 0.1, 0.1, 0.008]]])
TRUTHS = numpy.array([[[0.1, 0.1, 0.35, 0.4], [0.5, 0.4, 0.8, 0.8]]])
SAMPLED, MATCHED = numpy.array([[1.0, 1, 0, -1]]), numpy.array([[0.0, 1, 7, -1]])
MEANS, STDS = numpy.array([0.1, 0, 0, 0]), numpy.array([0.1, 0.1, 0.2, 0.2])


def _targets(matched, classes):
    """Targets of LABELS: an anchor of each image with the truth it has, for variances of 1."""
    def reference(anchor, label, cls_pred, **kwargs):
        target, mask = numpy.zeros((2, 2, 4, 4))
        for a, k in matched.items():
            (x0, y0, x1, y1), (u0, v0, u1, v1) = anchor[0, a], label[0, k, 1:]
            target[0, a] = [((u0 + u1) - (x0 + x1)) / 2 / (x1 - x0), ((v0 + v1) - (y0 + y1)) / 2 / (y1 - y0),
                            math.log((u1 - u0) / (x1 - x0)), math.log((v1 - v0) / (y1 - y0))]
            mask[0, a] = 1
        return target.reshape(2, -1), mask.reshape(2, -1), numpy.array(classes, float)
    return reference


def _decoded(data, anchors, std0=1, std1=1, std2=1, std3=1, clip=-1, format="center"):
    x, y, w, h = numpy.moveaxis(anchors, -1, 0)
    if format == "corner":
        w, h = w - x, h - y
        x, y = x + w / 2, y + h / 2
    dx, dy, dw, dh = numpy.moveaxis(data * [std0, std1, std2, std3], -1, 0)
    half_w, half_h = (numpy.exp(numpy.minimum(v, clip if clip > 0 else numpy.inf)) * n / 2
                      for v, n in ((dw, w), (dh, h)))
    x, y = dx * w + x, dy * h + y
    return numpy.stack([x - half_w, y - half_h, x + half_w, y + half_h], axis=-1)


def _boxes(kinds, order):
    """Detections of CLOSE without shifts: classes, and the anchors in their order."""
    def reference(cls_prob, loc_pred, anchor, **kwargs):
        rows = [[kind, cls_prob[0, 1:, a].max(), *anchor[0, a]] for kind, a in zip(kinds, order, strict=True)]
        return numpy.array([rows + [[-1] * 6] * (4 - len(rows))])
    return reference


STILL = numpy.zeros((1, 16))
SEEN, BOXES = values(1, 2, 3, 3, low=0.1, high=0.9), values(1, 4, 3, 3, low=-0.1, high=0.1)
INFO = numpy.array([[50.0, 49, 1]])
FEW = {"scales": (2,), "ratios": (1,), "rpn_post_nms_top_n": 4, "rpn_pre_nms_top_n": 9}


def _nine(threshold, iou_loss=False):
    """Proposals of FEW, box by box."""
    def reference(cls_prob, bbox_pred, im_info, output_score=False, **kwargs):
        found = []
        for i, j in numpy.ndindex(3, 3):
            x, y, w, h = 7.5 + 16 * j, 7.5 + 16 * i, 32, 32
            dx, dy, dw, dh = bbox_pred[0, :, i, j]
            if iou_loss:
                box = [x - 15.5 + dx, y - 15.5 + dy, x + 15.5 + dw, y + 15.5 + dh]
            else:
                x, y, w, h = x + dx * w, y + dy * h, w * math.exp(dw), h * math.exp(dh)
                box = [x - (w - 1) / 2, y - (h - 1) / 2, x + (w - 1) / 2, y + (h - 1) / 2]
            found.append(([min(max(v, 0), n) for v, n in zip(box, (48, 49, 48, 49), strict=True)],
                          cls_prob[0, 1, i, j]))
        kept = []
        for box, score in sorted(found, key=lambda f: -f[1]):
            if all(_overlap(box, other) <= threshold for other, _ in kept):
                kept.append((box, score))
        kept = [kept[k % len(kept)] for k in range(4)] if len(kept) < 4 else kept[:4]
        boxes, scores = numpy.array([[0, *b] for b, _ in kept]), numpy.array([[s] for _, s in kept])
        return [boxes, scores] if output_score else boxes
    return reference


def _overlap(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]) + 1, min(a[3], b[3]) - max(a[1], b[1]) + 1
    common = max(w, 0) * max(h, 0)
    areas = [(x[2] - x[0] + 1) * (x[3] - x[1] + 1) for x in (a, b)]
    return common / (sum(areas) - common)


_PROPOSED = [
    Sample(SEEN, BOXES, INFO, label="boxes", reference=_nine(0.7), **FEW, **FLAT),
    Sample(SEEN, BOXES, INFO, output_score=True, threshold=0.2, label="scores", reference=_nine(0.2), **FEW, **FLAT),
    Sample(SEEN, 20 * BOXES, INFO, iou_loss=True, label="corners", reference=_nine(0.7, True), **FEW, **FLAT),
]
_UNIT = {"variances": (1, 1, 1, 1)}

SAMPLES = {
    "roi_align": [
        Sample(X, ROIS, pooled_size=(2, 3), sample_ratio=2, reference=_aligned, label="samples", **DATA, **HALVES),
        Sample(X, ROIS, pooled_size=(2, 2), reference=_aligned, label="as many as elements", **DATA),
        Sample(X, ROIS, pooled_size=(2, 1), sample_ratio=1, aligned=True, wrt="data", spatial_scale=0.7,
               reference=_aligned, label="aligned"),
        Sample(WIDE, ROIS, pooled_size=(2, 2), position_sensitive=True, reference=_aligned, label="position", **DATA),
        Sample(X, ROIS[:0], pooled_size=(2, 2), reference=_aligned, label="no regions", **DATA),
    ],
    "rotated_roi_align": [
        Sample(X, TURNED, pooled_size=(2, 2), sampling_ratio=2, reference=_rotated, label="samples", **DATA),
        Sample(X, TURNED, pooled_size=(2, 1), spatial_scale=0.6, wrt="data", reference=_rotated, label="scale"),
    ],
    "psroi_pooling": [
        Sample(WIDE, WITHIN, output_dim=2, pooled_size=2, reference=_positioned, label="bins", **DATA, **HALVES),
        Sample(WIDE, WITHIN, output_dim=1, pooled_size=3, group_size=2, reference=_positioned, label="groups", **DATA),
        Sample(WIDE, WITHIN[:0], output_dim=2, pooled_size=2, reference=_positioned, label="no regions", **DATA),
    ],
    "multibox_target": [
        Sample(ANCHORS, LABELS, PREDICTED, label="targets",
               reference=_targets({0: 0, 2: 1}, [[1, 0, 2, 0], [-1] * 4]), **_UNIT, **FLAT),
        Sample(ANCHORS, LABELS, PREDICTED, overlap_threshold=0.1, ignore_label=-3, label="threshold",
               reference=_targets({0: 0, 1: 1, 2: 1}, [[1, 2, 2, 0], [-3] * 4]), **_UNIT, **FLAT),
        Sample(ANCHORS, LABELS, -PREDICTED[:, ::-1], negative_mining_ratio=0.5, label="mining",
               reference=_targets({0: 0, 2: 1}, [[1, -1, 2, 0], [-1] * 4]), **_UNIT, **FLAT),
    ],
    "multibox_detection": [
        Sample(LIKELY, STILL, CLOSE, label="best", reference=_boxes([0, -1, -1], [1, 2, 0]), **FLAT),
        Sample(LIKELY, STILL, CLOSE, nms_threshold=0.9, label="all", reference=_boxes([0, 0, 0], [1, 2, 0]), **FLAT),
        Sample(LIKELY, STILL, CLOSE, nms_threshold=0, label="unsorted", reference=_boxes([0, 0, 0], [0, 1, 2]),
               **FLAT),
        Sample(LIKELY, STILL, CLOSE, threshold=0.55, label="likely", reference=_boxes([0, -1], [1, 2]), **FLAT),
        Sample(LIKELY[:, :1], STILL, CLOSE, label="background", reference=_boxes([], []), **FLAT),
    ],
    "box_encode": [
        Sample(SAMPLED, MATCHED, ANCHORS, TRUTHS, MEANS, STDS, label="boxes", reference=lambda *a: (
            numpy.array([[[0.25, 2.5, math.log(1.25) / 0.2, math.log(1.5) / 0.2],
                          [17 / 3, 5 / 3, 0, math.log(2 / 3) / 0.2], [0] * 4, [0] * 4]]),
            numpy.repeat([[[1.0], [1], [0], [0]]], 4, axis=2)),
            **{**FLAT, "tolerance": {"float32": 1e-5}, "why": "differences of near numbers; gradients are 0"}),
        Sample(0 * SAMPLED, MATCHED, ANCHORS, TRUTHS[:, :0], MEANS, STDS, label="no boxes",
               reference=lambda *a: (numpy.zeros((1, 4, 4)),) * 2, **FLAT),
    ],
    "box_decode": [
        Sample(values(2, 4, 4), ANCHORS, reference=_decoded, label="middles", **FLAT),
        Sample(values(2, 4, 4), ANCHORS, 0.1, 0.1, 0.2, 0.2, 0.05, "corner", reference=_decoded, label="corners",
               **FLAT),
    ],
    "proposal": _PROPOSED,
    "multi_proposal": _PROPOSED,
}

_SIZE = {"pooled_size": (2, 2), "spatial_scale": 1.0}
_PARTS = {"output_dim": 2, "pooled_size": 2, "spatial_scale": 1.0}
_REGIONS = [
    BadCall(ShapeError, "rois (regions", X[0], ROIS, **_SIZE),
    BadCall(DtypeError, "one dtype", X, ROIS.astype("float32"), **_SIZE),
]
_CODED = [SAMPLED, MATCHED, ANCHORS, TRUTHS, MEANS, STDS]


def _coded(**changed):
    names = ("samples", "matches", "anchors", "refs", "means", "stds")
    return {**dict(zip(names, _CODED, strict=True)), **changed}


ERRORS = {
    "roi_align": [
        *_REGIONS,
        BadCall(ArgumentError, "pooled_size", X, ROIS, spatial_scale=1.0),
        BadCall(ArgumentError, "two positive numbers", X, ROIS, pooled_size=(0, 2), spatial_scale=1.0),
        BadCall(ArgumentError, "spatial_scale", X, ROIS, pooled_size=(2, 2)),
        BadCall(ArgumentError, "from 0 to 1", X, ROIS, pooled_size=(2, 2), spatial_scale=1.5),
        BadCall(ArgumentError, "positive width and height", X, ROIS[:, [0, 3, 4, 1, 2]], aligned=True, **_SIZE),
        BadCall(ShapeError, "divides the channels", X, ROIS, position_sensitive=True, **_SIZE),
        BadCall(ShapeError, "rois (regions, 5)", X, TURNED, **_SIZE),
        BadCall(IndexingError, "images", X, ROIS + 2, **_SIZE),
    ],
    "rotated_roi_align": [
        BadCall(ShapeError, "rois (regions, 6)", X, ROIS, **_SIZE),
        BadCall(IndexingError, "images", X, TURNED - 1, **_SIZE),
    ],
    "psroi_pooling": [
        BadCall(ShapeError, "fewer channels", X, WITHIN, **_PARTS),
        BadCall(ArgumentError, "output_dim", WIDE, WITHIN, pooled_size=2, spatial_scale=1.0),
        BadCall(ArgumentError, "pooled_size", WIDE, WITHIN, output_dim=2, spatial_scale=1.0),
        BadCall(ArgumentError, "from 0 to 1", WIDE, WITHIN, output_dim=2, pooled_size=2, spatial_scale=-1.0),
        BadCall(ShapeError, "rois (regions, 5)", WIDE, TURNED, **_PARTS),
        BadCall(IndexingError, "images", WIDE, ROIS, **_PARTS),
    ],
    "multibox_target": [
        BadCall(ShapeError, "shared by the batch", ANCHORS[0], LABELS, PREDICTED),
        BadCall(ShapeError, "5 or more", ANCHORS, LABELS[:, :, :4], PREDICTED),
        BadCall(ShapeError, "cls_pred", ANCHORS, LABELS, PREDICTED[:, :, :3]),
        BadCall(ShapeError, "cls_pred", ANCHORS, LABELS, PREDICTED[:1]),
        BadCall(ArgumentError, "variances", ANCHORS, LABELS, PREDICTED, variances=(1, 1)),
        BadCall(ArgumentError, "not positive", ANCHORS, LABELS, PREDICTED, negative_mining_ratio=1,
                negative_mining_thresh=0),
        BadCall(ArgumentError, "2 negative samples", ANCHORS, LABELS, PREDICTED, negative_mining_ratio=3,
                negative_mining_thresh=0.1),
        BadCall(ArgumentError, "padding", ANCHORS, -numpy.ones((2, 1, 5)) + [0, 1, 1, 1, 1], PREDICTED),
        BadCall(DtypeError, "one dtype", ANCHORS, LABELS.astype("float32"), PREDICTED),
    ],
    "multibox_detection": [
        BadCall(ShapeError, "cls_prob is", LIKELY[0], STILL, CLOSE),
        BadCall(ShapeError, "cls_prob is", LIKELY, STILL, CLOSE[0]),
        BadCall(ShapeError, "mismatch", LIKELY, STILL[:, :8], CLOSE),
        BadCall(ArgumentError, "variances", LIKELY, STILL, CLOSE, variances=(1, 1)),
        BadCall(DtypeError, "one dtype", LIKELY, STILL.astype("float32"), CLOSE),
    ],
    "box_encode": [
        BadCall(ShapeError, "samples and matches", **_coded(samples=SAMPLED[0])),
        BadCall(ShapeError, "refs (batch", **_coded(refs=TRUTHS[0])),
        BadCall(ShapeError, "4 numbers", **_coded(means=MEANS[:2])),
        BadCall(IndexingError, "no box", **_coded(matches=MATCHED + 3)),
        BadCall(DtypeError, "one dtype", **_coded(matches=MATCHED.astype("float32"))),
    ],
    "box_decode": [
        BadCall(ArgumentError, "'corner'", values(2, 4, 4), ANCHORS, format="x"),
        BadCall(ShapeError, "(1, boxes, 4)", values(2, 4, 4), ANCHORS[:, :3]),
        BadCall(ShapeError, "(1, boxes, 4)", values(4, 4), ANCHORS),
        BadCall(DtypeError, "one dtype", values(2, 4, 4), ANCHORS.astype("float32")),
    ],
    "proposal": [
        BadCall(ShapeError, "MultiProposal takes several", SEEN.repeat(2, 0), BOXES, INFO, **FEW),
        BadCall(ShapeError, "an anchor for each", SEEN, BOXES, INFO),
    ],
    "multi_proposal": [
        BadCall(ShapeError, "cls_prob is", SEEN[0], BOXES, INFO, **FEW),
        BadCall(ShapeError, "cls_prob is", SEEN, BOXES[:, :2], INFO, **FEW),
        BadCall(ShapeError, "feature_stride", SEEN, BOXES, INFO, feature_stride=8, **FEW),
        BadCall(ArgumentError, "rpn_post_nms_top_n", SEEN, BOXES, INFO, scales=(2,), ratios=(1,),
                rpn_post_nms_top_n=0),
        BadCall(DtypeError, "one dtype", SEEN, BOXES, INFO.astype("float32"), **FEW),
    ],
}
