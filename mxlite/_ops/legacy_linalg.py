"""MXNet 1.x's linear algebra: BLAS products and triangles of the matrices in the last two axes.

float32 and float64 alone, operands of one dtype and with the same leading axes: nothing is stretched.
"""

import numpy
from numpy.lib.array_utils import normalize_axis_index

from mxlite._errors import ArgumentError, DtypeError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops.linalg import cholesky
from mxlite._ops.operands import into
from mxlite._ops.products import transposed
from mxlite._ops.shape import swapaxes


def check_matrices(name, *arrays, square=False):
    """Raises unless all are stacks of matrices of one floating dtype, the first of square ones if so asked."""
    first = arrays[0]
    if any(x.dtype.char not in "fd" for x in arrays):
        raise DtypeError(operand_message(name, arrays, "only supports 32-bit and 64-bit floating point"))
    if any(x.dtype != first.dtype for x in arrays):
        raise DtypeError(operand_message(name, arrays, "operands must have one dtype; convert with astype."))
    if first.ndim < 2 or any(x.ndim != first.ndim for x in arrays):
        raise ShapeError(operand_message(name, arrays, "operands are matrices, with the same number of dimensions"))
    if any(x.shape[:-2] != first.shape[:-2] for x in arrays):
        raise ShapeError(operand_message(name, arrays, "operands must agree in all but the last two dimensions"))
    if square and first.shape[-1] != first.shape[-2]:
        raise ShapeError(operand_message(name, arrays, "the first operand must be square matrices"))


def _t(x, exchange=True):
    """x with its last two axes exchanged, if asked."""
    return transposed(x) if exchange else x


def _scaled(x, factor):
    return x if factor == 1 else x * float(factor)


def _triangle(x, lower):
    return numpy.tril(x) if lower else numpy.triu(x)


# -- products ----------------------------------------------------------------------------------------------------------
def _rows_last(x, axis):
    """x with the axis of the rows as last but one."""
    return x if axis in (-2, x.ndim - 2) else numpy.moveaxis(x, axis, -2)


def _rows_back(x, axis):
    return x if axis in (-2, x.ndim - 2) else numpy.moveaxis(x, -2, axis)


def _product_a(g, B, transpose_a, transpose_b, alpha, axis):
    g, b = _rows_last(g, axis), _rows_last(B, axis)
    return _rows_back(_scaled(_t(numpy.matmul(g, _t(b, not transpose_b)), transpose_a), alpha), axis)


def _product_b(g, A, transpose_a, transpose_b, alpha, axis):
    g, a = _rows_last(g, axis), _rows_last(A, axis)
    return _rows_back(_scaled(_t(numpy.matmul(_t(a, not transpose_a), g), transpose_b), alpha), axis)


def _product(name, a, b, transpose_a, transpose_b, alpha, axis):
    """alpha op(a) op(b), the rows in their axis."""
    if a.ndim >= 2:
        axis = normalize_axis_index(axis, a.ndim) - a.ndim
        if axis == -1:
            raise ShapeError(operand_message(name, (a, b), "axis is that of the rows; the columns are the last one"))
    moved = [_rows_last(x, axis) if x.ndim == a.ndim >= 2 else x for x in (a, b)]
    check_matrices(name, *moved)
    left, right = _t(moved[0], transpose_a), _t(moved[1], transpose_b)
    if left.shape[-1] != right.shape[-2]:
        raise ShapeError(operand_message(name, (a, b), "Incompatible matrix dimensions for multiplication"))
    return _rows_back(_scaled(numpy.matmul(left, right), alpha), axis)


@op(nd=("linalg.gemm2", "linalg_gemm2"), grad={"A": _product_a, "B": _product_b})
def gemm2(A, B, transpose_a=False, transpose_b=False, alpha=1, axis=-2, out=None):
    """alpha op(A) op(B), op transposing or not; `axis` holds the rows."""
    return _product("gemm2", A, B, transpose_a, transpose_b, alpha, axis)


@op(nd=("linalg.gemm", "linalg_gemm"),
    grad={"A": _product_a, "B": _product_b, "C": lambda g, beta: _scaled(g, beta)})
def gemm(A, B, C, transpose_a=False, transpose_b=False, alpha=1, beta=1, axis=-2, out=None):
    """alpha op(A) op(B) + beta C, op transposing or not; `axis` holds the rows."""
    y = _product("gemm", A, B, transpose_a, transpose_b, alpha, axis)
    if C.dtype != y.dtype:
        raise DtypeError(operand_message("gemm", (A, B, C), "operands must have one dtype; convert with astype."))
    if C.shape != y.shape:
        raise ShapeError(operand_message("gemm", (A, B, C), f"C must have the shape of the product, {y.shape}"))
    return y + _scaled(C, beta)


def _syrk_grad(g, A, transpose, alpha):
    both = g + _t(g)
    return _scaled(numpy.matmul(A, both) if transpose else numpy.matmul(both, A), alpha)


@op(nd=("linalg.syrk", "linalg_syrk"), grad={"A": _syrk_grad})
def syrk(A, transpose=False, alpha=1, out=None):
    """alpha A A^T, or alpha A^T A with `transpose`."""
    check_matrices("syrk", A)
    return _scaled(numpy.matmul(_t(A, transpose), _t(A, not transpose)), alpha)


# -- triangular matrices -----------------------------------------------------------------------------------------------
def _substituted(a, b, lower):
    """x with a x = b, row by row: a 0 on the diagonal gives inf and nan, as in BLAS."""
    x, n = numpy.array(b), a.shape[-1]
    for k in range(n) if lower else reversed(range(n)):
        done = slice(0, k) if lower else slice(k + 1, n)
        known = numpy.matmul(a[..., k:k + 1, done], x[..., done, :])
        x[..., k, :] = (x[..., k, :] - known[..., 0, :]) / a[..., k, k, None]
    return x


@op(grad={"a": lambda g, a, y, lower: -_triangle(numpy.matmul(solve_triangle(_t(a), g, not lower), _t(y)), lower),
          "b": lambda g, a, lower: solve_triangle(_t(a), g, not lower)})
def solve_triangle(a, b, lower):
    """x with a x = b, of one triangle of a."""
    a = _triangle(a, lower)
    if (numpy.diagonal(a, axis1=-2, axis2=-1) == 0).any():
        return _substituted(a, b, lower)
    return numpy.linalg.solve(a, b)


def _solved(a, b, transpose, rightside, lower):
    """x with op(a) x = b or x op(a) = b."""
    if rightside:
        return _t(_solved(a, _t(b), not transpose, False, lower))
    return solve_triangle(_t(a, transpose), b, lower != transpose)


def _check_pair(name, a, b, rightside):
    check_matrices(name, a, b, square=True)
    if b.shape[-1 if rightside else -2] != a.shape[-1]:
        raise ShapeError(operand_message(name, (a, b), "Incompatible matrix dimensions for multiplication"))


def _trsm_a(g, A, y, transpose, rightside, lower):
    back = _solved(A, g, not transpose, rightside, lower)
    full = numpy.matmul(_t(y), back) if rightside else numpy.matmul(back, _t(y))
    return -_triangle(_t(full, transpose), lower)


def _trsm_b(g, A, transpose, rightside, lower, alpha):
    return _scaled(_solved(A, g, not transpose, rightside, lower), alpha)


@op(nd=("linalg.trsm", "linalg_trsm"), grad={"A": _trsm_a, "B": _trsm_b})
def trsm(A, B, transpose=False, rightside=False, lower=True, alpha=1, out=None):
    """x with op(A) x = alpha B, or x op(A) = alpha B on the right side, A triangular: the other triangle is not read.

    A 0 on the diagonal gives inf and nan.
    """
    _check_pair("trsm", A, B, rightside)
    return _scaled(_solved(A, B, bool(transpose), rightside, bool(lower)), alpha)


def _multiplied(a, b, transpose, rightside, lower):
    a = _t(_triangle(a, lower), transpose)
    return numpy.matmul(b, a) if rightside else numpy.matmul(a, b)


def _trmm_a(g, B, transpose, rightside, lower, alpha):
    full = numpy.matmul(_t(B), g) if rightside else numpy.matmul(g, _t(B))
    return _scaled(_triangle(_t(full, transpose), lower), alpha)


def _trmm_b(g, A, transpose, rightside, lower, alpha):
    return _scaled(_multiplied(A, g, not transpose, rightside, lower), alpha)


@op(nd=("linalg.trmm", "linalg_trmm"), grad={"A": _trmm_a, "B": _trmm_b})
def trmm(A, B, transpose=False, rightside=False, lower=True, alpha=1, out=None):
    """alpha op(A) B, or alpha B op(A) on the right side, A triangular: the other triangle is not read."""
    _check_pair("trmm", A, B, rightside)
    return _scaled(_multiplied(A, B, transpose, rightside, lower), alpha)


@composed(nd=("linalg.potrf", "linalg_potrf"))
def potrf(A, lower=True, out=None, name=None):
    """Lower triangular L with A = L L^T, or with lower=False upper triangular U with A = U^T U.

    Reads that triangle of A; the derivative is that of symmetric changes. Raises ArgumentError if a matrix is not
    positive definite.
    """
    return into(out, cholesky(A) if lower else swapaxes(cholesky(swapaxes(A, -1, -2)), -1, -2))


def _potri_grad(g, A, y, lower):
    inner = numpy.matmul(numpy.matmul(y, g + _t(g)), y)
    factor = _triangle(A, lower)
    return -_triangle(numpy.matmul(inner, factor) if lower else numpy.matmul(factor, inner), lower)


@op(nd=("linalg.potri", "linalg_potri"), grad={"A": _potri_grad})
def potri(A, lower=True, out=None):
    """The inverse of the matrix whose Cholesky factor is A. Raises ArgumentError for a 0 on the diagonal."""
    check_matrices("potri", A, square=True)
    if (numpy.diagonal(A, axis1=-2, axis2=-1) == 0).any():
        raise ArgumentError(operand_message("potri", (A,), "the input is not a Cholesky factorization: it is singular"))
    inverse = _solved(A, numpy.broadcast_to(numpy.eye(A.shape[-1], dtype=A.dtype), A.shape), False, False, bool(lower))
    return numpy.matmul(_t(inverse, lower), _t(inverse, not lower))


# -- diagonals and triangles as vectors --------------------------------------------------------------------------------
def _places(n, offset, part):
    """Rows and columns of a diagonal ("diagonal") or of what lies beyond it ("lower", "upper"), in MXNet's order."""
    m = n - abs(offset)
    if part == "diagonal":
        rows = cols = numpy.arange(m)
    else:
        # Packed as LAPACK does: lower triangles by rows, upper ones by columns.
        rows, cols = numpy.tril_indices(m)
        if offset > 0 or (offset == 0 and part == "upper"):
            rows, cols = cols, rows
    return rows + max(-offset, 0), cols + max(offset, 0)


@op(grad={"a": lambda g, a_shape, offset, part: unpacked(g, a_shape[-1], offset, part)}, quiet=True)
def packed(a, offset, part):
    """The elements of square matrices at _places, a vector for each."""
    rows, cols = _places(a.shape[-1], offset, part)
    return a[..., rows, cols]


@op(grad={"x": lambda g, offset, part: packed(g, offset, part)}, quiet=True)
def unpacked(x, n, offset, part):
    """Square matrices with the elements of x at _places and 0 elsewhere."""
    out = numpy.zeros((*x.shape[:-1], n, n), x.dtype)
    rows, cols = _places(n, offset, part)
    out[..., rows, cols] = x
    return out


def _picked(name, a, offset, part):
    check_matrices(name, a, square=True)
    if abs(offset) >= a.shape[-1]:
        raise ArgumentError(operand_message(
            name, (a,), f"Illegal offset {offset} for diag/trian extraction of matrix with dimension {a.shape[-1]}"))
    return packed(a, offset, part)


def _check_vectors(name, x):
    if x.dtype.char not in "fd":
        raise DtypeError(operand_message(name, (x,), "only supports 32-bit and 64-bit floating point"))
    if not x.ndim:
        raise ShapeError(operand_message(name, (x,), "the operand has one dimension or more"))


def _part(lower):
    return "lower" if lower else "upper"


@op(nd=("linalg.extractdiag", "linalg_extractdiag"), quiet=True,
    grad={"A": lambda g, A_shape, offset: unpacked(g, A_shape[-1], offset, "diagonal")})
def extractdiag(A, offset=0, out=None):
    """A diagonal of square matrices; `offset` counts upwards from the main one."""
    return _picked("extractdiag", A, offset, "diagonal")


@op(nd=("linalg.makediag", "linalg_makediag"), quiet=True,
    grad={"A": lambda g, offset: packed(g, offset, "diagonal")})
def makediag(A, offset=0, out=None):
    """Square matrices with the elements of the last axis on a diagonal."""
    _check_vectors("makediag", A)
    return unpacked(A, A.shape[-1] + abs(offset), offset, "diagonal")


@op(nd=("linalg.extracttrian", "linalg_extracttrian"), quiet=True,
    grad={"A": lambda g, A_shape, offset, lower: unpacked(g, A_shape[-1], offset, _part(lower))})
def extracttrian(A, offset=0, lower=True, out=None):
    """The elements of a triangle of square matrices, lower ones by rows and upper ones by columns.

    A positive `offset` means the upper triangle from that diagonal on, a negative one the lower; 0 what `lower` says.
    """
    return _picked("extracttrian", A, offset, _part(lower))


@op(nd=("linalg.maketrian", "linalg_maketrian"), quiet=True,
    grad={"A": lambda g, offset, lower: packed(g, offset, _part(lower))})
def maketrian(A, offset=0, lower=True, out=None):
    """Triangular matrices of the elements in the last axis: extracttrian backwards."""
    _check_vectors("maketrian", A)
    m = int(numpy.sqrt(2 * A.shape[-1]))
    if m * (m + 1) != 2 * A.shape[-1]:
        raise ShapeError(operand_message(
            "maketrian", (A,), "Input tensor of maketrian has an invalid dimension for the last axis."))
    return unpacked(A, m + abs(offset), offset, _part(lower))


def _sumlogdiag_grad(g, A):
    g = g.reshape((*A.shape[:-2], 1))
    return unpacked(g / packed(A, 0, "diagonal"), A.shape[-1], 0, "diagonal")


@op(nd=("linalg.sumlogdiag", "linalg_sumlogdiag"), grad={"A": _sumlogdiag_grad})
def sumlogdiag(A, out=None):
    """The sum of the logarithms on the main diagonal of square matrices."""
    check_matrices("sumlogdiag", A, square=True)
    return numpy.log(numpy.diagonal(A, axis1=-2, axis2=-1)).sum(-1)
