"""Samples of mxlite/_ops/recurrent.py. The whole operator `rnn` is in tests/test_rnn.py, against MXNet."""

import numpy

from samples import Sample, values

H0, C0 = values(2, 3, seed=1), values(2, 3, seed=2)


def _weights(blocks, n=3, inner=3):
    return values(blocks * n, inner, low=-1, high=1, seed=3), values(blocks * n, low=-1, high=1, seed=4)


def _sigmoid(x):
    return 1 / (1 + numpy.exp(-x))


def _reference(pre, h, w_h, b_h, c0=None, w_r=None, mode=None):
    """Step by step, as the definitions are usually written."""
    kept, c = [], c0
    for x in pre:
        s = h @ w_h.T + b_h
        if mode == "gru":
            (r, z, _), n = numpy.split(_sigmoid(x + s), 3, 1), s.shape[1] // 3
            new = numpy.tanh(x[:, 2 * n:] + r * s[:, 2 * n:])
            h = (1 - z) * new + z * h
            kept.append((h, numpy.concatenate([r, z, new, s[:, 2 * n:]], 1)))
        elif mode == "lstm":
            i, f, new, o = numpy.split(x + s, 4, 1)
            i, f, new, o = _sigmoid(i), _sigmoid(f), numpy.tanh(new), _sigmoid(o)
            c = f * c + i * new
            h = o * numpy.tanh(c)
            h = h if w_r is None else h @ w_r.T
            kept.append((h, c, numpy.concatenate([i, f, new, o], 1)))
        else:
            h = numpy.tanh(x + s) if mode == "rnn_tanh" else numpy.maximum(x + s, 0)
            kept.append((h,))
    return tuple(numpy.stack(k) for k in zip(*kept, strict=True))


_SINGLE = {"reference": _reference, "tolerance": {"float32": 2e-5}, "why": "rounding errors add up over steps"}
SAMPLES = {
    "recurrent_layer": [
        Sample(values(3, 2, 3), H0, *_weights(1), mode="rnn_tanh", label="tanh", **_SINGLE),
        Sample(values(2, 2, 3, seed=5), H0, *_weights(1), mode="rnn_relu", label="relu", **_SINGLE),
        Sample(values(3, 2, 9), H0, *_weights(3), mode="gru", label="gru", **_SINGLE),
        Sample(values(3, 2, 12), H0, *_weights(4), C0, mode="lstm", label="lstm", **_SINGLE),
        Sample(values(2, 2, 12), values(2, 2, seed=6), *_weights(4, 3, 2), C0, values(2, 3, seed=7), mode="lstm",
               label="projection", **_SINGLE),
        Sample(values(1, 0, 9), H0[:0], *_weights(3), mode="gru", label="empty batch", **_SINGLE),
    ],
}
