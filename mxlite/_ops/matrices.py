"""Linear algebra that is composed of other operators: powers, chains of products, conditions, tensor equations."""

import math
import operator
from itertools import pairwise

import numpy

from mxlite import _dtype
from mxlite._engine.operators import fresh
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ShapeError, operand_message
from mxlite._op import composed
from mxlite._ops import products, rearrange, shape
from mxlite._ops.linalg import inv, least_squares, solve, svdvals
from mxlite._ops.norm import norm
from mxlite._ops.operands import in_dtype, into, operand, places


def _matrices(name, a, square=False):
    """An array of matrices. Raises ShapeError for other arrays."""
    a = operand(a)
    if a.ndim < 2:
        raise ShapeError(operand_message(name, (a,), "the operand must be at least 2-dimensional"))
    if square and a.shape[-1] != a.shape[-2]:
        raise ShapeError(operand_message(name, (a,), "Last 2 dimensions of the array must be square"))
    return a


# -- parts and norms ---------------------------------------------------------------------------------------------------
@composed(np="linalg.diagonal")
def diagonal(a, offset=0):
    """The diagonals of matrices (the last two axes), as the last axis; `offset` counts upwards from the main one."""
    return rearrange.diagonal(_matrices("diagonal", a), offset, -2, -1)


@composed(np="linalg.trace")
def trace(a, offset=0):
    """The sums along the diagonals of matrices (the last two axes)."""
    return products.trace(_matrices("trace", a), offset, -2, -1)


@composed(np="linalg.matrix_transpose")
def matrix_transpose(a):
    """Matrices with rows and columns, the last two axes, exchanged."""
    return shape.matrix_transpose(_matrices("matrix_transpose", a))


@composed(np="linalg.matrix_norm")
def matrix_norm(x, ord="fro", axis=(-2, -1), keepdims=False):
    """Norms of the matrices in two axes; for `ord` see norm. Raises ArgumentError unless `axis` names two."""
    if not isinstance(axis, tuple) or len(axis) != 2:
        raise ArgumentError(f"matrix_norm: The axis of matrix_norm must be a 2-tuple of ints, not {axis!r}")
    return norm(_matrices("matrix_norm", x), ord, axis, keepdims)


@composed(np="linalg.vector_norm")
def vector_norm(x, ord=None, axis=None, keepdims=False):
    """Norms of vectors, whose elements lie in one or several axes (None: all); `ord` is any number, None means 2."""
    x = operand(x)
    axes = tuple(range(x.ndim)) if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
    axes = places("vector_norm", x, axes)
    rest = [k for k in range(x.ndim) if k not in axes]
    vectors = numpy.transpose(x, (*rest, *axes)).reshape((*(x.shape[k] for k in rest),
                                                          math.prod(x.shape[k] for k in axes)))
    found = norm(vectors, 2 if ord is None else ord, -1)
    return found.reshape(tuple(1 if k in axes else n for k, n in enumerate(x.shape))) if keepdims else found


def _singular(x):
    """Which of some square matrices have no inverse."""
    try:
        numpy.linalg.inv(x)
    except numpy.linalg.LinAlgError:
        if x.ndim == 2:
            return numpy.True_
        return numpy.array([_singular(row) for row in x])
    return numpy.zeros(x.shape[:-2], bool)


@composed(np="linalg.cond")
def cond(x, p=None):
    """Condition numbers of matrices: norm(x) times norm(inverse), inf for singular ones. For `p` see norm.

    With None, 2 and -2 the matrices need not be square. Raises ArgumentError for empty matrices.
    """
    x = _matrices("cond", x, square=p not in (None, 2, -2))
    x = in_dtype(x, _dtype.inexact(x.dtype))
    if not raw_of(x).size:
        raise ArgumentError(operand_message("cond", (x,), "cond is not defined on empty arrays"))
    if p in (None, 2, -2):
        values = svdvals(x)
        return values[..., -1] / values[..., 0] if p == -2 else values[..., 0] / values[..., -1]
    singular = _singular(raw_of(x))
    if not singular.any():
        return norm(x, p, (-2, -1)) * norm(inv(x), p, (-2, -1))
    # Singular matrices are replaced by others, which receive no gradient.
    regular = numpy.where(fresh(singular[..., None, None]), fresh(numpy.eye(x.shape[-1], dtype=x.dtype)), x)
    found = norm(regular, p, (-2, -1)) * norm(inv(regular), p, (-2, -1))
    return numpy.where(fresh(numpy.asarray(singular)), numpy.inf, found)


# -- products ----------------------------------------------------------------------------------------------------------
@composed(np="linalg.matrix_power")
def matrix_power(a, n):
    """Square matrices multiplied n times with themselves; the inverse for a negative n, the unit matrix for 0.

    Raises DtypeError if n is no integer, ShapeError if a matrix is not square, ArgumentError if it has no inverse.
    """
    a = _matrices("matrix_power", a, square=True)
    try:
        n = operator.index(n)
    except TypeError as exc:
        raise DtypeError(f"matrix_power: exponent must be an integer, not {n!r}") from exc
    if n == 0:
        return fresh(numpy.array(numpy.broadcast_to(numpy.eye(a.shape[-1], dtype=a.dtype), a.shape)))
    if numpy.dtype(a.dtype).kind in "iu" and n > 0:
        return fresh(numpy.linalg.matrix_power(raw_of(a), n))
    if n < 0:
        a, n = inv(a), -n
    result = None
    while n:
        if n % 2:
            result = a if result is None else products.matmul(result, a)
        n //= 2
        a = products.matmul(a, a) if n else a
    return result


def _cheapest(lengths):
    """Where to cut each part of a chain of matrices of lengths[k] by lengths[k + 1], for the fewest multiplications."""
    count = len(lengths) - 1
    cost, cut = {(k, k): 0 for k in range(count)}, {}
    for span in range(1, count):
        for i in range(count - span):
            j = i + span
            cost[i, j], cut[i, j] = min((cost[i, k] + cost[k + 1, j] + lengths[i] * lengths[k + 1] * lengths[j + 1], k)
                                        for k in range(i, j))
    return cut


def _chained(arrays, cut, i, j):
    if i == j:
        return arrays[i]
    return products.matmul(_chained(arrays, cut, i, cut[i, j]), _chained(arrays, cut, cut[i, j] + 1, j))


@composed(np="linalg.multi_dot")
def multi_dot(arrays, *, out=None):
    """The product of two or more matrices, in the cheapest order; the first may be a row, the last a column (1-d).

    Raises ArgumentError for fewer, ShapeError for arrays that do not fit.
    """
    arrays = [operand(a) for a in arrays]
    if len(arrays) < 2:
        raise ArgumentError("multi_dot: Expecting at least two arrays.")
    inner = {a.ndim for a in arrays[1:-1]} | {2}
    if inner != {2} or arrays[0].ndim not in (1, 2) or arrays[-1].ndim not in (1, 2):
        raise ShapeError(operand_message("multi_dot", arrays, "operands are matrices; first and last may be 1-d"))
    first, last = arrays[0].ndim == 1, arrays[-1].ndim == 1
    if first:
        arrays[0] = arrays[0].reshape((1, -1))
    if last:
        arrays[-1] = arrays[-1].reshape((-1, 1))
    if any(a.shape[1] != b.shape[0] for a, b in pairwise(arrays)):
        raise ShapeError(operand_message("multi_dot", arrays, "shapes are not aligned: columns need as many rows"))
    if all(numpy.dtype(a.dtype).kind in "iu" for a in arrays):
        found = fresh(numpy.linalg.multi_dot([raw_of(a) for a in arrays]))
    else:
        lengths = [a.shape[0] for a in arrays] + [arrays[-1].shape[1]]
        found = _chained(arrays, _cheapest(lengths), 0, len(arrays) - 1)
    lengths = ([] if first else [found.shape[0]]) + ([] if last else [found.shape[1]])
    return into(out, found if len(lengths) == 2 else found.reshape(tuple(lengths)))


# -- equations ---------------------------------------------------------------------------------------------------------
@composed(np="linalg.tensorinv")
def tensorinv(a, ind=2):
    """The inverse with respect to tensordot: of the matrix whose rows are the first `ind` axes.

    Raises ArgumentError for a singular one or an `ind` below 1, ShapeError if it is not square.
    """
    a = operand(a)
    if ind < 1:
        raise ArgumentError(f"tensorinv: Invalid ind argument {ind}: it is positive")
    rows, columns = a.shape[:ind], a.shape[ind:]
    if math.prod(rows) != math.prod(columns):
        raise ShapeError(operand_message("tensorinv", (a,), f"the first {ind} axes must be as large as the others"))
    return inv(a.reshape((math.prod(rows), math.prod(columns)))).reshape((*columns, *rows))


@composed(np="linalg.tensorsolve")
def tensorsolve(a, b, axes=None):
    """x with tensordot(a, x, x.ndim) = b; `axes` of a are moved to its end first.

    Raises ShapeError if a is not square in this sense, ArgumentError if it is singular.
    """
    a, b = operand(a), operand(b)
    if axes is not None:
        axes = (axes,) if isinstance(axes, int) else tuple(axes)
        a = numpy.moveaxis(a, axes, tuple(range(a.ndim - len(axes), a.ndim)))
    # As in NumPy, of a b with as many axes as a, or more, the number of axes says less than its size.
    columns = a.shape[b.ndim - a.ndim:] if a.ndim != b.ndim else a.shape
    if math.prod(columns) ** 2 != math.prod(a.shape) or math.prod(b.shape) != math.prod(columns):
        raise ShapeError(operand_message("tensorsolve", (a, b), "the axes of a must be as large as b, and once more"))
    matrix = a.reshape((math.prod(b.shape), math.prod(columns)))
    return solve(matrix, numpy.ravel(b)).reshape(columns)


@composed(np="linalg.lstsq")
def lstsq(a, b, rcond=None):
    """(x, residuals, rank, singular values): the shortest x with a x closest to b, a vector or columns.

    Singular values up to `rcond` times the largest count as 0 (None or 'warn': the rounding of the larger side). The
    residuals are the squared distances, empty unless a has full rank and more rows than columns. Integers become
    float32. Raises ShapeError for arrays that do not fit.
    """
    a, b = _matrices("lstsq", a), operand(b)
    if a.ndim != 2 or b.ndim not in (1, 2) or a.shape[0] != b.shape[0]:
        raise ShapeError(operand_message("lstsq", (a, b), "Incompatible dimensions: a is a matrix, b has as many rows"))
    dtype = numpy.result_type(_dtype.inexact(a.dtype), _dtype.inexact(b.dtype))
    a, b = in_dtype(a, dtype), in_dtype(b, dtype)
    if rcond is None or isinstance(rcond, str):
        rcond = float(numpy.finfo(dtype).eps) * max(a.shape)
    x, residuals = least_squares(a, b, rcond)
    values = svdvals(a)
    smallest = raw_of(values)[:1].sum() * (rcond if rcond >= 0 else float(numpy.finfo(dtype).eps))
    return x, residuals, fresh(numpy.asarray((raw_of(values) > smallest).sum(), numpy.int32)), values
