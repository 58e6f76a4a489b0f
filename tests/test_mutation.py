"""Overwriting what backward needs: it raises MutationError, or the gradient is that of the recorded values.

Driven by the registry: every array that an operator takes or gives, each part of a list for itself, is overwritten in
every way there is, before backward, between two sweeps of a retained graph, before a recorded sweep and after it.
"""

import numpy
import pytest
from cases import CASES, call_node, params, recorded
from check import array, close, directions, pull

from mxlite import autograd, np
from mxlite._engine.operators import is_tracked
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import MutationError
from mxlite._op import registry

differentiable = pytest.mark.parametrize("case", params([c for c in CASES if c.order >= 1]))
twice = pytest.mark.parametrize("case", params([c for c in CASES if c.order >= 2]))


def overwritten(x):
    """Ways to overwrite an array outside record with other values: (name, function)."""
    yield "whole", lambda a: a.__setitem__(slice(None), 9.0) if a.ndim else a.__setitem__((), 9.0)
    yield "view", lambda a: a.detach().__setitem__(Ellipsis, 9.0)
    yield "other class", lambda a: a.as_nd_ndarray().__setitem__(slice(None), 9.0)
    yield "copyto", lambda a: array(numpy.full(a.shape, 9, a.dtype), type(a)).copyto(a)
    yield "mask", lambda a: a.__setitem__(array(numpy.ones(a.shape, bool)), 9.0)
    if x.dtype.kind != "b":
        yield "in place", lambda a: a.__iadd__(1)
        yield "update", lambda a: a.__isub__(a * 2 + 1)
    if x.ndim:
        yield "slice", lambda a: a[:1].__setitem__(Ellipsis, 9.0)
        yield "slice of a slice", lambda a: a[:][:1].__setitem__(slice(None), 9.0)
        yield "element", lambda a: a.__setitem__((0,) * a.ndim, 9.0)
        yield "integers", lambda a: a.__setitem__(array(numpy.array([0])), 9.0)
    if x.dtype.kind == "f":
        yield "out", lambda a: registry["add"].entry(a, a + 1, out=a)
        yield "NumPy's out", lambda a: numpy.add(a, 1, out=a)
    if x.ndim == 2:
        yield "diagonal", lambda a: np.fill_diagonal(a, 9.0)


def saved_by(results):
    """The arrays that the operator's node keeps."""
    return [s for v in call_node(results).saved.values() for s in (v if isinstance(v, list) else [v]) if s is not None]


def arrays_of(inputs, results):
    return list(inputs.values()) + results


def gradient_of(case, inputs):
    return [inputs[p].grad.asnumpy() for p in case.wrt]


def right_gradient(case):
    inputs, results = recorded(case)
    pull(results)
    return gradient_of(case, inputs)


# One sample of every operator is overwritten in all ways, the others in some of them.
FIRST = {case.name: case for case in reversed(CASES) if case.order >= 1}


def places(case):
    """Per array that is not empty its number, and the ways to overwrite it."""
    inputs, results = recorded(case)
    for k, probe in enumerate(arrays_of(inputs, results)):
        ways = list(overwritten(probe))
        if probe.size:
            yield k, ways if case is FIRST[case.name] else ways[k % 3::3]


def agrees(found, right, what):
    for g, e in zip(found, right, strict=True):
        close(g, e, "float64", what, {"float64": 1e-10})


@differentiable
def test_before_backward(case):
    """What is saved raises, whichever way it was overwritten; what is not has no effect."""
    right = right_gradient(case)
    for k, ways in places(case):
        for how, write in ways:
            inputs, results = recorded(case)
            target = arrays_of(inputs, results)[k]
            kept = any(numpy.may_share_memory(raw_of(target), s) for s in saved_by(results))
            write(target)
            if kept:
                with pytest.raises(MutationError, match=case.name):
                    pull(results)
                assert not any(raw_of(inputs[p].grad).any() for p in case.wrt)
            else:
                pull(results)
                agrees(gradient_of(case, inputs), right, f"{case.name} after a write: {how}")


def heads_for(results, seed=7):
    """(recorded results, random head gradients)."""
    heads = directions([r.shape for r in results], seed)
    kept = [(r, array(h.astype(r.dtype))) for r, h in zip(results, heads, strict=True) if is_tracked(r)]
    return [r for r, _ in kept], [h for _, h in kept]


@differentiable
def test_between_two_sweeps(case):
    """The same for the second sweep of a graph that the first has retained."""
    right = right_gradient(case)
    for k, ways in places(case):
        how, write = ways[-1]
        inputs, results = recorded(case)
        heads = heads_for(results)
        autograd.backward(*heads, retain_graph=True)
        agrees(gradient_of(case, inputs), right, case.name)
        target = arrays_of(inputs, results)[k]
        kept = any(numpy.may_share_memory(raw_of(target), s) for s in saved_by(results))
        write(target)
        if kept:
            with pytest.raises(MutationError, match=case.name):
                autograd.backward(*heads)
        else:
            autograd.backward(*heads)
        agrees(gradient_of(case, inputs), right, f"{case.name} after a write: {how}")


@twice
def test_before_and_after_a_recorded_sweep(case):
    """A recorded sweep raises as the plain one does; what it records notices later writes in its turn."""
    def first(write=None, k=0):
        inputs, results = recorded(case)
        results, heads = heads_for(results)
        with autograd.record():
            anchors = [inputs[p] * 0.0 for p in case.wrt]       # so that every variable is reachable
        if write:
            write(arrays_of(inputs, list(results))[k])
        with autograd.record():
            return inputs, results, autograd.grad(
                results + anchors, [inputs[p] for p in case.wrt], heads + [a.detach() * 0 for a in anchors],
                create_graph=True)

    def second(inputs, gradients):
        weights = directions([g.shape for g in gradients], 11)
        pull(gradients, weights)
        return gradient_of(case, inputs)

    inputs, results, gradients = first()
    once = [g.asnumpy() for g in gradients]
    right = second(inputs, gradients)
    for k in range(len(inputs) + len(results)):
        target = arrays_of(inputs, results)[k]
        if not target.size:
            continue
        for how, write in list(overwritten(target))[:1]:
            try:
                found = first(write, k)[2]
            except MutationError:
                pass
            else:
                agrees([g.asnumpy() for g in found], once, f"{case.name} after a write: {how}")
            inputs, results, gradients = first()
            write(arrays_of(inputs, results)[k])
            agrees([g.asnumpy() for g in gradients], once, f"{case.name}, recorded, after a write: {how}")
            try:
                found = second(inputs, gradients)
            except MutationError:
                continue
            agrees(found, right, f"second derivative of {case.name} after a write: {how}")


# -- what is no operator's ---------------------------------------------------------------------------------------------
def variable(*values):
    x = array(numpy.array(values))
    x.attach_grad()
    return x


@pytest.mark.parametrize("n", [3, 300_000])
@pytest.mark.parametrize("f", [lambda x: x * x, np.tanh, lambda x: np.exp(x) * x, lambda x: np.sqrt(x) / (x + 1)])
def test_arrays_of_any_size(n, f):
    """Also those whose values are computed when they are read: an operand that is overwritten has been read before."""
    for write in (lambda x: x.__setitem__(slice(None), 9.0), lambda x: x.__iadd__(1), lambda x: x[1:2].__iadd__(1)):
        values = numpy.linspace(0.5, 2, n)
        x = variable(*values)
        with autograd.record():
            y = f(x)
        write(x)
        close(y, f(array(values)), "float64")
        try:
            y.backward()
        except MutationError:
            continue
        right = variable(*values)
        with autograd.record():
            f(right).backward()
        close(x.grad, right.grad, "float64")


def test_a_head_gradient_after_a_recorded_sweep():
    x, head = variable(1.0, 2.0), variable(3.0, 4.0)
    with autograd.record():
        g, = autograd.grad(x * x * x, [x], [head], create_graph=True)
    head[:] = 7.0
    numpy.testing.assert_array_equal(g.asnumpy(), [9, 48])
    with pytest.raises(MutationError):
        g.backward()
    x, plain = variable(1.0, 2.0), array(numpy.array([3.0, 4.0]))
    with autograd.record():
        g, = autograd.grad(x * x * x, [x], [plain], create_graph=True)
    plain[:] = 7.0
    try:
        g.backward()
    except MutationError:
        return
    numpy.testing.assert_array_equal(x.grad.asnumpy(), [18, 48])


class Cube(autograd.Function):
    """x ** 3 that saves its input, its output, or an array of its own, and keeps its head gradient."""

    def __init__(self, what):
        self.what = what

    def forward(self, x):
        y = x * x * x
        self.save_for_backward({"input": x, "output": y, "own": x * 1}[self.what])
        return y

    def backward(self, g):
        self.head = g
        saved, = self.saved_tensors
        return g * 3 * (np.cbrt(saved) ** 2 if self.what == "output" else saved * saved)


@pytest.mark.parametrize("what", ["input", "output", "own"])
@pytest.mark.parametrize("when", ["before backward", "between sweeps", "before a recorded sweep", "after it"])
def test_saved_tensors(what, when):
    for how in ("whole", "slice", "view", "update", "out"):
        x = variable(1.0, 2.0)
        function = Cube(what)
        with autograd.record():
            y = function(x)
        target = {"input": x, "output": y}.get(what, function.saved_tensors[0])
        write = dict(overwritten(target))[how]
        if when == "between sweeps":
            y.backward(retain_graph=True)
        if when == "after it":
            with autograd.record():
                g, = autograd.grad(y, [x], create_graph=True)
            write(target)
            close(g, numpy.array([3.0, 12.0]), "float64")
            if what == "own":               # a constant
                g.backward()
                close(x.grad, numpy.zeros(2), "float64")
            else:
                with pytest.raises(MutationError):
                    g.backward()
            continue
        write(target)
        with autograd.record(), pytest.raises(MutationError, match="Cube"):
            autograd.grad(y, [x], create_graph=when == "before a recorded sweep")


class Writes(autograd.Function):
    """Overwrites an array during the sweep."""

    def __init__(self, target):
        self.target = target

    def forward(self, x):
        return x * 1

    def backward(self, g):
        self.target[:] = 1
        return g


@pytest.mark.parametrize("n", [3, 300_000])
def test_during_the_sweep(n):
    """A Function's backward that overwrites what is still needed: the sweep is given up, no gradient is stored."""
    x = variable(*numpy.linspace(1, 2, n))
    scale = array(numpy.full(n, 2.0))
    with autograd.record():
        y = Writes(scale)(x * scale)
    with pytest.raises(MutationError, match="multiply"):
        y.backward()
    assert not x.grad.asnumpy().any()


def test_indices_during_the_sweep():
    """Indices that a derivative uses without looking at them once more are not to be changed under it, either."""
    x = variable(1.0, 2.0, 3.0)
    index = array(numpy.array([0, 2]))
    with autograd.record():
        y = Writes(index)(np.take(x, index))
    index_before = index.asnumpy()
    try:
        y.backward()
    except MutationError:
        assert not x.grad.asnumpy().any()
    else:
        expected = numpy.zeros(3)
        expected[index_before] = 1
        numpy.testing.assert_array_equal(x.grad.asnumpy(), expected)
