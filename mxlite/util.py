"""`mxnet.util`: the switches between MXNet's kinds of shapes and arrays, environment variables, the number of GPUs."""

import os
import sys

from mxlite._absent import hook as _hook
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
    "get_gpu_count", "getenv", "is_np_array", "is_np_default_dtype", "is_np_shape", "np_array", "np_shape", "reset_np",
    "set_np", "set_np_default_dtype", "set_np_shape", "setenv", "use_np", "use_np_array", "use_np_shape",
]

get_gpu_count = num_gpus


def getenv(name: str) -> str | None:
    """The value of an environment variable, or None."""
    return os.environ.get(name)


def setenv(name: str, value: str | None) -> None:
    """Sets an environment variable of this process, or takes it away where the value is None."""
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


__getattr__ = _hook(sys.modules[__name__], "util")
