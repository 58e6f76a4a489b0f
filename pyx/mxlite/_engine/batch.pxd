from numpy cimport ndarray, npy_intp
from mxlite._engine.loops cimport Loop
from mxlite._engine.plan cimport Step, Value
from mxlite._engine.program cimport Program, Resolved
from mxlite._engine.tape cimport Version

cdef enum:
    MAX_STEPS = 384

cdef class Batch:
    cdef npy_intp n                 # elements
    cdef Step* steps
    cdef Value* values
    cdef int n_steps, n_values
    cdef int unit                   # the value that is the number 1, or -1
    cdef list held                  # what the values' memory belongs to
    cdef dict known                 # the value of each deferred computation that is part of the batch
    cdef list versions              # of memory that nobody may write before the batch has run
    cdef bint fits(self, int more_steps) noexcept
    cdef int memory(self, ndarray x) except -1
    cdef int scalar(self, double value, int typenum) except -1
    cdef int source(self, char* place, npy_intp step, int width, object owner) except -1
    cdef int known_step(self, Loop* loop, int n_inputs, int* inputs, bint commutative) noexcept
    cdef int emit(self, Loop* loop, int n_inputs, int* inputs, int width, bint commutative=*) except -1
    cdef int program(self, Program program, Resolved* r, int* at) except -1
    cdef int keep(self, int value, ndarray out) except -1
    cdef int hold(self, Version version) except -1
    cdef int let_go(self) except -1
    cdef int run(self) except -1
    cdef int clear(self) except -1
