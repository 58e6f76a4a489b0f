"""What `python -m benchmarks.instructions` counts: paths that ordinary programs go through all the time.

`python benchmarks/hot_paths.py [PATH ...]` runs them, each in forked processes that differ only in how often; it is
run under callgrind. A line of output names a path, how many turns one process took more than the others, and the
processes: one of a single turn, the one of many, another of a single turn.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import sys
from itertools import repeat
from pathlib import Path

HERE = Path(__file__).resolve().parent


def repeated(statement, turns, **names):
    """A function that runs a statement so many times, recording where the statement says so."""
    source = f"def run(times, {', '.join(names)}):\n    for _ in repeat(None, times):\n        {statement}\n"
    scope = {"repeat": repeat}
    exec(source, scope)
    run = scope["run"]
    return (lambda times: run(times, **names)), turns


def recorded(statement, turns, record, **names):
    """The same in one recording scope."""
    run, _ = repeated(statement, turns, **names)

    def inside(times):
        with record():
            run(times)

    return inside, turns


def paths():
    """By name, a function of the number of turns, and how many of them to count."""
    import numpy

    from benchmarks.libraries.mx import MX
    from benchmarks.workloads import BY_NAME

    library = MX("mxlite")
    np, npx, record = library.np, library.npx, library.scope

    def array(*shape):
        return library.variable((numpy.arange(numpy.prod(shape)).reshape(shape) / 100 + 0.5).astype("float32"))

    def step(name, turns):
        return repeated("step()", turns, step=library.step(BY_NAME[name]))

    x, vector, square, image = array(4), array(16), array(8, 8), array(8, 10)
    weight = np.ones((32, 32))
    slope = weight * 0.5
    return {
        "x + x": recorded("x + x", 2000, record, x=x),
        "x * 2": recorded("x * 2", 2000, record, x=x),
        "exp(x)": recorded("exp(x)", 2000, record, exp=np.exp, x=x),
        "x + b, 8 x 10 and 10": recorded("x + b", 1000, record, x=image, b=array(10)),
        "x < 1, and bool": repeated("x < 1 and None", 1000, x=array(1)),
        "norm of 16": recorded("norm(x)", 1000, record, norm=np.linalg.norm, x=vector),
        "x[1:3]": recorded("x[1:3]", 1000, record, x=vector),
        "x.sum()": recorded("x.sum()", 1000, record, x=vector),
        "dot of 8 x 8": recorded("dot(x, x)", 1000, record, dot=np.dot, x=square),
        "softmax of 8 x 10": recorded("softmax(x)", 500, record, softmax=npx.softmax, x=image),
        "w -= lr * g, 32 x 32": repeated("w -= lr * g", 1000, w=weight, lr=1e-6, g=slope),
        "w[:] = g, 32 x 32": repeated("w[:] = g", 1000, w=weight, g=slope),
        "attach_grad": repeated("x.attach_grad()", 1000, x=np.ones(4)),
        "record, entered and left": repeated("with record(): pass", 2000, record=record),
        "seed step of 4": step("seed 4", 300),
        "MLP 16-32-32-4, whole gradient": step("MLP 16-32-32-4", 50),
        "Rosenbrock-100, whole gradient": step("Rosenbrock-100", 50),
        "softmax cross-entropy, whole gradient": repeated(
            "with record(): loss = cross_entropy(x, labels)\n        loss.backward()",
            100,
            record=record,
            cross_entropy=library.cross_entropy,
            x=image,
            labels=np.array([1, 2, 3, 4, 5, 6, 7, 8]),
        ),
    }


def take(run, times):
    """Runs in a forked process; its number."""
    process = os.fork()
    if not process:
        status = 1
        try:
            run(times)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(process, 0)
    return None if status else process


def main(wanted):
    spec = importlib.util.spec_from_file_location(
        "benchmarks", HERE / "__init__.py", submodule_search_locations=[str(HERE)]
    )
    sys.modules["benchmarks"] = importlib.util.module_from_spec(spec)
    sys.path[0:1] = []  # not this folder: its modules are the package's
    for name, (run, turns) in paths().items():
        if wanted and name not in wanted:
            continue
        try:
            run(turns // 10 + 20)  # memory pools, caches of types and attributes
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        gc.collect()
        gc.disable()  # a collection would fall into one of the counts
        # Each process inherits the counts before it; the parent's own between two of them cancel over three.
        least, most, again = (take(run, times) for times in (1, turns + 1, 1))
        gc.enable()
        print(name, turns, least, most, again, sep="\t", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
