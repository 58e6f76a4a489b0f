"""Sample calls of every operator: what tests/test_every_op.py runs over.

One module per family of operators. A module holds two dicts whose keys are operator names in mxlite._op.registry:

    from samples import BadCall, Sample, values

    SAMPLES = {
        "tanh": [Sample(values(2, 3))],
        "sum": [Sample(values(2, 3), axis=1), Sample(values(2, 3), axis=(0, 1), keepdims=True, label="all")],
        "one_hot": [Sample(numpy.array([0, 2]), 3, order=0, why="no derivative")],
    }
    ERRORS = {
        "sum": [BadCall(ShapeError, "out of bounds", values(2), axis=3)],
    }

`Sample(*args, **kwargs)` is one call. Positional and keyword arguments go to the operator as they stand, except:
- a NumPy array becomes an mxlite array, also inside the list that a variadic operator takes (not inside other
  tuples and lists: a key, an axis tuple stay as they are);
- float64 arrays stand for "the dtype under test": the call is repeated with each of `dtypes`. Arrays of other
  dtypes (indices, conditions, a float32 array) keep theirs.

Options (none of them reaches the operator; `call={...}` passes a keyword argument of the same name as an option):
    wrt        names of the inputs to differentiate; default: every float64 array that has a derivative formula.
    reference  a function of NumPy arrays that gives the value, with the same arguments; default: the operator's NumPy
               function (registry[...].numpy) if there is one, else its own forward, computed in float64. False for
               values that cannot be compared, such as random numbers (needs `why`).
    order      highest order of derivatives that is checked; default 2. Less than 2 needs `why`, unless the operator
               declares grad=None; 3 and more are welcome.
    dtypes     default ("float64", "float32"); add "float16" where it makes sense. ("float64",) alone needs `why`.
    tolerance  relative tolerance in place of check.TOLERANCE: a number, or a dict with some of the keys "float64",
               "float32", "float16" (values and gradients in that dtype), "gradient", "second" (against differences).
               Needs `why`.
    legacy     False: do not repeat the call with NDArray (default: repeated if the operator has an nd name).
    label      distinguishes the samples of one operator in the test's name.
    why        the reason for whatever is less than the default.

Choose arguments away from kinks (ties of max, 0 of abs): derivatives are compared with central differences. Several
small samples (axes, keepdims, negative axes, broadcasting, 0-d, empty) are better than one large one.

`BadCall(exception, phrase, *args, **kwargs)` is a call that must raise exactly `exception` (a class of
mxlite._errors) with `phrase` in its message (case ignored). With `legacy=True` arrays become NDArrays.
"""

import importlib
import pathlib
import pkgutil

import numpy

DTYPES = ("float64", "float32")


def values(*shape, low=-2.0, high=2.0, seed=0):
    """A float64 array of different numbers, uniform between low and high, at least 1/20 of their spacing apart."""
    rng = numpy.random.default_rng((seed, *shape))
    n = int(numpy.prod(shape))
    grid = low + (high - low) * (numpy.arange(n) + 0.5 + rng.uniform(-0.4, 0.4, n)) / max(n, 1)
    return rng.permutation(grid).reshape(shape)


class Sample:
    """One call of an operator; see the module's text."""

    def __init__(self, *args, wrt=None, reference=None, order=2, label="", dtypes=DTYPES, tolerance=None, legacy=True,
                 why=None, call=None, **kwargs):
        self.args, self.kwargs = args, {**kwargs, **(call or {})}
        self.wrt = (wrt,) if isinstance(wrt, str) else wrt
        self.reference, self.order, self.label, self.dtypes = reference, order, label, tuple(dtypes)
        self.tolerance = {} if tolerance is None else tolerance
        if not isinstance(self.tolerance, dict):
            self.tolerance = dict.fromkeys(("float64", "float32", "float16", "gradient", "second"), tolerance)
        self.legacy, self.why = legacy, why
        if (self.tolerance or reference is False or "float32" not in self.dtypes) and not why:
            raise ValueError("a looser sample says why")


class BadCall:
    """One call that must raise; see the module's text."""

    def __init__(self, exception, phrase, *args, legacy=False, **kwargs):
        self.exception, self.phrase, self.args, self.kwargs = exception, phrase, args, kwargs
        self.legacy = legacy


def _merged(name):
    """The dicts called `name` of all family modules, as one."""
    merged = {}
    for module in sorted(m.name for m in pkgutil.iter_modules([str(pathlib.Path(__file__).parent)])):
        for key, entries in getattr(importlib.import_module(f"{__name__}.{module}"), name, {}).items():
            merged.setdefault(key, []).extend(entries)
    return merged


def all_samples():
    """{operator: [Sample, ...]} over all families."""
    return _merged("SAMPLES")


def all_errors():
    """{operator: [BadCall, ...]} over all families."""
    return _merged("ERRORS")
