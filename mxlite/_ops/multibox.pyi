# Written by tests/tools/stubs.py.
from collections.abc import Sequence
from typing import overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike, Number

@overload
def multibox_target(anchor: ArrayLike, label: ArrayLike, cls_pred: ArrayLike, overlap_threshold: Number = 0.5,
                    ignore_label: int = -1, negative_mining_ratio: Number = -1, negative_mining_thresh: Number = 0.5,
                    minimum_negative_samples: int = 0, variances: Sequence[float] = (0.1, 0.1, 0.2, 0.2),
                    out: list[ndarray] | None = None) -> list[ndarray]: ...
@overload
def multibox_target(anchor: NDArray, label: NDArray, cls_pred: NDArray, overlap_threshold: Number = 0.5,
                    ignore_label: int = -1, negative_mining_ratio: Number = -1, negative_mining_thresh: Number = 0.5,
                    minimum_negative_samples: int = 0, variances: Sequence[float] = (0.1, 0.1, 0.2, 0.2),
                    out: list[NDArray] | None = None) -> list[NDArray]: ...
@overload
def multibox_detection(cls_prob: ArrayLike, loc_pred: ArrayLike, anchor: ArrayLike, clip: bool = True,
                       threshold: Number = 0.01, background_id: int = 0, nms_threshold: Number = 0.5,
                       force_suppress: bool = False, variances: Sequence[float] = (0.1, 0.1, 0.2, 0.2),
                       nms_topk: int = -1, out: ndarray | None = None) -> ndarray: ...
@overload
def multibox_detection(cls_prob: NDArray, loc_pred: NDArray, anchor: NDArray, clip: bool = True,
                       threshold: Number = 0.01, background_id: int = 0, nms_threshold: Number = 0.5,
                       force_suppress: bool = False, variances: Sequence[float] = (0.1, 0.1, 0.2, 0.2),
                       nms_topk: int = -1, out: NDArray | None = None) -> NDArray: ...
@overload
def box_encode(samples: ArrayLike, matches: ArrayLike, anchors: ArrayLike, refs: ArrayLike, means: ArrayLike,
               stds: ArrayLike, out: list[ndarray] | None = None) -> list[ndarray]: ...
@overload
def box_encode(samples: NDArray, matches: NDArray, anchors: NDArray, refs: NDArray, means: NDArray, stds: NDArray,
               out: list[NDArray] | None = None) -> list[NDArray]: ...
@overload
def box_decode(data: ArrayLike, anchors: ArrayLike, std0: Number = 1, std1: Number = 1, std2: Number = 1,
               std3: Number = 1, clip: Number = -1, format: str = "center", out: ndarray | None = None) -> ndarray: ...
@overload
def box_decode(data: NDArray, anchors: NDArray, std0: Number = 1, std1: Number = 1, std2: Number = 1, std3: Number = 1,
               clip: Number = -1, format: str = "center", out: NDArray | None = None) -> NDArray: ...
