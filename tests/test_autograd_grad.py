"""autograd.grad and derivatives of derivatives; the functional helpers value_and_grad, jacobian, hessian, jvp, vjp."""

import collections

import numpy
import pytest
from check import NDArray, array, check_function, close, ndarray

from mxlite import autograd, npx
from mxlite._errors import ArgumentError, DtypeError, GraphError, MutationError, MXNetError, ShapeError


def variable(values, cls=ndarray, grad_req="write"):
    x = array(numpy.array(values, dtype="float64"), cls)
    x.attach_grad(grad_req)
    return x


class TestGrad:
    """Gradients as results."""

    @pytest.mark.parametrize("create_graph", [False, True])
    @pytest.mark.parametrize("cls", [ndarray, NDArray])
    def test_of_variables_and_intermediates(self, create_graph, cls):
        x = variable([1, 2, 3], cls)
        with autograd.record():
            y = x * 2
            w = y * 5
            v = w * 7
            z = v * v
            found = autograd.grad(z, [v, w, y, x], create_graph=create_graph)
        value = 70 * numpy.array([1.0, 2, 3])
        assert type(found) is list
        for g, scale in zip(found, (2, 14, 70, 140), strict=True):
            assert type(g) is cls
            close(g, scale * value, "float64")
        assert not x.grad.asnumpy().any()

    def test_second_order_of_mixed_dtypes(self):
        """An operand that was saved converted comes back to its variable in the variable's own dtype."""
        for n in (3, 5000):
            x, w = array(numpy.full(n, 2, "float32")), array(numpy.full(n, 3.0))
            x.attach_grad()
            w.attach_grad()
            with autograd.record():
                g = autograd.grad(w * x, w, create_graph=True)[0]
                y = g * g
            y.backward()
            close(x.grad, numpy.full(n, 4.0), "float32")

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_a_single_variable(self, create_graph):
        x = variable([1, 2])
        with autograd.record():
            y = x * x
            g = autograd.grad(y, x, create_graph=create_graph)
        assert type(g) is list
        close(g[0], [2, 4], "float64")

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_results_are_new_memory(self, create_graph):
        x, h = variable([1, 2]), array([3.0, 4])
        with autograd.record():
            y = x + 0.0
            g = autograd.grad([y, y], [x, y], head_grads=[h, h], create_graph=create_graph)
        with autograd.pause():
            first = g[0].asnumpy()
            if not create_graph:
                g[1][:] = 0
                close(g[0], first, "float64")
        close(h, [3, 4], "float64")
        close(g[0], [6, 8], "float64")

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_grad_req_is_ignored_and_buffers_stay(self, create_graph):
        for req in ("write", "add", "null"):
            x = variable([1, 2], grad_req=req)
            x.grad[:] = 9
            with autograd.record():
                y = x * x
                g = autograd.grad(y, [x], create_graph=create_graph)
            close(g[0], [2, 4], "float64")
            close(x.grad, [9, 9], "float64")

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_zero_derivatives(self, create_graph):
        x = variable([1, 2])
        with autograd.record():
            y = (x // 1.0) * 2.0
            g = autograd.grad(y, [x], create_graph=create_graph)
        close(g[0], [0, 0], "float64")

    @pytest.mark.parametrize("f", [lambda x: x.clip(-1, 1), abs, lambda x: x.as_nd_ndarray().relu()])
    def test_gradients_of_straight_pieces_have_derivatives_of_zero(self, f):
        x = variable([-2, -0.5, 0.5, 2])
        with autograd.record():
            g, = autograd.grad(f(x), [x], create_graph=True)
        g.backward()
        close(x.grad, [0, 0, 0, 0], "float64")

    @pytest.mark.parametrize("f", [lambda x: 2 * x, lambda x: x // 1.0, numpy.radians, npx.stop_gradient])
    def test_constant_gradients_have_derivatives_of_zero(self, f):
        x = variable([1, 2])
        with autograd.record():
            g, = autograd.grad(f(x), [x], create_graph=True)
            second, = autograd.grad(g, [x], create_graph=True)
            third, = autograd.grad(second, [x])
        g.backward()
        for found in (x.grad, second, third):
            close(found, [0, 0], "float64")

    def test_constant_gradients_keep_apart(self):
        x, other = variable([1, 2], NDArray), variable([1, 2])
        with autograd.record():
            y = x * x
            found = autograd.grad([2 * x, 2 * other, 2 * y], [x, other, y], create_graph=True)
            assert [type(g) for g in found] == [NDArray, ndarray, NDArray]
            with pytest.raises(GraphError):
                autograd.grad(found[0], [other])
            with pytest.raises(GraphError, match="not in a computational graph"):
                found[2].backward()             # y is no variable: its graph would be used up
        found[0].backward()
        found[1].backward()
        y.backward()
        close(x.grad, [2, 4], "float64")
        close(other.grad, [0, 0], "float64")

    def test_recorded_gradients_are_no_views_of_head_gradients(self):
        x, h = variable([[1, 2]]), variable([3, 4])
        with autograd.record():
            g, = autograd.grad(x.reshape(2) + 1, [x], [h], create_graph=True)
        h[:] = 9
        close(g, [[3, 4]], "float64")
        g.backward()
        close(h.grad, [1, 1], "float64")

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_variables_out_of_reach(self, create_graph):
        x, other, constant = variable([1, 2]), variable([1, 2]), array([1.0])
        with autograd.record():
            y = x * x
            with pytest.raises(GraphError, match="2-th variable because it is unreachable"):
                autograd.grad(y, [x, other], create_graph=create_graph)
            with pytest.raises(GraphError, match="1-th variable because it does not require gradient"):
                autograd.grad(y, [constant], create_graph=create_graph)
            with pytest.raises(GraphError, match="not in a computational graph"):
                autograd.grad(constant, [x], create_graph=create_graph)
            g = autograd.grad(y, [x], create_graph=create_graph)
        close(g[0], [2, 4], "float64")

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_bad_head_gradients(self, create_graph):
        x = variable([1, 2])
        with autograd.record():
            y = x * x
            with pytest.raises(ShapeError):
                autograd.grad(y, [x], head_grads=array([1.0]), create_graph=create_graph)
            with pytest.raises(ShapeError):
                autograd.grad(y, [x], head_grads=[None, None], create_graph=create_graph)
            with pytest.raises(DtypeError):
                autograd.grad(y, [x], head_grads=array(numpy.ones(2, "float32")), create_graph=create_graph)
            assert autograd.is_recording()

    def test_the_graph_is_used_up_unless_retained(self):
        x = variable([1, 2])
        with autograd.record():
            y = x * x
        autograd.grad(y, x, retain_graph=True)
        autograd.grad(y, x)
        with pytest.raises(GraphError, match="retain_graph"):
            autograd.grad(y, x)

    @pytest.mark.parametrize("create_graph", [False, True])
    def test_overwritten_values_are_noticed(self, create_graph):
        x = variable([1, 2])
        with autograd.record():
            y = x * x
        x[:] = 3
        with pytest.raises(MutationError):
            autograd.grad(y, x, create_graph=create_graph)
        assert not autograd.is_recording()

    def test_grad_then_backward(self):
        x = variable([1, 2])
        with autograd.record():
            y = x * x * x
            g = autograd.grad(y, x, create_graph=True)[0]
            z = g * g
        z.backward()
        close(x.grad, 2 * 3 * 6 * numpy.array([1, 8.0]), "float64")

    def test_gradient_penalty(self):
        w, x = variable([0.5, -1.5]), variable([2.0, 3])
        with autograd.record():
            y = w * x * x
            g = autograd.grad(y, [x], create_graph=True, retain_graph=True)[0]
            loss = y + g * g
        loss.backward()
        close(w.grad, x.asnumpy() ** 2 + 2 * 4 * w.asnumpy() * x.asnumpy() ** 2, "float64")

    def test_head_gradients_are_differentiated_too(self):
        x, h = variable([1.0, 2]), variable([3.0, 4])
        with autograd.record():
            y = x * x
            g = autograd.grad(y, [x], head_grads=[h], create_graph=True)[0]
        g.backward()
        close(h.grad, [2, 4], "float64")
        close(x.grad, [6, 8], "float64")

    @pytest.mark.parametrize("function", [
        lambda x: x * x * x, lambda x: x / (1.0 + x * x), lambda x: x * x[::-1],
        lambda x: (x + x) * (x - 3.0 * x) * x, lambda x: x ** 3 * x[:, :1] + x[:1] * x[1:2, ::-1],
        lambda x: x ** -1.5, lambda x: 2.0 / x, lambda x: x[[0, 1, 0]][:, [2, 2, 0]] * x[:1, ::-1],
    ])
    def test_three_orders(self, function):
        check_function(function, numpy.linspace(0.6, 1.7, 6).reshape(2, 3), order=3)

    def test_five_orders_of_a_power(self):
        x = variable([1.5])
        with autograd.record():
            y = x ** 6
            for _ in range(5):
                y = autograd.grad(y, x, create_graph=True)[0]
        close(y, [6 * 5 * 4 * 3 * 2 * 1.5], "float64")


Pair = collections.namedtuple("Pair", "a b")


def total(x):
    """The sum of all elements of a vector, one by one."""
    return sum((x[k] for k in range(1, len(x))), x[0])


class TestFunctional:
    """Ordinary functions of arrays and of trees of arrays."""

    X = numpy.array([0.5, -1.5, 2.0])

    def test_value_and_grad(self):
        value, g = autograd.value_and_grad(lambda x: total(x * x * x))(array(self.X))
        close(value, (self.X ** 3).sum(), "float64")
        close(g, 3 * self.X ** 2, "float64")
        assert type(g) is ndarray
        assert g.grad is None or not g.grad.asnumpy().any()

    def test_value_and_grad_of_trees(self):
        tree = {"w": array(self.X), "list": [array([2.0]), Pair(array([3.0]), (array([4.0]),))]}

        def function(tree, scale):
            first, pair = tree["list"]
            return total(tree["w"]) * first[0] * pair.a[0] * pair.b[0][0] * scale

        value, g = autograd.value_and_grad(function)(tree, scale=2.0)
        close(value, self.X.sum() * 48, "float64")
        close(g["w"], numpy.full(3, 48.0), "float64")
        assert type(g["list"][1]) is Pair
        close(g["list"][1].b[0], [self.X.sum() * 12], "float64")

    def test_argnums(self):
        def function(x, y):
            return total(x * y * y)

        x, y = array(self.X), array(self.X + 1)
        close(autograd.value_and_grad(function, argnums=1)(x, y)[1], 2 * self.X * (self.X + 1), "float64")
        gx, gy = autograd.value_and_grad(function, argnums=(0, 1))(x, y)[1]
        close(gx, (self.X + 1) ** 2, "float64")
        close(gy, 2 * self.X * (self.X + 1), "float64")

    def test_arguments_are_left_alone(self):
        x = variable(self.X)
        x.grad[:] = 5
        autograd.value_and_grad(lambda x: total(x * x))(x)
        autograd.jacobian(lambda x: x * x)(x)
        autograd.hessian(lambda x: total(x * x))(x)
        close(x.grad, [5, 5, 5], "float64")
        close(x, self.X, "float64")
        assert not autograd.is_recording()

    def test_an_unused_argument_has_gradient_zero(self):
        _, (gx, gy) = autograd.value_and_grad(lambda x, y: total(x * x), argnums=(0, 1))(array(self.X), array([1.0, 2]))
        close(gx, 2 * self.X, "float64")
        close(gy, [0, 0], "float64")

    def test_a_mistake_in_the_function_is_not_a_zero_gradient(self):
        def overwrites(x):
            y = x * x
            with autograd.pause():
                x[:] = 0
            return total(y)

        with pytest.raises(MutationError):
            autograd.value_and_grad(overwrites)(array(self.X))

    @pytest.mark.parametrize("cls", [ndarray, NDArray])
    def test_they_nest(self, cls):
        x = array([2.0], cls)

        def cube(z):
            return total(z * z * z)

        def outer(slope):
            return autograd.value_and_grad(lambda z: total(slope(z)))(x)

        for slope in (autograd.jacobian(cube), lambda z: autograd.value_and_grad(cube)(z)[1],
                      lambda z: autograd.vjp(cube, z)[1]()[0], lambda z: autograd.jvp(
                          lambda a: a * a * a, (z,), (array([1.0]),))[1]):
            value, g = outer(slope)
            close(value, value.asnumpy() * 0 + 12, "float64")
            close(g, [12], "float64")
        close(outer(autograd.hessian(cube))[1], [6], "float64")
        close(autograd.value_and_grad(lambda a: total(autograd.value_and_grad(lambda z: total(z * z * a))(
            array([3.0], cls))[1]))(x)[1], [6], "float64")

    def test_mistaken_arguments(self):
        x = array(self.X)
        with pytest.raises(ArgumentError, match="argnums 3"):
            autograd.value_and_grad(total, argnums=3)(x)
        with pytest.raises(DtypeError, match="must return an array, not tuple"):
            autograd.jacobian(lambda x: (x, x))(x)
        with pytest.raises(ShapeError, match="tangents"):
            autograd.jvp(total, (x,), ())
        for call in (lambda: autograd.grad(3, x), lambda: autograd.backward(3), lambda: autograd.retain_grad(3),
                     lambda: autograd.mark_variables("x", x)):
            with pytest.raises(DtypeError, match="expected an array, not"):
                call()

    def test_value_must_be_one_number(self):
        with pytest.raises(ShapeError, match="one number"):
            autograd.value_and_grad(lambda x: x * x)(array(self.X))
        with pytest.raises(ShapeError, match="one number"):
            autograd.hessian(lambda x: x * x)(array(self.X))

    def test_leaves_are_arrays(self):
        with pytest.raises(DtypeError, match="nested tuples, lists and dicts"):
            autograd.value_and_grad(lambda x: x)("text")

    def test_jacobian(self):
        j = autograd.jacobian(lambda x: x[:2] * x[1:])(array(self.X))
        a, b, c = self.X
        close(j, [[b, a, 0], [0, c, b]], "float64")
        j = autograd.jacobian(lambda t: t["a"][:, None] * t["b"])({"a": array([1.0, 2]), "b": array(self.X)})
        assert j["a"].shape == (2, 3, 2)
        assert j["b"].shape == (2, 3, 3)
        close(j["a"], numpy.einsum("ik,j->ijk", numpy.eye(2), self.X), "float64")

    def test_jacobian_of_a_constant(self):
        close(autograd.jacobian(lambda x: array([1.0, 2]) * (x[:2] // 100.0))(array(self.X)), numpy.zeros((2, 3)),
              "float64")

    def test_hessian(self):
        h = autograd.hessian(lambda x: total(x * x * x) + x[0] * x[1])(array(self.X))
        expected = numpy.diag(6 * self.X)
        expected[0, 1] = expected[1, 0] = 1
        close(h, expected, "float64")

    def test_hessian_of_a_linear_function(self):
        close(autograd.hessian(lambda x: total(x * 3.0))(array(self.X)), numpy.zeros((3, 3)), "float64")

    def test_vjp(self):
        value, pull = autograd.vjp(lambda x, y: x * y, array(self.X), array(self.X + 1))
        close(value, self.X * (self.X + 1), "float64")
        for scale in (1.0, 2.0):
            gx, gy = pull(array(scale * numpy.ones(3)))
            close(gx, scale * (self.X + 1), "float64")
            close(gy, scale * self.X, "float64")

    def test_jvp(self):
        v = numpy.array([1.0, 2, 3])
        value, tangent = autograd.jvp(lambda x, y: x * x * y[0], (array(self.X), array([2.0])),
                                      (array(v), array([10.0])))
        close(value, self.X ** 2 * 2, "float64")
        close(tangent, 4 * self.X * v + 10 * self.X ** 2, "float64")

    def test_jvp_of_a_linear_function(self):
        _, tangent = autograd.jvp(lambda x: x * 3.0, (array(self.X),), (array([1.0, 0, 2]),))
        close(tangent, [3, 0, 6], "float64")

    def test_inside_record(self):
        w = variable([2.0])
        with autograd.record():
            value, g = autograd.value_and_grad(lambda x: total(x * x))(array(self.X))
            y = w * value
            assert autograd.is_recording()
        y.backward()
        close(w.grad, [(self.X ** 2).sum()], "float64")
        close(g, 2 * self.X, "float64")

    def test_errors_restore_the_flags(self):
        def breaks(x):
            raise KeyError

        for helper in (autograd.value_and_grad, autograd.jacobian, autograd.hessian):
            with pytest.raises(KeyError):
                helper(breaks)(array(self.X))
        assert not autograd.is_recording()
        assert issubclass(MutationError, MXNetError)
