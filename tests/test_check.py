"""`python -m mxlite check` finds the names of MXNet that programs use, and says what mxlite has of them."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import mxlite
from mxlite import _check
from mxlite._absent import ABSENT
from mxlite._differences import DIFFERENCES
from mxlite._uses import Reader


def names(source, known=None):
    """The names and lines that a program uses."""
    reader = Reader(_check.stars, known)
    reader.read(ast.parse(source))
    return {(use.name.removeprefix("mxnet."), use.line) for use in reader.uses if not use.imported}


SPELLINGS = {
    "import mxnet as mx\nmx.nd.dot": "nd.dot",
    "import mxnet\nmxnet.numpy.random.uniform()": "numpy.random.uniform",
    "import mxnet.ndarray as F\nF.dot": "ndarray.dot",
    "import mxnet.gluon.nn\nmxnet.gluon.nn.Dense": "gluon.nn.Dense",
    "from mxnet import nd, autograd\nnd.dot": "nd.dot",
    "from mxnet.gluon import nn as layers\nlayers.Dense(3)": "gluon.nn.Dense",
    "from mxnet.nd import *\ndot": "nd.dot",
    "from mxnet.nd import *\nCustom": "nd.Custom",
    "from mxnet import *\nnd.dot": "nd.dot",
    "import mxnet as mx; F = mx.nd; G = F\nG.dot": "nd.dot",
    "from mxnet import nd; a, F = 1, nd.dot\nF(1)": "nd.dot",
    "from mxnet import nd\ngetattr(nd, 'dot')": "nd.dot",
    "from mxnet import nd\nx = [nd.dot for _ in range(3)]": "nd.dot",
    "from mxnet import nd\nf'{nd.dot}'": "nd.dot",
    "from mxnet import nd\n@nd.dot\ndef f(): pass": "nd.dot",
    "from mxnet import nd\nclass C(nd.dot): pass": "nd.dot",
    "from mxnet import nd\ndef f(x: nd.dot): pass": "nd.dot",
    "from mxnet import nd\nf = lambda: nd.dot": "nd.dot",
    "from mxnet import nd\nwith nd.dot: pass": "nd.dot",
    "from mxnet import nd\nmatch nd.dot:\n    case _: pass": "nd.dot",
    "from mxnet import nd\nx = y if z else nd.dot": "nd.dot",
    "from mxnet import nd\nawait_ = (q := nd.dot)": "nd.dot",
    "from mxnet import nd\nx[nd.dot] = 1": "nd.dot",
    "from mxnet import nd\nx += nd.dot": "nd.dot",
    "from mxnet import nd\ntry: f(nd.dot)\nfinally: pass": "nd.dot",
}


@pytest.mark.parametrize("source", SPELLINGS)
def test_spellings(source):
    assert (SPELLINGS[source], 2) in names(source)


SCOPES = {
    "a function sees what comes later": ("def f():\n    return np.exp\nfrom mxnet import np", {("np.exp", 2)}),
    "a later import takes over": ("from mxnet import np\nnp.exp\nimport numpy as np\nnp.sin", {("np.exp", 2)}),
    "a name of a function is its own": ("from mxnet import nd\ndef f(nd):\n    nd.dot\nnd.exp", {("nd.exp", 4)}),
    "an import in a function stays there": ("def f():\n    from mxnet import nd\nnd.dot", set()),
    "a fallback does not hide": (
        "try:\n    import mxnet as mx\nexcept ImportError:\n    mx = None\nmx.nd.dot", {("nd.dot", 5)}),
    "nor does a branch": ("if x:\n    from mxnet import nd\nelse:\n    nd = 3\nnd.dot", {("nd.dot", 5)}),
    "a function in a branch sees what follows": (
        "if x:\n    def f():\n        nd.dot\nfrom mxnet import nd", {("nd.dot", 3)}),
    "methods do not see their class": ("class C:\n    from mxnet import nd\n    def f(self):\n        nd.dot", set()),
    "global": ("def f():\n    global nd\n    from mxnet import nd\ndef g():\n    nd.dot", {("nd.dot", 5)}),
    "relative imports are the program's": ("from .mxnet import nd\nnd.dot", set()),
    "other modules are not ours": ("import mxnet_tools as mx\nmx.nd.dot", set()),
}


@pytest.mark.parametrize("case", SCOPES)
def test_scopes(case):
    source, expected = SCOPES[case]
    assert names(source) == expected


@pytest.mark.parametrize(("expression", "expected"), [
    ("np.ones(3).tostype('csr')", "np.ndarray.tostype"),
    ("nd.ones(3).tostype('csr')", "nd.NDArray.tostype"),
    ("(np.ones(3) * 2).T.tostype('csr')", "np.ndarray.tostype"),
    ("np.ones(3)[1:].tostype('csr')", "np.ndarray.tostype"),
    ("(-nd.ones(3)).sum().tostype('csr')", "nd.NDArray.tostype"),
    ("nd.ones(3).as_np_ndarray().tostype('csr')", "np.ndarray.tostype"),
    ("[row.tostype('csr') for row in nd.ones((3, 3))]", "nd.NDArray.tostype"),
    ("(nd.ones(3) > 2).tostype('csr')", "nd.NDArray.tostype"),
    ("np.ones(3).grad.tostype('csr')", "np.ndarray.tostype"),
])
def test_methods_of_what_is_known_to_be_an_array(expression, expected):
    assert (expected, 1) in names(expression, {"np": "mxnet.np", "nd": "mxnet.nd"})


def test_what_is_no_array_has_other_methods():
    known = {"np": "mxnet.np", "nd": "mxnet.nd"}
    assert not {name for name, _ in names("np.ones(3).asnumpy().tostype('csr')", known) if "tostype" in name}
    assert _check.judge("mxnet.np.ndarray.append", {}) is None


@pytest.mark.parametrize("name", [n for n in ABSENT if not n.startswith(("np.ndarray.", "nd.NDArray."))])
def test_absent_names_are_missing_for_their_reason(name):
    name = name.removeprefix("mxnet.")
    state, texts = _check.judge(f"mxnet.{name}", {})
    assert state == _check.MISSING
    assert texts[0] in ABSENT.values()


def test_unknown_names_are_missing():
    assert _check.judge("mxnet.nd.add_nn", {})[0] == _check.MISSING


def test_differences_are_told_of_their_names():
    table = _check._table()
    for text, concerned in DIFFERENCES:
        for name in concerned.split():
            state, texts = _check.judge(f"mxnet.{name}", table)
            assert (state, text in texts) == (_check.DIFFERENT, True), name


@pytest.mark.parametrize(("name", "text"), [
    ("mxnet.np.amax", None), ("mxnet.np.absolute", "sign of nan"), ("mxnet.np.ndarray.prod", "product rule"),
    ("mxnet.nd.NDArray.prod", "product rule"), ("mxnet.context.gpu", "one device"), ("mxnet.nd.sqrt", None),
    ("mxnet.np.sqrt", "integers give float32"), ("mxnet.numpy.random.uniform", "both bounds"),
])
def test_differences_go_with_the_function_and_its_namespace(name, text):
    state, texts = _check.judge(name, _check._table())
    assert state == (_check.DIFFERENT if text else _check.HERE)
    assert not text or any(text in sentence for sentence in texts)


PROGRAM = """\
import mxnet as mx
from mxnet import gluon

x = mx.np.ones(3)
y = mx.np.ones(4)
mx.np.prod(x)
net = gluon.nn.Dense(3)
"""


def test_report(tmp_path, capsys, monkeypatch):
    (tmp_path / "train.py").write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)
    assert _check.main(["train.py"]) == 1
    out = capsys.readouterr().out
    missing, rest = out.split("\n\nHere, but different from MXNet 1.9.1\n")
    different, rest = rest.split("\n\nHere\n")
    here, total = rest.split("\n\n")
    assert missing.splitlines()[:3] == ["Missing", "  mxnet.gluon  train.py:2", "  mxnet.gluon.nn.Dense  train.py:7"]
    assert "write the layers with operators" in missing
    assert different.splitlines()[0] == "  mxnet.np.prod  train.py:6"
    assert "the product rule holds at 0" in different
    assert here == "  mxnet.np.ones  train.py:4, 5"
    assert total == "1 file, 4 names of MXNet's: 1 here, 1 different, 2 missing\n"


def test_nothing_missing(tmp_path, capsys):
    (tmp_path / "train.py").write_text("from mxnet import np\nnp.ones(3)\n")
    assert _check.main([str(tmp_path)]) == 0
    assert "1 here, 0 different, 0 missing" in capsys.readouterr().out


def test_nothing_is_run(tmp_path, capsys):
    (tmp_path / "train.py").write_text("from mxnet import np\nraise SystemExit(7)\n")
    assert _check.main([str(tmp_path / "train.py")]) == 0


def test_folders(tmp_path, capsys):
    for name in ("a.py", "sub/b.py", "sub/notes.txt", ".git/c.py", "__pycache__/d.py", "env/e.py", ".hidden.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("from mxnet import np\nnp.ones(3)\n")
    (tmp_path / "env" / "pyvenv.cfg").touch()
    assert [path.removeprefix(str(tmp_path)).replace("\\", "/") for path in _check.programs(str(tmp_path))] == [
        "/a.py", "/sub/b.py"]


def notebook(path, *cells):
    sources = [{"cell_type": "code", "source": cell} for cell in cells]
    path.write_text(json.dumps({"cells": sources}), encoding="utf-8")
    return str(path)


def test_notebooks(tmp_path):
    path = notebook(tmp_path / "n.ipynb", "%matplotlib inline\n!pip install mxnet\nfrom mxnet import np",
                    "%%time\nnp.ones(3)", "%%bash\nls -l | wc", "def f(:", "x = np.exp(\n    %timeit")
    found, unread = _check.uses(path)
    assert found == [("mxnet.np", "cell 1:3"), ("mxnet.np.ones", "cell 2:2")]
    assert [text.removeprefix(path).split(": ")[:2] for text in unread] == [
        [":cell 4:1", "SyntaxError"], [":cell 5:1", "SyntaxError"]]


def test_questions_and_commands_of_several_lines_in_notebooks(tmp_path):
    path = notebook(tmp_path / "n.ipynb", "from mxnet import np\nif np:\n    np.dot?\nnp.ones(3)",
                    "!pip install --upgrade \\\n    mxnet \\\n    numpy\nnp.zeros(3)", "%pip install mxnet \\")
    assert _check.uses(path) == ([("mxnet.np", "cell 1:1"), ("mxnet.np", "cell 1:2"), ("mxnet.np.ones", "cell 1:4"),
                                  ("mxnet.np.zeros", "cell 2:4")], [])


@pytest.mark.parametrize(("name", "content", "text"), [
    ("old.py", b"from mxnet import nd\nprint nd\n", "old.py:2: SyntaxError: "),
    ("zero.py", b"import mxnet\nx = 1\x00\n", "zero.py:"),
    ("latin.py", b"import mxnet\nx = '\xe9'\n", "latin.py:"),
    ("deep.py", b"import mxnet\nx = " + b"-" * 100000 + b"1\n", "deep.py:"),
    ("n.ipynb", b'{"mxnet": 1}', "is not a Jupyter notebook"),
])
def test_what_cannot_be_read_is_reported(name, content, text, tmp_path, capsys):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "other.py").write_text("from mxnet import np\nnp.ones(3)\n")
    assert _check.main([str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "Could not be read" in out
    assert text in out
    assert "1 here" in out


def test_files_without_mxnet_do_not_matter(tmp_path, capsys):
    (tmp_path / "old.py").write_text("print 1\n")
    assert _check.main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 file, 0 names of MXNet's: 0 here, 0 different, 0 missing\n"


@pytest.mark.parametrize(("arguments", "text"), [([], "usage"), (["--all"], "usage"), (["nowhere.py"], "nowhere.py")])
def test_wrong_calls(arguments, text, capsys):
    assert _check.main(arguments) == 2
    assert text in capsys.readouterr().err


def test_command_line(tmp_path):
    (tmp_path / "train.py").write_text(PROGRAM)
    result = subprocess.run([sys.executable, "-m", "mxlite", "check", "train.py"], cwd=tmp_path, capture_output=True,
                            text=True, timeout=60)
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.startswith("Missing\n")


def test_is_loaded_when_asked_for():
    code = "import sys, mxlite; print([m for m in sys.modules if m in ('mxlite._check', 'mxlite._differences')])"
    result = subprocess.run([sys.executable, "-c", code], cwd=Path(mxlite.__file__).parent.parent, capture_output=True,
                            text=True)
    assert result.stdout == "[]\n"


def test_a_reader_that_has_seen_enough(tmp_path):
    (tmp_path / "train.py").write_text("import mxnet as mx\nmx.nd.dot\nmx.gluon.nn.Dense\n" * 3)
    process = subprocess.Popen([sys.executable, "-m", "mxlite", "check", "train.py"], cwd=tmp_path,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1
