"""Nothing grows: objects of the engine die when their last reference does, without the cyclic collector.

Counted with weak references, the pool and NumPy's own bookkeeping of traced memory; the collector is off throughout.
"""

import gc
import sys
import tracemalloc
import weakref

import numpy
import pytest
from check import array

from mxlite import autograd
from mxlite._engine.storage import cache_size, empty_cache, set_cache_limit
from mxlite._errors import MXNetError

pytestmark = pytest.mark.thread_unsafe(reason="counts what the whole process holds, with its collector off")


@pytest.fixture(autouse=True)
def _collector_off():
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def variable(values, grad_req="write"):
    x = array(numpy.array(values, dtype="float64"))
    x.attach_grad(grad_req)
    return x


class Double(autograd.Function):
    """Saves its input and output."""

    def forward(self, x):
        y = x * 2.0
        self.save_for_backward(x, y)
        return y

    def backward(self, g):
        return g * 2.0


class Broken(Double):
    """Raises in backward."""

    def backward(self, g):
        raise ZeroDivisionError


class Pair(autograd.Function):
    """Two results, of which often one is used."""

    def forward(self, x):
        self.save_for_backward(x)
        return x * 1.0, x * 2.0

    def backward(self, g, h):
        return g + h * 2.0


def forward(x, w):
    y = x * w + x / (w * w + 1.0)
    y = Double()(y) - y[::-1]
    a, b = Pair()(y)
    return (a * y.astype("float32").astype("float64"))[1:] * b[:1] ** 2


def swept(x, w):
    with autograd.record():
        y = forward(x, w)
    y.backward()


def unswept(x, w):
    with autograd.record():
        forward(x, w)


def retained(x, w):
    with autograd.record():
        y = forward(x, w)
    y.backward(retain_graph=True)
    y.backward()


def higher(x, w):
    with autograd.record():
        y = forward(x, w)
        g = autograd.grad(y, [x, w], create_graph=True)
        h = autograd.grad(g[0], [w], create_graph=True)[0]
    h.backward()


HEAD, UNFIT = array(numpy.ones(2)), array(numpy.ones(17))


def several_heads(x, w):
    with autograd.record():
        y = forward(x, w)
        z = forward(w, x)
    autograd.backward([y, z, x], [None, HEAD, None])


def gradients(x, w):
    with autograd.record():
        y = forward(x, w)
    autograd.grad(y, [x, w])


def raising_in_forward(x, w):
    with autograd.record():
        y = forward(x, w)
        try:
            y + UNFIT
        except MXNetError:
            pass


def raising_in_backward(x, w):
    with autograd.record():
        y = Broken()(forward(x, w)) * 2.0
    for run in (y.backward, lambda: autograd.grad(y, [x]), lambda: autograd.grad(y, [x], create_graph=True)):
        try:
            run()
        except ZeroDivisionError:
            continue
        raise AssertionError


def noticed_mutation(x, w):
    with autograd.record():
        y = forward(x, w)
    w[:] = 1.5
    try:
        y.backward()
    except MXNetError:
        return
    raise AssertionError


def intermediates(x, w):
    with autograd.record():
        y = x * w
        autograd.retain_grad(y)
        z = y * y
        z.attach_grad()
        v = z * x
    v.backward()
    w.attach_grad()


def functional(x, w):
    autograd.value_and_grad(lambda a: (a * a)[0])(x)
    autograd.hessian(lambda a: (a * a * a)[0])(x)
    autograd.vjp(lambda a, b: a * b, x, w)[1]()


STEPS = [swept, unswept, retained, higher, several_heads, gradients, raising_in_forward, raising_in_backward,
         noticed_mutation, intermediates, functional]


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.__name__)
def test_traced_memory_is_flat(step):
    """Steps leave no cyclic garbage and hold nothing: a leak of one object grows every window, a cache only some."""
    x, w = variable([1.0, 2, 3]), variable([0.5, 1, 2])
    for _ in range(100):
        step(x, w)
    gc.collect()
    tracemalloc.start()
    try:
        sizes = []
        for _ in range(7):
            for _ in range(50):
                step(x, w)
            assert gc.collect() == 0
            (getattr(sys, "_clear_internal_caches", None) or sys._clear_type_cache)()     # of attribute names
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert min(numpy.diff(sizes)) < 50 * 32, sizes


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.__name__)
def test_arrays_die_with_their_last_name(step, monkeypatch):
    """Every array that a step makes is gone when the step returns."""
    made = []

    def watched(function):
        def call(*args):
            result = function(*args)
            for r in result if isinstance(result, tuple) else (result,):
                made.append(weakref.ref(r))
            return result
        return call

    monkeypatch.setattr(sys.modules[__name__], "forward", watched(forward))
    x, w = variable([1.0, 2, 3]), variable([0.5, 1, 2])
    step(x, w)
    assert not [r for r in made if r() is not None]


def test_references_to_operands_are_given_back():
    x, w = variable([1.0, 2, 3]), variable([0.5, 1, 2])
    objects = [x, w, x.grad, w.grad]
    for step in STEPS[:9]:
        step(x, w)
        before = [sys.getrefcount(o) for o in objects]
        for _ in range(10):
            step(x, w)
        assert [sys.getrefcount(o) for o in objects] == before, step.__name__


def test_flags_and_singletons_keep_their_counts(request):
    """Counts of objects that every step touches do not drift (where counts are kept at all)."""
    x, w = variable([1.0, 2, 3]), variable([0.5, 1, 2])
    touched = [(), "", numpy.float64, numpy.dtype("float64"), type(x), Double, numpy.add, numpy.ndarray]
    empty_cache()                            # of arrays kept for reuse, which hold their dtype
    limit = set_cache_limit(0)
    request.addfinalizer(lambda: set_cache_limit(limit))
    for step in STEPS:
        step(x, w)
        before = [sys.getrefcount(o) for o in touched]
        for _ in range(40):
            step(x, w)
        after = [sys.getrefcount(o) for o in touched]
        assert all(abs(b - a) < 20 for a, b in zip(before, after, strict=True)), (step.__name__, before, after)


def test_large_buffers_come_back_as_the_sweep_passes():
    """A swept chain has given its results back by the time backward returns; an unswept one when it is dropped."""
    n = 100_000
    limit = set_cache_limit(1 << 30)
    try:
        x = variable(numpy.ones(n))
        for drop in (False, True):
            empty_cache()
            with autograd.record():
                y = x
                for _ in range(20):
                    y = y * y.detach()
            assert cache_size() == 0
            if drop:
                del y
            else:
                y.backward()
            assert cache_size() >= 8 * n * 19
    finally:
        set_cache_limit(limit)
        empty_cache()


def test_an_array_does_not_keep_its_graph_alive_after_backward():
    x = variable([1.0])
    with autograd.record():
        middle = x * 2.0
        seen = weakref.ref(middle)
        y = middle * middle
    del middle
    assert seen() is not None or y is not None
    y.backward()
    assert seen() is None


def test_no_cycles():
    """An output that its own formula names does not keep itself alive."""
    x = variable([1.0, 2])
    with autograd.record():
        y = x / array(numpy.array([2.0, 4.0]))
        z = 1.0 / y
    seen = weakref.ref(y), weakref.ref(z)
    del y, z
    assert seen[0]() is None
    assert seen[1]() is None
