"""Normalisation to mean 0 and variance 1, group by group: a group stays in the cache through the passes over it.

Compiled because NumPy takes every pass over the whole array. Arrays have the shape (outer, groups, inner): a group is
what has one index in the middle. They are C-contiguous, of one dtype, float32 or float64, and fit together, unchecked.
Groups are shared out among threads.
"""
cimport cython
from libc.math cimport sqrt
from numpy cimport import_array, ndarray, npy_intp, PyArray_DATA, PyArray_TYPE, NPY_FLOAT64
from mxlite._engine.workers cimport share_rows

import_array()

cdef enum:
    LANES = 16
    RUN = 512                # elements that are summed in their own dtype; their sums are added in float64

cdef struct Groups:
    npy_intp outer, groups, inner
    bint wide
    double eps
    void* x
    void* y
    void* mean               # one number per group, as the following
    void* inverse
    void* g_mean
    void* g_inverse
    void* out


cdef inline double sum_of(const cython.floating* x, const cython.floating* y, cython.floating less, npy_intp n,
                          bint product) noexcept nogil:
    """The sum of x - less, or (`product`) of (x - less) times (y - less)."""
    cdef double total = 0
    cdef cython.floating lanes[LANES]
    cdef npy_intp k = 0, end
    cdef int j
    while k < n:
        end = min(n, k + RUN)
        for j in range(LANES):
            lanes[j] = 0
        if product:
            while k + LANES <= end:
                for j in range(LANES):
                    lanes[j] += (x[k + j] - less) * (y[k + j] - less)
                k += LANES
            while k < end:
                lanes[0] += (x[k] - less) * (y[k] - less)
                k += 1
        else:
            while k + LANES <= end:
                for j in range(LANES):
                    lanes[j] += x[k + j] - less
                k += LANES
            while k < end:
                lanes[0] += x[k] - less
                k += 1
        for j in range(LANES):
            total += lanes[j]
    return total


cdef void forward(Groups* a, npy_intp group, cython.floating* x, cython.floating* y) noexcept nogil:
    cdef double total = 0, n = a.outer * a.inner
    cdef npy_intp o, k, at
    cdef cython.floating mean, inverse
    for o in range(a.outer):
        total += sum_of[cython.floating](x + (o * a.groups + group) * a.inner, NULL, 0, a.inner, False)
    mean = <cython.floating> (total / n)
    total = 0
    for o in range(a.outer):
        at = (o * a.groups + group) * a.inner
        total += sum_of[cython.floating](x + at, x + at, mean, a.inner, True)
    inverse = <cython.floating> (1 / sqrt(total / n + a.eps))
    (<cython.floating*> a.mean)[group] = mean
    (<cython.floating*> a.inverse)[group] = inverse
    for o in range(a.outer):
        at = (o * a.groups + group) * a.inner
        for k in range(at, at + a.inner):
            y[k] = (x[k] - mean) * inverse


cdef void backward(Groups* a, npy_intp group, cython.floating* g, cython.floating* y) noexcept nogil:
    """With x for the cotangent of y."""
    cdef double total = 0, product = 0, n = a.outer * a.inner
    cdef npy_intp o, k, at
    cdef cython.floating mean, slope, shift, inverse = (<cython.floating*> a.inverse)[group]
    cdef cython.floating* out = <cython.floating*> a.out
    for o in range(a.outer):
        at = (o * a.groups + group) * a.inner
        total += sum_of[cython.floating](g + at, NULL, 0, a.inner, False)
        product += sum_of[cython.floating](g + at, y + at, 0, a.inner, True)
    mean = <cython.floating> (total / n)
    slope = <cython.floating> ((product + (<cython.floating*> a.g_inverse)[group] * inverse) / n)
    shift = <cython.floating> ((<cython.floating*> a.g_mean)[group] / n)
    for o in range(a.outer):
        at = (o * a.groups + group) * a.inner
        for k in range(at, at + a.inner):
            out[k] = inverse * (g[k] - mean - y[k] * slope) + shift


cdef int some_groups(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """Groups first to last - 1, forward or, if there is a place for it, backward."""
    cdef Groups* a = <Groups*> context
    cdef npy_intp group
    for group in range(first, last):
        if a.wide and a.out == NULL:
            forward[double](a, group, <double*> a.x, <double*> a.y)
        elif a.wide:
            backward[double](a, group, <double*> a.x, <double*> a.y)
        elif a.out == NULL:
            forward[float](a, group, <float*> a.x, <float*> a.y)
        else:
            backward[float](a, group, <float*> a.x, <float*> a.y)
    return 0


def standardize(ndarray x, tuple shape, double eps, ndarray y, ndarray mean, ndarray inverse):
    """Fills y with (x - mean) * inverse, and mean and inverse = 1 / sqrt(variance + eps), one number per group."""
    cdef Groups a
    a.outer, a.groups, a.inner = shape
    a.wide, a.eps, a.out = PyArray_TYPE(x) == NPY_FLOAT64, eps, NULL
    a.x, a.y = PyArray_DATA(x), PyArray_DATA(y)
    a.mean, a.inverse = PyArray_DATA(mean), PyArray_DATA(inverse)
    share_rows(some_groups, &a, a.groups, a.outer * a.inner)


def standardize_pulled(ndarray g, ndarray g_mean, ndarray g_inverse, ndarray y, ndarray inverse, tuple shape,
                       ndarray out):
    """Fills `out` with the cotangent of x from those of y, of the mean and of the inverse."""
    cdef Groups a
    a.outer, a.groups, a.inner = shape
    a.wide, a.eps, a.out = PyArray_TYPE(y) == NPY_FLOAT64, 0, PyArray_DATA(out)
    a.x, a.y = PyArray_DATA(g), PyArray_DATA(y)
    a.mean, a.inverse = NULL, PyArray_DATA(inverse)
    a.g_mean, a.g_inverse = PyArray_DATA(g_mean), PyArray_DATA(g_inverse)
    share_rows(some_groups, &a, a.groups, a.outer * a.inner)
