# Written by tests/tools/stubs.py.
from typing import Any, overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike

def path_losses(e: Any, jumps: Any, ends: Any, lengths: Any) -> Any: ...
@overload
def ctc_loss(data: ArrayLike, label: ArrayLike, data_lengths: ArrayLike | None = None,
             label_lengths: ArrayLike | None = None, use_data_lengths: bool = False, use_label_lengths: bool = False,
             blank_label: str = "first", out: ndarray | None = None, name: str | None = None) -> ndarray: ...
@overload
def ctc_loss(data: NDArray, label: NDArray, data_lengths: NDArray | None = None, label_lengths: NDArray | None = None,
             use_data_lengths: bool = False, use_label_lengths: bool = False, blank_label: str = "first",
             out: NDArray | None = None, name: str | None = None) -> NDArray: ...
