"""Calls of the array API standard: (function, positional arguments, keyword arguments), with NumPy arrays for arrays.

Where operands of different kinds are mixed, which the standard leaves open, there is no case; nor is there one for
dtypes that a function does not take.
"""

from itertools import product

import numpy

INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
FLOATS = ("float32", "float64")
ALL = ("bool", *INTEGERS, *FLOATS)
SPECIAL = numpy.array([0.0, -0.0, 1, -1, numpy.inf, -numpy.inf, numpy.nan, 0.5, -0.5, 1.5, 2.5, -3])

UNARY = {
    "abs": INTEGERS + FLOATS, "bitwise_invert": ("bool", *INTEGERS), "logical_not": ("bool",),
    **dict.fromkeys("acos acosh asin asinh atan atanh cos cosh exp expm1 log log10 log1p log2 reciprocal signbit sin "
                    "sinh sqrt tan tanh".split(), FLOATS),
    **dict.fromkeys("ceil floor isfinite isinf isnan negative positive round sign square trunc conj real".split(),
                    INTEGERS + FLOATS),
}
BINARY = {
    **dict.fromkeys("add divide equal floor_divide greater greater_equal less less_equal maximum minimum multiply "
                    "not_equal pow remainder subtract".split(), INTEGERS + FLOATS),
    **dict.fromkeys("atan2 copysign divide hypot logaddexp nextafter".split(), FLOATS),
    **dict.fromkeys("bitwise_and bitwise_or bitwise_xor".split(), ("bool", *INTEGERS)),
    **dict.fromkeys("bitwise_left_shift bitwise_right_shift".split(), INTEGERS),
    **dict.fromkeys("logical_and logical_or logical_xor".split(), ("bool",)),
}
REDUCTIONS = {
    **dict.fromkeys(["sum", "prod", "max", "min"], INTEGERS + FLOATS), **dict.fromkeys(["mean", "var", "std"], FLOATS),
    **dict.fromkeys(["all", "any", "count_nonzero"], ALL), **dict.fromkeys(["argmax", "argmin"], INTEGERS + FLOATS),
}


def values(dtype, shift=0):
    """Six values in two rows; others with another shift."""
    rows = {"f": [[-2.5, -1, -0.5], [0, 0.25, 3]], "i": [[-3, -1, 0], [1, 2, 5]], "u": [[0, 1, 2], [3, 5, 7]],
            "b": [[True, False, True], [False, False, True]]}
    return numpy.roll(numpy.array(rows[numpy.dtype(dtype).kind], dtype), shift)


def pairs(dtypes):
    """Two dtypes whose promotion the standard defines."""
    def kind(dtype):
        return "i" if numpy.dtype(dtype).kind == "u" else numpy.dtype(dtype).kind

    mixed = {("uint64", d) for d in INTEGERS if d[0] == "i"}
    return [(a, b) for a, b in product(dtypes, dtypes) if kind(a) == kind(b) and not {(a, b), (b, a)} & mixed]


def elementwise():
    for name, dtypes in UNARY.items():
        for dtype in dtypes:
            yield name, [values(dtype)], {}
            yield name, [values(dtype)[:0]], {}
            yield name, [values(dtype)[1, 2]], {}
            if dtype in FLOATS:
                yield name, [SPECIAL.astype(dtype)], {}
    for name, dtypes in BINARY.items():
        for a, b in pairs(dtypes):
            x, y = values(a), values(b, 1)
            if name in ("pow", "bitwise_left_shift", "bitwise_right_shift"):
                y = numpy.abs(y)
            if name in ("floor_divide", "remainder") and b in INTEGERS:
                y = numpy.where(y == 0, 3, y).astype(b)
            yield name, [x, y], {}
            yield name, [x, y[0]], {}
        for dtype in dtypes:
            x = values(dtype)
            for number in {"b": [True], "i": [2], "u": [2], "f": [2, 1.5]}[x.dtype.kind]:
                yield name, [x, number], {}
                if name not in ("floor_divide", "remainder"):
                    yield name, [number, x if dtype == "bool" else numpy.abs(x)], {}
            if dtype in FLOATS:
                yield name, [SPECIAL.astype(dtype)[:, None], SPECIAL.astype(dtype)], {}
    for dtype in INTEGERS + FLOATS:
        x = values(dtype)
        for options in ({"min": 1}, {"max": 2}, {"min": 1, "max": 2}, {}, {"min": x[1] - 1, "max": 7}):
            yield "clip", [x], options


def reductions():
    for name, dtypes in REDUCTIONS.items():
        for dtype in dtypes:
            axes = (None, 0, 1, -1) if name.startswith("arg") else (None, 0, 1, -1, (0, 1), (1,), ())
            for axis, keepdims in product(axes, (False, True)):
                yield name, [values(dtype)], {"axis": axis, "keepdims": keepdims}
            yield name, [values(dtype)[0, 1]], {}
            if name in ("sum", "prod", "all", "any", "count_nonzero"):
                yield name, [values(dtype)[:0]], {"axis": 0}
    for name, dtype in product(("var", "std"), FLOATS):
        yield name, [values(dtype)], {"correction": 1}
        yield name, [values(dtype)], {"correction": 0.5, "axis": 1, "keepdims": True}
    for name, dtype, start in product(("cumulative_sum", "cumulative_prod"), INTEGERS + FLOATS, (False, True)):
        for axis in (0, 1, -1):
            yield name, [values(dtype)], {"axis": axis, "include_initial": start}
        yield name, [values(dtype)[1]], {"include_initial": start}


def arrangements():
    for dtype in ALL:
        x, y = values(dtype), values(dtype, 2)
        numeric = dtype != "bool"
        ties = numpy.array([2, 1, 2, 1, 0, 2]).astype(dtype)
        for axis in (0, 1, 2, -1, -3):
            yield "stack", [[x, y]], {"axis": axis}
            yield "expand_dims", [x], {"axis": axis}
        for axis in (0, 1, None):
            yield "concat", [[x, y]], {"axis": axis}
        for options in ({}, {"axis": 0}, {"axis": (0, 1)}):
            yield "flip", [x], options
        for options in ({"shift": 1}, {"shift": -2, "axis": 1}, {"shift": (1, 1), "axis": (0, 1)}):
            yield "roll", [x], options
        for k in (-1, 0, 1):
            yield "tril", [x], {"k": k}
            yield "triu", [x], {"k": k}
        for shape in ((3, 2), (6,), (-1,), (1, 6, 1), (2, -1)):
            yield "reshape", [x, shape], {}
        for repetitions in ((2,), (2, 1), (1, 2, 2), ()):
            yield "tile", [x, repetitions], {}
        for axis in (0, 1):
            yield "unstack", [x], {"axis": axis}
            yield "repeat", [x, 2], {"axis": axis}
            yield "take", [x, numpy.array([1, 0, 1])], {"axis": axis}
        yield from [
            ("moveaxis", [x, 0, 1], {}), ("moveaxis", [x, (0, 1), (1, 0)], {}), ("permute_dims", [x, (1, 0)], {}),
            ("matrix_transpose", [x], {}), ("repeat", [x, 2], {}), ("repeat", [x, numpy.array([1, 2, 0])], {"axis": 1}),
            ("squeeze", [x[None, :, :1], (0, 2)], {}), ("squeeze", [x[None], -3], {}),
            ("reshape", [x, (6,)], {"copy": True}),
            ("broadcast_to", [x, (2, 2, 3)], {}), ("broadcast_arrays", [x, x[0], x[:, :1]], {}),
            ("meshgrid", [x[0], y[1]], {}), ("meshgrid", [x[0], y[1]], {"indexing": "ij"}),
            ("zeros_like", [x], {}), ("ones_like", [x], {}), ("full_like", [x, True if dtype == "bool" else 1], {}),
            ("take", [x[0], numpy.array([2, 0])], {}), ("take_along_axis", [x, numpy.array([[0, 2], [1, 1]])], {}),
            ("take_along_axis", [x, numpy.array([[1, 0, 1]])], {"axis": 0}), ("nonzero", [x], {}),
            ("where", [values("bool"), x, y], {}), ("where", [values("bool"), x, True if dtype == "bool" else 1], {}),
            *((name, [ties], {}) for name in ("unique_all", "unique_counts", "unique_inverse", "unique_values")),
        ]
        if numeric:
            for options in ({}, {"axis": 0}, {"descending": True}, {"descending": True, "axis": 0}, {"stable": False}):
                yield "sort", [x], options
            for options in ({}, {"descending": True}):
                yield "argsort", [x], options
                yield "argsort", [ties], options
            for options in ({}, {"axis": 0}, {"n": 2}, {"prepend": y, "append": x}):
                yield "diff", [x], options
            for options in ({}, {"side": "right"}, {"sorter": numpy.argsort(x.ravel())}):
                yield "searchsorted", [x.ravel() if "sorter" in options else numpy.sort(x.ravel()), y], options
            if dtype in INTEGERS:
                yield "isin", [x, y[0]], {}
    for a, b in pairs(ALL):
        yield "concat", [[values(a), values(b)]], {}
        yield "where", [values("bool"), values(a), values(b)], {}


def products():
    for a, b in pairs(INTEGERS + FLOATS):
        x, y = values(a), values(b, 1)
        yield from [
            ("matmul", [x, numpy.ascontiguousarray(y.T)], {}), ("tensordot", [x, y], {}), ("vecdot", [x, y], {}),
            ("vecdot", [x, y], {"axis": -2}), ("linalg.outer", [x[0], y[1]], {}), ("linalg.cross", [x, y], {}),
        ]
    for dtype in INTEGERS + FLOATS:
        x, square = values(dtype), numpy.array([[2, 1, 0], [1, 3, 1], [0, 1, 4]], dtype)
        yield from [
            ("tensordot", [x, x], {"axes": ((0,), (0,))}), ("tensordot", [x, x], {"axes": 0}),
            ("matmul", [x[0], x[0]], {}),
            *(("linalg.diagonal", [x], {"offset": k}) for k in (-1, 0, 1)),
            *(("linalg.trace", [x], {"offset": k}) for k in (-1, 0, 1)), ("linalg.trace", [numpy.stack([x, x])], {}),
        ]
        if dtype not in FLOATS:
            continue
        stack = numpy.stack([square, square + numpy.eye(3, dtype=dtype)])
        for matrices in (square, stack):
            names = "det eigvalsh inv slogdet svdvals matrix_rank pinv matrix_norm vector_norm cholesky"
            yield from ((f"linalg.{name}", [matrices], {}) for name in names.split())
            yield "linalg.cholesky", [matrices], {"upper": True}
            yield "linalg.matrix_power", [matrices, 3], {}
            yield "linalg.matrix_power", [matrices, -2], {}
            yield "linalg.solve", [matrices, matrices], {}
            yield "linalg.solve", [matrices, square[0]], {}
        for name in ("svdvals", "matrix_rank", "pinv"):
            yield f"linalg.{name}", [x], {}
        for rtol in (0.3, numpy.array([0.1, 0.3], dtype)):
            yield "linalg.matrix_rank", [stack], {"rtol": rtol}
            yield "linalg.pinv", [stack], {"rtol": rtol}
        for order, keepdims in product((1, -1, 2, -2, numpy.inf, -numpy.inf, "fro", "nuc"), (False, True)):
            yield "linalg.matrix_norm", [stack], {"ord": order, "keepdims": keepdims}
        for order, axis in product((0, 1, 2, 3, numpy.inf, -numpy.inf, 0.5, -1), (None, 0, 1, (0, 1))):
            yield "linalg.vector_norm", [x], {"ord": order, "axis": axis}


def cases():
    """All calls."""
    for group in (elementwise, reductions, arrangements, products):
        yield from group()
