"""Linear algebra of MXNet 1.x: batches of matrices."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.linalg import cholesky as potrf
from mxlite._ops.linalg import det as det
from mxlite._ops.linalg import inv as inverse
from mxlite._ops.linalg import slogdet as slogdet

__all__ = [
    "det",
    "inverse",
    "potrf",
    "slogdet",
]
