"""Op: an operator as the engine sees it; made by the `op` decorator of mxlite._op, one per operator.

Compiled because its loop tables are read on every call.
"""
import inspect

cimport cython
import numpy
from numpy cimport import_array, ndarray, NPY_BOOL, NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64
from mxlite._engine.free_threading cimport load, publish, store
from mxlite._engine.loops cimport Loop, find_loop
from mxlite._engine.program cimport Program
from mxlite._engine.trace import defaults, parameters, trace_forward, trace_vjps

import_array()

RULES = {"same": SAME, "promote": PROMOTE, "inexact": INEXACT, "compare": COMPARE}


class _Zero:
    """Marks a derivative that is zero wherever it exists."""

    __slots__ = ()

    def __repr__(self):
        return "zero"


zero = _Zero()


class into:
    """A formula whose cotangent is zero nearly everywhere, with a function that adds it to an array in place.

    `add(out, ...)` takes the array and then the formula's parameters that are no shape or dtype, in the same order.
    `pick`, if given, takes the formula's own parameters and returns the cotangent as Picked, or None where it is none.
    """

    def __init__(self, add, formula, pick=None):
        self.add, self.formula, self.pick = add, formula, pick


class picks:
    """A formula with another function, of the same parameters, for a head gradient that is Picked."""

    def __init__(self, picked, formula):
        self.picked, self.formula = picked, formula


@cython.final
cdef class Picked:
    """A cotangent that is zero but for one element of each row (of all axes but the last): `values`, at `index`."""

    def __init__(self, tuple shape, ndarray index, ndarray values):
        self.shape, self.index, self.values = shape, index, values

    cpdef ndarray dense(self):
        """The same as an array."""
        out = numpy.zeros(self.shape, self.values.dtype)
        rows = out.reshape((self.index.size, self.shape[len(self.shape) - 1]))
        rows[numpy.arange(len(rows)), self.index.reshape(-1)] = self.values.reshape(-1)
        return out


cdef class Formula:
    """A derivative formula: its parameter names say what a node has to save.

    `g` is the head gradient, `y` the output, any other name an input or a static argument; `<name>_shape` is an
    input's shape alone, `<name>_dtype` its dtype, and `need` (joint formulas) says which cotangents are wanted,
    for a sequence of arrays with a tuple. `spare` is g once more where nobody else needs its memory and the formula may
    compute its result there, otherwise None.
    """

    def __init__(self, function, targets, params, joint):
        self.targets, self.joint = targets, joint
        self.zero = function is zero
        if isinstance(function, into):
            self.into, self.pick, function = function.add, function.pick, function.formula
        elif isinstance(function, picks):
            self.picked, function = function.picked, function.formula
        self.function = function
        sources, inputs, described = [], [], list(targets)
        for name in () if self.zero else parameters(function):
            if name == "g":
                sources.append(FROM_G)
            elif name == "y":
                sources.append(FROM_Y)
                self.uses_y = True
            elif name == "spare" or (name == "need" and joint):
                sources.append(name)
            elif name in params:
                sources.append((params.index(name), None))
                inputs.append(params.index(name))
            elif name.rpartition("_")[0] in params and name.rpartition("_")[2] in ("shape", "dtype"):
                base, _, what = name.rpartition("_")
                sources.append((params.index(base), what))
                described.append(params.index(base))
            else:
                raise TypeError(f"a derivative formula names {name!r}, which is no parameter of the operator")
        self.sources, self.inputs, self.described = tuple(sources), tuple(inputs), tuple(dict.fromkeys(described))
        if len(sources) > MAX_PARAMS:
            raise TypeError(f"a derivative formula has {len(sources)} parameters, at most {MAX_PARAMS} can be")
        for source in sources:
            if source in (FROM_G, FROM_Y, "need", "spare"):
                self.places[self.n_places].kind = {
                    FROM_G: ARG_G, FROM_Y: ARG_Y, "need": ARG_NEED, "spare": ARG_SPARE}[source]
            else:
                self.places[self.n_places].position = source[0]
                self.places[self.n_places].kind = {None: ARG_VALUE, "shape": ARG_SHAPE, "dtype": ARG_DTYPE}[source[1]]
            self.n_places += 1


cdef class Op:
    """An operator: forward function, derivative formulas, dtype rule.

    `grad` maps an input name (or a tuple of names, for a joint formula) to a formula, `zero`, or is None.
    """

    def __init__(self, function, name, grad, *, pointwise=False, rule="same", integer=None, aliases=None,
                 variadic=None, nd_dtype=None, quiet=False, conditions=(), view=None, number_last=False):
        cdef int k
        given = defaults(function)
        self.function, self.name, self.integer = function, name, integer
        self.params = parameters(function)
        if len(self.params) > MAX_PARAMS:
            raise TypeError(f"{name}: at most {MAX_PARAMS} parameters, not {len(self.params)}")
        self.defaults = tuple(given.get(p, inspect.Parameter.empty) for p in self.params)
        self.positions = {p: k for k, p in enumerate(self.params)}
        self.out_position = self.positions.get("out", -1)
        self.n_required = len([d for d in self.defaults if d is inspect.Parameter.empty])
        self.aliases = dict(aliases or {})
        self.pointwise, self.rule, self.nd_dtype, self.quiet = pointwise, RULES[rule], nd_dtype, quiet
        self.view, self.number_last = view, number_last
        self.star = bool(function.__code__.co_flags & inspect.CO_VARARGS)
        self.variadic = 0 if self.star else self.positions[variadic] if variadic else -1
        formulas = []
        for key, formula in (grad or {}).items():
            names = key if isinstance(key, tuple) else (key,)
            formulas.append(Formula(formula, tuple(self.positions[n] for n in names), self.params,
                                    isinstance(key, tuple)))
        self.formulas = tuple(formulas)
        self.differentiable = bool(formulas)
        for k in range(TYPES):
            self.loop_out[k] = -2
        if pointwise:
            if len(self.params) > 3:
                raise TypeError(f"{name}: an elementwise operator has at most three operands")
            self.n_operands = len(self.params)
            self.zero = bool(formulas) and all(f.zero for f in formulas)
            for f in formulas:
                self.differentiable_mask |= 1 << <int> f.targets[0]
            for k in range(self.n_operands):
                self.bool_operands |= (self.params[k] in conditions) << k
            self.vjps = [None] * 8
            for k in range(8):
                self.read_by[k] = -1

    def __repr__(self):
        return f"<operator {self.name}>"

    cdef int direct(self, int typenum) except -2:
        """Output type of the single inner loop that computes this operator, or -1 if there is none."""
        cdef int types[3]
        cdef int out = load(&self.loop_out[typenum])
        cdef Loop loop
        if out != -2:
            return out
        out = -1
        code = self.forward_program().instructions
        if (len(code) == 1 and code[0][0] is not None and not self.bool_operands
                and code[0][1] == tuple(range(self.n_operands))
                and typenum != NPY_BOOL):
            types[0] = types[1] = types[2] = typenum
            out = find_loop(code[0][0], types, self.n_operands, &loop)
            if out >= 0:
                self.loops[typenum] = loop
            if out != (NPY_BOOL if self.rule == COMPARE or self.forward.kinds[code[0][2]] == "?" else typenum):
                out = -1
            if typenum != NPY_FLOAT16 and typenum != NPY_FLOAT32 and typenum != NPY_FLOAT64 and (
                    self.rule == INEXACT or self.integer is not None):
                out = -1
        store(&self.loop_out[typenum], out)
        return out

    cdef Program vjp(self, int need):
        """Program of the derivatives of the operands in a mask, traced at first use."""
        cdef Program program = self.vjps[need]
        if program is None:
            wanted = [self.formula_of(k) for k in range(3) if need >> k & 1]
            program = trace_vjps(
                [(lambda: 0.0) if f.zero else f.function for f in wanted], self.params, self.bool_operands)
            with cython.critical_section(self):
                if self.vjps[need] is None:
                    publish()
                    self.vjps[need] = program
            program = self.vjps[need]
            self.read_by[need] = program.reads
        return program

    cdef Formula formula_of(self, int position):
        """The formula that gives the cotangent of an input, or None."""
        cdef Formula formula
        for formula in self.formulas:
            if position in formula.targets:
                return formula
        return None

    def forward_program(self):
        """The forward of an elementwise operator, traced at first use: an import declares a hundred and runs none."""
        cdef Program program
        if self.forward is None:
            program = trace_forward(self.function, self.n_operands, self.bool_operands)
            with cython.critical_section(self):
                publish()
                if self.forward is None:        # of several threads the first one's stays: others may be using it
                    self.forward = program
        return self.forward

    def vjp_program(self, need):
        """The traced derivatives of an elementwise operator for a mask of wanted operands."""
        return self.vjp(need)

    def loops_for(self, dtype):
        """Whether the derivatives run as a loop program for a dtype."""
        return self.vjp(self.differentiable_mask).resolve(numpy.dtype(dtype).num) != NULL
