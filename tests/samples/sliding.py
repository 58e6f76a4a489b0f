"""Samples of mxlite/_ops/sliding.py."""

import numpy

from samples import Sample, values

Q, K = values(2, 5, 2, 3, seed=1), values(2, 5, 2, 3, seed=2)
DILATION, VALID = numpy.array([1, 2], "int32"), numpy.array([5, 3], "int32")


def _pairs(length, dilation, w, symmetric):
    """(position, head, place in the window, the position seen there)."""
    for i in range(length):
        for h, d in enumerate(dilation):
            for j in range(2 * w + 1 if symmetric else w + 1):
                if 0 <= i + d * (j - w) < length:
                    yield i, h, j, i + d * (j - w)


def _scored(query, key, dilation, w, symmetric):
    out = numpy.zeros((*query.shape[:3], 2 * w + 1 if symmetric else w + 1))
    for i, h, j, seen in _pairs(query.shape[1], dilation, w, symmetric):
        out[:, i, h, j] = (query[:, i, h] * key[:, seen, h]).sum(-1)
    return out


def _gathered(score, value, dilation, w, symmetric):
    out = numpy.zeros(value.shape)
    for i, h, j, seen in _pairs(value.shape[1], dilation, w, symmetric):
        out[:, i, h] += score[:, i, h, j, None] * value[:, seen, h]
    return out


def _scattered(score, x, dilation, w, symmetric):
    out = numpy.zeros(x.shape)
    for i, h, j, seen in _pairs(x.shape[1], dilation, w, symmetric):
        out[:, seen, h] += score[:, i, h, j, None] * x[:, i, h]
    return out


def _mask(score, dilation, valid_length, w, symmetric):
    out = numpy.zeros(score.shape)
    for i, h, j, seen in _pairs(score.shape[1], dilation, w, symmetric):
        out[:, i, h, j] = (i < valid_length) & (seen < valid_length)
    return out


def _windows(first, reference):
    return [Sample(first(w, s), K, DILATION, w, s, reference=reference, label=f"{w} {'both' if s else 'back'}",
                   order=3 if w == 1 else 2) for w in (0, 1, 3) for s in (True, False)]


def _scores(w, symmetric):
    return values(2, 5, 2, 2 * w + 1 if symmetric else w + 1, seed=3)


SAMPLES = {
    "scored": _windows(lambda w, s: Q, _scored),
    "gathered": _windows(_scores, _gathered),
    "scattered": _windows(_scores, _scattered),
    "window_mask": [Sample(_scores(w, s), DILATION, VALID, w, s, reference=_mask, label=f"{w} {s}")
                    for w in (0, 1, 3) for s in (True, False)],
}
