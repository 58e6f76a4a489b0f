"""Fused sweeping: elementwise nodes of one shape and dtype run together, in blocks that stay in the cache.

Instead of running a large node's derivative program at once, the sweep appends its instructions to a Batch; the
cotangents between such nodes are then values of the batch (Pending) and never reach memory, nor need the forward
results that nobody has read (deferred.pyx). The batch runs when something needs a real array: a node of another kind,
another shape, the end of the sweep. Compiled because it drives inner loops.
"""
from libc.string cimport memcpy
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_CompareLists, PyArray_DATA, PyArray_DIMS, PyArray_IS_C_CONTIGUOUS,
    PyArray_NDIM, PyArray_SIZE, PyArray_TYPE, NPY_FLOAT32, NPY_FLOAT64,
)
cimport cython

from mxlite._engine.accumulate cimport check_held, reach
from mxlite._engine.batch cimport Batch
from mxlite._engine.deferred cimport Elementwise, settle_stored, store_passed, value_of, waiting
from mxlite._engine.plan cimport Value
from mxlite._engine.pointwise cimport Pointwise, constant
from mxlite._engine.program cimport FIXED, MAX_REGISTERS, REG_G, REG_Y, Program, Resolved
from mxlite._engine.storage cimport empty_like, itemsize_of
from mxlite._engine.tape cimport Array, Leaf, Node, data_of

import_array()

cdef enum:
    FEW = 65536            # bytes per array below which batches do not pay


@cython.final
cdef class Pending:
    """A cotangent that is a value of a batch."""


@cython.final
cdef class Cotangents:
    """A batch of derivatives, over values of one shape and dtype, and the nodes that wait for them."""

    def __cinit__(self):
        self.batch, self.pendings = Batch(), []

    cdef int flush(self) except -1:
        """Computes what is waited for."""
        cdef Pending p
        cdef Leaf leaf
        cdef list stored = []
        for p in self.pendings:
            if not p.live:
                continue
            leaf = <Leaf> p.owner if type(p.owner) is Leaf else None
            if self.batch.values[p.value].base == NULL:
                p.array = data_of(leaf.buffer) if leaf is not None and leaf.direct else empty_like(self.like)
                self.batch.keep(p.value, p.array)
        store_passed(self.batch, stored)
        self.batch.run()
        settle_stored(stored)
        for p in self.pendings:
            if p.live:
                if p.array is None:
                    p.array = self.as_array(p.value)
                check_held(p.owner)          # other threads had their turn meanwhile
                p.owner.grad = p.array
                p.live, p.owner, p.batch = False, None, None
        self.pendings = []
        return self.batch.clear()

    cdef int abandon(self) except -1:
        """After an error: nobody is to wait for what will not be read."""
        self.pendings = []
        return self.batch.let_go()

    cdef ndarray as_array(self, int value):
        """A value that lies in memory already (an operand's, or another's cotangent), as an array of its own."""
        cdef ndarray out = empty_like(self.like)
        cdef npy_intp k
        cdef char* target = <char*> PyArray_DATA(out)
        cdef Value* source = &self.batch.values[value]
        cdef int width = itemsize_of(self.typenum)
        if source.step == width:
            memcpy(target, source.base, self.batch.n * width)
        else:
            for k in range(self.batch.n):
                memcpy(target + k * width, source.base + k * source.step, width)
        return out


cdef bint large(Node n) noexcept:
    """Whether a node's cotangent is a value of a batch, or is large enough to begin one."""
    return type(n.grad) is Pending or (
        type(n) is Pointwise and PyArray_SIZE(<ndarray> n.grad) * itemsize_of((<Pointwise> n).typenum) >= FEW)


cdef Cotangents absorb(Cotangents batch, Node n, bint keep):
    """Appends the derivatives of a large elementwise node to the batch (a new one where it does not fit).

    Returns the batch, or None if the node must be pulled by itself. `keep` says that the node's own cotangent is
    wanted besides.
    """
    cdef Pending p = None
    cdef ndarray g = None
    cdef Pointwise node
    cdef Program program
    cdef Resolved* r
    cdef int steps, value
    if type(n) is not Pointwise or not (<Pointwise> n).simple or (<Pointwise> n).op.zero:
        return None
    node = <Pointwise> n
    program = node.op.vjp(node.need)
    r = program.resolve(node.typenum)
    if r == NULL:
        return None
    steps = program.n_code + 8 + deferred_steps(node)
    if type(n.grad) is Pending:
        p = <Pending> n.grad
        if p.batch.typenum != node.typenum or not p.batch.batch.fits(steps):
            p.batch.flush()
            return absorb(None, n, keep)
    else:
        g = <ndarray> n.grad
        if PyArray_TYPE(g) != node.typenum or not (PyArray_IS_C_CONTIGUOUS(g) or constant(g)):
            return None
        if (batch is None or batch.typenum != node.typenum or not same_shape(batch.like, g)
                or not batch.batch.fits(steps)):
            if batch is not None:
                batch.flush()
            batch = Cotangents()
            batch.batch.n, batch.typenum, batch.like = PyArray_SIZE(g), node.typenum, g
    if p is not None:
        batch = p.batch
    value = p.value if p is not None else batch.batch.memory(g)
    if g is not None and is_one(g):
        batch.batch.unit = value
    append(batch, node, program, r, value)
    if p is not None and not keep:
        p.live = False
        p.owner = None
    return batch


cdef bint is_one(ndarray g) noexcept:
    """Whether every element of a head gradient is the same 1 in memory."""
    if not constant(g):
        return False
    return (<float*> PyArray_DATA(g))[0] == 1 if PyArray_TYPE(g) == NPY_FLOAT32 else (
        PyArray_TYPE(g) == NPY_FLOAT64 and (<double*> PyArray_DATA(g))[0] == 1)


cdef int deferred_steps(Pointwise node) noexcept:
    """At most so many steps compute what the node saved and nobody has read yet."""
    cdef int k, steps = 0
    for k in range(3):
        if node.operand(k) is not None and waiting(node.operand(k)) is not None:
            steps += waiting(node.operand(k)).steps
    if node.later is not None and node.later.values is None:
        steps += (<Elementwise> node.later).steps
    return steps


cdef bint same_shape(ndarray x, ndarray y) noexcept:
    return PyArray_NDIM(x) == PyArray_NDIM(y) and PyArray_CompareLists(
        PyArray_DIMS(x), PyArray_DIMS(y), PyArray_NDIM(x))


cdef int append(Cotangents batch, Pointwise node, Program program, Resolved* r, int g) except -1:
    """The node's derivative program over values of the batch; its outputs go to the parents."""
    cdef int at[MAX_REGISTERS]
    cdef int k, slot = 0
    cdef Array x
    for k in range(3):
        if not program.reads >> k & 1:
            continue
        x = node.operand(k)
        if x is None:
            at[k] = batch.batch.scalar(node.scalars[k], node.typenum)
        elif waiting(x) is not None:
            at[k] = value_of(batch.batch, x.deferred)
        else:
            at[k] = batch.batch.memory(data_of(x))
    if node.later is not None:
        at[REG_Y] = value_of(batch.batch, node.later)
    elif node.y is not None:
        at[REG_Y] = batch.batch.memory(node.y)
    at[REG_G] = g
    batch.batch.program(program, r, at)
    for k in range(3):
        if node.need >> k & 1:
            if FIXED <= program.outputs[slot] < program.first_temporary:
                reach(node.parent(k))         # a constant derivative: zero, nothing to add
            else:
                hand_on(batch, node.parent(k), at[program.outputs[slot]], r)
            slot += 1
    return 0


cdef int hand_on(Cotangents batch, Node parent, int value, Resolved* r) except -1:
    """Adds a value of the batch to what a node waits for."""
    cdef Pending p = Pending.__new__(Pending), old
    cdef int inputs[2]
    cdef ndarray g
    if parent.grad is not None:
        if type(parent.grad) is Pending:
            old = <Pending> parent.grad
            old.live, old.owner = False, None
            inputs[0] = old.value
        else:
            g = <ndarray> parent.grad
            inputs[0] = batch.batch.memory(g if constant(g) or PyArray_IS_C_CONTIGUOUS(g) else g.copy())
        inputs[1] = value
        value = batch.batch.emit(&r.add, 2, inputs, r.itemsize, True)
    p.batch, p.value, p.owner, p.live = batch, value, parent, True
    parent.grad, parent.grad_owned, parent.reached = p, True, True
    batch.pendings.append(p)
    return 0
