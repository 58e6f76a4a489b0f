"""Random counts by MXNet 2.0's own names in npx. Parameters get a zero gradient."""

import numpy

from mxlite import _dtype
from mxlite._engine.operators import TapeArray, fresh
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ShapeError, operand_message
from mxlite._generator import generator
from mxlite._op import composed
from mxlite._ops.gradient import constant_of
from mxlite._ops.operands import into, operand
from mxlite._ops.random import floating, rough, shape_of
from mxlite._ops.random_choice import probabilities
from mxlite.context import device as _device


def _poisson(name, lam, shape, dtype, ctx, out):
    dtype = floating(name, None if dtype == "None" else dtype)
    return rough(name, lambda lam, n: generator().poisson(lam, n), (lam,), shape, dtype, ctx, out)


@composed(npx="scalar_poisson")
def scalar_poisson(lam=1, shape=None, ctx=None, dtype=None, out=None):
    """Poisson counts of mean `lam`, a number, as floats; one of shape () by default. Raises ArgumentError below 0."""
    if isinstance(lam, TapeArray) or numpy.ndim(lam):
        raise DtypeError("scalar_poisson: lam is a number; tensor_poisson takes arrays")
    if lam < 0:
        raise ArgumentError("scalar_poisson: lambda parameter in poisson distribution has to be non-negative, "
                            f"not {lam}")
    return _poisson("scalar_poisson", lam, shape, dtype, ctx, out)


@composed(npx="tensor_poisson")
def tensor_poisson(lam, shape=(), dtype=None, out=None):
    """Poisson counts of mean `lam`, an array, as floats: `shape` of them for each element; float32 by default.

    Raises ArgumentError for negative means.
    """
    lam, more = operand(lam), shape_of(shape) or ()
    means = lam.reshape((*lam.shape, *(1,) * len(more)))
    return _poisson("tensor_poisson", means, (*lam.shape, *more), dtype, None, out)


@composed(npx="random.multinomial")
def multinomial(n, p, shape=(), ctx=None, dtype="float32", out=None):
    """How often each outcome comes up in n draws (...,), with probabilities p (..., outcomes): (..., shape, outcomes).

    Results are float32 by default, as in MXNet. Raises ShapeError for arrays that do not fit, ArgumentError for a
    negative n and for probabilities that do not add up to 1.
    """
    n, p, more = operand(n), operand(p), shape_of(shape) or ()
    if p.ndim < 1 or n.shape != p.shape[:-1]:
        raise ShapeError(operand_message("multinomial", (n, p), "n has a number for each row of p"))
    if (raw_of(n) < 0).any():
        raise ArgumentError("multinomial: n, the number of draws, is not negative")

    def sample(n, p, shape):
        one = (1,) * len(more)
        chances = probabilities("multinomial", p).reshape((*n.shape, *one, p.shape[-1]))
        return generator().multinomial(n.astype(numpy.int64).reshape((*n.shape, *one)), chances, shape)

    _device(ctx)
    counts = fresh(sample(raw_of(n), raw_of(p), (*n.shape, *more)).astype(_dtype.resolve(dtype)))
    return into(out, constant_of(counts, (n, p)))
