"""A recurrent and a convolutional network, one gradient each."""

from __future__ import annotations

from typing import ClassVar

import numpy

from ._base import Workload, arrays


class Recurrent(Workload):
    """A tanh RNN of 35 steps, batch 32, hidden size 64, mean of the squared states."""

    name = "RNN of 35 steps"

    def inputs(self):
        random = numpy.random.RandomState(9)
        return arrays(random, (64, 64), (64, 64), 64, scale=0.1), arrays(random, (35, 32, 64))

    def loss(self, lib, wx, wh, b, x):
        np = lib.np
        h = np.tanh(lib.linear(x[0], wx, b))
        total = (h * h).mean()
        for t in range(1, 35):
            h = np.tanh(np.matmul(x[t], wx) + lib.linear(h, wh, b))
            total = total + (h * h).mean()
        return total

    def by_hand(self, wx, wh, b, x):
        states = [numpy.tanh(x[0] @ wx + b)]
        total = (states[0] * states[0]).mean()
        for t in range(1, 35):
            h = numpy.tanh(x[t] @ wx + states[-1] @ wh + b)
            total = total + (h * h).mean()
            states.append(h)
        gwx, gwh, gb = numpy.zeros_like(wx), numpy.zeros_like(wh), numpy.zeros_like(b)
        carried = 0
        for t in range(34, -1, -1):
            h = states[t]
            g = (carried + h * (2 / h.size)) * (1 - h * h)
            gwx += x[t].T @ g
            gb += g.sum(0)
            if t:
                gwh += states[t - 1].T @ g
                carried = g @ wh.T
        return gwx, gwh, gb


class LeNet(Workload):
    """LeNet-5 with sigmoids and average pooling, batch 64 of 28 x 28, softmax cross-entropy."""

    name = "LeNet"
    threaded = True
    left_out: ClassVar = dict.fromkeys(("numpy", "autograd", "mygrad"), "no convolution compared")

    def inputs(self):
        random = numpy.random.RandomState(10)
        shapes = (6, 1, 5, 5), 6, (16, 6, 5, 5), 16, (400, 120), 120, (120, 84), 84, (84, 10), 10
        return arrays(random, *shapes, scale=0.3), (*arrays(random, (64, 1, 28, 28)), random.randint(0, 10, 64))

    def loss(self, lib, w1, b1, w2, b2, w3, b3, w4, b4, w5, b5, x, labels):
        sigmoid, linear, conv, pool = lib.sigmoid, lib.linear, lib.conv, lib.average_pool
        h = pool(sigmoid(conv(x, w1, b1, 2)))
        h = pool(sigmoid(conv(h, w2, b2, 0)))
        h = sigmoid(linear(h.reshape((64, 400)), w3, b3))
        h = sigmoid(linear(h, w4, b4))
        return lib.cross_entropy(linear(h, w5, b5), labels)


WORKLOADS = [Recurrent(), LeNet()]
