# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.random import bernoulli as bernoulli
from mxlite._ops.random import normal_n as normal_n
from mxlite._ops.random import seed_npx as seed
from mxlite._ops.random import uniform_n as uniform_n
from mxlite._ops.random_choice import categorical as categorical
from mxlite._ops.random_counts import multinomial as multinomial

__all__ = [
    "bernoulli", "categorical", "multinomial", "normal_n", "seed", "uniform_n",
]
