# Written by tests/tools/stubs.py.
from typing import overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import AnyArray, ArrayLike, Number

@overload
def sequence_mask(data: AnyArray, sequence_length: ArrayLike | None = None, use_sequence_length: bool = False,
                  value: Number = 0, axis: int = 0, out: ndarray | None = None) -> ndarray: ...
@overload
def sequence_mask(data: NDArray, sequence_length: NDArray | None = None, use_sequence_length: bool = False,
                  value: Number = 0, axis: int = 0, out: NDArray | None = None) -> NDArray: ...
@overload
def sequence_last(data: AnyArray, sequence_length: ArrayLike | None = None, use_sequence_length: bool = False,
                  axis: int = 0, out: ndarray | None = None) -> ndarray: ...
@overload
def sequence_last(data: NDArray, sequence_length: NDArray | None = None, use_sequence_length: bool = False,
                  axis: int = 0, out: NDArray | None = None) -> NDArray: ...
@overload
def sequence_reverse(data: AnyArray, sequence_length: ArrayLike | None = None, use_sequence_length: bool = False,
                     axis: int = 0, out: ndarray | None = None) -> ndarray: ...
@overload
def sequence_reverse(data: NDArray, sequence_length: NDArray | None = None, use_sequence_length: bool = False,
                     axis: int = 0, out: NDArray | None = None) -> NDArray: ...
