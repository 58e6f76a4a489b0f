"""For tests: derivatives against central differences, comparison of arrays, random arrays.

>>> from mxlite import np
>>> from mxlite.test_utils import check_gradients, numeric_gradient
>>> check_gradients(lambda x, y: np.sin(x) * y, [np.ones((2, 1)), np.ones(3)])
>>> numeric_gradient(lambda x: x ** 3, [np.array([2.0])])[0].round(6)
array([12.])

The other names are those of ``mxnet.test_utils``, with its defaults. Random arrays come from NumPy's global generator,
as there: after ``numpy.random.seed`` the numbers are MXNet's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy

from mxlite import _derivatives as _d
from mxlite._absent import hook as _hook
from mxlite._array import NDArray
from mxlite._engine.guard import guarded
from mxlite._engine.operators import TapeArray
from mxlite._engine.operators import raw as _raw
from mxlite._errors import ArgumentError, DtypeError, MismatchError, OptionError, ShapeError
from mxlite._random_arrays import (
    create_2d_tensor,
    create_vector,
    default_dtype,
    get_identity_mat,
    get_identity_mat_batch,
    new_matrix_with_real_eigvals_2d,
    new_matrix_with_real_eigvals_nd,
    new_orthonormal_matrix_2d,
    new_sym_matrix_with_real_eigvals_2d,
    new_sym_matrix_with_real_eigvals_nd,
    rand_coord_2d,
    rand_ndarray,
    rand_shape_2d,
    rand_shape_3d,
    rand_shape_nd,
    random_arrays,
    random_sample,
    random_uniform_arrays,
)
from mxlite._testing import (
    assign_each,
    assign_each2,
    chi_square_check,
    discard_stderr,
    environment,
    gen_buckets_probs_with_ppf,
    has_tvm_ops,
    is_aarch64_run,
    is_cd_run,
    is_op_runnable,
    mean_check,
    np_reduce,
    retry,
    var_check,
    verify_generator,
)
from mxlite.context import Context, current_context, device
from mxlite.npx import use_np

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

    from mxlite.typing import DeviceLike

__all__ = [
    "NDArray", "almost_equal", "assert_allclose", "assert_almost_equal", "assert_almost_equal_ignore_nan",
    "assert_almost_equal_with_err", "assert_exception", "assign_each", "assign_each2", "check_gradients",
    "chi_square_check", "collapse_sum_like", "compare_ndarray_tuple", "create_2d_tensor", "create_vector",
    "default_atols", "default_context", "default_dtype", "default_numeric_eps", "default_rtols", "discard_stderr",
    "effective_dtype", "environment", "gen_buckets_probs_with_ppf", "get_atol", "get_etol", "get_identity_mat",
    "get_identity_mat_batch", "get_rtol", "get_tolerance", "get_tols", "has_tvm_ops", "is_aarch64_run", "is_cd_run",
    "is_op_runnable", "mean_check", "mx", "new_matrix_with_real_eigvals_2d", "new_matrix_with_real_eigvals_nd",
    "new_orthonormal_matrix_2d", "new_sym_matrix_with_real_eigvals_2d", "new_sym_matrix_with_real_eigvals_nd", "np",
    "np_reduce", "numeric_gradient", "rand_coord_2d", "rand_ndarray", "rand_shape_2d", "rand_shape_3d", "rand_shape_nd",
    "random_arrays", "random_sample", "random_uniform_arrays", "retry", "same", "same_array", "set_default_context",
    "use_np", "var_check", "verify_generator",
]

# MXNet's own tests take these two from `import *`, as they come of a module without `__all__`; NDArray too.
np = numpy
mx = sys.modules[__name__.partition(".")[0]]

MODES = ("backward", "recorded", "jvp")


# -- derivatives -------------------------------------------------------------------------------------------------------
@guarded
def check_gradients(f: Callable[..., Any], args: Any, order: int = 2, modes: str | Sequence[str] = MODES,
                    rtol: float = 1e-6, atol: float = 1e-8, seed: int = 0) -> None:
    """Raises MismatchError unless the derivatives of a function are those that central differences give.

    `f` takes the arrays in `args` (mxlite's or NumPy's; one alone need not be in a list) and returns an array or a
    list or tuple of them. Floating-point arguments are converted to float64 and differentiated, each alone and all
    together; others are constant. `modes` says how gradients are taken: 'backward', 'recorded' (`create_graph`) and
    'jvp'. Derivatives from the second to `order` are those of the recorded gradient, in the arguments and in the head
    gradients. `rtol` is relative to the derivative along a random direction, `atol` to 1 + the sum of the gradient's
    magnitudes; `seed` chooses the directions.

    Raises DtypeError where a result is float32 or float16, in which differences mean nothing: constants that are
    arrays must have the dtype of the arguments. A function that draws random numbers must seed them.

    >>> from mxlite import autograd, np
    >>> class Cube(autograd.Function):
    ...     def forward(self, x):
    ...         self.save_for_backward(x)
    ...         return x ** 3
    ...     def backward(self, g):
    ...         return 2 * self.saved_tensors[0] ** 2 * g
    >>> check_gradients(lambda x: Cube()(x), np.array([1.0, 2.0]), order=1)
    Traceback (most recent call last):
    ...
    mxlite._errors.MismatchError: check_gradients: argument 0 at (1,): the gradient is 8.0, by differences 12.0
    """
    modes = (modes,) if isinstance(modes, str) else tuple(modes)
    if not modes or any(m not in MODES for m in modes):
        raise OptionError(f"check_gradients: modes are among {', '.join(MODES)}, not {modes!r}")
    if isinstance(order, bool) or not isinstance(order, int) or order < 1:
        raise ArgumentError(f"check_gradients: order is 1 or more, not {order!r}")
    if order > 1 and "recorded" not in modes:
        raise ArgumentError("check_gradients: derivatives of an order above 1 are those of the mode 'recorded'; "
                            f"modes are {modes!r}. Add it, or say order=1.")
    call, arrays = _prepared("check_gradients", f, args)
    loose = {"gradient": (rtol, atol), "second": (rtol, atol)}
    if "backward" in modes:
        _first(call, arrays, seed, loose, _d.backward)
    if "recorded" in modes:
        _first(call, arrays, seed, loose, _d.recorded)
        if "backward" in modes:
            _d.check_recorded(call, arrays, seed)
    if "jvp" in modes:
        _d.check_tangent(call, arrays, seed, loose, "check_gradients: jvp")
    _d.check_higher(call, arrays, order, seed, loose, "check_gradients: derivative")


def _first(call: Callable[..., list[Any]], arrays: Any, seed: int, loose: dict[str, tuple[float, float]],
           way: Callable[..., list[Any]]) -> None:
    """First derivatives, and where they are wrong the argument and the element that are."""
    try:
        _d.check_first(call, arrays, seed, loose, "check_gradients: gradient", way)
    except MismatchError as exc:
        ones = [numpy.ones(r.shape) for r in _d.floats(call(*map(_d.array, arrays)))]
        for heads in (ones, _d.heads_of(call, arrays, seed + 1)):
            found = way(call, arrays, heads)
            right = _d.each_difference(_d.weighed(call, heads), arrays)
            off = [numpy.abs(g - e) for g, e in zip(found, right, strict=True)]
            worst = max((k for k in range(len(off)) if off[k].size), key=lambda k: numpy.nanmax(off[k], initial=-1))
            at = numpy.unravel_index(numpy.argmax(off[worst]), off[worst].shape)
            a, e = found[worst][at], right[worst][at]
            if not abs(a - e) <= 1e-3 * max(abs(a), abs(e), 1e-9):
                place = tuple(map(int, at))
                raise MismatchError(f"check_gradients: argument {worst} at {place}: the gradient is {a:.6}, "
                                    f"by differences {round(e, 9):.6}") from exc
        raise


def _prepared(name: str, f: Callable[..., Any], args: Any) -> tuple[Callable[..., list[Any]], list[Any]]:
    """The function of np's float64 arrays that returns a list of arrays, and the NumPy arrays to call it with."""
    args = list(args) if isinstance(args, list | tuple) else [args]
    given = [_raw(a) if isinstance(a, TapeArray) else numpy.asarray(a) for a in args]
    places = [k for k, x in enumerate(given) if x.dtype.kind == "f"]
    if not places:
        raise DtypeError(f"{name}: no argument is a floating-point array, so there is nothing to differentiate")

    def call(*arrays: Any) -> list[Any]:
        values = list(args)
        for k, x in zip(places, arrays, strict=True):
            values[k] = x.as_nd_ndarray() if isinstance(args[k], NDArray) else x
        results = f(*values)
        results = list(results) if isinstance(results, list | tuple) else [results]
        for r in results:
            if not isinstance(r, TapeArray):
                raise DtypeError(f"{name}: the function must return an array or several, not {type(r).__name__}")
            if _raw(r).dtype.kind == "f" and _raw(r).dtype != numpy.float64:
                raise DtypeError(f"{name}: the function returns {_raw(r).dtype} for arguments of float64; give "
                                 "constants that are arrays the dtype of the arguments")
        return results

    arrays = [given[k].astype(numpy.float64) for k in places]
    for a, b in zip(call(*map(_d.array, arrays)), call(*map(_d.array, arrays)), strict=True):
        if not numpy.array_equal(_raw(a), _raw(b), equal_nan=True):
            raise ArgumentError(f"{name}: the function returns other values at the second call; seed what it draws")
    return call, arrays


@guarded
def numeric_gradient(f: Callable[..., Any], args: Any, head_grads: Any = None,
                     step: float = 1e-3) -> list[numpy.ndarray[Any, Any]]:
    """Gradients by five-point central differences in float64, one NumPy array per floating-point argument.

    Of the sum of the results of `f` times `head_grads` (ones if None), element by element: 4 calls each. `f` and
    `args` are as in `check_gradients`; `step` is the distance of the points.
    """
    call, arrays = _prepared("numeric_gradient", f, args)
    shapes = [r.shape for r in _d.floats(call(*map(_d.array, arrays)))]
    if head_grads is None:
        heads = [numpy.ones(shape) for shape in shapes]
    else:
        heads = [_numpy(h) for h in (head_grads if isinstance(head_grads, list | tuple) else [head_grads])]
    if [h.shape for h in heads] != shapes:
        raise ShapeError(f"numeric_gradient: head gradients of shapes {[h.shape for h in heads]} for results of "
                         f"shapes {shapes}")
    return _d.each_difference(_d.weighed(call, heads), arrays, step)


# -- comparison --------------------------------------------------------------------------------------------------------
def _numpy(value: Any) -> numpy.ndarray[Any, Any]:
    return _raw(value) if isinstance(value, TapeArray) else numpy.asarray(value)


_BY_DTYPE = {"float16": (1e-2, 1e-1), "float32": (1e-4, 1e-3), "float64": (1e-5, 1e-20)}
_EXACT = ("bool", "int8", "uint8", "int32", "uint32", "int64", "uint64")


def default_rtols() -> dict[numpy.dtype[Any], float]:
    """{dtype: relative tolerance}: 1e-2, 1e-4 and 1e-5 for float16, float32 and float64, 0 for the exact dtypes."""
    return {numpy.dtype(name): r for name, (r, _) in _BY_DTYPE.items()} | {numpy.dtype(name): 0 for name in _EXACT}


def default_atols() -> dict[numpy.dtype[Any], float]:
    """{dtype: absolute tolerance}: 1e-1, 1e-3 and 1e-20 for float16, float32 and float64, 0 for the exact dtypes."""
    return {numpy.dtype(name): a for name, (_, a) in _BY_DTYPE.items()} | {numpy.dtype(name): 0 for name in _EXACT}


@guarded
def get_rtol(rtol: float | None = None, dtype: DTypeLike | None = "float64") -> float:
    """`rtol`, or for None that of `default_rtols`."""
    return default_rtols()[numpy.dtype(dtype)] if rtol is None else rtol


@guarded
def get_atol(atol: float | None = None, dtype: DTypeLike | None = "float64") -> float:
    """`atol`, or for None that of `default_atols`."""
    return default_atols()[numpy.dtype(dtype)] if atol is None else atol


def get_etol(etol: float | None = None) -> float:
    """`etol`, or for None 0: the share of elements that may differ in `assert_almost_equal_with_err`."""
    return 0 if etol is None else etol


def default_numeric_eps() -> dict[numpy.dtype[Any], float]:
    """{dtype: step of a difference}: 2**-6, 2**-9 and 2**-14 for float16, float32 and float64."""
    return {numpy.dtype(name): 2.0 ** -n for name, n in (("float16", 6), ("float32", 9), ("float64", 14))}


@guarded
def get_tolerance(dat: Any, tol: Any, default_tol: Any) -> float:
    """`tol` if it is a number, else what it, a dict or None, says of an array's dtype, or `default_tol` where it does
    not."""
    if not isinstance(tol, dict | None):
        return tol  # type: ignore[no-any-return]
    dtype = effective_dtype(dat)
    return (tol or {}).get(dtype, default_tol.get(dtype, 0))  # type: ignore[no-any-return]


@guarded
def get_tols(x: Any, y: Any, rtol: Any, atol: Any) -> tuple[float, float]:
    """(rtol, atol) to compare two arrays with: get_tolerance of the less exact one."""
    return (max(get_tolerance(v, rtol, default_rtols()) for v in (x, y)),
            max(get_tolerance(v, atol, default_atols()) for v in (x, y)))


@guarded
def effective_dtype(dat: Any) -> numpy.dtype[Any]:
    """The dtype whose tolerance an array is compared with: its own."""
    found: numpy.dtype[Any] = _numpy(dat).dtype
    return found


def _error(a: Any, b: Any) -> Any:
    with numpy.errstate(all="ignore"):
        return numpy.abs(a.astype(numpy.float64) - b.astype(numpy.float64))


def _outside(a: Any, b: Any, rtol: float, atol: float, equal_nan: bool) -> Any:
    """Where two arrays of one shape are not within atol + rtol * |b| of each other; infinities must be the same."""
    near = a == b
    if rtol or atol:                 # otherwise large integers, which float64 does not tell apart, would pass
        with numpy.errstate(all="ignore"):       # a tolerance of 0 times an infinity
            near |= _error(a, b) <= atol + rtol * numpy.abs(b.astype(numpy.float64))
        near &= (a == b) | (numpy.isfinite(a) & numpy.isfinite(b))
    if equal_nan:
        near |= (a != a) & (b != b)
    return ~near


@guarded
def same(a: Any, b: Any) -> bool:
    """Whether two arrays have the same shape and the same elements; nan differs from nan."""
    return bool(numpy.array_equal(_numpy(a), _numpy(b)))


@guarded
def almost_equal(a: Any, b: Any, rtol: float | None = None, atol: float | None = None, equal_nan: bool = False,
                 use_broadcast: bool = True) -> bool:
    """Whether |a - b| <= atol + rtol * |b| for every element; tolerances as in `assert_almost_equal`.

    Without `use_broadcast` arrays of different shapes are different; with it ShapeError is raised where they cannot be
    broadcast.
    """
    a, b = _numpy(a), _numpy(b)
    if not use_broadcast and a.shape != b.shape:
        return False
    a, b = numpy.broadcast_arrays(a, b)
    return not _outside(a, b, *get_tols(a, b, rtol, atol), equal_nan).any()


@guarded
def assert_almost_equal(a: Any, b: Any, rtol: float | None = None, atol: float | None = None,
                        names: Sequence[str] = ("a", "b"), equal_nan: bool = False, use_broadcast: bool = True,
                        mismatches: tuple[int, int] = (10, 10)) -> None:
    """Raises MismatchError (an AssertionError) unless |a - b| <= atol + rtol * |b| for every element.

    For arrays, lists and numbers. A tolerance of None is that of `default_rtols` and `default_atols` for the less
    exact of the two dtypes. The message says how many elements differ and lists the worst, as many as `mismatches`
    says first; `names` is what it calls the arrays.

    >>> from mxlite import np
    >>> assert_almost_equal(np.array([1.0, 2.0]), [1.0, 2.00001])
    >>> assert_almost_equal(np.array([1.0, 2.0]), [1.0, 2.5], names=("y", "right"))
    Traceback (most recent call last):
    ...
    mxlite._errors.MismatchError: y and right differ in 1 of 2 elements (rtol=0.0001, atol=0.001):
      (1,): y = 2.0, right = 2.5
    """
    a, b = _numpy(a), _numpy(b)
    rtol, atol = get_tols(a, b, rtol, atol)
    if a.shape != b.shape:
        try:
            shape = numpy.broadcast_shapes(a.shape, b.shape) if use_broadcast else None
        except ValueError:
            shape = None
        if shape is None:
            raise MismatchError(f"{names[0]} has shape {a.shape}, {names[1]} {b.shape}")
        a, b = numpy.broadcast_to(a, shape), numpy.broadcast_to(b, shape)
    wrong = _outside(a, b, rtol, atol, equal_nan)
    if not wrong.any():
        return
    with numpy.errstate(all="ignore"):
        excess = _error(a, b) / (atol + rtol * numpy.abs(b) + 1e-300)
    excess = numpy.where(wrong, numpy.where(numpy.isnan(excess), numpy.inf, excess), -1)
    order = numpy.argsort(excess, axis=None)[::-1]
    worst = order[:min(int(wrong.sum()), mismatches[0])]
    lines = [f"{names[0]} and {names[1]} differ in {wrong.sum()} of {wrong.size} elements (rtol={rtol}, atol={atol}):"]
    for k in worst:
        at = tuple(map(int, numpy.unravel_index(k, wrong.shape)))
        lines.append(f"  {at}: {names[0]} = {a[at]}, {names[1]} = {b[at]}")
    raise MismatchError("\n".join(lines))


@guarded
def assert_almost_equal_with_err(a: Any, b: Any, rtol: float | None = None, atol: float | None = None,
                                 etol: float | None = None, names: Sequence[str] = ("a", "b"), equal_nan: bool = False,
                                 mismatches: tuple[int, int] = (10, 10)) -> None:
    """`assert_almost_equal`, in which the share `etol` of the elements may differ."""
    a, b = numpy.broadcast_arrays(_numpy(a), _numpy(b))
    wrong = _outside(a, b, *get_tols(a, b, rtol, atol), equal_nan)
    if wrong.sum() > get_etol(etol) * wrong.size:
        assert_almost_equal(a, b, rtol, atol, names, equal_nan, mismatches=mismatches)


@guarded
def assert_allclose(a: Any, b: Any, rtol: float | None = 1e-07, atol: float | None = 0, equal_nan: bool = True) -> None:
    """`assert_almost_equal` with NumPy's tolerances."""
    assert_almost_equal(a, b, rtol, atol, equal_nan=equal_nan)


@guarded
def assert_almost_equal_ignore_nan(a: Any, b: Any, rtol: float | None = None, atol: float | None = None,
                                   names: Sequence[str] = ("a", "b")) -> None:
    """`assert_almost_equal` of the elements that are nan in neither array."""
    a, b = _numpy(a), _numpy(b)
    there = ~(numpy.isnan(a) | numpy.isnan(b))
    assert_almost_equal(numpy.where(there, a, 0), numpy.where(there, b, 0), rtol, atol, names)


@guarded
def compare_ndarray_tuple(t1: Any, t2: Any, rtol: float | None = None, atol: float | None = None) -> None:
    """`assert_almost_equal` of the arrays in two nested tuples of one form; None is passed over."""
    if t1 is None or t2 is None:
        return
    if not isinstance(t1, tuple):
        assert_almost_equal(t1, t2, rtol, atol)
        return
    for a, b in zip(t1, t2, strict=True):
        compare_ndarray_tuple(a, b, rtol, atol)


@guarded
def same_array(array1: Any, array2: Any) -> bool:
    """Whether two arrays are the same elements of one memory: a write to either shows in the other."""
    a, b = _raw(array1), _raw(array2)
    return bool(a.shape == b.shape and numpy.array_equal(a, b, equal_nan=True) and numpy.shares_memory(a, b))


def assert_exception(f: Callable[..., Any], exception_type: type[BaseException], *args: Any, **kwargs: Any) -> None:
    """Raises MismatchError unless `f(*args, **kwargs)` raises an exception of a type."""
    try:
        f(*args, **kwargs)
    except exception_type:
        return
    raise MismatchError(f"{getattr(f, '__name__', f)} did not raise {exception_type.__name__}")


# -- devices and sums -------------------------------------------------------------------------------------------------
def default_context() -> Context:
    """The device of new arrays: cpu(0)."""
    return current_context()


@guarded
def set_default_context(ctx: DeviceLike) -> None:
    """Takes a device, which is the CPU: there is no other. Raises MXNetError for the name of a GPU."""
    device(ctx)


@guarded
def collapse_sum_like(a: Any, shape: Sequence[int]) -> numpy.ndarray[Any, Any]:
    """The NumPy array `a` summed over the axes along which `shape` would be broadcast to it."""
    a, lead = _numpy(a), numpy.ndim(a) - len(shape)
    if lead < 0 or any(n not in (1, m) for n, m in zip(shape, a.shape[lead:], strict=True)):
        raise ShapeError(f"collapse_sum_like: shape {tuple(shape)} cannot be broadcast to {a.shape}")
    axes = tuple(k for k, m in enumerate(a.shape) if k < lead or shape[k - lead] != m)
    out: numpy.ndarray[Any, Any] = a.sum(axes, keepdims=True).reshape(shape)
    return out


__getattr__ = _hook(sys.modules[__name__], "test_utils")
