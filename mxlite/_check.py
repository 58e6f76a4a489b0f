"""`python -m mxlite check`: which of the MXNet names that a program uses are here, are missing, or behave differently.

Programs are read and not run; see mxlite._uses for how.
"""

import ast
import errno
import importlib
import io
import os
import re
import sys
import textwrap
import types
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from mxlite import _notebook
from mxlite._absent import ABSENT, reason
from mxlite._differences import DIFFERENCES
from mxlite._shim import MODULES, TOP_LEVEL
from mxlite._uses import Reader

MISSING, DIFFERENT, HERE = "missing", "different", "here"
OTHER_CELLS = r"\s*%%(?!time|capture|prun)"     # of a notebook that hold no Python; %%timeit does
TITLES = {MISSING: "Missing", DIFFERENT: "Here, but different from MXNet 1.9.1", HERE: "Here"}
_Table = dict[tuple[bool, int], list[str]]
_Places = dict[str, list[str]]      # lines by file
_UNKNOWN = "neither mxlite nor the list of what it leaves out has this name; docs/operators.md has what there is"


def find(name: str) -> tuple[Any] | None:
    """(what mxlite has under "mxnet.nd.dot",), and None in it for "mxnet"; None if it has nothing of that name."""
    value: Any = None
    here = "mxnet"
    for part in name.split(".")[1:]:
        parent, here = here, f"{here}.{part}"
        if here in MODULES:
            value = importlib.import_module(MODULES[here])
        elif parent == "mxnet":
            if part not in TOP_LEVEL and part != "__version__":
                return None
            value = getattr(importlib.import_module(TOP_LEVEL[part]), part) if part in TOP_LEVEL else part
        elif not hasattr(value, part):
            return None
        else:
            value = getattr(value, part)
    return (value,)


def stars(module: str) -> set[str]:
    """The names that `from MODULE import *` brings in MXNet, as far as they are known."""
    found = find(module)
    names = [name for name in dir(found[0]) if not name.startswith("_")] if found and found[0] is not None else []
    if module == "mxnet":
        names = [*TOP_LEVEL, *(name.split(".")[1] for name in MODULES)]
    prefix = f"{module.removeprefix('mxnet.')}."
    return {*names, *(name.removeprefix(prefix) for name in ABSENT if name.startswith(prefix))}


def _kind(name: str) -> bool:
    """Functions of nd and of np share much, but not their differences."""
    return name.removeprefix("mxnet.").partition(".")[0] in ("nd", "ndarray")


def _table() -> _Table:
    """{(kind, identity of an object of mxlite): sentences}."""
    table: _Table = {}
    for text, names in DIFFERENCES:
        for name in names.split():
            found = find(f"mxnet.{name}")
            if found is None:
                raise LookupError(f"_differences.py tells of {name}, which is not there")
            table.setdefault((_kind(name), id(found[0])), []).append(text)
    return table


def judge(name: str, table: _Table) -> tuple[str, tuple[str, ...]] | None:
    """(state, sentences that say why) for a name; None of modules, and of what MXNet's arrays do not have either."""
    found = find(name)
    method = next((name.removeprefix(f"{kind}.") for kind in ("mxnet.np.ndarray", "mxnet.nd.NDArray")
                   if name.startswith(f"{kind}.")), None)
    if found is None:
        why = reason(name)
        return None if method and why is None else (MISSING, (why or _UNKNOWN,))
    if found[0] is None or isinstance(found[0], types.ModuleType):
        return None
    texts = table.get((_kind(name), id(found[0])), [])
    alike = find(f"mxnet.{'nd' if _kind(name) else 'np'}.{method}") if method else None
    if alike:
        texts = texts + table.get((_kind(name), id(alike[0])), [])
    return (DIFFERENT, tuple(dict.fromkeys(texts))) if texts else (HERE, ())


def programs(path: str) -> Iterator[str]:
    """The programs and notebooks below a folder, without environments, caches and hidden files; or the one file."""
    if not os.path.isdir(path):
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__"))
                            and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg")))
        for name in sorted(files):
            if name.endswith((".py", ".ipynb")) and not name.startswith("."):
                yield os.path.join(folder, name)


def uses(path: str) -> tuple[list[tuple[str, str]], list[str]]:
    """[(name, line)] of a program or notebook, a line being "7" or "cell 3:7"; and [what could not be read]."""
    reader = Reader(stars)
    found: list[tuple[str, str]] = []
    unread: list[str] = []
    cells: list[tuple[str, str | bytes]]
    try:
        with io.open_code(path) as file:
            source = file.read()
        if b"mxnet" not in source:
            return [], []           # whatever else is in it, or wrong with it
        cells = [("", source)]
        if path.endswith(".ipynb"):
            cells = [(f"cell {i}:", text) for i, text in enumerate(_notebook.code_cells(source, path), 1)
                     if not re.match(OTHER_CELLS, text)]
    except SystemExit as error:
        return [], [str(error).removeprefix("mxlite: ")]
    except OSError as error:
        return [], [f"{path}: {error.strerror}"]
    for cell, text in cells:
        first = len(reader.uses)
        try:
            with warnings.catch_warnings(action="ignore"):      # about escapes in strings, for one
                tree = _notebook.parse(text, path, every=True)[1] if isinstance(text, str) else ast.parse(text, path)
            reader.read(tree)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:     # the last two of deep nesting
            line = getattr(error, "lineno", None) or 1
            unread.append(f"{path}:{cell}{line}: {type(error).__name__}: {getattr(error, 'msg', error)}")
        found += [(use.name, f"{cell}{use.line}") for use in reader.uses[first:]]
    return found, unread


def main(arguments: Sequence[str]) -> int:
    """Checks files and folders, prints what it found, and returns the status for the shell."""
    if not arguments or any(argument.startswith("-") for argument in arguments):
        print("usage: python -m mxlite check PROGRAM_OR_FOLDER ...", file=sys.stderr)
        return 2
    absent = [path for path in arguments if not os.path.exists(path)]
    if absent:
        print(*(f"mxlite: there is no file or folder {path!r}" for path in absent), sep="\n", file=sys.stderr)
        return 2
    files = [path for argument in arguments for path in programs(argument)]
    places: dict[str, _Places] = {}
    unread: list[str] = []
    table = _table()
    for path in files:
        found, errors = uses(path)
        unread += errors
        for name, line in found:
            places.setdefault(name, {}).setdefault(path, []).append(line)
    verdicts = {name: verdict for name in sorted(places) if (verdict := judge(name, table))}
    counts = Counter(state for state, _ in verdicts.values())
    try:
        for state, title in TITLES.items():
            _print(title, [(name, places[name], texts) for name, (at, texts) in verdicts.items() if at == state])
        _print("Could not be read", [(text, {}, ()) for text in unread])
        print(f"{len(files)} {'file' if len(files) == 1 else 'files'}, {len(verdicts)} names of MXNet's: "
              + ", ".join(f"{counts[state]} {state}" for state in reversed(TITLES)), flush=True)
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):      # Windows has the second
            raise
        # The reader, `| head` perhaps, has seen enough; Python would complain again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1 if counts[MISSING] or unread else 0


def _print(title: str, rows: Sequence[tuple[str, _Places, tuple[str, ...]]]) -> None:
    """One section: names and their places, those with the same sentences together, and below them the sentences."""
    if not rows:
        return
    print(title)
    groups: dict[tuple[str, ...], list[tuple[str, _Places]]] = {}
    for name, places, texts in rows:
        groups.setdefault(texts, []).append((name, places))
    for texts, named in groups.items():
        for name, places in named:
            print("  " + "  ".join([name, *(f"{path}:{', '.join(dict.fromkeys(lines))}"
                                            for path, lines in places.items())]))
        for text in texts:
            print(textwrap.fill(f"{text}.", 110, initial_indent="      - ", subsequent_indent="        ",
                                break_long_words=False, break_on_hyphens=False))
    print()
