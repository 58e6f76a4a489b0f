"""Random integers, choices and orders, drawn from the calling thread's generator (see mxlite._generator)."""

import math

import numpy

from mxlite import _dtype
from mxlite._engine.operators import TapeArray, as_legacy, begin_write, end_write, fresh
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, from_numpy
from mxlite._generator import generator
from mxlite._op import composed
from mxlite._ops.gradient import constant_of
from mxlite._ops.index import getitem
from mxlite._ops.operands import into, operand, plain
from mxlite._ops.random import shape_of
from mxlite.context import device as _device


@composed(np="random.randint")
def randint(low, high=None, size=None, dtype=None, ctx=None, out=None, device=None):
    """Integers from `low` to below `high` (from 0 to below `low` if one bound is given), int64 by default."""
    _device(ctx or device)
    dtype = _dtype.resolve(dtype, numpy.dtype(numpy.int64))
    if dtype.kind not in "iu":
        raise DtypeError(f"randint: dtype is an integer type, not {dtype}")
    low, high = (0, low) if high is None else (low, high)
    for bound in (low, high):
        values = numpy.asarray(plain(bound))
        if values.dtype.kind == "f" and numpy.any(values != numpy.floor(values)):
            raise DtypeError(f"randint: the bounds are integers, not {bound}")
    size = out.shape if size is None and out is not None else shape_of(size)
    try:
        sample = generator().integers(plain(low), plain(high), size, dtype)
    except (ValueError, TypeError) as exc:
        raise from_numpy("randint", (low, high), exc) from exc
    return into(out, fresh(numpy.asarray(sample)))


def _rounding(p):
    """How far from 1 a sum of probabilities may be: 1e-4, and in half precision as much as NumPy allows."""
    dtype = numpy.asarray(p).dtype
    return float(numpy.finfo(dtype).eps) ** 0.5 if dtype == numpy.float16 else 1e-4


def probabilities(name, p):
    """Probabilities as float64 numbers whose sum is 1; roundings of floats are made good. Raises ArgumentError."""
    p = plain(p)
    slack, p = _rounding(p), numpy.asarray(p, numpy.float64)
    total = p.sum(-1, keepdims=True)
    if not (numpy.all(p >= 0) and numpy.allclose(total, 1, rtol=0, atol=slack)):
        raise ArgumentError(f"{name}: probabilities are at least 0 and add up to 1, not {total.ravel()[:4].tolist()}")
    return p / total


@composed(np="random.choice")
def choice(a, size=None, replace=True, p=None, ctx=None, out=None, device=None):
    """Elements of the array `a`, or of the integers below the number `a`, each with its probability `p`."""
    _device(ctx or device)
    many = numpy.ndim(plain(a)) > 0
    try:
        n = numpy.shape(plain(a))[0] if many else int(a)
        picks = generator().choice(n, shape_of(size), bool(replace), None if p is None else probabilities("choice", p))
    except ValueError as exc:
        raise from_numpy("choice", (a,), exc) from exc
    picks = numpy.asarray(picks, numpy.int64)
    if not many:
        return into(out, fresh(picks))
    return into(out, getitem(operand(a), (picks,)))


@composed(np="random.multinomial")
def multinomial(n, pvals, size=None, ctx=None, device=None):
    """How often each of the outcomes with probabilities `pvals` comes up in n draws: shape size + (len(pvals),)."""
    try:
        n, p = numpy.asarray(plain(n)).astype(numpy.int64), numpy.array(plain(pvals), numpy.float64)
    except (TypeError, ValueError) as exc:
        raise from_numpy("multinomial", (n, pvals), exc) from exc
    if p.ndim != 1 or numpy.any(p < 0) or p.sum() > 1 + _rounding(plain(pvals)):
        raise ArgumentError("multinomial: pvals is a row of probabilities with a sum of 1 at most")
    if numpy.any(numpy.asarray(n) < 0):
        raise ArgumentError(f"multinomial: the number of draws is at least 0, not {n}")
    if not p.size:
        return fresh(generator().multinomial(n, [1.0], shape_of(size))[..., :0])
    # As in NumPy, the last outcome takes what the others leave.
    p[-1:] = max(0.0, 1.0 - p[:-1].sum())
    return fresh(numpy.asarray(generator().multinomial(n, p / p.sum(), shape_of(size)), numpy.int64))


@composed(npx="random.categorical")
def categorical(data, shape=(), get_prob=False, dtype="int32", out=None):
    """Numbers of the outcomes whose probabilities are the rows (the last axis) of `data`: `shape` draws from each row.

    With `get_prob` also the logarithms of the probabilities of what was drawn, with gradients to `data`.
    """
    data = operand(data)
    p = numpy.cumsum(raw_of(data).astype(numpy.float64), -1)
    shape = shape_of(shape) or ()
    rows = p.reshape(-1, p.shape[-1])
    u = generator().random((len(rows), math.prod(shape))) * rows[:, -1:]
    picks = numpy.minimum((u[:, :, None] >= rows[:, None, :]).sum(-1), p.shape[-1] - 1)
    full = p.shape[:-1] + shape if p.ndim > 1 or shape else (1,)
    sample = fresh(picks.reshape(full).astype(_dtype.resolve(dtype)), as_legacy(data) is data)
    sample = into(out, constant_of(sample, (data,)))
    if not get_prob:
        return sample
    row = numpy.broadcast_to(numpy.arange(len(rows))[:, None], picks.shape)
    places = numpy.unravel_index(row, p.shape[:-1]) if p.ndim > 1 else ()
    key = (*(numpy.reshape(k, full) for k in places), picks.reshape(full))
    return [sample, numpy.log(getitem(data, key))]


@composed(np="random.shuffle")
def shuffle(x):
    """Puts the entries along the first axis into random order, in place."""
    if not isinstance(x, TapeArray):
        raise DtypeError(f"shuffle takes an array, not {type(x).__name__}")
    begin_write(x, None, "shuffle")
    if x.ndim:
        generator().shuffle(raw_of(x))
    end_write(x)


@composed(np="random.permutation")
def permutation(x):
    """The entries along the first axis of an array, or the integers below a number, in random order: a new array."""
    if isinstance(x, int | numpy.integer):
        return fresh(generator().permutation(int(x)))
    x = operand(x)
    return getitem(x, (generator().permutation(x.shape[0]),))
