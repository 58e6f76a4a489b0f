"""Counts of values in bins, of one variable or of several together."""

import math

import numpy

from mxlite._engine.operators import fresh
from mxlite._errors import ArgumentError, ShapeError, from_numpy, operand_message
from mxlite._op import composed, op
from mxlite._ops.operands import WIDE, in_dtype, operand, plain
from mxlite._ops.select import bincount


# -- one variable ------------------------------------------------------------------------------------------------------
@op(np="histogram", nd="histogram", grad=None)
def histogram(a, bins=10, range=None, normed=None, weights=None, density=None):
    """[counts, edges] of equal bins over a range (default: that of the elements), or of bins with given edges.

    Counts are int64. The last bin includes its upper edge; what lies outside is not counted.
    """
    if normed or density or weights is not None:
        raise ArgumentError(operand_message("histogram", (a,), "weights and density are not supported"))
    if numpy.ndim(bins) == 0 and int(bins) < 1:
        raise ArgumentError(operand_message("histogram", (a,), "bins must be positive"))
    if range is not None and not range[0] <= range[1]:
        raise ArgumentError(operand_message("histogram", (a,), f"range {range} ends before it begins"))
    counts, edges = numpy.histogram(a, bins, range)
    given = getattr(bins, "dtype", a.dtype) if numpy.ndim(bins) else a.dtype
    return [counts.astype(numpy.int64), edges.astype(given if given.kind == "f" else numpy.float32)]


def _raw(value):
    """Arrays of ours as NumPy arrays, also inside lists."""
    if isinstance(value, list | tuple):
        return type(value)(_raw(v) for v in value)
    return plain(value)


@composed(np="histogram_bin_edges")
def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges of bins: a number of equal ones over a range (default: that of the elements), given ones, or a rule.

    `bins` may name one of NumPy's rules, such as 'auto'; those know no weights. Edges of integers are float64. Raises
    ArgumentError for bins or a range that are none.
    """
    try:
        return fresh(numpy.histogram_bin_edges(_raw(operand(a)), _raw(bins), _raw(range), _raw(weights)))
    except (ValueError, TypeError) as exc:
        raise from_numpy("histogram_bin_edges", (a,), exc) from exc


# -- several variables -------------------------------------------------------------------------------------------------
def _cells(points, edges):
    """(number of the bin of each point, in C order; which points lie in one). The last bins include their end."""
    places, inside = 0, True
    for x, bounds in zip(points.T, edges, strict=True):
        place = numpy.searchsorted(bounds, x, "right") - 1
        place = numpy.where(x == bounds[-1], len(bounds) - 2, place)
        within = (place >= 0) & (place < len(bounds) - 1)
        inside = inside & within
        places = places * (len(bounds) - 1) + numpy.where(within, place, 0)
    return places, inside


def _counted(name, sample, bins, range, density, weights):
    """(counts or sums of weights or their density, float64; list of edges) for points in rows."""
    points = _raw(sample)
    points = numpy.asarray(points if isinstance(points, numpy.ndarray) else numpy.stack(points, axis=1))
    # Edges of bins that only have a number are float64, and so is what is compared with them.
    points = (points.reshape(-1, 1) if points.ndim == 1 else points).astype(WIDE)
    try:
        _, edges = numpy.histogramdd(points, _raw(bins), _raw(range))
    except (ValueError, TypeError, IndexError) as exc:
        raise from_numpy(name, (sample,), exc) from exc
    places, inside = _cells(points, edges)
    weights = fresh(numpy.ones(len(points))) if weights is None else in_dtype(operand(weights), WIDE)
    if weights.shape != (len(points),):
        raise ShapeError(operand_message(name, (weights,), f"weights is a vector with {len(points)} numbers"))
    shape = tuple(len(e) - 1 for e in edges)
    sums = bincount(fresh(places[inside]), weights[numpy.flatnonzero(inside)], math.prod(shape)).reshape(shape)
    if density:
        volume = 1.0
        for e in edges:
            volume = numpy.multiply.outer(volume, numpy.diff(e))
        sums = sums / fresh(volume) / numpy.sum(sums)
    return sums, [fresh(e) for e in edges]


@composed(np="histogramdd")
def histogramdd(sample, bins=10, range=None, normed=None, weights=None, density=None):
    """(counts in cells, list of the edges along each variable) for points (n, variables), or a list of variables.

    Both are float64; edges that were given keep their dtype. `bins` and `range` are for all variables, or one for each:
    a number of equal bins, or edges. Counts are the sums of the points' weights, which receive gradients, or with
    `density` (or `normed`) their share per volume. Raises ArgumentError for bins or a range that are none, ShapeError
    for weights that do not fit.
    """
    return _counted("histogramdd", sample, bins, range, normed or density, weights)


@composed(np="histogram2d")
def histogram2d(x, y, bins=10, range=None, normed=None, weights=None, density=None):
    """(counts, edges of x, edges of y) for the points (x, y); see histogramdd. `bins`: also edges that both share."""
    x, y = operand(x), operand(y)
    if x.shape != y.shape or x.ndim != 1:
        raise ShapeError(operand_message("histogram2d", (x, y), "x and y must have the same length, as vectors"))
    # One or two entries are bins for each variable, more are edges for both.
    shared = not numpy.isscalar(bins) and numpy.ndim(_raw(bins)) and len(bins) not in (1, 2)
    sums, edges = _counted("histogram2d", [x, y], [bins, bins] if shared else bins, range, normed or density, weights)
    return sums, *edges
