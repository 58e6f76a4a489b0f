from numpy cimport npy_intp
from mxlite._engine.loops cimport Loop

cdef struct Step:
    Loop loop
    int n_inputs
    int inputs[3]          # values
    int output

cdef struct Value:
    char* base             # NULL for what is computed into scratch
    npy_intp step          # bytes; 0 for a number that every element shares
    int width              # bytes of an element
    bint source            # not computed by a step
    int last_use           # the last step that reads it
    int slot               # scratch while it lives, or -1
    bint passing           # at every strip in the same place: a number, or read within its chain alone

cdef int run_steps(Step* steps, int n_steps, Value* values, int n_values, npy_intp n) except -1
