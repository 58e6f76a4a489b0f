"""Operators that change shape, order of axes or dtype and leave the values alone."""

import math

import numpy

from mxlite import _dtype
from mxlite._errors import ArgumentError, ShapeError
from mxlite._op import op, zero
from mxlite._ops.reshape_codes import like_shape, npx_shape


@op(grad={"x": lambda g, x_shape: numpy.broadcast_to(g, x_shape)})
def sum_to(x, shape):
    """Sum over the axes along which `shape` was broadcast to the shape of x."""
    lead = x.ndim - len(shape)
    axes = (*range(lead), *(lead + k for k, n in enumerate(shape) if n == 1 and x.shape[lead + k] != 1))
    return numpy.add.reduce(x, axis=axes).reshape(shape)


@op(npx="cast", nd=("cast", "Cast"), grad={"x": lambda g: g})
def astype(x, dtype):
    """A copy in another dtype; gradients pass through, also through integers."""
    return x.astype(_dtype.resolve(dtype))


@op(np="copy", grad={"a": lambda g: g}, quiet=True)
def copy(a):
    """A copy with memory of its own; of numbers and lists an array."""
    return numpy.array(_dtype.numbers(a))


# -- the same elements in another shape --------------------------------------------------------------------------------
def _order(order):
    if order not in ("C", "F", "A"):
        raise ArgumentError(f"order is 'C', 'F' or 'A', not {order!r}")
    return "F" if order == "F" else "C"


def _shape(newshape):
    return newshape if isinstance(newshape, tuple | list) else (newshape,)


def _back(g, shape, order):
    return numpy.reshape(g, shape, order=order) if order == "F" else g.reshape(shape)


@op(np="reshape", aliases={"shape": "newshape"}, quiet=True,
    grad={"a": lambda g, a_shape, order: _back(g, a_shape, order)})
def reshape(a, newshape, order="C"):
    """The elements in another shape, a copy; one length may be -1. Raises ShapeError when the sizes differ."""
    order, newshape = _order(order), _shape(newshape)
    if any(n < -1 for n in newshape):
        raise ShapeError(f"reshape: {newshape}: a length is at least 0, or -1 for one to infer; npx.reshape has codes")
    try:
        return a.reshape(newshape, order=order)
    except ValueError as exc:
        raise ShapeError(f"reshape: {exc}") from exc


@op(grad={"a": lambda g, a_shape: g.reshape(a_shape)}, quiet=True, view="both")
def reshape_view(a, newshape):
    """The elements in another shape, in the memory of a."""
    return a.reshape(_shape(newshape))


@op(npx="reshape", grad={"a": lambda g, a_shape: g.reshape(a_shape)}, quiet=True)
def reshape_by_codes(a, newshape, reverse=False, order="C"):
    """The elements in another shape, which may be written in codes, a copy.

    -1 infers a length, -2 copies an axis, -3 skips an axis of length 1, -4 copies the remaining axes, -5 merges two
    axes, -6 splits one into the next two lengths; `reverse` reads codes and axes from the right. Raises ShapeError.
    """
    if order != "C":
        raise ArgumentError(f"reshape: order is 'C', not {order!r}")
    return a.reshape(npx_shape(a.shape, newshape, reverse))


@op(npx="reshape_like", nd="reshape_like", grad={"lhs": lambda g, lhs_shape: g.reshape(lhs_shape), "rhs": zero},
    quiet=True)
def reshape_like(lhs, rhs, lhs_begin=None, lhs_end=None, rhs_begin=None, rhs_end=None):
    """lhs with its axes lhs_begin:lhs_end in the lengths of the axes rhs_begin:rhs_end of rhs (default: all axes)."""
    return lhs.reshape(like_shape(lhs.shape, rhs.shape, lhs_begin, lhs_end, rhs_begin, rhs_end))


@op(np="ravel", aliases={"a": "x"}, quiet=True,
    grad={"x": lambda g, x_shape, order: _back(g, x_shape, order)})
def ravel(x, order="C"):
    """All elements along one axis, a copy."""
    return x.reshape(-1, order=_order(order))


@op(npx="batch_flatten", nd=("flatten", "Flatten"), grad={"data": lambda g, data_shape: g.reshape(data_shape)},
    quiet=True)
def batch_flatten(data):
    """All axes but the first merged into one: shape (n, product of the rest)."""
    if data.ndim == 0:
        raise ShapeError("batch_flatten: an array without axes has no batch")
    return data.reshape(data.shape[0], -1) if data.size else data.reshape(
        data.shape[0], math.prod(data.shape[1:]))


@op(np="expand_dims", nd="expand_dims", grad={"a": lambda g, a_shape: g.reshape(a_shape)}, quiet=True)
def expand_dims(a, axis):
    """The array with an axis of length 1 (or several) inserted so that it becomes `axis` of the result."""
    return numpy.expand_dims(a, tuple(axis) if isinstance(axis, list) else axis)


@op(np="squeeze", nd="squeeze", grad={"a": lambda g, a_shape: g.reshape(a_shape)}, quiet=True)
def squeeze(a, axis=None):
    """The array without its axes of length 1, or without the named ones. Raises ShapeError if one is longer."""
    try:
        return numpy.squeeze(a, tuple(axis) if isinstance(axis, list) else axis)
    except ValueError as exc:
        raise ShapeError(f"squeeze: {a.shape}, axis {axis}: {exc}") from exc


def _each_as_before(g, arys_shape):
    return [part.reshape(s) for part, s in zip(g if isinstance(g, tuple) else (g,), arys_shape, strict=True)]


def _atleast(function, arys):
    out = [function(_dtype.numbers(x)) for x in arys]
    return out[0] if len(out) == 1 else out


@op(np="atleast_1d", grad={"arys": _each_as_before}, quiet=True)
def atleast_1d(*arys):
    """The arrays with at least one axis: one array, or a list for several."""
    return _atleast(numpy.atleast_1d, arys)


@op(np="atleast_2d", grad={"arys": _each_as_before}, quiet=True)
def atleast_2d(*arys):
    """The arrays with at least two axes, new ones in front: one array, or a list for several."""
    return _atleast(numpy.atleast_2d, arys)


@op(np="atleast_3d", grad={"arys": _each_as_before}, quiet=True)
def atleast_3d(*arys):
    """The arrays with three axes or more; shape (n,) becomes (1, n, 1), (m, n) becomes (m, n, 1)."""
    return _atleast(numpy.atleast_3d, arys)


# -- the same axes in another order ------------------------------------------------------------------------------------
@op(np=("transpose", "permute_dims"), nd="transpose",
    grad={"a": lambda g, axes: g.transpose(_inverse(axes)) if axes else g.transpose()}, quiet=True)
def transpose(a, axes=None):
    """The axes in reverse order, or in the order of `axes`; a copy."""
    try:
        return numpy.transpose(a, tuple(axes) if axes else None)
    except ValueError as exc:
        raise ShapeError(f"transpose: {a.shape} in the order of axes {axes}: {exc}") from exc


def _inverse(axes):
    out = [0] * len(axes)
    for k, axis in enumerate(axes):
        out[axis % len(axes)] = k
    return tuple(out)


@op(np="matrix_transpose", grad={"x": lambda g: numpy.swapaxes(g, -1, -2)}, quiet=True)
def matrix_transpose(x):
    """The last two axes exchanged; a copy."""
    return numpy.swapaxes(x, -1, -2)


@op(np="swapaxes", nd=("swapaxes", "SwapAxis"), aliases={"dim1": "axis1", "dim2": "axis2"},
    grad={"a": lambda g, axis1, axis2: numpy.swapaxes(g, axis1, axis2)}, quiet=True)
def swapaxes(a, axis1, axis2):
    """Two axes exchanged; a copy."""
    return numpy.swapaxes(a, axis1, axis2)


@op(np="moveaxis", nd="moveaxis", aliases={"tensor": "a"},
    grad={"a": lambda g, source, destination: numpy.moveaxis(g, destination, source)}, quiet=True)
def moveaxis(a, source, destination):
    """The axes `source` moved to the places `destination`, the others in their old order; a copy."""
    return numpy.moveaxis(a, source, destination)


@op(np="rollaxis", grad={"a": lambda g, a_shape, axis, start: _unroll(g, len(a_shape), axis, start)}, quiet=True)
def rollaxis(a, axis, start=0):
    """One axis moved until it stands before `start`; a copy."""
    return numpy.rollaxis(a, axis, start)


def _unroll(g, ndim, axis, start):
    axis %= ndim
    start = start + ndim if start < 0 else start
    return numpy.moveaxis(g, start - (axis < start), axis)


# -- stretching --------------------------------------------------------------------------------------------------------
@op(np="broadcast_to", grad={"array": lambda g: g}, quiet=True)
def broadcast_to(array, shape):
    """The array stretched to `shape` by NumPy's broadcasting rules, as a copy; a length -2 is the array's own."""
    array, shape = _dtype.numbers(array), _shape(shape)
    return numpy.broadcast_to(array, _own_lengths(array.shape, shape) if -2 in shape else shape).copy()


def _own_lengths(own, shape):
    """A shape with the lengths of the axes, counted from the end, in the places of -2. Raises ShapeError."""
    own = (None,) * (len(shape) - len(own)) + own
    if len(own) > len(shape) or any(n == -2 and m is None for n, m in zip(shape, own, strict=True)):
        raise ShapeError(f"broadcast_to: -2 in {shape} stands for an axis that the array does not have")
    return tuple([m if n == -2 else n for n, m in zip(shape, own, strict=True)])


@op(np="broadcast_arrays", grad={"args": lambda g: list(g)}, quiet=True)
def broadcast_arrays(*args):
    """The arrays stretched to their common shape, a list of copies."""
    return [x.copy() for x in numpy.broadcast_arrays(*args)]


@op(nd=("broadcast_axis", "broadcast_axes"), grad={"data": lambda g: g}, quiet=True)
def broadcast_axis(data, axis=(), size=()):
    """The axes `axis`, of length 1, stretched to the lengths `size`; a copy. Raises ShapeError for a longer axis."""
    axis, size = _shape(axis), _shape(size)
    shape = list(data.shape)
    if len(axis) != len(size):
        raise ShapeError(f"broadcast_axis: {len(axis)} axes but {len(size)} lengths")
    for k, n in zip(axis, size, strict=True):
        if not -data.ndim <= k < data.ndim or shape[k] != 1:
            raise ShapeError(f"broadcast_axis: axis {k} of an array of shape {data.shape} is not an axis of length 1")
        shape[k] = n
    return numpy.broadcast_to(data, shape).copy()


@op(npx="broadcast_like", nd="broadcast_like", grad={"lhs": lambda g: g, "rhs": zero}, quiet=True,
    aliases={"other": "rhs"})
def broadcast_like(lhs, rhs, lhs_axes=None, rhs_axes=None):
    """lhs stretched to the shape of rhs, or its axes lhs_axes to the lengths of rhs_axes; a copy."""
    shape = list(rhs.shape)
    if (lhs_axes is None) != (rhs_axes is None):
        raise ArgumentError("broadcast_like: lhs_axes and rhs_axes go together")
    if lhs_axes is not None:
        lhs_axes, rhs_axes = _shape(lhs_axes), _shape(rhs_axes)
        if not lhs_axes:
            raise ArgumentError("broadcast_like: lhs_axes and rhs_axes name no axis; leave both out for all")
        if len(lhs_axes) != len(rhs_axes):
            raise ArgumentError(f"broadcast_like: {len(lhs_axes)} axes of lhs but {len(rhs_axes)} of rhs")
        shape = list(lhs.shape)
        for k, j in zip(lhs_axes, rhs_axes, strict=True):
            shape[k] = rhs.shape[j]
    return numpy.broadcast_to(lhs, shape).copy()


@op(npx="shape_array", nd="shape_array", grad={"data": zero}, quiet=True)
def shape_array(data):
    """The lengths of the axes as an int64 array."""
    return numpy.array(data.shape, numpy.int64)


@op(nd="size_array", grad={"data": zero}, quiet=True)
def size_array(data):
    """The number of elements as an int64 array of shape (1,)."""
    return numpy.array([data.size], numpy.int64)
