"""The parent's end of a worker: starts it with the right environment, asks, and survives its death."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

WORKER = Path(__file__).resolve().parent / "worker.py"


class WorkerError(Exception):
    """A worker that is absent, died, took too long, or reported an error."""


class WorkerLost(WorkerError):
    """The process is gone; it must be started again before the next request."""


def environment(threads: int) -> dict[str, str]:
    """Ours, without the overrides that slow BLAS down, with thread counts for every library."""
    # Bytecode is written, as it is for whoever imports a package twice.
    without = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PYTHONDONTWRITEBYTECODE")
    env = {key: value for key, value in os.environ.items() if key not in without}
    names = "OMP OPENBLAS MKL MXLITE VECLIB NUMEXPR".split()
    env.update({f"{name}_NUM_THREADS": str(threads) for name in names})
    env["VECLIB_MAXIMUM_THREADS"] = env["MXNET_CPU_WORKER_NTHREADS"] = str(threads)
    env["JAX_PLATFORMS"] = "cpu"
    return env


class Worker:
    """A process that holds one library; `versions` says which."""

    def __init__(self, command: list[str], library: str, threads: int, start_limit: float = 120) -> None:
        try:
            self.process = subprocess.Popen(
                [*command, str(WORKER), library, str(threads)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL if "MXLITE_BENCH_VERBOSE" not in os.environ else sys.stderr,
                env=environment(threads),
                text=True,
            )
        except OSError as error:
            raise WorkerLost(f"cannot be started: {error.strerror}") from error
        self.versions = self._answer(start_limit)

    def ask(self, do: str, workload: str, limit: float = 300, **arguments: object) -> dict:
        """Sends one request and returns the answer; raises WorkerError instead of waiting longer than `limit`."""
        try:
            self.process.stdin.write(json.dumps({"do": do, "workload": workload, **arguments}) + "\n")
            self.process.stdin.flush()
        except OSError as error:
            raise WorkerLost("crashed") from error
        return self._answer(limit)

    def _answer(self, limit: float) -> dict:
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(limit, give_up)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        if not line:
            self.close()
            raise WorkerLost(f"took more than {limit:.0f} s" if late.is_set() else "crashed")
        answer = json.loads(line)
        if "error" in answer:
            raise WorkerError(answer["error"])
        return answer

    def close(self) -> None:
        """Ends the process."""
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except OSError:
                pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
