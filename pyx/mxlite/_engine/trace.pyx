"""Tracing: an elementwise formula, called once with Symbols, becomes a Program.

A Symbol answers the arithmetic operators, every one-output ufunc and numpy.where; equal subexpressions are computed
once. Compiled only because Program is; it runs once per formula.
"""
import inspect
from types import FunctionType

import numpy

from mxlite._engine.program cimport FIXED, REG_G, REG_Y, Program
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.loops import select
from numpy cimport NPY_BOOL, NPY_FLOAT64


class Symbol:
    """A value of the formula being traced: `kind` is 'T' (the operands' dtype) or '?' (bool)."""

    __slots__ = ("key", "kind", "tracer")

    def __init__(self, tracer, key, kind):
        self.tracer, self.key, self.kind = tracer, key, kind

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        if method != "__call__" or kwargs:
            raise TypeError(f"an elementwise formula may only call ufuncs plainly, not {ufunc.__name__}.{method}")
        return self.tracer.call(ufunc, inputs)

    def __array_function__(self, function, types, args, kwargs):
        if function is numpy.where and len(args) == 3 and not kwargs:
            return self.tracer.call(select, args)
        raise TypeError(f"an elementwise formula may not call numpy.{function.__name__}")

    def __bool__(self):
        raise TypeError("an elementwise formula may not branch on values; use numpy.where")


def _method(ufunc, reflected=False):
    if ufunc.nin == 1:
        return lambda self: self.tracer.call(ufunc, (self,))
    if reflected:
        return lambda self, other: self.tracer.call(ufunc, (other, self))
    return lambda self, other: self.tracer.call(ufunc, (self, other))


for _name, _ufunc in {
    "add": numpy.add, "sub": numpy.subtract, "mul": numpy.multiply, "truediv": numpy.true_divide,
    "pow": numpy.power, "mod": numpy.remainder, "and": numpy.logical_and, "or": numpy.logical_or,
}.items():
    setattr(Symbol, f"__{_name}__", _method(_ufunc))
    setattr(Symbol, f"__r{_name}__", _method(_ufunc, reflected=True))
for _name, _ufunc in {
    "neg": numpy.negative, "abs": numpy.absolute, "invert": numpy.logical_not, "lt": numpy.less, "gt": numpy.greater,
    "le": numpy.less_equal, "ge": numpy.greater_equal, "eq": numpy.equal, "ne": numpy.not_equal,
}.items():
    setattr(Symbol, f"__{_name}__", _method(_ufunc))
Symbol.__hash__ = None


class Tracer:
    """Collects the instructions of one program. A value's key is a fixed register, ('c', value) or ('t', number)."""

    def __init__(self, bool_operands=0):
        self.code = []
        self.seen = {}
        self.kinds = []
        self.bool_operands = bool_operands      # mask of the operands that are conditions

    def fixed(self, register):
        return Symbol(self, register, "?" if self.bool_operands >> register & 1 else "T")

    def constant(self, value):
        return Symbol(self, ("c", float(value).hex()), "T")    # hex tells 0.0 from -0.0

    def symbol(self, value):
        return value if isinstance(value, Symbol) else self.constant(value)

    def emit(self, ufunc, inputs, kind):
        key = (ufunc, tuple(s.key for s in inputs))
        if key not in self.seen:
            self.seen[key] = ("t", len(self.kinds))
            self.kinds.append(kind)
            self.code.append((ufunc, key[1], self.seen[key]))
        return Symbol(self, self.seen[key], kind)

    def number(self, symbol):
        return self.emit(None, (symbol,), "T") if symbol.kind == "?" else symbol

    def call(self, ufunc, operands):
        inputs = tuple(map(self.symbol, operands))
        if ufunc is select:
            kinds = "?TT"
        elif ufunc in _LOGICAL and all(s.kind == "?" for s in inputs):
            kinds = "?" * len(inputs)
        else:
            kinds = "T" * len(inputs)
        inputs = tuple(self.number(s) if kind == "T" else s for s, kind in zip(inputs, kinds, strict=True))
        return self.emit(ufunc, inputs, _output_kind(ufunc, [s.kind for s in inputs]))

    def program(self, results):
        """The Program whose outputs are `results`; temporaries share registers once they are dead."""
        keys = []
        for s in results:
            if isinstance(s.key, tuple) and s.key[0] == "t" and s.key in keys:
                # Every computed output has a register of its own.
                copy = ("t", len(self.kinds))
                self.kinds.append(s.kind)
                self.code.append((numpy.positive, (s.key,), copy))
                keys.append(copy)
            else:
                keys.append(s.key)
        needed, code = set(keys), []
        for ufunc, inputs, output in reversed(self.code):
            if output in needed:
                needed.update(inputs)
                code.append((ufunc, inputs, output))
        code.reverse()
        constants = list(dict.fromkeys(
            key[1] for key in [k for _, inputs, _ in code for k in inputs] + keys
            if isinstance(key, tuple) and key[0] == "c"))
        register = {("c", value): FIXED + k for k, value in enumerate(constants)}
        kinds = [self.fixed(k).kind for k in range(FIXED)] + ["T"] * len(constants)
        last_use = {key: at for at, (_, inputs, _) in enumerate(code) for key in inputs}
        free = []
        instructions = []
        for at, (ufunc, inputs, output) in enumerate(code):
            kind = self.kinds[output[1]]
            places = [key if isinstance(key, int) else register[key] for key in inputs]
            reusable = [k for k in free if kinds[k] == kind] if output not in keys else []
            if reusable:
                register[output] = reusable[0]
                free.remove(reusable[0])
            else:
                register[output] = len(kinds)
                kinds.append(kind)
            instructions.append((ufunc, tuple(places), register[output]))
            free.extend(register[key] for key in dict.fromkeys(inputs)
                        if isinstance(key, tuple) and key[0] == "t" and last_use[key] == at and key not in keys)
        return Program(instructions, [float.fromhex(value) for value in constants], kinds,
                       [key if isinstance(key, int) else register[key] for key in keys])


_LOGICAL = {numpy.logical_and, numpy.logical_or, numpy.logical_xor, numpy.logical_not}


def _output_kind(ufunc, kinds):
    cdef int types[3]
    cdef int k, out
    cdef Loop loop
    for k, kind in enumerate(kinds):
        types[k] = NPY_BOOL if kind == "?" else NPY_FLOAT64
    out = find_loop(ufunc, types, len(kinds), &loop)
    if out == NPY_BOOL:
        return "?"
    if out != NPY_FLOAT64:
        raise TypeError(f"{ufunc.__name__} has no loop for float64")
    return "T"


def parameters(function):
    """Names of the parameters of a formula or forward function."""
    if type(function) is not FunctionType or hasattr(function, "__wrapped__"):
        return tuple(inspect.signature(function).parameters)
    # inspect takes 20 times as long, which an import with a thousand formulas feels.
    code = function.__code__
    names, n, end = code.co_varnames, code.co_argcount, code.co_argcount + code.co_kwonlyargcount
    star = names[end:end + 1] if code.co_flags & inspect.CO_VARARGS else ()
    return names[:n] + star + names[n:end]


def defaults(function):
    """Defaults of the parameters of a function that have one, by name."""
    positional = function.__code__.co_varnames[:function.__code__.co_argcount]
    given = function.__defaults__ or ()
    return {**dict(zip(positional[len(positional) - len(given):], given, strict=True)),
            **(function.__kwdefaults__ or {})}


def trace_forward(function, n_operands, bool_operands):
    """Program of an elementwise operator's forward function of `n_operands` arrays or numbers."""
    tracer = Tracer(bool_operands)
    return tracer.program([tracer.symbol(function(*[tracer.fixed(k) for k in range(n_operands)]))])


def trace_vjps(formulas, params, bool_operands):
    """Program of several derivative formulas; a formula's parameters are g, y or names among `params`."""
    tracer = Tracer(bool_operands)
    places = {"y": REG_Y, "g": REG_G, **{name: k for k, name in enumerate(params)}}
    return tracer.program([
        tracer.number(tracer.symbol(formula(*[tracer.fixed(places[name]) for name in parameters(formula)])))
        for formula in formulas])
