"""What mxlite.test_utils has for MXNet's own tests, with MXNet 1.9.1's answers where they are numbers."""

import contextlib
import doctest
import math
import os
import subprocess
import sys

import numpy
import pytest

import mxlite
from mxlite import _testing, base, nd, test_utils, util
from mxlite._errors import ArgumentError, MismatchError, ShapeError

R = numpy.arange(24.0).reshape(2, 3, 4)
F4, F8 = numpy.dtype("float32"), numpy.dtype("float64")


@pytest.mark.thread_unsafe(reason="doctest replaces sys.stdout")
def test_docstrings():
    assert doctest.testmod(_testing) == (0, 1)


def test_star_import_gives_what_mxnets_tests_take():
    names = {}
    exec("from mxlite.test_utils import *", names)
    assert (names["np"], names["mx"], names["NDArray"]) == (numpy, mxlite, nd.NDArray)


@pytest.mark.thread_unsafe(reason="draws from numpy.random, whose state is the process's")
@pytest.mark.parametrize(("name", "args", "expected"), [
    ("new_matrix_with_real_eigvals_2d", (2,), [[7.25273438, -2.55501247], [-5.85367824, 3.07697327]]),
    ("new_matrix_with_real_eigvals_nd", ((2, 2, 2),), [[[7.25273438, -2.55501247], [-5.85367824, 3.07697327]],
                                                       [[-1.00185882, 9.24247531], [3.2181662, 4.95664136]]]),
    ("new_orthonormal_matrix_2d", (2,), [[-0.96522601, 0.2614168], [0.2614168, 0.96522601]]),
    ("new_sym_matrix_with_real_eigvals_2d", (2,), [[-0.56403192, -2.16530952], [-2.16530952, -7.97253614]]),
    ("new_sym_matrix_with_real_eigvals_nd", ((1, 2, 2),), [[[-0.56403192, -2.16530952], [-2.16530952, -7.97253614]]]),
    ("get_identity_mat", (2,), [[1, 0], [0, 1]]),
    ("get_identity_mat_batch", (2,), [[[1, 0], [0, 1]]] * 2),
    ("assign_each", (numpy.array([1.0, 2]), lambda v: v * v), [1, 4]),
    ("assign_each", (numpy.array([1.0, 2]), None), [1, 2]),
    ("assign_each2", (numpy.array([1.0, 2]), numpy.array([3.0, 4]), lambda v, w: v * w), [3, 8]),
    ("assign_each2", (numpy.array([1.0, 2]), numpy.array([3.0, 4]), None), [1, 2]),
    ("np_reduce", (R, (0, 2), True, numpy.sum), [[[60], [92], [124]]]),
    ("np_reduce", (R, (0, 2), False, numpy.max), [15, 19, 23]),
    ("np_reduce", (R, 1, False, numpy.sum), R.sum(1)),
    ("np_reduce", (R, None, True, numpy.sum), [[[276]]]),
    ("np_reduce", (R, -1, True, numpy.sum), R.sum(-1, keepdims=True)),
    ("np_reduce", (R, (-1, 0), True, numpy.sum), R.sum((0, 2), keepdims=True)),
    ("get_tols", (numpy.ones(2, "float32"), nd.ones(2, dtype="float16"), None, None), [0.01, 0.1]),
    ("get_tols", (numpy.ones(2, "float32"), 1.0, {F4: 0.5}, 0.25), [0.5, 0.25]),
    ("get_tolerance", (numpy.ones(1), None, {F8: 3}), 3),
    ("get_etol", (), 0),
])
def test_numbers(name, args, expected):
    numpy.random.seed(7)
    found = getattr(test_utils, name)(*args)
    numpy.testing.assert_allclose(found.asnumpy() if isinstance(found, nd.NDArray) else found, expected, rtol=1e-6)


def test_tolerances_by_dtype():
    test_utils.assert_almost_equal(nd.array([1.0]), [1.4], rtol={F4: 0.5}, atol=0)
    with pytest.raises(MismatchError):
        test_utils.assert_almost_equal(nd.array([1.0]), nd.array([1.4]), rtol={F8: 0.5})
    assert test_utils.default_numeric_eps()[F4] == 1 / 512


def test_a_share_of_elements_may_differ():
    a, b = nd.ones(4), nd.array([1, 1, 1, 2])
    test_utils.assert_almost_equal_with_err(a, b, etol=0.25)
    for etol in (0.2, None):
        with pytest.raises(MismatchError, match="1 of 4"):
            test_utils.assert_almost_equal_with_err(a, b, etol=etol)


# -- distributions -----------------------------------------------------------------------------------------------------
# Upper tails of the chi-squared distribution: exp(-x / 2) for two degrees of freedom, tables for the others.
@pytest.mark.parametrize(("statistic", "freedom", "p"), [
    (3.0, 2, math.exp(-1.5)), (3.841459, 1, 0.05), (7.814728, 3, 0.05), (9.487729, 4, 0.05), (18.307038, 10, 0.05),
    (0.0, 1, 1), (0.0, 5, 1), (29.587, 9, 0.000516), (2000.0, 4, 0),
])
def test_tail_of_chi_squared(statistic, freedom, p):
    assert _testing._beyond(statistic, freedom) == pytest.approx(p, rel=2e-3, abs=1e-12)


def draws(n):
    return numpy.random.default_rng(3).random(n)


def test_right_and_wrong_generators():
    buckets, probs = test_utils.gen_buckets_probs_with_ppf(lambda p: p, 4)
    p, observed, expected = test_utils.chi_square_check(draws, buckets, probs, 10_000)
    assert 0.05 < p < 1
    assert (observed.sum(), expected.tolist()) == (10_000, [2500] * 4)
    assert len(test_utils.verify_generator(draws, buckets, probs, 10_000, nrepeat=2)) == 2
    with pytest.raises(MismatchError, match="verify_generator"):
        test_utils.verify_generator(lambda n: draws(n) ** 1.1, buckets, probs, 10_000, nrepeat=2)
    faces, fair = [0, 1, 2], [0.25, 0.25, 0.5]
    assert test_utils.chi_square_check(lambda n: nd.array([0, 1, 2, 2] * (n // 4)), faces, fair, 400)[0] == 1
    assert test_utils.chi_square_check(lambda n: numpy.full(n, 2), faces, [0.5, 0.5, 0], 400)[0] == 0
    assert test_utils.mean_check(draws, 0.5, math.sqrt(1 / 12), 10_000)
    assert not test_utils.mean_check(draws, 0.52, math.sqrt(1 / 12), 10_000)
    normal = lambda n: numpy.random.default_rng(3).normal(0, 2, n)  # noqa: E731
    assert test_utils.var_check(normal, 2, 10_000)
    assert not test_utils.var_check(normal, 2.2, 10_000)


@pytest.mark.parametrize(("call", "error", "phrase"), [
    (lambda: test_utils.gen_buckets_probs_with_ppf(float, 0), ArgumentError, "nbuckets"),
    (lambda: test_utils.chi_square_check(draws, [0, 1], [1.0], 10), ArgumentError, "2 buckets and 1"),
    (lambda: test_utils.chi_square_check(draws, [(1, 2), (0, 1)], [0.5, 0.5], 10), ArgumentError, "ascend"),
    (lambda: test_utils.assign_each2(R, R[0], max), ShapeError, "shapes"),
    (lambda: test_utils.environment("A").__enter__(), ArgumentError, "a name and a value"),
])
def test_bad_arguments(call, error, phrase):
    with pytest.raises(error, match=phrase):
        call()


# -- running tests -----------------------------------------------------------------------------------------------------
@pytest.mark.thread_unsafe(reason="the environment is the process's")
def test_environment(monkeypatch):
    monkeypatch.setenv("MXLITE_SET", "before")
    monkeypatch.delenv("MXLITE_UNSET", raising=False)
    with test_utils.environment({"MXLITE_SET": None, "MXLITE_UNSET": "now"}):
        assert (util.getenv("MXLITE_SET"), util.getenv("MXLITE_UNSET")) == (None, "now")
    with contextlib.suppress(KeyError), test_utils.environment("MXLITE_SET", "within"):
        assert os.environ["MXLITE_SET"] == "within"
        raise KeyError
    assert (util.getenv("MXLITE_SET"), util.getenv("MXLITE_UNSET")) == ("before", None)
    util.setenv("MXLITE_SET", None)
    assert "MXLITE_SET" not in os.environ
    util.setenv("MXLITE_SET", "after")
    assert os.environ["MXLITE_SET"] == "after"
    with test_utils.environment("MXNET_HOME", "elsewhere"):
        assert base.data_dir() == "elsewhere"
    with test_utils.environment({"MXNET_HOME": None, "APPDATA": "roaming"}):
        assert os.path.basename(base.data_dir()) in ("mxnet", ".mxnet")
    with test_utils.environment("CD_JOB", "1"):
        assert test_utils.is_cd_run()
    with test_utils.environment("CD_JOB", None):
        assert not test_utils.is_cd_run()


def test_discard_stderr():
    code = ("import sys; from mxlite.test_utils import discard_stderr\n"
            "with discard_stderr():\n    print('lost', file=sys.stderr, flush=True)\nprint('kept', file=sys.stderr)")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stderr == "kept\n"
    code = ("import io, sys; from mxlite.test_utils import discard_stderr\nsys.stderr = io.StringIO()\n"
            "with discard_stderr():\n    print(1)")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1\n"
