"""LeNet-5 (LeCun and others, 1998) on pictures of 10 classes: sigmoid and mean pooling with plain SGD, relu and max
pooling with momentum, and the legacy operators with SoftmaxOutput."""
from .data import Stream

BATCH, CLASSES = 16, 10


def pictures(stream, n):
    """n pictures of 28 x 28, each the pattern of its class (4 x 4 patches) under noise, and their classes."""
    patterns = stream.uniform((CLASSES, 1, 4, 4), 1.0).repeat(7, axis=2).repeat(7, axis=3)
    labels = stream.integers(n, CLASSES)
    return patterns[labels] + stream.uniform((n, 1, 28, 28), 0.5), labels


def weights(stream, gain):
    """The first weights by name. `gain`, for all layers but the last, makes up for what sigmoids flatten."""
    shapes = {"conv1": (6, 1, 5, 5), "conv2": (16, 6, 5, 5), "dense1": (120, 400), "dense2": (84, 120),
              "dense3": (CLASSES, 84)}
    values = {}
    for name, shape in shapes.items():
        values[name + "_weight"] = stream.weight(*shape, gain=1 if name == "dense3" else gain)
        values[name + "_bias"] = stream.uniform(shape[:1], 0.1)
    return values


def sigmoid_sgd(mx, dtype):
    """As in the books: sigmoid, mean pooling, cross-entropy of log_softmax and pick, plain SGD."""
    np, npx, autograd = mx.np, mx.npx, mx.autograd
    stream = Stream(1)
    images, labels = pictures(stream, 2 * BATCH)
    images, labels = np.array(images, dtype=dtype), np.array(labels, dtype="int32")
    params = {name: np.array(value, dtype=dtype) for name, value in weights(stream, 8).items()}
    for p in params.values():
        p.attach_grad()
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5 = params.values()

    def net(x):
        x = npx.sigmoid(npx.convolution(x, w1, b1, kernel=(5, 5), pad=(2, 2), num_filter=6))
        x = npx.pooling(x, kernel=(2, 2), stride=(2, 2), pool_type="avg")
        x = npx.sigmoid(npx.convolution(x, w2, b2, kernel=(5, 5), num_filter=16))
        x = npx.pooling(x, kernel=(2, 2), stride=(2, 2), pool_type="avg")
        x = x.reshape(x.shape[0], -1)
        x = npx.sigmoid(np.dot(x, w3.T) + b3)
        x = npx.sigmoid(np.dot(x, w4.T) + b4)
        return np.dot(x, w5.T) + b5

    for step in range(20):
        start = step % 2 * BATCH
        x, y = images[start:start + BATCH], labels[start:start + BATCH]
        with autograd.record():
            loss = -npx.pick(npx.log_softmax(net(x)), y).mean()
        loss.backward()
        yield loss, params
        for p in params.values():
            p -= 0.15 * p.grad


def relu_momentum(mx, dtype):
    """relu, max pooling, fully_connected, the softmax written out, and SGD with momentum and weight decay."""
    np, npx, autograd = mx.np, mx.npx, mx.autograd
    stream = Stream(2)
    images, labels = pictures(stream, 3 * BATCH)
    images, labels = np.array(images, dtype=dtype), np.array(labels, dtype="int32")
    params = {name: np.array(value, dtype=dtype) for name, value in weights(stream, 1).items()}
    for p in params.values():
        p.attach_grad()
    velocities = [np.zeros_like(p) for p in params.values()]
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5 = params.values()

    def net(x):
        x = npx.relu(npx.convolution(x, w1, b1, kernel=(5, 5), pad=(2, 2), num_filter=6))
        x = npx.pooling(x, kernel=(2, 2), stride=(2, 2), pool_type="max")
        x = npx.activation(npx.convolution(x, w2, b2, kernel=(5, 5), num_filter=16), act_type="relu")
        x = npx.pooling(x, kernel=(2, 2), stride=(2, 2), pool_type="max")
        x = npx.relu(npx.fully_connected(x, w3, b3, num_hidden=120))
        x = np.maximum(npx.fully_connected(x, w4, b4, num_hidden=84), 0)
        return npx.fully_connected(x, w5, b5, num_hidden=CLASSES)

    def cross_entropy(scores, y):
        exps = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = exps / exps.sum(axis=1, keepdims=True)
        return -np.log(probabilities[np.arange(BATCH, dtype="int32"), y])

    for step in range(12):
        start = step % 3 * BATCH
        with autograd.record():
            loss = cross_entropy(net(images[start:start + BATCH]), labels[start:start + BATCH])
        loss.backward()
        yield loss.mean(), params
        for p, v in zip(params.values(), velocities):  # noqa: B905 (Python 3.8 runs this too)
            v[:] = 0.8 * v - 0.03 * (p.grad / BATCH + 1e-3 * p)
            p += v


def legacy_softmax_output(mx, dtype):
    """The operators of MXNet 1.x: nd.Convolution to nd.SoftmaxOutput, whose backward starts from the classes."""
    nd, autograd = mx.nd, mx.autograd
    stream = Stream(3)
    images, labels = pictures(stream, 3 * BATCH)
    images, labels = nd.array(images, dtype=dtype), nd.array(labels, dtype=dtype)
    params = {name: nd.array(value, dtype=dtype) for name, value in weights(stream, 1).items()}
    for p in params.values():
        p.attach_grad()
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5 = params.values()

    def net(x, y):
        x = nd.Convolution(data=x, weight=w1, bias=b1, kernel=(5, 5), pad=(2, 2), num_filter=6)
        x = nd.Activation(x, act_type="tanh")
        x = nd.Pooling(x, pool_type="max", kernel=(2, 2), stride=(2, 2))
        x = nd.Activation(nd.Convolution(x, w2, b2, kernel=(5, 5), num_filter=16), act_type="tanh")
        x = nd.Pooling(x, pool_type="max", kernel=(2, 2), stride=(2, 2))
        x = nd.Activation(nd.FullyConnected(nd.flatten(x), w3, b3, num_hidden=120), act_type="tanh")
        x = nd.Activation(nd.FullyConnected(x, w4, b4, num_hidden=84), act_type="softrelu")
        return nd.SoftmaxOutput(nd.FullyConnected(x, w5, b5, num_hidden=CLASSES), y, normalization="batch")

    for step in range(12):
        start = step % 3 * BATCH
        y = labels[start:start + BATCH]
        with autograd.record():
            out = net(images[start:start + BATCH], y)
        out.backward()
        yield -nd.log(nd.pick(out, y)).mean(), params
        for p in params.values():
            p[:] = p - 0.1 * p.grad
