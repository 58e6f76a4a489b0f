from numpy cimport ndarray, npy_intp
from mxlite._engine.program cimport Frame, Resolved

cdef bint sum_blocks(Resolved* r, Frame* frame, ndarray g, npy_intp* steps, npy_intp block, list shapes, list made,
                     int typenum) except -1
