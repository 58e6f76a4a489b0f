"""Tables of figures and ratios, and a description of where they were taken that names no machine."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from . import chart
from .libraries import TITLES
from .runner import Row, Runner

LOAD = os.getloadavg()[0] if hasattr(os, "getloadavg") else None  # before our own
FOLDER = Path(__file__).resolve().parent


def digits(value: float, count: int) -> str:
    """The number with at least so many significant digits, never in powers of ten."""
    return f"{value:.0f}" if value >= 10**count else f"{value:.{count}g}"


def quantity(value: float | str | None, unit: str) -> str:
    """A figure with three digits and a fitting unit."""
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    scales = {"GB": 1e9, "MB": 1e6, "kB": 1e3} if unit == "bytes" else {"s": 1, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
    name = next((name for name, scale in scales.items() if value >= scale), list(scales)[-1])
    return f"{digits(value / scales[name], 3)} {name}"


def table(rows: list[Row], libraries: list[str], base: str) -> list[str]:
    """A Markdown table, aligned for reading as text too; in brackets the base's figure divided by each other's."""
    shown = [library for library in libraries if any(library in row.cells for row in rows)]
    lines = [["", *(TITLES[library] for library in shown)]]
    for row in rows:
        cells = [row.name]
        for library in shown:
            ratio = None if library == base else row.ratio(base, to=library)
            cells.append(quantity(row.cells.get(library), row.unit) + (f" ({digits(ratio, 2)})" if ratio else ""))
        lines.append(cells)
    widths = [max(len(cells[column]) for cells in lines) for column in range(len(lines[0]))]
    lines.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return [
        "| " + " | ".join([cells[0].ljust(widths[0]), *map(str.rjust, cells[1:], widths[1:])]) + " |" for cells in lines
    ]


def tables(rows: list[Row], runner: Runner) -> str:
    """One table per group, with one line that says how to read them."""
    libraries = list(runner.versions)
    base = "mxlite" if "mxlite" in libraries else libraries[0]
    count = f"{runner.threads} thread" + ("s" if runner.threads > 1 else "")
    parts = [f"In brackets: {TITLES[base]}'s figure divided by that column's; below 1, {TITLES[base]} costs less."]
    for group in dict.fromkeys(row.group for row in rows):
        parts += ["", f"### {group}, {count}", ""]
        parts += table([row for row in rows if row.group == group], libraries, base)
    notes = runner.notes()
    if notes:
        parts += ["", *(f"- {note}" for note in notes)]
    return "\n".join(parts) + "\n"


def processor() -> str:
    """The processor's model name."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def description(runner: Runner) -> str:
    """Versions and processor, and how busy it was: with two threads, a PyTorch whose core is taken waits for long."""
    lines = [f"- Processor: {processor()}, {processors()} in use; {platform.system()}."]
    if LOAD is not None:
        lines.append(f"- Load average before the run: {LOAD:.1f}; two-thread figures want it near 0.")
    for library, versions in runner.versions.items():
        name = TITLES[library].replace(" 1.9.1", "")
        lines.append(f"- {name} {versions['version']}, on Python {versions['python']}, NumPy {versions['numpy']}.")
    lines += [f"- {TITLES[library]} left out: {reason}." for library, reason in runner.absent.items()]
    return "\n".join(lines) + "\n"


def write(folder: Path, sections: list[str], rows: list[Row], runner: Runner) -> None:
    """Keeps the tables in results.md and the chart in results.svg."""
    head = (
        "# Measured results\n\n"
        "Written by `python -m benchmarks --write`. Every library runs in a process of its own, kept to as many\n"
        "processors as the heading says threads; rounds are interleaved; the figure is the least over the rounds.\n"
        "A step is a forward and a backward pass whose gradients can be read; before timing, gradients are compared.\n"
        "JAX jitted computes the gradient alone, without the value, and its compilation is not counted. Memory is the\n"
        "peak's increase over the import of the library, inputs included; of a chain, over a process that has run a\n"
        "short one. Chains and memory take a process each, of which the least and the median of three are given for\n"
        "mxlite and PyTorch; the others have one.\n\n"
        "![The ratios as bars](results.svg)\n\n"
    )
    text = head + description(runner) + "\n" + "\n".join(sections)
    versions = [f"{TITLES[name].split(' 1.')[0]} {found['version']}" for name, found in runner.versions.items()]
    versions = [version for version in versions if not version.startswith(("JAX eager", "NumPy"))]
    notes = [
        f"{processor()}. " + ", ".join(version.replace("JAX jitted", "JAX") for version in versions) + ".",
        "One thread where no other number is given. A broken bar goes on beyond the scale.",
        "JAX computes the gradient alone, without the value; its compilation is not counted.",
    ]
    (folder / "results.md").write_text(text, encoding="utf-8")
    (folder / "results.svg").write_text(chart.draw(rows, notes), encoding="utf-8")
