"""PyTorch and HIPS autograd behind NumPy's spellings: a runner for each that is installed. Programs are settled.

A runner returns (heads, {leaf or mark: gradient}, {}), or None for a program that uses what the library lacks.
"""
import functools
import importlib.util

import numpy

from fuzz.programs import execute, namespace, reached


def _run(program, scope, leaves):
    values = dict(leaves)
    execute(program.lines, scope, values)
    return [values[h] for h in program.heads]


# -- PyTorch -----------------------------------------------------------------------------------------------------------

def _torch_class():
    """A Tensor subclass is slow and surprising; a thin wrapper with NumPy's methods is neither."""
    import torch

    def unwrap(v):
        if isinstance(v, Wrapped):
            return v.t
        if isinstance(v, numpy.ndarray):
            return torch.from_numpy(v)
        if isinstance(v, list | tuple):
            return type(v)(map(unwrap, v))
        return v

    def index(key):
        """torch has no negative steps and takes lists as NumPy does."""
        return tuple(map(unwrap, key)) if isinstance(key, tuple) else unwrap(key)

    class Wrapped:
        __array_ufunc__ = None

        def __init__(self, t):
            self.t = t

        shape = property(lambda self: tuple(self.t.shape))
        T = property(lambda self: Wrapped(self.t.permute(*range(self.t.ndim - 1, -1, -1))))

        def __getitem__(self, key):
            key = key if isinstance(key, tuple) else (key,)
            t, key = self.t, index(key)
            for at, k in enumerate(key):
                if isinstance(k, slice) and (k.step or 1) < 0:
                    if at or len(key) > 1 or k != slice(None, None, -1):
                        raise NotImplementedError("negative steps")
                    return Wrapped(torch.flip(t, [0]))
            return Wrapped(t[key])

        def reshape(self, *shape):
            return Wrapped(self.t.reshape(*shape))

        def sum(self, axis=None):
            return Wrapped(self.t.sum() if axis is None else self.t.sum(axis))

        def mean(self, axis=None):
            return Wrapped(self.t.mean() if axis is None else self.t.mean(axis))

        def copy(self):
            return Wrapped(self.t.clone())

        def __neg__(self):
            return Wrapped(-self.t)

    def operator(name):
        def method(self, other):
            return Wrapped(getattr(self.t, name)(unwrap(other)))
        return method

    for name in ("add", "sub", "mul", "truediv", "pow", "matmul"):
        setattr(Wrapped, f"__{name}__", operator(f"__{name}__"))
        setattr(Wrapped, f"__r{name}__", operator(f"__r{name}__"))
    for name in ("gt", "lt"):
        setattr(Wrapped, f"__{name}__", operator(f"__{name}__"))
    Wrapped.__rpow__ = lambda self, other: Wrapped(torch.pow(torch.tensor(float(other), dtype=self.t.dtype), self.t))
    return torch, Wrapped, unwrap


def _torch_namespaces():
    torch, Wrapped, unwrap = _torch_class()

    def axes(t, axis):
        return tuple(range(t.ndim)) if axis is None else axis

    def tensors(*args):
        dtype = next(a.t.dtype for a in args if isinstance(a, Wrapped) and a.t.is_floating_point())
        return [torch.as_tensor(unwrap(a), dtype=dtype) for a in args]

    def plain(function):
        return lambda *args: Wrapped(function(*tensors(*args)))

    def reduction(function):
        def call(x, axis=None, keepdims=False):
            x = unwrap(x)
            if axis == () or x.ndim == 0:
                raise NotImplementedError("axes of torch")
            return Wrapped(function(x, axes(x, axis), keepdims))
        return call

    def one_axis(function):
        def call(x, axis=None):
            x = unwrap(x)
            return Wrapped(function(x.reshape(-1), 0) if axis is None else function(x, axis))
        return call

    def dot(a, b):
        a, b = unwrap(a), unwrap(b)
        if a.ndim == 0 or b.ndim == 0:
            return Wrapped(a * b)
        return Wrapped(a @ b if b.ndim == 1 else torch.tensordot(a, b, dims=([a.ndim - 1], [b.ndim - 2])))

    def var(x, axis=None):
        return reduction(lambda t, d, k: t.var(d, correction=0, keepdim=k))(x, axis)

    def join(function):
        def call(xs, axis=0):
            if axis is None:
                return Wrapped(torch.cat([unwrap(x).reshape(-1) for x in xs]))
            return Wrapped(function([unwrap(x) for x in xs], axis))
        return call

    def refuse(*args, **kwargs):
        raise NotImplementedError

    class np:
        pass

    for name in ("sin cos tanh exp sqrt square log abs arctan log1p expm1 sign maximum minimum arcsinh cosh floor hypot"
                 " arctan2 sinh tan arcsin arccos arccosh arctanh reciprocal negative log2 log10 trunc ceil ones_like"
                 " zeros_like multiply add inner vdot diag kron").split():
        setattr(np, name, staticmethod(plain(getattr(torch, name))))
    np.degrees, np.radians = staticmethod(plain(torch.rad2deg)), staticmethod(plain(torch.deg2rad))
    np.full_like = staticmethod(lambda a, v: Wrapped(torch.full_like(unwrap(a), v)))
    np.ravel = staticmethod(lambda a: Wrapped(unwrap(a).reshape(-1)))
    np.reshape = staticmethod(lambda a, shape: Wrapped(unwrap(a).reshape(shape)))
    np.moveaxis = staticmethod(lambda a, i, j: Wrapped(torch.movedim(unwrap(a), i, j)))
    np.rot90 = staticmethod(lambda a: Wrapped(torch.rot90(unwrap(a))))
    np.append = staticmethod(lambda a, b: Wrapped(torch.cat([unwrap(a).reshape(-1), unwrap(b).reshape(-1)])))
    np.vstack, np.hstack, np.dstack = (staticmethod(lambda xs, f=f: Wrapped(f(list(map(unwrap, xs)))))
                                       for f in (torch.vstack, torch.hstack, torch.dstack))
    np.array_split = staticmethod(lambda a, n: list(map(Wrapped, torch.tensor_split(unwrap(a), n))))
    np.average = staticmethod(lambda a: Wrapped(unwrap(a).mean()))
    np.sort = staticmethod(lambda a, axis: Wrapped(torch.sort(unwrap(a), axis).values))
    np.clip = staticmethod(lambda x, a, b: Wrapped(torch.clamp(unwrap(x), a, b)))
    np.power = staticmethod(plain(torch.pow))

    def where(c, a, b):
        return Wrapped(torch.where(unwrap(c), *tensors(a, b)))

    np.where = staticmethod(where)
    np.sum = staticmethod(reduction(lambda t, d, k: t.sum(d, keepdim=k)))
    np.mean = staticmethod(reduction(lambda t, d, k: t.mean(d, keepdim=k)))
    np.max = staticmethod(reduction(lambda t, d, k: t.amax(d, keepdim=k)))
    np.min = staticmethod(reduction(lambda t, d, k: t.amin(d, keepdim=k)))
    np.prod = staticmethod(one_axis(lambda t, d: t.prod(d)))
    np.cumprod = staticmethod(one_axis(torch.cumprod))
    np.cumsum = staticmethod(one_axis(torch.cumsum))
    np.diff = staticmethod(lambda x, axis=-1: Wrapped(torch.diff(unwrap(x), dim=axis)))
    np.var, np.std = staticmethod(var), staticmethod(refuse)    # std of one element: conventions differ
    np.dot = staticmethod(dot)
    np.matmul = staticmethod(lambda a, b: Wrapped(unwrap(a) @ unwrap(b)))
    np.tensordot = staticmethod(lambda a, b, axes: Wrapped(torch.tensordot(unwrap(a), unwrap(b), dims=axes)))
    np.einsum = staticmethod(lambda s, *xs: Wrapped(torch.einsum(s, *map(unwrap, xs))))
    np.outer = staticmethod(lambda a, b: Wrapped(torch.outer(unwrap(a).reshape(-1), unwrap(b).reshape(-1))))
    np.trace = staticmethod(lambda a: Wrapped(torch.trace(unwrap(a))))
    np.tril = staticmethod(lambda a, k=0: Wrapped(torch.tril(unwrap(a), k)))
    np.triu = staticmethod(lambda a, k=0: Wrapped(torch.triu(unwrap(a), k)))
    np.transpose = staticmethod(lambda a: a.T)
    np.expand_dims = staticmethod(lambda a, d: Wrapped(torch.unsqueeze(unwrap(a), d)))
    np.squeeze = staticmethod(lambda a: Wrapped(torch.squeeze(unwrap(a))))
    np.roll = staticmethod(lambda a, k: Wrapped(torch.roll(unwrap(a), k)))
    np.swapaxes = staticmethod(lambda a, i, j: Wrapped(torch.swapaxes(unwrap(a), i, j)))
    np.broadcast_to = staticmethod(lambda a, s: Wrapped(torch.broadcast_to(unwrap(a), s)))
    np.concatenate = staticmethod(join(torch.cat))
    np.stack = staticmethod(join(torch.stack))
    np.split = staticmethod(lambda a, n, axis: list(map(Wrapped, torch.tensor_split(unwrap(a), n, axis))))
    np.tile = staticmethod(lambda a, n: Wrapped(torch.tile(unwrap(a), (n,))))
    np.flip = staticmethod(lambda a, axis=None: Wrapped(torch.flip(unwrap(a), [axis] if axis is not None else
                                                              list(range(unwrap(a).ndim)))))
    np.repeat = staticmethod(lambda a, n, axis: Wrapped(torch.repeat_interleave(unwrap(a), n, axis)))
    np.array = staticmethod(lambda v: numpy.array(v))
    np.arange = staticmethod(numpy.arange)
    np.take = staticmethod(lambda a, i, axis: Wrapped(
        unwrap(a).reshape(-1)[unwrap(i)] if axis is None else torch.index_select(unwrap(a), axis, unwrap(i))))
    matrix = {name: staticmethod(plain(getattr(torch.linalg, name))) for name in ("inv", "det", "solve", "cholesky")}
    np.linalg = type("linalg", (), {**matrix, "norm": staticmethod(
        lambda a, axis=None: Wrapped(torch.linalg.vector_norm(unwrap(a), dim=axis)))})
    leaky = {"leaky": torch.nn.functional.leaky_relu, "elu": torch.nn.functional.elu,
             "gelu": lambda t, slope: torch.nn.functional.gelu(t)}
    npx = type("npx", (), {
        "relu": staticmethod(plain(torch.relu)), "sigmoid": staticmethod(plain(torch.sigmoid)),
        "erf": staticmethod(plain(torch.erf)),
        "activation": staticmethod(lambda a, act_type: Wrapped(torch.logaddexp(unwrap(a), 0 * unwrap(a).detach()))),
        "leaky_relu": staticmethod(lambda a, act_type, slope=0.25: Wrapped(leaky[act_type](unwrap(a), slope))),
        "softmax": staticmethod(lambda a, axis=-1: Wrapped(torch.softmax(unwrap(a), axis))),
        "log_softmax": staticmethod(lambda a, axis=-1: Wrapped(torch.log_softmax(unwrap(a), axis)))})
    marked = {}

    def mark(name, v):
        marked[name] = Wrapped(v.t.detach().clone().requires_grad_())
        return marked[name]

    return torch, Wrapped, marked, namespace(np=np, npx=npx, stop=lambda v: Wrapped(v.t.detach()), mark=mark)


@functools.lru_cache(1)
def _torch():
    return _torch_namespaces()


def torch_gradients(program):
    """The outcome by PyTorch, or None where it lacks an operation or a form of one."""
    if len(program.dtypes) > 1:     # a tensor of shape () does not promote as NumPy's
        return None
    torch, Wrapped, marked, scope = _torch()
    marked.clear()
    leaves = {n: Wrapped(torch.tensor(v, requires_grad=program.grad_req[n] != "null"))
              for n, v in program.leaves.items()}
    try:
        heads = [h.t for h in _run(program, scope, leaves)]
        torch.autograd.backward(heads, [torch.ones_like(h) if g is None else torch.from_numpy(g)
                                        for h, g in zip(heads, program.head_grads, strict=True)])
    except (NotImplementedError, RuntimeError, TypeError, IndexError, AttributeError, ValueError, KeyError,
            StopIteration):
        return None
    grads = {n: (marked.get(n) or leaves[n]).t.grad for n in reached(program)}
    return ([h.detach().numpy() for h in heads],
            {n: g.numpy() * g.numpy().dtype.type(program.times(n)) for n, g in grads.items() if g is not None}, {})


# -- HIPS autograd -----------------------------------------------------------------------------------------------------

def autograd_gradients(program):
    """The outcome by HIPS autograd, or None where it lacks an operation."""
    import autograd
    import autograd.numpy as np
    from autograd.tracer import getval

    class spread_where:
        """autograd.numpy whose `where` sums the cotangents of broadcast operands, which autograd's does not."""

        def __getattr__(self, name):
            return getattr(np, name)

        @staticmethod
        def where(c, a, b):
            values = [getval(v) for v in (c, a, b)]
            zeros = numpy.zeros(numpy.broadcast_shapes(*map(numpy.shape, values)), numpy.result_type(*values[1:]))
            return np.where(c, a + zeros, b + zeros)

    class npx:
        relu = staticmethod(lambda x: np.maximum(x, 0))
        activation = staticmethod(lambda x, act_type: np.logaddexp(x, 0 * getval(x)))
        sigmoid = staticmethod(lambda x: 1 / (1 + np.exp(-x)))

        @staticmethod
        def log_softmax(x, axis=-1):
            x = x - getval(np.max(x, axis=axis, keepdims=True))
            return x - np.log(np.sum(np.exp(x), axis=axis, keepdims=True))

        @staticmethod
        def softmax(x, axis=-1):
            return np.exp(npx.log_softmax(x, axis))

    names, shapes = reached(program), {}

    def run(leaves, zeros):
        def mark(name, v):
            shapes[name] = numpy.shape(getval(v))
            return getval(v) + zeros.get(name, 0.0)
        return _run(program, namespace(np=spread_where(), npx=npx, stop=getval, mark=mark), leaves)

    def objective(values):
        moved = dict(zip(names, values, strict=True))
        heads = run({**program.leaves, **moved}, moved)
        return sum(np.sum(h if g is None else h * g) for h, g in zip(heads, program.head_grads, strict=True))

    try:
        heads = [numpy.asarray(h) for h in run(program.leaves, {})]
        found = autograd.grad(objective)([program.leaves[n] if n in program.leaves else numpy.zeros(shapes[n])
                                          for n in names])
    except Exception:   # every gap of the library is an exception of some kind
        return None
    if any(numpy.asarray(v).dtype.kind != "f" for v in (*heads, *found)):     # or an array of objects
        return None
    return heads, {n: numpy.asarray(g) * program.times(n) for n, g in zip(names, found, strict=True)}, {}


PEERS = {name: run for name, run in (("torch", torch_gradients), ("autograd", autograd_gradients))
         if importlib.util.find_spec(name)}
