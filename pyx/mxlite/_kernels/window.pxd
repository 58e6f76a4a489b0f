cimport cython
from numpy cimport npy_intp

# One axis of space: its length, the number of places of the window along it, and the window's shape, step, spacing and
# padding.
cdef struct Axis:
    npy_intp length, places, window, stride, dilate, pad

cdef Axis axis_of(npy_intp length, int k, kernel, places, stride, dilate, pad) except *

cdef void walk(cython.floating* images, cython.floating* cols, npy_intp batch, npy_intp channels, Axis* d, Axis* h,
               Axis* w, bint back) noexcept nogil
