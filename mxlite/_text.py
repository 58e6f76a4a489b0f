"""Printed forms of arrays, as MXNet shows them."""

import numpy

_PLAIN = (numpy.dtype(numpy.float32), numpy.dtype(numpy.bool_))


def np_repr(x):
    """`array([0., 1.])`: float32 and bool go without saying, every other dtype is named."""
    prefix = "array("
    if x.size == 0:
        body = "[]" if x.shape == (0,) else f"[], shape={x.shape}"
    else:
        body = numpy.array2string(x, separator=", ", prefix=prefix, suffix=")")
    if x.dtype in _PLAIN:
        return f"{prefix}{body})"
    name = f"dtype={x.dtype.name})"
    last = len(body) - (body.rfind("\n") + 1) + (len(prefix) if "\n" not in body else 0)
    wide = last + len(name) + 2 > numpy.get_printoptions()["linewidth"]
    return f"{prefix}{body},{chr(10) + ' ' * len(prefix) if wide else ' '}{name}"


def nd_repr(x, ctx):
    """A blank line, the values, and `<NDArray 2x3 @cpu(0)>`."""
    return f"\n{x!s}\n<NDArray {'x'.join(map(str, x.shape))} @{ctx}>"
