"""Attention within a sliding window, as in Longformer: every position attends to neighbours at a dilated distance.

Position i of head h sees the positions i + dilation[h] * (j - w), for j from 0 to 2 w, or to w if the window is not
symmetric: then only positions up to its own. Positions beyond the ends count as 0. Operands are queries, keys and
values (batch, length, heads, n) and scores (batch, length, heads, window); the derivatives stay within the three
products defined here.
"""

import numpy

from mxlite._errors import ArgumentError, DtypeError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops.operands import into


def _steps(dilation, w, symmetric):
    """(heads of one dilation as an index, place in the window, how far away that is) for all heads and places."""
    dilation = numpy.asarray(dilation)
    kinds = numpy.unique(dilation)
    for d in kinds:
        heads = slice(None) if len(kinds) == 1 else numpy.flatnonzero(dilation == d)
        for j in range(2 * w + 1 if symmetric else w + 1):
            yield heads, j, int(d) * (j - w)


def _overlap(length, step):
    """(the positions i, the positions i + step), as slices of those where both exist."""
    return slice(max(-step, 0), max(length - max(step, 0), 0)), slice(max(step, 0), max(length + min(step, 0), 0))


@op(grad={
    "query": lambda g, key, dilation, w, symmetric: gathered(g, key, dilation, w, symmetric),
    "key": lambda g, query, dilation, w, symmetric: scattered(g, query, dilation, w, symmetric)})
def scored(query, key, dilation, w, symmetric):
    """Per position the products of its query with the keys in its window."""
    batch, length, heads, _ = query.shape
    out = numpy.zeros((batch, length, heads, 2 * w + 1 if symmetric else w + 1), query.dtype)
    for h, j, step in _steps(dilation, w, symmetric):
        here, there = _overlap(length, step)
        out[:, here, h, j] = numpy.einsum("blhd,blhd->blh", query[:, here, h], key[:, there, h])
    return out


@op(grad={
    "score": lambda g, value, dilation, w, symmetric: scored(g, value, dilation, w, symmetric),
    "value": lambda g, score, dilation, w, symmetric: scattered(score, g, dilation, w, symmetric)})
def gathered(score, value, dilation, w, symmetric):
    """Per position the sum of the values in its window, weighted by its scores."""
    out = numpy.zeros(value.shape, value.dtype)
    for h, j, step in _steps(dilation, w, symmetric):
        here, there = _overlap(value.shape[1], step)
        out[:, here, h] += score[:, here, h, j, None] * value[:, there, h]
    return out


@op(grad={
    "score": lambda g, x, dilation, w, symmetric: scored(x, g, dilation, w, symmetric),
    "x": lambda g, score, dilation, w, symmetric: gathered(score, g, dilation, w, symmetric)})
def scattered(score, x, dilation, w, symmetric):
    """Per position the sum over all windows it lies in of their positions' x, weighted by their scores for it."""
    out = numpy.zeros(x.shape, x.dtype)
    for h, j, step in _steps(dilation, w, symmetric):
        here, there = _overlap(x.shape[1], step)
        out[:, there, h] += score[:, here, h, j, None] * x[:, here, h]
    return out


def _window(name, operands, dilation, w, symmetric):
    """(w, symmetric, how many places the window has), once all arguments fit."""
    first = operands[0]
    if w is None or symmetric is None:
        raise ArgumentError(f"{name}: w, the one-sided width of the window, and symmetric are missing")
    if int(w) != w or w < 0:
        raise ArgumentError(f"{name}: w is a whole number from 0 on, not {w}")
    if any(x.ndim != 4 for x in operands) or any(x.shape[:3] != first.shape[:3] for x in operands):
        raise ShapeError(operand_message(name, operands, "operands are (batch, length, heads, n) with the same of all "
                                                         "but the last"))
    if dilation.shape != (first.shape[2],):
        raise ShapeError(operand_message(name, (*operands, dilation), "dilation has a number for each head"))
    if numpy.dtype(dilation.dtype).kind not in "iu":
        raise DtypeError(operand_message(name, (*operands, dilation), "dilation consists of integers; use astype"))
    return int(w), bool(symmetric), 2 * int(w) + 1 if symmetric else int(w) + 1


def _check_scores(name, score, places):
    if score.shape[3] != places:
        raise ShapeError(operand_message(name, (score,), f"scores have {places} places in the window"))


@composed(npx="sldwin_atten_score")
def sldwin_atten_score(query, key, dilation, w=None, symmetric=None, out=None):
    """Products of each position's query with the keys in its window: (batch, length, heads, window).

    Raises ShapeError for operands that do not fit, DtypeError unless dilation consists of integers, ArgumentError
    without w and symmetric.
    """
    w, symmetric, _ = _window("sldwin_atten_score", (query, key), dilation, w, symmetric)
    if query.shape != key.shape:
        raise ShapeError(operand_message("sldwin_atten_score", (query, key), "query and key have one shape"))
    return into(out, scored(query, key, dilation, w, symmetric))


@composed(npx="sldwin_atten_context")
def sldwin_atten_context(score, value, dilation, w=None, symmetric=None, out=None):
    """Values of each position's window weighted by its scores: (batch, length, heads, n). Errors: sldwin_atten_score.
    """
    w, symmetric, places = _window("sldwin_atten_context", (score, value), dilation, w, symmetric)
    _check_scores("sldwin_atten_context", score, places)
    return into(out, gathered(score, value, dilation, w, symmetric))


@op(grad=None)
def window_mask(score, dilation, valid_length, w, symmetric):
    """Ones where a position and what its window shows lie within the valid length of their row, zeros elsewhere."""
    length, out = score.shape[1], numpy.zeros(score.shape, score.dtype)
    for h, j, step in _steps(dilation, w, symmetric):
        seen = numpy.arange(length) + step
        last = numpy.asarray(valid_length)[:, None]
        out[:, :, h, j] = ((seen >= 0) & (seen < last) & (numpy.arange(length) < last))[:, :, None]
    return out


@composed(npx="sldwin_atten_mask_like")
def sldwin_atten_mask_like(score, dilation, valid_length, w=None, symmetric=None, out=None):
    """1 where a score belongs to a pair of positions below the valid length (batch,), 0 elsewhere, like the scores.

    Errors: see sldwin_atten_score.
    """
    name = "sldwin_atten_mask_like"
    w, symmetric, places = _window(name, (score,), dilation, w, symmetric)
    _check_scores(name, score, places)
    if valid_length.shape != (score.shape[0],) or numpy.dtype(valid_length.dtype).kind not in "iu":
        raise ShapeError(operand_message(name, (score, dilation, valid_length), "valid_length has an integer per row"))
    return into(out, window_mask(score, dilation, valid_length, w, symmetric))
