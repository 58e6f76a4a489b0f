"""Runs the blocks of code of a page, or the examples of docstrings, in a process of their own.

usage: python tests/doc_blocks.py PAGE.md           every block, in one namespace, from top to bottom
       python tests/doc_blocks.py --write PAGE.md   the same, and pictures that differ are written anew
       python tests/doc_blocks.py                   every docstring of mxlite that has examples

What a block of Python prints must stand in comments after its print statements. `$ python ...` lines of console blocks
run in a temporary folder that holds the blocks marked `file=NAME`. A block marked `picture=NAME` saves that file, which
is to be the one in docs/pictures. A comment before a block may say that it is

    <!-- not run: REASON -->            left alone
    <!-- command: NAME -->              run by .ci/run
    <!-- quoted from: PATH -->          part of that file, word for word, and not run
"""

import contextlib
import doctest
import importlib
import inspect
import io
import os
import pathlib
import pkgutil
import re
import subprocess
import sys
import tempfile
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
REMARK = re.compile(r"<!-- (not run|command|quoted from): (.+) -->$")
OPTIONS = doctest.ELLIPSIS | doctest.FAIL_FAST


class Block(NamedTuple):
    """A fenced block: its language, what stands after that, its text, its first line, and the remark before it."""

    language: str
    option: str
    text: str
    line: int
    remark: tuple


def blocks(page):
    """The fenced blocks of a page that are not directives of Sphinx."""
    lines = page.read_text(encoding="utf-8").splitlines()
    found, start = [], None
    for number, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if start is None:
            start = number
            continue
        language, _, option = lines[start][3:].partition(" ")
        remark = REMARK.match(lines[start - 1]) if start else None
        if not language.startswith("{"):
            text = "\n".join([*lines[start + 1:number], ""])
            found.append(Block(language, option, text, start + 2, remark.groups() if remark else ()))
        start = None
    assert start is None, f"{page.name}: a block without an end"
    return found


def run_python(block, names, page):
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile("\n" * (block.line - 1) + block.text, page.name, "exec"), names)
    said = [re.search(r"\)  # (.+)$", line) for line in block.text.splitlines() if re.match(r"\s*print\(", line)]
    assert all(said), "a print without a comment that says what it prints"
    assert output.getvalue().splitlines() == [match[1] for match in said], f"prints {output.getvalue()}"


def run_session(text, names, name, line):
    test = doctest.DocTestParser().get_doctest(text, names, name, name, line - 1)
    report = io.StringIO()
    result = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False).run(test, out=report.write, clear_globs=False)
    names.update(test.globs)
    assert not result.failed, report.getvalue()


def run_console(block, folder):
    parts = re.split(r"^\$ (.+)\n", block.text, flags=re.M)
    assert parts[0] == "", "a console block begins with a command"
    for command, expected in zip(parts[1::2], parts[2::2], strict=True):
        program, *arguments = command.split()
        assert program == "python", command
        result = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, encoding="utf-8",
                                env={**os.environ, "PYTHONIOENCODING": "utf-8"}, timeout=120)
        got = (result.stdout + result.stderr).rstrip()
        assert got == expected.rstrip(), f"{command} prints\n{got}"


def run_picture(block, names, page, folder, write):
    name = block.option.removeprefix("picture=")
    before = os.getcwd()
    os.chdir(folder)
    try:
        run_python(block, names, page)
    finally:
        os.chdir(before)
    drawn, kept = (folder / name).read_text(encoding="utf-8"), page.parent / "pictures" / name
    if write:
        kept.write_text(drawn, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == drawn, f"{kept.name} is drawn otherwise now: use --write"


def run(block, names, page, folder, write):
    kind, text = block.remark or ("", "")
    if kind == "quoted from":
        assert block.text in (ROOT / text).read_text(encoding="utf-8"), f"this is not in {text}"
    elif kind:
        return
    elif block.option.startswith("file="):
        (folder / block.option.removeprefix("file=")).write_text(block.text, encoding="utf-8")
    elif block.option.startswith("picture="):
        run_picture(block, names, page, folder, write)
    elif block.language == "python":
        run_python(block, names, page)
    elif block.language == "pycon":
        run_session(block.text, names, page.name, block.line)
    elif block.language == "console":
        run_console(block, folder)
    else:
        raise AssertionError(f"nothing runs {block.language!r}; say why in <!-- not run: ... --> before it")


def run_page(page, write):
    names = {"__name__": "page"}
    with tempfile.TemporaryDirectory() as folder:
        for block in blocks(page):
            try:
                run(block, names, page, pathlib.Path(folder), write)
            except AssertionError as error:
                raise SystemExit(f"{page.name}:{block.line}: {error}") from None


def docstrings(module):
    """{name: docstring with examples} of a module, compiled or not."""
    found = {module.__name__: module.__doc__}
    for name, value in vars(module).items():
        if getattr(value, "__module__", None) == module.__name__:
            whole = f"{module.__name__}.{name}"
            found[whole] = getattr(value, "__doc__", None)
            if inspect.isclass(value):
                found.update({f"{whole}.{n}": getattr(v, "__doc__", None)
                              for n, v in vars(value).items() if callable(v) or isinstance(v, property)})
    return {name: text for name, text in found.items() if isinstance(text, str) and ">>>" in text}


def run_docstrings():
    import mxlite

    usual = {"np": mxlite.np, "npx": mxlite.npx, "nd": mxlite.nd, "autograd": mxlite.autograd, "mxlite": mxlite}
    for info in pkgutil.walk_packages(mxlite.__path__, "mxlite."):
        module = importlib.import_module(info.name)
        for name, text in docstrings(module).items():
            try:
                run_session(inspect.cleandoc(text), {**usual, **vars(module)}, name, 1)
            except AssertionError as error:
                raise SystemExit(f"{name}: {error}") from None
            print(name)


if __name__ == "__main__":
    # Not where this script lies: pages are to import what is installed.
    sys.path[:] = [entry for entry in sys.path if not entry or pathlib.Path(entry).resolve() != ROOT / "tests"]
    if sys.argv[1:]:
        run_page(pathlib.Path(sys.argv[-1]).resolve(), "--write" in sys.argv)
    else:
        run_docstrings()
