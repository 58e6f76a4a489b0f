from numpy cimport npy_intp

# The signature of NumPy's inner loops: operand pointers, length, strides in bytes, the loop's own data.
ctypedef void (*loop_t)(char**, const npy_intp*, const npy_intp*, void*) noexcept nogil

cdef struct Loop:
    loop_t fn
    void* data

cdef enum:
    BOOL = 0       # NumPy's type number of bool
    TYPES = 24     # NumPy's built-in type numbers run from 0 to 23

cdef int find_loop(object ufunc, const int* inputs, int n_inputs, Loop* loop) noexcept
cdef bint copy_loop(int source, int target, Loop* loop) noexcept
