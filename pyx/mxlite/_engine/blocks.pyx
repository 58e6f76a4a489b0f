"""Derivatives of broadcast operands, some rows at a time: what is summed over never leaves the cache.

The blocks are shared out among threads. Sums over the first axis are added up block by block in their order, so that
nothing depends on who computed which. Compiled because it drives inner loops.
"""
from libc.string cimport memset
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIM, PyArray_NBYTES, PyArray_NDIM, PyArray_SIZE, NPY_FLOAT32,
    NPY_FLOAT64,
)

from mxlite._engine.program cimport FIXED, MAX_DIMS, MAX_OUTPUTS, Frame, Resolved, run_here
from mxlite._engine.storage cimport borrow, empty, give_back, itemsize_of
from mxlite._engine.sums cimport Sums, sums_of
from mxlite._engine.workers cimport share_rows

import_array()

# An output of which the sum is wanted: a row of it has shape (outer, n, inner) and is summed over n, and if `first`
# over the rows as well; outer is 1 then.
cdef struct Part:
    bint summed, first
    npy_intp outer, n, inner
    char* out                    # the sums, if `first` those of every block

cdef struct Work:
    Resolved* r
    Frame* frame
    int ndim
    npy_intp* dims
    npy_intp* steps
    npy_intp block, size         # rows of a block, elements of a row
    int width
    Part parts[MAX_OUTPUTS]
    const Sums* sums


cdef int run_blocks(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """The blocks numbered first to last - 1; -1 when there is no memory."""
    cdef Work* w = <Work*> context
    cdef Frame frame
    cdef npy_intp dims[MAX_DIMS]
    cdef npy_intp at, b, k
    cdef size_t nbytes = w.block * w.size * w.width
    cdef int slot, register, failed = 0
    cdef char* scratch[MAX_OUTPUTS]
    for k in range(w.ndim):
        dims[k] = w.dims[k]
    for slot in range(w.r.n_outputs):
        scratch[slot] = NULL
        if w.parts[slot].summed:
            scratch[slot] = <char*> borrow(nbytes)
            failed |= scratch[slot] == NULL
    if not failed:
        for b in range(first, last):
            at = b * w.block
            dims[0] = min(w.block, w.dims[0] - at)
            frame = w.frame[0]
            for k in range(FIXED):
                if frame.ptr[k] != NULL:
                    frame.ptr[k] += at * w.steps[k * w.ndim]
            for slot in range(w.r.n_outputs):
                register = w.r.outputs[slot]
                if w.parts[slot].summed:
                    frame.ptr[register] = scratch[slot]
                elif register >= w.r.first_temporary:
                    frame.ptr[register] += at * w.steps[(FIXED + slot) * w.ndim]
            failed |= run_here(w.r, &frame, w.ndim, dims, w.steps) < 0
            for slot in range(w.r.n_outputs):
                if w.parts[slot].summed:
                    add_up(w, &w.parts[slot], scratch[slot], b, dims[0])
    for slot in range(w.r.n_outputs):
        give_back(scratch[slot], nbytes)
    return -1 if failed else 0


cdef void add_up(Work* w, Part* p, char* x, npy_intp b, npy_intp rows) noexcept nogil:
    """The sums of a block."""
    cdef npy_intp outer = p.outer * (1 if p.first else rows), n = p.n * (rows if p.first else 1), k
    cdef char* out = p.out + (b if p.first else b * w.block * p.outer) * p.inner * w.width
    if p.inner == 1:
        w.sums.rows(x, outer, n, out)
        return
    for k in range(outer):
        w.sums.columns(x + k * n * p.inner * w.width, n, p.inner, p.inner, out + k * p.inner * w.width)


cdef bint find_part(Part* p, ndarray g, tuple shape) except -1:
    """How an operand of this shape gets its sum from blocks of g's shape; False if it is not one sum of a row."""
    cdef int lead = PyArray_NDIM(g) - len(shape), axis, stage = 0
    cdef npy_intp length
    cdef bint summed
    p.summed, p.outer, p.n, p.inner = True, 1, 1, 1
    p.first = lead > 0 or <npy_intp> shape[0] == 1
    if p.first:
        stage = 1
    for axis in range(1, PyArray_NDIM(g)):
        length = PyArray_DIM(g, axis)
        if length == 1:
            continue
        summed = axis < lead or <npy_intp> shape[axis - lead] == 1
        if summed:
            if stage == 2:
                return False
            stage = 1
            p.n *= length
        elif stage == 0:
            p.outer *= length
        else:
            stage = 2
            p.inner *= length
    return True


cdef ndarray zeros(int ndim, npy_intp* dims, int typenum):
    cdef ndarray out = empty(ndim, dims, typenum)
    memset(PyArray_DATA(out), 0, PyArray_NBYTES(out))
    return out


cdef bint sum_blocks(Resolved* r, Frame* frame, ndarray g, npy_intp* steps, npy_intp block, list shapes, list made,
                     int typenum) except -1:
    """Runs a derivative program over blocks of rows of g's index space. `shapes` holds for each output the operand's
    shape, or None for one that is not summed; the sums come to `made`. False where that is not possible this way.

    The caller keeps the memory alive that the program reads and writes.
    """
    cdef Work w
    cdef npy_intp dims[MAX_DIMS]
    cdef npy_intp n_blocks[2]
    cdef int slot, k, ndim = PyArray_NDIM(g), width = itemsize_of(typenum)
    cdef ndarray out
    cdef list sums = [], parts = []
    if block < 2 or (typenum != NPY_FLOAT32 and typenum != NPY_FLOAT64):
        return False
    for slot in range(r.n_outputs):
        w.parts[slot].summed = False
        if shapes[slot] is not None and not find_part(&w.parts[slot], g, <tuple> shapes[slot]):
            return False
    n_blocks[0] = (PyArray_DIM(g, 0) + block - 1) // block
    for slot in range(r.n_outputs):
        if not w.parts[slot].summed:
            sums.append(None)
            parts.append(None)
            continue
        for k in range(len(<tuple> shapes[slot])):
            dims[k] = shapes[slot][k]
        sums.append(zeros(len(<tuple> shapes[slot]), dims, typenum))
        n_blocks[1] = w.parts[slot].inner
        parts.append(zeros(2, n_blocks, typenum) if w.parts[slot].first else sums[slot])
        w.parts[slot].out = <char*> PyArray_DATA(<ndarray> parts[slot])
    for k in range(ndim):
        dims[k] = PyArray_DIM(g, k)
    w.r, w.frame, w.ndim, w.dims, w.steps = r, frame, ndim, dims, steps
    w.block, w.size, w.width, w.sums = block, PyArray_SIZE(g) // dims[0], width, sums_of(width)
    share_rows(run_blocks, &w, n_blocks[0], block * w.size)
    for slot in range(r.n_outputs):
        if w.parts[slot].summed:
            out = <ndarray> sums[slot]
            if w.parts[slot].first:
                w.sums.columns(w.parts[slot].out, n_blocks[0], w.parts[slot].inner, w.parts[slot].inner,
                               PyArray_DATA(out))
            made[slot] = out
    return True
