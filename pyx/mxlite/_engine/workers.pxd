from numpy cimport npy_intp
from mxlite._engine.loops cimport Loop

cdef enum:
    LONG = 1 << 17       # elements from which a loop is shared out, and runs without the interpreter's lock

# Work on the elements (or rows) from `first` to before `last`; 0, or -1 when there is no memory.
ctypedef int (*Task)(void* context, npy_intp first, npy_intp last) noexcept nogil

cdef int share_rows(Task task, void* context, npy_intp n, npy_intp width) except -1
cdef int run_long_loop(Loop* loop, int n_arrays, char** args, npy_intp n, npy_intp* steps) except -1

cdef inline int share_out(Task task, void* context, npy_intp n) except -1:
    """Runs a task over n elements, likewise."""
    return share_rows(task, context, n, 1)

cdef inline int run_loop(Loop* loop, int n_arrays, char** args, npy_intp n, npy_intp* steps) except -1:
    """One inner loop over n elements of n_arrays arrays, at most 4; the caller keeps their memory alive."""
    if n < LONG:
        loop.fn(args, &n, steps, loop.data)
        return 0
    return run_long_loop(loop, n_arrays, args, n, steps)
