from numpy cimport ndarray
from mxlite._engine.batch cimport Batch
from mxlite._engine.tape cimport Node

cdef class Cotangents:
    cdef Batch batch
    cdef int typenum
    cdef ndarray like               # an array of the common shape
    cdef list pendings
    cdef int flush(self) except -1
    cdef int abandon(self) except -1
    cdef ndarray as_array(self, int value)

cdef class Pending:
    cdef Cotangents batch
    cdef int value
    cdef Node owner
    cdef bint live                  # some node still waits for it
    cdef ndarray array              # once computed

cdef bint large(Node n) noexcept
cdef Cotangents absorb(Cotangents batch, Node n, bint keep)
