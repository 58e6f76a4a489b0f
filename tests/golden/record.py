"""Record what real MXNet does with every case, as JSON beside this script.

Runs under the reference interpreter, a Python 3.8 with `mxnet==1.9.1` and `numpy==1.23.5`:

    python tests/golden/record.py [case file without .py ...]

A file with a line `# reference: MXNet 2.0.0` holds names that 1.9.1 lacks; it is recorded when the script runs under
that version, and passed over otherwise.

Every case runs in its own forked process, before which MXNet has executed nothing: no case sees another's modes,
random state or pending errors, and a case that kills MXNet is reported by name instead of ending the recording.
"""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

# oneDNN's softmax is good to 1e-5 only; MXNet's own kernels are what a correct implementation can be held to. Only the
# recurrent ones do not run without oneDNN: files of that kind are recorded by a process of their own.
os.environ["MXNET_MKLDNN_ENABLED"] = os.environ.get("MXNET_MKLDNN_ENABLED", "0")

import mxnet
import numpy
from golden_cases import describe, describe_error, read_cases, run

WITH_ONEDNN = ("nd_rnn",)
HERE = pathlib.Path(__file__).resolve().parent


def outcome(case, file_name):
    """What the case printed, and its result or its error."""
    names, stdout, error = run(case, mxnet, numpy, file_name)
    found = {"source": case.digest}
    if stdout and not (case.differs and error):  # MXNet prints C++ and Python tracebacks with its own paths
        found["stdout"] = stdout
    if error is not None:
        found["error"] = describe_error(error)
        if case.phrase and case.phrase not in str(error):
            raise ValueError(f"{case.name}: the error has no phrase {case.phrase!r}: {error}")
    elif case.phrase and case.differs is None:
        raise ValueError(f"{case.name}: has a phrase but raises nothing")
    elif "result" in names:
        found["result"] = describe(names["result"], mxnet, numpy)
    elif not stdout and case.differs is None:
        raise ValueError(f"{case.name}: neither prints nor leaves a result")
    return found


def outcome_in_fork(case, file_name):
    """`outcome`, run in a child so that nothing survives it. Returns (outcome or None, complaint or None)."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            text = json.dumps([outcome(case, file_name), None])
        except Exception as error:
            text = json.dumps([None, f"{case.name}: {type(error).__name__}: {error}"])
        with os.fdopen(writer, "w") as pipe:
            pipe.write(text)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    if "site-packages" in text:
        text = json.dumps([None, case.name + ": a path of this machine in the recording"])
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None, f"{case.name}: killed by {signal.Signals(os.WTERMSIG(status)).name}"
    if not text:
        return None, f"{case.name}: MXNet ended the process with status {os.WEXITSTATUS(status)}"
    return json.loads(text)


def reference(path):
    """The version of MXNet that a case file is recorded from; names that came later are in files that say so."""
    found = re.search(r"^# reference: MXNet (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found.group(1) if found else "1.9.1"


def dumps(record):
    """One field of one case per line: short, and a changed value changes one line."""
    compact = {"sort_keys": True, "ensure_ascii": False, "separators": (", ", ": ")}
    cases = []
    for name in sorted(record):
        fields = ",\n".join(f"  {json.dumps(key)}: {json.dumps(record[name][key], **compact)}"
                            for key in sorted(record[name]))
        cases.append(f"{json.dumps(name)}: {{\n{fields}\n}}")
    return "{\n" + ",\n".join(cases) + "\n}\n"


def main(wanted):
    """Record the named files, or all of them; exit 1 if any case could not be recorded."""
    complaints = []
    total = 0
    for path in sorted((HERE / "programs").glob("*.py")):
        if (wanted and path.stem not in wanted) or reference(path) != mxnet.__version__:
            continue
        if path.stem in WITH_ONEDNN and os.environ["MXNET_MKLDNN_ENABLED"] != "1":
            failed = subprocess.run([sys.executable, __file__, path.stem], check=False,
                                    env={**os.environ, "MXNET_MKLDNN_ENABLED": "1"}).returncode
            complaints += [f"{path.stem}: see above"] * failed
            continue
        record = {}
        for case in read_cases(path).values():
            record[case.name], complaint = outcome_in_fork(case, path.name)
            if complaint:
                complaints.append(f"{path.stem}::{complaint}")
                del record[case.name]
        (HERE / (path.stem + ".json")).write_text(dumps(record), encoding="utf-8")
        total += len(record)
        print(f"{path.stem:28} {len(record):4} cases")
    print(f"{'total':28} {total:4} cases, MXNet {mxnet.__version__}")
    for complaint in complaints:
        print("NOT RECORDED", complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
