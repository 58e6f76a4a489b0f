# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.random import beta as beta
from mxlite._ops.random import chisquare as chisquare
from mxlite._ops.random import exponential as exponential
from mxlite._ops.random import f as f
from mxlite._ops.random import gamma as gamma
from mxlite._ops.random import gumbel as gumbel
from mxlite._ops.random import laplace as laplace
from mxlite._ops.random import logistic as logistic
from mxlite._ops.random import lognormal as lognormal
from mxlite._ops.random import multivariate_normal as multivariate_normal
from mxlite._ops.random import normal as normal
from mxlite._ops.random import pareto as pareto
from mxlite._ops.random import power as power
from mxlite._ops.random import rand as rand
from mxlite._ops.random import randn as randn
from mxlite._ops.random import rayleigh as rayleigh
from mxlite._ops.random import seed as seed
from mxlite._ops.random import uniform as uniform
from mxlite._ops.random import weibull as weibull
from mxlite._ops.random_choice import choice as choice
from mxlite._ops.random_choice import multinomial as multinomial
from mxlite._ops.random_choice import permutation as permutation
from mxlite._ops.random_choice import randint as randint
from mxlite._ops.random_choice import shuffle as shuffle

__all__ = [
    "beta", "chisquare", "choice", "exponential", "f", "gamma", "gumbel", "laplace", "logistic", "lognormal",
    "multinomial", "multivariate_normal", "normal", "pareto", "permutation", "power", "rand", "randint", "randn",
    "rayleigh", "seed", "shuffle", "uniform", "weibull",
]
