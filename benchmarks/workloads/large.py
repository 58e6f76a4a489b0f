"""Elementwise functions, reductions and broadcasts on large arrays, where passes over memory decide."""

from __future__ import annotations

import numpy

from ._base import Workload, arrays
from .mlp import softmax_cross_entropy_by_hand


class SoftmaxCrossEntropy(Workload):
    """Mean softmax cross-entropy of 4096 x 1000 logits."""

    name = "softmax cross-entropy 4096 x 1000"
    threaded = True

    def inputs(self):
        random = numpy.random.RandomState(5)
        return arrays(random, (4096, 1000)), (random.randint(0, 1000, 4096),)

    def loss(self, lib, logits, labels):
        return lib.cross_entropy(logits, labels)

    def by_hand(self, logits, labels):
        return (softmax_cross_entropy_by_hand(logits, labels),)


class LayerNorm(Workload):
    """Rows of 2000 x 512 brought to mean 0 and variance 1, scaled, shifted, weighed against constants."""

    name = "layer norm 2000 x 512"
    threaded = True

    def inputs(self):
        random = numpy.random.RandomState(6)
        return arrays(random, (2000, 512), 512, 512), arrays(random, (2000, 512))

    def loss(self, lib, x, gamma, beta, weight):
        d = x - x.mean(axis=-1, keepdims=True)
        variance = (d * d).mean(axis=-1, keepdims=True)
        y = d / lib.np.sqrt(variance + 1e-5) * gamma + beta
        return (y * weight).sum()

    def by_hand(self, x, gamma, beta, weight):
        d = x - x.mean(axis=-1, keepdims=True)
        deviation = numpy.sqrt((d * d).mean(axis=-1, keepdims=True) + numpy.float32(1e-5))
        normal = d / deviation
        ((normal * gamma + beta) * weight).sum()
        g = weight * gamma
        inner = g - g.mean(axis=-1, keepdims=True) - normal * (g * normal).mean(axis=-1, keepdims=True)
        return inner / deviation, (weight * normal).sum(0), weight.sum(0)


class Outer(Workload):
    """A column and a row of 1000, multiplied by broadcasting, squared, summed."""

    name = "broadcast outer 1000 x 1000"
    threaded = True

    def inputs(self):
        return arrays(numpy.random.RandomState(7), (1000, 1), (1, 1000)), ()

    def loss(self, lib, a, b):
        z = a * b + a
        return (z * z).sum()

    def by_hand(self, a, b):
        z = a * b + a
        (z * z).sum()
        g = 2 * z
        return (g * (b + 1)).sum(1, keepdims=True), (g * a).sum(0, keepdims=True)


class Gelu(Workload):
    """The tanh form of GELU, written out, on 4 million floats."""

    name = "tanh-GELU 4,000,000"
    threaded = slow = True

    def inputs(self):
        return arrays(numpy.random.RandomState(8), 4_000_000), ()

    def loss(self, lib, x):
        return 0.5 * x * (1 + lib.np.tanh(0.7978845608 * (x + 0.044715 * (x * x * x))))

    def by_hand(self, x):
        square = x * x
        t = numpy.tanh(0.7978845608 * (x + 0.044715 * (square * x)))
        half = 0.5 * (1 + t)
        half * x
        return (half + 0.5 * x * (1 - t * t) * (0.7978845608 * (1 + 0.134145 * square)),)


WORKLOADS = [SoftmaxCrossEntropy(), LayerNorm(), Outer(), Gelu()]
