"""Windows that slide over an image; images have three spatial axes, arrays are C-contiguous and fit together."""

import numpy

_Three = tuple[int, int, int]

def to_columns(x: numpy.ndarray, cols: numpy.ndarray, kernel: _Three, places: _Three, stride: _Three, dilate: _Three,
               pad: _Three) -> None:
    """Fills the flat cols (channels, window, images, places) from x (images, channels, space); 0 in the padding."""

def from_columns(cols: numpy.ndarray, x: numpy.ndarray, kernel: _Three, places: _Three, stride: _Three,
                 dilate: _Three, pad: _Three) -> None:
    """Adds the columns to the places of x that to_columns takes them from."""

def largest(x: numpy.ndarray, index: numpy.ndarray, kernel: _Three, stride: _Three, pad: _Three) -> None:
    """Numbers of the largest elements of windows within x[p], -1 for an empty window."""

def pick(x: numpy.ndarray, index: numpy.ndarray, out: numpy.ndarray, missing: float) -> None:
    """out[p, k] = x[p, index[p, k]], or `missing` where the index is negative."""

def drop(g: numpy.ndarray, index: numpy.ndarray, out: numpy.ndarray) -> None:
    """out[p, index[p, k]] += g[p, k] where the index is not negative."""

def total(x: numpy.ndarray, out: numpy.ndarray, kernel: _Three, stride: _Three, pad: _Three) -> None:
    """Sums of windows, nothing in the padding."""

def spread(g: numpy.ndarray, out: numpy.ndarray, kernel: _Three, stride: _Three, pad: _Three) -> None:
    """Adds g[p, place] to every element of the window: the transpose of `total`."""
