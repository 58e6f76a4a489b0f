from collections.abc import Callable
from typing import Any

from mxlite._engine.operators import TapeArray

def tracked_gradients(
    heads: list[TapeArray],
    head_grads: list[Any],
    variables: list[TapeArray],
    train_mode: bool,
    sum_to: Callable[..., Any],
    astype: Callable[..., Any],
) -> list[TapeArray]: ...
