"""Linear algebra."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: F822, I001, RUF022, RUF100

from mxlite._ops.products import cross as cross
from mxlite._ops.products import outer as outer
from mxlite._ops.products import tensordot as tensordot
from mxlite._ops.products import vecdot as vecdot

_LATER = {
    "mxlite._ops.factor":
        "qr",
    "mxlite._ops.linalg":
        "cholesky det eig eigh eigvals eigvalsh inv matrix_rank pinv slogdet solve svd svdvals",
    "mxlite._ops.matrices":
        "cond diagonal lstsq matrix_norm matrix_power matrix_transpose multi_dot tensorinv tensorsolve trace "
        "vector_norm",
    "mxlite._ops.norm":
        "norm",
}

__all__ = [
    "cholesky", "cond", "cross", "det", "diagonal", "eig", "eigh", "eigvals", "eigvalsh", "inv", "lstsq",
    "matrix_norm", "matrix_power", "matrix_rank", "matrix_transpose", "multi_dot", "norm", "outer", "pinv", "qr",
    "slogdet", "solve", "svd", "svdvals", "tensordot", "tensorinv", "tensorsolve", "trace", "vecdot", "vector_norm",
]
