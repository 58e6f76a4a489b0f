"""Every block of code in README.md and docs/ does what the page says; so do the examples in docstrings."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mxlite import _check

HERE = Path(__file__).resolve().parent
SCRIPT = HERE / "doc_blocks.py"
PAGES = [*sorted((HERE.parent / "docs").glob("*.md")), HERE.parent / "README.md"]


def run(*arguments):
    return subprocess.run([sys.executable, SCRIPT, *arguments], cwd=HERE.parent, capture_output=True, text=True,
                          timeout=300)


@pytest.fixture(scope="module")
def docs():
    if not (HERE.parent / "docs").is_dir():
        pytest.skip("docs/ is not beside these tests (they were copied out of the tree)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.usefixtures("docs")
def test_page(page):
    result = run(page)
    assert (result.returncode, result.stderr) == (0, "")


def test_docstrings():
    result = run()
    assert (result.returncode, result.stderr) == (0, "")
    assert "mxlite._shim.install_as_mxnet" in result.stdout.splitlines()


WRONG = {
    "a value": ("```python\nprint(1 + 1)  # 3\n```\n", "page.md:2: prints 2"),
    "no comment": ("```python\nprint(1)\n```\n", "page.md:2: a print without a comment"),
    "a session": ("text\n\n```pycon\n>>> 1 + 1\n3\n```\n", "Got:"),
    "a command": ("```console\n$ python -c print(1)\n2\n```\n", "prints\n1"),
    "another language": ("```sh\nls\n```\n", "page.md:2: nothing runs 'sh'"),
    "a quotation": ("<!-- quoted from: README.md -->\n```python\nx = 12345\n```\n", "this is not in README.md"),
    "no end": ("```python\n", "a block without an end"),
}


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.usefixtures("docs")
def test_what_is_wrong_is_found(case, tmp_path):
    source, message = WRONG[case]
    (tmp_path / "page.md").write_text(source)
    result = run(tmp_path / "page.md")
    assert result.returncode == 1
    assert message in result.stderr


@pytest.mark.parametrize("page", [p for p in PAGES if p.name.startswith("from_")], ids=lambda page: page.name)
def test_names_in_tables_exist(page):
    """What the last column of a table calls np, npx, nd, autograd or mxlite is there."""
    cells = [line.rstrip("| ").rpartition(" | ")[2] for line in page.read_text("utf-8").splitlines() if line[:1] == "|"]
    named = {name for cell in cells for code in re.findall(r"`([^`]+)`", cell)
             for name in re.findall(r"\b(?:np|npx|nd|autograd|mxlite)\.[a-zA-Z_.]+", code)}
    assert named
    for name in named:
        if name.startswith("mxlite."):
            module, _, last = name.rpartition(".")
            assert hasattr(importlib.import_module(module), last), name
        else:
            assert _check.find(f"mxnet.{name}"), name
