from typing import Any

from mxlite._engine.operators import TapeArray

def backward(heads: list[TapeArray], head_grads: list[Any], retain_graph: bool, train_mode: bool) -> None: ...
def gradients(
    heads: list[TapeArray], head_grads: list[Any], variables: list[TapeArray], retain_graph: bool, train_mode: bool
) -> list[TapeArray]: ...
