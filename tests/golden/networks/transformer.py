"""Blocks of a Transformer (Vaswani and others, 2017) under small tasks: one for sequences of different lengths,
normalized after each part as in the paper, and a causal one, normalized before, with GELU and Adam."""
import numpy

from .data import Stream

WORDS, WIDTH, HEADS, INNER, BATCH, TIME = 11, 16, 2, 32, 6, 8


def weights(stream, classes):
    """The first weights by name."""
    matrices = {"query": (WIDTH, WIDTH), "key": (WIDTH, WIDTH), "value": (WIDTH, WIDTH), "mix": (WIDTH, WIDTH),
                "up": (INNER, WIDTH), "down": (WIDTH, INNER), "out": (classes, WIDTH)}
    values = {"embedding": stream.uniform((WORDS, WIDTH), 1.0)}
    for name, shape in matrices.items():
        values[name + "_weight"] = stream.weight(*shape)
        if name != "key":       # softmax is blind to it: its gradient would be rounding errors
            values[name + "_bias"] = stream.uniform(shape[:1], 0.1)
    for name in ("norm1", "norm2"):
        values[name + "_gamma"] = 1 + stream.uniform((WIDTH,), 0.1)
        values[name + "_beta"] = stream.uniform((WIDTH,), 0.1)
    return values


def positions(np, dtype):
    """The sinusoidal encoding of the paper, section 3.5, of shape (1, TIME, WIDTH)."""
    angles = np.arange(TIME, dtype=dtype).reshape(-1, 1) / np.power(
        10000, np.arange(0, WIDTH, 2, dtype=dtype) / WIDTH)
    table = np.zeros((1, TIME, WIDTH), dtype=dtype)
    table[0, :, 0::2] = np.sin(angles)
    table[0, :, 1::2] = np.cos(angles)
    return table


def padded_relu_sgd(mx, dtype):
    """An encoder that counts: the class of a sequence is how often its first word comes, at most 3 times."""
    np, npx, autograd = mx.np, mx.npx, mx.autograd
    stream = Stream(6)
    words = stream.integers(3 * BATCH * TIME, 3).reshape(-1, TIME)
    lengths = 3 + stream.integers(len(words), TIME - 2)
    inside = numpy.arange(TIME) < lengths[:, None]
    classes = numpy.minimum(((words == words[:, :1]) & inside).sum(axis=1), 3) - 1
    words, lengths, classes = (np.array(a, dtype="int32") for a in (words, lengths, classes))
    params = {name: np.array(value, dtype=dtype) for name, value in weights(stream, 3).items()}
    for p in params.values():
        p.attach_grad()
    table = positions(np, dtype)

    def dense(x, name, n):
        bias = params.get(name + "_bias")
        return npx.fully_connected(x, params[name + "_weight"], bias, no_bias=bias is None, num_hidden=n, flatten=False)

    def norm(x, name):
        return npx.layer_norm(x, params[name + "_gamma"], params[name + "_beta"], axis=-1, eps=1e-5)

    def masked_softmax(scores, lengths):
        flat = npx.sequence_mask(scores.reshape(-1, TIME), np.repeat(lengths, HEADS * TIME), True, value=-1e6, axis=1)
        return npx.softmax(flat).reshape(scores.shape)

    def split(x):
        x = x.reshape(BATCH, TIME, HEADS, -1).transpose(0, 2, 1, 3)
        return x.reshape(BATCH * HEADS, TIME, -1)

    def attend(x, lengths):
        q, k, v = (split(dense(x, name, WIDTH)) for name in ("query", "key", "value"))
        shares = masked_softmax(npx.batch_dot(q, k, transpose_b=True) / (WIDTH // HEADS) ** 0.5, lengths)
        y = npx.batch_dot(shares, v).reshape(BATCH, HEADS, TIME, -1).transpose(0, 2, 1, 3)
        return dense(y.reshape(BATCH, TIME, WIDTH), "mix", WIDTH)

    for step in range(15):
        start = step % 3 * BATCH
        x, n, y = words[start:start + BATCH], lengths[start:start + BATCH], classes[start:start + BATCH]
        with autograd.record():
            h = npx.embedding(x, params["embedding"], input_dim=WORDS, output_dim=WIDTH) * WIDTH ** 0.5 + table
            h = norm(h + attend(h, n), "norm1")
            h = norm(h + dense(npx.relu(dense(h, "up", INNER)), "down", WIDTH), "norm2")
            h = npx.sequence_mask(h, n, True, axis=1).sum(axis=1) / n.reshape(-1, 1).astype(dtype)
            loss = -npx.pick(npx.log_softmax(dense(h, "out", 3)), y).mean()
        loss.backward()
        yield loss, params
        for p in params.values():
            p -= 0.1 * p.grad


def causal_gelu_adam(mx, dtype):
    """A decoder that predicts the next word, each position seeing those before it; Adam (Kingma and Ba, 2015)."""
    np, npx, autograd = mx.np, mx.npx, mx.autograd
    stream = Stream(7)
    words = stream.integers(3 * BATCH * (TIME + 1), WORDS).reshape(-1, TIME + 1)
    words[:, 2:] = (words[:, :1] + 3 * numpy.arange(2, TIME + 1)) % WORDS
    words = np.array(words, dtype="int32")
    params = {name: np.array(value, dtype=dtype) for name, value in weights(stream, WORDS).items()}
    for p in params.values():
        p.attach_grad()
    table = positions(np, dtype)
    forbidden = (1 - np.tril(np.ones((TIME, TIME), dtype=dtype))) * -1e9

    def dense(x, name):
        return np.dot(x, params[name + "_weight"].T) + params.get(name + "_bias", 0)

    def norm(x, name):
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred ** 2).mean(axis=-1, keepdims=True) + 1e-5)
        return centred / spread * params[name + "_gamma"] + params[name + "_beta"]

    def split(x):
        return x.reshape(BATCH, TIME, HEADS, -1).transpose(0, 2, 1, 3)

    def attend(x):
        q, k, v = (split(dense(x, name)) for name in ("query", "key", "value"))
        scores = np.matmul(q, k.swapaxes(2, 3)) / (WIDTH // HEADS) ** 0.5 + forbidden
        y = np.matmul(npx.softmax(scores, axis=-1), v).transpose(0, 2, 1, 3)
        return dense(y.reshape(BATCH, TIME, WIDTH), "mix")

    moments = {name: (np.zeros_like(p), np.zeros_like(p)) for name, p in params.items()}
    for step in range(15):
        start = step % 3 * BATCH
        x, y = words[start:start + BATCH, :-1], words[start:start + BATCH, 1:]
        with autograd.record():
            h = npx.embedding(x, params["embedding"], input_dim=WORDS, output_dim=WIDTH) + table
            h = h + attend(norm(h, "norm1"))
            h = h + dense(npx.leaky_relu(dense(norm(h, "norm2"), "up"), act_type="gelu"), "down")
            loss = -npx.pick(npx.log_softmax(dense(h, "out"), axis=-1), y, axis=-1).mean()
        loss.backward()
        yield loss, params
        rate = 0.02 * (1 - 0.99 ** (step + 1)) ** 0.5 / (1 - 0.9 ** (step + 1))
        for name, p in params.items():
            m, v = moments[name]
            m[:] = 0.9 * m + 0.1 * p.grad
            v[:] = 0.99 * v + 0.01 * p.grad ** 2
            p -= rate * m / (np.sqrt(v) + 1e-3)
