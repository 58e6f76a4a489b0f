"""One library in one process, timed on request.

`python benchmarks/worker.py LIBRARY THREADS` answers each line of JSON on its input with one on its output:
`check`, `time`, `drop`, `measure` and `peak`, each naming a workload. Runs on Python 3.8.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).resolve().parent


def find_package():
    """Makes `benchmarks` this folder whatever else is installed, and an installed mxlite come before the tree's."""
    sys.path[0:1] = []
    sys.path.append(str(HERE.parent))
    spec = importlib.util.spec_from_file_location(
        "benchmarks", str(HERE / "__init__.py"), submodule_search_locations=[str(HERE)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["benchmarks"] = package
    spec.loader.exec_module(package)


def pin(threads):
    """Keeps this process, and the thread pools it will make, on as many processors as it may use threads."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])


def memory(peak):
    """Bytes of memory in use, or at the peak since `reset_peak`."""
    try:
        with open("/proc/self/status") as status:
            fields = dict(line.split(":", 1) for line in status)
        return int(fields["VmHWM" if peak else "VmRSS"].split()[0]) * 1024
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def reset_peak():
    try:
        with open("/proc/self/clear_refs", "w") as control:
            control.write("5")
    except OSError:
        pass


class Session:
    """The requests, as methods; each returns what goes into the answer."""

    def __init__(self, library):
        from benchmarks.workloads import BY_NAME

        self.library, self.workloads = library, BY_NAME
        self.loops = {}
        self.baseline = memory(peak=False)
        reset_peak()

    def check(self, workload, path):
        """Saves the gradients at `path`, for the parent to compare."""
        import numpy

        numpy.savez(path, *self.workloads[workload].gradients(self.library))

    def time(self, workload, seconds):
        """Seconds per unit over one run of at least about `seconds`; the first call finds how many turns that takes."""
        if workload not in self.loops:
            run, unit = self.workloads[workload].loop(self.library)
            times, taken = 1, 0.0
            run(1)
            while True:
                start = perf_counter()
                run(times)
                taken = perf_counter() - start
                if taken > seconds / 4:
                    break
                times *= 4
            self.loops[workload] = run, max(1, round(times * seconds / taken)), unit
        run, times, unit = self.loops[workload]
        run(times // 8 + 1)  # caches and thread pools were others' meanwhile
        start = perf_counter()
        run(times)
        return {"seconds": (perf_counter() - start) / (times * unit)}

    def drop(self, workload):
        """Forgets the arrays of a workload that has been timed."""
        self.loops.pop(workload, None)

    def measure(self, workload):
        """What a workload measures once per process, and the peak of memory as increase over the warmed-up process."""
        member = self.workloads[workload]
        member.warm_up(self.library)
        baseline = memory(peak=False)
        reset_peak()
        return {**member.measure(self.library), "peak": memory(peak=True) - baseline}

    def peak(self, workload):
        """The peak of memory over five steps, inputs included, as increase over the import."""
        run, _ = self.workloads[workload].loop(self.library)
        reset_peak()  # what NumPy needed to make the inputs is nobody's
        run(5)
        return {"peak": memory(peak=True) - self.baseline}


def main(name, threads):
    pin(threads)
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints must not mix with the answers

    def send(reply):
        replies.write(json.dumps(reply) + "\n")
        replies.flush()

    find_package()
    from benchmarks import libraries

    try:
        library = libraries.load(name, threads)
    except Exception as error:
        send({"error": f"{type(error).__name__}: {error}"})
        return
    session = Session(library)
    send(library.versions)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = getattr(session, request.pop("do"))(**request) or {}
        except Exception as error:
            first = (str(error).splitlines() or [""])[0]
            reply = {"error": f"{type(error).__name__}: {first}"}
        send(reply)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
