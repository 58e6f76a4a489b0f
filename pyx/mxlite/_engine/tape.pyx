"""The tape: arrays, nodes, leaves, the recording scopes and the versions of memory.

A node holds its parents and what its derivative formula names, never its own output Array, so there are no reference
cycles; freeing a graph of any depth is iterative (`bury`). Compiled because an Array and a Node are made for every
recorded operation.
"""
from cpython.object cimport PyObject
from cpython.ref cimport Py_XDECREF
from libc.stdlib cimport free, realloc
from numpy cimport import_array, ndarray
cimport cython
import functools
import time

import numpy

from mxlite._engine.free_threading cimport FREE_THREADED, increment, lock, publish, unlock
from mxlite._engine.storage cimport shelve
from mxlite._errors import DtypeError


import_array()

cdef extern from *:
    """
    #if defined(_MSC_VER)
    #define MXLITE_THREAD_LOCAL __declspec(thread)
    #else
    #define MXLITE_THREAD_LOCAL __thread
    #endif
    static MXLITE_THREAD_LOCAL mxlite_thread_state mxlite_state;
    /* References that wait for the outermost deallocation of a node to end; see bury(). */
    static MXLITE_THREAD_LOCAL struct { PyObject** waiting; size_t n, room; int busy; } mxlite_grave;
    """
    ctypedef struct Grave:
        PyObject** waiting
        size_t n
        size_t room
        bint busy
    ThreadState mxlite_state
    Grave mxlite_grave

cdef ThreadState* thread_state() noexcept nogil:
    return &mxlite_state


cdef void inter(PyObject* reference) noexcept:
    """Drops a reference without recursion: inside the dealloc of a node, references queue up for the outermost one."""
    cdef PyObject** grown
    if mxlite_grave.busy:
        if mxlite_grave.n == mxlite_grave.room:
            grown = <PyObject**> realloc(mxlite_grave.waiting, (2 * mxlite_grave.room + 64) * sizeof(PyObject*))
            if grown == NULL:
                return      # leaks one reference rather than the whole stack
            mxlite_grave.waiting = grown
            mxlite_grave.room = 2 * mxlite_grave.room + 64
        mxlite_grave.waiting[mxlite_grave.n] = reference
        mxlite_grave.n += 1
        return
    mxlite_grave.busy = True
    Py_XDECREF(reference)
    while mxlite_grave.n:
        mxlite_grave.n -= 1
        Py_XDECREF(mxlite_grave.waiting[mxlite_grave.n])
    if mxlite_grave.room:
        free(mxlite_grave.waiting)
        mxlite_grave.waiting = NULL
        mxlite_grave.room = 0
    mxlite_grave.busy = False


@cython.final
@cython.no_gc
@cython.freelist(64)
cdef class Version:
    """How often one piece of memory has been written."""


cdef ndarray NOTHING = numpy.empty(0)


@cython.no_gc
cdef class Deferred:
    """Values that are computed when they are first read."""

    cdef ndarray compute(self, bint everything):
        """The values, computed at the first call; with `everything`, so is all on the way that others may want."""
        return self.values


@cython.no_gc
cdef class Array:
    """What both array classes are: a NumPy array and its place on the tape."""

    def __cinit__(self):
        self.form = NOTHING          # so that even an object made by __new__ alone can be read

    def __dealloc__(self):
        shelve(<PyObject*> self.form)

    def __init__(self, *args, **kwargs):
        raise DtypeError(f"{type(self).__name__} is not to be called; arrays are made by functions such as array()")


cdef bint holds_live(object values) except -1:
    """Whether nested lists or tuples hold an array that gradients reach."""
    for v in values:
        if isinstance(v, Array):
            if live(<Array> v) is not None:
                return True
        elif isinstance(v, (list, tuple)) and holds_live(v):
            return True
    return False


cdef Version share(Array a):
    """The write count of a's memory as an object, for views and saved outputs to hold."""
    cdef Version made
    if a.shared is None:
        with cython.critical_section(a):
            if a.shared is None:
                made = Version.__new__(Version)
                made.count, made.of_gradient = a.own_version, a.is_grad
                publish()
                a.shared = made
    return a.shared


cdef void bump_locked(Array a) noexcept:
    """A write that `share` must not miss."""
    lock(a)
    if a.shared is None:
        a.own_version += 1
    else:
        increment(&a.shared.count)
    unlock(a)


cdef Node locked_node(Array a):
    lock(a)
    cdef Node n = a.node
    unlock(a)
    return n


cdef Node locked_parent(Array a):
    """The array's node; where another thread has dropped it meanwhile, a variable that nobody asks for."""
    cdef Node n = locked_node(a)
    cdef Leaf lost
    if n is None:
        lost = Leaf.__new__(Leaf)
        lost.buffer = Array.__new__(Array)
        return lost
    return n


cdef void exchange_node(Array a, Node n) noexcept:
    lock(a)
    cdef Node _old = a.node          # freed behind the lock: that may take long
    a.node = n
    unlock(a)


cdef Leaf locked_kept(Node n):
    lock(n)
    cdef Leaf leaf = n.kept
    unlock(n)
    return leaf


cdef void exchange_kept(Node n, Leaf leaf) noexcept:
    lock(n)
    cdef Leaf _old = n.kept
    n.kept = leaf
    unlock(n)


cdef void start_reading(Version version, Reader* reader, PyObject* owner) noexcept:
    """Puts a deferred computation on the list of those that read some memory; it keeps the Version alive."""
    reader.owner = owner
    reader.next, reader.place = version.readers, &version.readers
    if reader.next != NULL:
        reader.next.place = &reader.next
    version.readers = reader


cdef void stop_reading(Reader* reader) noexcept:
    if reader.place != NULL:
        reader.place[0] = reader.next
        if reader.next != NULL:
            reader.next.place = reader.place
        reader.place = NULL


cdef int settle_readers(Version version) except -1:
    """Computes everything that reads some memory; each computation leaves the list when it is done. Waits for other
    threads' batches that are reading it; they need nothing but the processor to end."""
    cdef Deferred d
    while version.readers != NULL or version.held:
        if version.readers != NULL:
            d = <Deferred> version.readers.owner
            d.compute(True)
        else:
            time.sleep(1e-5)
    return 0


@cython.no_gc
cdef class Node:
    """One recorded operation. Subclasses say what its parents are and how a cotangent passes through."""

    cdef int n_parents(self) noexcept:
        return 0

    cdef Node parent(self, int k):
        return None

    cdef str label(self):
        """What to call the node in a message or a picture."""
        return "variable"

    cdef int check(self) except -1:
        """Raises if something the formulas need was overwritten; 1 if a gradient buffer is among it."""
        return 0

    cdef int pull(self) except -1:
        """Takes `grad` and delivers a cotangent to each parent that wants one."""
        return 0

    cdef int release(self) except -1:
        """Drops parents and saved arrays."""
        return 0

    cdef bint exact(self) noexcept:
        """Whether `pull` runs no Python, so that it can fail only for lack of memory."""
        return True

    cdef bint fragile(self) noexcept:
        """Whether `pull` runs a user's code, so that the graph must survive an exception."""
        return False

    cdef object tracked(self, object g, object astype):
        """What `pull` delivers to each parent (None for nothing, ZERO for a zero derivative), computed from and on
        recorded Arrays. `astype` is the operator that converts one."""
        return ()


@cython.final
@cython.no_gc
cdef class Leaf(Node):
    """A variable: where the sweep ends and the gradient is stored."""


GRAD_REQS = {"null": REQ_NULL, "write": REQ_WRITE, "add": REQ_ADD}


@cython.final
@cython.no_gc
@cython.freelist(8)
cdef class Scope:
    """A `with` block (or decorator) that sets the recording and training flags of its thread; -1 leaves one alone."""
    cdef int enter_recording, enter_training
    cdef int old_recording, old_training    # of the first to enter
    cdef bint inside                        # who has not left
    cdef list more               # (thread, recording, training) of those who entered while anybody was inside

    def __enter__(self):
        if FREE_THREADED or self.inside or self.more is not None:
            self.enter_again()
        else:
            self.inside = True
            self.old_recording, self.old_training = mxlite_state.recording, mxlite_state.training
        if self.enter_recording >= 0:
            mxlite_state.recording = self.enter_recording
        if self.enter_training >= 0:
            mxlite_state.training = self.enter_training

    def __exit__(self, kind, value, traceback):
        if FREE_THREADED or self.more is not None:
            if self.leave_again():
                return
        if self.enter_recording >= 0:
            mxlite_state.recording = self.old_recording
        if self.enter_training >= 0:
            mxlite_state.training = self.old_training
        self.inside = False

    cdef int enter_again(self) except -1:
        """The same object is entered inside itself, or by several threads at once."""
        with cython.critical_section(self):
            if self.more is None:
                self.more = []
            self.more.append((<size_t> &mxlite_state, mxlite_state.recording, mxlite_state.training))
        return 0

    cdef bint leave_again(self) except -1:
        """Gives this thread the flags back that it had when it last entered so; False if it has not."""
        cdef Py_ssize_t k
        with cython.critical_section(self):
            for k in range(0 if self.more is None else len(self.more), 0, -1):
                thread, recording, training = self.more[k - 1]
                if thread == <size_t> &mxlite_state:
                    del self.more[k - 1]
                    if not self.more:
                        self.more = None
                    if self.enter_recording >= 0:
                        mxlite_state.recording = recording
                    if self.enter_training >= 0:
                        mxlite_state.training = training
                    return True
        return FREE_THREADED

    def __call__(self, function):
        """Decorator form: every call of `function` runs inside a scope of its own."""
        cdef int recording = self.enter_recording, training = self.enter_training

        @functools.wraps(function)
        def scoped(*args, **kwargs):
            with scope(recording, training):
                return function(*args, **kwargs)
        return scoped


cdef Scope scope(int recording, int training):
    cdef Scope out = Scope.__new__(Scope)
    out.enter_recording, out.enter_training = recording, training
    return out


def record(train_mode=True):
    """Scope in which operations are recorded for differentiation; also sets the training flag (None leaves it)."""
    return scope(1, -1 if train_mode is None else bool(train_mode))


def pause(train_mode=False):
    """Scope in which nothing is recorded; also sets the training flag (None leaves it)."""
    return scope(0, -1 if train_mode is None else bool(train_mode))


def train_mode():
    """Scope in which operators such as dropout behave as in training; recording is left as it is."""
    return scope(-1, 1)


def predict_mode():
    """Scope in which operators such as dropout behave as in prediction; recording is left as it is."""
    return scope(-1, 0)


def is_recording():
    """Whether this thread records operations."""
    return bool(mxlite_state.recording)


def is_training():
    """Whether this thread is in training mode."""
    return bool(mxlite_state.training)


def set_recording(is_recording):
    """Sets the recording flag of this thread and returns what it was."""
    old = bool(mxlite_state.recording)
    mxlite_state.recording = bool(is_recording)
    return old


def set_eager(eager):
    """Sets whether this thread computes large elementwise results at once, and returns what it was."""
    old = bool(mxlite_state.eager)
    mxlite_state.eager = bool(eager)
    return old


def set_training(train_mode):
    """Sets the training flag of this thread and returns what it was."""
    old = bool(mxlite_state.training)
    mxlite_state.training = bool(train_mode)
    return old
