# Written by tests/tools/stubs.py.
from mxlite._array import ndarray
from mxlite.typing import ArrayLike

def einsum(*operands: ArrayLike, optimize: bool = False, out: ndarray | None = None) -> ndarray: ...
