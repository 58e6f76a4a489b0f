"""Linear algebra of MXNet 1.x: batches of matrices."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: F822, I001, RUF022, RUF100

_LATER = {
    "mxlite._ops.factor":
        "gelqf syevd",
    "mxlite._ops.legacy_linalg":
        "extractdiag extracttrian gemm gemm2 makediag maketrian potrf potri sumlogdiag syrk trmm trsm",
    "mxlite._ops.linalg":
        "det inverse=inv slogdet",
}

__all__ = [
    "det", "extractdiag", "extracttrian", "gelqf", "gemm", "gemm2", "inverse", "makediag", "maketrian", "potrf",
    "potri", "slogdet", "sumlogdiag", "syevd", "syrk", "trmm", "trsm",
]
