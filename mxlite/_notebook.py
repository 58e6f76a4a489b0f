"""Runs the cells of a Jupyter notebook in order, without Jupyter: what a cell prints and echoes is printed."""

from __future__ import annotations

import ast
import io
import json
import linecache
import re
import sys
import token
import tokenize
import traceback
from typing import Any

# Settings of the notebook's surroundings, which a run on a terminal can do without.
IGNORED_MAGICS = {"autoreload", "config", "load_ext", "matplotlib", "reload_ext"}

_ESCAPE = re.compile(r"(?P<indent>\s*)(?:(?P<escape>%%?(?P<magic>\w+)|!|\?)|.*\?\s*$)")


def run(notebook: bytes, name: str, namespace: dict[str, Any]) -> None:
    """Run a notebook (the bytes of its file), with ``namespace`` as the globals of all its cells."""
    # Only the traceback module knows the text of cells; the interpreter itself looks for a file of that name.
    sys.excepthook = lambda kind, error, trace: traceback.print_exception(kind, error, trace)
    namespace["display"] = lambda *values: print(*map(pretty, values), sep="\n")
    for number, source in enumerate(code_cells(notebook, name), 1):
        _run_cell(source, f"{name}, cell {number}", namespace)


def code_cells(notebook: bytes, name: str) -> list[str]:
    try:
        cells = json.loads(notebook)["cells"]
    except (ValueError, KeyError, TypeError):
        raise SystemExit(f"mxlite: {name} is not a Jupyter notebook of format 4") from None
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _run_cell(source: str, filename: str, namespace: dict[str, Any]) -> None:
    source, tree = parse(source, filename)
    linecache.cache[filename] = len(source), None, source.splitlines(keepends=True), filename
    last = tree.body[-1] if tree.body else None
    echoed = last if isinstance(last, ast.Expr) and not _silenced(source) else None
    if echoed is not None:
        tree.body.pop()
    exec(compile(tree, filename, "exec", dont_inherit=True), namespace)
    if echoed is not None:
        value = eval(compile(ast.Expression(echoed.value), filename, "eval", dont_inherit=True), namespace)
        if value is not None:
            print(pretty(value))


def parse(source: str, filename: str, every: bool = False) -> tuple[str, ast.Module]:
    """(the cell as Python, its tree), without IPython's escapes; those that matter raise, unless `every` is set.

    Whether a line that begins with ``%`` is a magic or continues an expression is for the parser to say: it is one
    if Python cannot read it.
    """
    lines = source.splitlines(keepends=True)
    while True:
        source = "".join(lines)
        try:
            return source, ast.parse(source, filename)
        except SyntaxError as error:
            number = (error.lineno or 1) - 1
            line = lines[number] if number < len(lines) else ""
            escape = _ESCAPE.match(line)
            if escape is None:
                raise
            if not every and (escape["magic"] not in IGNORED_MAGICS or escape["escape"].startswith("%%")):
                ignored = ", ".join(f"%{name}" for name in sorted(IGNORED_MAGICS))
                text = f"mxlite runs Python cells; of IPython's escapes it knows (and ignores) {ignored}"
                where = (filename, number + 1, len(escape["indent"]) + 1, line)
                raise SyntaxError(text, where) from None
            end = number
            while lines[end].endswith("\\\n") and end + 1 < len(lines):     # a shell command of several lines
                end += 1
            lines[number:end + 1] = [escape["indent"] + "pass\n", *["\n"] * (end - number)]


def _silenced(source: str) -> bool:
    """Whether a semicolon ends the cell, which keeps its value from being echoed."""
    layout = {token.COMMENT, token.NL, token.NEWLINE, token.ENDMARKER}
    tokens = [t.string for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type not in layout]
    return tokens[-1:] == [";"]


def pretty(value: Any) -> str:
    """The text Jupyter echoes for a value: IPython's own if it is installed, else the same for built-in containers."""
    try:
        from IPython.lib.pretty import pretty as ipython_pretty  # pyright: ignore[reportMissingImports]
    except ImportError:
        return Layout().text(value)
    return str(ipython_pretty(value))


class _Group:
    """A container: what follows its commas is all spaces or, from the moment it is broken, all newlines."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.waiting = 0  # commas that are not written yet
        self.broken = False
        self.settled = False  # commas were written with spaces; a long line no longer breaks it

    def __len__(self) -> int:
        return 1  # the width of a comma's space


class Layout:
    """Writes nested containers on one line of 79 columns, or breaks them from the outside in until they fit.

    An element of several lines (an ``NDArray``) breaks what is open around it. The rules are IPython's, so that a
    notebook reads the same with and without it.
    """

    WIDTH = 79
    MOST = 1000  # elements shown of one container
    BRACKETS: tuple[tuple[type[Any], str], ...] = ((tuple, "()"), (list, "[]"), (dict, "{}"))

    def __init__(self) -> None:
        self.written: list[str] = []
        # Texts, and a group for the space after each of its commas that may become a newline.
        self.waiting: list[Any] = []
        self.column = 0  # where the written text ends
        self.width = 0  # of what is waiting
        self.open: list[_Group] = []

    def text(self, value: Any) -> str:
        self._value(value)
        self._write(len(self.waiting))
        return "".join(self.written)

    def _value(self, value: Any) -> None:
        brackets = dict(self.BRACKETS).get(type(value))
        if brackets is None:
            self._leaf(value)
            return
        self._wait(brackets[0])
        self.open.append(_Group(len(self.open)))
        for position, item in enumerate(value):
            if position:
                self._wait(",")
                self._space()
            if position == self.MOST:
                self._wait("...")
                break
            self._value(item)
            if type(value) is dict:
                self._wait(": ")
                self._value(value[item])
        if type(value) is tuple and len(value) == 1:
            self._wait(",")
        self.open.pop()
        self._wait(brackets[1])

    def _leaf(self, value: Any) -> None:
        if isinstance(value, type) and type(value).__repr__ is type.__repr__:
            text = f"{value.__module__}.{value.__qualname__}".removeprefix("builtins.")
        else:
            text = repr(value)
        for number, line in enumerate(text.splitlines()):
            if number:
                self._break()
                self._newline()
            self._wait(line)

    def _space(self) -> None:
        group = self.open[-1]
        if group.broken:
            self._newline()
        else:
            group.waiting += 1
            self._wait(group)

    def _wait(self, item: Any) -> None:
        self.waiting.append(item)
        self.width += len(item)
        if isinstance(self.waiting[0], str):  # no comma before it is undecided
            self._write(1)
        while self.waiting and self.column + self.width > self.WIDTH and self._break():
            pass

    def _newline(self) -> None:
        self._write(len(self.waiting))
        self.column = len(self.open)
        self.written.append("\n" + " " * self.column)

    def _break(self) -> bool:
        """Break the outermost container with undecided commas, and all around it; say whether there was one."""
        undecided = [item for item in self.waiting if isinstance(item, _Group) and not item.settled]
        outermost = min(reversed(undecided), key=lambda group: group.depth, default=None)
        for group in self.open[: outermost.depth if outermost else None]:
            group.broken = group.broken or not group.settled
        if outermost is None:
            return False
        outermost.broken = True
        while outermost.waiting or (self.waiting and isinstance(self.waiting[0], str)):
            self._write(1)
        return True

    def _write(self, count: int) -> None:
        for item in self.waiting[:count]:
            self.width -= len(item)
            if isinstance(item, str):
                self.written.append(item)
                self.column += len(item)
                continue
            item.waiting -= 1
            if item.broken:
                self.column = item.depth + 1
                self.written.append("\n" + " " * self.column)
            else:
                item.settled = item.waiting == 0
                self.written.append(" ")
                self.column += 1
        del self.waiting[:count]
