# Written by tests/tools/stubs.py.
from mxlite._array import NDArray

def khatri_rao(*args: NDArray, num_args: int | None = None, out: NDArray | None = None,
               name: str | None = None) -> NDArray: ...
