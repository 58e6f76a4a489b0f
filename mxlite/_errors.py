"""The exceptions of mxlite and the text they carry.

Every error derives from ``MXNetError`` and from the built-in exception it is a case of, so that both
``except MXNetError`` (programs written for MXNet) and ``except ValueError`` work.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any

import numpy.exceptions


class MXNetError(RuntimeError):
    """Base class of every error raised by mxlite."""


class ShapeError(MXNetError, ValueError):
    """Shapes do not fit the operator or each other."""


class ArgumentError(MXNetError, ValueError):
    """An argument has a value that the operator does not accept."""


class UnsupportedError(ArgumentError, NotImplementedError):
    """An argument has a meaning in NumPy that neither MXNet nor mxlite has given it."""


class DtypeError(MXNetError, TypeError):
    """A data type, or the type of an argument, is not accepted."""


class IndexingError(MXNetError, IndexError):
    """An index lies outside an array, or an array cannot be indexed that way."""


class AxisError(ShapeError, IndexingError):
    """An array has no such axis."""


class GraphError(MXNetError):
    """A gradient is asked of arrays that the tape cannot differentiate."""


class MutationError(GraphError):
    """An array that backward needs was overwritten after it was recorded."""


class InplaceError(GraphError):
    """An in-place write to an array that is part of a recorded graph."""


class AnomalyError(MXNetError, FloatingPointError):
    """Under ``detect_anomaly`` a value or a gradient is nan or inf. `operator` is what made it, `index` the place of
    the first bad element, `line` the file, line and function of the call, or None."""

    def __init__(self, message: str, operator: str | None = None, index: tuple[int, ...] | None = None,
                 line: tuple[str, int, str] | None = None) -> None:
        super().__init__(message)
        self.operator, self.index, self.line = operator, index, line


class OptionError(MXNetError, KeyError):
    """A name among a fixed set of names (such as a ``grad_req``) is not one of them."""

    __str__ = RuntimeError.__str__


class FormatError(MXNetError, ValueError):
    """A file of arrays is malformed. `offset` is where, `index` and `name` are those of the array, or None."""

    def __init__(self, message: str, offset: int | None = None, index: int | None = None,
                 name: str | None = None) -> None:
        super().__init__(message)
        self.offset, self.index, self.name = offset, index, name


class FileError(OSError, MXNetError):
    """A file cannot be opened, read or written."""


class MissingFileError(FileError, FileNotFoundError):
    """There is no file of this name."""


class ExportError(GraphError, BufferError):
    """An array cannot be handed to another library in the form that is asked for."""


class AllocationError(MXNetError, MemoryError):
    """There is no memory for a result."""


class MismatchError(MXNetError, AssertionError):
    """Arrays that a test compares differ, or a function's derivatives are not its own."""


class MissingFeatureError(MXNetError, AttributeError, NotImplementedError):
    """A part of MXNet that mxlite does not have."""


NOT_IN_GRAPH = (
    "Cannot differentiate node because it is not in a computational graph. "
    "You need to set is_recording to true or use autograd.record() to save computational graphs for backward. "
    "If you want to differentiate the same graph twice, you need to pass retain_graph=True to backward."
)
NO_INPUTS = "There are no inputs in computation graph that require gradients."
TWO_SWEEPS = "This graph is already being differentiated, by another thread or further up the stack."
INPLACE = "Inplace operations (+=, -=, x[:]=, etc) are not supported when recording with autograd."
ASSIGN = (
    "Assigning to NDArrays that are already in a computational graph will cause undefined behavior when "
    "evaluating gradients. Please call backward first to clear the graph or do this out side of a record section. "
    "Also note that you cannot use inplace operations like +=, *=, relu(x, out=x), y[idx]=x, etc inside a record "
    "section."
)


def describe(value: object) -> str:
    """Text for one operand of an error message: shape and dtype of an array, otherwise its type."""
    shape, dtype = getattr(value, "shape", None), getattr(value, "dtype", None)
    if shape is None or dtype is None:
        return type(value).__name__
    return f"{getattr(dtype, '__name__', dtype)}{list(shape)}"


def operand_message(name: str, operands: Sequence[object], problem: str) -> str:
    """Message naming operator, operands and problem, e.g. ``add(float32[2], float32[3]): ...``."""
    return f"{name}({', '.join(describe(o) for o in operands)}): {problem}"


# The errors that built-in exceptions become, most special first.
_FIT: dict[type[BaseException], type[MXNetError]] = {
    numpy.exceptions.AxisError: AxisError, IndexError: IndexingError, KeyError: OptionError,
    NotImplementedError: UnsupportedError, UnicodeError: ArgumentError, ValueError: ArgumentError,
    OverflowError: ArgumentError, ZeroDivisionError: ArgumentError, TypeError: DtypeError, AttributeError: DtypeError,
    MemoryError: AllocationError, RuntimeError: MXNetError, AssertionError: MXNetError,
}
FOREIGN = tuple(_FIT)
_SHAPE_WORDS = ("shape", "dimension", "broadcast")
_OURS = {"mxlite", "numpy", *sys.stdlib_module_names} - {"__main__"}


def _fitting(exc: BaseException) -> tuple[type[MXNetError], str] | None:
    """(the class of mxlite's error, its text) for a built-in exception or one of NumPy's; None for any other."""
    text = str(exc) or type(exc).__name__
    for builtin, cls in _FIT.items():
        if isinstance(exc, builtin):
            if builtin is AttributeError:
                text = f"an argument that should be an array is not one; make it one with array() ({text})"
            elif text == "tuple index out of range":
                cls, text = AxisError, "one of the arrays has no such axis"
            elif builtin is KeyError:
                text = f"{text} is not one of the names or keys that are accepted"
            elif builtin is MemoryError:
                text = f"there is no memory for an array of this size ({text})"
            elif cls is ArgumentError and any(word in text for word in _SHAPE_WORDS):
                cls = ShapeError
            return cls, text
    return None


def from_numpy(name: str, operands: Sequence[object], exc: BaseException) -> MXNetError:
    """The mxlite error for an exception that NumPy raised while operator ``name`` ran."""
    cls, text = _fitting(exc) or (MXNetError, str(exc))
    return cls(f"{name}({', '.join(map(shown, operands))}): {text}")


def from_call(op: Any, values: Sequence[object], exc: BaseException) -> MXNetError:
    """The mxlite error for an exception that NumPy raised in an operator's forward on bound argument values."""
    cls, text = _fitting(exc) or (MXNetError, str(exc))
    return cls(f"{op.name}({_bound(op, values)}): {text}")


def _bound(op: Any, values: Sequence[object]) -> str:
    """Text for the argument values of an operator, those that are defaults left out."""
    return ", ".join(shown(value) if k < op.n_required else f"{param}={shown(value)}"
                     for k, (param, value, default) in enumerate(zip(op.params, values, op.defaults, strict=True))
                     if k < op.n_required or value is not default)


def _given(args: Sequence[object], kwargs: Mapping[str, object]) -> str:
    """Text for the arguments of a call."""
    return ", ".join([*map(shown, args), *(f"{k}={shown(v)}" for k, v in kwargs.items())])


def shown(value: Any) -> str:
    """Text for one argument of any kind: shape and dtype of an array, a short `repr` of what has one, else the type."""
    if isinstance(value, (str, bytes, int, float, complex, type(None), type(...), slice, type)):
        text = repr(value)
    elif type(value) in (list, tuple, dict, set):
        if len(value) > 6 and type(value) is not dict:
            return f"{type(value).__name__} of {len(value)}"
        if type(value) is dict:
            text = "{" + ", ".join(f"{shown(k)}: {shown(v)}" for k, v in value.items()) + "}"
        else:
            inner = ", ".join(map(shown, value))
            brackets: dict[Any, str] = {list: f"[{inner}]", tuple: f"({inner})", set: f"{{{inner}}}"}
            text = brackets[type(value)]
    else:
        return describe(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


_LONGEST = 60


def _of_user(traceback: TracebackType | None) -> bool:
    """Whether code that is neither mxlite's nor a library's stands between the call of mxlite and the error."""
    while traceback is not None:
        if traceback.tb_frame.f_globals.get("__name__", "").partition(".")[0] not in _OURS:
            return True
        traceback = traceback.tb_next
    return False


def translated(function: Callable[..., Any] | None, name: str, args: Sequence[object], kwargs: Mapping[str, object],
               exc: BaseException) -> MXNetError | None:
    """The mxlite error for an exception raised inside a function that is called ``name``; None if it passes as it is.

    That is an error of a callback, and any exception that neither Python nor NumPy defines.
    """
    if type(exc).__module__.partition(".")[0] not in ("builtins", "numpy") or _of_user(exc.__traceback__):
        return None
    found = _fitting(exc)
    if found is None:
        return None
    cls, text = found
    traceback = exc.__traceback__
    if cls is DtypeError and traceback is not None and traceback.tb_next is None:       # the call itself does not fit
        _, bracket, problem = text.partition("() ")
        if bracket:
            return cls(f"{name}() {problem}; it takes {', '.join(_taken(function)) or 'none'}")
    return cls(f"{name}({_given(args, kwargs)}): {text}")


def name_in(name: str, exc: BaseException, args: Sequence[object], kwargs: Mapping[str, object]) -> None:
    """Puts a function and its arguments in front of the message of an error that begins with no name but this.

    Graphs and files are described without; what a callback raises is left alone.
    """
    _put_in_front(name, exc, lambda: _given(args, kwargs))


def name_operator(op: Any, exc: BaseException, values: Sequence[object]) -> None:
    """The same for an operator and its bound argument values; the message may begin with another of its names."""
    begins = _BEGINS_WITH_A_NAME.match(str(exc))
    name = begins[1] if begins and begins[2] == ": " else op.name
    _put_in_front(name, exc, lambda: _bound(op, values))


def _put_in_front(name: str, exc: BaseException, given: Callable[[], str]) -> None:
    text = str(exc)
    own = text.startswith(f"{name}: ")
    named = re.search(rf"\b{re.escape(name)}\b", text) or _BEGINS_WITH_A_NAME.match(text)
    if (own or not named) and not (
            isinstance(exc, (GraphError, FormatError, MismatchError, OSError)) or _of_user(exc.__traceback__)):
        exc.args = (f"{name}({given()}): {text.removeprefix(f'{name}: ')}",)


_BEGINS_WITH_A_NAME = re.compile(r"([\w.]+)(\(|: )")


def _taken(function: Any) -> list[str]:
    """The names of a function's parameters, without that of the array whose method it is."""
    try:
        found = [p for p in inspect.signature(function).parameters if p != "self"]
    except (TypeError, ValueError):
        found = []
    return found
