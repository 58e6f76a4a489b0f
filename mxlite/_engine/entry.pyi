from collections.abc import Callable
from inspect import Signature
from typing import Any

from mxlite._engine.op import Op

class Entry:
    __name__: str
    __qualname__: str
    @property
    def __wrapped__(self) -> Callable[..., Any]: ...
    @property
    def __signature__(self) -> Signature: ...
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

def make_entry(op: Op, order: tuple[str, ...] = ..., numbers: bool = ...) -> Entry: ...
def make_dual(op: Op) -> Entry: ...
