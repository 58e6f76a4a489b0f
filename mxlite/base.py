"""`mxnet.base`: the base class of all errors, types for `isinstance`, conversions, and the folder of downloads."""

import os
import sys
from typing import Any

import numpy

from mxlite._errors import MXNetError

__all__ = ["MXNetError", "data_dir", "integer_types", "mx_real_t", "numeric_types", "py_str", "string_types"]

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


def data_dir() -> str:
    """The folder in which MXNet keeps what it downloads: MXNET_HOME, or ~/.mxnet (under Windows mxnet in APPDATA)."""
    if sys.platform == "win32":
        default = os.path.join(os.environ.get("APPDATA", ""), "mxnet")
    else:
        default = os.path.join(os.path.expanduser("~"), ".mxnet")
    return os.environ.get("MXNET_HOME", default)
