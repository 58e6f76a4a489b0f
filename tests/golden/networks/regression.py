"""Linear and softmax regression, in np and in nd: the first models of the books."""
from .data import Stream

N, BATCH, CLASSES = 60, 10, 4


def line(stream):
    """Features (N, 3) and labels (N, 1) on a plane, but for noise."""
    features = stream.uniform((N, 3), 2.0)
    return features, features @ [[2.0], [-3.4], [0.5]] + 4.2 + stream.uniform((N, 1), 0.02)


def clouds(stream):
    """Points (N, 6) around the centres of their classes, and the classes (N,)."""
    centres, labels = stream.uniform((CLASSES, 6), 2.0), stream.integers(N, CLASSES)
    return centres[labels] + stream.uniform((N, 6), 1.0), labels


def linear_np(mx, dtype):
    """Squared error, summed over a batch; two passes."""
    np, autograd = mx.np, mx.autograd
    features, labels = (np.array(a, dtype=dtype) for a in line(Stream(8)))
    w, b = np.zeros((3, 1), dtype=dtype), np.zeros(1, dtype=dtype)
    w.attach_grad()
    b.attach_grad()
    for step in range(2 * N // BATCH):
        start = step * BATCH % N
        x, y = features[start:start + BATCH], labels[start:start + BATCH]
        with autograd.record():
            loss = (np.dot(x, w) + b - y) ** 2 / 2
        loss.backward()
        yield loss.sum() / BATCH, {"w": w, "b": b}
        for p in (w, b):
            p[:] = p - 0.2 * p.grad / BATCH


def linear_nd(mx, dtype):
    """The same, in shuffled order, with nd.dot."""
    nd, autograd = mx.nd, mx.autograd
    stream = Stream(9)
    features, labels = (nd.array(a, dtype=dtype) for a in line(stream))
    order = nd.array(stream.bits(N).argsort(), dtype="int32")
    w, b = nd.zeros((3, 1), dtype=dtype), nd.zeros((1,), dtype=dtype)
    for p in (w, b):
        p.attach_grad()
    for step in range(2 * N // BATCH):
        rows = order[step * BATCH % N:step * BATCH % N + BATCH]
        x, y = features.take(rows), labels.take(rows)
        with autograd.record():
            error = nd.dot(x, w) + b - y.reshape((-1, 1))
            loss = nd.square(error).mean() / 2
        loss.backward()
        yield loss, {"w": w, "b": b}
        for p in (w, b):
            p -= 0.2 * p.grad


def softmax_np(mx, dtype):
    """The softmax and its cross-entropy written out, and an index by two arrays."""
    np, autograd = mx.np, mx.autograd
    features, labels = clouds(Stream(10))
    features, labels = np.array(features, dtype=dtype), np.array(labels, dtype="int32")
    w, b = np.zeros((6, CLASSES), dtype=dtype), np.zeros(CLASSES, dtype=dtype)
    w.attach_grad()
    b.attach_grad()
    for step in range(2 * N // BATCH):
        start = step * BATCH % N
        x, y = features[start:start + BATCH], labels[start:start + BATCH]
        with autograd.record():
            exps = np.exp(np.dot(x.reshape(-1, 6), w) + b)
            probabilities = exps / exps.sum(1, keepdims=True)
            loss = -np.log(probabilities[np.arange(BATCH, dtype="int32"), y]).mean()
        loss.backward()
        yield loss, {"w": w, "b": b}
        w -= 0.5 * w.grad
        b -= 0.5 * b.grad


def softmax_nd(mx, dtype):
    """nd.softmax, nd.pick and gradients that add up over two halves of a batch."""
    nd, autograd = mx.nd, mx.autograd
    features, labels = (nd.array(a, dtype=dtype) for a in clouds(Stream(11)))
    w, b = nd.zeros((6, CLASSES), dtype=dtype), nd.zeros((CLASSES,), dtype=dtype)
    for p in (w, b):
        p.attach_grad(grad_req="add")
    for step in range(2 * N // BATCH):
        total = 0
        for half in range(2):
            start = step * BATCH % N + half * BATCH // 2
            x, y = features[start:start + BATCH // 2], labels[start:start + BATCH // 2]
            with autograd.record():
                loss = -nd.log(nd.pick(nd.softmax(nd.dot(x, w) + b), y)).sum() / BATCH
            loss.backward()
            total = total + loss
        yield total, {"w": w, "b": b}
        for p in (w, b):
            p[:] = p - 0.5 * p.grad
            p.grad[:] = 0
