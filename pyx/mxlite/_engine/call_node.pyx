"""Nodes of operators that are not elementwise: what they keep, and how their formulas are called.

Compiled because reading arguments out of a node would otherwise cost more than the NumPy calls of a formula.
"""
from cpython.list cimport PyList_GET_ITEM
from cpython.object cimport PyObject
from cpython.ref cimport Py_DECREF, Py_INCREF
from cpython.tuple cimport PyTuple_GET_ITEM
from libc.stdlib cimport free
from numpy cimport import_array, ndarray, PyArray_CheckExact, PyArray_TYPE
cimport cython
import numpy

from mxlite._engine.accumulate cimport check_held, deliver, fit, gathering, has_shape, reach
from mxlite._engine.classes cimport alias, make, np_class
from mxlite._engine.op cimport (
    ARG_DTYPE, ARG_G, ARG_NEED, ARG_SHAPE, ARG_SPARE, ARG_VALUE, ARG_Y, MAX_PARAMS, Formula, Picked,
)
from mxlite._engine.storage cimport owns_memory, shelve, type_code
from mxlite._engine.tape cimport Array, Node, Version, bury, data_of, take, version_of
from mxlite._engine.op import zero as ZERO
from mxlite._errors import FOREIGN, MutationError, MXNetError, describe, from_numpy

import_array()

cdef enum:
    FEW = 2048           # elements below which an array of zeros costs less than to do without

cdef extern from "Python.h":
    Py_ssize_t Py_REFCNT(object o)
    object PyObject_Vectorcall(object callable, PyObject** args, size_t n, PyObject* names)


@cython.no_gc
cdef class Several(Node):
    """A node that may have several outputs."""

    cdef object cotangents(self):
        """The head gradient(s) in the forward function's own shapes."""
        cdef int k
        if not self.several:
            return self.grad.reshape(()) if self.lifted else self.grad
        out = []
        for k in range(len(self.out_specs)):
            shape, typenum = self.out_specs[k]
            g = self.collected[k] if self.collected is not None else None
            out.append(numpy.zeros(shape, type_code(typenum)) if g is None else g.reshape(shape))
        return tuple(out)


@cython.final
@cython.no_gc
cdef class Call(Several):
    """One recorded call of a general operator."""

    def __dealloc__(self):
        cdef PyObject* reference
        free(self.counts)
        reference = take(<PyObject*> self.parents)
        self.parents = None
        bury(reference)
        reference = take(<PyObject*> self.flat)
        self.flat = None
        bury(reference)
        reference = take(<PyObject*> self.values)        # holds the saved arrays, whose nodes may hold many more
        self.values = None
        bury(reference)
        reference = take(<PyObject*> self.versions)
        self.versions = None
        bury(reference)
        shelve(<PyObject*> self.y)

    cdef int n_parents(self) noexcept:
        return 0 if self.parents is None else len(self.parents) if self.flat is None else len(self.flat)

    cdef Node parent(self, int k):
        return <Node> PyTuple_GET_ITEM(self.parents if self.flat is None else self.flat, k)

    cdef str label(self):
        return self.op.name

    cdef bint exact(self) noexcept:
        return False

    cdef int check(self) except -1:
        cdef Version version
        cdef int k
        if self.counts != NULL:
            for k in range(len(self.values)):
                value = <object> PyList_GET_ITEM(self.values, k)
                if isinstance(value, Array) and version_of(<Array> value) != self.counts[k]:
                    self.complain(f"its input {self.op.params[k]!r}", (<Array> value).form)
        if self.versions is not None:
            for position, array, count in self.versions:
                if version_of(<Array> array) != count:
                    self.complain(f"its input {self.op.params[position]!r}", (<Array> array).form)
        if self.y_versions is not None:
            for k, (version, count) in enumerate(self.y_versions):
                if (<Version> version).count != count:
                    self.complain("its output", self.y[k] if self.several else self.y)
        return 0

    cdef int complain(self, str what, object value) except -1:
        raise MutationError(
            f"{self.op.name}: {what}, {describe(value)}, was overwritten after it was recorded and before backward, "
            "which needs its value. Write to a copy, or call backward first.")

    cdef int release(self) except -1:
        self.freed = True
        self.parents = self.flat = self.specs = self.y_versions = None
        self.values = self.versions = None
        shelve(<PyObject*> self.y)
        self.y = None
        self.collected = None
        free(self.counts)
        self.counts = NULL
        return 0

    # -- arguments of formulas ----------------------------------------------------------------------------------------
    cdef bint wants(self, Formula formula) noexcept:
        """Whether the formula has an input that wants a cotangent."""
        cdef int k
        for k in formula.targets:
            if <object> PyTuple_GET_ITEM(self.parents, k) is not None:
                return True
        return False

    cdef bint spends(self, Formula formula, object g) noexcept:
        """Whether a formula is the only one that reads g, whose memory the sweep owns."""
        cdef Formula other
        if g is not self.grad or not self.grad_owned:
            return False
        for other in self.op.formulas:
            if other is not formula and not other.zero and self.wants(other):
                return False
        return True

    cdef tuple needs(self, Formula formula):
        """Per target whether a cotangent is wanted; for a sequence of arrays one answer each."""
        return tuple([tuple([p is not None for p in self.parents[k]]) if isinstance(self.parents[k], tuple)
                      else self.parents[k] is not None for k in formula.targets])

    cdef object argument(self, Formula formula, int k, object g, object y, list values):
        """Argument k of a formula; inputs come from `values`, or as NumPy arrays from the node."""
        cdef int position = formula.places[k].position
        if formula.places[k].kind == ARG_VALUE:
            value = <object> PyList_GET_ITEM(self.values if values is None else values, position)
            return value if values is not None else raw_of(value)
        if formula.places[k].kind == ARG_G:
            return g
        if formula.places[k].kind == ARG_Y:
            return y
        if formula.places[k].kind == ARG_NEED:
            return self.needs(formula)
        if formula.places[k].kind == ARG_SPARE:
            return g if values is None and self.spends(formula, g) else None
        spec = <object> PyTuple_GET_ITEM(self.specs, position)
        if isinstance(spec, list):
            return [described(s, formula.places[k].kind == ARG_SHAPE) for s in spec]
        return described(spec, formula.places[k].kind == ARG_SHAPE)

    cdef object evaluate(self, Formula formula, object g, object y, list values):
        """The cotangents that a formula gives."""
        return self.call(formula.picked if isinstance(g, Picked) else formula.function, formula, g, y, values)

    cdef object call(self, object function, Formula formula, object g, object y, list values):
        """A function of the formula's parameters."""
        cdef PyObject* args[MAX_PARAMS]
        cdef int k, n = 0
        try:
            for k in range(formula.n_places):
                argument = self.argument(formula, k, g, y, values)
                Py_INCREF(argument)
                args[k] = <PyObject*> argument
                n += 1
            return PyObject_Vectorcall(function, args, n, NULL)
        except MXNetError:
            raise
        except FOREIGN as exc:
            operands = [raw_of(v) for v in self.values if isinstance(v, Array)]
            raise from_numpy(f"backward of {self.op.name}", (g, *operands), exc) from exc
        finally:
            for k in range(n):
                Py_DECREF(<object> args[k])

    # -- the sweep ----------------------------------------------------------------------------------------------------
    cdef int pull(self) except -1:
        cdef Formula formula
        g = self.cotangents()
        for formula in self.op.formulas:
            if not self.wants(formula):
                continue
            if formula.zero:
                for k in formula.targets:
                    self.hand_on(k, ZERO, False)
            elif formula.joint:
                result = self.evaluate(formula, g, self.y, None)
                for k, cotangent in zip(formula.targets, result, strict=True):
                    self.hand_on(k, cotangent, False)
            elif formula.into is None or not (self.pick_for_parent(formula, g) or self.add_into_parent(formula, g)):
                result = self.evaluate(formula, g, self.y, None)
                self.hand_on(formula.targets[0], result,
                             Py_REFCNT(result) == 1 or (result is g and self.spends(formula, g)))
                result = None
        self.collected = None
        return 0

    cdef bint takes_picked(self) noexcept:
        """Whether all formulas that are wanted can do with a head gradient that is Picked."""
        cdef Formula formula
        for formula in self.op.formulas:
            if formula.picked is None and not formula.zero and self.wants(formula):
                return False
        return not self.lifted and not self.several

    cdef bint pick_for_parent(self, Formula formula, object g) except -1:
        """Hands on a cotangent as Picked, to a node that takes it and gets no other."""
        cdef Node parent
        cdef Py_ssize_t size = 1
        if formula.pick is None:
            return False
        for length in <tuple> (<tuple> self.specs[formula.targets[0]])[0]:
            size *= <Py_ssize_t> length
        parent = self.parents[formula.targets[0]]
        if (size < FEW or not isinstance(parent, Call) or parent.grad is not None or parent.pending != 1
                or parent.kept is not None or parent.mark != self.mark or not (<Call> parent).takes_picked()):
            return False
        picked = self.call(formula.pick, formula, g, self.y, None)
        if picked is None:
            return False
        parent.grad, parent.grad_owned, parent.reached = picked, False, True
        return True

    cdef bint add_into_parent(self, Formula formula, object g) except -1:
        """Adds a cotangent to the sum at the parent in place. False where that sum is not this sweep's to write."""
        cdef tuple spec = self.specs[formula.targets[0]]
        cdef int k
        cdef ndarray waiting = gathering(self.parents[formula.targets[0]], spec[0], spec[1])
        if waiting is None:
            return False
        formula.into(waiting, *[self.argument(formula, k, g, self.y, None) for k in range(formula.n_places)
                                if formula.places[k].kind != ARG_SHAPE and formula.places[k].kind != ARG_DTYPE])
        return True

    cdef int hand_on(self, int k, object result, bint fresh) except -1:
        """Delivers the cotangent of input k, a list of them for a sequence of arrays; nobody else has a `fresh` one."""
        parent = <object> PyTuple_GET_ITEM(self.parents, k)
        if parent is None:
            return 0
        if isinstance(parent, tuple):
            for j in range(len(parent)):
                if parent[j] is not None:
                    self.hand_one(<Node> parent[j], ZERO if result is ZERO else result[j], self.specs[k][j], False)
            return 0
        return self.hand_one(<Node> parent, result, self.specs[k], fresh)

    cdef int hand_one(self, Node parent, object result, tuple spec, bint fresh) except -1:
        cdef ndarray g
        if result is None or result is ZERO:
            return reach(parent)
        g = <ndarray> result if PyArray_CheckExact(result) else numpy.asarray(result)
        if not has_shape(g, <tuple> spec[0]) or PyArray_TYPE(g) != <int> spec[1]:
            g = fit(g, spec[0], spec[1])
            fresh = fresh or g is not result
        return deliver(parent, g, fresh and owns_memory(g))

    cdef object tracked(self, object g, object astype):
        """Per node: (cotangent, spec), ZERO or None."""
        cdef Formula formula
        cdef dict found = {}
        if self.several:
            g = tuple([make(np_class(), numpy.zeros(s[0], type_code(s[1]))) if c is None else c.reshape(s[0])
                       for c, s in zip(g, self.out_specs, strict=True)])
        elif self.lifted:
            g = g.reshape(())
        values = [tracked_value(v, p) for v, p in zip(self.values, self.parents, strict=True)]
        y = None
        if self.y is not None:
            y = tuple([output_array(self, v, k) for k, v in enumerate(self.y)]) if self.several else (
                output_array(self, self.y, 0))
        for formula in self.op.formulas:
            if not self.wants(formula):
                continue
            if formula.zero:
                results = [ZERO] * len(formula.targets)
            else:
                results = self.evaluate(formula, g, y, values)
                if not formula.joint:
                    results = [results]
            for k, result in zip(formula.targets, results, strict=True):
                found[k] = result
        out = []
        for k, parent in enumerate(self.parents):
            result = found.get(k)
            if isinstance(parent, tuple):
                for j in range(len(parent)):
                    if parent[j] is not None:
                        out.append(result if result is None or result is ZERO else (result[j], self.specs[k][j]))
            elif parent is not None:
                out.append(result if result is None or result is ZERO else (result, self.specs[k]))
            elif self.flat is None:
                out.append(None)
        return tuple(out)


@cython.final
@cython.no_gc
cdef class Output(Node):
    """One of several outputs of a call: passes its cotangent to the call's node."""

    cdef int n_parents(self) noexcept:
        return 1

    cdef Node parent(self, int k):
        return self.source

    cdef str label(self):
        return f"output {self.position}"

    cdef int pull(self) except -1:
        check_held(self.source)
        if self.source.collected is None:
            self.source.collected = [None] * len(self.source.out_specs)
        # Several nodes may stand for one output: a formula that saved it got a node of its own.
        held = self.source.collected[self.position]
        self.source.collected[self.position] = self.grad if held is None else numpy.asarray(held + self.grad)
        self.source.reached = True
        self.source.grad = self.source.collected
        return 0

    cdef int release(self) except -1:
        self.freed = True
        self.source = None
        return 0

    def __dealloc__(self):
        cdef PyObject* reference
        reference = take(<PyObject*> self.source)
        self.source = None
        bury(reference)

    cdef object tracked(self, object g, object astype):
        return ((self.position, g),)


cdef object described(object spec, bint shape):
    """The shape or dtype that a formula asks for by name; None for a static argument."""
    return None if spec is None else spec[0] if shape else numpy.dtype(type_code(spec[1]))


cdef object raw_of(object value):
    if isinstance(value, Array):
        return data_of(<Array> value)
    if type(value) is list:
        return [raw_of(v) for v in value]
    return value


cdef object tracked_value(object value, object parent):
    cdef Array out
    if isinstance(value, Array):
        out = alias(<Array> value, np_class())
        out.node = parent
        return out
    if type(value) is list:
        return [tracked_value(v, p) for v, p in zip(value, parent or [None] * len(value), strict=True)]
    return value


cdef Array output_array(Call node, object raw, int position):
    """A saved output as a recorded array, for formulas that are themselves recorded."""
    cdef Array out = make(np_class(), raw)
    out.shared = <Version> node.y_versions[position][0]
    out.node = output_node(node, position) if node.several else node
    return out


cdef Output output_node(Several source, int position):
    """The node of one of several outputs."""
    cdef Output node = Output.__new__(Output)
    node.source, node.position = source, position
    return node
