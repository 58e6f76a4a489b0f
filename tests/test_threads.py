"""Threads: flags of their own, tapes of their own, one tape in two threads."""

import threading

import numpy
from check import array

from mxlite import autograd
from mxlite._errors import GraphError, MXNetError


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
