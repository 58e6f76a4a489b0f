"""Indexing, and the scatter that is its derivative."""

import math

import numpy

from mxlite._errors import ArgumentError, DtypeError, IndexingError, MXNetError, ShapeError, shown
from mxlite._kernels.index import add_part, add_rows, part, plain_key
from mxlite._op import into, op

_KERNEL_DTYPES = (numpy.dtype(numpy.float32), numpy.dtype(numpy.float64))


@op(grad={"g": lambda g, key: g[key]}, quiet=True)
def scatter_add(g, shape, key):
    """Zeros of `shape` to which g is added at `key`, duplicates counted: the derivative of indexing."""
    out = numpy.zeros(shape, g.dtype)
    # NumPy makes a scalar of an index of shape (), which the compiled part does not know for a number.
    _add(out, g, tuple([int(k) if isinstance(k, numpy.integer) else k for k in key]))
    return out


def _add(out, g, key):
    """out[key] += g in place."""
    if is_basic(key):
        add_part(out, g, key)
    elif _names_once(key):
        out[key] += g
    else:
        add_at(out, key, g)


def add_at(out, key, values):
    """out[key] += values for a C-contiguous array, in place, where an element that is named twice receives twice."""
    if out.size == 0:
        return
    rows, tail = _rows(key, out.shape)
    if rows is None:
        rows, tail = numpy.arange(out.size, dtype=numpy.intp).reshape(out.shape)[key], ()
    width = math.prod(tail)
    rows = numpy.ascontiguousarray(rows, numpy.intp)
    shape = (*rows.shape, *tail)
    if values.shape != shape:
        values = numpy.broadcast_to(values, shape)
    values = numpy.ascontiguousarray(values, out.dtype).reshape(-1, width)
    if out.dtype in _KERNEL_DTYPES:
        add_rows(out.reshape(-1, width), rows.reshape(-1), values)
    else:
        numpy.add.at(out.reshape(-1, width), rows.reshape(-1), values)


def _rows(key, shape):
    """A key of integer arrays for the leading axes as row numbers, and the shape of a row; (None, ()) otherwise."""
    if not all(isinstance(k, int) or (isinstance(k, numpy.ndarray) and k.dtype.kind in "iu") for k in key):
        return None, ()
    lead = shape[:len(key)]
    if len(key) == 1:
        return key[0], shape[1:]
    rows = 0
    for k, n in zip(key, lead, strict=True):
        # The forward call has checked the bounds, and negative numbers count from the end.
        rows = rows * n + (k if isinstance(k, int) else k.astype(numpy.intp, copy=False)) % n
    return rows, shape[len(key):]


@op(grad={"x": into(_add, lambda g, x_shape, key: scatter_add(g, x_shape, key))}, quiet=True, view="both")
def getitem(x, key):
    """x[key]; a contiguous basic selection shares memory with x, everything else is a copy."""
    out = part(x, key)
    if out is not None:
        return out
    if len(key) == 1 and key[0].dtype.kind in "iu":
        return x.take(key[0], axis=0) if x.ndim else x[key]
    out = x[key]
    return out if out.flags.c_contiguous else out.copy()


def is_basic(key):
    """Whether a normalised key consists of integers, slices, None and Ellipsis alone."""
    for k in key:
        if isinstance(k, numpy.ndarray):
            return False
    return True


def _names_once(key):
    """Whether a normalised key can name no element twice: no integer array in it, and at most one mask."""
    arrays = [k for k in key if isinstance(k, numpy.ndarray)]
    return not arrays or (len(arrays) == 1 and arrays[0].dtype.kind == "b")


def write(x, key, value):
    """x[key] = value in place, with NumPy's broadcasting; values are cast to the dtype of x as `astype` does.

    Raises IndexingError, ShapeError or DtypeError.
    """
    if is_basic(key) and Ellipsis not in key:
        key = (*key, ...)        # one element is then an array of shape (), which takes a value of shape (1,)
    try:
        if x.dtype.kind == "f" and isinstance(value, int | float):
            x[key] = value
        else:
            with numpy.errstate(all="ignore"):
                value = numpy.asarray(value)
                if value.dtype.kind not in "biufO":
                    raise DtypeError(f"setitem({_described(x, key)}): {value.dtype} values do not go into a "
                                     f"{x.dtype} array")
                x[key] = value.astype(x.dtype, copy=False)
    except MXNetError:
        raise
    except IndexError as exc:
        raise IndexingError(f"setitem({_described(x, key)}): {exc}") from exc
    except ValueError as exc:
        error = ArgumentError if "read-only" in str(exc) else ShapeError
        raise error(f"setitem({_described(x, key)}): {exc}") from exc
    except TypeError as exc:
        raise DtypeError(f"setitem({_described(x, key)}): {exc}") from exc


def _described(x, key):
    return f"{shown(x)}, {shown(key[0] if len(key) == 1 else key)}"


# -- keys --------------------------------------------------------------------------------------------------------------
def normalise_key(key, raw, bools_count=False):
    """An index as NumPy understands it, always a tuple; `raw` turns an array of ours into a NumPy array.

    Float arrays become integers, as legacy code needs; with `bools_count` bools do, too. Raises IndexingError for
    what cannot be an index.
    """
    plain = plain_key(key)
    if plain is not None:
        return plain
    key = tuple(key) if isinstance(key, tuple) else (key,)
    return tuple([_part(k, raw, bools_count) for k in key])


def _part(k, raw, bools_count):
    if k is None or k is Ellipsis or type(k) is int:
        return k
    if isinstance(k, slice):
        return slice(_bound(k.start, raw), _bound(k.stop, raw), _bound(k.step, raw))
    if isinstance(k, bool | numpy.bool_):
        return int(k) if bools_count else numpy.asarray(k)
    x = raw(k)
    if isinstance(x, list | tuple | range):
        x = _from_list(x, raw)
    elif not isinstance(x, numpy.ndarray | numpy.generic):
        if hasattr(x, "__index__"):
            return x.__index__()
        raise IndexingError(f"an array cannot be indexed with {type(k).__name__} {k!r}")
    if (x.dtype.kind == "f" and isinstance(x, numpy.ndarray)) or (x.dtype.kind == "b" and bools_count):
        x = x.astype(numpy.int64)
    if x.dtype.kind not in "iub":
        raise IndexingError(f"an array cannot be indexed with {x.dtype}; use integers or bools")
    if x.ndim == 0 and x.dtype.kind in "iu":
        return int(x)
    return numpy.array(x)        # a copy: backward scatters to the places that forward read, without a further check


def _from_list(values, raw):
    """A list as an index array; its items may be arrays of ours."""
    def plain(v):
        return [plain(w) for w in v] if isinstance(v, list | tuple) else raw(v)

    try:
        x = numpy.asarray(plain(values))
    except ValueError as exc:
        raise IndexingError(f"a list that is no array cannot be an index: {exc}") from exc
    return x.astype(numpy.int64) if x.size == 0 else x


def _bound(b, raw):
    if b is None or type(b) is int:
        return b
    b = raw(b)
    if isinstance(b, numpy.ndarray) and b.size == 1:
        b = b.reshape(())[()]
    if hasattr(b, "__index__"):
        return b.__index__()
    if isinstance(b, numpy.floating) and b == int(b):
        return int(b)                     # an element of a float array, which legacy code counts with
    raise IndexingError(f"a slice is bounded by integers, not by {type(b).__name__} {b!r}")
