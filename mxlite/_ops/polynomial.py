"""Polynomials, histograms, and the extremes of what is not nan."""

import numpy

from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import op
from mxlite._ops.reduce import listed, spread


# -- extremes ----------------------------------------------------------------------------------------------------------
def _at_extremes(g, a, y, axis):
    """Every entry that ties gets all of the cotangent."""
    return spread(g, a.shape, axis) * (a == spread(y, a.shape, axis))


def _extreme(name, ufunc, a, axis, keepdims, initial, where):
    if initial is not None or where is not None:
        raise ArgumentError(operand_message(name, (a,), "initial and where are not supported"))
    return ufunc.reduce(a, axis=listed(axis), keepdims=bool(keepdims))


@op(np="nanmax", grad={"a": _at_extremes})
def nanmax(a, axis=None, out=None, keepdims=False, initial=None, where=None):
    """Largest element over axes that is not nan; nan if there is none. All that tie receive the whole gradient."""
    return _extreme("nanmax", numpy.fmax, a, axis, keepdims, initial, where)


@op(np="nanmin", grad={"a": _at_extremes})
def nanmin(a, axis=None, out=None, keepdims=False, initial=None, where=None):
    """Smallest element over axes that is not nan; nan if there is none. All that tie receive the whole gradient."""
    return _extreme("nanmin", numpy.fmin, a, axis, keepdims, initial, where)


# -- polynomials -------------------------------------------------------------------------------------------------------
def _polyval_p(g, p_shape, x):
    # Powers by products: the derivative of power is nan at 0.
    sums, power = [numpy.sum(g)], None
    for _ in range(p_shape[0] - 1):
        power = x if power is None else power * x
        sums.append(numpy.sum(g * power))
    return numpy.stack(sums[::-1])


def _polyval_slope(g, p, x):
    n = p.shape[0]
    if n < 2:
        return g * 0.0
    return g * numpy.polyval(p[:-1] * numpy.arange(n - 1, 0, -1).astype(p.dtype), x)


@op(np="polyval", grad={"p": _polyval_p, "x": _polyval_slope})
def polyval(p, x):
    """The polynomial of coefficients p, highest power first, at the elements of x; ShapeError unless p is 1-d."""
    if p.ndim != 1 or not p.size:
        raise ShapeError(operand_message("polyval", (p, x), "p has to be an 1-D array."))
    x = numpy.asarray(x)
    y = numpy.full(x.shape, p[0], numpy.result_type(p, x))
    for c in p[1:]:
        y = y * x + c
    return numpy.asarray(y)


# -- histogram ---------------------------------------------------------------------------------------------------------
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
