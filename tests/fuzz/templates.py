"""What a line of a random program can be: templates by family, with NumPy's spellings, and the draw of one.

{a}, {b} are values; {axis}, {axes}, {keep}, {c}, {i}, {j} are drawn for the line; {n} is its own name. `stop` is what
MXNet calls detach; `mark` is attach_grad on a value in the graph: detached, with a gradient of its own.
"""
import random

# The first word is the family.
_LINES = """
unary np.sin({a}) | np.cos({a}) | np.tanh({a}) | np.exp({a} * 0.5) | np.sqrt(np.abs({a}) + 0.3) | np.square({a})
unary np.log(np.abs({a}) + 0.5) | np.abs({a}) | -{a} | 1 / ({a} * {a} + 1) | npx.relu({a}) | npx.sigmoid({a})
unary np.arctan({a}) | np.log1p({a} * {a}) | np.expm1({a} * 0.5) | np.sign({a}) * {a} | np.clip({a}, -0.7, 0.8)
unary {a} ** 3 | {a} ** 2 | {c} - {a} | {a} * {c} | {a} / {c} | {c} ** ({a} * 0.3) | np.maximum({a}, {c}) | {a} + {c}
unary np.arcsinh({a}) | np.cosh({a} * 0.4) | np.floor({a}) + {a} | np.exp(-{a} * {a}) | np.where({a} > {c}, {a}, {b})
unary np.sinh({a} * 0.4) | np.tan({a} * 0.3) | np.arcsin(np.tanh({a}) * 0.9) | np.arccos(np.tanh({a}) * 0.9)
unary np.arccosh({a} * {a} + 1.5) | np.arctanh(np.tanh({a}) * 0.5) | np.reciprocal({a} * {a} + 1) | np.negative({a})
unary np.log2(np.abs({a}) + 0.5) | np.log10({a} * {a} + 1) | np.cbrt({a} * {a} + 1) | np.minimum({a}, {c})
unary np.degrees({a}) * 0.1 | np.radians({a}) | np.ones_like({a}) * {a} | np.zeros_like({a}) + {a} | {a}.copy() * {c}
unary {c} / (np.abs({a}) + 0.5) | npx.erf({a}) | np.trunc({a}) * {a} | np.ceil({a}) - {a} | np.full_like({a}, 2) * {a}
unary npx.activation({a}, act_type='softrelu') | npx.leaky_relu({a}, act_type='leaky', slope=0.1)
unary npx.leaky_relu({a}, act_type='elu', slope=0.5) | npx.leaky_relu({a}, act_type='gelu')
binary {a} + {b} | {a} - {b} | {a} * {b} | {a} / ({b} * {b} + 1) | np.maximum({a}, {b}) | np.minimum({a}, {b})
binary np.power(np.abs({a}) + 0.5, {b} * 0.5) | np.hypot({a}, {b} + 3) | np.arctan2({a}, {b} * {b} + 1)
binary np.where({a} > {b}, {a} * 2, {b}) | np.where({a} < {b}, np.sin({a}), {b} * {b}) | {a} * ({a} > {b})
binary np.where(({a} > 0) * ({b} < {c}), {a}, {a} * {b}) | {a} + {b} * {a} | np.multiply({a}, {b}) | np.add({a}, {b})
reduce np.sum({a}, axis={axis}, keepdims={keep}) | np.mean({a}, axis={axis}, keepdims={keep}) | np.sum({a}) | {a}.sum()
reduce np.max({a}, axis={axis}, keepdims={keep}) | np.min({a}, axis={axis}, keepdims={keep}) | np.mean({a})
reduce np.max({a}) | np.prod({a}, axis={axis}) | np.var({a}, axis={axis}) | np.std({a}, axis={axis})
reduce np.sum({a}, axis={axes}) | np.mean({a}, axis={axes}) | np.cumsum({a}, axis={axis}) | np.linalg.norm({a})
reduce np.linalg.norm({a}, axis={axis}) | np.average({a}) | ({a} * {b}).sum(axis={axis}) | {a}.mean(axis={axis})
matrix np.dot({a}, {b}) | np.matmul({a}, {b}) | {a} @ {b} | np.dot({a}.T, {b}) | np.tensordot({a}, {b}, axes=1)
matrix np.einsum('ij,jk->ik', {a}, {b}) | np.einsum('ij,ij->i', {a}, {b}) | np.outer({a}, {b}) | np.dot({a}, {b}.T)
matrix np.einsum('i,ij->j', {a}, {b}) | np.einsum('ijk->kji', {a}) | np.trace({a}) | np.tril({a}) | np.triu({a}, 1)
matrix np.inner({a}, {b}) | np.vdot({a}, {b}) | np.diag({a}) | np.tensordot({a}, {b}, axes=([0], [0]))
solve np.linalg.inv(np.tanh({a}) * 0.2 + np.diag({a}[0] * 0 + 1.5)) | np.kron({a}, {b}) | np.sort({a}, axis=-1)
solve np.linalg.det(np.tanh({a}) * 0.2 + np.diag({a}[0] * 0 + 1.5)) | np.cumprod(np.tanh({a}), axis={axis})
solve np.linalg.solve(np.tanh({a}) * 0.2 + np.diag({a}[0] * 0 + 1.5), {b}) | np.pad({a}, 1, mode='constant')
solve np.linalg.cholesky(np.dot({a}, {a}.T) * 0.1 + np.diag({a}[:, 0] * 0 + 1)) | np.median({a}, axis=-1)
shape {a}.reshape(-1) | {a}.T | np.transpose({a}) | np.expand_dims({a}, {axis}) | np.squeeze({a}) | np.ravel({a})
shape np.roll({a}, {i}) | np.swapaxes({a}, 0, {axis}) | np.broadcast_to({a}, (2,) + {a}.shape) | np.moveaxis({a}, 0, -1)
shape np.concatenate([{a}, {b}], axis={axis}) | np.stack([{a}, {b}], axis={axis}) | np.tile({a}, 2) | np.rot90({a})
shape np.split({a}, 2, axis={axis})[0] | np.flip({a}, axis={axis}) | np.vstack([{a}, {b}]) | np.hstack([{a}, {b}])
shape np.repeat({a}, 2, axis={axis}) | np.concatenate([{a}, {a}]) | np.diff({a}, axis={axis}) | np.stack([{a}, {b}])
shape np.append({a}, {b}) | np.array_split({a}, 2)[1] | np.dstack([{a}, {b}]) | np.flip({a}) | np.reshape({a}, (-1, 1))
index {a}[{i}] | {a}[{i}:] | {a}[:{j}] | {a}[::-1] | {a}[..., 0] | {a}[:, {i}] | {a}[None] | {a}[:, ::2] | {a}[-1]
index {a}[[0, 0, 1]] | {a}[np.array([1, 0, 1, -1])] | {a}[[1, 0], [0, 1]] | {a}[{a} > 0] | {a}[1:, :-1] | {a}[:, None]
index np.take({a}, np.array([0, 1, 1]), axis={axis}) | {a}[:, [0, -1]] | {a}[{i}:][::-1] | {a}[0] * {a}[1]
index {a}[::2] | {a}[1:-1] | {a}[..., None] | {a}[np.array([[0, 1], [1, 0]])] | {a}[..., ::-1] | {a}[{i}, ..., {j}]
index {a}[stop({b}) > {c}] | {a}[0][1:] | {a}[1:][:-1] * 2 | {a}[None, ..., None]
soft npx.softmax({a}, axis={i}) | npx.log_softmax({a}, axis={i}) | npx.softmax({a}) * {b}
stop stop({a}) * {b} | stop({a}) + {a} | stop(np.exp({a} * 0.3)) * {a}
stop mark('{n}', {a} * {c}) | mark('{n}', np.sin({a}))
"""
# What happens outside recording, before: writes to leaves, views of them, constants.
BEFORE = """{x}[...] = {c} | {x} += {c} | {x} *= 0.5 | {x}[{i}:] = {c} | {x}[{i}] = {c} | {x}[:{j}] *= {c} | {x} -= {y}
{x}[...] = {x} * 0.5 + {y} | {x}[{x} > 0] = 0.5 | {x}[{i}:] += {y} | {n} = {x}[1:] | {n} = {x}[:2] | {n} = np.sin({x})
{n} = {x} * {y} | {n} = {x}.copy() | {x} /= 2 | {n} = np.abs({x}) + 1 | {x}[...] = np.cos({x})"""
# And between recording and backward.
AFTER = "{x}[...] = {c} | {x} += {c} | {x} *= {c} | {x}[{i}:] = {c} | {x}[:{j}] *= {c} | {x}[...] = {y}"
# What is looked at outside recording: results without gradients, and printed forms of every dtype.
SHOWN = """{a} > {b} | {a} == {a} | np.argmax({a}, axis={axis}) | np.argsort({a}) | {a}.astype('int32')
{a}.astype('float16') | np.floor({a}).astype('int64') | ({a} > 0).sum() | ({a} > 0) * {b}
{a}.astype('float64') | {a}.astype('bool') | {a}.astype('uint8') | {a}.astype('int8') * 3 | np.ones_like({a})
{a} * 1000000 | {a} * 1e-7 | {a}[:0]
{a}.astype('int32') * {a} | {a} * 0 | {a} / 0 | ({a} > 0).astype('float32') | np.sort({a}) | np.round({a})
np.isnan({a}) | {a} > {c} | np.sign({a})"""


def _split(text):
    return [t.strip() for line in text.strip().splitlines() for t in line.split(" | ")]


FAMILIES = {}
for _line in _LINES.strip().splitlines():
    _family, _, _rest = _line.partition(" ")
    FAMILIES.setdefault(_family, []).extend(_split(_rest))
WEIGHTS = {"unary": 6, "binary": 5, "reduce": 3, "matrix": 2, "solve": 1, "shape": 3, "index": 4, "soft": 1, "stop": 1}
BEFORE, AFTER, SHOWN = _split(BEFORE), _split(AFTER), _split(SHOWN)


def _details(pick):
    return {"axis": pick(["None", "0", "1", "-1", "0", "-1"]), "axes": pick(["(0, 1)", "(0, -1)", "(1,)", "()"]),
            "keep": pick(["True", "False"]), "c": pick(["2", "0.5", "1.5", "3"]), "i": pick(["0", "1", "-1", "2"]),
            "j": pick(["1", "2", "-1"])}


class Draw:
    """Draws of lines, from some of the families."""

    def __init__(self, seed, families=tuple(WEIGHTS)):
        self.random = random.Random(seed)       # NumPy's generators are slow in drawing one number
        self.pick = self.random.choice
        self.families = [f for f in families for _ in range(WEIGHTS[f])]

    def line(self, names, own):
        """An expression of some of the names, of the later ones rather."""
        template = self.pick(FAMILIES[self.pick(self.families)])
        recent = names[-4:] if self.random.random() < 0.7 else names
        return template.format(a=self.pick(recent), b=self.pick(names), n=own, **_details(self.pick))

    def statement(self, templates, targets, names, own=""):
        """A statement that writes to one of the targets, or makes `own` of it."""
        return self.pick(templates).format(x=self.pick(targets), y=self.pick(names), n=own, **_details(self.pick))

    def shown(self, names):
        """An expression to look at."""
        return self.pick(SHOWN).format(a=self.pick(names), b=self.pick(names), **_details(self.pick))
