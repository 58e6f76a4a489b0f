"""The tape behind arrays as a list of steps, for pictures and tables; long parts folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy

from mxlite._engine.inspect import NodeView, node_of
from mxlite._engine.operators import TapeArray, form
from mxlite._errors import NOT_IN_GRAPH, GraphError
from mxlite._op import public_name

Input = tuple[NodeView, tuple[int, ...] | None, numpy.dtype[Any] | None]
ENDS = 3        # steps that are drawn at either end of a folded chain


@dataclass
class Step:
    """One node of the tape, or several that are folded into one; `inputs` are indices of earlier steps."""

    label: str
    name: str = ""
    shape: tuple[int, ...] | None = None
    dtype: numpy.dtype[Any] | None = None
    grad_req: str | None = None
    variable: bool = False
    head: bool = False
    freed: bool = False
    inputs: list[int] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)   # parameters of what is kept; empty for a folded step
    memory: dict[int, int] = field(default_factory=dict)    # {address: bytes} of the arrays that are kept
    folded: Counter[str] | None = None              # {label: how many} of what is folded here

    @property
    def title(self) -> str:
        if self.variable or not self.name:
            return self.name or self.label
        return f"{self.name} = {self.label}"

    @property
    def form(self) -> str:
        """Shape and dtype; empty where there are several outputs."""
        return "" if self.shape is None else f"{self.shape} {self.dtype}"

    def details(self) -> list[str]:
        """The further lines of a box."""
        lines = []
        if self.folded is not None:
            common = self.folded.most_common(5 if len(self.folded) == 5 else 4)
            lines += [f"{label}: {n:,}" for label, n in common]
            if len(self.folded) > len(common):
                lines.append(f"{len(self.folded) - len(common)} more operators")
        if self.form:
            lines.append(self.form)
        if self.grad_req is not None:
            lines.append(f"grad_req {self.grad_req}")
        if self.freed:
            lines.append("freed by a sweep")
        if self.keeps:
            lines.append(f"keeps {self.keeps}")
        return lines

    @property
    def keeps(self) -> str:
        """What is kept for the derivative and how large it is, memory that several share counted once."""
        if not self.memory:
            return ""
        names = ", ".join(self.kept) if 0 < len(self.kept) < 4 else f"{len(self.memory):,} arrays"
        return f"{names}: {size(sum(self.memory.values()))}"


def size(n_bytes: int) -> str:
    """Bytes for a reader: '24 B', '1.5 MB'."""
    value, unit = float(n_bytes), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.0f} B" if unit == "B" else f"{value:.3g} {unit}" if value < 1000 else f"{value:.0f} {unit}"


# -- reading the tape --------------------------------------------------------------------------------------------------
def read(heads: Sequence[TapeArray], names: Mapping[str, object]) -> list[Step]:
    """The steps behind arrays, inputs before what uses them."""
    called: dict[NodeView, str] = {}
    for name, value in names.items():
        node = node_of(value) if isinstance(value, TapeArray) else None
        if node is not None:
            called.setdefault(node, name)
    seen: dict[NodeView, tuple[Step, list[NodeView]]] = {}      # with the nodes it is computed from
    order: list[NodeView] = []
    stack: list[tuple[NodeView, Iterator[Input]]] = []

    def meet(node: NodeView, shape: tuple[int, ...] | None, dtype: numpy.dtype[Any] | None) -> None:
        if node not in seen:
            inputs = [] if node.freed else node.inputs(shape)
            seen[node] = (_step(node, called.get(node, ""), shape, dtype), [n for n, _, _ in inputs])
            stack.append((node, iter(inputs)))

    for head in heads:
        top = node_of(head)
        if top is None:
            raise GraphError(NOT_IN_GRAPH)
        meet(top, head.shape, form(head).dtype)
        seen[top][0].head = True
        while stack:
            node, inputs = stack[-1]
            for found in inputs:
                if found[0] not in seen:
                    meet(*found)
                    break
            else:
                order.append(node)
                stack.pop()
    index = {node: k for k, node in enumerate(order)}
    steps = []
    for node in order:
        step, parents = seen[node]
        step.inputs = list(dict.fromkeys(index[n] for n in parents))
        steps.append(step)
    unnamed = (step for step in steps if step.variable and not step.name)
    for number, step in enumerate(unnamed, start=1):
        step.name = f"variable {number}"
    return steps


def _step(node: NodeView, name: str, shape: tuple[int, ...] | None, dtype: numpy.dtype[Any] | None) -> Step:
    step = Step(public_name(node.label), name, shape, dtype, node.grad_req, node.is_variable, freed=node.freed)
    for parameter, arrays in node.saved.items():
        arrays = arrays if isinstance(arrays, list) else [arrays]
        arrays = [a for a in arrays if a is not None]
        step.kept.append(parameter)
        step.memory.update((a.__array_interface__["data"][0], a.nbytes) for a in arrays)
    return step


# -- folding -----------------------------------------------------------------------------------------------------------
def fold(steps: list[Step], limit: int) -> list[Step]:
    """At most about `limit` steps: the middle of long chains becomes one box, and of what is left, the middle."""
    if len(steps) > limit:
        steps = _merged(steps, _chains(steps))
    if len(steps) > limit:
        inner = [k for k, step in enumerate(steps) if not step.variable]
        ends = max(limit // 3, 1)
        steps = _merged(steps, [inner[ends:-ends]])
    return steps


def _users(steps: Sequence[Step]) -> list[list[int]]:
    users: list[list[int]] = [[] for _ in steps]
    for k, step in enumerate(steps):
        for i in step.inputs:
            users[i].append(k)
    return users


def _chains(steps: Sequence[Step]) -> list[list[int]]:
    """Groups of steps: the inside of every long run of steps each of which is computed from the last one alone."""
    users = _users(steps)
    previous: dict[int, int] = {}
    for k, step in enumerate(steps):
        inputs = [i for i in step.inputs if not steps[i].variable]
        if not step.variable and len(inputs) == 1 and len(users[inputs[0]]) == 1 and not steps[inputs[0]].head:
            previous[k] = inputs[0]
    following = {i: k for k, i in previous.items()}
    groups = []
    for start in following.keys() - previous.keys():
        chain = [start]
        while chain[-1] in following:
            chain.append(following[chain[-1]])
        if len(chain) > 2 * ENDS + 2:
            groups.append(chain[ENDS:-ENDS])
    return groups


def _merged(steps: Sequence[Step], groups: Sequence[Sequence[int]]) -> list[Step]:
    """The steps with each group folded into one, variables that nothing else uses included."""
    users = _users(steps)
    group_of = {k: g for g, group in enumerate(groups) for k in group}
    for k, step in enumerate(steps):
        found = {group_of.get(user) for user in users[k]}
        group = found.pop() if step.variable and len(found) == 1 else None
        if group is not None:
            group_of[k] = group
    last = [max(group) for group in groups]
    counts: list[Counter[str]] = [Counter() for _ in groups]
    boxes = [Step("", folded=count) for count in counts]
    # A group comes where its last member was; a variable first among all, since a group may have moved past its use.
    order = [k for k, step in enumerate(steps) if step.variable and k not in group_of]
    order += [k for k, step in enumerate(steps) if not step.variable and (k not in group_of or k == last[group_of[k]])]
    place = {order[at]: at for at in range(len(order))}

    def new(k: int) -> int:
        return place[last[group_of[k]] if k in group_of else k]

    for k, g in group_of.items():
        step, box = steps[k], boxes[g]
        counts[g].update(step.folded or [step.label])
        box.memory.update(step.memory)
        box.head = box.head or step.head
        box.inputs += [new(i) for i in step.inputs if group_of.get(i) != g]
    for box, count in zip(boxes, counts, strict=True):
        box.label = f"{sum(count.values()):,} steps"
        box.inputs = list(dict.fromkeys(box.inputs))
    out = []
    for k in order:
        if k in group_of:
            out.append(boxes[group_of[k]])
        else:
            step = steps[k]
            step.inputs = list(dict.fromkeys(new(i) for i in step.inputs))
            out.append(step)
    return out
