"""Entries: the callables that users and other operators call, one per operator.

An entry binds arguments (MXNet's spellings included), takes the short way for plain arrays, and handles `out=`.
Compiled so that `exp(x)` costs no Python frame. Entries are called by CPython's vectorcall protocol, which hands the
arguments over as they lie on its stack; a compiled function of any arguments would get a new dict with every call.
"""
import inspect

from cpython.float cimport PyFloat_CheckExact
from cpython.object cimport PyObject, PyTypeObject
from numpy cimport import_array, ndarray, PyArray_CopyInto, PyArray_TYPE
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.call cimport call
from mxlite._engine.elementwise cimport binary, unary, with_scalar
from mxlite._engine.mixed cimport elementwise
from mxlite._engine.op cimport INEXACT, Formula, Op
from mxlite._engine.tape cimport Array, before_write, bump, data_of, live, node_at, replace_node, thread_state
from mxlite._errors import (
    ASSIGN,
    FOREIGN,
    INPLACE,
    DtypeError,
    InplaceError,
    MXNetError,
    ShapeError,
    UnsupportedError,
    from_call,
    from_numpy,
    operand_message,
)

import_array()

cdef extern from *:
    """
    /* Instances of the type hold, at the offset, the function by which they are called. */
    static void mxlite_called_by_vector(PyTypeObject *type, Py_ssize_t offset) {
        type->tp_vectorcall_offset = offset;
        type->tp_flags |= Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR;
    }
    """
    void called_by_vector "mxlite_called_by_vector" (PyTypeObject*, Py_ssize_t) noexcept

cdef extern from "Python.h":
    Py_ssize_t PyVectorcall_NARGS(size_t) noexcept
    object PyObject_Call(object, object, object)
    object PyObject_Vectorcall(object, PyObject**, size_t, PyObject*)
    object PyMethod_New(object, object)

ctypedef object (*Call)(PyObject* self, PyObject** args, size_t n, PyObject* names)

# Options of NumPy's ufuncs at the values that change nothing.
cdef dict UFUNC_DEFAULTS = {"where": True, "dtype": None, "casting": "same_kind", "order": "K", "subok": True}
cdef tuple CASTINGS = ("no", "equiv", "safe", "same_kind", "unsafe")


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
        raise DtypeError(
            f"{op.name}: out= must be one array of mxlite, not {type(out).__module__}.{type(out).__name__}")
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
        replace_node(target, node_at(<Array> result))      # the result itself, in memory given by the caller
    return target


cdef int refuse(Op op, str key, object value) except -1:
    """Raises for a keyword that an operator does not take. As in MXNet an option of NumPy's, with a value that NumPy
    knows, is not implemented."""
    if op.pointwise and key in UFUNC_DEFAULTS:
        if key == "dtype":
            try:
                numpy.dtype(value)
            except Exception:            # NumPy's parser of dtypes raises whatever its parts do
                raise DtypeError(f"{op.name}: dtype={value!r} is no data type") from None
        elif (key == "casting" and not (isinstance(value, str) and value in CASTINGS)
              or key == "subok" and not isinstance(value, bool)):
            raise DtypeError(f"{op.name}: {key}={value!r} is not understood")
        raise UnsupportedError(f"{op.name}: {key}={value!r} is not supported; write {key}={UFUNC_DEFAULTS[key]!r} or "
                               "leave it out")
    raise DtypeError(f"{op.name}() got an unexpected keyword argument {key!r}; it takes {', '.join(op.params)}")


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
            refuse(op, key, value)
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


cdef bint all_numbers(list values, int n) except -1:
    """Whether the first n values are numbers of Python or NumPy."""
    cdef int k
    for k in range(n):
        if isinstance(values[k], Array) or not isinstance(values[k], (int, float, numpy.number, numpy.bool_)):
            return False
    return True


cdef object general(Entry e, list values, object out):
    """Any other operator on bound arguments."""
    cdef Op op = e.op
    cdef int k
    for k in range(op.n_required):
        if e.arrays >> k & 1 and (values[k] is None or isinstance(values[k], str)):
            raise DtypeError(operand_message(op.name, values[:op.n_required], f"{op.params[k]} is an array or "
                                             f"numbers, not {type(values[k]).__name__}."))
    if e.numbers and all_numbers(values, op.n_required):
        try:
            with numpy.errstate(all="ignore"):
                return numpy.asarray(op.function(*values))[()]
        except MXNetError:
            raise
        except FOREIGN as exc:
            raise from_call(op, values, exc) from exc
    result = call(op, values)
    return result if out is None else write_out(op, out, result)


cdef object whatever(Entry e, tuple args, dict kwargs):
    """A call with arguments of any kind."""
    cdef Op op = e.op
    cdef list values
    if op.pointwise:
        if not kwargs and len(args) == op.n_operands:
            return anything(op, args)
        values = bind(op, args, kwargs)
        out = values.pop()
        if out is None:
            return anything(op, tuple(values))
        return write_out(op, out, anything(op, tuple(values), False))
    if e.order and len(args) > 2:
        if len(args) > len(e.order) + 1:
            raise DtypeError(f"{op.name}() takes {len(e.order)} arguments, got {len(args) - 1}")
        kwargs = {**dict(zip(e.order, args[1:])), **kwargs}
        args = args[:1]
    values = bind(op, args, kwargs)
    out = values.pop()
    return general(e, values, out)


cdef object unpacked(PyObject* self, PyObject** args, size_t n, PyObject* names):
    """The same, with the arguments where CPython has put them."""
    cdef Py_ssize_t k, count = PyVectorcall_NARGS(n)
    cdef dict kwargs = {}
    if names != NULL:
        for k, name in enumerate(<tuple> names):
            kwargs[name] = <object> args[count + k]
    return whatever(<Entry> self, tuple([<object> args[k] for k in range(count)]), kwargs)


cdef object call_unary(PyObject* self, PyObject** args, size_t n, PyObject* names):
    if PyVectorcall_NARGS(n) == 1 and names == NULL and isinstance(<object> args[0], Array):
        return unary((<Entry> self).op, <Array> args[0])
    return unpacked(self, args, n, names)


cdef object call_binary(PyObject* self, PyObject** args, size_t n, PyObject* names):
    if PyVectorcall_NARGS(n) == 2 and names == NULL and isinstance(<object> args[0], Array):
        if type(<object> args[0]) is type(<object> args[1]):
            return binary((<Entry> self).op, <Array> args[0], <Array> args[1])
        if PyFloat_CheckExact(<object> args[1]):
            return with_scalar((<Entry> self).op, <Array> args[0], <double> <object> args[1], True, 1)
    return unpacked(self, args, n, names)


cdef object call_general(PyObject* self, PyObject** args, size_t n, PyObject* names):
    cdef Entry e = <Entry> self
    cdef Op op = e.op
    cdef Py_ssize_t k, count = PyVectorcall_NARGS(n), all = len(op.params)
    cdef list values
    if names != NULL or count > all or count < op.n_required or op.star or (count > 2 and e.order):
        return unpacked(self, args, n, names)
    values = [<object> args[k] for k in range(count)]
    for k in range(count, all):
        values.append(op.defaults[k])
    out = None
    if op.out_position >= 0:
        out, values[op.out_position] = values[op.out_position], None
    return general(e, values, out)


cdef object call_dual(PyObject* self, PyObject** args, size_t n, PyObject* names):
    cdef Op op = (<Entry> self).op
    cdef Py_ssize_t k
    cdef list values
    for k in range(PyVectorcall_NARGS(n)):
        if isinstance(<object> args[k], Array):
            break
    else:
        return PyObject_Vectorcall(op.function, args, n, names)
    kwargs = {} if names == NULL else {
        name: <object> args[PyVectorcall_NARGS(n) + k] for k, name in enumerate(<tuple> names)}
    values = bind(op, tuple([<object> args[k] for k in range(PyVectorcall_NARGS(n))]), kwargs)
    values.pop()
    return elementwise(op, tuple(values)) if op.pointwise else call(op, values)


cdef class Entry:
    # No docstring: an entry's is the declaration's, and so are its name, its module and its signature.
    cdef Call vectorcall
    cdef Op op
    cdef tuple order          # names of the arguments after the first, where not in the order of the parameters
    cdef unsigned arrays      # mask of what must be an array: None and strings, of which NumPy would make one, are not
    cdef bint numbers         # of numbers alone the result is a NumPy number
    cdef object __weakref__

    def __call__(self, *args, **kwargs):
        return PyObject_Call(self, args, kwargs)      # which goes by the vector

    def __get__(self, instance, owner):
        return self if instance is None else PyMethod_New(self, instance)

    def __repr__(self):
        return f"<operator {self.op.name}>"

    def __reduce__(self):
        return self.op.function.__qualname__      # pickled by name, as functions are

    @property
    def __doc__(self):
        return self.op.function.__doc__

    @property
    def __module__(self):
        return self.op.function.__module__

    @property
    def __name__(self):
        return self.op.function.__name__

    @property
    def __qualname__(self):
        return self.op.function.__qualname__

    @property
    def __wrapped__(self):
        return self.op.function

    @property
    def __signature__(self):
        cdef Op op = self.op
        place = inspect.Parameter.POSITIONAL_OR_KEYWORD
        if not op.pointwise and not self.order:
            return inspect.signature(op.function)
        # Elementwise operators all take out= besides what is declared.
        out = inspect.Parameter("out", place, default=None)
        if not self.order:
            return inspect.Signature([*(inspect.Parameter(name, place, default=default)
                                        for name, default in zip(op.params, op.defaults)), out])
        given = {"out": out, **inspect.signature(op.function).parameters}
        return inspect.Signature([
            given[op.params[0]], *(given[name] for name in self.order),
            *(given[name].replace(kind=inspect.Parameter.KEYWORD_ONLY) for name in op.params[1:]
              if name not in self.order)])


cdef void prepare():
    cdef Entry e = Entry.__new__(Entry)
    called_by_vector(<PyTypeObject*> Entry, <char*> &e.vectorcall - <char*> <PyObject*> e)

prepare()


def make_entry(Op op, tuple order=(), bint numbers=False):
    """The public callable of an operator.

    `order` names the arguments after the first where they are not given in the order of the parameters. With `numbers`
    the result of Python and NumPy numbers alone is a NumPy number.
    """
    cdef Entry e = Entry.__new__(Entry)
    cdef Formula formula
    cdef int k
    e.op, e.order, e.numbers = op, order, numbers
    if op.pointwise:
        e.vectorcall = call_unary if op.n_operands == 1 else call_binary if op.n_operands == 2 else unpacked
        return e
    e.vectorcall = call_general
    for formula in op.formulas:
        for k in formula.targets:
            e.arrays |= 1 << k
    if op.n_required and op.params[0] in ("a", "x", "data"):
        e.arrays |= 1
    if op.variadic >= 0:
        e.arrays &= ~(<unsigned> 1 << op.variadic)
    return e


def make_dual(Op op):
    """The callable of an operator that derivative formulas use: on NumPy arrays it is the forward function itself."""
    cdef Entry e = Entry.__new__(Entry)
    e.op, e.order, e.vectorcall = op, (), call_dual
    return e
