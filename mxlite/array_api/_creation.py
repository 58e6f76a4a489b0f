"""Arrays from numbers, from other libraries and from formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy

from mxlite import np
from mxlite._engine.guard import guarded
from mxlite._engine.operators import TapeArray, as_np, from_raw
from mxlite._errors import ArgumentError
from mxlite.array_api._dtypes import FLOAT, INTEGER, check_device, of_numbers

if TYPE_CHECKING:
    from mxlite.np import ndarray
    from mxlite.typing import DeviceLike, DTypeLike, Number


@guarded
def asarray(
    obj: Any, /, *, dtype: DTypeLike | None = None, device: DeviceLike = None, copy: bool | None = None
) -> ndarray:
    """An array of numbers, nested sequences of numbers or arrays, or another library's array.

    Python's numbers become bool, int64 or float32. `copy`: True always, None where there must be one, False never:
    then ArgumentError is raised where there must be one. Memory of other libraries is always copied; see `from_dlpack`.
    """
    check_device(device)
    if isinstance(obj, TapeArray):
        found: ndarray = as_np(obj)
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
        values = values.astype(FLOAT if values.dtype.kind == "f" else INTEGER if values.dtype.kind == "i" else
                               values.dtype)
    return from_raw(values, np.ndarray)


def _holds_arrays(values: Any) -> bool:
    stack = [values]
    while stack:
        for v in stack.pop():
            if isinstance(v, TapeArray):
                return True
            if isinstance(v, list | tuple):
                stack.append(v)
    return False


def _stacked(values: Any) -> numpy.ndarray[Any, Any]:
    """The values of nested sequences with arrays in them."""
    def raw(v: Any) -> Any:
        return numpy.asarray(v) if isinstance(v, TapeArray) else v

    return numpy.array([raw(v) for v in values])


@guarded
def arange(
    start: float, /, stop: float | None = None, step: float = 1, *, dtype: DTypeLike | None = None,
    device: DeviceLike = None
) -> ndarray:
    """Evenly spaced numbers from start (0 if `stop` is not given) up to, without, stop."""
    check_device(device)
    if stop is None:
        start, stop = 0, start
    found = numpy.dtype(dtype) if dtype else of_numbers(start, stop, step)
    return from_raw(numpy.arange(start, stop, step, dtype=found), np.ndarray)


@guarded
def linspace(
    start: float, stop: float, /, num: int, *, dtype: DTypeLike | None = None, device: DeviceLike = None,
    endpoint: bool = True
) -> ndarray:
    """`num` evenly spaced numbers from start to stop, which is among them if `endpoint`."""
    check_device(device)
    return from_raw(numpy.linspace(start, stop, num, endpoint=endpoint, dtype=dtype or FLOAT), np.ndarray)


@guarded
def zeros(shape: int | tuple[int, ...], *, dtype: DTypeLike | None = None, device: DeviceLike = None) -> ndarray:
    """An array of zeros."""
    check_device(device)
    return np.zeros(shape, dtype=dtype or FLOAT)


@guarded
def ones(shape: int | tuple[int, ...], *, dtype: DTypeLike | None = None, device: DeviceLike = None) -> ndarray:
    """An array of ones."""
    check_device(device)
    return np.ones(shape, dtype=dtype or FLOAT)


@guarded
def empty(shape: int | tuple[int, ...], *, dtype: DTypeLike | None = None, device: DeviceLike = None) -> ndarray:
    """An array whose values are to be set."""
    check_device(device)
    return np.empty(shape, dtype=dtype or FLOAT)


@guarded
def full(
    shape: int | tuple[int, ...], fill_value: Number, *, dtype: DTypeLike | None = None, device: DeviceLike = None
) -> ndarray:
    """An array of one number throughout."""
    check_device(device)
    return np.full(shape, fill_value, dtype=dtype or of_numbers(fill_value))


@guarded
def zeros_like(x: ndarray, /, *, dtype: DTypeLike | None = None, device: DeviceLike = None) -> ndarray:
    """Zeros in the shape of an array, and in its dtype if none is given."""
    return zeros(x.shape, dtype=dtype or x.dtype, device=device)


@guarded
def ones_like(x: ndarray, /, *, dtype: DTypeLike | None = None, device: DeviceLike = None) -> ndarray:
    """Ones in the shape of an array, and in its dtype if none is given."""
    return ones(x.shape, dtype=dtype or x.dtype, device=device)


@guarded
def empty_like(x: ndarray, /, *, dtype: DTypeLike | None = None, device: DeviceLike = None) -> ndarray:
    """An array whose values are to be set, in the shape of another, and in its dtype if none is given."""
    return empty(x.shape, dtype=dtype or x.dtype, device=device)


@guarded
def full_like(
    x: ndarray, /, fill_value: Number, *, dtype: DTypeLike | None = None, device: DeviceLike = None
) -> ndarray:
    """One number throughout, in the shape of an array, and in its dtype if none is given."""
    return full(x.shape, fill_value, dtype=dtype or x.dtype, device=device)


@guarded
def eye(
    n_rows: int, n_cols: int | None = None, /, *, k: int = 0, dtype: DTypeLike | None = None, device: DeviceLike = None
) -> ndarray:
    """Ones on diagonal k of a matrix of zeros."""
    check_device(device)
    return np.eye(n_rows, n_cols, k, dtype=dtype or FLOAT)


@guarded
def meshgrid(*arrays: ndarray, indexing: str = "xy") -> list[ndarray]:
    """Coordinate matrices of coordinate vectors, a list."""
    return list(np.meshgrid(*arrays, indexing=indexing))


@guarded
def tril(x: ndarray, /, *, k: int = 0) -> ndarray:
    """The elements on and below diagonal k of matrices, zeros above."""
    return np.tril(x, k)


@guarded
def triu(x: ndarray, /, *, k: int = 0) -> ndarray:
    """The elements on and above diagonal k of matrices, zeros below."""
    return np.triu(x, k)


@guarded
def from_dlpack(x: Any, /, *, device: DeviceLike = None, copy: bool | None = None) -> ndarray:
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
