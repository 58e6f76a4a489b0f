cpdef tuple plain_key(object key)
cdef tuple open_ended(tuple key, int ndim)
cdef bint names_all(tuple key, int ndim)
