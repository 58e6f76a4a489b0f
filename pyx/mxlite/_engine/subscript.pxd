from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array

cdef object selected(Op getitem, Array a, object key)
cdef bint assigned(Array a, object key, object value) except -1
