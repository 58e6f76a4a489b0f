# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.legacy_random import exponential as exponential
from mxlite._ops.legacy_random import exponential_like as exponential_like
from mxlite._ops.legacy_random import gamma as gamma
from mxlite._ops.legacy_random import gamma_like as gamma_like
from mxlite._ops.legacy_random import generalized_negative_binomial as generalized_negative_binomial
from mxlite._ops.legacy_random import generalized_negative_binomial_like as generalized_negative_binomial_like
from mxlite._ops.legacy_random import multinomial as multinomial
from mxlite._ops.legacy_random import negative_binomial as negative_binomial
from mxlite._ops.legacy_random import negative_binomial_like as negative_binomial_like
from mxlite._ops.legacy_random import normal as normal
from mxlite._ops.legacy_random import normal_like as normal_like
from mxlite._ops.legacy_random import poisson as poisson
from mxlite._ops.legacy_random import poisson_like as poisson_like
from mxlite._ops.legacy_random import randint as randint
from mxlite._ops.legacy_random import randn as randn
from mxlite._ops.legacy_random import shuffle as shuffle
from mxlite._ops.legacy_random import uniform as uniform
from mxlite._ops.legacy_random import uniform_like as uniform_like

__all__ = [
    "exponential", "exponential_like", "gamma", "gamma_like", "generalized_negative_binomial",
    "generalized_negative_binomial_like", "multinomial", "negative_binomial", "negative_binomial_like", "normal",
    "normal_like", "poisson", "poisson_like", "randint", "randn", "shuffle", "uniform", "uniform_like",
]
