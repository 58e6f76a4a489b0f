from mxlite._engine.op cimport Op
from mxlite._engine.pointwise cimport Pointwise
from mxlite._engine.tape cimport Array

cdef Pointwise record(Op op, int need, Array out, int typenum)
cdef int remember(Pointwise node, int k, Array a) except -1
cdef int remember_number(Pointwise node, int k, double value) noexcept
cdef Pointwise record_pair(Op op, Array a, Array b, Array out, int typenum, int out_typenum)
