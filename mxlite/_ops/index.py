"""Indexing, and the scatter that is its derivative."""

import numpy

from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError
from mxlite._kernels.index import add_rows
from mxlite._op import op

_KERNEL_DTYPES = (numpy.dtype(numpy.float32), numpy.dtype(numpy.float64))


@op(grad={"g": lambda g, key: g[key]}, quiet=True)
def scatter_add(g, shape, key):
    """Zeros of `shape` to which g is added at `key`, duplicates counted: the derivative of indexing."""
    out = numpy.zeros(shape, g.dtype)
    if _names_once(key):
        out[key] = g
    else:
        add_at(out, key, g)
    return out


def add_at(out, key, values):
    """out[key] += values for a C-contiguous array, in place, where an element that is named twice receives twice."""
    if out.size == 0:
        return
    rows, tail = _rows(key, out.shape)
    if rows is None:
        rows, tail = numpy.arange(out.size, dtype=numpy.intp).reshape(out.shape)[key], ()
    width = int(numpy.prod(tail))
    rows = numpy.ascontiguousarray(rows, numpy.intp)
    values = numpy.ascontiguousarray(numpy.broadcast_to(values, (*rows.shape, *tail)), out.dtype).reshape(-1, width)
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
    bounded = [numpy.where(numpy.less(k, 0), k + n, k) for k, n in zip(key, lead, strict=True)]
    rows = numpy.ravel_multi_index(numpy.broadcast_arrays(*bounded), lead)
    return rows, shape[len(key):]


@op(grad={"x": lambda g, x_shape, key: scatter_add(g, x_shape, key)}, quiet=True, view="both")
def getitem(x, key):
    """x[key]; a contiguous basic selection shares memory with x, everything else is a copy."""
    if is_basic(key):
        out = x[key if Ellipsis in key else (*key, ...)]
    elif len(key) == 1 and key[0].dtype.kind in "iu":
        return x.take(key[0], axis=0) if x.ndim else x[key]
    else:
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
                x[key] = numpy.asarray(value).astype(x.dtype, copy=False)
    except IndexError as exc:
        raise IndexingError(f"setitem: {exc}") from exc
    except ValueError as exc:
        error = ArgumentError if "read-only" in str(exc) else ShapeError
        raise error(f"setitem: {exc}") from exc
    except TypeError as exc:
        raise DtypeError(f"setitem: {exc}") from exc


# -- keys --------------------------------------------------------------------------------------------------------------
def normalise_key(key, raw, bools_count=False):
    """An index as NumPy understands it, always a tuple; `raw` turns an array of ours into a NumPy array.

    Float arrays become integers, as legacy code needs; with `bools_count` bools do, too. Raises IndexingError for
    what cannot be an index.
    """
    if type(key) is not tuple:
        key = tuple(key) if isinstance(key, tuple) else (key,)
    for k in key:
        kind = type(k)
        if kind is slice:
            if not (type(k.start) in _PLAIN and type(k.stop) in _PLAIN and type(k.step) in _PLAIN):
                break
        elif kind is not int and k is not None and k is not Ellipsis:
            break
    else:
        return key
    return tuple([_part(k, raw, bools_count) for k in key])


_PLAIN = (int, type(None))


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
