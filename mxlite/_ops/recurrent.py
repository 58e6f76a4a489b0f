"""One direction of one layer of a recurrent network, as a single operator.

The products with the input do not depend on the state and happen outside, for all times at once (`pre`); here is what
has to go step by step. Gates and cell states are outputs like any other, so the backward pass finds them saved and
its own derivative needs no second formula. The formulas run on NumPy arrays and on recorded ones.
"""

import numpy

from mxlite._kernels import float32
from mxlite._op import op

# How many blocks of rows the weights have.
GATES = {"rnn_relu": 1, "rnn_tanh": 1, "lstm": 4, "gru": 3}


def _squash(x):
    """The sigmoid, in place; by tanh, which cannot overflow."""
    x *= 0.5
    float32.tanh(x, out=x)
    x += 1
    x *= 0.5


def _simple(pre, h, w_h, b_h, mode):
    out, columns = pre + b_h, w_h.T
    for a in out:
        a += h @ columns
        numpy.maximum(a, 0, out=a) if mode == "rnn_relu" else float32.tanh(a, out=a)
        h = a
    return (out,)


def _lstm(pre, h, c, w_h, b_h, w_r):
    gates, columns = pre + b_h, w_h.T
    n = w_h.shape[0] // 4
    cells = numpy.empty((*pre.shape[:2], n), gates.dtype)
    out = cells if w_r is None else numpy.empty((*pre.shape[:2], w_r.shape[0]), gates.dtype)
    out = numpy.empty_like(out)
    for a, cell, y in zip(gates, cells, out, strict=True):
        a += h @ columns
        _squash(a[:, :2 * n])
        float32.tanh(a[:, 2 * n:3 * n], out=a[:, 2 * n:3 * n])
        _squash(a[:, 3 * n:])
        numpy.multiply(a[:, n:2 * n], c, out=cell)
        cell += a[:, :n] * a[:, 2 * n:3 * n]
        m = a[:, 3 * n:] * float32.tanh(cell)
        y[...] = m if w_r is None else m @ w_r.T
        h, c = y, cell
    return out, cells, gates


def _gru(pre, h, w_h, b_h):
    n, columns = w_h.shape[0] // 3, w_h.T
    out = numpy.empty((*pre.shape[:2], n), numpy.result_type(pre, b_h))
    gates = numpy.empty((*pre.shape[:2], 4 * n), out.dtype)
    for x, a, y in zip(pre, gates, out, strict=True):
        hidden = h @ columns
        hidden += b_h
        numpy.add(x[:, :2 * n], hidden[:, :2 * n], out=a[:, :2 * n])
        _squash(a[:, :2 * n])
        a[:, 3 * n:] = hidden[:, 2 * n:]
        new = a[:, 2 * n:3 * n]
        numpy.multiply(a[:, :n], hidden[:, 2 * n:], out=new)
        new += x[:, 2 * n:]
        float32.tanh(new, out=new)
        numpy.subtract(h, new, out=y)
        y *= a[:, n:2 * n]
        y += new
        h = y
    return out, gates


# -- backward ----------------------------------------------------------------------------------------------------------
def _before(first, all_of_them):
    """The states that the steps start from."""
    return numpy.concatenate([first.reshape((1, *first.shape)), all_of_them[:-1]], axis=0)


def _in_time(steps):
    """Cotangents found from the last step to the first, as one array."""
    return numpy.stack(steps[::-1], axis=0)


def _flat(x):
    return x.reshape((-1, x.shape[-1]))


def _blocks(x, n):
    return [x[..., k:k + n] for k in range(0, x.shape[-1], n)]


def _simple_grad(g, y, w_h, mode):
    """(cotangent of pre, that of the product with the state, of the first state)."""
    out = y[0]
    slope = numpy.sign(out) if mode == "rnn_relu" else 1 - out * out
    carry, steps = None, []
    for t in range(out.shape[0] - 1, -1, -1):
        steps.append((g[0][t] if carry is None else g[0][t] + carry) * slope[t])
        carry = steps[-1] @ w_h
    found = _in_time(steps)
    return found, found, carry


def _lstm_grad(g, y, c0, w_h, w_r):
    """(cotangent of pre, of the product with the state, of the first state, of the first cell, of w_r)."""
    g_out, g_cells, g_gates = g
    _, cells, gates = y
    n = cells.shape[-1]
    i, f, new, o = _blocks(gates, n)
    bent = float32.tanh(cells)
    through = o * (1 - bent * bent)
    slope = numpy.concatenate([i * (1 - i), f * (1 - f), 1 - new * new, o * (1 - o)], axis=-1)
    factor = slope * numpy.concatenate([new, _before(c0, cells), i, bent], axis=-1)
    own = slope * g_gates
    carry, carry_cell, steps, heads = 0.0, 0.0, [], []
    for t in range(cells.shape[0] - 1, -1, -1):
        head = g_out[t] + carry
        m = head if w_r is None else head @ w_r
        cell = g_cells[t] + carry_cell + m * through[t]
        steps.append(numpy.concatenate([cell, cell, cell, m], axis=-1) * factor[t] + own[t])
        heads.append(head)
        carry, carry_cell = steps[-1] @ w_h, cell * f[t]
    found = _in_time(steps)
    projected = None if w_r is None else numpy.transpose(_flat(_in_time(heads))) @ _flat(o * bent)
    return found, found, carry, carry_cell, projected


def _gru_grad(g, y, h0, w_h):
    """(cotangent of pre, of the product with the state, of the first state)."""
    out, gates = y
    n = out.shape[-1]
    r, z, new, hidden = _blocks(gates, n)
    own = _blocks(g[1], n)
    keep, from_update = 1 - z, (_before(h0, out) - new) * z * (1 - z)
    bend, from_reset = 1 - new * new, hidden * r * (1 - r)
    first = numpy.concatenate([own[0] * r * (1 - r), own[1] * z * (1 - z)], axis=-1)
    outer, inner, carry = [], [], 0.0
    for t in range(out.shape[0] - 1, -1, -1):
        head = g[0][t] + carry
        change = (head * keep[t] + own[2][t]) * bend[t]
        gate = numpy.concatenate([change * from_reset[t], head * from_update[t]], axis=-1) + first[t]
        outer.append(numpy.concatenate([gate, change], axis=-1))
        inner.append(numpy.concatenate([gate, change * r[t] + own[3][t]], axis=-1))
        carry = head * z[t] + inner[-1] @ w_h
    return _in_time(outer), _in_time(inner), carry


def _pull(g, y, h0, w_h, c0, w_r, mode, need):
    cell = projected = None
    if mode == "lstm":
        outer, inner, first, cell, projected = _lstm_grad(g, y, c0, w_h, w_r)
    elif mode == "gru":
        outer, inner, first = _gru_grad(g, y, h0, w_h)
    else:
        outer, inner, first = _simple_grad(g, y, w_h, mode)
    weights = numpy.transpose(_flat(inner)) @ _flat(_before(h0, y[0])) if need[2] else None
    bias = numpy.sum(inner, axis=(0, 1)) if need[3] else None
    return outer, first, weights, bias, cell, projected


@op(grad={("pre", "h0", "w_h", "b_h", "c0", "w_r"): _pull})
def recurrent_layer(pre, h0, w_h, b_h, c0=None, w_r=None, mode="rnn_tanh"):
    """The states of one layer at all times: (states,), (states, gates) for gru, (states, cells, gates) for lstm.

    pre (time, batch, gates * n) is what the input adds to the gates, h0 and c0 (batch, n) are the first states, w_h and
    b_h the weights and bias of the state's product, w_r (m, n) projects the states of an lstm to length m.
    """
    if mode == "lstm":
        return _lstm(pre, h0, c0, w_h, b_h, w_r)
    return _gru(pre, h0, w_h, b_h) if mode == "gru" else _simple(pre, h0, w_h, b_h, mode)
