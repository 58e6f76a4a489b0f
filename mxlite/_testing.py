"""What MXNet's test_utils has for its own tests: distributions, retries, environment variables, reductions."""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
import math
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar

import numpy

from mxlite._engine.guard import guarded
from mxlite._errors import ArgumentError, MismatchError, ShapeError
from mxlite.util import setenv

Array = numpy.ndarray[Any, Any]
P = ParamSpec("P")
T = TypeVar("T")


# -- distributions -----------------------------------------------------------------------------------------------------
@guarded
def gen_buckets_probs_with_ppf(ppf: Callable[[float], float],
                               nbuckets: int) -> tuple[list[tuple[float, float]], list[float]]:
    """(intervals, probabilities): `nbuckets` intervals of equal probability, by a quantile function.

    >>> gen_buckets_probs_with_ppf(lambda p: 10 * p, 2)
    ([(0.0, 5.0), (5.0, 10.0)], [0.5, 0.5])
    """
    if nbuckets < 1:
        raise ArgumentError(f"gen_buckets_probs_with_ppf: nbuckets is 1 or more, not {nbuckets!r}")
    ends = [ppf(k / nbuckets) for k in range(nbuckets + 1)]
    return list(itertools.pairwise(ends)), [1 / nbuckets] * nbuckets


def _samples(generator: Callable[[int], Any], nsamples: int) -> Array:
    return numpy.asarray(generator(nsamples))


@guarded
def mean_check(generator: Callable[[int], Any], mu: float, sigma: float, nsamples: int = 1000000) -> bool:
    """Whether the mean of generator(nsamples) is within three standard errors, 3 sigma / sqrt(nsamples), of `mu`."""
    return bool(abs(_samples(generator, nsamples).mean() - mu) < 3 * sigma / math.sqrt(nsamples))


@guarded
def var_check(generator: Callable[[int], Any], sigma: float, nsamples: int = 1000000) -> bool:
    """Whether the variance of generator(nsamples) is within three standard errors of `sigma` squared, for the normal
    distribution 3 sqrt(2 sigma**4 / (nsamples - 1))."""
    off = _samples(generator, nsamples).var(ddof=1) - sigma ** 2
    return bool(abs(off) < 3 * math.sqrt(2 * sigma ** 4 / (nsamples - 1)))


def _beyond(statistic: float, freedom: int) -> float:
    """The probability that a chi-squared variable exceeds a value: Q(freedom / 2, statistic / 2), which DLMF 8.8.6
    steps up from Q(1/2, x) = erfc(sqrt(x)) or Q(1, x) = exp(-x)."""
    x = statistic / 2
    a, q = (0.5, math.erfc(math.sqrt(x))) if freedom % 2 else (1.0, math.exp(-x))
    while a < freedom / 2:
        q += math.exp(a * math.log(x) - x - math.lgamma(a + 1)) if x else 0.0
        a += 1
    return q


@guarded
def chi_square_check(generator: Callable[[int], Any], buckets: Sequence[Any], probs: Sequence[float],
                     nsamples: int = 1000000) -> tuple[float, Array, Array]:
    """(p, observed counts, expected counts) of a chi-squared test of generator(nsamples).

    `buckets` are intervals (low, high) in ascending order or the values of a discrete distribution, `probs` their
    probabilities. Raises ArgumentError unless they are as many, at least two, and the intervals ascend.
    """
    if len(buckets) != len(probs) or len(buckets) < 2:
        raise ArgumentError(f"chi_square_check: {len(buckets)} buckets and {len(probs)} probabilities; give two or "
                            "more of both, and as many")
    samples = _samples(generator, nsamples)
    if isinstance(buckets[0], list | tuple):
        ends = numpy.array(buckets, numpy.float64).ravel()
        if (ends[1:] < ends[:-1]).any():
            raise ArgumentError("chi_square_check: the intervals do not ascend, or overlap")
        observed = numpy.array([((samples >= low) & (samples < high)).sum() for low, high in buckets])
    else:
        observed = numpy.array([(samples == value).sum() for value in buckets])
    expected = (nsamples * numpy.asarray(probs, numpy.float64)).astype(numpy.int64)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        parts = (observed - expected) ** 2 / expected
    statistic = float(numpy.where(observed == expected, 0, parts).sum())
    return (_beyond(statistic, len(buckets) - 1) if statistic < math.inf else 0.0), observed, expected


@guarded
def verify_generator(generator: Callable[[int], Any], buckets: Sequence[Any], probs: Sequence[float],
                     nsamples: int = 1000000, nrepeat: int = 5, success_rate: float = 0.2,
                     alpha: float = 0.05) -> list[float]:
    """The p of `nrepeat` runs of chi_square_check; MismatchError unless p > alpha in `success_rate` of them."""
    runs = [chi_square_check(generator, buckets, probs, nsamples) for _ in range(nrepeat)]
    found = [p for p, _, _ in runs]
    if sum(p > alpha for p in found) < nrepeat * success_rate:
        raise MismatchError(f"verify_generator: p = {found} for buckets {buckets}; in the last run {runs[-1][1]} "
                            f"samples were counted and {runs[-1][2]} expected")
    return found


# -- running tests -----------------------------------------------------------------------------------------------------
@guarded
def retry(n: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A decorator: the function is called up to n times, until it raises no AssertionError."""
    if n < 1:
        raise ArgumentError(f"retry: a function is called once or more, not {n} times")

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @functools.wraps(function)
        def repeated(*args: P.args, **kwargs: P.kwargs) -> T:
            for _ in range(n - 1):
                with contextlib.suppress(AssertionError):
                    return function(*args, **kwargs)
            return function(*args, **kwargs)
        return repeated

    return decorate


def _set(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        setenv(name, value)


@contextlib.contextmanager
def environment(*args: Any) -> Iterator[None]:
    """A `with` block in which environment variables are set: environment(name, value) or a dict of them.

    A value of None takes the variable away. Raises ArgumentError for other arguments.
    """
    if len(args) == 2:
        args = ({args[0]: args[1]},)
    if len(args) != 1 or not isinstance(args[0], dict):
        raise ArgumentError("environment takes a name and a value, or a dict of them")
    before = {name: os.environ.get(name) for name in args[0]}
    try:
        _set(args[0])
        yield
    finally:
        _set(before)


@contextlib.contextmanager
def discard_stderr() -> Iterator[None]:
    """A `with` block in which what the process writes to its standard error is lost."""
    try:
        number = sys.stderr.fileno()
    except (AttributeError, io.UnsupportedOperation):       # no file, but what a test runner collects text with
        yield
        return
    kept = os.dup(number)
    try:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), number)
        yield
    finally:
        os.dup2(kept, number)
        os.close(kept)


def is_op_runnable() -> bool:
    """True: MXNet has operators that some GPUs cannot run."""
    return True


def has_tvm_ops() -> bool:
    """False: there are no operators that TVM has compiled."""
    return False


def is_cd_run() -> bool:
    """Whether the environment variable CD_JOB is 1."""
    return os.environ.get("CD_JOB") == "1"


def is_aarch64_run() -> bool:
    """Whether the processor is an aarch64."""
    return platform.machine() == "aarch64"


# -- NumPy arrays ------------------------------------------------------------------------------------------------------
@guarded
def np_reduce(dat: Array, axis: int | Sequence[int] | None, keepdims: bool,
              numpy_reduce_func: Callable[..., Any]) -> Any:
    """A NumPy reduction over one axis after the other, the last first: axes, a number or several, or None for all."""
    axes = range(dat.ndim) if axis is None else [axis] if isinstance(axis, int | numpy.integer) else axis
    axes = sorted(k + dat.ndim if k < 0 else k for k in axes)
    result = dat
    for k in reversed(axes):
        result = numpy_reduce_func(result, axis=k)
    if not keepdims:
        return result
    return result.reshape([1 if k in axes else n for k, n in enumerate(dat.shape)])


@guarded
def assign_each(the_input: Array, function: Callable[[Any], Any] | None) -> Array:
    """function(element) of each element, in float64; without a function a copy."""
    if function is None:
        return numpy.array(the_input)
    return numpy.asarray(numpy.vectorize(function, otypes=[numpy.float64])(the_input))


@guarded
def assign_each2(input1: Array, input2: Array, function: Callable[[Any, Any], Any] | None) -> Array:
    """function(a, b) of each pair of elements, in float64; without a function a copy of input1. Raises ShapeError."""
    if function is None:
        return numpy.array(input1)
    if input1.shape != input2.shape:
        raise ShapeError(f"assign_each2: shapes {input1.shape} and {input2.shape}")
    return numpy.asarray(numpy.vectorize(function, otypes=[numpy.float64])(input1, input2))
