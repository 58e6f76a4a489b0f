from numpy cimport ndarray, NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64, NPY_LONGDOUBLE
from mxlite._engine.op cimport Op

cdef bint is_number_type(int t) noexcept
cdef ndarray native(object x)
cdef int common_type(Op op, list arrays, list scalars, bint legacy) except -1
cdef ndarray wide_integer(Op op, tuple operands, object value, int t)
cdef double whole(Op op, tuple operands, object value, int t) except? -1

cdef inline bint is_float_type(int t) noexcept:
    return t == NPY_FLOAT32 or t == NPY_FLOAT64 or t == NPY_FLOAT16 or t == NPY_LONGDOUBLE
