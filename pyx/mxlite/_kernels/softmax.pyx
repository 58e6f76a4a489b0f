"""Softmax along the last axis, row by row: a row stays in the first-level cache through all passes over it.

Compiled because NumPy takes each pass over the whole array. The passes are NumPy's own inner loops, so exponentials have
NumPy's accuracy and sums its pairwise order.
"""
from libc.math cimport log
from libc.stdlib cimport free, malloc
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIM, PyArray_IS_C_CONTIGUOUS, PyArray_NDIM,
    PyArray_SAMESHAPE, PyArray_SIZE, PyArray_TYPE, NPY_FLOAT32, NPY_FLOAT64,
)
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.storage cimport empty_like, itemsize_of
import numpy

from mxlite._errors import AllocationError

import_array()

cdef enum:
    ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, EXP, LOOPS

# Per loop those for float32 and float64.
cdef Loop loops[LOOPS][2]
cdef int _types[2]
cdef int _k, _which
for _which in range(2):
    _types[0] = _types[1] = NPY_FLOAT64 if _which else NPY_FLOAT32
    for _k, _ufunc in enumerate((numpy.add, numpy.subtract, numpy.multiply, numpy.true_divide, numpy.maximum, numpy.exp)):
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


cdef inline void exponentials(Row* r, char* x, char* out) noexcept nogil:
    cdef char* args[2]
    cdef npy_intp steps[2]
    args[0], args[1] = x, out
    steps[0] = steps[1] = r.width
    loops[EXP][r.which].fn(args, &r.n, steps, loops[EXP][r.which].data)


cdef inline double first(Row* r, char* x) noexcept nogil:
    return (<double*> x)[0] if r.which else (<float*> x)[0]


# What is done to a row: the forward functions have one operand, and are handed it twice.
cdef void softmax_row(Row* r, char* x, char* same, char* out, char* room) noexcept nogil:
    by_number(SUBTRACT, r, x, folded(MAXIMUM, r, x, first(r, x)), out)
    exponentials(r, out, out)
    by_number(DIVIDE, r, out, folded(ADD, r, out, 0), out)


cdef void log_softmax_row(Row* r, char* x, char* same, char* out, char* room) noexcept nogil:
    by_number(SUBTRACT, r, x, folded(MAXIMUM, r, x, first(r, x)), out)
    exponentials(r, out, room)
    by_number(SUBTRACT, r, out, log(folded(ADD, r, room, 0)), out)


cdef void softmax_pulled_row(Row* r, char* g, char* y, char* out, char* room) noexcept nogil:
    both(MULTIPLY, r, g, y, room)
    by_number(SUBTRACT, r, g, folded(ADD, r, room, 0), room)
    both(MULTIPLY, r, y, room, out)


cdef void log_softmax_pulled_row(Row* r, char* g, char* y, char* out, char* room) noexcept nogil:
    exponentials(r, y, room)
    by_number(MULTIPLY, r, room, folded(ADD, r, g, 0), room)
    both(SUBTRACT, r, g, room, out)


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


cdef ndarray by_rows(ndarray x, ndarray y, ndarray out, row_t row):
    """A function of rows of x and y for all rows, in `out` if given, which may be x."""
    cdef Row r = row_of(y)
    cdef npy_intp k, stride = r.n * r.width
    cdef char* room
    if out is None:
        out = empty_like(y)
    room = <char*> malloc(stride)
    if room == NULL:
        raise AllocationError("no memory for a row")
    with nogil:
        for k in range(PyArray_SIZE(y) // r.n):
            row(&r, <char*> PyArray_DATA(x) + k * stride, <char*> PyArray_DATA(y) + k * stride,
                <char*> PyArray_DATA(out) + k * stride, room)
    free(room)
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
