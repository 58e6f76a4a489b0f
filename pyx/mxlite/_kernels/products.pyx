"""Matrix products through BLAS, without copies of transposed operands.

Compiled because numpy.matmul takes longer to find its loop than small matrices take to be multiplied.
"""
from cpython.object cimport PyObject
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DIM, PyArray_NDIM, PyArray_TYPE, PyArray_Transpose,
)
from mxlite._engine.storage cimport empty
from mxlite._errors import ShapeError

import_array()

cdef extern from "numpy/arrayobject.h":
    object PyArray_MatrixProduct2(object a, object b, PyObject* out)


cdef inline ndarray turned(ndarray x):
    return PyArray_Transpose(x, NULL)


def multiplied(ndarray a, ndarray b, bint transpose_a=False, bint transpose_b=False):
    """Product of two matrices, each transposed first if asked, in their common dtype.

    Raises ShapeError when they have other than two axes or the shapes do not fit.
    """
    cdef npy_intp dims[2]
    cdef int t = PyArray_TYPE(a)
    cdef ndarray out
    if PyArray_NDIM(a) != 2 or PyArray_NDIM(b) != 2:
        raise ShapeError("two matrices are needed")
    if transpose_a:
        a = turned(a)
    if transpose_b:
        b = turned(b)
    if PyArray_DIM(a, 1) != PyArray_DIM(b, 0):
        raise ShapeError(f"matrices of shapes {(<object> a).shape} and {(<object> b).shape} have no product")
    dims[0], dims[1] = PyArray_DIM(a, 0), PyArray_DIM(b, 1)
    if PyArray_TYPE(b) != t:
        return PyArray_MatrixProduct2(a, b, NULL)
    out = empty(2, dims, t)
    return PyArray_MatrixProduct2(a, b, <PyObject*> out)


def rows_multiplied(ndarray a, ndarray b, bint transpose_b=False):
    """The rows of a, along its last axis, times a matrix, which is transposed first if asked: one product for all.

    Raises ValueError when the shapes do not fit, or the dtypes differ.
    """
    cdef npy_intp dims[64]
    cdef npy_intp rows = 1
    cdef int k, last = PyArray_NDIM(a) - 1
    cdef ndarray out
    if last < 0 or PyArray_NDIM(b) != 2 or PyArray_TYPE(a) != PyArray_TYPE(b):
        raise ValueError("rows and a matrix of one dtype are needed")
    if transpose_b:
        b = turned(b)
    if PyArray_DIM(a, last) != PyArray_DIM(b, 0):
        raise ValueError(
            f"rows of length {PyArray_DIM(a, last)} and a matrix of shape {(<object> b).shape} have no product")
    for k in range(last):
        dims[k] = PyArray_DIM(a, k)
        rows *= dims[k]
    dims[last] = PyArray_DIM(b, 1)
    out = empty(last + 1, dims, PyArray_TYPE(a))
    flat = out if last == 1 else out.reshape((rows, dims[last]))
    PyArray_MatrixProduct2(a if last == 1 else a.reshape((rows, PyArray_DIM(a, last))), b, <PyObject*> flat)
    return out
