"""The reverse sweep: from head arrays back to the leaves, without recursion.

First a walk over everything reachable counts the edges into each node and checks that nothing the formulas need was
overwritten, before any gradient is touched. Then nodes are taken once all their cotangents have come in; each hands
cotangents to its parents and drops what it saved. Last, leaves store what they got. Compiled because it touches every
node of the tape twice.
"""
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_CopyInto, PyArray_DATA, PyArray_IS_C_CONTIGUOUS,
    PyArray_SIZE, PyArray_TYPE, NPY_FLOAT32, NPY_FLOAT64,
)
import numpy

from mxlite._engine.accumulate cimport add_into, deliver, shape_of
from mxlite._engine.call cimport Output, Several
from mxlite._engine.storage cimport empty_like, type_code
from mxlite._engine.tape cimport (
    REQ_ADD, REQ_NULL, REQ_WRITE, Array, Leaf, Node, ThreadState, bump, make, np_class, share, thread_state)
from mxlite._engine.op import zero as ZERO
from mxlite._errors import (
    NO_INPUTS, NOT_IN_GRAPH, DtypeError, GraphError, ShapeError, operand_message)

import_array()

cdef enum:
    LARGE = 2048       # elements

cdef unsigned long long sweeps = 0


cdef ndarray ones_like(ndarray x):
    """A head gradient of ones; for a large array one 1 that every index reads, so that no memory is walked for it."""
    cdef ndarray out
    cdef npy_intp k, n = PyArray_SIZE(x)
    cdef float* f
    cdef double* d
    if n > LARGE:
        return numpy.broadcast_to(numpy.ones((), type_code(PyArray_TYPE(x))), shape_of(x))
    out = empty_like(x)
    if PyArray_TYPE(out) == NPY_FLOAT32:
        f = <float*> PyArray_DATA(out)
        for k in range(n):
            f[k] = 1
    elif PyArray_TYPE(out) == NPY_FLOAT64:
        d = <double*> PyArray_DATA(out)
        for k in range(n):
            d[k] = 1
    else:
        out.fill(1)
    return out


cdef class Sweep:
    """One backward pass. `targets` maps nodes to positions when gradients are returned instead of stored."""
    cdef unsigned long long mark
    cdef list heads              # the nodes of the heads, with repetitions
    cdef list leaves
    cdef list kept               # nodes other than leaves whose gradient is stored
    cdef bint retain
    cdef bint exact              # no node runs Python, none reads a gradient buffer
    cdef bint fragile            # some node runs a user's code
    cdef bint returns            # gradients are returned, not stored

    def __cinit__(self, bint retain, bint returns):
        global sweeps
        sweeps += 1
        self.mark = sweeps
        self.heads, self.leaves, self.kept = [], [], []
        self.retain, self.returns, self.exact = retain, returns, True

    cdef int meet(self, Node n, list stack) except -1:
        """First visit of a node: reset it, check it, look further."""
        n.mark = self.mark
        n.pending = 0
        n.grad = None
        n.grad_owned = n.reached = False
        if isinstance(n, Leaf):
            (<Leaf> n).direct = False
            self.leaves.append(n)
            return 0
        if n.freed:
            raise GraphError(NOT_IN_GRAPH)
        if n.check():
            self.exact = False
        if n.kept is not None:
            self.kept.append(n)
        self.exact = self.exact and n.exact()
        self.fragile = self.fragile or n.fragile()
        stack.append(n)
        return 0

    cdef int count(self) except -1:
        """Counts the edges into every node reachable from the heads."""
        cdef list stack = []
        cdef Node n, p
        cdef int k
        for n in self.heads:
            if n.mark != self.mark:
                self.meet(n, stack)
        while stack:
            n = <Node> stack.pop()
            for k in range(n.n_parents()):
                p = n.parent(k)
                if p is not None:
                    if p.mark != self.mark:
                        self.meet(p, stack)
                    p.pending += 1
        return 0

    cdef int execute(self, set targets) except -1:
        """Hands cotangents back from node to node."""
        cdef list ready = []
        cdef list done = []
        cdef Node n, p
        cdef int k
        for n in self.heads:
            if n.pending == 0:
                ready.append(n)
                n.pending = -1           # a head given twice is still one node
        while ready:
            n = <Node> ready.pop()
            if isinstance(n, Leaf):
                continue
            if n.grad is not None:
                if n.kept is not None and not self.returns:
                    self.store(n.kept, n.grad)
                n.pull()
            elif n.reached:
                for k in range(n.n_parents()):
                    p = n.parent(k)
                    if p is not None:
                        p.reached = True
            for k in range(n.n_parents()):
                p = n.parent(k)
                if p is not None:
                    if p.mark != self.mark:
                        raise GraphError("this part of the graph is being differentiated by another thread")
                    p.pending -= 1
                    if p.pending == 0:
                        ready.append(p)
            if targets is None or n not in targets:
                n.grad = None
            if self.retain:
                pass
            elif self.fragile:
                done.append(n)
            else:
                n.release()
        for n in done:
            n.release()
        return 0

    cdef int store(self, Leaf leaf, object g) except -1:
        """Writes a finished gradient into a leaf's buffer as its grad_req says."""
        cdef ndarray buffer = leaf.buffer.data
        if leaf.grad_req == REQ_NULL:
            return 0
        if g is None:
            if leaf.grad_req == REQ_WRITE:
                buffer.fill(0)
        elif leaf.grad_req == REQ_ADD:
            add_into(buffer, <ndarray> g)
        elif g is not buffer:
            PyArray_CopyInto(buffer, <ndarray> g)
        bump(leaf.buffer)
        return 0

    cdef int commit(self) except -1:
        cdef Leaf leaf
        for leaf in self.leaves:
            if leaf.reached or leaf.grad is not None:
                self.store(leaf, leaf.grad)
            leaf.grad = None
        return 0

    cdef int clear(self) except -1:
        """After an error: drops the cotangents that are under way."""
        cdef list stack = list(self.heads)
        cdef Node n, p
        cdef int k
        while stack:
            n = <Node> stack.pop()
            if n.mark == self.mark:
                n.mark = 0
                n.grad = None
                if isinstance(n, Several):
                    (<Several> n).collected = None
                for k in range(n.n_parents()):
                    p = n.parent(k)
                    if p is not None and p.mark == self.mark:
                        stack.append(p)
        return 0


cdef ndarray head_gradient(Array head, object given):
    """The cotangent a head starts with."""
    cdef ndarray g
    if given is None:
        return ones_like(head.data)
    g = (<Array> given).data if isinstance(given, Array) else numpy.asarray(given, dtype=head.data.dtype)
    if shape_of(g) != shape_of(head.data):
        raise ShapeError(operand_message(
            "backward", (head.data, g), "a head gradient has the shape of its head array; reshape or broadcast it."))
    if PyArray_TYPE(g) != PyArray_TYPE(head.data):
        raise DtypeError(operand_message(
            "backward", (head.data, g), "a head gradient has the dtype of its head array; convert it with astype."))
    return g


cdef Sweep prepare(list heads, list head_grads, bint retain, bint returns):
    """The counted and checked sweep, with head gradients in place."""
    cdef Sweep sweep = Sweep(retain, returns)
    cdef list starts = []
    cdef Array head
    cdef Leaf leaf
    cdef Node n
    cdef ndarray g
    cdef int k
    if len(head_grads) != len(heads):
        raise ShapeError(f"backward: {len(heads)} heads but {len(head_grads)} head gradients")
    for k in range(len(heads)):
        head = heads[k]
        if head.node is None or head.node.freed:
            raise GraphError(NOT_IN_GRAPH)
        sweep.heads.append(head.node)
        starts.append(head_gradient(head, head_grads[k]))
    sweep.count()
    wanted = returns
    for leaf in sweep.leaves:
        wanted = wanted or leaf.grad_req != REQ_NULL
    if not wanted and not sweep.kept:
        raise GraphError(NO_INPUTS)
    if sweep.exact and not returns:
        for leaf in sweep.leaves:
            leaf.direct = (leaf.grad_req == REQ_WRITE and PyArray_IS_C_CONTIGUOUS(leaf.buffer.data))
    for k in range(len(starts)):
        g = starts[k]
        if head_grads[k] is not None and isinstance(head_grads[k], Array) and (<Array> head_grads[k]).is_grad:
            g = g.copy()             # it may be the very buffer that this sweep writes
        deliver(<Node> sweep.heads[k], g, head_grads[k] is None and PyArray_IS_C_CONTIGUOUS(g))
    return sweep


def backward(list heads, list head_grads, bint retain_graph, bint train_mode):
    """Differentiates the heads with respect to every leaf below them and stores the gradients there."""
    cdef ThreadState* state = thread_state()
    cdef int recording = state.recording, training = state.training
    cdef Sweep sweep = prepare(heads, head_grads, retain_graph, False)
    state.recording, state.training = False, train_mode
    try:
        if sweep.exact:
            sweep.execute(None)
        else:
            with numpy.errstate(all="ignore"):
                sweep.execute(None)
    except BaseException:
        sweep.clear()
        raise
    finally:
        state.recording, state.training = recording, training
    sweep.commit()


def gradients(list heads, list head_grads, list variables, bint retain_graph, bint train_mode):
    """Gradients of the heads with respect to arrays of their graph, as new arrays; nothing is stored."""
    cdef ThreadState* state = thread_state()
    cdef int recording = state.recording, training = state.training
    cdef Array variable
    cdef Node n
    cdef ndarray g
    cdef Sweep sweep
    for k, variable in enumerate(variables):
        if variable.node is None or variable.node.freed:
            raise GraphError(not_required(k))
    sweep = prepare(heads, head_grads, retain_graph, True)
    targets = set([(<Array> v).node for v in variables])
    out = []
    for k, variable in enumerate(variables):
        if variable.node.mark != sweep.mark:
            sweep.clear()
            raise GraphError(unreachable(k))
    state.recording, state.training = False, train_mode
    try:
        with numpy.errstate(all="ignore"):
            sweep.execute(targets)
        for variable in variables:
            g = numpy.zeros_like(variable.data) if variable.node.grad is None else variable.node.grad
            out.append(make(type(variable), g.copy()))
        for n in targets:
            n.grad = None
        for n in sweep.leaves:
            n.grad = None
    except BaseException:
        sweep.clear()
        raise
    finally:
        state.recording, state.training = recording, training
    return out


def not_required(k):
    """Message for a variable that is outside every graph."""
    return f"Cannot differentiate with respect to the {k + 1}-th variable because it does not require gradient."


def unreachable(k):
    """Message for a variable that the heads do not depend on."""
    return f"Cannot differentiate with respect to the {k + 1}-th variable because it is unreachable from the outputs."


def tracked_gradients(list heads, list head_grads, list variables, bint retain_graph, bint train_mode):
    """Like `gradients`, but computed by recorded operations, so that the results can be differentiated again."""
    cdef ThreadState* state = thread_state()
    cdef int recording = state.recording, training = state.training
    cdef Sweep sweep = Sweep(retain_graph, True)
    cdef Array head, variable
    cdef Node n, p
    cdef int k, j
    cdef dict found = {}           # node -> tracked cotangent; for a call with several outputs, a list of them
    cdef list ready = []
    from mxlite._op import registry
    sum_to, astype = registry["sum_to"].entry, registry["astype"].entry

    def add(node, value):
        found[node] = value if node not in found else found[node] + value

    for k, variable in enumerate(variables):
        if variable.node is None or variable.node.freed:
            raise GraphError(not_required(k))
    for k, head in enumerate(heads):
        if head.node is None or head.node.freed:
            raise GraphError(NOT_IN_GRAPH)
        sweep.heads.append(head.node)
    sweep.count()
    for k, variable in enumerate(variables):
        if variable.node.mark != sweep.mark:
            raise GraphError(unreachable(k))
    state.recording, state.training = True, train_mode
    try:
        for k, head in enumerate(heads):
            g = make(np_class(), head_gradient(head, head_grads[k]))
            if isinstance(head_grads[k], Array):
                (<Array> g).node = (<Array> head_grads[k]).node
            add(head.node, g)
            n = head.node
        for n in dict.fromkeys(sweep.heads):
            if n.pending == 0:
                ready.append(n)
        while ready:
            n = <Node> ready.pop()
            if n in found and not isinstance(n, Leaf):
                results = n.tracked(found[n])
                if isinstance(n, Output):
                    position, g = results[0]
                    slots = found.setdefault(n.parent(0), [None] * len((<Several> n.parent(0)).out_specs))
                    slots[position] = g
                else:
                    for k in range(n.n_parents()):
                        p = n.parent(k)
                        if p is None or results[k] is None or results[k] is ZERO:
                            continue
                        g, spec = results[k]
                        if not isinstance(g, Array):
                            shape, typenum = spec or (found[n].shape, (<Array> found[n]).data.dtype.num)
                            g = make(np_class(), numpy.full(shape, g, type_code(typenum)))
                        if spec is not None:
                            if g.shape != spec[0]:
                                g = sum_to(g, spec[0])
                            if (<Array> g).data.dtype.num != spec[1]:
                                g = astype(g, type_code(spec[1]))
                        add(p, g)
            for k in range(n.n_parents()):
                p = n.parent(k)
                if p is not None:
                    p.pending -= 1
                    if p.pending == 0:
                        ready.append(p)
    finally:
        state.recording, state.training = recording, training
    out = []
    for variable in variables:
        g = found.get(variable.node)
        if g is None:
            g = make(np_class(), numpy.zeros_like(variable.data))
        out.append(present(g, type(variable)))
    return out


cdef Array present(Array a, object cls):
    """The same array as another class, on the same place of the tape."""
    cdef Array out
    if type(a) is cls:
        return a
    out = make(cls, a.data)
    out.node = a.node
    out.shared = share(a)
    return out
