"""Scatter: adding rows to the places an index names."""

import numpy

def add_rows(out: numpy.ndarray, index: numpy.ndarray, rows: numpy.ndarray) -> None:
    """Adds rows[k] to out[index[k]] for every k, in order; indices lie in 0 ... len(out) - 1, unchecked."""
