from collections.abc import Callable
from typing import Any, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])

def guarded(function: _F, name: str | None = None) -> _F: ...
