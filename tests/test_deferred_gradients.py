"""Gradients through deferred results, and gradients that are deferred themselves."""

import numpy
import pytest
from check import array, needs_lock
from test_deferred import N, ramp, values

from mxlite import autograd, np
from mxlite._engine.inspect import is_deferred
from mxlite._errors import MutationError


@needs_lock
def test_gradients_that_are_read_later():
    """What was made from x.grad keeps its value when a later backward overwrites or adds to the buffer."""
    x = ramp()
    for req in ("write", "add"):
        x.attach_grad(req)
        with autograd.record():
            y = x * 2.0
        y.backward()
        twice = x.grad * 2.0
        assert is_deferred(twice)
        with autograd.record():
            y = x * 5.0
        y.backward()
        assert (twice.asnumpy() == 4).all()
        thrice = x.grad * 1.0
        x.zero_grad()
        assert (thrice.asnumpy() == (5 if req == "write" else 7)).all()


@needs_lock
def test_only_the_gradient_is_computed():
    """A result that nobody reads is never computed, nor are the values that its gradient needs stored."""
    x = ramp()
    x.attach_grad()
    with autograd.record():
        y = 2.0 * x * x
        z = 3.0 * y * y
    z.backward()
    assert is_deferred(y)
    assert is_deferred(z)
    numpy.testing.assert_allclose(x.grad.asnumpy(), 48 * x.asnumpy() ** 3, rtol=1e-6)
    numpy.testing.assert_allclose(z.asnumpy(), 12 * x.asnumpy() ** 4, rtol=1e-6)


def test_a_saved_deferred_result_that_is_overwritten_is_noticed():
    x = ramp()
    x.attach_grad()
    with autograd.record():
        y = np.exp(x)
        z = y + 1.0
    y += 1.0
    with pytest.raises(MutationError, match="exp: its output, float32"):
        z.backward()


def test_retained_graphs_give_the_same_again():
    x = ramp()
    x.attach_grad()
    with autograd.record():
        y = np.tanh(x) * x
    y.backward(retain_graph=True)
    first = x.grad.asnumpy()
    y.backward(retain_graph=True)
    numpy.testing.assert_array_equal(x.grad.asnumpy(), first)
    y.backward()
    numpy.testing.assert_array_equal(x.grad.asnumpy(), first)


def test_higher_orders():
    x = ramp()
    x.attach_grad()
    with autograd.record():
        y = x * x * x
        g, = autograd.grad([y], [x], create_graph=True)
        h, = autograd.grad([g], [x], create_graph=True)
    h.backward()
    numpy.testing.assert_allclose(x.grad.asnumpy(), numpy.full(N, 6.0), rtol=1e-6)


@needs_lock
def test_recorded_gradients_keep_their_values():
    """What create_graph computes reads saved arrays and head gradients, which are written before it is read."""
    x = ramp()
    a, w = x.asnumpy(), array(numpy.full(N, 3.0, "float32"))
    x.attach_grad()
    with autograd.record():
        y = np.exp(x)
        z = y * y * x + x.reshape(-1, 2).sum() * x
        g, = autograd.grad([z], [x], head_grads=[w], create_graph=True)
    assert is_deferred(g)
    for memory in (x, y, w):
        memory[:] = 0.0
    e = numpy.exp(a)
    expected = 3.0 * (2 * e * e * a + e * e + a.sum()) + (3.0 * a).sum()
    numpy.testing.assert_allclose(g.asnumpy(), expected, rtol=1e-5)


class Kept(autograd.Function):
    """Keeps its arrays."""

    def forward(self, x):
        self.y = x * 2.0
        self.save_for_backward(x)
        return self.y

    def backward(self, g):
        x, = self.saved_tensors
        self.g, self.later = g, g * x
        return self.later


def test_arrays_that_a_function_keeps():
    x = ramp()
    a = x.asnumpy()
    x.attach_grad()
    function = Kept()
    with autograd.record():
        out = function(x)
    later = out * 3.0
    function.y += 100.0
    numpy.testing.assert_array_equal(later.asnumpy(), a * 2 * 3)
    out.backward(array(numpy.full(N, 5.0, "float32")))
    function.g[:] = 0.0
    x[:] = 0.0
    numpy.testing.assert_array_equal(function.later.asnumpy(), 5 * a)
    numpy.testing.assert_array_equal(x.grad.asnumpy(), 5 * a)


def test_attach_grad_on_a_deferred_intermediate():
    x = ramp()
    x.attach_grad()
    with autograd.record():
        y = x * 2.0
        y.attach_grad()
        z = y * y
    z.backward()
    assert y.grad.asnumpy().flags.c_contiguous
    numpy.testing.assert_array_equal(y.grad.asnumpy(), 4 * x.asnumpy())
    assert (x.grad.asnumpy() == 0).all()


def test_a_write_after_a_sweep_that_failed():
    """What the sweep was to read for a deferred operand is free again, though the graph and its batch may live on."""
    x = ramp()
    constant = array(values())

    class Spoils(autograd.Function):
        def forward(self, y):
            return y * 1

        def backward(self, g):
            constant[:] = 5.0
            return g * 1

    v = np.ones(N)
    v.attach_grad()
    with autograd.record():
        deferred = x * 3
        z = Spoils()(v * constant * deferred * 2).sum()
    with pytest.raises(MutationError):
        z.backward()
    x[:] = 7.0
    assert (x.asnumpy() == 7).all()
