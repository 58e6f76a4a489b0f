"""Scatter: adding rows to the places an index names. Compiled because numpy.add.at walks one element at a time."""
cimport cython
from numpy cimport import_array, npy_intp

import_array()


def add_rows(cython.floating[:, ::1] out, const npy_intp[::1] index, const cython.floating[:, ::1] rows):
    """Adds rows[k] to out[index[k]] for every k, in order.

    Indices lie in -len(out) ... len(out) - 1, unchecked.
    """
    cdef npy_intp k, j, row, n = index.shape[0], width = out.shape[1], length = out.shape[0]
    cdef cython.floating* target
    cdef const cython.floating* source
    if width == 0 or n == 0:
        return
    with nogil:
        for k in range(n):
            row = index[k]
            if row < 0:
                row += length
            target = &out[row, 0]
            source = &rows[k, 0]
            for j in range(width):
                target[j] += source[j]
