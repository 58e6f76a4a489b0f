from numpy cimport npy_intp
from mxlite._engine.loops cimport Loop, TYPES

cdef enum:
    MAX_REGISTERS = 48
    MAX_OUTPUTS = 3
    MAX_DIMS = 64
    ROWS = 8                # rows of the stride table of run_nd: the fixed registers, then the outputs
    # Fixed registers: operands 0 to 2, the operator's output, the head gradient.
    REG_Y = 3
    REG_G = 4
    FIXED = 5

cdef struct Instruction:
    Loop loop
    int n_inputs
    int inputs[3]
    int output

# A program whose loops and constants have been looked up for one dtype.
cdef struct Resolved:
    int state                    # 0 not tried, 1 ready, -1 NumPy has no such loops
    int itemsize
    int n_code
    int n_registers
    int n_outputs
    int outputs[MAX_OUTPUTS]
    int first_temporary
    Instruction* code
    char* constants              # 8 bytes each
    Loop add
    Loop multiply

# Where the registers of one run lie. A NULL pointer means scratch.
cdef struct Frame:
    char* ptr[MAX_REGISTERS]
    npy_intp step[MAX_REGISTERS]
    char* addend[MAX_OUTPUTS]    # if not NULL, is added to output k; receives the sum where the output has no place

cdef int run_here(Resolved* r, Frame* frame, int ndim, npy_intp* shape, npy_intp* steps) noexcept nogil
cdef int set_scalar(char* place, int typenum, double value) except -1

cdef class Program:
    cdef readonly tuple instructions      # ((ufunc or None, inputs, output), ...)
    cdef readonly tuple constants
    cdef readonly tuple kinds             # 'T' or '?' of each register
    cdef int n_code
    cdef int n_registers
    cdef int n_outputs
    cdef int outputs[MAX_OUTPUTS]         # register of each output; a fixed one or a constant is an alias
    cdef int first_temporary
    cdef bint is_bool[MAX_REGISTERS]
    cdef int reads                        # bit k: fixed register k is read
    cdef bint costly                      # computing it again takes longer than reading it from memory
    cdef Resolved resolved[TYPES]
    cdef Resolved* resolve(self, int typenum)
    cdef int look_up(self, Resolved* place, int typenum) except -1
    cdef bint find(self, Resolved* r, int typenum) except -1
    cdef bint computed(self, int k) noexcept
    cdef int bind(self, Resolved* r, Frame* frame) noexcept
    cdef int run(self, Resolved* r, Frame* frame, npy_intp n) except -1
    cdef int run_nd(self, Resolved* r, Frame* frame, int ndim, npy_intp* shape, npy_intp* steps) except -1
