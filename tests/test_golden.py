"""Replays on mxlite what was recorded from real MXNet: printed text, classes, dtypes, shapes, values, errors."""

import builtins
import json
import pathlib
import sys

import numpy
import pytest

import mxlite

GOLDEN = pathlib.Path(__file__).resolve().parent / "golden"
sys.path.insert(0, str(GOLDEN))
from golden_cases import describe, first_line, read_cases, run  # noqa: E402

FILES = sorted((GOLDEN / "programs").glob("*.py"))
RECORDS = {path.stem: json.loads((GOLDEN / f"{path.stem}.json").read_text(encoding="utf-8")) for path in FILES}
CASES = [(path.stem, case) for path in FILES for case in read_cases(path).values()]

# Two correct implementations may round a sum in a different order; nothing wider is forgiven.
TOLERANCE = {"float64": (1e-12, 1e-13), "float32": (1e-5, 1e-6), "float16": (2e-3, 1e-3)}


@pytest.mark.parametrize(("file", "case"), [pytest.param(f, c, id=f"{f}::{c.name}") for f, c in CASES])
def test_replay(file, case):
    """The case does on mxlite what the recording says, or what its own `expect` says."""
    recorded = RECORDS[file].get(case.name)
    assert recorded is not None, "no recording: run tests/golden/record.py under the reference MXNet"
    assert recorded["source"] == case.digest, "stale recording: run tests/golden/record.py under the reference MXNet"
    try:
        names, stdout, error = run(case, mxlite, numpy, f"{file}.py")
    finally:
        mxlite.npx.reset_np()
        mxlite.autograd.set_recording(False)
        mxlite.autograd.set_training(False)
    if case.differs:
        names.setdefault("result", None)
        names.update(error=error, stdout=stdout)
        if error is not None and "error" not in case.expect:
            raise error
        assert eval(case.expect, names), f"{case.differs}: {case.expect} does not hold; error: {error!r}"
        return
    assert stdout == recorded.get("stdout", [])
    if "error" in recorded:
        check_error(error, recorded["error"], case.phrase)
        return
    if error is not None:
        raise error
    if "result" in recorded:
        check(describe(names.get("result"), mxlite, numpy), recorded["result"], "result")


@pytest.mark.parametrize("file", RECORDS)
def test_no_orphans(file):
    """Every recording belongs to a case that still exists."""
    assert set(RECORDS[file]) == {case.name for stem, case in CASES if stem == file}


def check_error(error, recorded, phrase):
    """The error is an MXNetError where MXNet's was; where it was a built-in type, that type or an MXNetError."""
    assert error is not None, f"nothing raised; MXNet says: {recorded['message']}"
    accepted = [mxlite.base.MXNetError]
    named = getattr(builtins, recorded["types"][0], None)
    if named is not None:
        accepted.append(named)
    if not isinstance(error, tuple(accepted)):
        raise AssertionError(f"raised {error!r}; MXNet: {recorded}") from error
    if phrase:
        assert phrase in str(error), f"{first_line(str(error))!r} lacks {phrase!r}"


def check(got, want, where):
    """Compare two descriptions: structure, classes, dtypes and shapes exactly, floats within their tolerance."""
    if not isinstance(want, dict) or not isinstance(got, dict):
        assert (type(got), got) == (type(want), want), f"{where}: {got!r}, MXNet {want!r}"
        return
    for key in ("cls", "dtype", "shape", "name"):
        assert got.get(key) == want.get(key), f"{where}: {key} {got.get(key)!r}, MXNet {want.get(key)!r}"
    if "items" in want:
        assert len(got["items"]) == len(want["items"]), f"{where}: {len(got['items'])} items"
        keys = want["items"] if isinstance(want["items"], dict) else range(len(want["items"]))
        for key in keys:
            check(got["items"][key], want["items"][key], f"{where}[{key!r}]")
    elif "data" in want:
        data = [numpy.asarray(side["data"], dtype=want.get("dtype", "float64")) for side in (got, want)]
        if data[0].dtype.kind in "biu":
            numpy.testing.assert_array_equal(*data, err_msg=where)
        else:
            # A Python float came from an array of unknown width: hold it to float32.
            rtol, atol = TOLERANCE[want.get("dtype", "float32")]
            numpy.testing.assert_allclose(*data, rtol=rtol, atol=atol, err_msg=where)
