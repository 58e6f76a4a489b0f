from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array

cdef object call(Op op, list values)
cdef Array wrap(object raw, object cls)
