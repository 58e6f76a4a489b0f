"""Loop programs: a short list of inner loops over registers, run as one.

An elementwise formula is traced once (trace.pyx) into a Program. Running it needs no Python: each instruction is one
inner loop, and a long array is taken in blocks, so that intermediate values stay in the first-level cache.
Compiled because it is the innermost part of both the forward call and the reverse sweep.

Registers: 0 to 2 operands, 3 the operator's output, 4 the head gradient, then the constants, then temporaries.
Scratch memory of a run: one block (BLOCK elements, 8 bytes each, or the whole length if shorter) per temporary whose
pointer in the Frame is NULL, one behind the other in register order.
"""
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy, memset
from numpy cimport import_array, npy_intp, NPY_BOOL, NPY_FLOAT32, NPY_FLOAT64, NPY_INT32, NPY_INT64
cimport cython
from mxlite._engine.free_threading cimport load, store
from mxlite._engine.loops cimport copy_loop, find_loop
from mxlite._engine.storage cimport itemsize_of, type_code
from mxlite._engine.workers cimport share_out, share_rows
import numpy

from mxlite._errors import AllocationError

import_array()

cdef enum:
    BLOCK = 1024
    STACK_BYTES = 4096
    MANY_LINES = 16          # lines that are shared out as a whole

_add, _multiply = numpy.add, numpy.multiply
# Ufuncs that take less time on a value in the cache than fetching their result from memory would.
cdef frozenset CHEAP = frozenset([
    "add", "subtract", "multiply", "divide", "negative", "positive", "absolute", "maximum", "minimum", "square", "sqrt",
    "reciprocal", "sign", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "logical_and",
    "logical_or", "logical_not", "mxlite_select"])
cdef tuple DTYPES = tuple(None if code in "OSUVMm" else numpy.dtype(code) for code in "?bBhHiIlLqQfdgFDGOSUVMme")


cdef int set_scalar(char* place, int typenum, double value) except -1:
    """Writes a Python number as one element of a dtype."""
    if typenum == NPY_FLOAT32:
        (<float*> place)[0] = <float> value
    elif typenum == NPY_FLOAT64:
        (<double*> place)[0] = value
    elif typenum == NPY_INT64:
        (<long long*> place)[0] = <long long> value
    elif typenum == NPY_INT32:
        (<int*> place)[0] = <int> value
    else:
        with numpy.errstate(all="ignore"):
            raw = numpy.array(value).astype(numpy.dtype(type_code(typenum))).tobytes()
        memcpy(place, <const char*> raw, len(raw))
    return 0


cdef struct Run:
    Resolved* r
    Frame* frame


cdef int run_piece(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """The program over elements first to last - 1; -1 when there is no memory for its scratch."""
    cdef Resolved* r = (<Run*> context).r
    cdef Frame* frame = (<Run*> context).frame
    cdef char stack[STACK_BYTES]
    cdef char* scratch = stack
    cdef char* at[MAX_REGISTERS]
    cdef npy_intp n = last - first, done = 0, m, width
    cdef int k, n_scratch = 0
    if n == 0:
        return 0
    for k in range(r.first_temporary, r.n_registers):
        n_scratch += frame.ptr[k] == NULL
    if n <= 2 * BLOCK or n_scratch + r.n_code == 1:
        m = n
    else:
        m = BLOCK
    width = m * 8
    if n_scratch * width > STACK_BYTES:
        scratch = <char*> malloc(n_scratch * width)
        if scratch == NULL:
            return -1
    n_scratch = 0
    for k in range(r.n_registers):
        at[k] = frame.ptr[k]
        if at[k] != NULL:
            at[k] += first * frame.step[k]
        elif k >= r.first_temporary:
            at[k] = scratch + n_scratch * width
            n_scratch += 1
    while True:
        run_block(r, frame, at, first + done, m)
        done += m
        if done >= n:
            break
        for k in range(r.n_registers):
            if frame.ptr[k] != NULL:
                at[k] += m * frame.step[k]
        if n - done < m:
            m = n - done
    if scratch != stack:
        free(scratch)
    return 0


cdef void run_block(Resolved* r, Frame* frame, char** at, npy_intp done, npy_intp m) noexcept nogil:
    """All instructions over m elements; `at` holds the registers' places, `done` elements lie before."""
    cdef char* args[4]
    cdef npy_intp steps[4]
    cdef int k, i, register
    cdef Instruction* ins
    for k in range(r.n_code):
        ins = &r.code[k]
        for i in range(ins.n_inputs):
            register = ins.inputs[i]
            args[i] = at[register]
            steps[i] = frame.step[register]
        args[ins.n_inputs] = at[ins.output]
        steps[ins.n_inputs] = frame.step[ins.output]
        ins.loop.fn(args, &m, steps, ins.loop.data)
    for k in range(r.n_outputs):
        if frame.addend[k] != NULL:
            register = r.outputs[k]
            args[0] = frame.addend[k] + done * r.itemsize
            args[1] = at[register]
            args[2] = args[0] if frame.ptr[register] == NULL else args[1]
            steps[0] = steps[1] = steps[2] = r.itemsize
            r.add.fn(args, &m, steps, r.add.data)


# An n-dimensional index space as lines along its last axis; the registers numbered `rows` walk.
cdef struct Lines:
    Run run
    int n
    int n_rows
    npy_intp* dims
    int* rows
    npy_intp (*walk)[MAX_DIMS]       # per row the byte strides


cdef void enter_line(Lines* a, npy_intp line, Frame* frame) noexcept nogil:
    """The frame of a line."""
    cdef int d, k
    cdef npy_intp at
    frame[0] = a.run.frame[0]
    for d in range(a.n - 2, -1, -1):
        at = line % a.dims[d]
        line = line // a.dims[d]
        for k in range(a.n_rows):
            if frame.ptr[a.rows[k]] != NULL:
                frame.ptr[a.rows[k]] += at * a.walk[k][d]


cdef int run_short_lines(Lines* a, npy_intp first, npy_intp last) noexcept nogil:
    """The same for lines that fit a block: scratch is found once for all of them."""
    cdef Resolved* r = a.run.r
    cdef Frame frame
    cdef char* at[MAX_REGISTERS]
    cdef char stack[STACK_BYTES]
    cdef char* scratch = stack
    cdef npy_intp length = a.dims[a.n - 1], in_plane = a.dims[a.n - 2] if a.n > 1 else 1, left = 0, line
    cdef int k, n_scratch = 0
    for k in range(r.first_temporary, r.n_registers):
        n_scratch += a.run.frame.ptr[k] == NULL
    if n_scratch * length * 8 > STACK_BYTES:
        scratch = <char*> malloc(n_scratch * length * 8)
        if scratch == NULL:
            return -1
    for line in range(first, last):
        if left == 0:
            enter_line(a, line, &frame)
            left = in_plane - line % in_plane
            n_scratch = 0
            for k in range(r.n_registers):
                at[k] = frame.ptr[k]
                if at[k] == NULL and k >= r.first_temporary:
                    at[k] = scratch + n_scratch * length * 8
                    n_scratch += 1
        else:
            for k in range(a.n_rows):
                if frame.ptr[a.rows[k]] != NULL:
                    at[a.rows[k]] += a.walk[k][a.n - 2]
        left -= 1
        run_block(r, &frame, at, 0, length)
    if scratch != stack:
        free(scratch)
    return 0


cdef int run_lines(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """The program over lines first to last - 1; -1 when there is no memory for its scratch."""
    cdef Lines* a = <Lines*> context
    cdef Run run
    cdef Frame frame
    cdef npy_intp line
    cdef int k
    cdef npy_intp in_plane = a.dims[a.n - 2] if a.n > 1 else 1
    if a.dims[a.n - 1] <= 2 * BLOCK:
        return run_short_lines(a, first, last)
    run.r, run.frame = a.run.r, &frame
    for line in range(first, last):
        if line == first or line % in_plane == 0:
            enter_line(a, line, &frame)
        else:
            for k in range(a.n_rows):
                if frame.ptr[a.rows[k]] != NULL:
                    frame.ptr[a.rows[k]] += a.walk[k][a.n - 2]
        if run_piece(&run, 0, a.dims[a.n - 1]) < 0:
            return -1
    return 0


cdef struct Space:
    Lines lines
    npy_intp dims[MAX_DIMS]
    npy_intp walk[ROWS][MAX_DIMS]
    int rows[ROWS]


cdef npy_intp lay_out(Resolved* r, Frame* frame, int ndim, npy_intp* shape, npy_intp* steps,
                      Space* space) noexcept nogil:
    """The lines of an index space, as `run_nd` is given it; returns how many. Sets the steps of the frame."""
    cdef npy_intp* step_of[ROWS]
    cdef npy_intp count = 1
    cdef int d, k, n = 0, n_rows = FIXED
    cdef bint even
    for k in range(FIXED):
        space.rows[k], step_of[k] = k, steps + k * ndim
    for k in range(r.n_outputs):
        if r.outputs[k] >= r.first_temporary:         # an alias walks as the register that it names
            space.rows[n_rows], step_of[n_rows] = r.outputs[k], steps + (FIXED + k) * ndim
            n_rows += 1
    for d in range(ndim):
        if shape[d] == 0:
            return 0
        if shape[d] == 1:
            continue
        even = n > 0
        if even:
            for k in range(n_rows):
                if space.walk[k][n - 1] != step_of[k][d] * shape[d]:
                    even = False
                    break
        if even:
            space.dims[n - 1] *= shape[d]
            for k in range(n_rows):
                space.walk[k][n - 1] = step_of[k][d]
        else:
            space.dims[n] = shape[d]
            for k in range(n_rows):
                space.walk[k][n] = step_of[k][d]
            n += 1
    if n == 0:
        n, space.dims[0] = 1, 1
        for k in range(n_rows):
            space.walk[k][0] = 0
    for k in range(n_rows):
        frame.step[space.rows[k]] = space.walk[k][n - 1]
    space.lines.run.r, space.lines.run.frame = r, frame
    space.lines.n, space.lines.n_rows, space.lines.dims, space.lines.rows = n, n_rows, space.dims, space.rows
    space.lines.walk = space.walk
    for d in range(n - 1):
        count *= space.dims[d]
    return count


cdef int run_here(Resolved* r, Frame* frame, int ndim, npy_intp* shape, npy_intp* steps) noexcept nogil:
    """As `run_nd` does, on this thread alone; -1 when there is no memory for scratch."""
    cdef Space space
    return run_lines(&space.lines, 0, lay_out(r, frame, ndim, shape, steps, &space))


cdef class Program:
    """Instructions over registers. `instructions` holds (ufunc, input registers, output register); a ufunc of None
    turns bools into numbers. `kinds` gives 'T' or '?' per register; `outputs` the registers that are results."""

    def __init__(self, instructions, constants, kinds, outputs):
        cdef int k
        if len(kinds) > MAX_REGISTERS or len(outputs) > MAX_OUTPUTS:
            raise ValueError(f"formula too long for a loop program: {len(kinds)} registers, {len(outputs)} outputs")
        self.instructions = tuple(instructions)
        self.constants = tuple(constants)
        self.kinds = tuple(kinds)
        self.n_code = len(self.instructions)
        self.costly = any([ufunc is not None and ufunc.__name__ not in CHEAP for ufunc, _, _ in self.instructions])
        self.n_registers = len(self.kinds)
        self.n_outputs = len(outputs)
        self.first_temporary = FIXED + len(self.constants)
        for k in range(self.n_registers):
            self.is_bool[k] = self.kinds[k] == "?"
        for k in range(self.n_outputs):
            self.outputs[k] = outputs[k]
            if outputs[k] < FIXED:
                self.reads |= 1 << <int> outputs[k]
        for _, inputs, _ in self.instructions:
            for register in inputs:
                if register < FIXED:
                    self.reads |= 1 << <int> register

    def __dealloc__(self):
        cdef int t
        for t in range(TYPES):
            free(self.resolved[t].code)
            free(self.resolved[t].constants)

    @property
    def output_registers(self):
        return tuple(self.outputs[k] for k in range(self.n_outputs))

    cdef bint computed(self, int k) noexcept:
        """Whether output k is a temporary of its own, not an alias of an input or a constant."""
        return self.outputs[k] >= self.first_temporary

    cdef Resolved* resolve(self, int typenum):
        """The program for a dtype, looked up once; NULL where NumPy has no loops for it."""
        cdef Resolved* r = &self.resolved[typenum]
        if load(&r.state) == 0:
            self.look_up(r, typenum)
        return r if r.state == 1 else NULL

    cdef int look_up(self, Resolved* place, int typenum) except -1:
        """Fills a place of the table. Several threads may come at once: each looks up for itself, the first stays."""
        cdef Resolved found
        memset(&found, 0, sizeof(Resolved))
        try:
            ready = self.find(&found, typenum)
            with cython.critical_section(self):
                if place.state == 0:
                    memcpy(place, &found, sizeof(Resolved))      # whose state is 0 still
                    found.code, found.constants = NULL, NULL
                    store(&place.state, 1 if ready else -1)
        finally:
            free(found.code)
            free(found.constants)
        return 0

    cdef bint find(self, Resolved* r, int typenum) except -1:
        cdef int k, i, out
        cdef int types[3]
        cdef Instruction* ins
        cdef object dtype = DTYPES[typenum]
        if dtype is None or itemsize_of(typenum) > 8:      # a constant and an element of scratch have 8 bytes
            return False
        types[0] = types[1] = typenum
        r.itemsize = itemsize_of(typenum)
        r.n_code, r.n_registers, r.first_temporary = self.n_code, self.n_registers, self.first_temporary
        r.n_outputs = self.n_outputs
        for k in range(self.n_outputs):
            r.outputs[k] = self.outputs[k]
        find_loop(_add, types, 2, &r.add)
        find_loop(_multiply, types, 2, &r.multiply)
        r.code = <Instruction*> calloc(self.n_code + 1, sizeof(Instruction))
        r.constants = <char*> calloc(len(self.constants) + 1, 8)
        if r.code == NULL or r.constants == NULL:
            raise AllocationError("no memory for a loop program")
        for k in range(len(self.constants)):
            with numpy.errstate(all="ignore"):
                value = numpy.asarray(self.constants[k]).astype(dtype).tobytes()
            memcpy(r.constants + 8 * k, <const char*> value, len(value))
        for k in range(self.n_code):
            ufunc, inputs, output = self.instructions[k]
            ins = &r.code[k]
            ins.n_inputs = len(inputs)
            ins.output = output
            for i in range(ins.n_inputs):
                ins.inputs[i] = inputs[i]
                types[i] = NPY_BOOL if self.kinds[inputs[i]] == "?" else typenum
            if ufunc is None:
                if typenum == NPY_BOOL or not copy_loop(NPY_BOOL, typenum, &ins.loop):
                    return False
                continue
            out = find_loop(ufunc, types, ins.n_inputs, &ins.loop)
            if out != (NPY_BOOL if self.kinds[output] == "?" else typenum):
                return False
        return True

    cdef int bind(self, Resolved* r, Frame* frame) noexcept:
        """Points the constants at their values and everything computed at scratch."""
        cdef int k
        for k in range(FIXED, self.first_temporary):
            frame.ptr[k] = r.constants + 8 * (k - FIXED)
            frame.step[k] = 0
        for k in range(self.first_temporary, self.n_registers):
            frame.ptr[k] = NULL
            frame.step[k] = 1 if self.is_bool[k] else r.itemsize
        for k in range(MAX_OUTPUTS):
            frame.addend[k] = NULL
        return 0

    cdef int run(self, Resolved* r, Frame* frame, npy_intp n) except -1:
        """Runs over n elements; pointers and steps of `frame` say where they lie. The caller keeps their memory alive:
        a long run lets other threads work meanwhile."""
        cdef Run run
        run.r, run.frame = r, frame
        return share_out(run_piece, &run, n)

    cdef int run_nd(self, Resolved* r, Frame* frame, int ndim, npy_intp* shape, npy_intp* steps) except -1:
        """Runs over an n-dimensional index space. `steps` holds ROWS rows of ndim byte strides: the fixed registers,
        then the outputs (whose pointers must be set). Axes that every operand walks evenly are merged first."""
        cdef Space space
        cdef Frame moved
        cdef npy_intp count = lay_out(r, frame, ndim, shape, steps, &space), k
        if count >= MANY_LINES:
            return share_rows(run_lines, &space.lines, count, space.dims[space.lines.n - 1])
        for k in range(count):           # few long lines: each is shared out
            enter_line(&space.lines, k, &moved)
            self.run(r, &moved, space.dims[space.lines.n - 1])
        return 0
