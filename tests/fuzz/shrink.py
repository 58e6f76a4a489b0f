"""The smallest program that still fails: fewer statements and heads, lines replaced by leaves."""
from dataclasses import replace

import numpy

from fuzz.programs import at_start, execute, needed, numpy_scope, settled, words


def shrunk(program, fails):
    """A smaller program for which `fails` is still true."""
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(program):
            if fails(smaller):
                program, changed = smaller, True
                break
    return program


def _put(items, at, item):
    return (*items[:at], item, *items[at + 1:])


def _without(items, at):
    return (*items[:at], *items[at + 1:])


def _smaller(program):
    if program.before:
        yield needed(settled(program))
    for part in ("before", "after", "shown"):
        items = getattr(program, part)
        for k in range(len(items)):
            yield needed(replace(program, **{part: _without(items, k)}))
    for k in range(len(program.heads)):
        if len(program.heads) > 1:
            yield needed(replace(program, heads=_without(program.heads, k),
                                 head_grads=_without(program.head_grads, k)))
    for k, g in enumerate(program.head_grads):
        if g is not None:
            yield replace(program, head_grads=_put(program.head_grads, k, None))
    yield from _shorter(program)
    for name, req in program.grad_req.items():
        if req == "add":
            yield replace(program, grad_req={**program.grad_req, name: "write"})
    for name, value in program.leaves.items():
        if value.dtype != numpy.float64:
            yield replace(program, leaves={**program.leaves, name: value.astype("float64")})


def _shorter(program):
    """Programs with one line less, whose value is a leaf, or with a head that is an operand of what it was."""
    scope = numpy_scope()
    values = at_start(program)
    start = set(values)
    for k, line in enumerate(program.lines):
        name, _, expression = line.partition(" = ")
        execute([line], scope, values)
        yield needed(replace(program, lines=_without(program.lines, k),
                             leaves={**program.leaves, name: numpy.array(values[name])},
                             grad_req={**program.grad_req, name: "write"}))
        if name not in program.heads:
            continue
        for w in words(expression):        # the head moves to an operand
            if w in values and w != name and w not in start:
                at = program.heads.index(name)
                yield needed(replace(program, heads=_put(program.heads, at, w),
                                     head_grads=_put(program.head_grads, at, None)))
