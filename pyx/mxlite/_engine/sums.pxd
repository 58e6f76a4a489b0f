from numpy cimport ndarray, npy_intp

ctypedef unsigned long long axes_t          # bit k: axis k is among them

cdef extern from "mxlite/_engine/sums.h" nogil:
    ctypedef struct Sums "mxlite_sums":
        void (*rows)(const void* x, npy_intp n, npy_intp length, void* results) noexcept nogil
        void (*columns)(const void* x, npy_intp n, npy_intp length, npy_intp apart, void* result) noexcept nogil
    const Sums* sums_of "mxlite_sums_of"(int width)

cdef bint axes_from(object axis, int ndim, axes_t* axes) except -1
cdef ndarray sum_over(ndarray x, axes_t axes, int ndim, npy_intp* dims)
cdef ndarray divide(ndarray x, npy_intp n)
