from numpy cimport ndarray
from mxlite._engine.tape cimport Array

cdef Array make(object cls, ndarray data)
cdef Array alias(Array a, object cls)
cdef object np_class()
cdef object nd_class()
