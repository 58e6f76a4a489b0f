"""The choice among boxes that overlap.

Compiled because every choice depends on those before it. Arrays are C-contiguous and fit together, unchecked.
"""
cimport cython
from numpy cimport import_array, npy_intp

import_array()

ctypedef npy_intp size


def suppress(const cython.floating[:, ::1] boxes, const npy_intp[::1] kinds, unsigned char[::1] gone,
             cython.floating threshold, cython.floating extent, bint equal, size most):
    """Sets gone[j] where box j overlaps a box of its kind that comes before it and is not gone, until `most` stay.

    A box from a to b is b - a + extent long. Boxes overlap if intersection over union is above the threshold, or equal
    to it with `equal`; it is 0 where the union is not positive. What follows the last that stays is left as it was.
    """
    cdef size i, j, kept = 0, n = boxes.shape[0]
    cdef cython.floating width, height, common, union, share, area
    with nogil:
        for i in range(n):
            if gone[i]:
                continue
            kept += 1
            if kept == most:
                break
            area = (boxes[i, 2] - boxes[i, 0] + extent) * (boxes[i, 3] - boxes[i, 1] + extent)
            for j in range(i + 1, n):
                if gone[j] or kinds[i] != kinds[j]:
                    continue
                width = min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0]) + extent
                height = min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1]) + extent
                common = max(width, 0) * max(height, 0)
                union = area + (boxes[j, 2] - boxes[j, 0] + extent) * (boxes[j, 3] - boxes[j, 1] + extent) - common
                share = common / union if union > 0 else 0
                if share > threshold or (equal and share == threshold):
                    gone[j] = 1
