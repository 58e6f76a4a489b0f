"""Samples of mxlite/_ops/gradient.py.

Their gradients are not derivatives of their values; tests/test_legacy.py, tests/test_random.py and
tests/test_autograd_grad.py check them.
"""

import numpy

from samples import Sample, values

_ODD = {"order": 0, "why": "the gradient is no derivative of the value"}
_X = values(2, 3)

SAMPLES = {
    "stop_gradient": [Sample(_X, **_ODD), Sample(numpy.array(1.5), label="0-d", **_ODD)],
    "constant": [Sample(_X, [values(3)], reference=lambda value, variables: value, **_ODD)],
    "make_loss": [Sample(_X, **_ODD)],
    "weighted_loss": [Sample(_X, 2.0, **_ODD)],
}
