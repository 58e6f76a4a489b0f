"""Runs workloads on every library, each in its own process, interleaved round by round, after checking gradients."""

from __future__ import annotations

import contextlib
import random
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy

from . import process
from .client import Worker, WorkerError, WorkerLost
from .libraries import TITLES
from .workloads import BY_NAME, GROUPS, MEMORY
from .workloads._base import Workload

MEMORY_GROUP = "memory"
MEMORY_LIBRARIES = ("mxlite", "numpy", "torch", "jax", "mxnet")
ALL_GROUPS = [*GROUPS, MEMORY_GROUP]


@dataclass
class Row:
    """One line of a table: seconds (or bytes) by library, or in words why there is no figure."""

    name: str
    group: str
    threads: int
    unit: str = "seconds"
    cells: dict[str, float | str] = field(default_factory=dict)

    def ratio(self, library: str, to: str) -> float | None:
        """How many times the cost of `to` that of `library` is; None where either is missing."""
        ours, theirs = self.cells.get(library), self.cells.get(to)
        if isinstance(ours, float) and isinstance(theirs, float) and theirs > 0:
            return ours / theirs
        return None


class Runner:
    """The workers of one thread count and the ways of measuring with them."""

    def __init__(self, commands: dict[str, list[str]], threads: int, rounds: int, seconds: float) -> None:
        self.commands, self.threads, self.rounds, self.seconds = commands, threads, rounds, seconds
        self.processes = max(1, min(3, rounds // 2))  # of what takes a process each
        self.workers: dict[str, Worker] = {}
        self.versions: dict[str, dict[str, str]] = {}
        self.absent: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.left_out: dict[tuple[str, str], dict[str, list[str]]] = {}
        self.remarks: dict[str, str] = {}
        self.failures: list[str] = []

    def start(self) -> None:
        """Starts every worker once, to see who is there."""
        for library, command in self.commands.items():
            try:
                self.workers[library] = Worker(command, library, self.threads)
                self.versions[library] = self.workers[library].versions
            except WorkerError as error:
                self.absent[library] = str(error)

    def close(self) -> None:
        for worker in self.workers.values():
            worker.close()

    def __enter__(self) -> Runner:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def run(self, group: str, workload: Workload) -> list[Row]:
        """The rows of one workload."""
        print(f"  {workload.name}", file=sys.stderr, flush=True)
        self.counts[group] += 1
        if workload.remark:
            self.remarks[workload.name] = workload.remark
        takers = []
        for library in self.versions:
            if library in workload.left_out:
                reasons = self.left_out.setdefault((group, workload.left_out[library]), {})
                reasons.setdefault(workload.name, []).append(TITLES[library])
            else:
                takers.append(library)
        if group == MEMORY_GROUP:
            return [self._peaks(group, workload, [library for library in takers if library in MEMORY_LIBRARIES])]
        if workload.way == "phases":
            return self._phases(group, workload, takers)
        return [getattr(self, f"_{workload.way}")(group, workload, takers)]

    def notes(self) -> list[str]:
        """Who was left out of what, and why."""
        lines = []
        for (group, reason), members in self.left_out.items():
            where = "all" if len(members) == self.counts[group] else ", ".join(f"`{name}`" for name in members)
            titles = dict.fromkeys(title for names in members.values() for title in names)
            lines.append(f"{group}, {where}: {', '.join(titles)} left out ({reason}).")
        return lines + [f"`{name}`: {remark}." for name, remark in self.remarks.items()]

    def _fail(self, library: str, workload: Workload, error: WorkerError | str) -> str:
        self.failures.append(f"{TITLES[library]}, {workload.name}: {error}")
        return str(error).split(":")[0]

    def _ask(self, library: str, do: str, workload: Workload, **arguments: object) -> dict:
        """A request to the standing worker, which is started again if it was lost."""
        if library not in self.workers:
            self.workers[library] = Worker(self.commands[library], library, self.threads)
        try:
            return self.workers[library].ask(do, workload.name, **arguments)
        except WorkerLost:
            del self.workers[library]
            raise

    def _fresh(self, library: str, do: str, workload: Workload) -> dict | str:
        """One request to a process of its own; the answer, or what went wrong."""
        try:
            worker = Worker(self.commands[library], library, self.threads)
            try:
                return worker.ask(do, workload.name, limit=180)
            finally:
                worker.close()
        except WorkerError as error:
            return self._fail(library, workload, error)

    def _interleaved(self, group: str, workload: Workload, takers: list[str]) -> Row:
        """The least time of `rounds` rounds, in each of which every library has its turn, in changing order."""
        row = Row(workload.name, group, self.threads)
        agreed = self._agreed(workload, takers, row)
        order = random.Random(0)
        for _ in range(self.rounds + 1):  # the first only finds how many turns fill the time
            order.shuffle(agreed)
            for library in list(agreed):
                try:
                    taken = self._ask(library, "time", workload, seconds=self.seconds)["seconds"]
                except WorkerError as error:
                    row.cells[library] = self._fail(library, workload, error)
                    agreed.remove(library)
                else:
                    row.cells[library] = min(taken, row.cells.get(library, taken))
        for library in agreed:
            with contextlib.suppress(WorkerError):
                self._ask(library, "drop", workload)
        return row

    def _agreed(self, workload: Workload, takers: list[str], row: Row) -> list[str]:
        """The libraries whose gradients agree with the first one's (by hand, else PyTorch's); the others are noted."""
        gradients = {}
        with tempfile.TemporaryDirectory() as folder:
            for library in takers:
                path = Path(folder) / "gradients.npz"
                try:
                    self._ask(library, "check", workload, path=str(path))
                except WorkerError as error:
                    row.cells[library] = self._fail(library, workload, error)
                else:
                    with numpy.load(path) as saved:
                        gradients[library] = [saved[name] for name in saved.files]
        trusted = next((library for library in ("numpy", "torch", "jax") if library in gradients), None)
        for library in list(gradients):
            wrong = trusted and difference(gradients[library], gradients[trusted], workload.tolerance)
            if wrong:
                row.cells[library] = self._fail(library, workload, f"wrong gradient: {wrong}")
                del gradients[library]
        return list(gradients)

    def _peaks(self, group: str, workload: Workload, takers: list[str]) -> Row:
        """The peak of memory of a process per library; where a target looks at it, the median of three."""
        row = Row(f"memory of {workload.name}", group, self.threads, "bytes")
        for library in takers:
            rounds = self.processes if library in ("mxlite", "torch") else 1
            answers = [self._fresh(library, "peak", workload) for _ in range(rounds)]
            failure = next((answer for answer in answers if isinstance(answer, str)), None)
            row.cells[library] = failure or float(statistics.median(answer["peak"] for answer in answers))
        return row

    def _imported(self, group: str, workload: Workload, takers: list[str]) -> Row:
        """What a process that imports a library takes longer than one that imports NumPy; the least of each."""
        row = Row(workload.name, group, self.threads)
        least: dict[tuple[str, ...], float] = {}
        for _ in range(2 * self.processes):  # the first fills the caches of files
            for library in takers:
                if isinstance(row.cells.get(library), str):
                    continue
                command = self.commands[library]
                try:
                    for program in ("import numpy", workload.program(library)):
                        taken = process.seconds(command, program, self.threads)
                        least[*command, program] = min(taken, least.get((*command, program), taken))
                except WorkerError as error:
                    row.cells[library] = self._fail(library, workload, error)
                else:
                    row.cells[library] = least[*command, program] - least[*command, "import numpy"]
        return row

    def _compressed(self, group: str, workload: Workload, takers: list[str]) -> Row:
        """The size of mxlite's files in a wheel."""
        row = Row(workload.name, group, self.threads, "bytes")
        if "mxlite" in takers:
            try:
                row.cells["mxlite"] = float(process.compressed(self.commands["mxlite"], "mxlite"))
            except subprocess.CalledProcessError as error:
                row.cells["mxlite"] = self._fail("mxlite", workload, str(error))
        return row

    def _phases(self, group: str, workload: Workload, takers: list[str]) -> list[Row]:
        """A row per phase of a workload measured in fresh processes, in turn; the least of three."""
        names = [*workload.phases, "peak"]
        rows = {name: Row(f"{workload.name}: {name}", group, self.threads) for name in names}
        rows["peak"].unit = "bytes"
        failed: set[str] = set()
        for number in range(self.processes):
            for library in takers:
                if library in failed or (number and library in workload.once):
                    continue
                answer = self._fresh(library, "measure", workload)
                if isinstance(answer, str):
                    failed.add(library)
                for name, row in rows.items():
                    value = answer if isinstance(answer, str) else float(answer[name])
                    before = row.cells.get(library)
                    row.cells[library] = min(value, before) if isinstance(before, float) and value != answer else value
        return list(rows.values())


def difference(got: list[numpy.ndarray], wanted: list[numpy.ndarray], tolerance: float) -> str:
    """In words how the gradients differ; empty where they agree."""
    if len(got) != len(wanted):
        return f"{len(got)} instead of {len(wanted)}"
    for number, (a, b) in enumerate(zip(got, wanted, strict=True)):
        if a.shape != b.shape:
            return f"number {number} has shape {a.shape}, not {b.shape}"
        worst = numpy.abs(a.astype("float64") - b).max(initial=0)
        if not worst <= tolerance * max(numpy.abs(b).max(initial=0), 1e-30):
            return f"number {number} is off by {worst:.2g} of {numpy.abs(b).max():.2g}"
    return ""


def workloads(groups: Iterable[str], quick: bool, threaded: bool = False) -> list[tuple[str, Workload]]:
    """The workloads of the groups, with the group's name; if `threaded`, those that several threads can share."""
    pairs = []
    for group in groups:
        members = MEMORY if group == MEMORY_GROUP else GROUPS[group]
        for workload in members:
            if not (quick and workload.slow) and not (threaded and (group == MEMORY_GROUP or not workload.threaded)):
                pairs.append((group, workload))
    return pairs


def of_row(name: str) -> tuple[str, Workload]:
    """The group and workload that a row's name belongs to."""
    if name.startswith("memory of "):
        return MEMORY_GROUP, BY_NAME[name[len("memory of ") :]]
    workload = BY_NAME[name.split(": ")[0]]
    return next(group for group, members in GROUPS.items() if workload in members), workload
