"""Derivatives of any order against central differences, for functions of arrays that return a list of arrays.

Five points a step apart, in float64. What is compared is the derivative along one random direction for every array
alone and for all of them together: of a gradient with n elements that takes four evaluations instead of 4 n, and a
wrong element has no chance to hide but one of measure zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy

from mxlite import autograd
from mxlite._array import ndarray
from mxlite._engine.operators import from_raw, is_tracked
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import MismatchError

_Arrays: TypeAlias = Sequence[Any]
_Call: TypeAlias = Callable[..., Sequence[Any]]
_Loose: TypeAlias = dict[str, tuple[float, float]] | None

# (relative to the larger number, absolute) by what is compared with what; an argument `loose` replaces some of them.
TOLERANCE = {
    "gradient": (1e-6, 1e-9),       # a gradient with differences of values
    "second": (1e-6, 1e-8),         # a higher derivative with differences of the one below
    "same": (1e-10, 1e-14),         # one gradient computed in two ways
}
STEP = 1e-3
_STENCIL = ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12))


def array(value: Any, cls: type[Any] = ndarray) -> Any:
    """An mxlite array of a class around a copy of a NumPy array."""
    return from_raw(numpy.array(value), cls)


def variables(arrays: _Arrays, cls: type[Any] = ndarray, grad_req: str = "write") -> list[Any]:
    """mxlite arrays with gradient buffers."""
    out = [array(x, cls) for x in arrays]
    for x in out:
        x.attach_grad(grad_req)
    return out


def directions(shapes: Sequence[tuple[int, ...]], seed: int) -> list[Any]:
    """Random arrays, standard normal, one per shape."""
    rng = numpy.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


def floats(results: Sequence[Any]) -> list[Any]:
    """The results that carry gradients: floating-point arrays (the rest is constant almost everywhere)."""
    return [r for r in results if raw_of(r).dtype.kind == "f"]


def pull(results: Sequence[Any], heads: _Arrays) -> None:
    """Backward from the recorded ones among the results, with one head gradient each."""
    kept = [(r, array(h.astype(r.dtype), type(r))) for r, h in zip(results, heads, strict=True) if is_tracked(r)]
    if kept:
        autograd.backward([r for r, _ in kept], [h for _, h in kept])


def along(gradient: _Arrays, direction: _Arrays) -> float:
    """The derivative along a direction: sum of products over all arrays."""
    return sum(float((g * v).sum()) for g, v in zip(gradient, direction, strict=True))


def difference(function: Callable[[Any], float], arrays: _Arrays, direction: _Arrays, step: float = STEP) -> float:
    """Central difference of a number along a direction, five points."""
    return sum(weight * function([x + k * step * v for x, v in zip(arrays, direction, strict=True)])
               for k, weight in _STENCIL) / step


def each_difference(function: Callable[[Any], float], arrays: _Arrays, step: float = STEP) -> list[Any]:
    """Central differences of a number in every element of every array: a list of arrays."""
    out = [numpy.zeros_like(x) for x in arrays]
    for k, x in enumerate(arrays):
        for at in numpy.ndindex(x.shape):
            unit = [numpy.zeros_like(z) for z in arrays]
            unit[k][at] = 1
            out[k][at] = difference(function, arrays, unit, step)
    return out


def weighed(call: _Call, heads: _Arrays) -> Callable[[Any], float]:
    """sum(heads * results) as a function of a list of NumPy arrays."""
    def number(at: _Arrays) -> float:
        return sum(float((h * raw_of(r)).sum()) for h, r in zip(heads, floats(call(*map(array, at))), strict=True))
    return number


def heads_of(call: _Call, arrays: _Arrays, seed: int) -> list[Any]:
    """Random head gradients for the floating-point results of a call."""
    return directions([r.shape for r in floats(call(*map(array, arrays)))], seed)


def _bound(a: float, b: float, kind: str, scale: float, loose: _Loose) -> float:
    relative, absolute = (loose or {}).get(kind, TOLERANCE[kind])
    return absolute * scale + relative * max(abs(a), abs(b))


def agree(actual: float, expected: float, kind: str, found: _Arrays, what: str, loose: _Loose | None = None,
          by: str = "differences") -> None:
    """Raises MismatchError unless two derivatives along a direction agree; `found` is the gradient the first is of."""
    scale = 1.0 + sum(float(numpy.abs(a).sum()) for a in found)
    bound = _bound(actual, expected, kind, scale, loose)
    if not abs(actual - expected) <= bound:        # written so that nan is a mismatch
        raise MismatchError(f"{what}: along a random direction {actual!r}, by {by} {expected!r}, allowed {bound:.3g}")


def backward(call: _Call, arrays: _Arrays, heads: _Arrays) -> list[Any]:
    """Gradients (NumPy) of sum(heads * results) by the plain sweep; zeros where nothing is reached."""
    xs = variables(arrays)
    with autograd.record():
        results = floats(call(*xs))
    pull(results, heads)
    return [x.grad.asnumpy() for x in xs]


def recorded(call: _Call, arrays: _Arrays, heads: _Arrays) -> list[Any]:
    """The same with `create_graph`."""
    return [g.asnumpy() for g in tracked(call, variables(arrays), [array(h) for h in heads])]


def tracked(call: _Call, xs: list[Any], heads: _Arrays) -> list[Any]:
    """Gradients by create_graph, recorded: of sum(heads * results) with respect to xs."""
    with autograd.record():
        results = [(r, h.astype(r.dtype)) for r, h in zip(floats(call(*xs)), heads, strict=True) if is_tracked(r)]
        anchors = [x * 0.0 for x in xs]          # so that every x is reachable; their gradient is zero
        return autograd.grad([r for r, _ in results] + anchors, xs, [h for _, h in results] + [a * 0 for a in anchors],
                             create_graph=True, retain_graph=True)


def tangent(call: _Call, arrays: _Arrays, heads: _Arrays, direction: _Arrays) -> float:
    """sum(heads * tangents) by `autograd.jvp` of each result along a direction."""
    total = 0.0
    for k, h in enumerate(heads):
        _, t = autograd.jvp(lambda *xs, k=k: floats(call(*xs))[k], [array(x) for x in arrays],
                            [array(v) for v in direction])
        total += float((h * t.asnumpy()).sum())
    return total


def alone(call: _Call, arrays: _Arrays, k: int) -> _Call:
    """The call as a function of its array k, the others constant."""
    return lambda x: call(*[x if j == k else array(a) for j, a in enumerate(arrays)])


def check_first(call: _Call, arrays: _Arrays, seed: int = 0, loose: _Loose | None = None, what: str = "gradient",
                way: Callable[..., list[Any]] = backward) -> list[Any]:
    """First derivatives of every array alone and of all together against central differences, in float64."""
    heads = heads_of(call, arrays, seed + 1)

    def compare(call: _Call, arrays: _Arrays, name: str) -> list[Any]:
        v = directions([x.shape for x in arrays], seed + 2)
        found = way(call, arrays, heads)
        for k, (x, g) in enumerate(zip(arrays, found, strict=True)):
            if g.shape != x.shape:
                raise MismatchError(f"{name}: that of array {k} has shape {g.shape}, the array {x.shape}")
        number = weighed(call, heads)
        agree(along(found, v), difference(number, arrays, v), "gradient", found, name, loose)
        return found

    together = compare(call, arrays, what)
    for k in range(len(arrays) if len(arrays) > 1 else 0):
        name = f"{what} of array {k}"
        g = compare(alone(call, arrays, k), [arrays[k]], name)
        check_same(g, [together[k]], f"{name}, alone and with the others")
    return together


def check_same(actual: _Arrays, expected: _Arrays, what: str) -> None:
    """Raises MismatchError unless two lists of arrays agree to rounding."""
    relative, absolute = TOLERANCE["same"]
    for k, (a, e) in enumerate(zip(actual, expected, strict=True)):
        bound = absolute + relative * numpy.abs(e).max(initial=0)
        off = numpy.abs(a - e).max(initial=0)
        if not off <= bound:
            raise MismatchError(f"{what}: array {k} is off by {off:.3g}, allowed {bound:.3g}\n{a}\nexpected\n{e}")


def check_recorded(call: _Call, arrays: _Arrays, seed: int = 0, what: str = "gradient") -> None:
    """The gradient by create_graph equals the plain one."""
    heads = heads_of(call, arrays, seed + 1)
    check_same(recorded(call, arrays, heads), backward(call, arrays, heads), f"{what}, recorded and plain")


def check_tangent(call: _Call, arrays: _Arrays, seed: int = 0, loose: _Loose | None = None, what: str = "jvp") -> None:
    """The derivative along a direction by `autograd.jvp` is that by differences."""
    heads = heads_of(call, arrays, seed + 1)
    v = directions([x.shape for x in arrays], seed + 2)
    found = backward(call, arrays, heads)
    agree(tangent(call, arrays, heads, v), difference(weighed(call, heads), arrays, v), "gradient", found, what, loose)


def check_higher(call: _Call, arrays: _Arrays, order: int = 2, seed: int = 0, loose: _Loose | None = None,
                 what: str = "derivative") -> None:
    """Derivatives of orders 2..order, of the arrays and the head gradients, against differences of the order below.

    Order k + 1 differentiates the sum of the order-k derivatives times fixed random weights.
    """
    n = len(arrays)
    heads = heads_of(call, arrays, seed + 1)

    def gradient(*zs: Any) -> list[Any]:
        return tracked(call, list(zs[:n]), list(zs[n:]))

    lower: _Call = gradient
    point = [*arrays, *heads]
    for k in range(2, order + 1):
        _check_derivatives(lower, point, seed + 10 * k, loose, f"{what} of order {k}")
        weights = directions([r.shape for r in lower(*variables(point))], seed + 100 * k)
        m = len(point)

        def higher(*zs: Any, stage: _Call = lower, m: int = m) -> list[Any]:
            return tracked(stage, list(zs[:m]), list(zs[m:]))
        lower = higher
        point = [*point, *weights]


def _check_derivatives(call: _Call, arrays: _Arrays, seed: int, loose: _Loose, what: str) -> None:
    """The gradients of recorded derivatives along a random direction against central differences."""
    def results(at: _Arrays) -> list[Any]:
        return [raw_of(r) for r in call(*variables(at))]

    weights = directions([r.shape for r in results(arrays)], seed + 1)
    v = directions([x.shape for x in arrays], seed + 2)
    xs = variables(arrays)
    pull(call(*xs), weights)
    found = [x.grad.asnumpy() for x in xs]
    expected = difference(lambda at: sum(float((w * r).sum()) for w, r in zip(weights, results(at), strict=True)),
                          arrays, v)
    agree(along(found, v), expected, "second", found, what, loose)
