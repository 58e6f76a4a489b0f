"""Views that NumPy makes only through several Python frames.

Compiled because derivative formulas make one for every reduction that they pass.
"""
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DESCR, PyArray_DIM, PyArray_NDIM, PyArray_NewCopy,
    PyArray_SetBaseObject, PyArray_STRIDE, dtype as Dtype, NPY_ARRAY_ALIGNED, NPY_CORDER,
)
from cpython.ref cimport Py_INCREF
from mxlite._engine.sums cimport axes_from, axes_t, divide
import math

import numpy
from numpy.lib.array_utils import normalize_axis_tuple

from mxlite._errors import ShapeError

import_array()

cdef extern from "numpy/arrayobject.h":
    ndarray PyArray_NewFromDescr(type subtype, Dtype descr, int nd, npy_intp* dims, npy_intp* strides, void* data,
                                 int flags, void* obj)


cdef ndarray strided(ndarray x, int ndim, npy_intp* dims, npy_intp* strides):
    """A read-only view of x with other lengths and strides."""
    cdef Dtype descr = <Dtype> PyArray_DESCR(x)
    cdef ndarray out
    Py_INCREF(descr)                 # NewFromDescr takes one reference over
    out = PyArray_NewFromDescr(ndarray, descr, ndim, dims, strides, PyArray_DATA(x), NPY_ARRAY_ALIGNED, NULL)
    Py_INCREF(x)
    PyArray_SetBaseObject(out, x)
    return out


def broadcast_view(array, tuple shape):
    """An array (or number) stretched to `shape` without copying: a read-only view whose repeated elements share memory.

    Raises ShapeError when it does not broadcast to that shape.
    """
    cdef ndarray x = numpy.asarray(array)
    cdef npy_intp dims[64]
    cdef npy_intp strides[64]
    cdef int k, ndim = len(shape), lead = ndim - PyArray_NDIM(x)
    if lead < 0 or ndim > 64:
        raise ShapeError(f"shape {(<object> x).shape} does not broadcast to {shape}")
    for k in range(ndim):
        dims[k] = shape[k]
        if k < lead or (PyArray_DIM(x, k - lead) == 1 and dims[k] != 1):
            strides[k] = 0
        elif PyArray_DIM(x, k - lead) == dims[k]:
            strides[k] = PyArray_STRIDE(x, k - lead)
        else:
            raise ShapeError(f"shape {(<object> x).shape} does not broadcast to {shape}")
    return strided(x, ndim, dims, strides)


cdef ndarray stretched_by_numpy(ndarray x, tuple shape, object axis, bint mean):
    """`stretched` for an axis that is given as an array, and for more axes than fit a word."""
    summed = range(len(shape)) if axis is None else normalize_axis_tuple(axis, len(shape))
    kept = tuple([1 if k in summed else n for k, n in enumerate(shape)])
    if mean:
        x = divide(PyArray_NewCopy(x, NPY_CORDER), math.prod([shape[k] for k in summed]) or 1)
    return numpy.broadcast_to(x.reshape(kept), shape)


def stretched(array, tuple shape, axis=None, bint mean=False):
    """The cotangent of an array of `shape` from that of its sum over `axis`, or of its mean: a read-only view.

    The sum may have kept the axes with length 1 or not. Raises ShapeError when the shapes do not fit.
    """
    cdef ndarray x = numpy.asarray(array)
    cdef npy_intp dims[64]
    cdef npy_intp strides[64]
    cdef npy_intp count = 1
    cdef axes_t axes
    cdef int k, at = 0, ndim = len(shape)
    cdef bint dropped = PyArray_NDIM(x) != ndim
    if not axes_from(axis, ndim, &axes):
        if ndim:
            return stretched_by_numpy(x, shape, axis, mean)
        axes = 0                     # axis 0 of an array without axes
    for k in range(ndim):
        dims[k] = shape[k]
        if axes >> k & 1:
            count *= dims[k]
    if mean:
        x = divide(PyArray_NewCopy(x, NPY_CORDER), count or 1)
    for k in range(ndim):
        if axes >> k & 1:
            strides[k] = 0
            at += not dropped
            continue
        if at >= PyArray_NDIM(x) or PyArray_DIM(x, at) != dims[k]:
            raise ShapeError(f"shape {(<object> x).shape} is not a sum of {shape} over axis {axis}")
        strides[k] = PyArray_STRIDE(x, at)
        at += 1
    return strided(x, ndim, dims, strides)
