"""Images sampled at points, by bilinear interpolation between the nearest four elements, and grids of points.

Coordinates may be numbers of the tape: which elements are near is constant, how near they are is not.
"""

import functools

import numpy

from mxlite._engine.operators import TapeArray, as_legacy, as_np
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import composed
from mxlite._ops.bags import bag_sums
from mxlite._ops.checks import floats_only, one_dtype
from mxlite._ops.operands import into, plain
from mxlite._ops.products import matmul
from mxlite._ops.shape import reshape, transpose

_TRANSFORMS = ("affine", "warp")


def zero_beyond(v, n):
    """(how far coordinates are from the element before towards the one behind, these elements or -1) along an axis."""
    low = numpy.floor(plain(v))
    with numpy.errstate(invalid="ignore"):
        part = v - low
    # Compared as floats: a coordinate may be too large for an integer, or nan.
    return part, [numpy.where((at >= 0) & (at < n), at, -1).astype(numpy.intp) for at in (low, low + 1)]


def neighbours(y, x, first, size, rule=zero_beyond):
    """(weight, index) of the four elements around points, as members of bags.

    y and x are coordinates of one shape, arrays of mxlite or of NumPy; `first` is the number of the row that holds
    element (0, 0) of a point's image, `size` the image's height and width. `rule` says what lies near along an axis.
    """
    (down, rows), (right, columns) = (rule(v, n) for v, n in zip((y, x), size, strict=True))
    up, left = 1 - down, 1 - right
    index = [numpy.where((row < 0) | (column < 0), -1, first + row * size[1] + column)
             for row in rows for column in columns]
    weight = numpy.stack([up * left, up * right, down * left, down * right], axis=-1)
    return numpy.reshape(weight, (-1, 4)), numpy.stack(index, axis=-1).reshape(-1, 4)


def with_np_arrays(function):
    """A function that is written for np arrays, and may mix them with NumPy's, for NDArrays too: they give NDArrays."""
    @functools.wraps(function)
    def compute(*args, **kwargs):
        arrays = [v for v in (*args, *kwargs.values()) if isinstance(v, TapeArray)]
        y = function(*map(_np, args), **{k: v if k == "out" else _np(v) for k, v in kwargs.items()})
        legacy = kwargs.get("out") is None and all(as_np(v) is not v for v in arrays)
        return as_legacy(y) if legacy and arrays else y

    return compute


def _np(value):
    return as_np(value) if isinstance(value, TapeArray) else value


def _nan_included(v, n):
    """As `zero_beyond`, but an infinite coordinate or a nan makes the sample nan instead of 0."""
    part, ends = zero_beyond(v, n)
    lost = numpy.isnan(plain(part))
    return part, [numpy.where(lost, 0, end) for end in ends]


@composed(nd="BilinearSampler")
@with_np_arrays
def bilinear_sampler(data, grid, cudnn_off=None, out=None, name=None):
    """Images (batch, channels, height, width) sampled at the points of grid (batch, 2, rows, columns).

    The result is (batch, channels, rows, columns). A point is (x, y) between -1 and 1, the middles of the outermost
    elements; what lies outside the image is 0. Differentiable in both arrays. Raises ShapeError where shapes do not
    fit, DtypeError unless both arrays have one floating-point dtype.
    """
    images, points = plain(data), plain(grid)
    if images.ndim != 4 or points.ndim != 4 or points.shape[:2] != (images.shape[0], 2):
        raise ShapeError(operand_message("BilinearSampler", (images, points),
                                         "data is (batch, channels, height, width), grid (batch, 2, rows, columns)."))
    one_dtype("BilinearSampler", images, points)
    return into(out, _sampled(data, grid))


def _sampled(data, grid):
    batch, channels, height, width = data.shape
    x, y = ((grid[:, k] + 1) * (n - 1) / 2 for k, n in enumerate((width, height)))
    first = numpy.arange(batch).reshape(-1, 1, 1) * (height * width)
    weight, index = neighbours(y, x, first, (height, width), _nan_included)
    rows = reshape(transpose(data, (0, 2, 3, 1)), (batch * height * width, channels))
    found = reshape(bag_sums(rows, weight, index), (batch, *grid.shape[2:], channels))
    return transpose(found, (0, 3, 1, 2))


def _places(n):
    """n places from -1 to 1. Of a single one MXNet divides by 0; here it is -1."""
    return numpy.arange(n) * (2 / max(n - 1, 1)) - 1


def _target(name, target_shape):
    size = tuple(target_shape) if numpy.iterable(target_shape) else (target_shape,)
    if len(size) != 2 or min(size) < 1:
        raise ArgumentError(f"{name}: incorrect target_shape {target_shape}; it is (height, width), both positive")
    return size


def _affine(name, matrices, target_shape):
    """Grids (batch, 2, *target_shape) of the points that affine maps (batch, 6) make of a regular grid."""
    maps = plain(matrices)
    if maps.ndim != 2 or maps.shape[1] != 6:
        raise ShapeError(operand_message(name, (maps,), "an affine map is a row of 6 numbers: (batch, 6)."))
    size = _target(name, target_shape)
    y, x = numpy.meshgrid(*map(_places, size), indexing="ij")
    regular = numpy.stack([x.ravel(), y.ravel(), numpy.ones(x.size)]).astype(maps.dtype)
    return reshape(matmul(reshape(matrices, (-1, 3)), regular), (len(maps), 2, *size))


def _warped(flow):
    """Grids of the points that a flow (batch, 2, height, width), counted in elements, moves the elements to."""
    moves = plain(flow)
    if moves.ndim != 4 or moves.shape[1] != 2:
        raise ShapeError(operand_message("GridGenerator", (moves,), "a flow is (batch, 2, height, width)."))
    height, width = moves.shape[2:]
    start = numpy.stack(numpy.meshgrid(numpy.arange(width), numpy.arange(height)))
    half = numpy.array([(width - 1) / 2, (height - 1) / 2]).reshape(2, 1, 1)
    with numpy.errstate(all="ignore"):
        return (flow + start.astype(moves.dtype)) / half.astype(moves.dtype) - 1


@composed(nd="GridGenerator")
@with_np_arrays
def grid_generator(data, transform_type=None, target_shape=(0, 0), out=None, name=None):
    """Points (x, y) between -1 and 1 for `BilinearSampler`, (batch, 2, rows, columns).

    transform_type 'affine': data (batch, 6) holds matrices [[a, b, c], [d, e, f]], which a regular grid of the shape
    `target_shape` is multiplied with. 'warp': data (batch, 2, rows, columns) says how many elements each element is
    moved. Raises ArgumentError for other arguments, ShapeError for other shapes.
    """
    if transform_type not in _TRANSFORMS:
        raise ArgumentError(f"GridGenerator: transform_type is 'affine' or 'warp', not {transform_type!r}")
    floats_only("GridGenerator", plain(data))
    return into(out, _affine("GridGenerator", data, target_shape) if transform_type == "affine" else _warped(data))


@composed(nd="SpatialTransformer")
@with_np_arrays
def spatial_transformer(data, loc, target_shape=(0, 0), transform_type=None, sampler_type=None, cudnn_off=None,
                        out=None, name=None):
    """Images (batch, channels, height, width) under the affine maps loc (batch, 6), sampled at a regular grid.

    The result is (batch, channels, *target_shape); see `GridGenerator` and `BilinearSampler`. Raises ArgumentError
    unless transform_type is 'affine' and sampler_type 'bilinear'.
    """
    if transform_type != "affine" or sampler_type != "bilinear":
        raise ArgumentError("SpatialTransformer: Required parameters transform_type='affine' and "
                            f"sampler_type='bilinear', not {transform_type!r} and {sampler_type!r}")
    images, maps = plain(data), plain(loc)
    if images.ndim != 4 or maps.ndim != 2 or maps.shape[0] != images.shape[0]:
        raise ShapeError(operand_message("SpatialTransformer", (images, maps),
                                         "data is (batch, channels, height, width), loc (batch, 6)."))
    one_dtype("SpatialTransformer", images, maps)
    return into(out, _sampled(data, _affine("SpatialTransformer", loc, target_shape)))
