"""Batches: loops over arrays of one shape that run together, in blocks that stay in the cache.

A batch is a list of steps over values. A value is an array, a number, or what a step computes; a computed value reaches
memory only if somebody keeps it. Forward results that are computed when they are read (deferred.pyx) and the
cotangents of a sweep (fuse.pyx) are run this way. Compiled because it drives inner loops.
"""
from libc.stdlib cimport free, malloc
from libc.string cimport memcmp
from numpy cimport import_array, ndarray, npy_intp, PyArray_DATA, PyArray_IS_C_CONTIGUOUS, PyArray_TYPE
cimport cython

from mxlite._engine.loops cimport Loop
from mxlite._engine.plan cimport Step, Value, run_steps
from mxlite._engine.program cimport FIXED, Program, Resolved, set_scalar
from mxlite._engine.storage cimport empty, itemsize_of
from mxlite._engine.tape cimport Version

from mxlite._errors import AllocationError

import_array()

cdef enum:
    MAX_VALUES = 4 * MAX_STEPS


@cython.final
cdef class Batch:
    """Steps that wait, over values of one shape."""

    def __cinit__(self):
        self.versions = []
        self.steps = <Step*> malloc(MAX_STEPS * sizeof(Step))
        self.values = <Value*> malloc(MAX_VALUES * sizeof(Value))
        if self.steps == NULL or self.values == NULL:
            raise AllocationError("no memory for a batch of elementwise operations")
        self.held, self.known = [], {}
        self.unit = -1

    def __dealloc__(self):
        self.let_go()
        free(self.steps)
        free(self.values)

    cdef bint fits(self, int more_steps) noexcept:
        """Whether there is room for so many steps more and the values that they bring."""
        return self.n_steps + more_steps <= MAX_STEPS and self.n_values + 3 * more_steps + 16 <= MAX_VALUES

    cdef int memory(self, ndarray x) except -1:
        """The value that is an array (contiguous, or one element for all)."""
        cdef int width = itemsize_of(PyArray_TYPE(x))
        return self.source(<char*> PyArray_DATA(x), width if PyArray_IS_C_CONTIGUOUS(x) else 0, width, x)

    cdef int source(self, char* place, npy_intp step, int width, object owner) except -1:
        """The value that is an array, or (with step 0) one number for every element; equal ones are one."""
        cdef int k
        cdef Value* v
        for k in range(self.n_values):
            v = &self.values[k]
            if v.source and v.step == step and v.width == width and (
                    v.base == place or (step == 0 and memcmp(v.base, place, width) == 0)):
                return k
        v = &self.values[self.n_values]
        v.base, v.step, v.width, v.source = place, step, width, True
        self.held.append(owner)
        self.n_values += 1
        return self.n_values - 1

    cdef int known_step(self, Loop* loop, int n_inputs, int* inputs, bint commutative) noexcept:
        """The value of an equal step, or -1; of two operands in either order if that makes no difference."""
        cdef int k, i
        cdef Step* s
        for k in range(self.n_steps):
            s = &self.steps[k]
            if s.loop.fn != loop.fn or s.loop.data != loop.data or s.n_inputs != n_inputs:
                continue
            if commutative and s.inputs[0] == inputs[1] and s.inputs[1] == inputs[0]:
                return s.output
            for i in range(n_inputs):
                if s.inputs[i] != inputs[i]:
                    break
            else:
                return s.output
        return -1

    cdef int scalar(self, double value, int typenum) except -1:
        """The value that is a Python number."""
        cdef npy_intp one = 1
        cdef ndarray cell = empty(1, &one, typenum)
        set_scalar(<char*> PyArray_DATA(cell), typenum, value)
        return self.source(<char*> PyArray_DATA(cell), 0, itemsize_of(typenum), cell)

    cdef int emit(self, Loop* loop, int n_inputs, int* inputs, int width, bint commutative=False) except -1:
        """Appends a step, unless there is an equal one; returns the value that it computes, of `width` bytes."""
        cdef Step* s = &self.steps[self.n_steps]
        cdef int k = self.known_step(loop, n_inputs, inputs, commutative), i
        if k >= 0:
            return k
        k = self.n_values
        self.n_values += 1
        self.values[k].base = NULL
        self.values[k].step = self.values[k].width = width
        self.values[k].source = False
        s.loop = loop[0]
        s.n_inputs = n_inputs
        for i in range(n_inputs):
            s.inputs[i] = inputs[i]
        s.output = k
        self.n_steps += 1
        return k

    cdef int program(self, Program program, Resolved* r, int* at) except -1:
        """Appends a loop program. `at` names the value of each fixed register that it reads; receives the others."""
        cdef int inputs[3]
        cdef int k, i
        for k in range(FIXED, program.first_temporary):
            at[k] = self.source(r.constants + 8 * (k - FIXED), 0, r.itemsize, program)
        for k in range(program.n_code):
            for i in range(r.code[k].n_inputs):
                inputs[i] = at[r.code[k].inputs[i]]
            if r.code[k].loop.fn == r.multiply.fn and (inputs[0] == self.unit or inputs[1] == self.unit):
                at[r.code[k].output] = inputs[1] if inputs[0] == self.unit else inputs[0]
                continue
            at[r.code[k].output] = self.emit(
                &r.code[k].loop, r.code[k].n_inputs, inputs, 1 if program.is_bool[r.code[k].output] else r.itemsize,
                r.code[k].loop.fn == r.multiply.fn or r.code[k].loop.fn == r.add.fn)
        return 0

    cdef int keep(self, int value, ndarray out) except -1:
        """A computed value goes to the memory of an array."""
        self.values[value].base = <char*> PyArray_DATA(out)
        self.held.append(out)
        return 0

    cdef int hold(self, Version version) except -1:
        """Until the batch has run, whoever wants to write to this memory waits: the batch reads it for a deferred
        computation, as it was when that was made."""
        self.versions.append(version)
        version.held += 1
        return 0

    cdef int let_go(self) except -1:
        cdef Version version
        for version in self.versions:
            version.held -= 1
        self.versions = []
        return 0

    cdef int run(self) except -1:
        """Computes what is kept."""
        try:
            return run_steps(self.steps, self.n_steps, self.values, self.n_values, self.n)
        finally:
            self.let_go()

    cdef int clear(self) except -1:
        self.n_steps = self.n_values = 0
        self.held, self.known = [], {}
        self.unit = -1
        return 0
