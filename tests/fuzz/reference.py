"""Compares random programs with real MXNet 1.9.1. In tests/: python -m fuzz.reference COMMAND [--seeds FIRST LAST]

COMMAND runs the reference interpreter: COMMAND SCRIPT.py. Values, dtypes, printed forms and gradients in float32.
"""
import argparse
import collections
import functools
import json
import pathlib
import re
import shlex
import subprocess
import sys
import threading
import warnings

import numpy

from fuzz.differences import Frozen, aftermath, central_differences, evaluated
from fuzz.generate import generate
from fuzz.ours import Recorded
from fuzz.programs import namespace, numpy_scope, reached, settled, to_json
from fuzz.shrink import shrunk
from mxlite import autograd, np, npx

FOUND = pathlib.Path(__file__).with_name("found")
WORKER = pathlib.Path(__file__).with_name("mxnet_worker.py")
NUMBER = re.compile(r"-?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)")


PATIENCE = 30       # seconds for a program, most of which take a hundredth of one


class Reference:
    """A worker process, started again when MXNet brings it down, or waits for ever for itself."""

    def __init__(self, command):
        self.command = [*shlex.split(command), str(WORKER)]
        self.process = None

    def __call__(self, program):
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            stderr=subprocess.DEVNULL, text=True)
        plain = json.dumps(json.loads(to_json(program)) | {"live": reached(program)})
        clock = threading.Timer(PATIENCE, self.process.kill)
        clock.start()
        try:
            self.process.stdin.write(plain + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            clock.cancel()
        if not line:
            self.process = None
        return json.loads(line) if line else {"error": "the process ended"}


def ours(program):
    """What the worker answers, by mxlite; leaves that a result's memory may be are left out."""
    recorded = Recorded(program)
    scope = namespace(np=np, npx=npx)
    found = {"heads": [_looks(h) for h in recorded.heads],
             "shown": [_looks(eval(s, scope, recorded.values)) for s in program.shown]}
    autograd.backward(recorded.heads, recorded.head_grads)
    found["grads"] = {n: recorded.variable(n).grad.asnumpy() for n in reached(program)}
    recorded.after(recorded.values)
    found["leaves"] = {n: _looks(recorded.leaves[n]) for n in aftermath(program)[1]}
    return found


def kind(said):
    """What a difference is of, without its numbers: "head", "gradient", "raises DtypeError"."""
    return re.match(r"raises \w+|\w+", said)[0]


def _looks(x):
    return x.asnumpy(), list(x.shape), str(x.dtype), repr(x)


def _close(a, b):
    if numpy.size(a) != numpy.size(b):
        return False
    a, b = numpy.asarray(a, dtype="float64"), numpy.asarray(b, dtype="float64").reshape(numpy.shape(a))
    scale = 1 + (numpy.abs(b[numpy.isfinite(b)]).max() if numpy.isfinite(b).any() else 0)
    return numpy.allclose(a, b, rtol=1e-4, atol=2e-5 * scale, equal_nan=True)


def _form(text):
    """A printed array without its numbers and the blanks that line them up."""
    return "".join(NUMBER.sub("", text).split())


def complaint(program, theirs):
    """(None or the difference, and how MXNet fared: "ran", "refused", or "alone" with its answer).

    MXNet stands alone with an answer when NumPy or central differences agree with mxlite.
    """
    if "error" in theirs:
        return None, "refused"
    try:
        mine = ours(program)
    except Exception as error:
        return f"raises {type(error).__name__}: {error}", "ran"
    outcome, plain = "ran", settled(program)
    values, grads = functools.cache(lambda: values_of(plain)), functools.cache(lambda: central_differences(plain)[1])
    wanted = [*((f"head {h}", lambda h=h: values()[h]) for h in program.heads),
              *((s, lambda s=s: eval(s, numpy_scope(), values())) for s in program.shown)]
    for (name, expected), found, answer in zip(wanted, mine["heads"] + mine["shown"],
                                               theirs["heads"] + theirs["shown"], strict=True):
        close = _close(found[0], answer[0])
        said = _look_complaint(found, answer, close)
        if said and (close or not _agree(expected(), found[0])):
            return f"{name}: {said}", "ran"
        outcome = "alone" if said else outcome
    for name, grad in mine["grads"].items():
        answer = theirs["grads"][name]
        if not _close(grad, answer):
            if not _agree(grads()[name], grad) and not _norm_of_zeros(plain, grads()[name], grad, answer):
                return f"gradient of {name} {grad.tolist()}, MXNet {answer}", "ran"
            outcome = "alone"
    expected = aftermath(program)[1] if program.after else {}
    for name, found in mine["leaves"].items():
        close = _close(found[0], theirs["leaves"][name][0])
        said = _look_complaint(found, theirs["leaves"][name], close)
        if said and (close or not (name in expected and _agree(expected[name], found[0]))):
            return f"{name} at the end: {said}", "ran"
        outcome = "alone" if said else outcome
    return None, outcome


def values_of(program):
    """The values of all names by NumPy, in the program's dtypes."""
    with numpy.errstate(all="ignore"):
        return evaluated(program, program.leaves, Frozen())


def _agree(expected, value):
    return not numpy.isnan(expected).any() and _close(value, expected)


def _norm_of_zeros(program, expected, found, answer):
    """Whether MXNet has nan alone where mxlite has a number and differences see a kink, in a program with a norm, whose
    derivative at 0 is 0 in mxlite."""
    answer = numpy.asarray(answer, dtype="float64").reshape(numpy.shape(found))
    odd = numpy.isnan(answer) & ~numpy.isnan(found)
    return (any("norm(" in line for line in program.lines) and odd.any() and numpy.isnan(expected[odd]).all()
            and _close(found[~odd], answer[~odd]))


def _look_complaint(found, expected, close):
    (a, shape, dtype, text), (b, their_shape, their_dtype, their_text) = found, expected
    if shape != their_shape or dtype != their_dtype:
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
    parser.add_argument("--save", action="store_true", help="store what differs in fuzz/found, for the tests")
    args = parser.parse_args()
    warnings.simplefilter("ignore")     # of NumPy, about means of nothing
    reference = Reference(args.command)
    outcomes, failures = collections.Counter(), 0
    for seed in range(*args.seeds):
        program = generate(seed, mxnet=True)
        said, outcome = complaint(program, reference(program))
        outcomes[outcome] += 1
        if said:
            failures += 1
            small = shrunk(program, lambda p, like=said: fails(p, reference, like))
            answer = reference(small)
            print(f"--- seed {seed}: {complaint(small, answer)[0]}\n{small}\n", flush=True)
            if args.save:
                FOUND.mkdir(exist_ok=True)
                saved = {"program": json.loads(to_json(small)), "mxnet": answer}
                (FOUND / f"mxnet_{seed}.json").write_text(json.dumps(saved) + "\n")
    print(f"{dict(outcomes)}, {failures} differences")
    sys.exit(failures > 0)


def fails(program, reference, like):
    """Whether a program still shows a difference of the same kind."""
    try:
        aftermath(program)
        said = complaint(program, reference(program))[0]
        return said is not None and kind(said) == kind(like)
    except Exception:   # shrunk to something that is no program any more
        return False


if __name__ == "__main__":
    main()
