"""Products that sum over shared axes: dot, matmul, tensordot, einsum and their relatives.

Operands are floats of one dtype; np functions promote, legacy ones refuse. Integers alone are refused as in MXNet,
except by einsum and kron, which keep their dtype.
"""

import numpy
from numpy.lib.array_utils import normalize_axis_index, normalize_axis_tuple

from mxlite._dtype import numbers
from mxlite._errors import DtypeError, ShapeError, operand_message
from mxlite._kernels import products as kernels
from mxlite._op import op


def promoted(name, *values, integers=False):
    """The operands as arrays of one dtype: the widest float among them; Python numbers take part without a say."""
    arrays = [numpy.asarray(v) for v in values]
    dtypes = [x.dtype for x, v in zip(arrays, values, strict=True) if not isinstance(v, bool | int | float)]
    dtypes = [d for d in dtypes if d.kind == "f"] or dtypes or [arrays[0].dtype]
    dtype = numpy.result_type(*dtypes)
    if dtype.kind != "f" and not integers:
        raise DtypeError(operand_message(
            name, arrays, f"This operation only supports floating point types, not {dtype}; use astype('float32')."))
    return [x.astype(dtype, copy=False) for x in arrays]


def _pair(name, a, b):
    """Two operands in one floating dtype."""
    if type(a) is type(b) is numpy.ndarray and a.dtype is b.dtype and a.dtype.kind == "f":
        return a, b
    return promoted(name, a, b)


def _legacy_pair(name, a, b):
    """Two operands that are already of one floating dtype."""
    if a.dtype != b.dtype:
        raise DtypeError(operand_message(
            name, (a, b), "NDArray operands must have one dtype; convert one of them with astype."))
    return _pair(name, a, b)


def transposed(x):
    """x with its last two axes exchanged."""
    return x.swapaxes(-1, -2)


# -- two matrices ------------------------------------------------------------------------------------------------------
def _multiplied_a(g, b, transpose_a, transpose_b):
    if transpose_a:
        return multiplied(b, g, transpose_b, True)
    return multiplied(g, b, False, not transpose_b)


def _multiplied_b(g, a, transpose_a, transpose_b):
    if transpose_b:
        return multiplied(g, a, True, transpose_a)
    return multiplied(a, g, not transpose_a, False)


@op(grad={"a": _multiplied_a, "b": _multiplied_b})
def multiplied(a, b, transpose_a=False, transpose_b=False):
    """Product of two matrices, each transposed first if asked; its derivatives are such products, too."""
    return kernels.multiplied(a, b, transpose_a, transpose_b)


# -- matmul ------------------------------------------------------------------------------------------------------------
def _matmul_a(g, a_shape, b):
    b = numbers(b)
    if len(a_shape) == b.ndim == 2:
        return multiplied(g, b, False, True)
    if b.ndim == 1:
        return g * b if len(a_shape) == 1 else g.reshape((*g.shape, 1)) * b
    if len(a_shape) == 1:
        return numpy.matmul(b, g.reshape((*g.shape, 1))).reshape(b.shape[:-1])
    if b.ndim == 2 and b.size and g.size:
        # One product over all rows, as below.
        return multiplied(g.reshape((-1, g.shape[-1])), b, False, True).reshape(a_shape)
    return numpy.matmul(g, transposed(b))


def _matmul_b(g, a, b_shape):
    a = numbers(a)
    if len(b_shape) == a.ndim == 2:
        return multiplied(a, g, True)
    if len(b_shape) == 1:
        return numpy.matmul(g, a) if g.ndim == 1 else g.reshape((*g.shape, 1)) * a
    if a.ndim == 1:
        return a.reshape((-1, 1)) * g.reshape((*g.shape[:-1], 1, g.shape[-1]))
    if len(b_shape) == 2 and a.ndim > 2 and a.size and g.size:
        # One product over all rows instead of one for each matrix, summed afterwards.
        return multiplied(a.reshape((-1, a.shape[-1])), g.reshape((-1, g.shape[-1])), True)
    return numpy.matmul(transposed(a), g)


@op(np="matmul", grad={"a": _matmul_a, "b": _matmul_b})
def matmul(a, b, out=None):
    """Product of matrices (..., n, k) and (..., k, m), leading axes broadcast; 1-d operands are a row and a column.

    Raises ShapeError when k differs or an operand is 0-d.

    >>> np.matmul(np.ones((5, 2, 3)), np.ones((3, 4))).shape
    (5, 2, 4)
    """
    a, b = _pair("matmul", a, b)
    if a.ndim == b.ndim == 2:
        return kernels.multiplied(a, b)
    if a.ndim > 2 and b.ndim == 2 and a.size and a.shape[-1] == len(b):
        return kernels.rows_multiplied(a, b)
    return numpy.matmul(a, b)


# -- dot ---------------------------------------------------------------------------------------------------------------
def _dot_a(g, a_shape, b):
    b = numbers(b)
    n = len(a_shape)
    if n == 0 or b.ndim == 0 or n == b.ndim == 1:
        return g * b
    if b.ndim <= 2:
        return _matmul_a(g, a_shape, b)
    rest = (*range(b.ndim - 2), b.ndim - 1)
    return numpy.tensordot(g, b, (tuple(range(n - 1, g.ndim)), rest))


def _dot_b(g, a, b_shape):
    a = numbers(a)
    n = len(b_shape)
    if n == 0 or a.ndim == 0 or n == a.ndim == 1:
        return g * a
    if n <= 2 and a.ndim <= 2:
        return _matmul_b(g, a, b_shape)
    lead = tuple(range(a.ndim - 1))
    back = numpy.tensordot(a, g, (lead, lead))
    return back if n <= 2 else back.transpose((*range(1, n - 1), 0, n - 1))


@op(np="dot", grad={"a": _dot_a, "b": _dot_b})
def dot(a, b, out=None):
    """Sum over the last axis of a and the last but one (or only) axis of b; a product if one operand is 0-d."""
    a, b = _pair("dot", a, b)
    return kernels.multiplied(a, b) if a.ndim == b.ndim == 2 else numpy.dot(a, b)


def _ends(a, b, transpose_a, transpose_b):
    """The axes over which the legacy dot sums."""
    return 0 if transpose_a else len(a) - 1, len(b) - 1 if transpose_b else 0


def _without(n, axis):
    return (*range(axis), *range(axis + 1, n))


def _legacy_dot_a(g, lhs_shape, rhs, transpose_a, transpose_b):
    if len(lhs_shape) == rhs.ndim == 2:
        return _multiplied_a(g, rhs, transpose_a, transpose_b)
    left, right = _ends(lhs_shape, rhs.shape, transpose_a, transpose_b)
    rest, tail = _without(rhs.ndim, right), tuple(range(len(lhs_shape) - 1, len(lhs_shape) + rhs.ndim - 2))
    return numpy.tensordot(rhs, g, (rest, tail)) if left == 0 else numpy.tensordot(g, rhs, (tail, rest))


def _legacy_dot_b(g, lhs, rhs_shape, transpose_a, transpose_b):
    if len(rhs_shape) == lhs.ndim == 2:
        return _multiplied_b(g, lhs, transpose_a, transpose_b)
    left, right = _ends(lhs.shape, rhs_shape, transpose_a, transpose_b)
    rest, head = _without(lhs.ndim, left), tuple(range(lhs.ndim - 1))
    return numpy.tensordot(lhs, g, (rest, head)) if right == 0 else numpy.tensordot(g, lhs, (head, rest))


@op(nd="dot", grad={"lhs": _legacy_dot_a, "rhs": _legacy_dot_b})
def legacy_dot(lhs, rhs, transpose_a=False, transpose_b=False, forward_stype=None, out=None):
    """Sum over the last axis of lhs (the first with transpose_a) and the first of rhs (the last with transpose_b).

    Raises ShapeError when they differ in length, or when two vectors are to be transposed.
    """
    lhs, rhs = _legacy_pair("dot", lhs, rhs)
    if lhs.ndim == rhs.ndim == 1 and (transpose_a or transpose_b):
        raise ShapeError(operand_message("dot", (lhs, rhs), "Cannot transpose vectors."))
    left, right = _ends(lhs.shape, rhs.shape, transpose_a, transpose_b)
    if lhs.shape[left] != rhs.shape[right]:
        raise ShapeError(operand_message(
            "dot", (lhs, rhs), f"dot shape error: axis {left} of the first and axis {right} of the second differ."))
    if lhs.ndim == rhs.ndim == 2:
        return kernels.multiplied(lhs, rhs, transpose_a, transpose_b)
    if lhs.ndim <= 2 and rhs.ndim <= 2:
        return numpy.dot(lhs.T if transpose_a else lhs, rhs.T if transpose_b else rhs)
    return numpy.tensordot(lhs, rhs, (left, right))


# -- batch_dot ---------------------------------------------------------------------------------------------------------
def _batch_dot_a(g, rhs, transpose_a, transpose_b):
    if transpose_a:
        return numpy.matmul(transposed(rhs) if transpose_b else rhs, transposed(g))
    return numpy.matmul(g, rhs if transpose_b else transposed(rhs))


def _batch_dot_b(g, lhs, transpose_a, transpose_b):
    if transpose_b:
        return numpy.matmul(transposed(g), transposed(lhs) if transpose_a else lhs)
    return numpy.matmul(lhs if transpose_a else transposed(lhs), g)


@op(npx="batch_dot", nd="batch_dot", grad={"lhs": _batch_dot_a, "rhs": _batch_dot_b})
def batch_dot(lhs, rhs, transpose_a=False, transpose_b=False, forward_stype=None, out=None):
    """Products of the matrices in the last two axes, transposed if asked. Leading axes (one or more) must be equal.

    Raises ShapeError for fewer than three axes or shapes that do not fit.

    >>> npx.batch_dot(np.ones((5, 2, 3)), np.ones((5, 4, 3)), transpose_b=True).shape
    (5, 2, 4)
    """
    lhs, rhs = _pair("batch_dot", lhs, rhs)
    if lhs.ndim < 3 or rhs.ndim < 3 or lhs.shape[:-2] != rhs.shape[:-2]:
        raise ShapeError(operand_message(
            "batch_dot", (lhs, rhs), "both need three axes or more, and the leading batch dimensions must be equal."))
    return numpy.matmul(transposed(lhs) if transpose_a else lhs, transposed(rhs) if transpose_b else rhs)


# -- tensordot ---------------------------------------------------------------------------------------------------------
def _summed(axes, na, nb):
    """The axes of both operands over which tensordot sums, and those that it leaves."""
    if isinstance(axes, tuple | list):
        left, right = axes
        left = normalize_axis_tuple(left, na)
        right = normalize_axis_tuple(right, nb)
    else:
        axes = int(axes)
        left, right = tuple(range(na - axes, na)), tuple(range(axes))
    return left, right, tuple(k for k in range(na) if k not in left), tuple(k for k in range(nb) if k not in right)


def _arranged(x, order):
    """x, whose axes are those numbered `order` of the result, with its axes in place."""
    if order == tuple(range(len(order))):
        return x
    return x.transpose(tuple(sorted(range(len(order)), key=order.__getitem__)))


def _tensordot_a(g, a_shape, b, axes):
    b = numbers(b)
    if not a_shape or b.ndim == 0:
        return g * b
    left, right, rest_a, rest_b = _summed(axes, len(a_shape), b.ndim)
    x = numpy.tensordot(g, b, (tuple(range(len(rest_a), g.ndim)), rest_b))
    return _arranged(x, (*rest_a, *(left[right.index(k)] for k in sorted(right))))


def _tensordot_b(g, a, b_shape, axes):
    a = numbers(a)
    if a.ndim == 0 or not b_shape:
        return g * a
    left, right, rest_a, rest_b = _summed(axes, a.ndim, len(b_shape))
    x = numpy.tensordot(a, g, (rest_a, tuple(range(len(rest_a)))))
    return _arranged(x, (*(right[left.index(k)] for k in sorted(left)), *rest_b))


@op(np=("tensordot", "linalg.tensordot"), grad={"a": _tensordot_a, "b": _tensordot_b})
def tensordot(a, b, axes=2):
    """Sum over several axes: the last of a and the first of b if `axes` is a number, else (axes of a, axes of b).

    A product if one operand is 0-d.

    >>> np.tensordot(np.ones((2, 3, 4)), np.ones((4, 3, 5)), axes=([1, 2], [1, 0])).shape
    (2, 5)
    """
    a, b = _pair("tensordot", a, b)
    return numpy.tensordot(a, b, axes) if a.ndim and b.ndim else numpy.multiply(a, b)


# -- inner, outer, vdot, kron, cross -----------------------------------------------------------------------------------
def _inner_a(g, a_shape, b):
    b = numbers(b)
    n = len(a_shape)
    if n == 0 or b.ndim == 0 or n == b.ndim == 1:
        return g * b
    return numpy.tensordot(g, b, (tuple(range(n - 1, g.ndim)), tuple(range(b.ndim - 1))))


def _inner_b(g, a, b_shape):
    a = numbers(a)
    if a.ndim == 0 or not b_shape or a.ndim == len(b_shape) == 1:
        return g * a
    lead = tuple(range(a.ndim - 1))
    return numpy.tensordot(g, a, (lead, lead))


@op(np="inner", grad={"a": _inner_a, "b": _inner_b})
def inner(a, b):
    """Sum over the last axis of both; a product if one operand is 0-d."""
    return numpy.inner(*_pair("inner", a, b))


@op(np=("outer", "linalg.outer"),
    grad={"a": lambda g, a_shape, b: numpy.matmul(g, numbers(b).reshape(-1)).reshape(a_shape),
          "b": lambda g, a, b_shape: numpy.matmul(numbers(a).reshape(-1), g).reshape(b_shape)})
def outer(a, b):
    """Matrix of all products of an element of a and one of b, both flattened."""
    return numpy.outer(*_pair("outer", a, b))


@op(np="vdot", grad={"a": lambda g, a_shape, b: g * numbers(b).reshape(a_shape),
                     "b": lambda g, a, b_shape: g * numbers(a).reshape(b_shape)})
def vdot(a, b):
    """Sum of the products of corresponding elements of two arrays, both flattened."""
    return numpy.vdot(*_pair("vdot", a, b))


@op(np="linalg.vecdot", numpy_names=("vecdot", "linalg.vecdot"),
    grad={"a": lambda g, b, axis: _expanded(g, axis) * b, "b": lambda g, a, axis: _expanded(g, axis) * a})
def vecdot(a, b, axis=None):
    """Sum of products along one axis (the last if None) of two arrays that are broadcast against each other."""
    a, b = _pair("vecdot", a, b)
    return numpy.add.reduce(a * b, axis=-1 if axis is None else axis)


def _expanded(g, axis):
    """g with an axis of length 1 at `axis` of the result."""
    place = normalize_axis_index(-1 if axis is None else axis, g.ndim + 1)
    return g.reshape((*g.shape[:place], 1, *g.shape[place:]))


def _interlaced(g, a_shape, b_shape):
    """g of kron with a pair of axes for each, and the shapes of both operands filled up to one length."""
    n = max(len(a_shape), len(b_shape))
    a_shape, b_shape = ((*[1] * (n - len(s)), *s) for s in (a_shape, b_shape))
    return g.reshape([m for pair in zip(a_shape, b_shape, strict=True) for m in pair]), a_shape, b_shape


def _kron_a(g, a_shape, b):
    g, _, b_full = _interlaced(g, a_shape, b.shape)
    n = len(b_full)
    return numpy.tensordot(g, b.reshape(b_full), (tuple(range(1, 2 * n, 2)), tuple(range(n)))).reshape(a_shape)


def _kron_b(g, a, b_shape):
    g, a_full, _ = _interlaced(g, a.shape, b_shape)
    n = len(a_full)
    return numpy.tensordot(g, a.reshape(a_full), (tuple(range(0, 2 * n, 2)), tuple(range(n)))).reshape(b_shape)


@op(np="kron", grad={"a": _kron_a, "b": _kron_b})
def kron(a, b):
    """Kronecker product: every element of a times all of b, in blocks. Any dtype."""
    return numpy.kron(*promoted("kron", a, b, integers=True))


_ODD = numpy.zeros((3, 3, 3))
_ODD[[0, 1, 2], [1, 2, 0], [2, 0, 1]] = 1
_ODD[[0, 1, 2], [2, 0, 1], [1, 2, 0]] = -1


def _moved(x, source, target):
    """x with one axis elsewhere; negative places count from the end, before and after."""
    order = [k for k in range(x.ndim) if k != source % x.ndim]
    order.insert(target % x.ndim, source % x.ndim)
    return x if order == list(range(x.ndim)) else x.transpose(tuple(order))


def _cross_axes(shape_a, shape_b, axisa, axisb, axisc, axis):
    """The axes of the vectors, counted from the end because leading axes are broadcast, and the signs of products."""
    axisa, axisb, axisc = (axisa, axisb, axisc) if axis is None else (axis, axis, axis)
    axisa = normalize_axis_index(axisa, len(shape_a)) - len(shape_a)
    axisb = normalize_axis_index(axisb, len(shape_b)) - len(shape_b)
    n, m = shape_a[axisa], shape_b[axisb]
    if not {n, m} <= {2, 3}:
        raise ShapeError(f"cross: vectors have 2 or 3 components, not {n} and {m}")
    return axisa, axisb, axisc, _ODD[:n, :m, 2:] if n == m == 2 else _ODD[:n, :m]


def _cross_a(g, a_shape, b, axisa, axisb, axisc, axis):
    axisa, axisb, axisc, signs = _cross_axes(a_shape, b.shape, axisa, axisb, axisc, axis)
    g = g.reshape((*g.shape, 1)) if signs.shape[2] == 1 else _moved(g, axisc, -1)
    return _moved(numpy.einsum("...k,...j,ijk->...i", g, _moved(b, axisb, -1), signs.astype(g.dtype)), -1, axisa)


def _cross_b(g, a, b_shape, axisa, axisb, axisc, axis):
    axisa, axisb, axisc, signs = _cross_axes(a.shape, b_shape, axisa, axisb, axisc, axis)
    g = g.reshape((*g.shape, 1)) if signs.shape[2] == 1 else _moved(g, axisc, -1)
    return _moved(numpy.einsum("...k,...i,ijk->...j", g, _moved(a, axisa, -1), signs.astype(g.dtype)), -1, axisb)


@op(np=("cross", "linalg.cross"), grad={"a": _cross_a, "b": _cross_b})
def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """Vector product of 3-vectors along an axis; plane vectors count as z = 0, two of them give the z component alone.

    `axis` stands for axisa, axisb and axisc. Raises ShapeError for other lengths.
    """
    a, b = _pair("cross", a, b)
    axisa, axisb, axisc, signs = _cross_axes(a.shape, b.shape, axisa, axisb, axisc, axis)
    y = numpy.einsum("...i,...j,ijk->...k", _moved(a, axisa, -1), _moved(b, axisb, -1), signs.astype(a.dtype))
    return y[..., 0] if signs.shape[2] == 1 else numpy.moveaxis(y, -1, axisc)


# -- trace -------------------------------------------------------------------------------------------------------------
def _on_diagonal(g, a_shape, offset, axis1, axis2):
    first, second = normalize_axis_tuple((axis1, axis2), len(a_shape))
    ones = numpy.eye(a_shape[first], a_shape[second], offset, dtype=g.dtype)
    shape = [n if k in (first, second) else 1 for k, n in enumerate(a_shape)]
    rest = [1 if k in (first, second) else n for k, n in enumerate(a_shape)]
    return g.reshape(tuple(rest)) * (ones if first < second else ones.T).reshape(shape)


@op(np="trace", grad={"a": _on_diagonal})
def trace(a, offset=0, axis1=0, axis2=1, out=None):
    """Sum along a diagonal of the matrices in two axes. Integers keep their dtype."""
    return numpy.trace(a, offset, axis1, axis2, dtype=None if a.dtype.kind == "b" else a.dtype)
