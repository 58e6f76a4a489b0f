"""Operators that change shape, layout or dtype and leave the values alone."""

import numpy

from mxlite import _dtype
from mxlite._op import op


@op(grad={"x": lambda g, x_shape: numpy.broadcast_to(g, x_shape)}, quiet=True)
def sum_to(x, shape):
    """Sum over the axes along which `shape` was broadcast to the shape of x."""
    lead = x.ndim - len(shape)
    axes = (*range(lead), *(lead + k for k, n in enumerate(shape) if n == 1 and x.shape[lead + k] != 1))
    return numpy.add.reduce(x, axis=axes).reshape(shape)


@op(np="broadcast_to", grad={"array": lambda g: g}, quiet=True)
def broadcast_to(array, shape):
    """The array stretched to `shape` by NumPy's broadcasting rules, as a copy."""
    return numpy.broadcast_to(array, shape).copy()


@op(grad={"x": lambda g: g}, quiet=True)
def astype(x, dtype):
    """A copy in another dtype; gradients pass through, also through integers."""
    return x.astype(_dtype.resolve(dtype))


@op(np="copy", grad={"a": lambda g: g}, quiet=True)
def copy(a):
    """A copy with memory of its own."""
    return a.copy()


@op(np="transpose", grad={"a": lambda g, axes: g.transpose(None if axes is None else _inverse(axes))}, quiet=True)
def transpose(a, axes=None):
    """The axes in reverse order, or in the order of `axes`; a copy."""
    return numpy.ascontiguousarray(numpy.transpose(a, axes or None))


def _inverse(axes):
    out = [0] * len(axes)
    for k, axis in enumerate(axes):
        out[axis % len(axes)] = k
    return tuple(out)
