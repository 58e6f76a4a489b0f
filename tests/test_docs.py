"""Generated pages of docs/ are up to date."""

import importlib.util
import pathlib
import subprocess
import sys

import accuracy_reference
import pytest

import mxlite
from mxlite._op import registry
from mxlite._ops import load_all

HERE = pathlib.Path(__file__).resolve().parent


def tool(name):
    spec = importlib.util.spec_from_file_location(f"docs_{name}", HERE / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["differences", "errors", "operators"])
def test_page_is_up_to_date(name):
    module = tool(name)
    if not module.PAGE.exists():
        pytest.skip("docs/ is not beside these tests (they were copied out of the tree)")
    assert module.PAGE.read_text(encoding="utf-8") == module.render(), f"run tests/tools/{name}.py"


def test_what_check_warns_of_is_up_to_date():
    module = tool("differences")
    ours = pathlib.Path(mxlite.__file__).with_name(module.MODULE.name)
    assert ours.read_text(encoding="utf-8") == module.render_module(), "run tests/tools/differences.py"


def test_every_page_is_in_the_contents():
    docs = HERE.parent / "docs"
    if not docs.is_dir():
        pytest.skip("docs/ is not beside these tests (they were copied out of the tree)")
    listed = set((docs / "index.md").read_text(encoding="utf-8").split())
    assert [page.name for page in sorted(docs.glob("*.md")) if page.stem not in {"index", *listed}] == []


BUILDERS = ["sphinx", "myst_parser", "furo"]


@pytest.mark.skipif(not all(map(importlib.util.find_spec, BUILDERS)), reason="the extra docs is not installed")
def test_build(tmp_path):
    """The one command of CONTRIBUTING.md, elsewhere; no warning, and a page for every namespace."""
    if not (HERE.parent / "docs").is_dir():
        pytest.skip("docs/ is not beside these tests (they were copied out of the tree)")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-d", tmp_path / "doctrees",
               HERE.parent / "docs", tmp_path / "html"]
    result = subprocess.run(command, cwd=pathlib.Path(mxlite.__file__).parent.parent, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
    page = (tmp_path / "html" / "reference" / "np.html").read_text(encoding="utf-8")
    missing = [name for name in mxlite.np.__all__ if f">{name}<" not in page]
    assert set(missing) <= {"linalg", "ndarray", "random"}      # these have pages of their own


def test_trust_names_every_promise():
    """Figures are of runs, which take hours; the promises and commands are those of the script."""
    module = tool("trust")
    if not module.PAGE.exists():
        pytest.skip("docs/ is not beside these tests (they were copied out of the tree)")
    assert module.PAGE.read_text(encoding="utf-8") == module.render(module.figures()), "run tests/tools/trust.py"


def test_accuracy_names_every_elementwise_operator():
    """The page is measured, which takes minutes; that it misses no operator is seen here."""
    page = HERE.parent / "docs" / "accuracy.md"
    if not page.exists():
        pytest.skip("docs/ is not beside these tests (they were copied out of the tree)")
    load_all()
    rows = [line.split("|")[1].strip() for line in page.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    assert [name for name in rows if name] == ["operator", *(
        name for name, r in registry.items() if r.op.pointwise and name not in accuracy_reference.EXACT)]
    assert set(accuracy_reference.EXACT) <= set(registry)
