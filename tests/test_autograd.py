"""Recording scopes, backward and grad: MXNet 1.9's rules."""

import numpy
import pytest
from check import NDArray, array, close, ndarray

from mxlite import autograd, np
from mxlite._errors import DtypeError, GraphError, MXNetError, ShapeError


def variable(values, grad_req="write", cls=ndarray, dtype="float64"):
    x = array(numpy.array(values, dtype=dtype), cls)
    x.attach_grad(grad_req)
    return x


def flags():
    return autograd.is_recording(), autograd.is_training()


class TestScopes:
    """record, pause, train_mode, predict_mode: flags inside, after, after exceptions, as decorators, nested."""

    SCOPES = (
        (autograd.record, (True, True)), (lambda: autograd.record(False), (True, False)),
        (lambda: autograd.record(train_mode=True), (True, True)), (lambda: autograd.record(None), (True, False)),
        (autograd.pause, (False, False)), (lambda: autograd.pause(True), (False, True)),
        (autograd.train_mode, (False, True)), (autograd.predict_mode, (False, False)),
    )

    @pytest.mark.parametrize(("scope", "inside"), SCOPES)
    def test_flags_inside_and_after(self, scope, inside):
        assert flags() == (False, False)
        with scope():
            assert flags() == inside
        assert flags() == (False, False)

    @pytest.mark.parametrize(("scope", "inside"), SCOPES)
    def test_an_exception_restores_the_flags(self, scope, inside):
        def fails():
            with scope():
                assert flags() == inside
                raise KeyError

        with pytest.raises(KeyError):
            fails()
        assert flags() == (False, False)

    @pytest.mark.parametrize(("scope", "inside"), SCOPES)
    def test_decorator(self, scope, inside):
        @scope()
        def function(depth):
            """A docstring."""
            assert flags() == inside
            if depth:
                assert function(depth - 1) == depth - 1
            assert flags() == inside
            return depth

        assert function(3) == 3
        assert flags() == (False, False)
        assert function.__name__ == "function"
        assert function.__doc__ == "A docstring."

    @pytest.mark.parametrize(("outer", "outside"), SCOPES)
    @pytest.mark.parametrize(("inner", "inside"), SCOPES)
    def test_nesting(self, outer, outside, inner, inside):
        with outer():
            with inner():
                pass
            assert flags() == outside
        assert flags() == (False, False)

    def test_train_mode_leaves_recording_alone(self):
        with autograd.record():
            with autograd.predict_mode():
                assert flags() == (True, False)
                with autograd.train_mode():
                    assert flags() == (True, True)
            with autograd.pause(train_mode=True):
                assert flags() == (False, True)
                with autograd.record(train_mode=None):
                    assert flags() == (True, True)

    def test_one_scope_object_entered_in_itself_and_again(self):
        scope = autograd.record()
        for _ in range(2):
            with scope, autograd.pause(), scope:
                assert flags() == (True, True)
            assert flags() == (False, False)

    def test_setters_return_what_was(self):
        assert autograd.set_recording(True) is False
        assert autograd.set_recording(False) is True
        assert autograd.set_training(True) is False
        assert autograd.set_training(0) is True
        assert flags() == (False, False)

    def test_generator_inside_record(self):
        def numbers():
            with autograd.record():
                yield flags()
            yield flags()

        assert list(numbers()) == [(True, True), (False, False)]

    def test_what_pause_computes_is_a_constant(self):
        x = variable([1, 2, 3])
        with autograd.record():
            y = x * x
            with autograd.pause():
                z = y * x
            w = y * z
        w.backward()
        close(x.grad, 2 * numpy.array([1, 2, 3.0]) * [1, 8, 27], "float64")
        with pytest.raises(GraphError, match="not in a computational graph"):
            z.backward()

    def test_backward_restores_the_flags_of_the_caller(self):
        x = variable([1.0])
        seen = []

        class Look(autograd.Function):
            def forward(self, a):
                seen.append(flags())
                return a * 2

            def backward(self, g):
                seen.append(flags())
                return g

        with autograd.record(train_mode=False):
            y = Look()(x)
            y.backward()
            assert flags() == (True, False)
        assert seen == [(False, False), (False, True)]
        with autograd.record():
            y = Look()(x)
        y.backward(train_mode=False)
        assert seen[2:] == [(False, True), (False, False)]
        assert flags() == (False, False)


class TestBackward:
    """What lands in `grad`, and when backward refuses."""

    @pytest.mark.parametrize("cls", [ndarray, NDArray])
    @pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
    def test_square(self, cls, dtype):
        x = variable([1, 2, 3], cls=cls, dtype=dtype)
        with autograd.record():
            y = x * x
        assert y.backward() is None
        assert type(x.grad) is cls
        assert x.grad.asnumpy().dtype == dtype
        assert x.grad.asnumpy().tolist() == [2, 4, 6]

    @pytest.mark.parametrize("dtype", ["int8", "int32", "int64", "uint8"])
    def test_integer_variable(self, dtype):
        x = variable([1, 2, 3], dtype=dtype)
        with autograd.record():
            y = x * x + x
        y.backward()
        assert x.grad.asnumpy().dtype == dtype
        assert x.grad.asnumpy().tolist() == [3, 5, 7]

    @pytest.mark.parametrize("uses", [1, 2, 3, 4, 5, 6, 7, 8, 9, 20])
    @pytest.mark.parametrize("grad_req", ["write", "add"])
    @pytest.mark.parametrize("n", [3, 5000, 20_000])
    def test_fan_in(self, uses, grad_req, n):
        values = numpy.linspace(0.5, 2, n)
        x = variable(values, grad_req)
        for _ in range(3):
            with autograd.record():
                y = x * 1.0
                total = y * x
                for k in range(1, uses):
                    total = total + (y * float(k) if k % 3 == 0 else x if k % 3 == 1 else x * y)
            total.backward()
        once = 2 * values
        for k in range(1, uses):
            once = once + (k if k % 3 == 0 else 1 if k % 3 == 1 else 2 * values)
        close(x.grad, once * (3 if grad_req == "add" else 1), "float64")

    def test_several_heads_that_share_parts(self):
        x = variable([1, 2.0])
        with autograd.record():
            a = x * x
            b = a * x
            c = a + b
        autograd.backward([a, b, c])
        close(x.grad, [2 * 2 * v + 2 * 3 * v * v for v in (1, 2)], "float64")

    def test_heads_with_head_gradients(self):
        x = variable([1, 2.0])
        with autograd.record():
            a, b = x * 2, x * x
        autograd.backward([a, b], [array([1, 10.0]), None])
        close(x.grad, [2 + 2, 20 + 4], "float64")

    def test_the_same_head_twice(self):
        x = variable([3.0])
        with autograd.record():
            y = x * x
        autograd.backward([y, y])
        close(x.grad, [12], "float64")

    def test_a_head_inside_another_head(self):
        x = variable([3.0])
        with autograd.record():
            y = x * x
            z = y * y
        autograd.backward([z, y], [array([1.0]), array([100.0])])
        close(x.grad, [4 * 27 + 600], "float64")

    def test_a_variable_as_head(self):
        x = variable([3.0, 4])
        x.backward()
        close(x.grad, [1, 1], "float64")
        x.backward(array([5.0, 6]))
        close(x.grad, [5, 6], "float64")
        with autograd.record():
            y = x * 2
        autograd.backward([x, y])
        close(x.grad, [3, 3], "float64")

    def test_a_gradient_that_was_not_reached_stays(self):
        x, unused = variable([1.0]), variable([2.0])
        unused.grad[:] = 7
        with autograd.record():
            y = x * 2
            unused * 3
        y.backward()
        close(unused.grad, [7], "float64")

    def test_a_zero_derivative_reaches(self):
        x = variable([1.0, 2])
        x.grad[:] = 7
        with autograd.record():
            y = x // 1.0 * 3
        y.backward()
        close(x.grad, [0, 0], "float64")

    def test_add_keeps_what_was_there_under_a_zero_derivative(self):
        x = variable([1.0, 2], "add")
        x.grad[:] = 7
        with autograd.record():
            y = x // 1.0 * 3
        y.backward()
        close(x.grad, [7, 7], "float64")

    def test_null(self):
        x, w = variable([1.0], "null"), variable([2.0])
        with autograd.record():
            y = x * w
        y.backward()
        close(x.grad, [0], "float64")
        close(w.grad, [1], "float64")
        with autograd.record():
            y = x * x
        with pytest.raises(GraphError, match="no inputs in computation graph that require gradients"):
            y.backward()

    def test_a_second_backward_needs_retain_graph(self):
        x = variable([3.0], "add")
        with autograd.record():
            y = x * x
        for _ in range(3):
            y.backward(retain_graph=True)
        y.backward()
        close(x.grad, [24], "float64")
        with pytest.raises(GraphError, match="not in a computational graph"):
            y.backward()
        close(x.grad, [24], "float64")

    def test_a_used_up_part_below_a_new_head(self):
        x = variable([3.0])
        with autograd.record():
            y = x * x
            z = y * 2
            w = y * 3
        z.backward()
        with pytest.raises(GraphError, match="retain_graph"):
            w.backward()

    def test_what_was_used_up_is_a_constant_for_new_records(self):
        x = variable([3.0])
        with autograd.record():
            y = x * x
        y.backward()
        with autograd.record():
            z = y * x
        z.backward()
        close(x.grad, [9], "float64")

    def test_not_recorded(self):
        x = variable([3.0])
        for y in (x * x, array([1.0])):
            with pytest.raises(MXNetError, match="not in a computational graph"):
                y.backward()

    def test_a_head_gradient_of_another_shape(self):
        x = variable([3.0, 4])
        for bad in (array([1.0]), array([[1.0, 2]]), array([1.0, 2, 3])):
            with autograd.record():
                y = x * x
            with pytest.raises(ShapeError, match="head gradient"):
                y.backward(bad)
            y.backward()
        close(x.grad, [6, 8], "float64")

    def test_a_head_gradient_of_another_dtype(self):
        x = variable([3.0, 4])
        with autograd.record():
            y = x * x
        with pytest.raises(DtypeError, match="astype"):
            y.backward(array(numpy.ones(2, "float32")))

    def test_the_number_of_head_gradients(self):
        x = variable([3.0, 4])
        with autograd.record():
            y = x * x
        with pytest.raises(ShapeError, match="1 heads but 2"):
            autograd.backward([y], [None, None])

    @pytest.mark.parametrize("shape", [(), (0,), (2, 0), (1, 1)])
    def test_odd_shapes(self, shape):
        x = variable(numpy.full(shape, 3.0))
        with autograd.record():
            y = x * x + x[...]
        y.backward()
        close(x.grad, numpy.full(shape, 7.0), "float64")

    def test_a_gradient_buffer_as_head_gradient_and_operand(self):
        for n in (3, 5000):
            x = variable(numpy.full(n, 2.0))
            x.grad[:] = 5
            with autograd.record():
                y = x * x
            y.backward(x.grad)
            close(x.grad, numpy.full(n, 20.0), "float64")
            with autograd.record():
                z = x * x.grad + x * 3
            z.backward()
            close(x.grad, numpy.full(n, 23.0), "float64")
            with autograd.record():
                z = (x * x.grad) * x
            z.backward(x.grad)
            close(x.grad, numpy.full(n, 23 * 2 * 2 * 23.0), "float64")

    def test_a_head_gradient_is_not_written(self):
        x, g = variable([1.0, 2]), array([3.0, 4])
        with autograd.record():
            y = -(0.0 - (x * 2.0 + x))
        y.backward(g)
        close(g, [3, 4], "float64")
        close(x.grad, [9, 12], "float64")
        x.grad[:] = 0
        close(g, [3, 4], "float64")

    def test_a_variable_whose_gradient_is_the_head_gradient_itself(self):
        x, g = variable([1.0, 2]), array([3.0, 4])
        with autograd.record():
            y = x + 0.0
        y.backward(g)
        x.grad[:] = 0
        close(g, [3, 4], "float64")

    def test_constants_get_no_gradient(self):
        x, c = variable([1.0]), array([5.0])
        with autograd.record():
            y = x * c
        y.backward()
        assert c.grad is None
        close(x.grad, [5], "float64")


@pytest.mark.parametrize("n", [3, 5000, 200_000])
@pytest.mark.parametrize("given", [numpy.asarray, memoryview, numpy.from_dlpack, lambda g: g, lambda g: g[:]],
                         ids=["asarray", "memoryview", "dlpack", "itself", "view"])
def test_head_gradient_in_the_memory_of_the_gradient(given, n):
    x = np.ones(n)
    x.attach_grad()
    x.grad[:] = 1
    with autograd.record():
        z = x * 2 + x * 5
    z.backward(given(x.grad))
    assert (x.grad == 7).all()


def test_gradient_of_integers_is_truncated():
    a = np.arange(3, dtype="int32")
    a.attach_grad()
    with autograd.record():
        z = (a * 1.5).sum()
    z.backward()
    assert a.grad.dtype == "int32"
    assert (a.grad == 1).all()
