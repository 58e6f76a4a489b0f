"""Fused sweeping: large elementwise graphs give the bits that the same graph gives on small pieces."""

import numpy
import pytest

from mxlite import autograd
from mxlite._array import ndarray
from mxlite._engine.operators import from_raw
from mxlite._op import registry

N = 40_013  # beyond the size at which batches begin, and no multiple of what their loops take at a time
exp, tanh, sign, maximum, minimum = (registry[name].entry for name in ("exp", "tanh", "sign", "maximum", "minimum"))


def array(x):
    return from_raw(numpy.array(x), ndarray)


PROGRAMS = {
    "seed": lambda x, w: 3 * (2 * x * x) * (2 * x * x),
    "alias": lambda x, w: x + x,
    "identity_twice": lambda x, w: (x + w) + (w + x),
    "fan_in": lambda x, w: x * x + x * w + x / (w + 3.0) + x - w * x,
    "outputs": lambda x, w: exp(tanh(x) * w) / (1.0 + exp(-x)),
    "zero_derivative": lambda x, w: sign(x) * w + x,
    "bools": lambda x, w: maximum(x, w) * x,
    "broadcast_end": lambda x, w: (x * w + w[:1]) * 2.0,
    "broadcast_middle": lambda x, w: tanh((x * w) * x[:1]) * w,
    "constant_derivative": lambda x, w: x + 1.0,
    "arithmetic": lambda x, w: abs(-(1.0 - x * w) / (w + x) - (x - 2.0) * (1.0 / x)) * (w - 0.5) / 3.0 - -w,
    "arithmetic_between": lambda x, w: 1.0 / (tanh(x * w - x) * w - abs(-x) * exp(w - 1.0) / x) - w * w * exp(x),
    "extremes": lambda x, w: sign(maximum(x - w, 0.25) - 0.3) * x + minimum(w - 1.0, x - 1.0) * minimum(x, 1.0),
    "long": lambda x, w: _long(x, w),
}


def _long(x, w):
    for _ in range(300):
        x = x * w + 0.001
    return x


def gradients(program, x, w, head=None, reqs=("write", "write")):
    x, w = array(x), array(w)
    x.attach_grad(reqs[0])
    w.attach_grad(reqs[1])
    with autograd.record():
        y = PROGRAMS[program](x, w)
    y.backward(None if head is None else array(head))
    return x.grad.asnumpy(), w.grad.asnumpy()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("program", [p for p in PROGRAMS if "broadcast" not in p])
def test_bits_equal_those_of_small_pieces(program, dtype):
    rng = numpy.random.RandomState(0)
    x, w, head = rng.uniform(0.5, 1.5, (3, N)).astype(dtype)
    for seed in (None, head):
        whole = gradients(program, x, w, seed)
        parts = [gradients(program, x[k:k + 1000], w[k:k + 1000], None if seed is None else seed[k:k + 1000])
                 for k in range(0, N, 1000)]
        for got, pieces in zip(whole, zip(*parts, strict=True), strict=True):
            numpy.testing.assert_array_equal(got, numpy.concatenate(pieces))


@pytest.mark.parametrize("program", ["broadcast_end", "broadcast_middle"])
def test_broadcasts_inside_a_large_graph(program):
    rng = numpy.random.RandomState(1)
    x, w, v = rng.uniform(0.5, 1.5, (3, N))
    gx, gw = gradients(program, x, w)

    def total(step):
        return float(PROGRAMS[program](array(x + step * v), array(w + step * v)).asnumpy().sum())

    numeric = (total(1e-6) - total(-1e-6)) / 2e-6
    numpy.testing.assert_allclose(numeric, (gx * v).sum() + (gw * v).sum(), rtol=1e-6)


def test_grad_req_add_and_null():
    x = numpy.linspace(0.5, 1.5, N)
    once, _ = gradients("fan_in", x, x)
    a = array(x)
    a.attach_grad("add")
    b = array(x)
    b.attach_grad("null")
    for _ in range(3):
        with autograd.record():
            y = PROGRAMS["fan_in"](a, b)
        y.backward()
    numpy.testing.assert_allclose(a.grad.asnumpy(), 3 * once, rtol=1e-14)
    assert not b.grad.asnumpy().any()


def test_gradient_of_an_intermediate():
    x = array(numpy.linspace(0.5, 1.5, N))
    x.attach_grad()
    with autograd.record():
        y = x * x
        z = y * y * y
    autograd.retain_grad(y)
    by_grad, = autograd.grad(z, [y], retain_graph=True)
    z.backward()
    expected = 3 * x.asnumpy() ** 4
    numpy.testing.assert_allclose(y.grad.asnumpy(), expected, rtol=1e-12)
    numpy.testing.assert_allclose(by_grad.asnumpy(), expected, rtol=1e-12)
    numpy.testing.assert_allclose(x.grad.asnumpy(), 6 * x.asnumpy() ** 5, rtol=1e-12)


def test_graph_that_reads_a_gradient_buffer():
    x = array(numpy.linspace(0.5, 1.5, N))
    x.attach_grad()
    x.grad[:] = 2.0
    with autograd.record():
        y = x * x.grad * x
    y.backward()
    numpy.testing.assert_allclose(x.grad.asnumpy(), 4 * x.asnumpy(), rtol=1e-12)


def test_two_heads_of_one_shape_and_one_of_another():
    x = array(numpy.linspace(0.5, 1.5, N))
    x.attach_grad()
    with autograd.record():
        y = x * x
        z = y * 3.0
        s = x[:7] * x[:7]
    autograd.backward([y, z, s])
    expected = 8 * x.asnumpy()
    expected[:7] *= 1.25
    numpy.testing.assert_allclose(x.grad.asnumpy(), expected, rtol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_special_values_pass_through_arithmetic(dtype):
    special = numpy.array([0.0, -0.0, numpy.inf, -numpy.inf, numpy.nan, 1e-40, -3.0, 3.0], dtype)
    x = numpy.resize(special, N)
    for function in (lambda x: maximum(x, 0.0), lambda x: minimum(x, 0.0), lambda x: maximum(x, -1.0) * 2.0, sign, abs,
                     lambda x: -x, lambda x: sign(x) * 2.0, lambda x: 1.0 / x, lambda x: 1.0 - x * x, lambda x: x / x):
        expected = numpy.resize(function(array(special)).asnumpy(), N)
        got = function(array(x)).asnumpy()
        numpy.testing.assert_array_equal(got, expected)
        numbers = ~numpy.isnan(got)
        numpy.testing.assert_array_equal(numpy.signbit(got[numbers]), numpy.signbit(expected[numbers]))
