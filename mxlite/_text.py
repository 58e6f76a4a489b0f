"""Printed forms of arrays, as MXNet shows them."""

import numpy

_PLAIN = (numpy.dtype(numpy.float32), numpy.dtype(numpy.bool_))
_EDGE = numpy.float32(0.0001)


def np_repr(x):
    """`array([0., 1.])`: float32 and bool go without saying, every other dtype is named."""
    prefix = "array("
    if x.size == 0:
        body = "[]" if x.shape == (0,) else f"[], shape={x.shape}"
    else:
        body = numpy.array2string(x, separator=", ", prefix=prefix, suffix=")", formatter=_formatter(x))
    if x.dtype in _PLAIN:
        return f"{prefix}{body})"
    name = f"dtype={x.dtype.name})"
    last = len(body) - (body.rfind("\n") + 1) + (len(prefix) if "\n" not in body else 0)
    wide = last + len(name) + 2 > numpy.get_printoptions()["linewidth"]
    return f"{prefix}{body},{chr(10) + ' ' * len(prefix) if wide else ' '}{name}"


def np_str(x):
    """The values alone, without commas."""
    return str(x) if _formatter(x) is None else numpy.array2string(x, formatter=_formatter(x))


def nd_repr(x, ctx):
    """A blank line, the values, and `<NDArray 2x3 @cpu(0)>`."""
    return f"\n{np_str(x)}\n<NDArray {'x'.join(map(str, x.shape))} @{ctx}>"


def _formatter(x):
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

    def scientific(value, **how):
        return numpy.format_float_scientific(value, precision=options["precision"], unique=True, **how)

    shown = [scientific(value, trim=".").partition("e") for value in x[numpy.isfinite(x)]]
    parts = [mantissa.partition(".") for mantissa, _, _ in shown]
    digits = max(len(fraction) for _, _, fraction in parts)
    left = max(len(whole) for whole, _, _ in parts)
    exponent = max(len(e) for _, _, e in shown) - 1
    width = left + 1 + digits + 2 + exponent

    def one(value):
        if not numpy.isfinite(value):
            return str(value).rjust(width)
        return scientific(value, trim="k", min_digits=digits, pad_left=left, exp_digits=exponent)

    return {"float_kind": one}
