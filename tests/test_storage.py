"""The pool of large buffers: reuse, bounds, alignment, release."""

import threading

import numpy
import pytest
from check import array

from mxlite._engine.operators import raw
from mxlite._engine.storage import cache_size, empty_cache, set_cache_limit

pytestmark = pytest.mark.thread_unsafe(reason="empties the pool, which is the process's, and counts what it holds")

LARGE = 100_000


@pytest.fixture(autouse=True)
def _empty_pool():
    empty_cache()
    old = set_cache_limit(64 << 20)
    yield
    set_cache_limit(old)
    empty_cache()


def address(x):
    return raw(x).__array_interface__["data"][0]


def doubled(a):
    """a + a, computed: a large result would wait until it is read."""
    y = a + a
    y.wait_to_read()
    return y


def test_a_freed_buffer_is_given_out_again():
    a = array(numpy.ones(LARGE))
    y = doubled(a)
    before = address(y)
    del y
    assert cache_size() > 8 * LARGE
    y = a * a
    assert address(y) == before
    assert cache_size() == 0
    assert (y.asnumpy() == 1).all()


def test_small_results_take_little():
    a = array(numpy.ones(100))
    del a
    b = array(numpy.ones(100))
    for _ in range(1000):
        b + b
    assert cache_size() <= 3 * 800
    empty_cache()
    assert cache_size() == 0
    many = [b + float(k) for k in range(1000)]
    del many
    assert cache_size() <= 64 * 800
    set_cache_limit(0)
    b + b
    assert cache_size() == 0


def test_a_buffer_lives_as_long_as_its_last_view():
    a = array(numpy.arange(float(LARGE)))
    y = doubled(a)
    view, inner = y[5:10], raw(y)
    del y
    assert cache_size() == 0
    z = a * 0.0
    assert view.asnumpy().tolist() == [10, 12, 14, 16, 18]
    del z, view
    held = cache_size()
    assert inner[1] == 2
    del inner
    assert cache_size() > held


def test_the_pool_is_bounded():
    a = array(numpy.ones(LARGE))
    set_cache_limit(3 << 20)
    results = [doubled(a) for _ in range(20)]
    del results
    assert 0 < cache_size() <= 3 << 20
    set_cache_limit(1 << 20)
    assert cache_size() <= 1 << 20
    assert set_cache_limit(0) == 1 << 20
    y = doubled(a)
    del y
    assert cache_size() == 0


def test_the_number_of_blocks_of_one_size_is_bounded():
    set_cache_limit(1 << 40)
    a = array(numpy.ones(5000))
    results = [doubled(a) for _ in range(200)]
    del results
    assert cache_size() < 40 * 80_000


def test_emptied_on_request():
    a = array(numpy.ones(LARGE))
    results = [doubled(a) for _ in range(5)]
    del results
    assert cache_size() > 0
    empty_cache()
    assert cache_size() == 0
    assert (doubled(a).asnumpy() == 2).all()


def test_every_size_class_keeps_its_promise():
    """Sizes around all class borders: results are right, 64-byte aligned, and do not overlap."""
    for n in [*range(4090, 4104), 5119, 5120, 5121, *(2 ** k + d for k in range(13, 21) for d in (-1, 0, 1))]:
        a = array(numpy.arange(float(n)))
        y, z = a + 1.0, a * 2.0
        if n * 8 >= 32768:
            assert address(y) % 64 == 0
        assert address(y) + 8 * n <= address(z) or address(z) + 8 * n <= address(y)
        assert y.asnumpy()[-1] == n
        assert z.asnumpy()[-1] == 2 * n - 2
        assert y.asnumpy()[0] == 1


def test_waste_is_below_a_quarter():
    for n in (4097, 6000, 10_001, 70_001, 1_000_003):
        empty_cache()
        a = array(numpy.ones(n))
        y = doubled(a)
        del y
        assert 8 * n <= cache_size() <= 1.25 * 8 * n + 8


def test_zeros_from_the_pool_are_zero():
    """attach_grad's buffer does not show what an earlier array left."""
    a = array(numpy.full(LARGE, 7.0))
    y = doubled(a)
    del y
    a.attach_grad()
    assert not a.grad.asnumpy().any()


def test_an_impossible_size_raises():
    column, row = array(numpy.ones((1 << 20, 1))), array(numpy.ones((1, 1 << 24)))
    with pytest.raises(MemoryError):
        column + row
    with pytest.raises((MemoryError, ValueError)):
        array(numpy.broadcast_to(numpy.ones(1), (1 << 20, 1))) * array(numpy.ones((1 << 24, 1, 1)))
    assert cache_size() >= 0


def test_threads_share_the_pool():
    errors = []

    def work(seed):
        rng = numpy.random.default_rng(seed)
        for _ in range(300):
            n = int(rng.integers(4000, 40_000))
            a = array(numpy.full(n, float(seed)))
            y = a * 2.0 + a
            if not (y.asnumpy() == 3.0 * seed).all():
                errors.append((seed, n))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not errors
    assert cache_size() <= 64 << 20
