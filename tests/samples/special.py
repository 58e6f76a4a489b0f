"""Samples of mxlite/_ops/special.py. The references are written with Python's math module and with sums."""

import math

import numpy

from mxlite._errors import DtypeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")


def _each(function):
    def reference(*args):
        with numpy.errstate(all="ignore"):
            return numpy.vectorize(function, otypes=[float])(*args)
    return reference


def _gamma(x):
    return math.nan if x < 0 and x == int(x) else math.copysign(math.inf, x) if x == 0 else math.gamma(x)


def _erfinv(p):
    """By bisection."""
    low, high = -6.0, 6.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if math.erf(middle) < p else (low, middle)
    return 0.5 * (low + high)


def _polygamma(n, x):
    """Recurrence far up, then the first terms of the asymptotic expansion."""
    n, total = int(n), 0.0
    while x < 40:
        total += 1 / x**(n + 1)
        x += 1
    total *= (-1)**(n + 1) * math.factorial(n)
    if n == 0:
        return total + math.log(x) - 1 / (2 * x) - 1 / (12 * x**2) + 1 / (120 * x**4) - 1 / (252 * x**6)
    return total + (-1)**(n + 1) * sum(
        b * math.factorial(k + n - 1) / math.factorial(k) / x**(k + n)
        for k, b in ((0, 1), (1, 0.5), (2, 1 / 6), (4, -1 / 30), (6, 1 / 42), (8, -1 / 30), (10, 5 / 66)))


def _bessel(n, x):
    n = int(n)
    return sum((x / 2)**(2 * k + n) / math.factorial(k) / math.factorial(k + n) for k in range(60))


def _one(reference, low, high, negative=None):
    samples = [
        Sample(values(2, 3, low=low, high=high), dtypes=ALL, label="2-d", order=4, reference=reference),
        Sample(numpy.array(0.5 * (low + high) + 0.1), label="0-d", reference=reference),
        Sample(numpy.empty((2, 0)), label="empty", reference=reference),
        Sample(numpy.array([1, 2, 3]) if negative else numpy.array([0]), label="integers", legacy=False,
               reference=reference),
    ]
    if negative:
        samples.append(Sample(values(3, low=negative[0], high=negative[1]), label="negative", order=3,
                              reference=reference))
    return samples


def _ordered(reference, orders, negative=None):
    samples = []
    for n in orders:
        samples.append(Sample(n, values(2, 3, low=0.7, high=4), label=f"order {n}", reference=reference))
        if negative:
            samples.append(Sample(n, values(3, low=negative[0], high=negative[1]), label=f"order {n}, negative",
                                  reference=reference))
    return samples


SAMPLES = {
    "erf": [*_one(_each(math.erf), -2, 2),
            Sample(numpy.array([-7.0, 9.0, 1e-9]), reference=_each(math.erf), label="far")],
    "erfc": [*_one(_each(math.erfc), -2, 2),
             Sample(numpy.array([-7.0, 9.0, 1e-9]), reference=_each(math.erfc), label="far")],
    "erfinv": [*_one(_each(_erfinv), -0.9, 0.9),
               Sample(numpy.array([0.9999, -0.99, 0.5, 1e-9]), reference=_each(_erfinv), order=0, wrt=(), label="far",
                      why="steep at the ends")],
    "gamma": _one(_each(_gamma), 0.6, 4, (-1.9, -1.1)),
    "gammaln": _one(_each(math.lgamma), 0.6, 4, (-1.9, -1.1)),
    "digamma": _one(_each(lambda x: _polygamma(0, x)), 0.6, 4, (-1.9, -1.1)),
    "polygamma": _ordered(_each(_polygamma), (0, 1, 2, 5), (-1.9, -1.1)),
    "i0": _one(_each(lambda x: _bessel(0, x)), -3, 3),
    "bessel_i": _ordered(_each(_bessel), (0, 1, 2, 5), (-3, -0.5)),
}

ERRORS = {name: [
    BadCall(DtypeError, "unexpected keyword", values(2), axis=0),
    BadCall(DtypeError, "not supported", "text"),
] for name in ("erf", "erfinv", "gamma", "gammaln", "digamma", "i0")}
