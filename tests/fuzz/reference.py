"""Compares random programs with real MXNet 1.9.1. In tests/: python -m fuzz.reference COMMAND [--seeds FIRST LAST]

COMMAND runs the reference interpreter: COMMAND SCRIPT.py. Values, dtypes, printed forms and gradients in float32.
"""
import argparse
import collections
import json
import pathlib
import re
import shlex
import subprocess
import sys

import numpy

from fuzz.libraries import central_differences, numpy_heads
from fuzz.programs import generate, namespace, shrunk
from mxlite import autograd, np, npx

WORKER = pathlib.Path(__file__).with_name("mxnet_worker.py")
NUMBER = re.compile(r"-?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)")


class Reference:
    """A worker process, started again when MXNet brings it down."""

    def __init__(self, command):
        self.command = [*shlex.split(command), str(WORKER)]
        self.process = None

    def __call__(self, program):
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            stderr=subprocess.DEVNULL, text=True)
        plain = {
            "leaves": {n: (v.tolist(), v.shape) for n, v in program.leaves.items()}, "source": program.source(),
            "heads": program.heads, "grad_req": program.grad_req,
            "head_grads": [None if g is None else (g.tolist(), g.shape) for g in program.head_grads]}
        try:
            self.process.stdin.write(json.dumps(plain) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self.process = None
        return json.loads(line) if line else {"error": "the process ended"}


def ours(program):
    """What the worker answers, by mxlite."""
    leaves = {n: np.array(v, dtype="float32") for n, v in program.leaves.items()}
    for name, leaf in leaves.items():
        leaf.attach_grad(program.grad_req[name])
    values = dict(leaves)
    with autograd.record():
        exec(program.source(), namespace(np=np, npx=npx, stop=lambda v: v.detach()), values)
    heads = [values[h] for h in program.heads]
    found = {"heads": [[h.asnumpy(), h.shape, str(h.dtype), repr(h)] for h in heads]}
    autograd.backward(heads, [None if g is None else np.array(g, dtype="float32") for g in program.head_grads])
    found["grads"] = {n: leaf.grad.asnumpy() for n, leaf in leaves.items() if program.grad_req[n] != "null"}
    return found


def _close(a, b):
    if numpy.size(a) != numpy.size(b):
        return False
    a, b = numpy.asarray(a, dtype="float64"), numpy.asarray(b, dtype="float64").reshape(numpy.shape(a))
    scale = 1 + (numpy.abs(b[numpy.isfinite(b)]).max() if numpy.isfinite(b).any() else 0)
    return numpy.allclose(a, b, rtol=1e-4, atol=2e-5 * scale, equal_nan=True)


def _form(text):
    """A printed array without its numbers and the blanks that line them up."""
    return "".join(NUMBER.sub("", text).split())


def _alone(program, name, value):
    """Whether MXNet stands alone: NumPy, or central differences, agree with us."""
    expected = numpy_heads(program)[name] if isinstance(name, int) else central_differences(program)[1][name]
    return not numpy.isnan(expected).any() and _close(value, expected)


def complaint(program, reference):
    """(None or the difference, and how MXNet fared: "ran", "refused", or "alone" with its answer)."""
    theirs = reference(program)
    if "error" in theirs:
        return None, "refused"
    try:
        mine = ours(program)
    except Exception as error:
        return f"raises {type(error).__name__}: {error}", "ran"
    outcome = "ran"
    for k, (found, expected) in enumerate(zip(mine["heads"], theirs["heads"], strict=True)):
        close = _close(found[0], expected[0])
        said = _head_complaint(found, expected, close)
        if said and (close or not _alone(program, k, found[0])):
            return said, "ran"
        outcome = "alone" if said else outcome
    for name, grad in mine["grads"].items():
        if not _close(grad, theirs["grads"][name]):
            if not _alone(program, name, grad):
                return f"gradient of {name} {grad.tolist()}, MXNet {theirs['grads'][name]}", "ran"
            outcome = "alone"
    return None, outcome


def _head_complaint(found, expected, close):
    (a, shape, dtype, text), (b, their_shape, their_dtype, their_text) = found, expected
    if list(shape) != their_shape or dtype != their_dtype:
        return f"{dtype}{shape}, MXNet {their_dtype}{their_shape}"
    if not close:
        return f"{a.tolist()}, MXNet {b}"
    b = numpy.asarray(b, dtype=a.dtype).reshape(a.shape)
    same = numpy.array_equal(a, b) and numpy.array_equal(numpy.signbit(a), numpy.signbit(b))
    if text != their_text if same else _form(text) != _form(their_text):
        return f"prints {text}, MXNet {their_text}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command")
    parser.add_argument("--seeds", nargs=2, type=int, default=(0, 1000), metavar=("FIRST", "LAST"))
    args = parser.parse_args()
    reference = Reference(args.command)
    outcomes, failures = collections.Counter(), 0
    for seed in range(*args.seeds):
        program = generate(seed)
        said, outcome = complaint(program, reference)
        outcomes[outcome] += 1
        if said:
            failures += 1
            small = shrunk(program, lambda p: complaint(p, reference)[0] is not None)
            print(f"--- seed {seed}: {complaint(small, reference)[0]}\n{small}\n", flush=True)
    print(f"{dict(outcomes)}, {failures} differences")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
