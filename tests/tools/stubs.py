"""Writes the stubs of the operators (mxlite/_ops/*.pyi) and of array methods (mxlite/_methods.pyi).

usage: python tests/tools/stubs.py            rewrite the files that are out of date, and name them
       python tests/tools/stubs.py --check    change nothing; exit 1 if some file is out of date

Names, order and defaults of parameters are those of the declarations; their types and those of results stand in
stub_types.py. A function of np or npx takes and gives np.ndarray, one of nd NDArray, one of both has an overload for
each. Docstrings are not repeated: editors show those of the source beside the stub.
"""

import ast
import importlib
import inspect
import json
import pathlib
import pkgutil
import sys
import textwrap
from typing import NamedTuple

TESTS = pathlib.Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
sys.path[:0] = [str(TESTS / "tools")]

from namespaces import declared  # noqa: E402
from stub_types import OF_NUMBERS, OVERLAPPING, PARAMETERS, RETURNS, VARIANTS  # noqa: E402

from mxlite._engine.op import RULES  # noqa: E402

INEXACT = RULES["inexact"]
MANIFEST = json.loads((TESTS / "golden" / "manifest.json").read_text(encoding="utf-8"))
POSITIONAL, STAR, KEYWORD, STARS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.VAR_POSITIONAL,
                                    inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
NO_DEFAULT = inspect.Parameter.empty


class Parameter(NamedTuple):
    """A parameter as a stub shows it; `kind` is one of inspect's."""

    name: str
    kind: object
    default: object
    type: str

    def text(self):
        stars = {STAR: "*", STARS: "**"}.get(self.kind, "")
        default = "" if self.default is NO_DEFAULT else f" = {shown(self.default)}"
        return f"{stars}{self.name}: {self.type}{default}"


def shown(default):
    """A default in a stub: a number, a word, a short tuple, or an ellipsis."""
    plain = isinstance(default, (bool, int, float, str, type(None))) or (
        isinstance(default, tuple) and all(isinstance(x, (int, float)) for x in default))
    return f'"{default}"' if isinstance(default, str) else repr(default) if plain else "..."


class Space(NamedTuple):
    """How types are written in one kind of namespace."""

    cls: str        # the class of results
    array: str      # an operand
    like: str       # an array or a number

    def write(self, kind):
        return kind.format(cls=self.cls, array=self.array, like=self.like)


NP = Space("ndarray", "ArrayLike", "ArrayLike")
ND = Space("NDArray", "NDArray", "LegacyLike")


class Function(NamedTuple):
    """A declared function: where it stands, its callable, its operator (None if composed) and its public names."""

    module: str
    name: str
    callable: object
    op: object
    names: tuple

    @property
    def key(self):
        return f"{self.module.rpartition('.')[2]}.{self.name}"

    def spaces(self):
        legacy = [n.startswith("nd.") for n in self.names]
        return [s for s, there in ((NP, not all(legacy)), (ND, any(legacy))) if there]

    def signature(self):
        """[(name, kind, default)] with the spellings that a call also understands."""
        found = [(p.name, p.kind, p.default) for p in inspect.signature(self.callable).parameters.values()]
        if self.op is None:
            return found
        known = {name for name, _, _ in found}
        if "out" not in known and any("out" in mxnet(n) or "**kwargs" in mxnet(n) for n in self.names):
            found.append(("out", KEYWORD, None))
        for other, name in self.op.aliases.items():
            default = self.op.defaults[self.op.positions[name]]
            if other not in {"data", "lhs", "rhs", *known} and default is not NO_DEFAULT:
                found.append((other, KEYWORD, default))
        return found


def mxnet(name):
    """The names of parameters that MXNet gives a function."""
    space, _, last = name.rpartition(".")
    return (MANIFEST.get(space, {}).get(last, [0, None])[1] or "").split()


def functions():
    """{module: [Function]} of everything that is declared in mxlite._ops."""
    from mxlite import _op

    names = {}
    for space, members in declared().items():
        for name, source in members.items():
            names.setdefault(source, []).append(f"{space}.{name}")
    found = {}
    for entry, op in [(r.entry, r.op) for r in _op.registry.values()] + [(c.function, None) for c in _op.compositions]:
        source = (entry.__module__, entry.__name__)
        function = Function(*source, entry, op, tuple(sorted(names.get(source, ()))))
        found.setdefault(function.module, []).append(function)
    return found


# -- parameters -------------------------------------------------------------------------------------------------------
def is_operand(function, name):
    op = function.op
    name = op.aliases.get(name, name) if op is not None and name not in op.positions else name
    return op is not None and name in op.params and (
        op.params.index(name) == op.variadic or any(op.params.index(name) in f.targets for f in op.formulas))


def kind_of(function, name, default):
    """The type of a parameter, with {array}, {like} and {cls} to be filled in."""
    found = PARAMETERS.get(f"{function.key}.{name}", PARAMETERS.get(f"{function.name}.{name}"))
    if found is None and is_operand(function, name):
        found = "{like}" if function.op.pointwise and function.op.params[0] != name else "{array}"
    found = found or PARAMETERS.get(name)
    if found is not None:
        return found
    for kind in (bool, int, float, str):
        if isinstance(default, kind):
            return "Number" if kind is float else kind.__name__
    raise SystemExit(f"{function.module}.{function.name}: say in tests/tools/stub_types.py which type {name!r} has")


def parameters(function, space):
    """The parameters of a function in a namespace."""
    out = []
    only = function.op is not None and not function.op.pointwise and [
        name for name, kind, default in function.signature() if default is NO_DEFAULT and kind is POSITIONAL
        and kind_of(function, name, default) == "{array}"]
    spelled = spellings(function) if space.array == ND.array else {}
    several = several_results(function)
    for name, kind, default in function.signature():
        if name == "self":
            continue
        text = kind_of(function, name, default)
        if name == "out" and several:
            text = "list[{cls}]" if several == "always" else "{cls} | list[{cls}]"
        written = space.write(text)
        if function.op is not None and text == "{array}" and kind is not STAR and name in function.op.params and (
                function.op.params.index(name) == function.op.variadic):
            written = f"Sequence[{written}]"
        elif only == [name] and space.array == NP.array and function.name not in OF_NUMBERS:
            written = "AnyArray"        # nothing in the call is an array unless this is
        if default is None and written not in ("Any", "Axes", "DeviceLike") and "None" not in written:
            written += " | None"
        out.append(Parameter(spelled.get(name, name), kind, default, written))
    return out


def several_results(function):
    lists = [result.startswith("list[") for _, result in results_of(function)]
    return "always" if all(lists) else "sometimes" if any(lists) else ""


def results_of(function):
    """[({parameter: type}, result)]: the overloads that the kind of result needs."""
    return VARIANTS.get(function.key, [({}, RETURNS.get(function.key, "{cls}"))])


def spellings(function):
    """{name: what MXNet calls it in nd} of the operands whose other name a call understands."""
    if function.op is None:
        return {}
    for public in function.names:
        if public.startswith("nd."):
            theirs = mxnet(public)
            return {ours: other for other, ours in function.op.aliases.items()
                    if other in theirs and ours not in theirs}
    return {}


# -- signatures -------------------------------------------------------------------------------------------------------
def overloads(function):
    """[(parameters, result)] of a public function."""
    found = []
    numbers = function.name in OF_NUMBERS or (function.op is not None and function.op.pointwise)
    for space in function.spaces():
        for given, result in results_of(function):
            params = narrowed(parameters(function, space), {p: space.write(kind) for p, kind in given.items()})
            found += elementwise(params, space.write(result), space) if numbers else [(params, space.write(result))]
    if numbers:
        params = parameters(function, NP)
        n = len(operands(params))
        kinds = [("Number", "Any")] if n < 3 else []
        if kinds and function.op is not None and function.op.pointwise and function.op.rule == INEXACT:
            kinds.insert(0, ("float", "numpy.float64"))
        found += [(retyped(params, [kind] * n), result) for kind, result in kinds]
    return found[:1] if all(same == found[0] for same in found) else found


def operands(params):
    return [p for p in params if p.kind is POSITIONAL and p.type in ("ArrayLike", "NDArray", "LegacyLike")]


def elementwise(params, result, space):
    """Overloads of an elementwise function with at least one array among its operands."""
    n = len(operands(params))
    one, other = ("Values", "ArrayLike") if space is NP else ("NDArray", "LegacyLike")
    if n == 2:
        number = "Number" if space is NP else "LegacyLike"
        return [(retyped(params, [one, other]), result), (retyped(params, [number, one]), result)]
    return [(retyped(params, [one] + [other] * (n - 1)), result)]


def retyped(params, types):
    """Parameters with other types for the operands."""
    types = dict(zip([p.name for p in operands(params)], types, strict=True))
    return [p._replace(type=types.get(p.name, p.type)) for p in params]


def narrowed(params, given):
    """Parameters of which some have another type, and must be given if the default does not have it."""
    how = next((kind for name, kind in given.items() if name.startswith("*")), None)
    if how is not None:
        star, = params
        alone = star._replace(kind=inspect.Parameter.POSITIONAL_ONLY)
        return [alone] if how == "one" else [alone, alone._replace(name="second"), star._replace(name="others")]
    out = []
    for p in params:
        kind = given.get(p.name)
        if kind is not None:
            fits = kind == "None" if p.default is None else repr(p.default).replace("'", '"') in kind
            p = p._replace(type=kind, default=p.default if fits else NO_DEFAULT)
            if not fits and any(q.default is not NO_DEFAULT for q in out if q.kind is POSITIONAL):
                p = p._replace(kind=KEYWORD)
        elif out and out[-1].kind is KEYWORD and p.kind is POSITIONAL:
            p = p._replace(kind=KEYWORD)
        out.append(p)
    return out


def define(name, params, result, indent="", lead=(), overloaded=False, unsafe=False):
    """The text of one definition, lines of at most 120 characters; `unsafe`: it may overlap with the next one."""
    items, starred = list(lead), any(p.kind is STAR for p in params)
    for p in params:
        if p.kind is KEYWORD and not starred:
            items.append("*")
            starred = True
        items.append(p.text())
        if p.kind is inspect.Parameter.POSITIONAL_ONLY and (p is params[-1] or params[-1].kind is STAR):
            items = [i for i in items if i != "/"] + ["/"]
    head, tail = f"{indent}def {name}(", f") -> {result}: ..."
    text = head + ", ".join(items) + tail
    if len(text) > 120:
        body = textwrap.fill(", ".join(i.replace(" ", "\0") for i in items) + tail.replace(" ", "\0"), 120,
                             initial_indent=head, subsequent_indent=" " * len(head), break_long_words=False,
                             break_on_hyphens=False)
        text = body.replace("\0", " ")
    if unsafe:
        first, _, rest = text.partition("\n")
        text = f"{first}  # type: ignore[overload-overlap]\n{rest}"
    return (f"{indent}@overload\n" if overloaded else "") + text + "\n"


# -- methods ----------------------------------------------------------------------------------------------------------
def class_text(cls, space):
    """The stub of a class of array methods."""
    from mxlite import _op

    operators = {r.op.function: r.op for r in _op.registry.values()}
    parts = []
    for name, value in vars(cls).items():
        made = isinstance(value, property) or (callable(value) and not inspect.isclass(value))
        if not made or name in ("__init_subclass__", "__subclasshook__"):
            continue
        function = value.fget if isinstance(value, property) else value
        op = operators.get(getattr(function, "__wrapped__", None))
        declared_by = op.function if op is not None else function
        module = declared_by.__module__
        names = ("nd.",) if space is ND else ("np.",)
        source = Function(module, getattr(declared_by, "__name__", name), function, op, names)
        params = parameters(source, space)
        params = params if source.signature()[0][0] == "self" else params[1:]
        if isinstance(value, property):
            (_, result), = results_of(source)
            parts.append("    @property\n" + define(name, [], space.write(result), "    ", ("self",)))
            continue
        if name.startswith("__") and name not in ("__dlpack__", "__round__"):
            params = [p._replace(name="other", kind=inspect.Parameter.POSITIONAL_ONLY) for p in params
                      if p.default is NO_DEFAULT]
        given = [(narrowed(params, flags), space.write(result)) for flags, result in results_of(source)]
        parts.extend(define(name, p, r, "    ", ("self",), len(given) > 1,
                            source.key in OVERLAPPING and "Literal" in str(p)) for p, r in given)
    bases = ", ".join(b.__name__ for b in cls.__bases__ if b is not object)
    return f"class {cls.__name__}{f'({bases})' if bases else ''}:\n" + ("".join(parts) or "    ...\n") + "\n"


def methods_text():
    """The stub of mxlite._methods."""
    from mxlite import _methods

    own = {"cls": "Self"}
    return file_text("".join((
        class_text(_methods.CommonMethods, NP._replace(**own)), class_text(_methods.NumpyMethods, NP._replace(**own)),
        class_text(_methods.LegacyMethods, ND._replace(**own)))).rstrip("\n") + "\n")


# -- files ------------------------------------------------------------------------------------------------------------
NEEDS = {
    "collections.abc": ("Callable", "Sequence"),
    "typing": ("Any", "Literal", "NamedTuple", "Self", "overload"),
    "mxlite._array": ("NDArray", "ndarray"),
    "mxlite.typing": ("AnyArray", "ArrayLike", "Axes", "DTypeLike", "DeviceLike", "FileName", "LegacyLike", "Number",
                      "ShapeLike", "Values"),
}


def imports(body):
    """The import lines that a stub needs, by what stands in it."""
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    groups = [], [], []
    for k, modules in enumerate((("collections.abc", "typing"), ("numpy",), ("mxlite._array", "mxlite.typing"))):
        for module in modules:
            if module == "numpy":
                groups[k].extend(["import numpy\n"] if "numpy" in used else [])
                continue
            names = sorted((n for n in NEEDS[module] if n in used), key=lambda n: (n.islower(), n.lower()))
            if names:
                groups[k].append(f"from {module} import {', '.join(names)}\n")
    return "\n".join("".join(g) for g in groups if g)


def module_text(name, found):
    """The stub of a module of mxlite._ops."""
    module = importlib.import_module(name)
    declared_here = {f.name for f in found}
    parts = []
    for attribute, value in vars(module).items():
        if attribute.startswith("_") or attribute in declared_here or inspect.ismodule(value):
            continue
        if inspect.isclass(value):
            if value.__module__ == name:
                parts.append(named_tuple(value))
        elif inspect.isfunction(value):
            if value.__module__ == name:
                parts.append(define(attribute, untyped(value), "Any"))
        elif attribute in assigned(module):
            parts.append(f"{attribute}: Any\n")
    for function in found:
        if not function.names:
            parts.append(define(function.name, untyped(function.callable), "Any"))
            continue
        given = overloads(function)
        parts.extend(define(function.name, params, result, overloaded=len(given) > 1,
                            unsafe=function.key in OVERLAPPING and "Literal" in str(params))
                     for params, result in given)
    return file_text("".join(parts))


def assigned(module):
    """The names that a module assigns, without those it imports."""
    tree = ast.parse(inspect.getsource(module))
    return {t.id for node in tree.body if isinstance(node, ast.Assign) for t in node.targets if isinstance(t, ast.Name)}


def untyped(function):
    """Parameters without types, of functions that the package alone calls."""
    return [Parameter(p.name, p.kind, p.default, "Any") for p in inspect.signature(function).parameters.values()]


def named_tuple(cls):
    kind = "ndarray" if cls.__name__.startswith("Unique") else "Any"
    fields = "".join(f"    {f}: {kind}\n" for f in cls._fields)
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    methods = (define(node.name, untyped(getattr(cls, node.name))[1:], "Any", "    ", ("self",))
               for node in getattr(tree, "body", []) if isinstance(node, ast.FunctionDef))
    return f"class {cls.__name__}(NamedTuple):\n{fields}{''.join(methods)}"


def file_text(body):
    lines = imports(body)
    return f"# Written by tests/tools/stubs.py.\n{lines}{chr(10) if lines and body else ''}{body}"


def render():
    """{path: text} of all stubs."""
    import mxlite._ops

    found = functions()
    names = [f"mxlite._ops.{m.name}" for m in pkgutil.iter_modules(mxlite._ops.__path__)]
    stubs = {f"{name.replace('.', '/')}.pyi": module_text(name, found.get(name, [])) for name in names}
    return {**stubs, "mxlite/_methods.pyi": methods_text()}


def main(arguments):
    stale = 0
    for path, text in render().items():
        file = ROOT / path
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale += 1
            print(path)
            if "--check" not in arguments:
                file.write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
