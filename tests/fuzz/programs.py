"""Random programs as source text: leaves, lines that make values of them, heads and head gradients.

The same source runs on every library that offers a namespace `np` with NumPy's spellings, `npx` with MXNet's, `stop`
for what MXNet calls detach, and `mark(name, value)` for attach_grad on a value.
"""
import functools
import json
import math
import re
from dataclasses import dataclass, field, fields, replace

import numpy


@dataclass(frozen=True)
class Program:
    """Leaves (name -> values), lines `name = expression`, and heads with their head gradients or None.

    `before` are statements outside recording that change leaves and make views and constants, `after` those between
    recording and backward, `shown` expressions to look at.
    """

    leaves: dict
    lines: tuple
    heads: tuple
    head_grads: tuple
    grad_req: dict = field(default_factory=dict)
    before: tuple = ()
    after: tuple = ()
    shown: tuple = ()

    @property
    def marks(self):
        """Names of values that were marked: they have gradients too."""
        return tuple(line.partition(" = ")[0] for line in self.lines if " = mark(" in line)

    @property
    def dtypes(self):
        """The names of the leaves' dtypes."""
        return {v.dtype.name for v in self.leaves.values()}

    def times(self, name):
        """How many gradients a leaf holds after two sweeps."""
        return 2 if self.grad_req.get(name) == "add" else 1

    def __str__(self):
        given = [f"{name} = np.array({value.tolist()}, dtype='{value.dtype}').reshape({value.shape})"
                 if value.size < 100 else f"{name}: {value.dtype}{value.shape}" for name, value in self.leaves.items()]
        return "\n".join([*given, f"# grad_req {self.grad_req}", *self.before, "# record", *self.lines, "# recorded",
                          *self.after, f"# heads {self.heads}", *(f"# shown {s}" for s in self.shown),
                          *(f"# head gradient {g if g is None else g.tolist()}" for g in self.head_grads
                            if g is None or g.size < 100)])


def _packed(value):
    if value is None:
        return None
    return {"dtype": str(value.dtype), "shape": value.shape, "values": value.ravel().tolist()}


def _unpacked(value):
    return None if value is None else numpy.array(value["values"], value["dtype"]).reshape(value["shape"])


def to_json(program):
    """The program as text."""
    plain = {f.name: getattr(program, f.name) for f in fields(program)}
    plain["leaves"] = {n: _packed(v) for n, v in program.leaves.items()}
    plain["head_grads"] = [_packed(g) for g in program.head_grads]
    return json.dumps(plain)


def from_json(text):
    """The program that to_json wrote."""
    plain = json.loads(text)
    plain["leaves"] = {n: _unpacked(v) for n, v in plain["leaves"].items()}
    plain["head_grads"] = tuple(_unpacked(g) for g in plain["head_grads"])
    return Program(**{n: tuple(v) if isinstance(v, list) else v for n, v in plain.items()})


# -- running -----------------------------------------------------------------------------------------------------------

class NumpyExtension:
    """MXNet's npx in NumPy, for the values of a program."""

    erf = staticmethod(lambda x: numpy.vectorize(math.erf, otypes=[x.dtype])(x) if numpy.size(x) else x * 1)

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

    @staticmethod
    def activation(x, act_type):
        return {"softrelu": lambda: numpy.logaddexp(x, 0 * x)}[act_type]()

    @classmethod
    def leaky_relu(cls, x, act_type, slope=0.25):
        if act_type == "gelu":
            return 0.5 * x * (1 + cls.erf(x / 2 ** 0.5))
        negative = slope * x if act_type == "leaky" else slope * numpy.expm1(numpy.minimum(x, 0))
        return numpy.where(x > 0, x, negative)


def namespace(**names):
    """What a program sees, besides its leaves. NumPy imports some of its methods at their first call, from here."""
    return {"__builtins__": {"__import__": __import__}, **names}


def numpy_scope(stop=lambda v: v, mark=lambda name, v: v):
    """The namespace of NumPy."""
    return namespace(np=numpy, npx=NumpyExtension, stop=stop, mark=mark)


@functools.lru_cache(1024)
def _compiled(lines):
    return compile("\n".join(lines), "program", "exec")


def execute(lines, scope, values):
    """Runs statements; `values` gets what they name."""
    exec(_compiled(tuple(lines)), scope, values)


def at_start(program):
    """The values of all names when recording starts, by NumPy: arrays that share memory where mxlite's do."""
    values = {n: v.copy() for n, v in program.leaves.items()}
    for statement in program.before:
        execute([statement], numpy_scope(), values)
        values.update({n: numpy.asarray(v) for n, v in values.items() if not isinstance(v, numpy.ndarray)})
    return values


def settled(program):
    """The program without `before`: its leaves have what `before` left in them, and what that made are leaves too."""
    if not program.before:
        return program
    leaves = {n: numpy.array(v) for n, v in at_start(program).items()}
    return replace(program, before=(), leaves=leaves, grad_req={**dict.fromkeys(leaves, "null"), **program.grad_req})


# -- what depends on what ----------------------------------------------------------------------------------------------

def words(text):
    """The names and numbers in a text."""
    return re.findall(r"\w+", text)


def needed(program):
    """The program without the lines and leaves that no head depends on."""
    kept, wanted = [], {w for s in program.shown for w in words(s)} | set(program.heads)
    for line in reversed(program.lines):
        name, _, expression = line.partition(" = ")
        if name in wanted:
            kept.append(line)
            wanted |= set(words(expression))
    early = {*program.leaves, *(w for s in program.before for w in words(s))}
    made = {*early, *(line.partition(" = ")[0] for line in kept)}
    after = tuple(s for s in program.after if all(n in made for n in re.findall(r"[xvc]\d+", s)))
    wanted |= {w for s in (*program.before, *after) for w in words(s)}
    used = {n: v for n, v in program.leaves.items() if n in wanted} or program.leaves
    program = replace(program, lines=tuple(reversed(kept)), leaves=used, after=after,
                      grad_req={n: r for n, r in program.grad_req.items() if n in used or n in early & wanted})
    if set(program.heads) <= _on_tape(program):
        return program
    names = [*used, *(w for w in sorted(early & wanted) if re.fullmatch(r"c\d+", w))]
    return replace(program, grad_req=dict.fromkeys(names, "write"))     # a head off the tape is an error, not a program


@functools.lru_cache(1024)
def _inputs(expression):
    """The names that an expression differentiates: not those inside stop(...) or mark(...)."""
    if expression.startswith("mark("):
        return frozenset()
    return frozenset(words(re.sub(r"stop\((np\.exp\([^)]*\)|\w+)\)", "", expression)))


def _on_tape(program):
    """The values that a leaf with a gradient has a part in."""
    on = {n for n, req in program.grad_req.items() if req != "null"}
    for line in program.lines:
        name, _, expression = line.partition(" = ")
        if expression.startswith("mark(") or on & _inputs(expression):
            on.add(name)
    return on


def reached(program):
    """The leaves and marks with a gradient that the heads depend on other than through stop or mark."""
    wanted = set(program.heads)
    for line in reversed(program.lines):
        name, _, expression = line.partition(" = ")
        if name in wanted:
            wanted |= _inputs(expression)
    live = [n for n, req in program.grad_req.items() if req != "null" and n in wanted]
    return live + [n for n in program.marks if n in wanted]
