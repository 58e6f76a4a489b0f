"""Deferred elementwise results: large ones are computed when somebody reads them, several in one pass over memory.

An operation on large arrays makes an Array whose values are an Elementwise: the operator and its operands, which may
be deferred themselves. Reading the array (`data_of`) runs all that it needs as one Batch; a sweep takes what it needs
into its own batches; what is never read is never computed. Compiled because it drives inner loops.

A deferred result has the values that its operands had when it was made: every Version lists the computations that
read its memory, and whoever writes to memory has those computed first (`before_write`). Only memory that nobody
outside the engine can write is read later.

What is computed on the way to something else, and still has other users, is stored if computing it again would take
longer than reading it, or the second time it is computed.
"""
from cpython.float cimport PyFloat_Check
from cpython.long cimport PyLong_Check
from cpython.object cimport PyObject
from numpy cimport (
    import_array, ndarray, npy_intp, PyArray_CompareLists, PyArray_DATA, PyArray_DIMS, PyArray_IS_C_CONTIGUOUS,
    PyArray_NDIM, PyArray_SIZE, PyArray_TYPE, NPY_BOOL, NPY_FLOAT32, NPY_FLOAT64,
)
cimport cython

from mxlite._engine.batch cimport Batch
from mxlite._engine.classes cimport make, nd_class
from mxlite._engine.free_threading cimport FREE_THREADED
from mxlite._engine.loops cimport Loop
from mxlite._engine.op cimport Op
from mxlite._engine.program cimport MAX_REGISTERS, Program
from mxlite._engine.storage cimport empty, itemsize_of, owns_memory, repeated
from mxlite._engine.tape cimport Array, Deferred, data_of, share, start_reading, stop_reading, thread_state
from mxlite._errors import AllocationError, operand_message

import_array()

cdef extern from "Python.h":
    Py_ssize_t Py_REFCNT(PyObject* o)

cdef double ZERO = 0


cdef ndarray form_of(int ndim, npy_intp* dims, int typenum):
    """An array of this shape and dtype that takes no memory and must not be read for its values."""
    return repeated(ndim, dims, typenum, &ZERO)


@cython.final
@cython.no_gc
cdef class Elementwise(Deferred):
    """The values of an elementwise operator on large operands."""

    def __dealloc__(self):
        cdef int k
        for k in range(3):
            stop_reading(&self.readers[k])

    cdef object operand(self, int k):
        return self.x0 if k == 0 else self.x1 if k == 1 else self.x2

    cdef ndarray compute(self, bint everything):
        cdef Batch batch
        cdef ndarray out
        cdef list stored
        if self.values is None:
            batch = Batch()
            batch.n = PyArray_SIZE(self.form)
            try:
                out = empty(PyArray_NDIM(self.form), PyArray_DIMS(self.form), self.out_typenum)
            except MemoryError as exc:      # at a line that may not name the operator
                raise AllocationError(no_memory(self, exc)) from None
            batch.keep(value_of(batch, self), out)
            stored = [(self, out)]
            store(batch, self, stored, everything, True)
            batch.run()
            settle_stored(stored)
        else:
            self.forget()       # another thread has computed the values and may not have come so far
        return self.values

    cdef int forget(self) except -1:
        """The operands are not needed any more."""
        cdef int k
        for k in range(3):
            stop_reading(&self.readers[k])
        self.v0 = self.v1 = self.v2 = None
        self.x0 = self.x1 = self.x2 = None
        return 0


cdef str no_memory(Elementwise e, exc):
    """The message about a result for which there is no memory."""
    cdef list operands = []
    cdef object x
    for k in range(e.op.n_operands):
        x = e.operand(k)
        operands.append(e.numbers[k] if x is None else (<Elementwise> x).form if isinstance(x, Elementwise) else x)
    return operand_message(e.op.name, operands, str(exc))


cdef Elementwise waiting(Array a):
    """What will compute the values of an array, or None if it has them."""
    if a.deferred is not None and a.deferred.values is None:
        return <Elementwise> a.deferred
    return None


cdef int value_of(Batch batch, object x) except -1:
    """The value of a batch that is an operand, computed by the batch if need be. The depth of the recursion is at most
    MOST_STEPS."""
    cdef int at[MAX_REGISTERS]
    cdef Elementwise d
    cdef Program program
    cdef int k
    if not isinstance(x, Elementwise):
        return batch.memory(<ndarray> x)
    d = <Elementwise> x
    if d.values is not None:
        return batch.memory(d.values)
    if d in batch.known:
        return <int> batch.known[d]
    program = d.op.forward
    for k in range(d.op.n_operands):
        if program.reads >> k & 1:
            if d.operand(k) is None:
                at[k] = batch.scalar(d.numbers[k], d.typenum)
            else:
                batch.hold(d.v0 if k == 0 else d.v1 if k == 1 else d.v2)
                at[k] = value_of(batch, d.operand(k))
    batch.program(program, program.resolve(d.typenum), at)
    batch.known[d] = at[program.outputs[0]]
    return at[program.outputs[0]]


cdef int store(Batch batch, Elementwise root, list stored, bint everything, bint costly) except -1:
    """Has a batch keep what it computes on the way and others will want; see above."""
    cdef Elementwise d
    cdef int k
    cdef ndarray out
    for d in batch.known:
        d.inner = 0
    for d in batch.known:
        for k in range(d.op.n_operands):
            if isinstance(d.operand(k), Elementwise):
                (<Elementwise> d.operand(k)).inner += 1
    for d in batch.known:
        # Besides its users in the batch, `d` and `known` refer to it.
        if d is root or Py_REFCNT(<PyObject*> d) <= d.inner + 2:
            continue
        if batch.values[<int> batch.known[d]].base != NULL:
            continue            # it goes to a node's cotangent, which is the same, and cannot go to two places
        if everything or d.passed or (costly and d.costly):
            out = empty(PyArray_NDIM(d.form), PyArray_DIMS(d.form), d.out_typenum)
            batch.keep(<int> batch.known[d], out)
            stored.append((d, out))
        else:
            d.passed = True
    return 0


cdef int store_passed(Batch batch, list stored) except -1:
    """For a sweep: has its batch keep the forward results that it computes for the second time."""
    return store(batch, None, stored, False, False) if batch.known else 0


cdef int settle_stored(list stored) except -1:
    """After a run: hands the values over, unless another thread was faster."""
    cdef Elementwise d
    for d, out in stored:
        if d.values is None:
            d.values = <ndarray> out
        d.forget()
    return 0


cdef int write_into(Loop* loop, ndarray target, Elementwise d) except -1:
    """target = loop(target, d), without storing what d computes."""
    cdef Batch batch = Batch()
    cdef int operands[2]
    cdef list stored = []
    batch.n = PyArray_SIZE(target)
    operands[0], operands[1] = batch.memory(target), value_of(batch, d)
    batch.keep(batch.emit(loop, 2, operands, itemsize_of(PyArray_TYPE(target))), target)
    store_passed(batch, stored)
    batch.run()
    return settle_stored(stored)


cdef bint readable_later(Array a) noexcept:
    """Whether only the engine can write to an array's memory, and it can be walked at once."""
    return (PyArray_IS_C_CONTIGUOUS(a.form) and owns_memory(a.form)
            and not (a.shared is not None and a.shared.exposed))


cdef Array defer(Op op, object cls, object first, object second, object third):
    """The result of an elementwise operator as a deferred array, not recorded; None where it has to be computed now.

    Operands are arrays of one shape and one dtype, float32 or float64 (conditions are bool), and Python numbers.
    """
    cdef Elementwise e
    cdef Program program = op.forward if op.forward is not None else op.forward_program()
    cdef Array a, out, like = None
    cdef object operands = (first, second, third)
    cdef object x
    cdef int k, t = -1, n = op.n_operands
    if FREE_THREADED or thread_state().eager:
        return None
    if program.n_code == 0 or not program.computed(0) or program.n_code > MOST_STEPS // 2:
        return None
    for k in range(n):
        x = operands[k]
        if isinstance(x, Array):
            a = <Array> x
            if op.bool_operands >> k & 1:
                if PyArray_TYPE(a.form) != NPY_BOOL:
                    return None
            elif t >= 0 and PyArray_TYPE(a.form) != t:
                return None
            else:
                t = PyArray_TYPE(a.form)
            if like is None:
                like = a
            elif PyArray_NDIM(a.form) != PyArray_NDIM(like.form) or not PyArray_CompareLists(
                    PyArray_DIMS(a.form), PyArray_DIMS(like.form), PyArray_NDIM(a.form)):
                return None
            if type(a) is not cls or (waiting(a) is None and not readable_later(resolved(a))):
                return None
        elif op.bool_operands >> k & 1 or not (PyFloat_Check(x) or (PyLong_Check(x) and -(1 << 53) <= x <= 1 << 53)):
            return None
    if (t != NPY_FLOAT32 and t != NPY_FLOAT64) or program.resolve(t) == NULL:
        return None
    e = Elementwise.__new__(Elementwise)
    e.op, e.typenum = op, t
    e.out_typenum = NPY_BOOL if program.is_bool[program.outputs[0]] else t
    if e.out_typenum != t and cls is nd_class():
        return None
    if not account(e, operands):
        for k in range(n):
            if isinstance(operands[k], Array):
                data_of(<Array> operands[k])
        account(e, operands)
    for k in range(n):
        if not isinstance(operands[k], Array):
            e.numbers[k] = operands[k]
            continue
        a = <Array> operands[k]
        x = waiting(a)
        if x is None:
            x = a.form
        elif PyArray_TYPE(a.form) == e.out_typenum:
            e.form = a.form
        if k == 0:
            e.x0, e.v0 = x, share(a)
        elif k == 1:
            e.x1, e.v1 = x, share(a)
        else:
            e.x2, e.v2 = x, share(a)
        start_reading(share(a), &e.readers[k], <PyObject*> e)
    if e.form is None:
        e.form = form_of(PyArray_NDIM(like.form), PyArray_DIMS(like.form), e.out_typenum)
    out = make(cls, e.form)
    out.deferred = e
    return out


cdef Array resolved(Array a):
    """The array, its memory in place if it has been computed."""
    data_of(a)
    return a


cdef bint account(Elementwise e, tuple operands) except -1:
    """Counts the steps of e and the arrays that it is computed from; False if there are too many."""
    cdef Elementwise w
    cdef Array a
    cdef int k, i
    e.steps, e.n_arrays, e.costly = e.op.forward.n_code, 0, e.op.forward.costly
    for k in range(e.op.n_operands):
        if not isinstance(operands[k], Array):
            continue
        a = <Array> operands[k]
        w = waiting(a)
        if w is None:
            if not read_too(e, PyArray_DATA(a.form)):
                return False
        else:
            e.steps += w.steps
            e.costly = e.costly or w.costly
            for i in range(w.n_arrays):
                if not read_too(e, w.arrays[i]):
                    return False
    return e.steps <= MOST_STEPS


cdef bint read_too(Elementwise e, void* memory) noexcept:
    """Adds an array to those that e is computed from; False if there are too many."""
    cdef int k
    for k in range(e.n_arrays):
        if e.arrays[k] == memory:
            return True
    if e.n_arrays == MOST_ARRAYS:
        return False
    e.arrays[e.n_arrays] = memory
    e.n_arrays += 1
    return True
