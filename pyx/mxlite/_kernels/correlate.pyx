"""Correlations of images with kernels: columns of windows, multiplied through BLAS by NumPy's own inner loop.

Images are independent of each other, so that they are shared out among threads; each has a product of its own. Compiled
because NumPy would copy the products into place, and works on one image after the other.

Images are (batch, channels, three axes of space), `h` is what has one channel per filter: (batch, filters, places).
Arrays are C-contiguous, of one dtype, float32 or float64, and fit together, unchecked.
"""
from libc.string cimport memcpy, memset
from numpy cimport import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIM, PyArray_TYPE, NPY_FLOAT32, NPY_FLOAT64
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.storage cimport borrow, empty, give_back, itemsize_of
from mxlite._engine.workers cimport share_rows
from mxlite._kernels.products cimport product
from mxlite._kernels.window cimport Axis, axis_of, walk
import numpy

import_array()

cdef enum:
    TOGETHER = 1 << 17       # elements of columns whose products with one set of kernels are one product

cdef Loop adders[2]
cdef int _types[2]
cdef int _k
for _k in range(2):
    _types[0] = _types[1] = NPY_FLOAT64 if _k else NPY_FLOAT32
    find_loop(numpy.add, _types, 2, &adders[_k])

cdef struct Correlation:
    char* images
    char* kernels            # (filters, rows of a group), or one such array for each block of images
    char* h
    char* bias               # one number per filter, or NULL
    npy_intp batch, channels, filters, groups, rows, places, together
    npy_intp space           # elements of one channel
    Axis d, w, v             # the axes of space
    bint wide, plain         # float64; columns are the images themselves
    int width


cdef inline void multiply(Correlation* c, char* a, npy_intp a_row, npy_intp a_column, char* b, npy_intp b_row,
                          npy_intp b_column, char* out, npy_intp m, npy_intp k, npy_intp n) noexcept nogil:
    """out = a @ b, strides given in elements."""
    product(c.wide, a, a_row * c.width, a_column * c.width, b, b_row * c.width, b_column * c.width, out, m, k, n)


cdef inline void columns(Correlation* c, npy_intp first, npy_intp batch, char* cols, bint back) noexcept nogil:
    """The columns of images from `first` on, or (`back`) what is added to those images of columns."""
    cdef char* x = c.images + first * c.channels * c.space * c.width
    if c.wide:
        walk(<double*> x, <double*> cols, batch, c.channels, &c.d, &c.w, &c.v, back)
    else:
        walk(<float*> x, <float*> cols, batch, c.channels, &c.d, &c.w, &c.v, back)


cdef void add_bias(Correlation* c, char* h) noexcept nogil:
    """Adds a filter's number to its places."""
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef npy_intp f
    steps[0] = steps[2] = c.width
    steps[1] = 0
    for f in range(c.filters):
        args[0] = args[2] = h + f * c.places * c.width
        args[1] = c.bias + f * c.width
        adders[c.wide].fn(args, &c.places, steps, adders[c.wide].data)


cdef int to_h(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """h of images first to last - 1."""
    cdef Correlation* c = <Correlation*> context
    cdef npy_intp n, g, in_group = c.filters // c.groups, rows = c.rows // c.groups
    cdef size_t nbytes = c.rows * c.places * c.width
    cdef char* cols = NULL if c.plain else <char*> borrow(nbytes)
    cdef char* at
    cdef char* h
    if cols == NULL and not c.plain:
        return -1
    for n in range(first, last):
        at, h = cols, c.h + n * c.filters * c.places * c.width
        if c.plain:
            at = c.images + n * c.channels * c.space * c.width
        else:
            columns(c, n, 1, cols, False)
        for g in range(c.groups):
            multiply(c, c.kernels + g * in_group * rows * c.width, rows, 1,
                     at + g * rows * c.places * c.width, c.places, 1,
                     h + g * in_group * c.places * c.width, in_group, rows, c.places)
        if c.bias != NULL:
            add_bias(c, h)
    give_back(cols, nbytes)
    return 0


cdef int to_images(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """Images first to last - 1, from h."""
    cdef Correlation* c = <Correlation*> context
    cdef npy_intp n, g, in_group = c.filters // c.groups, rows = c.rows // c.groups
    cdef size_t nbytes = c.rows * c.places * c.width
    cdef char* cols = NULL if c.plain else <char*> borrow(nbytes)
    cdef char* at
    cdef char* h
    if cols == NULL and not c.plain:
        return -1
    for n in range(first, last):
        at, h = cols, c.h + n * c.filters * c.places * c.width
        if c.plain:
            at = c.images + n * c.channels * c.space * c.width
        for g in range(c.groups):
            multiply(c, c.kernels + g * in_group * rows * c.width, 1, rows, h + g * in_group * c.places * c.width,
                     c.places, 1, at + g * rows * c.places * c.width, rows, in_group, c.places)
        if not c.plain:
            memset(c.images + n * c.channels * c.space * c.width, 0, c.channels * c.space * c.width)
            columns(c, n, 1, cols, True)
    give_back(cols, nbytes)
    return 0


cdef int to_kernels(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """Kernels from blocks first to last - 1 of `together` images and their h, one product for each group of a block."""
    cdef Correlation* c = <Correlation*> context
    cdef npy_intp block, n, m, g, f, in_group = c.filters // c.groups, rows = c.rows // c.groups
    cdef size_t nbytes = (c.rows + c.filters) * c.together * c.places * c.width
    cdef char* cols = <char*> borrow(nbytes)
    cdef char* turned                # h with the filters in front
    cdef char* out
    if cols == NULL:
        return -1
    turned = cols + c.rows * c.together * c.places * c.width
    for block in range(first, last):
        n = block * c.together
        m = min(c.together, c.batch - n)
        columns(c, n, m, cols, False)
        for f in range(c.filters):
            for g in range(m):
                memcpy(turned + (f * m + g) * c.places * c.width, c.h + ((n + g) * c.filters + f) * c.places * c.width,
                       c.places * c.width)
        out = c.kernels + block * c.filters * rows * c.width
        for g in range(c.groups):
            multiply(c, turned + g * in_group * m * c.places * c.width, m * c.places, 1,
                     cols + g * rows * m * c.places * c.width, 1, m * c.places,
                     out + g * in_group * rows * c.width, in_group, m * c.places, rows)
    give_back(cols, nbytes)
    return 0


cdef Correlation correlation_of(ndarray images, ndarray h, npy_intp groups, window) except *:
    """A correlation without its kernels; `window` is (kernel, stride, dilate, pad), three numbers each."""
    cdef Correlation c
    kernel, stride, dilate, pad = window
    shape = (<object> images).shape
    places = (<object> h).shape[2:]
    c.batch, c.channels, c.groups, c.filters = shape[0], shape[1], groups, PyArray_DIM(h, 1)
    c.images, c.h, c.bias = <char*> PyArray_DATA(images), <char*> PyArray_DATA(h), NULL
    c.d = axis_of(shape[2], 0, kernel, places, stride, dilate, pad)
    c.w = axis_of(shape[3], 1, kernel, places, stride, dilate, pad)
    c.v = axis_of(shape[4], 2, kernel, places, stride, dilate, pad)
    c.space = c.d.length * c.w.length * c.v.length
    c.places = c.d.places * c.w.places * c.v.places
    c.rows = c.channels * c.d.window * c.w.window * c.v.window
    c.wide = PyArray_TYPE(images) == NPY_FLOAT64
    c.width = itemsize_of(PyArray_TYPE(images))
    c.plain = c.rows == c.channels and c.places == c.space and tuple(pad) == (0, 0, 0)
    c.together = max(1, min(c.batch, TOGETHER // max(1, c.rows * c.places)))
    return c


def room(tuple shape, ndarray like):
    """An uninitialised array of a shape, of the dtype of another."""
    cdef npy_intp dims[64]
    cdef int k
    for k in range(len(shape)):
        dims[k] = shape[k]
    return empty(len(shape), dims, PyArray_TYPE(like))


def forward(ndarray images, ndarray kernels, ndarray h, groups, window, ndarray bias=None):
    """h[n, f, place] = sum over c and the window of images[n, c, ...] kernels[f, c, ...], plus bias[f]."""
    cdef Correlation c = correlation_of(images, h, groups, window)
    c.kernels = <char*> PyArray_DATA(kernels)
    if bias is not None:
        c.bias = <char*> PyArray_DATA(bias)
    if c.batch * c.filters * c.places == 0:
        return
    share_rows(to_h, &c, c.batch, c.rows * c.places)


def backward(ndarray images, ndarray kernels, ndarray h, groups, window):
    """Fills the images with every element of h times its kernel, added up: the transpose of `forward`."""
    cdef Correlation c = correlation_of(images, h, groups, window)
    c.kernels = <char*> PyArray_DATA(kernels)
    if c.batch * c.channels * c.space == 0:
        return
    if c.filters * c.places == 0:
        memset(c.images, 0, c.batch * c.channels * c.space * c.width)
        return
    share_rows(to_images, &c, c.batch, c.rows * c.places)


def backward_kernels(ndarray images, ndarray h, groups, window):
    """Windows of the images times elements of h, added up: blocks of kernels (blocks, filters, channels of a group
    times window), whose sum is the cotangent of the kernels. The blocks do not depend on the number of threads."""
    cdef Correlation c = correlation_of(images, h, groups, window)
    cdef npy_intp dims[3]
    cdef ndarray out
    dims[0], dims[1], dims[2] = (c.batch + c.together - 1) // c.together, c.filters, c.rows // c.groups
    out = empty(3, dims, PyArray_TYPE(images))
    c.kernels = <char*> PyArray_DATA(out)
    if c.places == 0:
        memset(c.kernels, 0, dims[0] * dims[1] * dims[2] * c.width)
    elif dims[0] * dims[1] * dims[2]:
        share_rows(to_kernels, &c, dims[0], c.rows * c.places * c.together)
    return out
