"""The workflows and the list of wheels, as far as they can be looked at without running them."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHONS = "cp311", "cp312", "cp313", "cp314", "cp314t", "cp315"
WHEELS = {       # what cibuildwheel is to build: (its name of the system, of the processors) and the wheels' platforms
    ("linux", "x86_64,aarch64"): [f"{c}linux_{cpu}" for c in ("many", "musl") for cpu in ("x86_64", "aarch64")],
    ("macos", "x86_64,arm64"): ["macosx_x86_64", "macosx_arm64"],
    ("windows", "AMD64,ARM64"): ["win_amd64", "win_arm64"],
}


@pytest.fixture(scope="module")
def workflows():
    found = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    if not found:
        pytest.skip("these tests were copied away from their checkout, to test an installed mxlite")
    return found


def test_actions_are_pinned(workflows):
    """A tag can be moved to other code, a commit cannot."""
    text = "".join(file.read_text("utf-8") for file in workflows)
    used = re.findall(r"^\s*(?:- )?uses: *(.*?) *$", text, re.MULTILINE)
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action)] == []


def test_no_more_rights_than_needed(workflows):
    for file in workflows:
        text = file.read_text("utf-8")
        assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE), file.name
        assert text.count("runs-on:") == text.count("timeout-minutes:"), file.name


def test_workflows_follow_their_schema(workflows):
    pytest.importorskip("check_jsonschema", reason="the schema of workflows comes with check-jsonschema")
    done = subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows",
                           *workflows], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("system", "processors"), WHEELS)
def test_wheels_that_will_be_built(workflows, system, processors):
    pytest.importorskip("cibuildwheel", reason="cibuildwheel alone can tell")
    done = subprocess.run([sys.executable, "-m", "cibuildwheel", "--print-build-identifiers", "--platform", system,
                           "--archs", processors, ROOT], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    expected = [f"{python}-{platform}" for python, platform in itertools.product(PYTHONS, WHEELS[system, processors])]
    assert sorted(done.stdout.split()) == sorted(expected)
