# Written by tests/tools/stubs.py.
from mxlite._array import NDArray
from mxlite.typing import Number

def bilinear_resize(data: NDArray, like: NDArray | None = None, height: int = 1, width: int = 1,
                    scale_height: Number | None = None, scale_width: Number | None = None, mode: str = "size",
                    align_corners: bool = True, out: NDArray | None = None, name: str | None = None) -> NDArray: ...
