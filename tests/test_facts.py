"""np's questions about arrays and dtypes: plain answers, also for arrays on the tape."""

import numpy
import pytest

from mxlite import autograd, nd, np
from mxlite._errors import DtypeError

A = np.arange(6).reshape(2, 3)


@pytest.mark.parametrize(("answer", "expected"), [
    (lambda: np.shape(A), (2, 3)), (lambda: np.ndim(A), 2), (lambda: np.size(A), 6), (lambda: np.size(A, 1), 3),
    (lambda: np.shape([[1], [2]]), (2, 1)), (lambda: np.ndim(2.0), 0), (lambda: np.shape(nd.ones(3)), (3,)),
    (lambda: np.array_equal(A, A.astype("float64")), True), (lambda: np.array_equal(A, A[0]), False),
    (lambda: np.array_equal(A * np.nan, A * np.nan), False),
    (lambda: np.array_equal(A * np.nan, A * np.nan, equal_nan=True), True),
    (lambda: np.array_equiv(np.ones(3), np.ones((2, 3))), True), (lambda: np.array_equiv(A[0], A), False),
    (lambda: np.allclose(A, A + 1e-9), True), (lambda: np.allclose(A, A + 1), False),
    (lambda: np.allclose(A, A + 1, atol=1), True), (lambda: np.allclose([1.0], [1.0]), True),
    (lambda: np.may_share_memory(A, A), True), (lambda: np.shares_memory(A, np.ones(2)), False),
    (lambda: np.shares_memory(A, A[0:1]), True),
    (lambda: np.result_type(A, np.ones(2, dtype="int32")), numpy.dtype("float32")),
    (lambda: np.result_type("float32", "int32"), numpy.dtype("float32")),
    (lambda: np.result_type("int8", "int32"), numpy.dtype("int32")),
    (lambda: np.result_type(3.0, 2), numpy.dtype("float64")), (lambda: np.result_type(True, 2), numpy.dtype("int64")),
    (lambda: np.result_type(A, 2.5), numpy.dtype("float32")), (lambda: np.result_type(2, "int8"), numpy.dtype("int8")),
    (lambda: np.promote_types("float16", "int64"), numpy.dtype("float16")),
    (lambda: np.can_cast("int32", "float32"), False), (lambda: np.can_cast(A, "float64"), True),
    (lambda: np.min_scalar_type(3), numpy.dtype("uint8")), (lambda: np.min_scalar_type(A), numpy.dtype("float32")),
    (lambda: np.finfo("float32").bits, 32), (lambda: np.iinfo(np.int32).max, 2**31 - 1),
])
def test_answers(answer, expected):
    got = answer()
    assert got == expected
    assert type(got) is type(expected)


def test_arrays_on_the_tape_are_asked_too():
    x = np.ones((2, 3))
    x.attach_grad()
    with autograd.record():
        y = x * 2
        assert (np.shape(y), numpy.shape(y), numpy.size(y)) == ((2, 3), (2, 3), 6)
        assert np.allclose(y, 2)


def test_result_type_wants_something():
    with pytest.raises(DtypeError, match="one or more"):
        np.result_type()
