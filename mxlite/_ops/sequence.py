"""Sequences of different lengths in one array: time along one of the first two axes, the batch along the other."""

import numpy

from mxlite._errors import ArgumentError, IndexingError, ShapeError, operand_message
from mxlite._op import op, zero
from mxlite._ops.index import scatter_add


def _lengths(shape, lengths, used, axis, name):
    """The lengths as integers, or None when all sequences are as long as the time axis."""
    if axis not in (0, 1):
        raise ArgumentError(f"{name}: time is axis 0 or 1, not {axis}")
    if len(shape) < 2:
        raise ShapeError(f"{name}: data has a time and a batch axis, not the shape {tuple(shape)}")
    if bool(used) != (lengths is not None):
        raise ArgumentError(f"{name}: sequence_length and use_sequence_length=True go together")
    if not used:
        return None
    lengths = numpy.asarray(lengths).astype(numpy.int64, copy=False)
    if lengths.shape != (shape[1 - axis],):
        raise ShapeError(f"{name}: lengths of shape {lengths.shape} for a batch of {shape[1 - axis]}")
    return lengths


def _inside(shape, lengths, axis):
    """Where time comes before the length, with as many axes as the data."""
    time = numpy.arange(shape[axis])
    inside = time[:, None] < lengths if axis == 0 else time < lengths[:, None]
    return inside.reshape(inside.shape + (1,) * (len(shape) - 2))


def _masked(x, lengths, used, axis, value):
    lengths = _lengths(x.shape, lengths, used, axis, "sequence_mask")
    return x * 1 if lengths is None else numpy.where(_inside(x.shape, lengths, axis), x, value)


@op(npx="sequence_mask", nd="SequenceMask",
    grad={"data": lambda g, sequence_length, use_sequence_length, axis: _masked(
        g, sequence_length, use_sequence_length, axis, 0.0), "sequence_length": zero})
def sequence_mask(data, sequence_length=None, use_sequence_length=False, value=0, axis=0, out=None):
    """The data with `value` wherever time is not below the sequence's length. Time is axis 0 or 1.

    Raises ArgumentError if only one of sequence_length and use_sequence_length is given.

    >>> npx.sequence_mask(np.ones((3, 2)), np.array([1, 2]), use_sequence_length=True)
    array([[1., 1.],
           [0., 1.],
           [0., 0.]])
    """
    return _masked(data, sequence_length, use_sequence_length, axis, value).astype(data.dtype, copy=False)


def _last(shape, lengths, used, axis):
    """The key of the last element of every sequence."""
    lengths = _lengths(shape, lengths, used, axis, "sequence_last")
    if lengths is None:
        return (slice(None),) * axis + (-1,)
    at = lengths.astype(numpy.int64) - 1
    if at.size and not 0 <= at.min() <= at.max() < shape[axis]:
        raise IndexingError(f"sequence_last: a length outside 1 to {shape[axis]}")
    batch = numpy.arange(shape[1 - axis])
    return (at, batch) if axis == 0 else (batch, at)


@op(npx="sequence_last", nd="SequenceLast",
    grad={"data": lambda g, data_shape, sequence_length, use_sequence_length, axis: scatter_add(
        g, data_shape, _last(data_shape, sequence_length, use_sequence_length, axis)), "sequence_length": zero})
def sequence_last(data, sequence_length=None, use_sequence_length=False, axis=0, out=None):
    """The last element of every sequence: the data without its time axis, which is axis 0 or 1.

    Raises IndexingError for a length that is 0 or longer than the time axis.
    """
    if not data.shape[axis if data.ndim > axis else 0]:
        raise ShapeError(operand_message("sequence_last", (data,), "a time axis of length 0 has no last element."))
    return data[_last(data.shape, sequence_length, use_sequence_length, axis)].copy()


def _backwards(shape, lengths, used, axis):
    """The key that reverses the elements within their sequences."""
    if axis != 0:
        raise ArgumentError(f"sequence_reverse: time is axis 0, not {axis}")
    lengths = _lengths(shape, lengths, used, axis, "sequence_reverse")
    if lengths is None:
        return (slice(None, None, -1),)
    lengths = lengths.astype(numpy.int64)
    if lengths.size and not 0 <= lengths.min() <= lengths.max() <= shape[0]:
        raise IndexingError(f"sequence_reverse: a length outside 0 to {shape[0]}")
    time = numpy.arange(shape[0])[:, None]
    return numpy.where(time < lengths, lengths - 1 - time, time), numpy.arange(shape[1])


# Reversing is its own inverse, and its own transpose.
@op(npx="sequence_reverse", nd="SequenceReverse", quiet=True,
    grad={"data": lambda g, sequence_length, use_sequence_length, axis: g[_backwards(
        g.shape, sequence_length, use_sequence_length, axis)], "sequence_length": zero})
def sequence_reverse(data, sequence_length=None, use_sequence_length=False, axis=0, out=None):
    """Every sequence backwards, what lies beyond its length in place. Time is axis 0.

    Raises IndexingError for a length that is negative or longer than the time axis.
    """
    return data[_backwards(data.shape, sequence_length, use_sequence_length, axis)].copy()
