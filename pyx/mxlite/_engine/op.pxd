from numpy cimport ndarray
from mxlite._engine.loops cimport Loop, TYPES
from mxlite._engine.program cimport Program

cdef enum Rule:
    SAME = 0          # the dtype of the operands
    PROMOTE = 1       # the common dtype of the operands
    INEXACT = 2       # the common dtype; integers and bools become float32
    COMPARE = 3       # operands promoted, result bool

cdef enum Source:
    FROM_G = -1
    FROM_Y = -2

# What an argument of a formula is.
cdef enum Argument:
    ARG_G, ARG_Y, ARG_NEED, ARG_SPARE, ARG_VALUE, ARG_SHAPE, ARG_DTYPE

cdef enum:
    MAX_PARAMS = 24

cdef struct Place:
    Argument kind
    int position              # of the input, for a value, a shape or a dtype

cdef class Formula:
    """One derivative formula and where its arguments come from."""
    cdef readonly object function
    cdef readonly tuple targets       # positions of the inputs whose cotangents it returns
    cdef readonly bint joint          # returns one cotangent per target; receives `need`
    cdef readonly object into         # adds the cotangent to an array in place, or None
    cdef readonly object pick         # returns the cotangent as Picked, or None
    cdef readonly object picked       # stands in for `function` where the head gradient is Picked, or None
    cdef tuple sources                # per parameter: FROM_G, FROM_Y, (position, attribute) ...
    cdef int n_places
    cdef Place places[MAX_PARAMS]     # the same, for nodes of general operators
    cdef readonly tuple inputs        # positions of the inputs that it names
    cdef readonly tuple described     # positions of the inputs whose shape or dtype it needs, the targets included
    cdef readonly bint uses_y
    cdef readonly bint zero

cdef class Picked:
    cdef readonly tuple shape
    cdef readonly ndarray index       # intp, in the order of the rows
    cdef readonly ndarray values
    cpdef ndarray dense(self)

cdef class Op:
    cdef readonly str name
    cdef readonly object function     # the declaration: forward on NumPy arrays
    cdef readonly object integer      # forward for integer operands, where that differs
    cdef readonly tuple params
    cdef readonly tuple defaults
    cdef readonly dict positions
    cdef readonly int n_required      # parameters without a default; those come first
    cdef readonly int out_position    # of a parameter named `out`, or -1
    cdef readonly dict aliases        # other keyword spellings of a parameter
    cdef readonly tuple formulas
    cdef readonly bint pointwise
    cdef readonly bint differentiable
    cdef readonly str view            # which results may share memory with the input: None, "nd" or "both"
    cdef readonly bint number_last    # of two operands a number given first is taken as the second
    cdef readonly bint quiet          # forward cannot cause floating-point warnings
    cdef readonly int variadic        # position of the parameter that is a sequence of arrays, or -1
    cdef readonly bint star           # that sequence is `*arrays`: the first parameter, given as separate arguments
    cdef readonly int rule
    cdef readonly str nd_dtype        # how NDArray results differ in dtype: None, "same" or a dtype's name
    cdef readonly int n_operands
    cdef int bool_operands            # pointwise: operands that are conditions, left out of promotion
    cdef int differentiable_mask      # pointwise: operands that have a formula
    cdef bint zero                    # pointwise: every derivative is zero
    cdef Program forward
    cdef list vjps                    # pointwise: program by mask of wanted operands
    cdef Loop loops[TYPES]            # pointwise with one instruction: the loop for contiguous operands
    cdef int loop_out[TYPES]          # its output type; -1 none, -2 not looked up
    cdef int direct(self, int typenum) except -2
    cdef int read_by[8]               # pointwise: registers that the derivatives of a mask read; -1 not traced yet
    cdef Program vjp(self, int need)
    cdef inline int reads(self, int need) except -1:
        """The registers that the derivatives of the operands in a mask read, as a mask."""
        return self.read_by[need] if self.read_by[need] >= 0 else self.vjp(need).reads
    cdef Formula formula_of(self, int position)
