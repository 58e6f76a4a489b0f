cimport cython
from cpython.object cimport PyObject
from cpython.ref cimport Py_INCREF
from numpy cimport ndarray
from mxlite._engine.free_threading cimport FREE_THREADED, increment
from mxlite._engine.storage cimport shelve

cdef extern from *:
    """
    #ifndef MXLITE_THREAD_STATE
    #define MXLITE_THREAD_STATE
    typedef struct { int recording, training, eager; void* run; } mxlite_thread_state;
    #endif
    """
    ctypedef struct ThreadState "mxlite_thread_state":
        int recording
        int training
        int eager                # computes large elementwise results at once
        void* run                # the innermost sweep under way

cdef extern from "Python.h":
    Py_ssize_t Py_REFCNT(PyObject* o)

# A place on the list of the computations that read some memory.
cdef struct Reader:
    Reader* next
    Reader** place               # what points to this one; NULL when on no list
    PyObject* owner

@cython.no_gc
cdef class Version:
    cdef long count
    cdef Reader* readers         # deferred computations, which want the memory as it is now
    cdef int held                # batches that are to read the memory as it is now, or are reading it
    cdef bint of_gradient        # it is the gradient buffer of a leaf
    cdef bint exposed            # others can write to the memory without the engine's knowing

@cython.no_gc
cdef class Deferred:
    cdef ndarray form            # their shape and dtype
    cdef ndarray values          # None until computed
    cdef ndarray compute(self, bint everything)

@cython.no_gc
cdef class Array:
    cdef ndarray form            # shape and dtype; also the memory, once `deferred` is None
    cdef Deferred deferred       # how to compute the values, while nobody has read them
    cdef Node node               # what recorded this array, or its Leaf; None outside every graph; see `node_at`
    cdef long own_version        # writes so far, until the memory is shared
    cdef Version shared          # the count that all views of one memory use; None for an array without views
    cdef bint is_grad            # the gradient buffer of a leaf; for other arrays on its memory see `is_gradient`
    cdef object __weakref__

cdef enum GradReq:
    REQ_NULL = 0
    REQ_WRITE = 1
    REQ_ADD = 3

@cython.no_gc
cdef class Node:
    cdef object grad             # the cotangent collected so far by the sweep under way
    cdef bint grad_owned         # `grad` belongs to the sweep alone and may be written
    cdef bint freed              # swept without retain_graph: counts as outside the graph
    cdef bint reached            # some output had a cotangent, or would have had but for a zero derivative
    cdef int place               # under detect_anomaly: the number of the user's line that recorded this; else 0
    cdef unsigned long long mark
    cdef Py_ssize_t pending
    cdef PyObject* link          # the next node on the sweep's stack
    cdef bint linked             # on such a stack
    cdef Leaf kept               # where to store this node's gradient besides passing it on; see `kept_at`
    cdef int n_parents(self) noexcept
    cdef Node parent(self, int k)
    cdef str label(self)
    cdef int check(self) except -1
    cdef int pull(self) except -1
    cdef int release(self) except -1
    cdef bint exact(self) noexcept
    cdef bint fragile(self) noexcept
    cdef object tracked(self, object g, object astype)

@cython.no_gc
cdef class Leaf(Node):
    cdef Array buffer
    cdef int grad_req
    cdef PyObject* next_leaf     # the next leaf of the sweep
    cdef bint alone              # no other leaf had the buffer before
    cdef bint direct             # the sweep under way may write into the buffer at once
    cdef bint held               # a sweep under way keeps its gradient in this object

cdef ThreadState* thread_state() noexcept nogil
cdef void inter(PyObject* reference) noexcept
cdef Version share(Array a)
cdef void start_reading(Version version, Reader* reader, PyObject* owner) noexcept
cdef void stop_reading(Reader* reader) noexcept
cdef int settle_readers(Version version) except -1
cdef bint holds_live(object values) except -1
cdef Node locked_node(Array a)
cdef Node locked_parent(Array a)
cdef void exchange_node(Array a, Node n) noexcept
cdef Leaf locked_kept(Node n)
cdef void exchange_kept(Node n, Leaf leaf) noexcept
cdef void bump_locked(Array a) noexcept

cdef inline void drop_cotangent(Node n) noexcept:
    """Takes a node's cotangent away."""
    shelve(<PyObject*> n.grad)
    n.grad = None

cdef inline PyObject* take(PyObject* o) noexcept:
    """For __dealloc__: a reference of its own to what an attribute holds, if that holds the last one. The attribute is
    set to None and only then is the reference buried."""
    if o == <PyObject*> None or (not FREE_THREADED and Py_REFCNT(o) != 1):
        return NULL
    Py_INCREF(<object> o)
    return o

cdef inline void bury(PyObject* reference) noexcept:
    """Drops a reference that `take` gave, without recursion."""
    if reference != NULL:
        inter(reference)

cdef inline ndarray data_of(Array a):
    """The memory of an array, its values computed."""
    if a.deferred is not None:
        a.form = a.deferred.compute(False)
        a.deferred = None
    return a.form

cdef inline long version_of(Array a) noexcept:
    return a.shared.count if a.shared is not None else a.own_version

cdef inline int before_write(Array a) except -1:
    """To be called before the memory of an array is written: computes what still has to read it."""
    if a.shared is not None and (a.shared.readers != NULL or a.shared.held):
        settle_readers(a.shared)
    return 0

cdef inline bint is_gradient(Array a) noexcept:
    """Whether an array lies in the gradient buffer of a leaf."""
    return a.is_grad or (a.shared is not None and a.shared.of_gradient)

cdef inline void bump(Array a) noexcept:
    """To be called after a write."""
    if a.shared is not None:
        increment(&a.shared.count)
    elif FREE_THREADED:
        bump_locked(a)
    else:
        a.own_version += 1

# An array's node may be replaced (`attach_grad`, a full assignment) while other threads read it, and so may a node's
# `kept`. Once somebody else can have the array, its node is read and replaced by these.
cdef inline Node node_at(Array a):
    """What recorded an array, or None."""
    return locked_node(a) if FREE_THREADED else a.node

cdef inline Node parent_at(Array a):
    """The node of an array through which gradients had been found to reach it."""
    return locked_parent(a) if FREE_THREADED else a.node

cdef inline Node live(Array a):
    """The node through which gradients reach `a`, or None."""
    cdef Node n
    if FREE_THREADED:
        n = locked_node(a)
        return n if n is not None and not n.freed else None
    return a.node if a.node is not None and not a.node.freed else None

cdef inline void replace_node(Array a, Node n) noexcept:
    if FREE_THREADED:
        exchange_node(a, n)
    else:
        a.node = n

cdef inline Leaf kept_at(Node n):
    return locked_kept(n) if FREE_THREADED else n.kept

cdef inline void replace_kept(Node n, Leaf leaf) noexcept:
    if FREE_THREADED:
        exchange_kept(n, leaf)
    else:
        n.kept = leaf
