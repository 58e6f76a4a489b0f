"""Writes mxlite's namespace files (np, npx, nd and their submodules) from the names that operators declare.

usage: python tests/tools/namespaces.py            rewrite the files that are out of date, and name them
       python tests/tools/namespaces.py --check    change nothing; exit 1 if some file is out of date

The files hold imports, one per line, and __all__, so that editors and type checkers see every name. Families of
operators without a name in np are imported when one of their names is first asked for: the other namespaces list those
names in _LATER, and a stub beside them holds the imports. What is not an operator (classes, constants, switches,
submodules) stands in PLAIN below.
"""

import itertools
import pathlib
import sys
import textwrap
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]

TITLES = {
    "np": "MXNet's NumPy: arrays, mathematics, linear algebra and random numbers, differentiable.",
    "np.linalg": "Linear algebra.",
    "np.random": "Random arrays. See mxlite.random for seeds and states.",
    "npx": "MXNet's extensions to NumPy: neural operators, devices and switches.",
    "npx.random": "Random arrays by MXNet's own conventions. See mxlite.random for seeds and states.",
    "nd": "The legacy namespace of MXNet 1.x.",
    "nd.contrib": "Operators contributed to MXNet 1.x.",
    "nd.linalg": "Linear algebra of MXNet 1.x: batches of matrices.",
    "nd.random": "Random arrays in the conventions of MXNet 1.x. See mxlite.random for seeds and states.",
}

_DTYPES = ("bool", "bool_", "float16", "float32", "float64", "int16", "int32", "int64", "int8", "uint16", "uint32",
           "uint64", "uint8")

# Per namespace the names that are no operators, by the module they come from.
PLAIN = {
    "np": {
        "numpy": ("finfo", "iinfo", "set_printoptions"),
        "mxlite._array": ("ndarray",),
        "mxlite._constants": (*_DTYPES, "NAN", "NINF", "NZERO", "NaN", "PINF", "PZERO", "boolean_dtypes", "dtype", "e",
                              "floating_dtypes", "inf", "integer_dtypes", "nan", "newaxis", "numeric_dtypes", "pi"),
    },
    "npx": {
        "mxlite._mode": ("is_np_array", "is_np_default_dtype", "is_np_shape", "np_array", "np_shape", "reset_np",
                         "set_np", "set_np_default_dtype", "set_np_shape", "use_np", "use_np_array", "use_np_shape"),
        "mxlite.context": ("Context", "cpu", "cpu_pinned", "current_context", "current_device", "gpu", "num_gpus"),
    },
    "nd": {"mxlite._array": ("NDArray",)},
}

# What is imported later stands in modules of these names.
LATER = ("mxlite._ops.", "mxlite.serialization")

WRITTEN = "Written by tests/tools/namespaces.py."

# Other names of what PLAIN or an operator's module defines: (namespace, name) -> (module, name there).
RENAMED = {("npx", "Device"): ("mxlite.context", "Context")}


def declared():
    """{namespace: {name: (module, name there)}} of everything that the operators' modules declare."""
    from mxlite import _op, _ops

    _ops.load_all()
    operators, composed = {}, {}
    for r in _op.registry.values():
        _collect(operators, r.entry, r)
    for c in _op.compositions:
        _collect(composed, c.function, c)
    # What is composed of operators takes over an operator's name: it adds arguments to it.
    return {space: operators.get(space, {}) | composed.get(space, {}) for space in operators.keys() | composed.keys()}


def _collect(spaces, function, names):
    source = (function.__module__, function.__name__)
    for base in ("np", "npx", "nd"):
        for name in getattr(names, base):
            module, _, last = f"{base}.{name}".rpartition(".")
            if spaces.setdefault(module, {}).setdefault(last, source) != source:
                raise SystemExit(f"{base}.{name} is declared by {spaces[module][last]} and by {source}")


def render():
    """{path: text} of all namespace files."""
    spaces = declared()
    unknown = sorted(spaces.keys() - TITLES.keys())
    if unknown:
        raise SystemExit(f"no title for the namespaces {unknown}: add them to TITLES in {__file__}")
    for space, modules in PLAIN.items():
        for module, names in modules.items():
            spaces[space].update({name: (module, name) for name in names})
    for (space, name), source in RENAMED.items():
        spaces[space][name] = source
    for space in TITLES:
        parent, _, child = space.rpartition(".")
        if parent:
            spaces[parent][child] = (f"mxlite.{parent}", child)
    at_once = {module for module, _ in spaces["np"].values()}
    files = {}
    for space in TITLES:
        later = {name: source for name, source in spaces[space].items()
                 if source[0].startswith(LATER) and source[0] not in at_once}
        files[path_of(space)] = _text(space, spaces[space], later)
        if later:
            files[path_of(space) + "i"] = _stub(spaces[space])
    return files


def path_of(space):
    """The file of a namespace, relative to the checkout."""
    name = space.replace(".", "/")
    return f"mxlite/{name}.py" if "." in space else f"mxlite/{name}/__init__.py"


def _text(space, names, later):
    # The order of the lines is the tool's, not the linter's.
    unseen = "F822, " if later else ""
    text = f'"""{TITLES[space]}"""\n# {WRITTEN}\n# ruff: noqa: {unseen}I001, RUF022, RUF100\n\n{_imports(names, later)}'
    if later:
        lines = sorted((module, name if name == there else f"{name}={there}")
                       for name, (module, there) in later.items())
        text += "\n_LATER = {\n" if names.keys() - later.keys() else "_LATER = {\n"
        for module, group in itertools.groupby(lines, key=lambda line: line[0]):
            text += f'    "{module}":\n{_filled((name for _, name in group), " ", 8)},\n'
        text += "}\n"
    return f"{text}\n{_all(names)}"


def _all(names):
    return f"__all__ = [\n{_filled(sorted(names), ', ', 4)},\n]\n"


def _stub(names):
    return f"# {WRITTEN}\n# ruff: noqa: I001, RUF022, RUF100\n\n{_imports(names)}\n{_all(names)}"


def _imports(names, without=()):
    lines = sorted((module, there, name) for name, (module, there) in names.items() if name not in without)
    return "".join(f"from {module} import {there} as {name}\n" for module, there, name in lines)


def _filled(names, separator, indent):
    """Lines of string literals: one per name, or one per line where the names are separated by spaces."""
    if separator == " ":
        lines = textwrap.wrap(" ".join(names), 116 - indent, break_long_words=False, break_on_hyphens=False)
        return "\n".join(f'{" " * indent}"{line}{" " if k < len(lines) - 1 else ""}"' for k, line in enumerate(lines))
    return textwrap.fill(separator.join(f'"{name}"' for name in names), 116, initial_indent=" " * indent,
                         subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def main(arguments):
    # Stands in for mxlite/__init__.py, which cannot be imported while the files it imports are out of date.
    package = types.ModuleType("mxlite")
    package.__path__ = [str(ROOT / "mxlite")]
    sys.modules["mxlite"] = package
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
