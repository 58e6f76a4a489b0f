"""`mxnet.base`: the base class of all errors, and the types that programs ask `isinstance` about."""

import numpy

from mxlite._errors import MXNetError

__all__ = ["MXNetError", "integer_types", "numeric_types", "string_types"]

integer_types: tuple[type, ...] = (int, numpy.int32, numpy.int64)
numeric_types: tuple[type, ...] = (float, int, numpy.generic)
string_types: tuple[type, ...] = (str,)
