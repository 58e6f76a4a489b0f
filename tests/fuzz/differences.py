"""Central differences of a program on NumPy, in float64, and the comparison of outcomes.

An outcome is (values of the heads, {leaf or mark: gradient}, {other name: value}). nan in an expected gradient is no
opinion: only a smooth point has a derivative.
"""
import re
from dataclasses import replace

import numpy

from fuzz.programs import at_start, execute, numpy_scope, words

STEP = 1e-5
CLOSE = {numpy.dtype("float64"): 1e-6, numpy.dtype("float32"): 1e-3}


class Frozen:
    """`stop` and `mark` for central differences: each call gives again what it gave on the unperturbed leaves."""

    def __init__(self):
        self.values, self.at, self.marked, self.known = [], 0, {}, False

    def stop(self, value):
        """What this call gave first."""
        if not self.known:
            self.values.append(numpy.array(value))
        self.at += 1
        return self.values[self.at - 1]

    def mark(self, name, value):
        """The same, and what is added to a mark."""
        value = self.stop(value)
        if name not in self.marked:
            self.marked[name] = numpy.zeros_like(value)
        return value + self.marked[name]


def evaluated(program, leaves, frozen):
    """The values of all names."""
    values = dict(leaves)
    frozen.at = 0
    execute(program.lines, numpy_scope(frozen.stop, frozen.mark), values)
    frozen.known = True
    return values


def _total(program, values):
    """Sum of heads times head gradients: what backward differentiates."""
    return sum(float(numpy.sum(values[h] if g is None else values[h] * g))
               for h, g in zip(program.heads, program.head_grads, strict=True))


def sides(evaluate, variable, at):
    """evaluate() with one element of a variable moved by STEP, -STEP, half of it and half of that; None at a jump."""
    kept, found = variable[at], []
    try:
        for by in (STEP, -STEP, STEP / 2, -STEP / 2):
            variable[at] = kept + by
            found.append(evaluate())
            if len(found) == 2:
                yield tuple(found)
        yield tuple(found)
    except (ValueError, IndexError):     # a mask selects another number of elements
        yield None
    finally:
        variable[at] = kept


def derivative(evaluate, middle, variable, at, guess=numpy.nan, tolerance=0.0):
    """The derivative by one element, or nan. A guess that the wider difference confirms is good enough."""
    steps = sides(evaluate, variable, at)
    first = next(steps)
    if first is None:
        return numpy.nan
    right, left = first
    wide = (right - left) / (2 * STEP)
    if abs(wide - guess) <= tolerance * (1 + abs(wide)):
        steps.close()
        return wide
    both = next(steps)
    if both is None:
        return numpy.nan
    near = (both[2] - both[3]) / STEP
    # Halving the step halves the bend of a curve, and leaves that of a kink; the rest quarters, or halves if the
    # second derivative jumps. What passes is less than outcomes may differ by.
    bend = (right - 2 * middle + left) / STEP
    kink = 2 * (both[2] - 2 * middle + both[3]) / (STEP / 2) - bend
    smooth = max(abs(wide - near), abs(kink)) <= 1e-6 * (1 + abs(near)) and abs(bend) <= 1e-2 * (1 + abs(near))
    return (4 * near - wide) / 3 if smooth else numpy.nan


def some_elements(shape, most, rng):
    """The indices of an array, or some of them."""
    size = int(numpy.prod(shape))
    chosen = range(size) if size <= most else rng.choice(size, most, replace=False)
    return [numpy.unravel_index(int(k), shape) for k in chosen]


def central_differences(program, guesses=None, entries=60, seed=0):
    """The outcome of a settled program, once through; `guesses` are gradients to be confirmed."""
    typed = evaluated(program, program.leaves, Frozen())
    wide = {n: v.astype("float64") for n, v in program.leaves.items()}
    program = replace(program, leaves=wide,
                      head_grads=tuple(g if g is None else g.astype("float64") for g in program.head_grads))
    frozen = Frozen()
    grads, rng = {}, numpy.random.default_rng(seed)
    with numpy.errstate(all="ignore"):
        middle = _total(program, evaluated(program, wide, frozen))
        for name, variable in {**wide, **frozen.marked}.items():
            if program.grad_req.get(name) == "null":
                continue
            guess = (guesses or {}).get(name)
            if guess is None or numpy.shape(guess) != variable.shape:
                guess = numpy.full(variable.shape, numpy.nan)
            grad = grads[name] = numpy.full(variable.shape, numpy.nan)
            for at in some_elements(variable.shape, entries, rng):
                grad[at] = derivative(lambda: _total(program, evaluated(program, wide, frozen)), middle, variable, at,
                                      float(guess[at]), 1e-8)
    heads = [numpy.asarray(typed[h]) for h in program.heads]
    return heads, grads, {n: numpy.asarray(v) for n, v in typed.items()}


# -- what comes after --------------------------------------------------------------------------------------------------

def aftermath(program):
    """(heads that `after` leaves as they were, {leaf: its value after `after`} where that is certain), by NumPy."""
    values = at_start(program)
    start = list(values)
    for line in program.lines:
        execute([line], numpy_scope(), values)
        found = re.fullmatch(r"(\w+) = (\w+\[.*)\]", line)
        if found and isinstance(values[found[1]], numpy.generic):      # where mxlite has a view of one element
            values[found[1]] = eval(f"{found[2]}, ...]", numpy_scope(), values)
    values = {n: v if isinstance(v, numpy.ndarray) else numpy.asarray(v) for n, v in values.items()}

    def touched(name, by):
        return any(numpy.shares_memory(values[name], w) for w in by)

    # NumPy has views where mxlite has copies: what is written to through a result may be a leaf or not, and so what is
    # read there afterwards
    written, doubtful = [], []
    for statement in program.after:
        execute([statement], numpy_scope(), values)
        target, *others = (w for w in words(statement) if w in values)
        written.append(values[target])
        if target not in start or any(touched(n, doubtful) for n in others):
            doubtful.append(values[target])
    return ({h for h in program.heads if not touched(h, written)},
            {n: values[n] for n in start if not touched(n, doubtful)})


# -- comparison --------------------------------------------------------------------------------------------------------

def difference(found, expected, tolerance=1.0):
    """None, or what differs between two outcomes, in so many times what is CLOSE in the dtype."""
    for k, (a, b) in enumerate(zip(found[0], expected[0], strict=True)):
        said = a is not None and apart(a, b, tolerance)
        if said:
            return f"head {k}: {said}"
    for part, what in ((1, "gradient of "), (2, "")):
        for name, value in found[part].items():
            if name in expected[part]:
                # a gradient has its leaf's dtype, central differences are in float64
                said = apart(value, expected[part][name], tolerance, dtypes=part == 2)
                if said:
                    return f"{what}{name}: {said}"
    return None


def apart(a, b, tolerance=1.0, dtypes=True):
    """None, or how two arrays differ."""
    a, b = numpy.asarray(a), numpy.asarray(b)
    if a.shape != b.shape:
        return f"shape {a.shape}, expected {b.shape}"
    if dtypes and a.dtype != b.dtype:
        return f"dtype {a.dtype}, expected {b.dtype}"
    close = tolerance * max(CLOSE[a.dtype], CLOSE[b.dtype])
    if a.size == 0 or abs(a - b).max() <= close:        # nan is not
        return None
    known = ~numpy.isnan(b)
    if not known.any():
        return None
    scale = 1 + numpy.abs(b[known]).max()
    gap = numpy.abs(a[known] - b[known])
    if not (gap <= close * scale).all():
        return f"{a.tolist() if a.size < 50 else gap.max()}, expected {b.tolist() if b.size < 50 else scale}"
    return None


