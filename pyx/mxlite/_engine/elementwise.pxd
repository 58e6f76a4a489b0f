from numpy cimport ndarray
from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array

cdef Array unary(Op op, Array a)
cdef Array binary(Op op, Array a, Array b)
cdef Array with_scalar(Op op, Array a, double scalar, bint is_float, int slot)
cdef Array elementwise(Op op, tuple operands)
cdef bint same_layout(ndarray x, ndarray y) noexcept
