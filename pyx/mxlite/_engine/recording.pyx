"""Recording elementwise operators: the node of a result, and what it keeps of each operand.

Compiled because most of what is recorded is of this kind.
"""
from mxlite._engine.op cimport Op
from mxlite._engine.pointwise cimport Pointwise
from mxlite._engine.program cimport REG_Y
from mxlite._engine.tape cimport Array, live, parent_at, share, version_of


cdef Pointwise record(Op op, int need, Array out, int typenum):
    """A node for `out`; the caller fills in operands and parents."""
    cdef Pointwise node = Pointwise.__new__(Pointwise)
    node.op = op
    node.need = need
    node.typenum = node.out_typenum = typenum
    node.simple = True
    if not op.zero and op.reads(need) >> REG_Y & 1:
        if out.deferred is None:
            node.y = out.form
        else:
            node.later = out.deferred
        node.y_version = share(out)
        node.vy = node.y_version.count
    out.node = node
    return node


cdef int remember(Pointwise node, int k, Array a) except -1:
    """Operand k: its node, if a cotangent is wanted there, and the array itself, if a wanted derivative names it."""
    if node.need >> k & 1:
        if k == 0:
            node.p0 = parent_at(a)
        elif k == 1:
            node.p1 = parent_at(a)
        else:
            node.p2 = parent_at(a)
    if node.op.zero or not node.op.reads(node.need) >> k & 1:
        return 0
    if k == 0:
        node.x0, node.v0 = a, version_of(a)
    elif k == 1:
        node.x1, node.v1 = a, version_of(a)
    else:
        node.x2, node.v2 = a, version_of(a)
    return 0


cdef Pointwise record_pair(Op op, Array a, Array b, Array out, int typenum, int out_typenum):
    """The node of an operator on two arrays; None where no gradient reaches them."""
    cdef int need = op.differentiable_mask & ((live(a) is not None) | (live(b) is not None) << 1)
    cdef Pointwise node
    if not need:
        return None
    node = record(op, need, out, typenum)
    node.out_typenum = out_typenum
    remember(node, 0, a)
    remember(node, 1, b)
    return node


cdef int remember_number(Pointwise node, int k, double value) noexcept:
    """Operand k is a number."""
    node.scalars[k] = value
    node.scalar_mask |= 1 << k
    return 0
