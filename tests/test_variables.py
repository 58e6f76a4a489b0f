"""Variables: attach_grad and its relatives, and in-place writes to what is recorded or saved."""

import numpy
import pytest
from check import NDArray, array, close, ndarray

from mxlite import autograd
from mxlite._errors import (
    ArgumentError,
    DtypeError,
    GraphError,
    InplaceError,
    MutationError,
    MXNetError,
    OptionError,
    ShapeError,
)


def variable(values, grad_req="write", cls=ndarray, dtype="float64"):
    x = array(numpy.array(values, dtype=dtype), cls)
    x.attach_grad(grad_req)
    return x


class TestAttach:
    """attach_grad, drop_grad, zero_grad, retain_grad, detach, mark_variables."""

    def test_a_fresh_gradient_is_zero_and_of_the_same_kind(self):
        for cls in (ndarray, NDArray):
            x = variable([[1, 2.0]], cls=cls, dtype="float32")
            assert type(x.grad) is cls
            assert x.grad.shape == (1, 2)
            assert not x.grad.asnumpy().any()
        assert array([1.0]).grad is None

    def test_grad_req_is_one_of_three(self):
        with pytest.raises(OptionError, match="grad_req"):
            array([1.0]).attach_grad("overwrite")
        with pytest.raises(KeyError):
            array([1.0]).attach_grad("sum")

    @pytest.mark.parametrize("recording", [True, False])
    def test_attaching_an_intermediate_cuts_it_from_its_past(self, recording):
        x = variable([3.0])
        with autograd.record():
            y = x * x
            if recording:
                y.attach_grad()
                z = y * y
        if not recording:
            y.attach_grad()
            with autograd.record():
                z = y * y
        z.backward()
        close(y.grad, [18], "float64")
        close(x.grad, [0], "float64")

    def test_what_was_recorded_before_the_cut_keeps_its_past(self):
        x = variable([3.0])
        with autograd.record():
            y = x * x
            w = y * 2
            y.attach_grad()
            z = w + y
        z.backward()
        close(x.grad, [12], "float64")
        close(y.grad, [1], "float64")

    def test_attaching_again_starts_from_zero(self):
        x = variable([3.0], "add")
        with autograd.record():
            y = x * x
        x.attach_grad()
        assert x.grad.asnumpy().tolist() == [0]
        y.backward()
        assert x.grad.asnumpy().tolist() == [0]       # y belongs to the variable that x was

    def test_drop_grad(self):
        x = variable([3.0])
        x.drop_grad()
        assert x.grad is None
        with autograd.record():
            y = x * x
        with pytest.raises(GraphError):
            y.backward()
        x.drop_grad()

    def test_zero_grad(self):
        x = variable([3.0])
        x.grad[:] = 4
        x.zero_grad()
        assert x.grad.asnumpy().tolist() == [0]
        array([1.0]).zero_grad()

    def test_retain_grad_does_not_cut(self):
        x = variable([3.0])
        with autograd.record():
            y = x * x
            autograd.retain_grad(y)
            z = y * y
        z.backward()
        close(y.grad, [18], "float64")
        close(x.grad, [108], "float64")

    def test_retain_grad_of_shape_0d(self):
        x = variable(3.0)
        with autograd.record():
            y = x * x
            autograd.retain_grad(y)
            z = y * y
        z.backward()
        assert y.grad.shape == ()
        assert float(y.grad) == 18

    def test_retain_grad_add_and_several_uses(self):
        x = variable([3.0])
        with autograd.record():
            y = x * x
            autograd.retain_grad(y, "add")
            z = y * y + y + x * y
        for _ in range(2):
            z.backward(retain_graph=True)
        close(y.grad, [2 * (18 + 1 + 3)], "float64")
        close(x.grad, [(22 * 6) + 9], "float64")

    def test_retain_grad_of_a_constant_or_a_used_up_graph(self):
        with pytest.raises(GraphError, match="not in a computational graph"):
            autograd.retain_grad(array([1.0]))
        x = variable([3.0])
        with autograd.record():
            y = x * x
        y.backward()
        with pytest.raises(GraphError):
            autograd.retain_grad(y)

    def test_detach_shares_memory_and_stops_gradients(self):
        x = variable([3.0])
        with autograd.record():
            y = x * x
            z = y.detach() * x
        z.backward()
        close(x.grad, [9], "float64")
        d = x.detach()
        d[:] = 5
        close(x, [5], "float64")
        assert d.grad is None

    @pytest.mark.parametrize("req", ["write", "add", "null"])
    def test_mark_variables(self, req):
        x, g = array([2.0]), array([7.0])
        autograd.mark_variables([x], [g], req)
        w = variable([1.0])
        with autograd.record():
            y = x * x * w
        y.backward()
        close(g, [{"write": 4, "add": 11, "null": 7}[req]], "float64")

    @pytest.mark.parametrize("n", [3, 20_000])
    @pytest.mark.parametrize("as_constant", [lambda v: v.detach(), lambda v: v[:], lambda v: v.as_nd_ndarray(), None])
    def test_mark_variables_with_a_buffer_that_is_an_operand_too(self, n, as_constant):
        """The gradient is computed from the values that the buffer had, also by way of an array from before."""
        x, buffer = array(numpy.full(n, 2.0)), array(numpy.full(n, 5.0))
        constant = as_constant(buffer).as_np_ndarray() if as_constant else buffer
        autograd.mark_variables([x], [buffer])
        with autograd.record():
            y = x * constant + (x * 2) * constant + x * x * constant
        y.backward()
        assert (buffer.asnumpy() == 5 + 10 + 4 * 5).all()

    @pytest.mark.parametrize("n", [3, 20_000])
    def test_mark_variables_with_one_buffer_for_two(self, n):
        """It holds the gradient of one of them, as in MXNet, and no mixture."""
        x, y, buffer = array(numpy.ones(n)), array(numpy.ones(n)), array(numpy.zeros(n))
        autograd.mark_variables([x, y], [buffer, buffer])
        with autograd.record():
            z = x * 2 + y * 30 + x * x * 100 + y * y * 1000
        z.backward()
        assert (buffer.asnumpy() == 2030).all()

    def test_no_variable_is_its_own_buffer(self):
        """The sweep would overwrite what it differentiates at (MXNet takes it for no variable)."""
        x, y, g = array([2.0]), array([3.0]), array([0.0])
        with pytest.raises(ArgumentError, match="its own gradient buffer"):
            autograd.mark_variables([y, x], [g, x])
        assert x.grad is y.grad is None

    @pytest.mark.parametrize("req", ["write", "add"])
    @pytest.mark.parametrize("n", [3, 20_000])
    @pytest.mark.parametrize("last", [True, False])
    def test_retained_gradients_of_a_sweep_that_fails(self, req, n, last):
        """Whether the failure comes before or after the array is reached, its buffer is as it was."""
        class Fails(autograd.Function):
            def forward(self, x):
                return x * 1

            def backward(self, g):
                if failing:
                    raise ZeroDivisionError
                return g

        x = variable(numpy.full(n, 2.0))
        with autograd.record():
            y = x * 3 if last else Fails()(x * 3)
            autograd.retain_grad(y, req)
            z = Fails()(y * y) if last else y * y
        y.grad[:] = 7
        failing = True
        with pytest.raises(ZeroDivisionError):
            z.backward()
        close(y.grad, numpy.full(n, 7), "float64")
        close(x.grad, numpy.zeros(n), "float64")
        failing = False
        z.backward()
        close(y.grad, numpy.full(n, 12 + 7 * (req == "add")), "float64")
        close(x.grad, numpy.full(n, 36), "float64")

    def test_mark_variables_takes_single_arrays_and_checks_shapes(self):
        x, g = array([2.0]), array([7.0])
        autograd.mark_variables(x, g)
        assert x.grad is g
        with pytest.raises(ShapeError):
            autograd.mark_variables([x], [array([1.0, 2])])
        with pytest.raises(DtypeError, match="gradient buffer"):
            autograd.mark_variables([x], [array(numpy.zeros(1, "float16"))])
        with pytest.raises(MXNetError):
            autograd.mark_variables([x], [g, g])


class TestInplace:
    """In-place writes: refused in a recorded graph, noticed by backward, free elsewhere."""

    @pytest.mark.parametrize("write", [
        lambda a: a.__iadd__(1), lambda a: a.__isub__(1), lambda a: a.__imul__(2), lambda a: a.__itruediv__(2),
        lambda a: a.__imod__(2), lambda a: a.__setitem__(0, 1.0), lambda a: a.__setitem__(slice(None), 1.0),
    ])
    def test_refused_under_record(self, write):
        x = variable([3.0, 4])
        with autograd.record():
            y = x * x
            for target in (x, y):
                with pytest.raises(InplaceError, match="Inplace operations"):
                    write(target)
        close(x, [3, 4], "float64")
        y.backward()
        close(x.grad, [6, 8], "float64")

    def test_a_constant_may_be_written_under_record(self):
        c, x = array([1.0, 2]), variable([3.0, 4])
        with autograd.record():
            c += 1
            c[0] = 7
            y = x * c
        y.backward()
        close(x.grad, [7, 3], "float64")

    def test_a_recorded_value_may_not_be_added_in_place(self):
        c, x = array([1.0, 2]), variable([3.0, 4])
        with autograd.record(), pytest.raises(InplaceError, match="Inplace"):
            c += x
        close(c, [1, 2], "float64")

    def test_full_assignment_under_record_moves_the_graph(self):
        c, x = array([1.0, 2]), variable([3.0, 4])
        with autograd.record():
            c[:] = x * x
            y = c * 2
        y.backward()
        close(x.grad, [12, 16], "float64")

    def test_an_update_between_passes(self):
        x = variable([3.0])
        for value in (3.0, 1.0):
            close(x, [value], "float64")
            with autograd.record():
                y = x * x
            y.backward()
            x -= x.grad / 3

    def test_an_update_before_backward_is_noticed(self):
        x, w = variable([3.0]), variable([2.0])
        with autograd.record():
            y = x * w
        x += 1
        with pytest.raises(MutationError, match=r"multiply: its input 'x1', float64\[1\], was overwritten"):
            y.backward()
        assert x.grad.asnumpy().tolist() == [0]
        assert w.grad.asnumpy().tolist() == [0]

    def test_views_share_the_version_of_what_they_view(self):
        x = variable([3.0, 4])
        with autograd.record():
            y = x * x
        x.detach()[1:][...] = 5
        with pytest.raises(MutationError):
            y.backward()
        with autograd.record():
            y = x[1:] * x[1:]
        x[:1] = 0
        with pytest.raises(MutationError):       # one memory, one version: also the part that was not saved
            y.backward()
