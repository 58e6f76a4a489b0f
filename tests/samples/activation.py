"""Samples of mxlite/_ops/activation.py."""

import math

import numpy

from mxlite._errors import DtypeError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
INTS = numpy.array([[3, -2, 5], [1, 7, -4]])
SELU = (1.0507009873554805, 1.6732632423543772)


def _sigmoid(x):
    return 1 / (1 + numpy.exp(-x))


def _softplus(x):
    return numpy.log1p(numpy.exp(x))


def _normal(x):
    return numpy.vectorize(lambda v: 0.5 * math.erfc(-v / math.sqrt(2)), otypes=[float])(x)


def _smooth_l1(x, scalar=1.0):
    far = numpy.abs(x) >= 1 / scalar**2
    return numpy.where(far, numpy.abs(x) - 0.5 / scalar**2, 0.5 * (scalar * x)**2)


def _one(reference, integers=False, far=True, order=3):
    samples = [
        Sample(values(2, 3), dtypes=ALL, label="2-d", order=order, reference=reference),
        Sample(numpy.array(0.75), label="0-d", reference=reference),
        Sample(numpy.array(-0.75), label="0-d, negative", reference=reference),
        Sample(numpy.empty((2, 0)), label="empty", reference=reference),
        Sample(INTS, legacy=integers, label="integers", reference=reference),
    ]
    if far:
        samples.append(Sample(numpy.array([-30.0, 30.0, 100.0]), label="far", reference=reference))
    return samples


def _with(reference, name, *parameters, order=2):
    """A static parameter, by position, by keyword and by default."""
    return [*_one(reference, far=False, order=order),
            *[Sample(values(2, 3, seed=k), p, label=f"{name} {p}", reference=reference)
              for k, p in enumerate(parameters)],
            Sample(values(2, 3), reference=reference, label=f"{name} by keyword", call={name: parameters[0]})]


def _elu(x, slope=0.25):
    return numpy.where(x > 0, x, slope * numpy.expm1(numpy.minimum(x, 0)))


def _leaky(x, slope=0.25):
    return numpy.where(x > 0, x, slope * x)


SAMPLES = {
    "relu": _one(lambda x: numpy.maximum(x, 0), integers=True),
    "sigmoid": _one(_sigmoid),
    "log_sigmoid": _one(lambda x: -numpy.logaddexp(0, -x)),
    "softrelu": _one(lambda x: numpy.logaddexp(0, x)),
    "softsign": _one(lambda x: x / (1 + numpy.abs(x))),
    "mish": _one(lambda x: x * numpy.tanh(_softplus(x))),
    "hard_sigmoid": [*_one(lambda x: numpy.clip(0.2 * x + 0.5, 0, 1)),
                     Sample(values(2, 3), 0.6, 0.4, label="alpha and beta",
                            reference=lambda x, a, b: numpy.clip(a * x + b, 0, 1))],
    "smooth_l1": _with(_smooth_l1, "scalar", 2.0, 0.8),
    "leaky": _with(_leaky, "slope", 0.1, 1.5),
    "elu": _with(_elu, "slope", 0.1, 1.5),
    "prelu": [Sample(values(2, 3), values(2, 3, low=0.1, high=0.9, seed=4), reference=_leaky, dtypes=ALL),
              Sample(values(2, 3), values(3, low=0.1, high=0.9, seed=4), reference=_leaky, label="row"),
              Sample(values(2, 3, 2), values(3, 1, low=0.1, high=0.9, seed=4), reference=_leaky, label="column"),
              Sample(numpy.array(-0.5), numpy.array(0.3), reference=_leaky, label="0-d"),
              Sample(numpy.empty((0, 3)), values(3), reference=_leaky, label="empty")],
    "selu": _one(lambda x: SELU[0] * _elu(x, SELU[1])),
    "gelu": _one(lambda x: x * _normal(x)),
    "gelu_tanh": _one(lambda x: 0.5 * x * (1 + numpy.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))),
    "quadratic": [Sample(values(2, 3), 2.0, 3.0, 4.0, reference=lambda x, a, b, c: a * x * x + b * x + c, dtypes=ALL),
                  Sample(values(2, 3), b=1.5, reference=lambda x, b: b * x, label="by keyword")],
    "gradientmultiplier": [Sample(values(2, 3), reference=lambda x: x),
                           Sample(values(2, 3), 2.5, wrt=(), order=0, reference=lambda x, s: x, label="times 2.5",
                                  why="its gradient is not that of its values by definition")],
    "div_sqrt_dim": [Sample(values(2, 3), reference=lambda x: x / math.sqrt(3), dtypes=ALL),
                     Sample(values(4), reference=lambda x: x / 2, label="1-d")],
}

ERRORS = {
    **{name: [
        BadCall(DtypeError, "unexpected keyword", values(2), axis=0),
        BadCall(DtypeError, "not supported", "text"),
    ] for name in ("relu", "sigmoid", "softsign", "hard_sigmoid", "smooth_l1")},
    "prelu": [BadCall(ShapeError, "broadcast", values(2), values(3))],
}
