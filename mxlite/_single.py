"""What `asnumpy` and `asscalar` give for one element, so that programs written beside NumPy 1 compute what they did.

`float(loss.asnumpy())`, `'%.4f' % loss.asnumpy()` and `losses[k] = loss.asnumpy()` are everyday lines of MXNet
programs, whose legacy results have shape (1,). NumPy 2.4 refuses them for every shape but ().

`total += loss.asscalar()`, from `total = 0.0`, sums in float64 under NumPy 1 and in float32 under NumPy 2, to which a
Python number beside a NumPy scalar has no width of its own (NEP 50).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy


class SingleElement(numpy.ndarray[Any, Any]):
    """A numpy.ndarray of one element and at least one axis that float(), int(), complex() and `%` accept.

    In everything else it is the array it looks like: it prints, pickles and copies as a numpy.ndarray, and what ufuncs
    and most functions make of it is one. Views and conversions (`reshape`, `astype`) stay numbers to Python.
    """

    __slots__ = ()
    # Joined with others it gives a plain array.
    __array_priority__ = -1.0  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def __float__(self) -> float:
        return float(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def __complex__(self) -> complex:
        return complex(self.item())

    def __repr__(self) -> str:
        return repr(_plain(self))

    def __array_ufunc__(self, ufunc: numpy.ufunc, method: str, *inputs: Any, out: Any = None, **kwargs: Any) -> Any:
        if out is not None:
            kwargs["out"] = tuple(map(_plain, out))
        result = getattr(ufunc, method)(*map(_plain, inputs), **kwargs)
        return out[0] if out is not None and len(out) == 1 else result

    def __reduce_ex__(self, protocol: Any) -> Any:
        return _plain(self).__reduce_ex__(protocol)

    def __copy__(self) -> Any:
        return _plain(self).copy()

    def __deepcopy__(self, memo: Any) -> Any:
        return _plain(self).copy()


# `type(x.asnumpy())` prints as in MXNet.
SingleElement.__module__, SingleElement.__name__, SingleElement.__qualname__ = "numpy", "ndarray", "ndarray"


def _plain(x: Any) -> Any:
    return x.view(numpy.ndarray) if isinstance(x, SingleElement) else x


def copy_out(x: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """A copy of a NumPy array for the program: SingleElement for one element on at least one axis."""
    out = x.copy()
    return out.view(SingleElement) if out.size == 1 and out.ndim else out


def _operand(value: Any) -> Any:
    """A Python integer with the width that NumPy 1 gives it; anything else as it is."""
    return numpy.int64(value) if type(value) is int and -(2**63) <= value < 2**63 else value


def _forward(function: Callable[..., Any], base: type[Any]) -> Any:
    def method(self: Any, other: Any) -> Any:
        if type(other) is float:
            return function(numpy.float64(self), other)
        return _legacy(function(base(self.item()), _operand(other)))
    return method


def _reflected(function: Callable[..., Any], base: type[Any]) -> Any:
    def method(self: Any, other: Any) -> Any:
        if type(other) is float:
            return function(other, numpy.float64(self))
        return _legacy(function(_operand(other), base(self.item())))
    return method


def _unary(function: Callable[..., Any], base: type[Any]) -> Any:
    def method(self: Any) -> Any:
        return _legacy(function(base(self.item())))
    return method


def _legacy(value: Any) -> Any:
    """A NumPy scalar narrower than 64 bits as its class here; anything else as it is."""
    cls = _CLASSES.get(type(value))
    return value if cls is None else cls(value)


def _scalar_class(base: type[Any]) -> type[Any]:
    """A subclass of a NumPy scalar class that computes with Python's ints and floats as NumPy 1 does."""
    members: dict[str, Any] = {
        "__slots__": (), "__module__": base.__module__, "__doc__": base.__doc__, "__hash__": base.__hash__,
        "__repr__": lambda self: repr(base(self.item()))}
    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
        members[f"__{name}__"] = _forward(getattr(operator, name), base)
        members[f"__r{name}__"] = _reflected(getattr(operator, name), base)
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        members[f"__{name}__"] = _forward(getattr(operator, name), base)
    for name in ("neg", "pos", "abs"):
        members[f"__{name}__"] = _unary(getattr(operator, name), base)
    return type(base.__name__, (base,), members)


_CLASSES: dict[type[Any], type[Any]] = {base: _scalar_class(base) for base in (
    numpy.float16, numpy.float32, numpy.int8, numpy.int16, numpy.int32, numpy.uint8, numpy.uint16, numpy.uint32)}


def scalar_out(x: numpy.ndarray[Any, Any]) -> Any:
    """The only element of a NumPy array for the program, a scalar of its dtype."""
    return _legacy(x.reshape(())[()])
