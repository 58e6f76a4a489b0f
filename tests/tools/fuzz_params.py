"""Loads damaged files of arrays under a memory limit: each has to raise FormatError or load.

usage: python tests/tools/fuzz_params.py [executions, 100000] [seed, 1]

The last line gives the counts. A file that does neither, takes a second or takes more memory than promised is printed
in hexadecimal and ends the run with status 1.
"""

import pathlib
import resource
import sys
import time
import tracemalloc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from array_files import FILES, mutations

from mxlite.serialization import FormatError, load_frombuffer

LIMIT = 256 << 20       # bytes of address space beyond what is in use at the start


def address_space():
    """Bytes of address space in use."""
    return int(pathlib.Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def promised(size):
    """What loading a file may take: the arrays and pieces of a read, and the array objects besides."""
    return 2 * size + (1 << 20) + 1024 * (size // 20)


def main(executions=100_000, seed=1):
    load_frombuffer(FILES["deflated.npz"])      # imports zipfile
    resource.setrlimit(resource.RLIMIT_AS, (address_space() + LIMIT,) * 2)
    refused = loaded = most = 0
    longest = 0.0
    tracemalloc.start()
    for name, data in mutations(seed, executions):
        tracemalloc.reset_peak()
        before, start = tracemalloc.get_traced_memory()[0], time.perf_counter()
        try:
            load_frombuffer(data)
            loaded += 1
        except FormatError:
            refused += 1
        except BaseException:
            print(f"{name} mutated to {data.hex()}")
            raise
        seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1] - before
        longest, most = max(longest, seconds), max(most, peak)
        if seconds > 1 or peak > promised(len(data)):
            print(f"{name} mutated to {data.hex()} takes {seconds:.3f} s and {peak} bytes")
            return 1
    print(f"{executions} files (seed {seed}): {refused} FormatError, {loaded} loaded; "
          f"at most {longest * 1e3:.1f} ms and {most} bytes each")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
