"""Fused sweeping: elementwise nodes of one shape and dtype run together, in blocks that stay in the cache.

Instead of running a large node's derivative program at once, the sweep appends its instructions to a Batch; the
cotangents between such nodes are then values of the batch (Pending) and never reach memory. The batch runs when
something needs a real array: a node of another kind, another shape, the end of the sweep. Compiled because it drives
inner loops.

Scratch memory of a run: `slots` blocks of BLOCK elements, 8 bytes each. A value occupies a slot from the step that
computes it to the last step that reads it; a value that somebody waits for lies in its own array instead.
"""
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_CompareLists, PyArray_DATA, PyArray_DIMS, PyArray_IS_C_CONTIGUOUS,
    PyArray_NDIM, PyArray_SIZE, PyArray_TYPE,
)
cimport cython
import numpy

from mxlite._engine.accumulate cimport check_held, reach
from mxlite._engine.loops cimport Loop
from mxlite._engine.pointwise cimport Pointwise, constant, set_scalar
from mxlite._engine.program cimport FIXED, MAX_REGISTERS, REG_G, REG_Y, Program, Resolved
from mxlite._engine.storage cimport empty_like, itemsize_of, type_code
from mxlite._engine.tape cimport Array, Leaf, Node, data_of
from mxlite._engine.workers cimport share_out

import_array()

cdef enum:
    FEW = 65536            # bytes per array below which batches do not pay
    BLOCK = 1024           # elements
    MAX_STEPS = 256
    MAX_VALUES = 1024


cdef struct Plan:
    Step* steps
    int n_steps
    Value* values
    int slots


cdef int run_piece(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """The steps of a plan over elements first to last - 1, block by block; -1 when there is no memory for scratch."""
    cdef Plan* plan = <Plan*> context
    cdef npy_intp done = first, m
    cdef int k, i
    cdef Step* s
    cdef Value* v
    cdef char* args[4]
    cdef npy_intp steps[4]
    cdef char* scratch = NULL
    if plan.slots:
        scratch = <char*> malloc(plan.slots * BLOCK * 8)
        if scratch == NULL:
            return -1
    while done < last:
        m = BLOCK if last - done > BLOCK else last - done
        for k in range(plan.n_steps):
            s = &plan.steps[k]
            for i in range(s.n_inputs + 1):
                v = &plan.values[s.inputs[i] if i < s.n_inputs else s.output]
                args[i] = scratch + v.slot * BLOCK * 8 if v.slot >= 0 else v.base + done * v.step
                steps[i] = v.step
            s.loop.fn(args, &m, steps, s.loop.data)
        done += m
    free(scratch)
    return 0


@cython.final
cdef class Pending:
    """A cotangent that is a value of a batch."""


@cython.final
cdef class Batch:
    """Instructions that wait, over values of one shape and dtype."""

    def __cinit__(self):
        self.steps = <Step*> malloc(MAX_STEPS * sizeof(Step))
        self.values = <Value*> malloc(MAX_VALUES * sizeof(Value))
        if self.steps == NULL or self.values == NULL:
            raise MemoryError("mxlite: no memory for a batch of derivatives")
        self.held, self.pendings = [], []

    def __dealloc__(self):
        free(self.steps)
        free(self.values)

    cdef int memory(self, ndarray x) except -1:
        """The value that is an array (contiguous, or one element for all)."""
        cdef int k = self.number(<char*> PyArray_DATA(x), x)
        if PyArray_IS_C_CONTIGUOUS(x):
            self.values[k].step = itemsize_of(PyArray_TYPE(x))
        return k

    cdef int number(self, char* place, object owner) except -1:
        """The value that is one number for every element."""
        cdef int k = self.n_values
        self.n_values += 1
        self.values[k].base = place
        self.values[k].step = 0
        self.values[k].is_bool = False
        if owner is not None:
            self.held.append(owner)
        return k

    cdef int emit(self, Loop* loop, int n_inputs, int* inputs, bint is_bool) except -1:
        """Appends a step; returns the value that it computes."""
        cdef Step* s = &self.steps[self.n_steps]
        cdef int k = self.n_values, i
        self.n_values += 1
        self.values[k].base = NULL
        self.values[k].step = 1 if is_bool else self.itemsize
        self.values[k].is_bool = is_bool
        s.loop = loop[0]
        s.n_inputs = n_inputs
        for i in range(n_inputs):
            s.inputs[i] = inputs[i]
        s.output = k
        self.n_steps += 1
        return k

    cdef int flush(self) except -1:
        """Computes what is waited for."""
        cdef Pending p
        cdef Leaf leaf
        cdef int k, i, j, slots = 0, n_free = 0
        cdef int* spare = <int*> malloc((MAX_VALUES + 1) * sizeof(int))
        cdef Plan plan
        if spare == NULL:
            raise MemoryError("mxlite: no memory for a batch of derivatives")
        try:
            for p in self.pendings:
                if not p.live:
                    continue
                leaf = <Leaf> p.owner if isinstance(p.owner, Leaf) else None
                if self.values[p.value].base == NULL:
                    p.array = data_of(leaf.buffer) if leaf is not None and leaf.direct else empty_like(self.like)
                    self.values[p.value].base = <char*> PyArray_DATA(p.array)
            for k in range(self.n_values):
                self.values[k].last_use = -1
                self.values[k].slot = -1
            for k in range(self.n_steps):
                for i in range(self.steps[k].n_inputs):
                    self.values[self.steps[k].inputs[i]].last_use = k
            for k in range(self.n_steps):
                i = self.steps[k].output
                if self.values[i].base == NULL:
                    if n_free:
                        n_free -= 1
                        self.values[i].slot = spare[n_free]
                    else:
                        self.values[i].slot = slots
                        slots += 1
                for j in range(self.steps[k].n_inputs):
                    i = self.steps[k].inputs[j]
                    if self.values[i].slot >= 0 and self.values[i].last_use == k:
                        self.values[i].last_use = -2          # given back once, even if read twice
                        spare[n_free] = self.values[i].slot
                        n_free += 1
            plan.steps, plan.n_steps, plan.values, plan.slots = self.steps, self.n_steps, self.values, slots
            share_out(run_piece, &plan, self.n)
            for p in self.pendings:
                if p.live:
                    if p.array is None:
                        p.array = self.as_array(p.value)
                    check_held(p.owner)          # other threads had their turn meanwhile
                    p.owner.grad = p.array
                    p.live, p.owner, p.batch = False, None, None
        finally:
            free(spare)
        self.n_steps = self.n_values = 0
        self.held, self.pendings = [], []
        return 0

    cdef ndarray as_array(self, int value):
        """A value that no step computes, as an array of its own."""
        cdef ndarray out = empty_like(self.like)
        cdef npy_intp k
        cdef char* target = <char*> PyArray_DATA(out)
        for k in range(self.n):
            memcpy(target + k * self.itemsize, self.values[value].base + k * self.values[value].step, self.itemsize)
        return out


cdef bint large(Node n) noexcept:
    """Whether a node's cotangent is a value of a batch, or is large enough to begin one."""
    return isinstance(n.grad, Pending) or (
        isinstance(n, Pointwise) and PyArray_SIZE(<ndarray> n.grad) * itemsize_of((<Pointwise> n).typenum) >= FEW)


cdef Batch absorb(Batch batch, Node n, bint keep):
    """Appends the derivatives of a large elementwise node to the batch (a new one where it does not fit).

    Returns the batch, or None if the node must be pulled by itself. `keep` says that the node's own cotangent is
    wanted besides.
    """
    cdef Pending p = None
    cdef ndarray g = None
    cdef Pointwise node
    cdef Program program
    cdef Resolved* r
    if not isinstance(n, Pointwise) or not (<Pointwise> n).simple or (<Pointwise> n).op.zero:
        return None
    node = <Pointwise> n
    program = node.op.vjp(node.need)
    r = program.resolve(node.typenum)
    if r == NULL:
        return None
    if isinstance(n.grad, Pending):
        p = <Pending> n.grad
        if (p.batch.typenum != node.typenum or p.batch.n_steps + program.n_code + 8 > MAX_STEPS
                or p.batch.n_values + program.n_registers + program.n_code + 16 > MAX_VALUES):
            p.batch.flush()
            return absorb(None, n, keep)
    else:
        g = <ndarray> n.grad
        if PyArray_TYPE(g) != node.typenum or not (PyArray_IS_C_CONTIGUOUS(g) or constant(g)):
            return None
        if batch is None or batch.typenum != node.typenum or not same_shape(batch.like, g) or (
                batch.n_steps + program.n_code + 8 > MAX_STEPS
                or batch.n_values + program.n_registers + program.n_code + 16 > MAX_VALUES):
            if batch is not None:
                batch.flush()
            batch = Batch()
            batch.n, batch.typenum, batch.itemsize, batch.like = PyArray_SIZE(g), node.typenum, r.itemsize, g
    if p is not None:
        batch = p.batch
    append(batch, node, program, r, p.value if p is not None else batch.memory(g))
    if p is not None and not keep:
        p.live = False
        p.owner = None
    return batch


cdef bint same_shape(ndarray x, ndarray y) noexcept:
    return PyArray_NDIM(x) == PyArray_NDIM(y) and PyArray_CompareLists(
        PyArray_DIMS(x), PyArray_DIMS(y), PyArray_NDIM(x))


cdef int append(Batch batch, Pointwise node, Program program, Resolved* r, int g) except -1:
    """The node's derivative program over values of the batch; its outputs go to the parents."""
    cdef int at[MAX_REGISTERS]
    cdef int inputs[3]
    cdef int k, i, slot = 0
    cdef Array x
    cdef ndarray cell
    for k in range(3):
        if not program.reads >> k & 1:
            continue
        x = node.operand(k)
        if x is not None:
            at[k] = batch.memory(data_of(x))
        else:
            cell = numpy.empty(1, type_code(node.typenum))
            set_scalar(<char*> PyArray_DATA(cell), node.typenum, node.scalars[k])
            at[k] = batch.number(<char*> PyArray_DATA(cell), cell)
    if node.y is not None:
        at[REG_Y] = batch.memory(node.y)
    at[REG_G] = g
    for k in range(FIXED, program.first_temporary):
        at[k] = batch.number(r.constants + 8 * (k - FIXED), program)
    for k in range(program.n_code):
        for i in range(r.code[k].n_inputs):
            inputs[i] = at[r.code[k].inputs[i]]
        at[r.code[k].output] = batch.emit(
            &r.code[k].loop, r.code[k].n_inputs, inputs, program.is_bool[r.code[k].output])
    for k in range(3):
        if node.need >> k & 1:
            if FIXED <= program.outputs[slot] < program.first_temporary:
                reach(node.parent(k))         # a constant derivative: zero, nothing to add
            else:
                hand_on(batch, node.parent(k), at[program.outputs[slot]], r)
            slot += 1
    return 0


cdef int hand_on(Batch batch, Node parent, int value, Resolved* r) except -1:
    """Adds a value of the batch to what a node waits for."""
    cdef Pending p = Pending.__new__(Pending), old
    cdef int inputs[2]
    cdef ndarray g
    if parent.grad is not None:
        if isinstance(parent.grad, Pending):
            old = <Pending> parent.grad
            old.live, old.owner = False, None
            inputs[0] = old.value
        else:
            g = <ndarray> parent.grad
            inputs[0] = batch.memory(g if constant(g) or PyArray_IS_C_CONTIGUOUS(g) else g.copy())
        inputs[1] = value
        value = batch.emit(&r.add, 2, inputs, False)
    p.batch, p.value, p.owner, p.live = batch, value, parent, True
    parent.grad, parent.grad_owned, parent.reached = p, True, True
    batch.pendings.append(p)
    return 0
