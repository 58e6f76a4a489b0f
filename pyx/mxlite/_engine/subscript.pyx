"""x[key] and x[key] = value for keys of numbers, slices, None and Ellipsis, and values that need no conversion.

Compiled because programs do both in loops; mxlite._array does everything else.
"""
from cpython.float cimport PyFloat_CheckExact
from libc.string cimport memmove
from numpy cimport (
    import_array, ndarray, PyArray_CompareLists, PyArray_DATA, PyArray_DIMS, PyArray_IS_C_CONTIGUOUS,
    PyArray_ISWRITEABLE, PyArray_NBYTES, PyArray_NDIM, PyArray_TYPE, NPY_FLOAT32, NPY_FLOAT64,
)

from mxlite._engine.call cimport call
from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array, before_write, bump, data_of, thread_state
from mxlite._kernels.index cimport names_all, open_ended, plain_key

import_array()


cdef object selected(Op getitem, Array a, object key):
    """a[key]; None for a key that is not so plain."""
    cdef tuple plain = plain_key(key)
    if plain is None:
        return None
    return call(getitem, [a, plain])


cdef bint assigned(Array a, object key, object value) except -1:
    """Writes a[key] = value where that takes no conversion, nothing is recorded and nothing is wrong; else False."""
    cdef ndarray x, y
    cdef tuple plain
    cdef bint number = PyFloat_CheckExact(value)
    cdef int t = PyArray_TYPE(a.form)
    if thread_state().recording or not (number or type(value) is type(a)) or (t != NPY_FLOAT32 and t != NPY_FLOAT64):
        return False
    plain = plain_key(key)
    if plain is None or (not number and PyArray_TYPE((<Array> value).form) != t):
        return False
    x = data_of(a)
    if number:
        before_write(a)
    else:
        y = data_of(<Array> value)
        before_write(a)
        if (names_all(plain, PyArray_NDIM(x)) and PyArray_NDIM(x) == PyArray_NDIM(y)
                and PyArray_CompareLists(PyArray_DIMS(x), PyArray_DIMS(y), PyArray_NDIM(x))
                and PyArray_IS_C_CONTIGUOUS(x) and PyArray_IS_C_CONTIGUOUS(y) and PyArray_ISWRITEABLE(x)):
            memmove(PyArray_DATA(x), PyArray_DATA(y), PyArray_NBYTES(x))
            bump(a)
            return True
        value = y
    try:
        x[open_ended(plain, PyArray_NDIM(x))] = value
    except (IndexError, ValueError, TypeError):
        return False             # nothing was written; what is wrong is said where everything is considered
    bump(a)
    return True
