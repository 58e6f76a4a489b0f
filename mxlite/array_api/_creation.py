"""Arrays from numbers, from other libraries and from formulas."""

import numpy

from mxlite import np
from mxlite._engine.operators import TapeArray, from_raw
from mxlite._errors import ArgumentError
from mxlite.array_api._dtypes import FLOAT, INTEGER, check_device, of_numbers


def asarray(obj, /, *, dtype=None, device=None, copy=None):
    """An array of numbers, nested sequences of numbers or arrays, or another library's array.

    Python's numbers become bool, int64 or float32. `copy`: True always, None where there must be one, False never:
    then ArgumentError is raised where there must be one. Memory of other libraries is always copied; see `from_dlpack`.
    """
    check_device(device)
    if isinstance(obj, TapeArray):
        found = obj.as_np_ndarray()
        if dtype is not None and numpy.dtype(dtype) != found.dtype:
            if copy is False:
                raise ArgumentError(f"asarray: {found.dtype} cannot become {numpy.dtype(dtype)} without a copy")
            return found.astype(dtype)
        return found.copy() if copy else found
    if copy is False:
        raise ArgumentError(f"asarray: a {type(obj).__name__} cannot become an array without a copy")
    if isinstance(obj, list | tuple) and _holds_arrays(obj):
        return np.array(obj, dtype=dtype or _stacked(obj).dtype)
    values = numpy.array(obj, dtype=dtype)
    if dtype is None and not hasattr(obj, "dtype") and not isinstance(obj, memoryview | bytearray):
        kind = {"f": FLOAT, "i": INTEGER}.get(values.dtype.kind, values.dtype)
        values = values.astype(kind)
    return from_raw(values, np.ndarray)


def _holds_arrays(values):
    stack = [values]
    while stack:
        for v in stack.pop():
            if isinstance(v, TapeArray):
                return True
            if isinstance(v, list | tuple):
                stack.append(v)
    return False


def _stacked(values):
    """The values of nested sequences with arrays in them."""
    def raw(v):
        return numpy.asarray(v) if isinstance(v, TapeArray) else v

    return numpy.array([raw(v) for v in values])


def arange(start, /, stop=None, step=1, *, dtype=None, device=None):
    """Evenly spaced numbers from start (0 if `stop` is not given) up to, without, stop."""
    check_device(device)
    if stop is None:
        start, stop = 0, start
    return from_raw(numpy.arange(start, stop, step, dtype=dtype or of_numbers(start, stop, step)), np.ndarray)


def linspace(start, stop, /, num, *, dtype=None, device=None, endpoint=True):
    """`num` evenly spaced numbers from start to stop, which is among them if `endpoint`."""
    check_device(device)
    return from_raw(numpy.linspace(start, stop, num, endpoint=endpoint, dtype=dtype or FLOAT), np.ndarray)


def zeros(shape, *, dtype=None, device=None):
    """An array of zeros."""
    check_device(device)
    return np.zeros(shape, dtype=dtype or FLOAT)


def ones(shape, *, dtype=None, device=None):
    """An array of ones."""
    check_device(device)
    return np.ones(shape, dtype=dtype or FLOAT)


def empty(shape, *, dtype=None, device=None):
    """An array whose values are to be set."""
    check_device(device)
    return np.empty(shape, dtype=dtype or FLOAT)


def full(shape, fill_value, *, dtype=None, device=None):
    """An array of one number throughout."""
    check_device(device)
    return np.full(shape, fill_value, dtype=dtype or of_numbers(fill_value))


def zeros_like(x, /, *, dtype=None, device=None):
    """Zeros in the shape of an array, and in its dtype if none is given."""
    return zeros(x.shape, dtype=dtype or x.dtype, device=device)


def ones_like(x, /, *, dtype=None, device=None):
    """Ones in the shape of an array, and in its dtype if none is given."""
    return ones(x.shape, dtype=dtype or x.dtype, device=device)


def empty_like(x, /, *, dtype=None, device=None):
    """An array whose values are to be set, in the shape of another, and in its dtype if none is given."""
    return empty(x.shape, dtype=dtype or x.dtype, device=device)


def full_like(x, /, fill_value, *, dtype=None, device=None):
    """One number throughout, in the shape of an array, and in its dtype if none is given."""
    return full(x.shape, fill_value, dtype=dtype or x.dtype, device=device)


def eye(n_rows, n_cols=None, /, *, k=0, dtype=None, device=None):
    """Ones on diagonal k of a matrix of zeros."""
    check_device(device)
    return np.eye(n_rows, n_cols, k, dtype=dtype or FLOAT)


def meshgrid(*arrays, indexing="xy"):
    """Coordinate matrices of coordinate vectors, a list."""
    return list(np.meshgrid(*arrays, indexing=indexing))


def tril(x, /, *, k=0):
    """The elements on and below diagonal k of matrices, zeros above."""
    return np.tril(x, k)


def triu(x, /, *, k=0):
    """The elements on and above diagonal k of matrices, zeros below."""
    return np.triu(x, k)


def from_dlpack(x, /, *, device=None, copy=None):
    """An array on the memory of another library's array, or on a copy.

    Memory that is read-only is copied: with copy=False that is an ArgumentError.
    """
    check_device(device)
    found = np.from_dlpack(x)
    if copy:
        return found.copy()
    if copy is False and not isinstance(x, TapeArray) and not numpy.shares_memory(
            numpy.asarray(found), numpy.from_dlpack(x)):
        raise ArgumentError("from_dlpack: the memory is read-only, which an array of mxlite cannot be; allow a copy")
    return found
