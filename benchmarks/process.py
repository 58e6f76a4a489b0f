"""Measures of whole processes, taken from outside them: the time of an import, and the size of a wheel."""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path
from time import perf_counter

from .client import WorkerError, environment


def seconds(command: list[str], program: str, threads: int) -> float:
    """The wall time of a process that runs `program`; raises WorkerError where it fails."""
    with tempfile.TemporaryDirectory() as folder:  # not the checkout, whose package may be without its binaries
        start = perf_counter()
        done = subprocess.run(
            [*command, "-c", program], cwd=folder, env=environment(threads), capture_output=True, text=True, check=False
        )
        taken = perf_counter() - start
    if done.returncode:
        raise WorkerError((done.stderr.splitlines() or [f"exit status {done.returncode}"])[-1])
    return taken


def compressed(command: list[str], package: str) -> int:
    """The size of a zip archive of a package, without what Python writes into it."""
    program = f"import {package}; print(*{package}.__path__)"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [*command, "-c", program], cwd=folder, env=environment(1), capture_output=True, text=True, check=True
        )
    root = Path(done.stdout.strip())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                files.write(path, path.relative_to(root.parent))
    return len(archive.getvalue())
