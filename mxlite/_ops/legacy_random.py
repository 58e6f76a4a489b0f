"""Random arrays in MXNet 1.x: legacy arrays, `shape` draws for every element of the parameters.

With array parameters the result has their shape followed by `shape`; with numbers it has `shape`, by default (1,).
"""

import math

import numpy

from mxlite._engine.operators import TapeArray, as_legacy, fresh
from mxlite._errors import ArgumentError, DtypeError, ShapeError
from mxlite._generator import generator
from mxlite._op import composed
from mxlite._ops import random, random_choice
from mxlite._ops.gradient import constant_of
from mxlite._ops.legacy_creation import legacy
from mxlite._ops.operands import WIDE, in_dtype, into, operand
from mxlite._ops.shape import reshape
from mxlite.context import device as _device


def _spread(name, parameters, shape, out):
    """(parameters with an axis of length 1 for every axis of `shape`, the shape of the result)."""
    shape = random.shape_of(shape)
    arrays = [p for p in parameters if isinstance(p, TapeArray)]
    if not arrays:
        return parameters, shape if shape is not None else (1,) if out is None else out.shape
    if len(arrays) != len(parameters):
        kinds = ", ".join(sorted({type(p).__name__ for p in parameters}))
        raise DtypeError(f"{name}: Distribution parameters must all have the same type, but got {kinds}")
    if len({p.shape for p in arrays}) > 1:
        raise ShapeError(f"{name}: parameters of shapes {', '.join(str(p.shape) for p in arrays)}")
    lead = arrays[0].shape
    shape = shape or ()
    return [reshape(p, lead + (1,) * len(shape)) for p in parameters], lead + shape


def _sampled(name, sampler, parameters, shape, dtype, ctx, out):
    """The sampler of np.random called with the conventions of 1.x."""
    dtype = None if dtype == "None" else dtype
    if not any(isinstance(p, TapeArray) for p in parameters):
        for p in parameters:
            if not isinstance(p, int | float | numpy.number):
                raise DtypeError(f"{name}: parameters are numbers or arrays, not {type(p).__name__}")
    if dtype is None and out is not None:
        dtype = out.dtype
    parameters, size = _spread(name, parameters, shape, out)
    return into(out, legacy(sampler(*parameters, size, dtype, ctx)))


def _counts(name, draw):
    """A sampler of counts, in np.random's conventions, by a method of NumPy's generator."""
    def sampler(*args):
        *parameters, size, dtype, ctx = args
        return random.rough(name, draw, parameters, size, random.floating(name, dtype), ctx, None)
    return sampler


_poisson = _counts("poisson", lambda lam, n: generator().poisson(lam, n))
_negative_binomial = _counts("negative_binomial", lambda k, p, n: generator().negative_binomial(k, p, n))
_mixed_poisson = _counts("generalized_negative_binomial", lambda mu, alpha, n: generator().poisson(
    generator().gamma(1.0 / numpy.asarray(alpha, float), numpy.asarray(mu, float) * alpha, n)))


# -- nd.random --------------------------------------------------------------------------------------------------------
@composed(nd=("random.uniform", "uniform", "random_uniform", "sample_uniform"))
def uniform(low=0, high=1, shape=None, dtype=None, ctx=None, out=None):
    """Numbers spread evenly from `low` to below `high`."""
    if not isinstance(low, TapeArray) and not isinstance(high, TapeArray) and high < low:
        raise ArgumentError(f"uniform: low {low} is above high {high}")
    return _sampled("uniform", random.uniform, [low, high], shape, dtype, ctx, out)


@composed(nd=("random.normal", "normal", "random_normal"))
def normal(loc=0, scale=1, shape=None, dtype=None, ctx=None, out=None):
    """Normal (Gaussian) numbers of mean `loc` and standard deviation `scale`."""
    return _sampled("normal", random.normal, [loc, scale], shape, dtype, ctx, out)


@composed(nd="sample_normal")
def sample_normal(mu, sigma, shape=(), dtype=None, out=None):
    """Normal numbers of mean `mu` and standard deviation `sigma`."""
    return normal(mu, sigma, shape, dtype, None, out)


@composed(nd="random.randn")
def randn(*shape, loc=0, scale=1, dtype=None, ctx=None, out=None):
    """Normal numbers; the lengths of the axes are the arguments."""
    return normal(loc, scale, shape or None, dtype, ctx, out)


@composed(nd="random.exponential")
def exponential(scale=1, shape=None, dtype=None, ctx=None, out=None):
    """Exponential numbers of mean `scale`."""
    return _sampled("exponential", random.exponential, [scale], shape, dtype, ctx, out)


@composed(nd=("random_exponential", "sample_exponential"))
def random_exponential(lam=1, shape=None, dtype=None, ctx=None, out=None):
    """Exponential numbers of rate `lam`, that is, of mean 1 / lam."""
    return exponential(1.0 / lam, shape, dtype, ctx, out)


@composed(nd=("random.gamma", "random_gamma", "sample_gamma"))
def gamma(alpha=1, beta=1, shape=None, dtype=None, ctx=None, out=None):
    """Gamma numbers of shape `alpha` and scale `beta`, that is, of mean alpha * beta."""
    return _sampled("gamma", random.gamma, [alpha, beta], shape, dtype, ctx, out)


@composed(nd=("random.poisson", "random_poisson", "sample_poisson"))
def poisson(lam=1, shape=None, dtype=None, ctx=None, out=None):
    """Poisson counts of mean `lam`, as floats."""
    return _sampled("poisson", _poisson, [lam], shape, dtype, ctx, out)


@composed(nd=("random.negative_binomial", "random_negative_binomial", "sample_negative_binomial"))
def negative_binomial(k=1, p=1, shape=None, dtype=None, ctx=None, out=None):
    """Failures before the k-th success of probability p, as floats."""
    return _sampled("negative_binomial", _negative_binomial, [k, p], shape, dtype, ctx, out)


@composed(nd=("random.generalized_negative_binomial", "random_generalized_negative_binomial",
              "sample_generalized_negative_binomial"))
def generalized_negative_binomial(mu=1, alpha=1, shape=None, dtype=None, ctx=None, out=None):
    """Poisson counts whose mean is gamma distributed: mean `mu`, variance mu + alpha mu**2, as floats."""
    return _sampled("generalized_negative_binomial", _mixed_poisson, [mu, alpha], shape, dtype, ctx, out)


@composed(nd=("random.randint", "random_randint"))
def randint(low, high, shape=None, dtype=None, ctx=None, out=None):
    """Integers from `low` to below `high`, int32 by default."""
    if shape is None:
        shape = (1,) if out is None else out.shape
    if dtype in (None, "None"):
        dtype = "int32" if out is None else out.dtype
    return into(out, legacy(random_choice.randint(low, high, shape, dtype, ctx)))


@composed(nd=("random.multinomial", "sample_multinomial"))
def multinomial(data, shape=None, get_prob=False, out=None, dtype="int32"):
    """Numbers of the outcomes whose probabilities are the rows of `data`: `shape` draws from each row.

    With `get_prob` also the logarithms of the probabilities of what was drawn, with gradients to `data`.
    """
    return random_choice.categorical(data, () if shape is None else shape, get_prob, dtype, out)


@composed(nd=("random.shuffle", "shuffle"))
def shuffle(data, out=None):
    """The entries along the first axis in random order: a new array."""
    return into(out, random_choice.permutation(data))


# -- samples in the shape and dtype of an array -----------------------------------------------------------------------
def _like(data, sampler, *parameters, out):
    """A sample in the shape and dtype of `data`, of which it is a constant; integers are cut off."""
    dtype = numpy.dtype(data.dtype)
    sample = sampler(*parameters, data.shape, dtype if dtype.kind == "f" else None)
    return into(out, constant_of(in_dtype(sample, dtype), (data,)))


@composed(nd="random.uniform_like")
def uniform_like(data, low=0, high=1, out=None):
    """Numbers spread evenly from `low` to below `high`."""
    return _like(data, uniform, low, high, out=out)


@composed(nd="random.normal_like")
def normal_like(data, loc=0, scale=1, out=None):
    """Normal numbers of mean `loc` and standard deviation `scale`."""
    return _like(data, normal, loc, scale, out=out)


@composed(nd="random.exponential_like")
def exponential_like(data, lam=1, out=None):
    """Exponential numbers of rate `lam`, that is, of mean 1 / lam."""
    return _like(data, random_exponential, lam, out=out)


@composed(nd="random.gamma_like")
def gamma_like(data, alpha=1, beta=1, out=None):
    """Gamma numbers of shape `alpha` and scale `beta`."""
    return _like(data, gamma, alpha, beta, out=out)


@composed(nd="random.poisson_like")
def poisson_like(data, lam=1, out=None):
    """Poisson counts of mean `lam`."""
    return _like(data, poisson, lam, out=out)


@composed(nd="random.negative_binomial_like")
def negative_binomial_like(data, k=1, p=1, out=None):
    """Failures before the k-th success of probability p."""
    return _like(data, negative_binomial, k, p, out=out)


@composed(nd="random.generalized_negative_binomial_like")
def generalized_negative_binomial_like(data, mu=1, alpha=1, out=None):
    """Poisson counts whose mean is gamma distributed: mean `mu`, variance mu + alpha mu**2."""
    return _like(data, generalized_negative_binomial, mu, alpha, out=out)


# -- candidates -------------------------------------------------------------------------------------------------------
def _expected(classes, draws, log_range):
    return numpy.log((classes + 2.0) / (classes + 1.0)) / log_range * draws


@composed(nd="contrib.rand_zipfian")
def rand_zipfian(true_classes, num_sampled, range_max, ctx=None):
    """(classes drawn from 0 to below range_max, int64; expected counts of the true classes and of these, float64).

    Class k comes up with probability log((k + 2) / (k + 1)) / log(range_max + 1).
    """
    _device(ctx)
    if range_max < 1:
        raise ArgumentError(f"rand_zipfian: range_max is a number from 1 on, not {range_max}")
    log_range = math.log(range_max + 1)
    drawn = (numpy.exp(generator().uniform(0, log_range, int(num_sampled))) - 1).astype(numpy.int64) % range_max
    true = in_dtype(as_legacy(operand(true_classes)), WIDE)
    return (fresh(drawn, True), _expected(true, num_sampled, log_range),
            _expected(fresh(drawn.astype(WIDE), True), num_sampled, log_range))
