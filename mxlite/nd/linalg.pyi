# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.factor import gelqf as gelqf
from mxlite._ops.factor import syevd as syevd
from mxlite._ops.legacy_linalg import extractdiag as extractdiag
from mxlite._ops.legacy_linalg import extracttrian as extracttrian
from mxlite._ops.legacy_linalg import gemm as gemm
from mxlite._ops.legacy_linalg import gemm2 as gemm2
from mxlite._ops.legacy_linalg import makediag as makediag
from mxlite._ops.legacy_linalg import maketrian as maketrian
from mxlite._ops.legacy_linalg import potrf as potrf
from mxlite._ops.legacy_linalg import potri as potri
from mxlite._ops.legacy_linalg import sumlogdiag as sumlogdiag
from mxlite._ops.legacy_linalg import syrk as syrk
from mxlite._ops.legacy_linalg import trmm as trmm
from mxlite._ops.legacy_linalg import trsm as trsm
from mxlite._ops.linalg import det as det
from mxlite._ops.linalg import inv as inverse
from mxlite._ops.linalg import slogdet as slogdet

__all__ = [
    "det", "extractdiag", "extracttrian", "gelqf", "gemm", "gemm2", "inverse", "makediag", "maketrian", "potrf",
    "potri", "slogdet", "sumlogdiag", "syevd", "syrk", "trmm", "trsm",
]
