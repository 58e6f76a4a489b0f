from collections.abc import Callable
from typing import Any

def guarded(function: Callable[..., Any], name: str | None = ...) -> Callable[..., Any]: ...
