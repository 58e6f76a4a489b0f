# Written by tests/tools/stubs.py.
from typing import Any, overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import AnyArray, ArrayLike

@overload
def histogram(a: AnyArray, bins: Any = 10, range: Any = None, normed: bool | None = None,
              weights: ArrayLike | None = None, density: bool | None = None) -> list[ndarray]: ...
@overload
def histogram(a: NDArray, bins: Any = 10, range: Any = None, normed: bool | None = None, weights: NDArray | None = None,
              density: bool | None = None) -> list[NDArray]: ...
def histogram_bin_edges(a: ArrayLike, bins: Any = 10, range: Any = None,
                        weights: ArrayLike | None = None) -> ndarray: ...
def histogramdd(sample: ArrayLike, bins: Any = 10, range: Any = None, normed: bool | None = None,
                weights: ArrayLike | None = None, density: bool | None = None) -> tuple[ndarray, list[ndarray]]: ...
def histogram2d(x: ArrayLike, y: ArrayLike, bins: Any = 10, range: Any = None, normed: bool | None = None,
                weights: ArrayLike | None = None, density: bool | None = None) -> tuple[ndarray, ndarray, ndarray]: ...
