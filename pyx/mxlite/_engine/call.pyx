"""Operators that are not elementwise: the forward function runs on NumPy arrays, the node keeps what formulas name.

Compiled because argument handling and recording would otherwise cost more than the NumPy call they surround.
"""
from cpython.object cimport PyObject
from numpy cimport import_array, ndarray, PyArray_NDIM, PyArray_TYPE
cimport cython
import numpy

from mxlite._engine.accumulate cimport check_held, deliver, fit, reach, shape_of
from mxlite._engine.elementwise cimport native
from mxlite._engine.fperr cimport restore, silence
from mxlite._engine.op cimport FROM_G, FROM_Y, Formula, Op
from mxlite._engine.storage cimport type_code
from mxlite._engine.tape cimport (
    Array, Node, Version, bury, live, make, nd_class, np_class, share, take, thread_state, version_of)
from mxlite._engine.op import zero as ZERO
from mxlite._errors import MutationError, MXNetError, describe, from_numpy

import_array()


@cython.no_gc
cdef class Several(Node):
    """A node that may have several outputs."""

    cdef object cotangents(self):
        """The head gradient(s) in the forward function's own shapes."""
        cdef int k
        if not self.several:
            g = self.grad
            shape, _ = self.out_specs[0]
            return g if (<object> g).shape == shape else g.reshape(shape)
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
        reference = take(self.parents)
        self.parents = None
        bury(reference)
        reference = take(self.flat)
        self.flat = None
        bury(reference)
        reference = take(self.values)
        self.values = None
        bury(reference)
        reference = take(self.versions)      # holds the saved arrays too
        self.versions = None
        bury(reference)

    cdef int n_parents(self) noexcept:
        return len(self.flat) if self.flat is not None else 0

    cdef Node parent(self, int k):
        return <Node> self.flat[k]

    cdef str label(self):
        return self.op.name

    cdef bint exact(self) noexcept:
        return False

    cdef int check(self) except -1:
        cdef Version version
        for position, array, count in self.versions:
            if version_of(<Array> array) != count:
                self.complain(f"its input {self.op.params[position]!r}", (<Array> array).data)
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
        self.parents = self.flat = self.versions = self.specs = self.y_versions = None
        self.values = None
        self.y = None
        self.collected = None
        return 0

    cdef list arguments(self, Formula formula, object g, object y, list values, object need):
        """The arguments of a formula, from its parameter names."""
        cdef list out = []
        for source in formula.sources:
            if source == FROM_G:
                out.append(g)
            elif source == FROM_Y:
                out.append(y)
            elif source == "need":
                out.append(need)
            else:
                position, what = source
                if what is None:
                    out.append(values[position])
                else:
                    spec = self.specs[position]
                    out.append([described(s, what) for s in spec] if isinstance(spec, list) else described(spec, what))
        return out

    cdef int pull(self) except -1:
        cdef Formula formula
        g = self.cotangents()
        values = [raw_of(v) for v in self.values]
        for formula in self.op.formulas:
            need = tuple([wanted(self.parents[k]) for k in formula.targets])
            if not any(need):
                continue
            if formula.zero:
                for k in formula.targets:
                    self.hand_on(k, ZERO)
                continue
            result = formula.function(*self.arguments(formula, g, self.y, values, need))
            if formula.joint:
                for k, cotangent in zip(formula.targets, result, strict=True):
                    self.hand_on(k, cotangent)
            else:
                self.hand_on(formula.targets[0], result)
        self.collected = None
        return 0

    cdef int hand_on(self, int k, object result) except -1:
        """Delivers the cotangent of input k (a list of them for a sequence of arrays)."""
        parent = self.parents[k]
        if parent is None:
            return 0
        if isinstance(parent, tuple):
            for j in range(len(parent)):
                if parent[j] is not None:
                    self.hand_one(<Node> parent[j], ZERO if result is ZERO else result[j], self.specs[k][j])
            return 0
        return self.hand_one(<Node> parent, result, self.specs[k])

    cdef int hand_one(self, Node parent, object result, tuple spec) except -1:
        cdef ndarray g
        if result is None or result is ZERO:
            return reach(parent)
        g = numpy.asarray(result)
        if shape_of(g) != spec[0] or PyArray_TYPE(g) != spec[1]:
            g = fit(g, spec[0], spec[1])
        return deliver(parent, g, False)

    cdef object tracked(self, object g, object astype):
        """Per node of `flat`: (cotangent, spec), ZERO or None."""
        cdef Formula formula
        cdef dict found = {}
        if self.several:
            g = tuple([make(np_class(), numpy.zeros(s[0], type_code(s[1]))) if c is None else c.reshape(s[0])
                       for c, s in zip(g, self.out_specs, strict=True)])
        elif g.shape != self.out_specs[0][0]:
            g = g.reshape(self.out_specs[0][0])
        values = [tracked_value(v, p) for v, p in zip(self.values, self.parents, strict=True)]
        y = None
        if self.y is not None:
            y = tuple([output_array(self, v, k) for k, v in enumerate(self.y)]) if self.several else (
                output_array(self, self.y, 0))
        for formula in self.op.formulas:
            need = tuple([wanted(self.parents[k]) for k in formula.targets])
            if not any(need):
                continue
            if formula.zero:
                results = [ZERO] * len(formula.targets)
            else:
                results = formula.function(*self.arguments(formula, g, y, values, need))
                if not formula.joint:
                    results = [results]
            for k, result in zip(formula.targets, results, strict=True):
                found[k] = result
        out = []
        for k, parent in enumerate(self.parents):
            if isinstance(parent, tuple):
                for j in range(len(parent)):
                    if parent[j] is not None:
                        result = found.get(k)
                        out.append(result if result is None or result is ZERO else (result[j], self.specs[k][j]))
            elif parent is not None:
                result = found.get(k)
                out.append(result if result is None or result is ZERO else (result, self.specs[k]))
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
        reference = take(self.source)
        self.source = None
        bury(reference)

    cdef object tracked(self, object g, object astype):
        return ((self.position, g),)


cdef object wanted(object parent):
    """Whether a cotangent is wanted; for a sequence of arrays one answer each."""
    return tuple([p is not None for p in parent]) if isinstance(parent, tuple) else parent is not None


cdef object described(tuple spec, str what):
    """The shape or dtype that a formula asks for by name; None for a static argument."""
    return None if spec is None else spec[0] if what == "shape" else numpy.dtype(type_code(spec[1]))


cdef object raw_of(object value):
    if isinstance(value, Array):
        return (<Array> value).data
    if type(value) is list:
        return [raw_of(v) for v in value]
    return value


cdef object tracked_value(object value, object parent):
    cdef Array out
    if isinstance(value, Array):
        out = make(np_class(), (<Array> value).data)
        out.node = parent
        return out
    if type(value) is list:
        return [tracked_value(v, p) for v, p in zip(value, parent or [None] * len(value), strict=True)]
    return value


cdef Array output_array(Call node, object raw, int position):
    """A saved output as a recorded array, for formulas that are themselves recorded."""
    cdef Array out = make(np_class(), raw)
    out.node = output_node(node, position) if node.several else node
    return out


cdef Output output_node(Several source, int position):
    """The node of one of several outputs."""
    cdef Output node = Output.__new__(Output)
    node.source, node.position = source, position
    return node


cdef Array wrap(object raw, object cls):
    """A result of a forward function as an Array of a class; legacy arrays have no shape ()."""
    cdef ndarray x = native(raw)
    if cls is nd_class() and PyArray_NDIM(x) == 0:
        x = x.reshape(1)
    return make(cls, x)


cdef Array settle(Op op, object result, object cls, list values):
    """A result as an Array with memory of its own, or as a view that shares its input's version."""
    cdef Array out = wrap(result, cls), source
    if isinstance(result, ndarray) and (isinstance(result.base, ndarray) or is_input(result, values)):
        if op.view is not None and (op.view == "both" or cls is nd_class()) and isinstance(values[0], Array):
            source = values[0]
            base = result.base
            if result is source.data or base is source.data or (base is not None and base is (<object> source.data).base):
                out.shared = share(source)
                out.is_grad = source.is_grad
                return out
        out.data = out.data.copy()
    return out


cdef bint is_input(object result, list values):
    """Whether a forward function gave back one of its arguments, as numpy.squeeze may."""
    for value in values:
        if isinstance(value, Array):
            if (<Array> value).data is result:
                return True
        elif value is result or (type(value) is list and is_input(result, value)):
            return True
    return False


cdef object call(Op op, list values):
    """Runs a general operator on bound argument values and records it."""
    cdef int k, n = len(values)
    cdef list raw = list(values)
    cdef object cls = None
    cdef bint recording = thread_state().recording and op.differentiable, tracked = False
    cdef ndarray first = None
    cdef object token = None
    cdef Array a
    for k in range(n):
        value = values[k]
        if k == op.variadic and isinstance(value, Array):
            value = values[k] = list(value)
        if isinstance(value, Array):
            a = value
            raw[k] = a.data
            if cls is None or cls is nd_class():
                cls = type(a)
            if first is None:
                first = a.data
            tracked = tracked or (recording and live(a) is not None)
        elif k == op.variadic and isinstance(value, (list, tuple)):
            values[k] = value = list(value)
            raw[k] = [raw_of(v) for v in value]
            for v in value:
                if isinstance(v, Array):
                    a = v
                    if cls is None or cls is nd_class():
                        cls = type(a)
                    if first is None:
                        first = a.data
                    tracked = tracked or (recording and live(a) is not None)
    if cls is None:
        cls = np_class()
    if not op.quiet:
        token = silence()
    try:
        result = op.run(raw)
    except MXNetError:
        raise
    except (TypeError, ValueError, IndexError, OverflowError, AttributeError) as exc:
        raise from_numpy(op.name, [v for v in values if isinstance(v, Array)] or values, exc) from exc
    finally:
        if token is not None:
            restore(token)
    several = isinstance(result, (tuple, list))
    if cls is nd_class() and op.nd_dtype is not None and not several and first is not None:
        result = numpy.asarray(result).astype(first.dtype if op.nd_dtype == "same" else op.nd_dtype, copy=False)
    if not several:
        a = settle(op, result, cls, values)
        if tracked:
            record(op, values, [a], [result], False)
        return a
    outputs = [settle(op, r, cls, values) for r in result]
    if tracked:
        record(op, values, outputs, list(result), True)
    return outputs if isinstance(result, list) else tuple(outputs)


cdef int record(Op op, list values, list outputs, list results, bint several) except -1:
    """A node for the outputs, if a differentiable input is on the tape."""
    cdef Call node
    cdef Formula formula
    cdef int k
    cdef Array a
    cdef list parents = [None] * len(values)
    cdef list kept = [None] * len(values)
    cdef list specs = [None] * len(values)
    cdef list versions = []
    cdef bint uses_y = False, any_wanted = False, wanted
    for formula in op.formulas:
        wanted = False
        for k in formula.targets:
            parents[k] = parent_of(values[k], k == op.variadic)
            wanted = wanted or parents[k] is not None
        if not wanted:
            continue
        any_wanted = True
        uses_y = uses_y or formula.uses_y
        for k in formula.inputs:
            if kept[k] is None:
                kept[k] = private_copy(values[k])
                note_versions(versions, k, values[k])
        for k in formula.described:
            specs[k] = spec_of(values[k])
    if not any_wanted:
        return 0
    node = Call.__new__(Call)
    node.op, node.parents, node.values = op, tuple(parents), kept
    node.flat = flatten(parents)
    node.specs, node.versions = tuple(specs), tuple(versions)
    node.several = several
    node.out_specs = tuple([(numpy.shape(r) if several else shape_before(r), PyArray_TYPE((<Array> o).data))
                            for r, o in zip(results, outputs)])
    if uses_y:
        y = [(<Array> o).data.reshape(s[0]) for o, s in zip(outputs, node.out_specs)]
        node.y = tuple(y) if several else y[0]
        counts = [share(<Array> o) for o in outputs]
        node.y_versions = tuple([(c, (<Version> c).count) for c in counts])
    for k in range(len(outputs)):
        a = outputs[k]
        a.node = output_node(node, k) if several else node
    return 0


cdef object private_copy(object value):
    """What a node keeps of an input: NumPy arrays, whose writes have no count, as copies."""
    if isinstance(value, ndarray):
        return value.copy()
    if type(value) is list:
        return [private_copy(v) for v in value]
    return value


cdef tuple shape_before(object result):
    """The shape of a result as the forward function gave it; NumPy numbers have shape ()."""
    return shape_of(<ndarray> result) if isinstance(result, ndarray) else ()


cdef object parent_of(object value, bint sequence):
    """The node of an input that is on the tape, else None; for a sequence of arrays a tuple of them."""
    if isinstance(value, Array):
        return live(<Array> value)
    if sequence and type(value) is list:
        group = tuple([live(<Array> v) if isinstance(v, Array) else None for v in value])
        for p in group:
            if p is not None:
                return group
    return None


cdef tuple flatten(list parents):
    """The nodes among the parents, in the order of the inputs."""
    cdef list flat = []
    for p in parents:
        if isinstance(p, tuple):
            flat.extend([q for q in p if q is not None])
        elif p is not None:
            flat.append(p)
    return tuple(flat)


cdef int note_versions(list versions, int k, object value) except -1:
    """Remembers how often a saved array had been written."""
    if isinstance(value, Array):
        versions.append((k, value, version_of(<Array> value)))
    elif type(value) is list:
        for v in value:
            if isinstance(v, Array):
                versions.append((k, v, version_of(<Array> v)))
    return 0


cdef object spec_of(object value):
    """(shape, type number) of an array, a list of them for a sequence, None for anything else."""
    if isinstance(value, Array):
        return shape_of((<Array> value).data), PyArray_TYPE((<Array> value).data)
    if type(value) is list:
        return [spec_of(v if isinstance(v, Array) else make(np_class(), numpy.asarray(v))) for v in value]
    return None

