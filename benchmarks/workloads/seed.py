"""The seed step, from the notebook this project started with: y = 2*x*x, z = 3*y*y, z.backward()."""

from __future__ import annotations

import numpy

from ._base import Workload


class Seed(Workload):
    """Four multiplications and their gradient, 48 x^3, on a vector; by hand, the rule of each operation in turn."""

    def __init__(self, size):
        self.name = f"seed {size:,}"
        self.size = size
        self.threaded = size >= 100_000
        self.slow = size > 1_000_000

    def inputs(self):
        return ((numpy.arange(self.size) / self.size + 1).astype("float32"),), ()

    def loss(self, lib, x):
        y = 2 * x * x
        return 3 * y * y

    def by_hand(self, x):
        t = 2 * x
        y = t * x
        u = 3 * y
        z = u * y
        gz = numpy.ones_like(z)
        gu = gz * y
        gy = gz * u + gu * 3
        gt = gy * x
        return (gy * t + gt * 2,)


class SimplifiedSeed(Seed):
    """The same program; the one by hand uses dz/dy = 6 y and dy/dx = 4 x, worked out on paper."""

    def __init__(self, size):
        super().__init__(size)
        self.name += ", by hand simplified"

    def by_hand(self, x):
        y = 2 * x * x
        3 * y * y
        return (6 * y * (4 * x),)


WORKLOADS = [Seed(4), SimplifiedSeed(4), Seed(1_000), Seed(100_000), Seed(4_000_000)]
