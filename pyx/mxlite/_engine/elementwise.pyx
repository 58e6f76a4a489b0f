"""Elementwise operators, forward, on the operands that most programs have: dtype and shape rules, the loops, recording.

Compiled because this is the path of `x + y`. `unary`, `binary` and `with_scalar` handle contiguous operands of one
shape and dtype with one inner loop, `stretched` two shapes that broadcast; mixed.pyx handles everything else.
"""
from cpython.float cimport PyFloat_Check
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_CompareLists, PyArray_DATA, PyArray_DIMS, PyArray_DIM,
    PyArray_IS_C_CONTIGUOUS, PyArray_NDIM, PyArray_SIZE, PyArray_TYPE, NPY_FLOAT32, NPY_FLOAT64,
)

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.classes cimport make, nd_class
from mxlite._engine.deferred cimport MANY, Elementwise, defer
from mxlite._engine.mixed cimport elementwise
from mxlite._engine.op cimport Op
from mxlite._engine.pointwise cimport Pointwise, broadcast_steps
from mxlite._engine.program cimport FIXED, MAX_DIMS, ROWS, Frame, Resolved, set_scalar
from mxlite._engine.recording cimport record, record_pair, remember, remember_number
from mxlite._engine.storage cimport empty, itemsize_of
from mxlite._engine.tape cimport Array, data_of, live, thread_state
from mxlite._engine.watch cimport outermost, watched, watching
from mxlite._engine.workers cimport run_loop
from mxlite._errors import AllocationError, operand_message

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
    cdef int t = PyArray_TYPE(x), out
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef npy_intp n = PyArray_SIZE(x)
    cdef Array result
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
    if thread_state().recording:
        record_pair(op, a, b, result, t, out)
    return result


cdef Array stretched(Op op, Array a, Array b):
    """A binary operator on two arrays of one class and dtype whose shapes differ, or whose elements lie apart."""
    cdef ndarray x = data_of(a), y = data_of(b), z
    cdef int t = PyArray_TYPE(x), out = op.direct(t), d, k
    cdef int ndim = max(PyArray_NDIM(x), PyArray_NDIM(y))
    cdef int lead_x = ndim - PyArray_NDIM(x), lead_y = ndim - PyArray_NDIM(y)
    cdef npy_intp m, n, size = 1
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
        size *= dims[d]
    r = op.forward.resolve(t)
    if r == NULL:
        return elementwise(op, (a, b))
    z = empty(ndim, dims, out) if size < MANY else memory_for(op, (a, b), ndim, dims, out)
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
    if thread_state().recording:
        node = record_pair(op, a, b, result, t, out)
        if node is not None:
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
