from numpy cimport ndarray, npy_intp
from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array

cdef ndarray memory_for(Op op, object operands, int ndim, npy_intp* dims, int typenum)
cdef Array unary(Op op, Array a)
cdef Array binary(Op op, Array a, Array b)
cdef Array with_scalar(Op op, Array a, double scalar, bint is_float, int slot)
cdef Array postponed(Op op, object cls, object first, object second, object third)
cdef bint same_layout(ndarray x, ndarray y) noexcept
