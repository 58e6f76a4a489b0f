"""The command line: `python -m benchmarks [group ...]`."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path

from . import report
from .libraries import TITLES
from .runner import ALL_GROUPS, Row, Runner, of_row, workloads
from .targets import TARGETS, verdicts


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios of mxlite to its peers.")
    parser.add_argument("groups", nargs="*", metavar="group", help=f"any of: {', '.join(ALL_GROUPS)}; default all")
    parser.add_argument("--rounds", type=int, default=None, help="interleaved rounds, the least counts (default 7)")
    parser.add_argument("--quick", action="store_true", help="short rounds, without the slowest workloads")
    parser.add_argument("--threads", choices=["1", "2", "both"], help="per library (default 1, then 2 where shared)")
    parser.add_argument("--write", action="store_true", help="keep a whole run in results.md and results.svg")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where --write writes (default: benchmarks/)")
    parser.add_argument("--targets", action="store_true", help="run what has a target; print met or not met per line")
    parser.add_argument("--with", dest="libraries", metavar="NAMES", help=f"only these of: {','.join(TITLES)}")
    parser.add_argument("--peers-python", default=sys.executable, metavar="PATH", help="interpreter that has the peers")
    parser.add_argument(
        "--mxnet",
        default=os.environ.get("MXLITE_BENCH_MXNET", ""),
        metavar="COMMAND",
        help="command that runs a Python with MXNet 1.9.1 (default: $MXLITE_BENCH_MXNET)",
    )
    options = parser.parse_args()
    if options.write and not options.to and (options.groups or options.quick or options.targets or options.libraries):
        parser.error("benchmarks/results.md is of a whole run: leave groups and other options out, or give --to FOLDER")
    options.libraries = options.libraries.split(",") if options.libraries else list(TITLES)
    if options.quick and "jax eager" in options.libraries:
        options.libraries.remove("jax eager")  # slow, and slower than everything
    for given, known in ((options.groups, ALL_GROUPS), (options.libraries, TITLES)):
        unknown = set(given) - set(known)
        if unknown:
            parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    return options


def commands(options: argparse.Namespace) -> dict[str, list[str]]:
    """Per library the command that runs its Python; NumPy by hand shares mxlite's."""
    chosen = {name: [options.peers_python] for name in TITLES}
    chosen["mxlite"] = chosen["numpy"] = [sys.executable]
    chosen["mxnet"] = shlex.split(options.mxnet)
    return {name: command for name, command in chosen.items() if name in options.libraries and command}


def main() -> int:
    options = arguments()
    rounds = options.rounds or (3 if options.quick else 7)
    targets = [target for target in TARGETS if not options.groups or of_row(target.row)[0] in options.groups]
    counts = {None: [1] if options.quick else [1, 2], "both": [1, 2], "1": [1], "2": [2]}[options.threads]
    if options.targets:
        if options.threads is None:
            counts = sorted({target.threads for target in targets})
        competitors = {"mxlite", "numpy", "torch", *(target.competitor for target in targets)}
        options.libraries = [name for name in options.libraries if name in competitors]

    rows: list[Row] = []
    sections: list[str] = []
    failures: list[str] = []
    if 2 in counts and report.processors() < 2:
        print("Two threads left out: one processor.")
        counts.remove(2)
    for threads in counts:
        pairs = workloads(options.groups or ALL_GROUPS, options.quick, threaded=threads > 1 and options.threads is None)
        if options.targets:
            needed = {of_row(target.row) for target in targets if target.threads == threads}
            pairs = [pair for pair in pairs if pair in needed]
        if not pairs:
            continue
        with Runner(commands(options), threads, rounds, 0.01 if options.quick else 0.05) as runner:
            if not runner.versions:
                sys.exit("no library could be started")
            measured = [row for pair in pairs for row in runner.run(*pair)]
        sections.append(report.tables(measured, runner))
        rows += measured
        failures += runner.failures
        print(sections[-1])
    if not sections:
        sys.exit("nothing to run: --quick leaves the slowest workloads out")
    print(report.description(runner))
    if not options.mxnet and "mxnet" in options.libraries:
        print("MXNet left out: give --mxnet COMMAND or set MXLITE_BENCH_MXNET.")
    if options.targets:
        for verdict, line in verdicts(targets, rows):
            print(f"{verdict:>12}  {line}")
    if options.write:
        report.write(options.to or report.FOLDER, sections, rows, runner)
    for failure in failures:
        print(f"FAILED {failure}", file=sys.stderr)
    return 1 if any("wrong gradient" in failure or failure.startswith("mxlite") for failure in failures) else 0


if __name__ == "__main__":
    sys.exit(main())
