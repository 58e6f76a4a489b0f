"""No operator lets NumPy warn, whatever is in the arrays: MXNet says nothing about 1/0."""

import contextlib
import warnings

import numpy
import pytest
from cases import CASES, params

from mxlite import np
from mxlite._engine.operators import from_raw
from mxlite._errors import MXNetError

LIMITS = {
    "largest": lambda f: [f.max], "infinite": lambda f: [numpy.inf], "nan": lambda f: [numpy.nan],
    "tiny": lambda f: [f.tiny], "mixed": lambda f: [f.max, -f.max, numpy.inf, -numpy.inf, 0, f.tiny],
}


def extreme(value, dtype, limits):
    """A sample's argument with every float in it replaced by others in turn, as an array of ours."""
    if isinstance(value, list | tuple) and any(isinstance(v, numpy.ndarray) for v in value):
        return type(value)(extreme(v, dtype, limits) for v in value)
    if not isinstance(value, numpy.ndarray):
        return value
    if value.dtype.kind != "f":
        return from_raw(value.copy(), np.ndarray)
    return from_raw(numpy.resize(numpy.array(limits, dtype), value.shape), np.ndarray)


@pytest.mark.parametrize("case", params([c for c in CASES if c.op.quiet]))
def test_operators_declared_quiet_are(case):
    """Others run with warnings off, which costs a little."""
    for dtype in ("float16", "float32", "float64"):
        for limits in LIMITS.values():
            values = limits(numpy.finfo(dtype))
            args = [extreme(v, dtype, values) for v in case.sample.args]
            kwargs = {k: extreme(v, dtype, values) for k, v in case.sample.kwargs.items()}
            with warnings.catch_warnings(), contextlib.suppress(MXNetError):
                warnings.simplefilter("error")
                case.entry(*args, **kwargs)
