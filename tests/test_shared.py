"""What several threads use at once: variables replaced while others record, scopes, the profiler, looks at a tape."""

import gc
import threading
import weakref

import numpy
import pytest
from check import array
from test_threads import together

import mxlite
from mxlite import autograd, profiler
from mxlite._engine.inspect import node_of
from mxlite._errors import GraphError, MutationError
from mxlite.errors import AnomalyError

N = 300


def test_a_variable_is_replaced_while_others_record_with_it():
    """Its node goes and comes; each step has the gradient of a variable or finds none."""
    x = array(numpy.array([3.0, 4.0]))
    x.attach_grad()
    done = threading.Event()

    def replaces():
        while not done.is_set():
            x.attach_grad()
            x.drop_grad()

    def records():
        try:
            for _ in range(N):
                own = array(numpy.array([1.0, 2.0]))
                own.attach_grad()
                with autograd.record():
                    y = (x * own + x) * x
                    z = mxlite.np.concatenate([x, own])
                y.backward()
                assert own.grad.asnumpy().tolist() == [9.0, 16.0]
                z.backward()
                assert own.grad.asnumpy().tolist() == [1.0, 1.0]
                of_x = x.grad
                assert of_x is None or of_x.shape == (2,)
        finally:
            done.set()

    together([replaces, records, records, records])


def test_a_retained_gradient_is_asked_for_and_dropped_while_others_sweep():
    x = array(numpy.array([3.0, 4.0]))
    x.attach_grad()
    with autograd.record():
        y = x * x
        z = y * 2.0
    done = threading.Event()

    def changes():
        while not done.is_set():
            autograd.retain_grad(y)
            assert y.grad is not None
            y.drop_grad()

    def sweeps():
        try:
            for _ in range(N):
                z.backward(retain_graph=True)
                assert x.grad.asnumpy().tolist() == [12.0, 16.0]
        finally:
            done.set()

    together([changes, sweeps])


def test_an_array_is_written_while_others_take_views_of_it():
    """Every write is counted: a tape that had saved the array before refuses."""
    for _ in range(50):
        x, w = array(numpy.array([3.0, 4.0])), array(numpy.array([1.0, 1.0]))
        w.attach_grad()
        with autograd.record():
            y = w * x

        def writes(x=x):
            x += 1.0

        together([writes, x.detach, x.detach, x.detach])
        with pytest.raises(MutationError):
            y.backward()


def test_one_scope_in_many_threads():
    """Each finds its own flags again."""
    record, pause = autograd.record(), autograd.pause(train_mode=True)

    def works(recording, training):
        def run():
            autograd.set_recording(recording)
            autograd.set_training(training)
            for _ in range(N):
                with record:
                    assert autograd.is_recording()
                    with pause:
                        assert (autograd.is_recording(), autograd.is_training()) == (False, True)
                        with record:
                            assert autograd.is_recording()
                        assert not autograd.is_recording()
                    assert autograd.is_recording()
                assert (autograd.is_recording(), autograd.is_training()) == (recording, training)
        return run

    together([works(r, t) for r in (False, True) for t in (False, True)] * 2)


def test_a_scope_that_another_thread_has_left():
    """Who entered after that one still leaves what was entered last."""
    record, first_in, second_in, first_out = autograd.record(), *(threading.Event() for _ in range(3))

    def first():
        with record:
            first_in.set()
            assert second_in.wait(60)
        first_out.set()

    def second():
        assert first_in.wait(60)
        autograd.set_recording(True)
        with record:
            second_in.set()
            assert first_out.wait(60)
            with autograd.pause():
                with record:
                    assert autograd.is_recording()
                assert not autograd.is_recording()
            assert autograd.is_recording()
        assert autograd.is_recording()

    together([first, second])


@pytest.mark.thread_unsafe(reason="there is one profiler in a process")
def test_the_profiler_goes_on_and_off_while_others_work(tmp_path):
    profiler.set_config(filename=tmp_path / "trace.json")
    done = threading.Event()

    def switches():
        while not done.is_set():
            profiler.start()
            profiler.dumps(reset=True)
            profiler.stop()

    def works():
        try:
            for _ in range(N):
                x = array(numpy.array([3.0, 4.0]))
                x.attach_grad()
                with autograd.record():
                    y = mxlite.np.tanh(x).sum() + (x * x).sum()
                y.backward()
                exact = 1 - numpy.tanh([3.0, 4.0]) ** 2 + [6.0, 8.0]
                assert numpy.allclose(x.grad.asnumpy(), exact, rtol=1e-14)
        finally:
            done.set()

    try:
        together([switches, works, works, works])
    finally:
        profiler.stop()
        profiler.dumps(reset=True)
        profiler.set_config()


def test_anomalies_are_sought_by_some_threads():
    """A thread that seeks finds its own, the others are left alone."""
    def seeks():
        for _ in range(30):
            x = array(numpy.array([-1.0, 1.0]))
            x.attach_grad()
            with pytest.raises(AnomalyError, match="log"), autograd.detect_anomaly(), autograd.record():
                mxlite.np.log(x)

    def works():
        for _ in range(N):
            x = array(numpy.array([-1.0, 1.0]))
            x.attach_grad()
            with autograd.record():
                y = mxlite.np.log(x)
            y.backward()
            assert x.grad.asnumpy().tolist() == [-1.0, 1.0]

    together([seeks, works, seeks, works])


def test_a_tape_is_looked_at_while_others_sweep_it():
    shared = {}

    def fresh():
        x = array(numpy.array([3.0, 4.0]))
        x.attach_grad()
        with autograd.record():
            shared["tape"] = x, mxlite.np.concatenate([x * x, mxlite.np.sin(x)]) * 2.0

    fresh()
    done = threading.Event()

    def looks():
        while not done.is_set():
            _, y = shared["tape"]
            waiting = [node_of(y)]
            while waiting:
                node = waiting.pop()
                assert node.label
                assert all(isinstance(name, str) for name in node.saved)
                waiting += node.parents

    def sweeps():
        try:
            for _ in range(N):
                try:
                    shared["tape"][1].backward()
                except GraphError:
                    pass
                else:
                    fresh()
        finally:
            done.set()

    together([looks, sweeps, sweeps])


def test_what_many_threads_made_dies_with_them():
    """Arrays and nodes that one thread made and another drops are gone without the collector."""
    died = []

    def makes(box):
        def run():
            for _ in range(N):
                x = array(numpy.ones(3))
                x.attach_grad()
                with autograd.record():
                    y = (x * x).sum()
                weakref.finalize(x, died.append, 1)
                box.append((x, y))
        return run

    boxes = [[] for _ in range(4)]
    together([makes(box) for box in boxes])
    together([box.clear for box in boxes])
    gc.collect()            # where threads have no common lock, what others dropped is settled between instructions
    assert len(died) == 4 * N
