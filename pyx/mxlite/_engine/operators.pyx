"""TapeArray: the arithmetic, gradient and in-place methods that both array classes inherit.

Compiled so that `x * y` and `z.backward()` reach the loops without a Python frame.
"""
from cpython.buffer cimport PyBUF_WRITABLE, PyObject_GetBuffer
from cpython.ref cimport Py_DECREF
from numpy cimport (
    import_array, ndarray, PyArray_CopyInto, PyArray_DATA, PyArray_NDIM, PyArray_SIZE, PyArray_TYPE, NPY_BOOL,
    NPY_FLOAT32,
)
cimport cython
import numpy

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.call cimport wrap
from mxlite._engine.classes cimport alias, make, nd_class, np_class
from mxlite._engine.elementwise cimport unary
from mxlite._engine.free_threading cimport FREE_THREADED
from mxlite._engine.promote cimport native
from mxlite._engine.signs cimport (
    ABSOLUTE, ADD, DIVIDE, EQUAL, FLOOR_DIVIDE, GETITEM, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, MULTIPLY, NEGATIVE,
    NOT_EQUAL, POWER, REMAINDER, SUBTRACT, arithmetic, guard_inplace, inplace, sign,
)
from mxlite._engine.storage cimport zeros_like
from mxlite._engine.subscript cimport assigned, selected
from mxlite._engine.tape cimport (
    Array, Leaf, Node, before_write, bump, data_of, is_gradient, kept_at, live, node_at, replace_kept, replace_node,
    share,
)
from mxlite._engine.tape import GRAD_REQS
from mxlite._engine.sweep cimport run_backward
from mxlite._errors import ArgumentError, DtypeError, ExportError, GraphError, OptionError, operand_message

import_array()

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
        return unary(sign(NEGATIVE), self)

    def __pos__(self):
        return self

    def __abs__(self):
        return unary(sign(ABSOLUTE), self)

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

    def __getitem__(self, key):
        found = selected(sign(GETITEM), self, key)
        return self._select(key) if found is None else found

    def __setitem__(self, key, value):
        if not assigned(self, key, value):
            self._assign(key, value)

    def __delitem__(self, key):
        raise DtypeError(operand_message("__delitem__", (self, key), "an array keeps its elements; make another, with "
                                         "np.delete, say."))

    def __hash__(self):
        return <Py_ssize_t> <void*> self >> 4

    def __bool__(self):
        """Whether the only element is not 0; no element is False. Raises ArgumentError for several."""
        cdef ndarray x = data_of(self)
        cdef int t = PyArray_TYPE(x)
        if PyArray_SIZE(x) == 0:
            return False
        if PyArray_SIZE(x) > 1:
            raise ArgumentError(operand_message("bool", (self,), (
                "The truth value of an NDArray with multiple elements is ambiguous." if type(self) is nd_class() else
                "The truth value of an ndarray with multiple elements is ambiguous. Use a.any() or a.all().")))
        if t == NPY_BOOL:
            return (<char*> PyArray_DATA(x))[0] != 0
        if t == NPY_FLOAT32:
            return (<float*> PyArray_DATA(x))[0] != 0
        return bool(x.item())

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
        cdef Node node
        if FREE_THREADED:
            node = node_at(self)
            if node is not None:
                leaf = <Leaf> node if isinstance(node, Leaf) else kept_at(node)
        elif isinstance(self.node, Leaf):
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
        if stype is not None and stype != "default":
            raise OptionError(f"attach_grad: stype {stype!r} is sparse storage, which mxlite does not have")
        attach(self, zeros_like(self.form), grad_req)

    def drop_grad(self):
        """Frees the gradient buffer; the array is then no variable any more."""
        cdef Node node = node_at(self)
        if isinstance(node, Leaf):
            replace_node(self, None)
        elif node is not None:
            replace_kept(node, None)

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
    cdef Node node
    if grad_req not in GRAD_REQS:
        raise OptionError(f"grad_req is one of {', '.join(map(repr, GRAD_REQS))}, not {grad_req!r}")
    leaf = Leaf.__new__(Leaf)
    leaf.grad_req = GRAD_REQS[grad_req]
    leaf.buffer = buffer if isinstance(buffer, Array) else make(type(a), buffer)
    leaf.alone = not is_gradient(leaf.buffer)
    leaf.buffer.is_grad = True
    if leaf.buffer.shared is not None:
        leaf.buffer.shared.of_gradient = True
    node = node_at(a)
    if keep_past and node is not None and not isinstance(node, Leaf):
        if node.freed:
            raise GraphError("retain_grad: the graph of this array has been freed")
        replace_kept(node, leaf)
    else:
        replace_node(a, leaf)


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
    out.node = node_at(a)
    out.shared = share(a)
    return out


def view_of(Array a, data):
    """An Array outside the graph around a NumPy view of a's memory."""
    return view(a, data)


def same_node_as(Array a, Array source):
    """Puts `a` at the place of `source` on the tape."""
    replace_node(a, node_at(source))
    return a


def convert(Array a, object cls):
    """The same memory and place on the tape as another array class."""
    cdef Array out = alias(a, cls)
    out.node = node_at(a)
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
    replace_node(a, node_at(result))
