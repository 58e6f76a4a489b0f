"""The figures of a run as a drawing: a column of bars per library, as long as the ratio of its cost to mxlite's."""

from __future__ import annotations

import math
from html import escape

from .libraries import TITLES
from .runner import Row

# What is drawn, under headings: a row's name, what it is called in the drawing, and threads.
SECTIONS = {
    "One operation, recorded": [
        ("x + x, 4 floats", "x + x, 4 floats", 1),
        ("exp(x), 64 floats", "exp(x), 64 floats", 1),
    ],
    "Gradients of small programs": [
        ("seed 4", "3·(2·x·x)², 4 floats", 1),
        ("norm in a while loop", "norm in a while loop", 1),
        ("Rosenbrock-100", "Rosenbrock, 100 variables", 1),
        ("chain of 2,000 scalar operations", "2,000 scalar operations", 1),
        ("logistic regression 1000 x 20", "logistic regression 1000 x 20", 1),
        ("MLP 16-32-32-4", "MLP 16-32-32-4, batch 8", 1),
    ],
    "Gradients of large arrays": [
        ("seed 100,000", "3·(2·x·x)², 100,000 floats", 1),
        ("seed 4,000,000", "3·(2·x·x)², 4 million floats", 1),
        ("seed 4,000,000", "… with two threads", 2),
        ("tanh-GELU 4,000,000", "tanh-GELU, 4 million floats", 1),
        ("tanh-GELU 4,000,000", "… with two threads", 2),
        ("softmax cross-entropy 4096 x 1000", "cross-entropy 4096 x 1000", 1),
        ("layer norm 2000 x 512", "layer norm 2000 x 512", 1),
        ("broadcast outer 1000 x 1000", "outer product 1000 x 1000", 1),
    ],
    "Gradients of networks": [
        ("MLP 784-256-10", "MLP 784-256-10, batch 64", 1),
        ("RNN of 35 steps", "RNN, 35 steps, batch 32", 1),
        ("LeNet", "LeNet, batch 64", 1),
    ],
    "Peak memory": [
        ("memory of MLP 784-256-10", "MLP 784-256-10", 1),
        ("memory of LeNet", "LeNet", 1),
        ("memory of seed 4,000,000", "3·(2·x·x)², 4 million floats", 1),
        ("memory of tanh-GELU 4,000,000", "tanh-GELU, 4 million floats", 1),
    ],
}
LEAST, MOST = 0.1, 300.0  # ends of the scale; a bar that goes on is drawn broken, its number is written all the same
LABELS, COLUMN, PLOT, LINE, MARGIN = 206, 112, 76, 18, 14  # widths and heights; PLOT of a COLUMN is the scale's

# Colours of GitHub's pages; the two of the bars differ in lightness and for every kind of colour blindness.
STYLE = """
text { font: 11px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
.page { fill: #ffffff } .title { font-size: 15px; font-weight: 600 } .head { font-weight: 600 }
.soft { fill: #59636e } .more { fill: #0969da } .less { fill: #d4700a }
.grid { stroke: #d1d9e0 } .one { stroke: #59636e; stroke-width: 1.5 } .gap { stroke: #ffffff; stroke-width: 2 }
.number { stroke: #ffffff; stroke-width: 3; paint-order: stroke }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .page { fill: #0d1117 } .soft { fill: #9198a1 } .more { fill: #4493f8 } .less { fill: #f0883e }
.grid { stroke: #3d444d } .one { stroke: #9198a1 } .gap, .number { stroke: #0d1117 }
}
"""


def position(ratio: float) -> float:
    """How far along the scale a ratio lies, in its units of length."""
    share = math.log(min(max(ratio, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
    return round(share * PLOT, 1)


def written(ratio: float) -> str:
    """The ratio with two digits, as markup."""
    number = f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 0.95 else f"{ratio:.2g}"
    return f"{number}&#215;"


def bar(ratio: float, left: float, top: float) -> list[str]:
    """A bar from the line of equal cost, with its number to the right of it."""
    one, end = position(1), position(ratio)
    x, width = left + min(one, end), abs(end - one)
    kind = "more" if ratio >= 1 else "less"
    parts = [f'<rect class="{kind}" x="{x:.1f}" y="{top + 4}" width="{max(width, 1):.1f}" height="{LINE - 7}"/>']
    if not LEAST <= ratio <= MOST:
        cut = left + (end - 6 if ratio > 1 else 6)
        parts.append(f'<path class="gap" d="M{cut - 2:.1f} {top + LINE - 2}l4 -{LINE - 3}"/>')
    parts.append(f'<text x="{left + max(one, end) + 4:.1f}" y="{top + 13}" class="number">{written(ratio)}</text>')
    return parts


def draw(rows: list[Row], notes: list[str]) -> str:
    """The drawing as SVG text, without what was not measured; `notes` are its last lines."""
    found = {(row.name, row.threads): row for row in rows}
    libraries = [name for name in TITLES if name not in ("mxlite", "jax eager")]
    libraries = [name for name in libraries if any(row.ratio(name, to="mxlite") for row in rows)]
    parts: list[str] = []
    top = 92
    for heading, members in SECTIONS.items():
        shown = [(found[name, threads], label) for name, label, threads in members if (name, threads) in found]
        if not shown:
            continue
        parts.append(f'<text class="head" x="{MARGIN}" y="{top + 15}">{escape(heading)}</text>')
        top += LINE + 2
        for row, label in shown:
            parts.append(f'<text x="{MARGIN + 8}" y="{top + 13}">{escape(label)}</text>')
            for number, library in enumerate(libraries):
                left = MARGIN + LABELS + number * COLUMN
                ratio = row.ratio(library, to="mxlite")
                if ratio:
                    parts += bar(ratio, left, top)
                else:
                    parts.append(f'<text class="soft" x="{left + position(1) + 4:.1f}" y="{top + 13}">-</text>')
            top += LINE
        top += 6

    frame = []
    for number, library in enumerate(libraries):
        left = MARGIN + LABELS + number * COLUMN
        frame.append(f'<text class="head" x="{left}" y="70">{escape(TITLES[library])}</text>')
        for mark in (0.1, 1, 10, 100):
            x = left + position(mark)
            kind = "one" if mark == 1 else "grid"
            frame.append(f'<path class="{kind}" d="M{x:.1f} 90V{top}"/>')
            frame.append(f'<text class="soft" x="{x:.1f}" y="85" text-anchor="middle">{mark:g}</text>')
    for number, note in enumerate(notes):
        frame.append(f'<text class="soft" x="{MARGIN}" y="{top + 18 + number * 15}">{escape(note)}</text>')
    width, height = 2 * MARGIN + LABELS + len(libraries) * COLUMN, top + 18 + 15 * len(notes)
    title = "How many times the cost of mxlite"
    reading = "Logarithmic; the line is mxlite. Blue, to its right, costs more than mxlite; orange, to its left, less."
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            'role="img" aria-labelledby="title reading">',
            f'<title id="title">{title}</title>',
            f'<desc id="reading">{reading}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="page" width="{width}" height="{height}" rx="6"/>',
            f'<text class="title" x="{MARGIN}" y="27">{title}</text>',
            f'<text class="soft" x="{MARGIN}" y="45">{reading}</text>',
            *frame,
            *parts,
            "</svg>\n",
        ]
    )
