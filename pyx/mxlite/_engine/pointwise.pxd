cimport cython
from numpy cimport ndarray, npy_intp
from mxlite._engine.op cimport Op
from mxlite._engine.program cimport Frame, Program, Resolved
from mxlite._engine.tape cimport Array, Deferred, Node, Version

@cython.no_gc
cdef class Pointwise(Node):
    cdef Op op
    cdef Node p0, p1, p2
    cdef Array x0, x1, x2            # operands that a formula names
    cdef long v0, v1, v2             # their versions when recorded
    cdef ndarray y                   # the output, if a formula names it,
    cdef Deferred later              # or what will compute it
    cdef Version y_version
    cdef long vy
    cdef double scalars[3]
    cdef int need                    # mask of the operands that want a cotangent
    cdef int scalar_mask
    cdef int typenum                 # the dtype of the computation
    cdef bint simple                 # operands and output have one shape and dtype, contiguous
    cdef tuple operand_specs         # otherwise (shape, type number) of each operand that wants a cotangent
    cdef int out_typenum
    cdef Array operand(self, int k)
    cdef int await_output(self) except -1
    cdef Array tracked_operand(self, int k, Array saved, object astype)
    cdef int complain(self, int k) except -1
    cdef bint holds_parents(self) noexcept
    cdef int reach_parents(self) except -1
    cdef int pull_flat(self, ndarray g, Program program, Resolved* r) except -1
    cdef int pull_broadcast(self, ndarray g, Program program, Resolved* r) except -1
    cdef int pull_numpy(self, ndarray g) except -1
    cdef bint sums_up(self, int k, ndarray g) except -1
    cdef list summed_shapes(self, int in_blocks)
    cdef int run_in_blocks(self, ndarray g, Program program, Resolved* r, Frame* frame, npy_intp* steps, npy_intp block,
                           int in_blocks, list made) except -1
    cdef int hand_on(self, int k, ndarray g, bint owned) except -1
    cdef list in_use(self, ndarray g)
    cdef ndarray filled(self, Frame* frame, int register, ndarray g)
    cdef object value(self, int k)

cdef int broadcast_steps(ndarray x, int ndim, npy_intp* steps) noexcept
cdef bint constant(ndarray g) noexcept
