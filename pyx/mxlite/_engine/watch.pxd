from mxlite._engine.op cimport Op
from mxlite._engine.tape cimport Node

ctypedef object (*Again)(Op op, object args)

cdef int watching             # whether anyone watches operators; 0 lets every hook pass
cdef bint outermost() noexcept
cdef object watched(Op op, Again again, object args)
cdef int watched_pull(Node n) except -1
cdef long long clock() except -1
cdef int note_sweep(Node n, object g, long long began) except -1
