"""`mxnet.contrib`: as `nd` and `ndarray`, the operators of `nd.contrib` under their older address."""

import sys

from mxlite._absent import hook
from mxlite.nd import contrib as nd

__all__ = ["nd", "ndarray"]

ndarray = nd

__getattr__ = hook(sys.modules[__name__], "contrib")
