"""Bits of integers."""

import numpy

from mxlite._errors import ArgumentError, DtypeError, operand_message
from mxlite._op import op


def _order(name, bitorder):
    if bitorder not in ("big", "little"):
        raise ArgumentError(f"{name}: bitorder is 'big' or 'little', not {bitorder!r}")
    return bitorder


@op(np="packbits", grad=None, quiet=True)
def packbits(a, axis=None, bitorder="big"):
    """Bytes (uint8) of eight elements each along an axis, or of the flattened array: their bits say which are not 0.

    The first element is the highest bit, or the lowest if 'little'; zeros fill up the last byte. Raises DtypeError for
    floats, ArgumentError for another order.
    """
    if a.dtype.kind not in "biu":
        raise DtypeError(operand_message("packbits", (a,), "expected an input array of integer or boolean data type"))
    return numpy.packbits(a, axis, _order("packbits", bitorder))


@op(np="unpackbits", grad=None, quiet=True)
def unpackbits(a, axis=None, count=None, bitorder="big"):
    """The bits of bytes along an axis, or of the flattened array, as uint8: the first `count`, or all but -count.

    Raises DtypeError for other dtypes than uint8, ArgumentError for another order than packbits knows.
    """
    if a.dtype != numpy.uint8:
        raise DtypeError(operand_message("unpackbits", (a,), "Expected an input array of unsigned byte data type"))
    return numpy.unpackbits(a, axis, count, _order("unpackbits", bitorder))
