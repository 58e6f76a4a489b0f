from typing import Any

def backward(heads: list[Any], head_grads: list[Any], retain_graph: bool, train_mode: bool) -> None: ...
def gradients(
    heads: list[Any], head_grads: list[Any], variables: list[Any], retain_graph: bool, train_mode: bool,
    strict: bool = True,
) -> list[Any]: ...
