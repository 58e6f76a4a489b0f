"""The cost of recording: one operation on a small array, entering the scope, making and freeing a node."""

from __future__ import annotations

from itertools import repeat
from typing import ClassVar

import numpy

from ._base import Workload


def _add(np, x, times):
    for _ in repeat(None, times):
        x + x
    return x + x


def _double(np, x, times):
    for _ in repeat(None, times):
        x * 2
    return x * 2


def _exp(np, x, times):
    exp = np.exp
    for _ in repeat(None, times):
        exp(x)
    return exp(x)


def _chains(np, x, times):
    for _ in repeat(None, times):
        y = x
        for _ in repeat(None, 100):
            y = y + x
    return y


class Operation(Workload):
    """An operation, recorded, its result dropped at once; NumPy's is the bare call. One turn makes `unit` of them."""

    left_out: ClassVar = {"jax": "compiles instead of recording", "jax eager": "compiles instead of recording"}

    def __init__(self, title, function, size, recorded=True, unit=1):
        self.name = f"{title}, {size:,} floats"
        self.function, self.size, self.recorded, self.unit = function, size, recorded, unit

    def inputs(self):
        return (numpy.linspace(0, 1, self.size).astype("float32"),), ()

    def loop(self, lib):
        (array,), _ = self.inputs()
        x = lib.variable(array) if self.recorded else lib.constant(array)

        def body(x, times):
            return self.function(lib.np, x, times)

        def run(times):
            head = lib.recorded(body, x, times)[0] if self.recorded else body(x, times)
            lib.wait(head)
            return head

        return run, self.unit

    def gradients(self, lib):
        """The value stands in for the gradient."""
        return [lib.to_numpy(self.loop(lib)[0](1))]


class Scope(Workload):
    """Entering and leaving the recording scope, with nothing inside."""

    name = "scope entered and left"
    left_out: ClassVar = {
        **Operation.left_out,
        "numpy": "has no scope",
        "autograd": "has no scope",
        "mygrad": "has no scope",
    }

    def gradients(self, lib):
        return []

    def loop(self, lib):
        scope = lib.scope

        def run(times):
            for _ in repeat(None, times):
                with scope():
                    pass

        return run, 1


_FUNCTIONS = {"x + x": _add, "x * 2": _double, "exp(x)": _exp}
WORKLOADS = [
    *(Operation(title, function, size) for title, function in _FUNCTIONS.items() for size in (4, 64, 1000)),
    Operation("x + x, not recorded", _add, 4, recorded=False),
    Scope(),
    Operation("node of a chain of 100, made and freed", _chains, 4, unit=100),
]
