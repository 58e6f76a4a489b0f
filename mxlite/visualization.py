"""Pictures and tables of the tape: what an array was computed from, and what is kept for its gradient.

>>> from mxlite import autograd, np, visualization
>>> x = np.ones((2, 3))
>>> x.attach_grad()
>>> with autograd.record():
...     z = np.exp(x).sum()
>>> visualization.print_summary(z, names={"x": x, "z": z})
Step     Inputs  Shape   Dtype    Gradient  Keeps
x        -       (2, 3)  float32  write     -
1 exp    x       (2, 3)  float32  -         y: 24 B
z 2 sum  1 exp   ()      float32  -         -
3 steps, 1 of them a variable; 24 B are kept for backward

In Jupyter, `visualization.tape(z)` at the end of a cell shows the picture.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from mxlite import _picture
from mxlite._engine.guard import guarded
from mxlite._engine.inspect import node_of
from mxlite._engine.operators import TapeArray
from mxlite._errors import NOT_IN_GRAPH, ArgumentError, DtypeError, GraphError
from mxlite._steps import Step, fold, read, size
from mxlite.serialization import write_file

__all__ = ["Tape", "plot_network", "print_summary", "tape"]

Heads = TapeArray | Sequence[TapeArray]


class Tape:
    """The tape behind some arrays, as it was when `tape` was called. Jupyter shows it as a picture."""

    def __init__(self, steps: Sequence[Step], title: str) -> None:
        self._steps = steps
        self.title = title

    def svg(self) -> str:
        """The picture as the text of an SVG file."""
        return _picture.svg(self._steps, self.title)

    @property
    def source(self) -> str:
        """The graph in Graphviz' DOT language."""
        return _picture.dot(self._steps, self.title)

    def summary(self, line_length: int = 120) -> str:
        """The table that `print_summary` prints."""
        return "\n".join(_table(self._steps, line_length))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes a file: a picture if its name ends in .svg, DOT if in .dot or .gv.

        Raises ArgumentError for another ending, FileError where the file cannot be written.
        """
        ending = os.path.splitext(os.fspath(path))[1].lower()
        if ending not in (".svg", ".dot", ".gv"):
            raise ArgumentError(f"Tape.save: a file ends in .svg, .dot or .gv, unlike {os.fspath(path)!r}")
        text = self.svg() if ending == ".svg" else self.source
        write_file(path, lambda file: file.write(text.encode()))

    def _repr_svg_(self) -> str:
        return self.svg()

    def __len__(self) -> int:
        return sum(sum(step.folded.values()) if step.folded else 1 for step in self._steps)

    def __repr__(self) -> str:
        return f"<tape of {len(self)} steps>"


@guarded
def tape(heads: Heads, names: Mapping[str, object] | None = None, title: str = "", limit: int = 100) -> Tape:
    """What the gradient of an array (or of several) would be computed from, as a Tape.

    names: {name: array} of arrays to call by name; other values are left out, so that `locals()` will do. title: text
    above the picture. limit: how many steps to show; of more, the middle of long chains is folded into one step, and if
    that is not enough, the middle of the tape. Values that are kept for backward are computed if they were not yet.

    Raises GraphError for an array that was not recorded, or whose tape a sweep has used up.
    """
    arrays: list[Any] = list(heads) if isinstance(heads, list | tuple) else [heads]
    for head in arrays:
        if not isinstance(head, TapeArray):
            raise DtypeError(f"tape: {type(head).__name__} is no array of mxlite")
        node = node_of(head)
        if node is None or node.freed:
            raise GraphError(f"tape: {NOT_IN_GRAPH}")
    if not arrays:
        raise ArgumentError("tape: no arrays are given")
    if limit < 10:
        raise ArgumentError(f"tape: limit is 10 or more, not {limit}")
    return Tape(fold(read(arrays, dict(names or {})), limit), title)


def plot_network(
    heads: Heads, title: str = "plot", names: Mapping[str, object] | None = None, limit: int = 100
) -> Tape:
    """The tape behind arrays, by the name of MXNet's function, which draws symbols; see `tape`."""
    return tape(heads, names, title, limit)


def print_summary(
    heads: Heads, names: Mapping[str, object] | None = None, line_length: int = 120, limit: int = 100
) -> None:
    """Prints a table of the tape behind arrays: a line for every step, with what it keeps for backward; see `tape`.

    Lines longer than `line_length` are cut.
    """
    print(tape(heads, names, limit=limit).summary(line_length))


def _table(steps: Sequence[Step], line_length: int) -> list[str]:
    number: dict[int, int] = {}
    for k, step in enumerate(steps):
        if not step.variable:
            number[k] = len(number) + 1
    called = [step.name if step.variable else f"{step.name or ''} {number[k]} {step.label}".lstrip()
              for k, step in enumerate(steps)]
    rows = [("Step", "Inputs", "Shape", "Dtype", "Gradient", "Keeps")]
    for step, name in zip(steps, called, strict=True):
        rows.append((name, ", ".join(called[i] for i in step.inputs) or "-",
                     "-" if step.shape is None else str(step.shape), str(step.dtype or "-"),
                     step.grad_req or ("freed" if step.freed else "-"), step.keeps or "-"))
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    memory: dict[int, int] = {}
    n_variables = n = 0
    for step in steps:
        memory.update(step.memory)
        n += sum(step.folded.values()) if step.folded else 1
        n_variables += step.folded["variable"] if step.folded else step.variable
    lines.append(f"{n:,} steps, {n_variables:,} of them {'a variable' if n_variables == 1 else 'variables'}; "
                 f"{size(sum(memory.values()))} are kept for backward")
    return [line if len(line) <= line_length else line[:line_length - 1] + "…" for line in lines]
