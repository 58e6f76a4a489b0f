"""Nodes of elementwise operators: what they save and how a cotangent passes through them.

Compiled because most nodes of most tapes are of this kind. The derivative is a loop program run directly on the saved
arrays; a cotangent lands in place where it can: in the leaf's buffer, in the sum that waits at the parent, or in the
memory of the cotangent that came in.
"""
from cpython.object cimport PyObject
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_Cast, PyArray_DATA, PyArray_DIMS, PyArray_IS_C_CONTIGUOUS,
    PyArray_NDIM, PyArray_DIM, PyArray_SIZE, PyArray_STRIDE, PyArray_TYPE,
)
from libc.string cimport memcpy
cimport cython
import numpy

from mxlite._engine.accumulate cimport add_into, deliver, fit, has_shape, reach, shape_of
from mxlite._engine.classes cimport alias, make, np_class
from mxlite._engine.blocks cimport sum_blocks
from mxlite._engine.op cimport Formula
from mxlite._engine.program cimport (
    FIXED, MAX_DIMS, MAX_REGISTERS, REG_G, REG_Y, ROWS, Frame, Program, Resolved, set_scalar)
from mxlite._engine.storage cimport empty, empty_like, itemsize_of, owns_memory, shelve, type_code
from mxlite._engine.workers cimport LONG
from mxlite._engine.tape cimport Array, Leaf, Node, bury, data_of, is_gradient, share, take, version_of
from mxlite._engine.op import zero as ZERO
from mxlite._errors import MutationError, describe

import_array()

cdef enum:
    BLOCK = 1 << 15      # elements


cdef int broadcast_steps(ndarray x, int ndim, npy_intp* steps) noexcept:
    """Byte strides of x stretched to `ndim` axes of an output it broadcasts to."""
    cdef int k, lead = ndim - PyArray_NDIM(x)
    for k in range(ndim):
        if k < lead or PyArray_DIM(x, k - lead) == 1:
            steps[k] = 0
        else:
            steps[k] = PyArray_STRIDE(x, k - lead)
    return 0


cdef bint constant(ndarray g) noexcept:
    """Whether every index of g reads the same element, as in a head gradient of ones."""
    cdef int k
    for k in range(PyArray_NDIM(g)):
        if PyArray_STRIDE(g, k) != 0 and PyArray_DIM(g, k) != 1:
            return False
    return True


@cython.final
@cython.no_gc
cdef class Pointwise(Node):
    """One recorded elementwise operation on up to three operands."""

    def __dealloc__(self):
        cdef PyObject* reference
        reference = take(<PyObject*> self.p0)
        self.p0 = None
        bury(reference)
        reference = take(<PyObject*> self.x0)
        self.x0 = None
        bury(reference)
        reference = take(<PyObject*> self.p1)
        self.p1 = None
        bury(reference)
        reference = take(<PyObject*> self.x1)
        self.x1 = None
        bury(reference)
        reference = take(<PyObject*> self.p2)
        self.p2 = None
        bury(reference)
        reference = take(<PyObject*> self.x2)
        self.x2 = None
        bury(reference)
        shelve(<PyObject*> self.y)

    cdef int n_parents(self) noexcept:
        return self.op.n_operands

    cdef Node parent(self, int k):
        return self.p0 if k == 0 else self.p1 if k == 1 else self.p2

    cdef str label(self):
        return self.op.name

    cdef inline Array operand(self, int k):
        return self.x0 if k == 0 else self.x1 if k == 1 else self.x2

    cdef int await_output(self) except -1:
        if self.later is not None:
            self.y = self.later.compute(False)
            self.later = None
        return 0

    cdef int check(self) except -1:
        if self.x0 is not None and version_of(self.x0) != self.v0:
            self.complain(0)
        if self.x1 is not None and version_of(self.x1) != self.v1:
            self.complain(1)
        if self.x2 is not None and version_of(self.x2) != self.v2:
            self.complain(2)
        if self.y_version is not None and self.y_version.count != self.vy:
            self.complain(-1)
        return ((self.x0 is not None and is_gradient(self.x0)) or (self.x1 is not None and is_gradient(self.x1))
                or (self.x2 is not None and is_gradient(self.x2))
                or (self.y_version is not None and self.y_version.of_gradient))

    cdef int complain(self, int k) except -1:
        what = "its output" if k < 0 else f"its input {self.op.params[k]!r}"
        shown = self.operand(k).form if k >= 0 else self.y if self.later is None else self.later.form
        raise MutationError(
            f"{self.op.name}: {what}, {describe(shown)}, was overwritten after it was recorded and before backward, "
            "which needs its value. Write to a copy, or call backward first.")

    cdef int release(self) except -1:
        self.freed = True
        self.p0 = self.p1 = self.p2 = None
        self.x0 = self.x1 = self.x2 = None
        shelve(<PyObject*> self.y)
        self.y = None
        self.later = None
        self.y_version = None
        return 0

    cdef int pull(self) except -1:
        cdef ndarray g = <ndarray> self.grad
        cdef Program program
        cdef Resolved* r
        if self.op.zero:
            return self.reach_parents()
        self.await_output()
        program = self.op.vjp(self.need)
        if PyArray_TYPE(g) != self.typenum:
            g = PyArray_Cast(g, self.typenum)
            self.grad_owned = True
        r = program.resolve(self.typenum)
        if r == NULL:
            return self.pull_numpy(g)
        if self.simple and (PyArray_IS_C_CONTIGUOUS(g) or constant(g)) and self.holds_parents():
            return self.pull_flat(g, program, r)
        return self.pull_broadcast(g, program, r)

    cdef bint holds_parents(self) noexcept:
        """Whether this node's sweep has all its parents, so that it may write into their fields."""
        return ((self.p0 is None or self.p0.mark == self.mark) and (self.p1 is None or self.p1.mark == self.mark)
                and (self.p2 is None or self.p2.mark == self.mark))

    cdef int reach_parents(self) except -1:
        """A zero derivative: the parents are reached, with nothing to add."""
        if self.p0 is not None:
            reach(self.p0)
        if self.p1 is not None:
            reach(self.p1)
        if self.p2 is not None:
            reach(self.p2)
        return 0

    cdef int pull_flat(self, ndarray g, Program program, Resolved* r) except -1:
        """Everything has one shape and dtype and is contiguous: one flat run, results in place where possible."""
        cdef Frame frame
        cdef double room[3]
        cdef Node parent
        cdef Array x
        cdef ndarray out
        cdef list held = None                   # cotangents that are read during the run
        cdef list _kept = None
        cdef int k, slot = 0, register, last
        cdef bint reuse = self.grad_owned
        program.bind(r, &frame)
        for k in range(3):
            frame.ptr[k] = NULL
            frame.step[k] = 0
            if program.reads >> k & 1:
                x = self.operand(k)
                if x is not None:
                    frame.ptr[k] = <char*> PyArray_DATA(data_of(x))
                    frame.step[k] = itemsize_of(PyArray_TYPE(x.form))      # a condition is narrower
                else:
                    set_scalar(<char*> &room[k], self.typenum, self.scalars[k])
                    frame.ptr[k] = <char*> &room[k]
        frame.ptr[REG_Y] = NULL
        if self.y is not None:
            frame.ptr[REG_Y] = <char*> PyArray_DATA(self.y)
        frame.step[REG_Y] = r.itemsize
        frame.step[REG_G] = r.itemsize if PyArray_IS_C_CONTIGUOUS(g) else 0
        frame.ptr[REG_G] = <char*> PyArray_DATA(g)
        # The last instruction may write where g lies, unless g itself is handed on.
        last = r.code[program.n_code - 1].output if program.n_code else -1
        for k in range(program.n_outputs):
            if program.outputs[k] == REG_G:
                reuse = False
        for k in range(3):
            if not self.need >> k & 1:
                continue
            register = program.outputs[slot]
            if program.computed(slot):
                parent = self.parent(k)
                if parent.grad is not None and parent.grad_owned and PyArray_IS_C_CONTIGUOUS(<ndarray> parent.grad):
                    frame.addend[slot] = <char*> PyArray_DATA(<ndarray> parent.grad)
                else:
                    if parent.grad is None and type(parent) is Leaf and (<Leaf> parent).direct:
                        out = data_of((<Leaf> parent).buffer)
                    elif register == last and reuse:
                        out = g
                    else:
                        out = empty_like(g)
                    frame.ptr[register] = <char*> PyArray_DATA(out)
                    if parent.grad is not None:
                        if held is None:
                            held = []
                        held.append(numpy.ascontiguousarray(parent.grad))
                        frame.addend[slot] = <char*> PyArray_DATA(<ndarray> held[len(held) - 1])
                    parent.grad, parent.grad_owned, parent.reached = out, True, True
            slot += 1
        if PyArray_SIZE(g) >= LONG:
            _kept = self.in_use(g)
        program.run(r, &frame, PyArray_SIZE(g))
        slot = 0
        for k in range(3):
            if not self.need >> k & 1:
                continue
            if not program.computed(slot):
                register = program.outputs[slot]
                if register == REG_G:
                    deliver(self.parent(k), g, self.grad_owned and program.n_outputs == 1)
                elif register >= FIXED:
                    reach(self.parent(k))         # a constant derivative: zero, nothing to add
                else:
                    deliver(self.parent(k), self.filled(&frame, register, g), True)
            slot += 1
        return 0

    cdef list in_use(self, ndarray g):
        """What a run reads and writes: during a long one other threads may replace an operand's memory, and other
        sweeps the cotangent of a parent."""
        cdef list out = [g, self.y]
        cdef int k
        for k in range(3):
            if self.operand(k) is not None:
                out.append(data_of(self.operand(k)))
            if self.parent(k) is not None:
                out.append(self.parent(k).grad)
        return out

    cdef ndarray filled(self, Frame* frame, int register, ndarray g):
        """An output that is a copy of an operand, of the output, or a constant, in the shape of g."""
        cdef ndarray out = empty(PyArray_NDIM(g), PyArray_DIMS(g), self.typenum)
        cdef npy_intp k
        cdef int width = itemsize_of(self.typenum)
        cdef char* target = <char*> PyArray_DATA(out)
        if register <= REG_Y and (self.y is not None if register == REG_Y else self.operand(register) is not None):
            out[...] = self.y if register == REG_Y else data_of(self.operand(register))
        else:
            for k in range(PyArray_SIZE(out)):
                memcpy(target + k * width, frame.ptr[register], width)
        return out

    cdef int pull_broadcast(self, ndarray g, Program program, Resolved* r) except -1:
        """Operands of other shapes, layouts or dtypes: run over the output's index space, then sum to each operand."""
        cdef Frame frame
        cdef double room[3]
        cdef npy_intp steps[ROWS * MAX_DIMS]
        cdef npy_intp dims[MAX_DIMS]
        cdef npy_intp block = 0
        cdef list made = [None, None, None]
        cdef list _kept = None
        cdef ndarray y
        cdef int ndim = PyArray_NDIM(g), k, d, slot = 0, register, in_blocks = 0
        cdef Array x
        program.bind(r, &frame)
        for k in range(FIXED + program.n_outputs):
            for d in range(ndim):
                steps[k * ndim + d] = 0
        for k in range(3):
            frame.ptr[k] = NULL
            frame.step[k] = 0
            if program.reads >> k & 1:
                x = self.operand(k)
                if x is not None:
                    frame.ptr[k] = <char*> PyArray_DATA(data_of(x))
                    broadcast_steps(data_of(x), ndim, &steps[k * ndim])
                else:
                    set_scalar(<char*> &room[k], self.typenum, self.scalars[k])
                    frame.ptr[k] = <char*> &room[k]
        frame.ptr[REG_Y] = NULL
        if self.y is not None:
            y = self.y if PyArray_TYPE(self.y) == self.typenum else PyArray_Cast(self.y, self.typenum)
            frame.ptr[REG_Y] = <char*> PyArray_DATA(y)
            broadcast_steps(y, ndim, &steps[REG_Y * ndim])
        frame.ptr[REG_G] = <char*> PyArray_DATA(g)
        broadcast_steps(g, ndim, &steps[REG_G * ndim])
        for d in range(ndim):
            dims[d] = PyArray_DIM(g, d)
        if self.operand_specs is not None and PyArray_SIZE(g) > 2 * BLOCK and dims[0] > 1:
            block = max(1, BLOCK * dims[0] // PyArray_SIZE(g))
        for k in range(3):
            if not self.need >> k & 1:
                continue
            if program.computed(slot):
                if block and self.sums_up(k, g):
                    in_blocks |= 1 << slot
                    dims[0] = block
                made[slot] = empty(ndim, dims, self.typenum)
                dims[0] = PyArray_DIM(g, 0) if ndim else 0
                frame.ptr[program.outputs[slot]] = <char*> PyArray_DATA(<ndarray> made[slot])
                broadcast_steps(<ndarray> made[slot], ndim, &steps[(FIXED + slot) * ndim])
            slot += 1
        if PyArray_SIZE(g) >= LONG:
            _kept = self.in_use(g)
        if in_blocks and not sum_blocks(r, &frame, g, steps, block, self.summed_shapes(in_blocks), made, self.typenum):
            self.run_in_blocks(g, program, r, &frame, steps, block, in_blocks, made)
        elif not in_blocks:
            program.run_nd(r, &frame, ndim, dims, steps)
        slot = 0
        for k in range(3):
            if not self.need >> k & 1:
                continue
            register = program.outputs[slot]
            if made[slot] is None and register >= FIXED:
                reach(self.parent(k))
                slot += 1
                continue
            if made[slot] is None:
                made[slot] = g if register == REG_G else self.filled(&frame, register, g)
            self.hand_on(k, made[slot], made[slot] is not g)
            slot += 1
        return 0

    cdef bint sums_up(self, int k, ndarray g) except -1:
        """Whether the cotangent of operand k is a sum over axes of g's shape."""
        return self.operand_specs[k] is not None and not has_shape(g, <tuple> self.operand_specs[k][0])

    cdef list summed_shapes(self, int in_blocks):
        """The operands' shapes by output, of those in a mask."""
        cdef list out = []
        cdef int k
        for k in range(3):
            if self.need >> k & 1:
                out.append(self.operand_specs[k][0] if in_blocks >> len(out) & 1 else None)
        return out

    cdef int run_in_blocks(self, ndarray g, Program program, Resolved* r, Frame* frame, npy_intp* steps, npy_intp block,
                           int in_blocks, list made) except -1:
        """What `sum_blocks` cannot: sums over axes apart from each other, other dtypes. Runs over some of the first
        axis at a time; the outputs in a mask, as long as one block, are summed meanwhile, so that what will be summed
        never leaves the cache. Their sums replace them in `made`."""
        cdef npy_intp dims[MAX_DIMS]
        cdef char* base[MAX_REGISTERS]
        cdef npy_intp at = 0, rows = PyArray_DIM(g, 0), n
        cdef int ndim = PyArray_NDIM(g), k, slot
        cdef list sums = [None, None, None]
        cdef ndarray part
        cdef tuple shape
        for k in range(ndim):
            dims[k] = PyArray_DIM(g, k)
        memcpy(base, frame.ptr, sizeof(base))
        while at < rows:
            n = min(block, rows - at)
            dims[0] = n
            for k in range(FIXED):
                frame.ptr[k] = base[k] + at * steps[k * ndim] if base[k] != NULL else NULL
            for slot in range(program.n_outputs):
                if program.computed(slot) and not in_blocks >> slot & 1:
                    k = program.outputs[slot]
                    frame.ptr[k] = base[k] + at * steps[(FIXED + slot) * ndim]
            program.run_nd(r, frame, ndim, dims, steps)
            slot = 0
            for k in range(3):
                if not self.need >> k & 1:
                    continue
                if in_blocks >> slot & 1:
                    part = made[slot] if n == block else made[slot][:n]
                    shape = <tuple> self.operand_specs[k][0]
                    if len(shape) == ndim and shape[0] == rows:       # the first axis is not summed
                        part = fit(part, (n, *shape[1:]), self.typenum)
                        if sums[slot] is None:
                            sums[slot] = numpy.empty(shape, part.dtype)
                        sums[slot][at:at + n] = part
                    else:
                        part = fit(part, shape, self.typenum)
                        if sums[slot] is None:      # one block of one row may not have needed a sum
                            sums[slot] = part if owns_memory(part) and part is not made[slot] else part.copy()
                        else:
                            add_into(<ndarray> sums[slot], part)
                slot += 1
            at += n
        for slot in range(3):
            if in_blocks >> slot & 1:
                made[slot] = sums[slot]
        return 0

    cdef int hand_on(self, int k, ndarray g, bint owned) except -1:
        cdef Node parent = self.parent(k)
        cdef ndarray fitted = g
        if self.operand_specs is not None:
            fitted = fit(g, <tuple> self.operand_specs[k][0], <int> self.operand_specs[k][1])
        return deliver(parent, fitted, owned or (fitted is not g and (<object> fitted).base is None))

    cdef int pull_numpy(self, ndarray g) except -1:
        """Dtypes without inner loops for some step of the formula (integers, say): the formula on NumPy arrays."""
        cdef int k
        cdef Formula formula
        with numpy.errstate(all="ignore"):
            for k in range(3):
                if self.need >> k & 1:
                    formula = self.op.formula_of(k)
                    if formula.zero:
                        reach(self.parent(k))
                        continue
                    result = numpy.asarray(formula.function(*[
                        g if source == -1 else self.y if source == -2 else self.value(source[0])
                        for source in formula.sources]))
                    if result.shape != (<object> g).shape:
                        result = numpy.broadcast_to(result, (<object> g).shape)
                    spec = self.operand_specs[k] if self.operand_specs is not None else (shape_of(g), self.out_typenum)
                    deliver(self.parent(k), fit(result, spec[0], spec[1]), False)
        return 0

    cdef object value(self, int k):
        return data_of(self.operand(k)) if self.operand(k) is not None else self.scalars[k]

    cdef Array tracked_operand(self, int k, Array saved, object astype):
        """A saved operand at its place on the tape. One that was saved converted is converted again, recorded: what
        comes back to a node has the node's own dtype."""
        cdef Array x
        cdef Node parent = self.parent(k)
        cdef int typenum = PyArray_TYPE(saved.form)
        if parent is not None and self.operand_specs is not None:
            typenum = self.operand_specs[k][1]
        if typenum == PyArray_TYPE(saved.form):
            x = alias(saved, np_class())
            x.node = parent
            return x
        x = make(np_class(), PyArray_Cast(data_of(saved), typenum))
        x.node = parent
        x = astype(x, type_code(PyArray_TYPE(saved.form)))
        x.form, x.shared = saved.form, share(saved)
        return x

    cdef object tracked(self, object g, object astype):
        cdef int k
        cdef Formula formula
        cdef Array x, y
        values = {}
        for k in range(self.op.n_operands):
            x = self.operand(k)
            if x is None:
                values[k] = self.scalars[k]
            else:
                values[k] = self.tracked_operand(k, x, astype)
        out = []
        for k in range(self.op.n_operands):
            if not self.need >> k & 1:
                out.append(None)
                continue
            formula = self.op.formula_of(k)
            if formula.zero:
                out.append(ZERO)
                continue
            if formula.uses_y:
                self.await_output()
                y = make(np_class(), self.y)
                y.shared = self.y_version
                y.node = self
            spec = self.operand_specs[k] if self.operand_specs is not None else None
            out.append((formula.function(*[
                g if source == -1 else y if source == -2 else values[source[0]] for source in formula.sources]), spec))
        return tuple(out)
