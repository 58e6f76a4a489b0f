"""Bags of rows: rows of an array that indices name, weighted and summed, and the two transposes of that.

Compiled because NumPy takes several passes per member of a bag. Arrays are C-contiguous and fit together, unchecked;
an index of -1 names nothing.
"""
cimport cython
from numpy cimport import_array, npy_intp

import_array()

ctypedef npy_intp size


cdef inline void add_scaled(cython.floating* total, cython.floating w, const cython.floating* row,
                            size channels) noexcept nogil:
    """total += w * row."""
    cdef size c
    for c in range(channels):
        total[c] += w * row[c]


def sums(const cython.floating[:, ::1] x, const cython.floating[:, ::1] weight, const npy_intp[:, ::1] index,
         cython.floating[:, ::1] out):
    """out[b] += sum over k of weight[b, k] * x[index[b, k]]."""
    cdef size b, k, channels = out.shape[1]
    if channels == 0 or x.shape[0] == 0:
        return
    with nogil:
        for b in range(index.shape[0]):
            for k in range(index.shape[1]):
                if index[b, k] >= 0:
                    add_scaled(&out[b, 0], weight[b, k], &x[index[b, k], 0], channels)


def spread(const cython.floating[:, ::1] h, const cython.floating[:, ::1] weight, const npy_intp[:, ::1] index,
           cython.floating[:, ::1] out):
    """out[index[b, k]] += weight[b, k] * h[b]."""
    cdef size b, k, channels = out.shape[1]
    if channels == 0 or out.shape[0] == 0:
        return
    with nogil:
        for b in range(index.shape[0]):
            for k in range(index.shape[1]):
                if index[b, k] >= 0:
                    add_scaled(&out[index[b, k], 0], weight[b, k], &h[b, 0], channels)


def products(const cython.floating[:, ::1] h, const cython.floating[:, ::1] x, const npy_intp[:, ::1] index,
             cython.floating[:, ::1] out):
    """out[b, k] = sum over channels of h[b] * x[index[b, k]], 0 for what is not named."""
    cdef size b, k, c, channels = h.shape[1]
    cdef cython.floating sum
    cdef const cython.floating* row
    cdef const cython.floating* other
    with nogil:
        for b in range(index.shape[0]):
            for k in range(index.shape[1]):
                sum = 0
                if index[b, k] >= 0 and channels:
                    row = &h[b, 0]
                    other = &x[index[b, k], 0]
                    for c in range(channels):
                        sum += row[c] * other[c]
                out[b, k] = sum
