"""Convolution and pooling at places that are learned: every sample is shifted by an offset of its own.

Samples are interpolated between the nearest four elements (see mxlite._ops.bags), so that offsets have gradients.
"""

import math

import numpy

from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import composed
from mxlite._ops.bags import bag_sums
from mxlite._ops.checks import one_dtype
from mxlite._ops.convolution import window_of
from mxlite._ops.operands import into, plain
from mxlite._ops.products import matmul
from mxlite._ops.roi import bin_parts, check_parts, checked, image_numbers, rounded_edges
from mxlite._ops.sampler import neighbours, with_np_arrays, zero_beyond
from mxlite._ops.shape import reshape, transpose


# -- convolution -------------------------------------------------------------------------------------------------------
def _plan(name, arrays, kernel, stride, dilate, pad, num_filter, num_group, num_deformable_group, no_bias, layout):
    """(window, places) of a deformable convolution. Raises ArgumentError, ShapeError or DtypeError."""
    data, offset, mask, weight, bias = (None if a is None else plain(a) for a in arrays)
    if not kernel or not num_filter:
        raise ArgumentError(f"{name}: Required parameters kernel and num_filter")
    if layout not in (None, "NCHW"):
        raise ArgumentError(f"{name}: layout is 'NCHW', not {layout!r}")
    if (bias is None) != bool(no_bias):
        raise ArgumentError(f"{name}: a bias is given unless no_bias=True")
    given = [a for a in (data, offset, mask, weight, bias) if a is not None]
    if data.ndim != 4:
        raise ShapeError(operand_message(name, given, "data is (batch, channels, height, width)."))
    window = window_of(name, kernel, stride, dilate, pad, 2)
    places, channels = window.places(data.shape[2:]), data.shape[1]
    if min(places) < 1:
        raise ShapeError(operand_message(name, given, "kernel size exceeds the padded input."))
    if num_group < 1 or num_deformable_group < 1 or channels % num_group or num_filter % num_group or (
            channels % num_deformable_group):
        raise ShapeError(f"{name}: num_group={num_group} divides {channels} channels and {num_filter} filters, "
                         f"num_deformable_group={num_deformable_group} the channels")
    area = math.prod(window.kernel) * num_deformable_group
    for what, a, shape in (("offset", offset, (len(data), 2 * area, *places)),
                           ("mask", mask, (len(data), area, *places)),
                           ("weight", weight, (num_filter, channels // num_group, *window.kernel)),
                           ("bias", bias, (num_filter,))):
        if a is not None and a.shape != shape:
            raise ShapeError(operand_message(name, given, f"{what} should have the shape {shape}."))
    one_dtype(name, *given)
    return window, places


def _points(offset, window, places, groups):
    """(y, x) of all samples: (batch, groups, places of the window, *places)."""
    at = [numpy.arange(n) * s - p for n, s, p in zip(places, window.stride, window.pad, strict=True)]
    inside = [numpy.arange(k) * d for k, d in zip(window.kernel, window.dilate, strict=True)]
    start = numpy.stack(numpy.broadcast_arrays(
        inside[0][:, None, None, None] + at[0][:, None], inside[1][:, None, None] + at[1]), axis=2)
    area = math.prod(window.kernel)
    start = start.reshape(area, 2, *places).astype(plain(offset).dtype)
    moved = reshape(offset, (offset.shape[0], groups, area, 2, *places)) + start
    return moved[:, :, :, 0], moved[:, :, :, 1]


def _last_repeated(v, n):
    """As `zero_beyond`, but beyond the last element stands itself, and all around of what lies outside is missing."""
    p = plain(v)
    there = (p >= 0) & (p < n)
    low = numpy.where(there, numpy.floor(p), 0)
    return v - low, [numpy.where(there, numpy.minimum(at, n - 1), -1).astype(numpy.intp) for at in (low, low + 1)]


def _samples(data, y, x, groups, rule):
    """All channels of a group of channels at the group's points: (batch times groups times points, channels)."""
    batch, channels, height, width = data.shape
    split = reshape(data, (batch, groups, channels // groups, height, width))
    rows = reshape(transpose(split, (0, 1, 3, 4, 2)), (-1, channels // groups))
    first = numpy.arange(batch * groups).reshape(batch, groups, 1, 1, 1) * (height * width)
    return bag_sums(rows, *neighbours(y, x, first, (height, width), rule))


def _convolved(columns, weight, bias, places, groups):
    """Columns (batch, channels, places of the window, places) times the weight, plus the bias."""
    batch, channels, area, count = columns.shape
    filters = weight.shape[0]
    y = matmul(reshape(weight, (groups, filters // groups, -1)),
               reshape(columns, (batch, groups, channels // groups * area, count)))
    y = reshape(y, (batch, filters, *places))
    return y if bias is None else y + reshape(bias, (-1, 1, 1))


def _deformed(data, offset, mask, weight, bias, plan, num_group, num_deformable_group, rule):
    (window, places), groups = plan, num_deformable_group
    batch, channels = data.shape[:2]
    area, count = math.prod(window.kernel), math.prod(places)
    sampled = _samples(data, *_points(offset, window, places, groups), groups, rule)
    columns = reshape(sampled, (batch, groups, area, count, channels // groups))
    if mask is not None:
        columns = columns * reshape(mask, (batch, groups, area, count, 1))
    columns = reshape(transpose(columns, (0, 1, 4, 2, 3)), (batch, channels, area, count))
    return _convolved(columns, weight, bias, places, num_group)


@composed(npx="deformable_convolution", nd="contrib.DeformableConvolution")
@with_np_arrays
def deformable_convolution(data, offset, weight, bias=None, kernel=None, stride=(), dilate=(), pad=(), num_filter=None,
                           num_group=1, num_deformable_group=1, workspace=1024, no_bias=False, layout=None, out=None,
                           name=None):
    """A convolution in which every element of the window is shifted, at every place, by an offset.

    data is (batch, channels, height, width), weight (num_filter, channels / num_group, *kernel), offset (batch, 2 times
    num_deformable_group times the elements of the window, *places): per group of channels and element a shift down
    and one to the right. An element outside the image is 0, one within the last row or column is not interpolated with
    what lies beyond. Differentiable in all arrays. Raises ShapeError where shapes do not fit, ArgumentError unless the
    bias is given or no_bias=True.
    """
    plan = _plan("DeformableConvolution", (data, offset, None, weight, bias), kernel, stride, dilate, pad, num_filter,
                 num_group, num_deformable_group, no_bias, layout)
    return into(out, _deformed(data, offset, None, weight, bias, plan, num_group, num_deformable_group,
                               _last_repeated))


@composed(npx="modulated_deformable_convolution", nd="contrib.ModulatedDeformableConvolution")
@with_np_arrays
def modulated_deformable_convolution(data, offset, mask, weight, bias=None, kernel=None, stride=(), dilate=(), pad=(),
                                     num_filter=None, num_group=1, num_deformable_group=1, workspace=1024,
                                     no_bias=False, im2col_step=64, layout=None, out=None, name=None):
    """`DeformableConvolution` in which every shifted element is also multiplied by a number of mask.

    mask is (batch, num_deformable_group times the elements of the window, *places). Here elements up to 1 outside the
    image are interpolated between it and 0. Differentiable in all arrays, which MXNet is on a GPU alone.
    """
    plan = _plan("ModulatedDeformableConvolution", (data, offset, mask, weight, bias), kernel, stride, dilate, pad,
                 num_filter, num_group, num_deformable_group, no_bias, layout)
    return into(out, _deformed(data, offset, mask, weight, bias, plan, num_group, num_deformable_group, zero_beyond))


# -- pooling -----------------------------------------------------------------------------------------------------------
def _clipped(v, n):
    """As `zero_beyond`, but up to half an element outside counts as the edge, and more is missing altogether."""
    p = plain(v)
    there = (p >= -0.5) & (p <= n - 0.5)
    at = numpy.where(there, numpy.clip(p, 0, n - 1), 0)
    low, high = numpy.floor(at), numpy.ceil(at)
    part = numpy.where(numpy.equal(at, p), v, at) - low
    return part, [numpy.where(there, end, -1).astype(numpy.intp) for end in (low, high)]


def _places(start, length, bins, count):
    """Where the samples of each bin along an axis begin: (regions, bins, count)."""
    size = length[:, None, None] / bins
    k = numpy.arange(bins)[:, None] + numpy.arange(count) / count
    return (start[:, None, None] + k * size).astype(start.dtype)


def _shifted(places, axis, trans, trans_std, length, part_size):
    """Places along axis 0 (down) or 1, as (regions, classes, bins, bins, samples, samples), lengths 1 included."""
    regions, bins, count = places.shape
    places = places.reshape((regions, 1, bins, 1, count, 1) if axis == 0 else (regions, 1, 1, bins, 1, count))
    if trans is None:
        return places
    part = numpy.arange(bins) * part_size // bins
    moved = trans[:, 1 - axis::2][:, :, part[:, None], part] * trans_std
    moved = moved * length.reshape(-1, 1, 1, 1)
    return reshape(moved, (*moved.shape, 1, 1)) + places


def _check_trans(rois, trans, no_trans, output_dim, part_size):
    """The number of classes that are shifted apart. Raises ArgumentError, ShapeError or DtypeError."""
    name = "DeformablePSROIPooling"
    if (trans is None) != bool(no_trans):
        raise ArgumentError(f"{name}: trans is given unless no_trans=True")
    if no_trans:
        return 1
    one_dtype(name, rois, trans)
    classes = trans.shape[1] // 2 if trans.ndim == 4 else 0
    if not classes or trans.shape != (len(rois), 2 * classes, part_size, part_size) or output_dim % classes:
        raise ShapeError(operand_message(
            name, (rois, trans), f"trans is (regions, 2 times classes, {part_size}, {part_size}), and the classes "
            f"divide output_dim={output_dim}."))
    return classes


def _bags(shape, rois, trans, classes, spatial_scale, bins, group_size, part_size, samples, trans_std):
    """(weight, index) of bags, one for each region, class and bin, into rows of (image, class, group, element)."""
    batch, _, height, width = shape
    left, top, right, bottom = (v - v.dtype.type(0.5) for v in rounded_edges(rois, spatial_scale))
    points = []
    for axis, (start, end) in enumerate(((top, bottom), (left, right))):
        length = numpy.maximum(end - start, start.dtype.type(0.1))
        points.append(_shifted(_places(start, length, bins, samples), axis, trans, trans_std, length, part_size))
    group, kind = bin_parts(bins, group_size), numpy.arange(classes).reshape(-1, 1, 1, 1, 1)
    group = (group[:, None] * group_size + group)[..., None, None]
    image = image_numbers("DeformablePSROIPooling", rois, batch).reshape(-1, 1, 1, 1, 1, 1)
    first = ((image * classes + kind) * group_size ** 2 + group) * (height * width)
    weight, index = neighbours(*points, first, (height, width), _clipped)
    bags = len(rois) * classes * bins * bins, 4 * samples ** 2
    weight, index = weight.reshape(bags), index.reshape(bags)
    count = numpy.maximum((index >= 0).sum(axis=1, keepdims=True) / 4, 1)
    return weight / count.astype(rois.dtype), index


@composed(nd="contrib.DeformablePSROIPooling")
@with_np_arrays
def deformable_psroi_pooling(data, rois, trans=None, spatial_scale=None, output_dim=None, group_size=None,
                             pooled_size=None, part_size=0, sample_per_part=1, trans_std=0, no_trans=False, out=None,
                             name=None):
    """Means of samples in each bin of a grid over each region, the bins shifted, every bin with channels of its own.

    As `PSROIPooling`, with sample_per_part times sample_per_part interpolated samples per bin, those beyond the edge by
    more than half an element left out. trans (regions, 2 times classes, part_size, part_size) holds for each class of
    output channels and part of the grid (by default a bin) a shift to the right and one down; times trans_std it is
    counted in widths and heights of the region. Differentiable in data and trans, not in rois. Raises ShapeError where
    shapes do not fit, ArgumentError unless trans is given or no_trans=True, IndexingError without such an image.
    """
    what = "DeformablePSROIPooling"
    images, regions, shifts = (None if a is None else plain(a) for a in (data, rois, trans))
    checked(what, images, regions, 5)
    check_parts(what, images, spatial_scale, pooled_size=pooled_size, output_dim=output_dim, group_size=group_size,
                sample_per_part=sample_per_part)
    classes = _check_trans(regions, shifts, no_trans, output_dim, part_size or pooled_size)
    weight, index = _bags(images.shape, regions, trans, classes, spatial_scale, pooled_size, group_size,
                          part_size or pooled_size, sample_per_part, trans_std)
    (batch, channels, height, width), groups, each = images.shape, group_size ** 2, output_dim // classes
    rows = data[:, :output_dim * groups] if channels > output_dim * groups else data
    rows = transpose(reshape(rows, (batch, classes, each, groups, height, width)), (0, 1, 3, 4, 5, 2))
    bins = reshape(bag_sums(reshape(rows, (-1, each)), weight, index),
                   (len(regions), classes, pooled_size, pooled_size, each))
    bins = reshape(transpose(bins, (0, 1, 4, 2, 3)), (len(regions), output_dim, pooled_size, pooled_size))
    return into(out, bins)
