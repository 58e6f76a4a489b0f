"""What a workload is: its inputs, its function, its gradient by hand."""

from __future__ import annotations

from itertools import repeat
from typing import ClassVar


class Workload:
    """A function whose gradient is timed.

    `loss(lib, *params, *data)` is written once, over `lib.np` and the few idioms of `libraries/`; `by_hand`, where
    it exists, takes the same arrays as NumPy and returns the tuple of gradients of the parameters.
    A head that is not a scalar is differentiated with a head gradient of ones.
    """

    name = ""
    tolerance = 2e-4  # largest error allowed, as a share of the largest gradient
    slow = False  # left out by --quick
    threaded = False  # also run with two threads, where it is large enough to be shared out
    way = "interleaved"  # or "phases": whole, in fresh processes, by `measure`; or a name the runner knows
    left_out: ClassVar = {}  # library: why it does not take part
    remark = ""  # what the figures do not say by themselves
    by_hand = None

    def inputs(self):
        """The parameters and the data, two tuples of NumPy arrays; equal in every process."""
        raise NotImplementedError

    def loss(self, lib, *arrays):
        raise NotImplementedError

    def gradients(self, lib):
        """The gradients as NumPy arrays, of the second of two steps, so that an accumulated one shows."""
        step = lib.step(self)
        step()
        return [lib.to_numpy(gradient) for gradient in step()]

    def loop(self, lib):
        """A function that runs the workload as often as it is told, and how many units of it one turn is."""
        step = lib.step(self)

        def run(times):
            for _ in repeat(None, times):
                step()

        return run, 1


def arrays(random, *shapes, scale=1.0):
    """Normal float32 arrays of the given shapes."""
    return tuple((random.standard_normal(shape) * scale).astype("float32") for shape in shapes)
