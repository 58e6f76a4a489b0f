"""Norms of vectors and matrices.

The derivative of a norm at 0 is 0, where MXNet has nan. Integers become float32; halves are summed in float32.
"""

import numpy
from numpy.lib.array_utils import normalize_axis_tuple

from mxlite import _dtype
from mxlite._engine.sums import length as squares_root
from mxlite._engine.sums import within_range
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import op
from mxlite._ops.reduce import axes_of, spread

_WORDS = {"inf": numpy.inf, "-inf": -numpy.inf, "f": "fro"}


def _widened(x):
    """x in the floating dtype that a norm is computed in."""
    dtype = _dtype.inexact(x.dtype)
    return x.astype(_dtype.DEFAULT if dtype.char == "e" else dtype, copy=False)


# -- vectors -----------------------------------------------------------------------------------------------------------
def length(x, axis, keepdims):
    """The 2-norm over axes (None: all). Where squares leave the range of the dtype, elements are scaled first."""
    y = squares_root(x, axis, keepdims)
    if within_range(y):
        return y
    with numpy.errstate(all="ignore"):
        largest = numpy.maximum.reduce(numpy.absolute(x), axis=axis, keepdims=True, initial=0)
        scale = numpy.where((largest > 0) & (largest < numpy.inf), largest, numpy.ones((), x.dtype))
        return (squares_root(numpy.asarray(x / scale), axis, True) * scale).reshape(y.shape)


def _vector(x, p, axis, keepdims):
    """The p-norm over axes."""
    if p == 2:
        return length(x, axis, keepdims)
    x = numpy.absolute(x)
    if p == numpy.inf:
        return numpy.maximum.reduce(x, axis=axis, keepdims=keepdims, initial=0)
    if p == -numpy.inf:
        return numpy.minimum.reduce(x, axis=axis, keepdims=keepdims)
    if p == 1:
        return numpy.add.reduce(x, axis=axis, keepdims=keepdims)
    if p == 0:
        return numpy.add.reduce((x != 0).astype(x.dtype), axis=axis, keepdims=keepdims)
    powers = numpy.add.reduce(numpy.power(x, numpy.asarray(p, x.dtype)), axis=axis, keepdims=keepdims)
    return numpy.power(powers, numpy.asarray(1 / p, x.dtype))


def _vector_grad(g, x, y, p, axis):
    """The cotangent of a p-norm; y is the norm."""
    if p == 0:
        return None
    if p == 2 and type(y) is type(g) is numpy.ndarray and y.size == 1 and y.dtype is x.dtype:
        whole = y.item()
        return x * x.dtype.type(g.item() / whole if whole else 0.0)
    y, g = spread(y, x.shape, axis), spread(g, x.shape, axis)
    if p == 2:
        return g * (y != 0) / (y + (y == 0)) * x       # at 0 all derivatives are 0
    if p == 1:
        return g * numpy.sign(x)
    sizes = numpy.absolute(x)
    if p in (numpy.inf, -numpy.inf):
        return g * (sizes == y) * numpy.sign(x)
    # Elements that are 0 and norms that are 0 are replaced by 1 and then drop out through the sign and the comparison.
    ratio = (sizes + (x == 0)) / (y + (y == 0))
    return g * (y != 0) * numpy.sign(x) * numpy.power(ratio, p - 1.0)


# -- matrices ----------------------------------------------------------------------------------------------------------
def _extreme(sign, x, **kwargs):
    return numpy.max(x, **kwargs) if sign > 0 else numpy.min(x, **kwargs)


def _matrix(x, p, axes, keepdims):
    """A matrix norm over two axes."""
    if p == "fro":
        return _vector(x, 2, axes, keepdims)
    if p in (1, -1, numpy.inf, -numpy.inf):
        summed = axes[abs(p) != 1]
        sums = numpy.add.reduce(numpy.absolute(x), axis=summed, keepdims=True)
        return _extreme(p, sums, axis=axes, keepdims=keepdims)
    values = numpy.linalg.svd(numpy.moveaxis(x, axes, (-2, -1)), compute_uv=False)
    out = numpy.add.reduce(values, axis=-1) if p == "nuc" else _extreme(p, values, axis=-1)
    return numpy.expand_dims(out, tuple(sorted(axes))) if keepdims else out


def _matrix_grad(g, x, y, p, axes):
    """The cotangent of a matrix norm. What ties for the largest or smallest sum or value receives all of it."""
    if p == "fro":
        return _vector_grad(g, x, y, 2, axes)
    g = spread(g, x.shape, axes)
    if p in (1, -1, numpy.inf, -numpy.inf):
        sums = numpy.sum(numpy.absolute(x), axis=axes[abs(p) != 1], keepdims=True)
        return g * (sums == _extreme(p, sums, axis=axes, keepdims=True)) * numpy.sign(x)
    order = (*(k for k in range(x.ndim) if k not in axes), *axes)
    u, values, v = numpy.linalg.svd(x.transpose(order), full_matrices=False)
    if p != "nuc":
        values = numpy.asarray(values)
        chosen = (values == _extreme(p, values, axis=-1, keepdims=True)).astype(values.dtype)
        u = u * chosen.reshape((*chosen.shape[:-1], 1, chosen.shape[-1]))
    back = tuple(sorted(range(x.ndim), key=order.__getitem__))
    return g * numpy.matmul(u, v).transpose(back)


# -- operators ---------------------------------------------------------------------------------------------------------
def _order(name, x, order, axis):
    """(is it a matrix norm, order as a number or 'fro' or 'nuc', axes). Raises for what has no meaning."""
    if axis is None and order in ("inf", "-inf"):
        return False, _WORDS[order], axes_of(None, x.ndim)      # in words it is the norm of all elements, as in MXNet
    order = _WORDS.get(order, order) if isinstance(order, str) else order
    axes = axes_of(None, x.ndim) if axis is None else normalize_axis_tuple(axis, x.ndim)
    if order is None and (axis is None or len(axes) == 1):
        return False, 2, axes
    if axis is None and len(axes) > 2:
        axes = axes[-2:]                # matrices along the last two axes, as MXNet reads it
    if len(axes) not in (1, 2):
        raise ShapeError(operand_message(name, (x,), "Improper number of dimensions to norm: name one axis or two."))
    matrix = len(axes) == 2
    if order is None or (order == "fro" and not matrix):
        order = "fro" if matrix else 2
    numbers = (1, -1, 2, -2, numpy.inf, -numpy.inf)
    if isinstance(order, str):
        known = order == "fro" or (matrix and order == "nuc")
    else:
        known = not matrix or order in numbers
    if not known:
        raise ArgumentError(operand_message(name, (x,), f"Invalid norm order {order!r} for {len(axes)} axes."))
    return matrix, order, axes


def _norm_grad(g, x, y, ord, axis):
    matrix, order, axes = _order("norm", x, ord, axis)
    return _matrix_grad(g, x, y, order, axes) if matrix else _vector_grad(g, x, y, order, axes)


@op(np="linalg.norm", quiet=True, grad={"x": _norm_grad})
def norm(x, ord=None, axis=None, keepdims=False):
    """Norm of vectors (along one axis) or matrices (over two axes).

    `ord` is None (2-norm of all elements), a number, 'inf', '-inf', and for matrices 'fro', 'nuc', 1, -1, 2, -2.
    Raises ShapeError for other numbers of axes, ArgumentError for other orders.

    >>> np.linalg.norm(np.array([[3.0, 4.0], [0.0, 5.0]]), axis=1)
    array([5., 5.])
    """
    if ord is axis is None and x.dtype.char in "fd":
        return length(x, None, keepdims)
    x, dtype = _widened(x), _dtype.inexact(x.dtype)
    matrix, order, axes = _order("norm", x, ord, axis)
    with numpy.errstate(all="ignore"):
        return (_matrix if matrix else _vector)(x, order, axes, keepdims).astype(dtype)


def _legacy_axes(x, axis):
    return axes_of(None if isinstance(axis, tuple | list) and not axis else axis, x.ndim)


@op(nd="norm", npx="norm",
    grad={"data": lambda g, data, y, ord, axis: _vector_grad(g, data, y, ord, _legacy_axes(data, axis))})
def legacy_norm(data, ord=2, axis=None, out_dtype=None, keepdims=False, out=None):
    """Norm 1 or 2 of all elements over axes; never 0-d. Integers keep their dtype. Raises ArgumentError for others."""
    if ord not in (1, 2):
        raise ArgumentError(operand_message("norm", (data,), "norm only supports ord=1 and ord=2"))
    x, axes = _widened(data), _legacy_axes(data, axis)
    y = _vector(x, ord, axes, keepdims)
    return (y if y.ndim else y.reshape(1)).astype(_dtype.resolve(out_dtype, data.dtype))
