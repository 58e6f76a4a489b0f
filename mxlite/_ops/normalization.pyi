# Written by tests/tools/stubs.py.
from typing import Any, Literal, overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike, Number

def standardized_pulled(cotangent: Any, mean_cotangent: Any, inverse_cotangent: Any, normal: Any, inverse: Any,
                        axes: Any) -> Any: ...
def standardized(x: Any, axes: Any, eps: Any) -> Any: ...
def scaled(x: Any, gamma: Any, beta: Any, out: Any = None) -> Any: ...
def observed(x: Any, note: Any) -> Any: ...
@overload
def batch_norm(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, moving_mean: ArrayLike, moving_var: ArrayLike,
               eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True, use_global_stats: bool = False,
               output_mean_var: Literal[False] = False, axis: int = 1, cudnn_off: bool = False,
               min_calib_range: Number | None = None, max_calib_range: Number | None = None,
               out: ndarray | list[ndarray] | None = None, name: str | None = None) -> ndarray: ...
@overload
def batch_norm(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, moving_mean: ArrayLike, moving_var: ArrayLike,
               eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True, use_global_stats: bool = False, *,
               output_mean_var: Literal[True], axis: int = 1, cudnn_off: bool = False,
               min_calib_range: Number | None = None, max_calib_range: Number | None = None,
               out: ndarray | list[ndarray] | None = None, name: str | None = None) -> list[ndarray]: ...
@overload
def batch_norm(data: NDArray, gamma: NDArray, beta: NDArray, moving_mean: NDArray, moving_var: NDArray,
               eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True, use_global_stats: bool = False,
               output_mean_var: Literal[False] = False, axis: int = 1, cudnn_off: bool = False,
               min_calib_range: Number | None = None, max_calib_range: Number | None = None,
               out: NDArray | list[NDArray] | None = None, name: str | None = None) -> NDArray: ...
@overload
def batch_norm(data: NDArray, gamma: NDArray, beta: NDArray, moving_mean: NDArray, moving_var: NDArray,
               eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True, use_global_stats: bool = False, *,
               output_mean_var: Literal[True], axis: int = 1, cudnn_off: bool = False,
               min_calib_range: Number | None = None, max_calib_range: Number | None = None,
               out: NDArray | list[NDArray] | None = None, name: str | None = None) -> list[NDArray]: ...
@overload
def batch_norm_with_relu(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, moving_mean: ArrayLike,
                         moving_var: ArrayLike, eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True,
                         use_global_stats: bool = False, output_mean_var: Literal[False] = False, axis: int = 1,
                         cudnn_off: bool = False, min_calib_range: Number | None = None,
                         max_calib_range: Number | None = None, out: ndarray | list[ndarray] | None = None,
                         name: str | None = None) -> ndarray: ...
@overload
def batch_norm_with_relu(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, moving_mean: ArrayLike,
                         moving_var: ArrayLike, eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True,
                         use_global_stats: bool = False, *, output_mean_var: Literal[True], axis: int = 1,
                         cudnn_off: bool = False, min_calib_range: Number | None = None,
                         max_calib_range: Number | None = None, out: ndarray | list[ndarray] | None = None,
                         name: str | None = None) -> list[ndarray]: ...
@overload
def batch_norm_with_relu(data: NDArray, gamma: NDArray, beta: NDArray, moving_mean: NDArray, moving_var: NDArray,
                         eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True,
                         use_global_stats: bool = False, output_mean_var: Literal[False] = False, axis: int = 1,
                         cudnn_off: bool = False, min_calib_range: Number | None = None,
                         max_calib_range: Number | None = None, out: NDArray | list[NDArray] | None = None,
                         name: str | None = None) -> NDArray: ...
@overload
def batch_norm_with_relu(data: NDArray, gamma: NDArray, beta: NDArray, moving_mean: NDArray, moving_var: NDArray,
                         eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True,
                         use_global_stats: bool = False, *, output_mean_var: Literal[True], axis: int = 1,
                         cudnn_off: bool = False, min_calib_range: Number | None = None,
                         max_calib_range: Number | None = None, out: NDArray | list[NDArray] | None = None,
                         name: str | None = None) -> list[NDArray]: ...
@overload
def sync_batch_norm(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, moving_mean: ArrayLike, moving_var: ArrayLike,
                    eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True, use_global_stats: bool = False,
                    output_mean_var: Literal[False] = False, ndev: int = 1, key: str | None = None,
                    out: ndarray | list[ndarray] | None = None, name: str | None = None) -> ndarray: ...
@overload
def sync_batch_norm(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, moving_mean: ArrayLike, moving_var: ArrayLike,
                    eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True, use_global_stats: bool = False,
                    *, output_mean_var: Literal[True], ndev: int = 1, key: str | None = None,
                    out: ndarray | list[ndarray] | None = None, name: str | None = None) -> list[ndarray]: ...
@overload
def sync_batch_norm(data: NDArray, gamma: NDArray, beta: NDArray, moving_mean: NDArray, moving_var: NDArray,
                    eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True, use_global_stats: bool = False,
                    output_mean_var: Literal[False] = False, ndev: int = 1, key: str | None = None,
                    out: NDArray | list[NDArray] | None = None, name: str | None = None) -> NDArray: ...
@overload
def sync_batch_norm(data: NDArray, gamma: NDArray, beta: NDArray, moving_mean: NDArray, moving_var: NDArray,
                    eps: Number = 0.001, momentum: Number = 0.9, fix_gamma: bool = True, use_global_stats: bool = False,
                    *, output_mean_var: Literal[True], ndev: int = 1, key: str | None = None,
                    out: NDArray | list[NDArray] | None = None, name: str | None = None) -> list[NDArray]: ...
@overload
def layer_norm(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, axis: int = -1, eps: Number = 1e-05,
               output_mean_var: Literal[False] = False, out: ndarray | list[ndarray] | None = None,
               name: str | None = None) -> ndarray: ...
@overload
def layer_norm(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, axis: int = -1, eps: Number = 1e-05, *,
               output_mean_var: Literal[True], out: ndarray | list[ndarray] | None = None,
               name: str | None = None) -> list[ndarray]: ...
@overload
def layer_norm(data: NDArray, gamma: NDArray, beta: NDArray, axis: int = -1, eps: Number = 1e-05,
               output_mean_var: Literal[False] = False, out: NDArray | list[NDArray] | None = None,
               name: str | None = None) -> NDArray: ...
@overload
def layer_norm(data: NDArray, gamma: NDArray, beta: NDArray, axis: int = -1, eps: Number = 1e-05, *,
               output_mean_var: Literal[True], out: NDArray | list[NDArray] | None = None,
               name: str | None = None) -> list[NDArray]: ...
@overload
def group_norm(data: NDArray, gamma: NDArray, beta: NDArray, num_groups: int = 1, eps: Number = 1e-05,
               output_mean_var: Literal[False] = False, out: NDArray | list[NDArray] | None = None,
               name: str | None = None) -> NDArray: ...
@overload
def group_norm(data: NDArray, gamma: NDArray, beta: NDArray, num_groups: int = 1, eps: Number = 1e-05, *,
               output_mean_var: Literal[True], out: NDArray | list[NDArray] | None = None,
               name: str | None = None) -> list[NDArray]: ...
@overload
def group_norm_with_larger_eps(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, num_groups: int = 1,
                               eps: Number = 0.001, output_mean_var: Literal[False] = False,
                               out: ndarray | list[ndarray] | None = None, name: str | None = None) -> ndarray: ...
@overload
def group_norm_with_larger_eps(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, num_groups: int = 1,
                               eps: Number = 0.001, *, output_mean_var: Literal[True],
                               out: ndarray | list[ndarray] | None = None,
                               name: str | None = None) -> list[ndarray]: ...
@overload
def instance_norm(data: ArrayLike, gamma: ArrayLike, beta: ArrayLike, eps: Number = 0.001, out: ndarray | None = None,
                  name: str | None = None) -> ndarray: ...
@overload
def instance_norm(data: NDArray, gamma: NDArray, beta: NDArray, eps: Number = 0.001, out: NDArray | None = None,
                  name: str | None = None) -> NDArray: ...
