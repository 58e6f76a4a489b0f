"""The notebook's cell with a loop and a branch that depend on the data."""

from __future__ import annotations

from typing import ClassVar

import numpy

from ._base import Workload


class ControlFlow(Workload):
    """Double x until its norm reaches 1000, then times 100 if negative; x is a scalar, as in the notebook."""

    name = "norm in a while loop"
    left_out: ClassVar = {"jax": "a loop that depends on the data has no compiled reverse gradient"}

    def inputs(self):
        return (numpy.array(-1.1688148, "float32"),), ()

    def loss(self, lib, x):
        np = lib.np
        y = x * 2
        while np.linalg.norm(y) < 1000:
            y = y * 2
        return y if y.sum() > 0 else 100 * y

    def by_hand(self, x):
        y = x * 2
        slope = 2.0
        while numpy.linalg.norm(y) < 1000:
            y = y * 2
            slope = slope * 2
        if not y.sum() > 0:
            y = 100 * y
            slope = 100 * slope
        return (numpy.full_like(x, slope),)


WORKLOADS = [ControlFlow()]
