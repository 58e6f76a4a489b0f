"""Sorting, ranking and searching."""

from typing import NamedTuple

import numpy

from mxlite._dtype import resolve
from mxlite._errors import ArgumentError, AxisError, UnsupportedError
from mxlite._op import composed, op, zero
from mxlite._ops.index import scatter_add
from mxlite._ops.select import along


def _ranking(x, axis, descending=False):
    """The stable order of the elements along an axis; elements that are equal keep their order both ways."""
    if not descending:
        return numpy.argsort(x, axis=axis, kind="stable")
    last = x.shape[axis] - 1
    return numpy.flip(last - numpy.argsort(numpy.flip(x, axis), axis=axis, kind="stable"), axis)


def _line(x, axis, name):
    """The array and axis to sort along; None stands for the flattened array."""
    if axis is None:
        return x.reshape(-1), 0
    if not -x.ndim <= axis < x.ndim:
        raise AxisError(f"{name}: axis {axis} is out of bounds for an array of shape {x.shape}")
    return x, axis


def _no_fields(order, name):
    if order is not None:
        raise UnsupportedError(f"{name}: order={order!r} names fields, and the elements of an array have none")


def _unsorted(g, x, axis, descending=False, k=None):
    """The derivative of taking the first k elements in order: each cotangent goes to where its element was."""
    x = numpy.asarray(x)
    line, axis = _line(x, axis, "sort")
    order = _ranking(line, axis, descending)
    if k is not None:
        order = order.take(numpy.arange(k), axis=axis)
    return scatter_add(g.reshape(order.shape), line.shape, along(order, line.shape, axis)).reshape(x.shape)


@op(np="sort", grad={"a": lambda g, a, axis: _unsorted(g, a, axis)}, quiet=True)
def sort(a, axis=-1, kind=None, order=None, stable=None):
    """The elements in ascending order along an axis, or of the flattened array (None); nan comes last."""
    _no_fields(order, "sort")
    line, axis = _line(a, axis, "sort")
    return numpy.sort(line, axis=axis, kind=kind)


@op(nd="sort", grad={"data": lambda g, data, axis, is_ascend: _unsorted(g, data, axis, not is_ascend)}, quiet=True)
def sort_either_way(data, axis=-1, is_ascend=True):
    """The elements in order along an axis, or of the flattened array (None)."""
    line, axis = _line(data, axis, "sort")
    return numpy.take_along_axis(line, _ranking(line, axis, not is_ascend), axis)


@op(np="argsort", grad={"a": zero}, quiet=True)
def argsort(a, axis=-1, kind=None, order=None, stable=None):
    """The numbers (int64) of the elements in ascending order along an axis; equal elements keep their order."""
    _no_fields(order, "argsort")
    line, axis = _line(a, axis, "argsort")
    return _ranking(line, axis)


@op(nd="argsort", grad={"data": zero}, quiet=True)
def argsort_either_way(data, axis=-1, is_ascend=True, dtype="float32"):
    """The numbers of the elements in order along an axis, in `dtype`; equal elements keep their order."""
    line, axis = _line(data, axis, "argsort")
    return _ranking(line, axis, not is_ascend).astype(resolve(dtype))


_RESULTS = ("indices", "value", "mask", "both")


def _count(k, line, axis):
    n = line.shape[axis]
    if k > n:
        raise ArgumentError(f"topk: k is at most the length {n} of the axis, not {k}")
    return n if k < 1 else int(k)


def _untopk(g, data, axis, k, ret_typ, is_ascend):
    if ret_typ not in ("value", "both"):
        return None
    line, place = _line(numpy.asarray(data), axis, "topk")
    return _unsorted(g[0] if ret_typ == "both" else g, data, axis, not is_ascend, _count(k, line, place))


@op(npx="topk", nd="topk", quiet=True,
    grad={"data": lambda g, data, axis, k, ret_typ, is_ascend: _untopk(g, data, axis, k, ret_typ, is_ascend)})
def topk(data, axis=-1, k=1, ret_typ="indices", is_ascend=False, dtype="float32"):
    """The k largest (smallest: is_ascend) elements along an axis, in order; of all elements for axis None, k < 1 all.

    `ret_typ`: 'indices' in `dtype`, 'value', 'both' (values, indices; a list) or 'mask' of ones, in the data's dtype.

    >>> npx.topk(np.array([3.0, 1.0, 2.0]), k=2, ret_typ="value")
    array([3., 2.])
    """
    if ret_typ not in _RESULTS:
        raise ArgumentError(f"topk: ret_typ is one of {', '.join(map(repr, _RESULTS))}, not {ret_typ!r}")
    line, axis = _line(data, axis, "topk")
    order = _ranking(line, axis, not is_ascend).take(numpy.arange(_count(k, line, axis)), axis=axis)
    if ret_typ == "mask":
        mask = numpy.zeros_like(line)
        numpy.put_along_axis(mask, order, 1, axis)
        return mask.reshape(data.shape)
    values = numpy.take_along_axis(line, order, axis)
    indices = order.astype(resolve(dtype))
    return [values, indices] if ret_typ == "both" else values if ret_typ == "value" else indices


@op(np="msort", grad={"a": lambda g, a: _unsorted(g, a, 0)}, quiet=True)
def msort(a):
    """The elements in ascending order along axis 0."""
    return numpy.sort(a, axis=0)


@op(np="partition", grad={"a": lambda g, a, kth, axis: _unpartition(g, a, kth, axis)}, quiet=True)
def partition(a, kth, axis=-1, kind="introselect", order=None):
    """The elements along an axis with the kth (or several) in its sorted place, smaller ones before, larger behind."""
    _no_fields(order, "partition")
    line, axis = _line(a, axis, "partition")
    return numpy.take_along_axis(line, numpy.argpartition(line, kth, axis), axis)


def _unpartition(g, a, kth, axis):
    x = numpy.asarray(a)
    line, axis = _line(x, axis, "partition")
    order = numpy.argpartition(line, kth, axis)
    return scatter_add(g, line.shape, along(order, line.shape, axis)).reshape(x.shape)


@op(np="argpartition", grad=None, quiet=True)
def argpartition(a, kth, axis=-1, kind="introselect", order=None):
    """The numbers (int64) of the elements as `partition` orders them."""
    _no_fields(order, "argpartition")
    line, axis = _line(a, axis, "argpartition")
    return numpy.argpartition(line, kth, axis)


@op(np="lexsort", variadic="keys", grad=None, quiet=True)
def lexsort(keys, axis=-1):
    """The order (int64) that sorts by the last key first, then by the one before it, and so on."""
    return numpy.lexsort(keys, axis)


@op(np="searchsorted", grad=None, quiet=True)
def searchsorted(a, v, side="left", sorter=None):
    """Where, in the sorted vector a, the elements of v would be inserted: int64 numbers."""
    return numpy.searchsorted(a, v, side, sorter)


@op(np="digitize", grad=None, quiet=True)
def digitize(x, bins, right=False):
    """The number (int64) of the bin, between monotonic bounds, in which each element lies."""
    return numpy.digitize(x, bins, right)


# -- sets --------------------------------------------------------------------------------------------------------------
@op(np="unique", grad={"ar": zero}, quiet=True)
def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None):
    """The different elements (slices along an axis) in ascending order.

    As asked for, in a tuple: also where each first occurs, which one stands at each place of the flattened array, and
    how often each occurs (int64).

    >>> np.unique(np.array([3, 1, 3]), return_counts=True)
    (array([1., 3.]), array([1, 2], dtype=int64))
    """
    found, index, inverse, counts = numpy.unique(ar, True, True, True, axis)
    # NumPy's releases differ in the shape of the inverse; here it is flat.
    extra = [part for part, wanted in ((index, return_index), (inverse.reshape(-1), return_inverse),
                                       (counts, return_counts)) if wanted]
    return (found, *extra) if extra else found


class UniqueAll(NamedTuple):
    """What unique_all returns."""

    values: object
    indices: object
    inverse_indices: object
    counts: object


class UniqueCounts(NamedTuple):
    """What unique_counts returns."""

    values: object
    counts: object


class UniqueInverse(NamedTuple):
    """What unique_inverse returns."""

    values: object
    inverse_indices: object


@composed(np="unique_all")
def unique_all(x):
    """The different elements, where each first occurs, which one stands at each place, and how often each occurs."""
    values, indices, inverse, counts = unique(x, True, True, True)
    return UniqueAll(values, indices, inverse.reshape(x.shape), counts)


@composed(np="unique_counts")
def unique_counts(x):
    """The different elements, and how often each occurs."""
    return UniqueCounts(*unique(x, return_counts=True))


@composed(np="unique_inverse")
def unique_inverse(x):
    """The different elements, and which one stands at each place."""
    values, inverse = unique(x, return_inverse=True)
    return UniqueInverse(values, inverse.reshape(x.shape))


@composed(np="unique_values")
def unique_values(x):
    """The different elements in ascending order."""
    return unique(x)


@op(np="isin", grad=None, quiet=True)
def isin(element, test_elements, assume_unique=False, invert=False):
    """Whether each element is among the test elements (not: invert), in the shape of `element`."""
    return numpy.isin(element, test_elements, assume_unique, invert)


@op(np="in1d", numpy_names=(), grad=None, quiet=True)
def in1d(ar1, ar2, assume_unique=False, invert=False):
    """Whether each element of the flattened ar1 is in ar2 (not: invert)."""
    return numpy.isin(ar1.reshape(-1), ar2, assume_unique, invert)


@op(np="union1d", grad=None, quiet=True)
def union1d(ar1, ar2):
    """The different elements of both arrays in ascending order."""
    return numpy.union1d(ar1, ar2)


@op(np="intersect1d", grad=None, quiet=True)
def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """The elements that are in both arrays, in ascending order; return_indices adds where they first occur in each."""
    return numpy.intersect1d(ar1, ar2, assume_unique, return_indices)


@op(np="setdiff1d", grad=None, quiet=True)
def setdiff1d(ar1, ar2, assume_unique=False):
    """The elements of ar1 that are not in ar2, in ascending order."""
    return numpy.setdiff1d(ar1, ar2, assume_unique)


@op(np="setxor1d", grad=None, quiet=True)
def setxor1d(ar1, ar2, assume_unique=False):
    """The elements that are in one array only, in ascending order."""
    return numpy.setxor1d(ar1, ar2, assume_unique)
