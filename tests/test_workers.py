"""Threads for long loops: results do not depend on their number, forks start afresh, several callers do not meet."""
import os
import subprocess
import sys
import threading

import numpy
import pytest

import mxlite
from mxlite import autograd, np, npx
from mxlite.base import MXNetError

pytestmark = pytest.mark.thread_unsafe(reason="sets the number of worker threads, which is the process's")

N = 400_000     # several pieces of a loop that is shared out


@pytest.fixture(autouse=True)
def put_back():
    before = mxlite.get_num_threads()
    yield
    mxlite.set_num_threads(before)


def outcome(n_threads, dtype="float32"):
    """Bytes of a value and two gradients of a program with long elementwise runs."""
    mxlite.set_num_threads(n_threads)
    rng = numpy.random.default_rng(5)
    x, w = (np.array(rng.uniform(-2, 2, N), dtype=dtype) for _ in range(2))
    x.attach_grad()
    w.attach_grad("add")
    with autograd.record():
        y = np.tanh(x * w) + np.exp(-x * x) / (1 + w * w)
        z = np.where(y > 0.1, y * y, 3 * w) * x
    z.backward()
    w += x
    return [a.asnumpy().tobytes() for a in (y, z, x.grad, w.grad, w)]


@pytest.mark.parametrize("dtype", ["float32", "float64", "float16"])
def test_same_bits_for_any_number_of_threads(dtype):
    alone = outcome(1, dtype)
    assert all(outcome(n, dtype) == alone for n in (2, 3, 7))


def test_broadcast_and_strided_runs_too():
    def run(n_threads):
        mxlite.set_num_threads(n_threads)
        x = np.array(numpy.arange(2 * N, dtype="float32").reshape(2, N))
        row = np.array(numpy.linspace(-1, 1, N, dtype="float32"))
        x.attach_grad()
        row.attach_grad()
        with autograd.record():
            y = np.sin(x * row)[:, ::-1] * row
        y.backward()
        return [a.asnumpy().tobytes() for a in (y, x.grad, row.grad)]

    assert run(3) == run(1)


def rows_and_columns(x, y):
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred * y[0] + np.sqrt((centred * centred).mean(axis=-1, keepdims=True)) * y[:, :1]


def convolved(x, y):
    images, kernels = x.reshape((20, 12, 50, 50)), y.reshape(-1)[:16 * 3 * 9].reshape((16, 3, 3, 3))
    h = npx.convolution(images, kernels, y.reshape(-1)[:16], kernel=(3, 3), num_filter=16, num_group=4, pad=(1, 1))
    return npx.pooling(h, kernel=(3, 2), stride=(2, 2), pool_type="avg", pad=(1, 0)) * 0.5


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("program", [
    rows_and_columns, convolved,
    lambda x, y: x.reshape((10, 100, 600)) / (2 + np.tanh(y[:100])) * y[:10].reshape((10, 1, 600)) - y[0, 0],
    lambda x, y: x.sum() * y + y.sum(axis=0) * x.sum(axis=1, keepdims=True),
    lambda x, y: x.reshape((3, 1000, 200)).sum(axis=1) + y.reshape((1000, 3, 200)).mean(axis=0),
    lambda x, y: npx.layer_norm(x, y[0], y[1]), lambda x, y: npx.batch_norm(x, y[0], y[1], y[2], y[3] * y[3], axis=1)],
    ids=["rows and columns", "convolved", "planes", "sums", "middle axes", "layer norm", "batch norm"])
def test_sums_broadcasts_and_images(program, dtype):
    """The bits do not depend on threads; float32 is near to float64."""
    rng = numpy.random.default_rng(8)
    given = [rng.standard_normal((1000, 600)) for _ in range(2)]

    def run(n_threads, dtype):
        mxlite.set_num_threads(n_threads)
        x, y = (np.array(a, dtype=dtype) for a in given)
        x.attach_grad()
        y.attach_grad()
        with autograd.record():
            z = program(x, y)
        z.backward()
        return [a.asnumpy() for a in (z, x.grad, y.grad)]

    alone = run(1, dtype)
    assert all(a.tobytes() == b.tobytes() for n in (2, 5) for a, b in zip(alone, run(n, dtype), strict=True))
    for a, b in zip(alone, run(1, "float64"), strict=True):
        assert numpy.abs(a - b).max() <= 1e-5 * max(1, numpy.abs(b).max())


def test_several_callers_at_once():
    alone = outcome(1)
    found = [None] * 4

    def call(k):
        found[k] = outcome(3)

    threads = [threading.Thread(target=call, args=(k,)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert all(f == alone for f in found)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_after_fork():
    alone = outcome(1)
    assert outcome(3) == alone      # the threads are there now
    child = os.fork()
    if child == 0:
        os._exit(0 if outcome(3) == alone else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert outcome(3) == alone


def test_exit_with_threads_waiting():
    code = ("import mxlite; mxlite.set_num_threads(4); x = mxlite.np.ones(400_000); "
            "print((x + x).sum().item(), mxlite.get_num_threads())")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "800000.0 4\n"


def test_environment():
    code = "import mxlite; print(mxlite.get_num_threads())"

    def run(value):
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120,
                              env={**os.environ, "MXLITE_NUM_THREADS": value})

    assert run("3").stdout == "3\n"
    assert int(run("").stdout) >= 1
    refused = run("many")
    assert refused.returncode
    assert "MXLITE_NUM_THREADS is 'many'" in refused.stderr


@pytest.mark.parametrize("bad", [0, -1, 257, 1.5, True, "2", None])
def test_refused_numbers(bad):
    with pytest.raises(MXNetError, match="set_num_threads: a number from 1 to 256"):
        mxlite.set_num_threads(bad)


@pytest.mark.parametrize("n", [6, N])
def test_shifted_memory_in_place(n):
    x = np.arange(float(n), dtype="float64")
    tail = x[1:]
    tail += x[:-1]      # as in NumPy: read before anything is written
    expected = numpy.arange(float(n))
    expected[1:] += expected[:-1].copy()
    assert (x.asnumpy() == expected).all()
