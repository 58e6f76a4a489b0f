"""Writes docs/errors.md: the exceptions of mxlite, from their docstrings, with a recorded message of each.

Run it after changing mxlite/_errors.py or tests/golden/errors.json.
"""

import json
import pathlib

from mxlite import errors

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "errors.md"
RECORD = ROOT / "tests" / "golden" / "errors.json"

HEAD = """# Errors

Every exception that mxlite raises is one of the classes below, which stand in `mxlite.errors`. All of them are
`MXNetError`, so that `except MXNetError` works as in programs for MXNet, and nearly all are a built-in exception, too.
What NumPy raises inside an operator becomes one of them. A message begins with the operator and its arguments, arrays
as dtype and shape. After an error arrays, gradients and the tape are what they were before; {count} bad calls are
tested for that, while recording and not (`tests/golden/errors.txt`).

What passes as it is: exceptions that a program's own code raises inside a callback or a `Function`,
`KeyboardInterrupt`, and Python's own errors for names that a module or an object does not have.

| class | is also | when |
|---|---|---|
"""


def _rows():
    for name in errors.__all__:
        cls = getattr(errors, name)
        known = {c.__name__ for c in cls.__mro__[1:]} - {"Exception", "BaseException", "object", "MXNetError",
                                                         "LookupError", "ArithmeticError"}
        if cls is not errors.MXNetError:
            known -= {"RuntimeError"}
        about = " ".join(cls.__doc__.split()).replace("``", "`")
        yield f"| `{name}` | {', '.join(f'`{k}`' for k in sorted(known))} | {about} |\n"


# One call of tests/golden/errors.txt for each class that is met often.
EXAMPLES = [
    "a + np.ones((2,))", "np.sum(a, axis=2)", "np.array_split(a, 0)", 'np.std(a, axis="x")', "np.kron(a)",
    "a[[0, 5]] = 1.0", 'b.attach_grad("nope")',
    "autograd.record().__enter__(); q = v * 1; z = (q * q).sum(); autograd.set_recording(False); q[:] = 2; "
    "z.backward()",
]


def _examples(recorded):
    cases = {c["call"]: c for entries in recorded.values() for c in entries}
    out = ["\n## Messages\n\n`a` is an array of shape (2, 3), `b` of shape (3,), `v` a variable.\n\n"
           "| call | error |\n|---|---|\n"]
    out += [f"| `{call}` | `{cases[call]['class']}: {cases[call]['message']}` |\n" for call in EXAMPLES]
    return "".join(out)


def render():
    """The text of the page."""
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    count = sum(map(len, recorded.values()))
    return HEAD.format(count=count) + "".join(_rows()) + _examples(recorded)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
