"""Long chains: the time and memory of building, sweeping and freeing 10^4 to 10^6 nodes, on a stack of 256 KiB."""

from __future__ import annotations

import threading
from time import perf_counter
from typing import ClassVar

import numpy

from ._base import Workload


class Chain(Workload):
    """y = y + x, again and again, on 4 floats; the gradient is the count of operations plus one."""

    way = "phases"
    phases = ("build", "sweep", "free", "swept in all", "unswept in all")
    left_out: ClassVar = {
        "numpy": "records nothing",
        "jax": "compiles instead of recording",
        "jax eager": "takes minutes for the long ones",
    }
    once = ("autograd", "mygrad", "mxnet")  # seconds each, and far from the others: one process says it

    def __init__(self, length):
        self.name = f"chain {length:,}"
        self.length = length
        self.slow = length > 10_000
        if length > 100_000:
            self.left_out = {**Chain.left_out, **dict.fromkeys(self.once, "takes a minute; 100,000 show its growth")}

    def inputs(self):
        return (numpy.linspace(0, 1, 4).astype("float32"),), ()

    def loss(self, lib, x):
        y = x
        for _ in range(self.length):
            y = y + x
        return y

    def warm_up(self, lib):
        """What a library does once, at its first sweep, is not the chain's."""
        for _ in range(3):
            Chain(100)._measure(lib)

    def measure(self, lib):
        """Seconds by phase, from a thread with a small stack; raises if the gradient is wrong."""
        outcome = []
        threading.stack_size(256 * 1024)
        thread = threading.Thread(target=lambda: outcome.append(self._measure(lib)))
        thread.start()
        thread.join()
        if not outcome:
            raise RuntimeError("failed in its thread")
        return outcome[0]

    def _measure(self, lib):
        (array,), _ = self.inputs()
        x = lib.variable(array)
        body = lambda x: self.loss(lib, x)  # noqa: E731

        start = perf_counter()
        head, sweep = lib.recorded(body, x)
        built = perf_counter()
        gradient = sweep()
        swept = perf_counter()
        del head, sweep
        freed = perf_counter()
        value = lib.to_numpy(gradient)
        if not (value == self.length + 1).all():
            raise ArithmeticError(f"gradient {value} instead of {self.length + 1}")

        restart = perf_counter()
        head, sweep = lib.recorded(body, x)
        lib.wait(head)
        del head, sweep
        end = perf_counter()
        return {
            "build": built - start,
            "sweep": swept - built,
            "free": freed - swept,
            "swept in all": freed - start,
            "unswept in all": end - restart,
        }


WORKLOADS = [Chain(10**power) for power in (4, 5, 6)]
