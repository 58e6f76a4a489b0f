cimport cython
from mxlite._engine.op cimport Formula, Op
from mxlite._engine.tape cimport Array, Node

@cython.no_gc
cdef class Several(Node):
    cdef bint several            # more than one output; each then has an Output node
    cdef tuple out_specs         # (shape, type number) of the outputs as the forward function gave them
    cdef list collected          # cotangents of several outputs
    cdef object cotangents(self)

@cython.no_gc
cdef class Call(Several):
    cdef Op op
    cdef tuple parents           # one per input: None, a Node, or a tuple of them for a sequence of arrays
    cdef tuple flat              # the nodes among them
    cdef list values             # inputs that a formula names: Arrays, static arguments, lists of Arrays
    cdef tuple versions          # versions of the Arrays among `values`
    cdef tuple specs             # per input: (shape, type number), or a list of them
    cdef int complain(self, str what, object value) except -1
    cdef list arguments(self, Formula formula, object g, object y, list values, object need)
    cdef int hand_on(self, int k, object result) except -1
    cdef int hand_one(self, Node parent, object result, tuple spec) except -1
    cdef object y                # saved output(s), as NumPy arrays
    cdef tuple y_versions

@cython.no_gc
cdef class Output(Node):
    cdef Several source
    cdef int position

cdef object call(Op op, list values)
cdef Array wrap(object raw, object cls)
cdef Output output_node(Several source, int position)
