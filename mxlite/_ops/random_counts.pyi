# Written by tests/tools/stubs.py.
from mxlite._array import ndarray
from mxlite.typing import ArrayLike, DeviceLike, DTypeLike, ShapeLike

def scalar_poisson(lam: ArrayLike = 1, shape: ShapeLike | None = None, ctx: DeviceLike = None,
                   dtype: DTypeLike | None = None, out: ndarray | None = None) -> ndarray: ...
def tensor_poisson(lam: ArrayLike, shape: ShapeLike = (), dtype: DTypeLike | None = None,
                   out: ndarray | None = None) -> ndarray: ...
def multinomial(n: ArrayLike, p: ArrayLike, shape: ShapeLike = (), ctx: DeviceLike = None, dtype: DTypeLike = "float32",
                out: ndarray | None = None) -> ndarray: ...
