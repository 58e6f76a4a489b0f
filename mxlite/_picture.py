"""Steps of the tape drawn as SVG, and written as DOT."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from mxlite import _layout
from mxlite._steps import Step

Box = tuple[list[str], str, Step]     # lines of text, kind, what it stands for

CHARACTER, LINE = 6.7, 15.0     # of a monospaced font of 11 pixels: width, and distance of lines
PAD_X, PAD_Y = 9.0, 7.0
MARGIN = 14.0
FAR = 2                         # layers between a variable and its use, from which on the variable is named there again
HEAD, OPERATOR, VARIABLE, FOLDED = "head", "operator", "variable", "folded"
FILL = {HEAD: "#fff1d6", OPERATOR: "#ffffff", VARIABLE: "#e0effb", FOLDED: "#f2f2f2"}
STROKE = {HEAD: "#b36b00", OPERATOR: "#5f6b76", VARIABLE: "#2a6ea8", FOLDED: "#8a8a8a"}

# Behind a class of ours: styles inside an SVG apply to the whole page it stands in.
STYLE = """
.mxlite-tape text{font:11px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#444;text-anchor:middle}
.mxlite-tape text.name{font-weight:bold;fill:#111}
.mxlite-tape text.title{font-size:13px;font-weight:bold;fill:#111}
.mxlite-tape rect{stroke-width:1.2}
.mxlite-tape path{fill:none;stroke:#8a949e;stroke-width:1.2}
"""


def kind(step: Step) -> str:
    """Which of the four ways to draw a step."""
    return VARIABLE if step.variable else FOLDED if step.folded is not None else HEAD if step.head else OPERATOR


def _lines(step: Step) -> list[str]:
    return [step.title, *step.details()]


def _boxes(steps: Sequence[Step]) -> tuple[list[Box], list[tuple[int, int]]]:
    """(boxes, edges): per box its lines of text, its kind and its step; variables that are far from a use of theirs
    get a small box there that names them again."""
    depth: list[int] = []
    for step in steps:
        depth.append(max((depth[i] + 1 for i in step.inputs if not steps[i].variable), default=1))
    first: dict[int, int] = {}  # of a variable, the layer of its first use
    for k, step in enumerate(steps):
        for i in step.inputs:
            if steps[i].variable:
                first[i] = min(first.get(i, depth[k]), depth[k])
    boxes: list[Box] = []
    edges: list[tuple[int, int]] = []
    place: dict[int, int] = {}
    for k, step in enumerate(steps):
        ends = []
        for i in step.inputs:
            if steps[i].variable and depth[k] - first[i] >= FAR:
                ends.append(len(boxes))
                boxes.append(([steps[i].name], VARIABLE, steps[i]))
            else:
                ends.append(place[i])
        place[k] = len(boxes)
        boxes.append((_lines(step), kind(step), step))
        edges += [(end, place[k]) for end in ends]
    return boxes, edges


def svg(steps: Sequence[Step], title: str) -> str:
    """The text of an SVG picture of steps."""
    boxes, edges = _boxes(steps)
    sizes = [(max(len(line) for line in lines) * CHARACTER + 2 * PAD_X, len(lines) * LINE + 2 * PAD_Y)
             for lines, _, _ in boxes]
    centers, routes, (width, height) = _layout.place(sizes, edges)
    top = MARGIN + (22 if title else 0)
    width = max(width, len(title) * 8.2)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" class="mxlite-tape" width="{width + 2 * MARGIN:.0f}" '
           f'height="{height + top + MARGIN:.0f}" viewBox="0 0 {width + 2 * MARGIN:.0f} {height + top + MARGIN:.0f}" '
           f'role="img"><title>{escape(title or "tape")}</title>',
           '<defs><marker id="mxlite-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
           'orient="auto"><path d="M0 1L7 4L0 7z" style="fill:#8a949e;stroke:none"/></marker></defs>',
           f"<style>{STYLE}</style>",
           '<rect width="100%" height="100%" fill="#fff"/>']
    if title:
        out.append(f'<text class="title" x="{width / 2 + MARGIN:.0f}" y="{MARGIN + 8:.0f}">{escape(title)}</text>')
    out.append(f'<g transform="translate({MARGIN:.0f} {top:.0f})">')
    for route in routes:
        out.append(f'<path d="{_curve(route)}" marker-end="url(#mxlite-tip)"/>')
    for (lines, way, step), (w, h), (x, y) in zip(boxes, sizes, centers, strict=True):
        again = step.variable and lines == [step.name] and bool(step.details())
        dash = ' stroke-dasharray="4 3"' if way == FOLDED or again else ""
        out.append(f'<g><title>{escape(_tooltip(step))}</title>'
                   f'<rect x="{x - w / 2:.1f}" y="{y - h / 2:.1f}" width="{w:.1f}" height="{h:.1f}" '
                   f'rx="{h / 2 if again else 9 if way == VARIABLE else 3:.0f}" fill="{FILL[way]}" '
                   f'stroke="{STROKE[way]}"{dash}/>')
        for k, line in enumerate(lines):
            mark = ' class="name"' if k == 0 else ""
            out.append(f'<text{mark} x="{x:.1f}" y="{y - h / 2 + PAD_Y + k * LINE + 11:.1f}">{escape(line)}</text>')
        out.append("</g>")
    return "\n".join([*out, "</g>", "</svg>", ""])


def _curve(route: Sequence[_layout.Point]) -> str:
    """A smooth path through the points of an edge, vertical at each of them."""
    parts = [f"M{route[0][0]:.1f} {route[0][1]:.1f}"]
    for (x0, y0), (x1, y1) in pairwise(route):
        if (x0, y0) == (x1, y1):
            continue
        if abs(x1 - x0) < 0.5:
            parts.append(f"L{x1:.1f} {y1:.1f}")
        else:
            half = (y0 + y1) / 2
            parts.append(f"C{x0:.1f} {half:.1f} {x1:.1f} {half:.1f} {x1:.1f} {y1:.1f}")
    return "".join(parts)


def _tooltip(step: Step) -> str:
    return "\n".join([step.title, *step.details()])


def dot(steps: Sequence[Step], title: str) -> str:
    """The same graph in DOT."""
    out = ["digraph tape {", '  graph [rankdir=TB, labelloc=t];', '  node [fontname="monospace", fontsize=10];']
    if title:
        out.append(f"  label={_quoted(title)};")
    for k, step in enumerate(steps):
        way = kind(step)
        shape = "ellipse" if step.variable else "box"
        style = "filled,dashed" if way == FOLDED else "filled"
        label = r"\n".join(_escaped(line) for line in _lines(step))
        out.append(f'  n{k} [label="{label}", shape={shape}, style="{style}", fillcolor="{FILL[way]}", '
                   f'color="{STROKE[way]}"];')
    out += [f"  n{i} -> n{k};" for k, step in enumerate(steps) for i in step.inputs]
    return "\n".join([*out, "}", ""])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'
