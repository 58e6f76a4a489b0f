"""Indexing and the operators that pick elements by number."""

import numpy

from mxlite._errors import IndexingError
from mxlite._op import op


@op(grad={"g": lambda g, key: g[key]}, quiet=True)
def scatter_add(g, shape, key):
    """Zeros of `shape` to which g is added at `key`, duplicates counted: the derivative of indexing."""
    out = numpy.zeros(shape, g.dtype)
    if is_basic(key):
        out[key] = g
    else:
        numpy.add.at(out, key, g)
    return out


@op(grad={"x": lambda g, x_shape, key: scatter_add(g, x_shape, key)}, quiet=True, view="both")
def getitem(x, key):
    """x[key]; a contiguous basic selection shares memory with x, everything else is a copy."""
    if not is_basic(key):
        return x[key]
    out = x[(*key, ...) if not any(k is Ellipsis for k in key) else key]
    return out if out.flags.c_contiguous else out.copy()


def is_basic(key):
    """Whether a normalised key consists of integers, slices, None and Ellipsis alone."""
    return all(k is None or k is Ellipsis or isinstance(k, slice | int) for k in key)


def normalise_key(key, raw):
    """An index as NumPy understands it, always a tuple; `raw` turns an array of ours into a NumPy array.

    Float arrays, which legacy code uses as indices, become integers. Raises IndexingError for anything else.
    """
    parts = key if isinstance(key, tuple) else (key,)
    return tuple(_part(k, raw) for k in parts)


def _part(k, raw):
    if k is None or k is Ellipsis or type(k) is int:
        return k
    if isinstance(k, slice):
        return slice(*[_bound(b, raw) for b in (k.start, k.stop, k.step)])
    if isinstance(k, bool | numpy.bool_):
        return numpy.asarray(k)
    if hasattr(k, "__index__") and not hasattr(k, "shape"):
        return k.__index__()
    x = raw(k)
    if isinstance(x, list | tuple):
        x = numpy.asarray([raw(v) for v in x])
        x = x.astype(numpy.int64) if x.size == 0 else x
    if not isinstance(x, numpy.ndarray | numpy.generic):
        raise IndexingError(f"an array cannot be indexed with {type(k).__name__}")
    if x.dtype.kind == "f":
        x = x.astype(numpy.int64)
    if x.ndim == 0 and x.dtype.kind in "iu":
        return int(x)
    return numpy.asarray(x)


def _bound(b, raw):
    return b if b is None or isinstance(b, int) else int(raw(b))
