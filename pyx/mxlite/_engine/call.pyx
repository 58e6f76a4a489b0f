"""Operators that are not elementwise: the forward function runs on NumPy arrays, a node is made where gradients flow.

Compiled because argument handling would otherwise cost more than the NumPy call it surrounds.
"""
from cpython.list cimport PyList_GET_ITEM
from cpython.object cimport PyObject
from cpython.ref cimport Py_DECREF, Py_INCREF
from cpython.tuple cimport PyTuple_GET_ITEM, PyTuple_New, PyTuple_SET_ITEM
from libc.stdlib cimport malloc
from numpy cimport (
    import_array, ndarray, PyArray_BASE, PyArray_CheckExact, PyArray_ISBEHAVED_RO, PyArray_NDIM, PyArray_TYPE,
)
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.call_node cimport Call, output_node, params_t
from mxlite._engine.classes cimport make, nd_class, np_class
from mxlite._engine.promote cimport is_number_type, native
from mxlite._engine.fperr cimport restore, silence
from mxlite._engine.op cimport MAX_PARAMS, Formula, Op
from mxlite._engine.tape cimport Array, Version, data_of, holds_live, live, share, thread_state, version_of
from mxlite._engine.watch cimport Again, outermost, watched, watching
from mxlite._errors import AllocationError, FOREIGN, GraphError, MXNetError, from_call, name_operator

import_array()

cdef extern from "Python.h":
    object PyObject_Vectorcall(object callable, PyObject** args, size_t n, PyObject* names)


cdef Array wrap(object raw, object cls):
    """A result of a forward function as an Array of a class; legacy arrays have no shape ()."""
    cdef ndarray x
    if PyArray_CheckExact(raw) and PyArray_ISBEHAVED_RO(<ndarray> raw) and is_number_type(PyArray_TYPE(<ndarray> raw)):
        x = <ndarray> raw
    else:
        x = native(raw)
    if cls is nd_class() and PyArray_NDIM(x) == 0:
        x = x.reshape(1)
    return make(cls, x)


cdef Array settle(Op op, object result, object cls, list values):
    """A result as an Array with memory of its own, or as a view that shares its input's version."""
    cdef Array out = wrap(result, cls), source
    if isinstance(result, ndarray) and (is_view(<ndarray> result) or is_input(result, values)):
        if op.view is not None and (op.view == "both" or cls is nd_class()) and isinstance(values[0], Array):
            source = values[0]
            base = result.base
            data = <object> data_of(source)
            if result is data or base is data or (base is not None and base is data.base):
                out.shared = share(source)
                return out
        out.form = out.form.copy()
    return out


cdef inline bint is_view(ndarray x):
    """Whether x lies in the memory of another array."""
    cdef PyObject* base = PyArray_BASE(x)
    return base != NULL and isinstance(<object> base, ndarray)


cdef bint is_input(object result, list values):
    """Whether a forward function gave back one of its arguments, as numpy.squeeze may."""
    for value in values:
        if isinstance(value, Array):
            if data_of(<Array> value) is result:
                return True
        elif value is result or (type(value) is list and is_input(result, value)):
            return True
    return False


cdef object run(Op op, PyObject** args, int n):
    """The forward function on NumPy arrays. Floating-point warnings are off, NumPy's exceptions become MXNet's."""
    cdef object token = None
    if not op.quiet:
        token = silence()
    try:
        if op.star:
            return op.function(*<object> args[0], **{op.params[k]: <object> args[k] for k in range(1, n)})
        return PyObject_Vectorcall(op.function, args, n, NULL)
    finally:
        if token is not None:
            restore(token)


cdef object call(Op op, list values):
    """Runs a general operator on bound argument values and records it. Takes `values` over."""
    cdef int k, n = len(values), held = 0
    cdef PyObject* args[MAX_PARAMS]
    cdef object cls = None
    cdef bint recording = thread_state().recording and op.differentiable, tracked = False
    cdef ndarray first = None
    cdef Array a
    cdef Call node = None
    if watching and outermost():
        return watched(op, <Again> call, values)
    try:
        for k in range(n):
            value = <object> PyList_GET_ITEM(values, k)
            if isinstance(value, Array) and k != op.variadic:
                a = value
                if cls is None or cls is nd_class():
                    cls = type(a)
                if first is None:
                    first = data_of(a)
                tracked = tracked or (recording and live(a) is not None)
                value = data_of(a)
            elif k == op.variadic and isinstance(value, (Array, list, tuple)):
                values[k] = list(value)
                value = []
                for v in values[k]:
                    if isinstance(v, Array):
                        a = v
                        if cls is None or cls is nd_class():
                            cls = type(a)
                        if first is None:
                            first = data_of(a)
                        tracked = tracked or (recording and live(a) is not None)
                        v = data_of(a)
                    value.append(v)
            elif recording and isinstance(value, (list, tuple)) and holds_live(value):
                raise GraphError(f"{op.name}: {op.params[k]} is a {type(value).__name__} of recorded arrays, which "
                                 "gradients would not reach; make one array of them, with np.array or np.stack.")
            Py_INCREF(value)
            args[k] = <PyObject*> value
            held += 1
        result = run(op, args, n)
    except MXNetError as exc:
        name_operator(op, exc, values)
        raise
    except FOREIGN as exc:
        raise from_call(op, values, exc) from exc
    finally:
        for k in range(held):
            Py_DECREF(<object> args[k])
    if cls is None:
        cls = np_class()
    if isinstance(result, (tuple, list)):
        outputs = [settle(op, r, cls, values) for r in result]
        if tracked:
            node = call_node(op, values)
        if node is not None:
            node.several = True
            node.out_specs = tuple([(numpy.shape(r), PyArray_TYPE((<Array> o).form)) for r, o in zip(result, outputs)])
            save_outputs(node, outputs)
            for k in range(len(outputs)):
                (<Array> outputs[k]).node = output_node(node, k)
        return outputs if isinstance(result, list) else tuple(outputs)
    if op.nd_dtype is not None and cls is nd_class() and first is not None:
        result = numpy.asarray(result).astype(first.dtype if op.nd_dtype == "same" else op.nd_dtype, copy=False)
    a = settle(op, result, cls, values)
    if tracked:
        node = call_node(op, values)
    if node is not None:
        node.lifted = PyArray_NDIM(a.form) == 1 and cls is nd_class() and (
            not isinstance(result, ndarray) or PyArray_NDIM(<ndarray> result) == 0)
        save_outputs(node, [a])
        a.node = node
    return a


# -- recording ---------------------------------------------------------------------------------------------------------
cdef tuple nothing(int n):
    """A tuple of None, to be filled in by `put` before anyone else sees it."""
    cdef tuple out = PyTuple_New(n)
    cdef int k
    for k in range(n):
        Py_INCREF(None)              # SET_ITEM takes one reference over
        PyTuple_SET_ITEM(out, k, None)
    return out


cdef inline int put(tuple target, int k, object value) except -1:
    """Replaces a None of a new tuple."""
    Py_DECREF(None)
    Py_INCREF(value)
    PyTuple_SET_ITEM(target, k, value)
    return 0


cdef Call call_node(Op op, list values):
    """A node for a call, or None when no formula is wanted. Takes `values` over."""
    cdef Call node = None
    cdef Formula formula
    cdef params_t keep = 0
    cdef int k, n = len(values)
    cdef bint wanted
    cdef tuple parents = nothing(n)
    cdef tuple specs = nothing(n)
    for formula in op.formulas:
        wanted = False
        for k in formula.targets:
            parent = parent_of(<object> PyList_GET_ITEM(values, k), k == op.variadic)
            if parent is not None:
                put(parents, k, parent)
                wanted = True
        if not wanted:
            continue
        if node is None:
            node = Call.__new__(Call)
            node.op = op
        for k in formula.inputs:
            keep |= <params_t> 1 << k
        for k in formula.described:
            if <object> PyTuple_GET_ITEM(specs, k) is None:
                put(specs, k, spec_of(<object> PyList_GET_ITEM(values, k)))
    if node is None:
        return None
    for k in range(n):
        value = <object> PyList_GET_ITEM(values, k)
        if not keep >> k & 1:
            if value is not None:
                values[k] = None
        elif isinstance(value, Array):
            if node.counts == NULL:
                node.counts = <long*> malloc(n * sizeof(long))
                if node.counts == NULL:
                    raise AllocationError("no memory for a node")
            node.counts[k] = version_of(<Array> value)
        elif isinstance(value, (ndarray, list)):
            values[k] = value = private_copy(value)
            note_versions(node, k, value)
    node.parents, node.values, node.specs = parents, values, specs
    if op.variadic >= 0:
        node.flat = flatten(parents)
    return node


cdef int save_outputs(Call node, list outputs) except -1:
    """Keeps the outputs in the node, if a wanted formula names them."""
    cdef Formula formula
    for formula in node.op.formulas:
        if formula.uses_y and node.wants(formula):
            break
    else:
        return 0
    if node.several:
        node.y = tuple([data_of(<Array> o).reshape(s[0]) for o, s in zip(outputs, node.out_specs)])
    else:
        node.y = data_of(<Array> outputs[0]).reshape(()) if node.lifted else data_of(<Array> outputs[0])
    counts = [share(<Array> o) for o in outputs]
    node.y_versions = tuple([(c, (<Version> c).count) for c in counts])
    return 0


cdef object private_copy(object value):
    """What a node keeps of an input: NumPy arrays, whose writes have no count, as copies."""
    if isinstance(value, ndarray):
        return value.copy()
    if type(value) is list:
        return [private_copy(v) for v in value]
    return value


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


cdef tuple flatten(tuple parents):
    """The nodes among the parents, in the order of the inputs."""
    cdef list flat = []
    for p in parents:
        if isinstance(p, tuple):
            flat.extend([q for q in p if q is not None])
        elif p is not None:
            flat.append(p)
    return tuple(flat)


cdef int note_versions(Call node, int k, object value) except -1:
    """Remembers how often the Arrays of a sequence had been written."""
    if type(value) is list:
        for v in value:
            if isinstance(v, Array):
                if node.versions is None:
                    node.versions = []
                node.versions.append((k, v, version_of(<Array> v)))
    return 0


cdef object spec_of(object value):
    """(shape, type number) of an array, a list of them for a sequence, None for anything else."""
    if isinstance(value, Array):
        return shape_of((<Array> value).form), PyArray_TYPE((<Array> value).form)
    if type(value) is list:
        return [spec_of(v if isinstance(v, Array) else make(np_class(), numpy.asarray(v))) for v in value]
    return None
