"""Writes docs/accuracy.md: errors of elementwise operators and their derivatives against mpmath.

usage: python tests/tools/accuracy.py [POINTS [OPERATOR ...]]

POINTS numbers in float32 (300 unless given) and half as many in float64 for each operator. With names of operators it
prints their rows and writes nothing. Needs mpmath.
"""

import pathlib
import platform
import sys

import numpy
from numpy.lib.introspect import opt_func_info

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from accuracy_reference import EXACT, FIXED, reference  # noqa: E402

from mxlite import autograd, np  # noqa: E402
from mxlite._op import registry  # noqa: E402
from mxlite._ops import load_all  # noqa: E402

PAGE = TESTS.parent / "docs" / "accuracy.md"
BITS = 240              # of mpmath's numbers
WORSE = 4               # ulp from which on the page says where

HEAD = """# Accuracy

The largest error of each elementwise operator and of each of its derivatives, in ulp: distances between neighbouring
floating-point numbers at the exact result. 0.5 is the best there is, that of a correctly rounded result. The exact
results are mpmath's, for the very floating-point numbers that mxlite was given.

- *worst*: the largest error, and the argument it was found at. *inf*: mxlite gives inf or nan, or 0, for what the
  dtype can hold.
- *over {worse} ulp*: how many of the points are further off than {worse} ulp, and between which arguments they lie;
  nothing where none is. Most are cancellation in a formula (`1 - y * y` where y is near 1), and underflow or overflow
  half-way.

Arguments are {points} numbers in float32, {half} in float64: a third spread evenly over the exponents that the dtype
has, subnormal numbers among them, a third evenly from -10 to 10, a third close to 0, 1, -1 and multiples of pi / 2; and
the ends, 0, 1 and both infinities. Pairs are such numbers at random. Points outside an operator's domain do not count.
Values come from NumPy's loops, whose errors depend on the processor: here {machine}, loops for {loops}.

The derivative is what `backward` gives for a head gradient of 1.

"""

TAIL = """
## Exact

These select, round, compare or copy, and so do their derivatives: {exact}.

Conventions at kinks and edges are in [safety.md](safety.md).
"""


def sample(dtype, points, seed):
    """Numbers of a dtype: over all exponents, near 0, and close to branch points; and special ones."""
    rng = numpy.random.default_rng(seed)
    info = numpy.finfo(dtype)
    n = points // 3
    low, high = numpy.log2(float(info.smallest_subnormal)), numpy.log2(float(info.max))
    wide = rng.choice([-1, 1], n) * 2.0 ** numpy.minimum(rng.uniform(low, high, n), high - 1e-3)
    close = rng.choice([0, 1, -1, numpy.pi / 2, numpy.pi, -numpy.pi / 2, 2, 0.5], n) + (
        rng.choice([-1, 1], n) * 2.0 ** rng.uniform(-info.nmant, 0, n))
    with numpy.errstate(under="ignore"):
        found = numpy.concatenate([wide, rng.uniform(-10, 10, n), close]).astype(dtype)
    ends = numpy.array([0, 1, -1, 2, 0.5, info.max, -info.max, info.tiny, info.smallest_subnormal, numpy.inf,
                        -numpy.inf], dtype)
    return rng.permutation(numpy.concatenate([found, ends]))


def measured(name, arguments):
    """(value, {input: derivative}) by mxlite."""
    operator = registry[name]
    fixed, inputs = FIXED.get(name, {}), [np.array(a, dtype=a.dtype) for a in arguments]
    names = [p for p in operator.op.params if p not in fixed][:len(inputs)]
    for x in inputs:
        x.attach_grad()
    given = {**fixed, **dict(zip(names, inputs, strict=True))}
    with autograd.record():
        # by place: what has no public name is called so
        y = operator.entry(*(given[p] for p in operator.op.params if p in given))
    y.backward()
    return y.asnumpy(), {p: x.grad.asnumpy() for p, x in zip(names, inputs, strict=True)}


def error(got, exact, info, mp):
    """The distance in ulp, None outside the domain."""
    if not isinstance(exact, mp.mpf) or mp.isnan(exact):
        return None
    if mp.isinf(exact) or abs(exact) >= mp.mpf(float(info.max)) * (1 + mp.mpf(2) ** (-info.nmant - 2)):
        # whatever rounds to inf; the largest number is as near
        return 0.0 if numpy.isinf(got) and (got > 0) == (exact > 0) else numpy.inf
    if not numpy.isfinite(got):
        return numpy.inf
    exponent = max(mp.mag(exact) - 1, info.minexp) if exact else info.minexp
    return float(abs(mp.mpf(float(got)) - exact) / mp.ldexp(1, int(exponent) - info.nmant))


def errors(function, arguments, got, info, mp):
    """[(error, arguments)] where the function is defined."""
    found = []
    for k, values in enumerate(zip(*arguments, strict=True)):
        try:
            exact = function(*(mp.mpf(float(v)) for v in values))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError, ArithmeticError, mp.NoConvergence):
            continue
        distance = error(got[k], +exact if isinstance(exact, mp.mpf) else exact, info, mp)
        if distance is not None:
            found.append((distance, values))
    return found


def _shown(values):
    return ", ".join(f"{float(v):.4g}" for v in values)


def _row(found):
    """The columns of one table: the worst point, and where errors are over WORSE."""
    distance, at = max(found, key=lambda pair: pair[0])
    over = [values for d, values in found if d > WORSE]
    text = f"{distance:.3g}" if numpy.isfinite(distance) else "inf"
    if not over:
        return f"{text} at {_shown(at)} | "
    spans = [f"{min(v):.3g} to {max(v):.3g}" for v in zip(*over, strict=True)]
    return f"{text} at {_shown(at)} | {100 * len(over) / len(found):.2g} %: {' and '.join(spans)}"


def rows(name, points, mp, table):
    """The lines of an operator: its value and each of its derivatives."""
    value, partials = table[name]
    lines = []
    for dtype, count in ((numpy.float32, points), (numpy.float64, points // 2)):
        info = numpy.finfo(dtype)
        arguments = [sample(dtype, count, k) for k in range(len(partials))]
        got, grads = measured(name, arguments)
        for k, (what, function, result) in enumerate([
                ("value", value, got), *((f"by {p}", f, grads[p]) for p, f in partials.items())]):
            found = errors(function, arguments, result, info, mp)
            if dtype is numpy.float32:
                lines.append(f"| {name if k == 0 else ''} | {what} | {_row(found)} |")
            else:
                lines[k] += f" {_row(found)} |"
    return lines


def main(points=300, *names):
    import mpmath

    load_all()
    mp = mpmath.mp.clone()
    mp.prec = BITS
    mp.NoConvergence = mpmath.libmp.NoConvergence
    table = reference(mp)
    if names:
        print("\n".join(line for name in names for line in rows(name, points, mp, table)))
        return
    lines = [HEAD.format(worse=WORSE, points=points, half=points // 2, machine=platform.machine(),
                         loops=opt_func_info("^tanh$")["tanh"]["ff"]["current"]),
             f"| operator | | float32: worst | over {WORSE} ulp | float64: worst | over {WORSE} ulp |",
             "|---|---|---|---|---|---|"]
    for name in registry:
        if name in table:
            lines += rows(name, points, mp, table)
            print(name, end=" ", flush=True)
    exact = ", ".join(f"`{name}`" for name in registry if name in EXACT)
    print(f"\n{len(table)} operators, {points} points each in float32, half in float64")
    PAGE.write_text("\n".join(lines) + "\n" + TAIL.format(exact=exact), encoding="utf-8")


if __name__ == "__main__":
    main(*(int(a) if a.isdigit() else a for a in sys.argv[1:]))
