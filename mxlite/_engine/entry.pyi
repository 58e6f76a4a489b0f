from collections.abc import Callable
from typing import Any

from mxlite._engine.op import Op

def make_entry(op: Op, order: tuple[str, ...] = ..., numbers: bool = ...) -> Callable[..., Any]: ...
def make_dual(op: Op) -> Callable[..., Any]: ...
