from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array

cdef enum:
    ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER, NEGATIVE, ABSOLUTE
    EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, GETITEM

cdef Op sign(int which)
cdef object arithmetic(int which, Array a, object other, int place)
cdef object inplace(int which, Array a, object other)
cdef int guard_inplace(Array a, object value, str name) except -1
