"""MXNet's imperative code on NumPy 2, over a compiled tape."""

import gc as _gc
import typing as _typing

# Importing makes a great many objects and no garbage, for which the collector would look all the while.
_collecting = _gc.isenabled()
_gc.disable()
try:
    from mxlite import autograd, base, context, nd, np, npx, random
    from mxlite._absent import explain as _explain
    from mxlite._engine.workers import get_num_threads, set_num_threads
    from mxlite._errors import MXNetError
    from mxlite._mode import (
        is_np_array,
        is_np_shape,
        np_array,
        np_shape,
        set_np_shape,
        use_np,
        use_np_array,
        use_np_shape,
    )
    from mxlite._shim import install_as_mxnet
    from mxlite._version import __version__
    from mxlite.context import Context, cpu, cpu_pinned, current_context, current_device, device, gpu, num_gpus
finally:
    if _collecting:
        _gc.enable()

# MXNet's long names.
ndarray = nd
numpy = np
numpy_extension = npx
rnd = random

_explain()

if _typing.TYPE_CHECKING:       # imported when they are asked for
    from mxlite import array_api, contrib, errors, profiler, util, visualization
    from mxlite import test_utils as test_utils
    from mxlite import visualization as viz

__all__ = [
    "Context", "MXNetError", "__version__", "array_api", "autograd", "base", "context", "contrib", "cpu",
    "cpu_pinned", "current_context", "current_device", "device", "errors", "get_num_threads", "gpu", "install_as_mxnet",
    "is_np_array", "is_np_shape", "nd", "ndarray", "np", "np_array", "np_shape", "npx", "num_gpus", "numpy",
    "numpy_extension", "profiler", "random", "rnd", "set_np_shape", "set_num_threads", "use_np", "use_np_array",
    "use_np_shape", "util", "visualization", "viz",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})       # modules that are imported when they are asked for, too
