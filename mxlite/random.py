"""Random numbers: the seed and the state of the generator, and the samplers of `nd.random` as in MXNet.

>>> import mxlite
>>> mxlite.random.seed(1)
>>> state = mxlite.random.get_state()
>>> x = mxlite.np.random.normal(size=3)
>>> mxlite.random.set_state(state)
>>> bool((x == mxlite.np.random.normal(size=3)).all())
True

Every thread has a generator of its own, NumPy's PCG64. `seed(n)` starts the calling thread's stream, which is the same
on every platform, and those of threads that have not drawn any numbers yet.
"""

from mxlite._generator import get_state, set_state
from mxlite._ops.legacy_random import (
    exponential,
    gamma,
    generalized_negative_binomial,
    multinomial,
    negative_binomial,
    normal,
    poisson,
    randint,
    randn,
    shuffle,
    uniform,
)
from mxlite._ops.random import seed

__all__ = [
    "exponential", "gamma", "generalized_negative_binomial", "get_state", "multinomial", "negative_binomial", "normal",
    "poisson", "randint", "randn", "seed", "set_state", "shuffle", "uniform",
]
