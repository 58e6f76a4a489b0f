"""autograd.Function: a user's own forward and backward."""

import numpy
import pytest
from check import NDArray, array, close, ndarray

from mxlite import autograd, np
from mxlite._engine.inspect import node_of
from mxlite._errors import DtypeError, GraphError, MutationError, ShapeError


def variable(values, grad_req="write", cls=ndarray):
    x = array(numpy.array(values, dtype="float64"), cls)
    x.attach_grad(grad_req)
    return x


class Product(autograd.Function):
    """x * y, both saved."""

    def forward(self, x, y):
        self.save_for_backward(x, y)
        return x * y

    def backward(self, g):
        x, y = self.saved_tensors
        return g * y, g * x


class SumAndProduct(autograd.Function):
    """Two results."""

    def forward(self, x, y):
        self.save_for_backward(x, y)
        return x + y, x * y

    def backward(self, gs, gp):
        x, y = self.saved_tensors
        return gs + gp * y, gs + gp * x


@pytest.mark.parametrize("cls", [ndarray, NDArray])
def test_values_and_gradients(cls):
    x, y = variable([1, 2], cls=cls), variable([3, 4], cls=cls)
    with autograd.record():
        z = Product()(x, y) * 2.0
    z.backward()
    assert type(z) is cls
    close(x.grad, [6, 8], "float64")
    close(y.grad, [2, 4], "float64")


def test_gradients_add_up():
    for req, scale in (("write", 1), ("add", 3)):
        x = variable([1, 2], req)
        for _ in range(3):
            with autograd.record():
                z = Product()(x, x) + Product()(x * 2.0, x) + x
            z.backward()
        close(x.grad, [scale * (2 * v + 4 * v + 1) for v in (1, 2)], "float64")


def test_several_results():
    x, y = variable([1, 2]), variable([3, 4])
    with autograd.record():
        s, p = SumAndProduct()(x, y)
        z = s * p
    z.backward()
    close(x.grad, [1 * 3 + 4 * 3, 2 * 4 + 6 * 4], "float64")
    close(y.grad, [3 + 4, 8 + 12], "float64")


def test_one_of_several_results_unused():
    for pick, expected in ((0, [1, 1]), (1, [3, 4])):
        x, y = variable([1, 2]), variable([3, 4])
        with autograd.record():
            z = SumAndProduct()(x, y)[pick]
        z.backward()
        close(x.grad, expected, "float64")


def test_both_results_as_heads():
    x, y = variable([1, 2]), variable([3, 4])
    with autograd.record():
        s, p = SumAndProduct()(x, y)
    autograd.backward([s, p, s])
    close(x.grad, [2 + 3, 2 + 4], "float64")


def test_a_list_of_results_stays_a_list():
    class Both(SumAndProduct):
        def forward(self, x, y):
            return list(super().forward(x, y))

    assert type(Both()(array([1.0]), array([2.0]))) is list
    x = variable([1.0])
    with autograd.record():
        assert type(Both()(x, x)) is list


def test_a_list_of_one_result():
    class One(autograd.Function):
        def forward(self, x):
            return (x * 2,)

        def backward(self, g):
            return g * 2

    x = variable([1.0])
    with autograd.record():
        z, = One()(x)
    z.backward()
    close(x.grad, [2], "float64")


def test_results_without_gradients_and_inputs_that_want_none():
    class Pick(autograd.Function):
        def forward(self, x, k, y):
            assert k == 3
            return x * k + y

        def backward(self, g):
            return g * 3, None, None

    x, y = variable([1.0]), variable([1.0])
    y.grad[:] = 5
    with autograd.record():
        z = Pick()(x, 3, y)
    z.backward()
    close(x.grad, [3], "float64")
    close(y.grad, [0], "float64")


def test_called_once():
    f = Product()
    f(array([1.0]), array([2.0]))
    with pytest.raises(GraphError, match="only be called once"):
        f(array([1.0]), array([2.0]))


def test_outside_record_and_on_constants():
    x = variable([2.0])
    close(Product()(x, x), [4], "float64")
    with autograd.record():
        y = Product()(array([2.0]), array([3.0]))
    assert node_of(y) is None


def test_forward_returns_its_input():
    class Same(autograd.Function):
        def forward(self, x):
            return x

        def backward(self, g):
            return g * 10

    x = variable([1.0])
    with autograd.record():
        z = Same()(x) * x
    z.backward()
    close(x.grad, [11], "float64")
    z = None
    with autograd.record():
        y = Same()(x)
    y[:] = 5
    close(x, [1], "float64")


def test_saved_tensors_are_watched():
    x, y = variable([1.0, 2]), variable([3.0, 4])
    with autograd.record():
        z = Product()(x, y)
    assert set(node_of(z).saved) == {"saved_tensors[0]", "saved_tensors[1]"}
    y += 1
    with pytest.raises(MutationError, match="Product: a saved tensor"):
        z.backward()
    assert not x.grad.asnumpy().any()


def test_exceptions_pass_through_and_the_tape_stays_usable():
    class Fails(autograd.Function):
        broken = True

        def forward(self, x):
            return x * 1

        def backward(self, g):
            if Fails.broken:
                raise ZeroDivisionError("mine")
            return g * 5

    x, w = variable([1.0], "add"), variable([2.0])
    with autograd.record():
        y = x * w
        z = Fails()(y) + w * x
    with pytest.raises(ZeroDivisionError, match="mine"):
        z.backward()
    close(x.grad, [0], "float64")
    close(w.grad, [0], "float64")
    assert not autograd.is_recording()
    with pytest.raises(ZeroDivisionError):
        autograd.grad(z, [x], create_graph=True)
    Fails.broken = False
    z.backward()
    close(x.grad, [12], "float64")
    close(w.grad, [6], "float64")


def test_an_exception_in_forward():
    class Fails(autograd.Function):
        def forward(self, x):
            raise ZeroDivisionError

    x = variable([1.0])
    with autograd.record():
        with pytest.raises(ZeroDivisionError):
            Fails()(x)
        assert autograd.is_recording()
        y = x * x
    y.backward()
    close(x.grad, [2], "float64")


@pytest.mark.parametrize(("result", "error", "phrase"), [
    (lambda g: (g, g, g), ShapeError, "must return 2 gradients"),
    (lambda g: g, ShapeError, "must return 2 gradients"),
    (lambda g: (g, 3.0), DtypeError, "must return arrays"),
    (lambda g: (g, array([1.0])), ShapeError, r"gradient 1 has shape \(1,\)"),
])
@pytest.mark.parametrize("create_graph", [True, False])
def test_what_backward_must_return(result, error, phrase, create_graph):
    class Bad(Product):
        def backward(self, g):
            return result(g)

    x, y = variable([1.0, 2]), variable([3.0, 4])
    with autograd.record():
        z = Bad()(x, y)
    with pytest.raises(error, match=phrase):
        autograd.grad(z, [x, y], create_graph=create_graph, retain_graph=True)


def test_missing_methods():
    class Nothing(autograd.Function):
        pass

    with pytest.raises(NotImplementedError, match="Nothing must define forward"):
        Nothing()(array([1.0]))


def test_gradients_come_back_in_the_dtype_of_the_input():
    class Wide(autograd.Function):
        def forward(self, x):
            return x * 2

        def backward(self, g):
            return g.astype("float64") * 2

    x = array(numpy.ones(2, "float32"))
    x.attach_grad()
    with autograd.record():
        y = Wide()(x)
    y.backward()
    assert x.grad.dtype == "float32"
    close(x.grad, [2, 2], "float32")


def test_second_derivatives_go_through_backward():
    class Cube(autograd.Function):
        def forward(self, x):
            self.save_for_backward(x)
            return x * x * x

        def backward(self, g):
            x, = self.saved_tensors
            return g * 3.0 * x * x

    x = variable([2.0])
    with autograd.record():
        y = Cube()(x)
        g = autograd.grad(y, x, create_graph=True)[0]
    close(g, [12], "float64")
    g.backward()
    close(x.grad, [12], "float64")


def test_retain_graph_and_twice():
    x = variable([2.0], "add")
    with autograd.record():
        y = Product()(x, x)
    y.backward(retain_graph=True)
    y.backward()
    close(x.grad, [8], "float64")
    with pytest.raises(GraphError):
        y.backward()


def test_a_function_inside_a_function():
    class Outer(autograd.Function):
        def forward(self, x):
            self.x = x
            return Product()(x, x)

        def backward(self, g):
            x = self.x.detach()
            x.attach_grad()
            with autograd.record():
                y = Product()(x, x)
            y.backward(g)
            return x.grad

    x = variable([3.0])
    with autograd.record():
        y = Outer()(x) * x
    y.backward()
    close(x.grad, [27], "float64")


def test_backward_of_another_graph_inside_backward():
    """A sweep inside a sweep has its own marks."""
    shared = variable([2.0], "add")

    class Nested(autograd.Function):
        def forward(self, x):
            return x * 1

        def backward(self, g):
            with autograd.record():
                z = shared * shared
            z.backward()
            return g * shared

    with autograd.record():
        y = Nested()(shared * 1.0) + shared
    y.backward()
    close(shared.grad, [4 + 2 + 1], "float64")


def test_an_interrupt_in_the_middle_of_a_sweep():
    class Interrupted(Product):
        once = True

        def backward(self, g):
            if Interrupted.once:
                Interrupted.once = False
                raise KeyboardInterrupt
            return super().backward(g)

    x = variable([2.0], "add")
    with autograd.record():
        y = Interrupted()(x * 1.0, x) * x
    with pytest.raises(KeyboardInterrupt):
        y.backward()
    assert not autograd.is_recording()
    assert not autograd.is_training()
    close(x.grad, [0], "float64")
    y.backward()
    close(x.grad, [12], "float64")


def test_checkpointing():
    """A Function that records its forward anew in backward, through the variables of the sweep around it."""
    w = variable([2.0, 3.0], "add")

    class Checkpoint(autograd.Function):
        def forward(self, x):
            self.x = x.copy()
            return x * w * w

        def backward(self, g):
            x = self.x
            x.attach_grad()
            with autograd.record():
                y = x * w * w
            y.backward(g)
            return x.grad

    for req, scale in (("add", 1), ("write", 1)):
        w.attach_grad(req)
        x = variable([5.0, 7.0])
        with autograd.record():
            y = Checkpoint()(x * 1.0)
            z = y * y
        z.backward()
        value = x.asnumpy() * w.asnumpy() ** 2
        close(x.grad, scale * 2 * value * w.asnumpy() ** 2, "float64")
        close(w.grad, scale * 2 * value * 2 * x.asnumpy() * w.asnumpy(), "float64")


def test_unused_output_under_create_graph():
    """An output that nothing depends on gets a head gradient of zeros, also when the sweep is recorded."""
    class Both(autograd.Function):
        def forward(self, x):
            return x * 2.0, x * 3.0

        def backward(self, first, second):
            return first * 2.0 + second * 3.0

    x = array(numpy.array([1.0, 2.0]))
    x.attach_grad()
    with autograd.record():
        y, _ = Both()(x)
        g, = autograd.grad(y * x, [x], create_graph=True)
    assert g.tolist() == [4.0, 8.0]


@pytest.mark.parametrize("n", [2, 200_000])
@pytest.mark.parametrize("join", [lambda u, y: y + u, lambda u, y: u + y, lambda u, y: u * 1 + y,
                                  lambda u, y: np.concatenate([y, u])[:len(u)] + u])
def test_backward_may_write_to_its_head_gradient(join, n):
    class Doubled(autograd.Function):
        def forward(self, a):
            return a * a

        def backward(self, g):
            result = g * 2
            g[:] = 0
            return result

    x = np.full(n, 2.0)
    x.attach_grad()
    with autograd.record():
        u = x * 3
        z = join(u, Doubled()(u))
    head = np.full(n, 5.0)
    z.backward(head)
    assert x.grad[0] == x.grad[-1] == 45
    assert (head == 5).all()


@pytest.mark.parametrize("outputs", [1, 2])
def test_second_derivative_through_a_saved_output(outputs):
    class Exp(autograd.Function):
        def forward(self, a):
            y = np.exp(a)
            self.save_for_backward(y)
            return y if outputs == 1 else [y, a * 2]

        def backward(self, g, *others):
            y, = self.saved_tensors
            return g * y

    x = np.array([1.0, 2.0], dtype="float64")
    x.attach_grad()
    with autograd.record():
        y = Exp()(x)
        y = y if outputs == 1 else y[0]
        gradient = autograd.grad((y * y).sum(), [x], create_graph=True)[0]
    gradient.backward()
    numpy.testing.assert_allclose(x.grad.asnumpy(), 4 * numpy.exp([2.0, 4.0]))


class IntoBuffer(autograd.Function):
    """Twice its input; backward returns an array that it writes to whenever it is called."""

    def __init__(self, buffer):
        super().__init__()
        self.buffer = buffer

    def forward(self, x):
        return x * 2

    def backward(self, g):
        self.buffer[:] = g * 2
        return self.buffer


@pytest.mark.parametrize("create_graph", [False, True])
@pytest.mark.parametrize("n", [3, 20_000])
def test_backward_may_write_again_to_what_it_returned(n, create_graph):
    """As in MXNet, which copies what backward returns."""
    x, buffer = variable(numpy.ones(n)), array(numpy.zeros(n))
    with autograd.record():
        y = IntoBuffer(buffer)(x) * 1 + IntoBuffer(buffer)(x) * 3
        if create_graph:
            g = autograd.grad([y], [x], create_graph=True)[0]
    if not create_graph:
        y.backward()
        g = x.grad
    assert (g.asnumpy() == 8).all()
