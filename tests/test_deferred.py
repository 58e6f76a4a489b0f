"""Large elementwise results are computed when they are read, with the values that their operands had at first."""

import gc
import threading
import time
import weakref

import numpy
import pytest
from check import array, needs_lock

from mxlite import autograd, nd, np, npx
from mxlite._engine.inspect import is_deferred, node_of
from mxlite._engine.storage import cache_size, empty_cache
from mxlite._engine.tape import set_eager
from mxlite._kernels import float32

N = 20_000


def ramp():
    """A new one for every test, and for every thread that runs the test."""
    return array(numpy.linspace(0.5, 1.5, N).astype("float32"))


@pytest.fixture
def eager():
    """A function that computes with deferral off."""
    def run(function):
        old = set_eager(True)
        try:
            return function()
        finally:
            set_eager(old)
    return run


def values(n=N, dtype="float32", seed=0):
    return numpy.random.RandomState(seed).uniform(0.5, 1.5, n).astype(dtype)


@needs_lock
def test_a_large_result_waits_until_it_is_read():
    x = ramp()
    y = x * 2.0
    assert is_deferred(y)
    assert (y.shape, y.dtype, y.size, y.ndim, len(y)) == ((N,), numpy.float32, N, 1, N)
    assert is_deferred(y)
    numpy.testing.assert_array_equal(y.asnumpy(), x.asnumpy() * 2)
    assert not is_deferred(y)


@pytest.mark.parametrize("read", [
    lambda y: y.asnumpy(), lambda y: y[3], lambda y: repr(y), lambda y: numpy.asarray(y), lambda y: y.sum(),
    lambda y: y.wait_to_read(), lambda y: y.reshape(2, -1), lambda y: memoryview(y), lambda y: y.copy(),
    lambda y: y.astype("float64"), lambda y: np.concatenate([y, y]), lambda y: y.tolist(), lambda y: y.detach()[:2],
], ids=range(13))
def test_whatever_reads_it_has_it_computed(read):
    x = ramp()
    y = np.exp(x) + 1.0
    read(y)
    assert not is_deferred(y)
    numpy.testing.assert_array_equal(y.asnumpy(), float32.exp(x.asnumpy()) + numpy.float32(1))


def test_what_is_not_deferred(eager):
    x = ramp()
    small = array(values(100))
    half = array(values().astype("float16"))
    whole = array(numpy.arange(N))
    view = x[:]
    for result in (small * 2.0, half * half, whole + whole, view * 2.0, x + x[:1], eager(lambda: x * 2.0)):
        assert not is_deferred(result)


def test_memory_that_others_write_is_read_at_once():
    x = ramp()
    shared = numpy.ones(N, "float32")
    y = np.from_dlpack(shared) * 2.0
    z = x * shared
    shared[:] = 7
    assert (y.asnumpy() == 2).all()
    numpy.testing.assert_array_equal(z.asnumpy(), x.asnumpy())
    before = x * 2.0
    capsule = npx.to_dlpack_for_write(x)
    assert not is_deferred(before)
    assert not is_deferred(x * 2.0)
    del capsule


PROGRAMS = {
    "chain": lambda x, w: np.tanh(x * w + 0.5) * x - w / 3.0,
    "reuse": lambda x, w: (x * w) * (x * w) + x * w,
    "square": lambda x, w: (lambda s: s * s * s)(x - w),
    "compare": lambda x, w: np.where(x > w, x * w, x - w) * (x < 1.0),
    "program": lambda x, w: npx.sigmoid(x) * npx.relu(w - 1.0) + npx.leaky_relu(x - 1.0, act_type="gelu"),
    "powers": lambda x, w: x ** 2 + 2.0 ** w + x ** w + (-x) % 0.3,
    "extremes": lambda x, w: np.maximum(x, w) - np.minimum(x, 1.0) + abs(x - w),
    "long": lambda x, w: _long(x, w),
    "many_operands": lambda x, w: _many(x, w),
}


def _long(x, w):
    for k in range(200):
        x = x * w * 0.9 + 0.1 * k / 200
    return x


def _many(x, w):
    total = x
    for k in range(12):
        total = total + array(values(seed=k).astype(x.dtype)) * w
    return total


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_bits_equal_those_of_computing_at_once(program, dtype, eager):
    """Values and gradients, whatever of them is read first."""
    a, b, head = values(dtype=dtype), values(dtype=dtype, seed=1), values(dtype=dtype, seed=2)

    def run(read_first):
        x, w = array(a), array(b)
        x.attach_grad()
        w.attach_grad()
        with autograd.record():
            y = PROGRAMS[program](x, w)
        got = y.asnumpy() if read_first else None
        y.backward(array(head))
        return (got if read_first else y.asnumpy()), x.grad.asnumpy(), w.grad.asnumpy()

    expected = eager(lambda: run(True))
    for read_first in (True, False):
        for got, want in zip(run(read_first), expected, strict=True):
            numpy.testing.assert_array_equal(got, want)


@needs_lock
def test_legacy_arrays_too():
    a = values()
    x = nd.array(a)
    y = (x * 2 + 1) / x
    assert is_deferred(y)
    z = x > 1                # numbers in the legacy class, not bools
    numpy.testing.assert_array_equal(y.asnumpy(), (a * numpy.float32(2) + numpy.float32(1)) / a)
    assert z.dtype == numpy.float32


def plus_one(x):
    x += 1.0


def full(x):
    x[:] = 5.0


def part(x):
    x[3:9] = 5.0


def through_a_view(x):
    view = x[10:20]
    view *= 3.0


def through_a_detached(x):
    d = x.detach()
    d -= 4.0


def out(x):
    np.exp(x, out=x)


def by_a_deferred(x):
    x -= (x * 0.5 + 1.0) * 0.1


def assigned_a_deferred(x):
    x[:] = x * 0.5


def shuffled(x):
    np.random.shuffle(x)


def zeroed_and_filled(x):
    x[x > 0.0] = 0.0


def by_numpy(x):
    numpy.copyto(x, 0.25)


def at_places(x):
    numpy.add.at(x, [0, 5], 8.0)


WRITERS = [plus_one, full, part, through_a_view, through_a_detached, out, by_a_deferred, assigned_a_deferred, shuffled,
           zeroed_and_filled, by_numpy, at_places]


@pytest.mark.parametrize("write", WRITERS)
def test_a_write_does_not_reach_what_was_made_before(write):
    """Directly from x, through another deferred result, and through one that is stored on the way."""
    x = ramp()
    a = x.asnumpy()
    y = x * 2.0
    z = y * y
    e = np.exp(x)
    f = e + 1.0
    del e
    write(x)
    numpy.testing.assert_array_equal(z.asnumpy(), (a * 2) * (a * 2))
    numpy.testing.assert_array_equal(y.asnumpy(), a * 2)
    numpy.testing.assert_array_equal(f.asnumpy(), float32.exp(a) + numpy.float32(1))
    assert not (x.asnumpy() == a).all()


@pytest.mark.parametrize("write", WRITERS)
def test_a_write_to_a_deferred_array(write):
    """It is computed, its readers are, and the write lands in it alone."""
    x = ramp()
    a = x.asnumpy()
    y = x * 2.0
    z = y + 1.0
    write(y)
    numpy.testing.assert_array_equal(z.asnumpy(), a * 2 + 1)
    numpy.testing.assert_array_equal(x.asnumpy(), a)
    reference = array(a * 2)
    if write is not shuffled:
        write(reference)
        numpy.testing.assert_array_equal(y.asnumpy(), reference.asnumpy())


def test_an_update_is_that_of_numpy():
    w, g, momentum = values(), values(seed=1), numpy.zeros(N, "float32")
    W, G, M = array(w), array(g), array(momentum)
    rate = numpy.float32(0.1)
    for _ in range(3):
        M[:] = 0.9 * M + G
        W -= 0.1 * M
        momentum = numpy.float32(0.9) * momentum + g
        w = w - rate * momentum
        numpy.testing.assert_array_equal(W.asnumpy(), w)
        numpy.testing.assert_array_equal(M.asnumpy(), momentum)


@needs_lock
def test_what_is_computed_twice_is_stored():
    """A costly value on the way is stored at once, a cheap one the second time."""
    x = ramp()
    x.attach_grad()
    with autograd.record():
        costly, cheap = np.exp(x), x * 2.0
        first, second = costly + cheap, costly - cheap
    first.asnumpy()
    assert not is_deferred(costly)
    assert is_deferred(cheap)
    second.asnumpy()
    assert not is_deferred(cheap)


def test_few_arrays_are_kept_alive():
    """A long sum does not keep all its terms."""
    total = array(numpy.zeros(N, "float32"))
    alive = []
    for k in range(40):
        term = array(numpy.full(N, k, "float32"))
        alive.append(weakref.ref(term))
        total = total + term
    assert sum(ref() is not None for ref in alive) <= 1
    node = node_of(total)
    assert node is None
    assert (total.asnumpy() == sum(range(40))).all()


@needs_lock
def test_unread_results_leave_nothing_behind():
    x = ramp()
    gc.collect()
    empty_cache()
    gc.disable()
    try:
        results = [np.exp(x * k) for k in range(10)]
        del results
        assert cache_size() == 0
        y = x * 2.0
        z = y * 3.0
        del y
        assert is_deferred(z)
        z.asnumpy()
        x += 1.0             # nobody is left on the list of readers
    finally:
        gc.enable()


def test_threads_read_and_write_one_another_s_arrays():
    """A deferred result made in one thread is read in another, while a third writes its operand."""
    n = 300_000              # long enough to give the interpreter's lock away
    for turn in range(20):
        x = array(numpy.full(n, 2.0, "float32"))
        results = [x * float(k) for k in range(8)]
        start = threading.Barrier(3)
        seen = []

        def read(results=results, seen=seen, start=start):
            start.wait()
            seen.extend(bool((y.asnumpy() == 2.0 * k).all()) for k, y in enumerate(results))

        def write(x=x, start=start, turn=turn):
            start.wait()
            x[:] = float(turn)

        threads = [threading.Thread(target=t) for t in (read, read, write)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert seen == [True] * 16
        assert (x.asnumpy() == turn).all()


def test_threads_read_what_others_have_to_overwrite():
    """A run reads the operand of a deferred result that it does not store; a thread that overwrites it has to wait."""
    n = 1 << 20

    def read_at_once(d):
        return d.asnumpy()

    def read_by_update(d):
        total = np.zeros(n)
        total += d
        return total.asnumpy()

    def read_by_sweep(d):
        x = np.ones(n)
        x.attach_grad()
        with autograd.record():
            y = x * d
        y.backward()
        return x.grad.asnumpy()

    for turn in range(24):
        read = (read_at_once, read_by_update, read_by_sweep)[turn % 3]
        a = array(numpy.ones(n, "float32"))
        d = np.exp(a * 0) * 0 + a * 2
        start, seen = threading.Barrier(2), []

        def run(read=read, d=d, start=start, seen=seen):
            start.wait()
            seen.append(read(d))

        thread = threading.Thread(target=run)
        thread.start()
        start.wait()
        time.sleep(0.001 * (turn % 4))
        a[:] = 100.0
        thread.join()
        assert (seen[0] == 2).all(), read.__name__
