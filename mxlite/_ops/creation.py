"""Arrays from numbers, shapes and other data. What has no dtype of its own becomes float32.

`ctx` (or `device`) names the device, which is always the CPU; `order` is 'C', the only memory layout there is.
"""

import operator

import numpy

from mxlite import _dtype, _errors
from mxlite._engine.operators import TapeArray, as_np, fresh, is_tracked
from mxlite._engine.operators import raw as raw_of
from mxlite._engine.tape import is_recording
from mxlite._errors import ArgumentError, DtypeError, MXNetError, ShapeError, UnsupportedError
from mxlite._op import composed, op, zero
from mxlite._ops.join import stack
from mxlite._ops.shape import astype
from mxlite.context import device

_DEVICE = {"device": "ctx"}


def _settled(ctx, order="C"):
    """Checks the arguments that leave no choice."""
    device(ctx)
    if order not in ("C", None):
        raise UnsupportedError(f"order={order!r} is not supported: arrays are laid out in C order")


def _numbers(function, *values):
    for value in values:
        if not isinstance(value, int | float | numpy.number) and getattr(value, "ndim", None) != 0:
            raise DtypeError(f"{function} takes numbers, not {type(value).__name__}")


@composed(np="array")
def array(object, dtype=None, ctx=None, device=None):
    """A new array of the given values: a number, nested sequences of numbers, or an array.

    Arrays and NumPy scalars keep their dtype, everything else becomes float32. Gradients pass to arrays, also to those
    in a list. Raises DtypeError for text and complex numbers, ShapeError for rows of different lengths.
    """
    _settled(ctx or device)
    if isinstance(object, TapeArray):
        return as_np(astype(object, _dtype.resolve(dtype, raw_of(object).dtype)))
    if is_recording() and holds_tracked(object):
        return astype(_stacked(object), _dtype.resolve(dtype))
    return fresh(_values(object, dtype))


def holds_tracked(values):
    """Whether nested lists hold an array that gradients reach."""
    return isinstance(values, list | tuple) and any(
        is_tracked(v) if isinstance(v, TapeArray) else holds_tracked(v) for v in values)


def _stacked(values):
    """Nested lists of arrays and numbers as one array, recorded."""
    if isinstance(values, list | tuple):
        return stack([_stacked(v) for v in values])
    return as_np(values) if isinstance(values, TapeArray) else fresh(_values(values, None))


def _values(object, dtype):
    """The NumPy array behind a new array."""
    try:
        x = numpy.array(object)
        if x.dtype.kind not in "biufO":
            raise DtypeError(f"array: values of dtype {x.dtype} are not supported; use bool, integers or floats")
        keeps = isinstance(object, numpy.ndarray | numpy.generic) and x.dtype.kind != "O"
        with numpy.errstate(all="ignore"):
            return x.astype(_dtype.resolve(dtype, x.dtype if keeps else _dtype.DEFAULT), copy=False)
    except MXNetError:
        raise
    except (TypeError, ValueError, OverflowError) as exc:
        raise _errors.from_numpy("array", (object,), exc) from exc


@composed(np="asarray")
def asarray(obj, dtype=None, device=None, copy=None):
    """`obj` itself if it is an array of this dtype and no copy is asked for, else a new array of its values."""
    if not isinstance(obj, TapeArray):
        return array(obj, dtype, device)
    wanted = _dtype.resolve(dtype, raw_of(obj).dtype)
    return obj if wanted == raw_of(obj).dtype and not copy else astype(obj, wanted)


@composed(npx="from_numpy")
def from_numpy(ndarray, zero_copy=True):
    """An array around a NumPy array. With `zero_copy` both share memory, and `ndarray` may no longer be written."""
    if not isinstance(ndarray, numpy.ndarray):
        raise DtypeError(f"from_numpy takes a NumPy array, not {type(ndarray).__name__}")
    _dtype.resolve(ndarray.dtype)
    if not zero_copy:
        return fresh(ndarray.copy())
    if not ndarray.flags.c_contiguous:
        raise ArgumentError("from_numpy: only a C-contiguous array can share its memory; pass zero_copy=False")
    out = fresh(ndarray.view())
    ndarray.flags.writeable = False
    return out


# -- one value everywhere ---------------------------------------------------------------------------------------------
@op(np="zeros", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def zeros(shape, dtype=None, order="C", ctx=None):
    """An array of zeros."""
    _settled(ctx, order)
    return numpy.zeros(shape, _dtype.resolve(dtype))


@op(np="ones", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def ones(shape, dtype=None, order="C", ctx=None):
    """An array of ones."""
    _settled(ctx, order)
    return numpy.ones(shape, _dtype.resolve(dtype))


@op(np="empty", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def empty(shape, dtype=None, order="C", ctx=None):
    """An array of values that are yet to be written."""
    _settled(ctx, order)
    # Large memory is zero when it comes from the system, and zeros make a forgotten write repeatable.
    return numpy.zeros(shape, _dtype.resolve(dtype))


@op(np="full", numpy_names=(), aliases=_DEVICE, grad={"fill_value": lambda g: g})
def full(shape, fill_value, dtype=None, order="C", ctx=None, out=None):
    """An array filled with a number, or with an array stretched to `shape`, whose dtype it takes."""
    _settled(ctx, order)
    if isinstance(fill_value, str | bytes | complex):
        raise DtypeError(f"full: the value is a number or an array, not {type(fill_value).__name__}")
    if isinstance(fill_value, numpy.ndarray):
        default = fill_value.dtype
    else:
        default = numpy.dtype(bool) if isinstance(fill_value, bool | numpy.bool_) else _dtype.DEFAULT
    return _filled(shape, fill_value, _dtype.resolve(dtype, default))


def _filled(shape, fill_value, dtype):
    with numpy.errstate(all="ignore"):         # numbers are cast as astype does, beyond the range of the dtype too
        return numpy.full(shape, numpy.asarray(fill_value).astype(dtype), dtype)


@op(np="zeros_like", nd="zeros_like", aliases=_DEVICE, grad={"a": zero}, quiet=True)
def zeros_like(a, dtype=None, order="C", ctx=None, out=None):
    """Zeros in the shape and dtype of another array."""
    _settled(ctx, order)
    return numpy.zeros(numpy.shape(a), _dtype.resolve(dtype, _dtype.numbers(a).dtype))


@op(np="ones_like", nd="ones_like", aliases=_DEVICE, grad={"a": zero}, quiet=True)
def ones_like(a, dtype=None, order="C", ctx=None, out=None):
    """Ones in the shape and dtype of another array."""
    _settled(ctx, order)
    return numpy.ones(numpy.shape(a), _dtype.resolve(dtype, _dtype.numbers(a).dtype))


@op(np="full_like", aliases=_DEVICE, grad={"a": zero, "fill_value": lambda g: g})
def full_like(a, fill_value, dtype=None, order="C", ctx=None, out=None):
    """A number, or an array stretched, in the shape and dtype of another array."""
    _settled(ctx, order)
    return _filled(numpy.shape(a), fill_value, _dtype.resolve(dtype, _dtype.numbers(a).dtype))


@op(np="empty_like", aliases={"device": "ctx", "a": "prototype"}, grad={"prototype": zero}, quiet=True)
def empty_like(prototype, dtype=None, order="C", subok=False, shape=None, ctx=None):
    """An array in the shape and dtype of another, of values that are yet to be written."""
    _settled(ctx, order)
    return numpy.zeros(numpy.shape(prototype) if shape is None else shape,
                       _dtype.resolve(dtype, _dtype.numbers(prototype).dtype))


# -- ranges -----------------------------------------------------------------------------------------------------------
@op(np="arange", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def arange(start, stop=None, step=1, dtype=None, ctx=None):
    """Numbers from `start` (0 if one number is given) to below `stop`, `step` apart."""
    _settled(ctx)
    step = 1 if step is None else step
    _numbers("arange", start, step, *([] if stop is None else [stop]))
    if step == 0:
        raise ArgumentError("arange: the step cannot be 0")
    dtype, values = _dtype.resolve(dtype), numpy.arange(start, stop, step)
    if values.dtype.kind != "f":
        return values.astype(dtype, copy=False)
    start = start if stop is not None else 0
    if dtype.kind in "iu":
        # As in MXNet (and nearly so in NumPy) integers are counted up from a truncated start by a truncated step.
        return int(start) + int(step) * numpy.arange(len(values), dtype=dtype)
    return _counted(start, step, numpy.arange(len(values)), dtype)


def _counted(start, step, counts, dtype):
    """start + step * counts, computed in the dtype as MXNet does, halves in float32: the bits are MXNet's."""
    number = numpy.result_type(dtype, numpy.float32).type
    with numpy.errstate(over="ignore"):
        return (number(start) + number(step) * counts.astype(number)).astype(dtype, copy=False)


@composed(np="linspace")
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, ctx=None, device=None):
    """`num` numbers from `start` to `stop`, evenly spaced; with `retstep` also the distance between them.

    Start and stop are numbers, so `axis` can only be 0.
    """
    _first_axis("linspace", axis)
    return _spaced(numpy.linspace, start, stop, num, endpoint, retstep, dtype, ctx or device)


@composed(np="logspace")
def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0, ctx=None, device=None):
    """`num` numbers from base**start to base**stop, each the same multiple of the one before."""
    _numbers("logspace", base)
    base = base.item() if hasattr(base, "item") else base
    _first_axis("logspace", axis)
    return _spaced(lambda *args: base ** numpy.linspace(*args), start, stop, num, endpoint, False, dtype, ctx or device)


def _first_axis(name, axis):
    if axis != 0:
        raise UnsupportedError(f"{name}: axis={axis!r}: numbers are laid out along axis 0, the only one")


def _spaced(function, start, stop, num, endpoint, retstep, dtype, ctx):
    _settled(ctx)
    _numbers("linspace", start, stop)
    if not isinstance(num, int | numpy.integer) or num < 0:
        raise ArgumentError(f"linspace: num is a number of elements, not {num!r}")
    start, stop = (v.item() if hasattr(v, "item") else v for v in (start, stop))
    values = fresh(function(start, stop, num, endpoint).astype(_dtype.resolve(dtype)))
    if not retstep:
        return values
    gaps = num - 1 if endpoint else num
    return values, (stop - start) / gaps if gaps > 0 else numpy.nan


@op(npx="arange_like", nd="contrib.arange_like", aliases=_DEVICE, grad={"data": zero}, quiet=True)
def arange_like(data, start=0, step=1, repeat=1, ctx=None, axis=None, out=None):
    """Numbers from `start`, `step` apart, each `repeat` times, in the shape of an array, or as long as one of its axes.

    In the dtype of the array.
    """
    _settled(ctx)
    count = data.size if axis is None else data.shape[axis]
    values = _counted(start, step, numpy.arange(count) // repeat, data.dtype)
    return values.reshape(data.shape if axis is None else -1)


# -- matrices and grids -----------------------------------------------------------------------------------------------
@op(np="eye", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def eye(N, M=None, k=0, dtype=None, ctx=None):
    """An N by M matrix with ones on diagonal k and zeros elsewhere."""
    _settled(ctx)
    if N < 0 or (M or 0) < 0:
        raise ShapeError(f"eye: {N} by {M} is no shape")
    return numpy.eye(N, M, k, _dtype.resolve(dtype))


@op(np="identity", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def identity(n, dtype=None, ctx=None):
    """The n by n matrix with ones on the main diagonal."""
    _settled(ctx)
    return numpy.identity(n, _dtype.resolve(dtype))


@op(np="tri", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def tri(N, M=None, k=0, dtype=None, ctx=None):
    """An N by M matrix with ones on and below diagonal k and zeros above."""
    _settled(ctx)
    return numpy.tri(N, M, k, _dtype.resolve(dtype))


@op(np="indices", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def indices(dimensions, dtype="int32", ctx=None):
    """The index of every element of a grid, one plane per axis: shape (len(dimensions), *dimensions)."""
    _settled(ctx)
    return numpy.indices(dimensions, _dtype.resolve(dtype))


@op(np="tril_indices", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def tril_indices(n, k=0, m=None, ctx=None):
    """The indices (rows, columns) of an n by m matrix on and below diagonal k."""
    _settled(ctx)
    return numpy.tril_indices(n, k, m)


@op(np="triu_indices", numpy_names=(), aliases=_DEVICE, grad=None, quiet=True)
def triu_indices(n, k=0, m=None, ctx=None):
    """The indices (rows, columns) of an n by m matrix on and above diagonal k."""
    _settled(ctx)
    return numpy.triu_indices(n, k, m)


# -- windows ----------------------------------------------------------------------------------------------------------
def _window(window, weights, M, dtype):
    """NumPy's window of M points; in float32 a sum of weighted cosines in that dtype, with the digits of MXNet's."""
    dtype, M = _dtype.resolve(dtype), operator.index(M)
    if dtype != numpy.float32 or M < 2:
        return window(M).astype(dtype)
    angle = numpy.arange(M, dtype=dtype) * dtype.type(2 * numpy.pi) / dtype.type(M - 1)
    return sum(dtype.type(w) * numpy.cos(k * angle.astype(numpy.float64)).astype(dtype) for k, w in enumerate(weights))


@op(np="hanning", numpy_names=(), aliases=_DEVICE, grad=None)
def hanning(M, dtype=None, ctx=None):
    """The Hann window: a cosine bell from 0 to 1 and back in M points.

    >>> np.hanning(6)
    array([0.        , 0.34549153, 0.90450853, 0.9045085 , 0.34549144,
           0.        ])
    """
    _settled(ctx)
    return _window(numpy.hanning, (0.5, -0.5), M, dtype)


@op(np="hamming", numpy_names=(), aliases=_DEVICE, grad=None)
def hamming(M, dtype=None, ctx=None):
    """The Hamming window: a cosine bell from 0.08 to 1 and back in M points."""
    _settled(ctx)
    return _window(numpy.hamming, (0.54, -0.46), M, dtype)


@op(np="blackman", numpy_names=(), aliases=_DEVICE, grad=None)
def blackman(M, dtype=None, ctx=None):
    """The Blackman window: a bell of two cosines from 0 to 1 and back in M points."""
    _settled(ctx)
    return _window(numpy.blackman, (0.42, -0.5, 0.08), M, dtype)
