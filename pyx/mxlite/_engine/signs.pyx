"""What stands behind Python's operator signs: `x + y`, `x += y` and the rest, for whatever the other operand is.

Compiled so that `x * y` reaches the loops without a Python frame.
"""
from cpython.float cimport PyFloat_AS_DOUBLE, PyFloat_CheckExact
from cpython.long cimport PyLong_AsLongLongAndOverflow, PyLong_CheckExact
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_CopyInto, PyArray_DATA, PyArray_IS_C_CONTIGUOUS, PyArray_ISWRITEABLE,
    PyArray_NBYTES, PyArray_SIZE, PyArray_TYPE,
)
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.deferred cimport Elementwise, waiting, write_into
from mxlite._engine.elementwise cimport binary, same_layout, with_scalar
from mxlite._engine.mixed cimport elementwise
from mxlite._engine.op cimport Op
from mxlite._engine.storage cimport itemsize_of
from mxlite._engine.tape cimport Array, before_write, bump, data_of, live, thread_state
from mxlite._engine.watch cimport outermost, watched, watching
from mxlite._engine.workers cimport run_loop
from mxlite._errors import ASSIGN, INPLACE, ArgumentError, DtypeError, InplaceError, ShapeError, operand_message

import_array()

SLOT_NAMES = ("add", "subtract", "multiply", "true_divide", "floor_divide", "remainder", "power", "negative",
              "absolute", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "getitem")
# Built-in classes that have such methods for another reason: repetition, formatting.
cdef tuple NO_OPERANDS = (str, bytes, list, tuple, complex)
# The methods of another class that Python asks after ours, in the same order.
cdef tuple REFLECTED = ("__radd__", "__rsub__", "__rmul__", "__rtruediv__", "__rfloordiv__", "__rmod__", "__rpow__")

cdef class _Slots:
    # The operators behind Python's signs, registered once at import.
    cdef list ops

cdef _Slots slots = _Slots.__new__(_Slots)


def register_slots(ops):
    """Names the operators behind +, -, ..., [] in the order of SLOT_NAMES; called once, by mxlite._array."""
    slots.ops = list(ops)


cdef Op sign(int which):
    return <Op> slots.ops[which]


cdef object arithmetic(int which, Array a, object other, int place):
    """`a` as operand `place` of a binary operator, with anything Python may hand over as the other."""
    cdef Op op = <Op> slots.ops[which]
    cdef int overflow = 0
    cdef long long value
    if type(other) is type(a):
        return binary(op, a, <Array> other) if place == 0 else binary(op, <Array> other, a)
    if PyFloat_CheckExact(other):
        return with_scalar(op, a, PyFloat_AS_DOUBLE(other), True, 1 - place)
    if PyLong_CheckExact(other):
        value = PyLong_AsLongLongAndOverflow(other, &overflow)
        if not overflow and -(1 << 53) <= value <= (1 << 53):
            return with_scalar(op, a, <double> value, False, 1 - place)
    elif not isinstance(other, (Array, numpy.ndarray, numpy.generic, bool, int, float)):
        if which < EQUAL and place == 0 and not isinstance(other, NO_OPERANDS) and hasattr(
                type(other), REFLECTED[which]):
            return NotImplemented       # the other class may know how
        raise DtypeError(operand_message(op.name, (a.form, other), f"type {type(other)} not supported"))
    return elementwise(op, (a, other) if place == 0 else (other, a))


cdef bint shifted(ndarray x, ndarray y) noexcept:
    """Whether two contiguous arrays of one layout share some memory, but not element by element."""
    cdef char* p = <char*> PyArray_DATA(x)
    cdef char* q = <char*> PyArray_DATA(y)
    return p != q and p < q + PyArray_NBYTES(y) and q < p + PyArray_NBYTES(x)


cdef object inplace(int which, Array a, object other):
    """a = a op other in a's own memory."""
    cdef Op op = <Op> slots.ops[which]
    cdef ndarray x = data_of(a), y
    cdef Array result
    cdef Elementwise d
    cdef char* args[3]
    cdef npy_intp steps[3]
    cdef npy_intp n
    cdef int t = PyArray_TYPE(x)
    if watching and outermost():
        return watched(op, inplace_again, (which, a, other))
    guard_inplace(a, other, op.name)
    if not PyArray_ISWRITEABLE(x):
        raise ArgumentError(operand_message(
            op.name, (a.form, other), "the memory that the result is to be written to is read-only; write x = x + y "
            "instead of x += y, or work on a copy."))
    before_write(a)
    d = waiting(<Array> other) if type(other) is type(a) else None
    if (d is not None and op.direct(t) == t and PyArray_TYPE(d.form) == t and PyArray_IS_C_CONTIGUOUS(x)
            and shape_of(d.form) == shape_of(x)):
        write_into(&op.loops[t], x, d)
    elif (type(other) is type(a) and same_layout(x, data_of(<Array> other)) and op.direct(t) == t
            and not shifted(x, data_of(<Array> other))):
        y = data_of(<Array> other)
        n = PyArray_SIZE(x)
        if n:
            args[0] = args[2] = <char*> PyArray_DATA(x)
            args[1] = <char*> PyArray_DATA(y)
            steps[0] = steps[1] = steps[2] = itemsize_of(t)
            run_loop(&op.loops[t], 3, args, n, steps)
    else:
        outcome = arithmetic(which, a, other, 0)
        if outcome is NotImplemented:
            return reflected_add(a, other) if which == ADD else outcome
        result = outcome
        if shape_of(result.form) != shape_of(x):
            raise ShapeError(operand_message(
                op.name, (a.form, other), "the result does not have the shape of the array it is to be written to."))
        if PyArray_TYPE(result.form) != t and (which == DIVIDE or not isinstance(other, (int, float))):
            raise DtypeError(operand_message(
                op.name, (a.form, other),
                f"Type inconsistent: the result is {result.form.dtype}; convert with astype."))
        PyArray_CopyInto(x, data_of(result).astype(x.dtype) if PyArray_TYPE(result.form) != t else data_of(result))
    bump(a)
    return a


cdef object inplace_again(Op op, object args):
    return inplace(args[0], <Array> args[1], args[2])


cdef object reflected_add(Array a, object other):
    """a += other where only `other` may know how to add. Not left to Python: it also takes __iadd__ for a sequence's,
    of which NotImplemented would be the result."""
    add = getattr(type(other), "__radd__", None)
    outcome = NotImplemented if add is None else add(other, a)
    if outcome is NotImplemented:
        raise DtypeError(operand_message("add", (a.form, other), f"type {type(other)} not supported"))
    return outcome


cdef int guard_inplace(Array a, object value, str name) except -1:
    """Refuses an in-place write that the tape could not represent."""
    if thread_state().recording:
        if live(a) is not None:
            raise InplaceError(operand_message(name, (a.form,), f"{INPLACE} {ASSIGN}"))
        if isinstance(value, Array) and live(<Array> value) is not None:
            raise InplaceError(operand_message(
                name, (a.form, (<Array> value).form), f"{INPLACE} Write x = x + y instead of x += y."))
    return 0
