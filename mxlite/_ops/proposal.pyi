# Written by tests/tools/stubs.py.
from collections.abc import Sequence
from typing import Literal, overload

from mxlite._array import NDArray
from mxlite.typing import Number

@overload
def multi_proposal(cls_prob: NDArray, bbox_pred: NDArray, im_info: NDArray, rpn_pre_nms_top_n: int = 6000,
                   rpn_post_nms_top_n: int = 300, threshold: Number = 0.7, rpn_min_size: int = 16,
                   scales: Sequence[float] = (4, 8, 16, 32), ratios: Sequence[float] = (0.5, 1, 2),
                   feature_stride: int = 16, output_score: Literal[False] = False, iou_loss: bool = False,
                   out: NDArray | list[NDArray] | None = None) -> NDArray: ...
@overload
def multi_proposal(cls_prob: NDArray, bbox_pred: NDArray, im_info: NDArray, rpn_pre_nms_top_n: int = 6000,
                   rpn_post_nms_top_n: int = 300, threshold: Number = 0.7, rpn_min_size: int = 16,
                   scales: Sequence[float] = (4, 8, 16, 32), ratios: Sequence[float] = (0.5, 1, 2),
                   feature_stride: int = 16, *, output_score: Literal[True], iou_loss: bool = False,
                   out: NDArray | list[NDArray] | None = None) -> list[NDArray]: ...
@overload
def proposal(cls_prob: NDArray, bbox_pred: NDArray, im_info: NDArray, rpn_pre_nms_top_n: int = 6000,
             rpn_post_nms_top_n: int = 300, threshold: Number = 0.7, rpn_min_size: int = 16,
             scales: Sequence[float] = (4, 8, 16, 32), ratios: Sequence[float] = (0.5, 1, 2), feature_stride: int = 16,
             output_score: Literal[False] = False, iou_loss: bool = False,
             out: NDArray | list[NDArray] | None = None) -> NDArray: ...
@overload
def proposal(cls_prob: NDArray, bbox_pred: NDArray, im_info: NDArray, rpn_pre_nms_top_n: int = 6000,
             rpn_post_nms_top_n: int = 300, threshold: Number = 0.7, rpn_min_size: int = 16,
             scales: Sequence[float] = (4, 8, 16, 32), ratios: Sequence[float] = (0.5, 1, 2), feature_stride: int = 16,
             *, output_score: Literal[True], iou_loss: bool = False,
             out: NDArray | list[NDArray] | None = None) -> list[NDArray]: ...
