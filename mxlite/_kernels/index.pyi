"""Scatter: adding rows to the places an index names."""

import numpy

def add_rows(out: numpy.ndarray, index: numpy.ndarray, rows: numpy.ndarray) -> None:
    """Adds rows[k] to out[index[k]] for every k, in order; indices, negative ones too, are not checked."""
