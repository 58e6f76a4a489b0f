"""`mxnet.base`: the base class of all errors, the types that programs ask `isinstance` about, and small conversions."""

from typing import Any

import numpy

from mxlite._errors import MXNetError

__all__ = ["MXNetError", "integer_types", "mx_real_t", "numeric_types", "py_str", "string_types"]

integer_types: tuple[type, ...] = (int, numpy.int32, numpy.int64)
numeric_types: tuple[type, ...] = (float, int, numpy.generic)
string_types: tuple[type, ...] = (str,)
mx_real_t = numpy.float32


def py_str(x: bytes) -> str:
    """Text of UTF-8."""
    return x.decode("utf-8")


def _as_list(obj: Any) -> Any:
    """A list or tuple as it is, anything else in a list: private in MXNet too, and used by code around it."""
    return obj if isinstance(obj, list | tuple) else [obj]
