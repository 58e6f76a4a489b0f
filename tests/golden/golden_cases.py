"""The format of the case files, how a case runs, and how its outcome is written down.

Shared by `record.py` (Python 3.8, real MXNet) and `tests/test_golden.py` (mxlite), so that both read, run and
describe a case in the same way. Nothing here imports either package: the module under test is passed in as `mx`.

A case file is ordinary MXNet Python in two kinds of section:

    # %% np two_uses                  one case: mode (np or nd), then its name
    x = np.arange(3.0)
    ...
    result = x.grad

    # %% np sums.*                    a table: set-up lines, a blank line, then one case per statement
    a = np.array([[1, 2], [3, 4]])

    rows = a.sum(axis=1)              the case `sums.rows`; what it assigns is its result
    bad = a.sum(axis=7)               # phrase: axis

Comments with a meaning, above a statement, or after it on the same line:

    # phrase: text      the recorded error and the replayed one both contain it
    # differs: reason   mxlite departs from 1.9.1 on purpose: rule 3 or 4 of the design and what it does instead
    # expect: expr      what must hold on mxlite then, over the case's own names and `result`, `error`, `stdout`
    # about: names      the MXNet names that `differs` is about ("np.prod nd.prod", or "-" for none), where the case
                        uses others too; see tests/tools/differences.py
"""
import ast
import functools
import hashlib
import io
import re

SECTION = re.compile(r"# %% (np|nd) ([a-z][a-z0-9_]*)(\.\*)?$")
REMARK = re.compile(r"# (phrase|differs|expect|about): (.+)$")


class Case:
    """One program: its name and mode, its source, and what its comments ask for."""

    def __init__(self, name, mode, source, line, remarks):
        self.name = name
        self.mode = mode
        self.source = source
        self.line = line  # of the first source line, so that a traceback points into the case file
        self.phrase = remarks.get("phrase")
        self.differs = remarks.get("differs")
        self.expect = remarks.get("expect")
        self.about = remarks.get("about")

    @property
    def digest(self):
        """Changes with the mode or the source: a recording of another text is stale."""
        return hashlib.sha256((self.mode + "\n" + self.source.strip()).encode()).hexdigest()[:12]


def read_cases(path):
    """All cases of a file, by name, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [i for i, line in enumerate(lines) if line.startswith("# %%")] + [len(lines)]
    cases = {}
    for start, end in zip(starts, starts[1:]):  # noqa: B905, RUF007 (Python 3.8 runs this too)
        header = SECTION.match(lines[start])
        if not header:
            raise ValueError(f"{path.name}:{start + 1}: not a section header")
        mode, name, is_table = header.groups()
        found = _table(name, mode, lines, start + 1, end) if is_table else [_single(name, mode, lines, start + 1, end)]
        for case in found:
            if case.name in cases:
                raise ValueError(f"{path.name}:{case.line}: second case named {case.name}")
            if (case.differs is None) != (case.expect is None):
                raise ValueError(f"{path.name}:{case.line}: differs and expect go together")
            cases[case.name] = case
    return cases


def _remarks(lines):
    found = {}
    for line in lines:
        match = REMARK.search(line)
        if match:
            key, text = match.groups()
            found[key] = text.strip()
    return found


def _text(lines):
    """Source without the comments that are ours, so that rewording a reason does not make a recording stale."""
    kept = [REMARK.sub("", line).rstrip() for line in lines if not line.startswith("# about: ")]
    return "\n".join(kept).rstrip("\n") + "\n"


def _single(name, mode, lines, start, end):
    body = lines[start:end]
    return Case(name, mode, _text(body), start + 1, _remarks(body))


def _table(group, mode, lines, start, end):
    blank = next((i for i in range(start, end) if not lines[i].strip()), end)
    set_up = _text(lines[start:blank])
    rows = ast.parse("\n" * blank + "\n".join(lines[blank:end])).body
    previous = blank
    for row in rows:
        if not (isinstance(row, ast.Assign) and isinstance(row.targets[0], ast.Name)):
            raise ValueError(f"line {row.lineno}: a table holds only `name = expression`")
        own = lines[previous:row.end_lineno]
        statement = _text(lines[row.lineno - 1:row.end_lineno])
        label = row.targets[0].id
        source = set_up.strip("\n") + "\n" + statement + f"result = {label}\n"
        yield Case(group + "." + label, mode, source, row.lineno, _remarks(own))
        previous = row.end_lineno


def run(case, mx, onp, file_name):
    """Execute a case in a fresh namespace. Returns (namespace, stdout, error); the result is read by the caller."""
    mx.npx.reset_np()
    if case.mode == "np":
        mx.npx.set_np()
    mx.autograd.set_recording(False)
    mx.autograd.set_training(False)
    names = {"mx": mx, "nd": mx.nd, "np": mx.np, "npx": mx.npx, "autograd": mx.autograd, "onp": onp,
             "__name__": "golden"}
    code = compile("\n" * (case.line - 1) + case.source, file_name, "exec")
    stdout = io.StringIO()
    names["print"] = functools.partial(print, file=stdout)      # sys.stdout belongs to all threads
    error = None
    try:
        exec(code, names)
        # MXNet may raise only when a value is read; reading it here makes that part of the case.
        read_all(names.get("result"), mx)
    except Exception as caught:
        error = caught
    return names, clean_text(stdout.getvalue()), error


def clean_text(text):
    """Lines without trailing blanks, which editors strip and terminals do not show."""
    return [line.rstrip() for line in text.splitlines()]


def read_all(value, mx):
    """Wait for every array in a nested result."""
    if isinstance(value, (tuple, list)):
        for item in value:
            read_all(item, mx)
    elif isinstance(value, dict):
        read_all(list(value.values()), mx)
    elif isinstance(value, mx.nd.NDArray):
        value.asnumpy()


def describe(value, mx, onp):
    """A nested value as JSON: containers by name, arrays with class, dtype, shape and every element."""
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float:
        return {"cls": "float", "data": _number(value)}
    if type(value) in (tuple, list):
        return {"cls": type(value).__name__, "items": [describe(item, mx, onp) for item in value]}
    if type(value) is dict:
        return {"cls": "dict", "items": {str(key): describe(item, mx, onp) for key, item in value.items()}}
    if isinstance(value, mx.np.ndarray):
        return _describe_array("np", value.asnumpy(), value.shape)
    if isinstance(value, mx.nd.NDArray):
        return _describe_array("nd", value.asnumpy(), value.shape)
    if isinstance(value, onp.ndarray):
        return _describe_array("onp", value, value.shape)
    if isinstance(value, onp.generic):
        return _describe_array("onp scalar", value, ())
    if isinstance(value, onp.dtype) or (isinstance(value, type) and issubclass(value, onp.generic)):
        return {"cls": "dtype", "name": onp.dtype(value).name}
    raise TypeError(f"a case may not end in a {type(value).__name__}")


def _describe_array(cls, data, shape):
    if data.dtype.kind == "O":  # what NumPy makes of an array it cannot read
        return {"cls": cls, "dtype": "object", "shape": list(shape)}
    flat = data.ravel().tolist() if data.dtype.kind != "f" else [_number(x) for x in data.ravel()]
    return {"cls": cls, "dtype": data.dtype.name, "shape": list(shape), "data": flat}


def _number(x):
    """The shortest decimal that reads back as the same float of the same width; JSON has no nan or inf."""
    value = float(str(x))
    return value if value - value == 0 else str(value)


def describe_error(error):
    """Type names from the error's class down to Exception, and the first line that says what happened."""
    names = [cls.__name__ for cls in type(error).__mro__]
    return {"types": names[:names.index("Exception") + 1], "message": first_line(str(error))}


def first_line(message):
    """A message's first line of its own: MXNet puts a C++ traceback and a time of day before it."""
    for line in message.splitlines():
        if line.strip() and not line.startswith(("Traceback", "  File")):
            line = re.sub(r"^\[[0-9:]+\] [^ ]+: ", "", line)
            return re.sub(r"^[A-Z]\w*Error: (Check failed: )?", "", line).strip()
    return ""
