"""The reverse sweep computed by recorded operations, so that its results can be differentiated again.

Runs the same formulas as sweep.pyx, on Arrays. Compiled because it reads the nodes.
"""
from numpy cimport import_array
import numpy

from mxlite._engine.call_node cimport Output, Several
from mxlite._engine.classes cimport alias, make, np_class
from mxlite._engine.fperr cimport restore, silence
from mxlite._engine.heads cimport head_gradient, head_nodes
from mxlite._engine.storage cimport type_code
from mxlite._engine.sweep cimport Run, begin, check_mine, count, finish, require_reached, variable_nodes
from mxlite._engine.tape cimport Array, Leaf, Node, ThreadState, node_at, share, thread_state
from mxlite._engine.watch cimport clock, note_sweep, watched_formulas, watching
from mxlite._engine.op import zero as ZERO

import_array()


def tracked_gradients(list heads, list head_grads, list variables, bint train_mode, sum_to, astype,
                      bint strict=True):
    """Gradients of the heads with respect to arrays of their graph, as recorded arrays; nothing is stored or freed.

    Where the heads do not depend on a variable: GraphError, or zeros if not `strict`.
    `sum_to` and `astype` are the operators that bring a cotangent into an operand's shape and dtype.
    """
    cdef ThreadState* state = thread_state()
    cdef int recording = state.recording, training = state.training
    cdef Run run
    cdef list nodes = head_nodes(heads, head_grads)
    cdef list wanted = variable_nodes(variables)
    cdef dict found = {}           # node -> cotangent; for a node with several outputs, a list of them
    cdef list ready = []
    cdef Array g
    cdef Node n, p
    cdef int k
    cdef object token
    begin(&run, True)
    token = silence()           # formulas compute on NumPy arrays, too
    try:
        for n in nodes:
            count(&run, n)
        require_reached(&run, wanted, strict)
        state.recording, state.training = True, train_mode
        for head, given, n in zip(heads, head_grads, nodes):
            g = make(np_class(), head_gradient(<Array> head, given))
            if isinstance(given, Array):
                g.node = node_at(<Array> given)
                if g.form is (<Array> given).form:
                    g.shared = share(<Array> given)
            add(found, n, g)
        for n in dict.fromkeys(nodes):
            if n.pending == 0:
                ready.append(n)
        while ready:
            n = <Node> ready.pop()
            check_mine(&run, n)
            if n in found and not isinstance(n, Leaf):
                n.linked = True                 # while it is worked on, no other sweep may have it
                try:
                    pull(n, found, sum_to, astype)
                finally:
                    n.linked = False
            for k in range(n.n_parents()):
                p = n.parent(k)
                if p is not None:
                    check_mine(&run, p)
                    p.pending -= 1
                    if p.pending == 0:
                        ready.append(p)
    finally:
        restore(token)
        state.recording, state.training = recording, training
        finish(&run)
    out = []
    for variable, node in zip(variables, wanted):
        g = found.get(node)
        if g is None:
            g = make(np_class(), numpy.zeros_like((<Array> variable).form))
        out.append(present(g, type(variable)))
    return out


cdef int add(dict found, Node n, object value) except -1:
    found[n] = value if n not in found else found[n] + value
    return 0


cdef int pull(Node n, dict found, sum_to, astype) except -1:
    """Runs the formulas of one node on Arrays and hands the results to its parents."""
    cdef Node p
    cdef int k
    cdef long long began = clock() if watching else 0
    results = watched_formulas(n, found[n], astype) if watching else n.tracked(found[n], astype)
    if isinstance(n, Output):
        position, g = results[0]
        slots = found.setdefault(n.parent(0), [None] * len((<Several> n.parent(0)).out_specs))
        slots[position] = g if slots[position] is None else slots[position] + g
        return 0
    for k in range(n.n_parents()):
        p = n.parent(k)
        if p is None or results[k] is None or results[k] is ZERO:
            continue
        g, spec = results[k]
        if not isinstance(g, Array):
            shape, typenum = spec or (found[n].shape, (<Array> found[n]).form.dtype.num)
            g = make(np_class(), numpy.full(shape, g, type_code(typenum)))
        if spec is not None:
            if g.shape != spec[0]:
                g = sum_to(g, spec[0])
            if (<Array> g).form.dtype.num != spec[1]:
                g = astype(g, type_code(spec[1]))
        add(found, p, g)
    if began:
        note_sweep(n, (<Array> found[n]).form if isinstance(found[n], Array) else None, began)
    return 0


cdef Array present(Array a, object cls):
    """The same array as another class, on the same place of the tape."""
    cdef Array out
    if type(a) is cls:
        return a
    out = alias(a, cls)
    out.node = node_at(a)
    return out
