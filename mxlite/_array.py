"""The two array classes, np.ndarray and nd.NDArray, over the engine's TapeArray.

Methods name operators and hold no maths; most stand in mxlite._methods. What both classes share is in `_Common`;
reading, printing and conversion differ as they do in MXNet: legacy arrays have no shape (), compare to numbers and are
read with `asscalar`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

import numpy

from mxlite import _text
from mxlite._dtype import resolve
from mxlite._engine import operators as _engine
from mxlite._engine.classes import register_classes
from mxlite._engine.guard import guarded
from mxlite._engine.signs import SLOT_NAMES, register_slots
from mxlite._engine.tape import is_recording
from mxlite._errors import (
    FOREIGN,
    ArgumentError,
    DtypeError,
    FormatError,
    GraphError,
    MissingFeatureError,
    MXNetError,
    ShapeError,
    UnsupportedError,
    describe,
    name_in,
    operand_message,
    translated,
)
from mxlite._methods import CommonMethods, LegacyMethods, NumpyMethods
from mxlite._op import registry
from mxlite._ops import (
    arithmetic,  # noqa: F401  declares the operators behind +, -, ...
    compare,  # noqa: F401  ... and ==, <, ...
    creation,
    entry_of,
    index,
    shape,
)
from mxlite._ops.operands import plain
from mxlite._single import copy_out, scalar_out
from mxlite.context import Context, current_context, device

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

    from mxlite.typing import DeviceLike

__all__ = ["NDArray", "ndarray"]


def _is_full(key: Any, ndim: int) -> bool:
    """Whether an index is a plain way to name every element: x[:], x[...], x[:, :]."""
    if isinstance(key, tuple):
        return (len(key) <= ndim and all(_is_full(k, ndim) for k in key)
                and sum(k is Ellipsis for k in key) < 2)
    return key is Ellipsis or (isinstance(key, slice) and key.start is None and key.stop is None and key.step is None)


class _AlsoNumpyArrays(type):
    """isinstance(x, NDArray) holds for np arrays too, as in MXNet, where one class derives from the other."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _Common)


class _Common(_engine.TapeArray):
    """Conversions, indexing and protocols of both array classes."""

    __slots__ = ()
    __array_priority__ = 1000.0
    _bools_count = False      # whether bools in an index are the numbers 0 and 1 instead of a mask

    # -- facts ------------------------------------------------------------------------------------------------------
    @property
    def context(self) -> Context:
        """The device that holds the array: cpu(0)."""
        return current_context()

    ctx = device = context

    @property
    def stype(self) -> str:
        """Storage type; always 'default', that is, dense."""
        return "default"

    @property
    def itemsize(self) -> int:
        """Bytes per element."""
        return _engine.form(self).itemsize

    @property
    def nbytes(self) -> int:
        """Bytes of all elements."""
        return _engine.form(self).nbytes

    # -- conversion -------------------------------------------------------------------------------------------------
    def asnumpy(self) -> numpy.ndarray[Any, Any]:
        """A copy as a NumPy array; one element is a number to Python besides, whatever its shape (float() takes it)."""
        return copy_out(_engine.raw(self))

    def astype(self, dtype: DTypeLike | None, order: str = "K", casting: Any = "unsafe", subok: bool = True,
               copy: bool = True) -> Self:
        """The array in another dtype; a copy unless `copy` is False and the dtype is already right."""
        if order not in ("K", "C", None):
            raise UnsupportedError(f"astype: order must be either 'K' or 'C', not {order!r}: arrays are in C order")
        wanted = resolve(dtype)
        if not copy and wanted == _engine.form(self).dtype:
            return self
        if not numpy.can_cast(_engine.form(self).dtype, wanted, casting):
            raise DtypeError(f"astype: {_engine.form(self).dtype} to {wanted} is not a {casting!r} cast")
        return shape.astype(self, wanted)  # type: ignore[call-overload, no-any-return]

    def copy(self, order: str = "C") -> Self:
        """A copy with memory of its own; recorded. Raises UnsupportedError for an order but 'C'."""
        if order != "C":
            raise UnsupportedError(f"copy: arrays are in C order; order={order!r} is not supported")
        return shape.copy(self)  # type: ignore[arg-type, return-value]

    def copyto(self, other: Any) -> Any:
        """Writes the values into another array and returns it, or copies to a device."""
        if isinstance(other, Context):
            return self.copy()
        if not isinstance(other, _Common):
            raise DtypeError(operand_message(
                "copyto", (self, other), f"copyto does not support type {type(other).__name__}"))
        if other is not self:
            if other.shape != self.shape:
                raise ShapeError(f"copyto: {self.shape} does not fit into {other.shape}")
            other[...] = self
        return other

    def as_in_context(self, context: DeviceLike) -> Self:
        """This array: there is one device. Raises MXNetError for a GPU."""
        device(context)
        return self

    def as_in_ctx(self, ctx: DeviceLike) -> Self:
        """as_in_context, by its name in np."""
        return self.as_in_context(ctx)

    def to_device(self, device: DeviceLike, *, stream: Any = None) -> Self:
        """as_in_context, by its name in 2.0 and in the array API standard. Raises ArgumentError for a stream."""
        if stream is not None:
            raise ArgumentError(f"to_device: the CPU has no stream {stream!r}")
        return self.as_in_context(device)

    def as_np_ndarray(self) -> ndarray:
        """The same memory and place on the tape as np.ndarray."""
        return self if isinstance(self, ndarray) else _engine.convert(self, ndarray)

    def as_nd_ndarray(self) -> NDArray:
        """The same memory and place on the tape as NDArray."""
        return self if type(self) is NDArray else _engine.convert(self, NDArray)

    def wait_to_read(self) -> None:
        """Computes the values now; a large elementwise result otherwise waits until it is read."""
        _engine.raw(self)

    wait_to_write = wait_to_read

    def item(self, *args: Any) -> Any:
        """One element as a Python number; the only one, or the one at an index."""
        return _engine.raw(self).item(*args)

    def tolist(self) -> Any:
        """The values as (nested lists of) Python numbers."""
        return _engine.raw(self).tolist()

    # -- protocols --------------------------------------------------------------------------------------------------
    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> numpy.ndarray[Any, Any]:
        x = _engine.raw(self)
        if copy or (dtype is not None and numpy.dtype(dtype) != x.dtype):
            if copy is False:
                raise ArgumentError(f"a {x.dtype} array cannot become {numpy.dtype(dtype)} without a copy")
            return x.astype(dtype or x.dtype)
        x = x.view()
        x.flags.writeable = False      # a write behind the tape's back would go unnoticed
        return x

    def __array_ufunc__(self, ufunc: numpy.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        entry = entry_of(ufunc)
        if method == "__call__" and entry is not None and kwargs.keys() <= {"out"}:
            if type(self) is NDArray:
                # A NumPy scalar that stands first in a comparison arrives as an array; the result would be np's.
                inputs = tuple(v[()] if type(v) is numpy.ndarray and v.ndim == 0 else v for v in inputs)
            return entry(*inputs, **kwargs)
        name = f"numpy.{ufunc.__name__}" + ("" if method == "__call__" else f".{method}")
        return _fallback(name, getattr(ufunc, method), inputs, kwargs)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Sequence[Any],
                           kwargs: Mapping[str, Any]) -> Any:
        entry = entry_of(function)
        if entry is not None and kwargs.keys() <= _keywords(entry) and not (
                any(map(_foreign, args)) or (function is numpy.broadcast_arrays and any(v is None for v in args))):
            return entry(*args, **kwargs)
        return _fallback(f"numpy.{function.__name__}", function, args, kwargs)

    def __len__(self) -> int:
        if self.ndim == 0:
            raise DtypeError(operand_message("len", (self,), "len() of unsized object"))
        return self.shape[0]

    def __iter__(self) -> Iterator[Self]:
        if self.ndim == 0:
            raise DtypeError(operand_message("iter", (self,), "iteration over a 0-d array"))
        return (self[k] for k in range(len(self)))

    def __contains__(self, value: object) -> bool:
        return bool((_engine.raw(self) == plain(value)).any())

    def __index__(self) -> int:
        x = _engine.raw(self)
        if x.size == 1 and x.dtype.kind in "iu":
            return int(x.item())
        # What float() and int() of an NDArray end in, too: as in MXNet, it has no __float__.
        remedy = "; asscalar() or item() gives the number" if x.size == 1 else ""
        raise DtypeError(f"only integer scalar arrays can be converted to a scalar index{remedy}")

    def __reduce__(self) -> tuple[Any, ...]:
        # Read-only: what is loaded out of band is a copy, and does not share memory without either array knowing.
        return _rebuild, (type(self).__name__, self.__array__())

    # How pickle makes an array that MXNet has pickled: by cls(None), and then from the state of MXNet's array.
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs or len(args) != 1 or args[0] is not None:
            super().__init__(*args, **kwargs)

    def __setstate__(self, state: Any) -> None:
        from mxlite.serialization import unpickled  # seldom needed

        _engine.give_data(self, unpickled(state, isinstance(self, LegacyMethods)))

    def __copy__(self) -> Self:
        return self.copy()

    def __deepcopy__(self, memo: Any) -> Self:
        return _engine.from_raw(_engine.raw(self).copy(), type(self))

    # What x[key] and x[key] = value come to where the engine has no short way.
    def _select(self, key: Any) -> Self:
        try:
            return index.getitem(  # type: ignore[no-any-return]
                self, index.normalise_key(key, plain, self._bools_count))
        # What `guarded` does, which would be felt around a method that programs call by the thousand.
        except MXNetError as exc:
            name_in("__getitem__", exc, (self, key), {})
            raise
        except Exception as exc:
            error = translated(None, "__getitem__", (self, key), {}, exc)
            if error is None:
                raise
            raise error from exc

    def _assign(self, key: Any, value: Any) -> None:
        if is_recording() and creation.holds_tracked(value):
            value = creation.array(value)
        full = _is_full(key, self.ndim)
        if full and is_recording() and isinstance(value, _engine.TapeArray) and _engine.is_tracked(value):
            _engine.begin_write(self, None, "setitem")
            stretched = shape.broadcast_to(value, self.shape)  # type: ignore[arg-type]
            _engine.adopt(self, shape.astype(stretched, _engine.form(self).dtype))
            return
        _engine.begin_write(self, value, "setitem")
        key = (...,) if full else index.normalise_key(key, plain, self._bools_count)
        index.write(_engine.raw(self), key, plain(value))
        _engine.end_write(self)


@functools.cache
def _keywords(entry: Any) -> set[str]:
    """The keywords that an operator or a function of operators takes."""
    found = {"out", *inspect.signature(entry).parameters}
    operator = registry.get(entry.__name__)
    return found | operator.op.aliases.keys() if operator is not None and operator.entry is entry else found


def _foreign(value: Any) -> bool:
    """Whether a value is, or holds, a NumPy array that no operator takes: of objects, text, complex numbers."""
    if isinstance(value, list | tuple):
        return any(map(_foreign, value))
    return isinstance(value, numpy.ndarray | numpy.generic) and value.dtype.kind not in "biuf"


# Functions of NumPy that write into their first argument, and its name; all others get views that cannot be written.
_WRITERS = {numpy.copyto: "dst", numpy.fill_diagonal: "a", numpy.place: "arr", numpy.put: "a",
            numpy.put_along_axis: "arr", numpy.putmask: "a"}


def _fallback(name: str, function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """A NumPy function that is no operator here: computed on NumPy arrays, outside the graph."""
    written: Any = None
    if function in _WRITERS or name.endswith(".at"):
        written = args[0] if args else kwargs.get(_WRITERS[function])

    def unwrap(value: Any) -> Any:
        if isinstance(value, _Common):
            if is_recording() and _engine.is_tracked(value):
                raise GraphError(f"{name} has no derivative here; detach() its operands or pause recording")
            if value is not written:
                return value.__array__()
            _engine.begin_write(value, None, name)
            return _engine.raw(value)
        if isinstance(value, list | tuple) and any(isinstance(v, _Common) for v in value):
            return type(value)(unwrap(v) for v in value)
        return value

    if kwargs.get("out") is not None:
        raise MissingFeatureError(f"{name} with out= does not accept mxlite arrays; assign the result with x[:] = ...")
    try:
        result = function(*map(unwrap, args), **{k: unwrap(v) for k, v in kwargs.items()})
    except MXNetError:
        raise
    except FOREIGN as exc:
        error = translated(function, name, args, kwargs, exc)
        if error is None:
            raise
        raise error from exc
    if isinstance(written, _engine.TapeArray):
        _engine.end_write(written)
    if isinstance(result, list | tuple):
        return type(result)(_wrap(r) for r in result) if type(result) in (list, tuple) else result
    return _wrap(result)


def _wrap(value: Any) -> Any:
    numeric = isinstance(value, numpy.ndarray | numpy.generic) and value.dtype.kind in "biuf"
    return _engine.from_raw(numpy.array(value), ndarray) if numeric else value


def _rebuild(name: str, data: numpy.ndarray[Any, Any]) -> Any:
    """What pickle calls: an array of the class of that name, which takes the NumPy array over."""
    cls = {"ndarray": ndarray, "NDArray": NDArray}.get(name) if isinstance(name, str) else None
    if (cls is None or type(data) not in (numpy.ndarray, numpy.memmap) or data.dtype.kind not in "biuf"
            or (cls is NDArray and not data.ndim)):
        raise FormatError(f"a pickled array has the name of its class and a NumPy array of numbers, "
                          f"not {str(name)[:40]!r} and {type(data).__name__}")
    # Buffers of pickle's protocol 5 and mapped files may be read-only, which our arrays never are.
    return _engine.from_raw(data if data.flags.writeable else data.copy(), cls)


class ndarray(NumpyMethods, _Common):
    """An n-dimensional array with NumPy's behaviour and MXNet's defaults (float32 unless said otherwise).

    Made by the functions of `mxlite.np`, never by calling the class.
    """

    __slots__ = ()
    __module__ = "mxlite.np"
    __hash__ = None  # type: ignore[assignment]

    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The element type, a numpy.dtype."""
        return _engine.form(self).dtype

    def __array_namespace__(self, *, api_version: str | None = None) -> Any:
        """mxlite.array_api, the functions of the array API standard. Raises ArgumentError for another version."""
        space = import_module("mxlite.array_api")
        if api_version not in (None, *space.VERSIONS):
            raise ArgumentError(f"__array_namespace__: there is no version {api_version!r}, only "
                                f"{', '.join(space.VERSIONS)}")
        return space

    def __repr__(self) -> str:
        return _text.np_repr(_engine.raw(self))

    def __str__(self) -> str:
        return _text.np_str(_engine.raw(self))

    def __format__(self, spec: str) -> str:
        return format(self.item(), spec) if self.ndim == 0 else object.__format__(self, spec)

    def __ipow__(self, other: Any) -> Self:  # type: ignore[misc, override]
        # As in MXNet: a new array, which may be recorded.
        return self ** other  # type: ignore[no-any-return]

    def __float__(self) -> float:
        return float(_only(self))

    def __int__(self) -> int:
        return int(_only(self))

    def __complex__(self) -> complex:
        return complex(_only(self))

    @property
    def T(self) -> Self:
        """The array with its axes reversed, a copy."""
        return shape.transpose(self)  # type: ignore[return-value]

    def attach_grad(self, grad_req: str = "write") -> None:  # type: ignore[override]  # as in MXNet
        """Makes this array a variable: allocates a gradient of zeros and cuts the array from its past.

        `grad_req`: 'write' (each backward overwrites), 'add' (each backward adds) or 'null'; KeyError for others.
        """
        _engine.TapeArray.attach_grad(self, grad_req)


class NDArray(LegacyMethods, _Common, metaclass=_AlsoNumpyArrays):
    """MXNet's legacy array. Made by the functions of `mxlite.nd`, never by calling the class."""

    __slots__ = ()
    __module__ = "mxlite.nd"
    __hash__ = _engine.TapeArray.__hash__

    @property
    def dtype(self) -> type[Any]:
        """The element type, a NumPy scalar class such as numpy.float32."""
        return _engine.form(self).dtype.type

    def __repr__(self) -> str:
        return _text.nd_repr(_engine.raw(self), self.context)

    __str__ = __repr__

    def astype(self, dtype: DTypeLike | None, copy: bool = True) -> Self:  # type: ignore[override]  # as in MXNet
        """The array in another dtype; a copy unless `copy` is False and the dtype is already right."""
        return super().astype(dtype, copy=copy)

    def asscalar(self) -> Any:
        """The only element, as a NumPy scalar (an array, if there are several axes). Raises ValueError when there are
        more."""
        x = _engine.raw(self)
        if x.size != 1:
            raise ArgumentError(operand_message("asscalar", (self,), "The current array is not a scalar"))
        return copy_out(x) if x.ndim > 1 else scalar_out(x)

    @property
    def T(self) -> Self:
        """The 2-d array transposed."""
        return shape.transpose(self)  # type: ignore[return-value]

    _bools_count = True


def _only(a: _engine.TapeArray) -> Any:
    x = _engine.raw(a)
    if x.size != 1:
        raise DtypeError(f"{describe(a)}: only size-1 arrays can be converted to Python scalars")
    return x.item()


# Methods without a guard of their own, whose calls may not fit: all but operators, which have one.
_GUARDED = ("__contains__", "__index__", "__array__", "_assign")

for _class in (CommonMethods, NumpyMethods, LegacyMethods, _Common, ndarray, NDArray):
    for _name, _function in list(vars(_class).items()):
        if inspect.isfunction(_function) and (not _name.startswith("_") or _name in _GUARDED):
            setattr(_class, _name, guarded(_function, "__setitem__" if _name == "_assign" else None))

register_classes(ndarray, NDArray)
register_slots([registry[name].op for name in SLOT_NAMES])
