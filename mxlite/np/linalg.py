"""Linear algebra."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.factor import qr as qr
from mxlite._ops.linalg import cholesky as cholesky
from mxlite._ops.linalg import det as det
from mxlite._ops.linalg import eigh as eigh
from mxlite._ops.linalg import eigvalsh as eigvalsh
from mxlite._ops.linalg import inv as inv
from mxlite._ops.linalg import matrix_rank as matrix_rank
from mxlite._ops.linalg import pinv as pinv
from mxlite._ops.linalg import slogdet as slogdet
from mxlite._ops.linalg import solve as solve
from mxlite._ops.linalg import svd as svd
from mxlite._ops.linalg import svdvals as svdvals
from mxlite._ops.norm import norm as norm
from mxlite._ops.products import cross as cross
from mxlite._ops.products import outer as outer
from mxlite._ops.products import tensordot as tensordot
from mxlite._ops.products import vecdot as vecdot

__all__ = [
    "cholesky",
    "cross",
    "det",
    "eigh",
    "eigvalsh",
    "inv",
    "matrix_rank",
    "norm",
    "outer",
    "pinv",
    "qr",
    "slogdet",
    "solve",
    "svd",
    "svdvals",
    "tensordot",
    "vecdot",
]
