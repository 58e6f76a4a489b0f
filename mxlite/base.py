"""`mxnet.base`: the base class of all errors."""

from mxlite._errors import MXNetError

__all__ = ["MXNetError"]
