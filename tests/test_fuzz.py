"""Short seeded runs of the fuzzers, and what long ones have found; tests/fuzz says how to run long ones."""
import json
import math
import pathlib
import subprocess
import sys
import warnings

import numpy
import pytest
from fuzz import loader, reference
from fuzz.__main__ import FOUND, complaint, fails
from fuzz.differences import derivative
from fuzz.generate import generate
from fuzz.programs import from_json, to_json
from fuzz.shrink import shrunk

SAVED = sorted(FOUND.glob("*.json"))
CORPUS = sorted(loader.CORPUS.glob("*"))


@pytest.mark.parametrize("first", range(0, 200, 40))
def test_small_programs(first):
    for seed in range(first, first + 40):
        check(generate(seed), second=seed % 8 == 0)


def test_large_programs():
    for seed in range(4):
        check(generate(seed, large=True), tolerance=100.0)


def check(program, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)     # std of one element, on the NumPy side
        said = complaint(program, **options)
        if said:
            small = shrunk(program, lambda p: fails(p, options, said))
            pytest.fail(f"{complaint(small, **options)}\n{small}")


def test_programs_as_text():
    for seed in range(20):
        text = to_json(generate(seed, mxnet=seed % 2 == 0))
        assert to_json(from_json(text)) == text


@pytest.mark.parametrize(("function", "expected"), [
    (math.exp, 1.0), (lambda x: 1e3 * math.sin(x), 1e3), (lambda x: math.sin(30 * x), 30.0), (abs, None),
    (lambda x: x * abs(x), None),                           # the second derivative jumps
    (lambda x: 0.007 * min(x, 2.4e-8), None),               # a kink beside the point, smaller than curves bend
    (lambda x: 3e-5 * abs(x - 7e-6), None), (lambda x: x if x > 0 else 1.0, None),
])
def test_central_differences_at_kinks(function, expected):
    """They have no opinion where there is no derivative, however small the kink, and are exact elsewhere."""
    at = numpy.zeros(1)
    found = derivative(lambda: function(float(at[0])), function(0.0), at, (0,))
    if expected is None:
        assert numpy.isnan(found)
    else:
        assert abs(found - expected) < 1e-6 * expected
    assert at[0] == 0


def test_a_seed_is_one_program():
    """Also as the first of a process, in which NumPy has not yet imported what some of its methods need."""
    seed = 20034
    for k in range(10):
        generate(k)
    code = f"import sys; sys.path[:] = {sys.path}\nfrom fuzz.generate import generate\n" \
           f"from fuzz.programs import to_json\nsys.stdout.write(to_json(generate({seed})))"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == to_json(generate(seed))


@pytest.mark.parametrize("path", SAVED, ids=[p.stem for p in SAVED])
def test_found(path):
    """Programs that showed a difference once: with central differences, or with what MXNet answered."""
    saved = json.loads(path.read_text(encoding="utf-8"))
    program = from_json(json.dumps(saved["program"]))
    if "mxnet" in saved:
        assert reference.complaint(program, saved["mxnet"])[0] is None
    else:
        check(program, second=True)


@pytest.mark.parametrize("path", CORPUS, ids=[p.name for p in CORPUS])
def test_corpus(path):
    """Files that reached something new in the readers: each raises FormatError or loads, as a file and as a pickle."""
    data = pathlib.Path(path).read_bytes()
    loader.read(data)
    loader.unpickle(data)
