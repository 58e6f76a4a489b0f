"""Connectionist temporal classification: the probability that a sequence of classes, with blanks, reads as a label.

A label of n classes is the path blank, class 1, blank, class 2, ... blank of 2 n + 1 places. Sums of probabilities run
over logarithms; what is impossible has a large negative logarithm instead of -inf, so that derivatives stay finite.
"""

import numpy

from mxlite._errors import ArgumentError, IndexingError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops.operands import into, plain
from mxlite._ops.select import take_along_axis
from mxlite._ops.sequence import sequence_mask
from mxlite._ops.softmax import log_softmax

_NEVER = -1e30


def _forward(e, jumps, lengths):
    """Logarithms of the sums over paths that lead to each place, a list over time of (batch, places)."""
    batch, places = e.shape[1:]
    gone = numpy.full((batch, min(2, places)), _NEVER, dtype=e.dtype)
    a = numpy.concatenate([e[0][:, :2], numpy.full((batch, max(places - 2, 0)), _NEVER, dtype=e.dtype)], axis=1)
    found = [a]
    for t in range(1, e.shape[0]):
        before = numpy.concatenate([gone[:, :1], a[:, :-1]], axis=1)
        jumped = numpy.concatenate([gone, a[:, :-2]], axis=1) + jumps
        moved = numpy.logaddexp(numpy.logaddexp(a, before), jumped) + e[t]
        a = numpy.where((t < lengths)[:, None], moved, a)
        found.append(a)
    return found


def _backward(e, jumps, ends, lengths):
    """Logarithms of the sums over paths from each place on, this place's own factor left out."""
    batch, places = e.shape[1:]
    gone = numpy.full((batch, min(2, places)), _NEVER, dtype=e.dtype)
    b = ends
    found = [b]
    for t in range(e.shape[0] - 2, -1, -1):
        x = b + e[t + 1]
        after = numpy.concatenate([x[:, 1:], gone[:, :1]], axis=1)
        jumped = numpy.concatenate([(x + jumps)[:, 2:], gone], axis=1)
        moved = numpy.logaddexp(numpy.logaddexp(x, after), jumped)
        b = numpy.where((t + 1 < lengths)[:, None], moved, b)
        found.append(b)
    return found[::-1]


def _total(a, ends):
    """Logarithm of the sum over the places where a path may end."""
    x = a + ends
    top = numpy.max(plain(x), axis=1, keepdims=True)
    return numpy.log(numpy.sum(numpy.exp(x - top), axis=1)) + top[:, 0]


def _occupied(g, e, jumps, ends, lengths):
    """The cotangent of e: minus the share of the paths that go through each place."""
    ahead, behind = _forward(e, jumps, lengths), _backward(e, jumps, ends, lengths)
    total = _total(ahead[-1], ends)
    # Nothing leads through a label that is too long for its time: no loss and no gradient, as MXNet has it.
    possible = plain(total) > 0.5 * _NEVER
    inside = (numpy.arange(e.shape[0])[:, None] < lengths) & possible
    total = numpy.where(possible, total, 0.0).reshape((1, -1, 1))
    share = numpy.exp(numpy.stack(ahead, axis=0) + numpy.stack(behind, axis=0) - total)
    return -g.reshape((1, -1, 1)) * numpy.where(inside[:, :, None], share, 0.0)


@op(grad={"e": _occupied})
def path_losses(e, jumps, ends, lengths):
    """Minus the logarithm of the sum over paths through e (time, batch, places), which holds logarithms.

    A path goes on by 0 or 1 places, or by 2 where jumps (batch, places) is 0, from the first two places to those where
    ends is 0, in `lengths` steps. 0 where there is no path.
    """
    total = _total(_forward(e, jumps, lengths)[-1], ends)
    return numpy.where(total > 0.5 * _NEVER, -total, 0.0).astype(e.dtype, copy=False)


def _label_lengths(label, given, used, padding):
    """How many classes of each row count: up to the first padding, unless given."""
    if used:
        return numpy.asarray(given).astype(numpy.int64)
    ended = label == padding
    return numpy.where(ended.any(axis=1), ended.argmax(axis=1), label.shape[1])


def _places(label, lengths, blank, classes, dtype):
    """(the class at every place of the path, `jumps` and `ends` of path_losses)."""
    batch, longest = label.shape
    counted = numpy.arange(longest) < lengths[:, None]
    if not ((label >= 0) & (label < classes))[counted].all():
        raise IndexingError(f"ctc_loss: a label outside 0 to {classes - 1}")
    path = numpy.full((batch, 2 * longest + 1), blank)
    path[:, 1::2] = numpy.where(counted, label, blank)
    jumps = numpy.full(path.shape, _NEVER, dtype)
    jumps[:, 2:][(path[:, 2:] != blank) & (path[:, 2:] != path[:, :-2])] = 0
    last, at = 2 * lengths[:, None], numpy.arange(path.shape[1])
    return path, jumps, numpy.where((at == last) | (at == last - 1), 0, _NEVER).astype(dtype)


def _steps(given, used, time, batch):
    if not used:
        return numpy.full(batch, time)
    lengths = numpy.asarray(given).astype(numpy.int64)
    if lengths.size and not 0 < lengths.min() <= lengths.max() <= time:
        raise IndexingError(f"ctc_loss: data lengths lie between 1 and {time}")
    return lengths


def _array_of(x):
    return None if x is None else numpy.asarray(plain(x))


@composed(npx="ctc_loss", nd=("ctc_loss", "CTCLoss", "contrib.ctc_loss", "contrib.CTCLoss"))
def ctc_loss(data, label, data_lengths=None, label_lengths=None, use_data_lengths=False, use_label_lengths=False,
             blank_label="first", out=None, name=None):
    """Per sequence the negative logarithm of the probability that it reads as its label.

    data (time, batch, classes) is turned into probabilities by softmax. label (batch, longest) numbers classes; the
    blank is class 0 and 0 ends a label (blank_label='first'), or the last class and -1 ends it ('last'). Lengths count
    when their switch is set. The loss is 0 where the label is too long for its time, as in MXNet.
    """
    if blank_label not in ("first", "last"):
        raise ArgumentError(f"ctc_loss: blank_label is 'first' or 'last', not {blank_label!r}")
    if bool(use_data_lengths) != (data_lengths is not None) or bool(use_label_lengths) != (label_lengths is not None):
        raise ArgumentError("ctc_loss: lengths and their switches use_data_lengths and use_label_lengths go together")
    if data.ndim != 3 or label.ndim != 2 or label.shape[0] != data.shape[1]:
        raise ShapeError(operand_message("ctc_loss", (data, label), "data is (time, batch, classes), label 2-d, "
                                         "of the same batch."))
    time, batch, classes = data.shape
    if label.shape[1] > time or not time:
        raise ShapeError(operand_message("ctc_loss", (data, label), "labels are not longer than the data."))
    numbers = _array_of(label).astype(numpy.int64)
    lengths = _label_lengths(numbers, _array_of(label_lengths), use_label_lengths, 0 if blank_label == "first" else -1)
    steps = _steps(_array_of(data_lengths), use_data_lengths, time, batch)
    if lengths.shape != (batch,) or steps.shape != (batch,):
        raise ShapeError(f"ctc_loss: lengths have shape ({batch},)")
    blank = 0 if blank_label == "first" else classes - 1
    path, jumps, ends = _places(numbers, lengths, blank, classes, data.dtype)
    if use_data_lengths:
        # What lies behind a sequence may be nan, which times a cotangent of 0 would be nan.
        data = sequence_mask(data, data_lengths, True)
    picked = take_along_axis(log_softmax(data, -1), numpy.broadcast_to(path, (time, *path.shape)), 2)
    return into(out, path_losses(picked, jumps, ends, steps))
