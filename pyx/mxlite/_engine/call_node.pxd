cimport cython
from numpy cimport ndarray
from mxlite._engine.op cimport Formula, Op
from mxlite._engine.tape cimport Array, Node

ctypedef unsigned long long params_t       # bit k: parameter k is among them

@cython.no_gc
cdef class Several(Node):
    cdef bint several            # more than one output; each then has an Output node
    cdef bint lifted             # one output of shape (), which the legacy array has as (1,)
    cdef tuple out_specs         # of several: (shape, type number) as the forward function gave them
    cdef list collected          # cotangents of several outputs
    cdef object cotangents(self)

@cython.no_gc
cdef class Call(Several):
    cdef Op op
    cdef tuple parents           # one per parameter: None, a Node, or a tuple of them for a sequence of arrays
    cdef tuple flat              # the nodes among them, where a parameter is a sequence; else None
    cdef list values             # per parameter what a formula names, else None: Arrays, static arguments, lists
    cdef long* counts            # per parameter the version of the Array among `values`
    cdef list versions           # (position, Array, version) of the Arrays in sequences, or None
    cdef tuple specs             # per parameter: (shape, type number), or a list of them
    cdef object y                # saved output(s), as NumPy arrays
    cdef tuple y_versions
    cdef int complain(self, str what, object value) except -1
    cdef bint wants(self, Formula formula) noexcept
    cdef bint spends(self, Formula formula, object g) noexcept
    cdef tuple needs(self, Formula formula)
    cdef object argument(self, Formula formula, int k, object g, object y, list values)
    cdef object evaluate(self, Formula formula, object g, object y, list values)
    cdef object call(self, object function, Formula formula, object g, object y, list values)
    cdef bint takes_picked(self) noexcept
    cdef bint pick_for_parent(self, Formula formula, object g) except -1
    cdef bint add_into_parent(self, Formula formula, object g) except -1
    cdef int hand_on(self, int k, object result, bint fresh) except -1
    cdef int hand_one(self, Node parent, object result, tuple spec, bint fresh) except -1

@cython.no_gc
cdef class Output(Node):
    cdef Several source
    cdef int position

cdef Output output_node(Several source, int position)
