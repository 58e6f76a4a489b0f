from mxlite._engine.tape cimport Node

cdef list input_specs(Node node, tuple shape)
