"""Tapes of a million operations in threads with a stack of 256 KiB: built, swept, freed, without recursion.

Each case runs in a process of its own, so that an overflow is a failure of one test and not the end of all.
"""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.thread_unsafe(reason="the work is done by another process")

PROLOGUE = """
import sys, threading
import numpy
from mxlite import autograd
from mxlite._array import ndarray
from mxlite._engine.entry import make_entry
from mxlite._engine.op import Op
from mxlite._engine.operators import from_raw
from mxlite._op import registry
import mxlite._ops.shape, mxlite._ops.index

def array(*values):
    return from_raw(numpy.array(values), ndarray)

def halves(a):
    return a[:1] + 0.0, a[1:] + 0.0

halves = make_entry(Op(halves, "halves", {"a": lambda g: numpy.concatenate(g)}))

class Double(autograd.Function):
    saves = False
    def forward(self, x):
        y = x * 1.0
        if self.saves:
            self.save_for_backward(x, y)
        return y
    def backward(self, g):
        return g

class Saving(Double):
    saves = True

copy = registry["copy"].entry
x = array(1.0, 2.0)
x.attach_grad()

def record(step, n):
    with autograd.record():
        y = x
        for _ in range(n):
            y = step(y)
    return y

def fan(step, n):
    total = x * 0.0
    with autograd.record():
        y = x * 1.5
        parts = [y * float(k) for k in range(n)]
        for p in parts:
            total = total + p
    return total

def use(y, sweep):
    if sweep in ("backward", "retain"):
        y.backward(retain_graph=sweep == "retain")
        assert numpy.isfinite(x.grad.asnumpy()).all() and x.grad.asnumpy().any()
    elif sweep == "several heads":
        with autograd.record():
            heads = [y, y * 2.0, x * 1.0]
        autograd.backward(heads)
    elif sweep == "grad":
        autograd.grad(y, x)
    elif sweep == "create_graph":
        autograd.grad(y, x, create_graph=True)
    elif sweep == "raises":
        x[:] = 5.0
        try:
            y.backward()
        except autograd.GraphError:
            return
        raise AssertionError("the overwritten value went unnoticed")

def work(build, step, n, sweep):
    use(build(step, n), sweep)
    done.append(sweep)

threading.stack_size(256 * 1024)
for build, step, n, sweep in PLAN:
    x = array(1.0, 1.0)
    x.attach_grad()
    done = []
    thread = threading.Thread(target=work, args=(build, step, n, sweep))
    thread.start()
    thread.join()
    assert done == [sweep], (n, sweep)
"""

MILLION = 10 ** 6
STEPS = {
    "product with a number": "lambda y: y * 1.0000001",
    "product with the variable": "lambda y: y * x",
    "sum with itself": "lambda y: y * 1.5 - y * 0.5",
    "views": "lambda y: y[:]",
    "views of views": "lambda y: y[...][0:2]",
    "reversed copies": "lambda y: y[::-1]",
    "general operator": "lambda y: copy(y)",
    "broadcast": "lambda y: (y[:1] + y) * 0.5",
    "two results": "lambda y: (halves(y)[0] + y) * 0.5",
    "Function": "lambda y: Double()(y)",
    "Function that saves": "lambda y: Saving()(y)",
    "dtype": "lambda y: y.astype('float32').astype('float64')",
    "detached operand": "lambda y: y * y.detach() ** 0.0",
}


ALL = ("backward", "unswept", "retain", "several heads", "grad", "create_graph")


def run(build, step, *plan):
    """Runs (n, sweep) pairs of one kind of chain, each in a thread with a small stack, in one new process."""
    code = PROLOGUE.replace("PLAN", "[" + ", ".join(f"({build}, {step}, {n}, {sweep!r})" for n, sweep in plan) + "]")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False,
                          env=environment, timeout=600)
    assert done.returncode == 0, f"exit {done.returncode}\n{done.stderr[-2000:]}"


@pytest.mark.parametrize("sweep", ["backward", "unswept", "retain", "raises"])
def test_a_million_operations(sweep):
    run("record", STEPS["product with the variable" if sweep == "raises" else "product with a number"],
        (MILLION, sweep))


@pytest.mark.parametrize("step", STEPS)
def test_chains(step):
    run("record", STEPS[step], (50_000, "backward"), (50_000, "unswept"), *[(10_000, sweep) for sweep in ALL[2:]])


def test_fan_out_and_in():
    run("fan", None, *[(10_000, sweep) for sweep in ALL])
