"""The `op` decorator and the registry: the only way an operator comes to exist.

The decorated function is the declaration: its name, signature, docstring and forward (on NumPy arrays). `grad` maps
input names to derivative formulas and must be given; see mxlite._engine.op.Formula for what a formula may name.
"""

import inspect
from typing import NamedTuple

import numpy

from mxlite._engine.entry import make_dual, make_entry
from mxlite._engine.guard import guarded
from mxlite._engine.op import Op, into, zero
from mxlite._engine.trace import parameters

__all__ = ["Composition", "Registration", "composed", "compositions", "into", "method", "op", "registry", "zero"]


class Registration(NamedTuple):
    """One operator: the engine's Op, its callable and the names it goes by in each namespace."""

    name: str
    op: Op
    entry: object
    np: tuple
    npx: tuple
    nd: tuple
    numpy: tuple


class Composition(NamedTuple):
    """A function made of operators, and its names in each namespace."""

    function: object
    np: tuple
    npx: tuple
    nd: tuple


registry: dict[str, Registration] = {}
compositions: list[Composition] = []
by_numpy_function: dict[object, object] = {}


def _names(value):
    return (value,) if isinstance(value, str) or callable(value) else tuple(value)


def _numpy_function(name):
    """NumPy's function of a (dotted) name, or None."""
    found = numpy
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def op(*, grad, np=(), npx=(), nd=(), numpy_names=None, pointwise=False, rule="same", integer=None, aliases=None,
       variadic=None, nd_dtype=None, quiet=False, conditions=(), view=None, number_last=False, numbers=False):
    """Declares an operator.

    grad        {input: formula}, {(input, ...): joint formula} or None for "not differentiable"; a formula may be
                `zero`, or `into(add, formula)` with a function that adds its cotangent in place. Formulas know
                nothing of broadcasting, casts or grad_req.
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

    def declare(function):
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
        _dress(entry, operator)
        found = [n if callable(n) else _numpy_function(n)
                 for n in _names(np if numpy_names is None else numpy_names)]
        functions = tuple(f for f in found if f is not None)
        registry[name] = Registration(name, operator, entry, _names(np), _names(npx), _names(nd), functions)
        for f in functions:
            by_numpy_function.setdefault(f, entry)
        return entry

    return declare


def method(name, *order):
    """The callable of a declared operator as a method whose arguments after the array come in an order of their own."""
    operator = registry[name].op
    entry = make_entry(operator, order)
    _dress(entry, operator)
    return entry


def composed(*, np=(), npx=(), nd=()):
    """Names a function that calls operators and needs no formula of its own; its names win over an operator's.

    Built-in exceptions that it raises are translated, those of bad calls among them; see mxlite._engine.guard.
    """

    def declare(function):
        public = [n.rpartition(".")[2] for n in (*_names(np), *_names(npx), *_names(nd))]
        name = function.__name__
        function = guarded(function, name if name in public else public[0])
        compositions.append(Composition(function, _names(np), _names(npx), _names(nd)))
        # numpy.random has no functions that dispatch, and is slow to import.
        for f in filter(None, (_numpy_function(n) for n in _names(np) if not n.startswith("random."))):
            by_numpy_function[f] = function
        return function

    return declare


def _dress(entry, operator):
    """Gives the callable the face of the declaration."""
    function = operator.function
    entry.__name__ = entry.__qualname__ = function.__name__
    entry.__doc__ = function.__doc__
    entry.__module__ = function.__module__
    entry.__wrapped__ = function
    if operator.pointwise:
        # Elementwise operators all take out= besides what is declared.
        defaults = (*operator.defaults, None)
        entry.__signature__ = inspect.Signature([
            inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)
            for name, default in zip((*operator.params, "out"), defaults, strict=True)])
