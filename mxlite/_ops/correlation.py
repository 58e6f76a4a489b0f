"""Correlation of sequences, and the covariance and correlation coefficients of variables."""

import warnings

import numpy

from mxlite import _dtype
from mxlite._engine.operators import fresh
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops.operands import WIDE, in_dtype, operand

_MODES = ("valid", "same", "full")


# -- sequences ---------------------------------------------------------------------------------------------------------
def _everywhere(g, a_shape, v_shape, mode):
    """The cotangent of the full correlation, of which a mode is a part."""
    (n,), (m,) = a_shape, v_shape
    before = {"full": 0, "valid": min(n, m) - 1, "same": min(n, m) - 1 - min(n, m) // 2}[mode]
    if n < m and mode == "same":
        # NumPy exchanges the operands and reverses the result, so that the odd place is at the other end.
        before = min(n, m) // 2
    return numpy.pad(g, ((before, n + m - 1 - before - g.shape[0]),))


@op(grad={"a": lambda g, a_shape, v, mode: correlated(_everywhere(g, a_shape, v.shape, mode), v[::-1], "valid"),
          "v": lambda g, a, v_shape, mode: correlated(_everywhere(g, a.shape, v_shape, mode), a, "valid")[::-1]})
def correlated(a, v, mode):
    """Sums of a[k + i] v[i] over i, for every k in which all (valid), half (same) or some (full) of them overlap."""
    return numpy.correlate(a, v, mode)


@composed(np="correlate")
def correlate(a, v, mode="valid"):
    """Sums of a[k + i] v[i] over i, for the places k where two vectors overlap as a whole.

    The mode 'full' means all places where they overlap at all, 'same' as many in the middle as the longer one has.
    Raises ShapeError unless both are vectors with elements, ArgumentError for another mode.
    """
    a, v = operand(a), operand(v)
    if a.ndim != 1 or v.ndim != 1 or not a.shape[0] or not v.shape[0]:
        raise ShapeError(operand_message("correlate", (a, v), "operands are vectors and cannot be empty"))
    if mode not in _MODES:
        raise ArgumentError(f"correlate: mode is one of {', '.join(map(repr, _MODES))}, not {mode!r}")
    dtype = _dtype.common(a, v)
    return correlated(in_dtype(a, dtype), in_dtype(v, dtype), mode)


# -- variables ---------------------------------------------------------------------------------------------------------
def _variables(name, x, rowvar, dtype):
    """Variables in rows, observations in columns."""
    if x.ndim > 2:
        raise ShapeError(operand_message(name, (x,), "m has more than 2 dimensions"))
    x = in_dtype(x, dtype)
    if x.ndim < 2:
        return x.reshape((1, -1))
    return x if rowvar else x.T


def _frequencies(x, n):
    """How often each observation counts, as an array; integers from 0 on."""
    x = operand(x)
    values = raw_of(x)
    if not numpy.array_equal(values, numpy.around(values)):
        raise DtypeError("cov: fweights must be integer")
    return _weights("fweights", x, n)


def _weights(name, x, n):
    x = in_dtype(operand(x), WIDE)
    if x.ndim != 1 or x.shape[0] != n:
        raise ShapeError(operand_message("cov", (x,), f"{name} is a vector with a number for each of {n} observations"))
    if (raw_of(x) < 0).any():
        raise ArgumentError(f"cov: {name} cannot be negative")
    return x


def _moment(x, ddof, fweights, aweights):
    """The covariance of variables in rows."""
    n = x.shape[1]
    weights = None if fweights is None else _frequencies(fweights, n)
    importance = None if aweights is None else _weights("aweights", aweights, n)
    if importance is not None:
        weights = importance if weights is None else weights * importance
    total = n if weights is None else numpy.sum(weights)
    if importance is None or not ddof:
        left = total - ddof
    else:
        left = total - ddof * numpy.sum(weights * importance) / total
    if float(left) <= 0:
        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=3)
    factor = 1.0 / left if float(left) > 0 else numpy.inf
    mean = numpy.mean(x, axis=1, keepdims=True) if weights is None else (
        numpy.sum(x * weights, axis=1, keepdims=True) / total)
    deviation = x - mean
    weighted = deviation if weights is None else deviation * weights
    return numpy.matmul(deviation, weighted.T) * factor


@composed(np="cov")
def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    """The covariance matrix of the variables in the rows of m (or its columns), and those of y; float64 by default.

    Sums are divided by the number of observations less `ddof`: 1, or 0 with `bias`. Each observation counts as often
    as `fweights` says, and as much as `aweights`. A single variable gives shape (). Raises ShapeError for arrays that
    do not fit, DtypeError and ArgumentError for weights that are none.
    """
    m, y = operand(m), None if y is None else operand(y)
    if ddof is not None and ddof != int(ddof):
        raise ArgumentError(f"cov: ddof must be integer, not {ddof}")
    dtypes = (m.dtype,) if y is None else (m.dtype, y.dtype)
    dtype = numpy.result_type(*dtypes, WIDE) if dtype is None else _dtype.resolve(dtype)
    x = _variables("cov", m, rowvar or m.ndim == 1, dtype)
    if not x.shape[0]:
        return fresh(numpy.zeros((0, 0), dtype))
    if y is not None:
        y = _variables("cov", y, rowvar or y.ndim == 1, dtype)
        if y.shape[1] != x.shape[1]:
            raise ShapeError(operand_message("cov", (m, y), "m and y have the same number of observations"))
        x = numpy.concatenate([x, y])
    found = _moment(x, int(not bias) if ddof is None else int(ddof), fweights, aweights)
    return numpy.squeeze(in_dtype(found, dtype))


@composed(np="corrcoef")
def corrcoef(x, y=None, rowvar=True, bias=None, ddof=None, *, dtype=None):
    """The correlation coefficients of the variables in the rows of x (or its columns), and those of y: from -1 to 1.

    A single variable gives 1 of shape (). `bias` and `ddof` have no effect, as in NumPy. Errors: see cov.
    """
    c = cov(x, y, rowvar, dtype=dtype)
    if c.ndim == 0:
        return c / c
    if not c.shape[0]:
        return c
    deviation = numpy.sqrt(numpy.diagonal(c))
    return numpy.clip(c / deviation.reshape((-1, 1)) / deviation, -1, 1)
