# Written by tests/tools/stubs.py.
from typing import overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike, Number, ShapeLike

@overload
def roi_pooling(data: ArrayLike, rois: ArrayLike, pooled_size: ShapeLike | None = None,
                spatial_scale: Number | None = None, out: ndarray | None = None,
                name: str | None = None) -> ndarray: ...
@overload
def roi_pooling(data: NDArray, rois: NDArray, pooled_size: ShapeLike | None = None, spatial_scale: Number | None = None,
                out: NDArray | None = None, name: str | None = None) -> NDArray: ...
