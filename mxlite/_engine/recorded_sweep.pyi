from collections.abc import Callable
from typing import Any

def tracked_gradients(
    heads: list[Any],
    head_grads: list[Any],
    variables: list[Any],
    train_mode: bool,
    sum_to: Callable[..., Any],
    astype: Callable[..., Any],
    strict: bool = True,
) -> list[Any]: ...
