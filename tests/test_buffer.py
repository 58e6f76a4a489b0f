"""The buffer protocol: memoryview, bytes and NumPy share an array's memory, and none of them can write to it."""

import ctypes
import gc
import hashlib
import io
import struct
import sys
import weakref

import numpy
import pytest
from check import NDArray, array, ndarray

from mxlite import autograd, np
from mxlite._engine.operators import raw, view_of

DTYPES = ["float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
          "bool"]
CLASSES = pytest.mark.parametrize("cls", [ndarray, NDArray])
X = numpy.array([[1.0, -2, 3], [0.5, 4, -0.25]], "float32")


@CLASSES
@pytest.mark.parametrize("dtype", DTYPES)
def test_memoryview(cls, dtype):
    values = numpy.array([[0, 1, 2], [3, 4, 5]]).astype(dtype)
    seen = memoryview(array(values, cls))
    assert seen.readonly
    assert (seen.shape, seen.strides, seen.format) == (values.shape, values.strides, memoryview(values).format)
    assert seen.tobytes() == values.tobytes()
    if dtype != "float16":      # which Python 3.11 cannot unpack
        assert seen.tolist() == values.tolist()


@pytest.mark.parametrize("values", [numpy.array(2.5), numpy.zeros((0, 3)), numpy.zeros((2, 0, 4), "int8")])
def test_scalars_and_empty_arrays(values):
    x = array(values)
    assert memoryview(x).shape == values.shape
    assert bytes(x) == values.tobytes()
    assert numpy.asarray(x).shape == values.shape


@CLASSES
def test_nobody_writes_through_it(cls):
    x = array(X, cls)
    with pytest.raises(TypeError, match="read-only"):
        memoryview(x)[0, 0] = 1
    for write in (io.BytesIO(b"12345678").readinto, ctypes.c_char.from_buffer,
                  lambda x: struct.pack_into("f", x, 0, 1)):
        with pytest.raises((TypeError, BufferError)):
            write(x)
    if hasattr(x, "__buffer__"):        # Python 3.12
        with pytest.raises(BufferError, match=r"x\[\.\.\.\] = value"):
            x.__buffer__(1)
    with pytest.raises(ValueError, match="WRITEABLE"):
        numpy.asarray(x).flags.writeable = True
    assert x.asnumpy().tolist() == X.tolist()


@CLASSES
def test_it_shares_memory_and_keeps_it(cls):
    x = array(X, cls)
    assert not numpy.frombuffer(x, "float32").flags.writeable
    seen, also = memoryview(x), numpy.asarray(x)
    x[0, 0] = 9
    assert (seen[0, 0], also[0, 0], numpy.frombuffer(x, "float32")[0]) == (9, 9, 9)
    watch = weakref.ref(x)
    del x
    gc.collect()
    assert watch() is None
    assert (seen[0, 0], also[0, 0]) == (9, 9)


def test_writes_by_assignment_are_seen_by_the_tape_though_a_view_exists():
    x = array(X)
    x.attach_grad()
    seen = memoryview(x)
    with autograd.record():
        y = x * x
    y.backward()
    x[:] = 1
    assert seen.tolist() == [[1, 1, 1], [1, 1, 1]]
    assert x.grad.tolist() == (2 * X).tolist()


def test_numpy_conversions():
    x = array(X)
    for shared in (numpy.asarray(x), numpy.array(x, copy=None), numpy.array(x, copy=False)):
        assert not shared.flags.writeable
        assert numpy.shares_memory(shared, numpy.asarray(x))
    for copied in (numpy.array(x), numpy.array(x, copy=True), numpy.asarray(x, "float64"), x.asnumpy()):
        assert copied.flags.writeable
        assert not numpy.shares_memory(copied, numpy.asarray(x))
        numpy.testing.assert_array_equal(copied, X)
    with pytest.raises(ValueError, match="copy"):
        numpy.array(x, dtype="float64", copy=False)
    numpy.testing.assert_array_equal(numpy.array([x, x]), [X, X])


def test_what_takes_bytes():
    x = np.array([[1, 2], [3, 250]], dtype="uint8")
    assert bytes(x) == b"\1\2\3\xfa"
    assert hashlib.sha256(x).digest() == hashlib.sha256(b"\1\2\3\xfa").digest()
    file = io.BytesIO()
    file.write(x)
    assert file.getvalue() == b"\1\2\3\xfa"


def test_strides():
    x = array(numpy.arange(12.0).reshape(3, 4))
    row = x[1]
    assert memoryview(row).tolist() == [4, 5, 6, 7]
    assert bytes(x.T) == numpy.arange(12.0).reshape(3, 4).T.tobytes()


def test_a_consumer_of_one_block_is_refused_a_strided_view():
    x = array(numpy.arange(6.0).reshape(2, 3))
    turned = view_of(x, raw(x).T)
    assert memoryview(turned).strides == (8, 24)
    with pytest.raises(ValueError, match="contiguous"):
        hashlib.sha256(turned)


def test_references():
    x = array(X)
    before = sys.getrefcount(x), sys.getrefcount(None)
    for _ in range(1000):
        memoryview(x).release()
        numpy.asarray(x)
    assert sys.getrefcount(x) == before[0]
    assert abs(sys.getrefcount(None) - before[1]) < 100
