"""The `op` decorator and the registry: the only way an operator comes to exist.

The decorated function is the declaration: its name, signature, docstring and forward (on NumPy arrays). `grad` maps
input names to derivative formulas and must be given; see mxlite._engine.op.Formula for what a formula may name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy

from mxlite._engine.entry import make_dual, make_entry
from mxlite._engine.guard import guarded
from mxlite._engine.op import Op, into, picks, zero
from mxlite._engine.trace import parameters

__all__ = ["Composition", "Registration", "composed", "compositions", "into", "method", "op", "picks", "public_name",
           "registry", "zero"]


class Registration(NamedTuple):
    """One operator: the engine's Op, its callable and the names it goes by in each namespace."""

    name: str
    op: Op
    entry: Callable[..., Any]
    np: tuple[str, ...]
    npx: tuple[str, ...]
    nd: tuple[str, ...]
    numpy: tuple[Callable[..., Any], ...]


class Composition(NamedTuple):
    """A function made of operators, and its names in each namespace."""

    function: Callable[..., Any]
    np: tuple[str, ...]
    npx: tuple[str, ...]
    nd: tuple[str, ...]


registry: dict[str, Registration] = {}
compositions: list[Composition] = []
by_numpy_function: dict[object, Callable[..., Any]] = {}

F = TypeVar("F", bound=Callable[..., Any])


def _names(value: Any) -> tuple[Any, ...]:
    return (value,) if isinstance(value, str) or callable(value) else tuple(value)


def _numpy_function(name: str) -> Any:
    """NumPy's function of a (dotted) name, or None."""
    found: Any = numpy
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def op(*, grad: Any, np: str | Sequence[str] = (), npx: str | Sequence[str] = (), nd: str | Sequence[str] = (),
       numpy_names: Any = None, pointwise: bool = False, rule: str = "same", integer: Callable[..., Any] | None = None,
       aliases: dict[str, str] | None = None, variadic: str | None = None, nd_dtype: str | None = None,
       quiet: bool = False, conditions: Sequence[str] = (), view: str | None = None, number_last: bool = False,
       numbers: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares an operator.

    grad        {input: formula}, {(input, ...): joint formula} or None for "not differentiable"; a formula may be
                `zero`, `into(add, formula)` with a function that adds its cotangent in place, or
                `picks(function, formula)` with one for a head gradient with one element per row. Formulas know nothing
                of broadcasting, casts or grad_req.
    np, npx, nd names in the namespaces, with the submodule (np="linalg.norm"); numpy_names: NumPy functions that
                dispatch here, by name (default: the np names), or other ufuncs.
    pointwise   elementwise: forward and formulas are written in operators and ufuncs and are traced.
    rule        dtype of an elementwise result: same, promote, inexact (integers become float32), compare (bool).
    integer     forward for integer dtypes where NumPy's own differs from MXNet's.
    conditions  elementwise operands that are conditions: read as bools, without a say in the dtype.
    aliases     other keyword spellings of parameters (data, lhs and rhs are understood by themselves).
    variadic    the parameter that is a sequence of arrays.
    nd_dtype    dtype of NDArray results: "same" as the first array, or a dtype's name.
    quiet       forward cannot meet floating-point errors.
    view        "nd" or "both": that class of result may share memory with the first input.
    number_last of two operands that commute, a number given first is taken as the second: ties go to the array.
    numbers     of numbers alone the result is a NumPy number, as it always is for elementwise operators.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        name = function.__name__
        if name in registry:
            raise TypeError(f"operator {name} is declared twice")
        params = parameters(function)
        spelled = dict(aliases or {})
        if params:
            spelled.setdefault("data", params[0])
            spelled.setdefault("lhs", params[0])
        if len(params) > 1:
            spelled.setdefault("rhs", params[1])
        operator = Op(function, name, grad, pointwise=pointwise, rule=rule, integer=integer, aliases=spelled,
                      variadic=variadic, nd_dtype=nd_dtype, quiet=quiet, conditions=conditions, view=view,
                      number_last=number_last)
        public = bool(np or npx or nd)
        entry = make_entry(operator, (), numbers) if public else make_dual(operator)
        found = [n if callable(n) else _numpy_function(n)
                 for n in _names(np if numpy_names is None else numpy_names)]
        functions = tuple(f for f in found if f is not None)
        registry[name] = Registration(name, operator, entry, _names(np), _names(npx), _names(nd), functions)
        for f in functions:
            by_numpy_function.setdefault(f, entry)
        return entry

    return declare


def public_name(name: str) -> str:
    """What programs call an operator: the name of which its own is a longer form, as in legacy_dot, else its own.

    The name itself for anything that is no operator.
    """
    found = registry.get(name)
    names = [] if found is None else [n.rpartition(".")[2] for n in (*found.np, *found.npx, *found.nd)]
    return name if name in names else next((n for n in names if n in name), name)


def method(name: str, *order: str) -> Callable[..., Any]:
    """The callable of a declared operator as a method whose arguments after the array come in an order of their own."""
    return make_entry(registry[name].op, order)


def composed(*, np: str | Sequence[str] = (), npx: str | Sequence[str] = (),
             nd: str | Sequence[str] = ()) -> Callable[[F], F]:
    """Names a function that calls operators and needs no formula of its own; its names win over an operator's.

    Built-in exceptions that it raises are translated, those of bad calls among them; see mxlite._engine.guard.
    """

    def declare(function: F) -> F:
        public = [n.rpartition(".")[2] for n in (*_names(np), *_names(npx), *_names(nd))]
        name = function.__name__
        function = guarded(function, name if name in public else public[0])
        compositions.append(Composition(function, _names(np), _names(npx), _names(nd)))
        # numpy.random has no functions that dispatch, and is slow to import.
        for f in filter(None, (_numpy_function(n) for n in _names(np) if not n.startswith("random."))):
            by_numpy_function[f] = function
        return function

    return declare
