# Written by tests/tools/stubs.py.
from typing import Any, overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import AnyArray, Axes, DTypeLike, Number

def length(x: Any, axis: Any, keepdims: Any) -> Any: ...
def norm(x: AnyArray, ord: Number | str | None = None, axis: Axes = None, keepdims: bool = False) -> ndarray: ...
@overload
def legacy_norm(data: AnyArray, ord: Number | str | None = 2, axis: Axes = None, out_dtype: DTypeLike | None = None,
                keepdims: bool = False, out: ndarray | None = None) -> ndarray: ...
@overload
def legacy_norm(data: NDArray, ord: Number | str | None = 2, axis: Axes = None, out_dtype: DTypeLike | None = None,
                keepdims: bool = False, out: NDArray | None = None) -> NDArray: ...
