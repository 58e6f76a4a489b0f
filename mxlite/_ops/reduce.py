"""Reductions over axes, and the cumulative sums and products that belong to them.

`axis` is None (all axes), an integer or a tuple or list of integers, negative ones counted from the end. With
`keepdims` reduced axes stay with length 1. Integer sums and products keep their dtype (and wrap), bools count as int64.
"""

import math

import numpy
from numpy.lib.array_utils import normalize_axis_tuple

from mxlite import _dtype
from mxlite._engine.sums import total
from mxlite._kernels import layout
from mxlite._op import composed, op, zero


def axes_of(axis, ndim):
    """`axis` as a tuple of different numbers from 0 to ndim - 1, in order."""
    if axis is None or (ndim == 0 and axis in (0, -1)):
        return tuple(range(ndim))
    return tuple(sorted(normalize_axis_tuple(axis, ndim)))


def kept(shape, axis):
    """The shape that a reduction over `axis` has with keepdims."""
    axes = axes_of(axis, len(shape))
    return tuple(1 if k in axes else n for k, n in enumerate(shape))


def count(shape, axis):
    """How many elements a reduction over `axis` takes together."""
    return math.prod(shape[k] for k in axes_of(axis, len(shape)))


def spread(g, shape, axis):
    """A result or cotangent of a reduction with the reduced axes back in place as length 1."""
    target = kept(shape, axis)
    return g if g.shape == target else g.reshape(target)


def listed(axis):
    return tuple(axis) if isinstance(axis, list) else axis


def counted_in(dtype, asked):
    """The dtype of a sum or product: as asked, else the operand's, with int64 for bools."""
    if asked is not None:
        return _dtype.resolve(asked)
    return numpy.dtype(numpy.int64) if dtype.kind == "b" else dtype


def _reduced(ufunc, a, axis, dtype, keepdims, initial):
    wanted = counted_in(a.dtype, dtype)
    # Floats are truncated to an integer dtype as a whole, not one by one.
    computed = a.dtype if a.dtype.kind == "f" and wanted.kind != "f" else wanted
    out = ufunc.reduce(a, axis=listed(axis), dtype=computed, keepdims=keepdims, initial=initial)
    return out if computed is wanted else out.astype(wanted)


@op(grad={"x": lambda g, x_shape, axis, mean: (_mean_over if mean else sum)(g, axis).reshape(x_shape)}, quiet=True)
def stretched(x, shape, axis, mean=False):
    """A sum over `axis` (or a mean) of an array of `shape` as the cotangent of that array: their transpose."""
    return layout.stretched(x, shape, axis, mean)


@op(np="sum", nd=("sum", "sum_axis"), nd_dtype="same", quiet=True,
    grad={"a": lambda g, a_shape, axis: stretched(g, a_shape, axis)})
def sum(a, axis=None, dtype=None, keepdims=False, initial=None, out=None):
    """Sum over axes, plus `initial`. Any shape; 0 over an empty axis."""
    if dtype is None and initial is None and a.dtype.kind == "f":
        return total(a, axis, keepdims)
    with numpy.errstate(all="ignore"):
        return _reduced(numpy.add, a, axis, dtype, keepdims, 0 if initial is None else initial)


def _mean_over(a, axis):
    return mean(a, axis=axis)


def _unmean(g, a_shape, a_dtype, axis):
    """In the precision of the operand at least, whatever that of the mean is."""
    wide = numpy.result_type(g.dtype, a_dtype)
    return stretched(g if g.dtype == wide else g.astype(wide), a_shape, axis, True)


@op(np="mean", nd="mean", nd_dtype="same", grad={"a": _unmean})
def mean(a, axis=None, dtype=None, out=None, keepdims=False):
    """Mean over axes. Integers become float32 (truncated to their own dtype for legacy arrays); nan if empty."""
    if dtype is None and a.dtype.char in "fd":
        return total(a, axis, keepdims, True)
    wanted = _dtype.resolve(dtype, _dtype.inexact(a.dtype))
    if wanted.kind in "iu" and a.dtype.kind in "iub":
        # As in NumPy the sum is one of that dtype.
        whole = numpy.add.reduce(a, axis=listed(axis), dtype=wanted, keepdims=keepdims)
        return numpy.true_divide(whole, count(a.shape, axis)).astype(wanted)
    return _mean(a, listed(axis), wanted, keepdims).astype(wanted)


def _mean(a, axis, wanted, keepdims):
    """The mean in the dtype it is accumulated in: float32 for halves, float64 for and from integers."""
    if wanted.kind != "f" or a.dtype.kind != "f":
        wanted = numpy.dtype(numpy.float64)
    elif wanted.char == "e":
        wanted = numpy.dtype(numpy.float32)
    return numpy.true_divide(numpy.add.reduce(a, axis=axis, dtype=wanted, keepdims=keepdims), count(a.shape, axis),
                             dtype=wanted)


def half_variance_grad(g, a, axis, ddof):
    """g times the derivative of the sum of squared deviations, over 2 (n - ddof)."""
    n = count(a.shape, axis)
    deviation = a - numpy.sum(a, axis=listed(axis), keepdims=True) / (n or 1)
    return spread(g, a.shape, axis) * deviation / (n - ddof if n > ddof else numpy.nan)


@op(np="var", grad={"a": lambda g, a, axis, ddof: 2.0 * half_variance_grad(g, a, axis, ddof)})
def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    """Variance over axes: squared deviations from the mean, divided by the number of elements less `ddof`."""
    wanted = _dtype.resolve(dtype, _dtype.inexact(a.dtype))
    return mean_and_variance(a, axis, wanted, ddof, keepdims)[1].astype(wanted, copy=False)


def mean_and_variance(a, axis, wanted, ddof, keepdims):
    """(the mean with the axes kept, the variance), in the dtype that they are accumulated in."""
    if a.ndim and a.dtype is wanted and a.dtype.char in "fd":
        mean = total(a, axis, True, True)
        deviation = a - mean
        squares = total(numpy.multiply(deviation, deviation, deviation), axis, keepdims)
    else:
        axis = listed(axis)
        mean = _mean(a, axis, wanted, True)
        deviation = a - mean
        squares = numpy.add.reduce(deviation * deviation, axis=axis, keepdims=keepdims)
    n = count(a.shape, axis)
    return mean, numpy.true_divide(squares, n - ddof if n > ddof else 0, dtype=squares.dtype)


def over_deviation(g, y, high, low):
    """g / y for a standard deviation y of what lies between low and high; 0 where all of it is equal.

    There y may come out as a rounding error instead of 0, and so may the deviations that the quotient multiplies.
    """
    return g * (high != low).reshape(y.shape) / (y + (y == 0))


def _std_grad(g, a, y, axis, ddof):
    if not a.size:
        return g.sum() * a
    axis = listed(axis)
    return half_variance_grad(over_deviation(g, y, numpy.max(a, axis=axis), numpy.min(a, axis=axis)), a, axis, ddof)


@op(np="std", grad={"a": _std_grad})
def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    """Standard deviation over axes: the square root of `var`. Its derivative is 0 where all elements are equal."""
    wanted = _dtype.resolve(dtype, _dtype.inexact(a.dtype))
    return numpy.sqrt(mean_and_variance(a, axis, wanted, ddof, keepdims)[1]).astype(wanted)


def at_extremes(g, a, y, axis):
    """The cotangent of a maximum or minimum: every entry that ties gets all of it."""
    return spread(g, a.shape, axis) * (a == spread(y, a.shape, axis))


@op(np=("max", "amax"), nd=("max", "max_axis"), quiet=True, grad={"a": at_extremes})
def max(a, axis=None, keepdims=False, out=None):
    """Largest element over axes, nan if there is one. All entries that tie receive the whole gradient."""
    return numpy.maximum.reduce(a, axis=listed(axis), keepdims=keepdims)


@op(np=("min", "amin"), nd=("min", "min_axis"), quiet=True, grad={"a": at_extremes})
def min(a, axis=None, keepdims=False, out=None):
    """Smallest element over axes, nan if there is one. All entries that tie receive the whole gradient."""
    return numpy.minimum.reduce(a, axis=listed(axis), keepdims=keepdims)


def _between_extremes(g, a, axis):
    g, axis = spread(g, a.shape, axis), listed(axis)
    return g * (a == numpy.max(a, axis=axis, keepdims=True)) - g * (a == numpy.min(a, axis=axis, keepdims=True))


@op(np="ptp", grad={"a": _between_extremes})
def ptp(a, axis=None, out=None, keepdims=False):
    """Largest minus smallest element over axes; not for bools."""
    axis = listed(axis)
    return numpy.subtract(numpy.maximum.reduce(a, axis=axis, keepdims=keepdims),
                          numpy.minimum.reduce(a, axis=axis, keepdims=keepdims))


@op(np="argmax", nd="argmax", nd_dtype="same", quiet=True, grad={"a": zero})
def argmax(a, axis=None, out=None, keepdims=False):
    """Index of the first largest element along an axis, or in the flattened array: int64, legacy arrays' own dtype."""
    return numpy.asarray(a).argmax(axis=axis, keepdims=keepdims)


@op(np="argmin", nd="argmin", nd_dtype="same", quiet=True, grad={"a": zero})
def argmin(a, axis=None, out=None, keepdims=False):
    """Index of the first smallest element along an axis, or in the flattened array: int64, legacy arrays' own dtype."""
    return numpy.asarray(a).argmin(axis=axis, keepdims=keepdims)


@op(np=("all", "alltrue"), quiet=True, grad={"a": zero})
def all(a, axis=None, keepdims=False, out=None):
    """Whether all elements over axes are different from 0; a bool."""
    return numpy.logical_and.reduce(a, axis=listed(axis), keepdims=keepdims, dtype=numpy.bool_)


@op(np=("any", "sometrue"), quiet=True, grad={"a": zero})
def any(a, axis=None, keepdims=False, out=None):
    """Whether some element over axes is different from 0; a bool."""
    return numpy.logical_or.reduce(a, axis=listed(axis), keepdims=keepdims, dtype=numpy.bool_)


@op(np="count_nonzero", quiet=True, grad={"a": zero})
def count_nonzero(a, axis=None, keepdims=False):
    """Number of elements over axes that differ from 0; int64."""
    return numpy.count_nonzero(a, axis=listed(axis), keepdims=keepdims)


@composed(np="count_nonzero")
def count_nonzero_over(a, axis=None, *, keepdims=False):
    """Number of elements that differ from 0: a Python int, or over axes an int64 array."""
    counts = count_nonzero(a, axis, keepdims)
    return int(counts) if axis is None and not keepdims else counts


# -- products ----------------------------------------------------------------------------------------------------------
@op(grad={"x": lambda g, step: shift(g, -step, 0)}, quiet=True)
def shift(x, step, fill):
    """Elements moved by one place along the last axis, forward (step 1) or back (-1); `fill` comes in."""
    out = numpy.full_like(x, fill)
    if step > 0:
        out[..., 1:] = x[..., :-1]
    else:
        out[..., :-1] = x[..., 1:]
    return out


def _recurrence_factor(g, factor, y, step):
    return recurrence(g, shift(factor, -step, 0), -step) * shift(y, step, 0)


@op(grad={"term": lambda g, factor, step: recurrence(g, shift(factor, -step, 0), -step), "factor": _recurrence_factor})
def recurrence(term, factor, step):
    """y[i] = term[i] + factor[i] y[i - step] along the last axis, with y = 0 outside; `step` is 1 or -1."""
    out = numpy.array(term, order="C")
    places = range(1, out.shape[-1]) if step > 0 else range(out.shape[-1] - 2, -1, -1)
    for k in places:
        out[..., k] += factor[..., k] * out[..., k - step]
    return out


def _running(g, a, y, step):
    # The sum over i of g[i] times the product up to i without a[k]; exact where elements are 0.
    return recurrence(g, shift(a, -step, 0), -step) * shift(y, step, 1)


@op(grad={"a": _running})
def running_product(a, step):
    """Product of the elements up to each along the last axis, from the front (step 1) or the back (-1)."""
    if step > 0:
        return numpy.multiply.accumulate(a, axis=-1, dtype=a.dtype)
    return numpy.multiply.accumulate(a[..., ::-1], axis=-1, dtype=a.dtype)[..., ::-1]


def merged_last(a, axes):
    """(array with the axes merged into a last one, function that puts a result of that shape back)."""
    rest = [k for k in range(a.ndim) if k not in axes]
    order = (*rest, *axes)
    shape, places = tuple(a.shape[k] for k in order), tuple(sorted(range(a.ndim), key=order.__getitem__))
    merged = a.transpose(order).reshape((*(a.shape[k] for k in rest), count(a.shape, axes)))
    return merged, lambda x: x.reshape(shape).transpose(places)


def other_factors(g, a, axis):
    """g times the product of all other elements, which also holds where elements are 0."""
    merged, back = merged_last(a, axes_of(axis, a.ndim))
    before, after = shift(running_product(merged, 1), 1, 1), shift(running_product(merged, -1), -1, 1)
    return spread(g, a.shape, axis) * back(before * after)


@op(np=("prod", "product"), nd="prod", nd_dtype="same", grad={"a": other_factors})
def prod(a, axis=None, dtype=None, out=None, keepdims=False):
    """Product over axes; 1 over an empty axis. Integers keep their dtype and wrap."""
    return _reduced(numpy.multiply, a, axis, dtype, keepdims, 1)


def _cumulative_factors(g, a, y, axis):
    if axis is None:
        merged, back = a.reshape(-1), lambda x: x.reshape(a.shape)
        return back(_running(g, merged, y, 1))
    axes = axes_of(axis, a.ndim)
    merged, back = merged_last(a, axes)
    return back(_running(merged_last(g, axes)[0], merged, merged_last(y, axes)[0], 1))


@op(np="cumprod", grad={"a": _cumulative_factors})
def cumprod(a, axis=None, dtype=None, out=None):
    """Product of all elements up to each along an axis, or in the flattened array; of integers in int64."""
    wide = "int64" if a.dtype.kind in "bi" else "uint64" if a.dtype.kind == "u" else a.dtype
    return _accumulated(numpy.multiply, a, axis, _dtype.resolve(dtype, wide))


def _accumulated(ufunc, a, axis, dtype):
    a = a.reshape(-1) if axis is None or a.ndim == 0 else a
    return ufunc.accumulate(a, axis=0 if axis is None else axis, dtype=dtype)


# -- cumulative sums ---------------------------------------------------------------------------------------------------
@op(grad={"a": lambda g, axis: numpy.cumsum(g, axis=axis)})
def sum_from(a, axis):
    """Sum of all elements from each to the last along an axis."""
    return numpy.flip(numpy.add.accumulate(numpy.flip(a, axis), axis=axis, dtype=a.dtype), axis)


@op(np="cumsum", nd="cumsum",
    grad={"a": lambda g, a_shape, axis: sum_from(g, 0 if axis is None else axis).reshape(a_shape)})
def cumsum(a, axis=None, dtype=None, out=None):
    """Sum of all elements up to each along an axis, or in the flattened array.

    >>> np.cumsum(np.array([[1, 2], [3, 4]]), axis=0)
    array([[1., 2.],
           [4., 6.]])
    """
    return _accumulated(numpy.add, a, axis, counted_in(a.dtype, dtype))
