"""Samples of mxlite/_ops/correlation.py; what is composed: tests/test_gradients_level3.py."""

import numpy

from samples import Sample, values

A, SHORT = values(5, seed=1), values(2, seed=2)

SAMPLES = {
    "correlated": [
        *(Sample(A, values(3, seed=2), mode, label=mode) for mode in ("valid", "same", "full")),
        *(Sample(A, SHORT, mode, label=f"{mode}, two") for mode in ("valid", "same", "full")),
        *(Sample(SHORT, A, mode, label=f"{mode}, short one first") for mode in ("valid", "same", "full")),
        *(Sample(values(4), A, mode, label=f"{mode}, one longer") for mode in ("valid", "same", "full")),
        Sample(numpy.array([1, 2, 3]), numpy.array([4, 5]), "full", label="integers"),
    ],
}
