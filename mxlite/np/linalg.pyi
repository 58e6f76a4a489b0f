# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.factor import qr as qr
from mxlite._ops.linalg import cholesky as cholesky
from mxlite._ops.linalg import det as det
from mxlite._ops.linalg import eig as eig
from mxlite._ops.linalg import eigh as eigh
from mxlite._ops.linalg import eigvals as eigvals
from mxlite._ops.linalg import eigvalsh as eigvalsh
from mxlite._ops.linalg import inv as inv
from mxlite._ops.linalg import matrix_rank as matrix_rank
from mxlite._ops.linalg import pinv as pinv
from mxlite._ops.linalg import slogdet as slogdet
from mxlite._ops.linalg import solve as solve
from mxlite._ops.linalg import svd as svd
from mxlite._ops.linalg import svdvals as svdvals
from mxlite._ops.matrices import cond as cond
from mxlite._ops.matrices import diagonal as diagonal
from mxlite._ops.matrices import lstsq as lstsq
from mxlite._ops.matrices import matrix_norm as matrix_norm
from mxlite._ops.matrices import matrix_power as matrix_power
from mxlite._ops.matrices import matrix_transpose as matrix_transpose
from mxlite._ops.matrices import multi_dot as multi_dot
from mxlite._ops.matrices import tensorinv as tensorinv
from mxlite._ops.matrices import tensorsolve as tensorsolve
from mxlite._ops.matrices import trace as trace
from mxlite._ops.matrices import vector_norm as vector_norm
from mxlite._ops.norm import norm as norm
from mxlite._ops.products import cross as cross
from mxlite._ops.products import outer as outer
from mxlite._ops.products import tensordot as tensordot
from mxlite._ops.products import vecdot as vecdot

__all__ = [
    "cholesky", "cond", "cross", "det", "diagonal", "eig", "eigh", "eigvals", "eigvalsh", "inv", "lstsq",
    "matrix_norm", "matrix_power", "matrix_rank", "matrix_transpose", "multi_dot", "norm", "outer", "pinv", "qr",
    "slogdet", "solve", "svd", "svdvals", "tensordot", "tensorinv", "tensorsolve", "trace", "vecdot", "vector_norm",
]
