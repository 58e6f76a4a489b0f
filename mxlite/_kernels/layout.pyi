from typing import Any

import numpy.typing as npt

def broadcast_view(array: npt.ArrayLike, shape: tuple[int, ...]) -> npt.NDArray[Any]: ...
