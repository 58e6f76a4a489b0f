# Written by tests/tools/stubs.py.
from typing import Any, overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike, ShapeLike

def numbers(name: Any, what: Any, value: Any, ndim: Any, default: Any) -> Any: ...
def window_of(name: Any, kernel: Any, stride: Any, dilate: Any, pad: Any, ndim: Any) -> Any: ...
@overload
def convolution(data: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None, kernel: ShapeLike | None = None,
                stride: ShapeLike = (), dilate: ShapeLike = (), pad: ShapeLike = (), num_filter: int | None = None,
                num_group: int = 1, workspace: int = 1024, no_bias: bool = False, cudnn_tune: str | None = None,
                cudnn_off: bool = False, layout: str | None = None, out: ndarray | None = None) -> ndarray: ...
@overload
def convolution(data: NDArray, weight: NDArray, bias: NDArray | None = None, kernel: ShapeLike | None = None,
                stride: ShapeLike = (), dilate: ShapeLike = (), pad: ShapeLike = (), num_filter: int | None = None,
                num_group: int = 1, workspace: int = 1024, no_bias: bool = False, cudnn_tune: str | None = None,
                cudnn_off: bool = False, layout: str | None = None, out: NDArray | None = None) -> NDArray: ...
@overload
def deconvolution(data: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None, kernel: ShapeLike | None = None,
                  stride: ShapeLike = (), dilate: ShapeLike = (), pad: ShapeLike = (), adj: ShapeLike = (),
                  target_shape: ShapeLike = (), num_filter: int | None = None, num_group: int = 1, workspace: int = 512,
                  no_bias: bool = True, cudnn_tune: str | None = None, cudnn_off: bool = False,
                  layout: str | None = None, out: ndarray | None = None) -> ndarray: ...
@overload
def deconvolution(data: NDArray, weight: NDArray, bias: NDArray | None = None, kernel: ShapeLike | None = None,
                  stride: ShapeLike = (), dilate: ShapeLike = (), pad: ShapeLike = (), adj: ShapeLike = (),
                  target_shape: ShapeLike = (), num_filter: int | None = None, num_group: int = 1, workspace: int = 512,
                  no_bias: bool = True, cudnn_tune: str | None = None, cudnn_off: bool = False,
                  layout: str | None = None, out: NDArray | None = None) -> NDArray: ...
