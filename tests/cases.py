"""The samples of every operator, ready to be called: what tests/test_every_op.py and others are parametrized with."""

import importlib
import pkgutil

import numpy
import pytest
from check import Call, array, ndarray
from samples import all_errors, all_samples

import mxlite
import mxlite._ops
from mxlite import autograd
from mxlite._engine.inspect import node_of
from mxlite._engine.operators import from_raw, is_tracked
from mxlite._op import registry
from mxlite._ops import load_all

load_all()      # the registry is to hold every operator

for _module in pkgutil.iter_modules(mxlite._ops.__path__):
    importlib.import_module(f"mxlite._ops.{_module.name}")

SAMPLES, ERRORS = all_samples(), all_errors()
if _without := sorted(set(registry) - set(SAMPLES)):
    raise LookupError(f"operators without samples: {', '.join(_without)}; add some to a module of tests/samples")
if _unknown := sorted((set(SAMPLES) | set(ERRORS)) - set(registry)):
    raise LookupError(f"samples of what is no operator: {', '.join(_unknown)}")


class Case:
    """A sample of an operator, with its arrays named by place."""

    def __init__(self, name, sample):
        self.name, self.sample, self.registration = name, sample, registry[name]
        self.op, self.entry = self.registration.op, self.registration.entry
        self.public = bool(self.registration.np or self.registration.npx or self.registration.nd)
        self.arrays = [p for p, v in self._places() if isinstance(v, numpy.ndarray)]
        self.tested = [p for p, v in self._places() if isinstance(v, numpy.ndarray) and v.dtype == numpy.float64]
        formulas = {k for f in self.op.formulas for k in f.targets}
        self.wrt = [p for p in self.tested if self.position(p) in formulas
                    and (sample.wrt is None or self.op.params[self.position(p)] in sample.wrt)]
        self.order = sample.order if self.wrt else 0
        if sample.order < 2 and self.op.differentiable and not sample.why:
            raise ValueError(f"{name}: a sample with fewer than two orders of derivatives says why")

    def _places(self):
        for key, value in [*enumerate(self.sample.args), *self.sample.kwargs.items()]:
            if self.position(key) == self.op.variadic and isinstance(value, list | tuple):
                yield from (((key, k), v) for k, v in enumerate(value))
            else:
                yield key, value

    def position(self, place):
        """The position among the operator's parameters that a place belongs to."""
        key = place[0] if isinstance(place, tuple) else place
        if self.op.star and isinstance(key, int):
            return 0
        return key if isinstance(key, int) else self.op.positions.get(self.op.aliases.get(key, key), -1)

    def call(self, places, function=None):
        """The operator as a function of the arrays at some places; the other arrays are constants."""
        return Call(function or self.run, self.sample.args, self.sample.kwargs, places)

    def run(self, *args, **kwargs):
        """The operator with constant NumPy arrays turned into mxlite arrays."""
        mxlite.random.seed(1)          # an operator that draws draws the same numbers at every call
        return self.entry(*map(self._wrapped, range(len(args)), args),
                          **{key: self._wrapped(key, value) for key, value in kwargs.items()})

    def _wrapped(self, key, value):
        if isinstance(value, numpy.ndarray):
            return array(value, self.cls)
        if self.position(key) == self.op.variadic and isinstance(value, list | tuple):
            return [array(v, self.cls) if isinstance(v, numpy.ndarray) else v for v in value]
        return value

    cls = ndarray

    def values(self, dtype, cls=ndarray, layout=numpy.array):
        """The operator's arrays in a dtype, as arrays of a class, and its results."""
        self.cls = cls
        call = self.call(self.arrays)
        raw = [call._get(p).astype(dtype) if p in self.tested else call._get(p) for p in self.arrays]
        inputs = [from_raw(layout(x), cls) for x in raw]
        try:
            return raw, inputs, call(*inputs)
        finally:
            self.cls = ndarray

    def expected(self, raw):
        """The reference's results for the arrays of a dtype, computed in float64 from exactly these values."""
        reference = self.sample.reference or (self.registration.numpy or (self.op.function,))[0]
        wide = [x.astype(numpy.float64) if p in self.tested else x for p, x in zip(self.arrays, raw, strict=True)]
        with numpy.errstate(all="ignore"):
            return self.call(self.arrays, reference)(*wide)


CASES = [Case(name, sample) for name in sorted(SAMPLES) for sample in SAMPLES[name]]


def params(cases):
    """pytest's parameters for cases, with readable names."""
    return [pytest.param(c, id=f"{c.name}-{c.sample.label or k}") for k, c in enumerate(cases)]


def recorded(case, places=None, dtype="float64"):
    """Inputs with gradients at `places` (default: all that are differentiated) and the results, under record."""
    places = case.wrt if places is None else places
    call = case.call(case.arrays)
    inputs = {p: array(call._get(p).astype(dtype) if p in case.tested else call._get(p)) for p in case.arrays}
    for p in places:
        inputs[p].attach_grad()
    with autograd.record():
        results = call(*[inputs[p] for p in case.arrays])
    return inputs, results


def call_node(results):
    """The node of the operator itself; of several outputs, what they come from."""
    node = next(node_of(r) for r in results if is_tracked(r))
    return node.parents[0] if node.label.startswith("output ") else node
