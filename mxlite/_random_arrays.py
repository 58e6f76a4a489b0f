"""Random shapes, arrays and matrices for tests.

They come from NumPy's global generator, as in MXNet: after ``numpy.random.seed`` the numbers are MXNet's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy

from mxlite._array import NDArray
from mxlite._engine.guard import guarded
from mxlite._engine.operators import fresh, from_raw
from mxlite._errors import UnsupportedError
from mxlite._ops.legacy_creation import legacy
from mxlite.context import device

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

    from mxlite.typing import DeviceLike

Array = numpy.ndarray[Any, Any]


def default_dtype() -> type[numpy.float32]:
    """The dtype of arrays that are made without one: numpy.float32."""
    return numpy.float32


def _low(allow_zero_size: bool) -> int:
    return 0 if allow_zero_size else 1


@guarded
def rand_shape_2d(dim0: int = 10, dim1: int = 10, allow_zero_size: bool = False) -> tuple[int, ...]:
    """A random shape of two axes, no longer than dim0 and dim1."""
    return rand_shape_nd(2, (dim0, dim1), allow_zero_size)


@guarded
def rand_shape_3d(dim0: int = 10, dim1: int = 10, dim2: int = 10, allow_zero_size: bool = False) -> tuple[int, ...]:
    """A random shape of three axes, no longer than dim0, dim1 and dim2."""
    return rand_shape_nd(3, (dim0, dim1, dim2), allow_zero_size)


@guarded
def rand_shape_nd(num_dim: int, dim: int | Sequence[int] = 10, allow_zero_size: bool = False) -> tuple[int, ...]:
    """A random shape of `num_dim` axes of lengths from 1 (with `allow_zero_size` from 0) to `dim`."""
    high = numpy.asarray(dim) + 1
    return tuple(int(n) for n in numpy.random.randint(_low(allow_zero_size), high, size=num_dim))


@guarded
def rand_coord_2d(x_low: int, x_high: int, y_low: int, y_high: int) -> tuple[int, int]:
    """Two random integers, of [x_low, x_high) and of [y_low, y_high)."""
    x = int(numpy.random.randint(x_low, x_high))
    return x, int(numpy.random.randint(y_low, y_high))


@guarded
def random_arrays(*shapes: Any) -> Any:
    """NumPy arrays of float32 from the standard normal distribution; of one shape, one array."""
    arrays = [numpy.asarray(numpy.random.standard_normal(s)).astype(default_dtype()) for s in shapes]
    return arrays[0] if len(arrays) == 1 else arrays


@guarded
def random_uniform_arrays(*shapes: Any, low: float = 0.0, high: float = 1.0,
                          dtype: DTypeLike | None = None) -> list[numpy.ndarray[Any, Any]]:
    """A list of NumPy arrays, uniform in [low, high); float32 by default."""
    return [numpy.random.uniform(low, high, s).astype(dtype or default_dtype()) for s in shapes]


@guarded
def random_sample(population: Sequence[Any], k: int) -> list[Any]:
    """A list of k different elements of a sequence, in random order."""
    chosen = numpy.random.permutation(len(population))[:k]
    return [population[i] for i in chosen]


@guarded
def rand_ndarray(shape: Sequence[int], stype: str = "default", density: Any = None, dtype: DTypeLike | None = None,
                 modifier_func: Callable[[Any], Any] | None = None, shuffle_csr_indices: bool = False,
                 distribution: Any = None, ctx: DeviceLike | None = None) -> NDArray:
    """An NDArray from the standard normal distribution; float32 by default, `modifier_func` applied to each element.

    What is of sparse arrays alone, a `stype`, `density` or `distribution`, raises UnsupportedError.
    """
    sparse = {"stype": stype != "default" and stype, "density": density, "distribution": distribution,
              "shuffle_csr_indices": shuffle_csr_indices}
    if any(sparse.values()):
        raise UnsupportedError("rand_ndarray: " + ", ".join(f"{k}={v!r}" for k, v in sparse.items() if v)
                               + " is of sparse arrays, which mxlite does not have")
    device(ctx)
    values = random_arrays(tuple(shape))
    if modifier_func is not None:
        values = numpy.vectorize(modifier_func)(values)
    return legacy(fresh(numpy.asarray(values).astype(dtype or default_dtype())))  # type: ignore[no-any-return]


@guarded
def create_2d_tensor(rows: int, columns: int, dtype: DTypeLike | None = numpy.int64) -> NDArray:
    """An NDArray whose element in each row is the row's number."""
    numbers = numpy.arange(rows, dtype=dtype)[:, None]
    return from_raw(numpy.array(numpy.broadcast_to(numbers, (rows, columns))), NDArray)


@guarded
def create_vector(size: int, dtype: DTypeLike | None = numpy.int64) -> NDArray:
    """The NDArray of 0, 1, ... size - 1."""
    return from_raw(numpy.arange(size, dtype=dtype), NDArray)


# -- matrices ----------------------------------------------------------------------------------------------------------
@guarded
def get_identity_mat(size: int) -> NDArray:
    """The identity matrix as an NDArray of float32."""
    return from_raw(numpy.eye(size, dtype=numpy.float32), NDArray)


@guarded
def get_identity_mat_batch(size: int) -> NDArray:
    """Two identity matrices as an NDArray of float32, (2, size, size)."""
    return from_raw(numpy.array([numpy.eye(size, dtype=numpy.float32)] * 2), NDArray)


@guarded
def new_matrix_with_real_eigvals_2d(n: int) -> Array:
    """A random n by n matrix with eigenvalues in -10 to 10 and eigenvectors in the rows of a matrix of condition < 3,
    which is a random reflection (Householder's) with scaled columns."""
    while True:
        scales, v = numpy.random.uniform(-1.0, 1.0, n), numpy.random.uniform(-1.0, 1.0, n)
        v /= numpy.linalg.norm(v)
        q = (numpy.eye(n) - 2 * numpy.outer(v, v)) * scales
        if numpy.linalg.cond(q, 2) < 3:
            return numpy.asarray(numpy.linalg.inv(q) * numpy.random.uniform(-10.0, 10.0, n) @ q)


@guarded
def new_orthonormal_matrix_2d(n: int) -> Array:
    """A random n by n orthogonal matrix."""
    x = numpy.random.randn(n, n)
    return numpy.linalg.qr(x.T @ x)[0]


@guarded
def new_sym_matrix_with_real_eigvals_2d(n: int) -> Array:
    """A random symmetric n by n matrix with eigenvalues in -10 to 10."""
    q = new_orthonormal_matrix_2d(n)
    matrix = q.T * numpy.random.uniform(-10.0, 10.0, n) @ q
    return numpy.asarray((matrix + matrix.T) / 2)       # symmetric to the last bit


def _stack(make: Callable[[int], Array], shape: Sequence[int]) -> Array:
    return numpy.array([make(shape[-1]) for _ in range(math.prod(shape[:-2]))]).reshape(shape)


@guarded
def new_matrix_with_real_eigvals_nd(shape: Sequence[int]) -> Array:
    """Matrices of new_matrix_with_real_eigvals_2d in an array of a shape (..., n, n)."""
    return _stack(new_matrix_with_real_eigvals_2d, shape)


@guarded
def new_sym_matrix_with_real_eigvals_nd(shape: Sequence[int]) -> Array:
    """Matrices of new_sym_matrix_with_real_eigvals_2d in an array of a shape (..., n, n)."""
    return _stack(new_sym_matrix_with_real_eigvals_2d, shape)
