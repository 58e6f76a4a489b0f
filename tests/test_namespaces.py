"""The namespace files agree with what the operators declare; each difference is shown as a line to add or to drop."""

import importlib
import importlib.util
import pathlib
import subprocess
import sys

import pytest

import mxlite

TOOL = pathlib.Path(__file__).resolve().parent / "tools" / "namespaces.py"
_spec = importlib.util.spec_from_file_location("namespaces_tool", TOOL)
tool = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tool)

PACKAGE = pathlib.Path(mxlite.__file__).resolve().parent


@pytest.mark.parametrize(("path", "text"), tool.render().items(), ids=lambda v: v if v.endswith(".py") else "")
def test_files_are_up_to_date(path, text):
    file = PACKAGE.parent / path
    have = file.read_text(encoding="utf-8").splitlines()
    want = text.splitlines()
    changes = [f"add   {line}" for line in want if line not in have]
    changes += [f"drop  {line}" for line in have if line not in want]
    assert not changes, f"{path} (or run tests/tools/namespaces.py):\n" + "\n".join(changes)
    assert have == want, f"{path}: the order of lines differs; run tests/tools/namespaces.py"


@pytest.mark.parametrize("space", tool.TITLES)
def test_all_is_complete(space):
    module = importlib.import_module(f"mxlite.{space}")
    public = {name for name in vars(module) if not name.startswith("_")}
    assert public == set(module.__all__)


@pytest.mark.parametrize("name", ["np", "npx", "nd", "autograd", "context", "random", "base"])
def test_modules_at_the_top(name):
    assert getattr(mxlite, name) is importlib.import_module(f"mxlite.{name}")


def test_imports_are_light():
    heavy = {"numpy.random", "json", "typing_extensions", "unittest"}
    code = "import sys, numpy; before = set(sys.modules); import mxlite; print(*(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True,
                            cwd=PACKAGE.parent).stdout.split()
    assert not heavy & set(loaded)
