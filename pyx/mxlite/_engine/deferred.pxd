from mxlite._engine.batch cimport Batch
from mxlite._engine.loops cimport Loop
from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array, Deferred, Reader, Version
from numpy cimport ndarray, npy_intp

cdef enum:
    MANY = 16384        # elements from which elementwise results are deferred
    MOST_STEPS = 48     # steps that one result may take
    MOST_ARRAYS = 6     # arrays in memory that one result may be computed from

cdef class Elementwise(Deferred):
    cdef Op op
    cdef int typenum                # the dtype of the computation
    cdef int out_typenum
    cdef object x0, x1, x2          # operands: Elementwise, an ndarray, or None for a number
    cdef double numbers[3]
    cdef Version v0, v1, v2         # of the operands' memory; each lists this computation among its readers
    cdef Reader readers[3]
    cdef int steps                  # at most so many compute the values
    cdef bint costly
    cdef int inner                  # users within the batch at hand
    cdef bint passed                # was computed once already on the way to something else
    cdef int n_arrays
    cdef void* arrays[MOST_ARRAYS]
    cdef object operand(self, int k)
    cdef int forget(self) except -1

cdef Array defer(Op op, object cls, object first, object second, object third)
cdef Elementwise waiting(Array a)
cdef int value_of(Batch batch, object x) except -1
cdef int store_passed(Batch batch, list stored) except -1
cdef int settle_stored(list stored) except -1
cdef int write_into(Loop* loop, ndarray target, Elementwise d) except -1
