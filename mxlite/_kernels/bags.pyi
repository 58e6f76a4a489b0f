"""Bags of rows; arrays are C-contiguous and fit together, an index of -1 names nothing."""

import numpy

def sums(x: numpy.ndarray, weight: numpy.ndarray, index: numpy.ndarray, out: numpy.ndarray) -> None:
    """Adds to out[b] the rows x[index[b, k]], each times weight[b, k]."""

def spread(h: numpy.ndarray, weight: numpy.ndarray, index: numpy.ndarray, out: numpy.ndarray) -> None:
    """Adds to the rows out[index[b, k]] the row h[b] times weight[b, k]: the transpose of `sums`."""

def products(h: numpy.ndarray, x: numpy.ndarray, index: numpy.ndarray, out: numpy.ndarray) -> None:
    """out[b, k] = the sum of products of h[b] and x[index[b, k]]."""
