"""`mxnet.util`: the switches between MXNet's kinds of shapes and arrays, and the number of GPUs."""

from mxlite._mode import (
    is_np_array,
    is_np_default_dtype,
    is_np_shape,
    np_array,
    np_shape,
    reset_np,
    set_np,
    set_np_default_dtype,
    set_np_shape,
    use_np,
    use_np_array,
    use_np_shape,
)
from mxlite.context import num_gpus

__all__ = [
    "get_gpu_count", "is_np_array", "is_np_default_dtype", "is_np_shape", "np_array", "np_shape", "reset_np", "set_np",
    "set_np_default_dtype", "set_np_shape", "use_np", "use_np_array", "use_np_shape",
]

get_gpu_count = num_gpus
