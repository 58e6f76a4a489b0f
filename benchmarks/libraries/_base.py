"""What the libraries have in common."""

from __future__ import annotations

import functools

import numpy


class Library:
    """How a library holds an array, runs a workload's function, and hands over gradients.

    A step ends when its gradients can be read: a library that computes behind the caller's back is waited for.
    Besides `np`, its NumPy-like namespace, it has its own idiom for a linear layer and, where workloads ask for them,
    `relu`, `sigmoid`, `cross_entropy`, `conv`, `average_pool`, and `scope`, which makes a recording scope.
    """

    def constant(self, array):
        raise NotImplementedError

    def variable(self, array):
        return self.constant(array)

    def to_numpy(self, array):
        return numpy.asarray(array)

    def wait(self, array):
        """Returns when `array` has been computed."""

    def prepared(self, workload):
        """The parameters, and the function of no further arguments that computes the head."""
        params, data = workload.inputs()
        params = [self.variable(array) for array in params]
        arrays = [*params, *(self.constant(array) for array in data)]
        return params, functools.partial(workload.loss, self, *arrays)

    def step(self, workload):
        """A function of no arguments: one forward and backward pass, returning the gradients of the parameters."""
        raise NotImplementedError

    def recorded(self, function, *args):
        """`function(*args)` recorded with respect to the first argument, and a function that sweeps to its gradient."""
        raise NotImplementedError

    def linear(self, x, w, b):
        return x @ w + b
