"""Run a program written for MXNet on mxlite.

usage: python -m mxlite PROGRAM.py [ARGUMENT ...]
       python -m mxlite NOTEBOOK.ipynb [ARGUMENT ...]
       python -m mxlite check PROGRAM_OR_FOLDER ...
       python -m mxlite --info

PROGRAM.py runs as `python PROGRAM.py` would run it, except that `import mxnet` finds mxlite. A notebook's cells run
in order in the current directory, each echoing its last expression as Jupyter does.

check reads programs, notebooks, and those in folders, without running them, and lists the names of MXNet that they
use: those that mxlite lacks (the status is 1 if there are any), those that behave differently, and the others.

  --info      print versions, the BLAS library, and the threads there are
  --version   print mxlite's version
  --help      print this text
"""

from __future__ import annotations

import builtins
import importlib.machinery
import io
import os
import platform
import sys
import sysconfig
import types
from collections.abc import Callable
from typing import Any

import numpy

from mxlite._shim import install_as_mxnet
from mxlite._version import __version__


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__, end="", file=sys.stderr)
        return 2
    first = arguments[0]
    if first == "check":
        from mxlite import _check

        return _check.main(arguments[1:])
    if not first.startswith("-"):
        return run(arguments)
    usage = (__doc__ or "").rstrip
    texts: dict[str, Callable[[], str]] = {"--info": info, "--version": lambda: __version__, "--help": usage,
                                           "-h": usage}
    if first not in texts:
        print(f"mxlite: unknown option {first} (see python -m mxlite --help)", file=sys.stderr)
        return 2
    print(texts[first]())
    return 0


def run(arguments: list[str]) -> int:
    """Run the program ``arguments[0]`` as the process's ``__main__``, with ``sys.argv`` set to ``arguments``."""
    path = os.path.abspath(arguments[0])
    try:
        with io.open_code(path) as file:
            source = file.read()
    except OSError as error:
        print(f"mxlite: can't open file {path!r}: [Errno {error.errno}] {error.strerror}", file=sys.stderr)
        return 2

    install_as_mxnet()
    # NumPy 2 writes np.float32(1.0) for a scalar in a list or echoed by a notebook; MXNet's programs print 1.0.
    numpy.set_printoptions(legacy="1.25")
    sys.argv = arguments
    if not sys.flags.safe_path:
        sys.path[0] = os.path.dirname(os.path.realpath(path))
    program = types.ModuleType("__main__")
    vars(program)["__builtins__"] = builtins
    sys.modules["__main__"] = program
    try:
        if path.endswith(".ipynb"):
            from mxlite import _notebook

            _notebook.run(source, arguments[0], vars(program))
        else:
            program.__file__ = path
            if sys.version_info < (3, 15):      # which has it no longer
                vars(program)["__cached__"] = None
            program.__loader__ = importlib.machinery.SourceFileLoader("__main__", path)
            exec(compile(source, path, "exec", dont_inherit=True), vars(program))
    except SystemExit:
        raise
    except BaseException as error:
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_globals is not vars(program):
            trace = trace.tb_next
        show = sys.excepthook
        show(type(error), error.with_traceback(trace), trace)

        def already_shown(*_: Any) -> None:
            sys.excepthook = show

        # Raised again for what else Python does with it: the exit status, the signal, `python -i`.
        sys.excepthook = already_shown
        raise
    return 0


def info() -> str:
    """Versions, BLAS and threads, one per line."""
    blas = numpy.show_config(mode="dicts")["Build Dependencies"]["blas"]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    limits = [f"{name}={os.environ[name]}" for name in sorted(os.environ) if name.endswith("_NUM_THREADS")]
    free_threaded = ", free-threaded" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    rows = {
        "mxlite": f"{__version__} ({os.path.dirname(os.path.abspath(__file__))})",
        "Python": f"{platform.python_version()} ({platform.python_compiler()}{free_threaded})",
        "NumPy": numpy.__version__,
        "BLAS": f"{blas['name']} {blas.get('version', '')}".rstrip(),
        "threads": " ".join([f"{cores} cores usable", *limits]),
        "system": platform.platform(),
    }
    return "\n".join(f"{name:<8} {value}" for name, value in rows.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
