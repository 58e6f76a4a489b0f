"""Random programs as source text: a list of leaves, lines that make values of them, heads and head gradients.

A line is drawn from templates and kept if NumPy, on the leaves' values, gets a finite result of moderate size from it.
The same source runs on every library that offers a namespace `np` with NumPy's spellings, `npx` with MXNet's, and
`stop` for what MXNet calls detach.
"""
import re
from dataclasses import dataclass, field, replace

import numpy

SHAPES = ((), (3,), (4,), (2, 3), (3, 2), (3, 3), (1, 3), (2, 1), (2, 3, 2), (3, 1, 2), (1,), (0, 3))
LARGE = ((200, 300), (300,), (1, 300), (200, 1), (60000,), ())
BOUND = 30.0

# {a}, {b}: values; {axis}, {axes}, {keep}, {c}, {i}, {j}: drawn for the line; the first word is the family.
TEMPLATES = """
unary np.sin({a}) | np.cos({a}) | np.tanh({a}) | np.exp({a} * 0.5) | np.sqrt(np.abs({a}) + 0.3) | np.square({a})
unary np.log(np.abs({a}) + 0.5) | np.abs({a}) | -{a} | 1 / ({a} * {a} + 1) | npx.relu({a}) | npx.sigmoid({a})
unary np.arctan({a}) | np.log1p({a} * {a}) | np.expm1({a} * 0.5) | np.sign({a}) * {a} | np.clip({a}, -0.7, 0.8)
unary {a} ** 3 | {a} ** 2 | {c} - {a} | {a} * {c} | {a} / {c} | {c} ** ({a} * 0.3) | np.maximum({a}, {c}) | {a} + {c}
unary np.arcsinh({a}) | np.cosh({a} * 0.4) | np.floor({a}) + {a} | np.exp(-{a} * {a}) | np.where({a} > {c}, {a}, {b})
binary {a} + {b} | {a} - {b} | {a} * {b} | {a} / ({b} * {b} + 1) | np.maximum({a}, {b}) | np.minimum({a}, {b})
binary np.power(np.abs({a}) + 0.5, {b} * 0.5) | np.hypot({a}, {b} + 3) | np.arctan2({a}, {b} * {b} + 1)
binary np.where({a} > {b}, {a} * 2, {b}) | np.where({a} < {b}, np.sin({a}), {b} * {b}) | {a} * ({a} > {b})
reduce np.sum({a}, axis={axis}, keepdims={keep}) | np.mean({a}, axis={axis}, keepdims={keep}) | np.sum({a}) | {a}.sum()
reduce np.max({a}, axis={axis}, keepdims={keep}) | np.min({a}, axis={axis}, keepdims={keep}) | np.mean({a})
reduce np.max({a}) | np.prod({a}, axis={axis}) | np.var({a}, axis={axis}) | np.std({a}, axis={axis})
reduce np.sum({a}, axis={axes}) | np.mean({a}, axis={axes}) | np.cumsum({a}, axis={axis}) | np.linalg.norm({a})
matrix np.dot({a}, {b}) | np.matmul({a}, {b}) | {a} @ {b} | np.dot({a}.T, {b}) | np.tensordot({a}, {b}, axes=1)
matrix np.einsum('ij,jk->ik', {a}, {b}) | np.einsum('ij,ij->i', {a}, {b}) | np.outer({a}, {b}) | np.dot({a}, {b}.T)
matrix np.einsum('i,ij->j', {a}, {b}) | np.einsum('ijk->kji', {a}) | np.trace({a}) | np.tril({a}) | np.triu({a}, 1)
shape {a}.reshape(-1) | {a}.T | np.transpose({a}) | np.expand_dims({a}, {axis}) | np.squeeze({a})
shape np.roll({a}, {i}) | np.swapaxes({a}, 0, {axis}) | np.broadcast_to({a}, (2,) + {a}.shape)
shape np.concatenate([{a}, {b}], axis={axis}) | np.stack([{a}, {b}], axis={axis}) | np.tile({a}, 2)
shape np.split({a}, 2, axis={axis})[0] | np.flip({a}, axis={axis})
shape np.repeat({a}, 2, axis={axis}) | np.concatenate([{a}, {a}]) | np.diff({a}, axis={axis}) | np.stack([{a}, {b}])
index {a}[{i}] | {a}[{i}:] | {a}[:{j}] | {a}[::-1] | {a}[..., 0] | {a}[:, {i}] | {a}[None] | {a}[:, ::2]
index {a}[[0, 0, 1]] | {a}[np.array([1, 0, 1, -1])] | {a}[[1, 0], [0, 1]] | {a}[{a} > 0] | {a}[1:, :-1] | {a}[:, None]
index np.take({a}, np.array([0, 1, 1]), axis={axis}) | {a}[:, [0, -1]] | {a}[{i}:][::-1] | {a}[0] * {a}[1]
index {a}[::2] | {a}[1:-1] | {a}[..., None]
soft npx.softmax({a}, axis={i}) | npx.log_softmax({a}, axis={i}) | npx.softmax({a}) * {b}
stop stop({a}) * {b} | stop({a}) + {a} | stop(np.exp({a} * 0.3)) * {a}
"""
FAMILIES = {}
for _line in TEMPLATES.strip().splitlines():
    _family, _, _rest = _line.partition(" ")
    FAMILIES.setdefault(_family, []).extend(t.strip() for t in _rest.split(" | "))
WEIGHTS = {"unary": 5, "binary": 5, "reduce": 3, "matrix": 2, "shape": 3, "index": 3, "soft": 1, "stop": 1}


@dataclass(frozen=True)
class Program:
    """Leaves (name -> float64 values), lines `name = expression`, and heads with their head gradients or None."""

    leaves: dict
    lines: tuple
    heads: tuple
    head_grads: tuple
    grad_req: dict = field(default_factory=dict)

    def source(self):
        """The lines as one text."""
        return "\n".join(self.lines)

    def __str__(self):
        given = [f"{name} = np.array({value.tolist()}).reshape({value.shape})" if value.size < 100 else
                 f"{name}: {value.shape}" for name, value in self.leaves.items()]
        return "\n".join([*given, f"# grad_req {self.grad_req}", *self.lines, f"# heads {self.heads}",
                          *(f"# head gradient {g if g is None else g.tolist()}" for g in self.head_grads
                            if g is None or g.size < 100)])


class NumpyExtension:
    """MXNet's npx in NumPy, for the values of a program."""

    @staticmethod
    def relu(x):
        return numpy.maximum(x, 0)

    @staticmethod
    def sigmoid(x):
        return 1 / (1 + numpy.exp(-x))

    @staticmethod
    def softmax(x, axis=-1):
        e = numpy.exp(x - numpy.max(x, axis=axis, keepdims=True))
        return e / numpy.sum(e, axis=axis, keepdims=True)

    @staticmethod
    def log_softmax(x, axis=-1):
        e = x - numpy.max(x, axis=axis, keepdims=True)
        return e - numpy.log(numpy.sum(numpy.exp(e), axis=axis, keepdims=True))


def namespace(**names):
    """What a program sees, besides its leaves."""
    return {"__builtins__": {}, **names}


def _draw(rng, names):
    pick = rng.choice
    family = rng.choice(list(WEIGHTS), p=numpy.array(list(WEIGHTS.values())) / sum(WEIGHTS.values()))
    template = pick(FAMILIES[family])
    recent = names[-4:] if rng.random() < 0.7 else names
    return template.format(a=pick(recent), b=pick(names), axis=pick(["None", "0", "1", "-1", "0", "-1"]),
                           axes=pick(["(0, 1)", "(0, -1)", "(1,)", "()"]), keep=pick(["True", "False"]),
                           c=pick(["2", "0.5", "1.5", "3"]), i=pick(["0", "1", "-1", "2"]), j=pick(["1", "2", "-1"]))


def generate(seed, large=False):
    """The program of a seed: 3 to 30 lines, 1 to 3 leaves, 1 or 2 heads."""
    rng = numpy.random.default_rng(seed)
    shapes = LARGE if large else SHAPES
    limit = 3e5 if large else 200
    leaves = {}
    for k in range(rng.integers(1, 4)):
        shape = shapes[rng.integers(len(shapes))]
        leaves[f"x{k}"] = numpy.asarray(rng.uniform(-1.5, 1.5, shape))
    values = dict(leaves)
    lines = []
    wanted = rng.integers(3, 12 if large else 31)
    scope = namespace(np=numpy, npx=NumpyExtension, stop=lambda v: v)
    for _ in range(40 * wanted):
        if len(lines) == wanted:
            break
        name, expression = f"v{len(lines)}", _draw(rng, list(values))
        try:
            with numpy.errstate(all="raise", under="ignore"):
                value = numpy.asarray(eval(expression, scope, values))
        except Exception:   # whatever NumPy refuses is no program
            continue
        if _has_ties(expression, values) or _takes_from_nothing(expression, values):
            continue
        if value.dtype != numpy.float64 or value.size > limit or (value.size and not numpy.abs(value).max() < BOUND):
            continue
        values[name] = value
        lines.append(f"{name} = {expression}")
    names = [n for n in values if n not in leaves] or list(leaves)
    heads = tuple(dict.fromkeys([names[-1], *map(str, rng.choice(names, rng.integers(0, 2)))]))
    head_grads = tuple(None if rng.random() < 0.4 else numpy.asarray(rng.uniform(-1, 1, values[h].shape))
                       for h in heads)
    grad_req = {n: str(rng.choice(["write", "write", "write", "add", "null"])) for n in leaves}
    return needed(Program(leaves, tuple(lines), heads, head_grads, grad_req))


def _has_ties(expression, values):
    """Whether several elements share a maximum or minimum: MXNet gives each of them the whole cotangent."""
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


def needed(program):
    """The program without the lines that no head depends on."""
    kept, wanted = [], set(program.heads)
    for line in reversed(program.lines):
        name, _, expression = line.partition(" = ")
        if name in wanted:
            kept.append(line)
            wanted |= set(_words(expression))
    used = {n: v for n, v in program.leaves.items() if n in wanted} or program.leaves
    program = replace(program, lines=tuple(reversed(kept)), leaves=used,
                      grad_req={n: program.grad_req[n] for n in used})
    if set(program.heads) <= _on_tape(program):
        return program
    return replace(program, grad_req=dict.fromkeys(used, "write"))   # a head off the tape is an error, not a program


def _inputs(expression):
    """The names that an expression differentiates: not those inside stop(...)."""
    return set(_words(re.sub(r"stop\((np\.exp\([^)]*\)|\w+)\)", "", expression)))


def _on_tape(program):
    """The values that a leaf with a gradient has a part in."""
    on = {n for n, req in program.grad_req.items() if req != "null"}
    for line in program.lines:
        name, _, expression = line.partition(" = ")
        if on & _inputs(expression):
            on.add(name)
    return on


def reached(program):
    """The leaves with a gradient that the heads depend on other than through stop."""
    wanted = set(program.heads)
    for line in reversed(program.lines):
        name, _, expression = line.partition(" = ")
        if name in wanted:
            wanted |= _inputs(expression)
    return [n for n, req in program.grad_req.items() if req != "null" and n in wanted]


def _words(text):
    return "".join(c if c.isalnum() or c == "_" else " " for c in text).split()


def shrunk(program, fails):
    """A smaller program for which `fails` is still true: fewer heads, lines replaced by leaves of the same shape."""
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(program):
            if fails(smaller):
                program, changed = smaller, True
                break
    return program


def _put(items, at, item):
    return (*items[:at], item, *items[at + 1:])


def _smaller(program):
    for k in range(len(program.heads)):
        if len(program.heads) > 1:
            yield needed(replace(program, heads=program.heads[:k] + program.heads[k + 1:],
                                 head_grads=program.head_grads[:k] + program.head_grads[k + 1:]))
    for k, g in enumerate(program.head_grads):
        if g is not None:
            yield replace(program, head_grads=_put(program.head_grads, k, None))
    scope = namespace(np=numpy, npx=NumpyExtension, stop=lambda v: v, **program.leaves)
    values = dict(program.leaves)
    for k, line in enumerate(program.lines):
        name, _, expression = line.partition(" = ")
        values[name] = numpy.asarray(eval(expression, scope, values))
        # the line's own value becomes a leaf
        yield needed(replace(program, lines=program.lines[:k] + program.lines[k + 1:],
                             leaves={**program.leaves, name: values[name]},
                             grad_req={**program.grad_req, name: "write"}))
        if name not in program.heads:
            continue
        before = [w for w in _words(expression) if w in values and w != name]
        for w in before:        # the head moves to an operand
            if w in program.leaves:
                continue
            at = program.heads.index(name)
            yield needed(replace(program, heads=_put(program.heads, at, w),
                                 head_grads=_put(program.head_grads, at, None)))
    for name, req in program.grad_req.items():
        if req != "write":
            yield replace(program, grad_req={**program.grad_req, name: "write"})
