"""MXNet's mode switch between legacy arrays and NumPy-like ones, per thread.

In mxlite both kinds always work side by side; what is set here is remembered and reported. All that follows it is the
shape of a new legacy array of no axes: () while np's shapes are set, else (1,).
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from mxlite._engine.guard import guarded
from mxlite._errors import ArgumentError

F = TypeVar("F", bound=Callable[..., Any])


class _Mode(threading.local):
    """What this thread has set."""

    shape = False
    array = False
    default_dtype = False


_mode = _Mode()


@guarded
def set_np(shape: bool = True, array: bool = True, dtype: bool = False) -> None:
    """Remembers that the program wants np's conventions. Raises ValueError for `array` without `shape`."""
    if array and not shape:
        raise ArgumentError("NumPy Shape semantics is required in using NumPy array semantics.")
    _mode.shape, _mode.array, _mode.default_dtype = bool(shape), bool(array), bool(dtype)


@guarded
def reset_np() -> None:
    """Takes back `set_np`."""
    set_np(shape=False, array=False)


@guarded
def is_np_array() -> bool:
    """Whether this thread has set np's arrays."""
    return _mode.array


@guarded
def is_np_shape() -> bool:
    """Whether this thread has set np's shapes."""
    return _mode.shape


@guarded
def is_np_default_dtype() -> bool:
    """Whether this thread has set NumPy's default dtypes. mxlite's default is float32 all the same."""
    return _mode.default_dtype


@guarded
def set_np_shape(active: bool) -> bool:
    """Sets whether np's shapes are in use, and returns what was set before."""
    before, _mode.shape = _mode.shape, bool(active)
    return before


@guarded
def set_np_default_dtype(is_np_default_dtype: bool = True) -> bool:
    """Sets whether NumPy's default dtypes are in use, and returns what was set before."""
    before, _mode.default_dtype = _mode.default_dtype, bool(is_np_default_dtype)
    return before


class _Scope:
    """A `with` block in which parts of the mode are set."""

    def __init__(self, **parts: bool) -> None:
        self.parts = parts
        self.before: list[dict[str, bool]] = []

    def __enter__(self) -> Self:
        self.before.append({name: getattr(_mode, name) for name in self.parts})
        vars(_mode).update(self.parts)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 traceback: TracebackType | None) -> None:
        vars(_mode).update(self.before.pop())


@guarded
def np_shape(active: bool = True) -> _Scope:
    """A `with` block in which np's shapes are set."""
    return _Scope(shape=bool(active))


@guarded
def np_array(active: bool = True) -> _Scope:
    """A `with` block in which np's arrays are set."""
    return _Scope(array=bool(active))


def _within(function: Any, **parts: bool) -> Any:
    """A function that runs in a mode; of a class, each of its own methods."""
    if isinstance(function, type):
        for name, member in list(vars(function).items()):
            if callable(member) and not isinstance(member, type):
                setattr(function, name, _within(member, **parts))
        return function

    @functools.wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:
        with _Scope(**parts):
            return function(*args, **kwargs)
    return inside


@guarded
def use_np_shape(func: F) -> F:
    """Decorator of a function or class: runs it with np's shapes set."""
    return _within(func, shape=True)  # type: ignore[no-any-return]


@guarded
def use_np_array(func: F) -> F:
    """Decorator of a function or class: runs it with np's arrays set."""
    return _within(func, array=True)  # type: ignore[no-any-return]


@guarded
def use_np(func: F) -> F:
    """Decorator of a function or class: runs it with np's shapes and arrays set."""
    return _within(func, shape=True, array=True)  # type: ignore[no-any-return]
