"""Looking at the tape: which node made an array, its parents, and the arrays it keeps for its derivative.

For tests, error reports, pictures and the profiler; nothing that computes uses it. Compiled because nodes have no
Python attributes.
"""
import numpy

from mxlite._engine.call_node cimport Call
from mxlite._engine.function cimport Custom
from mxlite._engine.free_threading cimport Turn, end_turn
from mxlite._engine.pointwise cimport Pointwise
from mxlite._engine.deferred cimport waiting
from mxlite._engine.storage cimport type_code
from mxlite._engine.tape cimport Array, Leaf, Node, data_of, kept_at, node_at
from mxlite._engine.turns cimport begin_turn
from mxlite._engine.tape import GRAD_REQS
from mxlite._errors import GraphError


cdef class NodeView:
    """A node of the tape. Two views are equal when they show the same node."""
    cdef Node node

    @property
    def label(self):
        """The operator's name, the Function's class, 'variable', or 'output k' for one of several outputs."""
        cdef Turn turn
        if self.node is None:
            raise GraphError("a NodeView is made from an array of a graph, not by calling the class")
        begin_turn(&turn)
        try:
            return self.node.label()
        finally:
            end_turn(&turn)

    @property
    def is_variable(self):
        """Whether the node is a variable, where a sweep ends."""
        return isinstance(self.node, Leaf)

    @property
    def freed(self):
        """Whether a sweep has used the node up."""
        return self.node.freed

    @property
    def parents(self):
        """Views of the nodes that cotangents are handed to, in the order of the inputs."""
        cdef Turn turn
        begin_turn(&turn)
        try:
            found = [self.node.parent(k) for k in range(self.node.n_parents())]
        finally:
            end_turn(&turn)
        return tuple([view(<Node> n) for n in found if n is not None])

    @property
    def grad_req(self):
        """What becomes of the gradient here: 'null', 'write' or 'add'; None where it is only handed on."""
        cdef Leaf leaf = self.node if isinstance(self.node, Leaf) else kept_at(self.node)
        return None if leaf is None else GRAD_REQ_NAMES[leaf.grad_req]

    @property
    def buffer(self):
        """The NumPy array that gradients are stored in; None where they are only handed on."""
        cdef Leaf leaf = self.node if isinstance(self.node, Leaf) else kept_at(self.node)
        return None if leaf is None else data_of(leaf.buffer)

    def inputs(self, shape):
        """Per parent (view, shape, dtype) of the input it stands for, given the shape of the node's output.

        Shape and dtype are None for a call with several outputs, of which each is a node of its own.
        """
        cdef Turn turn
        found = []
        begin_turn(&turn)
        try:
            for k, spec in enumerate(input_specs(self.node, shape)):
                if self.node.parent(k) is not None:
                    found.append((view(self.node.parent(k)),
                                  *((None, None) if spec is None else (spec[0], numpy.dtype(type_code(spec[1]))))))
        finally:
            end_turn(&turn)
        return found

    @property
    def saved(self):
        """{name: NumPy array or list of them} of what the derivative formulas keep; 'y' is the output."""
        cdef Turn turn
        begin_turn(&turn)
        try:
            return saved_arrays(self.node)
        finally:
            end_turn(&turn)

    def __eq__(self, other):
        return isinstance(other, NodeView) and self.node is (<NodeView> other).node

    def __hash__(self):
        return hash(self.node)

    def __repr__(self):
        return f"<node {self.label}>"


cdef dict GRAD_REQ_NAMES = {value: name for name, value in GRAD_REQS.items()}


cdef list input_specs(Node node, tuple shape):
    """Per parent the (shape, type number) of the input that it stands for, or None; `shape` is that of the output."""
    cdef Pointwise pointwise
    cdef Call call
    cdef list specs
    if isinstance(node, Pointwise):
        pointwise = node
        if pointwise.simple:
            return [(shape, pointwise.typenum)] * pointwise.op.n_operands
        return list(pointwise.operand_specs)
    if isinstance(node, Call):
        call = node
        if call.parents is None or call.flat is None:
            return list(call.specs or ())
        specs = []
        for parent, spec in zip(call.parents, call.specs):
            if isinstance(parent, tuple):
                specs += [s for p, s in zip(parent, spec) if p is not None]
            elif parent is not None:
                specs.append(spec)
        return specs
    if isinstance(node, Custom):
        return list((<Custom> node).in_specs or ())
    return [None] * node.n_parents()


cdef dict saved_arrays(Node node):
    """{name: NumPy array or list of them} of what a node keeps."""
    cdef Pointwise pointwise
    cdef Call call
    cdef int k
    out = {}
    if isinstance(node, Pointwise):
        pointwise = node
        for k in range(pointwise.op.n_operands):
            if pointwise.operand(k) is not None:
                out[pointwise.op.params[k]] = data_of(pointwise.operand(k))
        if pointwise.y is not None:
            out["y"] = pointwise.y
    elif isinstance(node, Call):
        call = node
        for k, value in enumerate(call.values or ()):
            value = arrays_in(value)
            if value is not None:
                out[call.op.params[k]] = value
        if call.y is not None:
            out["y"] = list(call.y) if call.several else call.y
    elif isinstance(node, Custom) and not node.freed:
        for k, value in enumerate((<Custom> node).function.saved_tensors):
            out[f"saved_tensors[{k}]"] = arrays_in(value)
    return out


cdef NodeView view(Node node):
    cdef NodeView out = NodeView.__new__(NodeView)
    out.node = node
    return out


cdef object arrays_in(object value):
    """The NumPy array of an Array, a list of them for a sequence that holds Arrays; None for anything else."""
    if isinstance(value, Array):
        return data_of(<Array> value)
    if type(value) is list and any([isinstance(v, Array) for v in value]):
        return [arrays_in(v) for v in value]
    return None


def node_of(Array array):
    """A view of the node that gradients of `array` go to; None outside every graph."""
    cdef Node node = node_at(array)
    return None if node is None else view(node)


def is_deferred(Array a):
    """Whether the values of an array wait to be computed."""
    return waiting(a) is not None
