"""Gradients of ordinary NumPy programs on small arrays: optimisation, statistics, a long chain."""

from __future__ import annotations

import numpy

from ._base import Workload, arrays


class Rosenbrock(Workload):
    """The Rosenbrock function of 100 variables, written with slices."""

    name = "Rosenbrock-100"

    def inputs(self):
        return arrays(numpy.random.RandomState(3), 100), ()

    def loss(self, lib, x):
        head, tail = x[:-1], x[1:]
        valley = tail - head * head
        slope = 1 - head
        return (100 * (valley * valley) + slope * slope).sum()

    def by_hand(self, x):
        head, tail = x[:-1], x[1:]
        valley = tail - head * head
        slope = 1 - head
        (100 * (valley * valley) + slope * slope).sum()
        gradient = numpy.zeros_like(x)
        gv = 200 * valley
        gradient[1:] = gv
        gradient[:-1] -= 2 * (gv * head + slope)
        return (gradient,)


class Logistic(Workload):
    """Logistic regression, 1000 samples of 20 features, labels of plus and minus one."""

    name = "logistic regression 1000 x 20"

    def inputs(self):
        random = numpy.random.RandomState(4)
        (x,) = arrays(random, (1000, 20))
        return arrays(random, 20), (x, numpy.where(random.rand(1000) < 0.5, -1, 1).astype("float32"))

    def loss(self, lib, w, x, sign):
        np = lib.np
        margin = np.matmul(x, w) * sign
        return np.log1p(np.exp(-margin)).mean()

    def by_hand(self, w, x, sign):
        e = numpy.exp(-(x @ w * sign))
        numpy.log1p(e).mean()
        return ((e / (1 + e) * sign) @ x / -len(x),)


class ScalarChain(Workload):
    """2,000 operations with a scalar on 16 floats, forward and backward."""

    name = "chain of 2,000 scalar operations"
    remark = "the gradient is a constant, which JAX jitted works out while compiling and then only copies"

    def inputs(self):
        return ((numpy.arange(16) / 16).astype("float32"),), ()

    def loss(self, lib, x):
        y = x
        for _ in range(1000):
            y = y * 1.001
            y = y + 0.01
        return y

    def by_hand(self, x):
        y = x
        for _ in range(1000):
            y = y * 1.001
            y = y + 0.01
        g = numpy.ones_like(x)
        for _ in range(1000):
            g = g * 1.001
        return (g,)


WORKLOADS = [Rosenbrock(), Logistic(), ScalarChain()]
