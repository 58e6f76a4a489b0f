from numpy cimport ndarray, npy_intp
from mxlite._engine.loops cimport Loop
from mxlite._engine.tape cimport Node

cdef struct Step:
    Loop loop
    int n_inputs
    int inputs[3]          # values
    int output

cdef struct Value:
    char* base             # NULL for what is computed
    npy_intp step          # bytes; 0 for a number that every element shares
    bint is_bool
    int last_use           # the last step that reads it
    int slot               # scratch block while it lives, or -1

cdef class Batch:
    cdef npy_intp n
    cdef int typenum, itemsize
    cdef ndarray like               # an array of the common shape
    cdef Step* steps
    cdef Value* values
    cdef int n_steps, n_values
    cdef list held                  # what the values' memory belongs to
    cdef list pendings
    cdef int memory(self, ndarray x) except -1
    cdef int number(self, char* place, object owner) except -1
    cdef int emit(self, Loop* loop, int n_inputs, int* inputs, bint is_bool) except -1
    cdef int flush(self) except -1
    cdef ndarray as_array(self, int value)

cdef class Pending:
    cdef Batch batch
    cdef int value
    cdef Node owner
    cdef bint live                  # some node still waits for it
    cdef ndarray array              # once computed

cdef bint large(Node n) noexcept
cdef Batch absorb(Batch batch, Node n, bint keep)
