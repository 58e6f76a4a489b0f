"""Dtype rules that operators share: float32 is the default of everything that is created or becomes inexact."""

from __future__ import annotations

from typing import Any

import numpy

from mxlite._errors import DtypeError

DEFAULT: numpy.dtype[Any] = numpy.dtype(numpy.float32)
_KINDS = "biuf"
_PLAIN = (bool, int, float, list, tuple)      # a union of types would be made anew at every call


def resolve(dtype: Any, default: Any = DEFAULT) -> Any:
    """The NumPy dtype that an argument names. Accepts NumPy dtypes, their names and classes, and None.

    Raises DtypeError for complex, string and object dtypes.
    """
    if dtype is None:
        return default
    try:
        if not isinstance(dtype, type | numpy.dtype) and hasattr(dtype, "__array__"):
            raise TypeError("an array, which NumPy 2.0 would take for its dtype")
        found = numpy.dtype(dtype)
    except (TypeError, ValueError) as exc:
        raise DtypeError(f"{dtype!r} is no dtype") from exc
    if found.kind not in _KINDS:
        raise DtypeError(f"dtype {found} is not supported; use bool, integers or floats")
    return found.newbyteorder("=")


def inexact(dtype: numpy.dtype[Any]) -> numpy.dtype[Any]:
    """The dtype in which a mean or an exponential of `dtype` is given: floats stay, the rest becomes float32."""
    return dtype if dtype.kind == "f" else DEFAULT


def common(*values: Any) -> numpy.dtype[Any]:
    """The dtype of joined operands: NumPy's promotion, but a float dtype is not widened by integers beside it.

    Numbers and lists of them follow the arrays beside them; alone they have the default dtype.
    """
    first = getattr(values[0], "dtype", None) if values else None
    if first is not None and all(getattr(v, "dtype", None) is first for v in values):
        return first  # type: ignore[no-any-return]
    dtypes = [v.dtype if hasattr(v, "dtype") else numpy.asarray(v).dtype for v in values]
    typed = [v.dtype for v in values if hasattr(v, "dtype")]
    floats = [d for d in typed if d.kind == "f"]
    if floats:
        return numpy.result_type(*floats)
    if any(d.kind == "f" for d in dtypes):
        return DEFAULT
    return numpy.result_type(*typed) if typed else DEFAULT


def numbers(value: Any) -> Any:
    """Python numbers (and lists of them) as an array of the default dtype; anything else as it is."""
    return numpy.asarray(value, DEFAULT) if isinstance(value, _PLAIN) else value
