"""Every `raise` of the package: what is raised is an error of mxlite, or stands below with the reason."""

import ast
import builtins
import pathlib
import re

import pytest

import mxlite
from mxlite import _errors, errors
from mxlite._errors import MXNetError

PACKAGE = pathlib.Path(mxlite.__file__).resolve().parent
SOURCES = pathlib.Path(__file__).resolve().parents[1] / "pyx" / "mxlite"
FILES = sorted(PACKAGE.rglob("*.py")) + (sorted(SOURCES.rglob("*.pyx")) if SOURCES.is_dir() else [])

OURS = {name for name, value in vars(_errors).items() if isinstance(value, type) and issubclass(value, MXNetError)}
# Functions of _errors (and one of files) that make an error of mxlite out of another one.
MAKERS = {"from_numpy", "from_call", "_file_error"}

DECLARATION = "an operator is declared wrongly, which whoever imports it for the first time sees"
PROTOCOL = "Python's own protocol asks for precisely this class"
# (file, class or name): why it is no error of mxlite.
EXCEPTIONS = {
    ("_absent.py", "AttributeError"): PROTOCOL,
    ("_absent.py", "ValueError"): "the table of absent names contradicts itself, which importing mxlite shows",
    ("_shim.py", "ModuleNotFoundError"): PROTOCOL,
    ("_check.py", "LookupError"): "the table of differences contradicts itself, which the tests of check show",
    ("_notebook.py", "SystemExit"): "the command line's way to end",
    ("_notebook.py", "SyntaxError"): "the error of the cell, as Python would show it",
    ("_op.py", "TypeError"): DECLARATION,
    ("_engine/op.pyx", "TypeError"): DECLARATION,
    ("_engine/program.pyx", "ValueError"): DECLARATION,
    ("_engine/trace.pyx", "TypeError"): DECLARATION,
    ("_dtype.py", "TypeError"): "caught three lines below, where it becomes a DtypeError",
    ("_ops/reshape_codes.py", "_Misfit"): "caught in the same file, where it becomes a ShapeError",
    ("_ops/index.py", "error"): "one of two classes of mxlite",
    ("_array.py", "error"): "what `translated` has made of it",
    ("_engine/guard.pyx", "error"): "what `translated` has made of it",
    ("_engine/watch.pyx", "error"): "an AnomalyError, made a few lines above",
}


def raised(path):
    """(line, name) of what each `raise` of a file raises; a bare one is left out. `assert` raises AssertionError."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".pyx":
        for k, line in enumerate(text.splitlines(), 1):
            if match := re.match(r"\s*raise\s+([\w.]+)", line):
                yield k, match[1].rpartition(".")[2]
            elif re.match(r"\s*assert\b", line):
                yield k, "AssertionError"
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assert):
            yield node.lineno, "AssertionError"
        elif isinstance(node, ast.Raise) and node.exc is not None:
            made = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            yield node.lineno, ast.unparse(made).rpartition(".")[2]


def relative(path):
    return path.relative_to(SOURCES if path.suffix == ".pyx" else PACKAGE).as_posix()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_what_is_raised(path):
    wrong = [f"line {line}: {name}" for line, name in raised(path)
             if name not in OURS | MAKERS and (relative(path), name) not in EXCEPTIONS]
    assert not wrong, f"{wrong}: raise a class of mxlite/_errors.py"


def test_exceptions_are_needed():
    """No line of the list above outlives what it excuses."""
    there = {(relative(path), name) for path in FILES for _, name in raised(path)}
    known = {relative(path) for path in FILES}
    assert [key for key in EXCEPTIONS if key not in there and key[0] in known] == []


def test_the_walk_sees_raises(tmp_path):
    module = tmp_path / "some.py"
    module.write_text("def f():\n    raise ValueError('x')\n    raise\n    raise errors.ShapeError\n    assert f\n")
    assert list(raised(module)) == [(2, "ValueError"), (4, "ShapeError"), (5, "AssertionError")]
    module = tmp_path / "some.pyx"
    module.write_text("cdef f():\n    raise ValueError('x')\n    raise\n    assert f\n")
    assert list(raised(module)) == [(2, "ValueError"), (4, "AssertionError")]


def test_errors_are_public_and_documented():
    """mxlite.errors has them all; each says when it is raised, and is a built-in exception besides MXNetError."""
    assert set(errors.__all__) == OURS
    for name in errors.__all__:
        cls = getattr(errors, name)
        assert cls.__doc__
        assert cls.__doc__.strip().endswith(".")
        assert issubclass(cls, MXNetError)
        fitting = {c.__name__ for c in cls.__mro__ if vars(builtins).get(c.__name__) is c}
        fitting -= {"Exception", "BaseException", "object", "RuntimeError"}
        assert issubclass(cls, _errors.GraphError) or cls is MXNetError or fitting, name
