"""Operators that leave values alone and change what the gradient is."""

import numpy

from mxlite._engine.operators import TapeArray, is_tracked
from mxlite._errors import ArgumentError
from mxlite._op import composed, op, zero
from mxlite._ops.shape import copy


@op(npx="stop_gradient", nd=("BlockGrad", "stop_gradient"), grad={"data": zero}, quiet=True)
def stop_gradient(data):
    """A copy through which no gradient passes."""
    return data.copy()


@op(variadic="variables", grad={"variables": zero}, quiet=True)
def constant(value, variables):
    """A copy of a value that counts as a function of variables whose derivatives are zero."""
    return value.copy()


def constant_of(value, operands):
    """The value, as a constant function of those of its operands that gradients may be asked for."""
    tracked = [x for x in operands if isinstance(x, TapeArray) and is_tracked(x)]
    return constant(value, tracked) if tracked else value


@op(nd="make_loss", grad={"data": lambda data: numpy.ones_like(data)}, quiet=True)
def make_loss(data):
    """A copy that counts as a loss: its gradient is 1, whatever head gradient it is given."""
    return data.copy()


@op(grad={"data": lambda data, weight: numpy.full_like(data, weight)}, quiet=True)
def weighted_loss(data, weight):
    """A copy that counts as a loss: its gradient is `weight`, whatever head gradient it is given."""
    return data.copy()


@composed(nd="MakeLoss")
def make_weighted_loss(data, grad_scale=1, valid_thresh=0, normalization="null", out=None):
    """A copy that counts as a loss: its gradient is `grad_scale`, whatever head gradient it is given.

    `normalization` divides that by the number of rows ("batch") or of elements above `valid_thresh` ("valid").
    """
    if normalization == "valid":
        grad_scale = grad_scale / max(1, int((data.asnumpy() > valid_thresh).sum()))
    elif normalization == "batch":
        grad_scale = grad_scale * data.shape[-1] / data.size
    elif normalization != "null":
        raise ArgumentError(f"MakeLoss: normalization is 'null', 'batch' or 'valid', not {normalization!r}")
    loss = weighted_loss(data, grad_scale)
    return loss if out is None else copy(loss, out=out)
