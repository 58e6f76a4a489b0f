"""Gradient accumulation: cotangents that meet at a node, and sums over broadcast axes.

Compiled because it runs for every edge that the sweep walks.
"""
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_Cast, PyArray_DATA, PyArray_DIM, PyArray_IS_C_CONTIGUOUS, PyArray_NDIM,
    PyArray_SIZE, PyArray_TYPE,
)
cimport cython
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.storage cimport empty_like, itemsize_of
from mxlite._engine.sweep cimport Run
from mxlite._engine.tape cimport Leaf, Node, thread_state
from mxlite._errors import TWO_SWEEPS, GraphError
import numpy

import_array()

cdef object numpy_add = numpy.add
cdef object reduce_add = numpy.add.reduce

cdef Loop add_loops[24]
cdef int _t
cdef int _pair[2]
for _t in range(24):
    _pair[0] = _pair[1] = _t
    if find_loop(numpy_add, _pair, 2, &add_loops[_t]) != _t:
        add_loops[_t].fn = NULL


cdef tuple shape_of(ndarray x):
    return tuple([PyArray_DIM(x, k) for k in range(PyArray_NDIM(x))])


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
            add_loops[t].fn(args, &n, steps, add_loops[t].data)
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
    if run.private == NULL or not isinstance(parent, Leaf):
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
        add_loops[t].fn(args, &n, steps, add_loops[t].data)
    return out


cdef ndarray fit(ndarray g, tuple shape, int typenum):
    """A cotangent summed over the axes along which an operand of `shape` was broadcast, in the operand's dtype."""
    cdef int lead, k, n = len(shape)
    cdef list axes
    if PyArray_NDIM(g) != n or shape_of(g) != shape:
        lead = PyArray_NDIM(g) - n
        axes = list(range(lead))
        for k in range(n):
            if shape[k] == 1 and lead + k >= 0 and PyArray_DIM(g, lead + k) != 1:
                axes.append(lead + k)
        if axes:
            g = numpy.asarray(reduce_add(g, tuple(axes)))
        g = g.reshape(shape)
    if PyArray_TYPE(g) != typenum:
        g = PyArray_Cast(g, typenum)
    return g
