"""Writes docs/trust.md: what mxlite promises, the command that shows it, and its figure.

usage: python tests/tools/trust.py [--quick] [--mxnet COMMAND] [--debug-python DEBUGPYTHON] [--free-threaded FREE]
                                   [ROW ...]

Runs the commands of all rows, or of those named, and replaces their figures; rows that are not run keep theirs. --quick
takes short forms of the long ones, and its figures say so. Rows that need what is not there are left as they are:
PyTorch and HIPS autograd, mpmath, atheris, valgrind, pytest-run-parallel, COMMAND, which runs a Python that has MXNet
1.9.1, DEBUGPYTHON, a Python that counts references and has mxlite, and FREE, a free-threaded Python that has mxlite.
Exit status 1 when a command fails.
"""

import argparse
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "trust.md"


class Row(NamedTuple):
    """A promise; its command, in its long and short form; what of the output is the figure; and what it needs."""

    name: str
    promise: str
    command: str
    quick: str = ""
    figure: str = r"(\d+ passed.*?)(?: in |$)"
    needs: tuple = ()


ROWS = (
    Row("programs", "Random programs of 3 to 30 operators, with writes outside recording, views and intermediates, "
        "have the values, dtypes, shapes and gradients of central differences, PyTorch and HIPS autograd",
        "python -m fuzz --seeds 0 20000 --against torch autograd",
        "python -m fuzz --seeds 0 500 --against torch autograd",
        r"(\d+ programs, \d+ differences.*)", ("torch", "autograd")),
    Row("large", "The same for arrays whose results are computed when they are read, in blocks",
        "python -m fuzz --large --seeds 0 1000 --against torch autograd",
        "python -m fuzz --large --seeds 0 40 --against torch autograd", r"(\d+ programs, \d+ differences.*)",
        ("torch", "autograd")),
    Row("second", "The same for second derivatives, by central differences of first ones",
        "python -m fuzz --second --seeds 0 5000", "python -m fuzz --second --seeds 0 200",
        r"(\d+ programs, \d+ differences.*)"),
    Row("mxnet", "Random programs print what MXNet 1.9.1 prints, and have its values, dtypes and gradients; it refuses "
        "some, and stands alone where NumPy or central differences agree with mxlite",
        "python -m fuzz.reference COMMAND --seeds 0 3000", "python -m fuzz.reference COMMAND --seeds 0 100",
        r"(\{.*\d+ differences)", ("COMMAND",)),
    Row("mutation", "Overwriting what backward needs raises, or backward gives the gradient of the recorded value",
        "pytest tests/test_mutation.py"),
    Row("sanitizers", "AddressSanitizer and UndefinedBehaviorSanitizer find nothing in any test",
        "tests/tools/sanitize.sh", "tests/tools/sanitize.sh DIRECTORY tests/test_sweep.py tests/test_tape.py"),
    Row("bounds", "Built so that every index, division and None is checked, mxlite passes every test",
        "tests/tools/bounds.sh", "tests/tools/bounds.sh tests/test_sweep.py tests/test_tape.py"),
    Row("valgrind", "Valgrind finds no read of memory that was not written, nor any other error, with mxlite in its "
        "stack",
        "tests/tools/valgrind.sh", "tests/tools/valgrind.sh tests/test_storage.py",
        r"(\d+ passed.*?)(?: in |$)|valgrind: (.*)", ("valgrind",)),
    Row("deep", "A tape of a million nodes is swept and freed in constant stack", "pytest tests/test_deep.py"),
    Row("threads", "16 threads with tapes of their own leave what one after the other leaves, bit by bit",
        "python tests/tools/threads.py", "python tests/tools/threads.py 500 16",
        r"(\d+ threads, \d+ steps each|\d+ differ)"),
    Row("free-threads", "The same on a free-threaded interpreter whose lock PYTHON_GIL=0 keeps off",
        "FREE tests/tools/threads.py", "FREE tests/tools/threads.py 500 16",
        r"(\d+ threads, \d+ steps each|\d+ differ)", ("FREE",)),
    Row("parallel", "Every test passes when 8 threads run it at once, but for those that change or count what a "
        "process has once", "pytest --parallel-threads=8", "pytest --parallel-threads=8 --every=20",
        needs=("pytest_run_parallel",)),
    Row("free-parallel", "The same on a free-threaded interpreter, where 8 threads do run at once",
        "FREE -m pytest --parallel-threads=8", "FREE -m pytest --parallel-threads=8 --every=20", needs=("FREE",)),
    Row("leaks", "Memory does not grow over many steps, with the cyclic collector off, steps that raise among them",
        "python tests/tools/leaks.py", "python tests/tools/leaks.py 5000", r"(\d+ steps: grown by .*)"),
    Row("references", "The total of references in an interpreter that counts them is the same after many steps",
        "DEBUGPYTHON tests/tools/refcounts.py", "DEBUGPYTHON tests/tools/refcounts.py 1000",
        r"(\d+ steps: .*)", ("DEBUGPYTHON",)),
    Row("accuracy", "Every elementwise operator and each of its derivatives has a measured error in ulp: "
        "[accuracy.md](accuracy.md)", "python tests/tools/accuracy.py", "python tests/tools/accuracy.py 60",
        r"(\d+ operators, \d+ points each)", ("mpmath",)),
    Row("safety", "Edges of domains and of the range behave as documented: [safety.md](safety.md)",
        "pytest tests/test_safety.py tests/test_anomaly.py"),
    Row("errors", "Bad calls raise documented errors with the recorded messages and leave arrays and tape as they were",
        "pytest tests/test_errors.py tests/test_raises.py"),
    Row("loader", "A damaged file or pickled state loads or raises FormatError, in bounded memory",
        "python -m fuzz.loader DIRECTORY --runs 1000000", "python -m fuzz.loader DIRECTORY --runs 20000",
        r"Done (\d+ runs)", ("atheris",)),
    Row("test_utils", "mxlite.test_utils checks users' own functions as these tests check ours",
        "pytest tests/test_test_utils.py"),
)

HEAD = """# Evidence

What mxlite promises, the command that shows it, and what the command said when it was last run: on Linux, x86-64, with
CPython 3.11. Commands run in a clone with what `pip install -e '.[test]'` installs, those of `fuzz` in its `tests`
directory; *COMMAND* runs a Python that has MXNet 1.9.1, *FREE* is a free-threaded Python and *DEBUGPYTHON* one
configured `--with-pydebug`, both with mxlite built for them, the latter with NumPy as well. `python
tests/tools/trust.py` runs them all, which takes hours, and writes this page; `--quick` takes the short forms, and a
figure from one is marked so.

| promise | command | figure |
|---|---|---|
"""
NONE = "not run yet"


def figures():
    """{command: figure} of the page as it is."""
    if not PAGE.exists():
        return {}
    cells = [line.split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return {row[1].strip("`"): row[2].removesuffix(" |") for row in cells[1:]}


def render(known):
    """The page."""
    return HEAD + "".join(f"| {r.promise} | `{r.command}` | {known.get(r.command, NONE)} |\n" for r in ROWS)


def run(row, quick, given):
    """(exit status, figure) of a row's command; `given` are the commands that stand for words in it."""
    command = (row.quick or row.command) if quick else row.command
    with tempfile.TemporaryDirectory() as directory:
        known = {**given, "DIRECTORY": directory, "python": sys.executable}
        words = [known.get(w, w) for w in command.split()]
        if words[0] == "pytest":
            words[:1] = [sys.executable, "-m", "pytest", "-q"]
        at = ROOT / "tests" if " fuzz" in command else ROOT
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
        done = subprocess.run(words, cwd=at, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True)
    if done.returncode:
        print(done.stdout[-4000:])
        return done.returncode, "fails"
    found = re.findall(row.figure, done.stdout, re.MULTILINE)
    found = [f if isinstance(f, str) else "".join(f) for f in found]
    return 0, "; ".join(dict.fromkeys(found)) + (f" (short: `{command}`)" if command != row.command else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--mxnet", metavar="COMMAND")
    parser.add_argument("--debug-python", metavar="DEBUGPYTHON")
    parser.add_argument("--free-threaded", metavar="FREE")
    parser.add_argument("rows", nargs="*", metavar="ROW", choices=[[], *(r.name for r in ROWS)])
    args = parser.parse_args()
    given = {"COMMAND": args.mxnet, "DEBUGPYTHON": args.debug_python, "FREE": args.free_threaded}
    known, status = figures(), 0
    for row in ROWS:
        if args.rows and row.name not in args.rows:
            continue
        missing = [n for n in row.needs if not (
            given[n] if n in given else shutil.which(n) if n == "valgrind" else importlib.util.find_spec(n))]
        if missing:
            print(f"{row.name}: needs {', '.join(missing)}")
            continue
        code, known[row.command] = run(row, args.quick, given)
        print(f"{row.name}: {known[row.command]}", flush=True)
        status = status or code
        PAGE.write_text(render(known), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
