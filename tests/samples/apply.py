"""Samples of mxlite/_ops/apply.py, bits.py and contrib.py; compositions: tests/test_gradients_level3.py."""

import numpy

from mxlite._errors import ArgumentError, DtypeError, ShapeError
from samples import BadCall, Sample, values

STEPS = numpy.cumsum(values(6, seed=1) * 2.5)
BITS = numpy.array([[1, 0, 1], [0, 1, 1]], "uint8")
BYTES = numpy.array([[3, 255], [16, 0]], "uint8")


def _written(y, new, chosen):
    out = y.copy()
    out[chosen] = new
    return out


SAMPLES = {
    "assigned": [Sample(values(5), values(2, seed=1), numpy.array([3, 0]), reference=_written, label="two"),
                 Sample(values(5), values(0), numpy.array([], int), reference=_written, label="none")],
    "unwrapped": [
        Sample(STEPS, None, -1, 2 * numpy.pi, label="vector", reference=lambda p, d, axis, period: numpy.unwrap(p)),
        Sample(STEPS.reshape(2, 3), None, 0, 2.0, label="columns",
               reference=lambda p, d, axis, period: numpy.unwrap(p, axis=0, period=2.0)),
    ],
    "packbits": [Sample(BITS, label="flat"), Sample(BITS, 1, label="rows"), Sample(BITS > 0, axis=0, label="bools"),
                 Sample(BITS, -1, "little", label="little")],
    "unpackbits": [Sample(BYTES, label="flat"), Sample(BYTES, 1, label="rows"), Sample(BYTES, 0, 5, label="count"),
                   Sample(BYTES, 0, None, "little", label="little")],
    "allclose_as_number": [
        Sample(values(2, 3), values(2, 3) + 1e-12, label="close", reference=lambda a, b: numpy.uint8(1)),
        Sample(values(2, 3), values(2, 3) + 1, label="not", reference=lambda a, b: numpy.uint8(0)),
    ],
}
ERRORS = {
    "packbits": [BadCall(DtypeError, "integer or boolean", values(3)),
                 BadCall(ArgumentError, "bitorder", BITS, 0, "middle")],
    "unpackbits": [BadCall(DtypeError, "unsigned byte", values(3)),
                   BadCall(ArgumentError, "bitorder", BYTES, bitorder="middle")],
    "allclose_as_number": [BadCall(ShapeError, "one shape", values(2), values(1), legacy=True)],
}
