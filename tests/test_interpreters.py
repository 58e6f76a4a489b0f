"""The interpreter around the engine: exit with work left over, forks among threads, subinterpreters."""

import os
import subprocess
import sys
import textwrap

import numpy
import pytest
from check import array
from test_threads import together, train

from mxlite import autograd

pytestmark = pytest.mark.thread_unsafe(reason="starts other processes, forks this one")


def python(code):
    """Runs a program; its standard output. What the interpreter says at its end, a crash too, fails the test."""
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(code)], capture_output=True,
                          text=True, timeout=300)
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert done.stderr == ""
    return done.stdout


def test_exit_with_live_tapes():
    """Tapes, gradients and pooled memory that modules, threads' locals and cycles still name."""
    assert python("""
        import sys, threading
        from mxlite import autograd, np
        import mxlite
        class Keeps(autograd.Function):
            def forward(self, x):
                self.y = x * 2
                self.save_for_backward(x, self.y)
                return self.y
            def backward(self, g):
                return g * 2
        x = np.ones((300, 300))
        x.attach_grad()
        with autograd.record():
            y = x
            for _ in range(3000):
                y = y + 1
            z = Keeps()(y).sum() + np.split(y, 2)[0].sum()
            swept = z * 2
        swept.backward(retain_graph=True)
        sys.modules["kept"] = [x, y, z]
        cycle = [z]
        cycle.append(cycle)
        local = threading.local()
        local.z = z
        autograd.record().__enter__()
        print(z.shape)
    """) == "()\n"


def test_exit_while_threads_sweep():
    """Daemon threads are in the middle of sweeps when the interpreter ends."""
    assert python("""
        import threading, time
        import mxlite
        from mxlite import autograd, np
        mxlite.set_num_threads(3)
        started = threading.Semaphore(0)
        def work(n):
            x = np.ones(n)
            x.attach_grad()
            first = True
            while True:
                with autograd.record():
                    y = (np.tanh(x * x) + x / (1 + x * x)) * x
                y.backward()
                if first:
                    started.release()
                    first = False
        for n in (10, 1000, 100_000, 500_000):
            threading.Thread(target=work, args=(n,), daemon=True).start()
        for _ in range(4):
            started.acquire()
        print("end")
    """) == "end\n"


def test_exit_from_a_sweep():
    assert python("""
        import sys
        from mxlite import autograd, np
        class Ends(autograd.Function):
            def forward(self, x):
                return x * 2
            def backward(self, g):
                print("end")
                sys.exit(0)
        x = np.ones(100_000)
        x.attach_grad()
        with autograd.record():
            y = Ends()(x * x) * x
        y.backward()
    """) == "end\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_locks_that_others_hold_at_a_fork():
    """The child has no thread that would give them back."""
    assert python("""
        import os, signal, threading, warnings
        from mxlite import np, profiler, random
        from mxlite._generator import _streams
        warnings.simplefilter("ignore", DeprecationWarning)     # of a fork among threads
        held, done = threading.Barrier(2), threading.Event()
        def holds():
            with _streams.shared.lock, profiler._profiler.lock:
                held.wait()
                done.wait()
        thread = threading.Thread(target=holds)
        thread.start()
        held.wait()
        child = os.fork()
        if child == 0:
            signal.alarm(60)
            random.seed(3)
            profiler.start()
            np.random.uniform(size=3)
            profiler.stop()
            os._exit(0)
        print(os.waitpid(child, 0)[1])
        done.set()
        thread.join()
    """) == "0\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_fork_while_other_threads_work():
    """A child of a process whose threads are in sweeps and in the pool computes what its parent does."""
    expected = train(0, steps=20)
    children = []

    def forks():
        for _ in range(5):
            child = os.fork()
            if child == 0:
                right = False
                try:
                    right = train(0, steps=20) == expected
                finally:
                    os._exit(0 if right else 1)
            children.append(child)
            assert os.waitpid(child, 0)[1] == 0

    def works():
        while len(children) < 5:
            train(1, steps=5)

    together([forks] + [works] * 3)
    assert len(children) == 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_fork_inside_a_sweep():
    """Both processes finish the sweep that one began."""
    where = []

    class Forks(autograd.Function):
        """The identity; its backward forks."""

        def forward(self, x):
            return x * 1.0

        def backward(self, g):
            where.append(os.fork())
            return g

    x = array(numpy.full(50_000, 3.0))
    x.attach_grad()
    with autograd.record():
        y = Forks()(x * x) * x
    try:
        y.backward()
        right = bool((x.grad.asnumpy() == 27).all())
    finally:
        if where == [0]:
            os._exit(0 if right else 1)
    assert right
    assert os.waitpid(where[0], 0)[1] == 0


SUBINTERPRETER = """
    import sys, warnings
    warnings.simplefilter("ignore")
    if {first}:
        import mxlite
    code = '''
    import sys, warnings
    warnings.simplefilter("ignore")
    try:
        import mxlite
    except (ImportError, RuntimeError):     # as NumPy refuses, or NumPy 2.0
        pass
    else:
        x = mxlite.np.ones(3)
        x.attach_grad()
        with mxlite.autograd.record():
            y = x * x
        y.backward()
        assert x.grad.asnumpy().tolist() == [2, 2, 2]
    '''
    code = __import__("textwrap").dedent(code)
    if sys.version_info >= (3, 14):
        from concurrent import interpreters
        for _ in range(2):
            other = interpreters.create()
            other.exec(code)
            other.close()
    elif sys.version_info >= (3, 13):
        import _interpreters
        for config in ("legacy", "isolated"):
            other = _interpreters.create(config)
            failed = _interpreters.exec(other, code)
            assert failed is None, failed
            _interpreters.destroy(other)
    else:
        import _xxsubinterpreters
        for isolated in (False, True):
            other = _xxsubinterpreters.create(isolated=isolated)
            _xxsubinterpreters.run_string(other, code)
            _xxsubinterpreters.destroy(other)
    try:
        import mxlite
    except (ImportError, RuntimeError):
        print("refused")
        sys.exit()
    x = mxlite.np.ones(3)
    x.attach_grad()
    with mxlite.autograd.record():
        y = x * x
    y.backward()
    print(x.grad.asnumpy().tolist())
"""


def test_subinterpreters_work_or_refuse():
    """Another interpreter gets an ImportError or works; the main one is as before."""
    assert python(SUBINTERPRETER.format(first=True)) == "[2.0, 2.0, 2.0]\n"


def test_a_subinterpreter_comes_first():
    """Whoever imports first may be the only one: NumPy, too, can be imported once in a process."""
    alone = SUBINTERPRETER.format(first=False).replace("import mxlite", "import numpy").replace("mxlite.", "None and ")
    alone = subprocess.run([sys.executable, "-c", textwrap.dedent(alone)], capture_output=True, check=False)
    if alone.returncode < 0:
        pytest.skip("this NumPy by itself aborts when a second interpreter imports it, as 2.1.0 does")
    assert python(SUBINTERPRETER.format(first=False)) in ("[2.0, 2.0, 2.0]\n", "refused\n")
