"""exp, log, sin, cos and tanh of NumPy, each with a float32 loop of ours.

Those of exp, log, sin and cos (rounded.h) are computed in double and rounded once, where NumPy's are off by up to four
units in the last place: MXNet's programs print these results. That of tanh (exponential.h) is there for its speed and
taken where it is the faster one. The loops of the other dtypes are NumPy's own. Compiled because they are loops in C.
"""
from numpy cimport (
    import_array, import_umath, npy_intp, NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64, NPY_LONGDOUBLE,
    PyUFunc_FromFuncAndData, PyUFuncGenericFunction,
)
import numpy

from mxlite._engine.loops cimport Loop, find_loop

import_array()
import_umath()

cdef extern from "mxlite/_kernels/rounded.h" nogil:
    ctypedef void (*Rounded "mxlite_rounded")(const float*, float*, Py_ssize_t) noexcept
    const Rounded* best_rounded "mxlite_best_rounded"()
    void rounded_loop "mxlite_rounded_loop"(char**, const npy_intp*, const npy_intp*, void*) noexcept

cdef extern from "mxlite/_kernels/exponential.h" nogil:
    ctypedef struct Exponential "mxlite_exponential":
        pass
    const Exponential* best_exponential "mxlite_best_exponential"()
    void tanh_loop "mxlite_tanh_loop"(char**, const npy_intp*, const npy_intp*, void*) noexcept
    bint has_fast_tanh "mxlite_has_fast_tanh"()

cdef enum:
    FUNCTIONS = 5
    DTYPES = 4

# A ufunc refers to these for as long as it lives.
cdef PyUFuncGenericFunction loops[FUNCTIONS * DTYPES]
cdef void* data[FUNCTIONS * DTYPES]
cdef char types[2 * DTYPES]


cdef object with_loop(int slot, object ufunc, const char* name, const char* doc, PyUFuncGenericFunction loop,
                      void* own):
    """A ufunc of NumPy's with another float32 loop; `own` is what that loop is called with."""
    cdef int k, t, at = slot * DTYPES
    cdef Loop found
    for k in range(DTYPES):
        t = (NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64, NPY_LONGDOUBLE)[k]
        types[2 * k] = types[2 * k + 1] = t
        find_loop(ufunc, &t, 1, &found)
        loops[at + k], data[at + k] = <PyUFuncGenericFunction> found.fn, found.data
    loops[at + 1], data[at + 1] = loop, own
    return PyUFunc_FromFuncAndData(&loops[at], &data[at], types, DTYPES, 1, 1, -1, name, doc, 0)


cdef const Rounded* rounded = best_rounded()

exp = with_loop(0, numpy.exp, "exp", "exp(x): e to the power of x.", rounded_loop, <void*> &rounded[0])
log = with_loop(1, numpy.log, "log", "log(x): the natural logarithm.", rounded_loop, <void*> &rounded[1])
sin = with_loop(2, numpy.sin, "sin", "sin(x): the sine.", rounded_loop, <void*> &rounded[2])
cos = with_loop(3, numpy.cos, "cos", "cos(x): the cosine.", rounded_loop, <void*> &rounded[3])
tanh = with_loop(4, numpy.tanh, "tanh", "tanh(x): the hyperbolic tangent.", tanh_loop,
                 <void*> best_exponential()) if has_fast_tanh() else numpy.tanh
