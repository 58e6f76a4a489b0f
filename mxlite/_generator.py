"""The random numbers of the package: one NumPy Generator (PCG64) per thread, the only state there is.

A thread's generator is spawned from the process's seed sequence when the thread first draws, so that streams of
different threads are independent. Unseeded, the sequence starts from entropy of the system. `seed(n)` starts it again:
the calling thread draws the stream of n, and threads that draw for the first time afterwards get streams spawned
from it, in the order in which they come; threads that have drawn before go on as they were. PCG64 is integer
arithmetic, so that a seed gives the same bits on every platform.
"""

from __future__ import annotations

import os
import threading
from typing import Any

import numpy

from mxlite._engine.guard import guarded
from mxlite._errors import ArgumentError


class _Streams(threading.local):
    """The generator of each thread, and the seed sequence that all of them come from."""

    generator: numpy.random.Generator | None = None

    def __init__(self, shared: _Shared) -> None:
        self.shared = shared


class _Shared:
    """What the threads share: the seed sequence, under a lock."""

    def __init__(self) -> None:
        self.renew_lock()
        self.sequence: numpy.random.SeedSequence | None = None
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.renew_lock)

    def renew_lock(self) -> None:
        """A child of a fork has no thread that would give the lock back."""
        self.lock = threading.Lock()

    def restart(self, seed: int) -> numpy.random.SeedSequence:
        with self.lock:
            self.sequence = numpy.random.SeedSequence(seed)
            return self.sequence

    def spawn(self) -> numpy.random.SeedSequence:
        with self.lock:
            if self.sequence is None:
                self.sequence = numpy.random.SeedSequence()
            return self.sequence.spawn(1)[0]


_streams = _Streams(_Shared())


def _generator(sequence: numpy.random.SeedSequence) -> numpy.random.Generator:
    return numpy.random.Generator(numpy.random.PCG64(sequence))


def generator() -> numpy.random.Generator:
    """The generator of the calling thread."""
    found = _streams.generator
    if found is None:
        found = _streams.generator = _generator(_streams.shared.spawn())
    return found


@guarded
def seed(number: Any) -> None:
    """Starts the calling thread's stream, and those of threads to come, from a number. Raises for what is no int."""
    if isinstance(number, bool) or not isinstance(number, int | numpy.integer):
        raise ArgumentError(f"seed_state must be int, not {type(number).__name__}")
    _streams.generator = _generator(_streams.shared.restart(int(number) % 2**64))


@guarded
def get_state() -> Any:
    """The state of the calling thread's generator: a dict of numbers, for `set_state`."""
    return generator().bit_generator.state


@guarded
def set_state(state: Any) -> None:
    """Continues the calling thread's stream from a state that `get_state` returned."""
    try:
        generator().bit_generator.state = state
    except (TypeError, ValueError, KeyError) as exc:
        raise ArgumentError(f"set_state takes what get_state returned: {exc}") from exc
