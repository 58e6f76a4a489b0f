"""Coordinates of elements: from numbers and back, of grids and of parts of matrices. No derivatives."""

import numpy

from mxlite._op import op, zero


@op(np="unravel_index", grad=None, quiet=True)
def unravel_index(indices, shape, order="C"):
    """The coordinates, one array of integers per axis, of elements numbered in the flattened array.

    In the dtype of the indices if that is an integer one, else int64. Raises ArgumentError.
    """
    indices = numpy.asarray(indices)
    indices = indices if indices.dtype.kind in "iu" else indices.astype(numpy.int64)
    return tuple(numpy.asarray(c, indices.dtype) for c in numpy.unravel_index(indices, shape, order))


@op(nd="unravel_index", grad={"data": zero}, quiet=True)
def unravel_rows(data, shape):
    """The coordinates, one row per axis in the dtype of data, of elements numbered in the flattened array.

    A number beyond the array runs on along the first axis.
    """
    rest, rows = data.astype(numpy.int64), []
    for n in reversed(tuple(shape)[1:]):
        rest, row = divmod(rest, n)
        rows.append(row)
    return numpy.stack([rest, *reversed(rows)]).astype(data.dtype)


@op(nd="ravel_multi_index", grad={"data": zero}, quiet=True)
def ravel_multi_index(data, shape):
    """The numbers, in the flattened array and in the dtype of data, of elements given by one row per axis."""
    out = numpy.zeros(data.shape[1:], numpy.int64)
    for row, n in zip(data.astype(numpy.int64), shape, strict=True):
        out = out * n + row
    return out.astype(data.dtype)


@op(np="ravel_multi_index", variadic="multi_index", grad=None, quiet=True)
def ravel_coordinates(multi_index, dims, mode="raise", order="C"):
    """The numbers (int64), in the flattened array, of elements given by one coordinate array per axis."""
    return numpy.ravel_multi_index(tuple(numpy.asarray(c) for c in multi_index), dims, mode, order)


@op(np="ix_", grad=None, quiet=True)
def ix_(*args):
    """Vectors as arrays of one axis each, that together index the grid they span; bools count as their numbers."""
    return numpy.ix_(*args)


@op(np="diag_indices_from", grad=None, quiet=True)
def diag_indices_from(arr):
    """The coordinates (int64) of the diagonal of an array of equal lengths."""
    return numpy.diag_indices_from(arr)


@op(np="tril_indices_from", grad=None, quiet=True)
def tril_indices_from(arr, k=0):
    """The coordinates (int64) on and below the k-th diagonal of a matrix."""
    return numpy.tril_indices_from(arr, k)


@op(np="triu_indices_from", grad=None, quiet=True)
def triu_indices_from(arr, k=0):
    """The coordinates (int64) on and above the k-th diagonal of a matrix."""
    return numpy.triu_indices_from(arr, k)
