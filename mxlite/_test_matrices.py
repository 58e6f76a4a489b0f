"""What MXNet's own tests take from mxnet.test_utils: random matrices, repetition, what a build of MXNet can do.

Random numbers come from NumPy's global generator.
"""

from __future__ import annotations

import functools
import itertools
import platform
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

import numpy

from mxlite._engine.guard import guarded
from mxlite._errors import ArgumentError

Matrices = numpy.ndarray[Any, numpy.dtype[numpy.float64]]
P = ParamSpec("P")
T = TypeVar("T")


# -- what there is -----------------------------------------------------------------------------------------------------
def is_op_runnable() -> bool:
    """Whether operators that MXNet compiles for each device run on this one: always."""
    return True


def has_tvm_ops() -> bool:
    """Whether MXNet is built with operators compiled by TVM: never."""
    return False


def is_cd_run() -> bool:
    """Whether MXNet's own release is being tested: never."""
    return False


def is_aarch64_run() -> bool:
    """Whether the processor is an aarch64."""
    return platform.machine() == "aarch64"


# -- repetition --------------------------------------------------------------------------------------------------------
@guarded
def retry(n: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A decorator: the function is called up to n times, until it raises no AssertionError."""
    if n < 1:
        raise ArgumentError(f"retry: a function is called once or more, not {n} times")

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(function)
        def repeated(*args: P.args, **kwargs: P.kwargs) -> T:
            for _ in range(n - 1):
                try:
                    return function(*args, **kwargs)
                except AssertionError:
                    continue
            return function(*args, **kwargs)
        return repeated

    return decorate


@guarded
def gen_buckets_probs_with_ppf(ppf: Callable[[float], float],
                               nbuckets: int) -> tuple[list[tuple[float, float]], list[float]]:
    """(intervals, probabilities): nbuckets intervals that are equally probable, from a distribution's quantiles."""
    ends = [ppf(k / nbuckets) for k in range(nbuckets + 1)]
    return list(itertools.pairwise(ends)), [1 / nbuckets] * nbuckets


# -- matrices ----------------------------------------------------------------------------------------------------------
def _stack(shape: Sequence[int], matrix: Callable[[int], Matrices]) -> Matrices:
    out = numpy.empty(shape)
    for place in numpy.ndindex(*shape[:-2]):
        out[place] = matrix(shape[-1])
    return out


def _eigenvalues(n: int) -> Matrices:
    """Numbers between -10 and 10 so far apart that rounding to float32 leaves those of a matrix real."""
    return numpy.random.permutation(numpy.arange(n) + numpy.random.uniform(0.25, 0.75, n)) * (20 / max(n, 1)) - 10


@guarded
def new_orthonormal_matrix_2d(n: int) -> Matrices:
    """A random orthogonal n by n matrix, a NumPy array."""
    return numpy.linalg.qr(numpy.random.normal(size=(n, n)))[0]


@guarded
def new_matrix_with_real_eigvals_2d(n: int) -> Matrices:
    """A random n by n matrix whose eigenvalues are real, between -10 and 10; a NumPy array."""
    turn = new_orthonormal_matrix_2d(n)
    triangle = numpy.triu(numpy.random.uniform(-1, 1, (n, n)), 1) + numpy.diag(_eigenvalues(n))
    return turn @ triangle @ turn.T


@guarded
def new_matrix_with_real_eigvals_nd(shape: Sequence[int]) -> Matrices:
    """A stack of such matrices, of a shape that ends in (n, n)."""
    return _stack(shape, new_matrix_with_real_eigvals_2d)


@guarded
def new_sym_matrix_with_real_eigvals_2d(n: int) -> Matrices:
    """A random symmetric n by n matrix with eigenvalues between -10 and 10; a NumPy array."""
    turn = new_orthonormal_matrix_2d(n)
    matrix = turn * _eigenvalues(n) @ turn.T
    return (matrix + matrix.T) / 2


@guarded
def new_sym_matrix_with_real_eigvals_nd(shape: Sequence[int]) -> Matrices:
    """A stack of such matrices, of a shape that ends in (n, n)."""
    return _stack(shape, new_sym_matrix_with_real_eigvals_2d)
