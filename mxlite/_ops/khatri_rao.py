"""The Khatri-Rao product: the Kronecker product column by column."""

from mxlite._errors import DtypeError, ShapeError, operand_message
from mxlite._op import composed
from mxlite._ops.operands import into
from mxlite._ops.shape import reshape


@composed(nd="khatri_rao")
def khatri_rao(*args, num_args=None, out=None, name=None):
    """Matrices (m, n), (k, n), ... multiplied so that column j of the result is the Kronecker product of columns j.

    The result has m times k ... rows, and is differentiable, which it is not in MXNet. Raises ShapeError unless all
    are matrices of as many columns.
    """
    if not args:
        raise DtypeError("khatri_rao: one matrix or more is needed")
    columns = args[0].shape[-1] if args[0].ndim else 0
    if any(x.ndim != 2 or x.shape[1] != columns for x in args):
        raise ShapeError(operand_message("khatri_rao", args, "all are matrices of as many columns."))
    if any(x.dtype != args[0].dtype for x in args):
        raise DtypeError(operand_message("khatri_rao", args, "all matrices have one dtype."))
    y = args[0]
    for x in args[1:]:
        rows = y.shape[0] * x.shape[0]
        y = reshape(reshape(y, (-1, 1, columns)) * reshape(x, (1, -1, columns)), (rows, columns))
    return into(out, y if len(args) > 1 else y * 1)
