"""Printed forms of arrays, as MXNet shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

# NumPy 2.4 writes floats of few digits with exponents from 1000 (float16) or 1e6 (float32) on, where MXNet, and NumPy
# up to 2.3, have none below 1e8.
_SINCE_2_4 = tuple(map(int, numpy.__version__.split(".")[:2])) >= (2, 4)
_PLAIN: tuple[numpy.dtype[Any], ...] = (numpy.dtype(numpy.float32), numpy.dtype(numpy.bool_))
_UNNAMED: tuple[numpy.dtype[Any], ...] = (numpy.dtype(numpy.float64), numpy.dtype(numpy.int64))
_EDGE = numpy.float32(0.0001)


def _as_before(show: Callable[[], str]) -> str:
    """The text of a function, with exponents where NumPy put them before 2.4."""
    if not _SINCE_2_4 or numpy.get_printoptions()["legacy"]:
        return show()
    legacy: Any = "2.2"      # older NumPy does not know it, and does not need it
    with numpy.printoptions(legacy=legacy):
        return show()


def np_repr(x: numpy.ndarray[Any, Any]) -> str:
    """`array([0., 1.])`: float32 and bool go without saying, every other dtype is named."""
    prefix = "array("
    if x.size == 0:
        body = "[]" if x.shape == (0,) else f"[], shape={x.shape}"
    else:
        form = _formatter(x.reshape(1) if x.ndim == 0 else x)
        body = _as_before(lambda: numpy.array2string(x, separator=", ", prefix=prefix, suffix=")", formatter=form))
    if x.dtype in _PLAIN and (x.size or x.dtype.kind == "f"):      # NumPy names the dtype of no bools
        return f"{prefix}{body})"
    name = f"dtype={x.dtype.name})"
    last = len(body) - (body.rfind("\n") + 1) + (len(prefix) if "\n" not in body else 0)
    # NumPy puts the dtypes that it names on a line of their own if need be; MXNet only adds the other two.
    wide = x.dtype not in _UNNAMED and last + len(name) + 2 > numpy.get_printoptions()["linewidth"]
    return f"{prefix}{body},{chr(10) + ' ' * len(prefix) if wide else ' '}{name}"


def np_str(x: numpy.ndarray[Any, Any]) -> str:
    """The values alone, without commas."""
    form = _formatter(x)
    return _as_before(lambda: str(x)) if form is None else numpy.array2string(x, formatter=form)


def nd_repr(x: numpy.ndarray[Any, Any], ctx: object) -> str:
    """A blank line, the values, and `<NDArray 2x3 @cpu(0)>`."""
    return f"\n{np_str(x)}\n<NDArray {'x'.join(map(str, x.shape))} @{ctx}>"


def _formatter(x: numpy.ndarray[Any, Any]) -> Any:
    """Exponents for float32 arrays whose smallest element is 0.0001, where NumPy 2 no longer writes them.

    It compares with 0.0001 in float32, NumPy 1 did in float64, in which this float32 is the smaller of the two. Every
    other array is left to NumPy (None).
    """
    options = numpy.get_printoptions()
    if x.dtype != _EDGE.dtype or x.ndim == 0 or x.size > options["threshold"] or not (abs(x) == _EDGE).any() or (
            options["suppress"] or options["floatmode"] != "maxprec"):
        return None
    finite = x[numpy.isfinite(x) & (x != 0)]
    if abs(finite).min() != _EDGE:
        return None

    def scientific(value: Any, **how: Any) -> str:
        return numpy.format_float_scientific(value, precision=options["precision"], unique=True, **how)

    shown = [scientific(value, trim=".").partition("e") for value in x[numpy.isfinite(x)]]
    parts = [mantissa.partition(".") for mantissa, _, _ in shown]
    digits = max(len(fraction) for _, _, fraction in parts)
    left = max(len(whole) for whole, _, _ in parts)
    exponent = max(len(e) for _, _, e in shown) - 1
    width = left + 1 + digits + 2 + exponent

    def one(value: Any) -> str:
        if not numpy.isfinite(value):
            return str(value).rjust(width)
        return scientific(value, trim="k", min_digits=digits, pad_left=left, exp_digits=exponent)

    return {"float_kind": one}
