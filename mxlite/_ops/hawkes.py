"""The likelihood of self-exciting (Hawkes) point processes."""

import numpy

from mxlite._engine.operators import as_legacy, fresh
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ShapeError, operand_message
from mxlite._op import composed
from mxlite._ops.index import getitem
from mxlite._ops.operands import into
from mxlite._ops.reduce import cumsum, recurrence, shift


def _check(lda, alpha, beta, state, lags, marks, valid_length, max_time):
    arrays = (lda, alpha, beta, state, lags, marks, valid_length, max_time)
    if lda.ndim != 2 or lags.ndim != 2:
        raise ShapeError(operand_message("hawkesll", arrays, "lda is (rows, processes) and lags (rows, events)"))
    (rows, kinds), events = lda.shape, lags.shape[1]
    wanted = ((rows, kinds), (kinds,), (kinds,), (rows, kinds), (rows, events), (rows, events), (rows,), (rows,))
    if any(x.shape != shape for x, shape in zip(arrays, wanted, strict=True)):
        raise ShapeError(operand_message("hawkesll", arrays, f"operands must have the shapes {wanted}"))
    if numpy.dtype(marks.dtype).kind not in "iu":
        raise DtypeError(operand_message("hawkesll", arrays, "marks are integers; convert with astype('int32')"))


def _chains(marks, lengths):
    """(order of the events by process, those that count first; which count; which are the first of their process)."""
    counts = numpy.arange(marks.shape[1]) < lengths[:, None]
    order = numpy.argsort(numpy.where(counts, marks, marks.max(initial=0) + 1), axis=1, kind="stable")
    marks, counts = (numpy.take_along_axis(x, order, 1) for x in (marks, counts))
    first = numpy.ones(marks.shape, bool)
    first[:, 1:] = (marks[:, 1:] != marks[:, :-1]) | (counts[:, 1:] != counts[:, :-1])
    return order, numpy.where(counts, marks, 0), counts, first


def _last_events(marks, counts, first, kinds):
    """(place of each process's last event in the order of _chains, 0 without one; whether there is one)."""
    ends = counts.copy()
    ends[:, :-1] &= first[:, 1:]
    rows, places = numpy.nonzero(ends)
    last, some = numpy.zeros((len(marks), kinds), numpy.intp), numpy.zeros((len(marks), kinds), bool)
    last[rows, marks[rows, places]], some[rows, marks[rows, places]] = places, True
    return last, some


@composed(nd="contrib.hawkesll")
def hawkesll(lda, alpha, beta, state, lags, marks, valid_length, max_time, out=None):
    """[log likelihood (rows,), state at max_time (rows, kinds)] of marked self-exciting point processes.

    The intensity of process k is lda[k] plus alpha[k] beta[k] times the sum of exp(-beta[k] age) over its own events
    and `state`, the value of that sum at time 0. `lags` (rows, events) are the times between events, `marks` the
    processes they belong to; of each row the first `valid_length` count. Gradients reach all but marks and lengths.
    Raises ShapeError, DtypeError, and ArgumentError for a mark that is no process.
    """
    _check(lda, alpha, beta, state, lags, marks, valid_length, max_time)
    rows, kinds = lda.shape
    lengths, which = raw_of(valid_length), raw_of(marks).astype(numpy.int64)
    used = which[numpy.arange(which.shape[1]) < lengths[:, None]]
    if used.size and not (used.min() >= 0 and used.max() < kinds):
        raise ArgumentError(f"hawkesll: marks from {used.min()} to {used.max()} among {kinds} processes")
    order, which, counts, first = _chains(which, lengths)
    row = numpy.arange(rows)[:, None]

    def constant(mask):
        return fresh(mask, as_legacy(lda) is lda)

    # Per event, in that order: when it came, how long after the one before, and what was left of the sum since then.
    time = getitem(cumsum(lags, 1), (row, order))
    since = time - numpy.where(constant(first), 0, shift(time, 1, 0)) if which.shape[1] else time
    mu, a, b = getitem(lda, (row, which)), getitem(alpha, (which,)), getitem(beta, (which,))
    decay, start = numpy.exp(-b * since), getitem(state, (row, which))
    after = recurrence(1 + numpy.where(constant(first), decay * start, 0), numpy.where(constant(first), 0, decay), 1)
    before = numpy.where(constant(first), start, shift(after, 1, 0)) if which.shape[1] else after
    rate = numpy.where(constant(counts), mu + a * b * before * decay, 1)
    spent = mu * since + a * before * (1 - decay)
    likelihood = numpy.sum(numpy.where(constant(counts), numpy.log(rate) - spent, 0), axis=1)
    # Per process: from its last event to max_time.
    last, some = _last_events(which, counts, first, kinds)
    then, left = 0.0, state
    if some.any():
        then = numpy.where(constant(some), getitem(time, (row, last)), 0)
        left = numpy.where(constant(some), getitem(after, (row, last)), state)
    rest = max_time.reshape((-1, 1)) - then
    decay = numpy.exp(-beta * rest)
    likelihood = likelihood - numpy.sum(lda * rest + alpha * left * (1 - decay), axis=1)
    results = [likelihood, left * decay]
    return results if out is None else [into(o, r) for o, r in zip(out, results, strict=True)]
