# Written by tests/tools/stubs.py.
from collections.abc import Sequence
from typing import overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import AnyArray, ArrayLike, Number

@overload
def box_iou(lhs: ArrayLike, rhs: ArrayLike, format: str = "corner", out: ndarray | None = None) -> ndarray: ...
@overload
def box_iou(lhs: NDArray, rhs: NDArray, format: str = "corner", out: NDArray | None = None) -> NDArray: ...
@overload
def box_nms(data: AnyArray, overlap_thresh: Number = 0.5, valid_thresh: Number = 0, topk: int = -1,
            coord_start: int = 2, score_index: int = 1, id_index: int = -1, background_id: int = -1,
            force_suppress: bool = False, in_format: str = "corner", out_format: str = "corner",
            out: ndarray | None = None) -> ndarray: ...
@overload
def box_nms(data: NDArray, overlap_thresh: Number = 0.5, valid_thresh: Number = 0, topk: int = -1, coord_start: int = 2,
            score_index: int = 1, id_index: int = -1, background_id: int = -1, force_suppress: bool = False,
            in_format: str = "corner", out_format: str = "corner", out: NDArray | None = None) -> NDArray: ...
@overload
def multibox_prior(data: AnyArray, sizes: Sequence[float] = (1,), ratios: Sequence[float] = (1,), clip: bool = False,
                   steps: Sequence[float] = (-1, -1), offsets: Sequence[float] = (0.5, 0.5),
                   out: ndarray | None = None) -> ndarray: ...
@overload
def multibox_prior(data: NDArray, sizes: Sequence[float] = (1,), ratios: Sequence[float] = (1,), clip: bool = False,
                   steps: Sequence[float] = (-1, -1), offsets: Sequence[float] = (0.5, 0.5),
                   out: NDArray | None = None) -> NDArray: ...
@overload
def bipartite_matching(data: AnyArray, is_ascend: bool = False, threshold: Number | None = None, topk: int = -1,
                       out: list[ndarray] | None = None) -> list[ndarray]: ...
@overload
def bipartite_matching(data: NDArray, is_ascend: bool = False, threshold: Number | None = None, topk: int = -1,
                       out: list[NDArray] | None = None) -> list[NDArray]: ...
