"""How a program runs: on NumPy with central differences, on mxlite in several ways, and on peers where installed.

Every runner returns (values of the heads, {leaf: gradient}); leaves whose grad_req is null have no gradient.
"""
import numpy

from fuzz.programs import NumpyExtension, namespace, reached

STEP = 1e-5


def _heads(program, scope, leaves):
    values = dict(leaves)
    exec(program.source(), scope, values)
    return [values[h] for h in program.heads]


def numpy_heads(program, leaves=None, stop=lambda v: v):
    """The heads' values, in float64 NumPy."""
    return [numpy.asarray(h) for h in
            _heads(program, namespace(np=numpy, npx=NumpyExtension, stop=stop), leaves or program.leaves)]


class Frozen:
    """`stop` for central differences: each call gives again what it gave on the unperturbed leaves."""

    def __init__(self):
        self.values, self.at = None, 0

    def __call__(self, value):
        if self.values is None:
            raise RuntimeError("start() first")
        if self.at == len(self.values):
            self.values.append(numpy.array(value))
        self.at += 1
        return self.values[self.at - 1]

    def start(self):
        if self.values is None:
            self.values = []
        self.at = 0


def objective(program, leaves, frozen):
    """Sum of heads times head gradients: what backward differentiates."""
    frozen.start()
    heads = numpy_heads(program, leaves, frozen)
    return sum(float(numpy.sum(h if g is None else h * g)) for h, g in zip(heads, program.head_grads, strict=True))


def _perturbed(program, name, at, by):
    leaf = program.leaves[name].copy()
    leaf[at] += by
    return {**program.leaves, name: leaf}


def central_differences(program, entries=60, seed=0):
    """(heads, {leaf: gradient}) with nan where a kink or a jump is near: only a smooth point has a derivative."""
    frozen = Frozen()
    middle = objective(program, program.leaves, frozen)
    rng = numpy.random.default_rng(seed)
    grads = {}
    for name, leaf in program.leaves.items():
        grad = numpy.full(leaf.shape, numpy.nan)
        where = list(numpy.ndindex(leaf.shape))
        if len(where) > entries:
            where = [where[k] for k in rng.choice(len(where), entries, replace=False)]
        for at in where:
            try:
                with numpy.errstate(all="ignore"):
                    right, left, near_right, near_left = (
                        objective(program, _perturbed(program, name, at, by), frozen)
                        for by in (STEP, -STEP, STEP / 2, -STEP / 2))
            except (ValueError, IndexError):     # a mask selects another number of elements
                continue
            wide, near = (right - left) / (2 * STEP), (near_right - near_left) / STEP
            bend = (right - middle) / STEP - (middle - left) / STEP
            if abs(wide - near) <= 1e-5 * (1 + abs(near)) and abs(bend) <= 1e-2 * (1 + abs(near)):
                grad[at] = (4 * near - wide) / 3
        grads[name] = grad
    return numpy_heads(program), grads


def _times(program, name):
    return 2 if program.grad_req[name] == "add" else 1


def mxlite_gradients(program, way="backward"):
    """mxlite's heads and gradients. Ways:

    backward      record and backward (twice where a leaf adds up)
    variables     autograd.grad with respect to the leaves
    graph         the same with create_graph: the recorded sweep
    retained      backward twice through one graph
    overwritten   the leaves are overwritten between record and backward: raises, or gives the recorded gradient
    """
    from mxlite import autograd, np, npx
    from mxlite.base import MXNetError

    scope = namespace(np=np, npx=npx, stop=lambda v: v.detach())
    leaves = {n: np.array(v, dtype="float64") for n, v in program.leaves.items()}
    head_grads = [None if g is None else np.array(g, dtype="float64") for g in program.head_grads]
    for name, leaf in leaves.items():
        leaf.attach_grad("write" if way in ("variables", "graph") else program.grad_req[name])
    with autograd.record():
        heads = _heads(program, scope, leaves)
    found = [h.asnumpy() for h in heads]
    live = [n for n in leaves if program.grad_req[n] != "null"]
    if way in ("variables", "graph"):
        live = reached(program)
        given = [np.ones_like(h) if g is None else g for h, g in zip(heads, head_grads, strict=True)]
        grads = autograd.grad(heads, [leaves[n] for n in live], head_grads=given, create_graph=way == "graph",
                              retain_graph=way == "graph")
        return found, {n: g.asnumpy() * _times(program, n) for n, g in zip(live, grads, strict=True)}
    if way == "overwritten":
        for leaf in leaves.values():
            leaf[...] = 7.5
    try:
        autograd.backward(heads, head_grads, retain_graph=way == "retained")
        if way == "retained":
            autograd.backward(heads, head_grads)
    except MXNetError as error:
        if way == "overwritten" and "overwritten" in str(error):
            return found, {}
        raise
    if way != "retained" and "add" in program.grad_req.values():
        if way == "overwritten":
            return found, {n: leaves[n].grad.asnumpy() * _times(program, n) for n in live}
        with autograd.record():
            heads = _heads(program, scope, leaves)
        autograd.backward(heads, head_grads)
    return found, {n: leaves[n].grad.asnumpy() for n in live}


def mxlite_second(program, seed=0):
    """({leaf: d/dleaf sum(c * gradient)} by mxlite, the same by central differences of mxlite's gradients)."""
    from mxlite import autograd, np, npx

    live = reached(program)
    rng = numpy.random.default_rng(seed)
    weights = {n: rng.uniform(-1, 1, program.leaves[n].shape) for n in live}

    def gradients(values, frozen, again=False):
        frozen.start()
        scope = namespace(np=np, npx=npx, stop=lambda v: np.array(frozen(v.asnumpy()), dtype="float64"))
        leaves = {n: np.array(v, dtype="float64") for n, v in values.items()}
        for leaf in leaves.values():
            leaf.attach_grad()
        with autograd.record():
            heads = _heads(program, scope, leaves)
            given = [np.ones_like(h) if g is None else np.array(g, dtype="float64")
                     for h, g in zip(heads, program.head_grads, strict=True)]
            grads = autograd.grad(heads, [leaves[n] for n in live], head_grads=given, create_graph=True)
            # + 0: a program that is linear in its leaves has gradients that are on no tape
            total = sum(np.sum(g * np.array(weights[n], dtype="float64") + 0 * leaves[n])
                        for n, g in zip(live, grads, strict=True))
        if not again:
            return float(total)
        total.backward()
        return {n: leaves[n].grad.asnumpy() for n in live}

    frozen = Frozen()
    exact = gradients(program.leaves, frozen, again=True)
    middle = gradients(program.leaves, frozen)
    numeric = {}
    for name in live:
        numeric[name] = numpy.full(program.leaves[name].shape, numpy.nan)
        for at in numpy.ndindex(program.leaves[name].shape):
            try:
                right, left, near_right, near_left = (
                    gradients(_perturbed(program, name, at, by), frozen)
                    for by in (STEP, -STEP, STEP / 2, -STEP / 2))
            except (ValueError, IndexError):
                continue
            wide, near = (right - left) / (2 * STEP), (near_right - near_left) / STEP
            bend = (right - middle) / STEP - (middle - left) / STEP
            if abs(wide - near) <= 1e-5 * (1 + abs(near)) and abs(bend) <= 1e-2 * (1 + abs(near)):
                numeric[name][at] = (4 * near - wide) / 3
    return exact, numeric


def difference(found, expected, tolerance=1e-6):
    """None, or what differs between two outcomes (heads, gradients); nan in `expected` is no opinion."""
    for k, (a, b) in enumerate(zip(found[0], expected[0], strict=True)):
        said = _apart(a, b, tolerance)
        if said:
            return f"head {k}: {said}"
    for name, grad in found[1].items():
        if name in expected[1]:
            said = _apart(grad, expected[1][name], tolerance)
            if said:
                return f"gradient of {name}: {said}"
    return None


def _apart(a, b, tolerance):
    a, b = numpy.asarray(a), numpy.asarray(b)
    if a.shape != b.shape:
        return f"shape {a.shape}, expected {b.shape}"
    if a.dtype != b.dtype:
        return f"dtype {a.dtype}, expected {b.dtype}"
    known = ~numpy.isnan(b)
    if not known.any():
        return None
    scale = 1 + numpy.abs(b[known]).max()
    gap = numpy.abs(a[known] - b[known])
    if not (gap <= tolerance * scale).all():
        return f"{a.tolist() if a.size < 50 else gap.max()}, expected {b.tolist() if b.size < 50 else scale}"
    return None
