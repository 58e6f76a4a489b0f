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
