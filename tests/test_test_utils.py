"""mxlite.test_utils: derivatives of users' functions, comparisons, and random arrays as MXNet makes them."""

import doctest
import platform
import subprocess
import sys

import numpy
import pytest

import mxlite
from mxlite import _derivatives, autograd, nd, np, npx, test_utils
from mxlite._errors import (
    ArgumentError,
    DtypeError,
    MismatchError,
    MXNetError,
    OptionError,
    ShapeError,
    UnsupportedError,
)


@pytest.mark.thread_unsafe(reason="doctest replaces sys.stdout")
def test_examples():
    assert doctest.testmod(test_utils).failed == 0
    assert doctest.testmod(test_utils).attempted >= 8


def test_what_a_build_of_mxnet_can_do():
    assert test_utils.is_op_runnable()
    assert not test_utils.has_tvm_ops()
    assert test_utils.is_aarch64_run() is (platform.machine() == "aarch64")


def test_retry():
    calls = []

    @test_utils.retry(3)
    def fails(times, error=AssertionError):
        calls.append(times)
        if len(calls) <= times:
            raise error("no")
        return times

    assert fails(2) == 2
    assert len(calls) == 3
    for times, error, count in ((9, AssertionError, 3), (9, ValueError, 1)):
        calls.clear()
        with pytest.raises(error, match="no"):
            fails(times, error)
        assert len(calls) == count
    with pytest.raises(ArgumentError, match="not 0 times"):
        test_utils.retry(0)


def test_intervals_of_a_distribution():
    assert test_utils.gen_buckets_probs_with_ppf(lambda p: 2 * p, 4) == (
        [(0.0, 0.5), (0.5, 1.0), (1.0, 1.5), (1.5, 2.0)], [0.25] * 4)


@pytest.mark.thread_unsafe(reason="draws from numpy.random, whose state is the process's")
def test_matrices_with_real_eigenvalues():
    numpy.random.seed(0)
    turn = test_utils.new_orthonormal_matrix_2d(4)
    numpy.testing.assert_allclose(turn @ turn.T, numpy.eye(4), atol=1e-12)
    for x in (test_utils.new_matrix_with_real_eigvals_nd((2, 3, 4, 4)), test_utils.new_matrix_with_real_eigvals_2d(4)):
        assert x.shape[-2:] == (4, 4)
        values = numpy.linalg.eigvals(x)
        assert abs(values.imag).max() < 1e-6
        assert abs(values).max() <= 10 + 1e-6
        assert numpy.linalg.eigvals(x.astype(numpy.float32)).dtype == numpy.float32
    x = test_utils.new_sym_matrix_with_real_eigvals_nd((2, 3, 3))
    assert (x == x.swapaxes(-1, -2)).all()
    assert test_utils.new_sym_matrix_with_real_eigvals_2d(2).shape == (2, 2)
    assert len(numpy.unique(x)) == 12


def test_import_is_late():
    code = "import sys, mxlite; print('mxlite.test_utils' in sys.modules, mxlite.test_utils.same(1, 1))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"


class Scaled(autograd.Function):
    """x * x with a derivative that is `factor` times the right one at some elements, or whose own is wrong."""

    def __init__(self, factor, second=1.0, at=slice(None)):
        self.factor, self.second, self.at = factor, second, at

    def forward(self, x):
        self.save_for_backward(x)
        return x * x

    def backward(self, g):
        x, = self.saved_tensors
        factor = numpy.ones(x.shape)
        factor[self.at] = self.factor
        once = 2 * x * np.array(factor, dtype="float64") * g
        return once + (self.second - 1) * (x - x.detach()) * g


POINT = numpy.array([0.5, -1.5, 2.0])


@pytest.mark.parametrize("cls", [np.array, nd.array])
@pytest.mark.parametrize("mode", test_utils.MODES)
def test_right_functions_pass(cls, mode):
    x = cls(POINT, dtype="float32")
    order = 3 if mode == "recorded" else 1
    test_utils.check_gradients(lambda x: Scaled(1.0)(x.as_np_ndarray()), x, order=1, modes=mode)
    test_utils.check_gradients(lambda x, y: (x * y, (x / (y * y + 1)).sum()), [x, x + 1], order=order, modes=(mode,))
    assert x.grad is None
    assert x.dtype == numpy.float32


def test_constants_stay_as_they_are():
    seen = []

    def f(x, index):
        seen.append(index.dtype)
        return npx.pick(x, index)

    test_utils.check_gradients(f, [np.ones((2, 3)), np.array([0, 2], dtype="int32")])
    assert set(seen) == {numpy.dtype("int32")}


@pytest.mark.parametrize("mode", test_utils.MODES)
def test_a_wrong_gradient_is_found(mode):
    with pytest.raises(MismatchError, match=r"gradient|jvp"):
        test_utils.check_gradients(lambda x: Scaled(1.001)(x), POINT, order=1, modes=mode)


@pytest.mark.parametrize("mode", ["backward", "recorded"])
def test_the_element_is_named(mode):
    with pytest.raises(MismatchError, match=r"argument 1 at \(2,\): the gradient is 4.4, by differences 4.0"):
        test_utils.check_gradients(lambda a, x: a * Scaled(1.1, at=2)(x), [np.ones(()), POINT], order=1, modes=mode)


def test_a_wrong_second_derivative_is_found():
    right_once = lambda x: Scaled(1.0, second=2.0)(x)  # noqa: E731
    test_utils.check_gradients(right_once, POINT, order=1)
    with pytest.raises(MismatchError, match="of order 2"):
        test_utils.check_gradients(right_once, POINT, order=2)


def test_nan_is_a_mismatch():
    with pytest.raises(MismatchError):
        test_utils.check_gradients(np.sqrt, np.array([0.0, 1.0]), order=1)


@pytest.mark.parametrize(("error", "match", "f", "args", "options"), [
    (OptionError, "modes are among", np.sin, [POINT], {"modes": "forward"}),
    (OptionError, "modes are among", np.sin, [POINT], {"modes": ()}),
    (ArgumentError, "order is 1 or more", np.sin, [POINT], {"order": 0}),
    (ArgumentError, "order is 1 or more", np.sin, [POINT], {"order": 1.0}),
    (ArgumentError, "mode 'recorded'", np.sin, [POINT], {"modes": "backward"}),
    (DtypeError, "nothing to differentiate", np.sin, [np.array([1], dtype="int32")], {}),
    (DtypeError, "must return an array", lambda x: 1.0, [POINT], {}),
    (DtypeError, "returns float32", lambda x: x.astype("float32"), [POINT], {}),
    (ArgumentError, "other values at the second call", lambda x: x * np.random.normal(size=(3,)), [POINT], {}),
])
def test_what_cannot_be_checked(error, match, f, args, options):
    with pytest.raises(error, match=match):
        test_utils.check_gradients(f, args, **options)


def test_errors_of_the_function_pass():
    with pytest.raises(ShapeError, match="add"):
        test_utils.check_gradients(lambda x: x + np.ones(2), POINT)
    with pytest.raises(ZeroDivisionError):
        test_utils.check_gradients(lambda x: 1 / 0, POINT)


def test_numeric_gradient():
    x, y = numpy.array([[1.0], [2.0]]), numpy.array([3.0, 4.0])
    gx, gy = test_utils.numeric_gradient(lambda x, y: x * y, [x, y], head_grads=numpy.array([[1, 2], [3, 4.0]]))
    numpy.testing.assert_allclose(gx, [[11], [25]], rtol=1e-9)
    numpy.testing.assert_allclose(gy, [7, 10], rtol=1e-9)
    with pytest.raises(ShapeError, match=r"shapes \[\(2,\)\] for results of shapes \[\(2, 2\)\]"):
        test_utils.numeric_gradient(lambda x, y: x * y, [x, y], head_grads=[numpy.ones(2)])


def test_empty_arrays():
    test_utils.check_gradients(lambda x: x * x, np.ones((0, 3)))
    assert test_utils.numeric_gradient(lambda x: x * x, np.ones((0, 3)))[0].shape == (0, 3)


# -- comparison --------------------------------------------------------------------------------------------------------
NAN, INF = numpy.nan, numpy.inf


@pytest.mark.parametrize(("a", "b", "options", "right"), [
    (np.array([1.0]), numpy.array([1.0], "float32") + numpy.float32(1e-4), {}, True),
    (numpy.ones(2, "float16"), numpy.ones(2, "float16") * 1.005, {}, True),
    (numpy.ones(2, "int32"), numpy.ones(2, "float32") + numpy.float32(1e-4), {}, True),
    (numpy.ones(2), numpy.ones(2) + 1e-4, {}, False),
    (numpy.ones(2), numpy.ones(2) + 1e-4, {"rtol": 1e-2}, True),
    ([1, 2], [1, 2], {}, True),
    ([1, 2], [1, 3], {}, False),
    ([1.0, NAN], [1.0, NAN], {}, False),
    ([1.0, NAN], [1.0, NAN], {"equal_nan": True}, True),
    ([1.0, INF], [1.0, INF], {}, True),
    ([1.0, INF], [1.0, -INF], {"rtol": 10.0}, False),
    ([1.0, INF], [1.0, 5.0], {"rtol": 10.0, "atol": INF}, False),
    ([1.0, 1.0], [1.0], {}, True),
    ([1.0, 1.0], [1.0], {"use_broadcast": False}, False),
    (1.0, 1.1, {}, False),
    (numpy.array([2 ** 53]), numpy.array([2 ** 53 + 1]), {}, False),
])
def test_almost_equal(a, b, options, right):
    """Both forms agree, in both directions where the tolerance is symmetric."""
    assert test_utils.almost_equal(a, b, **options) is right
    if right:
        test_utils.assert_almost_equal(a, b, **options)
    else:
        with pytest.raises(AssertionError) as raised:
            test_utils.assert_almost_equal(a, b, **options)
        assert isinstance(raised.value, MXNetError)


def test_messages():
    a, b = numpy.zeros((20, 2)), numpy.arange(40.0).reshape(20, 2)
    with pytest.raises(MismatchError) as raised:
        test_utils.assert_almost_equal(a, b, rtol=0, atol=0.5, names=("found", "right"), mismatches=(2, 2))
    assert str(raised.value).splitlines() == [
        "found and right differ in 39 of 40 elements (rtol=0, atol=0.5):",
        "  (19, 1): found = 0.0, right = 39.0", "  (19, 0): found = 0.0, right = 38.0"]
    with pytest.raises(MismatchError, match=r"a has shape \(2,\), b \(3,\)"):
        test_utils.assert_almost_equal(numpy.ones(2), numpy.ones(3))


def test_other_comparisons():
    x = np.array([1.0, NAN])
    assert test_utils.same(np.ones(2), numpy.ones(2))
    assert not test_utils.same(x, x)
    assert not test_utils.same(np.ones(2), np.ones(3))
    test_utils.assert_almost_equal_ignore_nan(x, [1.0, 7.0])
    with pytest.raises(MismatchError):
        test_utils.assert_almost_equal_ignore_nan(x, [2.0, 7.0])
    test_utils.assert_allclose(x, x)
    test_utils.compare_ndarray_tuple((x[:1], (x[:1], None)), (x[:1], (x[:1], None)))
    with pytest.raises(MismatchError):
        test_utils.compare_ndarray_tuple((x[:1], (x[:1],)), (x[:1], (x[:1] + 1,)))
    assert test_utils.same_array(x, x[:])
    assert not test_utils.same_array(x, x.copy())
    assert not test_utils.same_array(x, x[:1])
    test_utils.assert_exception(int, ValueError, "x")
    with pytest.raises(MismatchError, match="int did not raise ValueError"):
        test_utils.assert_exception(int, ValueError, "1")
    assert test_utils.get_rtol() == 1e-5
    assert test_utils.get_atol(None, "float16") == 0.1
    assert test_utils.get_rtol(3) == 3
    assert test_utils.effective_dtype(nd.ones(2)) == numpy.float32


# -- random arrays: what MXNet 1.9.1 gives after numpy.random.seed(7) --------------------------------------------------
DRAWS = [1.6905256509780884, -0.46593737602233887, 0.032820165157318115, 0.4075162708759308, -0.7889230251312256,
         0.002065572887659073]
AS_MXNET = [
    ("rand_shape_nd", (3,), {}, (5, 10, 7)),
    ("rand_shape_nd", (3, 4, True), {}, (4, 1, 3)),
    ("rand_shape_2d", (3, 4, True), {}, (3, 4)),
    ("rand_shape_3d", (3, 4, 5), {}, (1, 2, 4)),
    ("rand_coord_2d", (0, 4, 0, 4), {}, (3, 0)),
    ("random_sample", ([1, 2, 3], 2), {}, [3, 2]),
    ("rand_ndarray", ((2, 3),), {}, [DRAWS[:3], DRAWS[3:]]),
    ("rand_ndarray", ((2,),), {"dtype": "int32"}, [1, 0]),
    ("rand_ndarray", ((2,),), {"modifier_func": abs}, [DRAWS[0], -DRAWS[1]]),
    ("random_arrays", ((2, 3),), {}, [DRAWS[:3], DRAWS[3:]]),
    ("random_arrays", ((2,), (1,)), {}, [DRAWS[:2], DRAWS[2:3]]),
    ("random_arrays", ((),), {}, DRAWS[0]),
    ("random_uniform_arrays", ((2,),), {}, [[0.07630828768014908, 0.7799187898635864]]),
    ("create_2d_tensor", (2, 3), {}, [[0, 0, 0], [1, 1, 1]]),
    ("create_vector", (3,), {}, [0, 1, 2]),
    ("collapse_sum_like", (numpy.ones((2, 3, 4)), (3, 1)), {}, [[8.0], [8.0], [8.0]]),
]


@pytest.mark.thread_unsafe(reason="draws from numpy.random, whose state is the process's")
@pytest.mark.parametrize(("name", "args", "options", "expected"), AS_MXNET)
def test_random_arrays(name, args, options, expected):
    numpy.random.seed(7)
    found = getattr(test_utils, name)(*args, **options)
    if isinstance(found, list) and isinstance(found[0], numpy.ndarray):
        found = [x.tolist() for x in found]
    assert (found.asnumpy().tolist() if isinstance(found, nd.NDArray) else
            found.tolist() if isinstance(found, numpy.ndarray) else found) == expected


def test_what_is_sparse_or_a_gpu():
    with pytest.raises(UnsupportedError, match="sparse"):
        test_utils.rand_ndarray((2,), stype="csr")
    with pytest.raises(UnsupportedError, match="density"):
        test_utils.rand_ndarray((2,), density=0.5)
    with pytest.raises(MXNetError, match="CPU only"):
        test_utils.set_default_context("gpu")
    test_utils.set_default_context(mxlite.cpu())
    assert test_utils.default_context() == mxlite.cpu()
    assert test_utils.default_dtype() is numpy.float32
    with pytest.raises(ShapeError, match="cannot be broadcast"):
        test_utils.collapse_sum_like(numpy.ones((2, 3)), (2,))


def test_absent_names():
    with pytest.raises(MXNetError, match="check_gradients"):
        test_utils.check_numeric_gradient  # noqa: B018


def test_differences_are_good():
    """Five points: the error of a gradient is far below the tolerance it is compared with."""
    found = _derivatives.each_difference(lambda at: float(numpy.exp(at[0]).sum()), [numpy.array([0.0, 1.0])])[0]
    numpy.testing.assert_allclose(found, numpy.exp([0.0, 1.0]), rtol=1e-10)
