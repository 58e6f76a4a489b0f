cimport cython
from mxlite._engine.call_node cimport Several

@cython.no_gc
cdef class Custom(Several):
    cdef object function         # the user's autograd.Function
    cdef tuple parents, in_specs, versions
    cdef tuple saved_outputs     # (number, array) of saved tensors that are outputs
    cdef object cls              # the array class of the outputs
    cdef tuple run(self, tuple heads)
