"""Sampling over regions of interest: every bin of a grid over a region is a mean of samples, or of elements.

Regions are rows that begin with the number of an image. Their bins are bags of elements (see mxlite._ops.bags); where
an operator is position-sensitive, every bin reads channels of its own.
"""

import math

import numpy

from mxlite._errors import ArgumentError, IndexingError, ShapeError, operand_message
from mxlite._op import op, zero
from mxlite._ops.bags import bag_spread, bag_sums
from mxlite._ops.checks import one_dtype

_MEMBERS = 1 << 20          # members of bags that are made at a time


# -- layouts -----------------------------------------------------------------------------------------------------------
def _rows_of(images, parts):
    """Images (batch, channels times parts, height, width) as rows (batch, parts, height, width; channels)."""
    batch, channels, height, width = images.shape
    split = images.reshape((batch, channels // parts, parts, height, width))
    return split.transpose((0, 2, 3, 4, 1)).reshape((-1, channels // parts))


def _images_of(rows, shape, parts):
    """The transpose of `_rows_of`, for images of a shape."""
    batch, channels, height, width = shape
    split = rows.reshape((batch, parts, height, width, channels // parts))
    return split.transpose((0, 4, 1, 2, 3)).reshape(shape)


def _pooled(data, pieces, parts, size):
    """The bins (regions, channels, *size) of images, from pieces (slice of the regions, weight, index)."""
    rows = numpy.ascontiguousarray(_rows_of(data, parts))
    sums = [bag_sums(rows, weight, index) for _, weight, index in pieces]
    sums = numpy.concatenate(sums) if sums else numpy.zeros((0, rows.shape[1]), data.dtype)
    return sums.reshape((-1, *size, rows.shape[1])).transpose((0, 3, 1, 2))


def _spread(g, pieces, parts, shape):
    """The transpose of `_pooled`: images of a shape."""
    bins, total = g.transpose((0, 2, 3, 1)), numpy.zeros((), g.dtype)
    for regions, weight, index in pieces:
        bags = bins[regions].reshape((-1, g.shape[1]))
        total = total + bag_spread(bags, weight, index, shape[0] * parts * shape[2] * shape[3])
    return _images_of(total, shape, parts) if pieces else numpy.zeros(shape, g.dtype)


# -- arguments ---------------------------------------------------------------------------------------------------------
def checked(name, data, rois, width):
    """Checks images, and regions with `width` numbers each. Raises ShapeError or DtypeError."""
    if data.ndim != 4 or rois.ndim != 2 or rois.shape[1] != width:
        raise ShapeError(operand_message(name, (data, rois), "data is (batch, channels, height, width), rois "
                                         f"(regions, {width})."))
    one_dtype(name, data, rois)


def image_numbers(name, rois, batch, may_be_negative=False):
    """The numbers of the regions' images. Raises IndexingError for those of no image."""
    numbers = rois[:, 0].astype(numpy.intp)
    if (numbers >= batch).any() or (not may_be_negative and (numbers < 0).any()):
        raise IndexingError(f"{name}: rois name images {numbers.min()} to {numbers.max()} of {batch}")
    return numbers


def check_scale(name, spatial_scale):
    """Raises ArgumentError unless a scale is given and lies between 0 and 1."""
    if spatial_scale is None or not 0 <= spatial_scale <= 1:
        raise ArgumentError(f"{name}: Required parameter spatial_scale is a number from 0 to 1, not {spatial_scale}")


def _size(name, pooled_size, spatial_scale):
    check_scale(name, spatial_scale)
    if pooled_size is None:
        raise ArgumentError(f"{name}: Required parameter pooled_size is not presented")
    if not numpy.iterable(pooled_size) or len(pooled_size) != 2 or min(pooled_size) < 1:
        raise ArgumentError(f"{name}: pooled_size is two positive numbers, not {pooled_size}")
    return tuple(pooled_size)


# -- means of samples --------------------------------------------------------------------------------------------------
def _samples(length, count, samples):
    """How many samples a bin has along an axis, per region."""
    return numpy.full(len(length), samples) if samples > 0 else numpy.ceil(length / count).astype(numpy.intp)


def _along(start, length, count, samples):
    """(places of the samples (regions, bins, most samples), which of them exist)."""
    size, kind = (length / count)[:, None, None], start.dtype.type
    k = numpy.arange(max(samples.max(initial=0), 1))
    place = start[:, None, None] + numpy.arange(count).astype(kind)[:, None] * size
    place = place + (k.astype(kind) + kind(0.5)) * size / numpy.maximum(samples, 1)[:, None, None].astype(kind)
    return place, numpy.broadcast_to(k < samples[:, None, None], place.shape)


def _crossed(down, across):
    """Both broadcast to (regions, rows, columns, samples down, samples across)."""
    return numpy.broadcast_arrays(down[:, :, None, :, None], across[:, None, :, None, :])


def _means(y, x, exists, count, first, size):
    """(weight, index) of bags, each the mean of `count` samples.

    At most 1 beyond the edge counts as the edge, more as nothing. All but `count` (regions,) broadcast to the shape
    that `_crossed` gives; `first` is the row of element (0, 0).
    """
    height, width = size
    exists = exists & (y >= -1) & (y <= height) & (x >= -1) & (x <= width)
    y, x = (numpy.where(exists, numpy.clip(v, 0, n - 1), 0) for v, n in ((y, height), (x, width)))
    top, left = y.astype(numpy.intp), x.astype(numpy.intp)
    below, right = numpy.minimum(top + 1, height - 1), numpy.minimum(left + 1, width - 1)
    down, aside = y - top.astype(y.dtype), x - left.astype(x.dtype)
    weight = [(1 - down) * (1 - aside), (1 - down) * aside, down * (1 - aside), down * aside]
    index = [first + row * width + column for row in (top, below) for column in (left, right)]
    weight = numpy.stack(weight, axis=-1) / numpy.maximum(count, 1).astype(y.dtype).reshape(-1, 1, 1, 1, 1, 1)
    index = numpy.where(exists[..., None], numpy.stack(index, axis=-1), -1)
    bags = math.prod(y.shape[:3])
    return weight.reshape(bags, -1), index.reshape(bags, -1)


def _pieces(samples_y, samples_x, bins):
    """Slices of the regions, of regions whose bags together have not too many members."""
    sizes, start = 4 * samples_y * samples_x * bins, 0
    for k in range(len(sizes)):
        # All bags of a piece are as large as the largest.
        if k > start and sizes[start:k + 1].max() * (k + 1 - start) > _MEMBERS:
            yield slice(start, k)
            start = k
    if len(sizes):
        yield slice(start, len(sizes))


def _aligned(shape, rois, size, spatial_scale, sample_ratio, position_sensitive, aligned):
    """The pieces of `roi_align`."""
    (batch, _, height, width), kind = shape, rois.dtype.type
    images = image_numbers("ROIAlign", rois, batch, may_be_negative=True)
    left, top, right, bottom = (rois[:, 1:] * kind(spatial_scale) - kind(0.5 if aligned else 0)).T
    wide, high = right - left, bottom - top
    if not aligned:
        wide, high = numpy.maximum(wide, 1), numpy.maximum(high, 1)
    elif not (wide > 0).all() or not (high > 0).all():
        raise ArgumentError("ROIAlign: with aligned=True every region has a positive width and height")
    n_y, n_x = _samples(high, size[0], sample_ratio), _samples(wide, size[1], sample_ratio)
    parts = size[0] * size[1] if position_sensitive else 1
    part = numpy.arange(parts).reshape(*(size if position_sensitive else (1, 1)), 1, 1)
    for at in _pieces(n_y, n_x, size[0] * size[1]):
        y, there_y = _along(top[at], high[at], size[0], n_y[at])
        x, there_x = _along(left[at], wide[at], size[1], n_x[at])
        exists = numpy.logical_and(*_crossed(there_y, there_x)) & (images[at] >= 0).reshape(-1, 1, 1, 1, 1)
        first = (images[at].reshape(-1, 1, 1, 1, 1) * parts + part) * (height * width)
        yield at, *_means(*_crossed(y, x), exists, n_y[at] * n_x[at], first, (height, width))


def _aligned_grad(g, data_shape, rois, pooled_size, spatial_scale, sample_ratio, position_sensitive, aligned):
    pieces = _aligned(data_shape, numpy.asarray(rois), pooled_size, spatial_scale, sample_ratio, position_sensitive,
                      aligned)
    return _spread(g, [*pieces], pooled_size[0] * pooled_size[1] if position_sensitive else 1, data_shape)


@op(nd="contrib.ROIAlign", grad={"data": _aligned_grad, "rois": zero})
def roi_align(data, rois, pooled_size=None, spatial_scale=None, sample_ratio=-1, position_sensitive=False,
              aligned=False, out=None):
    """Means of samples in each bin of a grid over each region: (regions, channels, *pooled_size).

    A row of rois is (image, left, top, right, bottom); coordinates are multiplied by spatial_scale. A bin has
    sample_ratio times sample_ratio samples, or about one per element if that is not positive, interpolated between the
    nearest four elements; beyond the edge by more than 1 a sample is 0. With `aligned` coordinates are shifted by half
    an element, otherwise a region is at least one element wide and high. With position_sensitive every bin has
    channels of its own: channel c of bin k is number c times bins + k of the data. Regions of a negative image give 0.
    The gradient of rois is 0. Raises ShapeError where shapes do not fit, IndexingError without such an image.
    """
    size = _size("ROIAlign", pooled_size, spatial_scale)
    checked("ROIAlign", data, rois, 5)
    if position_sensitive and data.shape[1] % (size[0] * size[1]):
        raise ShapeError(operand_message("ROIAlign", (data,), f"pooled_size={size} divides the channels."))
    pieces = _aligned(data.shape, rois, size, spatial_scale, sample_ratio, position_sensitive, aligned)
    return _pooled(data, pieces, size[0] * size[1] if position_sensitive else 1, size)


def _rotated(shape, rois, size, spatial_scale, sampling_ratio):
    """The pieces of `rotated_roi_align`."""
    (batch, _, height, width), kind = shape, rois.dtype.type
    images = image_numbers("RROIAlign", rois, batch)
    middle_x, middle_y, wide, high = (rois[:, 1:5] * kind(spatial_scale)).T
    wide, high = numpy.maximum(wide, 1), numpy.maximum(high, 1)
    angle = rois[:, 5] * kind(numpy.pi / 180)
    n_y, n_x = _samples(high, size[0], sampling_ratio), _samples(wide, size[1], sampling_ratio)
    for at in _pieces(n_y, n_x, size[0] * size[1]):
        (y, there_y), (x, there_x) = (_along(-length[at] / 2, length[at], count, n[at])
                                      for length, count, n in ((high, size[0], n_y), (wide, size[1], n_x)))
        y, x = _crossed(y, x)
        cos, sin, shift_y, shift_x, image = (v[at].reshape(-1, 1, 1, 1, 1) for v in (
            numpy.cos(angle), numpy.sin(angle), middle_y, middle_x, images))
        yield at, *_means(y * cos - x * sin + shift_y, x * cos + y * sin + shift_x,
                          numpy.logical_and(*_crossed(there_y, there_x)), n_y[at] * n_x[at],
                          image * (height * width), (height, width))


def _rotated_grad(g, data_shape, rois, pooled_size, spatial_scale, sampling_ratio):
    return _spread(g, [*_rotated(data_shape, numpy.asarray(rois), pooled_size, spatial_scale, sampling_ratio)], 1,
                   data_shape)


@op(nd="contrib.RROIAlign", grad={"data": _rotated_grad, "rois": zero})
def rotated_roi_align(data, rois, pooled_size=None, spatial_scale=None, sampling_ratio=-1, out=None):
    """`ROIAlign` over rotated regions: rows of rois are (image, middle x, middle y, width, height, degrees).

    Regions turn anticlockwise around their middle. The result is (regions, channels, *pooled_size); the gradient,
    which MXNet lacks, is that of data, and 0 for rois. Raises ShapeError where shapes do not fit.
    """
    size = _size("RROIAlign", pooled_size, spatial_scale)
    checked("RROIAlign", data, rois, 6)
    return _pooled(data, _rotated(data.shape, rois, size, spatial_scale, sampling_ratio), 1, size)


# -- means of elements -------------------------------------------------------------------------------------------------
def rounded_edges(rois, spatial_scale):
    """(left, top, right, bottom) of regions of whole elements, the last ones included."""
    kind = rois.dtype.type
    whole = numpy.copysign(numpy.floor(numpy.abs(rois[:, 1:]) + kind(0.5)), rois[:, 1:])
    return ((whole + numpy.array([0, 0, 1, 1], rois.dtype)) * kind(spatial_scale)).T


def bin_parts(bins, group_size):
    """Which part of the channels each bin along an axis reads."""
    return numpy.minimum(numpy.arange(bins) * group_size // bins, group_size - 1)


def _elements(start, end, bins, length):
    """(numbers of the elements of each bin (regions, bins, most elements), which of them exist)."""
    size = numpy.maximum(end - start, start.dtype.type(0.1))[:, None] / start.dtype.type(bins)
    k = numpy.arange(bins).astype(start.dtype)
    low = numpy.floor(k * size + start[:, None])
    high = numpy.ceil((k + 1) * size + start[:, None])
    low, high = (numpy.clip(v, 0, length).astype(numpy.intp) for v in (low, high))
    number = low[..., None] + numpy.arange(max((high - low).max(initial=0), 1))
    return number, number < high[..., None]


def _psroi(shape, rois, spatial_scale, bins, group_size):
    """The pieces of `psroi_pooling`."""
    batch, _, height, width = shape
    images = image_numbers("PSROIPooling", rois, batch)
    left, top, right, bottom = rounded_edges(rois, spatial_scale)
    parts = bin_parts(bins, group_size)
    parts = (parts[:, None] * group_size + parts)[..., None, None]
    (y, there_y), (x, there_x) = _elements(top, bottom, bins, height), _elements(left, right, bins, width)
    most = [there.sum(axis=2).max(axis=1, initial=0) for there in (there_y, there_x)]
    for at in _pieces(*most, bins * bins):
        n_y, n_x = (max(n[at].max(), 1) for n in most)
        exists = numpy.logical_and(*_crossed(there_y[at, :, :n_y], there_x[at, :, :n_x])).reshape(-1, n_y * n_x)
        row, column = _crossed(y[at, :, :n_y], x[at, :, :n_x])
        first = (images[at].reshape(-1, 1, 1, 1, 1) * group_size ** 2 + parts) * (height * width)
        index = numpy.where(exists, (first + row * width + column).reshape(exists.shape), -1)
        yield at, (exists / numpy.maximum(exists.sum(axis=1, keepdims=True), 1)).astype(rois.dtype), index


def _psroi_grad(g, data_shape, rois, spatial_scale, output_dim, pooled_size, group_size):
    group_size = group_size or pooled_size
    used = (data_shape[0], output_dim * group_size ** 2, *data_shape[2:])
    pieces = [*_psroi(data_shape, numpy.asarray(rois), spatial_scale, pooled_size, group_size)]
    grad = _spread(g, pieces, group_size ** 2, used)
    if used == tuple(data_shape):
        return grad
    return numpy.pad(grad, [(0, 0), (0, data_shape[1] - used[1]), (0, 0), (0, 0)])


def check_parts(name, data, spatial_scale, **numbers):
    """Checks what position-sensitive pooling is told. Raises ArgumentError or ShapeError."""
    check_scale(name, spatial_scale)
    for what, value in numbers.items():
        if value is None or value < 1:
            raise ArgumentError(f"{name}: Required parameter {what} is a positive number, not {value}")
    needed = numbers["output_dim"] * numbers["group_size"] ** 2
    if data.shape[1] < needed:
        raise ShapeError(operand_message(name, (data,), "there are fewer channels than output_dim times group_size "
                                         f"squared, {needed}."))


@op(nd="contrib.PSROIPooling", grad={"data": _psroi_grad, "rois": zero})
def psroi_pooling(data, rois, spatial_scale=None, output_dim=None, pooled_size=None, group_size=0, out=None):
    """Means of the elements in each bin of a grid over each region, every bin with channels of its own.

    The result is (regions, output_dim, pooled_size, pooled_size). A row of rois is (image, left, top, right, bottom),
    rounded, then multiplied by spatial_scale; the last elements belong to the region. The bins form group_size times
    group_size groups (by default one per bin); channel c of group k is number c times groups + k of the data. Empty
    bins give 0. The gradient of rois is 0. Raises ShapeError where shapes do not fit, IndexingError without such an
    image.
    """
    group_size = group_size or pooled_size
    checked("PSROIPooling", data, rois, 5)
    check_parts("PSROIPooling", data, spatial_scale, pooled_size=pooled_size, output_dim=output_dim,
                group_size=group_size)
    pieces = _psroi(data.shape, rois, spatial_scale, pooled_size, group_size)
    return _pooled(data[:, :output_dim * group_size ** 2], pieces, group_size ** 2, (pooled_size, pooled_size))
