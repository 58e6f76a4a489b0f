"""Linear algebra of the array API standard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy

from mxlite import np
from mxlite._array import ndarray
from mxlite._engine.guard import guarded
from mxlite._engine.operators import from_raw
from mxlite._errors import ShapeError
from mxlite.array_api._dtypes import wide
from mxlite.np.linalg import det, eigvalsh, inv, matrix_power, matrix_transpose, slogdet, solve, svdvals

if TYPE_CHECKING:
    from mxlite.typing import DTypeLike

__all__ = ["cholesky", "cross", "det", "diagonal", "eigh", "eigvalsh", "inv", "matmul", "matrix_norm", "matrix_power",
           "matrix_rank", "matrix_transpose", "outer", "pinv", "qr", "slogdet", "solve", "svd", "svdvals", "tensordot",
           "trace", "vecdot", "vector_norm"]


class EighResult(NamedTuple):
    """What `eigh` returns."""

    eigenvalues: ndarray
    eigenvectors: ndarray


class QRResult(NamedTuple):
    """What `qr` returns."""

    Q: ndarray
    R: ndarray


class SVDResult(NamedTuple):
    """What `svd` returns."""

    U: ndarray
    S: ndarray
    Vh: ndarray


def _product(ours: Callable[..., Any], numpys: Callable[..., Any], x1: ndarray, x2: ndarray, **options: Any) -> ndarray:
    """A product of arrays. np's are for floats, as in MXNet; of integers there is no gradient, so NumPy's will do."""
    if x1.dtype.kind in "iub" and x2.dtype.kind in "iub":
        return from_raw(numpy.asarray(numpys(numpy.asarray(x1), numpy.asarray(x2), **options)), ndarray)
    found: ndarray = ours(x1, x2, **options)
    return found


@guarded
def matmul(x1: ndarray, x2: ndarray, /) -> ndarray:
    """Matrix products; of stacks of matrices, which broadcast, or of vectors."""
    return _product(np.matmul, numpy.matmul, x1, x2)


@guarded
def tensordot(x1: ndarray, x2: ndarray, /, *, axes: int | tuple[Sequence[int], Sequence[int]] = 2) -> ndarray:
    """Sums of products over axes: the last of x1 and the first of x2, so many, or a pair of sequences of axes."""
    return _product(np.tensordot, numpy.tensordot, x1, x2, axes=axes)


@guarded
def outer(x1: ndarray, x2: ndarray, /) -> ndarray:
    """All products of an element of a vector x1 with one of x2, a matrix."""
    return _product(np.linalg.outer, numpy.outer, x1, x2)


@guarded
def cholesky(x: ndarray, /, *, upper: bool = False) -> ndarray:
    """The triangular factor of symmetric positive-definite matrices: lower, or upper."""
    found = np.linalg.cholesky(x)
    return matrix_transpose(found) if upper else found


@guarded
def cross(x1: ndarray, x2: ndarray, /, *, axis: int = -1) -> ndarray:
    """Cross products of vectors of three elements along an axis."""
    return _product(np.cross, numpy.cross, x1, x2, axis=axis)


@guarded
def diagonal(x: ndarray, /, *, offset: int = 0) -> ndarray:
    """The diagonals of matrices, those of the last two axes."""
    return np.linalg.diagonal(x, offset=offset)


@guarded
def eigh(x: ndarray, /) -> EighResult:
    """Eigenvalues, ascending, and eigenvectors, as columns, of symmetric matrices."""
    return EighResult(*np.linalg.eigh(x))


@guarded
def matrix_norm(x: ndarray, /, *, keepdims: bool = False, ord: float | str = "fro") -> ndarray:
    """Norms of matrices, those of the last two axes."""
    return np.linalg.matrix_norm(x, ord=ord, keepdims=keepdims)


@guarded
def matrix_rank(x: ndarray, /, *, rtol: float | ndarray | None = None) -> ndarray:
    """How many singular values are larger than `rtol` times the largest, int64."""
    s = svdvals(x)
    if rtol is None:
        rtol = max(x.shape[-2:]) * float(numpy.finfo(x.dtype).eps)
    limit = np.max(s, axis=-1, keepdims=True) * np.expand_dims(np.array(rtol, dtype=s.dtype), -1)
    return np.sum((s > limit).astype("int64"), axis=-1)


@guarded
def pinv(x: ndarray, /, *, rtol: float | ndarray | None = None) -> ndarray:
    """Pseudo-inverses; singular values up to `rtol` times the largest count as zero."""
    limit: Any = max(x.shape[-2:]) * float(numpy.finfo(x.dtype).eps) if rtol is None else rtol
    return np.linalg.pinv(x, limit)


@guarded
def qr(x: ndarray, /, *, mode: Literal["reduced", "complete"] = "reduced") -> QRResult:
    """Factors of matrices with orthonormal columns Q and upper triangles R. mode: 'reduced' or 'complete'."""
    return QRResult(*np.linalg.qr(x, mode))


@guarded
def svd(x: ndarray, /, *, full_matrices: bool = True) -> SVDResult:
    """Singular values, descending, and the orthogonal factors: U, S and Vh."""
    return SVDResult(*np.linalg.svd(x, full_matrices))


@guarded
def trace(x: ndarray, /, *, offset: int = 0, dtype: DTypeLike | None = None) -> ndarray:
    """Sums of diagonals; integers are added as 64 bits."""
    return np.sum(diagonal(x, offset=offset), axis=-1, dtype=dtype or wide(x.dtype))


@guarded
def vecdot(x1: ndarray, x2: ndarray, /, *, axis: int = -1) -> ndarray:
    """Sums of products along an axis of two arrays, which broadcast otherwise."""
    return _product(np.linalg.vecdot, _vecdot, x1, x2, axis=axis)


def _vecdot(x1: Any, x2: Any, axis: int) -> Any:
    if x1.shape[axis] != x2.shape[axis]:
        raise ShapeError(f"vecdot: axis {axis} has length {x1.shape[axis]} in one and {x2.shape[axis]} in the other")
    return numpy.sum(x1 * x2, axis=axis, dtype=numpy.result_type(x1, x2))       # NumPy 2.0 has no vecdot


@guarded
def vector_norm(
    x: ndarray, /, *, axis: int | tuple[int, ...] | None = None, keepdims: bool = False, ord: float = 2
) -> ndarray:
    """Norms of vectors along axes, or of all elements."""
    return np.linalg.vector_norm(x, ord=ord, axis=axis, keepdims=keepdims)
