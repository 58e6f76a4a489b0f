"""Operands at the edge of what the engine's C holds: wide floats, foreign dtypes, sizes near 2^64, 64 axes."""

import numpy
import pytest
from check import array

from mxlite import autograd, np
from mxlite._errors import DtypeError, MXNetError


def gradient(x):
    x.attach_grad()
    with autograd.record():
        y = np.tanh(x * 2.5) * x + 3 * x / (1 + x * x)
        z = np.where(y > 0.1, y * y, 3 * y)
    z.backward()
    return z.asnumpy(), x.grad.asnumpy()


@pytest.mark.parametrize("n", [3, 3000, 200_000])
def test_long_double(n):
    """An element may be wider than the 8 bytes that loop programs have for one."""
    value = numpy.linspace(0.1, 4, n)
    for found, expected in zip(gradient(array(value.astype("longdouble"))), gradient(array(value)), strict=True):
        assert found.dtype == numpy.longdouble
        assert numpy.allclose(found.astype("float64"), expected, rtol=1e-12)


FOREIGN = {
    "complex": numpy.ones(3, "complex128"),
    "object": numpy.array([object()] * 3),
    "string": numpy.array(["a", "b", "c"]),
    "variable string": numpy.array(["a", "b", "c"], dtype=numpy.dtypes.StringDType()),
    "time": numpy.ones(3, "datetime64[s]"),
    "bytes": numpy.ones(3, "V7"),
    "record": numpy.ones(3, [("a", "f4"), ("b", "i8")]),
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("function", [np.negative, np.exp, lambda v: np.add(v, v), lambda v: np.maximum(v, 2), np.sum],
                         ids=["negative", "exp", "add", "maximum", "sum"])
def test_foreign_dtypes_are_refused(function, name):
    with pytest.raises(MXNetError):
        function(FOREIGN[name])


def test_a_foreign_dtype_is_named():
    with pytest.raises(DtypeError, match="complex128"):
        np.negative(FOREIGN["complex"])


@pytest.mark.parametrize(("rows", "columns"), [
    (2**31 + 1, 2**30 + 7), (2**31, 2**31), (2**31, 2**31 + 8), (2**33 - 1, 2**27 - 1), (2**33, 2**28), (2**33, 2**27)])
def test_more_than_there_is_memory(rows, columns):
    """Results of 2^62 bytes and more, also where their number of bytes does not fit 64 bits."""
    one = numpy.ones((1, 1), "float32")
    with pytest.raises((ValueError, MemoryError)):
        np.add(numpy.broadcast_to(one, (rows, 1)), numpy.broadcast_to(one, (1, columns)))


def test_sixty_four_axes():
    x = np.ones((1,) * 64)
    x.attach_grad()
    for function in (lambda x: x.sum(), lambda x: x.mean(axis=63, keepdims=True), lambda x: x.sum(axis=(0, 40)),
                     lambda x: x * np.ones((3,) + (1,) * 63)):
        with autograd.record():
            y = function(x) * 2
        y.backward()
        assert x.grad.item() == 2 * y.size


@pytest.mark.parametrize("axis", [64, 100, -100, 2**40, 2**70, (0, 100), (0, -2**40)])
def test_no_such_axis(axis):
    for function in (np.sum, np.mean, np.max):
        with pytest.raises((MXNetError, ValueError)):
            function(np.ones((2, 3)), axis=axis)
