"""What editors and type checkers see: stubs are up to date, agree with the callables and with what calls return."""

import ast
import importlib
import importlib.util
import inspect
import pathlib
import subprocess
import sys

import pytest
import typed_usage
from cases import Case
from check import NDArray, ndarray
from samples import all_samples

import mxlite
from mxlite._op import registry

TESTS = pathlib.Path(__file__).resolve().parent
PACKAGE = pathlib.Path(mxlite.__file__).resolve().parent
_spec = importlib.util.spec_from_file_location("stubs_tool", TESTS / "tools" / "stubs.py")
tool = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tool)

SPACES = ("np", "np.linalg", "np.random", "npx", "npx.random", "nd", "nd.contrib", "nd.linalg", "nd.random")
STUBS = {path.stem: ast.parse(path.read_text(encoding="utf-8")).body for path in (PACKAGE / "_ops").glob("*.pyi")}


@pytest.mark.parametrize(("path", "text"), tool.render().items(), ids=lambda v: v if v.endswith(".pyi") else "")
def test_files_are_up_to_date(path, text):
    file = PACKAGE.parent / path
    have = file.read_text(encoding="utf-8") if file.exists() else ""
    assert have == text, f"{path}: run tests/tools/stubs.py"


def definitions(function):
    """The stub's definitions of a function of mxlite._ops."""
    module = function.__module__.rpartition(".")[2]
    return [node for node in STUBS[module] if isinstance(node, ast.FunctionDef) and node.name == function.__name__]


def exported():
    """(name, callable) of every function of the namespaces that mxlite._ops declares."""
    for space in SPACES:
        module = importlib.import_module(f"mxlite.{space}")
        for name in module.__all__:
            value = getattr(module, name)
            if callable(value) and getattr(value, "__module__", "").startswith("mxlite._ops."):
                yield f"{space}.{name}", value


EXPORTED = list(exported())


def test_most_names_are_looked_at():
    assert len(EXPORTED) > 750


@pytest.mark.parametrize(("name", "function"), EXPORTED, ids=[name for name, _ in EXPORTED])
def test_parameters(name, function):
    """Every overload has the parameters of the callable, and besides them only spellings that the operator takes."""
    operator = registry.get(function.__name__)
    operator = operator.op if operator is not None and operator.entry is function else None
    taken = {} if operator is None else {**operator.aliases, "out": "out"}
    parameters = inspect.signature(function).parameters
    found = definitions(function)
    assert found, f"{name} has no stub"
    for node in found:
        a = node.args
        stubbed = [x.arg for x in (*a.posonlyargs, *a.args)]
        star = [p.name for p in parameters.values() if p.kind is p.VAR_POSITIONAL]
        if not star:
            at_least = [n for n, p in parameters.items() if p.kind is not p.VAR_KEYWORD]
            known = [x if x in parameters else taken.get(x) for x in [*stubbed, *(k.arg for k in a.kwonlyargs)]]
            assert [n for n in known if n in at_least][:len(at_least)] == at_least
            assert set(known) <= {*at_least, *taken.values()}
        assert all(k.arg in parameters or k.arg in taken for k in a.kwonlyargs)
        assert (a.kwarg is not None) == any(p.kind is p.VAR_KEYWORD for p in parameters.values())
        defaults = dict(zip(reversed(stubbed), reversed(a.defaults), strict=False))
        defaults |= {k.arg: d for k, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if d is not None}
        for key, node_of_default in defaults.items():
            default = parameters[key].default if key in parameters else None
            if key in parameters and not (isinstance(node_of_default, ast.Constant) and node_of_default.value is ...):
                assert ast.literal_eval(node_of_default) == default


def fits(value, annotation, cls):
    """Whether a result is what an annotation of a stub says, its arrays of a class."""
    text = ast.unparse(annotation)
    if isinstance(annotation, ast.Subscript):
        outer, inner = ast.unparse(annotation.value), annotation.slice
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        if outer == "list":
            return type(value) is list and all(fits(v, parts[0], cls) for v in value)
        if outer == "tuple":
            parts = [parts[0]] * len(value) if ast.unparse(parts[-1]) == "..." else parts
            return type(value) is tuple and len(value) == len(parts) and all(
                fits(v, part, cls) for v, part in zip(value, parts, strict=True))
    return text == cls.__name__ and type(value) is cls


SPACES_OF = {}      # operator: the namespaces that export it under its own or another name
for _name, _function in EXPORTED:
    if _function.__name__ in registry and registry[_function.__name__].entry is _function:
        SPACES_OF.setdefault(_function.__name__, set()).add(_name.partition(".")[0])


@pytest.mark.parametrize("name", sorted(SPACES_OF))
def test_results_of_operators(name):
    """What the samples of an operator return is what one of its overloads says, for both classes of arrays."""
    annotations = [node.returns for node in definitions(registry[name].entry)]
    classes = [ndarray] * (SPACES_OF[name] != {"nd"}) + [NDArray] * ("nd" in SPACES_OF[name])
    for sample in all_samples()[name][:3]:
        case = Case(name, sample)
        for cls in classes:
            if cls is NDArray and (not sample.legacy or not case.arrays or not all(
                    case.call(case.arrays)._get(p).ndim for p in case.arrays)):
                continue
            case.cls = cls
            value = case.run(*sample.args, **sample.kwargs)
            assert any(fits(value, a, cls) for a in annotations), f"{value!r}: {[*map(ast.unparse, annotations)]}"


def test_typed_usage_runs():
    typed_usage.creation()
    typed_usage.functions()
    typed_usage.methods()
    typed_usage.gradients()


def test_mypy(tmp_path):
    pytest.importorskip("mypy", reason="mypy is not installed; continuous integration runs it")
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent",
         f"--cache-dir={tmp_path}", str(TESTS / "typed_usage.py")],
        capture_output=True, text=True, cwd=PACKAGE.parent, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
