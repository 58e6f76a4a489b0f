"""How a program runs on mxlite, in several ways. Each gives an outcome; see differences.py.

Where leaves are overwritten the outcome has a fourth part: what they have to hold at the end.
"""
import functools
import re
from dataclasses import replace

import numpy

from fuzz.differences import Frozen, aftermath, derivative
from fuzz.programs import execute, namespace, reached, settled
from mxlite import autograd, np, npx
from mxlite.base import MXNetError

WAYS = {
    "backward": "recorded and swept (twice where a leaf adds up); heads are read at once, other values afterwards",
    "variables": "autograd.grad; nothing but heads and leaves is kept, and the heads are read last",
    "graph": "autograd.grad with create_graph: the recorded sweep",
    "retained": "swept twice through one graph, heads are read last",
    "overwritten": "the leaves are overwritten before backward, which raises or gives the recorded gradient",
    "written": "the same with the program's own writes, some of them through views and to results",
}


class Recorded:
    """A program that has been recorded: its values, and the marks among them."""

    def __init__(self, program, grad_reqs=None):
        self.values = {n: np.array(v, dtype=v.dtype) for n, v in program.leaves.items()}
        self.marked = {}
        scope = namespace(np=np, npx=npx, stop=lambda v: v.detach(), mark=self.mark)
        reqs = {n: r if grad_reqs is None else grad_reqs for n, r in program.grad_req.items()}
        early = len(program.lines) % 2      # gradients are attached before the first writes, or after them
        for name in (n for n in reqs if early and n in program.leaves):
            self.values[name].attach_grad(reqs[name])
        execute(program.before, scope, self.values)
        for name in (n for n in reqs if not (early and n in program.leaves)):
            self.values[name].attach_grad(reqs[name])
        self.leaves = dict(self.values)
        self.record = functools.partial(execute, program.lines, scope)
        with autograd.record():
            self.record(self.values)
        self.heads = [self.values[h] for h in program.heads]
        self.head_grads = [None if g is None else np.array(g, dtype=g.dtype) for g in program.head_grads]
        self.after = functools.partial(execute, program.after, scope)

    def mark(self, name, value):
        """attach_grad on a value in the graph."""
        value.attach_grad()
        self.marked[name] = value
        return value

    def variable(self, name):
        """A leaf or a mark."""
        return self.marked[name] if name in self.marked else self.leaves[name]

    def given(self):
        """Head gradients without None."""
        return [np.ones_like(h) if g is None else g for h, g in zip(self.heads, self.head_grads, strict=True)]

    def read(self):
        """The heads' values."""
        return [h.asnumpy() for h in self.heads]


def run(program, way):
    """The outcome of a program in one of WAYS."""
    live = reached(program)
    if way in ("variables", "graph"):
        return _variables(program, live, way)
    if way in ("overwritten", "written"):
        return _overwritten(program, live, way)
    recorded = Recorded(program)
    found = recorded.read() if way == "backward" else None
    autograd.backward(recorded.heads, recorded.head_grads, retain_graph=way == "retained")
    if way == "retained":
        autograd.backward(recorded.heads, recorded.head_grads)
        found = recorded.read()
    elif "add" in program.grad_req.values():
        again = dict(recorded.leaves)
        with autograd.record():
            recorded.record(again)
        autograd.backward([again[h] for h in program.heads], recorded.head_grads)
    grads = {n: recorded.variable(n).grad.asnumpy() for n in live}
    return found, grads, {n: v.asnumpy() for n, v in recorded.values.items()}


def _variables(program, live, way):
    recorded = Recorded(program, "write")
    found = recorded.read() if way == "graph" else None
    recorded.values.clear()
    grads = autograd.grad(recorded.heads, [recorded.variable(n) for n in live], head_grads=recorded.given(),
                          create_graph=way == "graph", retain_graph=way == "graph")
    grads = {n: g.asnumpy() * g.dtype.type(program.times(n)) for n, g in zip(live, grads, strict=True)}
    return found or recorded.read(), grads, {}


def _overwritten(program, live, way):
    if way == "overwritten":
        names = settled(program).leaves
        program = replace(program, after=tuple(f"{n}[...] = 7.5" for n in names))
    intact, left = aftermath(program)
    recorded = Recorded(program)
    recorded.after(recorded.values)
    try:
        autograd.backward(recorded.heads, recorded.head_grads)
        grads = {n: recorded.variable(n).grad for n in live}
        grads = {n: g.asnumpy() * g.dtype.type(program.times(n)) for n, g in grads.items()}
    except MXNetError as error:
        if "overwritten" not in str(error):
            raise
        grads = {}
    found = [v if h in intact else None for h, v in zip(program.heads, recorded.read(), strict=True)]
    return found, grads, {n: recorded.leaves[n].asnumpy() for n in left}, left


# Where such an operator is at its kink its derivative is a convention, and a second one no limit of differences, even
# if what surrounds it makes the whole smooth, as |u| of u = x * x at 0 is. Differences have no opinion there if the
# formulas agree with them just beside.
KINKED = re.compile(
    r"[<>]|\b(?:abs|absolute|fabs|sign|relu|leaky_relu|maximum|minimum|fmax|fmin|clip|max|min|std|norm)\b")
BESIDE = 1e-4


def second(program, seed=0):
    """({leaf: d/dleaf sum(c * gradient)} by mxlite, the same by central differences of mxlite's gradients)."""
    live = [n for n in reached(program) if n in program.leaves]
    rng = numpy.random.default_rng(seed)
    weights = {n: rng.uniform(-1, 1, program.leaves[n].shape) for n in live}
    moved = {n: v.astype("float64") for n, v in program.leaves.items()}
    frozen = Frozen()

    def stop(value):
        return np.array(frozen.stop(value.asnumpy()), dtype="float64")

    def gradients(again=False):
        frozen.at = 0
        scope = namespace(np=np, npx=npx, stop=stop, mark=lambda name, value: stop(value))
        leaves = {n: np.array(v, dtype="float64") for n, v in moved.items()}
        for leaf in leaves.values():
            leaf.attach_grad()
        values = dict(leaves)
        with autograd.record():
            execute(program.lines, scope, values)
            # + 0: heads may be off the tape once marks are constants, and gradients of what is linear are
            heads = [values[h] + sum(np.sum(leaves[n]) * 0 for n in live) for h in program.heads]
            given = [np.ones_like(h) if g is None else np.array(g, dtype="float64")
                     for h, g in zip(heads, program.head_grads, strict=True)]
            grads = autograd.grad(heads, [leaves[n] for n in live], head_grads=given, create_graph=True)
            total = sum(np.sum(g * np.array(weights[n], dtype="float64") + 0 * leaves[n])
                        for n, g in zip(live, grads, strict=True))
        frozen.known = True
        if not again:
            return float(total)
        total.backward()
        return {n: leaves[n].grad.asnumpy() for n in live}

    if not live:
        return {}, {}
    exact = gradients(again=True)
    middle = gradients()
    numeric = {}
    for name in live:
        numeric[name] = numpy.full(moved[name].shape, numpy.nan)
        for at in numpy.ndindex(moved[name].shape):
            numeric[name][at] = derivative(gradients, middle, moved[name], at, float(exact[name][at]), 1e-7)
    if any(KINKED.search(line) for line in program.lines):
        for name in live:
            for at in numpy.ndindex(moved[name].shape):
                if not _apart(exact[name][at], numeric[name][at]):
                    continue
                kept = moved[name][at]
                moved[name][at] = kept + BESIDE
                if not _apart(gradients(again=True)[name][at], numeric[name][at]):
                    numeric[name][at] = numpy.nan
                moved[name][at] = kept
    return exact, numeric


def _apart(a, b):
    return numpy.abs(a - b) > 1e-2 * numpy.abs(b) + 1e-7
