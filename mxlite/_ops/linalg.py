"""Decompositions, inverses and determinants of the matrices in the last two axes.

float32 and float64; integers become float32. What LAPACK cannot do (a singular matrix, one that is not positive
definite) raises ArgumentError at the call.
"""

import numpy

from mxlite import _dtype
from mxlite._op import op, zero


def _floats(x):
    return x.astype(_dtype.inexact(x.dtype), copy=False)


def _t(x):
    """x with its last two axes exchanged."""
    return x.swapaxes(-1, -2)


def _rows(x):
    """A vector for each matrix, as the scale of its columns."""
    return x.reshape((*x.shape[:-1], 1, x.shape[-1]))


def _columns(x):
    return x.reshape((*x.shape, 1))


def _scalars(x):
    """A number for each matrix, to be multiplied with it."""
    return x.reshape((*x.shape, 1, 1))


def _inverse(x):
    """1 / x, and 0 where x is 0."""
    return (x != 0) / (x + (x == 0))


def _gaps(x):
    """1 / (x[j] - x[i]); 0 on the diagonal and between equal values, whose vectors have no derivative."""
    return _inverse(_rows(x) - _columns(x))


# -- inverse, determinant, equations -----------------------------------------------------------------------------------
@op(np="linalg.inv", nd=("linalg.inverse", "linalg_inverse"), aliases={"A": "a"},
    grad={"a": lambda g, y: -numpy.matmul(_t(y), numpy.matmul(g, _t(y)))})
def inv(a):
    """Inverses of square matrices. Raises ArgumentError if one is singular."""
    return numpy.linalg.inv(_floats(a))


def _det_grad(g, a, y):
    if numpy.asarray(y).all():
        return _scalars(g * y) * _t(numpy.linalg.inv(a))
    # Singular: the cofactors are finite, and the singular values give them without a division.
    u, s, v = numpy.linalg.svd(a, full_matrices=False)
    n = a.shape[-1]
    others = [numpy.prod(s[..., [j for j in range(n) if j != k]], axis=-1, keepdims=True) for k in range(n)]
    sign = numpy.linalg.det(numpy.asarray(u)) * numpy.linalg.det(numpy.asarray(v))
    return _scalars(g * sign) * numpy.matmul(u * _rows(numpy.concatenate(others, axis=-1)), v)


@op(np="linalg.det", nd=("linalg.det", "linalg_det"), aliases={"A": "a"}, grad={"a": _det_grad})
def det(a):
    """Determinants of square matrices. The derivative, the cofactors, also holds for singular ones."""
    return numpy.linalg.det(_floats(a))


def _slogdet_grad(g, a, y):
    # As in MXNet a singular matrix, whose logarithm is -inf, has the derivative 0.
    regular = _scalars((numpy.asarray(y[0]) != 0).astype(a.dtype))
    inverse = numpy.linalg.inv(a * regular + numpy.eye(a.shape[-1], dtype=a.dtype) * (1 - regular))
    return _scalars(g[1]) * regular * _t(inverse)


@op(np="linalg.slogdet", nd=("linalg.slogdet", "linalg_slogdet"), aliases={"A": "a"}, grad={"a": _slogdet_grad})
def slogdet(a):
    """[sign, logarithm of the absolute value] of determinants: 0 and -inf for singular matrices."""
    return list(numpy.linalg.slogdet(_floats(a)))


def _solve_a(g, a, b_shape, y):
    back = numpy.linalg.solve(_t(a), g)
    if len(b_shape) == 1:
        return -_columns(back) * _rows(y)
    return -numpy.matmul(back, _t(y))


@op(np="linalg.solve", grad={"a": _solve_a, "b": lambda g, a: numpy.linalg.solve(_t(a), g)})
def solve(a, b):
    """x with a x = b; b is one vector or matrices of columns. Raises ArgumentError for a singular a."""
    dtype = numpy.result_type(_dtype.inexact(a.dtype), _dtype.inexact(numpy.asarray(b).dtype))
    return numpy.linalg.solve(numpy.asarray(a, dtype), numpy.asarray(b, dtype))


def _pinv_grad(g, a, y):
    left = numpy.eye(a.shape[-2], dtype=a.dtype) - numpy.matmul(a, y)
    right = numpy.eye(a.shape[-1], dtype=a.dtype) - numpy.matmul(y, a)
    yt, gt = _t(y), _t(g)
    return (numpy.matmul(numpy.matmul(left, gt), numpy.matmul(y, yt))
            + numpy.matmul(numpy.matmul(yt, y), numpy.matmul(gt, right))
            - numpy.matmul(yt, numpy.matmul(g, yt)))


@op(np="linalg.pinv", grad={"a": _pinv_grad})
def pinv(a, rcond=1e-15, hermitian=False):
    """Pseudo-inverses; singular values up to `rcond` times the largest count as 0. The rank is taken as constant."""
    a = _floats(a)
    return numpy.linalg.pinv(a, rcond, hermitian=hermitian).astype(a.dtype, copy=False)


@op(np="linalg.matrix_rank", grad={"A": zero})
def matrix_rank(A, tol=None, hermitian=False):
    """Number of singular values above `tol` (None: rounding of the largest); int64."""
    return numpy.linalg.matrix_rank(_floats(A), tol, hermitian=hermitian)


# -- decompositions ----------------------------------------------------------------------------------------------------
def _cholesky_grad(g, y):
    n = y.shape[-1]
    lower = numpy.tri(n, dtype=y.dtype) - 0.5 * numpy.eye(n, dtype=y.dtype)
    inverse = numpy.linalg.inv(y)
    half = numpy.matmul(_t(inverse), numpy.matmul(numpy.matmul(_t(y), g) * lower, inverse))
    return 0.5 * (half + _t(half))


@op(np="linalg.cholesky", nd=("linalg.potrf", "linalg_potrf"), aliases={"A": "a"}, grad={"a": _cholesky_grad})
def cholesky(a):
    """Lower triangular L with a = L L^T. Reads the lower triangle; the derivative is that of symmetric changes.

    Raises ArgumentError if a matrix is not positive definite.
    """
    return numpy.linalg.cholesky(_floats(a))


def _svd_grad(g, a_shape, y):
    (gu, gs, gv), (u, s, v) = g, y
    gaps, small = _gaps(s * s), a_shape[-2] != a_shape[-1]
    left, right = numpy.matmul(_t(u), gu) * gaps, numpy.matmul(v, _t(gv)) * gaps
    inner = _rows(s) * (left + _t(left)) + _columns(s) * (right + _t(right))
    inner = inner + _columns(gs) * numpy.eye(s.shape[-1], dtype=s.dtype)
    out = numpy.matmul(u, numpy.matmul(inner, v))
    if small and a_shape[-2] > a_shape[-1]:
        outside = gu - numpy.matmul(u, numpy.matmul(_t(u), gu))
        out = out + numpy.matmul(outside * _rows(_inverse(s)), v)
    elif small:
        outside = gv - numpy.matmul(numpy.matmul(gv, _t(v)), v)
        out = out + numpy.matmul(u * _rows(_inverse(s)), outside)
    return out


@op(np="linalg.svd", grad={"a": _svd_grad})
def svd(a, full_matrices=False):
    """(u, s, v) with a = u * s @ v, thin: s is as long as the shorter axis, largest value first.

    Vectors of equal singular values have no derivative; their mutual part is taken as 0.
    """
    return tuple(numpy.linalg.svd(_floats(a), full_matrices=full_matrices))


def _svdvals_grad(g, a):
    u, _, v = numpy.linalg.svd(a, full_matrices=False)
    return numpy.matmul(u * _rows(g), v)


@op(np="linalg.svdvals", numpy_names="linalg.svdvals", grad={"a": _svdvals_grad})
def svdvals(a):
    """Singular values, largest first."""
    return numpy.linalg.svd(_floats(a), compute_uv=False)


def _eigh_grad(g, y):
    (gw, gv), (w, v) = g, y
    inner = numpy.matmul(_t(v), gv) * _gaps(w) + _columns(gw) * numpy.eye(w.shape[-1], dtype=w.dtype)
    out = numpy.matmul(v, numpy.matmul(inner, _t(v)))
    return 0.5 * (out + _t(out))


@op(np="linalg.eigh", grad={"a": _eigh_grad})
def eigh(a, UPLO="L"):
    """(values in ascending order, vectors in columns) of symmetric matrices, of which one triangle is read.

    The derivative is that of symmetric changes. Vectors of equal values have none; their mutual part is taken as 0.
    """
    return tuple(numpy.linalg.eigh(_floats(a), UPLO))


def _eigvalsh_grad(g, a, UPLO):
    _, v = numpy.linalg.eigh(a, UPLO)
    return numpy.matmul(v * _rows(g), _t(v))


@op(np="linalg.eigvalsh", grad={"a": _eigvalsh_grad})
def eigvalsh(a, UPLO="L"):
    """Eigenvalues of symmetric matrices in ascending order; see eigh."""
    return numpy.linalg.eigvalsh(_floats(a), UPLO)
