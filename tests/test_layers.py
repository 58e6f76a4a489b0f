"""The shape of the package: who may import whom, what namespace files hold, how long files are."""

import ast
import pathlib
import re
import subprocess
import sys

import pytest

import mxlite

pytestmark = pytest.mark.thread_unsafe(reason="reads sources with ast, which CPython 3.11 cannot in two threads")

PACKAGE = pathlib.Path(mxlite.__file__).resolve().parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
NAMESPACES = [p for p in SOURCES if p.relative_to(PACKAGE).parts[0] in ("np", "npx", "nd") and p.name != "_legacy.py"]

# From the ground up: a module may import its own layer and those before it, never a later one.
LAYERS = [
    {"_version", "_errors", "_constants", "_log"},
    {"errors"},
    {"_absent", "_engine", "_kernels", "_dtype", "_text", "_tree", "_generator", "_mode", "_single"},
    {"context"},
    {"_op"},
    {"_ops"},
    {"_params", "_npz"},
    {"_methods", "serialization"},
    {"_array"},
    {"autograd", "_layout", "_steps", "typing"},
    {"_picture"},
    {"np", "npx", "nd", "random", "base", "profiler", "visualization", "_derivatives"},
    {"array_api", "contrib", "util", "_random_arrays", "numpy_dispatch_protocol"},
    {"_testing"},
    {"test_utils"},
    {"__init__", "_shim", "_notebook", "_check", "_uses", "_differences", "__main__"},
]
# Compiled modules need the text of errors; an array's gradient methods are those of autograd's layer.
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def layer(path):
    """The name in LAYERS that a source file belongs to."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0] if len(parts) > 1 or parts[0] != "__init__" else "__init__"


def imported(tree):
    """(line, name in LAYERS) of every import of the package, at the top of a module or inside a function.

    What is imported for type checkers alone does not count.
    """
    skipped = {id(node) for block in ast.walk(tree)
               if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
               for statement in block.body for node in ast.walk(statement)}
    for node in (node for node in ast.walk(tree) if id(node) not in skipped):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module == "mxlite":
            yield from ((node.lineno, alias.name if alias.name in LEVEL else "__init__") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("mxlite."):
            yield node.lineno, node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, [*alias.name.split("."), "__init__"][1]) for alias in node.names
                        if alias.name.split(".")[0] == "mxlite")


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path):
    mine = layer(path)
    assert mine in LEVEL, f"{mine} has no place in LAYERS"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wrong = [f"line {line}: {name}" for line, name in imported(tree) if LEVEL[name] > LEVEL[mine]]
    assert not wrong, f"{mine} imports from a later layer: {wrong}"


def test_the_walk_sees_imports():
    tree = ast.parse("from mxlite import np\nimport mxlite._ops.shape\n"
                     "def f():\n    from mxlite._array import ndarray\n")
    assert list(imported(tree)) == [(1, "np"), (2, "_ops"), (4, "_array")]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_private_numpy(path):
    """Nothing below numpy's public modules: those names move between releases."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else (
            [node.module] if isinstance(node, ast.ImportFrom) and node.module else [])
        for name in names:
            assert not re.match(r"numpy\.(_|core\b|lib\._)", name), f"line {node.lineno}: {name}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("numpy", "np"):
            assert node.attr not in ("core", "_core", "__dict__"), f"line {node.lineno}: numpy.{node.attr}"


@pytest.mark.parametrize("path", NAMESPACES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_namespaces_hold_no_logic(path):
    """Imports, constants and __all__; an editor sees every name."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        allowed = isinstance(node, ast.ImportFrom | ast.Import | ast.Assign | ast.AnnAssign) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        assert allowed, f"line {node.lineno}: {ast.unparse(node)[:60]}"


@pytest.mark.parametrize("path", [p for p in SOURCES if p not in NAMESPACES],
                         ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_files_are_short(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 500, f"{lines} lines; split it by concept"


def test_tests_are_short():
    long = {p.name: n for p in pathlib.Path(__file__).resolve().parent.rglob("*.py")
            if (n := len(p.read_text(encoding="utf-8").splitlines())) > 500}
    assert not long


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_modules_say_what_they_are(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


# Modules of the standard library that take milliseconds to import, and that NumPy does not always bring.
SLOW = {"argparse", "asyncio", "dataclasses", "email", "http", "importlib.resources", "importlib.util", "logging",
        "multiprocessing", "shutil", "socket", "subprocess", "tempfile", "unittest", "urllib.parse", "zipfile"}


def test_import_brings_no_slow_module():
    """`import mxlite` is to cost little more than `import numpy`."""
    program = ("import sys, numpy; before = set(sys.modules); import mxlite; "
               "print(*sorted(set(sys.modules) - before))")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not SLOW & set(done.stdout.split())
