"""Pooling over regions of interest: rectangles of images, each divided into a grid of bins."""

import math

import numpy

from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, IndexingError, ShapeError, operand_message
from mxlite._op import composed
from mxlite._ops.checks import floats_only
from mxlite._ops.index import getitem
from mxlite._ops.operands import into
from mxlite._ops.windows import picked_of_planes


def _nearest(value):
    """The nearest integer, halves away from 0."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def _bins(first, last, count, length):
    """(start, stop) of `count` bins from `first` to `last`, cut to 0 ... length; bins may overlap and may be empty."""
    size = max(last - first + 1, 1) / count
    for k in range(count):
        start, stop = math.floor(k * size) + first, math.ceil((k + 1) * size) + first
        yield min(max(start, 0), length), min(max(stop, 0), length)


def _largest(images, rois, batch, pooled_size, scale):
    """Per region, channel and bin the number of the largest element within its image's channel; -1 for none."""
    height, width = images.shape[2:]
    out = numpy.full((len(rois), images.shape[1], *pooled_size), -1, numpy.intp)
    for r, (b, roi) in enumerate(zip(batch, rois, strict=True)):
        if b < 0:
            continue
        left, top, right, bottom = (_nearest(v * scale) for v in roi[1:])
        for i, (y0, y1) in enumerate(_bins(top, bottom, pooled_size[0], height)):
            for j, (x0, x1) in enumerate(_bins(left, right, pooled_size[1], width)):
                if y0 < y1 and x0 < x1:
                    at = images[b, :, y0:y1, x0:x1].reshape(images.shape[1], -1).argmax(axis=1)
                    out[r, :, i, j] = (at // (x1 - x0) + y0) * width + at % (x1 - x0) + x0
    return out


@composed(npx="roi_pooling", nd="ROIPooling")
def roi_pooling(data, rois, pooled_size=None, spatial_scale=None, out=None, name=None):
    """The largest element of each bin of a grid over each region, (regions, channels, *pooled_size).

    A row of rois is (image, left, top, right, bottom); coordinates are multiplied by spatial_scale and rounded, and
    the last ones belong to the region. Empty bins and regions of a negative image give 0. No gradient reaches rois.
    """
    if pooled_size is None or spatial_scale is None:
        raise ArgumentError("roi_pooling: Required parameters pooled_size and spatial_scale")
    size = (pooled_size,) * 2 if isinstance(pooled_size, int) else tuple(pooled_size)
    images, regions = raw_of(data), raw_of(rois)
    if images.ndim != 4 or regions.ndim != 2 or regions.shape[1] != 5 or len(size) != 2 or min(size) < 1:
        raise ShapeError(operand_message(
            "roi_pooling", (images, regions), f"data is 4D, rois (n, 5) and pooled_size two numbers, not {size}."))
    floats_only("roi_pooling", images)
    batch = regions[:, 0].astype(numpy.intp)
    if batch.size and batch.max() >= len(images):
        raise IndexingError(operand_message("roi_pooling", (images, regions), f"there is no image {batch.max()}."))
    index = _largest(images, regions.tolist(), batch, size, spatial_scale)
    return into(out, picked_of_planes(getitem(data, (numpy.maximum(batch, 0),)), index))
