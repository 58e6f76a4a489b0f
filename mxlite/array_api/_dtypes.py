"""Data types: conversion, promotion, limits, and what the namespace says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy

from mxlite import _dtype, np
from mxlite._engine.guard import guarded
from mxlite._engine.operators import TapeArray, form
from mxlite._errors import ArgumentError, DtypeError
from mxlite.context import Context, cpu, device

if TYPE_CHECKING:
    from mxlite.np import ndarray
    from mxlite.typing import DeviceLike, DTypeLike

FLOAT, INTEGER = numpy.dtype("float32"), numpy.dtype("int64")       # of Python's numbers
NAMES = {"bool": ("bool",), "signed integer": ("int8", "int16", "int32", "int64"),
         "unsigned integer": ("uint8", "uint16", "uint32", "uint64"), "real floating": ("float32", "float64")}


def check_device(value: Any) -> None:
    """Raises MXNetError for a device that is not there; None is the CPU."""
    if value is not None:
        device(value)


def of_numbers(*values: Any) -> numpy.dtype[Any]:
    """The dtype of Python's numbers."""
    if all(isinstance(v, bool | numpy.bool_) for v in values):
        return numpy.dtype(bool)
    return INTEGER if all(isinstance(v, int | numpy.integer) for v in values) else FLOAT


def wide(dtype: numpy.dtype[Any]) -> numpy.dtype[Any]:
    """The dtype of a sum or product of elements: integers become 64 bits wide."""
    return {"i": INTEGER, "u": numpy.dtype("uint64")}.get(dtype.kind, dtype)


@guarded
def astype(x: ndarray, dtype: DTypeLike, /, *, copy: bool = True, device: DeviceLike = None) -> ndarray:
    """The array in another dtype; a copy unless `copy` is False and the dtype is already right."""
    check_device(device)
    return x.astype(dtype, copy=copy)


@guarded
def can_cast(from_: Any, to: DTypeLike, /) -> bool:
    """Whether values of a dtype, or of an array, can become another dtype by promotion."""
    return np.can_cast(from_, to)


@guarded
def result_type(*arrays_and_dtypes: Any) -> numpy.dtype[Any]:
    """The dtype of the sum of arrays, dtypes and Python numbers; of numbers, only the kind counts."""
    numbers = [v for v in arrays_and_dtypes if isinstance(v, bool | int | float)]
    others = [v for v in arrays_and_dtypes if not isinstance(v, bool | int | float)]
    if not others:
        raise ArgumentError("result_type takes at least one array or dtype besides numbers")
    return numpy.result_type(np.result_type(*others), *numbers)


@guarded
def isdtype(dtype: DTypeLike, kind: Any) -> bool:
    """Whether a dtype is one, or of a kind: 'bool', 'signed integer', 'integral', 'real floating', 'numeric', ...

    `kind` may be a tuple, of which one has to fit. Raises ArgumentError for another kind.
    """
    try:
        return bool(numpy.isdtype(numpy.dtype(dtype), kind))
    except (TypeError, ValueError) as exc:
        raise ArgumentError(f"isdtype: {exc}") from exc


class FloatInfo(NamedTuple):
    """Limits of a floating-point dtype, Python floats."""

    bits: int
    eps: float
    max: float
    min: float
    smallest_normal: float
    dtype: numpy.dtype


class IntegerInfo(NamedTuple):
    """Limits of an integer dtype, Python ints."""

    bits: int
    max: int
    min: int
    dtype: numpy.dtype


def _dtype_of(value: Any, kinds: str, what: str) -> numpy.dtype[Any]:
    dtype = form(value).dtype if isinstance(value, TapeArray) else _dtype.resolve(value)
    if dtype.kind not in kinds:
        raise DtypeError(f"{what}: {dtype} has no such limits")
    return dtype


@guarded
def finfo(type: Any, /) -> FloatInfo:
    """Limits of a floating-point dtype, or of an array's."""
    dtype = _dtype_of(type, "f", "finfo")
    found = numpy.finfo(dtype)
    return FloatInfo(found.bits, float(found.eps), float(found.max), float(found.min), float(found.smallest_normal),
                     dtype)


@guarded
def iinfo(type: Any, /) -> IntegerInfo:
    """Limits of an integer dtype, or of an array's."""
    dtype = _dtype_of(type, "iu", "iinfo")
    found = numpy.iinfo(dtype)
    return IntegerInfo(found.bits, int(found.max), int(found.min), dtype)


class Info:
    """What the namespace can do."""

    @guarded
    def capabilities(self) -> dict[str, bool | int]:
        """{name: bool or int}: indexing with bools, shapes that depend on values, axes at most."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    @guarded
    def default_device(self) -> Context:
        """The device of new arrays."""
        return cpu()

    @guarded
    def default_dtypes(self, *, device: DeviceLike = None) -> dict[str, numpy.dtype[Any] | None]:
        """{kind: dtype} of new arrays."""
        check_device(device)
        return {"real floating": FLOAT, "complex floating": None, "integral": INTEGER, "indexing": INTEGER}

    @guarded
    def dtypes(self, *, device: DeviceLike = None, kind: Any = None) -> dict[str, numpy.dtype[Any]]:
        """{name: dtype}, of one kind or of a tuple of kinds."""
        check_device(device)
        names = [name for group in NAMES.values() for name in group]
        return {name: numpy.dtype(name) for name in names if kind is None or isdtype(name, kind)}

    @guarded
    def devices(self) -> list[Context]:
        """The devices there are."""
        return [cpu()]


@guarded
def __array_namespace_info__() -> Info:
    """The Info of this namespace."""
    return Info()
