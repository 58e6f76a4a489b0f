"""Creation in MXNet 1.x: legacy arrays, `ctx` before `dtype`, and float32 for whatever is no NDArray."""

from mxlite import _dtype
from mxlite._engine.operators import TapeArray, as_legacy
from mxlite._errors import ArgumentError
from mxlite._mode import is_np_shape
from mxlite._op import composed
from mxlite._ops import creation
from mxlite._ops.operands import into
from mxlite._ops.rearrange import repeat as _repeat


def legacy(x):
    """An array in the legacy class, where shape () becomes (1,) unless np's shapes are set."""
    return x.as_nd_ndarray() if x.ndim == 0 and is_np_shape() else as_legacy(x)


def _dense(stype):
    if stype not in (None, "default"):
        raise ArgumentError(f"stype {stype!r} is sparse storage, which mxlite does not have")


@composed(nd="array")
def array(source_array, ctx=None, dtype=None):
    """A new array of the given values: a number, nested sequences, a NumPy array (all float32) or an NDArray."""
    if dtype is None and not isinstance(source_array, TapeArray):
        dtype = _dtype.DEFAULT
    return legacy(creation.array(source_array, dtype, ctx))


@composed(nd="zeros")
def zeros(shape, ctx=None, dtype=None, stype=None, out=None):
    """An array of zeros."""
    _dense(stype)
    return into(out, legacy(creation.zeros(shape, dtype, "C", ctx)))


@composed(nd="ones")
def ones(shape, ctx=None, dtype=None, out=None):
    """An array of ones."""
    return into(out, legacy(creation.ones(shape, dtype, "C", ctx)))


@composed(nd="empty")
def empty(shape, ctx=None, dtype=None, stype=None):
    """An array of values that are yet to be written."""
    _dense(stype)
    return legacy(creation.empty(shape, dtype, "C", ctx))


@composed(nd="full")
def full(shape, val, ctx=None, dtype="float32", out=None):
    """An array filled with a number, or with an array stretched to `shape`."""
    result = legacy(creation.full(shape, val, dtype, "C", ctx))
    if out is None:
        return result
    out[...] = result
    return out


@composed(nd="arange")
def arange(start, stop=None, step=1.0, repeat=1, infer_range=None, ctx=None, dtype="float32"):
    """Numbers from `start` (0 if one number is given) to below `stop`, `step` apart, each `repeat` times."""
    values = legacy(creation.arange(start, stop, step, dtype, ctx))
    return values if repeat == 1 else _repeat(values, repeat)


@composed(nd="linspace")
def linspace(start, stop, num, endpoint=True, ctx=None, dtype="float32"):
    """`num` numbers from `start` to `stop`, evenly spaced."""
    return legacy(creation.linspace(start, stop, num, endpoint, dtype=dtype, ctx=ctx))


@composed(nd="eye")
def eye(N, M=0, k=0, ctx=None, dtype=None, out=None):
    """An N by M matrix (N by N if M is 0) with ones on diagonal k and zeros elsewhere."""
    return into(out, legacy(creation.eye(N, M or None, k, dtype, ctx)))


@composed(nd="from_numpy")
def from_numpy(ndarray, zero_copy=True):
    """An array around a NumPy array. With `zero_copy` both share memory, and `ndarray` may no longer be written."""
    return legacy(creation.from_numpy(ndarray, zero_copy))
