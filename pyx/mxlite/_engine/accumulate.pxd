from numpy cimport ndarray
from mxlite._engine.tape cimport Node

cdef int deliver(Node parent, ndarray g, bint owned) except -1
cdef int add_into(ndarray target, ndarray g) except -1
cdef ndarray fit(ndarray g, tuple shape, int typenum)
cdef tuple shape_of(ndarray x)
