# Written by tests/tools/stubs.py.
from mxlite._array import NDArray
from mxlite.typing import Number

def softmax_output(data: NDArray, label: NDArray, grad_scale: Number = 1, ignore_label: int = -1,
                   multi_output: bool = False, use_ignore: bool = False, preserve_shape: bool = False,
                   normalization: str = "null", out_grad: bool = False, smooth_alpha: Number = 0,
                   out: NDArray | None = None) -> NDArray: ...
def linear_regression_output(data: NDArray, label: NDArray, grad_scale: Number = 1,
                             out: NDArray | None = None) -> NDArray: ...
def logistic_regression_output(data: NDArray, label: NDArray, grad_scale: Number = 1,
                               out: NDArray | None = None) -> NDArray: ...
def mae_regression_output(data: NDArray, label: NDArray, grad_scale: Number = 1,
                          out: NDArray | None = None) -> NDArray: ...
