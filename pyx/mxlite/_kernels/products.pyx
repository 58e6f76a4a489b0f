"""Matrix products through BLAS, without copies of transposed operands.

Compiled because numpy.matmul takes longer to find its loop, which is used here, than small matrices take to be
multiplied.
"""
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIM, PyArray_ISALIGNED, PyArray_NDIM, PyArray_STRIDE,
    PyArray_Transpose, PyArray_TYPE, NPY_FLOAT32, NPY_FLOAT64,
)
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.storage cimport empty, itemsize_of
import numpy

from mxlite._errors import ShapeError

import_array()

cdef extern from "numpy/arrayobject.h":
    ctypedef struct PyArrayObject:
        pass
    object PyArray_MatrixProduct2(object a, object b, PyArrayObject* out)

cdef enum:
    LONG = 30000         # multiplications from which the interpreter's lock is given back

# The loops of numpy.matmul for float32 and float64.
cdef Loop loops[2]
cdef int _types[2]
cdef int _k
for _k in range(2):
    _types[0] = _types[1] = NPY_FLOAT64 if _k else NPY_FLOAT32
    find_loop(numpy.matmul, _types, 2, &loops[_k])


cdef void product(bint wide, char* a, npy_intp a_row, npy_intp a_column, char* b, npy_intp b_row, npy_intp b_column,
                  char* out, npy_intp m, npy_intp k, npy_intp n) noexcept nogil:
    """out = a @ b in float32 or (`wide`) float64, a of shape (m, k) and b of shape (k, n) with strides in bytes, of
    which one is that of neighbours; out is contiguous."""
    cdef npy_intp dims[4]
    cdef npy_intp steps[9]
    cdef char* args[3]
    args[0], args[1], args[2] = a, b, out
    dims[0], dims[1], dims[2], dims[3] = 1, m, k, n
    steps[0] = steps[1] = steps[2] = 0
    steps[3], steps[4], steps[5], steps[6] = a_row, a_column, b_row, b_column
    steps[8] = 8 if wide else 4
    steps[7] = n * steps[8]
    loops[wide].fn(args, dims, steps, loops[wide].data)


cdef inline ndarray turned(ndarray x):
    return PyArray_Transpose(x, NULL)


cdef inline bint apart(npy_intp stride, npy_intp length, int width) noexcept:
    """Whether rows of `length` neighbours may lie this far apart for BLAS."""
    return stride >= length * width and stride % width == 0


cdef bint takes(ndarray x) noexcept:
    """Whether BLAS takes a matrix as it lies."""
    cdef int width = itemsize_of(PyArray_TYPE(x))
    cdef npy_intp row = PyArray_STRIDE(x, 0), column = PyArray_STRIDE(x, 1)
    return PyArray_ISALIGNED(x) and ((column == width and apart(row, PyArray_DIM(x, 1), width))
                                     or (row == width and apart(column, PyArray_DIM(x, 0), width)))


cdef int multiply(ndarray a, ndarray b, ndarray out) except -1:
    """out = a @ b for matrices of one dtype that fit together."""
    cdef npy_intp m = PyArray_DIM(a, 0), k = PyArray_DIM(a, 1), n = PyArray_DIM(b, 1)
    cdef npy_intp ar, ac, br, bc
    cdef char* x = <char*> PyArray_DATA(a)
    cdef char* y = <char*> PyArray_DATA(b)
    cdef char* z = <char*> PyArray_DATA(out)
    cdef int t = PyArray_TYPE(a)
    if (t != NPY_FLOAT32 and t != NPY_FLOAT64) or not takes(a) or not takes(b) or m * k * n == 0:
        PyArray_MatrixProduct2(a, b, <PyArrayObject*> out)
        return 0
    ar, ac = PyArray_STRIDE(a, 0), PyArray_STRIDE(a, 1)
    br, bc = PyArray_STRIDE(b, 0), PyArray_STRIDE(b, 1)
    if m * k * n < LONG:
        product(t == NPY_FLOAT64, x, ar, ac, y, br, bc, z, m, k, n)
    else:
        with nogil:
            product(t == NPY_FLOAT64, x, ar, ac, y, br, bc, z, m, k, n)
    return 0


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
    multiply(a, b, out)
    return out


def rows_multiplied(ndarray a, ndarray b, bint transpose_b=False):
    """The rows of a, along its last axis, times a matrix, which is transposed first if asked: one product for all.

    Raises ShapeError when the shapes do not fit, or the dtypes differ.
    """
    cdef npy_intp dims[64]
    cdef npy_intp rows = 1
    cdef int k, last = PyArray_NDIM(a) - 1
    cdef ndarray out
    if last < 0 or PyArray_NDIM(b) != 2 or PyArray_TYPE(a) != PyArray_TYPE(b):
        raise ShapeError("rows and a matrix of one dtype are needed")
    if transpose_b:
        b = turned(b)
    if PyArray_DIM(a, last) != PyArray_DIM(b, 0):
        raise ShapeError(
            f"rows of length {PyArray_DIM(a, last)} and a matrix of shape {(<object> b).shape} have no product")
    for k in range(last):
        dims[k] = PyArray_DIM(a, k)
        rows *= dims[k]
    dims[last] = PyArray_DIM(b, 1)
    out = empty(last + 1, dims, PyArray_TYPE(a))
    if last == 1:
        multiply(a, b, out)
    else:
        multiply(a.reshape((rows, PyArray_DIM(a, last))), b, out.reshape((rows, dims[last])))
    return out
