"""MXNet's mode switch between legacy arrays and NumPy-like ones, per thread.

In mxlite both kinds always work side by side; what is set here is remembered and reported, and changes nothing else.
"""

import functools
import threading

from mxlite._engine.guard import guarded
from mxlite._errors import ArgumentError


class _Mode(threading.local):
    """What this thread has set."""

    shape = False
    array = False
    default_dtype = False


_mode = _Mode()


@guarded
def set_np(shape=True, array=True, dtype=False):
    """Remembers that the program wants np's conventions. Raises ValueError for `array` without `shape`."""
    if array and not shape:
        raise ArgumentError("NumPy Shape semantics is required in using NumPy array semantics.")
    _mode.shape, _mode.array, _mode.default_dtype = bool(shape), bool(array), bool(dtype)


@guarded
def reset_np():
    """Takes back `set_np`."""
    set_np(shape=False, array=False)


@guarded
def is_np_array():
    """Whether this thread has set np's arrays."""
    return _mode.array


@guarded
def is_np_shape():
    """Whether this thread has set np's shapes."""
    return _mode.shape


@guarded
def is_np_default_dtype():
    """Whether this thread has set NumPy's default dtypes. mxlite's default is float32 all the same."""
    return _mode.default_dtype


@guarded
def set_np_shape(active):
    """Sets whether np's shapes are in use, and returns what was set before."""
    before, _mode.shape = _mode.shape, bool(active)
    return before


@guarded
def set_np_default_dtype(is_np_default_dtype=True):
    """Sets whether NumPy's default dtypes are in use, and returns what was set before."""
    before, _mode.default_dtype = _mode.default_dtype, bool(is_np_default_dtype)
    return before


class _Scope:
    """A `with` block in which parts of the mode are set."""

    def __init__(self, **parts):
        self.parts = parts
        self.before = []

    def __enter__(self):
        self.before.append({name: getattr(_mode, name) for name in self.parts})
        vars(_mode).update(self.parts)
        return self

    def __exit__(self, kind, value, traceback):
        vars(_mode).update(self.before.pop())


@guarded
def np_shape(active=True):
    """A `with` block in which np's shapes are set."""
    return _Scope(shape=bool(active))


@guarded
def np_array(active=True):
    """A `with` block in which np's arrays are set."""
    return _Scope(array=bool(active))


def _within(function, **parts):
    """A function that runs in a mode; of a class, each of its own methods."""
    if isinstance(function, type):
        for name, member in list(vars(function).items()):
            if callable(member) and not isinstance(member, type):
                setattr(function, name, _within(member, **parts))
        return function

    @functools.wraps(function)
    def inside(*args, **kwargs):
        with _Scope(**parts):
            return function(*args, **kwargs)
    return inside


@guarded
def use_np_shape(func):
    """Decorator of a function or class: runs it with np's shapes set."""
    return _within(func, shape=True)


@guarded
def use_np_array(func):
    """Decorator of a function or class: runs it with np's arrays set."""
    return _within(func, array=True)


@guarded
def use_np(func):
    """Decorator of a function or class: runs it with np's shapes and arrays set."""
    return _within(func, shape=True, array=True)
