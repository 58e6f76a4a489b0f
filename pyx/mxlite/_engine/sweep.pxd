from cpython.object cimport PyObject
from mxlite._engine.free_threading cimport Turn
from mxlite._engine.tape cimport Array, Node
from mxlite._engine.turns cimport UnderWay

# One backward pass.
cdef struct Run:
    unsigned long long mark
    PyObject* stack        # nodes to visit, linked by Node.link
    PyObject* leaves       # leaves met, linked by Leaf.next_leaf
    Run* outer             # the sweep of this thread inside which this one runs, or NULL
    PyObject* private      # {leaf: Private} for leaves that another sweep holds, or NULL
    bint exact             # no node runs Python, none reads a gradient buffer
    bint fragile           # some node runs a user's code
    bint wanted            # some gradient is to be stored or returned
    bint returns           # gradients are returned, not stored
    Turn turn
    UnderWay* entry        # used where the interpreter has no lock of its own

cdef int begin(Run* run, bint returns) except -1
cdef int count(Run* run, Node head) except -1
cdef void finish(Run* run) noexcept
cdef list variable_nodes(list variables)
cdef list require_reached(Run* run, list nodes, bint strict)
cdef int check_mine(Run* run, Node p) except -1
cdef int run_backward(Array head, object head_grad, bint retain, bint train_mode) except -1
