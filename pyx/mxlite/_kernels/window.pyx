"""Windows that slide over an image: columns of a convolution, sums and maxima of pooling, and their transposes.

Compiled because NumPy takes one pass, or one copy of the padded image, per element of the window. Images have three
spatial axes here, of length 1 where an operator has fewer; arrays are C-contiguous and fit together, unchecked.
"""
cimport cython
from libc.string cimport memcpy, memset
from numpy cimport import_array, npy_intp

import_array()

ctypedef npy_intp size


cdef inline size first(size start, size stride) noexcept nogil:
    """The smallest o >= 0 with start + o * stride >= 0."""
    return 0 if start >= 0 else (stride - 1 - start) // stride


cdef inline size last(size start, size stride, size length, size count) noexcept nogil:
    """One more than the largest o < count with start + o * stride < length; may be below `first`."""
    cdef size end = 0 if start >= length else (length - 1 - start) // stride + 1
    return end if end < count else count


def to_columns(const cython.floating[:, :, :, :, ::1] x, cython.floating[::1] cols, kernel, places, stride,
               dilate, pad):
    """cols[c, window, n, place] = x[n, c, place * stride + window * dilate - pad], 0 in the padding.

    `cols` is flat; windows have the shape `kernel`, places the shape `places`.
    """
    cdef size sd, sh, sw, dd, dh, dw, pd, ph, pw, kd, kh, kw, od, oh, count
    cdef size c, a, b, e, n, i, j, k, z, y, start, lo, hi
    cdef size depth = x.shape[2], height = x.shape[3], width = x.shape[4]
    cdef cython.floating* out
    cdef const cython.floating* row
    kd, kh, kw = kernel
    od, oh, count = places
    sd, sh, sw = stride
    dd, dh, dw = dilate
    pd, ph, pw = pad
    if x.shape[0] * x.shape[1] * depth * height * width == 0 or cols.shape[0] == 0:
        return
    out = &cols[0]
    with nogil:
        for c in range(x.shape[1]):
            for a in range(kd):
                for b in range(kh):
                    for e in range(kw):
                        start = e * dw - pw
                        lo = first(start, sw)
                        hi = last(start, sw, width, count)
                        for n in range(x.shape[0]):
                            for i in range(od):
                                z = i * sd + a * dd - pd
                                for j in range(oh):
                                    y = j * sh + b * dh - ph
                                    if z < 0 or z >= depth or y < 0 or y >= height or hi <= lo:
                                        memset(out, 0, count * sizeof(cython.floating))
                                    else:
                                        row = &x[n, c, z, y, 0]
                                        for k in range(lo):
                                            out[k] = 0
                                        if sw == 1:
                                            memcpy(out + lo, row + start + lo, (hi - lo) * sizeof(cython.floating))
                                        else:
                                            for k in range(lo, hi):
                                                out[k] = row[start + k * sw]
                                        for k in range(hi, count):
                                            out[k] = 0
                                    out += count


def from_columns(const cython.floating[::1] cols, cython.floating[:, :, :, :, ::1] x, kernel, places,
                 stride, dilate, pad):
    """Adds every element of the columns to the place in x that to_columns takes it from."""
    cdef size sd, sh, sw, dd, dh, dw, pd, ph, pw, kd, kh, kw, od, oh, count
    cdef size c, a, b, e, n, i, j, k, z, y, start, lo, hi
    cdef size depth = x.shape[2], height = x.shape[3], width = x.shape[4]
    cdef const cython.floating* source
    cdef cython.floating* row
    kd, kh, kw = kernel
    od, oh, count = places
    sd, sh, sw = stride
    dd, dh, dw = dilate
    pd, ph, pw = pad
    if x.shape[0] * x.shape[1] * depth * height * width == 0 or cols.shape[0] == 0:
        return
    source = &cols[0]
    with nogil:
        for c in range(x.shape[1]):
            for a in range(kd):
                for b in range(kh):
                    for e in range(kw):
                        start = e * dw - pw
                        lo = first(start, sw)
                        hi = last(start, sw, width, count)
                        for n in range(x.shape[0]):
                            for i in range(od):
                                z = i * sd + a * dd - pd
                                for j in range(oh):
                                    y = j * sh + b * dh - ph
                                    if 0 <= z < depth and 0 <= y < height and lo < hi:
                                        row = &x[n, c, z, y, 0] + start
                                        if sw == 1:
                                            for k in range(lo, hi):
                                                row[k] += source[k]
                                        else:
                                            for k in range(lo, hi):
                                                row[k * sw] += source[k]
                                    source += count


def largest(const cython.floating[:, :, :, ::1] x, npy_intp[:, :, :, ::1] index, kernel, stride, pad):
    """index[p, place] = number, within x[p], of the window's first largest element that is no nan; -1 if it is empty.
    """
    cdef size kd, kh, kw, sd, sh, sw, pd, ph, pw, p, i, j, k, z, y, u, best, z0, z1, y0, y1, u0, u1
    cdef size depth = x.shape[1], height = x.shape[2], width = x.shape[3]
    cdef cython.floating top, value
    kd, kh, kw = kernel
    sd, sh, sw = stride
    pd, ph, pw = pad
    with nogil:
        for p in range(index.shape[0]):
            for i in range(index.shape[1]):
                z0 = max(i * sd - pd, 0)
                z1 = min(i * sd - pd + kd, depth)
                for j in range(index.shape[2]):
                    y0 = max(j * sh - ph, 0)
                    y1 = min(j * sh - ph + kh, height)
                    for k in range(index.shape[3]):
                        u0 = max(k * sw - pw, 0)
                        u1 = min(k * sw - pw + kw, width)
                        best = -1
                        top = 0
                        for z in range(z0, z1):
                            for y in range(y0, y1):
                                for u in range(u0, u1):
                                    value = x[p, z, y, u]
                                    if value > top or best < 0 or top != top:
                                        best = (z * height + y) * width + u
                                        top = value
                        index[p, i, j, k] = best


def pick(const cython.floating[:, ::1] x, const npy_intp[:, ::1] index, cython.floating[:, ::1] out,
         cython.floating missing):
    """out[p, k] = x[p, index[p, k]], or `missing` where the index is negative."""
    cdef size p, k, at
    with nogil:
        for p in range(out.shape[0]):
            for k in range(out.shape[1]):
                at = index[p, k]
                out[p, k] = missing if at < 0 else x[p, at]


def drop(const cython.floating[:, ::1] g, const npy_intp[:, ::1] index, cython.floating[:, ::1] out):
    """out[p, index[p, k]] += g[p, k] where the index is not negative."""
    cdef size p, k, at
    with nogil:
        for p in range(g.shape[0]):
            for k in range(g.shape[1]):
                at = index[p, k]
                if at >= 0:
                    out[p, at] += g[p, k]


def total(const cython.floating[:, :, :, ::1] x, cython.floating[:, :, :, ::1] out, kernel, stride, pad):
    """out[p, place] = sum of x[p] over the window, nothing in the padding."""
    cdef size kd, kh, kw, sd, sh, sw, pd, ph, pw, p, i, j, k, z, y, u, y0, y1, u0, u1
    cdef size depth = x.shape[1], height = x.shape[2], width = x.shape[3]
    cdef cython.floating sum
    kd, kh, kw = kernel
    sd, sh, sw = stride
    pd, ph, pw = pad
    with nogil:
        for p in range(out.shape[0]):
            for i in range(out.shape[1]):
                for j in range(out.shape[2]):
                    y0 = max(j * sh - ph, 0)
                    y1 = min(j * sh - ph + kh, height)
                    for k in range(out.shape[3]):
                        u0 = max(k * sw - pw, 0)
                        u1 = min(k * sw - pw + kw, width)
                        sum = 0
                        for z in range(max(i * sd - pd, 0), min(i * sd - pd + kd, depth)):
                            for y in range(y0, y1):
                                for u in range(u0, u1):
                                    sum += x[p, z, y, u]
                        out[p, i, j, k] = sum


def spread(const cython.floating[:, :, :, ::1] g, cython.floating[:, :, :, ::1] out, kernel, stride, pad):
    """Adds g[p, place] to every element of the window in out[p]: the transpose of `total`."""
    cdef size kd, kh, kw, sd, sh, sw, pd, ph, pw, p, i, j, k, z, y, u, y0, y1, u0, u1
    cdef size depth = out.shape[1], height = out.shape[2], width = out.shape[3]
    cdef cython.floating value
    kd, kh, kw = kernel
    sd, sh, sw = stride
    pd, ph, pw = pad
    with nogil:
        for p in range(g.shape[0]):
            for i in range(g.shape[1]):
                for j in range(g.shape[2]):
                    y0 = max(j * sh - ph, 0)
                    y1 = min(j * sh - ph + kh, height)
                    for k in range(g.shape[3]):
                        u0 = max(k * sw - pw, 0)
                        u1 = min(k * sw - pw + kw, width)
                        value = g[p, i, j, k]
                        for z in range(max(i * sd - pd, 0), min(i * sd - pd + kd, depth)):
                            for y in range(y0, y1):
                                for u in range(u0, u1):
                                    out[p, z, y, u] += value
