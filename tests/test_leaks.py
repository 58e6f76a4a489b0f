"""Counts that must not grow: memory blocks of the interpreter, the engine's pool, objects by type, references.

What leaks, leaks in every window of steps, while a cache that fills or a table that grows costs one of them. The cyclic
collector is off. tests/tools/leaks.py runs the same steps for longer and looks at the resident memory.
"""

import collections
import gc
import statistics
import sys

import numpy
import pytest
from check import array

from mxlite import autograd, np, npx
from mxlite._engine.storage import cache_size, empty_cache
from mxlite._errors import MXNetError

pytestmark = pytest.mark.thread_unsafe(reason="counts what the whole process holds")

WINDOWS, STEPS = 5, 10


@pytest.fixture(autouse=True)
def _collector_off():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


class Scaled(autograd.Function):
    """Saves its input; backward calls what it was given."""

    def __init__(self, during=None):
        super().__init__()
        self.during = during

    def forward(self, x):
        self.save_for_backward(x)
        return x * 2.0

    def backward(self, g):
        x, = self.saved_tensors
        if self.during is not None:
            self.during()
        return g * 2.0 + 0.0 * x


class Parameters:
    """The variables of a step. Two are large, so that pooled memory and fused sweeps take part."""

    def __init__(self):
        rng = numpy.random.default_rng(0)
        self.x = array(rng.uniform(0.5, 1.5, (4, 6)))
        self.w = array(rng.uniform(0.5, 1.5, (6, 5)))
        self.b = array(rng.uniform(0.5, 1.5, 5))
        self.large = array(rng.uniform(0.5, 1.5, (20, 600)))
        for v in self.variables():
            v.attach_grad()

    def variables(self):
        return self.w, self.b, self.large


def forward(p, during=None):
    """A loss that passes every kind of node; `during` is called in the middle of its sweep."""
    h = np.tanh(np.dot(p.x, p.w) + p.b)
    h = Scaled(during)(h) / (1.0 + h * h)
    a, b = np.split(np.concatenate([h, h[::-1]], axis=0), 2, axis=0)
    h = np.where(a > b, a, b * 0.5) + npx.softmax(a, axis=-1)
    big = p.large * p.large + np.sin(p.large) * 0.5
    big = big / (1.0 + big * big)
    return (h * h).mean() + big.sum() * 1e-3 + p.large[3:5, ::7].max()


def trained(p):
    with autograd.record():
        loss = forward(p)
    loss.backward()
    for v in p.variables():
        v -= 1e-3 * v.grad


def unswept(p):
    with autograd.record():
        forward(p)


def second_order(p):
    with autograd.record():
        loss = forward(p)
        g = autograd.grad(loss, [p.b], create_graph=True)[0]
        again = (g * g).sum()
    again.backward()


def raising_in_record(p):
    with pytest.raises(MXNetError), autograd.record():
        forward(p) + np.ones(3) + np.ones(4)


def raising(error):
    def fail():
        raise error
    return fail


def raising_in_the_sweep(p):
    for error in (ZeroDivisionError, KeyboardInterrupt, GeneratorExit, MemoryError):
        with autograd.record():
            loss = forward(p, raising(error))
        for run in (loss.backward, lambda loss=loss: autograd.grad(loss, [p.w, p.large]),
                    lambda loss=loss: autograd.grad(loss, [p.b], create_graph=True)):
            try:
                run()
            except error:
                continue
            raise AssertionError
        assert not autograd.is_recording()


def raising_at_two_places(p):
    """The sweep of a Function's backward fails inside the sweep that called it."""
    def inner():
        with autograd.record():
            loss = forward(p, raising(KeyboardInterrupt))
        loss.backward()

    with autograd.record():
        loss = forward(p, inner)
    try:
        loss.backward()
    except KeyboardInterrupt:
        return
    raise AssertionError


def swept_while_swept(p):
    """A second sweep of a tape under way is refused."""
    loss = None

    def again():
        loss.backward()

    with autograd.record():
        loss = forward(p, again)
    try:
        loss.backward()
    except MXNetError:
        pass
    else:
        raise AssertionError
    del again       # names `loss`, whose node names it: a cycle of this test's own making
    loss = None


def refused_before_the_sweep(p):
    with autograd.record():
        loss = forward(p)
    p.x[:] = p.x
    try:
        loss.backward()
    except MXNetError:
        return
    raise AssertionError


CASES = [trained, unswept, second_order, raising_in_record, raising_in_the_sweep, raising_at_two_places,
         swept_while_swept, refused_before_the_sweep]


def flat(grown):
    """Whether nothing is left behind: most windows cost nothing."""
    return statistics.median(grown) <= 0


def live_arrays():
    """How many arrays there are, and a constant: each holds its class, and the collector does not know them."""
    return sys.getrefcount(np.ndarray)


def tidy():
    """Empties the interpreter's free lists and its cache of attribute names; the number of objects in cycles."""
    found = gc.collect()
    (getattr(sys, "_clear_internal_caches", None) or sys._clear_type_cache)()
    return found


def windows(step, measure):
    """What `measure` grows by in each of several windows of steps, which leave no cyclic garbage.

    What is kept for reuse has had as many windows before to come to its bound, if it is that which is measured.
    """
    p = Parameters()
    step(p)
    tidy()
    found = []
    for k in range(2 * WINDOWS if measure is cache_size else WINDOWS):
        if measure is not cache_size:
            empty_cache()
        before = measure()
        for _ in range(STEPS):
            step(p)
        assert tidy() == 0
        if measure is not cache_size:
            empty_cache()
        if k >= WINDOWS or measure is not cache_size:
            found.append(measure() - before)
    return found


# What the interpreter counts; a debug build counts references too, and one that uses malloc counts no blocks.
MEASURES = {name: measure for name, measure in {
    "blocks": sys.getallocatedblocks, "references": getattr(sys, "gettotalrefcount", int), "pool": cache_size,
}.items() if measure is cache_size or measure()}


@pytest.mark.parametrize("step", CASES, ids=lambda s: s.__name__)
@pytest.mark.parametrize("measure", MEASURES)
def test_counts_are_flat(measure, step):
    empty_cache()
    grown = windows(step, MEASURES[measure])
    assert flat(grown), grown


@pytest.mark.parametrize("step", CASES, ids=lambda s: s.__name__)
def test_objects_are_flat(step):
    """In some window no type comes to have more instances."""
    counts = [collections.Counter() for _ in range(2 * WINDOWS)]
    unused = iter(counts)

    def count():
        next(unused).update([type(o).__name__ for o in gc.get_objects()], array=live_arrays())
        return 0

    windows(step, count)
    grown = [after - before for before, after in zip(counts[::2], counts[1::2], strict=True)]
    assert flat(map(len, grown)), grown


def test_a_swept_graph_of_each_length_is_gone():
    """Long and wide graphs, dropped by a sweep or without one, leave nothing."""
    x = array(numpy.ones(3))
    x.attach_grad()

    def long(n):
        with autograd.record():
            y = x
            for k in range(n):
                y = y + x if k % 2 else y * 0.5
        return y

    def wide(n):
        with autograd.record():
            return np.concatenate([x * float(k) for k in range(n)]).sum()

    for make in (long, wide):
        for finish in (lambda y: None, lambda y: y.backward(), lambda y: y.backward(retain_graph=True)):
            grown = []
            for _ in range(4):
                empty_cache()
                before = sys.getallocatedblocks()
                for n in (1, 10, 500):
                    finish(make(n))
                assert tidy() == 0
                empty_cache()
                grown.append(sys.getallocatedblocks() - before)
            assert flat(grown), grown
