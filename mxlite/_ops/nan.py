"""Reductions that leave out nan: sums and products, extremes and their places, running sums, variances.

Axes are named as in mxlite._ops.reduce.
"""

import numpy

from mxlite import _dtype
from mxlite._errors import ArgumentError, operand_message
from mxlite._op import composed, op
from mxlite._ops.operands import into, operand
from mxlite._ops.reduce import at_extremes, cumprod, cumsum, listed, other_factors, over_deviation, spread


# -- sums and products -------------------------------------------------------------------------------------------------
@op(grad={"x": lambda g, x: g * (x == x)}, quiet=True)
def filled(x, value):
    """x with `value` in place of nan."""
    return numpy.where(x == x, x, numpy.asarray(value, x.dtype))


def _counted(a, where):
    """Which elements a reduction counts: what is not nan and, if `where` is given, what it admits. In a's dtype."""
    counted = a == a
    return (counted if where is None else counted * numpy.asarray(where, bool)).astype(a.dtype)


def _nanprod_grad(g, a, axis, initial, where):
    counted = _counted(a, where)
    factors = numpy.where(counted != 0, a, numpy.ones((), a.dtype))
    return other_factors(g if initial is None else g * initial, factors, axis) * counted


def _nan_reduced(reduce, a, axis, dtype, keepdims, initial, where):
    # NumPy's default for both is no value at all, for which None would not do.
    given = {key: value for key, value in (("initial", initial), ("where", where)) if value is not None}
    if where is not None:
        given["where"] = numpy.asarray(where, bool)
    return reduce(a, axis=listed(axis), dtype=_dtype.resolve(dtype, None), keepdims=bool(keepdims), **given)


@op(np="nansum", nd="nansum", nd_dtype="same",
    grad={"a": lambda g, a, axis, where: spread(g, a.shape, axis) * _counted(a, where)})
def nansum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None):
    """Sum over axes of what is not nan and where `where` is true, plus `initial`.

    Integers count as 64-bit ones; legacy arrays keep their dtype.
    """
    return _nan_reduced(numpy.nansum, a, axis, dtype, keepdims, initial, where)


@op(np="nanprod", nd="nanprod", nd_dtype="same", grad={"a": _nanprod_grad})
def nanprod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None):
    """Product over axes of what is not nan and where `where` is true, times `initial`.

    Integers count as 64-bit ones; legacy arrays keep their dtype.
    """
    return _nan_reduced(numpy.nanprod, a, axis, dtype, keepdims, initial, where)


# -- extremes ----------------------------------------------------------------------------------------------------------
def _at_extremes(g, a, y, axis, where):
    out = at_extremes(g, a, y, axis)
    return out if where is None else out * numpy.asarray(where, bool)


def _extreme(name, ufunc, a, axis, keepdims, initial, where):
    if where is not None:
        if initial is None:
            raise ArgumentError(operand_message(name, (a,), "to use a where mask one has to specify 'initial'"))
        a = numpy.where(where, a, numpy.asarray(initial, a.dtype))
    y = ufunc.reduce(a, axis=listed(axis), keepdims=bool(keepdims))
    return y if initial is None else ufunc(y, numpy.asarray(initial, a.dtype))


@op(np="nanmax", grad={"a": _at_extremes})
def nanmax(a, axis=None, out=None, keepdims=False, initial=None, where=None):
    """Largest element over axes that is not nan; nan if there is none. All that tie receive the whole gradient.

    At least `initial`; only elements that are True in `where` count. Raises ArgumentError for `where` without initial.
    """
    return _extreme("nanmax", numpy.fmax, a, axis, keepdims, initial, where)


@op(np="nanmin", grad={"a": _at_extremes})
def nanmin(a, axis=None, out=None, keepdims=False, initial=None, where=None):
    """Smallest element over axes that is not nan; nan if there is none. All that tie receive the whole gradient.

    At most `initial`; only elements that are True in `where` count. Raises ArgumentError for `where` without initial.
    """
    return _extreme("nanmin", numpy.fmin, a, axis, keepdims, initial, where)


# -- places ------------------------------------------------------------------------------------------------------------
@op(np="nanargmax", grad=None, quiet=True)
def nanargmax(a, axis=None, out=None, keepdims=False):
    """Index of the first largest element that is not nan, along an axis or in the flattened array; int64.

    Raises ArgumentError where there is none.
    """
    return numpy.nanargmax(a, axis=axis, keepdims=bool(keepdims))


@op(np="nanargmin", grad=None, quiet=True)
def nanargmin(a, axis=None, out=None, keepdims=False):
    """Index of the first smallest element that is not nan, along an axis or in the flattened array; int64.

    Raises ArgumentError where there is none.
    """
    return numpy.nanargmin(a, axis=axis, keepdims=bool(keepdims))


# -- running sums and products -----------------------------------------------------------------------------------------
def _accumulated_in(a, dtype):
    """The dtype of a running sum: as asked, else the operand's, small integers as NumPy counts them."""
    own = numpy.dtype(a.dtype)
    if dtype is None and own.kind in "biu":
        return numpy.result_type(own, numpy.uint64 if own.kind == "u" else numpy.int64)
    return dtype


@composed(np="nancumsum")
def nancumsum(a, axis=None, dtype=None, out=None):
    """Sum of all elements up to each, nan as 0, along an axis or in the flattened array. Integers count as 64-bit."""
    a = operand(a)
    return into(out, cumsum(filled(a, 0), axis, _accumulated_in(a, dtype)))


@composed(np="nancumprod")
def nancumprod(a, axis=None, dtype=None, out=None):
    """Product of all elements up to each, nan as 1, along an axis or in the flattened array. Integers: see nancumsum.
    """
    a = operand(a)
    return into(out, cumprod(filled(a, 1), axis, _accumulated_in(a, dtype)))


# -- variances ---------------------------------------------------------------------------------------------------------
def _deviation(a, axis, where):
    """(what each element that counts differs from their mean, 0 elsewhere; how many count), reduced axes kept."""
    axis, counts = listed(axis), a == a
    if where is not None:
        counts = numpy.logical_and(counts, where)
    n = numpy.sum(counts.astype(a.dtype), axis=axis, keepdims=True)
    mean = numpy.sum(numpy.where(counts, a, 0), axis=axis, keepdims=True) / n
    return numpy.where(counts, a - mean, 0), n


def _divisor(n, ddof):
    """n - ddof, and nan where that leaves nothing to divide by."""
    return numpy.where(n > ddof, n - ddof, numpy.nan)


def _variance(a, axis, dtype, ddof, keepdims, where):
    wanted = _dtype.resolve(dtype, a.dtype if a.dtype.kind == "f" else numpy.dtype(numpy.float64))
    # Halves are summed in float32, as in var.
    deviation, n = _deviation(a.astype(_dtype.DEFAULT if wanted.char == "e" else wanted, copy=False), axis, where)
    y = numpy.sum(deviation * deviation, axis=listed(axis), keepdims=True) / _divisor(n, ddof)
    return (y if keepdims else numpy.squeeze(y, tuple(range(a.ndim)) if axis is None else listed(axis))), wanted


def _variance_grad(g, a, axis, ddof, where):
    deviation, n = _deviation(a, axis, where)
    return spread(g, a.shape, axis) * deviation * (2.0 / _divisor(n, ddof)).astype(g.dtype)


@op(np="nanvar", grad={"a": _variance_grad})
def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, where=None):
    """Variance over axes of what is not nan, and is True in `where`; nan if not more than `ddof` elements are left.

    Integers become float64, as in NumPy.
    """
    y, wanted = _variance(a, axis, dtype, ddof, keepdims, where)
    return y.astype(wanted)


def _std_grad(g, a, y, axis, ddof, where):
    if not a.size:
        return g.sum() * a
    left = a == a if where is None else numpy.logical_and(a == a, where)
    high = numpy.max(numpy.where(left, a, -numpy.inf), axis=listed(axis))
    low = numpy.min(numpy.where(left, a, numpy.inf), axis=listed(axis))
    return 0.5 * _variance_grad(over_deviation(g, y, high, low), a, axis, ddof, where)


@op(np="nanstd", grad={"a": _std_grad})
def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, where=None):
    """Square root of nanvar. Its derivative is 0 where all elements are equal."""
    y, wanted = _variance(a, axis, dtype, ddof, keepdims, where)
    return numpy.sqrt(y).astype(wanted)
