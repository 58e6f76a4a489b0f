"""Counts what an editor completes: the names of each namespace, with signatures and docstrings. Needs jedi.

usage: python tests/tools/completion.py        exit 1 if a name is missing, or an operator has no signature or text
"""

import importlib
import pathlib
import sys

import jedi

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPACES = ("np", "np.linalg", "np.random", "npx", "npx.random", "nd", "nd.contrib", "nd.linalg", "nd.random")


def completed(space):
    """{name: completion} after a dot."""
    script = jedi.Script(f"from mxlite import nd, np, npx\n{space}.", project=jedi.Project(ROOT))
    return {c.name: c for c in script.complete(2, len(space) + 1)}


def main():
    lacking = 0
    for space in SPACES:
        module = importlib.import_module(f"mxlite.{space}")
        found = completed(space)
        operators = [name for name in module.__all__ if callable(getattr(module, name)) and (
            getattr(getattr(module, name), "__module__", "").startswith("mxlite._ops."))]
        missing = sorted(set(module.__all__) - found.keys())
        bare = [n for n in operators if n in found and not found[n].get_signatures()]
        silent = [n for n in operators if n in found and not found[n].docstring(raw=True)]
        names = len(module.__all__)
        print(f"{space}.: {names - len(missing)} of {names} names; {len(operators)} operators, "
              f"{len(operators) - len(bare)} with a signature, {len(operators) - len(silent)} with a docstring")
        for label, names in (("missing", missing), ("no signature", bare), ("no docstring", silent)):
            if names:
                print(f"  {label}: {' '.join(names)}")
        lacking += len(missing) + len(bare) + len(silent)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
