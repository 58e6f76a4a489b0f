"""TapeArray: the arithmetic, gradient and in-place methods that both array classes inherit.

Compiled so that `x * y` and `z.backward()` reach the loops without a Python frame.
"""
from cpython.buffer cimport PyBUF_WRITABLE, PyObject_GetBuffer
from cpython.float cimport PyFloat_AS_DOUBLE, PyFloat_CheckExact
from cpython.long cimport PyLong_AsLongLongAndOverflow, PyLong_CheckExact
from cpython.ref cimport Py_DECREF
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_CopyInto, PyArray_DATA, PyArray_IS_C_CONTIGUOUS, PyArray_NBYTES,
    PyArray_NDIM, PyArray_SIZE, PyArray_TYPE,
)
cimport cython
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.call cimport wrap
from mxlite._engine.classes cimport alias, make, nd_class, np_class
from mxlite._engine.deferred cimport Elementwise, waiting, write_into
from mxlite._engine.elementwise cimport binary, elementwise, same_layout, unary, with_scalar
from mxlite._engine.op cimport Op
from mxlite._engine.promote cimport native
from mxlite._engine.storage cimport itemsize_of
from mxlite._engine.tape cimport Array, Leaf, before_write, bump, data_of, is_gradient, live, share, thread_state
from mxlite._engine.watch cimport outermost, watched, watching
from mxlite._engine.workers cimport run_loop
from mxlite._engine.tape import GRAD_REQS
from mxlite._engine.sweep cimport run_backward
from mxlite._errors import (
    ASSIGN, INPLACE, DtypeError, ExportError, GraphError, InplaceError, OptionError, ShapeError, operand_message)

import_array()

cdef enum:
    ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER, NEGATIVE, ABSOLUTE
    EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, SLOTS

SLOT_NAMES = ("add", "subtract", "multiply", "true_divide", "floor_divide", "remainder", "power", "negative",
              "absolute", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
# Built-in classes that have such methods for another reason: repetition, formatting.
cdef tuple NO_OPERANDS = (str, bytes, list, tuple, complex)
# The methods of another class that Python asks after ours, in the same order.
cdef tuple REFLECTED = ("__radd__", "__rsub__", "__rmul__", "__rtruediv__", "__rfloordiv__", "__rmod__", "__rpow__")

cdef class _Slots:
    # The operators behind Python's operator signs, registered once at import.
    cdef list ops

cdef _Slots slots = _Slots.__new__(_Slots)


def register_slots(ops):
    """Names the operators behind +, -, ... in the order of SLOT_NAMES; called once, by mxlite._array."""
    slots.ops = list(ops)


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


@cython.binding(False)      # unbound, as in TapeArray.backward(x), such methods check what x is
@cython.embedsignature(True)
@cython.embedsignature.format('clinic')
@cython.no_gc
cdef class TapeArray(Array):
    """Arithmetic and gradient methods of an array on the tape."""

    def __add__(self, other):
        return arithmetic(ADD, self, other, 0)

    def __radd__(self, other):
        return arithmetic(ADD, self, other, 1)

    def __sub__(self, other):
        return arithmetic(SUBTRACT, self, other, 0)

    def __rsub__(self, other):
        return arithmetic(SUBTRACT, self, other, 1)

    def __mul__(self, other):
        return arithmetic(MULTIPLY, self, other, 0)

    def __rmul__(self, other):
        return arithmetic(MULTIPLY, self, other, 1)

    def __truediv__(self, other):
        return arithmetic(DIVIDE, self, other, 0)

    def __rtruediv__(self, other):
        return arithmetic(DIVIDE, self, other, 1)

    def __floordiv__(self, other):
        return arithmetic(FLOOR_DIVIDE, self, other, 0)

    def __rfloordiv__(self, other):
        return arithmetic(FLOOR_DIVIDE, self, other, 1)

    def __mod__(self, other):
        return arithmetic(REMAINDER, self, other, 0)

    def __rmod__(self, other):
        return arithmetic(REMAINDER, self, other, 1)

    def __pow__(self, other, modulo):
        return arithmetic(POWER, self, other, 0) if modulo is None else NotImplemented

    def __rpow__(self, other, modulo):
        return arithmetic(POWER, self, other, 1) if modulo is None else NotImplemented

    def __iadd__(self, other):
        return inplace(ADD, self, other)

    def __isub__(self, other):
        return inplace(SUBTRACT, self, other)

    def __imul__(self, other):
        return inplace(MULTIPLY, self, other)

    def __itruediv__(self, other):
        return inplace(DIVIDE, self, other)

    def __ifloordiv__(self, other):
        return inplace(FLOOR_DIVIDE, self, other)

    def __imod__(self, other):
        return inplace(REMAINDER, self, other)

    def __neg__(self):
        return unary(<Op> slots.ops[NEGATIVE], self)

    def __pos__(self):
        return self

    def __abs__(self):
        return unary(<Op> slots.ops[ABSOLUTE], self)

    def __eq__(self, other):
        return arithmetic(EQUAL, self, other, 0)

    def __ne__(self, other):
        return arithmetic(NOT_EQUAL, self, other, 0)

    def __lt__(self, other):
        return arithmetic(LESS, self, other, 0)

    def __le__(self, other):
        return arithmetic(LESS_EQUAL, self, other, 0)

    def __gt__(self, other):
        return arithmetic(GREATER, self, other, 0)

    def __ge__(self, other):
        return arithmetic(GREATER_EQUAL, self, other, 0)

    def __hash__(self):
        return <Py_ssize_t> <void*> self >> 4

    def __getbuffer__(self, Py_buffer* buffer, int flags):
        """The memory, to be read: a write past the tape could not be noticed. Raises BufferError for a writer."""
        if flags & PyBUF_WRITABLE == PyBUF_WRITABLE:
            raise ExportError("the memory of an mxlite array is read-only to others: assign with x[...] = value, "
                              "or write to the copy that x.asnumpy() makes")
        seen = data_of(self).view(numpy.ndarray)
        seen.flags.writeable = False
        PyObject_GetBuffer(seen, buffer, flags)     # the view is the owner, and releases it
        Py_DECREF(None)                             # which Cython had put there as the owner

    @property
    def shape(self):
        """Lengths of the axes, a tuple of int."""
        return shape_of(self.form)

    @property
    def ndim(self):
        """Number of axes."""
        return PyArray_NDIM(self.form)

    @property
    def size(self):
        """Number of elements."""
        return PyArray_SIZE(self.form)

    @property
    def grad(self):
        """The gradient buffer that `attach_grad` made, or None."""
        cdef Leaf leaf = None
        if isinstance(self.node, Leaf):
            leaf = self.node
        elif self.node is not None:
            leaf = self.node.kept
        if leaf is None:
            return None
        return leaf.buffer if type(leaf.buffer) is type(self) else convert(leaf.buffer, type(self))

    def attach_grad(self, grad_req="write", stype=None):
        """Makes this array a variable: allocates a gradient buffer of zeros and cuts the array from its past.

        `grad_req`: 'write' (each backward overwrites), 'add' (each backward adds) or 'null'. Raises KeyError for
        another. `stype` is accepted for MXNet's sake; only 'default' exists.
        """
        if stype not in (None, "default"):
            raise OptionError(f"attach_grad: stype {stype!r} is sparse storage, which mxlite does not have")
        attach(self, numpy.zeros_like(self.form), grad_req)

    def drop_grad(self):
        """Frees the gradient buffer; the array is then no variable any more."""
        if isinstance(self.node, Leaf):
            self.node = None
        elif self.node is not None:
            self.node.kept = None

    def zero_grad(self):
        """Sets the gradient buffer to zero."""
        cdef Array grad = self.grad
        if grad is not None:
            before_write(grad)
            data_of(grad).fill(0)
            bump(grad)

    def detach(self):
        """The same values outside the graph; shares memory with this array."""
        return view(self, data_of(self))

    def backward(self, out_grad=None, retain_graph=False, train_mode=True):
        """Differentiates this array with respect to the variables it was computed from.

        `out_grad` is the head gradient, of this array's shape (ones if None). Raises MXNetError when the array was
        not recorded or its graph has been freed, MutationError when a saved array was overwritten.
        """
        run_backward(self, out_grad, retain_graph, train_mode)


cdef Array view(Array a, ndarray data):
    """An Array outside the graph on (part of) the memory of another, sharing its version."""
    cdef Array out = make(type(a), data)
    out.shared = share(a)
    return out


def attach(Array a, buffer, grad_req, bint keep_past=False):
    """Makes `a` a variable with a gradient buffer (a NumPy array or an Array); see TapeArray.attach_grad.

    With `keep_past` the array stays where it is in its graph and its gradient is stored on the way.
    """
    cdef Leaf leaf
    if grad_req not in GRAD_REQS:
        raise OptionError(f"grad_req is one of {', '.join(map(repr, GRAD_REQS))}, not {grad_req!r}")
    leaf = Leaf.__new__(Leaf)
    leaf.grad_req = GRAD_REQS[grad_req]
    leaf.buffer = buffer if isinstance(buffer, Array) else make(type(a), buffer)
    leaf.alone = not is_gradient(leaf.buffer)
    leaf.buffer.is_grad = True
    if leaf.buffer.shared is not None:
        leaf.buffer.shared.of_gradient = True
    if keep_past and a.node is not None and not isinstance(a.node, Leaf):
        if a.node.freed:
            raise GraphError("retain_grad: the graph of this array has been freed")
        a.node.kept = leaf
    else:
        a.node = leaf


def raw(Array a):
    """The NumPy array behind an Array; not to be written."""
    return data_of(a)


def form(Array a):
    """A NumPy array of its shape and dtype; the values may not have been computed."""
    return a.form


def from_raw(data, object cls):
    """An Array of a class around a NumPy array, which it takes over."""
    return make(cls, native(data))


def give_data(Array a, Array source):
    """Gives an array that was made by calling its class, as pickle does, the memory of another. Raises DtypeError for
    one that has memory."""
    if a.node is not None or PyArray_SIZE(a.form):
        raise DtypeError(f"an array of shape {shape_of(a.form)} has its data already")
    a.form = data_of(source)
    a.shared = share(source)


def fresh(data, bint legacy=False):
    """An Array around a NumPy array, which it takes over: np's class, or the legacy class."""
    return wrap(data, nd_class() if legacy else np_class())


def as_np(Array a):
    """The array itself, or an NDArray's memory and place on the tape in np's class."""
    return a if type(a) is not nd_class() else convert(a, np_class())


def as_legacy(Array a):
    """The same memory and place on the tape in the legacy class, which has no shape ()."""
    cdef Array out
    if type(a) is nd_class():
        return a
    out = wrap(data_of(a), nd_class())
    out.node = a.node
    out.shared = share(a)
    return out


def view_of(Array a, data):
    """An Array outside the graph around a NumPy view of a's memory."""
    return view(a, data)


def same_node_as(Array a, Array source):
    """Puts `a` at the place of `source` on the tape."""
    a.node = source.node
    return a


def convert(Array a, object cls):
    """The same memory and place on the tape as another array class."""
    cdef Array out = alias(a, cls)
    out.node = a.node
    return out


def is_tracked(Array a):
    """Whether gradients reach this array."""
    return live(a) is not None


def begin_write(Array a, value, name):
    """Call before writing in place: raises under record when the tape could not represent the write."""
    guard_inplace(a, value, name)
    before_write(a)


def expose(Array a):
    """Call when others get hold of an array's memory and may write to it without the engine's knowing."""
    before_write(a)
    share(a).exposed = True


def end_write(Array a):
    """Call after writing in place: nodes that saved the old value now know."""
    bump(a)


def adopt(Array a, Array result):
    """Full assignment under record: `a` takes the values and the place on the tape of `result`."""
    before_write(a)
    PyArray_CopyInto(data_of(a), data_of(result))
    bump(a)
    a.node = result.node
