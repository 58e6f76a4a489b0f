"""Dead arrays that are used again: never one that somebody can still see, nor one that was tampered with."""

import gc
import sys
import weakref

import numpy
import pytest
from check import array, needs_lock

from mxlite import autograd, nd, np
from mxlite._engine.operators import raw
from mxlite._engine.storage import cache_size, empty_cache
from mxlite._errors import GraphError

pytestmark = pytest.mark.thread_unsafe(reason="empties what the process keeps for reuse, and counts it")


@pytest.fixture(autouse=True)
def _nothing_kept():
    empty_cache()
    yield
    empty_cache()


def values(x):
    return x.asnumpy().tolist()


@pytest.mark.parametrize("shape", [(), (1,), (4,), (1, 3), (3, 1), (2, 3), (2, 1, 3), (2, 2, 2, 2), (0,), (2, 0)])
@pytest.mark.parametrize("dtype", ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"])
def test_a_second_life_looks_like_a_first(shape, dtype):
    a = array(numpy.ones(shape, dtype))
    for _ in range(5):
        y = a * a
        fresh = numpy.empty(shape, y.dtype)
        assert raw(y).strides == fresh.strides
        assert str(raw(y).flags) == str(fresh.flags)
        assert raw(y).dtype == fresh.dtype
        assert (y.asnumpy() == 1).all()


def test_memory_that_a_view_reads_is_left_alone():
    a = array([1.0, 2, 3, 4])
    y = a * 2
    view = raw(y)[1:3]
    del y
    for k in range(10):
        a * float(k)
    assert view.tolist() == [4, 6]


def test_memory_that_numpy_holds_is_left_alone():
    a = array([1.0, 2, 3, 4])
    y = a * 2
    inner = raw(y)
    held = memoryview(y)
    del y
    for k in range(10):
        a * float(k)
    assert inner.tolist() == list(held) == [2, 4, 6, 8]


def test_memory_that_the_tape_reads_is_left_alone():
    x = array([1.0, 2, 3, 4])
    x.attach_grad()
    with autograd.record():
        y = np.exp(x * x)
        z = y * y
        del y
        for k in range(10):
            x + float(k)
    z.backward()
    assert numpy.allclose(x.grad.asnumpy(), 4 * x.asnumpy() * numpy.exp(2 * x.asnumpy() ** 2))


@pytest.mark.parametrize("tamper", [
    lambda y: y.setflags(write=False),
    lambda y: setattr(y, "shape", (2, 2)),
    lambda y: setattr(y, "strides", (0,)),
    lambda y: setattr(y, "dtype", "int64"),
    lambda y: setattr(y, "dtype", ">f8"),
    lambda y: y.resize(2, refcheck=False),
], ids=["flags", "shape", "strides", "dtype", "byte order", "size"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_was_tampered_with_does_not_come_back(tamper):
    a = array([1.0, 2, 3, 4])
    for _ in range(40):
        y = a * 2
        tamper(raw(y))
        del y
        z = a + a
        assert raw(z).flags.writeable
        assert raw(z).strides == (8,)
        assert raw(z).dtype == numpy.float64
        assert values(z) == [2, 4, 6, 8]


def test_a_weak_reference_to_memory_ends():
    a = array([1.0, 2, 3, 4])
    y = a * 2
    seen = weakref.ref(raw(y))
    del y
    a * 3
    assert seen() is None


def test_weak_references_end_with_the_array():
    called = []
    a = array([1.0, 2])
    for k in range(300):
        y = a * float(k)
        seen = weakref.ref(y, called.append)
        del y
        assert seen() is None
        assert called.pop() is seen


def test_arrays_that_die_together():
    a = array([1.0, 2])
    for _ in range(3):
        many = [a + float(k) for k in range(1000)]
        many += [nd.array([k, k]) for k in range(1000)]
        assert values(many[7]) == [8, 9]
        assert values(many[1007]) == [7, 7]
        del many
    y = a * 5
    assert type(y) is np.ndarray
    assert y.grad is None
    assert values(y) == [5, 10]


def test_nothing_of_the_former_life_stays():
    a = array([1.0, 2])
    for _ in range(200):
        y = a * 2
        y.attach_grad()
        y[0] = 7
        z = y.detach()
        del y, z
        again = a * 2
        assert again.grad is None
        assert values(again) == [2, 4]
        with pytest.raises(GraphError):
            again.backward()


@needs_lock
def test_arrays_do_not_count_for_the_collector():
    a = array([1.0, 2])
    gc.collect()
    before = len(gc.get_objects())
    many = [a + float(k) for k in range(100)]
    assert len(gc.get_objects()) - before < 50
    del many


@needs_lock
def test_the_class_is_held_once_by_each_instance():
    a = array([1.0, 2])
    before = sys.getrefcount(np.ndarray)
    many = [a + float(k) for k in range(300)]
    during = sys.getrefcount(np.ndarray)
    del many
    after = sys.getrefcount(np.ndarray)
    assert (during, after) == (before + 300, before)


class Sub(np.ndarray):
    """With a dictionary, a finalizer and methods of its own behind operator signs."""

    born = 0

    def __add__(self, other):
        return "sub adds"

    def __radd__(self, other):
        return "sub adds from the right"

    def __del__(self):
        type(self).born += 1


def test_subclasses_keep_what_is_theirs():
    a = array([1.0, 2])
    before, classes = Sub.born, sys.getrefcount(Sub)
    for _ in range(300):
        y = Sub.__new__(Sub)
        y.note = [y]                         # a cycle, which only the collector ends
        y.note.clear()
        assert y + a == y + 1 == "sub adds"
        assert a + y == 1 + y == "sub adds from the right"
        assert gc.is_tracked(y)
        del y
    assert Sub.born == before + 300
    assert sys.getrefcount(Sub) == classes


def test_a_method_assigned_to_the_class_is_used(monkeypatch):
    a = array([1.0, 2])
    with monkeypatch.context() as patch:
        patch.setattr(np.ndarray, "__mul__", lambda self, other: "mine", raising=False)
        assert a * 2 == "mine"
    assert values(a * 2) == [2, 4]
    ended = []
    with monkeypatch.context() as patch:
        patch.setattr(np.ndarray, "__del__", lambda self: ended.append(1), raising=False)
        y = a * 2
        del y
    assert ended == [1]
    assert values(a * 2) == [2, 4]


@pytest.mark.parametrize("left", [np.array, nd.array])
@pytest.mark.parametrize("right", [np.array, nd.array, float])
def test_signs_between_classes(left, right):
    a, b = left([6.0]), 4.0 if right is float else right([4.0])
    results = [a + b, a - b, a * b, a / b, a // b, a % b, a**b, b - a, -a]
    assert [values(y) for y in results] == [[10], [2], [24], [1.5], [1], [2], [1296], [-2], [-6]]


def test_what_is_kept_is_bounded():
    for n in range(1, 400):
        a = array(numpy.ones(n))
        many = [a + a for _ in range(40)]
        del many
    assert cache_size() <= 1 << 20


def test_a_subclass_that_makes_something_else():
    class Odd(np.ndarray):
        __slots__ = ()

        def __new__(cls):
            return 5

    odd = np.ndarray.__new__(Odd)
    with pytest.raises(TypeError, match="Array"):
        odd + odd
