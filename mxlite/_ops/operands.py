"""What functions that are composed of operators do with their arguments first, and with `out` last."""

import numpy
from numpy.lib.array_utils import normalize_axis_tuple

from mxlite._engine.operators import TapeArray
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import DtypeError, ShapeError, from_numpy
from mxlite._ops.creation import array
from mxlite._ops.shape import astype

WIDE = numpy.dtype(numpy.float64)


def plain(value):
    """The NumPy array of an array of ours; anything else as it is."""
    return raw_of(value) if isinstance(value, TapeArray) else value


def operand(value):
    """An array of ours as it is; anything else as np.array reads it."""
    return value if isinstance(value, TapeArray) else array(value)


def in_dtype(x, dtype):
    """The array in a dtype; itself if it has that dtype already."""
    return x if x.dtype == dtype else astype(x, dtype)


def real(x):
    """The array, integers and bools as float64: what NumPy computes with."""
    return x if numpy.dtype(x.dtype).kind == "f" else astype(x, WIDE)


def places(name, x, axis):
    """Axes, a number or several, as a tuple of numbers from 0 on. Raises AxisError."""
    try:
        return normalize_axis_tuple(axis, x.ndim)
    except ValueError as exc:
        raise from_numpy(name, (x,), exc) from exc


def into(out, result):
    """The result, or `out` once the result is written to it. Raises ShapeError, DtypeError unless it is like that."""
    if out is None:
        return result
    if out.shape != result.shape:
        raise ShapeError(f"out= has shape {out.shape}, the result {result.shape}")
    if out.dtype != result.dtype:
        raise DtypeError(f"out= has dtype {numpy.dtype(out.dtype)}, the result {numpy.dtype(result.dtype)}; "
                         "write x[...] = result to convert")
    out[...] = result
    return out
