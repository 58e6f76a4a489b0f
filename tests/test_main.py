"""`python -m mxlite`: programs and notebooks behave as under Python and Jupyter, with mxlite for mxnet."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

import mxlite
from mxlite._notebook import Layout

pytestmark = pytest.mark.thread_unsafe(reason="the work is done by another process")

EXAMPLES = Path(__file__).parent.parent / "examples"


def python(*arguments, cwd):
    """Run this Python from `cwd`, where no mxlite lies about; the result has returncode, stdout, stderr."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


def notebook(path, *cells):
    sources = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    path.write_text(json.dumps({"cells": sources, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return path


@pytest.mark.parametrize("program", ["autodiff.py", "autodiff_nd.ipynb"])
def test_examples_print_what_mxnet_prints(program, tmp_path):
    result = python("-m", "mxlite", EXAMPLES / program, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (EXAMPLES / program).with_suffix(".out").read_text("utf-8")


PROBE = '''"""A program that says how it was started, and ends as it is told."""
import inspect, pickle, sys

def fail(x):
    return 1 / x

class Local:
    pass

print(sys.argv, sys.path[0], __name__, __file__, __doc__, __spec__, __package__, type(__builtins__),
      globals().get("__cached__", "not there"))
print(sys.modules["__main__"].__dict__ is globals(), type(pickle.loads(pickle.dumps(Local()))) is Local)
print(inspect.getsource(fail))
ending = sys.argv[1] if len(sys.argv) > 1 else ""
if ending == "status":
    sys.exit(7)
if ending == "message":
    sys.exit("told to stop")
if ending == "error":
    fail(0)
if ending == "chained":
    try:
        fail(0)
    except ZeroDivisionError as error:
        raise ValueError("a bad one") from error
if ending == "name":
    fial(0)
if ending == "interrupt":
    raise KeyboardInterrupt
if ending == "group":
    raise ExceptionGroup("several", [ValueError("one")])
if ending == "hook":
    sys.excepthook = lambda kind, error, trace: print("hook", kind, error, trace.tb_frame.f_globals is globals())
    fail(0)
if ending == "atexit":
    import atexit
    atexit.register(print, "last words")
    fail(0)
'''


ENDINGS = ["", "status", "message", "error", "chained", "name", "interrupt", "group", "hook", "atexit"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_runs_as_python_does(ending, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "probe.py").write_text(PROBE)
    arguments = (Path("sub", "probe.py"), *ending.split(), "--flag")
    plain, ours = python(*arguments, cwd=tmp_path), python("-m", "mxlite", *arguments, cwd=tmp_path)
    assert ours.stdout.splitlines()[0].startswith(f"[{str(arguments[0])!r}")
    assert (ours.stdout, ours.stderr, ours.returncode) == (plain.stdout, plain.stderr, plain.returncode)


@pytest.mark.parametrize("text", ["def f(:\n    pass\n", "# -*- coding: latin-1 -*-\nprint('\xe9')\n"])
def test_reads_source_as_python_does(text, tmp_path):
    (tmp_path / "program.py").write_text(text, "latin-1")
    plain, ours = python("program.py", cwd=tmp_path), python("-m", "mxlite", "program.py", cwd=tmp_path)
    assert (ours.stdout, ours.stderr, ours.returncode) == (plain.stdout, plain.stderr, plain.returncode)


def test_modules_beside_the_program_are_found(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "helper.py").write_text("from mxnet import np\nthree = np.array(3)\n")
    (tmp_path / "sub" / "program.py").write_text("import helper\nprint(helper.three + 1)\n")
    result = python("-m", "mxlite", Path("sub", "program.py"), cwd=tmp_path)
    assert (result.stdout, result.stderr) == ("4.0\n", "")


def test_numpy_scalars_print_as_numbers(tmp_path):
    (tmp_path / "program.py").write_text("from mxnet import nd\nprint([nd.array([1.5]).asscalar()])\n")
    assert python("-m", "mxlite", "program.py", cwd=tmp_path).stdout == "[1.5]\n"


def test_what_is_missing_is_named(tmp_path):
    (tmp_path / "program.py").write_text("from mxnet import np\nfrom mxnet import gluon\n")
    result = python("-m", "mxlite", "program.py", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.splitlines()[1].endswith('program.py", line 2, in <module>')
    assert "does not have 'mxnet.gluon'" in result.stderr


def test_cells_share_a_namespace_and_echo_their_last_expression(tmp_path):
    path = notebook(
        tmp_path / "n.ipynb",
        "x = 1\nx + 1",
        "x = x + 4; x, 'a'",
        "print('printed')\nNone",
        "x;",
        "x ;  # quiet",
        "'a;'",
        "",
        "# nothing",
        "if x:\n    x",
        "def f():\n    return x",
        "f()",
        "display(x, [x])",
    )
    result = python("-m", "mxlite", path, cwd=tmp_path)
    assert (result.stdout, result.stderr) == ("2\n(5, 'a')\nprinted\n'a;'\n5\n5\n[5]\n", "")


def test_magics_without_effect_are_passed_over(tmp_path):
    path = notebook(
        tmp_path / "n.ipynb",
        "%matplotlib inline\n%config InlineBackend.figure_format = 'svg'\nx = (7\n%  4)\nx",
        "if x:\n    %load_ext autoreload\n    %autoreload 2\nx",
        '"""\n%time not a magic\n"""',
    )
    result = python("-m", "mxlite", path, cwd=tmp_path)
    assert (result.stdout, result.stderr) == ("3\n3\n'\\n%time not a magic\\n'\n", "")


@pytest.mark.parametrize("line", ["%timeit x", "%%time", "%%matplotlib", "!ls", "x?", "?x", "%cd it's"])
def test_other_escapes_are_errors_on_their_line(line, tmp_path):
    path = notebook(tmp_path / "n.ipynb", "print('first')", f"x = 1\n{line}\nx")
    result = python("-m", "mxlite", path, cwd=tmp_path)
    assert (result.stdout, result.returncode) == ("first\n", 1)
    assert "n.ipynb, cell 2" in result.stderr
    assert f"line 2\n    {line}\n" in result.stderr
    assert "mxlite runs Python cells" in result.stderr


def test_tracebacks_show_the_cell(tmp_path):
    path = notebook(tmp_path / "n.ipynb", "x = 0", "def f():\n    return 1 / x", "print('so far')\nf()")
    result = python("-m", "mxlite", path, cwd=tmp_path)
    assert (result.stdout, result.returncode) == ("so far\n", 1)
    lines = [line for line in result.stderr.splitlines() if set(line) - set(" ~^")]
    assert lines == [
        "Traceback (most recent call last):",
        f'  File "{path}, cell 3", line 2, in <module>',
        "    f()",
        f'  File "{path}, cell 2", line 2, in f',
        "    return 1 / x",
        "ZeroDivisionError: division by zero",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"worksheets": []}'])
def test_not_a_notebook(text, tmp_path):
    (tmp_path / "n.ipynb").write_text(text)
    result = python("-m", "mxlite", "n.ipynb", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (1, "mxlite: n.ipynb is not a Jupyter notebook of format 4\n")


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        ([], 2, "usage: python -m mxlite PROGRAM.py"),
        (["nowhere.py"], 2, "can't open file"),
        (["--nonsense"], 2, "unknown option --nonsense"),
    ],
)
def test_wrong_calls(arguments, status, text, tmp_path):
    result = python("-m", "mxlite", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (status, "")
    assert text in result.stderr


def test_info(tmp_path):
    result = python("-m", "mxlite", "--info", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    rows = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert list(rows) == ["mxlite", "Python", "NumPy", "BLAS", "threads", "system"]
    assert rows["mxlite"].startswith(mxlite.__version__ + " (")
    assert rows["NumPy"] == numpy.__version__


def test_help_and_version(tmp_path):
    assert python("-m", "mxlite", "--help", cwd=tmp_path).stdout.startswith("Run a program written for MXNet")
    assert python("-m", "mxlite", "--version", cwd=tmp_path).stdout == f"{mxlite.__version__}\n"


class Lines:
    """Stands for an NDArray, whose text has three lines, the first of them empty."""

    def __repr__(self):
        return "\n[1. 2.]\n<NDArray 2 @cpu(0)>"


LONG = "x" * 78  # too long by one for brackets around it


def shown(text):
    """A value whose representation is `text`."""
    return type("Shown", (), {"__repr__": lambda self: text})()


LAYOUTS = [
    (1.5, "1.5"),
    ((), "()"),
    ((1,), "(1,)"),
    ([1, "a", None], "[1, 'a', None]"),
    ({"a": [1, (2, 3)]}, "{'a': [1, (2, 3)]}"),
    ((float, Lines), f"(float, {__name__}.Lines)"),
    (shown("a\n  b"), "a\n  b"),
    ([shown(LONG[:-1])], f"[{LONG[:-1]}]"),
    ((1, shown(LONG)), f"(1,\n {LONG})"),
    ((1, (2, shown(LONG)), 3), f"(1,\n (2,\n  {LONG}),\n 3)"),
    ({"k": shown(LONG), "l": 1}, f"{{'k': {LONG},\n 'l': 1}}"),
    ((shown("a\nb"), 1), "(a\n b,\n 1)"),
    ((1, shown("a\nb")), "(1,\n a\n b)"),
    ((Lines(), Lines()), "(\n [1. 2.]\n <NDArray 2 @cpu(0)>,\n \n [1. 2.]\n <NDArray 2 @cpu(0)>)"),
    ([(Lines(), 1), (2, 3)], "[(\n  [1. 2.]\n  <NDArray 2 @cpu(0)>,\n  1),\n (2, 3)]"),
    ((1, [2, shown("a\nb"), 3], 4), "(1,\n [2, a\n  b, 3],\n 4)"),
    (list(range(2000)), "[" + ",\n ".join(map(str, range(1000))) + ",\n ...]"),
]


@pytest.mark.parametrize(("value", "text"), LAYOUTS, ids=range(len(LAYOUTS)))
def test_layout(value, text):
    assert Layout().text(value) == text


@pytest.mark.skipif(importlib.util.find_spec("IPython") is None, reason="IPython is not installed")
@pytest.mark.parametrize(("value", "text"), LAYOUTS, ids=range(len(LAYOUTS)))
def test_layout_is_ipythons(value, text):
    from IPython.lib.pretty import pretty

    assert pretty(value) == text
