"""Views that NumPy makes only through several Python frames.

Compiled because derivative formulas make one for every reduction that they pass.
"""
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIM, PyArray_NDIM, PyArray_SetBaseObject,
    PyArray_STRIDE, dtype as Dtype, NPY_ARRAY_ALIGNED,
)
from cpython.ref cimport Py_INCREF
import numpy

import_array()

cdef extern from "numpy/arrayobject.h":
    ndarray PyArray_NewFromDescr(type subtype, Dtype descr, int nd, npy_intp* dims, npy_intp* strides, void* data,
                                 int flags, void* obj)


def broadcast_view(array, tuple shape):
    """An array (or number) stretched to `shape` without copying: a read-only view in which repeated elements share memory.

    Raises ValueError when it does not broadcast to that shape.
    """
    cdef ndarray x = numpy.asarray(array)
    cdef npy_intp dims[64]
    cdef npy_intp strides[64]
    cdef int k, ndim = len(shape), lead = ndim - PyArray_NDIM(x)
    cdef Dtype descr = x.dtype
    cdef ndarray out
    if lead < 0 or ndim > 64:
        raise ValueError(f"shape {(<object> x).shape} does not broadcast to {shape}")
    for k in range(ndim):
        dims[k] = shape[k]
        if k < lead or (PyArray_DIM(x, k - lead) == 1 and dims[k] != 1):
            strides[k] = 0
        elif PyArray_DIM(x, k - lead) == dims[k]:
            strides[k] = PyArray_STRIDE(x, k - lead)
        else:
            raise ValueError(f"shape {(<object> x).shape} does not broadcast to {shape}")
    Py_INCREF(descr)                 # NewFromDescr takes one reference over
    out = PyArray_NewFromDescr(ndarray, descr, ndim, dims, strides, PyArray_DATA(x), NPY_ARRAY_ALIGNED, NULL)
    Py_INCREF(x)
    PyArray_SetBaseObject(out, x)
    return out
