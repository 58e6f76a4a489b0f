"""Short seeded runs of the fuzzers, and what long ones have found; tests/fuzz says how to run long ones."""
import json
import pathlib
import warnings

import pytest
from fuzz import loader, reference
from fuzz.__main__ import FOUND, complaint, fails
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
            small = shrunk(program, lambda p: fails(p, options))
            pytest.fail(f"{complaint(small, **options)}\n{small}")


def test_programs_as_text():
    for seed in range(20):
        text = to_json(generate(seed, mxnet=seed % 2 == 0))
        assert to_json(from_json(text)) == text


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
