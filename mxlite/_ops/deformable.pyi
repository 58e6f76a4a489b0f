# Written by tests/tools/stubs.py.
from typing import overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike, Number, ShapeLike

@overload
def deformable_convolution(data: ArrayLike, offset: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None,
                           kernel: ShapeLike | None = None, stride: ShapeLike = (), dilate: ShapeLike = (),
                           pad: ShapeLike = (), num_filter: int | None = None, num_group: int = 1,
                           num_deformable_group: int = 1, workspace: int = 1024, no_bias: bool = False,
                           layout: str | None = None, out: ndarray | None = None,
                           name: str | None = None) -> ndarray: ...
@overload
def deformable_convolution(data: NDArray, offset: NDArray, weight: NDArray, bias: NDArray | None = None,
                           kernel: ShapeLike | None = None, stride: ShapeLike = (), dilate: ShapeLike = (),
                           pad: ShapeLike = (), num_filter: int | None = None, num_group: int = 1,
                           num_deformable_group: int = 1, workspace: int = 1024, no_bias: bool = False,
                           layout: str | None = None, out: NDArray | None = None,
                           name: str | None = None) -> NDArray: ...
@overload
def modulated_deformable_convolution(data: ArrayLike, offset: ArrayLike, mask: ArrayLike, weight: ArrayLike,
                                     bias: ArrayLike | None = None, kernel: ShapeLike | None = None,
                                     stride: ShapeLike = (), dilate: ShapeLike = (), pad: ShapeLike = (),
                                     num_filter: int | None = None, num_group: int = 1, num_deformable_group: int = 1,
                                     workspace: int = 1024, no_bias: bool = False, im2col_step: int = 64,
                                     layout: str | None = None, out: ndarray | None = None,
                                     name: str | None = None) -> ndarray: ...
@overload
def modulated_deformable_convolution(data: NDArray, offset: NDArray, mask: NDArray, weight: NDArray,
                                     bias: NDArray | None = None, kernel: ShapeLike | None = None,
                                     stride: ShapeLike = (), dilate: ShapeLike = (), pad: ShapeLike = (),
                                     num_filter: int | None = None, num_group: int = 1, num_deformable_group: int = 1,
                                     workspace: int = 1024, no_bias: bool = False, im2col_step: int = 64,
                                     layout: str | None = None, out: NDArray | None = None,
                                     name: str | None = None) -> NDArray: ...
def deformable_psroi_pooling(data: NDArray, rois: NDArray, trans: NDArray | None = None,
                             spatial_scale: Number | None = None, output_dim: int | None = None,
                             group_size: int | None = None, pooled_size: ShapeLike | None = None, part_size: int = 0,
                             sample_per_part: int = 1, trans_std: Number = 0, no_trans: bool = False,
                             out: NDArray | None = None, name: str | None = None) -> NDArray: ...
