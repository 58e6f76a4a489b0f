"""Elementwise operators on operands of any kind: mixed classes, shapes, dtypes and layouts, numbers and lists.

What elementwise.pyx has no short way for comes here, and every error is raised here. Compiled because programs mix
operands all the time.
"""
from cpython.float cimport PyFloat_Check
from cpython.long cimport PyLong_Check
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_Cast, PyArray_CompareLists, PyArray_DATA, PyArray_DIMS, PyArray_DIM,
    PyArray_IS_C_CONTIGUOUS, PyArray_NDIM, PyArray_SIZE, PyArray_TYPE, NPY_BOOL, NPY_INT64,
)
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.classes cimport make, nd_class, np_class
from mxlite._engine.deferred cimport MANY
from mxlite._engine.elementwise cimport memory_for, postponed
from mxlite._engine.fperr cimport restore, silence
from mxlite._engine.op cimport INEXACT, Op
from mxlite._engine.pointwise cimport Pointwise, broadcast_steps
from mxlite._engine.program cimport FIXED, MAX_DIMS, ROWS, Frame, Resolved, set_scalar
from mxlite._engine.promote cimport common_type, is_float_type, native, whole, wide_integer
from mxlite._engine.recording cimport record, remember, remember_number
from mxlite._engine.storage cimport itemsize_of
from mxlite._engine.tape cimport Array, data_of, holds_live, live, node_at, thread_state
from mxlite._engine.watch cimport Again, outermost, watched, watching
from mxlite._errors import DtypeError, GraphError, ShapeError, from_numpy, operand_message

import_array()


cdef Array elementwise(Op op, tuple operands):
    """Any operands: Arrays of either class, NumPy arrays, numbers; mixed shapes, dtypes and layouts."""
    cdef int k, d, t, t_kept, result_type, operand_type, need = 0, ndim = 0, n = op.n_operands
    cdef list arrays = []
    cdef list scalars = []
    cdef list xs = [None, None, None]
    cdef object cls = None
    cdef Array a
    cdef ndarray x, out
    cdef npy_intp dims[MAX_DIMS]
    cdef npy_intp size
    cdef npy_intp steps[ROWS * MAX_DIMS]
    cdef double values[3]
    cdef double room[3]
    cdef Frame frame
    cdef Resolved* r
    cdef int register
    cdef bint legacy, uniform = True
    if watching and outermost():
        return <Array> watched(op, <Again> elementwise, operands)
    if len(operands) != n:
        raise DtypeError(f"{op.name}() takes {n} operands, got {len(operands)}")
    for value in operands:
        if isinstance(value, Array) and PyArray_SIZE((<Array> value).form) >= MANY:
            result = postponed(op, type(value), operands[0], operands[1] if n > 1 else None,
                               operands[2] if n > 2 else None)
            if result is not None:
                return result
            break
    originals = list(operands)
    for k in range(n):
        value = originals[k]
        if isinstance(value, Array):
            if cls is None or (cls is nd_class() and type(value) is not cls):
                cls = type(value)
            if not op.bool_operands >> k & 1:
                arrays.append(data_of(<Array> value))
        elif isinstance(value, (numpy.ndarray, numpy.generic)) and value.dtype.kind not in "biuf":
            raise DtypeError(operand_message(op.name, operands, f"dtype {value.dtype} is not supported."))
        elif isinstance(value, numpy.ndarray):
            value = native(value)          # whose writes have no count: under record a copy is kept
            originals[k] = make(np_class(), value.copy() if thread_state().recording else value)
            cls = np_class()
            if not op.bool_operands >> k & 1:
                arrays.append(data_of(<Array> originals[k]))
        elif isinstance(value, numpy.generic):
            originals[k] = value.item()
            if not op.bool_operands >> k & 1:
                scalars.append(originals[k])
        elif PyFloat_Check(value) or PyLong_Check(value):
            if not op.bool_operands >> k & 1:
                scalars.append(value)
        elif isinstance(value, (list, tuple)):
            if thread_state().recording and holds_live(value):
                raise GraphError(operand_message(op.name, operands, "A list of recorded arrays is no operand, since "
                                                 "gradients would not reach it; make one array of it with np.array."))
            originals[k] = make(np_class(), native(numpy.asarray(value, dtype=numpy.float32)))
            cls = cls or np_class()
            if not op.bool_operands >> k & 1:
                arrays.append(data_of(<Array> originals[k]))
        else:
            raise DtypeError(operand_message(op.name, operands, f"type {type(value)} not supported"))
    if cls is None:
        cls = np_class()
        originals[0] = make(cls, numpy.asarray(originals[0], dtype=numpy.float32))
        if not op.bool_operands & 1:
            arrays.append(data_of(<Array> originals[0]))
            scalars.pop(0)
    legacy = cls is nd_class()
    t = common_type(op, arrays, scalars, legacy)
    for k in range(n):
        value = originals[k]
        if not isinstance(value, Array) and PyLong_Check(value) and not -(1 << 53) <= value <= 1 << 53:
            originals[k] = make(cls, wide_integer(op, operands, value, t))
            arrays.append(data_of(<Array> originals[k]))
    # Shapes.
    arrays = [data_of(<Array> value) for value in originals if isinstance(value, Array)]
    for x in arrays:
        if PyArray_NDIM(x) > ndim:
            ndim = PyArray_NDIM(x)
    for d in range(ndim):
        dims[d] = 1
    for x in arrays:
        for d in range(PyArray_NDIM(x)):
            size = PyArray_DIM(x, d)
            if size != 1:
                k = ndim - PyArray_NDIM(x) + d
                if dims[k] != 1 and dims[k] != size:
                    raise ShapeError(operand_message(op.name, operands, "operands could not be broadcast together."))
                dims[k] = size
    # Operands in one dtype; pointers and strides.
    if op.forward is None:
        op.forward_program()
    r = op.forward.resolve(t)
    for k in range(n):
        value = originals[k]
        frame.step[k] = 0
        for d in range(ndim):
            steps[k * ndim + d] = 0
        if isinstance(value, Array):
            a = value
            x = data_of(a)
            if op.differentiable_mask >> k & 1 and thread_state().recording and live(a) is not None:
                need |= 1 << k
            operand_type = NPY_BOOL if op.bool_operands >> k & 1 else t
            if PyArray_TYPE(x) != operand_type:
                x = PyArray_Cast(x, operand_type)
                uniform = False
            if PyArray_NDIM(x) != ndim or not PyArray_IS_C_CONTIGUOUS(x) or (
                    not PyArray_CompareLists(PyArray_DIMS(x), dims, ndim)):
                uniform = False
            xs[k] = x
            frame.ptr[k] = <char*> PyArray_DATA(x)
            broadcast_steps(x, ndim, &steps[k * ndim])
        else:
            values[k] = value
            if legacy and not is_float_type(t):
                values[k] = whole(op, operands, value, t)
            if op.bool_operands >> k & 1:
                (<char*> &room[k])[0] = values[k] != 0
            elif r != NULL:
                set_scalar(<char*> &room[k], t, values[k])
            frame.ptr[k] = <char*> &room[k]
    register = op.forward.outputs[0]
    result_type = NPY_BOOL if op.forward.kinds[register] == "?" else t
    if (op.integer is not None and not is_float_type(t)) or r == NULL:
        out = forward_numpy(op, originals, xs, values, t)
    else:
        out = memory_for(op, operands, ndim, dims, result_type)
        op.forward.bind(r, &frame)
        for k in range(n, FIXED):
            frame.ptr[k] = NULL
            for d in range(ndim):
                steps[k * ndim + d] = 0
        if op.forward.computed(0):
            frame.ptr[register] = <char*> PyArray_DATA(out)
            frame.step[register] = itemsize_of(result_type)
            broadcast_steps(out, ndim, &steps[FIXED * ndim])
            op.forward.run_nd(r, &frame, ndim, dims, steps)
        else:
            out[...] = xs[register] if register < FIXED and xs[register] is not None else (
                values[register] if register < FIXED else op.forward.constants[register - FIXED])
    if legacy:
        if op.rule == INEXACT:
            t_kept = PyArray_TYPE(<ndarray> arrays[0])
            if t_kept == NPY_BOOL and scalars:
                t_kept = NPY_INT64
        else:
            t_kept = t
        if PyArray_TYPE(out) != t_kept:
            token = silence()       # integers have no nan and no inf
            out = PyArray_Cast(out, t_kept)
            restore(token)
    result = make(cls, out)
    if need:
        record_general(op, need, result, t, originals, xs, values, uniform)
    return result


cdef inline Array same_place(Array a, Array source):
    a.node = node_at(source)
    return a


cdef ndarray forward_numpy(Op op, list originals, list xs, double* values, int t):
    """Dtypes without inner loops for the operator: its forward (or its integer form) on NumPy arrays."""
    cdef int k
    function = op.integer if op.integer is not None and not is_float_type(t) else op.function
    operands = [xs[k] if xs[k] is not None else (originals[k] if PyLong_Check(originals[k]) or is_float_type(t)
                                                 else int(originals[k])) for k in range(op.n_operands)]
    try:
        with numpy.errstate(all="ignore"):
            return native(function(*operands))
    except (TypeError, MemoryError) as exc:
        raise from_numpy(op.name, operands, exc) from exc


cdef int record_general(Op op, int need, Array result, int t, list originals, list xs, double* values,
                        bint uniform) except -1:
    """Records the general case."""
    cdef Pointwise node = record(op, need, result, t)
    cdef int k
    cdef Array a
    node.out_typenum = PyArray_TYPE(result.form)
    specs = []
    for k in range(op.n_operands):
        if not isinstance(originals[k], Array):
            remember_number(node, k, values[k])
            specs.append(None)
            continue
        a = originals[k]
        specs.append((shape_of(a.form), PyArray_TYPE(a.form)))
        if xs[k] is not data_of(a):          # a converted operand: the copy is kept, at the operand's place
            a = same_place(make(type(a), xs[k]), a)
        remember(node, k, a)
    if not uniform or node.out_typenum != t:
        node.simple = False
        node.operand_specs = tuple(specs)
    return 0
