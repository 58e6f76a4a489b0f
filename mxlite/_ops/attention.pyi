# Written by tests/tools/stubs.py.
from typing import overload

from mxlite._array import NDArray, ndarray
from mxlite.typing import ArrayLike

@overload
def interleaved_matmul_selfatt_qk(queries_keys_values: ArrayLike, heads: int | None = None, out: ndarray | None = None,
                                  name: str | None = None) -> ndarray: ...
@overload
def interleaved_matmul_selfatt_qk(queries_keys_values: NDArray, heads: int | None = None, out: NDArray | None = None,
                                  name: str | None = None) -> NDArray: ...
@overload
def interleaved_matmul_selfatt_valatt(queries_keys_values: ArrayLike, attention: ArrayLike, heads: int | None = None,
                                      out: ndarray | None = None, name: str | None = None) -> ndarray: ...
@overload
def interleaved_matmul_selfatt_valatt(queries_keys_values: NDArray, attention: NDArray, heads: int | None = None,
                                      out: NDArray | None = None, name: str | None = None) -> NDArray: ...
@overload
def interleaved_matmul_encdec_qk(queries: ArrayLike, keys_values: ArrayLike, heads: int | None = None,
                                 out: ndarray | None = None, name: str | None = None) -> ndarray: ...
@overload
def interleaved_matmul_encdec_qk(queries: NDArray, keys_values: NDArray, heads: int | None = None,
                                 out: NDArray | None = None, name: str | None = None) -> NDArray: ...
@overload
def interleaved_matmul_encdec_valatt(keys_values: ArrayLike, attention: ArrayLike, heads: int | None = None,
                                     out: ndarray | None = None, name: str | None = None) -> ndarray: ...
@overload
def interleaved_matmul_encdec_valatt(keys_values: NDArray, attention: NDArray, heads: int | None = None,
                                     out: NDArray | None = None, name: str | None = None) -> NDArray: ...
