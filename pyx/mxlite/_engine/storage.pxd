cimport cython
from cpython.object cimport PyObject
from numpy cimport ndarray, npy_intp

@cython.no_gc
cdef class Storage:
    cdef void* block
    cdef int size_class

cdef int itemsize_of(int typenum) noexcept nogil
cdef str type_code(int typenum)
cdef void* borrow(size_t nbytes) noexcept nogil
cdef void give_back(void* block, size_t nbytes) noexcept nogil
cdef ndarray empty(int ndim, npy_intp* dims, int typenum)
cdef ndarray empty_like(ndarray x)
cdef ndarray zeros_like(ndarray x)
cdef void shelve(PyObject* reference) noexcept
cdef ndarray repeated(int ndim, npy_intp* dims, int typenum, void* element)
cdef bint owns_memory(ndarray x) noexcept
