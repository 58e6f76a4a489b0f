"""Reading and writing parts of arrays: every kind of key as in NumPy, views, in-place rules, errors at the call."""

import itertools

import numpy
import pytest
from check import array

from mxlite import autograd, nd, np
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, IndexingError, InplaceError, MutationError, ShapeError
from mxlite._ops.index import scatter_add

SHAPE = (3, 4, 2)
PARTS = [
    0, -1, slice(None), slice(1, None), slice(None, None, -1), slice(-1, 0, -2), slice(2, 2), None, ...,
    [0, 1], [1, -1, 1], [], numpy.array([[0, 1], [1, 1]]), numpy.array(1), numpy.int64(1), True, False, (0, 1),
]
MASKS = [[True, False, True], numpy.array([[True, False, True, False]] * 3), numpy.ones(SHAPE, bool)]


def keys():
    """Single parts, all pairs, and a seeded choice of triples."""
    yield from PARTS
    yield from MASKS
    yield from itertools.product(PARTS, repeat=2)
    yield from ((m, p) for m in MASKS for p in PARTS)
    rng = numpy.random.default_rng(5)
    for _ in range(400):
        yield tuple(PARTS[k] for k in rng.integers(len(PARTS), size=3))


def expected(x, key):
    """What NumPy says, an array or an IndexError."""
    try:
        return x[key]
    except IndexError as exc:
        return exc


def test_every_key_reads_writes_and_differentiates_as_numpy_says():
    """The value, what an assignment does, and the gradient as the sum over the elements that were read."""
    base = numpy.arange(24.0).reshape(SHAPE)
    seen = 0
    for key in keys():
        want = expected(base, key)
        x = array(base)
        if isinstance(want, IndexError):
            with pytest.raises(IndexError):
                x[key]
            with pytest.raises(IndexError):
                x[key] = 0
            continue
        seen += 1
        x.attach_grad()
        with autograd.record():
            got = x[key]
        assert got.shape == want.shape, key
        numpy.testing.assert_array_equal(got.asnumpy(), want, err_msg=str(key))
        head = numpy.arange(1.0, want.size + 1).reshape(want.shape)
        got.backward(array(head))
        by_hand = numpy.zeros(SHAPE)
        numpy.add.at(by_hand, key, head)
        numpy.testing.assert_array_equal(x.grad.asnumpy(), by_hand, err_msg=str(key))

        y, z = array(base), base.copy()
        y[key], z[key] = -head, -head
        numpy.testing.assert_array_equal(y.asnumpy(), z, err_msg=str(key))
        y[key], z[key] = 7, 7
        numpy.testing.assert_array_equal(y.asnumpy(), z, err_msg=str(key))
    assert seen > 350


@pytest.mark.parametrize("wrap", [np.array, lambda v: v, lambda v: array(v), lambda v: array(numpy.float32(v))])
def test_arrays_of_any_kind_are_indices(wrap):
    """Our arrays, NumPy's, and float arrays, which legacy code has."""
    x = np.arange(12.0).reshape(3, 4)
    index = numpy.array([2, 0, -1])
    numpy.testing.assert_array_equal(x[wrap(index)].asnumpy(), x.asnumpy()[index])
    numpy.testing.assert_array_equal(x[:, wrap(index)].asnumpy(), x.asnumpy()[:, index])
    numpy.testing.assert_array_equal(x[wrap(index), 1].asnumpy(), x.asnumpy()[index, 1])


def test_scalars_of_arrays_bound_slices_and_count():
    x = np.arange(5.0)
    one = np.array(1, dtype="int64")
    assert x[one:].tolist() == [1, 2, 3, 4]
    assert x[one] == 1.0
    assert x[np.array([1.0, 3.0])[1]] == 3.0
    assert x[range(2)].tolist() == [0, 1]
    assert x[[one, 3]].tolist() == [1, 3]


def test_legacy_arrays_count_bools():
    """For NDArray a comparison, and any bool, is the number 0 or 1 and no mask."""
    x = nd.array([5.0, 6.0, 7.0])
    assert x[x > 5].asnumpy().tolist() == [5, 6, 6]
    assert x[[True, False]].asnumpy().tolist() == [6, 5]
    assert x[numpy.array([True, False])].asnumpy().tolist() == [6, 5]
    assert x[True].asnumpy().tolist() == [6]
    x[x > 5] = 0
    assert x.asnumpy().tolist() == [0, 0, 7]


def test_legacy_elements_have_shape_1():
    x = nd.array([[1.0, 2.0], [3.0, 4.0]])
    assert [x[0, 1].shape, x[1][0].shape] == [(1,), (1,)]
    x[0, 1] = nd.array([9.0])
    x[1][0][:] = 8
    assert x.asnumpy().tolist() == [[1, 9], [8, 4]]


VIEWS = [0, slice(1, None), slice(None), ..., (slice(0, 1), 0), (slice(1, 2), slice(0, 2)), None, (1, slice(0, 1)), (),
         (1, 1)]
COPIES = [(slice(None), 0), slice(None, None, 2), slice(None, None, -1), [0], [True, False, True], True]


@pytest.mark.parametrize("key", VIEWS, ids=str)
def test_contiguous_basic_selections_share_memory(key):
    x = np.arange(6.0).reshape(3, 2)
    part = x[key]
    part[...] = -1
    assert (x[key].asnumpy() == -1).all()
    x[key] = 5
    assert (part.asnumpy() == 5).all()


@pytest.mark.parametrize("key", COPIES, ids=str)
def test_other_selections_are_copies(key):
    x = np.arange(6.0).reshape(3, 2)
    x[key][...] = -1
    assert x.asnumpy().min() == 0


def test_views_of_views_reach_the_base():
    x = np.zeros((4, 3, 2))
    x[1:][0][2][1] = 7
    x[3][:, :][0:1][...] += 1
    assert [x[1, 2, 1].item(), x[3, 0].tolist(), x.sum().item()] == [7, [1, 1], 9]


@pytest.mark.parametrize("value", [
    5, 2.5, True, [1, 2], (1, 2), numpy.array([1, 2]), numpy.float64(3), np.array([1.0, 2.0]), nd.array([1, 2]),
    [[1, 2]], [np.array(1.0), 2],
])
def test_values_of_any_kind_are_written(value):
    x = np.zeros((3, 2))
    x[1:] = value
    want = numpy.zeros((3, 2))
    want[1:] = numpy.asarray(value)
    numpy.testing.assert_array_equal(x.asnumpy(), want)


@pytest.mark.parametrize(("dtype", "value", "stored"), [
    ("int32", 2.9, 2), ("int32", -2.9, -2), ("uint8", 300, 44), ("bool", 2, True), ("float16", 1, 1.0),
    ("float32", float("nan"), float("nan")), ("int32", numpy.float32(7.5), 7),
])
def test_values_are_cast_to_the_array(dtype, value, stored):
    """As `astype` casts, without a warning."""
    x = np.zeros(2, dtype=dtype)
    x[0] = value
    x[1:] = np.array([value])
    numpy.testing.assert_array_equal(x.asnumpy(), numpy.array([stored, stored], dtype))


def test_an_overlapping_assignment_reads_before_it_writes():
    x = np.arange(5.0)
    x[1:] = x[:-1]
    assert x.tolist() == [0, 0, 1, 2, 3]
    x[::-1] = x
    assert x.tolist() == [3, 2, 1, 0, 0]


@pytest.mark.parametrize("key", [
    ..., (), slice(None), (slice(None), slice(None)), (slice(None), ...), (..., slice(None, None, None)), 1, -1, (1,),
    (0, 2), (slice(None), 1), (slice(None, None, -1), slice(None)), slice(0, 0), (slice(1), slice(None, None, 2)), None,
    (None, slice(None)), (1, None, slice(None))], ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64", "int32"])
def test_assignments_that_need_no_conversion(key, dtype):
    """As NumPy makes them, counted as writes, and refused by a tape that needs what was there."""
    start = numpy.arange(6, dtype=dtype).reshape(2, 3)
    for value in (7.0, np.array(9, dtype=dtype), np.array(start[key] + 1), np.array(start * 2)[key]):
        want = start.copy()
        want[key] = value.asnumpy() if isinstance(value, np.ndarray) else value
        x = np.array(start, dtype=dtype)
        w = np.ones((2, 3), dtype=dtype)
        w.attach_grad()
        with autograd.record():
            y = w * x
        x[key] = value
        assert x.dtype == numpy.dtype(dtype)
        numpy.testing.assert_array_equal(x.asnumpy(), want)
        if dtype != "int32":
            with pytest.raises(MutationError):
                y.backward()


@pytest.mark.parametrize("make", [np.ones, nd.ones])
def test_elements_are_not_deleted(make):
    x = make((3,))
    with pytest.raises(TypeError, match="__delitem__"):
        del x[0]
    assert x.asnumpy().tolist() == [1, 1, 1]


BAD_READS = [5, -4, (0, 0, 0), (slice(None), 9), [9], ([0, 1], [0, 1, 2]), "a", 1.5, {}, (..., ...), numpy.float32(1),
             numpy.array([1j]), [[0], [1, 2]], [True, False], slice("a", None), slice(0.5, None)]


@pytest.mark.parametrize("key", BAD_READS, ids=str)
@pytest.mark.parametrize("make", [np.zeros, nd.zeros])
def test_a_bad_key_raises_at_the_call(make, key):
    x = make((3, 2))
    if make is nd.zeros and str(key) == "[True, False]":
        return
    with pytest.raises(IndexingError):
        x[key]
    with pytest.raises(IndexingError):
        x[key] = 1
    assert (x.asnumpy() == 0).all()


@pytest.mark.parametrize(("value", "error"), [
    (np.ones(3), ShapeError), ([1, 2, 3], ShapeError), ("x", DtypeError), (object(), DtypeError),
])
def test_a_bad_value_raises_and_leaves_the_array(value, error):
    x = np.zeros((3, 2))
    with pytest.raises(error, match="setitem"):
        x[0] = value
    assert (x.asnumpy() == 0).all()


def test_step_zero_raises():
    with pytest.raises(ValueError, match="step"):
        np.zeros(3)[::0]


def test_partial_writes_under_record_are_refused():
    """MXNet's rule: a write into part of a recorded array, or of a recorded value, cannot be differentiated."""
    x, plain = np.array([1.0, 2.0, 3.0]), np.zeros(3)
    x.attach_grad()
    with autograd.record():
        y = x * 2
        for target, value in ((y, 1.0), (x, 1.0), (plain, y[0])):
            with pytest.raises(InplaceError, match="Inplace operations"):
                target[0] = value
        plain[0] = 5.0
    assert plain.tolist() == [5, 0, 0]
    y.backward()
    assert x.grad.tolist() == [2, 2, 2]


@pytest.mark.parametrize("key", [slice(None), ..., (slice(None), slice(None)), ()], ids=str)
def test_a_full_assignment_is_recorded(key):
    x, plain = np.array([1.0, 2.0]), np.zeros((3, 2))
    x.attach_grad()
    with autograd.record():
        plain[key] = x * x
        loss = plain * np.array([[1.0], [10.0], [100.0]])
    loss.backward()
    assert x.grad.tolist() == [222, 444]


def test_a_write_through_a_view_is_noticed_by_the_tape():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    x.attach_grad()
    row = x[1]
    with autograd.record():
        y = x * x
    row[:] = 9
    with pytest.raises(MutationError):
        y.backward()


def test_second_derivative_through_duplicate_reads():
    x = np.array([1.0, 2.0, 3.0], dtype="float64")
    x.attach_grad()
    with autograd.record():
        y = (x[[0, 0, 2]] ** 3).sum()
        g = autograd.grad(y, [x], create_graph=True)[0]
        z = (g * np.array([1.0, 10.0, 100.0], dtype="float64")).sum()
    z.backward()
    assert x.grad.tolist() == [12, 0, 1800]


def test_iteration():
    x = np.arange(6.0).reshape(3, 2)
    assert [row.tolist() for row in x] == [[0, 1], [2, 3], [4, 5]]
    for row in x:
        row[:] = 1
    assert x.sum() == 6
    assert [type(v) for v in nd.zeros(2)] == [nd.NDArray] * 2
    with pytest.raises(TypeError, match="0-d"):
        iter(np.array(1.0))


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16", "int64"])
@pytest.mark.parametrize("tail", [(), (3,), (2, 2)])
def test_scatter_adds_like_numpy(dtype, tail):
    """Against numpy.add.at, with duplicates, for one index and for two, negative numbers included."""
    rng = numpy.random.default_rng(3)
    index, other = rng.integers(-5, 5, 40), rng.integers(-3, 3, 40)
    for key, shape in (((index,), (5, *tail)), ((index, other), (5, 3, *tail)), ((index.reshape(8, 5),), (5, *tail)),
                       ((slice(None), index), (2, 5, *tail))):
        g = rng.integers(-9, 9, numpy.empty(shape, "int8")[key].shape).astype(dtype)
        want = numpy.zeros(shape, dtype)
        numpy.add.at(want, key, g)
        numpy.testing.assert_array_equal(scatter_add(g, shape, key), want)


def test_a_view_of_a_read_only_array_cannot_be_written():
    x = np.zeros(3)
    with pytest.raises(ValueError, match="read-only"):
        numpy.asarray(x)[0] = 1
    assert raw_of(x).flags.writeable


@pytest.mark.parametrize("n", [4, 20_000])
@pytest.mark.parametrize("write", [
    lambda x, y: x.__setitem__(slice(None), y), lambda x, y: x.__setitem__(..., y * 2),
    lambda x, y: x.__setitem__(slice(1, 3), y[:2]), lambda x, y: x.__setitem__(1, 5.0),
    lambda x, y: x.__iadd__(y), lambda x, y: x.__iadd__(y + 1), lambda x, y: x.__imul__(2.0)])
def test_read_only_memory_is_not_written(write, n):
    memory = numpy.ones(n, "float32")
    memory.flags.writeable = False
    x = nd.from_numpy(memory)
    with pytest.raises(ArgumentError, match="read-only"):
        write(x, nd.full((n,), 3.0))
    assert (memory == 1).all()


def test_unique_functions_name_their_parts():
    x = np.array([[2.0, 1.0], [1.0, 1.0]])
    every = np.unique_all(x)
    assert every.values.tolist() == [1, 2]
    assert every.indices.tolist() == [1, 0]
    assert every.inverse_indices.tolist() == [[1, 0], [0, 0]]
    assert every.counts.tolist() == [3, 1]
    assert np.unique_inverse(x).inverse_indices.tolist() == [[1, 0], [0, 0]]
    assert np.unique_counts(x).counts.tolist() == [3, 1]
    assert np.unique_values(x).tolist() == [1, 2]


def test_fill_diagonal_writes_in_place():
    x = np.zeros((4, 2))
    assert np.fill_diagonal(x, [1, 2]) is None
    assert x.tolist() == [[1, 0], [0, 2], [0, 0], [0, 0]]
    np.fill_diagonal(x, 5, wrap=True)
    assert x.tolist() == [[5, 0], [0, 5], [0, 0], [5, 0]]
    with pytest.raises(ShapeError, match="fill_diagonal"):
        np.fill_diagonal(np.zeros(3), 1)
    x.attach_grad()
    with autograd.record(), pytest.raises(InplaceError):
        np.fill_diagonal(x, 1)


def test_numbers_are_float32():
    assert np.broadcast_to(1, (2,)).dtype == np.tile(2, 3).dtype == np.atleast_1d(1).dtype == "float32"
