from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

def guarded(function: F, name: str | None = None) -> F: ...
