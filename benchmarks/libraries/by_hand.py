"""NumPy, gradients written by hand."""

from __future__ import annotations

import functools

import numpy

from ._base import Library


class NumPy(Library):
    """Calls a workload's `by_hand` where the others differentiate its `loss`."""

    np, version = numpy, numpy.__version__

    def constant(self, array):
        return array

    def step(self, workload):
        params, data = workload.inputs()
        return functools.partial(workload.by_hand, *params, *data)

    def recorded(self, function, *args):
        return function(*args), None
