"""Sums over axes of an array, in NumPy's pairwise order, on several threads where long.

Compiled because every broadcast operand and every sum or mean passes here, mostly with few elements, where NumPy's
reduction machinery costs many times the additions.
"""
from cpython.long cimport PyLong_AsLong
from cpython.number cimport PyIndex_Check, PyNumber_Index
from cpython.tuple cimport PyTuple_CheckExact
from libc.math cimport INFINITY
from libc.stdlib cimport calloc, free
from libc.string cimport memset
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIM, PyArray_DIMS, PyArray_IS_C_CONTIGUOUS, PyArray_NDIM,
    PyArray_SIZE, PyArray_TYPE, NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64,
)
from mxlite._engine.fperr cimport restore, silence
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.storage cimport empty, itemsize_of
from mxlite._engine.workers cimport LONG, share_rows
cimport cython
import numpy

from mxlite._errors import AllocationError

import_array()

cdef enum:
    PART = 1 << 15       # elements of a long sum of everything that are added up by themselves
    COLUMNS = 256        # that are summed together

cdef object add_reduce = numpy.add.reduce

# Loops for float32 and float64.
cdef Loop multipliers[2]
cdef Loop roots[2]
cdef int _types[2]
cdef int _k
for _k in range(2):
    _types[0] = _types[1] = NPY_FLOAT64 if _k else NPY_FLOAT32
    find_loop(numpy.multiply, _types, 2, &multipliers[_k])
    find_loop(numpy.sqrt, _types, 1, &roots[_k])


cdef bint axes_from(object axis, int ndim, axes_t* axes) except -1:
    """Reads an `axis` argument: None, an int or a tuple or list of them. False for what NumPy should complain about."""
    cdef long k
    axes[0] = 0
    if axis is None:
        if ndim < 64:
            axes[0] = (<axes_t> 1 << ndim) - 1
        return ndim < 64
    if PyIndex_Check(axis) and not isinstance(axis, ndarray):
        k = PyLong_AsLong(PyNumber_Index(axis))
        if k < 0:
            k += ndim
        if not 0 <= k < ndim < 64:
            return False
        axes[0] = <axes_t> 1 << k
        return True
    if not PyTuple_CheckExact(axis) and type(axis) is not list:
        return False
    for item in axis:
        if not PyIndex_Check(item):
            return False
        k = PyLong_AsLong(PyNumber_Index(item))
        if k < 0:
            k += ndim
        if not 0 <= k < ndim < 64 or axes[0] >> k & 1:
            return False
        axes[0] |= <axes_t> 1 << k
    return True


cdef ndarray sum_over(ndarray x, axes_t axes, int ndim, npy_intp* dims):
    """The sum over axes, as a new array of shape `dims`: the lengths of the other axes, and ones wherever wanted."""
    cdef npy_intp outer = 1, n = 1, inner = 1, length
    cdef int t = PyArray_TYPE(x), axis, stage = 0
    cdef bint plain = (t == NPY_FLOAT32 or t == NPY_FLOAT64) and PyArray_IS_C_CONTIGUOUS(x)
    cdef ndarray out
    # The axes as at most three: kept, summed, kept.
    for axis in range(PyArray_NDIM(x)):
        length = PyArray_DIM(x, axis)
        if length == 1:
            continue
        if axes >> axis & 1:
            if stage == 2:
                plain = False
            stage = 1
            n *= length
        elif stage == 0:
            outer *= length
        else:
            stage = 2
            inner *= length
    if not plain:
        return sum_by_numpy(x, axes, ndim, dims)
    out = empty(ndim, dims, t)
    memset(PyArray_DATA(out), 0, PyArray_SIZE(out) * itemsize_of(t))
    if PyArray_SIZE(x):
        add_up(<char*> PyArray_DATA(x), <char*> PyArray_DATA(out), outer, n, inner, itemsize_of(t))
    return out


# What `add_some` adds up: x, of shape (outer, n, inner), over its middle axis to out, of shape (outer, inner).
cdef struct Sum:
    char* x
    char* out
    npy_intp n, inner, columns       # so many columns at a time
    const Sums* sums
    int width


cdef int add_some(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """The groups of columns (of rows, where inner is 1) numbered first to last - 1."""
    cdef Sum* a = <Sum*> context
    cdef npy_intp groups = (a.inner + a.columns - 1) // a.columns, k, at, m
    if a.inner == 1:
        a.sums.rows(a.x + first * a.n * a.width, last - first, a.n, a.out + first * a.width)
        return 0
    for k in range(first, last):
        at = k % groups * a.columns
        m = min(a.columns, a.inner - at)
        a.sums.columns(a.x + (k // groups * a.n * a.inner + at) * a.width, a.n, m, a.inner,
                       a.out + (k // groups * a.inner + at) * a.width)
    return 0


cdef int add_up(char* x, char* out, npy_intp outer, npy_intp n, npy_intp inner, int width) except -1:
    """Adds the middle axis of x, of shape (outer, n, inner), to out, of shape (outer, inner)."""
    cdef Sum a
    cdef char* parts
    cdef npy_intp whole = n // PART
    a.x, a.out, a.n, a.inner, a.width, a.sums = x, out, n, inner, width, sums_of(width)
    a.columns = inner
    if outer * inner == 1 and n >= LONG:
        # One long sum is that of its parts, of one length whatever the number of threads.
        parts = <char*> calloc(whole + 1, width)
        if parts == NULL:
            raise AllocationError("no memory for the parts of a sum")
        try:
            a.out, a.n = parts, PART
            share_rows(add_some, &a, whole, PART)
            a.x, a.out, a.n = x + whole * PART * width, parts + whole * width, n - whole * PART
            add_some(&a, 0, 1)
            a.x, a.out, a.n = parts, out, whole + 1
            add_some(&a, 0, 1)
        finally:
            free(parts)
        return 0
    if outer < 16 and outer * n * inner >= LONG:
        a.columns = min(inner, COLUMNS)      # an element is summed in one order, whoever does it
    return share_rows(add_some, &a, outer * ((inner + a.columns - 1) // a.columns), n * a.columns)


cdef ndarray sum_by_numpy(ndarray x, axes_t axes, int ndim, npy_intp* dims):
    """Other dtypes, layouts and orders of axes."""
    cdef int axis
    token = silence()
    try:
        out = add_reduce(x, tuple([axis for axis in range(PyArray_NDIM(x)) if axes >> axis & 1]), x.dtype)
    finally:
        restore(token)
    return numpy.asarray(out).reshape(tuple([dims[axis] for axis in range(ndim)]))


@cython.cdivision(True)              # over 0 is nan, in a debug build too
cdef ndarray divide(ndarray x, npy_intp n):
    """x over a number, in place where x is a contiguous array of floats (it must be new); integers become floats."""
    cdef npy_intp k
    cdef int t = PyArray_TYPE(x)
    cdef float* f = <float*> PyArray_DATA(x)
    cdef double* d = <double*> PyArray_DATA(x)
    if (t != NPY_FLOAT32 and t != NPY_FLOAT64) or not PyArray_IS_C_CONTIGUOUS(x):
        if t == NPY_FLOAT16:         # which cannot hold every n
            return numpy.asarray(numpy.true_divide(x, n, dtype=numpy.float32)).astype(numpy.float16)
        return numpy.asarray(numpy.true_divide(x, n))
    for k in range(PyArray_SIZE(x)):
        if t == NPY_FLOAT32:
            f[k] /= <float> n
        else:
            d[k] /= <double> n
    return x


def total(ndarray x, axis=None, keepdims=False, bint mean=False):
    """Sum over axes in the dtype of x, or the mean: `axis` is None (all), an int or a tuple or list of them.

    Raises what numpy.sum raises for other axes.
    """
    cdef axes_t axes
    cdef npy_intp dims[64]
    cdef npy_intp n = 1
    cdef int k, ndim = 0
    cdef bint keep = keepdims
    cdef ndarray out
    if not axes_from(axis, PyArray_NDIM(x), &axes):
        if PyArray_NDIM(x) or axis not in (0, -1):
            # NumPy's business: it raises, or takes an axis in an array, or more axes than fit a word.
            out = numpy.asarray(add_reduce(x, tuple(axis) if isinstance(axis, list) else axis, x.dtype, None, keep))
            return divide(out, PyArray_SIZE(x) // PyArray_SIZE(out)) if mean and PyArray_SIZE(out) else out
        axes = 0
    for k in range(PyArray_NDIM(x)):
        if not axes >> k & 1:
            dims[ndim] = PyArray_DIM(x, k)
            ndim += 1
            continue
        n *= PyArray_DIM(x, k)
        if keep:
            dims[ndim] = 1
            ndim += 1
    out = sum_over(x, axes, ndim, dims)
    return divide(out, n) if mean else out


def length(ndarray x, axis=None, keepdims=False):
    """Square root of the sum of squares over axes, given as for `total`; x holds floats."""
    cdef int t = PyArray_TYPE(x), which = t == NPY_FLOAT64, width = itemsize_of(t)
    cdef ndarray squares, out
    cdef npy_intp n = PyArray_SIZE(x)
    cdef char* args[3]
    cdef npy_intp steps[3]
    if (t != NPY_FLOAT32 and t != NPY_FLOAT64) or not PyArray_IS_C_CONTIGUOUS(x):
        token = silence()
        try:
            return numpy.asarray(numpy.sqrt(total(numpy.asarray(x * x), axis, keepdims)))
        finally:
            restore(token)
    squares = empty(PyArray_NDIM(x), PyArray_DIMS(x), t)
    args[0] = args[1] = <char*> PyArray_DATA(x)
    args[2] = <char*> PyArray_DATA(squares)
    steps[0] = steps[1] = steps[2] = width
    if n:
        multipliers[which].fn(args, &n, steps, multipliers[which].data)
    out = total(squares, axis, keepdims)
    args[0] = args[1] = <char*> PyArray_DATA(out)
    n = PyArray_SIZE(out)
    if n:
        roots[which].fn(args, &n, steps, roots[which].data)
    return out


cdef double[2] shortest        # of float32 and float64: lengths below which squares lose digits to underflow
for _k, _type in enumerate((numpy.float32, numpy.float64)):
    shortest[_k] = numpy.sqrt(numpy.finfo(_type).tiny / numpy.finfo(_type).eps)


def within_range(ndarray y):
    """Whether no square left the range of the dtype on the way to any of the lengths that `length` gave."""
    cdef npy_intp k
    cdef float* f = <float*> PyArray_DATA(y)
    cdef double* d = <double*> PyArray_DATA(y)
    cdef bint double_precision = PyArray_TYPE(y) == NPY_FLOAT64
    if not PyArray_IS_C_CONTIGUOUS(y):
        y = numpy.ascontiguousarray(y)
        return within_range(y)
    for k in range(PyArray_SIZE(y)):
        if not shortest[double_precision] < (d[k] if double_precision else f[k]) < INFINITY:
            return False
    return True
