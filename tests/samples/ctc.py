"""Samples of mxlite/_ops/ctc.py. The whole loss is in tests/test_sequence.py, against MXNet."""

import itertools

import numpy

from samples import Sample, values

NEVER = numpy.float32(-1e30)
# Places blank, 1, blank, 2, blank and blank, 1, blank, 1, blank: the second label has no jump.
JUMPS = numpy.where([[0, 0, 0, 1, 0], [0, 0, 0, 0, 0]], 0, NEVER)
ENDS = numpy.where([[0, 0, 0, 1, 1], [0, 1, 1, 0, 0]], 0, NEVER)


def _paths(e, jumps, ends, lengths):
    """By listing every path."""
    out = []
    for b, steps in enumerate(lengths):
        total = 0.0
        for path in itertools.product(range(e.shape[2]), repeat=int(steps)):
            moves = [(q - p, q) for p, q in itertools.pairwise(path)]
            if path[0] < 2 and ends[b, path[-1]] == 0 and all(
                    d in (0, 1) or (d == 2 and jumps[b, q] == 0) for d, q in moves):
                total += numpy.exp(sum(e[t, b, p] for t, p in enumerate(path)))
        out.append(-numpy.log(total) if total else 0.0)
    return numpy.array(out)


def _case(time, lengths, label):
    return Sample(values(time, 2, 5, low=-2, high=0), JUMPS.astype(numpy.float32), ENDS.astype(numpy.float32),
                  numpy.array(lengths), label=label, reference=_paths, tolerance={"float32": 2e-5},
                  why="rounding errors add up over steps")


SAMPLES = {
    "path_losses": [
        _case(4, [4, 4], "whole"),
        _case(4, [3, 2], "lengths"),
        _case(2, [1, 2], "too short for the label"),
    ],
}
