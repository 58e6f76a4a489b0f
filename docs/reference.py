"""A Sphinx extension that writes the pages of reference/ from docstrings and signatures before every build."""

import importlib
import importlib.util
import inspect
import pathlib
import pkgutil
import re
import sys
import types

import mxlite

HERE = pathlib.Path(__file__).resolve().parent
PAGES = HERE / "reference"

NAMESPACES = ["np", "np.linalg", "np.random", "npx", "npx.random", "nd", "nd.linalg", "nd.random", "nd.contrib"]
CLASSES = {"np.ndarray": "Arrays of np", "nd.NDArray": "Arrays of nd"}


def tool():
    """tests/tools/operators.py, which knows how the gradient of an operator is described."""
    path = HERE.parent / "tests" / "tools" / "operators.py"
    spec = importlib.util.spec_from_file_location("operators_page", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gradients():
    """{docstring's function: sentence about its gradient}."""
    from mxlite._op import compositions, registry

    describe = tool()._gradient
    found = {}
    for r in registry.values():
        wanted = describe(r.op)
        found[r.op.function] = "No gradient." if wanted == "-" else f"Gradient: {escaped(wanted)}."
    for c in compositions:
        found[getattr(c.function, "__wrapped__", c.function)] = "Gradient: that of the operators it is made of."
    return found


def escaped(text):
    """A docstring's line as reStructuredText: only backticks are markup there."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(p if p.startswith("`") and p.endswith("`") and len(p) > 2 else re.sub(r"([*|\\_])", r"\\\1", p)
                   for p in parts)


def body(function):
    """A docstring as reStructuredText, examples as they are."""
    lines, example = [], False
    for line in (inspect.getdoc(function) or "").splitlines():
        example = line.startswith(">>>") or (example and bool(line.strip()))
        lines.append(line if example else escaped(line))
    return lines


def signature(value, bound=False):
    """(x, out=None): without annotations, defaults by name; of an operator as a method, without the array."""
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return "(...)"
    shown = []
    for p in found.parameters.values():
        default = p.default
        if default is not p.empty and (inspect.isclass(default) or inspect.isroutine(default)):
            default = _Text(default.__name__)
        if p.name != "self":
            shown.append(p.replace(annotation=p.empty, default=default))
    if bound and hasattr(value, "__wrapped__") and "self" not in found.parameters:
        del shown[0]
    kinds = [p.kind for p in shown]
    if inspect.Parameter.POSITIONAL_ONLY in kinds[1:] and kinds[0] is not inspect.Parameter.POSITIONAL_ONLY:
        return "(...)"
    return str(found.replace(parameters=shown, return_annotation=found.empty))


class _Text:
    """A default that prints as it is called."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


def entry(names, value, kind, remark=""):
    """A directive with all names of a thing."""
    shown = [name if kind in ("attribute", "data") else f"{name}{signature(value, kind == 'method')}" for name in names]
    indent = " " * (len(f".. py:{kind}:: "))
    lines = [f".. py:{kind}:: {shown[0]}", *(f"{indent}{line}" for line in shown[1:]), ""]
    lines += [f"   {line}".rstrip() for line in [*body(value), "", remark]]
    return "\n".join(lines).rstrip() + "\n\n"


def kind_of(value):
    if inspect.isclass(value):
        return "exception" if issubclass(value, BaseException) else "class"
    return "function" if callable(value) else "data"


def things(module):
    """[(names, value)] of what a module offers, things with several names once."""
    public = getattr(module, "__all__", None) or [
        name for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__]
    found = {}
    for name in sorted(public):
        value = getattr(module, name)
        if not isinstance(value, types.ModuleType):
            found.setdefault(id(value) if callable(value) else name, ([], value))[0].append(name)
    return list(found.values())


def methods(name, cls):
    """The methods and attributes of an array class."""
    found = {}
    for attribute in sorted(dir(cls)):
        value = inspect.getattr_static(cls, attribute)
        if attribute.startswith("_") or not getattr(value, "__doc__", None):
            continue
        found.setdefault(id(value), ([], value))[0].append(attribute)
    out = [f".. py:class:: {name.rpartition('.')[2]}\n\n", *(f"   {line}\n" for line in body(cls)), "\n"]
    for names, value in found.values():
        kind = "method" if callable(value) else "attribute"
        out.append(re.sub("^(?=.)", "   ", entry(names, value, kind), flags=re.M))
    return "".join(out)


def page(title, module, parts):
    """The text of a page."""
    head = f"{title}\n{'=' * len(title)}\n\n.. py:currentmodule:: {module}\n\n"
    return head + "".join(parts)


def functions_page(module, about, declare=True):
    # What only holds a value is listed by its name; NumPy's own classes are NumPy's to describe.
    parts = [f".. py:module:: {module.__name__}\n\n" if declare else "", "\n".join(body(module)), "\n\n"]
    constants = []
    for names, value in things(module):
        ours = (getattr(value, "__module__", None) or "").startswith("mxlite")
        if not callable(value) or not ours:
            constants += names
            continue
        if inspect.isclass(value) and value.__name__ in ("ndarray", "NDArray"):
            continue
        remark = about.get(getattr(value, "__wrapped__", value), "")
        parts.append(entry(names, value, kind_of(value), remark))
        if inspect.isclass(value) and not issubclass(value, BaseException):
            own = [(n, v) for n, v in vars(value).items() if not n.startswith("_") and getattr(v, "__doc__", None)]
            parts += [re.sub("^(?=.)", "   ", entry([n], v, "method" if callable(v) else "attribute"), flags=re.M)
                      for n, v in own if callable(v) or isinstance(v, property)]
    if constants:
        listed = ", ".join(f"`{name}`" for name in sorted(constants))
        parts.append(f"Constants, and what is NumPy's own: {listed}.\n")
    return page(module.__name__, module.__name__, parts)


def pages():
    """{name: text} of all pages of the reference."""
    about = gradients()
    found = {}
    for name in NAMESPACES:
        found[name] = functions_page(importlib.import_module(f"mxlite.{name}"), about)
    public = [m.name for m in pkgutil.iter_modules(mxlite.__path__) if not m.name.startswith("_")]
    for name in sorted({*public} - {*NAMESPACES, "base"}):       # base has the exceptions, which have a page
        found[name] = functions_page(importlib.import_module(f"mxlite.{name}"), about)
    for name, title in CLASSES.items():
        space, _, last = name.rpartition(".")
        cls = getattr(importlib.import_module(f"mxlite.{space}"), last)
        found[name] = page(f"{title}: {name}", f"mxlite.{space}", [methods(name, cls)])
    top = [(names, value) for names, value in things(mxlite)
           if callable(value) and value.__module__ not in ("mxlite.context", "mxlite._errors")]
    found["mxlite"] = page("mxlite", "mxlite", [
        ".. py:module:: mxlite\n\n", *(entry(names, value, kind_of(value)) for names, value in top)])
    errors = importlib.import_module("mxlite._errors")
    found["errors"] = page("Exceptions", "mxlite.errors", [
        entry([name], value, "exception") for name, value in vars(errors).items()
        if inspect.isclass(value) and issubclass(value, errors.MXNetError)
        and value.__module__ == errors.__name__ and not name.startswith("_")])
    order = ["mxlite", "autograd", *NAMESPACES, *CLASSES, "errors"]
    listed = [*order, *sorted(found.keys() - {*order})]
    found["index"] = ("Reference\n=========\n\nEvery public function with its signature, from its docstring. "
                      "`Gradient` names the inputs that have a derivative, in brackets those whose derivative is zero "
                      "everywhere; :doc:`../operators` lists the operators by kind.\n\n"
                      ".. toctree::\n   :maxdepth: 1\n\n" + "".join(f"   {name}\n" for name in listed))
    return found


def write(app=None):
    PAGES.mkdir(exist_ok=True)
    texts = pages()
    for stale in PAGES.glob("*.rst"):
        if stale.stem not in texts:
            stale.unlink()
    for name, text in texts.items():
        path = PAGES / f"{name}.rst"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def setup(app):
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True}


if __name__ == "__main__":
    write(sys.argv)
