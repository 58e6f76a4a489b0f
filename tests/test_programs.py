"""Loop programs: traced formulas give NumPy's values for every size, layout and dtype they run on.

The operators here are made for the test, so that programs can be longer and odder than those of real operators.
"""

import numpy
import pytest
from check import Call, array, check_function, close, gradients, ndarray, variables

from mxlite import autograd
from mxlite._engine.entry import make_entry
from mxlite._engine.op import Op, zero
from mxlite._engine.operators import from_raw
from mxlite._engine.trace import trace_forward, trace_vjps


def operator(function, grad=None, **options):
    return make_entry(Op(function, function.__name__, grad, pointwise=True, **{"rule": "promote", **options}))


def mixed(a, b, c):
    """Constants, equal subexpressions, bool registers, selection, registers that are reused."""
    s = a * b + 1.5
    t = numpy.sqrt(abs(s)) - c * 2.0
    inside = (t > a) & (b >= 0.0) | numpy.logical_and(c >= 1.0, a != b)
    u = numpy.where(inside, s * t, -c)
    v = numpy.where(t <= 0.0, u, numpy.maximum(u, 0.25) + (a == a) * c)
    return (v - s) * (v + s) + numpy.minimum(t, u) * 0.5 - (a * b + 1.5)


def deep(a):
    """A chain of thirty instructions on few registers."""
    y = a
    for k in range(15):
        y = numpy.sin(y) * (1.0 + k)
    return y


def wide(a):
    """Many values alive at once."""
    parts = [a * float(k) + 1.0 for k in range(12)]
    total = parts[0]
    for p in parts[1:]:
        total = total * 0.5 + p
    return total


SIZES = [0, 1, 2, 3, 7, 64, 511, 512, 1023, 1024, 1025, 2047, 2048, 2049, 3072, 5000, 100_000]


def numpy_value(function, *operands):
    with numpy.errstate(all="ignore"):
        return function(*operands)


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_sizes(n, dtype):
    rng = numpy.random.default_rng(n)
    a, b, c = (rng.uniform(-2, 2, n).astype(dtype) for _ in range(3))
    for function, operands in ((mixed, (a, b, c)), (deep, (a,)), (wide, (a,))):
        result = operator(function)(*map(array, operands))
        assert result.dtype == dtype
        numpy.testing.assert_array_equal(result.asnumpy(), numpy_value(function, *operands))


@pytest.mark.parametrize("dtype", ["float16", "int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64"])
def test_narrow_and_integer_dtypes(dtype):
    def polynomial(a, b):
        return numpy.maximum(a * b + a, b) - numpy.minimum(a, b) * 2

    def chosen(a, b):
        return numpy.where(a > b, a + b, a * 3)

    a, b = (numpy.random.default_rng(k).integers(0, 11, 3000).astype(dtype) for k in (1, 2))
    for function in (polynomial, chosen):
        result = operator(function)(array(a), array(b))
        assert result.dtype == dtype
        expected = numpy_value(function, a, b).astype(dtype)
        numpy.testing.assert_array_equal(result.asnumpy(), expected)


def test_bools():
    def both(a, b):
        return numpy.logical_and(a, numpy.logical_not(b))

    a, b = numpy.array([True, True, False, False]), numpy.array([True, False, True, False])
    result = operator(both, rule="compare")(array(a), array(b))
    assert result.dtype == bool
    assert result.asnumpy().tolist() == (a & ~b).tolist()


def test_conditions_stay_out_of_promotion():
    def pick(condition, a, b):
        return numpy.where(condition, a, b)

    entry = operator(pick, {"a": lambda g, condition: numpy.where(condition, g, 0.0),
                            "b": lambda g, condition: numpy.where(condition, 0.0, g)}, conditions=("condition",))
    for condition in (numpy.array([True, False, True]), numpy.array([2, 0, -1]), numpy.array([0.5, 0.0, 1.0])):
        x, y = variables([numpy.arange(3.0), numpy.full((2, 1), 7.0)])
        with autograd.record():
            z = entry(array(condition), x, y)
        assert z.dtype == "float64"
        assert z.asnumpy().tolist() == [[0, 7, 2]] * 2
        z.backward()
        assert x.grad.asnumpy().tolist() == [2, 0, 2]
        assert y.grad.asnumpy().tolist() == [[1], [1]]


LAYOUTS = {
    "contiguous": lambda v: v,
    "fortran": lambda v: v.copy("F"),
    "reversed": lambda v: v[::-1, ::-1, ::-1].copy()[::-1, ::-1, ::-1],
    "spread": lambda v: numpy.repeat(v, 3, 2)[:, :, ::3],
    "inner axis moved": lambda v: v.transpose(2, 0, 1).copy().transpose(1, 2, 0),
    "rows of a larger array": lambda v: numpy.concatenate([v, v], 1)[:, :v.shape[1]],
    "read only": lambda v: numpy.broadcast_to(v, v.shape),
}


@pytest.mark.parametrize("first", LAYOUTS)
@pytest.mark.parametrize("second", LAYOUTS)
def test_layouts(first, second):
    rng = numpy.random.default_rng(5)
    a, b, c = (rng.uniform(-2, 2, (4, 5, 6)) for _ in range(3))
    x, y = from_raw(LAYOUTS[first](a), ndarray), from_raw(LAYOUTS[second](b), ndarray)
    result = operator(mixed)(x, y, array(c))
    numpy.testing.assert_array_equal(result.asnumpy(), numpy_value(mixed, a, b, c))
    assert result.asnumpy().flags.c_contiguous


@pytest.mark.parametrize("shapes", [
    ((4, 5, 6), (6,), ()), ((4, 1, 6), (5, 1), (4, 5, 6)), ((1, 1, 1), (2, 1), (3,)), ((), (), ()), ((0, 3), (3,), ()),
    ((1,), (0,), (1, 1)), ((2, 1, 2, 1, 2), (3, 1, 3, 1), (1, 3, 1, 1, 1)), ((1200, 3), (3,), (1200, 1)),
    ((3, 1200), (3, 1), (1200,)),
])
def test_broadcasting(shapes):
    rng = numpy.random.default_rng(5)
    a, b, c = (rng.uniform(-2, 2, s) for s in shapes)
    result = operator(mixed)(array(a), array(b), array(c))
    numpy.testing.assert_array_equal(result.asnumpy(), numpy_value(mixed, a, b, c))


def test_thirty_two_axes():
    a = numpy.arange(4.0).reshape((2, *[1] * 30, 2))
    close(array(a) * array(a), a * a, "float64")
    close(array(a) * array(numpy.full((1,) * 20 + (2,), 3.0)), a * 3, "float64")


def test_numbers_as_operands():
    a = numpy.linspace(-2, 2, 9)
    entry = operator(mixed)
    numpy.testing.assert_array_equal(entry(array(a), 0.5, 2).asnumpy(), numpy_value(mixed, a, 0.5, 2.0))
    numpy.testing.assert_array_equal(entry(1, array(a), -0.0).asnumpy(), numpy_value(mixed, 1.0, a, -0.0))


def test_special_values_go_through():
    special = numpy.array([0.0, -0.0, numpy.inf, -numpy.inf, numpy.nan, 1e-310, 1.7e308, -1.0])
    a, b = (v.ravel() for v in numpy.meshgrid(special, special))
    for dtype in ("float64", "float32"):
        with numpy.errstate(all="ignore"):
            x, y = a.astype(dtype), b.astype(dtype)
        for function, expected in (
                (lambda a, b: a * b, numpy.multiply), (lambda a, b: a / b, numpy.divide),
                (lambda a, b: a % b, numpy.remainder), (lambda a, b: a // b, numpy.floor_divide)):
            result = function(array(x), array(y)).asnumpy()
            wanted = numpy_value(expected, x, y)
            numpy.testing.assert_array_equal(result, wanted)
            numpy.testing.assert_array_equal(numpy.signbit(result), numpy.signbit(wanted))


def test_signed_zero_constants_are_two():
    def signs(a):
        return numpy.copysign(a, 0.0) - numpy.copysign(a, -0.0)

    assert operator(signs)(array(numpy.array([3.0]))).asnumpy().tolist() == [6.0]


def derivatives():
    """Operators whose formulas alias, repeat, fold to constants, and use every source."""
    def product(a, b, c):
        return a * b * c

    yield product, {"a": lambda g, b, c: g * (b * c), "b": lambda g, a, c: g * (a * c),
                    "c": lambda g, a, b: g * (a * b)}

    def same(a, b):
        return a + b

    yield same, {"a": lambda g: g * 1.0, "b": lambda g: g * 1.0}

    def first(a, b):
        return a + b * 0.0

    yield first, {"a": lambda g: g, "b": zero}

    def logistic(a):
        return 1.0 / (1.0 + numpy.exp(-a))

    yield logistic, {"a": lambda g, y: g * (y * (1.0 - y))}

    def kinked(a, b):
        return numpy.where(a > b, a * a, b)

    yield kinked, {"a": lambda g, a, b: numpy.where(a > b, g * a * 2.0, 0.0),
                   "b": lambda g, a, b: numpy.where(a > b, 0.0, g)}

    def counted(a, b):
        return a * numpy.sign(b) + b

    yield counted, {"a": lambda g, b: g * numpy.sign(b), "b": lambda g: g}


@pytest.mark.parametrize(("function", "grad"), [pytest.param(f, g, id=f.__name__) for f, g in derivatives()])
def test_derivatives(function, grad):
    entry = operator(function, grad)
    names = list(grad)
    rng = numpy.random.default_rng(2)
    for shapes in ([(2, 3)] * 3, [(2, 3), (3,), (2, 1)], [(), (4,), (1,)], [(3000,)] * 3, [(0, 2), (2,), ()]):
        # Grids that never meet: no difference quotient steps over a kink.
        arrays = [0.5 + 0.1 * k + 0.3 * rng.integers(0, 6, s) for k, s in enumerate(shapes[:len(names)])]
        check_function(entry, *arrays, order=1)
    for mask in range(1, 1 << len(names)):
        arrays = [rng.uniform(0.5, 2, (2, 3)) for _ in names]
        wanted = [k for k in range(len(names)) if mask >> k & 1]
        some = gradients(Call(entry, [array(a) for a in arrays], {}, wanted), [arrays[k] for k in wanted])
        every = gradients(Call(entry, arrays, {}, range(len(names))), arrays)
        for g, k in zip(some, wanted, strict=True):
            close(g, every[k], "float64", f"{function.__name__}, mask {mask}")


def test_a_constant_derivative():
    """A formula that folds to a constant can only be zero: derivatives are linear in g."""
    def rounded(a):
        return numpy.floor(a)

    entry = operator(rounded, {"a": lambda g: 0.0})
    for shape in ((3,), (), (0,), (2000, 2)):
        x, = variables([numpy.zeros(shape)])
        x.grad[...] = 5
        with autograd.record():
            y = entry(x) * 2.0
        y.backward()
        close(x.grad, numpy.zeros(shape), "float64")
    x, = variables([numpy.zeros(3)])
    with autograd.record():
        g = autograd.grad(entry(x), x, create_graph=True)[0]
    close(g, [0, 0, 0], "float64")


def test_a_formula_that_hands_back_an_operand():
    """An output that is another register is copied: no gradient shares memory with an operand."""
    def odd(a, b):
        return a * b

    entry = operator(odd, {"a": lambda g, b: b, "b": lambda g, y: y})
    for n in (3, 3000):
        x, y = variables([numpy.full(n, 2.0), numpy.full(n, 5.0)])
        with autograd.record():
            z = entry(x, y)
        z.backward()
        close(x.grad, numpy.full(n, 5.0), "float64")
        close(y.grad, numpy.full(n, 10.0), "float64")
        x.grad[:] = 0
        close(y, numpy.full(n, 5.0), "float64")


def test_registers_are_reused_and_dead_code_is_dropped():
    program = trace_forward(deep, 1, 0)
    assert len(program.instructions) == 30
    assert len(program.kinds) < 5 + 15 + 6

    def unused(a):
        numpy.exp(a)
        return a * a

    assert [u for u, _, _ in trace_forward(unused, 1, 0).instructions] == [numpy.multiply]


def test_equal_subexpressions_are_computed_once():
    program = trace_forward(lambda a: numpy.exp(a) * numpy.exp(a), 1, 0)
    assert [u for u, _, _ in program.instructions] == [numpy.exp, numpy.multiply]


def test_computed_outputs_have_registers_of_their_own():
    program = trace_vjps([lambda g: g * 2.0, lambda g: g * 2.0, lambda g: g], ("a", "b", "c"), 0)
    assert len(set(program.output_registers)) == 3


@pytest.mark.parametrize("bad", [
    lambda a: a if a > 0 else -a, lambda a: numpy.add.reduce(a), lambda a: numpy.add(a, a, dtype="float32"),
    lambda a: numpy.sort(a), lambda a: numpy.modf(a)[0],
])
def test_what_cannot_be_traced_is_refused(bad):
    with pytest.raises((TypeError, ValueError)):
        trace_forward(bad, 1, 0)


def test_a_program_has_a_greatest_length():
    def huge(a):
        values = [a * (k + 0.5) for k in range(60)]
        total = values[0]
        for v in values[1:]:
            total = v - total * v
        return total

    with pytest.raises(ValueError, match="too long for a loop program"):
        Op(huge, "huge", None, pointwise=True).forward_program()


def test_declarations_are_checked():
    def three(a, b, c, d):
        return a

    with pytest.raises(TypeError, match="at most three operands"):
        operator(three)

    def one(a):
        return a * 1.0

    with pytest.raises(TypeError, match="names 'z'"):
        operator(one, {"a": lambda g, z: g})
    with pytest.raises(KeyError):
        operator(one, {"b": lambda g: g})
