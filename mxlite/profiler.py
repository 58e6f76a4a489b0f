"""MXNet's profiler: the time and memory of every operator, forward and in sweeps, as a table or for Perfetto.

>>> from mxlite import np, profiler
>>> profiler.start()
>>> y = np.tanh(np.ones((100, 100)))
>>> profiler.stop()
>>> "tanh" in profiler.dumps()
True

It watches all threads of the process. While it runs, elementwise operators are computed one by one, so that times
belong to operators; programs are somewhat slower for that. Steps of a sweep have the name of their operator behind
`_backward_`. A step that is itself recorded (`create_graph=True`) contains the operators that compute it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from types import TracebackType
from typing import Any, Self

from mxlite._absent import hook
from mxlite._engine.guard import guarded
from mxlite._engine.watch import profile
from mxlite._errors import ArgumentError, OptionError
from mxlite._log import log
from mxlite._op import public_name
from mxlite.serialization import write_file

__all__ = ["Counter", "Domain", "Event", "Frame", "Marker", "Task", "dump", "dump_profile", "dumps", "pause",
           "profiler_set_config", "profiler_set_state", "resume", "set_config", "set_state", "start", "stop"]

OPERATOR = "operator"                                                                   # MXNet's name of the category
SCOPES = {"global": "g", "process": "p", "thread": "t", "task": "t", "marker": "t"}     # as traces write them
SORTS = {"count": 0, "total": 1, "min": 2, "max": 3, "avg": 4}                          # where statistics have them


# Count, total, least, most and average time in milliseconds, and bytes in all.
Statistics = tuple[int, float, float, float, float, int]


class _Profiler:
    """What has been asked for and what has been seen."""

    def __init__(self) -> None:
        self.renew_lock()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.renew_lock)
        self.filename = "profile.json"
        self.operators = True
        self.period: float | None = None        # seconds between two dumps, where the file is written all the while
        self.running = self.paused = False
        self.writer: threading.Thread | None = None     # the thread which writes the file all the while
        self.ended: threading.Event | None = None       # the Event that ends it
        self.clear()

    def renew_lock(self) -> None:
        """A child of a fork has no thread that would give the lock back."""
        self.lock = threading.Lock()

    def clear(self) -> None:
        # Times are in nanoseconds. (name, in a sweep, thread, start, end, bytes)
        self.events: list[tuple[str, bool, int, int, int, int]] = []
        # (category, name, thread or None, start, end)
        self.spans: list[tuple[str, str, int | None, int, int]] = []
        # (category, counter, time, value)
        self.values: list[tuple[str, str, int, int]] = []
        # (category, name, thread, time, scope)
        self.marks: list[tuple[str, str, int, int, str]] = []
        self.threads: dict[int, str] = {}

    @property
    def sees(self) -> bool:
        return self.running and not self.paused

    def watch(self) -> None:
        """Tells the engine whether to note operators."""
        if self.sees and self.operators:
            profile(self.events, self.threads)
        else:
            profile()

    def set_running(self, running: bool) -> None:
        with self.lock:
            changed, self.running, self.paused = self.running != running, running, False
            self.watch()
        if changed and self.period is not None:
            if running:
                self.ended = threading.Event()
                self.writer = threading.Thread(
                    target=self.write_all_the_while, args=(self.ended, self.period), daemon=True)
                self.writer.start()
            elif self.ended is not None and self.writer is not None:
                self.ended.set()
                self.writer.join()      # whose last file would otherwise replace the one that is complete
                self.write()

    def write_all_the_while(self, ended: threading.Event, period: float) -> None:
        while not ended.wait(period):
            try:
                self.write()
            except OSError:
                log("ERROR", "profiler: the trace could not be written to %s", self.filename, exc_info=True)

    def set_paused(self, paused: bool) -> None:
        with self.lock:
            self.paused = paused
            self.watch()

    def here(self) -> int:
        """This thread, whose name is remembered."""
        thread = threading.get_ident()
        self.threads.setdefault(thread, threading.current_thread().name)
        return thread

    # -- results ------------------------------------------------------------------------------------------------------
    def write(self) -> None:
        text = json.dumps(self.trace()).encode()
        with self.lock:
            write_file(self.filename, lambda file: file.write(text))
        log("INFO", "profiler: %d events written to %s", len(self.events) + len(self.spans), self.filename)

    def trace(self) -> dict[str, Any]:
        """The trace as the Chrome trace event format has it; times are in microseconds."""
        process = os.getpid()
        events, spans, marks = list(self.events), list(self.spans), list(self.marks)
        rows = {thread: row for row, thread in enumerate(list(self.threads), start=1)}      # after what lies on them
        entries: list[dict[str, Any]] = [
            {"ph": "M", "name": "process_name", "pid": process, "tid": 0, "args": {"name": "mxlite"}}]
        for thread, row in rows.items():
            entries.append({"ph": "M", "name": "thread_name", "pid": process, "tid": row,
                            "args": {"name": self.threads[thread]}})
        for name, in_sweep, thread, begin, end, size in events:
            entries.append({"ph": "X", "name": _name(name, in_sweep), "cat": "backward" if in_sweep else OPERATOR,
                            "ts": begin / 1000, "dur": (end - begin) / 1000, "pid": process, "tid": rows[thread],
                            "args": {"bytes": size}})
        for number, (category, name, on_row, begin, end) in enumerate(spans):
            place: dict[str, Any] = {"name": name, "cat": category, "pid": process}
            if on_row is not None:
                place["tid"] = rows[on_row]
                entries.append({"ph": "X", "ts": begin / 1000, "dur": (end - begin) / 1000} | place)
            else:
                entries.append({"ph": "b", "id": number, "ts": begin / 1000, "tid": 0} | place)
                entries.append({"ph": "e", "id": number, "ts": end / 1000, "tid": 0} | place)
        for category, name, when, value in list(self.values):
            entries.append({"ph": "C", "name": name, "cat": category, "ts": when / 1000, "pid": process, "tid": 0,
                            "args": {name: value}})
        for category, name, thread, when, scope in marks:
            entries.append({"ph": "i", "name": name, "cat": category, "ts": when / 1000, "pid": process,
                            "tid": rows[thread], "s": SCOPES[scope]})
        return {"traceEvents": entries, "displayTimeUnit": "ns"}

    def statistics(self) -> dict[str, dict[str, Statistics]]:
        """{category: {name: (count, total, least, most, average, bytes)}}: times in milliseconds, bytes in all."""
        found: dict[str, dict[str, tuple[int, int, int, int, int]]] = {}

        def add(category: str, name: str, begin: int, end: int, size: int) -> None:
            count, total, least, most, old = found.setdefault(category, {}).get(name, (0, 0, end - begin, 0, 0))
            taken = end - begin
            found[category][name] = (count + 1, total + taken, min(least, taken), max(most, taken), old + size)

        for name, in_sweep, _, begin, end, size in list(self.events):
            add(OPERATOR, _name(name, in_sweep), begin, end, size)
        for category, name, _, begin, end in list(self.spans):
            add(category, name, begin, end, 0)
        return {category: {name: (n, total / 1e6, least / 1e6, most / 1e6, total / n / 1e6, size)
                           for name, (n, total, least, most, size) in names.items()}
                for category, names in sorted(found.items())}


def _name(name: str, in_sweep: bool) -> str:
    return f"_backward_{public_name(name)}" if in_sweep else public_name(name)


_profiler = _Profiler()


def _only_worker(profile_process: str) -> None:
    if profile_process != "worker":
        raise OptionError(f"profiler: profile_process is 'worker', not {profile_process!r}: there are no servers here")


@guarded
def set_config(**kwargs: Any) -> None:
    """Says what to record and where to write it; only keywords are taken, and those not given get their defaults.

    filename: the trace, 'profile.json'. profile_imperative: operators (True); profile_all: everything. continuous_dump:
    write the file every dump_period seconds (1.0) while the profiler runs, and when it stops (False).

    profile_symbolic, profile_api, profile_memory and profile_process='worker' are taken for MXNet's sake: what they
    select does not exist here, or is in every profile, as is what `dumps` needs (aggregate_stats). Raises ArgumentError
    for other keywords, and while the profiler runs.
    """
    filename = os.fspath(kwargs.pop("filename", "profile.json"))
    everything = kwargs.pop("profile_all", False)
    operators = kwargs.pop("profile_imperative", True) or everything
    continuous, period = kwargs.pop("continuous_dump", False), float(kwargs.pop("dump_period", 1.0))
    _only_worker(kwargs.pop("profile_process", "worker"))
    for name in ("profile_symbolic", "profile_api", "profile_memory", "aggregate_stats"):
        kwargs.pop(name, None)
    if kwargs:
        raise ArgumentError(f"profiler.set_config: there is no option {', '.join(sorted(kwargs))}")
    if period <= 0:
        raise ArgumentError(f"profiler.set_config: dump_period is a number of seconds above 0, not {period}")
    if _profiler.running:
        raise ArgumentError("profiler.set_config: the profiler is running; call stop() first")
    _profiler.filename, _profiler.operators = filename, bool(operators)
    _profiler.period = period if continuous else None


@guarded
def set_state(state: str = "stop", profile_process: str = "worker") -> None:
    """Starts ('run') or stops ('stop') the profiler. What was recorded before is kept; see `dumps(reset=True)`."""
    _only_worker(profile_process)
    if state not in ("run", "stop"):
        raise OptionError(f"profiler.set_state: the state is 'run' or 'stop', not {state!r}")
    _profiler.set_running(state == "run")


def start() -> None:
    """Starts the profiler: set_state('run')."""
    set_state("run")


def stop() -> None:
    """Stops the profiler: set_state('stop')."""
    set_state("stop")


@guarded
def pause(profile_process: str = "worker") -> None:
    """Records nothing until `resume`."""
    _only_worker(profile_process)
    _profiler.set_paused(True)


@guarded
def resume(profile_process: str = "worker") -> None:
    """Records again after `pause`."""
    _only_worker(profile_process)
    _profiler.set_paused(False)


@guarded
def dump(finished: bool = True, profile_process: str = "worker") -> None:
    """Writes the trace to the configured file, for https://ui.perfetto.dev or chrome://tracing; `finished` stops too.

    The file is JSON in the Chrome trace event format, with a row for every thread.
    """
    _only_worker(profile_process)
    if finished:
        _profiler.set_running(False)
    _profiler.write()


@guarded
def dumps(reset: bool = False, format: str = "table", sort_by: str = "total", ascending: bool = False) -> str:
    """Statistics of what was recorded, as text: count, times in milliseconds, and kilobytes of the results.

    format: 'table' or 'json'. sort_by: 'total', 'avg', 'min', 'max' or 'count'. `reset` forgets what was recorded.
    Raises ArgumentError for other values.
    """
    if format not in ("table", "json"):
        raise ArgumentError(f"profiler.dumps: format is 'table' or 'json', not {format!r}")
    if sort_by not in SORTS:
        raise ArgumentError(f"profiler.dumps: sort_by is one of {', '.join(SORTS)}, not {sort_by!r}")
    found = {category: dict(sorted(names.items(), key=lambda item: item[1][SORTS[sort_by]], reverse=not ascending))
             for category, names in _profiler.statistics().items()}
    if reset:
        _profiler.clear()
        _profiler.watch()
    if format == "json":
        return json.dumps({"Time": {category: {
            name: {"Count": n, "Total": total, "Min": least, "Max": most, "Avg": average, "Bytes": size}
            for name, (n, total, least, most, average, size) in names.items()} for category, names in found.items()}},
            indent=4)
    return _table(found)


def _table(found: dict[str, dict[str, Statistics]]) -> str:
    lines = ["", "Profile Statistics:"]
    heads = ("Total Count", "Time (ms)", "Min Time (ms)", "Max Time (ms)", "Avg Time (ms)", "Results (kB)")
    for category, names in found.items():
        width = max(30, *(len(name) + 1 for name in names))
        lines += [category, "=================", f"{'Name':<{width}}" + "".join(f"{head:>15}" for head in heads),
                  f"{'----':<{width}}" + "".join(f"{'-' * len(head):>15}" for head in heads)]
        for name, (n, *times, size) in names.items():
            lines.append(f"{name:<{width}}{n:>15}" + "".join(f"{t:>15.4f}" for t in times) + f"{size / 1000:>15.3f}")
        lines.append("")
    return "\n".join(lines) + "\n"


# -- MXNet's older names -----------------------------------------------------------------------------------------------
def profiler_set_config(mode: str = "symbolic", filename: str | os.PathLike[str] = "profile.json") -> None:
    """set_config by its old name: operators are recorded with mode 'all', nothing with 'symbolic'."""
    if mode not in ("symbolic", "all"):
        raise OptionError(f"profiler_set_config: mode is 'symbolic' or 'all', not {mode!r}")
    set_config(filename=filename, profile_imperative=mode == "all")


def profiler_set_state(state: str = "stop") -> None:
    """set_state by its old name."""
    set_state(state)


def dump_profile() -> None:
    """dump by its old name."""
    dump(True)


# -- what a program marks itself ---------------------------------------------------------------------------------------
class Domain:
    """A category of the tasks, frames, counters and markers of a program."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name

    def new_task(self, name: str) -> Task:
        """A Task of this domain."""
        return Task(self, name)

    def new_frame(self, name: str) -> Frame:
        """A Frame of this domain."""
        return Frame(self, name)

    def new_counter(self, name: str, value: int | None = None) -> Counter:
        """A Counter of this domain."""
        return Counter(self, name, value)

    def new_marker(self, name: str) -> Marker:
        """A Marker of this domain."""
        return Marker(self, name)


class _Span:
    """What has a start and an end; recorded when it stops, if it began while the profiler was running."""

    def __init__(self, category: str, name: str) -> None:
        self.category, self.name = category, name
        self.began: int | None = None

    def __str__(self) -> str:
        return self.name

    def start(self) -> None:
        """Starts the span."""
        self.began = time.perf_counter_ns() if _profiler.sees else None

    def stop(self) -> None:
        """Ends the span. Without a start before it, nothing is recorded."""
        if self.began is not None and _profiler.sees:
            _profiler.spans.append((self.category, self.name, self._row(), self.began, time.perf_counter_ns()))
        self.began = None

    def _row(self) -> int | None:
        """The thread on whose row of the trace the span is drawn, or None for a row of its own."""
        return None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()


class Task(_Span):
    """A unit of work, with a start and an end in any threads; also a `with` block."""

    def __init__(self, domain: Domain | str, name: str) -> None:
        super().__init__(str(domain), name)


class Frame(_Span):
    """One of many passes through a piece of a program; also a `with` block."""

    def __init__(self, domain: Domain | str, name: str) -> None:
        super().__init__(f"{domain},frame", name)


class Event(_Span):
    """A span of one thread, drawn on its row; also a `with` block."""

    def __init__(self, name: str) -> None:
        super().__init__("event", name)

    def _row(self) -> int | None:
        return _profiler.here()


class Counter:
    """An integer that changes over time."""

    def __init__(self, domain: Domain | str, name: str, value: int | None = None) -> None:
        self.domain, self.name, self.value = domain, name, 0
        if value is not None:
            self.set_value(value)

    def __str__(self) -> str:
        return self.name

    def set_value(self, value: int) -> None:
        """Sets the counter."""
        self.value = int(value)
        if _profiler.sees:
            _profiler.values.append((str(self.domain), self.name, time.perf_counter_ns(), self.value))

    def increment(self, delta: int = 1) -> None:
        """Adds to the counter."""
        self.set_value(self.value + int(delta))

    def decrement(self, delta: int = 1) -> None:
        """Takes away from the counter."""
        self.set_value(self.value - int(delta))

    def __iadd__(self, delta: int) -> Self:
        self.increment(delta)
        return self

    def __isub__(self, delta: int) -> Self:
        self.decrement(delta)
        return self


class Marker:
    """An instant of time."""

    def __init__(self, domain: Domain | str, name: str) -> None:
        self.domain, self.name = domain, name

    def mark(self, scope: str = "process") -> None:
        """Marks now. `scope`: 'global', 'process', 'thread', 'task' or 'marker'; how far the mark is drawn."""
        if scope not in SCOPES:
            raise ArgumentError(f"Marker.mark: scope is one of {', '.join(SCOPES)}, not {scope!r}")
        if _profiler.sees:
            _profiler.marks.append((str(self.domain), self.name, _profiler.here(), time.perf_counter_ns(), scope))


__getattr__ = hook(sys.modules[__name__], "profiler")
