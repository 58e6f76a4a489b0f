"""Multi-layer perceptrons: a small one, where overhead decides, and one where matrix products do."""

from __future__ import annotations

import numpy

from ._base import Workload, arrays


class TanhMLP(Workload):
    """Two tanh layers and a linear one, 16-32-32-4, batch 8, mean squared error."""

    name = "MLP 16-32-32-4"

    def inputs(self):
        random = numpy.random.RandomState(1)
        params = arrays(random, (16, 32), 32, (32, 32), 32, (32, 4), 4, scale=0.3)
        return params, arrays(random, (8, 16), (8, 4))

    def loss(self, lib, w1, b1, w2, b2, w3, b3, x, target):
        tanh, linear = lib.np.tanh, lib.linear
        h = tanh(linear(x, w1, b1))
        h = tanh(linear(h, w2, b2))
        error = linear(h, w3, b3) - target
        return (error * error).mean()

    def by_hand(self, w1, b1, w2, b2, w3, b3, x, target):
        h1 = numpy.tanh(x @ w1 + b1)
        h2 = numpy.tanh(h1 @ w2 + b2)
        error = h2 @ w3 + b3 - target
        (error * error).mean()
        g3 = error * (2 / error.size)
        g2 = g3 @ w3.T * (1 - h2 * h2)
        g1 = g2 @ w2.T * (1 - h1 * h1)
        return x.T @ g1, g1.sum(0), h1.T @ g2, g2.sum(0), h2.T @ g3, g3.sum(0)


class ReluMLP(Workload):
    """One hidden layer of relu, 784-256-10, batch 64, softmax cross-entropy."""

    name = "MLP 784-256-10"
    threaded = True

    def inputs(self):
        random = numpy.random.RandomState(2)
        params = arrays(random, (784, 256), 256, (256, 10), 10, scale=0.05)
        return params, (*arrays(random, (64, 784)), random.randint(0, 10, 64))

    def loss(self, lib, w1, b1, w2, b2, x, labels):
        h = lib.relu(lib.linear(x, w1, b1))
        return lib.cross_entropy(lib.linear(h, w2, b2), labels)

    def by_hand(self, w1, b1, w2, b2, x, labels):
        h = numpy.maximum(x @ w1 + b1, 0)
        g2 = softmax_cross_entropy_by_hand(h @ w2 + b2, labels)
        g1 = g2 @ w2.T * (h > 0)
        return x.T @ g1, g1.sum(0), h.T @ g2, g2.sum(0)


def softmax_cross_entropy_by_hand(logits, labels):
    """The gradient of the mean cross-entropy with respect to the logits, loss computed on the way."""
    rows = numpy.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    e = numpy.exp(shifted)
    total = e.sum(axis=1, keepdims=True)
    (numpy.log(total[:, 0]) - shifted[rows, labels]).mean()
    e /= total
    e[rows, labels] -= 1
    e /= len(labels)
    return e


WORKLOADS = [TanhMLP(), ReluMLP()]
