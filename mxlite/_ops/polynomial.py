"""Polynomials, given as their coefficients with that of the highest power first.

All but polyval, the characteristic polynomial and the roots is made of other operators, so that gradients reach
coefficients, roots and points. As in NumPy, what divides or raises to powers gives float64 (polyint, polyder, polyfit,
vander); the rest keeps the dtype of its operands.
"""

import warnings

import numpy

from mxlite import _dtype
from mxlite._engine.operators import fresh
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops.correlation import correlate
from mxlite._ops.matrices import lstsq
from mxlite._ops.operands import WIDE, in_dtype, operand, real


# -- values ------------------------------------------------------------------------------------------------------------
def _polyval_p(g, p_shape, x):
    # Powers by products: the derivative of power is nan at 0.
    sums, power = [numpy.sum(g)], None
    for _ in range(p_shape[0] - 1):
        power = x if power is None else power * x
        sums.append(numpy.sum(g * power))
    return numpy.stack(sums[::-1])


def _polyval_slope(g, p, x):
    p = _dtype.numbers(p)
    n = p.shape[0]
    if n < 2:
        return g * 0.0
    return g * numpy.polyval(p[:-1] * numpy.arange(n - 1, 0, -1).astype(p.dtype), x)


@op(np="polyval", grad={"p": _polyval_p, "x": _polyval_slope})
def polyval(p, x):
    """The polynomial of coefficients p, highest power first, at the elements of x; ShapeError unless p is 1-d."""
    p = _dtype.numbers(p)
    if p.ndim != 1 or not p.size:
        raise ShapeError(operand_message("polyval", (p, x), "p has to be an 1-D array."))
    x = numpy.asarray(_dtype.numbers(x))
    y = numpy.full(x.shape, p[0], numpy.result_type(p, x))
    for c in p[1:]:
        y = y * x + c
    return numpy.asarray(y)


# -- operands ----------------------------------------------------------------------------------------------------------
def _coefficients(p):
    """A polynomial as an array with an axis."""
    return numpy.atleast_1d(operand(p))


def _zeros(n, like):
    return fresh(numpy.zeros(n, like.dtype))


def _trimmed(name, p):
    """The coefficients without zeros in front, but at least one of them. Raises ShapeError unless p is 1-d."""
    p = _coefficients(p)
    if p.ndim != 1:
        raise ShapeError(operand_message(name, (p,), "Polynomial must be 1d only."))
    if not p.shape[0]:
        return _zeros(1, p)
    places = numpy.flatnonzero(raw_of(p))
    return p[int(places[0]) if places.size else p.shape[0] - 1:]


# -- sums and products -------------------------------------------------------------------------------------------------
def _aligned(a1, a2):
    a1, a2 = _coefficients(a1), _coefficients(a2)
    n = max(a1.shape[0], a2.shape[0])
    return [p if p.shape[0] == n else numpy.concatenate([_zeros(n - p.shape[0], p), p]) for p in (a1, a2)]


@composed(np="polyadd")
def polyadd(a1, a2):
    """The sum of two polynomials, as long as the longer one."""
    a1, a2 = _aligned(a1, a2)
    return a1 + a2


@composed(np="polysub")
def polysub(a1, a2):
    """The difference of two polynomials, as long as the longer one."""
    a1, a2 = _aligned(a1, a2)
    return a1 - a2


@composed(np="polymul")
def polymul(a1, a2):
    """The product of two polynomials, of which zeros in front are dropped. Raises ShapeError unless they are 1-d."""
    return correlate(_trimmed("polymul", a1), _trimmed("polymul", a2)[::-1], "full")


def _is_zero(x):
    """Whether a leading coefficient of a remainder counts as 0: NumPy's tolerance."""
    return bool(numpy.abs(x) <= 1e-8)


@composed(np="polydiv")
def polydiv(u, v):
    """(quotient, remainder) of two polynomials; leading coefficients of the remainder up to 1e-8 are dropped.

    Integers become float64. Raises ShapeError unless u and v are 1-d and not empty.
    """
    u, v = real(_coefficients(u)), real(_coefficients(v))
    if u.ndim != 1 or v.ndim != 1 or not u.shape[0] or not v.shape[0]:
        raise ShapeError(operand_message("polydiv", (u, v), "polynomials are 1-d and not empty"))
    rest = in_dtype(u, numpy.result_type(u.dtype, v.dtype))
    scale, quotient, tail = 1.0 / v[0], [], v.shape[0] - 1
    for _ in range(u.shape[0] - tail):
        quotient.append(scale * rest[0])
        # The leading coefficient cancels; of the others the first `tail` change.
        rest = numpy.concatenate([rest[1:tail + 1] - quotient[-1] * v[1:], rest[tail + 1:]])
    if not rest.shape[0]:
        rest = _zeros(1, rest)
    values = raw_of(rest)
    start = next((k for k, x in enumerate(values) if not _is_zero(x)), values.size - 1)
    return numpy.stack(quotient) if quotient else _zeros(1, rest), rest[start:]


# -- derivatives and integrals -----------------------------------------------------------------------------------------
def _times(name, m):
    """How often, as a number from 0 on."""
    if int(m) != m or m < 0:
        raise ArgumentError(f"{name}: m is a whole number from 0 on, not {m}")
    return int(m)


@composed(np="polyder")
def polyder(p, m=1):
    """The m-th derivative of a polynomial, in float64. Raises ArgumentError for a negative m."""
    m, p = _times("polyder", m), _coefficients(p)
    for _ in range(min(m, p.shape[0] + 1)):     # nothing is left by then
        n = max(p.shape[0] - 1, 0)
        p = in_dtype(p, WIDE)[:n] * fresh(numpy.arange(n, 0, -1, dtype=WIDE))
    return p


@composed(np="polyint")
def polyint(p, m=1, k=None):
    """The m-th integral of a polynomial, in float64; `k` holds the constants in their order (one for all, or 0).

    Raises ArgumentError for a negative m, ShapeError for too few constants.
    """
    m, p = _times("polyint", m), _coefficients(p)
    k = _coefficients(0.0 if k is None else k)
    if k.shape[0] != 1 and k.shape[0] < m:
        raise ShapeError(operand_message("polyint", (p, k), "k must be a scalar or a rank-1 array of length 1 or >m."))
    for step in range(m):
        constant = in_dtype(k[min(step, k.shape[0] - 1)], WIDE)
        p = in_dtype(p, WIDE) / fresh(numpy.arange(p.shape[0], 0, -1, dtype=WIDE))
        p = numpy.concatenate([p, constant.reshape((1,))])
    return p


# -- roots -------------------------------------------------------------------------------------------------------------
def _characteristic_grad(g, a, y):
    # The adjugate of x - a is a polynomial in x; its coefficients follow from those of the determinant (Faddeev).
    n = a.shape[0]
    adjugate = numpy.eye(n, dtype=a.dtype)
    out = -g[1] * adjugate
    for k in range(1, n):
        adjugate = numpy.matmul(a, adjugate) + y[k] * numpy.eye(n, dtype=a.dtype)
        out = out - g[k + 1] * adjugate.T
    return out


@op(grad={"a": _characteristic_grad})
def characteristic(a):
    """The coefficients of det(x - a) of a square matrix."""
    return numpy.asarray(numpy.poly(a)).astype(a.dtype)


@composed(np="poly")
def poly(seq_of_zeros):
    """The polynomial with given roots and leading coefficient 1, or the characteristic one of a square matrix.

    Integers become float64. Raises ShapeError for other arrays.
    """
    roots = real(_coefficients(seq_of_zeros))
    if roots.ndim == 2 and roots.shape[0] == roots.shape[1] > 0:
        return characteristic(roots)
    if roots.ndim != 1:
        raise ShapeError(operand_message("poly", (roots,), "input must be 1d or non-empty square 2d array."))
    zero = _zeros(1, roots)
    p = zero + 1
    for root in roots:
        p = numpy.concatenate([p, zero]) - root * numpy.concatenate([zero, p])
    return p


def _roots_grad(g, p, y):
    # At a root r, dr / dp[k] = -r ** (n - k) / p'(r); a multiple root has no derivative, and this is infinite.
    n = p.shape[0] - 1
    slope = numpy.polyval(p[:-1] * numpy.arange(n, 0, -1).astype(p.dtype), y)
    powers = numpy.vander(y, n + 1).astype(g.dtype)
    return -numpy.sum((g / slope).reshape(-1, 1) * powers, axis=0)


@op(grad={"p": _roots_grad})
def real_roots(p):
    """The roots of a polynomial whose roots are all real."""
    found = numpy.roots(p)
    if found.dtype.kind == "c":
        raise DtypeError(operand_message("roots", (p,), "some roots are complex, and complex arrays do not exist here"))
    return found.astype(p.dtype)


@composed(np="roots")
def roots(p):
    """The roots of a polynomial, in LAPACK's order. Integers become float64.

    Raises ShapeError unless p is 1-d, DtypeError if some root is complex.
    """
    p = real(_coefficients(p))
    if p.ndim != 1:
        raise ShapeError(operand_message("roots", (p,), "Input must be a rank-1 array."))
    return real_roots(p)


# -- powers and fits ---------------------------------------------------------------------------------------------------
@composed(np="vander")
def vander(x, N=None, increasing=False):
    """The powers N - 1 to 0 (0 to N - 1 if `increasing`) of the elements of a vector, in columns; N is its length.

    Floats become float64, integers int64. Raises ShapeError unless x is 1-d.
    """
    x = operand(x)
    if x.ndim != 1:
        raise ShapeError(operand_message("vander", (x,), "x must be a one-dimensional array or sequence."))
    x = in_dtype(x, numpy.promote_types(x.dtype, numpy.int64))
    n = x.shape[0] if N is None else int(N)
    if n <= 0:
        return x[:0].reshape((x.shape[0], 0)) if x.shape[0] else fresh(numpy.zeros((0, 0), x.dtype))
    columns = [fresh(numpy.ones(x.shape[0], x.dtype))]
    while len(columns) < n:
        columns.append(columns[-1] * x if len(columns) > 1 else x)
    return numpy.stack(columns if increasing else columns[::-1], axis=1)


def _covariance(scaled, scale, residuals, rows, order, unscaled):
    """The covariance of the coefficients of a fit."""
    base = numpy.linalg.inv(numpy.matmul(scaled.T, scaled)) / (scale.reshape((-1, 1)) * scale)
    if unscaled:
        factor = 1.0
    elif rows <= order:
        raise ArgumentError("polyfit: the number of data points must exceed order to scale the covariance matrix")
    else:
        factor = residuals / (rows - order)
    return base * factor if residuals.ndim == 0 or unscaled else base.reshape((*base.shape, 1)) * factor


@composed(np="polyfit")
def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """The polynomial of degree `deg` closest to y (a vector, or columns) at the points x, in float64.

    Each point's distance counts with weight `w`. With `full` (coefficients, residuals, rank, singular values, rcond),
    with `cov` (coefficients, their covariance; 'unscaled': as if the weights were the inverse deviations). Raises
    ShapeError for operands that do not fit, ArgumentError for a negative degree; warns if the fit is not unique.
    """
    order = int(deg) + 1
    x, y = operand(x), operand(y)
    if deg < 0:
        raise ArgumentError(f"polyfit: expected deg >= 0, not {deg}")
    if x.ndim != 1 or not x.shape[0] or y.ndim not in (1, 2) or x.shape[0] != y.shape[0]:
        raise ShapeError(operand_message("polyfit", (x, y), "expected x and y to have same length, x a vector and y "
                                                            "a vector or columns, neither empty"))
    if rcond is None:
        rcond = x.shape[0] * float(numpy.finfo(real(x).dtype).eps)
    left, right = vander(in_dtype(x, WIDE), order), in_dtype(y, WIDE)
    if w is not None:
        w = in_dtype(operand(w), WIDE)
        if w.shape != x.shape:
            raise ShapeError(operand_message("polyfit", (x, y, w), "expected w and y to have the same length"))
        left = left * w.reshape((-1, 1))
        right = right * (w if right.ndim == 1 else w.reshape((-1, 1)))
    scale = numpy.sqrt(numpy.sum(left * left, axis=0))
    scaled = left / scale
    found, residuals, rank, values = lstsq(scaled, right, rcond)
    coefficients = found / (scale if right.ndim == 1 else scale.reshape((-1, 1)))
    if int(rank) != order and not full:
        warnings.warn("Polyfit may be poorly conditioned", numpy.exceptions.RankWarning, stacklevel=2)
    if full:
        return coefficients, residuals, rank, values, rcond
    if cov:
        total = numpy.sum(numpy.square(right - numpy.matmul(scaled, found)), axis=0)
        return coefficients, _covariance(scaled, scale, total, x.shape[0], order, cov == "unscaled")
    return coefficients
