"""Methods of the array classes that only name operators; mixed in by mxlite._array."""

from mxlite._errors import DtypeError, ShapeError
from mxlite._op import method
from mxlite._ops import (
    activation,
    arithmetic,
    creation,
    dlpack,
    elementwise,
    join,
    legacy,
    logic,
    mask,
    norm,
    order,
    products,
    rearrange,
    reduce,
    select,
    shape,
    softmax,
)
from mxlite._ops.reshape_codes import legacy_shape


def _box(begin, end, step):
    return tuple(slice(*bounds) for bounds in zip(begin, end, step or (None,) * len(begin), strict=True))


class CommonMethods:
    """Methods of both classes."""

    __slots__ = ()

    def slice_assign(self, rhs, begin, end, step=()):
        """Writes an array to self[begin:end:step], with one number per axis, and returns self."""
        self[_box(begin, end, step)] = rhs
        return self

    def slice_assign_scalar(self, value, begin, end, step=()):
        """Writes a number to self[begin:end:step], with one number per axis, and returns self."""
        self[_box(begin, end, step)] = value
        return self

    @property
    def writable(self):
        """Whether the values may be written; always True."""
        return True

    def __nonzero__(self):
        return bool(self)

    def __dlpack__(self, stream=None, *, max_version=None, dl_device=None, copy=None):
        """A DLPack capsule: read-only memory of this array for consumers of DLPack 1.0, a copy for others."""
        return dlpack.export(self, stream, max_version, dl_device, copy)

    def __dlpack_device__(self):
        """The CPU, as DLPack numbers it."""
        return dlpack.CPU

    to_dlpack_for_read = dlpack.to_dlpack_for_read
    to_dlpack_for_write = dlpack.to_dlpack_for_write


class NumpyMethods(CommonMethods):
    """Methods of np.ndarray."""

    __slots__ = ()

    # -- shape and order --------------------------------------------------------------------------------------------
    def reshape(self, *newshape, order="C", **kwargs):
        """The elements in another shape, given as numbers, a tuple or a list; a copy."""
        return shape.reshape(self, _one_or_all(newshape, kwargs, "newshape", "shape"), order)

    def reshape_view(self, *newshape, **kwargs):
        """The elements in another shape in the same memory."""
        return shape.reshape_view(self, _one_or_all(newshape, kwargs, "newshape", "shape"))

    def transpose(self, *axes):
        """The axes in reverse order, or in the order given as numbers, a tuple or a list; a copy."""
        return shape.transpose(self, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes)

    mT = property(shape.matrix_transpose)
    swapaxes = shape.swapaxes
    squeeze = shape.squeeze
    flatten = ravel = shape.ravel
    broadcast_to = shape.broadcast_to
    repeat = rearrange.repeat
    diagonal = rearrange.diagonal
    take = select.take
    nonzero = mask.nonzero
    argsort = order.argsort

    # -- reductions and products ------------------------------------------------------------------------------------
    sum = method("sum", "axis", "dtype", "out", "keepdims")
    mean = reduce.mean
    prod = reduce.prod
    max = method("max", "axis", "out", "keepdims")
    min = method("min", "axis", "out", "keepdims")
    std = reduce.std
    var = reduce.var
    argmax = reduce.argmax
    argmin = reduce.argmin
    all = method("all", "axis", "out", "keepdims")
    any = method("any", "axis", "out", "keepdims")
    cumsum = reduce.cumsum
    dot = products.dot
    __matmul__ = products.matmul

    def __rmatmul__(self, other):
        return products.matmul(other, self)

    # -- elementwise ------------------------------------------------------------------------------------------------
    clip = logic.clip_open
    round = method("around", "decimals", "out")
    __pos__ = elementwise.positive
    __invert__ = logic.invert
    __and__ = __rand__ = logic.bitwise_and
    __or__ = __ror__ = logic.bitwise_or
    __xor__ = __rxor__ = logic.bitwise_xor
    __lshift__ = logic.bitwise_left_shift
    __rshift__ = logic.bitwise_right_shift

    def __rlshift__(self, other):
        return logic.bitwise_left_shift(other, self)

    def __rrshift__(self, other):
        return logic.bitwise_right_shift(other, self)

    __divmod__ = elementwise.divmod
    __floor__ = elementwise.floor
    __ceil__ = elementwise.ceil
    __trunc__ = elementwise.trunc

    def __round__(self, ndigits=0):
        return elementwise.around(self, ndigits)

    def __ilshift__(self, other):
        return logic.bitwise_left_shift(self, other, out=self)

    def __irshift__(self, other):
        return logic.bitwise_right_shift(self, other, out=self)

    def __iand__(self, other):
        return logic.bitwise_and(self, other, out=self)

    def __ior__(self, other):
        return logic.bitwise_or(self, other, out=self)

    def __ixor__(self, other):
        return logic.bitwise_xor(self, other, out=self)

    def __imatmul__(self, other):
        self[...] = products.matmul(self, other)
        return self


class LegacyMethods(CommonMethods):
    """Methods of NDArray."""

    __slots__ = ()

    def broadcast_to(self, shape):
        """The array stretched to a shape, which may have more axes in front; a length of 0 leaves its axis as it is."""
        return _stretched(self, shape)

    # -- shape and order --------------------------------------------------------------------------------------------
    def reshape(self, *newshape, reverse=False, **kwargs):
        """The elements in another shape, which may be written in codes, in the same memory; see legacy_shape."""
        given = _one_or_all(newshape, kwargs, "shape")
        return shape.reshape_view(self, legacy_shape(self.shape, given, reverse))

    def expand_dims(self, axis, inplace=False):
        """The array with an axis of length 1 inserted; `inplace`: in the same memory."""
        out = shape.expand_dims(self, axis)
        return shape.reshape_view(self, out.shape) if inplace else out

    def squeeze(self, axis=None, inplace=False):
        """The array without its axes of length 1, or the named ones; `inplace`: in the same memory."""
        out = shape.squeeze(self, axis)
        return shape.reshape_view(self, out.shape) if inplace else out

    def flatten(self, inplace=False):
        """All axes but the first merged; `inplace`: in the same memory."""
        out = shape.batch_flatten(self)
        return shape.reshape_view(self, out.shape) if inplace else out

    transpose = shape.transpose
    swapaxes = legacy.swapaxes
    reshape_like = shape.reshape_like
    broadcast_axes = shape.broadcast_axis
    broadcast_like = shape.broadcast_like
    shape_array = shape.shape_array
    size_array = shape.size_array
    flip = rearrange.flip
    tile = rearrange.tile
    repeat = rearrange.repeat
    pad = rearrange.pad_flat
    diag = rearrange.diag_of_axes
    depth_to_space = rearrange.depth_to_space
    space_to_depth = rearrange.space_to_depth
    split = join.slice_channel
    split_v2 = join.split_v2
    slice = mask.slice_axes
    slice_axis = mask.slice_axis
    slice_like = mask.slice_like
    take = select.take_slices
    pick = select.pick
    one_hot = select.one_hot
    sort = order.sort_either_way
    argsort = order.argsort_either_way
    topk = order.topk

    # -- elementwise ------------------------------------------------------------------------------------------------
    abs = arithmetic.absolute
    arccos = elementwise.arccos
    arccosh = elementwise.arccosh
    arcsin = elementwise.arcsin
    arcsinh = elementwise.arcsinh
    arctan = elementwise.arctan
    arctanh = elementwise.arctanh
    cbrt = elementwise.cbrt
    ceil = elementwise.ceil
    cos = elementwise.cos
    cosh = elementwise.cosh
    degrees = elementwise.degrees
    exp = elementwise.exp
    expm1 = elementwise.expm1
    floor = elementwise.floor
    log = elementwise.log
    log10 = elementwise.log10
    log1p = elementwise.log1p
    log2 = elementwise.log2
    radians = elementwise.radians
    rcbrt = elementwise.rcbrt
    reciprocal = elementwise.reciprocal
    rint = elementwise.rint
    rsqrt = elementwise.rsqrt
    sign = elementwise.sign
    sin = elementwise.sin
    sinh = elementwise.sinh
    sqrt = elementwise.sqrt
    square = elementwise.square
    tan = elementwise.tan
    tanh = elementwise.tanh
    round = elementwise.round_away
    fix = trunc = elementwise.trunc
    clip = logic.clip
    relu = activation.relu
    sigmoid = activation.sigmoid

    # -- reductions and products ----------------------------------------------------------------------------------
    sum = legacy.sum
    mean = legacy.mean
    prod = legacy.prod
    max = legacy.max
    min = legacy.min
    nansum = legacy.nansum
    nanprod = legacy.nanprod
    argmax = legacy.argmax
    argmin = legacy.argmin
    argmax_channel = legacy.argmax_channel
    zeros_like = creation.zeros_like
    ones_like = creation.ones_like
    norm = norm.legacy_norm
    log_softmax = softmax.log_softmax
    softmin = softmax.softmin
    softmax = softmax.softmax       # last: from here on the name is the method


def _stretched(x, newshape):
    newshape = (newshape,) if isinstance(newshape, int) else tuple(newshape)
    lead = len(newshape) - x.ndim
    if lead < 0:
        raise ShapeError(f"an array of shape {x.shape} cannot be broadcast to {newshape}")
    return shape.broadcast_to(x, (*newshape[:lead],
                                  *(n or m for n, m in zip(newshape[lead:], x.shape, strict=True))))


def _one_or_all(given, kwargs, *keywords):
    """The shape that a method was called with: one tuple or list, several numbers, or a keyword."""
    for name in keywords:
        if name in kwargs and not given:
            given = (kwargs.pop(name),)
    if kwargs or not given:
        raise DtypeError(f"a shape is given as numbers, as one tuple, or as {keywords[0]}=, "
                         f"not as {', '.join(kwargs) or 'nothing'}")
    return given[0] if len(given) == 1 else given
