"""Dtype rules that operators share: float32 is the default of everything that is created or becomes inexact."""

import numpy

from mxlite._errors import DtypeError

DEFAULT = numpy.dtype(numpy.float32)
_KINDS = "biuf"


def resolve(dtype, default=DEFAULT):
    """The NumPy dtype that an argument names. Accepts NumPy dtypes, their names and classes, and None.

    Raises DtypeError for complex, string and object dtypes.
    """
    if dtype is None:
        return default
    try:
        found = numpy.dtype(dtype)
    except TypeError as exc:
        raise DtypeError(f"{dtype!r} is no dtype") from exc
    if found.kind not in _KINDS:
        raise DtypeError(f"dtype {found} is not supported; use bool, integers or floats")
    return found.newbyteorder("=")


def inexact(dtype):
    """The dtype in which a mean or an exponential of `dtype` is given: floats stay, the rest becomes float32."""
    return dtype if dtype.kind == "f" else DEFAULT
