"""Checks that tests share: values by dtype, derivatives of any order against central differences.

A `Call` is an operator (or any function of arrays) with its arguments; `inputs` names the places of the arrays that
vary. Everything is seeded: a failure comes again.
"""

import numpy

from mxlite import autograd
from mxlite._array import NDArray, ndarray
from mxlite._engine.operators import TapeArray, from_raw, is_tracked
from mxlite._engine.operators import raw as raw_of

# (relative to the largest value, absolute) by what is compared. Differences: a five-point stencil in float64.
TOLERANCE = {
    "float64": (1e-12, 1e-14),
    "float32": (2e-6, 1e-7),
    "float16": (4e-3, 1e-3),
    "gradient": (1e-6, 1e-9),
    "second": (1e-6, 1e-8),
}
STEP = 1e-3
_STENCIL = ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12))


def array(value, cls=ndarray):
    """An mxlite array of a class around a copy of a NumPy array."""
    return from_raw(numpy.array(value), cls)


def close(actual, expected, kind, what="", loose=None):
    """Asserts that two arrays have one shape and agree within TOLERANCE[kind]; nan and inf must be in one place."""
    actual, expected = (numpy.asarray(raw_of(v) if isinstance(v, TapeArray) else v) for v in (actual, expected))
    assert actual.shape == expected.shape, f"{what}: shape {actual.shape}, expected {expected.shape}"
    relative, absolute = TOLERANCE[kind]
    relative = loose.get(kind, relative) if loose else relative
    a, e = actual.astype(numpy.float64), expected.astype(numpy.float64)
    finite = numpy.isfinite(e)
    numpy.testing.assert_array_equal(a[~finite], e[~finite], err_msg=what)
    if finite.any():
        bound = absolute + relative * numpy.abs(e[finite]).max()
        worst = numpy.abs(a[finite] - e[finite]).max()
        assert worst <= bound, f"{what}: off by {worst:.3g}, allowed {bound:.3g}\n{actual}\nexpected\n{expected}"


class Call:
    """A function with arguments. A place is a key: an argument's position or keyword, or (key, index) in a list."""

    def __init__(self, function, args, kwargs, places):
        self.function, self.args, self.kwargs, self.places = function, args, kwargs, tuple(places)

    def point(self, dtype="float64"):
        """The arrays at the places."""
        return [numpy.array(self._get(p), dtype=dtype) for p in self.places]

    def _get(self, place):
        key, inner = place if isinstance(place, tuple) else (place, None)
        value = self.kwargs[key] if isinstance(key, str) else self.args[key]
        return value if inner is None else value[inner]

    def __call__(self, *arrays):
        """The function's results, a list, with `arrays` at the places."""
        result = self.whole(*arrays)
        return list(result) if isinstance(result, list | tuple) else [result]

    def whole(self, *arrays):
        """The function's result as it is."""
        args, kwargs = list(self.args), dict(self.kwargs)
        for place, value in zip(self.places, arrays, strict=True):
            key, inner = place if isinstance(place, tuple) else (place, None)
            target = kwargs if isinstance(key, str) else args
            if inner is None:
                target[key] = value
            else:
                target[key] = list(target[key])
                target[key][inner] = value
        return self.function(*args, **kwargs)


def variables(arrays, cls=ndarray, grad_req="write"):
    """mxlite arrays with gradient buffers."""
    out = [array(x, cls) for x in arrays]
    for x in out:
        x.attach_grad(grad_req)
    return out


def directions(shapes, seed):
    """Random arrays, standard normal, one per shape."""
    rng = numpy.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in shapes]


def floats(results):
    """The results that carry gradients: floating-point arrays (the rest is constant almost everywhere)."""
    return [r for r in results if raw_of(r).dtype.kind == "f"]


def gradients(call, arrays, heads=None, cls=ndarray, seed=7):
    """Gradients (NumPy) of sum(heads * results) at `arrays` by backward; zeros where nothing is reached."""
    xs = variables(arrays, cls)
    with autograd.record():
        results = call(*xs)
    pull(results, heads, seed)
    return [x.grad.asnumpy() for x in xs]


def pull(results, heads=None, seed=7):
    """Backward from the recorded ones among the results, with one head gradient each (by default random)."""
    heads = directions([r.shape for r in results], seed) if heads is None else heads
    kept = [(r, array(h.astype(r.dtype), type(r))) for r, h in zip(results, heads, strict=True) if is_tracked(r)]
    if kept:
        autograd.backward([r for r, _ in kept], [h for _, h in kept])


def along(gradient, direction):
    """The derivative along a direction: sum of products over all arrays."""
    return sum(float((g * v).sum()) for g, v in zip(gradient, direction, strict=True))


def difference(function, arrays, direction, step=STEP):
    """Central difference of a number along a direction, five points."""
    return sum(weight * function([x + k * step * v for x, v in zip(arrays, direction, strict=True)])
               for k, weight in _STENCIL) / step


def scale_of(arrays):
    """A length for absolute errors of sums over the arrays."""
    return 1.0 + sum(float(numpy.abs(a).sum()) for a in arrays)


def agree(actual, expected, kind, scale, what, loose=None):
    """Asserts that two numbers agree, relative to the larger of them and `scale` times the absolute tolerance."""
    relative, absolute = TOLERANCE[kind]
    relative = loose.get(kind, relative) if loose else relative
    bound = absolute * scale + relative * max(abs(actual), abs(expected))
    assert abs(actual - expected) <= bound, f"{what}: {actual!r}, by differences {expected!r}, allowed {bound:.3g}"


def check_grad(call, seed=0, loose=None, what="gradient"):
    """First derivatives of every input alone and of all together against central differences, in float64."""
    arrays = call.point()
    results = floats(call(*map(array, arrays)))
    heads = directions([r.shape for r in results], seed + 1)

    def number(call, at):
        return sum(float((h * raw_of(r)).sum())
                   for h, r in zip(heads, floats(call(*map(array, at))), strict=True))

    def compare(call, arrays, name):
        v = directions([x.shape for x in arrays], seed + 2)
        xs = variables(arrays)
        with autograd.record():
            outs = floats(call(*xs))
        pull(outs, heads)
        found = [x.grad.asnumpy() for x in xs]
        for x, g in zip(arrays, found, strict=True):
            assert g.shape == x.shape
        agree(along(found, v), difference(lambda at: number(call, at), arrays, v), "gradient",
              scale_of(found), name, loose)
        return found

    together = compare(call, arrays, what)
    if len(arrays) > 1:
        for k, place in enumerate(call.places):
            alone = Call(lambda x, k=k: call(*[x if j == k else array(a) for j, a in enumerate(arrays)]),
                         (arrays[k],), {}, (0,))
            g = compare(alone, [arrays[k]], f"{what} of {place}")
            close(g[0], together[k], "float64", f"{what} of {place}, alone and with the others", {"float64": 1e-10})


def tracked(call, xs, heads):
    """Gradients by create_graph, recorded: of sum(heads * results) with respect to xs."""
    with autograd.record():
        results = [(r, h.astype(r.dtype)) for r, h in zip(floats(call(*xs)), heads, strict=True) if is_tracked(r)]
        anchors = [x * 0.0 for x in xs]          # so that every x is reachable; their gradient is zero
        return autograd.grad([r for r, _ in results] + anchors, xs, [h for _, h in results] + [a * 0 for a in anchors],
                             create_graph=True, retain_graph=True)


def tracked_equals_plain(call, seed=0, what="gradient"):
    """The gradient by create_graph equals the plain one."""
    arrays = call.point()
    shapes = [r.shape for r in floats(call(*map(array, arrays)))]
    heads = directions(shapes, seed + 1)
    xs = variables(arrays)
    recorded = tracked(call, xs, [array(h) for h in heads])
    xs = variables(arrays)
    with autograd.record():
        results = floats(call(*xs))
    pull(results, heads)
    for x, g in zip(xs, recorded, strict=True):
        close(g, x.grad, "float64", f"{what}, recorded and plain", {"float64": 1e-10})


def check_higher(call, order=2, seed=0, loose=None, what="derivative"):
    """Derivatives of orders 2..order, of the inputs and the head gradients, against differences of the order below.

    Order k + 1 differentiates the sum of the order-k derivatives times fixed random weights.
    """
    arrays = call.point()
    n = len(arrays)
    heads = directions([r.shape for r in floats(call(*map(array, arrays)))], seed + 1)

    def lower(*zs):
        return tracked(call, list(zs[:n]), list(zs[n:]))

    point = [*arrays, *heads]
    for k in range(2, order + 1):
        stage = Call(lower, tuple(point), {}, range(len(point)))
        check_recorded(stage, seed + 10 * k, loose, f"{what} of order {k}")
        weights = directions([r.shape for r in stage(*variables(point))], seed + 100 * k)
        m = len(point)

        def lower(*zs, stage=stage, m=m):
            return tracked(stage, list(zs[:m]), list(zs[m:]))
        point = [*point, *weights]


def check_recorded(call, seed, loose, what):
    """The gradients of recorded derivatives along a random direction against central differences."""
    arrays = call.point()

    def results(at):
        return [raw_of(r) for r in call(*variables(at))]

    weights = directions([r.shape for r in results(arrays)], seed + 1)
    v = directions([x.shape for x in arrays], seed + 2)
    xs = variables(arrays)
    pull(call(*xs), weights)
    found = [x.grad.asnumpy() for x in xs]
    expected = difference(lambda at: sum(float((w * r).sum()) for w, r in zip(weights, results(at), strict=True)),
                          arrays, v)
    agree(along(found, v), expected, "second", scale_of(found), what, loose)


def check_function(function, *arrays, order=2):
    """Gradient, recorded gradient and higher derivatives of a function of float64 arrays."""
    call = Call(function, arrays, {}, range(len(arrays)))
    check_grad(call)
    tracked_equals_plain(call)
    check_higher(call, order)


__all__ = [
    "TOLERANCE", "Call", "NDArray", "array", "check_function", "check_grad", "check_higher", "close", "difference",
    "directions", "floats", "gradients", "ndarray", "pull", "tracked_equals_plain", "variables",
]
