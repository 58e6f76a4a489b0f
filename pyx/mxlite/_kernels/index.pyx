"""Basic indexing without Python frames, and scatter: adding to the places that an index names.

Compiled because slices are taken by the thousand, and because numpy.add.at walks one element at a time.
"""
cimport cython
from cpython.long cimport PyLong_CheckExact
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIM, PyArray_IS_C_CONTIGUOUS, PyArray_ITEMSIZE, PyArray_NDIM,
    PyArray_NewCopy, PyArray_SIZE, NPY_CORDER,
)
from mxlite._engine.accumulate cimport add_into

import_array()


cdef inline bint plain_bound(object bound):
    return bound is None or PyLong_CheckExact(bound)


cpdef tuple plain_key(object key):
    """An index made of ints, slices of ints, None and Ellipsis, as a tuple; None for any other index."""
    if type(key) is not tuple:
        key = (key,)
    for k in <tuple> key:
        if type(k) is slice:
            if not (plain_bound(k.start) and plain_bound(k.stop) and plain_bound(k.step)):
                return None
        elif not (PyLong_CheckExact(k) or k is None or k is Ellipsis):
            return None
    return key


cdef tuple open_ended(tuple key, int ndim):
    """The index of an array even where every axis is given a number."""
    if len(key) != ndim:
        return key
    for k in key:
        if not PyLong_CheckExact(k):
            return key
    return (*key, Ellipsis)


cdef bint names_all(tuple key, int ndim):
    """Whether an index names every element in order: `:` for some axes, or one Ellipsis."""
    if len(key) == 1 and key[0] is Ellipsis:
        return True
    for k in key:
        if type(k) is not slice or k.start is not None or k.stop is not None or k.step is not None:
            return False
    return len(key) <= ndim


def part(ndarray x, tuple key):
    """x[key] for a key of numbers, slices, None and Ellipsis: a view where that is contiguous, else a copy.

    None for a key with an array in it.
    """
    cdef ndarray out
    for k in key:
        if isinstance(k, ndarray):
            return None
    out = x[open_ended(key, PyArray_NDIM(x))]
    return out if PyArray_IS_C_CONTIGUOUS(out) else PyArray_NewCopy(out, NPY_CORDER)


def add_part(ndarray out, ndarray g, tuple key):
    """out[key] += g in place for such a key and a g of the shape of out[key]."""
    add_into(<ndarray> out[open_ended(key, PyArray_NDIM(out))], g)


def add_rows(cython.floating[:, ::1] out, const npy_intp[::1] index, const cython.floating[:, ::1] rows):
    """Adds rows[k] to out[index[k]] for every k, in order.

    Indices lie in -len(out) ... len(out) - 1, unchecked.
    """
    cdef npy_intp k, j, row, n = index.shape[0], width = out.shape[1], length = out.shape[0]
    cdef cython.floating* target
    cdef const cython.floating* source
    if width == 0 or n == 0:
        return
    with nogil:
        for k in range(n):
            row = index[k]
            if row < 0:
                row += length
            target = &out[row, 0]
            source = &rows[k, 0]
            for j in range(width):
                target[j] += source[j]


cdef inline npy_intp bounded(npy_intp at, npy_intp n, bint wrap) noexcept nogil:
    """An index brought into 0 ... n - 1."""
    if wrap:
        at %= n
        return at + n if at < 0 else at
    return 0 if at < 0 else n - 1 if at >= n else at


def pick_rows(ndarray x, ndarray index, ndarray out, bint wrap):
    """out[r] = x[r, index[r]] over the rows of x, all of its axes but the last. Indices are clipped, or wrapped.

    Arrays are contiguous; index is intp, out of the dtype of x, of 4 or 8 bytes.
    """
    cdef npy_intp n = PyArray_DIM(x, PyArray_NDIM(x) - 1), k, at
    cdef npy_intp* i = <npy_intp*> PyArray_DATA(index)
    cdef bint wide = PyArray_ITEMSIZE(x) == 8
    for k in range(PyArray_SIZE(index)):
        at = k * n + bounded(i[k], n, wrap)
        if wide:
            (<long long*> PyArray_DATA(out))[k] = (<long long*> PyArray_DATA(x))[at]
        else:
            (<int*> PyArray_DATA(out))[k] = (<int*> PyArray_DATA(x))[at]


def add_to_rows(ndarray out, ndarray index, ndarray g, bint wrap):
    """out[r, index[r]] += g[r], likewise, for float32 or float64."""
    cdef npy_intp n = PyArray_DIM(out, PyArray_NDIM(out) - 1), k, at
    cdef npy_intp* i = <npy_intp*> PyArray_DATA(index)
    cdef bint wide = PyArray_ITEMSIZE(out) == 8
    for k in range(PyArray_SIZE(index)):
        at = k * n + bounded(i[k], n, wrap)
        if wide:
            (<double*> PyArray_DATA(out))[at] += (<double*> PyArray_DATA(g))[k]
        else:
            (<float*> PyArray_DATA(out))[at] += (<float*> PyArray_DATA(g))[k]
