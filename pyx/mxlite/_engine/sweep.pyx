"""The reverse sweep: from head arrays back to the leaves, without recursion.

First a walk over everything reachable counts the edges into each node and checks that nothing the formulas need was
overwritten, before any gradient is touched. Then nodes are taken once all their cotangents have come in; each hands
cotangents to its parents and drops what it saved. Last, leaves store what they got. Compiled because it touches every
node of the tape twice.

The stack of nodes and the list of leaves are linked through the nodes themselves (`link`, `next_leaf`); the Run holds
one reference to every node on either.
"""
from cpython.object cimport PyObject
from cpython.ref cimport Py_DECREF, Py_INCREF
from numpy cimport import_array, ndarray, PyArray_IS_C_CONTIGUOUS
import numpy

from mxlite._engine.accumulate cimport Private, deliver, reach, store, store_aside
from mxlite._engine.call_node cimport Several
from mxlite._engine.classes cimport make
from mxlite._engine.fperr cimport restore, silence
from mxlite._engine.free_threading cimport FREE_THREADED, end_turn
from mxlite._engine.fuse cimport Cotangents, absorb, large
from mxlite._engine.heads cimport head_gradient, head_nodes, node_of
from mxlite._engine.op cimport Picked
from mxlite._engine.tape cimport (
    REQ_NULL, REQ_WRITE, Array, Leaf, Node, ThreadState, before_write, data_of, drop_cotangent, kept_at, live,
    thread_state,
)
from mxlite._engine.turns cimport begin_turn, enlist, new_entry, strike_off, taken
from mxlite._engine.watch cimport seeking_anomalies, watched_pull, watching
from mxlite._errors import NO_INPUTS, NOT_IN_GRAPH, TWO_SWEEPS, GraphError

import_array()

cdef unsigned long long sweeps = 0


cdef int push(Run* run, Node n) except -1:
    if n.linked:
        raise GraphError(TWO_SWEEPS)
    Py_INCREF(n)
    n.linked = True
    n.link = run.stack
    run.stack = <PyObject*> n
    return 0


cdef Node pop(Run* run):
    cdef Node n = <Node> run.stack
    run.stack = n.link
    n.linked = False
    Py_DECREF(n)
    return n


cdef int meet(Run* run, Node n) except -1:
    """First visit of a node: reset it, check it, put it on the stack."""
    if n.linked:
        raise GraphError(TWO_SWEEPS)
    if type(n) is Leaf:
        if (<Leaf> n).held:
            return borrow(run, <Leaf> n)
        (<Leaf> n).held = True
    elif FREE_THREADED and taken(run.entry, n.mark):
        raise GraphError(TWO_SWEEPS)
    n.mark = run.mark
    n.pending = 0
    n.grad = None
    n.grad_owned = n.reached = False
    if type(n) is Leaf:
        return hold(run, <Leaf> n)
    if n.freed:
        raise GraphError(NOT_IN_GRAPH)
    if n.check() or not n.exact():
        run.exact = False
    run.fragile = run.fragile or n.fragile()
    run.wanted = run.wanted or n.kept is not None
    return push(run, n)


cdef int hold(Run* run, Leaf leaf) except -1:
    leaf.direct = False
    run.wanted = run.wanted or leaf.grad_req != REQ_NULL
    Py_INCREF(leaf)
    leaf.next_leaf = run.leaves
    run.leaves = <PyObject*> leaf
    return 0


cdef int borrow(Run* run, Leaf leaf) except -1:
    """A leaf that another sweep holds: this sweep keeps its gradient for itself. Called for every edge to it."""
    cdef dict private
    if run.private == NULL:
        private = {}
        Py_INCREF(private)
        run.private = <PyObject*> private
    (<dict> run.private).setdefault(leaf, Private())
    run.wanted = run.wanted or leaf.grad_req != REQ_NULL
    return 0


cdef int check_mine(Run* run, Node p) except -1:
    """Raises if another sweep took over a node that this one has counted."""
    if p.mark != run.mark and not (type(p) is Leaf and run.private != NULL and p in <dict> run.private):
        raise GraphError(TWO_SWEEPS)
    return 0


cdef int count(Run* run, Node head) except -1:
    """Counts the edges into every node reachable from a head."""
    cdef Node n, p
    cdef int k
    if head.mark != run.mark:
        meet(run, head)
    while run.stack != NULL:
        n = pop(run)
        for k in range(n.n_parents()):
            p = n.parent(k)
            if p is not None:
                if p.mark != run.mark:
                    meet(run, p)
                p.pending += 1
    return 0


cdef int begin(Run* run, bint returns) except -1:
    global sweeps
    if FREE_THREADED:
        run.entry = new_entry()
        begin_turn(&run.turn)
    sweeps += 1
    run.mark = sweeps
    run.stack = run.leaves = NULL
    run.exact = True
    run.fragile = False
    if watching and seeking_anomalies():        # this sweep may be given up at any node
        run.exact, run.fragile = False, True
    run.returns = run.wanted = returns
    run.private = NULL
    run.outer = <Run*> thread_state().run
    thread_state().run = run
    if FREE_THREADED:
        enlist(run.entry, run.mark)
    return 0


cdef int start(Run* run, Node head, ndarray g, bint owned) except -1:
    """Gives a counted head its cotangent; heads that no other head leads to come first."""
    deliver(head, g, owned)
    if head.pending == 0 and not head.linked and type(head) is not Leaf:
        push(run, head)
    return 0


cdef int settle_leaves(Run* run) except -1:
    """After counting: is there anything to compute, and may results go straight into the buffers?"""
    cdef PyObject* at = run.leaves
    cdef Leaf leaf
    if not run.wanted:
        raise GraphError(NO_INPUTS)
    while at != NULL and run.exact and not run.returns:
        leaf = <Leaf> at
        leaf.direct = (leaf.grad_req == REQ_WRITE and leaf.alone
                       and PyArray_IS_C_CONTIGUOUS(data_of(leaf.buffer)))
        if leaf.direct:
            before_write(leaf.buffer)
        at = leaf.next_leaf
    return 0


cdef int execute(Run* run, bint retain, set targets) except -1:
    """Hands cotangents back from node to node."""
    cdef list done = None, later = []
    cdef Node n, p
    cdef Leaf kept
    cdef Cotangents batch = None, absorbed
    cdef int k
    cdef bint has_grad, wanted
    if run.fragile and not retain:
        done = []
    try:
        while run.stack != NULL:
            n = pop(run)
            has_grad = n.grad is not None
            if has_grad:
                wanted = targets is not None and n in targets
                if wanted:
                    n.grad_owned = False        # it is returned: nothing may be computed in its memory
                    if type(n.grad) is Picked:
                        n.grad = (<Picked> n.grad).dense()
                n.linked = True                     # while it is worked on, no other sweep may have it
                try:
                    if n.kept is not None and not run.returns:
                        if batch is not None:
                            batch.flush()
                        kept = kept_at(n)
                        if kept is None:            # another thread has just dropped it
                            pass
                        elif run.exact:
                            store(kept, n.grad, False)
                        else:                       # a later node may fail: nothing is stored then
                            n.grad_owned = False
                            later.append((kept, n.grad))
                    if run.fragile:
                        n.check()               # a user's code may have written to something meanwhile
                    # Watched, every node is worked on by itself.
                    absorbed = absorb(batch, n, wanted) if run.private == NULL and large(n) and not watching else None
                    if absorbed is not None:
                        batch = absorbed
                    else:
                        if batch is not None:
                            batch.flush()
                        if watching:
                            watched_pull(run, n)
                        else:
                            n.pull()
                finally:
                    n.linked = False
            for k in range(n.n_parents()):
                p = n.parent(k)
                if p is None:
                    continue
                check_mine(run, p)
                if n.reached and not has_grad:
                    reach(p)
                p.pending -= 1
                if p.pending == 0 and type(p) is not Leaf:
                    push(run, p)
            if targets is None or n not in targets:
                drop_cotangent(n)
            if retain:
                pass
            elif done is not None:
                done.append(n)
            else:
                n.release()
        if batch is not None:
            batch.flush()
    except BaseException:
        if batch is not None:
            batch.abandon()
        raise
    for leaf, g in later:
        store(<Leaf> leaf, g, False)
    if done is not None:
        for n in done:
            if n.mark == run.mark:              # no other sweep has taken it over meanwhile
                n.release()
    return 0


cdef int commit(Run* run) except -1:
    """Stores the gradients of the leaves that were reached."""
    cdef PyObject* at = run.leaves
    cdef Leaf leaf
    while at != NULL:
        leaf = <Leaf> at
        if leaf.reached:
            store(leaf, leaf.grad, leaf.grad_owned)
        at = leaf.next_leaf
    if run.private != NULL:
        for leaf, private in (<dict> run.private).items():
            if (<Private> private).reached:
                store_aside(leaf, (<Private> private).grad)
    return 0


cdef void finish(Run* run) noexcept:
    """Drops the references that the run holds and returns to the sweep around it; on every way out."""
    cdef Leaf leaf
    thread_state().run = run.outer
    if FREE_THREADED:
        strike_off(run.entry)
    while run.stack != NULL:
        pop(run)
    while run.leaves != NULL:
        leaf = <Leaf> run.leaves
        run.leaves = leaf.next_leaf
        if leaf.mark == run.mark:
            drop_cotangent(leaf)
        leaf.held = False
        Py_DECREF(leaf)
    if run.private != NULL:
        Py_DECREF(<dict> run.private)
    if FREE_THREADED:
        end_turn(&run.turn)


cdef int clear(Run* run, list heads) except -1:
    """After an error: drops the cotangents that are under way."""
    cdef list stack = list(heads)
    cdef Node n, p
    cdef int k
    while stack:
        n = <Node> stack.pop()
        if n.mark == run.mark:
            n.mark = 0
            n.grad = None
            if isinstance(n, Several):
                (<Several> n).collected = None
            for k in range(n.n_parents()):
                p = n.parent(k)
                if p is not None and p.mark == run.mark:
                    stack.append(p)
    return 0


cdef int run_backward(Array head, object head_grad, bint retain, bint train_mode) except -1:
    """backward of one array."""
    cdef Run run
    cdef Node node = node_of(head)
    cdef ndarray g = head_gradient(head, head_grad)
    begin(&run, False)
    try:
        count(&run, node)
        settle_leaves(&run)
        start(&run, node, g, head_grad is None and PyArray_IS_C_CONTIGUOUS(g))
        g = None                     # the last reference is the node's, who can give it up
        carry_out(&run, retain, train_mode, None)
        commit(&run)
    except BaseException:
        clear(&run, [node])
        raise
    finally:
        finish(&run)
    return 0


cdef int carry_out(Run* run, bint retain, bint train_mode, set targets) except -1:
    """Executes with the flags that formulas and Functions see: not recording, training as asked."""
    cdef ThreadState* state = thread_state()
    cdef int recording = state.recording, training = state.training
    state.recording, state.training = False, train_mode
    try:
        if run.exact:
            execute(run, retain, targets)
        else:
            token = silence()
            try:
                execute(run, retain, targets)
            finally:
                restore(token)
    finally:
        state.recording, state.training = recording, training
    return 0


def backward(list heads, list head_grads, bint retain_graph, bint train_mode):
    """Differentiates the heads with respect to every leaf below them and stores the gradients there."""
    cdef Run run
    cdef list nodes = head_nodes(heads, head_grads)
    cdef list gs = [head_gradient(<Array> h, g) for h, g in zip(heads, head_grads)]
    begin(&run, False)
    try:
        for n in nodes:
            count(&run, <Node> n)
        settle_leaves(&run)
        for n, g in zip(nodes, gs):
            start(&run, <Node> n, g, False)
        carry_out(&run, retain_graph, train_mode, None)
        commit(&run)
    except BaseException:
        clear(&run, nodes)
        raise
    finally:
        finish(&run)


def gradients(list heads, list head_grads, list variables, bint retain_graph, bint train_mode, bint strict=True):
    """Gradients of the heads with respect to arrays of their graph, as new arrays; nothing is stored.

    Where the heads do not depend on a variable: GraphError, or zeros if not `strict`.
    """
    cdef Run run
    cdef Array variable
    cdef list nodes = head_nodes(heads, head_grads)
    cdef list gs = [head_gradient(<Array> h, g) for h, g in zip(heads, head_grads)]
    cdef list wanted = variable_nodes(variables)
    cdef list out = []
    begin(&run, True)
    try:
        for n in nodes:
            count(&run, <Node> n)
        met = require_reached(&run, wanted, strict)
        for n, g in zip(nodes, gs):
            start(&run, <Node> n, g, False)
        carry_out(&run, retain_graph, train_mode, set(wanted))
        for variable, n, there in zip(variables, wanted, met):
            g = gradient_of(&run, <Node> n) if there else None
            out.append(make(type(variable), numpy.zeros_like(variable.form) if g is None else g.copy()))
        for n in wanted:
            if (<Node> n).mark == run.mark:
                (<Node> n).grad = None
    except BaseException:
        clear(&run, nodes)
        raise
    finally:
        finish(&run)
    return out


cdef list variable_nodes(list variables):
    """The nodes of the arrays to differentiate with respect to."""
    cdef Array variable
    cdef Node node
    cdef list out = []
    for k, value in enumerate(variables):
        variable = <Array?> value
        node = live(variable)
        if node is None:
            raise GraphError(f"Cannot differentiate with respect to the {k + 1}-th variable because it does not "
                             "require gradient.")
        out.append(node)
    return out


cdef object gradient_of(Run* run, Node n):
    """What a sweep collected at a node that it counted."""
    check_mine(run, n)
    return n.grad if n.mark == run.mark else (<Private> (<dict> run.private)[n]).grad


cdef list require_reached(Run* run, list nodes, bint strict):
    """Per node whether this sweep counted it; raises for the first that it did not, if `strict`."""
    met = [(<Node> n).mark == run.mark or (run.private != NULL and n in <dict> run.private) for n in nodes]
    for k, there in enumerate(met):
        if strict and not there:
            raise GraphError(f"Cannot differentiate with respect to the {k + 1}-th variable because it is unreachable "
                             "from the outputs.")
    return met
