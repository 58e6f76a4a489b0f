"""A coverage-guided fuzzer of what reads arrays. In tests/: python -m fuzz.loader DIRECTORY [--runs N] [--seconds N]

DIRECTORY gets the inputs that reached something new; fuzz/corpus and the files of array_files.py are the first ones.
Each input is read as a file, as the state of a pickled array and as a pickle, under a limit of memory; it has to load
or to raise FormatError. Anything else is written to DIRECTORY-crashes and ends the run with status 1. Needs atheris.

With --merge those of DIRECTORY's inputs that take steps from line to line which none before takes go to fuzz/corpus.
"""
import argparse
import hashlib
import io
import os
import pathlib
import pickle
import resource
import sys
import tempfile
import time
import tracemalloc

CORPUS = pathlib.Path(__file__).with_name("corpus")
LIMIT = 256 << 20       # bytes of address space beyond what is in use at the start
LONGEST = 4096          # bytes of an input
INSTRUMENTED = ["mxlite._params", "mxlite._npz", "mxlite.serialization", "zipfile"]

# What pickles of arrays name; anything else is not mxlite's.
NAMES = {("mxnet.numpy", "ndarray"): "ndarray", ("mxnet.ndarray.ndarray", "NDArray"): "NDArray",
         ("mxlite.np", "ndarray"): "ndarray", ("mxlite.nd", "NDArray"): "NDArray",
         ("mxlite._array", "_rebuild"): "_rebuild"}


def promised(size):
    """Bytes that reading `size` bytes may take: the arrays and pieces of a read, and the array objects besides."""
    return 2 * size + (1 << 20) + 1024 * (size // 20)


class Unpickler(pickle.Unpickler):
    """A pickle.Unpickler that makes arrays and bytearrays alone."""

    def find_class(self, module, name):
        import mxlite._array
        if (module, name) in (("_codecs", "encode"), ("codecs", "encode")):
            return lambda text, encoding: text.encode("latin1") if isinstance(text, str) else b""
        if (module, name) in (("builtins", "bytearray"), ("__builtin__", "bytearray")):
            return lambda value=b"": bytearray(value) if isinstance(value, bytes) else bytearray()
        return getattr(mxlite._array, NAMES[module, name])


def _ours(error):
    """Whether an exception left a frame of mxlite."""
    at = error.__traceback__
    while at is not None:
        if "mxlite" in at.tb_frame.f_globals.get("__name__", ""):
            return True
        at = at.tb_next
    return False


def read(data):
    """Reads bytes as a file, with and without MXNet's np mode, and as the state of a pickled array.

    How many of these gave arrays. Raises what is neither arrays nor FormatError.
    """
    from mxlite.serialization import FormatError, _read, load_frombuffer, unpickled
    loaded = 0
    for way in (load_frombuffer, lambda d: _read(io.BytesIO(d), "buffer", None, False),
                lambda d: unpickled({"handle": d}, True)):
        try:
            way(data)
            loaded += 1
        except FormatError:
            pass
    return loaded


def unpickle(data):
    """Reads bytes as a pickle. Raises what leaves mxlite and is not MXNetError: a pickle may call with anything."""
    from mxlite.base import MXNetError
    try:
        Unpickler(io.BytesIO(data)).load()
    except MXNetError:
        pass
    except Exception as error:      # of pickle, about a stream that is no pickle
        if _ours(error):
            raise


def check(data):
    """Reads an input in every way; raises too if a file took more memory or time than promised."""
    tracemalloc.reset_peak()
    before, start = tracemalloc.get_traced_memory()[0], time.perf_counter()
    read(data)
    seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1] - before
    if peak > promised(len(data)):
        raise MemoryError(f"{peak} bytes for an input of {len(data)}")
    if seconds > 5:
        raise TimeoutError(f"{seconds:.1f} s for an input of {len(data)} bytes")
    unpickle(data)      # whose memory is pickle's


def seeds():
    """The inputs to begin with."""
    from array_files import FILES, PICKLES
    yield from FILES.values()
    yield from PICKLES.values()
    for name in CORPUS.glob("*"):
        yield name.read_bytes()


def steps(data):
    """The steps from line to line that reading an input takes in what is INSTRUMENTED."""
    found, last = set(), {}

    def trace(frame, event, argument):
        if frame.f_globals.get("__name__") not in INSTRUMENTED:
            return None
        found.add((frame.f_code, last.get(id(frame)), frame.f_lineno, event))
        last[id(frame)] = frame.f_lineno
        return trace

    sys.settrace(trace)
    try:
        read(data)
        unpickle(data)
    finally:
        sys.settrace(None)
    return found


def merge(directory):
    """Adds to the corpus what reaches more than it, and than the files of array_files.py."""
    seen = set().union(*map(steps, seeds()))
    CORPUS.mkdir(exist_ok=True)
    for path in sorted(directory.iterdir(), key=lambda p: (p.stat().st_size, p.name)):
        data = path.read_bytes()
        new = steps(data) - seen
        if new:
            seen |= new
            (CORPUS / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)


def address_space():
    """Bytes of address space in use."""
    return int(pathlib.Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def main():
    parser = argparse.ArgumentParser(prog="python -m fuzz.loader", description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--merge", action="store_true")
    args = parser.parse_args()
    if args.merge:
        merge(args.directory)
        return
    import atheris

    with atheris.instrument_imports(include=INSTRUMENTED, enable_loader_override=False):
        import zipfile  # noqa: F401

        import mxlite.serialization  # noqa: F401
    start = tempfile.TemporaryDirectory()
    for k, data in enumerate(seeds()):
        pathlib.Path(start.name, str(k)).write_bytes(data)
    crashes = pathlib.Path(f"{args.directory}-crashes")
    for made in (args.directory, crashes):
        made.mkdir(parents=True, exist_ok=True)
    options = [f"-max_len={LONGEST}", f"-artifact_prefix={crashes}{os.sep}", "-timeout=20", "-rss_limit_mb=1024"]
    options += [f"-runs={args.runs}", f"-max_total_time={args.seconds}", f"-seed={args.seed}", str(args.directory),
                start.name]
    tracemalloc.start()
    resource.setrlimit(resource.RLIMIT_AS, (address_space() + LIMIT,) * 2)
    atheris.Setup([sys.argv[0], *options], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
