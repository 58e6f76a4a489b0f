# Written by tests/tools/stubs.py.
from mxlite._array import NDArray

def hawkesll(lda: NDArray, alpha: NDArray, beta: NDArray, state: NDArray, lags: NDArray, marks: NDArray,
             valid_length: NDArray, max_time: NDArray, out: list[NDArray] | None = None) -> list[NDArray]: ...
