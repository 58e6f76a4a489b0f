"""Writes what mxlite does differently from MXNet 1.9.1: docs/differences.md, each line with the test that holds it, and
mxlite/_differences.py, from which `python -m mxlite check` warns of the names concerned.

Run it after changing a remark in tests/golden/programs. What no golden case can express stands in GENERAL, with the
names to warn of in ABOUT.
"""

import ast
import json
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "golden"))

from golden_cases import read_cases  # noqa: E402

PAGE = ROOT / "docs" / "differences.md"
MODULE = ROOT / "mxlite" / "_differences.py"

HEAD = """# Differences from MXNet 1.9.1

mxlite follows MXNet 1.9.1: its autograd rules, its `nd`, `np` and `npx`, its dtypes and printed forms. It departs on
purpose in two kinds of case: where 1.9.1 is at odds with NumPy it follows MXNet 2.0 and NumPy 2 (rule 3), and where
1.9.1 is silently wrong or fails it does what is right (rule 4). Each line names the test that holds it;
`file::case` is a case of `tests/golden/programs`.

## In general

| what | test |
|---|---|
"""

GENERAL = [
    ("Every error is raised on the line that caused it; MXNet raises when a result is read. What waits until it is "
     "read, large elementwise results, has been checked before.", "tests/test_every_op.py"),
    ("Floating-point numbers agree with MXNet's to rounding, not bit by bit: sums are added in another order, "
     "and some functions of float32, tanh and the exponentials of softmax among them, are loops for vectors, within 2 "
     "ulp ([Accuracy](accuracy.md)), so the last digits of what is printed may differ. exp, log, sin and cos of "
     "float32, up to 2^20, are the nearest numbers; MXNet's are in 98.7 to 99.9 %.", "tests/test_elementwise.py"),
    ("`np` and `nd` work at the same time, mixed if need be; `npx.set_np()` is remembered for programs that ask and "
     "changes only the shape of a new legacy array without axes, which is () then and else (1,). Mixed operands give "
     "an np array.", "tests/test_interop.py"),
    ("Derivatives of every order exist for every differentiable operator; `autograd.grad(create_graph=True)` is "
     "enough.", "tests/test_every_op.py"),
    ("Gradients that are constants, as that of 2 * x, have derivatives of zero; 1.9.1 gives zeros for some operators "
     "and raises for most.", "tests/test_autograd_grad.py"),
    ("An array that backward needs and that was overwritten after recording raises `MutationError`; MXNet uses the new "
     "values. Of a `Function` that goes for what `save_for_backward` was given, not for its attributes.",
     "tests/test_mutation.py"),
    ("A `Function` can be differentiated again, if its backward computes with differentiable operators: through its "
     "head gradients and what `save_for_backward` was given of its inputs and outputs; all else is a constant there.",
     "tests/test_function.py"),
    ("The gradient of an integer array is of its dtype, and truncated.", "tests/test_autograd.py"),
    ("`np.asarray(x)` and `memoryview(x)` are read-only views: a write past the tape could not be noticed. "
     "`x.asnumpy()` is a copy to write to.", "tests/test_buffer.py"),
    ("NumPy ufuncs and functions accept arrays of mxlite and record like the operator of the same name; a function "
     "without a derivative raises under record instead of dropping the graph, if a recorded array is its argument; "
     "from a list of them NumPy makes plain numbers first.", "tests/test_interop.py"),
    ("Errors derive from `MXNetError` and from the built-in exception they are a case of (`ValueError`, `TypeError`, "
     "`IndexError`).", "tests/test_autograd.py"),
    ("Shapes `()` and lengths 0 work in every operator, in `nd` too.", "tests/test_every_op.py"),
    ("A name of MXNet's that is absent from `nd`, `npx` and the top level raises `MissingFeatureError`, which says why "
     "and is an `AttributeError`; `docs/operators.md` lists these names.", "tests/test_manifest.py"),
    ("`rnn` refuses sequence lengths and bounds of cell states, which 1.9.1 ignores on the CPU.", "tests/test_rnn.py"),
    ("Files are read strictly: bytes behind the last name, two arrays of one name and unknown devices raise "
     "`FormatError`, where 1.9.1 reads on; a damaged file never takes the process down.",
     "tests/test_serialization.py"),
    ("`asnumpy()` of one element and `asscalar()` give subclasses of `numpy.ndarray` and of NumPy's scalars, which "
     "print as these do and treat Python's numbers as under NumPy 1: `'%.4f' % loss.asnumpy()` works, "
     "`0.0 + loss.asscalar()` is float64.", "tests/test_scripts.py"),
    ("With `create_graph=True`, `autograd.grad` keeps the graph whatever `retain_graph` says: the gradients' own graph "
     "runs through it.", "tests/test_scripts.py"),
    ("Random numbers are not MXNet's: the same seed gives other values, the same on every platform.",
     "tests/test_random.py"),
]

ABOUT = {       # beginning of a sentence of GENERAL: names
    "Random numbers": "random.seed np.random.seed",
    "`rnn` refuses": "npx.rnn nd.RNN",
}

TITLES = {
    "autograd": "Autograd", "conversions": "Conversion", "differences": "What 1.9.1 gets wrong or lacks",
    "gradients": "Gradients", "indexing": "Indexing", "level3": "Vision, statistics and other rarer functions",
    "nd": "Legacy arrays (`nd`)", "np": "`np` arrays", "npx": "Extensions (`npx`)", "printing": "Printing",
    "random": "Random numbers", "scripts": "Numbers in scripts",
}


def _sentence(text):
    if re.match(r"(a|[a-z]{2,})[ ,]", text):        # not a name of code
        text = text[0].upper() + text[1:]
    return text if text.endswith(".") else text + "."


def lines():
    """The lines by heading: (remark, cases)."""
    found = {}
    for path in sorted((ROOT / "tests" / "golden" / "programs").glob("*.py")):
        prefix = path.stem.partition("_")[0]
        heading = TITLES.get(prefix, prefix.capitalize())
        for case in read_cases(path).values():
            if case.differs:
                rule, _, text = case.differs.partition(", ")
                found.setdefault(heading, {}).setdefault((text, rule), []).append((case, f"{path.stem}::{case.name}"))
    return found


def _example(case):
    """A table's case is its own example, before the line that takes its result; a whole program is none."""
    if "." not in case.name:
        return None
    statement = [line.split("  # ")[0].strip() for line in case.source.strip().splitlines() if line.strip()][-2]
    return statement.partition(" = ")[2]


def render():
    """The text of the page."""
    out = [HEAD]
    out += [f"| {text} | `{test}` |\n" for text, test in GENERAL]
    for heading, rows in lines().items():
        out.append(f"\n## {heading}\n\n| what | rule | test |\n|---|---|---|\n")
        for (text, rule), cases in rows.items():
            examples = [e for e in (_example(case) for case, _ in cases) if e]
            shown = "".join(f"<br>`{re.sub('[|]', chr(92) + '|', e)}`" for e in examples)
            tests = ", ".join(f"`{name}`" for _, name in cases)
            out.append(f"| {_sentence(text)}{shown} | {rule.removeprefix('rule ')} | {tests} |\n")
    return "".join(out)


# Names that most cases use, whatever they are about.
INCIDENTAL = {f"{space}.{name}" for space in ("np", "nd")
              for name in ("array", "arange", "inf", "ones", "square", "zeros")}
INCIDENTAL |= {f"autograd.{name}" for name in ("grad", "record", "set_recording", "set_training")}
INCIDENTAL |= {f"{kind}.{name}" for kind in ("np.ndarray", "nd.NDArray")
               for name in ("astype", "attach_grad", "backward", "copy", "dtype", "grad", "reshape", "shape", "sum")}

MODULE_HEAD = '''"""What mxlite does differently where MXNet 1.9.1 gives a result: sentences, and names they are of."""
# Written by tests/tools/differences.py.

DIFFERENCES = [
'''


def names(case):
    """The names of MXNet that a difference is about: what the statement under test uses."""
    from mxlite._check import find, stars
    from mxlite._uses import Reader

    if case.about:
        return case.about.replace("-", "").split()
    known = {"mx": "mxnet", **{space: f"mxnet.{space}" for space in ("nd", "np", "npx", "autograd")}}
    tree = ast.parse(case.source)
    *before, statement, _ = tree.body if "." in case.name else (*tree.body, None)
    reader = Reader(stars, known)
    reader.read(ast.Module(before if "." in case.name else [], []))
    first = len(reader.uses)
    reader.read(ast.Module([statement] if "." in case.name else tree.body, []))
    used = dict.fromkeys(use.name.removeprefix("mxnet.") for use in reader.uses[first:] if find(use.name))
    return [name for name in used if name not in INCIDENTAL] or list(used)


def _literal(text):
    """A string of Python, on lines of its own of 120 columns."""
    lines = textwrap.wrap(text, 108, break_long_words=False, break_on_hyphens=False)
    return "\n     ".join(json.dumps(line + " " * (line is not lines[-1]), ensure_ascii=False) for line in lines)


def render_module():
    """The text of the module: only of cases that MXNet 1.9.1 answers, since no program can rely on an error."""
    found = {text.rstrip("."): dict.fromkeys(about.split()) for text, _ in GENERAL for start, about in ABOUT.items()
             if text.startswith(start)}
    for path in sorted((ROOT / "tests" / "golden" / "programs").glob("*.py")):
        recorded = json.loads((path.parents[1] / f"{path.stem}.json").read_text(encoding="utf-8"))
        for case in read_cases(path).values():
            if case.differs and "error" not in recorded[case.name]:
                text = case.differs.partition(", ")[2].rstrip(".")
                found.setdefault(text, {}).update(dict.fromkeys(names(case)))
    rows = []
    for text, about in found.items():
        if about:
            rows.append(f"    ({_literal(text)},\n     {_literal(' '.join(sorted(about)))}),\n")
    return MODULE_HEAD + "".join(rows) + "]\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(render(), encoding="utf-8")
    if not MODULE.exists():     # what finds the names reads it
        MODULE.write_text(f"{MODULE_HEAD}]\n", encoding="utf-8")
    MODULE.write_text(render_module(), encoding="utf-8")
