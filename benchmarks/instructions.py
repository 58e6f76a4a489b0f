"""Counts the instructions of mxlite's hot paths, which do not depend on load: `python -m benchmarks.instructions`.

valgrind's callgrind counts a process that takes a path once and one that takes it often; the difference is the path's.
Needs valgrind, and a system that forks.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .client import environment

PROGRAM = Path(__file__).resolve().parent / "hot_paths.py"


def total(folder: Path, process: str) -> int:
    """The instructions callgrind has written down for a process."""
    text = (folder / f"count.{process}").read_text(errors="replace")
    found = re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE)
    if not found:
        raise ValueError(f"no total in callgrind's output for process {process}")
    return int(found[1])


def count(python: str, paths: list[str]) -> dict[str, float]:
    """Instructions per turn, by path (all, if none is named), of the mxlite that an interpreter imports."""
    settings = environment(1) | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    counts: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        callgrind = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={folder / 'count.%p'}"]
        # Absolute without following links: a virtual environment is known by the path its python is called by.
        command = [*callgrind, os.path.abspath(shutil.which(python) or python), str(PROGRAM), *paths]
        done = subprocess.run(command, cwd=folder, env=settings, stdout=subprocess.PIPE, text=True, check=True)
        for line in done.stdout.splitlines():
            path, turns, least, most, again = line.split("\t")
            if "None" in (least, most, again):
                print(f"{path}: failed", file=sys.stderr)
            else:
                before = (total(folder, least) + total(folder, again)) / 2
                counts[path] = (total(folder, most) - before) / int(turns)
    return counts


def table(counts: dict[str, float], before: dict[str, float] | None) -> list[str]:
    """A Markdown table; with earlier counts, both and the change."""
    lines = [["", "instructions"] if before is None else ["", "before", "now", "change"]]
    for path, now in counts.items():
        then = (before or {}).get(path)
        cells = [f"{now:,.0f}"]
        if before is not None:
            cells = [f"{then:,.0f}", *cells, f"{now / then - 1:+.1%}"] if then else ["-", *cells, "-"]
        lines.append([path, *cells])
    for path in (before or {}).keys() - counts:
        lines.append([path, f"{before[path]:,.0f}", "-", "missing"])
    widths = [max(len(cells[column]) for cells in lines) for column in range(len(lines[0]))]
    lines.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    return [
        "| " + " | ".join([cells[0].ljust(widths[0]), *map(str.rjust, cells[1:], widths[1:])]) + " |" for cells in lines
    ]


def regressions(counts: dict[str, float], before: dict[str, float], allowed: float) -> list[str]:
    """In words what has grown by more than the allowed share, or can no longer be counted."""
    lines = [f"{path}: can no longer be counted" for path in before if path not in counts]
    for path, now in counts.items():
        then = before.get(path)
        if then and now > then * (1 + allowed):
            lines.append(f"{path}: {then:,.0f} -> {now:,.0f} instructions, {now / then - 1:+.1%}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.instructions", description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only these, as the table calls them; default all")
    parser.add_argument("--python", default=sys.executable, metavar="PATH", help="interpreter with the mxlite to count")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the counts, for --compare")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="fail where one is above the one kept in FILE")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="append the table to this file too")
    parser.add_argument("--allowed", type=float, default=5, metavar="PERCENT", help="... by more than this (default 5)")
    options = parser.parse_args()
    if not shutil.which("valgrind"):
        parser.error("valgrind is not installed")
    before = json.loads(options.compare.read_text()) if options.compare else None
    if before and options.paths:
        before = {path: figure for path, figure in before.items() if path in options.paths}
    try:
        counts = count(options.python, options.paths)
    except subprocess.CalledProcessError as error:
        parser.exit(2, f"the counting process ended with status {error.returncode}\n")
    lines = table(counts, before)
    print(*lines, sep="\n")
    if options.summary:
        with options.summary.open("a") as summary:
            summary.write("\n".join(lines) + "\n")
    if options.save:
        options.save.write_text(json.dumps(counts, indent=1) + "\n")
    failures = regressions(counts, before, options.allowed / 100) if before is not None else []
    if not counts:
        failures.append("nothing was counted")
    for failure in failures:
        print(f"REGRESSION {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
