from typing import Any

import numpy.typing as npt

def broadcast_view(array: npt.ArrayLike, shape: tuple[int, ...]) -> npt.NDArray[Any]: ...
def stretched(array: npt.ArrayLike, shape: tuple[int, ...], axis: int | tuple[int, ...] | list[int] | None = None,
              mean: bool = False) -> npt.NDArray[Any]: ...
