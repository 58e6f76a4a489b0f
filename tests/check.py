"""Checks that tests share: values by dtype; mxlite.test_utils does the comparing, of derivatives too.

A `Call` is an operator (or any function of arrays) with its arguments; `inputs` names the places of the arrays that
vary. Everything is seeded: a failure comes again.
"""

import sysconfig

import numpy
import pytest

from mxlite import autograd
from mxlite._array import NDArray, ndarray
from mxlite._derivatives import TOLERANCE as DERIVATIVES
from mxlite._derivatives import array, check_first, check_recorded, directions, floats, variables
from mxlite._derivatives import check_higher as check_orders
from mxlite._derivatives import pull as pull_back
from mxlite._engine.operators import TapeArray
from mxlite._engine.operators import raw as raw_of
from mxlite.test_utils import assert_almost_equal, check_gradients

needs_lock = pytest.mark.skipif(bool(sysconfig.get_config_var("Py_GIL_DISABLED")), reason=(
    "built for threads without the interpreter's lock, the engine computes results at once and keeps none for reuse"))

# (relative to the largest value, absolute) by dtype.
TOLERANCE = {"float64": (1e-12, 1e-14), "float32": (2e-6, 1e-7), "float16": (4e-3, 1e-3)}


def close(actual, expected, kind, what="", loose=None):
    """Asserts that two arrays have one shape and agree within TOLERANCE[kind]; nan and inf must be in one place."""
    actual, expected = (numpy.asarray(raw_of(v) if isinstance(v, TapeArray) else v) for v in (actual, expected))
    assert actual.shape == expected.shape, f"{what}: shape {actual.shape}, expected {expected.shape}"
    relative, absolute = TOLERANCE[kind]
    relative = loose.get(kind, relative) if loose else relative
    largest = numpy.abs(expected, where=numpy.isfinite(expected), out=numpy.zeros(expected.shape)).max(initial=0)
    assert_almost_equal(actual, expected, 0, absolute + relative * largest, (what, "expected"), equal_nan=True)


class Call:
    """A function with arguments. A place is a key: an argument's position or keyword, or (key, index) in a list."""

    def __init__(self, function, args, kwargs, places):
        self.function, self.args, self.kwargs, self.places = function, args, kwargs, tuple(places)

    def point(self, dtype="float64"):
        """The arrays at the places."""
        return [numpy.array(self._get(p), dtype=dtype) for p in self.places]

    def _get(self, place):
        key, inner = place if isinstance(place, tuple) else (place, None)
        value = self.kwargs[key] if isinstance(key, str) else self.args[key]
        return value if inner is None else value[inner]

    def __call__(self, *arrays):
        """The function's results, a list, with `arrays` at the places."""
        result = self.whole(*arrays)
        return list(result) if isinstance(result, list | tuple) else [result]

    def whole(self, *arrays):
        """The function's result as it is."""
        args, kwargs = list(self.args), dict(self.kwargs)
        for place, value in zip(self.places, arrays, strict=True):
            key, inner = place if isinstance(place, tuple) else (place, None)
            target = kwargs if isinstance(key, str) else args
            if inner is None:
                target[key] = value
            else:
                target[key] = list(target[key])
                target[key][inner] = value
        return self.function(*args, **kwargs)


def gradients(call, arrays, heads=None, cls=ndarray, seed=7):
    """Gradients (NumPy) of sum(heads * results) at `arrays` by backward; zeros where nothing is reached."""
    xs = variables(arrays, cls)
    with autograd.record():
        results = call(*xs)
    pull(results, heads, seed)
    return [x.grad.asnumpy() for x in xs]


def pull(results, heads=None, seed=7):
    """Backward from the recorded ones among the results, with one head gradient each (by default random)."""
    pull_back(results, directions([r.shape for r in results], seed) if heads is None else heads)


def _loosened(loose):
    """TOLERANCE's pairs of `_derivatives` with the relative parts that a sample gives."""
    return {kind: (loose[kind], absolute) for kind, (_, absolute) in DERIVATIVES.items() if kind in (loose or {})}


def check_grad(call, loose=None, what="gradient"):
    """First derivatives of every input alone and of all together against central differences, in float64."""
    check_first(call, call.point(), loose=_loosened(loose), what=what)


def tracked_equals_plain(call, what="gradient"):
    """The gradient by create_graph equals the plain one."""
    check_recorded(call, call.point(), what=what)


def check_higher(call, order=2, loose=None, what="derivative"):
    """Derivatives of orders 2..order, of the inputs and the head gradients, against differences of the order below."""
    check_orders(call, call.point(), order, loose=_loosened(loose), what=what)


def check_function(function, *arrays, order=2):
    """Gradient, recorded gradient and higher derivatives of a function of float64 arrays."""
    check_gradients(function, arrays, order)


__all__ = [
    "TOLERANCE", "Call", "NDArray", "array", "check_function", "check_grad", "check_higher", "close", "directions",
    "floats", "gradients", "ndarray", "needs_lock", "pull", "tracked_equals_plain", "variables",
]
