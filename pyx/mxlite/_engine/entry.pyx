"""Entries: the callables that users and other operators call, one per operator.

An entry binds arguments (MXNet's spellings included), takes the short way for plain arrays, and handles `out=`.
Compiled so that `exp(x)` costs no Python frame.
"""
import inspect

from cpython.float cimport PyFloat_CheckExact
from cpython.long cimport PyLong_CheckExact
from numpy cimport import_array, ndarray, PyArray_CopyInto, PyArray_TYPE
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.call cimport call
from mxlite._engine.elementwise cimport binary, elementwise, unary, with_scalar
from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Array, bump, live, thread_state
from mxlite._errors import ASSIGN, INPLACE, DtypeError, InplaceError, ShapeError, operand_message

import_array()


cdef object write_out(Op op, object out, object result):
    """Copies a result into an `out=` array and returns that array."""
    cdef Array target
    if isinstance(out, tuple) and len(out) == 1:
        out = out[0]
    if isinstance(result, (list, tuple)) or not isinstance(out, Array):
        raise DtypeError(f"{op.name}: out= must be one array of mxlite, not {type(out).__module__}.{type(out).__name__}")
    target = out
    recorded = thread_state().recording and live(<Array> result) is not None
    if thread_state().recording and (live(target) is not None or (
            recorded and PyArray_TYPE(target.data) != PyArray_TYPE((<Array> result).data))):
        raise InplaceError(operand_message(op.name, (target.data,), f"{INPLACE} {ASSIGN}"))
    if shape_of(target.data) != shape_of((<Array> result).data):
        raise ShapeError(operand_message(
            op.name, (target.data, (<Array> result).data), "out= does not have the shape of the result."))
    PyArray_CopyInto(target.data, (<Array> result).data.astype(target.data.dtype))
    bump(target)
    if recorded:
        target.node = (<Array> result).node      # the result itself, in memory given by the caller
    return target


cdef list bind(Op op, tuple args, dict kwargs):
    """Argument values in the order of the parameters; the last entry is `out`."""
    cdef int k, n = len(op.params)
    cdef list values
    out = None
    if op.star:
        args = (list(args),)
    if len(args) > n:
        if op.pointwise and len(args) == n + 1:
            out = args[n]
            args = args[:n]
        else:
            raise DtypeError(f"{op.name}() takes {n} arguments, got {len(args)}")
    values = list(args)
    values.extend(op.defaults[len(args):])
    if not kwargs and len(args) >= op.n_required:
        if op.out_position >= 0:
            out, values[op.out_position] = values[op.out_position], None
        values.append(out)
        return values
    for key, value in kwargs.items():
        if key == "out" and "out" not in op.positions:
            out = value
            continue
        if key == "name":
            continue
        name = op.aliases.get(key, key) if key not in op.positions else key
        position = op.positions.get(name)
        if position is None:
            raise DtypeError(f"{op.name}() got an unexpected keyword argument {key!r}; it takes "
                             f"{', '.join(op.params)}")
        if position < len(args):
            raise DtypeError(f"{op.name}() got two values for {name!r}")
        values[position] = value
    for k in range(n):
        if values[k] is inspect.Parameter.empty:
            raise DtypeError(f"{op.name}() is missing the argument {op.params[k]!r}")
    if op.out_position >= 0:
        out, values[op.out_position] = values[op.out_position], None
    values.append(out)
    return values


cdef object anything(Op op, tuple operands):
    """An elementwise operator on whatever came; of numbers alone it is a NumPy number, as in MXNet."""
    for value in operands:
        if not isinstance(value, (int, float, numpy.number, numpy.bool_)):
            if op.number_last and value is operands[1]:
                operands = (operands[1], operands[0])
            return elementwise(op, operands)
    with numpy.errstate(all="ignore"):
        return op.function(*operands)


def make_entry(Op op):
    """The public callable of an operator."""
    cdef int n_operands = op.n_operands if op.pointwise else 0
    cdef bint pointwise = op.pointwise

    def entry(*args, **kwargs):
        cdef int n
        if pointwise:
            n = len(args)
            if n == n_operands and not kwargs:
                if n == 1:
                    a = args[0]
                    if isinstance(a, Array):
                        return unary(op, <Array> a)
                elif n == 2:
                    a, b = args
                    if isinstance(a, Array):
                        if type(a) is type(b):
                            return binary(op, <Array> a, <Array> b)
                        if PyFloat_CheckExact(b):
                            return with_scalar(op, <Array> a, <double> b, True, 1)
                return anything(op, args)
            values = bind(op, args, kwargs)
            out = values.pop()
            result = anything(op, tuple(values)) if out is None else elementwise(op, tuple(values))
        else:
            values = bind(op, args, kwargs)
            out = values.pop()
            result = call(op, values)
        return result if out is None else write_out(op, out, result)

    return entry


def make_dual(Op op):
    """The callable of an operator that derivative formulas use: on NumPy arrays it is the forward function itself."""
    function = op.function

    def dual(*args, **kwargs):
        for value in args:
            if isinstance(value, Array):
                values = bind(op, args, kwargs)
                values.pop()
                return elementwise(op, tuple(values)) if op.pointwise else call(op, values)
        return function(*args, **kwargs)

    return dual
