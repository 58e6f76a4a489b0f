"""Samples of mxlite/_ops/diff.py and of mxlite/_ops/coordinates.py."""

import numpy

from mxlite._errors import ArgumentError, ShapeError
from samples import BadCall, Sample, values

_V, _X = values(5), values(3, 4)
_POINTS, _HEIGHTS = numpy.array([-1.0, 0.0, 0.5, 2.0]), values(4, seed=1)
_AT = numpy.array([-0.7, 0.3, 1.1, -3.0, 4.0])

SAMPLES = {
    "diff": [
        Sample(_X), Sample(_X, 1, 0, label="axis"), Sample(_X, 2, label="twice"), Sample(_V, 0, label="never"),
        Sample(_V, 9, label="too often"), Sample(_X, prepend=values(3, 1, seed=1), label="prepend"),
        Sample(_X, 2, 0, append=values(1, 4, seed=1), prepend=numpy.array(1.5), label="both ends"),
        Sample(_V, append=2.0, label="append number"), Sample(numpy.array([3, 1, 2]), label="integers"),
        Sample(numpy.array([True, False, False]), label="bools"),
    ],
    "ediff1d": [Sample(_V), Sample(_X, values(2, seed=1), values(1, seed=2), label="both ends"),
                Sample(_V, to_begin=numpy.array(0.5), label="begin"), Sample(values(1), label="one element")],
    "interp": [
        Sample(_AT, _POINTS, _HEIGHTS), Sample(_AT, _POINTS, _HEIGHTS, 5.0, -5.0, label="ends"),
        Sample(_AT.reshape(5, 1)[:2], _POINTS, _HEIGHTS, label="matrix"),
        Sample(_AT, numpy.array([0.2, 1.0, 2.6]), values(3, seed=2), period=3.1, label="period"),
        Sample(_AT, numpy.array([7.4, 0.2, 1.0]), values(3, seed=2), period=3.1, label="period unsorted"),
        Sample(numpy.array(0.3), _POINTS, _HEIGHTS, label="0-d"),
        Sample(_AT, numpy.array([0.5]), numpy.array([2.0]), label="one point"),
    ],
    "trapezoid": [Sample(_X), Sample(_X, dx=0.5, axis=0, label="axis"), Sample(_X, values(4, seed=1), label="points"),
                  Sample(_X, values(3, 4, seed=1), axis=0, label="points everywhere"),
                  Sample(_X, values(3, seed=1), axis=0, label="points along axis 0")],
    "unravel_index": [Sample(numpy.array([4, 5]), (2, 3)),
                      Sample(numpy.array([[1]]), (2, 3), "F", label="columns first")],
    "unravel_rows": [Sample(numpy.array([4, 5, 9]), (2, 3), reference=lambda i, s: numpy.array([[1, 1, 3], [1, 2,
                            0]]))],
    "ravel_multi_index": [Sample(numpy.array([[0, 1], [1, 2]]), (2, 3), reference=lambda i, s: numpy.array([1, 5]))],
    "ravel_coordinates": [Sample([numpy.array([0, 1]), numpy.array([1, 2])], (2, 3),
                                 reference=lambda i, s: numpy.array([1, 5])),
                          Sample([numpy.array([0, 9]), numpy.array([1, 2])], (2, 3), "clip", label="clip",
                                 reference=lambda *r: numpy.array([1, 5]))],
    "ix_": [Sample(numpy.array([0, 2]), numpy.array([1]))],
    "diag_indices_from": [Sample(values(3, 3))],
    "tril_indices_from": [Sample(values(2, 3)), Sample(values(2, 3), 1, label="above")],
    "triu_indices_from": [Sample(values(2, 3)), Sample(values(2, 3), 1, label="above")],
    "trim_zeros": [Sample(numpy.array([0.0, 1.5, 0.0, 2.5, 0.0]), order=0, why="a difference moves the zeros"),
                   Sample(numpy.array([0, 1, 2, 0]), "f", label="front"), Sample(values(3), label="nothing to trim"),
                   Sample(numpy.zeros(2, int), label="zeros alone")],
}

ERRORS = {
    "diff": [BadCall(ShapeError, "without axes", numpy.array(1.0)), BadCall(ArgumentError, "at least 0", _V, -1)],
    "unravel_index": [BadCall(ArgumentError, "out of bounds", numpy.array([9]), (2, 3))],
    "ravel_coordinates": [BadCall(ArgumentError, "invalid entry", [numpy.array([5]), numpy.array([0])], (2, 3))],
}
