from numpy cimport ndarray
from mxlite._engine.tape cimport Array, Node

cdef ndarray head_gradient(Array head, object given)
cdef Node node_of(Array head)
cdef list head_nodes(list heads, list head_grads)
