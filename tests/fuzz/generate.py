"""The program of a seed: lines are drawn and kept if NumPy gets a finite result of moderate size from them."""
import re

import numpy

from fuzz.programs import Program, execute, needed, numpy_scope
from fuzz.templates import AFTER, BEFORE, WEIGHTS, Draw

SHAPES = ((), (3,), (4,), (2, 3), (3, 2), (3, 3), (1, 3), (2, 1), (2, 3, 2), (3, 1, 2), (1,), (0, 3))
# around the sizes from which results are computed when they are read, and sweeps go in blocks
LARGE = ((130, 140), (140,), (1, 140), (130, 1), (20000,), (18200,), (), (2, 9100), (2, 1), (9100,))
BOUND = 30.0


def generate(seed, large=False, mxnet=False):
    """3 to 30 lines (3 to 11 of large arrays), 1 to 3 leaves, 1 to 3 heads.

    Most programs are in float64, some in float32 and some in both; those for MXNet have float32 and seldom both.
    """
    rng = numpy.random.default_rng(seed)
    draw = Draw(seed, [f for f in WEIGHTS if f != "solve" or not (mxnet or large)])
    leaves = _leaves(rng, draw, large, mxnet)
    values = {n: v.copy() for n, v in leaves.items()}
    before = _statements(draw, BEFORE, values, list(leaves), rng.integers(0, 5) if rng.random() < 0.5 else 0)
    kept = {n: numpy.array(v) for n, v in values.items()}       # as they are when recording starts
    lines = _recorded(draw, values, rng.integers(3, 12 if large else 31), 1e5 if large else 200)
    names = [n for n in values if n not in kept] or list(leaves)
    heads = tuple(dict.fromkeys([names[-1], *(draw.pick(names) for _ in range(rng.integers(0, 3)))]))
    head_grads = tuple(None if rng.random() < 0.4 else
                       numpy.asarray(rng.uniform(-1, 1, values[h].shape)).astype(values[h].dtype) for h in heads)
    grad_req = {n: draw.pick(["write", "write", "write", "add", "null"]) for n in leaves}
    # what `before` made, views of leaves among it, has seldom a gradient of its own
    grad_req |= {n: "write" for n in kept if n not in leaves and rng.random() < 0.3}
    shown = tuple(filter(None, (_shown(draw, values, names) for _ in range(3)))) if mxnet else ()
    after = ()
    if rng.random() < 0.5:
        targets = [*kept, *(n for n in names if n not in heads)] if rng.random() < 0.4 else list(kept)
        after = _statements(draw, AFTER, values, targets, rng.integers(1, 4))
    return needed(Program(leaves, lines, heads, head_grads, grad_req, before, after, shown))


def _leaves(rng, draw, large, mxnet):
    kind = rng.random()
    dtypes = (["float64"], ["float32"], ["float32", "float64"])[(kind > (0.1 if mxnet else 0.8)) + (kind > 0.9)]
    if mxnet:
        dtypes = ["float32", "float64"] if kind < 0.1 else ["float32"]
    # numbers that float32 holds: the same program runs in both
    return {f"x{k}": numpy.asarray(rng.uniform(-1.5, 1.5, draw.pick(LARGE if large else SHAPES))).astype("float32")
            .astype(draw.pick(dtypes)) for k in range(rng.integers(1, 4))}


def _recorded(draw, values, wanted, limit):
    """Lines; `values` gets what they make."""
    lines, scope = [], numpy_scope()
    for _ in range(40 * wanted):
        if len(lines) == wanted:
            break
        name = f"v{len(lines)}"
        expression = draw.line(list(values), name)
        try:
            with numpy.errstate(all="raise", under="ignore"):
                value = numpy.asarray(eval(expression, scope, values))
        except Exception:   # whatever NumPy refuses is no program
            continue
        if _has_ties(expression, values) or _takes_from_nothing(expression, values):
            continue
        if value.dtype.kind != "f" or value.size > limit or (value.size and not numpy.abs(value).max() < BOUND):
            continue
        values[name] = value
        lines.append(f"{name} = {expression}")
    return tuple(lines)


def _statements(draw, templates, values, targets, wanted):
    """Statements outside recording; `values` is changed as they say."""
    found = []
    for _ in range(4 * wanted):
        if len(found) == wanted:
            break
        own = f"c{len(found)}"
        known = list(values)
        statement = draw.statement(templates, targets, known if templates is BEFORE else targets, own)
        if _narrows(statement, values):
            continue
        copies = {n: v.copy() for n, v in values.items()}
        try:
            with numpy.errstate(all="raise", under="ignore"):
                execute([statement], numpy_scope(), copies)
        except Exception:   # whatever NumPy refuses is no program
            continue
        if any(v.size and not numpy.abs(v).max() < BOUND for v in copies.values()):
            continue
        try:
            execute([statement], numpy_scope(), values)
        except ValueError:      # a view that broadcasts cannot be written to
            continue
        found.append(statement)
        if own in values:
            values[own] = numpy.asarray(values[own])
            targets = [*targets, own]
    return tuple(found)


def _narrows(statement, values):
    """Whether float64 is added in place to float32, which MXNet refuses and NumPy does not."""
    found = re.match(r"(\w+)(?:\[.*\])? [-+*/]= (\w+)$", statement)
    return bool(found) and found[2] in values and values[found[2]].dtype.itemsize > values[found[1]].dtype.itemsize


def _shown(draw, values, names):
    expression = draw.shown(names)
    try:
        with numpy.errstate(all="ignore"):
            eval(expression, numpy_scope(), values)
    except Exception:   # whatever NumPy refuses is no program
        return None
    return expression


def _has_ties(expression, values):
    """Whether several elements share a maximum or minimum: MXNet gives each of them the whole cotangent.

    Or whether two arrays have an element in common, of which libraries take the one, the other or half of each; or
    whether elements that are to be sorted are equal; or whether those of a standard deviation, whose slope is not that
    of 0 at 0, are but for their rounding.
    """
    found = re.match(r"np\.(?:median|sort)\((\w+)", expression)
    if found:
        return numpy.unique(values[found[1]]).size != values[found[1]].size
    found = re.match(r"np\.std\((\w+), axis=(None|-?\d)", expression)
    if found:
        x = values[found[1]]
        spread = numpy.std(x, axis=eval(found[2]))
        return bool(((spread > 0) & (spread < 1e-8 * numpy.abs(x).max(initial=0))).any())
    found = re.match(r"np\.(?:maximum|minimum)\((\w+), ([\w.]+)\)", expression)
    if found:
        other = values[found[2]] if found[2] in values else float(found[2])
        return bool(numpy.any(values[found[1]] == other))
    found = re.match(r"np\.(max|min)\((\w+)(?:, axis=(None|-?\d))?", expression)
    if not found:
        return False
    x, axis = values[found[2]], None if found[3] in (None, "None") else int(found[3])
    best = getattr(numpy, found[1])(x, axis=axis, keepdims=True)
    return numpy.count_nonzero(x == best) != best.size


def _takes_from_nothing(expression, values):
    """Whether take looks into an array of size 0, where NumPy does not mind an index that is out of bounds."""
    found = re.match(r"np\.take\((\w+)", expression)
    return bool(found) and values[found[1]].size == 0
