"""The heads of a sweep: their nodes, and the cotangents that they start with.

Compiled because every backward begins here.
"""
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_DATA, PyArray_DIMS, PyArray_NDIM, PyArray_SIZE, PyArray_TYPE, NPY_FLOAT32,
    NPY_FLOAT64,
)
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.free_threading cimport FREE_THREADED
from mxlite._engine.storage cimport empty_like, repeated, type_code
from mxlite._engine.tape cimport Array, Node, data_of, live
from mxlite._errors import NOT_IN_GRAPH, DtypeError, GraphError, ShapeError, operand_message

import_array()

cdef enum:
    LARGE = 2048       # elements

cdef float ONE = 1


cdef ndarray ones_like(ndarray x):
    """A head gradient of ones; for a large array one 1 that every index reads, so that no memory is walked for it."""
    cdef ndarray out
    cdef npy_intp k, n = PyArray_SIZE(x)
    cdef float* f
    cdef double* d
    if n > LARGE:
        if PyArray_TYPE(x) == NPY_FLOAT32:
            return repeated(PyArray_NDIM(x), PyArray_DIMS(x), NPY_FLOAT32, &ONE)
        return numpy.broadcast_to(numpy.ones((), type_code(PyArray_TYPE(x))), shape_of(x))
    out = empty_like(x)
    if PyArray_TYPE(out) == NPY_FLOAT32:
        f = <float*> PyArray_DATA(out)
        for k in range(n):
            f[k] = 1
    elif PyArray_TYPE(out) == NPY_FLOAT64:
        d = <double*> PyArray_DATA(out)
        for k in range(n):
            d[k] = 1
    else:
        out.fill(1)
    return out


cdef ndarray head_gradient(Array head, object given):
    """The cotangent a head starts with."""
    cdef ndarray g
    if given is None:
        return ones_like(head.form)
    if isinstance(given, Array):
        g = data_of(<Array> given)
    else:
        try:
            g = numpy.array(given, dtype=head.form.dtype)       # a copy: it may be memory that this sweep writes
        except (TypeError, ValueError) as exc:
            raise DtypeError(f"backward: a head gradient is an array, not {type(given).__name__} ({exc})") from None
    if shape_of(g) != shape_of(head.form):
        raise ShapeError(operand_message(
            "backward", (head.form, g), "a head gradient has the shape of its head array; reshape or broadcast it."))
    if PyArray_TYPE(g) != PyArray_TYPE(head.form):
        raise DtypeError(operand_message(
            "backward", (head.form, g), "a head gradient has the dtype of its head array; convert it with astype."))
    if isinstance(given, Array) and ((<Array> given).is_grad or (<Array> given).shared is not None):
        g = g.copy()             # it may be the very buffer that this sweep writes, or a view of it
    return g


cdef Node node_of(Array head):
    cdef Node node
    if FREE_THREADED:
        node = live(head)
        if node is not None:
            return node
    elif head.node is not None and not head.node.freed:
        return head.node
    raise GraphError(NOT_IN_GRAPH)


cdef list head_nodes(list heads, list head_grads):
    if len(head_grads) != len(heads):
        raise ShapeError(f"backward: {len(heads)} heads but {len(head_grads)} head gradients")
    return [node_of(<Array?> head) for head in heads]
