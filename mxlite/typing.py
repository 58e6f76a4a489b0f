"""Names for type annotations: what functions of mxlite take.

Nothing of it is needed to run a program, and `import mxlite` does not import it.
"""

from collections.abc import Sequence
from os import PathLike
from typing import Any, SupportsIndex, TypeAlias

import numpy
from numpy.typing import DTypeLike

from mxlite._array import NDArray, ndarray
from mxlite.context import Context

__all__ = ["AnyArray", "ArrayLike", "Axes", "DTypeLike", "DeviceLike", "FileName", "LegacyLike", "Number", "ShapeLike",
           "Values"]

Number: TypeAlias = float | numpy.number[Any] | numpy.bool
"""A Python or NumPy number; ints and bools are floats to type checkers."""

AnyArray: TypeAlias = ndarray | numpy.ndarray[Any, Any]
"""An array of mxlite.np or of NumPy."""

Values: TypeAlias = ndarray | numpy.ndarray[Any, Any] | Sequence[Any]
"""An array, or nested sequences of numbers."""

ArrayLike: TypeAlias = ndarray | numpy.ndarray[Any, Any] | Number | Sequence[Any]
"""An array, a number, or nested sequences of them."""

Axes: TypeAlias = SupportsIndex | Sequence[SupportsIndex] | None
"""Axes of an array: one, several, or None for all."""

ShapeLike: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
"""A shape, or the length of the only axis."""

DeviceLike: TypeAlias = Context | str | None
"""A device, its name such as "cpu", or None for the current one."""

FileName: TypeAlias = str | PathLike[str]
"""The name of a file."""

LegacyLike: TypeAlias = NDArray | Number
"""An array of mxlite.nd or a number."""
