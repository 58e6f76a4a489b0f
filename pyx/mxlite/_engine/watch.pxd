from mxlite._engine.op cimport Op
from mxlite._engine.sweep cimport Run
from mxlite._engine.tape cimport Node

ctypedef object (*Again)(Op op, object args)

cdef int watching             # whether anyone watches operators; 0 lets every hook pass
cdef bint outermost() noexcept
cdef object watched(Op op, Again again, object args)
cdef bint seeking_anomalies() noexcept
cdef int watched_pull(Run* run, Node n) except -1
cdef object watched_formulas(Node n, object g, object astype)
cdef int watched_function(str name, tuple inputs, list outputs) except -1
cdef long long clock() except -1
cdef int note_sweep(Node n, object g, long long began) except -1
