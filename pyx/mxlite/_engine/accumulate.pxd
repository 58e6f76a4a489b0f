from numpy cimport ndarray
from mxlite._engine.tape cimport Leaf, Node

# What one sweep knows of a leaf that another sweep holds.
cdef class Private:
    cdef ndarray grad
    cdef bint reached

cdef int deliver(Node parent, ndarray g, bint owned) except -1
cdef int reach(Node parent) except -1
cdef int check_held(Node n) except -1
cdef int add_into(ndarray target, ndarray g) except -1
cdef bint has_shape(ndarray x, tuple shape) except -1
cdef ndarray fit(ndarray g, tuple shape, int typenum)
cdef tuple shape_of(ndarray x)
cdef ndarray gathering(Node parent, tuple shape, int typenum)
cdef int store(Leaf leaf, object g, bint owned) except -1
cdef int store_aside(Leaf leaf, object g) except -1
