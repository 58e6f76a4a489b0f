"""Softmax along the last axis, row by row: a row stays in the first-level cache through all passes over it.

Compiled because NumPy takes each pass over the whole array. The passes are NumPy's own inner loops, but for sums and
exponentials of float32, which are most of the work. Rows are shared out among threads.
"""
from libc.math cimport log
from libc.stdlib cimport free, malloc
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIM, PyArray_IS_C_CONTIGUOUS, PyArray_NDIM,
    PyArray_SAMESHAPE, PyArray_SIZE, PyArray_TYPE, NPY_FLOAT32, NPY_FLOAT64,
)
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.storage cimport empty_like, itemsize_of
from mxlite._engine.workers cimport share_rows
import numpy

import_array()

cdef extern from "mxlite/_kernels/exponential.h" nogil:
    ctypedef struct Exponential "mxlite_exponential":
        double (*sum)(const float* x, npy_intp n) noexcept nogil
        void (*exp_less)(const float* x, float shift, float* out, npy_intp n) noexcept nogil
        void (*less_exp)(const float* g, const float* y, float scale, float* out, npy_intp n) noexcept nogil
        void (*times_exp)(const float* y, float scale, float* out, npy_intp n) noexcept nogil
        void (*less_both)(const float* x, float first, float second, float* out, npy_intp n) noexcept nogil
    const Exponential* best_exponential "mxlite_best_exponential"()

cdef const Exponential* narrow = best_exponential()

cdef enum:
    ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, EXP, LOOPS

# Per loop those for float32 and float64.
cdef Loop loops[LOOPS][2]
cdef int _types[2]
cdef int _k, _which
for _which in range(2):
    _types[0] = _types[1] = NPY_FLOAT64 if _which else NPY_FLOAT32
    for _k, _ufunc in enumerate(
            (numpy.add, numpy.subtract, numpy.multiply, numpy.true_divide, numpy.maximum, numpy.exp)):
        find_loop(_ufunc, _types, 1 if _k == EXP else 2, &loops[_k][_which])

# One row and what it is computed with.
cdef struct Row:
    int which            # 1 for float64
    int width
    npy_intp n


cdef inline void both(int loop, Row* r, char* x, char* y, char* out) noexcept nogil:
    """out = x op y for two rows."""
    cdef char* args[3]
    cdef npy_intp steps[3]
    args[0], args[1], args[2] = x, y, out
    steps[0] = steps[1] = steps[2] = r.width
    loops[loop][r.which].fn(args, &r.n, steps, loops[loop][r.which].data)


cdef inline void by_number(int loop, Row* r, char* x, double number, char* out) noexcept nogil:
    """out = x op number."""
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef float narrow = <float> number
    args[0], args[2] = x, out
    args[1] = <char*> &number if r.which else <char*> &narrow
    steps[0] = steps[2] = r.width
    steps[1] = 0
    loops[loop][r.which].fn(args, &r.n, steps, loops[loop][r.which].data)


cdef inline double folded(int loop, Row* r, char* x, double start) noexcept nogil:
    """start op x[0] op x[1] ..."""
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef float narrow = <float> start
    args[0] = args[2] = <char*> &start if r.which else <char*> &narrow
    args[1] = x
    steps[0] = steps[2] = 0
    steps[1] = r.width
    loops[loop][r.which].fn(args, &r.n, steps, loops[loop][r.which].data)
    return start if r.which else narrow


cdef inline double total(Row* r, char* x) noexcept nogil:
    return folded(ADD, r, x, 0) if r.which else narrow.sum(<float*> x, r.n)


cdef inline void exponentials(Row* r, char* x, char* out) noexcept nogil:
    """exp(x) of float64."""
    cdef char* args[2]
    cdef npy_intp steps[2]
    args[0], args[1] = x, out
    steps[0] = steps[1] = r.width
    loops[EXP][1].fn(args, &r.n, steps, loops[EXP][1].data)


cdef inline void exp_less(Row* r, char* x, double shift, char* out) noexcept nogil:
    """exp(x - shift)"""
    if r.which:
        by_number(SUBTRACT, r, x, shift, out)
        exponentials(r, out, out)
    else:
        narrow.exp_less(<float*> x, <float> shift, <float*> out, r.n)


cdef inline double largest(Row* r, char* x) noexcept nogil:
    return folded(MAXIMUM, r, x, (<double*> x)[0] if r.which else (<float*> x)[0])


# What is done to a row: the forward functions have one operand, and are handed it twice.
cdef void softmax_row(Row* r, char* x, char* same, char* out, char* room) noexcept nogil:
    exp_less(r, x, largest(r, x), out)
    by_number(DIVIDE, r, out, total(r, out), out)


cdef void log_softmax_row(Row* r, char* x, char* same, char* out, char* room) noexcept nogil:
    cdef double top = largest(r, x), logarithm
    exp_less(r, x, top, room)
    logarithm = log(total(r, room))
    if r.which:
        by_number(SUBTRACT, r, x, top, out)
        by_number(SUBTRACT, r, out, logarithm, out)
    else:
        narrow.less_both(<float*> x, <float> top, <float> logarithm, <float*> out, r.n)


cdef void softmax_pulled_row(Row* r, char* g, char* y, char* out, char* room) noexcept nogil:
    both(MULTIPLY, r, g, y, room)
    by_number(SUBTRACT, r, g, total(r, room), room)
    both(MULTIPLY, r, y, room, out)


cdef void log_softmax_pulled_row(Row* r, char* g, char* y, char* out, char* room) noexcept nogil:
    cdef double all = total(r, g)
    if r.which:
        exponentials(r, y, room)
        by_number(MULTIPLY, r, room, all, room)
        both(SUBTRACT, r, g, room, out)
    else:
        narrow.less_exp(<float*> g, <float*> y, <float> all, <float*> out, r.n)


ctypedef void (*row_t)(Row*, char*, char*, char*, char*) noexcept nogil


def suits(*arrays):
    """Whether these are contiguous NumPy arrays of floats, not empty, of one dtype and shape: what the others take."""
    cdef ndarray x, first = None
    for value in arrays:
        if not isinstance(value, ndarray):
            return False
        x = value
        if first is None:
            first = x
        if ((PyArray_TYPE(x) != NPY_FLOAT32 and PyArray_TYPE(x) != NPY_FLOAT64) or not PyArray_IS_C_CONTIGUOUS(x)
                or PyArray_NDIM(x) == 0 or PyArray_SIZE(x) == 0 or PyArray_TYPE(x) != PyArray_TYPE(first)
                or not PyArray_SAMESHAPE(x, first)):
            return False
    return True


cdef Row row_of(ndarray x):
    cdef Row r
    r.which = PyArray_TYPE(x) == NPY_FLOAT64
    r.width = itemsize_of(PyArray_TYPE(x))
    r.n = PyArray_DIM(x, PyArray_NDIM(x) - 1)
    return r


cdef struct Rows:
    Row row
    row_t function
    char* x
    char* y
    char* out
    npy_intp* index
    bint logarithm


cdef int some_rows(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """Rows first to last - 1; -1 when there is no memory for one more."""
    cdef Rows* a = <Rows*> context
    cdef npy_intp k, stride = a.row.n * a.row.width
    cdef char* room = <char*> malloc(stride)
    if room == NULL:
        return -1
    for k in range(first, last):
        a.function(&a.row, a.x + k * stride, a.y + k * stride, a.out + k * stride, room)
    free(room)
    return 0


cdef ndarray by_rows(ndarray x, ndarray y, ndarray out, row_t function):
    """A function of rows of x and y for all rows, in `out` if given, which may be x."""
    cdef Rows a
    a.row = row_of(y)
    if out is None:
        out = empty_like(y)
    a.function = function
    a.x, a.y, a.out = <char*> PyArray_DATA(x), <char*> PyArray_DATA(y), <char*> PyArray_DATA(out)
    share_rows(some_rows, &a, PyArray_SIZE(y) // a.row.n, a.row.n)
    return out


cdef int some_picked(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """Rows first to last - 1 for head gradients x that are one number per row, at the element that `index` names."""
    cdef Rows* a = <Rows*> context
    cdef npy_intp k, stride = a.row.n * a.row.width
    cdef char* y
    cdef char* out
    cdef double g, share = 0
    for k in range(first, last):
        y, out = a.y + k * stride, a.out + k * stride
        g = (<double*> a.x)[k] if a.row.which else (<float*> a.x)[k]
        if not a.logarithm:          # the share of the element picked
            share = (<double*> y)[a.index[k]] if a.row.which else (<float*> y)[a.index[k]]
            g *= share
            by_number(MULTIPLY, &a.row, y, -g, out)
        elif a.row.which:
            exponentials(&a.row, y, out)
            by_number(MULTIPLY, &a.row, out, -g, out)
        else:
            narrow.times_exp(<float*> y, <float> -g, <float*> out, a.row.n)
        if a.row.which:
            (<double*> out)[a.index[k]] += g
        else:
            (<float*> out)[a.index[k]] += <float> g
    return 0


cdef ndarray by_picked(ndarray index, ndarray values, ndarray y, bint logarithm):
    cdef Rows a
    cdef ndarray out = empty_like(y)
    a.row = row_of(y)
    a.x, a.y, a.out = <char*> PyArray_DATA(values), <char*> PyArray_DATA(y), <char*> PyArray_DATA(out)
    a.index, a.logarithm = <npy_intp*> PyArray_DATA(index), logarithm
    share_rows(some_picked, &a, PyArray_SIZE(y) // a.row.n, a.row.n)
    return out


def softmax(ndarray x):
    """Exponentials over their sum, along the last axis."""
    return by_rows(x, x, None, softmax_row)


def log_softmax(ndarray x):
    """The logarithm of softmax."""
    return by_rows(x, x, None, log_softmax_row)


def softmax_pulled(ndarray g, ndarray y, ndarray out=None):
    """The cotangent of the input of y = softmax(x), in `out` if given, which may be g itself."""
    return by_rows(g, y, out, softmax_pulled_row)


def log_softmax_pulled(ndarray g, ndarray y, ndarray out=None):
    """The cotangent of the input of y = log_softmax(x), in `out` if given, which may be g itself."""
    return by_rows(g, y, out, log_softmax_pulled_row)


def softmax_picked(ndarray index, ndarray values, ndarray y):
    """The cotangent of the input of y = softmax(x) when that of y is `values` at one `index` per row, else 0.

    Indices are within the rows; both arrays are contiguous, the values in the dtype of y.
    """
    return by_picked(index, values, y, False)


def log_softmax_picked(ndarray index, ndarray values, ndarray y):
    """The cotangent of the input of y = log_softmax(x), likewise."""
    return by_picked(index, values, y, True)
