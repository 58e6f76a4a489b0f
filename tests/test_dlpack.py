"""DLPack: memory is shared with other libraries, and no write goes past the tape unless it was asked for."""

import numpy
import pytest
from check import NDArray, array, ndarray

from mxlite import autograd, nd, np, npx
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ExportError, GraphError, MutationError

CLASSES = pytest.mark.parametrize("cls", [ndarray, NDArray])
DTYPES = ["float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
          "bool"]
# NumPy 2.0 does not know the marks of DLPack 1.0 and gets copies.
needs_marks = pytest.mark.skipif(numpy.lib.NumpyVersion(numpy.__version__) < "2.1.0", reason="DLPack before 1.0")


class Foreign:
    """An array of another library: NumPy's memory, without NumPy's class."""

    def __init__(self, data):
        self.data = data

    def __dlpack__(self, **kwargs):
        return self.data.__dlpack__(**kwargs)

    def __dlpack_device__(self):
        return self.data.__dlpack_device__()


class Old:
    """A consumer's view of an array through the protocol before version 1.0."""

    def __init__(self, x):
        self.x = x

    def __dlpack__(self, **_):
        return self.x.__dlpack__()

    def __dlpack_device__(self):
        return self.x.__dlpack_device__()


@CLASSES
class TestExport:
    @pytest.mark.parametrize("dtype", DTYPES)
    def test_values(self, cls, dtype):
        x = array(numpy.array([[0, 1, 2], [3, 4, 5]], dtype), cls)
        y = numpy.from_dlpack(x)
        assert y.dtype == dtype
        numpy.testing.assert_array_equal(y, x.asnumpy())

    @needs_marks
    def test_memory_is_shared_and_read_only(self, cls):
        x = array([1.0, 2], cls)
        y = numpy.from_dlpack(x)
        assert numpy.shares_memory(y, raw_of(x))
        assert not y.flags.writeable
        x[0] = 5
        assert y.tolist() == [5, 2]

    def test_an_old_consumer_gets_a_copy(self, cls):
        x = array([1.0, 2], cls)
        y = numpy.from_dlpack(Old(x))
        assert not numpy.shares_memory(y, raw_of(x))
        assert y.tolist() == [1, 2]

    @needs_marks
    def test_copy(self, cls):
        x = array([1.0, 2], cls)
        y = numpy.from_dlpack(x, copy=True)
        assert y.flags.writeable == numpy.from_dlpack(raw_of(x), copy=True).flags.writeable
        assert not numpy.shares_memory(y, raw_of(x))
        assert numpy.shares_memory(numpy.from_dlpack(x, copy=False), raw_of(x))
        with pytest.raises(ExportError, match="to_dlpack_for_write"):
            x.__dlpack__(copy=False)

    def test_recorded_arrays_are_refused(self, cls):
        x = array([1.0, 2], cls)
        x.attach_grad()
        with autograd.record():
            y = x * x
        for z in (x, y):
            for export in (z.__dlpack__, z.to_dlpack_for_read, z.to_dlpack_for_write):
                with pytest.raises(ExportError, match="detach") as caught:
                    export()
                assert isinstance(caught.value, GraphError)
                assert isinstance(caught.value, BufferError)
            with pytest.raises(ExportError):
                np.from_dlpack(z)
        assert numpy.from_dlpack(y.detach()).tolist() == [1, 4]
        y.backward()
        assert x.grad.asnumpy().tolist() == [2, 4]

    def test_a_saved_value_cannot_be_written(self, cls):
        x = array([1.0, 2], cls)
        x.attach_grad()
        with autograd.record():
            y = x * x
        for taken in (numpy.from_dlpack(x.detach()), numpy.from_dlpack(Old(x.detach()))):
            if taken.flags.writeable:
                taken[:] = 100
        y.backward()
        assert x.grad.asnumpy().tolist() == [2, 4]

    def test_device_and_stream(self, cls):
        x = array([1.0], cls)
        assert x.__dlpack_device__() == (1, 0)
        with pytest.raises(ArgumentError):
            x.__dlpack__(stream=1)
        with pytest.raises(BufferError):
            x.__dlpack__(max_version=(1, 0), dl_device=(2, 0))

    def test_memory_outlives_the_array(self, cls):
        x = array(numpy.arange(100000.0), cls)
        y = numpy.from_dlpack(x)
        z = nd.from_dlpack(x.to_dlpack_for_read())
        del x
        other = [array(numpy.ones(100000), cls) * 2 for _ in range(4)]
        assert other
        assert y.sum() == z.asnumpy().sum() == 99999 * 50000


@CLASSES
@pytest.mark.parametrize("space", [nd, npx])
class TestCapsules:
    def test_for_reading(self, space, cls):
        x = array([1.0, 2], cls)
        y = space.from_dlpack(space.to_dlpack_for_read(x))
        assert type(y) is (NDArray if space is nd else ndarray)
        assert numpy.shares_memory(raw_of(y), raw_of(x))

    def test_for_writing(self, space, cls):
        x = array([1.0, 2], cls)
        y = space.from_dlpack(x.to_dlpack_for_write())
        y += 1
        assert x.asnumpy().tolist() == [2, 3]

    def test_asking_for_writing_is_a_write(self, space, cls):
        w, x = array([1.0, 2], cls), array([3.0, 4], cls)
        w.attach_grad()
        with autograd.record():
            y = w * x
        space.to_dlpack_for_write(x)
        with pytest.raises(MutationError):
            y.backward()

    def test_used_twice(self, space, cls):
        capsule = space.to_dlpack_for_read(array([1.0], cls))
        space.from_dlpack(capsule)
        with pytest.raises(ArgumentError):
            space.from_dlpack(capsule)


@pytest.mark.parametrize(("function", "cls"), [(np.from_dlpack, ndarray), (npx.from_dlpack, ndarray),
                                               (nd.from_dlpack, NDArray)])
class TestImport:
    def test_values(self, function, cls):
        for dtype in DTYPES:
            data = numpy.array([[0, 1], [2, 3]], dtype)
            x = function(Foreign(data))
            assert type(x) is cls
            numpy.testing.assert_array_equal(x.asnumpy(), data)

    def test_memory_is_shared(self, function, cls):
        """Unless it is read-only there, as NumPy's own is before NumPy 2.2."""
        for dtype in DTYPES:
            data = numpy.array([[0, 1], [2, 3]], dtype)
            shared = numpy.from_dlpack(Foreign(data)).flags.writeable
            x = function(Foreign(data))
            data[0, 0] = 1
            assert x.asnumpy()[0, 0] == shared

    def test_it_can_be_recorded(self, function, cls):
        for data in (numpy.ones((2, 3)), numpy.ones((3, 2)).T, numpy.ones((4, 6))[::-2, ::2]):
            x = function(Foreign(data))
            x.attach_grad()
            with autograd.record():
                y = (x * x + x).sum()
            y.backward()
            assert x.grad.asnumpy().tolist() == [[3] * 3] * 2

    @needs_marks
    def test_read_only_memory_is_copied(self, function, cls):
        data = numpy.ones(2)
        data.flags.writeable = False
        x = function(Foreign(data))
        x += 1
        assert data.tolist() == [1, 1]

    def test_arrays_of_ours_keep_their_version(self, function, cls):
        for other in (ndarray, NDArray):
            w, x = array([1.0, 2], other), array([3.0, 4], other)
            w.attach_grad()
            with autograd.record():
                y = w * x
            z = function(x)
            assert type(z) is cls
            z += 1
            assert x.asnumpy().tolist() == [4, 5]
            with pytest.raises(MutationError):
                y.backward()

    def test_shape_of_a_scalar(self, function, cls):
        assert function(Foreign(numpy.array(2.0))).shape == ((1,) if cls is NDArray else ())

    def test_what_is_refused(self, function, cls):
        for bad in (3, [1.0], None):
            with pytest.raises(DtypeError):
                function(bad)
        with pytest.raises(DtypeError):
            function(Foreign(numpy.ones(2, complex)))


def test_torch():
    torch = pytest.importorskip("torch")
    x = array(numpy.array([1, 2], "f4"))
    assert torch.from_dlpack(x).tolist() == [1, 2]
    t = torch.ones(3)
    y = np.from_dlpack(t)
    y += 1
    assert t.tolist() == [2, 2, 2]
