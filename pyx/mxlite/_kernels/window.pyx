"""Windows that slide over an image: columns of a convolution, sums and maxima of pooling, and their transposes.

Compiled because NumPy takes one pass, or one copy of the padded image, per element of the window. Images have three
spatial axes here, of length 1 where an operator has fewer; arrays are C-contiguous and fit together, unchecked.
"""
cimport cython
from libc.string cimport memcpy, memset
from numpy cimport import_array, npy_intp
from mxlite._engine.workers cimport share_rows

import_array()

ctypedef npy_intp size


cdef inline size first(size start, size stride) noexcept nogil:
    """The smallest o >= 0 with start + o * stride >= 0."""
    return 0 if start >= 0 else (stride - 1 - start) // stride


cdef inline size last(size start, size stride, size length, size count) noexcept nogil:
    """One more than the largest o < count with start + o * stride < length; may be below `first`."""
    cdef size end = 0 if start >= length else (length - 1 - start) // stride + 1
    return end if end < count else count


cdef Axis axis_of(npy_intp length, int k, kernel, places, stride, dilate, pad) except *:
    return Axis(length, places[k], kernel[k], stride[k], dilate[k], pad[k])


cdef inline void take_row(cython.floating* out, const cython.floating* row, size start, size lo, size hi,
                          Axis* w) noexcept nogil:
    """out[k] = row[start + k * stride] for k in lo ... hi - 1, 0 for the others."""
    cdef size k
    for k in range(lo):
        out[k] = 0
    if w.stride == 1:
        memcpy(out + lo, row + start + lo, (hi - lo) * sizeof(cython.floating))
    else:
        for k in range(lo, hi):
            out[k] = row[start + k * w.stride]
    for k in range(hi, w.places):
        out[k] = 0


cdef inline void add_row(const cython.floating* cols, cython.floating* row, size start, size lo, size hi,
                         Axis* w) noexcept nogil:
    """row[start + k * stride] += cols[k] for k in lo ... hi - 1."""
    cdef size k
    row += start
    if w.stride == 1:
        for k in range(lo, hi):
            row[k] += cols[k]
    else:
        for k in range(lo, hi):
            row[k * w.stride] += cols[k]


cdef void walk(cython.floating* images, cython.floating* cols, npy_intp batch, npy_intp channels, Axis* d, Axis* h,
               Axis* w, bint back) noexcept nogil:
    """The columns of images, or (`back`) what is added to the images of columns: one loop, as they are transposes."""
    cdef size c, a, b, e, n, i, j, z, y, start, lo, hi
    cdef cython.floating* row
    for c in range(channels):
        for a in range(d.window):
            for b in range(h.window):
                for e in range(w.window):
                    start = e * w.dilate - w.pad
                    lo = first(start, w.stride)
                    hi = last(start, w.stride, w.length, w.places)
                    for n in range(batch):
                        for i in range(d.places):
                            z = i * d.stride + a * d.dilate - d.pad
                            for j in range(h.places):
                                y = j * h.stride + b * h.dilate - h.pad
                                row = images + (((n * channels + c) * d.length + z) * h.length + y) * w.length
                                if 0 <= z < d.length and 0 <= y < h.length and lo < hi:
                                    if back:
                                        add_row(cols, row, start, lo, hi, w)
                                    else:
                                        take_row(cols, row, start, lo, hi, w)
                                elif not back:
                                    memset(cols, 0, w.places * sizeof(cython.floating))
                                cols += w.places


def to_columns(const cython.floating[:, :, :, :, ::1] x, cython.floating[::1] cols, kernel, places, stride,
               dilate, pad):
    """cols[c, window, n, place] = x[n, c, place * stride + window * dilate - pad], 0 in the padding.

    `cols` is flat; windows have the shape `kernel`, places the shape `places`.
    """
    cdef Axis d = axis_of(x.shape[2], 0, kernel, places, stride, dilate, pad)
    cdef Axis h = axis_of(x.shape[3], 1, kernel, places, stride, dilate, pad)
    cdef Axis w = axis_of(x.shape[4], 2, kernel, places, stride, dilate, pad)
    if x.shape[0] * x.shape[1] * d.length * h.length * w.length == 0 or cols.shape[0] == 0:
        return
    with nogil:
        walk(<cython.floating*> &x[0, 0, 0, 0, 0], &cols[0], x.shape[0], x.shape[1], &d, &h, &w, False)


def from_columns(const cython.floating[::1] cols, cython.floating[:, :, :, :, ::1] x, kernel, places, stride, dilate,
                 pad):
    """Adds every element of the columns to the place in x that to_columns takes it from."""
    cdef Axis d = axis_of(x.shape[2], 0, kernel, places, stride, dilate, pad)
    cdef Axis h = axis_of(x.shape[3], 1, kernel, places, stride, dilate, pad)
    cdef Axis w = axis_of(x.shape[4], 2, kernel, places, stride, dilate, pad)
    if x.shape[0] * x.shape[1] * d.length * h.length * w.length == 0 or cols.shape[0] == 0:
        return
    with nogil:
        walk(&x[0, 0, 0, 0, 0], <cython.floating*> &cols[0], x.shape[0], x.shape[1], &d, &h, &w, True)


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


cdef void over_windows(cython.floating* images, cython.floating* sums, size planes, Axis* d, Axis* h, Axis* w,
                       bint back) noexcept nogil:
    """Sums over windows of images, or (`back`) every sum added to the window in the images: one loop, as above."""
    cdef size p, i, j, k, z, y, u, y0, y1, u0, u1
    cdef cython.floating* row
    cdef cython.floating value
    for p in range(planes):
        for i in range(d.places):
            for j in range(h.places):
                y0 = max(j * h.stride - h.pad, 0)
                y1 = min(j * h.stride - h.pad + h.window, h.length)
                for k in range(w.places):
                    u0 = max(k * w.stride - w.pad, 0)
                    u1 = min(k * w.stride - w.pad + w.window, w.length)
                    value = sums[0] if back else 0
                    for z in range(max(i * d.stride - d.pad, 0), min(i * d.stride - d.pad + d.window, d.length)):
                        for y in range(y0, y1):
                            row = images + ((p * d.length + z) * h.length + y) * w.length
                            if back:
                                for u in range(u0, u1):
                                    row[u] += value
                            else:
                                for u in range(u0, u1):
                                    value += row[u]
                    if not back:
                        sums[0] = value
                    sums += 1


# The planes of images and the sums over their windows; one struct for both directions.
cdef struct Planes:
    void* images
    void* sums
    Axis* d
    Axis* h
    Axis* w
    bint back, wide


cdef int some_planes(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """Planes first to last - 1."""
    cdef Planes* a = <Planes*> context
    cdef size image = a.d.length * a.h.length * a.w.length, places = a.d.places * a.h.places * a.w.places
    if a.wide:
        over_windows(<double*> a.images + first * image, <double*> a.sums + first * places, last - first,
                     a.d, a.h, a.w, a.back)
    else:
        over_windows(<float*> a.images + first * image, <float*> a.sums + first * places, last - first,
                     a.d, a.h, a.w, a.back)
    return 0


cdef int over_planes(void* images, void* sums, size planes, Axis* d, Axis* h, Axis* w, bint back,
                     bint wide) except -1:
    """`over_windows`, shared out among threads."""
    cdef Planes a
    a.images, a.sums, a.d, a.h, a.w, a.back, a.wide = images, sums, d, h, w, back, wide
    return share_rows(some_planes, &a, planes, max(d.length * h.length * w.length,
                      d.places * h.places * w.places * d.window * h.window * w.window))


def total(const cython.floating[:, :, :, ::1] x, cython.floating[:, :, :, ::1] out, kernel, stride, pad):
    """out[p, place] = sum of x[p] over the window, nothing in the padding."""
    places = out.shape[1], out.shape[2], out.shape[3]
    cdef Axis d = axis_of(x.shape[1], 0, kernel, places, stride, stride, pad)
    cdef Axis h = axis_of(x.shape[2], 1, kernel, places, stride, stride, pad)
    cdef Axis w = axis_of(x.shape[3], 2, kernel, places, stride, stride, pad)
    if x.shape[0] * d.length * h.length * w.length == 0 or d.places * h.places * w.places == 0:
        out[...] = 0
        return
    over_planes(<void*> &x[0, 0, 0, 0], &out[0, 0, 0, 0], x.shape[0], &d, &h, &w, False, cython.floating is double)


def spread(const cython.floating[:, :, :, ::1] g, cython.floating[:, :, :, ::1] out, kernel, stride, pad):
    """Adds g[p, place] to every element of the window in out[p]: the transpose of `total`."""
    places = g.shape[1], g.shape[2], g.shape[3]
    cdef Axis d = axis_of(out.shape[1], 0, kernel, places, stride, stride, pad)
    cdef Axis h = axis_of(out.shape[2], 1, kernel, places, stride, stride, pad)
    cdef Axis w = axis_of(out.shape[3], 2, kernel, places, stride, stride, pad)
    if g.shape[0] * d.length * h.length * w.length == 0 or d.places * h.places * w.places == 0:
        return
    over_planes(&out[0, 0, 0, 0], <void*> &g[0, 0, 0, 0], g.shape[0], &d, &h, &w, True, cython.floating is double)
