"""Operators contributed to MXNet 1.x."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.activation import div_sqrt_dim as div_sqrt_dim
from mxlite._ops.activation import gradientmultiplier as gradientmultiplier
from mxlite._ops.activation import quadratic as quadratic
from mxlite._ops.creation import arange_like as arange_like
from mxlite._ops.elementwise import round_ste as round_ste
from mxlite._ops.elementwise import sign_ste as sign_ste
from mxlite._ops.logic import isfinite as isfinite
from mxlite._ops.logic import isinf as isinf
from mxlite._ops.logic import isnan as isnan
from mxlite._ops.mask import boolean_mask as boolean_mask
from mxlite._ops.select import index_array as index_array
from mxlite._ops.select import index_copy as index_copy

__all__ = [
    "arange_like",
    "boolean_mask",
    "div_sqrt_dim",
    "gradientmultiplier",
    "index_array",
    "index_copy",
    "isfinite",
    "isinf",
    "isnan",
    "quadratic",
    "round_ste",
    "sign_ste",
]
