"""Writes docs/operators.md: every operator with its names and derivatives, and what of MXNet is absent.

Run it after declaring an operator, adding a sample to tests/samples or changing mxlite/_absent.py. What is said of
second derivatives is what tests/test_every_op.py checks, and what second_order_mxnet.py recorded from MXNet.
"""

import importlib
import json
import pathlib
import sys
import textwrap
from collections import Counter

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "tools")]

from namespaces import declared  # noqa: E402

PAGE = TESTS.parent / "docs" / "operators.md"
RECORD = TESTS / "golden" / "second_order.json"

HEAD = """# Operators

Every function of `np`, `npx` and `nd` that computes with arrays, by the file of `mxlite/_ops` that declares it. Methods
of arrays, signs such as `+` and NumPy's own functions call the same operators.

- *names*: how MXNet spells it; a name of MXNet's that several lines could have belongs to one alone.
- *gradient*: the inputs that have a derivative formula, in brackets those whose derivative is zero everywhere; a dash
  where there is none, and a call leaves the graph. What is *composed* of operators has the gradients of its parts.
- *order*: how often it can be differentiated. *any*: the formulas are themselves made of operators with formulas, and
  tests/test_every_op.py compares the second derivatives (and, where a sample asks for it, the third) with differences;
  *first*: the gradient is a convention and not the derivative of the value, so there is nothing to compare with.
- *since*: the version of mxlite that has it first.

"""

FIRST = "0.1"
SINCE = {}          # name of an operator: the version it came with, if that is not the first


def _spellings():
    """{(module, function): names}, after compositions have taken over the names they share with an operator."""
    found = {}
    for space, names in declared().items():
        for name, source in names.items():
            found.setdefault(source, []).append(f"{space}.{name}")
    order = ("np", "npx", "nd")
    return {source: sorted(names, key=lambda name: (order.index(name.partition(".")[0]), name))
            for source, names in found.items()}


def _gradient(op):
    """The inputs with formulas, as on the page."""
    names = []
    for formula in op.formulas:
        for k in formula.targets:
            name = op.params[k] + ("..." if k == op.variadic else "")
            names.append(f"({name})" if formula.zero else name)
    return ", ".join(names) or "-"


def _orders():
    """{operator: (order in words, why)} as the samples check it."""
    from cases import Case
    from samples import all_samples

    from mxlite._op import registry

    found = {}
    for name, samples in all_samples().items():
        cases = [case for case in (Case(name, s) for s in samples) if case.wrt]
        op = registry[name].op
        if not op.formulas:
            found[name] = ("none", "")
        elif all(f.zero for f in op.formulas) or any(
                case.order >= 2 or "see tests/" in (case.sample.why or "") for case in cases):
            found[name] = ("any", "")
        else:
            found[name] = ("first", next((case.sample.why for case in cases if case.sample.why), ""))
    return found


def _sentence(function):
    """The first sentence of a docstring, for a cell of a table."""
    text = " ".join((function.__doc__ or "").strip().split("\n\n")[0].split())
    for end in (". ", "; "):
        text = text.partition(end)[0]
    return text.rstrip(".;").replace("|", "\\|")


def _rows():
    """{module: [row]} of operators and compositions, in the order of their declarations."""
    from mxlite._op import compositions, registry

    spelled, orders, rows = _spellings(), _orders(), {}
    taken = set()
    for r in registry.values():
        source = (r.entry.__module__, r.entry.__name__)
        names = spelled.get(source, [])
        taken.add(source)
        order, why = orders.get(r.name, ("not checked", ""))
        note = f"{_sentence(r.op.function)}; {why}" if why else _sentence(r.op.function)
        rows.setdefault(source[0], []).append((r.name, names, _gradient(r.op), order, note))
    for c in compositions:
        source = (c.function.__module__, c.function.__name__)
        if source not in taken:
            taken.add(source)
            names, note = spelled.get(source, []), _sentence(c.function)
            rows.setdefault(source[0], []).append((source[1], names, "composed", "", note))
    return rows


def _counts():
    """Sentences on second derivatives: here, and in MXNet."""
    from mxlite._op import registry

    orders = _orders()      # without what has no samples yet, which tests/test_every_op.py complains of
    smooth = [name for name, r in registry.items() if any(not f.zero for f in r.op.formulas)]
    twice = [name for name in smooth if orders.get(name, ("",))[0] == "any"]
    rest = sorted(set(smooth) - set(twice))
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    rank = ("right", "wrong", "error", "none")
    best = Counter(min(names.values(), key=rank.index) for names in recorded.values())
    once = sum(best.values()) - best["none"]
    here = (
        f"Of {len(registry)} operators {len(smooth)} have a derivative that is not zero throughout; {len(twice)} of "
        "these pass the check of second derivatives against differences (tests/test_every_op.py, or the test that the "
        f"operator's samples name). The gradient of the other {len(rest)} is a convention, which their lines below "
        f"name: {', '.join(f'`{name}`' for name in rest)}.")
    there = (
        f"MXNet 1.9.1 has a name for {len(recorded)} of the {len(twice)} and rightly differentiates {once} once. "
        "Asked for the derivative of a gradient from `autograd.grad(create_graph=True)`, on the same samples "
        f"(tests/tools/second_order_mxnet.py), {best['right']} give the right one under "
        f"some name, {best['error']} fail, and {best['wrong']} are silently wrong.")
    return "\n\n".join(textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)
                       for text in (here, there)) + "\n"


def _absent():
    """The table of what MXNet has and mxlite has not."""
    from mxlite._absent import _TABLE

    out = ["| why | names |\n|---|---|\n"]
    for reason, spaces in _TABLE:
        names = [f"`{space}.{name}`" for space, listed in spaces.items() for name in sorted(listed.split())]
        out.append(f"| {reason[0].upper()}{reason[1:]}. | {', '.join(names)} |\n")
    return "".join(out)


def render():
    """The text of the page."""
    out = [HEAD, "## Second derivatives\n\n", _counts()]
    for module, rows in sorted(_rows().items()):
        title = (importlib.import_module(module).__doc__ or "").strip().split("\n")[0].partition(". ")[0].rstrip(".:")
        out.append(f"\n## {title}\n\n`{module.replace('.', '/')}.py`\n\n")
        out.append("| operator | names | gradient | order | since | what |\n|---|---|---|---|---|---|\n")
        for name, names, gradient, order, note in rows:
            listed = ", ".join(f"`{n}`" for n in names) or "used by other operators"
            out.append(f"| {name} | {listed} | {gradient} | {order} | {SINCE.get(name, FIRST)} | {note} |\n")
    out += ["\n## Absent\n\nNames of MXNet that mxlite has not. Asking for one raises `MissingFeatureError`, an "
            "`AttributeError`, with this reason (Python's own `AttributeError` in `np`, `autograd` and arrays).\n\n",
            _absent()]
    return "".join(out)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
