"""Elementwise operators, forward: dtype and shape rules, the loops, recording.

Compiled because this is the path of `x + y`. `unary`, `binary` and `with_scalar` handle contiguous operands of one
shape and dtype with one inner loop; `elementwise` handles everything else.
"""
from cpython.float cimport PyFloat_Check
from cpython.long cimport PyLong_Check
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_Cast, PyArray_CompareLists, PyArray_DATA, PyArray_DIMS, PyArray_DIM,
    PyArray_IS_C_CONTIGUOUS, PyArray_NDIM, PyArray_SIZE, PyArray_TYPE, NPY_BOOL, NPY_FLOAT32, NPY_FLOAT64,
    NPY_INT64,
)
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.classes cimport make, nd_class, np_class
from mxlite._engine.deferred cimport MANY, Elementwise, defer
from mxlite._engine.fperr cimport restore, silence
from mxlite._engine.op cimport INEXACT, Op
from mxlite._engine.pointwise cimport Pointwise, broadcast_steps
from mxlite._engine.program cimport FIXED, MAX_DIMS, ROWS, Frame, Resolved, set_scalar
from mxlite._engine.promote cimport common_type, is_float_type, native, whole, wide_integer
from mxlite._engine.recording cimport record, remember, remember_number
from mxlite._engine.storage cimport empty, itemsize_of
from mxlite._engine.tape cimport Array, data_of, holds_live, live, node_at, share, thread_state, version_of
from mxlite._engine.watch cimport Again, outermost, watched, watching
from mxlite._engine.workers cimport run_loop
from mxlite._errors import AllocationError, DtypeError, GraphError, ShapeError, from_numpy, operand_message

import_array()


cdef bint same_layout(ndarray x, ndarray y) noexcept:
    """Both contiguous, one dtype, one shape."""
    cdef int n = PyArray_NDIM(x)
    return (PyArray_TYPE(x) == PyArray_TYPE(y) and PyArray_NDIM(y) == n
            and PyArray_CompareLists(PyArray_DIMS(x), PyArray_DIMS(y), n)
            and PyArray_IS_C_CONTIGUOUS(x) and PyArray_IS_C_CONTIGUOUS(y))


cdef inline bint plain(Op op, object cls, int typenum, int out) noexcept:
    """Whether the direct loop gives the result's dtype: legacy arrays compare to numbers, not bools."""
    return out >= 0 and (out == typenum or cls is not nd_class())


cdef Array postponed(Op op, object cls, object first, object second, object third):
    """The result of an operator on large operands, recorded and computed when it is read; None if it cannot wait."""
    cdef Array result = defer(op, cls, first, second, third)
    cdef Pointwise node
    cdef object operands
    cdef int k, need = 0
    if result is None or not thread_state().recording:
        return result
    operands = (first, second, third)
    for k in range(op.n_operands):
        if op.differentiable_mask >> k & 1 and isinstance(operands[k], Array) and live(<Array> operands[k]) is not None:
            need |= 1 << k
    if not need:
        return result
    node = record(op, need, result, (<Elementwise> result.deferred).typenum)
    node.out_typenum = PyArray_TYPE(result.form)
    node.simple = node.out_typenum == node.typenum
    for k in range(op.n_operands):
        if isinstance(operands[k], Array):
            remember(node, k, <Array> operands[k])
        else:
            remember_number(node, k, operands[k])
    return result


cdef ndarray memory_for(Op op, object operands, int ndim, npy_intp* dims, int typenum):
    """Memory for a result; the error that there is none names the operator."""
    try:
        return empty(ndim, dims, typenum)
    except MemoryError as exc:
        raise AllocationError(operand_message(op.name, operands, str(exc))) from None


cdef Array unary(Op op, Array a):
    cdef ndarray x = a.form, y
    cdef int t = PyArray_TYPE(x), out
    cdef char* args[2]
    cdef npy_intp steps[2]
    cdef npy_intp n = PyArray_SIZE(x)
    cdef Array result
    cdef Pointwise node
    if watching and outermost():
        return <Array> watched(op, again, (a,))
    if n >= MANY:
        result = postponed(op, type(a), a, None, None)
        if result is not None:
            return result
        x = data_of(a)
    out = op.direct(t)
    if not plain(op, type(a), t, out) or not PyArray_IS_C_CONTIGUOUS(x):
        return elementwise(op, (a,))
    y = (empty(PyArray_NDIM(x), PyArray_DIMS(x), out) if n < MANY else
         memory_for(op, (a,), PyArray_NDIM(x), PyArray_DIMS(x), out))
    if n:
        args[0], args[1] = <char*> PyArray_DATA(x), <char*> PyArray_DATA(y)
        steps[0], steps[1] = itemsize_of(t), itemsize_of(out)
        run_loop(&op.loops[t], 2, args, n, steps)
    result = make(type(a), y)
    if thread_state().recording and op.differentiable_mask and live(a) is not None:
        node = record(op, 1, result, t)
        node.out_typenum = out
        remember(node, 0, a)
    return result


cdef Array binary(Op op, Array a, Array b):
    cdef ndarray x = a.form, y = b.form, z
    cdef int t = PyArray_TYPE(x), out, need
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef npy_intp n = PyArray_SIZE(x)
    cdef Array result
    cdef Pointwise node
    if watching and outermost():
        return <Array> watched(op, again, (a, b))
    if n >= MANY:
        result = postponed(op, type(a), a, b, None)
        if result is not None:
            return result
        x, y = data_of(a), data_of(b)
    if type(a) is not type(b) or not same_layout(x, y):
        return stretched(op, a, b) if type(a) is type(b) and PyArray_TYPE(y) == t else elementwise(op, (a, b))
    out = op.direct(t)
    if not plain(op, type(a), t, out):
        return elementwise(op, (a, b))
    z = (empty(PyArray_NDIM(x), PyArray_DIMS(x), out) if n < MANY else
         memory_for(op, (a, b), PyArray_NDIM(x), PyArray_DIMS(x), out))
    if n:
        args[0], args[1], args[2] = <char*> PyArray_DATA(x), <char*> PyArray_DATA(y), <char*> PyArray_DATA(z)
        steps[0] = steps[1] = itemsize_of(t)
        steps[2] = itemsize_of(out)
        run_loop(&op.loops[t], 3, args, n, steps)
    result = make(type(a), z)
    if thread_state().recording and op.differentiable_mask:
        need = op.differentiable_mask & ((live(a) is not None) | (live(b) is not None) << 1)
        if need:
            node = record(op, need, result, t)
            node.out_typenum = out
            remember(node, 0, a)
            remember(node, 1, b)
    return result


cdef Array stretched(Op op, Array a, Array b):
    """A binary operator on two arrays of one class and dtype whose shapes differ, or whose elements lie apart."""
    cdef ndarray x = data_of(a), y = data_of(b), z
    cdef int t = PyArray_TYPE(x), out = op.direct(t), d, k, need
    cdef int ndim = max(PyArray_NDIM(x), PyArray_NDIM(y)), lead_x = ndim - PyArray_NDIM(x), lead_y = ndim - PyArray_NDIM(y)
    cdef npy_intp m, n
    cdef npy_intp dims[MAX_DIMS]
    cdef npy_intp steps[ROWS * MAX_DIMS]
    cdef Frame frame
    cdef Resolved* r
    cdef Array result
    cdef Pointwise node
    if not plain(op, type(a), t, out):
        return elementwise(op, (a, b))
    for d in range(ndim):
        m = PyArray_DIM(x, d - lead_x) if d >= lead_x else 1
        n = PyArray_DIM(y, d - lead_y) if d >= lead_y else 1
        if m != n and m != 1 and n != 1:
            return elementwise(op, (a, b))           # which says what is wrong
        dims[d] = n if m == 1 else m
    r = op.forward.resolve(t)
    if r == NULL:
        return elementwise(op, (a, b))
    z = empty(ndim, dims, out)
    op.forward.bind(r, &frame)
    for k in range(FIXED):
        frame.ptr[k] = NULL
        for d in range(ndim):
            steps[k * ndim + d] = 0
    frame.ptr[0], frame.ptr[1] = <char*> PyArray_DATA(x), <char*> PyArray_DATA(y)
    broadcast_steps(x, ndim, steps)
    broadcast_steps(y, ndim, steps + ndim)
    frame.ptr[op.forward.outputs[0]] = <char*> PyArray_DATA(z)
    broadcast_steps(z, ndim, steps + FIXED * ndim)
    op.forward.run_nd(r, &frame, ndim, dims, steps)
    result = make(type(a), z)
    if thread_state().recording and op.differentiable_mask:
        need = op.differentiable_mask & ((live(a) is not None) | (live(b) is not None) << 1)
        if need:
            node = record(op, need, result, t)
            node.out_typenum = out
            remember(node, 0, a)
            remember(node, 1, b)
            node.simple = False
            node.operand_specs = ((shape_of(x), t), (shape_of(y), t))
    return result


cdef Array with_scalar(Op op, Array a, double scalar, bint is_float, int slot):
    """A binary operator on an array and a Python number, which is operand `slot`."""
    cdef ndarray x = a.form, z
    cdef int t = PyArray_TYPE(x), out
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef npy_intp n = PyArray_SIZE(x)
    cdef double room
    cdef Array result
    cdef Pointwise node
    if watching and outermost():
        value = scalar if is_float else int(scalar)
        return <Array> watched(op, again, (value, a) if slot == 0 else (a, value))
    if n >= MANY:
        result = postponed(op, type(a), scalar if slot == 0 else a, a if slot == 0 else scalar, None)
        if result is not None:
            return result
        x = data_of(a)
    out = op.direct(t)
    if (not plain(op, type(a), t, out) or not PyArray_IS_C_CONTIGUOUS(x)
            or (t != NPY_FLOAT32 and t != NPY_FLOAT64)):
        value = scalar if is_float else int(scalar)
        return elementwise(op, (value, a) if slot == 0 else (a, value))
    z = (empty(PyArray_NDIM(x), PyArray_DIMS(x), out) if n < MANY else
         memory_for(op, (scalar, a) if slot == 0 else (a, scalar), PyArray_NDIM(x), PyArray_DIMS(x), out))
    if n:
        set_scalar(<char*> &room, t, scalar)
        args[1 - slot], args[slot], args[2] = <char*> PyArray_DATA(x), <char*> &room, <char*> PyArray_DATA(z)
        steps[1 - slot] = itemsize_of(t)
        steps[slot] = 0
        steps[2] = itemsize_of(out)
        run_loop(&op.loops[t], 3, args, n, steps)
    result = make(type(a), z)
    if thread_state().recording and op.differentiable_mask >> (1 - slot) & 1 and live(a) is not None:
        node = record(op, 1 << (1 - slot), result, t)
        node.out_typenum = out
        remember(node, 1 - slot, a)
        remember_number(node, slot, scalar)
    return result


cdef object again(Op op, object operands):
    """The same call for a watcher: what came by a short way goes it again."""
    first, last = operands[0], operands[len(operands) - 1]
    if len(operands) == 1:
        return unary(op, <Array> first)
    if isinstance(first, Array) and isinstance(last, Array):
        return binary(op, <Array> first, <Array> last)
    if isinstance(first, Array):
        return with_scalar(op, <Array> first, last, PyFloat_Check(last), 1)
    return with_scalar(op, <Array> last, first, PyFloat_Check(first), 0)


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
