"""The reverse sweep: accumulation, aliasing, in-place reuse of cotangents, broadcast sums, mixed layouts and dtypes.

Each expression is compared with the same expression's derivative worked out by NumPy; sizes cover the small path, the
blocks of the loop programs, and the pool.
"""

import numpy
import pytest
from check import Call, array, close, gradients

from mxlite import autograd
from mxlite._engine.operators import from_raw
from mxlite._errors import MutationError

SIZES = [1, 4, 1000, 2048, 2049, 5000, 8191, 8192, 70000]


def variable(values, grad_req="write"):
    x = array(values)
    x.attach_grad(grad_req)
    return x


# expression, derivative with respect to x, derivative with respect to y
EXPRESSIONS = {
    "x*x": (lambda x, y: x * x, lambda x, y: 2 * x, None),
    "x+x": (lambda x, y: x + x, lambda x, y: 2 + 0 * x, None),
    "x-x": (lambda x, y: x - x, lambda x, y: 0 * x, None),
    "x/x": (lambda x, y: x / x, lambda x, y: 0 * x, None),
    "x**x": (lambda x, y: x ** x, lambda x, y: x ** x * (numpy.log(x) + 1), None),
    "-(0-x)": (lambda x, y: -(0.0 - x), lambda x, y: 1 + 0 * x, None),
    "x*y+x*y": (lambda x, y: x * y + x * y, lambda x, y: 2 * y, lambda x, y: 2 * x),
    "(x+y)*(x-y)": (lambda x, y: (x + y) * (x - y), lambda x, y: 2 * x, lambda x, y: -2 * y),
    "x*y*x*y": (lambda x, y: x * y * x * y, lambda x, y: 2 * x * y * y, lambda x, y: 2 * x * x * y),
    "x/y/y": (lambda x, y: x / y / y, lambda x, y: 1 / y ** 2, lambda x, y: -2 * x / y ** 3),
    "-(x*y)*-(x+y)": (lambda x, y: -(x * y) * -(x + y), lambda x, y: 2 * x * y + y * y, lambda x, y: x * x + 2 * x * y),
    "y-(x-(y-x))": (lambda x, y: y - (x - (y - x)), lambda x, y: -2 + 0 * x, lambda x, y: 2 + 0 * y),
    "abs(x-y)*2": (lambda x, y: abs(x - y) * 2.0, lambda x, y: 2 * numpy.sign(x - y),
                   lambda x, y: -2 * numpy.sign(x - y)),
    "3-x": (lambda x, y: 3 - x, lambda x, y: -1 + 0 * x, None),
    "2**x": (lambda x, y: 2.0 ** x, lambda x, y: 2 ** x * numpy.log(2), None),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("n", SIZES)
def test_expressions(name, n):
    function, dx, dy = EXPRESSIONS[name]
    rng = numpy.random.default_rng(n)
    a, b, h = rng.uniform(0.5, 2, n), rng.uniform(0.5, 2, n), rng.uniform(-1, 1, n)
    for given in (None, h):
        x, y = variable(a), variable(b)
        with autograd.record():
            z = function(x, y)
        z.backward(None if given is None else array(given))
        scale = 1 if given is None else given
        close(x.grad, scale * dx(a, b), "float64", name)
        if dy is not None:
            close(y.grad, scale * dy(a, b), "float64", name)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_strided_head_gradients_and_operands(name):
    """Head gradients and variables that are transposed, reversed or spread in memory."""
    function, dx, _ = EXPRESSIONS[name]
    rng = numpy.random.default_rng(3)
    a, b, h = (rng.uniform(0.5, 2, (40, 60)) for _ in range(3))
    for layout in (lambda v: v.copy("F"), lambda v: v[::-1].copy()[::-1], lambda v: numpy.repeat(v, 2, 1)[:, ::2]):
        for strided in (layout(h), h):
            x, y = from_raw(layout(a), type(array(a))), array(b)
            x.attach_grad()
            with autograd.record():
                z = function(x, y)
            z.backward(from_raw(strided, type(x)))
            close(x.grad, h * dx(a, b), "float64", name)


@pytest.mark.parametrize("n", [4, 5000])
@pytest.mark.parametrize("grad_req", ["write", "add"])
def test_a_gradient_may_be_read_while_the_next_one_is_computed(n, grad_req):
    """x.grad is an operand, a view of it is, and it is the head gradient."""
    for use in (lambda x, g: x * g, lambda x, g: g * x, lambda x, g: x * g[:] + x, lambda x, g: (x * g) * (x * g)):
        x = variable(numpy.full(n, 2.0), grad_req)
        x.grad[:] = 3
        with autograd.record():
            y = use(x, x.grad.detach())
        reference = variable(numpy.full(n, 2.0))
        with autograd.record():
            z = use(reference, array(numpy.full(n, 3.0)))
        y.backward()
        z.backward()
        close(x.grad, reference.grad.asnumpy() + (3 if grad_req == "add" else 0), "float64")


def test_two_variables_with_one_buffer():
    for req, expected in (("add", 7 + 3 + 2), ("write", None)):
        x, y, g = array([2.0]), array([3.0]), array([7.0])
        autograd.mark_variables([x, y], [g, g], req)
        with autograd.record():
            z = x * y
        z.backward()
        assert expected is None or g.asnumpy().tolist() == [expected]
        assert g.asnumpy()[0] in (expected, 2.0, 3.0)


@pytest.mark.parametrize("shapes", [
    ((3,), (2, 3)), ((2, 1), (1, 3)), ((), (2, 3)), ((2, 3), ()), ((1,), (4,)), ((1, 1), (2, 3)), ((4, 1, 3), (2, 1)),
    ((0,), (1,)), ((1,), (0,)), ((2, 0), (1, 1)), ((1, 1, 1), (3,)), ((), ()), ((2, 3), (3,)), ((5, 1, 1, 2), (3, 1)),
])
@pytest.mark.parametrize("name", ["x*y+x*y", "(x+y)*(x-y)", "x/y/y", "y-(x-(y-x))", "-(x*y)*-(x+y)"])
def test_broadcast_sums(shapes, name):
    function, dx, dy = EXPRESSIONS[name]
    rng = numpy.random.default_rng(1)
    a, b = (rng.uniform(0.5, 2, s) for s in shapes)
    full = numpy.broadcast_shapes(*shapes)
    h = rng.uniform(-1, 1, full)
    x, y = variable(a), variable(b)
    with autograd.record():
        z = function(x, y)
    z.backward(array(h))
    for v, d in ((x, dx), (y, dy)):
        expected = h * d(*numpy.broadcast_arrays(a, b))
        lead = len(full) - v.ndim
        axes = (*range(lead), *(lead + k for k, n in enumerate(v.shape) if n == 1 and full[lead + k] != 1))
        close(v.grad, expected.sum(axes).reshape(v.shape), "float64", name)


@pytest.mark.parametrize("dtypes", [("float32", "float64"), ("float64", "float32"), ("float16", "float32"),
                                    ("int32", "float32"), ("float64", "int64"), ("int8", "float16")])
def test_mixed_dtypes(dtypes):
    """Each gradient has its variable's dtype; the computation has the wider one."""
    a, b = numpy.array([1, 2, 3], dtypes[0]), numpy.array([2, 3, 5], dtypes[1])
    x, y = variable(a), variable(b)
    with autograd.record():
        z = x * y * x
    z.backward()
    assert x.grad.dtype == dtypes[0]
    assert y.grad.dtype == dtypes[1]
    assert x.grad.asnumpy().tolist() == (2 * a * b).tolist()
    assert y.grad.asnumpy().tolist() == (a * a).tolist()


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("n", [3, 3000, 20_000])
def test_fan_out_of_one_intermediate(count, n):
    """Cotangents meet at a node, owned and borrowed ones in every order."""
    a = numpy.linspace(0.5, 1.5, n)
    uses = [lambda y, x: y, lambda y, x: y * 2.0, lambda y, x: -y, lambda y, x: y * x, lambda y, x: x - y,
            lambda y, x: y[::-1], lambda y, x: y.astype("float64"), lambda y, x: y * y]
    derivatives = [lambda y, x: 1, lambda y, x: 2, lambda y, x: -1, lambda y, x: x, lambda y, x: -1,
                   lambda y, x: 1, lambda y, x: 1, lambda y, x: 2 * y]
    for shift in range(len(uses)):
        x = variable(a)
        with autograd.record():
            y = x * 3.0
            total = uses[shift](y, x.detach())
            for k in range(1, count):
                total = total + uses[(k + shift) % len(uses)](y, x.detach())
        total.backward()
        expected = sum(derivatives[(k + shift) % len(uses)](3 * a, a) for k in range(count))
        close(x.grad, 3 * expected * numpy.ones(n), "float64")


def test_long_chains_against_repeated_multiplication():
    x = variable([1.0, 2.0])
    with autograd.record():
        y = x
        for k in range(3000):
            y = y * 1.001 if k % 2 else y + x * 0.0
    y.backward()
    close(x.grad, numpy.full(2, 1.001 ** 1500), "float64", "", {"float64": 1e-11})


def test_nothing_is_stored_when_a_check_fails():
    """A saved value deep in the graph was overwritten: no gradient changes, and the graph is still there."""
    x, w = variable([2.0]), variable([3.0])
    x.grad[:] = w.grad[:] = 5
    with autograd.record():
        z = (x * w) * 2.0 + w
    w += 1
    with pytest.raises(MutationError):
        z.backward()
    assert x.grad.asnumpy().tolist() == [5]
    assert w.grad.asnumpy().tolist() == [5]
    with pytest.raises(MutationError):
        z.backward()


def test_cotangents_do_not_survive_a_sweep():
    """Sweeps over overlapping graphs start from nothing."""
    x = variable([2.0])
    with autograd.record():
        shared = x * x
        a, b = shared * 3.0, shared * 5.0
    for head, expected in ((a, 12), (b, 20), (a, 12)):
        head.backward(retain_graph=True)
        close(x.grad, [expected], "float64")
        close(autograd.grad(head, shared, retain_graph=True)[0], [expected / 4], "float64")


def test_float16_overflows_to_infinity_without_a_warning():
    x = variable(numpy.array([100.0, 200.0], "float16"))
    with autograd.record():
        y = x * x * x
    y.backward()
    assert y.asnumpy().tolist() == [numpy.inf, numpy.inf]
    assert x.grad.asnumpy().tolist() == [30000, numpy.inf]


def test_where_infinities_go():
    x = variable([0.0, 1.0])
    with autograd.record():
        y = 1.0 / x
    y.backward()
    assert x.grad.asnumpy().tolist() == [-numpy.inf, -1]


def test_random_programs():
    """Hundreds of random expressions of two variables against differences of the whole program."""
    rng = numpy.random.default_rng(11)
    steps = [lambda a, b: a * b, lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a / (b * b + 1.0),
             lambda a, b: -a, lambda a, b: a * 0.5, lambda a, b: a[::-1] * b, lambda a, b: a[:1] + b,
             lambda a, b: a * b[:, :1], lambda a, b: (a * a + 0.1) ** 0.5, lambda a, b: a.T.T - b]
    for trial in range(150):
        plan = [(int(rng.integers(len(steps))), int(rng.integers(0, k + 2)), int(rng.integers(0, k + 2)))
                for k in range(int(rng.integers(3, 14)))]

        def program(x, y, plan=plan):
            found = [x, y]
            for step, i, j in plan:
                found.append(steps[step](found[i], found[j]))
            return found[-1] + found[-2] * 0.5

        point = [rng.uniform(-1, 1, (2, 3)), rng.uniform(-1, 1, (2, 3))]
        h = rng.standard_normal((2, 3))
        v = [rng.standard_normal((2, 3)) for _ in point]
        found = gradients(Call(program, point, {}, (0, 1)), point, [h])

        def number(t, program=program, point=point, h=h, v=v):
            return float((h * program(*[array(p + t * w) for p, w in zip(point, v, strict=True)]).asnumpy()).sum())

        e = 1e-4
        expected = (8 * (number(e) - number(-e)) - number(2 * e) + number(-2 * e)) / (12 * e)
        actual = sum((g * w).sum() for g, w in zip(found, v, strict=True))
        size = 1 + sum(abs(g).sum() for g in found)
        assert abs(actual - expected) <= 1e-6 * size, f"program {trial}: {plan}"


@pytest.mark.parametrize("shapes", [((300, 1), (1, 400)), ((1, 300, 400), (7, 1, 400)), ((2, 50021), (1, 1)),
                                    ((100003, 3), (3,)), ((7, 300, 50), (300, 1))])
def test_large_broadcast_operands(shapes):
    """Operands that are summed block by block receive what NumPy computes at once."""
    random = numpy.random.RandomState(0)
    a, b = (from_raw(random.standard_normal(s), type(array([1.0]))) for s in shapes)
    a.attach_grad()
    b.attach_grad()
    with autograd.record():
        y = a / b
    y.backward()
    x, z = a.asnumpy(), b.asnumpy()
    for got, full in ((a.grad, numpy.broadcast_to(1 / z, y.shape)), (b.grad, -x / z**2)):
        lead = full.ndim - got.ndim
        axes = tuple(k for k in range(full.ndim) if k < lead or got.shape[k - lead] == 1)
        want = full.sum(axes).reshape(got.shape)
        assert abs(got.asnumpy() - want).max() <= 1e-11 * abs(want).max()


def test_gradients_of_slices_meet_in_one_buffer():
    """Overlapping slices, rows and a use of the whole array add up; twice, as the buffer's memory may be replaced."""
    x = array(numpy.arange(12.0).reshape(4, 3))
    x.attach_grad()
    seen = numpy.asarray(x.grad)
    for _ in range(2):
        with autograd.record():
            y = (x[1:] * 2).sum() + (x[:-1] * x[:-1]).sum() + x[2].sum() + x[::2, 1:].sum() + x.sum()
        y.backward()
        want = numpy.ones((4, 3))
        want[1:] += 2
        want[:-1] += 2 * x.asnumpy()[:-1]
        want[2] += 1
        want[::2, 1:] += 1
        numpy.testing.assert_allclose(x.grad.asnumpy(), want)
        numpy.testing.assert_allclose(seen, want)      # a view of the buffer sees every gradient
