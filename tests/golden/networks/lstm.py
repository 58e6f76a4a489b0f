"""A language model of two LSTM layers (Hochreiter and Schmidhuber, 1997): truncated backpropagation through time with
the states detached between steps, and gradients clipped by their norm. Once by npx.rnn, once unrolled by hand from the
same weights."""
import numpy

from .data import Stream

WORDS, EMBEDDED, UNITS, BATCH, TIME, STEPS = 8, 8, 16, 6, 7, 20


def text(stream):
    """BATCH rows of words; seven times in eight a word decides the next."""
    n = STEPS * TIME + 1
    surprise, words = stream.integers(n * BATCH, 8 * WORDS).reshape(n, BATCH), numpy.zeros((n, BATCH), dtype="int64")
    for k in range(1, n):
        words[k] = numpy.where(surprise[k] < WORDS, surprise[k], (5 * words[k - 1] + 1) % WORDS)
    return words


def weights(stream):
    """(embedding, [the matrices of both layers], [their biases], output matrix, output bias): one list after the other
    is the order of npx.rnn."""
    embedding = stream.uniform((WORDS, EMBEDDED), 1.0)
    matrices = [stream.weight(4 * UNITS, n, gain=2) for n in (EMBEDDED, UNITS, UNITS, UNITS)]
    biases = [stream.uniform((4 * UNITS,), 0.2) for _ in matrices]
    return embedding, matrices, biases, stream.weight(WORDS, UNITS, gain=2), stream.uniform((WORDS,), 0.1)


def train(mx, dtype, params, recur):
    """`recur` maps embedded words and states to the units of every time and the new states."""
    np, npx, autograd = mx.np, mx.npx, mx.autograd
    for p in params.values():
        p.attach_grad()
    words = np.array(text(Stream(4)), dtype="int32")
    states = [np.zeros((2, BATCH, UNITS), dtype=dtype) for _ in range(2)]
    for step in range(STEPS):
        start = step * TIME
        x, y = words[start:start + TIME], words[start + 1:start + TIME + 1]
        states = [s.detach() for s in states]
        with autograd.record():
            embedded = npx.embedding(x, params["embedding"], input_dim=WORDS, output_dim=EMBEDDED)
            units, states = recur(embedded, states)
            scores = npx.fully_connected(units.reshape(-1, UNITS), params["weight"], params["bias"], num_hidden=WORDS)
            loss = -npx.pick(npx.log_softmax(scores, axis=-1), y.reshape(-1)).mean()
        loss.backward()
        yield loss, params
        norm = sum(float((p.grad ** 2).sum()) for p in params.values()) ** 0.5
        if norm > 0.7:
            for p in params.values():
                p.grad[:] *= 0.7 / norm
        for p in params.values():
            p[:] = p - 2 * p.grad


def fused(mx, dtype):
    """Both layers and all times in one call."""
    np, npx = mx.np, mx.npx
    embedding, matrices, biases, weight, bias = weights(Stream(5))
    packed = numpy.concatenate([part.ravel() for part in matrices + biases])
    params = {name: np.array(value, dtype=dtype) for name, value in (
        ("embedding", embedding), ("rnn", packed), ("weight", weight), ("bias", bias))}

    def recur(x, states):
        units, h, c = npx.rnn(data=x, parameters=params["rnn"], state=states[0], state_cell=states[1], mode="lstm",
                              state_size=UNITS, num_layers=2, state_outputs=True)
        return units, [h, c]

    return train(mx, dtype, params, recur)


def unrolled(mx, dtype):
    """A loop over times and layers."""
    np, npx = mx.np, mx.npx
    embedding, matrices, biases, weight, bias = weights(Stream(5))
    names = ("i2h_0", "h2h_0", "i2h_1", "h2h_1")
    values = [("embedding", embedding), *((n + "_weight", m) for n, m in zip(names, matrices)),  # noqa: B905
              *((n + "_bias", b) for n, b in zip(names, biases)), ("weight", weight), ("bias", bias)]  # noqa: B905
    params = {name: np.array(value, dtype=dtype) for name, value in values}

    def cell(layer, x, h, c):
        gates = 0
        for kind, operand in (("i2h", x), ("h2h", h)):
            name = f"{kind}_{layer}"
            gates = gates + npx.fully_connected(operand, params[name + "_weight"], params[name + "_bias"],
                                                num_hidden=4 * UNITS)
        i, f, g, o = np.split(gates, 4, axis=1)
        c = npx.sigmoid(f) * c + npx.sigmoid(i) * np.tanh(g)
        return npx.sigmoid(o) * np.tanh(c), c

    def recur(x, states):
        hs, cs = ([s[0], s[1]] for s in states)
        units = []
        for t in range(TIME):
            below = x[t]
            for layer in range(2):
                hs[layer], cs[layer] = cell(layer, below, hs[layer], cs[layer])
                below = hs[layer]
            units.append(below)
        return np.stack(units), [np.stack(hs), np.stack(cs)]

    return train(mx, dtype, params, recur)
