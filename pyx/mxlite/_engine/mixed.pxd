from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array

cdef Array elementwise(Op op, tuple operands)
