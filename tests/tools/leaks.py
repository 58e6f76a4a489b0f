"""Resident memory over many steps: python tests/tools/leaks.py [STEPS [KIB]]

Runs the steps of tests/test_leaks.py in turn, STEPS of them (100000 unless given) with the cyclic collector off, and
prints after each tenth the resident memory, the interpreter's memory blocks and the objects: those that the collector
knows, and the arrays.
Exit status 1 when the resident memory after the last tenth exceeds that after the second by more than KIB (128 unless
given), or when there are more blocks or objects. Arrays and nodes are unknown to the collector, but they are blocks.
"""

import array
import ctypes
import gc
import pathlib
import resource
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import test_leaks


def resident():
    """KiB of memory that the process occupies now; its peak where the system does not tell."""
    try:
        pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // 1024 if sys.platform == "darwin" else peak
    return pages * resource.getpagesize() // 1024


def trim():
    """Has malloc give free pages back, where it can: what counts is what is in use."""
    test_leaks.tidy()
    test_leaks.empty_cache()
    if sys.platform == "linux":
        getattr(ctypes.CDLL(None), "malloc_trim", lambda n: 0)(0)


def main(steps=100_000, allowed=128):
    gc.disable()
    parameters = test_leaks.Parameters()
    cases = test_leaks.CASES
    seen, blocks, objects = (array.array("q", [0] * 10) for _ in range(3))      # an int that is kept is a block
    start = time.perf_counter()
    for tenth in range(10):
        for k in range(steps // 10):
            cases[k % len(cases)](parameters)
        trim()
        seen[tenth], blocks[tenth] = resident(), sys.getallocatedblocks()
        objects[tenth] = len(gc.get_objects()) + test_leaks.live_arrays()
        print(f"{(tenth + 1) * (steps // 10):8} steps {time.perf_counter() - start:7.1f} s: "
              f"resident {seen[tenth]} KiB, blocks {blocks[tenth]}, objects {objects[tenth]}", flush=True)
    grown, more, known = (found[-1] - found[1] for found in (seen, blocks, objects))
    print(f"{steps} steps: grown by {grown} KiB (allowed {allowed}), {more} more blocks (allowed 0), "
          f"{known} more objects (allowed 0)")
    return grown > allowed or more > 0 or known > 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
