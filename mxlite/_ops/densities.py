"""Probability densities and masses of MXNet 1.x, or their logarithms, with gradients to samples and parameters.

A sample has the shape of the parameters, which are all alike, followed by any axes. As in MXNet nothing is checked:
the formulas are evaluated as they stand, also outside of a distribution's range. Counts have no derivative: it is 0.
"""

import math

import numpy

from mxlite._engine.operators import TapeArray
from mxlite._errors import DtypeError, ShapeError, operand_message
from mxlite._kernels import special
from mxlite._op import composed
from mxlite._ops.creation import zeros_like
from mxlite._ops.gradient import stop_gradient
from mxlite._ops.operands import into

_ROOT = math.sqrt(2 * math.pi)


def _fitted(name, sample, *parameters, last=0):
    """The parameters with an axis of length 1 for each further axis of the sample, before their `last` own ones."""
    arrays = (sample, *parameters)
    if not all(isinstance(x, TapeArray) for x in arrays):
        kinds = ", ".join(sorted({type(x).__name__ for x in arrays if not isinstance(x, TapeArray)}))
        raise DtypeError(f"{name}: sample and parameters are arrays, not {kinds}; make them with nd.array()")
    if len({numpy.dtype(x.dtype) for x in arrays}) > 1:
        raise DtypeError(operand_message(name, arrays, "operands must have one dtype; convert with astype."))
    shape = parameters[0].shape
    lead, own = shape[:len(shape) - last], shape[len(shape) - last:]
    more = sample.ndim - len(shape)
    fits = more >= 0 and sample.shape[:len(lead)] == lead and sample.shape[sample.ndim - last:] == own
    if not fits or any(p.shape != shape for p in parameters):
        raise ShapeError(operand_message(name, arrays, "a sample has the shape of the parameters, which are alike, "
                                                       "and may have more axes after it"))
    return [p if not more else p.reshape((*lead, *(1,) * more, *own)) for p in parameters]


def _result(logarithm, is_log, out):
    return into(out, logarithm if is_log else numpy.exp(logarithm))


@composed(nd="random_pdf_normal")
def random_pdf_normal(sample, mu, sigma, is_log=False, out=None):
    """Density of normal numbers of mean `mu` and standard deviation `sigma`."""
    mu, sigma = _fitted("random_pdf_normal", sample, mu, sigma)
    exponent = -0.5 * numpy.square(sample - mu) / numpy.square(sigma)
    return into(out, exponent - numpy.log(_ROOT * sigma) if is_log else numpy.exp(exponent) / (_ROOT * sigma))


@composed(nd="random_pdf_uniform")
def random_pdf_uniform(sample, low, high, is_log=False, out=None):
    """Density of numbers between `low` and `high`, the same everywhere; whether the sample lies there is not asked."""
    low, high = _fitted("random_pdf_uniform", sample, low, high)
    length = high - low
    return into(out, (-numpy.log(length) if is_log else 1.0 / length) + zeros_like(sample))


def _log_gamma(sample, alpha, beta):
    return alpha * numpy.log(beta) + (alpha - 1) * numpy.log(sample) - beta * sample - special.gammaln(alpha)


@composed(nd="random_pdf_gamma")
def random_pdf_gamma(sample, alpha, beta, is_log=False, out=None):
    """Density of gamma numbers of shape `alpha` and rate `beta`, that is, of mean alpha / beta."""
    return _result(_log_gamma(sample, *_fitted("random_pdf_gamma", sample, alpha, beta)), is_log, out)


@composed(nd="random_pdf_exponential")
def random_pdf_exponential(sample, lam, is_log=False, out=None):
    """Density of exponential numbers of rate `lam`, that is, of mean 1 / lam."""
    lam, = _fitted("random_pdf_exponential", sample, lam)
    return into(out, numpy.log(lam) - lam * sample if is_log else lam * numpy.exp(-lam * sample))


@composed(nd="random_pdf_poisson")
def random_pdf_poisson(sample, lam, is_log=False, out=None):
    """Probability of Poisson counts of mean `lam`."""
    lam, = _fitted("random_pdf_poisson", sample, lam)
    sample = stop_gradient(sample)
    return _result(sample * numpy.log(lam) - special.gammaln(sample + 1) - lam, is_log, out)


def _log_negative_binomial(sample, k, p):
    ways = special.gammaln(sample + k) - special.gammaln(sample + 1) - special.gammaln(k)
    return ways + k * numpy.log(p) + sample * numpy.log(1 - p)


@composed(nd="random_pdf_negative_binomial")
def random_pdf_negative_binomial(sample, k, p, is_log=False, out=None):
    """Probability of counts of failures before the k-th success of probability p."""
    k, p = _fitted("random_pdf_negative_binomial", sample, k, p)
    return _result(_log_negative_binomial(stop_gradient(sample), k, p), is_log, out)


@composed(nd="random_pdf_generalized_negative_binomial")
def random_pdf_generalized_negative_binomial(sample, mu, alpha, is_log=False, out=None):
    """Probability of Poisson counts whose mean is gamma distributed: mean `mu`, variance mu + alpha mu**2."""
    mu, alpha = _fitted("random_pdf_generalized_negative_binomial", sample, mu, alpha)
    return _result(_log_negative_binomial(stop_gradient(sample), 1.0 / alpha, 1.0 / (mu * alpha + 1.0)), is_log, out)


@composed(nd="random_pdf_dirichlet")
def random_pdf_dirichlet(sample, alpha, is_log=False, out=None):
    """Density of Dirichlet vectors, in the last axis, of concentrations `alpha`; the result lacks that axis."""
    alpha, = _fitted("random_pdf_dirichlet", sample, alpha, last=1)
    whole = special.gammaln(numpy.sum(alpha, axis=-1)) - numpy.sum(special.gammaln(alpha), axis=-1)
    return _result(numpy.sum((alpha - 1) * numpy.log(sample), axis=-1) + whole, is_log, out)
