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
from mxlite._engine.op cimport INEXACT, Op
from mxlite._engine.tape cimport Array, before_write, bump, data_of, live, thread_state
from mxlite._errors import (
    ASSIGN,
    FOREIGN,
    INPLACE,
    DtypeError,
    InplaceError,
    MXNetError,
    ShapeError,
    from_call,
    from_numpy,
    operand_message,
)

import_array()

# Options of NumPy's ufuncs at the values that change nothing.
cdef dict UFUNC_DEFAULTS = {"where": True, "dtype": None, "casting": "same_kind", "order": "K", "subok": True}


cdef object write_out(Op op, object out, object result):
    """Copies a result into an `out=` array and returns that array."""
    cdef Array target
    if isinstance(result, (list, tuple)):
        if not isinstance(out, (list, tuple)) or len(out) != len(result):
            raise DtypeError(f"{op.name} returns several arrays: out= is a list of {len(result)} arrays")
        return [write_out(op, target_of_part, part) for target_of_part, part in zip(out, result)]
    if isinstance(out, (list, tuple)) and len(out) == 1:
        out = out[0]
    if not isinstance(out, Array):
        raise DtypeError(f"{op.name}: out= must be one array of mxlite, not {type(out).__module__}.{type(out).__name__}")
    target = out
    recorded = thread_state().recording and live(<Array> result) is not None
    if thread_state().recording and (live(target) is not None or (
            recorded and PyArray_TYPE(target.form) != PyArray_TYPE((<Array> result).form))):
        raise InplaceError(operand_message(op.name, (target.form,), f"{INPLACE} {ASSIGN}"))
    if shape_of(target.form) != shape_of((<Array> result).form):
        raise ShapeError(operand_message(
            op.name, (target.form, (<Array> result).form), "out= does not have the shape of the result."))
    if PyArray_TYPE(target.form) != PyArray_TYPE((<Array> result).form) and not (
            op.pointwise and op.rule == INEXACT and target.form.dtype.kind in "iub"):
        # MXNet truncates exp() and its like of integers, and its programs give them an out= of integers.
        raise DtypeError(operand_message(
            op.name, (target.form, (<Array> result).form),
            f"out= has not the dtype of the result, {(<Array> result).form.dtype}; write x[...] = result to convert."))
    before_write(target)
    PyArray_CopyInto(data_of(target), data_of(<Array> result).astype(target.form.dtype))
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
        if len(args) == n + 1 and op.out_position < 0 and (
                op.pointwise or args[n] is None or isinstance(args[n], Array)):
            out = args[n]           # the last argument of all that take one
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
        if key == "name" or (op.pointwise and key in UFUNC_DEFAULTS and value is UFUNC_DEFAULTS[key]):
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


cdef object anything(Op op, tuple operands, bint numbers=True):
    """An elementwise operator on whatever came; of numbers alone it is a NumPy number, as in MXNet."""
    try:
        return of_numbers_too(op, operands) if numbers else elementwise(op, operands)
    except MXNetError:
        raise
    except FOREIGN as exc:
        raise from_numpy(op.name, operands, exc) from exc


cdef object of_numbers_too(Op op, tuple operands):
    """The same, with NumPy's own exceptions."""
    for value in operands:
        if not isinstance(value, (int, float, numpy.number, numpy.bool_)):
            if op.number_last and value is operands[1]:
                operands = (operands[1], operands[0])
            return elementwise(op, operands)
    with numpy.errstate(all="ignore"):
        result = op.function(*operands)
    return result[()] if isinstance(result, ndarray) else result


cdef bint all_numbers(list values) except -1:
    for value in values:
        if not isinstance(value, (int, float, numpy.number, numpy.bool_)):
            return False
    return True


cdef object MISSING = object()


def make_entry(Op op, tuple order=(), bint numbers=False):
    """The public callable of an operator.

    `order` names the arguments after the first where they are not given in the order of the parameters. With `numbers`
    the result of Python and NumPy numbers alone is a NumPy number.
    """
    return pointwise_entry(op) if op.pointwise else general_entry(op, order, numbers)


def pointwise_entry(Op op):
    """The callable of an elementwise operator: arrays alone go straight to the loops."""
    cdef int n_operands = op.n_operands

    def entry(first=MISSING, second=MISSING, /, *rest, **kwargs):     # a tuple for all arguments would cost time
        if not rest and not kwargs and isinstance(first, Array):
            if n_operands == 1 and second is MISSING:
                return unary(op, <Array> first)
            if n_operands == 2 and type(first) is type(second):
                return binary(op, <Array> first, <Array> second)
            if n_operands == 2 and PyFloat_CheckExact(second):
                return with_scalar(op, <Array> first, <double> second, True, 1)
        if second is not MISSING:
            args = (first, second, *rest)
        else:
            args = () if first is MISSING else (first,)
        if not kwargs and len(args) == n_operands:
            return anything(op, args)
        values = bind(op, args, kwargs)
        out = values.pop()
        if out is None:
            return anything(op, tuple(values))
        return write_out(op, out, anything(op, tuple(values), False))

    return entry


def general_entry(Op op, tuple order, bint numbers):
    """The callable of any other operator."""
    # What must be an array: None and strings, of which NumPy would make one, are refused.
    cdef tuple arrays = tuple([k for k in range(op.n_required) if k != op.variadic and (
        any([k in formula.targets for formula in op.formulas]) or (k == 0 and op.params[0] in ("a", "x", "data")))])

    def entry(*args, **kwargs):
        cdef int k
        if order and len(args) > 2:
            if len(args) > len(order) + 1:
                raise DtypeError(f"{op.name}() takes {len(order)} arguments, got {len(args) - 1}")
            kwargs = {**dict(zip(order, args[1:])), **kwargs}
            args = args[:1]
        values = bind(op, args, kwargs)
        out = values.pop()
        for k in arrays:
            if values[k] is None or isinstance(values[k], str):
                raise DtypeError(operand_message(op.name, values[:op.n_required], f"{op.params[k]} is an array or "
                                                 f"numbers, not {type(values[k]).__name__}."))
        if numbers and all_numbers(values[:op.n_required]):
            try:
                with numpy.errstate(all="ignore"):
                    return numpy.asarray(op.function(*values))[()]
            except MXNetError:
                raise
            except FOREIGN as exc:
                raise from_call(op, values, exc) from exc
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
