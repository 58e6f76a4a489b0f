"""Gradient accumulation: cotangents that meet at a node, sums over broadcast axes, storing what a leaf got.

Compiled because it runs for every edge that the sweep walks.
"""
from cpython.long cimport PyLong_FromSsize_t
from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_New, PyTuple_SET_ITEM
from libc.string cimport memset
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_Cast, PyArray_CopyInto, PyArray_DATA, PyArray_DIM,
    PyArray_IS_C_CONTIGUOUS, PyArray_NDIM,
    PyArray_NewCopy, PyArray_SIZE, PyArray_TYPE, NPY_CORDER,
)
cimport cython
from mxlite._engine.free_threading cimport FREE_THREADED
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.storage cimport empty, empty_like, itemsize_of, owns_memory
from mxlite._engine.sums cimport axes_t, sum_over
from mxlite._engine.sweep cimport Run
from mxlite._engine.tape cimport REQ_ADD, REQ_NULL, REQ_WRITE, Leaf, Node, before_write, bump, data_of, thread_state
from mxlite._engine.workers cimport run_loop
from mxlite._errors import TWO_SWEEPS, GraphError
import os
import threading

import numpy

import_array()

cdef extern from "Python.h":
    Py_ssize_t Py_REFCNT(object o)

cdef enum:
    BRIEF = 500          # elements from which NumPy lets other threads run

cdef object numpy_add = numpy.add

cdef Loop add_loops[24]
cdef int _t
cdef int _pair[2]
for _t in range(24):
    _pair[0] = _pair[1] = _t
    if find_loop(numpy_add, _pair, 2, &add_loops[_t]) != _t:
        add_loops[_t].fn = NULL


cdef tuple shape_of(ndarray x):
    cdef int k
    cdef tuple out = PyTuple_New(PyArray_NDIM(x))
    for k in range(PyArray_NDIM(x)):
        n = PyLong_FromSsize_t(PyArray_DIM(x, k))
        Py_INCREF(n)                 # SET_ITEM takes one reference over
        PyTuple_SET_ITEM(out, k, n)
    return out


cdef int add_into(ndarray target, ndarray g) except -1:
    """target += g, for equal shapes."""
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef npy_intp n
    cdef int t = PyArray_TYPE(target)
    if (PyArray_TYPE(g) == t and add_loops[t].fn != NULL
            and PyArray_IS_C_CONTIGUOUS(target) and PyArray_IS_C_CONTIGUOUS(g)):
        args[0] = args[2] = <char*> PyArray_DATA(target)
        args[1] = <char*> PyArray_DATA(g)
        steps[0] = steps[1] = steps[2] = itemsize_of(t)
        n = PyArray_SIZE(target)
        if n:
            run_loop(&add_loops[t], 3, args, n, steps)
    else:
        numpy_add(target, g, target, casting="unsafe")
    return 0


@cython.final
cdef class Private:
    """The gradient of a leaf in a sweep that met it while another sweep, of another thread or further up the stack,
    was using the leaf's own fields."""


cdef Private private_of(Node parent):
    """The running sweep's own record of a leaf that it does not hold."""
    cdef Run* run = <Run*> thread_state().run
    if run.private == NULL or type(parent) is not Leaf:
        raise GraphError(TWO_SWEEPS)
    return (<dict> run.private)[parent]


cdef int check_held(Node n) except -1:
    """Raises if another sweep took over a node that the running one has counted."""
    if n.mark != (<Run*> thread_state().run).mark:
        raise GraphError(TWO_SWEEPS)
    return 0


cdef int reach(Node parent) except -1:
    """A zero derivative: the parent has a gradient, with nothing to add."""
    if parent.mark == (<Run*> thread_state().run).mark:
        parent.reached = True
    else:
        private_of(parent).reached = True
    return 0


cdef int deliver(Node parent, ndarray g, bint owned) except -1:
    """Adds a cotangent of the parent's own shape and dtype to what it has; `owned` allows writing into g."""
    cdef Private private
    if parent.mark != (<Run*> thread_state().run).mark:
        private = private_of(parent)
        private.reached = True
        if private.grad is None:
            private.grad = g.copy()
        else:
            add_into(private.grad, g)
        return 0
    parent.reached = True
    if parent.grad is None:
        parent.grad, parent.grad_owned = g, owned
    elif parent.grad_owned:
        add_into(<ndarray> parent.grad, g)
    elif owned:
        add_into(g, <ndarray> parent.grad)
        parent.grad, parent.grad_owned = g, True
    else:
        parent.grad, parent.grad_owned = sum_of(<ndarray> parent.grad, g), True
    return 0


cdef ndarray gathering(Node parent, tuple shape, int typenum):
    """The sum of cotangents that waits at a parent, zeros if there is none yet: contiguous, to be added to in place.

    None where the running sweep does not hold the parent.
    """
    cdef npy_intp dims[64]
    cdef int k
    cdef ndarray out
    if parent.mark != (<Run*> thread_state().run).mark:
        return None
    parent.reached = True
    if parent.grad is None:
        for k in range(len(shape)):
            dims[k] = shape[k]
        out = empty(len(shape), dims, typenum)
        memset(PyArray_DATA(out), 0, PyArray_SIZE(out) * itemsize_of(typenum))
    elif parent.grad_owned and PyArray_IS_C_CONTIGUOUS(<ndarray> parent.grad):
        return <ndarray> parent.grad
    else:
        out = PyArray_NewCopy(<ndarray> parent.grad, NPY_CORDER)
    parent.grad, parent.grad_owned = out, True
    return out


cdef ndarray sum_of(ndarray a, ndarray b):
    """a + b in new memory, for equal shapes and dtypes."""
    cdef ndarray out = empty_like(a)
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef npy_intp n = PyArray_SIZE(a)
    cdef int t = PyArray_TYPE(a)
    if add_loops[t].fn == NULL or not PyArray_IS_C_CONTIGUOUS(a) or not PyArray_IS_C_CONTIGUOUS(b):
        numpy_add(a, b, out, casting="unsafe")
    elif n:
        args[0], args[1], args[2] = <char*> PyArray_DATA(a), <char*> PyArray_DATA(b), <char*> PyArray_DATA(out)
        steps[0] = steps[1] = steps[2] = itemsize_of(t)
        run_loop(&add_loops[t], 3, args, n, steps)
    return out


cdef bint has_shape(ndarray x, tuple shape) except -1:
    """Whether x has these lengths."""
    cdef int k
    if PyArray_NDIM(x) != len(shape):
        return False
    for k in range(PyArray_NDIM(x)):
        if PyArray_DIM(x, k) != <npy_intp> shape[k]:
            return False
    return True


cdef ndarray fit(ndarray g, tuple shape, int typenum):
    """A cotangent summed over the axes along which an operand of `shape` was broadcast, in the operand's dtype."""
    cdef int lead, k, n = len(shape)
    cdef npy_intp dims[64]
    cdef axes_t axes = 0
    if not has_shape(g, shape):
        lead = PyArray_NDIM(g) - n
        for k in range(lead):
            axes |= <axes_t> 1 << k
        for k in range(n):
            dims[k] = shape[k]
            if dims[k] == 1 and lead + k >= 0 and PyArray_DIM(g, lead + k) != 1:
                axes |= <axes_t> 1 << (lead + k)
        g = sum_over(g, axes, n, dims) if axes else g.reshape(shape)
    if PyArray_TYPE(g) != typenum:
        g = PyArray_Cast(g, typenum)
    return g


# One thread at a time where NumPy or a long loop lets others run in the middle of storing: additions to one buffer
# would be lost. It may be entered again, by a finalizer that runs meanwhile.
cdef object storing = threading.RLock()
if hasattr(os, "register_at_fork"):     # a child has no other thread, so none that would give the lock back
    os.register_at_fork(before=storing.acquire, after_in_parent=storing.release, after_in_child=storing.release)


cdef int store(Leaf leaf, object g, bint owned) except -1:
    """Writes a finished gradient into a leaf's buffer as its grad_req says.

    One that the sweep owns takes the place of the old memory where nobody else can see that.
    """
    cdef ndarray buffer = data_of(leaf.buffer)
    cdef bint alone
    if leaf.grad_req == REQ_NULL:
        return 0
    before_write(leaf.buffer)
    if g is None:
        if leaf.grad_req == REQ_WRITE:
            buffer.fill(0)
    elif g is buffer and leaf.grad_req == REQ_WRITE:
        pass
    elif leaf.grad_req == REQ_WRITE and owned and leaf.buffer.shared is None and replaceable(buffer, <ndarray> g):
        leaf.buffer.form = <ndarray> g
    elif not FREE_THREADED and PyArray_SIZE(buffer) < BRIEF:
        write(buffer, <ndarray> g, leaf.grad_req)
    else:
        with storing:
            alone, leaf.alone = leaf.alone, False       # a sweep that begins meanwhile does not write there at once
            try:
                write(buffer, <ndarray> g, leaf.grad_req)
            finally:
                leaf.alone = alone
    bump(leaf.buffer)
    return 0


cdef int store_aside(Leaf leaf, object g) except -1:
    """The same for a sweep that does not hold the leaf."""
    with storing:
        # A sweep that writes into the buffer all along ends later than this one, so that its values stay.
        if not (leaf.held and leaf.direct):
            store(leaf, g, False)
    return 0


cdef int write(ndarray buffer, ndarray g, int grad_req) except -1:
    if grad_req == REQ_ADD:
        return add_into(buffer, g)
    PyArray_CopyInto(buffer, g)
    return 0


cdef inline bint replaceable(ndarray buffer, ndarray g) noexcept:
    """Whether a gradient's memory may serve instead of a buffer's: of one layout, and no view, export or running
    operation refers to the buffer (`store` holds one reference, the leaf's Array the other)."""
    return (not FREE_THREADED and Py_REFCNT(buffer) == 2 and PyArray_TYPE(buffer) == PyArray_TYPE(g)
            and PyArray_IS_C_CONTIGUOUS(buffer) and PyArray_IS_C_CONTIGUOUS(g) and owns_memory(g))
