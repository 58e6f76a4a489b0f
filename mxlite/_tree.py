"""Nested tuples, lists and dicts of arrays, as lists and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mxlite._engine.operators import TapeArray
from mxlite._errors import DtypeError


def flatten(tree: Any) -> tuple[list[Any], Callable[[Sequence[Any]], Any]]:
    """`(leaves, rebuild)`: the arrays in order, and the function that puts others in their places."""
    leaves: list[Any] = []
    shape = _take_apart(tree, leaves)
    return leaves, lambda values: _put_together(shape, iter(values))


def _take_apart(tree: Any, leaves: list[Any]) -> Any:
    if isinstance(tree, TapeArray):
        leaves.append(tree)
        return None
    if isinstance(tree, dict):
        return {key: _take_apart(value, leaves) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        parts = [_take_apart(value, leaves) for value in tree]
        return parts if isinstance(tree, list) else type(tree)(*parts) if hasattr(tree, "_fields") else tuple(parts)
    raise DtypeError(f"expected arrays or nested tuples, lists and dicts of arrays, not {type(tree).__name__}")


def _put_together(shape: Any, values: Iterator[Any]) -> Any:
    if shape is None:
        return next(values)
    if isinstance(shape, dict):
        return {key: _put_together(value, values) for key, value in shape.items()}
    parts = [_put_together(value, values) for value in shape]
    if isinstance(shape, list):
        return parts
    return type(shape)(*parts) if hasattr(shape, "_fields") else tuple(parts)
