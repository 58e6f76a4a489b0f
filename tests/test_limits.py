"""Operands at the edge of what the engine's C holds: wide floats, foreign dtypes, sizes near 2^64, 64 axes."""

import os
import subprocess
import sys

import numpy
import pytest
from check import array, needs_lock

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


@pytest.mark.skipif(sys.platform != "linux", reason="limits the address space, which other systems do not enforce")
@pytest.mark.parametrize(("expression", "message"), [
    ("np.exp(x)", "exp(float32[4194304]): no memory"), ("x + x", "add(float32[4194304], float32[4194304]): no memory"),
    ("np.maximum(x, 2.0)", "maximum(float32[4194304], float): no memory"),
    pytest.param("np.sqrt(x * 2)", "sqrt(float32[4194304]): no memory", marks=needs_lock),
    ("np.cumsum(x)", "cumsum(float32[4194304]): "),
    ("k + k", "add(int64[4194304], int64[4194304]): "), ("-k", "negative(int64[4194304]): "),
    ("x[:, None] * x[:9]", "multiply(float32[4194304, 1], float32[9]): "), ("x[::2]", "getitem(float32[4194304], ")])
def test_no_memory_names_the_operator(expression, message):
    """Also where the values are computed when something else reads them."""
    code = f"""if 1:
        import resource
        from mxlite import np
        x, k = np.ones(1 << 22), np.ones(1 << 22, dtype="int64")
        float(x[0]), float(np.exp(x)[0])
        from mxlite._engine.storage import empty_cache
        empty_cache()
        used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + (1 << 21), -1))
        try:
            np.sum({expression})
        except MemoryError as error:
            assert str(error).startswith({message!r}), error
        else:
            raise AssertionError("there was memory")
        assert float(x[-1]) == 1 and int(k[-1]) == 1"""
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


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
