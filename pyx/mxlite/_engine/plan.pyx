"""How the steps of a batch are run.

Steps of plain arithmetic that follow one another are a chain, which is run strip by strip (strips.h): values pass from
one step to the next in registers. Any other step is NumPy's loop over a block that stays in the cache, as is what
remains of a chain's elements behind the last whole strip. Compiled because it drives inner loops.

Scratch memory of a run: slots, each for one value at a time, from the step that computes it to the last step that reads
it: first those of BLOCK elements, 8 bytes each, then those of a strip for values that live within one chain. A batch
that is one chain needs no blocks.
"""
from libc.stdlib cimport free, malloc
from numpy cimport import_array, npy_intp, NPY_FLOAT32, NPY_FLOAT64
import numpy

from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.workers cimport share_out

from mxlite._errors import AllocationError

import_array()

cdef extern from "mxlite/_engine/strips.h" nogil:
    enum:
        MXLITE_PRODUCT, MXLITE_INVERSE, MXLITE_SWAPPED, MXLITE_NUMBER, MXLITE_ITSELF, MXLITE_UNARY, MXLITE_EXTREME
        MXLITE_FRESH, MXLITE_STORED, MXLITE_STRIP
    ctypedef struct StripStep "mxlite_strip_step":
        int operation
        char* origin "from"
        char* operand
        char* to
        size_t from_mask, operand_mask, to_mask
    ctypedef size_t (*strips_t "mxlite_strips")(const StripStep* steps, int n, size_t bytes) noexcept nogil
    strips_t strips_of "mxlite_strips_of"(int width)

cdef enum:
    BLOCK = 1024           # elements
    LINE = 64              # bytes of a line of the cache
    # Bytes of slots: a line more, so that they do not all fall on the same lines of the cache.
    BLOCK_SLOT = 8 * BLOCK + LINE
    STRIP_SLOT = MXLITE_STRIP + LINE
    KINDS = 10             # operations that strips have

cdef strips_t strip_loops[2]           # for float32 and float64
cdef Loop kinds[2][KINDS]
cdef int operations[KINDS]


cdef int look_up() except -1:
    cdef int which, k
    cdef int types[2]
    for which in range(2):
        strip_loops[which] = strips_of(8 if which else 4)
        types[0] = types[1] = NPY_FLOAT64 if which else NPY_FLOAT32
        for k, (ufunc, operation) in enumerate([
                (numpy.multiply, MXLITE_PRODUCT), (numpy.add, 0), (numpy.subtract, MXLITE_INVERSE),
                (numpy.divide, MXLITE_PRODUCT | MXLITE_INVERSE), (numpy.square, MXLITE_PRODUCT | MXLITE_ITSELF),
                (numpy.negative, MXLITE_UNARY), (numpy.absolute, MXLITE_UNARY | MXLITE_PRODUCT),
                (numpy.sign, MXLITE_UNARY | MXLITE_INVERSE), (numpy.maximum, MXLITE_EXTREME),
                (numpy.minimum, MXLITE_EXTREME | MXLITE_INVERSE)]):
            operations[k] = operation
            if find_loop(ufunc, types, ufunc.nin, &kinds[which][k]) < 0:
                kinds[which][k].fn = NULL
    return 0


look_up()


# A step of a plan, and how it is run.
cdef struct Turn:
    int operation          # for strips
    int origin, operand    # values: the one that is loaded first, and the other
    int chain              # so many steps from here on are a chain; 0 within one, and for a step that is none

cdef struct Plan:
    Step* steps
    Turn* turns
    int n_steps
    Value* values
    int slots[2]           # of blocks and of strips
    npy_intp block         # elements
    int longest            # chain


cdef inline int lines(size_t n) noexcept nogil:
    """Bytes up to the next line of the cache."""
    return n % LINE and LINE - n % LINE


cdef inline char* place(Plan* plan, Value* v, char* scratch, npy_intp done) noexcept nogil:
    """Where a value lies for the block that begins behind `done` elements."""
    if v.slot < 0:
        return v.base + done * v.step
    if v.passing:
        return scratch + plan.slots[0] * BLOCK_SLOT + v.slot * STRIP_SLOT
    return scratch + v.slot * BLOCK_SLOT


cdef void run_step(Plan* plan, Step* s, char* scratch, npy_intp done, npy_intp strips, npy_intp n) noexcept nogil:
    """A step over n elements of a block that begins behind `done`, after `strips` others of it."""
    cdef char* args[4]
    cdef npy_intp steps[4]
    cdef Value* v
    cdef int i
    for i in range(s.n_inputs + 1):
        v = &plan.values[s.inputs[i] if i < s.n_inputs else s.output]
        args[i] = place(plan, v, scratch, done) + (0 if v.passing else strips * v.step)
        steps[i] = v.step
    s.loop.fn(args, &n, steps, s.loop.data)


cdef void run_chain(Plan* plan, int first, StripStep* room, char* scratch, npy_intp done, npy_intp n) noexcept nogil:
    """The chain that begins with a step, over n elements of a block that begins behind `done`."""
    cdef int length = plan.turns[first].chain, k
    cdef npy_intp width = plan.values[plan.steps[first].output].width, strips
    cdef Turn* turn
    cdef StripStep* s
    cdef Value* v
    for k in range(length):
        turn, s = &plan.turns[first + k], room + k
        s.operation = turn.operation
        if turn.origin >= 0:
            v = &plan.values[turn.origin]
            s.origin, s.from_mask = place(plan, v, scratch, done), 0 if v.passing else -1
        if turn.operand >= 0:
            v = &plan.values[turn.operand]
            s.operand, s.operand_mask = place(plan, v, scratch, done), 0 if v.passing else -1
        v = &plan.values[plan.steps[first + k].output]
        s.to, s.to_mask = place(plan, v, scratch, done), 0 if v.passing else -1
    strips = strip_loops[width == 8](room, length, n * width) // width
    if strips < n:
        for k in range(length):
            run_step(plan, &plan.steps[first + k], scratch, done, strips, n - strips)


cdef int run_piece(void* context, npy_intp first, npy_intp last) noexcept nogil:
    """The steps of a plan over elements first to last - 1, block by block; -1 when there is no memory for scratch."""
    cdef Plan* plan = <Plan*> context
    cdef npy_intp done = first, m
    cdef int k
    cdef size_t slots = plan.slots[0] * BLOCK_SLOT + plan.slots[1] * STRIP_SLOT
    cdef char* raw = <char*> malloc(LINE + slots + plan.longest * sizeof(StripStep))
    cdef char* scratch
    cdef StripStep* room
    if raw == NULL:
        return -1
    scratch = raw + lines(<size_t> raw)
    room = <StripStep*> (scratch + slots)
    while done < last:
        m = min(plan.block, last - done)
        k = 0
        while k < plan.n_steps:
            if plan.turns[k].chain:
                run_chain(plan, k, room, scratch, done, m)
                k += plan.turns[k].chain
            else:
                run_step(plan, &plan.steps[k], scratch, done, 0, m)
                k += 1
        done += m
    free(raw)
    return 0


cdef int close_chain(Turn* turns, int first, int end) noexcept:
    """The steps from `first` to before `end` are a chain, if there are any. Returns its length."""
    if end == first:
        return 0
    turns[first].chain = end - first
    return end - first


cdef int find_chains(Plan* plan) noexcept:
    """Says how every step is run; returns the length of the longest chain. Values know their last use by now."""
    cdef int k, j, first = 0, longest = 0, a, b, which = 0
    cdef Turn* t
    cdef Step* s
    for k in range(plan.n_steps):
        s, t = &plan.steps[k], &plan.turns[k]
        t.chain, t.origin, t.operand = 0, -1, -1
        t.operation = strip_operation(plan.values, s, &j)
        if k > first and (t.operation < 0 or which != j):
            longest = max(longest, close_chain(plan.turns, first, k))
            first = k
        which = j
        if t.operation < 0:
            first = k + 1
            continue
        a = s.inputs[0]
        b = s.inputs[1] if s.n_inputs == 2 else -1
        if b == a:
            t.operation |= MXLITE_ITSELF
            b = -1
        if k > first and plan.steps[k - 1].output == b or plan.values[a].step == 0:
            a, b = b, a
            t.operation |= MXLITE_SWAPPED
        if k == first or plan.steps[k - 1].output != a:
            t.origin = a
            t.operation |= MXLITE_FRESH
        t.operand = b
        if b >= 0 and plan.values[b].step == 0:
            t.operation |= MXLITE_NUMBER
    longest = max(longest, close_chain(plan.turns, first, plan.n_steps))
    find_passing(plan)
    return longest


cdef int find_passing(Plan* plan) noexcept:
    """Marks the values that live within one chain, and the steps whose output has to be stored."""
    cdef int k, end = 0
    cdef Value* v
    for k in range(plan.n_steps):
        if plan.turns[k].chain:
            end = k + plan.turns[k].chain
        v = &plan.values[plan.steps[k].output]
        v.passing = k < end and v.base == NULL and v.last_use < end
        if k < end and (v.base != NULL or v.last_use > k + 1 or v.last_use >= end):
            plan.turns[k].operation |= MXLITE_STORED
    return 0


cdef int strip_operation(Value* values, Step* s, int* which) noexcept:
    """What strips call a step, or -1; and whether it is one of float64."""
    cdef int k, i, numbers = 0
    which[0] = values[s.output].width == 8
    if strip_loops[which[0]] == NULL:
        return -1
    for k in range(KINDS):
        if s.loop.fn == kinds[which[0]][k].fn and s.loop.data == kinds[which[0]][k].data:
            break
    else:
        return -1
    for i in range(s.n_inputs):
        numbers += values[s.inputs[i]].step == 0
    if operations[k] & MXLITE_EXTREME and values[s.inputs[1]].step != 0:
        return -1
    if numbers == s.n_inputs or (s.n_inputs == 2 and s.inputs[0] == s.inputs[1]
                                 and operations[k] & MXLITE_INVERSE):
        return -1
    return operations[k]


cdef int run_steps(Step* steps, int n_steps, Value* values, int n_values, npy_intp n) except -1:
    """Runs steps over n elements."""
    cdef int k, i, j, which
    cdef int* n_free = [0, 0]
    cdef int* spare = <int*> malloc((2 * n_values + 1) * sizeof(int))
    cdef Plan plan
    plan.steps, plan.n_steps, plan.values = steps, n_steps, values
    plan.slots[0] = plan.slots[1] = 0
    plan.turns = <Turn*> malloc((n_steps + 1) * sizeof(Turn))
    try:
        if spare == NULL or plan.turns == NULL:
            raise AllocationError("no memory for a batch of elementwise operations")
        for k in range(n_values):
            values[k].last_use = -1
            values[k].slot = -1
            values[k].passing = values[k].step == 0
        for k in range(n_steps):
            for i in range(steps[k].n_inputs):
                values[steps[k].inputs[i]].last_use = k
        plan.longest = find_chains(&plan)
        for k in range(n_steps):
            i = steps[k].output
            if values[i].base == NULL:
                which = values[i].passing
                if n_free[which]:
                    n_free[which] -= 1
                    values[i].slot = spare[which * n_values + n_free[which]]
                else:
                    values[i].slot = plan.slots[which]
                    plan.slots[which] += 1
            for j in range(steps[k].n_inputs):
                i = steps[k].inputs[j]
                if values[i].slot >= 0 and values[i].last_use == k:
                    values[i].last_use = -2          # given back once, even if read twice
                    which = values[i].passing
                    spare[which * n_values + n_free[which]] = values[i].slot
                    n_free[which] += 1
        plan.block = n if plan.longest == n_steps else BLOCK
        share_out(run_piece, &plan, n)
    finally:
        free(spare)
        free(plan.turns)
    return 0
