"""Decompositions, inverses and determinants of the matrices in the last two axes.

float32 and float64; integers become float32. What LAPACK cannot do (a singular matrix, one that is not positive
definite) raises ArgumentError at the call.
"""

import numpy

from mxlite import _dtype
from mxlite._errors import DtypeError, operand_message
from mxlite._op import op, zero
from mxlite._ops.products import transposed as _t


def _floats(x):
    return x.astype(_dtype.inexact(x.dtype), copy=False)


def _rows(x):
    """A vector for each matrix, as the scale of its columns."""
    return x.reshape((*x.shape[:-1], 1, x.shape[-1]))


def columns(x):
    return x.reshape((*x.shape, 1))


def _scalars(x):
    """A number for each matrix, to be multiplied with it."""
    return x.reshape((*x.shape, 1, 1))


def _inverse(x):
    """1 / x, and 0 where x is 0."""
    return (x != 0) / (x + (x == 0))


def gaps(x):
    """1 / (x[j] - x[i]); 0 on the diagonal and between equal values, whose vectors have no derivative."""
    return _inverse(_rows(x) - columns(x))


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


def _are_vectors(a_shape, b_shape):
    """Whether b of `solve` holds one vector for each matrix, not matrices of columns."""
    return len(b_shape) == 1 or tuple(b_shape) == tuple(a_shape[:-1])


def _solved(a, b):
    if b.ndim > 1 and _are_vectors(a.shape, b.shape):
        return numpy.linalg.solve(a, b[..., None])[..., 0]
    return numpy.linalg.solve(a, b)


def _solve_a(g, a, b_shape, y):
    back = _solved(_t(a), g)
    if _are_vectors(a.shape, b_shape):
        return -columns(back) * _rows(y)
    return -numpy.matmul(back, _t(y))


@op(np="linalg.solve", grad={"a": _solve_a, "b": lambda g, a: _solved(_t(a), g)})
def solve(a, b):
    """x with a x = b; b is one vector (or one per matrix) or matrices of columns. ArgumentError for a singular a.

    >>> np.linalg.solve(np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([1.0, 2.0]))
    array([0.5, 0.5])
    """
    dtype = numpy.result_type(_dtype.inexact(a.dtype), _dtype.inexact(numpy.asarray(b).dtype))
    return _solved(numpy.asarray(a, dtype), numpy.asarray(b, dtype))


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


@op(np="linalg.cholesky", grad={"a": _cholesky_grad})
def cholesky(a):
    """Lower triangular L with a = L L^T. Reads the lower triangle; the derivative is that of symmetric changes.

    Raises ArgumentError if a matrix is not positive definite.

    >>> np.linalg.cholesky(np.array([[4.0, 2.0], [2.0, 5.0]]))
    array([[2., 0.],
           [1., 2.]])
    """
    return numpy.linalg.cholesky(_floats(a))


def _svd_grad(g, a_shape, y):
    (gu, gs, gv), (u, s, v) = g, y
    apart, (m, n) = gaps(s * s), a_shape[-2:]
    left, right = numpy.matmul(_t(u), gu) * apart, numpy.matmul(v, _t(gv)) * apart
    inner = _rows(s) * (left + _t(left)) + columns(s) * (right + _t(right))
    inner = inner + columns(gs) * numpy.eye(s.shape[-1], dtype=s.dtype)
    out = numpy.matmul(u, numpy.matmul(inner, v))
    if m > n:
        outside = gu - numpy.matmul(u, numpy.matmul(_t(u), gu))
        out = out + numpy.matmul(outside * _rows(_inverse(s)), v)
    elif m < n:
        outside = gv - numpy.matmul(numpy.matmul(gv, _t(v)), v)
        out = out + numpy.matmul(u * _rows(_inverse(s)), outside)
    return out


def _signs(rows):
    """-1 for each row of which the element of the largest magnitude is negative, else 1: vectors have no sign of their
    own, and MXNet gives them this one. Shape (..., rows, 1)."""
    if not rows.size:
        return numpy.ones_like(rows[..., :1])
    largest = numpy.take_along_axis(rows, numpy.absolute(rows).argmax(-1)[..., None], -1)
    return numpy.where(largest < 0, -1, 1).astype(rows.dtype)


@op(np="linalg.svd", grad={"a": _svd_grad})
def svd(a, full_matrices=False):
    """(u, s, v) with a = u * s @ v, thin: s is as long as the shorter axis, largest value first.

    The largest element of each row of v is positive. Vectors of equal singular values have no derivative; their mutual
    part is taken as 0.
    """
    u, s, v = numpy.linalg.svd(_floats(a), full_matrices=full_matrices)
    signs = _signs(v)
    k = s.shape[-1]
    if full_matrices and k:
        ends = _t(signs[..., :k, :])
        return numpy.concatenate([u[..., :k] * ends, u[..., k:]], axis=-1), s, v * signs
    return u * _t(signs), s, v * signs


def _svdvals_grad(g, a):
    u, _, v = numpy.linalg.svd(a, full_matrices=False)
    return numpy.matmul(u * _rows(g), v)


@op(np="linalg.svdvals", numpy_names="linalg.svdvals", grad={"a": _svdvals_grad})
def svdvals(a):
    """Singular values, largest first."""
    return numpy.linalg.svd(_floats(a), compute_uv=False)


def _eigh_grad(g, y):
    (gw, gv), (w, v) = g, y
    inner = numpy.matmul(_t(v), gv) * gaps(w) + columns(gw) * numpy.eye(w.shape[-1], dtype=w.dtype)
    out = numpy.matmul(v, numpy.matmul(inner, _t(v)))
    return 0.5 * (out + _t(out))


@op(np="linalg.eigh", grad={"a": _eigh_grad})
def eigh(a, UPLO="L"):
    """(values in ascending order, vectors in columns) of symmetric matrices, of which one triangle is read.

    The largest element of each vector is positive.
    The derivative is that of symmetric changes. Vectors of equal values have none; their mutual part is taken as 0.
    """
    w, v = numpy.linalg.eigh(_floats(a), UPLO)
    return w, v * _t(_signs(_t(v)))


def _eigvalsh_grad(g, a, UPLO):
    _, v = numpy.linalg.eigh(a, UPLO)
    return numpy.matmul(v * _rows(g), _t(v))


@op(np="linalg.eigvalsh", grad={"a": _eigvalsh_grad})
def eigvalsh(a, UPLO="L"):
    """Eigenvalues of symmetric matrices in ascending order; see eigh."""
    return numpy.linalg.eigvalsh(_floats(a), UPLO)


# -- eigenvalues of any square matrix ----------------------------------------------------------------------------------
def _without_imaginary(z):
    """z as real numbers if all its imaginary parts are 0: from NumPy 2.5 on eig and eigvals give complex arrays."""
    return numpy.ascontiguousarray(z.real) if z.dtype.kind == "c" and not z.imag.any() else z


def _real(name, a, values):
    values = _without_imaginary(values)
    if values.dtype.kind == "c":
        raise DtypeError(operand_message(name, (a,), "Complex eigvals is unsupported: there are no complex arrays"))
    return values


def _eig_grad(g, y):
    # Vectors have length 1: what would stretch them does not count.
    (gw, gv), (w, v) = g, y
    stretch = _rows(numpy.sum(v * gv, axis=-2))
    inner = numpy.matmul(_t(v), gv - v * stretch) * gaps(w) + columns(gw) * numpy.eye(w.shape[-1], dtype=w.dtype)
    return numpy.matmul(numpy.linalg.inv(_t(v)), numpy.matmul(inner, _t(v)))


@op(np="linalg.eig", grad={"a": _eig_grad})
def eig(a):
    """(values, vectors of length 1 in columns) of square matrices whose eigenvalues are real, in LAPACK's order.

    Raises DtypeError for complex ones. Vectors of equal values have no derivative; their mutual part is taken as 0. A
    matrix without as many vectors as rows has no derivative: ArgumentError in backward.
    """
    w, v = numpy.linalg.eig(_floats(a))
    return _real("eig", a, w), _without_imaginary(v)


def _eigvals_grad(g, a):
    _, v = numpy.linalg.eig(a)
    if isinstance(v, numpy.ndarray):
        v = _without_imaginary(v)
    return numpy.matmul(numpy.linalg.inv(_t(v)) * _rows(g), _t(v))


@op(np="linalg.eigvals", grad={"a": _eigvals_grad})
def eigvals(a):
    """Eigenvalues of square matrices, in LAPACK's order. Raises DtypeError for complex ones; see eig."""
    return _real("eigvals", a, numpy.linalg.eigvals(_floats(a)))


# -- least squares -----------------------------------------------------------------------------------------------------
def _least_squares_grad(g, a, b, y, rcond):
    vector = len(b.shape) == 1
    gx, x, right = (columns(z) if vector else z for z in (g[0], y[0], b))
    inverse = numpy.linalg.pinv(a, rcond)
    rest, back = right - numpy.matmul(a, x), numpy.matmul(_t(inverse), gx)
    # The derivative of the pseudo-inverse; the rank is taken as constant.
    outside = gx - numpy.matmul(inverse, numpy.matmul(a, gx))
    ga = (numpy.matmul(rest, _t(numpy.matmul(inverse, back))) + numpy.matmul(numpy.matmul(_t(inverse), x), _t(outside))
          - numpy.matmul(back, _t(x)))
    if y[1].shape[0]:
        # x is where the residuals are least: they change only through a and b themselves.
        slope = 2.0 * rest * g[1]
        ga, back = ga - numpy.matmul(slope, _t(x)), back + slope
    return ga, back.reshape(b.shape)


@op(grad={("a", "b"): _least_squares_grad})
def least_squares(a, b, rcond):
    """(x, residuals): the shortest x with a x closest to b, and the squared distances if a has full rank and more rows.

    Without full rank, or with no more rows than columns, the residuals are empty.
    """
    x, residuals, _, _ = numpy.linalg.lstsq(a, b, rcond)
    return x, residuals
