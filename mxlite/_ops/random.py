"""Random arrays, drawn from the calling thread's generator (see mxlite._generator).

Parameters are numbers or arrays; `size` is the shape of the result, by default that of the parameters broadcast. A
sampler whose samples are a smooth function of its parameters draws noise and applies that function with ordinary
operators, so gradients reach the parameters. The other samplers give them a zero gradient.
"""

import operator

import numpy

from mxlite import _dtype
from mxlite._engine.operators import TapeArray, as_legacy, fresh
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ShapeError, from_numpy
from mxlite._generator import generator
from mxlite._generator import seed as _seed
from mxlite._op import composed
from mxlite._ops.creation import array
from mxlite._ops.gradient import constant_of
from mxlite._ops.operands import in_dtype, into, plain
from mxlite.context import device as _device

_HALF = numpy.dtype(numpy.float16)


@composed(np="random.seed")
def seed(seed_state, ctx="all", device=None):
    """Starts the random numbers of this thread, and of threads that have not drawn any yet, from an integer."""
    _seed(seed_state)


@composed(npx="random.seed")
def seed_npx(seed, ctx="all", device=None):
    """mxlite.random.seed, whose number MXNet's npx calls `seed`."""
    _seed(seed)


# -- what samplers share ----------------------------------------------------------------------------------------------
def shape_of(size):
    """A shape from what `size=` may be: None, a number or a sequence of numbers."""
    if size is None:
        return None
    if type(size) is tuple:
        for n in size:
            if type(n) is not int or n < 0:
                break
        else:
            return size
    size = raw_of(size).tolist() if isinstance(size, TapeArray) else size
    size = size if isinstance(size, tuple | list) else (size,)
    if not all(isinstance(n, int | numpy.integer) for n in size):
        raise DtypeError(f"a shape consists of integers: {size}")
    if any(n < 0 for n in size):
        raise ShapeError(f"a shape has no negative lengths: {tuple(size)}")
    return tuple(int(n) for n in size)


def floating(name, dtype):
    dtype = _dtype.resolve(dtype)
    if dtype.kind != "f":
        raise DtypeError(f"{name}: dtype is float16, float32 or float64, not {dtype}")
    return dtype


def _parameter(value, dtype):
    """A parameter as a number or an array of ours in a dtype."""
    if isinstance(value, TapeArray):
        return in_dtype(value, dtype)
    if isinstance(value, numpy.ndarray | list | tuple) and numpy.ndim(value):
        return array(value, dtype)
    try:
        return float(value)
    except (TypeError, ValueError) as exc:
        raise DtypeError(f"a parameter is a number or an array, not {type(value).__name__}") from exc


def _common_shape(name, size, out, parameters):
    size = out.shape if size is None and out is not None else shape_of(size)
    shapes = [p.shape for p in parameters if type(p) is not float]
    if not shapes:
        return size or ()
    try:
        if size is None:
            return numpy.broadcast_shapes(*shapes)
        if numpy.broadcast_shapes(size, *shapes) == size:
            return size
    except ValueError:
        pass
    raise ShapeError(f"{name}: parameters of shapes {', '.join(map(str, shapes))} do not broadcast"
                     + ("" if size is None else f" to {size}"))


_TESTS = {">= 0": operator.ge, "> 0": operator.gt}


def _require(name, condition, value):
    """Raises ArgumentError unless a condition such as "scale >= 0" holds for a number or all elements of an array."""
    test = _TESTS[condition.partition(" ")[2]]
    if type(value) is float:    # which needs no array to be compared
        held = test(value, 0.0)
    elif value is None or isinstance(value, str):
        raise DtypeError(f"{name}: a parameter is a number or an array, not {type(value).__name__}")
    else:
        held = numpy.all(test(numpy.asarray(plain(value)), 0.0))
    if not held:
        raise ArgumentError(f"{name}: expect {condition}")


def _legacy(parameters):
    """Whether the result belongs to the legacy class: some parameter is, and none is an np array."""
    arrays = [p for p in parameters if isinstance(p, TapeArray)]
    return bool(arrays) and all(as_legacy(p) is p for p in arrays)


def _smooth(name, noise, function, parameters, size, dtype, ctx, out, conditions=None, standard=None):
    """A sample that is function(noise, *parameters), and the noise itself if the parameters are the `standard` ones.

    `conditions` are those of parameters, by position.
    """
    if ctx is not None:
        _device(ctx)
    dtype = floating(name, dtype)
    parameters = [p if type(p) is float else _parameter(p, dtype) for p in parameters]
    for k, condition in (conditions or {}).items():
        _require(name, condition, parameters[k])
    shape = _common_shape(name, size, out, parameters)
    noise = noise(shape, dtype)
    if type(noise) is not numpy.ndarray or noise.dtype is not dtype:
        noise = numpy.asarray(noise).astype(dtype, copy=False)
    for p in parameters:
        if type(p) is not float:
            return into(out, function(fresh(noise, _legacy(parameters)), *parameters))
    if parameters == standard:
        return into(out, fresh(noise))
    with numpy.errstate(all="ignore"):
        return into(out, fresh(numpy.asarray(function(noise, *parameters))))


def rough(name, sampler, parameters, size, dtype, ctx, out):
    """A sample that sampler(*parameters, shape) draws as a NumPy array; parameters get a zero gradient."""
    _device(ctx)
    parameters = [_parameter(p, numpy.dtype(numpy.float64)) if not isinstance(p, TapeArray) else p for p in parameters]
    shape = _common_shape(name, size, out, parameters)
    try:
        sample = numpy.asarray(sampler(*map(plain, parameters), shape)).astype(_dtype.resolve(dtype))
    except (ValueError, TypeError) as exc:
        raise from_numpy(name, parameters, exc) from exc
    result = fresh(sample, _legacy(parameters))
    return into(out, constant_of(result, parameters))


def _wide(dtype):
    return numpy.dtype(numpy.float32) if dtype == _HALF else dtype


def _normal(shape, dtype):
    return generator().standard_normal(shape, _wide(dtype))


def _uniform(shape, dtype):
    return generator().random(shape, _wide(dtype))


def _exponential(shape, dtype):
    """Standard exponential numbers, none of them 0, so that their logarithms are finite."""
    return numpy.maximum(generator().standard_exponential(shape, _wide(dtype)), numpy.finfo(dtype).tiny)


# -- samples that are smooth in their parameters ----------------------------------------------------------------------
@composed(np="random.normal")
def normal(loc=0.0, scale=1.0, size=None, dtype=None, ctx=None, out=None, device=None):
    """Normal (Gaussian) numbers of mean `loc` and standard deviation `scale`."""
    return _smooth("normal", _normal, lambda z, loc, scale: loc + scale * z, (loc, scale), size, dtype, ctx or device,
                   out, conditions={1: "scale >= 0"}, standard=[0.0, 1.0])


@composed(np="random.randn")
def randn(*size, dtype=None, ctx=None, device=None):
    """Standard normal numbers; the lengths of the axes are the arguments."""
    return normal(size=size, dtype=dtype, ctx=ctx or device)


@composed(np="random.uniform")
def uniform(low=0.0, high=1.0, size=None, dtype=None, ctx=None, out=None, device=None):
    """Numbers spread evenly from `low` to below `high`."""
    return _smooth("uniform", _uniform, lambda u, low, high: low + (high - low) * u, (low, high), size, dtype,
                   ctx or device, out, standard=[0.0, 1.0])


@composed(np="random.rand")
def rand(*size, dtype=None, ctx=None, device=None):
    """Numbers spread evenly from 0 to below 1; the lengths of the axes are the arguments."""
    return uniform(size=size, dtype=dtype, ctx=ctx or device)


@composed(npx="random.normal_n")
def normal_n(loc=0.0, scale=1.0, batch_shape=None, dtype=None, ctx=None, device=None):
    """Normal numbers of shape `batch_shape` + the shape of the parameters."""
    return normal(loc, scale, _batch(batch_shape, loc, scale), dtype, ctx or device)


@composed(npx="random.uniform_n")
def uniform_n(low=0.0, high=1.0, batch_shape=None, dtype=None, ctx=None, device=None):
    """Evenly spread numbers of shape `batch_shape` + the shape of the parameters."""
    return uniform(low, high, _batch(batch_shape, low, high), dtype, ctx or device)


def _batch(batch_shape, *parameters):
    return (*(shape_of(batch_shape) or ()), *numpy.broadcast_shapes(*(numpy.shape(plain(p)) for p in parameters)))


@composed(np="random.lognormal")
def lognormal(mean=0.0, sigma=1.0, size=None, dtype=None, ctx=None, out=None, device=None):
    """Numbers whose logarithms are normal, of mean `mean` and standard deviation `sigma`."""
    return _smooth("lognormal", _normal, lambda z, mean, sigma: numpy.exp(mean + sigma * z), (mean, sigma), size, dtype,
                   ctx or device, out, conditions={1: "sigma >= 0"})


@composed(np="random.exponential")
def exponential(scale=1.0, size=None, dtype=None, ctx=None, out=None, device=None):
    """Exponential numbers of mean `scale`."""
    return _smooth("exponential", _exponential, lambda e, scale: scale * e, (scale,), size, dtype, ctx or device, out,
                   conditions={0: "scale >= 0"})


@composed(np="random.gumbel")
def gumbel(loc=0.0, scale=1.0, size=None, dtype=None, ctx=None, out=None, device=None):
    """Gumbel (extreme value) numbers of mode `loc`."""
    return _smooth("gumbel", _exponential, lambda e, loc, scale: loc - scale * numpy.log(e), (loc, scale), size, dtype,
                   ctx or device, out, conditions={1: "scale >= 0"})


@composed(np="random.logistic")
def logistic(loc=0.0, scale=1.0, size=None, dtype=None, ctx=None, out=None, device=None):
    """Logistic numbers of mean `loc`."""
    return _smooth("logistic", lambda shape, dtype: generator().logistic(size=shape),
                   lambda z, loc, scale: loc + scale * z, (loc, scale), size, dtype, ctx or device, out,
                   conditions={1: "scale >= 0"})


@composed(np="random.laplace")
def laplace(loc=0.0, scale=1.0, size=None, dtype=None, ctx=None, out=None, device=None):
    """Laplace (two-sided exponential) numbers of mean `loc`."""
    return _smooth("laplace", lambda shape, dtype: generator().laplace(size=shape),
                   lambda z, loc, scale: loc + scale * z, (loc, scale), size, dtype, ctx or device, out,
                   conditions={1: "scale >= 0"})


@composed(np="random.rayleigh")
def rayleigh(scale=1.0, size=None, ctx=None, out=None, device=None):
    """Rayleigh numbers of mode `scale`."""
    return _smooth("rayleigh", _exponential, lambda e, scale: scale * numpy.sqrt(2.0 * e), (scale,), size, None,
                   ctx or device, out, conditions={0: "scale >= 0"})


@composed(np="random.weibull")
def weibull(a, size=None, ctx=None, out=None, device=None):
    """Weibull numbers of shape parameter `a` and scale 1."""
    return _smooth("weibull", _exponential, lambda e, a: numpy.power(e, 1.0 / a), (a,), size, None, ctx or device, out,
                   conditions={0: "a > 0"})


@composed(np="random.pareto")
def pareto(a, size=None, ctx=None, out=None, device=None):
    """Pareto II (Lomax) numbers of shape parameter `a`: Pareto's own less 1."""
    return _smooth("pareto", _exponential, lambda e, a: numpy.expm1(e / a), (a,), size, None, ctx or device, out,
                   conditions={0: "a > 0"})


@composed(np="random.power")
def power(a, size=None, ctx=None, out=None, device=None):
    """Numbers from 0 to 1 of density a x**(a - 1)."""
    return _smooth("power", _exponential, lambda e, a: numpy.exp(-e / a), (a,), size, None, ctx or device, out,
                   conditions={0: "a > 0"})


@composed(np="random.multivariate_normal")
def multivariate_normal(mean, cov, size=None, check_valid=None, tol=None):
    """Normal vectors of a mean (..., n) and a positive definite covariance matrix (..., n, n).

    Another matrix raises ArgumentError, whatever `check_valid` and `tol` say.
    """
    dtype = _dtype.DEFAULT
    mean, cov = (p if isinstance(p, TapeArray) else array(p, dtype) for p in (mean, cov))
    if mean.ndim < 1 or cov.ndim < 2 or not mean.shape[-1] == cov.shape[-1] == cov.shape[-2]:
        raise ShapeError(f"multivariate_normal: a mean of shape {mean.shape} with a covariance of shape {cov.shape}")
    batch = numpy.broadcast_shapes(mean.shape[:-1], cov.shape[:-2])
    noise = fresh(_normal((*(shape_of(size) or ()), *batch, mean.shape[-1], 1), dtype), _legacy([mean, cov]))
    # Nothing decomposes a matrix in half precision.
    half = cov.dtype == _HALF
    root = numpy.linalg.cholesky(in_dtype(cov, dtype) if half else cov)
    sample = mean + numpy.squeeze(numpy.matmul(root, noise), -1)
    return in_dtype(sample, _HALF) if half and mean.dtype == _HALF else sample


# -- samples that are not ---------------------------------------------------------------------------------------------
@composed(np="random.gamma")
def gamma(shape, scale=1.0, size=None, dtype=None, ctx=None, out=None, device=None):
    """Gamma numbers of mean `shape` times `scale`. Parameters get a zero gradient."""
    _require("gamma", "shape > 0", shape)
    _require("gamma", "scale > 0", scale)
    return rough("gamma", lambda a, scale, n: generator().gamma(a, scale, n), (shape, scale), size,
                  floating("gamma", dtype), ctx or device, out)


@composed(np="random.beta")
def beta(a, b, size=None, dtype=None, ctx=None, device=None):
    """Beta numbers, between 0 and 1, of mean a / (a + b). Parameters get a zero gradient."""
    return rough("beta", lambda a, b, n: generator().beta(a, b, n), (a, b), size, floating("beta", dtype),
                  ctx or device, None)


@composed(np="random.chisquare")
def chisquare(df, size=None, dtype=None, ctx=None, device=None):
    """Sums of `df` squared standard normal numbers. The parameter gets a zero gradient."""
    return rough("chisquare", lambda df, n: generator().chisquare(df, n), (df,), size, floating("chisquare", dtype),
                  ctx or device, None)


@composed(np="random.f")
def f(dfnum, dfden, size=None, ctx=None, device=None):
    """Quotients of two chi-square numbers, each over its degrees of freedom. Parameters get a zero gradient."""
    return rough("f", lambda a, b, n: generator().f(a, b, n), (dfnum, dfden), size, None, ctx or device, None)


@composed(npx="random.bernoulli")
def bernoulli(prob=None, logit=None, size=None, dtype=None, ctx=None, out=None, device=None):
    """Ones with probability `prob` (or that of the log odds `logit`), else zeros. Parameters get a zero gradient."""
    if (prob is None) == (logit is None):
        raise ArgumentError("bernoulli: Either `prob` or `logit` must be specified, but not both. "
                            f"Received prob={prob}, logit={logit}")

    def sample(p, shape):
        if logit is None and not numpy.all((numpy.asarray(p) >= 0) & (numpy.asarray(p) <= 1)):
            raise ArgumentError("prob is between 0 and 1")
        p = p if logit is None else 1.0 / (1.0 + numpy.exp(-numpy.asarray(p, numpy.float64)))
        return generator().random(numpy.broadcast_shapes(shape, numpy.shape(p))) < p

    return rough("bernoulli", sample, (logit if prob is None else prob,), size, dtype, ctx or device, out)
