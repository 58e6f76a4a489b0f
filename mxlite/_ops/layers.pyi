# Written by tests/tools/stubs.py.
from typing import overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike, Axes, Number

@overload
def fully_connected(data: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None, num_hidden: int | None = None,
                    no_bias: bool = False, flatten: bool = True, out: ndarray | None = None) -> ndarray: ...
@overload
def fully_connected(data: NDArray, weight: NDArray, bias: NDArray | None = None, num_hidden: int | None = None,
                    no_bias: bool = False, flatten: bool = True, out: NDArray | None = None) -> NDArray: ...
@overload
def dropout(data: ArrayLike, p: Number = 0.5, mode: str = "training", axes: Axes = (), cudnn_off: bool = False,
            out: ndarray | None = None, name: str | None = None) -> ndarray: ...
@overload
def dropout(data: NDArray, p: Number = 0.5, mode: str = "training", axes: Axes = (), cudnn_off: bool = False,
            out: NDArray | None = None, name: str | None = None) -> NDArray: ...
def up_sampling(*data: NDArray, scale: int = 1, num_filter: int = 0, sample_type: str | None = None,
                multi_input_mode: str = "concat", workspace: int = 512, num_args: int | None = None,
                out: NDArray | None = None, name: str | None = None) -> NDArray: ...
