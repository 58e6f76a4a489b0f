"""Nodes of autograd.Function: forward and backward are a user's Python code.

Compiled because it is a Node.
"""
from cpython.object cimport PyObject
from numpy cimport import_array, ndarray, PyArray_IS_C_CONTIGUOUS, PyArray_TYPE
cimport cython
import numpy

from mxlite._engine.accumulate cimport deliver, fit, reach, shape_of
from mxlite._engine.call_node cimport Several, output_node
from mxlite._engine.classes cimport alias, make, np_class
from mxlite._engine.storage cimport owns_memory, type_code
from mxlite._engine.tape cimport (
    Array, Node, bury, data_of, live, node_at, replace_node, take, thread_state, version_of,
)
from mxlite._engine.watch cimport watched_function, watching
from mxlite._errors import DtypeError, MutationError, ShapeError, describe

import_array()

cdef extern from "Python.h":
    Py_ssize_t Py_REFCNT(PyObject* o)


@cython.final
@cython.no_gc
cdef class Custom(Several):
    """One recorded call of an autograd.Function."""

    def __dealloc__(self):
        cdef PyObject* reference
        reference = take(<PyObject*> self.parents)
        self.parents = None
        bury(reference)
        reference = take(<PyObject*> self.versions)      # the saved tensors, which the function holds too
        self.versions = None
        bury(reference)
        reference = take(<PyObject*> self.saved_outputs)
        self.saved_outputs = None
        bury(reference)
        reference = take(<PyObject*> self.function)
        self.function = None
        bury(reference)

    cdef int n_parents(self) noexcept:
        return len(self.parents) if self.parents is not None else 0

    cdef Node parent(self, int k):
        return <Node> self.parents[k]

    cdef str label(self):
        return type(self.function).__name__

    cdef bint exact(self) noexcept:
        return False

    cdef bint fragile(self) noexcept:
        return True

    cdef int check(self) except -1:
        for array, count in self.versions:
            if version_of(<Array> array) != count:
                raise MutationError(
                    f"{self.label()}: a saved tensor, {describe((<Array> array).form)}, was overwritten after forward "
                    "and before backward. Save a copy, or call backward first.")
        return 0

    cdef int release(self) except -1:
        self.freed = True
        self.parents = self.in_specs = self.versions = self.saved_outputs = None
        self.function = None
        self.collected = None
        return 0

    cdef tuple run(self, tuple heads):
        """Calls the user's backward; one result per input."""
        results = self.function.backward(*heads)
        if not isinstance(results, (list, tuple)):
            results = (results,)
        if len(results) != len(self.parents):
            raise ShapeError(
                f"{self.label()}.backward must return {len(self.parents)} gradients, one per input, not {len(results)}")
        for k, result in enumerate(results):
            if result is None or self.parents[k] is None:
                continue
            if not isinstance(result, Array):
                raise DtypeError(f"{self.label()}.backward must return arrays, not {type(result).__name__}")
            if shape_of((<Array> result).form) != self.in_specs[k][0]:
                raise ShapeError(
                    f"{self.label()}.backward: gradient {k} has shape {shape_of((<Array> result).form)}, "
                    f"its input {self.in_specs[k][0]}")
        return tuple(results)

    cdef int pull(self) except -1:
        cdef ndarray data
        cdef bint own = self.grad_owned and not self.several and PyArray_IS_C_CONTIGUOUS(<ndarray> self.grad)
        g = self.cotangents()
        # The user's code may write to what it is given, so that must be nobody else's.
        heads = tuple([make(self.cls, g if own else g.copy()) for g in (g if self.several else (g,))])
        results = self.run(heads)
        heads = g = None
        for k in range(len(self.parents)):
            if self.parents[k] is None:
                continue
            if results[k] is None:
                reach(<Node> self.parents[k])
                continue
            data = fit(unshared(results, k), self.in_specs[k][0], self.in_specs[k][1])
            deliver(<Node> self.parents[k], data, False)
        self.collected = None
        return 0

    cdef object tracked(self, object g, object astype):
        cdef Array head
        heads = []
        for k, x in enumerate(g if self.several else (g,)):
            if x is None:
                x = make(np_class(), numpy.zeros(self.out_specs[k][0], type_code(self.out_specs[k][1])))
            # What is on the tape cannot be written to; a constant can.
            head = alias(<Array> x, self.cls) if node_at(<Array> x) is not None else (
                make(self.cls, data_of(<Array> x).copy()))
            head.node = node_at(<Array> x)
            heads.append(head)
        # A saved output stands for the output while backward is recorded. Not for longer: that would be a cycle.
        try:
            for k, a in self.saved_outputs:
                replace_node(<Array> a, output_node(self, k) if self.several else self)
            results = self.run(tuple(heads))
        finally:
            for _, a in self.saved_outputs:
                replace_node(<Array> a, None)
        heads = head = x = None
        out = []
        for k in range(len(results)):
            if results[k] is None or self.parents[k] is None:
                out.append(None)
                continue
            head = make(np_class(), unshared(results, k))
            head.node = node_at(<Array> results[k])
            out.append((head, self.in_specs[k]))
        return tuple(out)


cdef ndarray unshared(tuple results, int k):
    """The values of result k of a backward: a copy where the user's code may have kept the array, to write to it."""
    cdef Array result = results[k]
    cdef Py_ssize_t here = 1              # this function's reference, and those of the tuple
    for other in results:
        here += other is result
    other = None
    if result.shared is None and Py_REFCNT(<PyObject*> result) <= here and owns_memory(data_of(result)):
        return data_of(result)
    return data_of(result).copy()


def record_function(function, tuple inputs, list outputs):
    """Puts the outputs of a user's forward on the tape: new arrays on the same memory, whose node is the function."""
    cdef Custom node
    cdef Array a, out
    if not thread_state().recording or not any([isinstance(x, Array) and live(<Array> x) is not None for x in inputs]):
        return outputs
    node = Custom.__new__(Custom)
    node.function = function
    node.parents = tuple([live(<Array> x) if isinstance(x, Array) else None for x in inputs])
    node.in_specs = tuple([
        (shape_of((<Array> x).form), PyArray_TYPE((<Array> x).form)) if isinstance(x, Array) else None
        for x in inputs])
    node.several = len(outputs) > 1
    node.cls = type(outputs[0])
    results = []
    specs = []
    saved_outputs = []
    for k, value in enumerate(outputs):
        a = value
        if live(a) is None and any([a is x for x in function.saved_tensors]):
            saved_outputs.append((k, a))
        specs.append((shape_of(a.form), PyArray_TYPE(a.form)))
        out = alias(a, type(a))
        for x in inputs:
            if a is x or live(a) is not None:
                out = make(type(a), data_of(a).copy())     # forward handed an input through: keep their memory apart
                break
        out.node = output_node(node, k) if node.several else node
        results.append(out)
    node.out_specs = tuple(specs)
    node.saved_outputs = tuple(saved_outputs)
    node.versions = tuple([(x, version_of(<Array> x)) for x in function.saved_tensors if isinstance(x, Array)])
    if watching:
        watched_function(node.label(), inputs, results)
    return results
