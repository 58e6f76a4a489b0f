"""Compares the stubs and inline types of the whole package with the modules themselves, by mypy's stubtest.

usage: python tests/tools/stubtest.py     print what stubtest prints and exit as it does; needs mypy

What cannot be compared is left out, and only that:

- names that Cython adds to every module, and those that a compiled module imports, which it has like its own;
- functions that have more than one signature at run time. An operator takes np's names of parameters and nd's, and
  shows np's; its first parameter, whatever its name, is `self` where it is a method; functools.cache wraps a function
  in an object of C. tests/test_stubs.py compares the overloads of such operators one by one;
- functions of the array API that a decorator wraps: mypy forgets the names of parameters that are positional alone;
- that a class of C is a "disjoint base", which NumPy's own stubs do not say either.
"""

import importlib
import inspect
import pathlib
import pkgutil
import re
import subprocess
import sys
import tempfile

TOOLS = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TOOLS)]

from stubs import ROOT, functions  # noqa: E402

import mxlite.array_api  # noqa: E402

CYTHON = r"mxlite\._(engine|kernels)\.\w+\.(\w+\.)?__(test|pyx_capi|reduce_cython|setstate_cython)__"
IMPORTED = r"mxlite\._engine\.\w+\.(ASSIGN|FOREIGN|GRAD_REQS|INPLACE|NO_INPUTS|NOT_IN_GRAPH|TWO_SWEEPS|select)"
CACHED = (r"mxlite\._array\._keywords", r"mxlite\._ops\.load_all")


def several_signatures():
    """Patterns of the operators and methods of which a call understands more than inspect.signature can show."""
    from mxlite import _methods

    for module, found in functions().items():
        yield from (re.escape(f"{module}.{f.name}") for f in found if f.op is not None and f.names)
    for cls in (_methods.CommonMethods, _methods.NumpyMethods, _methods.LegacyMethods):
        for name, value in vars(cls).items():
            if inspect.isroutine(value) and next(iter(inspect.signature(value).parameters), "self") != "self":
                yield re.escape(f"mxlite._methods.{cls.__name__}.{name}")


def positional():
    """Patterns of the decorated functions with positional-only parameters, whose names mypy forgets."""
    for module in pkgutil.iter_modules(mxlite.array_api.__path__, "mxlite.array_api."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if hasattr(value, "__wrapped__") and any(
                    p.kind is p.POSITIONAL_ONLY for p in inspect.signature(value).parameters.values()):
                yield re.escape(f"{module.name}.{name}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        allowed = pathlib.Path(folder, "allowed.txt")
        patterns = [CYTHON, IMPORTED, *CACHED, *several_signatures(), *positional()]
        allowed.write_text("\n".join(patterns), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "mypy.stubtest", "mxlite", "--ignore-disjoint-bases", "--ignore-unused-allowlist",
             "--mypy-config-file", str(ROOT / "pyproject.toml"), "--allowlist", str(allowed)],
            check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
