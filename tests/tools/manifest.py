"""Writes tests/golden/manifest.json, the names and parameters of MXNet that tests/test_manifest.py holds mxlite to.

usage: python tests/tools/manifest.py MANIFEST.json

MANIFEST.json lists MXNet's imperative names with level and signature, as read off MXNet 1.9.1 (and, for np and npx
names that 1.9.1 lacks, off 2.0.0b1). Kept of it: {namespace: {name: [level, parameters]}}; the parameters, in order,
are null for what is not called, and the level is 0 for names out of scope.
"""

import ast
import json
import pathlib
import sys

COPY = pathlib.Path(__file__).resolve().parents[1] / "golden" / "manifest.json"


def parameters(entry):
    """Names of a signature's parameters, without `self`; a star parameter keeps its stars."""
    if entry["kind"] not in ("function", "method") or not entry["signature"]:
        return None
    arguments = ast.parse(f"def f{entry['signature']}: pass").body[0].args
    names = [a.arg for a in arguments.posonlyargs + arguments.args]
    names += [f"*{arguments.vararg.arg}"] if arguments.vararg else []
    names += [a.arg for a in arguments.kwonlyargs]
    names += [f"**{arguments.kwarg.arg}"] if arguments.kwarg else []
    return " ".join(name for name in names if name != "self")


def compact(manifest):
    """The text of the copy: a name per line, so that a changed name changes a line."""
    spaces = {}
    for entry in manifest["names"]:
        spaces.setdefault(entry["ns"], {})[entry["name"]] = [entry["level"], parameters(entry)]
    for entry in manifest["out_of_scope"]:
        spaces[entry["ns"]].setdefault(entry["name"], [0, None])
    rows = []
    for space, names in sorted(spaces.items()):
        rows.append(f'"{space}": {{\n' + ",\n".join(f"{json.dumps(n)}: {json.dumps(names[n])}" for n in sorted(names)))
    return "{\n" + "\n},\n".join(rows) + "\n}\n}\n"


if __name__ == "__main__":
    COPY.write_text(compact(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))), encoding="utf-8")
