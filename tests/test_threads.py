"""Threads: flags of their own, tapes of their own, one tape in two threads."""

import queue
import sys
import threading

import numpy
import pytest
from check import array

import mxlite
from mxlite import autograd
from mxlite._engine.entry import make_entry
from mxlite._engine.op import Op
from mxlite._engine.storage import cache_size, empty_cache, set_cache_limit
from mxlite._errors import GraphError, MutationError, MXNetError


@pytest.fixture
def hectic():
    """Threads change places as often as the interpreter allows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def together(functions):
    """Runs functions in threads that start at once; re-raises what they raise."""
    barrier = threading.Barrier(len(functions))
    errors = []

    def run(function):
        barrier.wait()
        try:
            function()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(f,)) for f in functions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if errors:
        raise errors[0]


def test_flags_belong_to_a_thread():
    seen = {}

    def look(name, recording, training):
        def run():
            seen[name, "start"] = autograd.is_recording(), autograd.is_training()
            autograd.set_recording(recording)
            autograd.set_training(training)
            for _ in range(200):
                with autograd.record():
                    with autograd.pause():
                        pass
                assert autograd.is_recording() is recording
                assert autograd.is_training() is training
            seen[name, "end"] = autograd.is_recording(), autograd.is_training()
        return run

    with autograd.record():
        together([look((r, t, k), r, t) for r in (True, False) for t in (True, False) for k in (0, 1)])
        assert autograd.is_recording()
    for (name, when), flags in seen.items():
        assert flags == ((False, False) if when == "start" else name[:2])


def train(seed, steps=150):
    """A little optimisation of its own: the trace of all losses and gradients, as bytes."""
    rng = numpy.random.default_rng(seed)
    w, b = array(rng.standard_normal((5, 40))), array(rng.standard_normal(40))
    big = array(rng.standard_normal(6000))
    for v in (w, b, big):
        v.attach_grad()
    trace = []
    for step in range(steps):
        x = array(rng.standard_normal((5, 1)))
        with autograd.record():
            y = (w * x + b) * 0.1
            loss = (y * y)[:, :3] - y[:, 3:6] / (1.0 + y[:, :3] * y[:, :3])
            other = big * big * 0.5
        autograd.backward([loss, other])
        for v in (w, b, big):
            v -= v.grad * 0.01
        trace.append(loss.asnumpy().tobytes())
        if step % 50 == 0:
            trace.append(autograd.hessian(lambda a: (a * a * a)[0])(b).asnumpy().tobytes())
    return b"".join(trace) + w.asnumpy().tobytes() + big.asnumpy().tobytes()


def test_eight_threads_are_bit_identical_to_one():
    expected = [train(seed) for seed in range(8)]
    found = [None] * 8

    def work(seed):
        def run():
            found[seed] = train(seed)
        return run

    together([work(seed) for seed in range(8)])
    assert found == expected


def test_threads_share_a_variable_that_they_only_read():
    x = array(numpy.arange(1.0, 5.0))
    x.attach_grad()

    def work():
        for _ in range(300):
            with autograd.record():
                y = x * x * x
                g = autograd.grad(y * 1.0, y)[0]
            assert g.asnumpy().tolist() == [1.0] * 4

    together([work] * 8)


def test_a_graph_made_in_one_thread_is_swept_in_another():
    x = array(numpy.array([3.0]))
    x.attach_grad()
    made = []

    def build():
        with autograd.record():
            made.append(x * x)

    together([build])
    made[0].backward()
    assert x.grad.asnumpy().tolist() == [6.0]


class Pausing(autograd.Function):
    """The identity; its backward lets other threads run in the middle of the sweep."""

    def forward(self, a):
        return a * 1.0

    def backward(self, g):
        threading.Event().wait(0.001)
        return g


def test_one_tape_in_two_threads_raises_or_is_exact():
    """Whatever the interleaving: no crash, no silently wrong gradient, and the tape stays usable."""
    outcomes = {"exact": 0, "raised": 0}

    for _ in range(20):
        x = array(numpy.array([3.0, 4.0]))
        x.attach_grad()
        with autograd.record():
            y = x * x
            for _ in range(5):
                y = Pausing()(y) * 1.0

        def sweep(y=y, x=x):
            try:
                g = autograd.grad(y, x, retain_graph=True)[0]
            except GraphError:
                outcomes["raised"] += 1
            else:
                assert g.asnumpy().tolist() == [6.0, 8.0]
                outcomes["exact"] += 1

        together([sweep, sweep])
        y.backward()
        assert x.grad.asnumpy().tolist() == [6.0, 8.0]
    assert sum(outcomes.values()) == 40


def test_an_exception_in_one_thread_leaves_the_others_alone():
    def fails():
        for _ in range(200):
            try:
                with autograd.record():
                    array(numpy.ones(2)) + array(numpy.ones(3))
            except MXNetError:
                assert not autograd.is_recording()

    def works():
        for _ in range(200):
            x = array(numpy.array([3.0]))
            x.attach_grad()
            with autograd.record():
                y = x * x
            y.backward()
            assert x.grad.asnumpy().tolist() == [6.0]

    together([fails, works] * 4)


def test_threads_sweep_their_own_tapes_over_one_variable():
    """Every thread gets its exact gradient although all of them are in the middle of sweeps over the variable."""
    x = array(numpy.array([3.0, 4.0]))
    x.attach_grad("add")
    found = {}

    def work(k):
        def run():
            with autograd.record():
                y = x * float(k)
                for _ in range(3):
                    y = Pausing()(y * x) + x // 1.0
            found[k] = (autograd.grad(y, x, retain_graph=True)[0].asnumpy(),
                        autograd.grad(y, x, create_graph=True)[0].asnumpy())
            y.backward()
        return run

    together([work(k) for k in range(1, 9)])
    value = numpy.array([3.0, 4.0])

    def alone(k):
        v = array(value)
        v.attach_grad()
        with autograd.record():
            y = v * float(k)
            for _ in range(3):
                y = y * v + v // 1.0
        y.backward()
        return v.grad.asnumpy()

    for k, (plain, recorded) in found.items():
        assert plain.tolist() == recorded.tolist() == alone(k).tolist()
    assert numpy.allclose(x.grad.asnumpy(), sum(alone(k) for k in range(1, 9)), rtol=1e-14)


@pytest.mark.parametrize(("n", "stride"), [(30, 1), (2000, 2), (400_000, 1), (400_000, 2)])
def test_threads_add_to_one_gradient(n, stride, hectic):
    """None is lost where the addition lets other threads run: in a long loop, or in NumPy for a buffer with gaps."""
    x = array(numpy.ones(n))
    buffer = array(numpy.zeros(stride * n))[::stride]
    autograd.mark_variables([x], [buffer], "add")

    def work(k):
        def run():
            for _ in range(6):
                with autograd.record():
                    y = x * float(k) + x * 2.0
                y.backward()
        return run

    together([work(k) for k in range(1, 4)])
    assert numpy.unique(x.grad.asnumpy()).tolist() == [6 * (1 + 2 + 3 + 3 * 2)]


def test_a_result_is_read_while_its_operands_are_overwritten(hectic):
    """What one thread hands over has the values of its operands then, whatever the thread does to them next."""
    handed = queue.Queue(1)

    def produces():
        x = array(numpy.zeros(1_000_000))
        for k in range(100):
            x[:] = float(k)
            handed.put(x * 2.0 * 3.0)
        handed.put(None)

    def reads():
        k = 0
        while (result := handed.get()) is not None:
            assert numpy.unique(result.asnumpy()).tolist() == [6.0 * k]
            k += 1

    together([produces, reads])


def test_threads_write_one_large_gradient(hectic):
    """Of gradients that replace each other one stays, whole."""
    x = array(numpy.ones(400_000))
    x.attach_grad()

    def work(k):
        def run():
            for _ in range(6):
                with autograd.record():
                    y = x * float(k) + x * 2.0 * float(k)
                y.backward()
        return run

    together([work(k) for k in range(1, 4)])
    assert len(numpy.unique(x.grad.asnumpy())) == 1
    assert x.grad.asnumpy()[0] in (3, 6, 9)


def summed(x):
    """An elementwise function of many constants."""
    for k in range(25):
        x = x + 0.5 * k
    return x


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_first_use_of_an_operator_in_many_threads(dtype, hectic):
    """Loops and constants are looked up by all of them at once."""
    x = array(numpy.array([1.0, 2.0], dtype=dtype))
    for _ in range(20):
        entry = make_entry(Op(summed, "summed", {"x": lambda g: g}, pointwise=True))

        def work(entry=entry):
            for _ in range(3):
                assert entry(x).asnumpy().tolist() == [151.0, 152.0]

        together([work] * 8)


def test_a_zero_gradient_and_a_null_variable_across_sweeps():
    x, null = array(numpy.array([3.0])), array(numpy.array([2.0]))
    x.attach_grad()
    null.attach_grad("null")
    x.grad[:] = 7

    def work():
        with autograd.record():
            y = Pausing()(x // 1.0 * null)
            y = Pausing()(y)
        y.backward()

    together([work] * 4)
    assert x.grad.asnumpy().tolist() == [0.0]
    assert null.grad.asnumpy().tolist() == [0.0]


def steps(seed, n):
    """A small optimisation of n steps: all that it leaves, as bytes."""
    rng = numpy.random.default_rng(seed)
    w, b = array(rng.standard_normal((3, 4))), array(rng.standard_normal(4))
    x = array(rng.standard_normal((2, 3)))
    w.attach_grad()
    b.attach_grad("add")
    for _ in range(n):
        with autograd.record():
            y = mxlite.np.tanh(mxlite.np.dot(x, w) + b)
            loss = (y * y / (1.0 + y * y)).sum()
        loss.backward()
        w -= w.grad * 0.1
        b -= b.grad * 1e-3
    return b"".join(v.asnumpy().tobytes() for v in (w, b, w.grad, b.grad, loss))


def test_sixteen_threads_of_a_thousand_steps(hectic):
    expected = [steps(seed, 1000) for seed in range(16)]
    found = {}

    def work(seed):
        def run():
            found[seed] = steps(seed, 1000)
        return run

    together([work(seed) for seed in range(16)])
    assert [found[seed] for seed in range(16)] == expected


@pytest.mark.thread_unsafe(reason="changes the bound of the pool, which is the process's")
def test_the_pool_under_contention(hectic):
    """Threads take and give back blocks of several sizes, another empties the pool and changes its bound: no block is
    given to two arrays."""
    limit = set_cache_limit(1 << 24)
    done = []

    def works(seed):
        def run():
            rng = numpy.random.default_rng(seed)
            kept = []
            for k in range(400):
                value = float(1000 * seed + k)
                kept.append((value, mxlite.np.full(int(rng.integers(4000, 40_000)), value, dtype="float64") * 1.0))
                if len(kept) == 5:
                    value, x = kept.pop(int(rng.integers(5)))
                    assert (x.asnumpy() == value).all()
            for value, x in kept:
                assert (x.asnumpy() == value).all()
            done.append(seed)
        return run

    def disturbs():
        k = 0
        while len(done) < 6:
            empty_cache()
            set_cache_limit((0, 1 << 20, 1 << 24)[k % 3])
            k += 1

    try:
        together([*map(works, range(6)), disturbs])
        set_cache_limit(1 << 24)
        assert 0 <= cache_size() <= 1 << 24
        empty_cache()
        assert cache_size() == 0
    finally:
        set_cache_limit(limit)


def sweeps_of(x, y):
    """Ways to differentiate one tape; each returns a gradient that is exact."""
    return [
        lambda: autograd.grad(y, x, retain_graph=True)[0],
        lambda: autograd.grad(y, x, create_graph=True)[0],
        lambda: y.backward(retain_graph=True) or x.grad,
    ]


@pytest.mark.parametrize("n", [4, 120_000])
def test_one_tape_in_many_threads(n, hectic):
    """Heads with a common trunk, swept in every way, by threads that let each other work inside long loops."""
    value = numpy.linspace(0.5, 1.5, n)
    x = array(value)
    x.attach_grad()
    with autograd.record():
        trunk = mxlite.np.concatenate([x[: n // 2] * 2.0, x[n // 2:] * 2.0])
        trunk = trunk * x
        heads = [trunk * x, Pausing()(trunk) * 3.0, (trunk * array(numpy.ones((2, 1)))).sum(axis=0)]
    exact = [6 * value**2, 12 * value, 8 * value]
    seen = {"exact": 0, "raised": 0}

    def work(k):
        def run():
            for turn in range(30 if n < 100 else 6):
                head = (k + turn) % 3
                try:
                    g = sweeps_of(x, heads[head])[turn // 3 % 2]()
                except GraphError:
                    seen["raised"] += 1
                else:
                    assert numpy.allclose(g.asnumpy(), exact[head], rtol=1e-14)
                    seen["exact"] += 1
        return run

    together([work(k) for k in range(6)])
    assert seen["exact"]
    for head, expected in zip(heads, exact, strict=True):       # the tape is as usable as before
        for sweep in sweeps_of(x, head):
            assert numpy.allclose(sweep().asnumpy(), expected, rtol=1e-14)


def uses_of(x, w, y):
    """What threads may do with variables and the head of a tape."""
    return [
        y.backward,
        lambda: y.backward(retain_graph=True),
        lambda: autograd.grad(y, [x, w]),
        lambda: autograd.grad(y, [x, w], create_graph=True),
        lambda: x.__setitem__(slice(0, 2), 1.0),
        lambda: x.__isub__(x.grad * 1e-3),
        lambda: w.grad.__imul__(0.0),
        w.attach_grad,
        empty_cache,
    ]


@pytest.mark.parametrize("n", [4, 120_000])
def test_one_tape_is_swept_freed_and_overwritten_by_many_threads(n, hectic):
    """Whatever threads do to arrays that others are sweeping over: an error of the engine at most, and no crash."""
    shared = {}

    def fresh():
        x = array(numpy.linspace(0.5, 1.5, n))
        w = array(numpy.linspace(0.5, 1.5, n))
        x.attach_grad()
        w.attach_grad("add")
        with autograd.record():
            y = x * w + mxlite.np.sin(x)
            y = mxlite.np.concatenate([y, y * w])
            autograd.retain_grad(y)
            shared["tape"] = x, w, Pausing()(y) / (1.0 + y * y)

    def work(seed):
        rng = numpy.random.default_rng(seed)

        def run():
            for _ in range(150 if n < 100 else 25):
                ways = [fresh, *uses_of(*shared["tape"])]
                try:
                    ways[int(rng.integers(len(ways)))]()
                except (GraphError, MutationError):
                    pass
        return run

    fresh()
    together([work(seed) for seed in range(6)])
    x = array(numpy.array([3.0]))
    x.attach_grad()
    with autograd.record():
        y = x * x
    y.backward()
    assert x.grad.asnumpy().tolist() == [6.0]
