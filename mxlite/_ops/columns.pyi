# Written by tests/tools/stubs.py.
from typing import Any

from mxlite._array import NDArray
from mxlite.typing import ShapeLike

def columns_of(x: Any, window: Any) -> Any: ...
def im2col(data: NDArray, kernel: ShapeLike | None = None, stride: ShapeLike = (), dilate: ShapeLike = (),
           pad: ShapeLike = (), out: NDArray | None = None) -> NDArray: ...
def col2im(data: NDArray, output_size: ShapeLike | None = None, kernel: ShapeLike | None = None, stride: ShapeLike = (),
           dilate: ShapeLike = (), pad: ShapeLike = (), out: NDArray | None = None) -> NDArray: ...
