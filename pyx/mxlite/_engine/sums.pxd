from numpy cimport ndarray, npy_intp

ctypedef unsigned long long axes_t          # bit k: axis k is among them

cdef bint axes_from(object axis, int ndim, axes_t* axes) except -1
cdef ndarray sum_over(ndarray x, axes_t axes, int ndim, npy_intp* dims)
cdef ndarray divide(ndarray x, npy_intp n)
