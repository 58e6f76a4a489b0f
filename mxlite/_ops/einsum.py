"""einsum: sums of products by subscripts, with gradients that are einsums themselves."""

import math

import numpy

from mxlite._errors import ArgumentError, ShapeError
from mxlite._op import op
from mxlite._ops.products import promoted

# The letters that stand for the numbers of the other form of call.
_LABELS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

# From this many multiplications on, planning the order (and using BLAS) costs less than it saves.
_WORTH_PLANNING = 20000


def _letters(operands):
    """(subscripts as text, arrays) for the form einsum(a, [0, 1], b, [1, 2], [0, 2])."""
    arrays, lists = operands[: len(operands) // 2 * 2: 2], operands[1::2]
    terms = []
    for numbers in (*lists, *operands[len(operands) // 2 * 2:]):
        terms.append("".join("..." if n is Ellipsis else _LABELS[n] for n in numbers))
    return ",".join(terms[: len(arrays)]) + ("->" + terms[-1] if len(terms) > len(arrays) else ""), list(arrays)


def _split(operands):
    """(subscripts as text, arrays) of either form of call."""
    if not operands:
        raise ArgumentError("einsum: subscripts and at least one array are needed")
    if isinstance(operands[0], str):
        return operands[0].replace(" ", ""), list(operands[1:])
    return _letters(operands)


def _explicit(text, ndims):
    """(subscripts of each operand, subscripts of the output) without ellipses and with the output spelled out."""
    head, arrow, result = text.partition("->")
    terms = head.split(",")
    if len(terms) != len(ndims):
        raise ShapeError(f"einsum: {text!r} has {len(terms)} operands, but {len(ndims)} arrays are given")
    free = [c for c in _LABELS if c not in text]
    covered = [n - len(t.replace("...", "")) for t, n in zip(terms, ndims, strict=True) if "..." in t]
    extra = "".join(free[: max(covered, default=0)])
    full = []
    for term, n in zip(terms, ndims, strict=True):
        k = n - len(term.replace("...", ""))
        if k < 0 or (k > 0 and "..." not in term):
            raise ShapeError(f"einsum: the subscripts {term!r} do not fit an array of {n} axes")
        full.append(term.replace("...", extra[len(extra) - k:]))
    if arrow:
        return full, result.replace("...", extra)
    return full, extra + "".join(sorted(c for c in set(head) - set(",.") if head.count(c) == 1))


def _sizes(terms, shapes):
    """The length of every subscript."""
    sizes = {}
    for term, shape in zip(terms, shapes, strict=True):
        for c, n in zip(term, shape, strict=True):
            sizes[c] = n if sizes.get(c, 1) == 1 else sizes[c]
    return sizes


def _cotangent(g, result, terms, arrays, k, optimize):
    """The cotangent of operand k: g and the other operands, summed over what this operand does not have."""
    wanted = "".join(dict.fromkeys(terms[k]))
    others = [j for j in range(len(terms)) if j != k]
    known = set(result).union(*(terms[j] for j in others))
    found = "".join(c for c in wanted if c in known)
    text = ",".join([result, *(terms[j] for j in others)]) + "->" + found
    x = numpy.einsum(text, g, *(arrays[j] for j in others), optimize=optimize)
    own = dict(zip(terms[k], arrays[k].shape, strict=True))
    # A length of 1 was read again and again along the others' longer axes.
    spread = tuple(at for at, c in enumerate(found) if own[c] == 1 != x.shape[at])
    if spread:
        x = numpy.sum(x, axis=spread, keepdims=True)
    lengths = dict(zip(found, x.shape, strict=True))
    if lengths != own:
        # Subscripts that only this operand has (at this length) were summed over: every element gets the same.
        x = numpy.broadcast_to(x.reshape(tuple(lengths.get(c, 1) for c in wanted)), tuple(own[c] for c in wanted))
    if wanted == terms[k]:
        return x
    # Repeated subscripts took a diagonal: nothing else of the operand was read.
    for at, c in enumerate(terms[k]):
        first = terms[k].index(c)
        if at != first:
            wanted = wanted[:at] + c + wanted[at:]
            x = x.reshape((*x.shape[:at], 1, *x.shape[at:]))
            x = x * numpy.eye(own[c], dtype=g.dtype).reshape(
                tuple(own[c] if j in (first, at) else 1 for j in range(len(wanted))))
    return x


def _cotangents(g, operands, optimize, need):
    text, arrays = _split(operands)
    terms, result = _explicit(text, [x.ndim for x in arrays])
    places = range(1, len(operands)) if isinstance(operands[0], str) else range(0, len(operands) // 2 * 2, 2)
    out = [None] * len(operands)
    for k, place in enumerate(places):
        if need[0][place]:
            out[place] = _cotangent(g, result, terms, arrays, k, bool(optimize))
    return (out,)


@op(np="einsum", grad={("operands",): _cotangents})
def einsum(*operands, optimize=False):
    """Sum of products of arrays as subscripts say: einsum("ij,jk->ik", a, b), or einsum(a, [0, 1], b, [1, 2], [0, 2]).

    Ellipses, repeated subscripts (diagonals) and an implied output work as in NumPy; so does `optimize`. Any dtype.

    >>> np.einsum("ij,kj->ik", np.array([[1, 2], [3, 4]]), np.array([[1, 0], [1, 1]]))
    array([[1., 3.],
           [3., 7.]])
    """
    text, arrays = _split(operands)
    arrays = promoted("einsum", *arrays, integers=True)
    terms, _ = _explicit(text, [x.ndim for x in arrays])
    if not optimize and len(arrays) > 1:
        optimize = math.prod(_sizes(terms, [x.shape for x in arrays]).values()) >= _WORTH_PLANNING
    return numpy.einsum(text, *arrays, optimize=optimize)
