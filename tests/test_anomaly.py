"""autograd.detect_anomaly: nan and inf are errors that name the operator, the element and the line of the program."""

import doctest
import inspect
import threading

import numpy
import pytest
from check import array, ndarray
from test_threads import together

from mxlite import autograd, nd, np, npx, profiler
from mxlite._errors import AnomalyError, ArgumentError, MXNetError

detect = autograd.detect_anomaly
INF, NAN = numpy.inf, numpy.nan


def variable(values, cls=ndarray):
    x = array(numpy.array(values, "float32"), cls)
    x.attach_grad()
    return x


def anomaly(function, *args):
    """The AnomalyError of a call, and the number of the function's first line."""
    with pytest.raises(AnomalyError) as raised:
        function(*args)
    assert isinstance(raised.value, MXNetError)
    assert isinstance(raised.value, FloatingPointError)
    return raised.value


def line_of(function, text):
    """(file, line, name) of the line of a function that has a text in it."""
    lines, first = inspect.getsourcelines(function)
    return __file__, first + next(k for k, line in enumerate(lines) if text in line)


def loss(x):
    a = np.sqrt(x)
    b = a * 2

    return b.sum()


@pytest.mark.thread_unsafe(reason="doctest replaces sys.stdout")
def test_example():
    assert doctest.run_docstring_examples(autograd.detect_anomaly, {}) is None


@pytest.mark.parametrize(("f", "at", "operator", "index"), [
    (np.log, [1.0, 0.0, -1.0], "log", (1,)),
    (lambda x: 1 / x, [[1.0, 2.0], [3.0, 0.0]], "true_divide", (1, 1)),
    (lambda x: x / x, [0.0], "true_divide", (0,)),
    (lambda x: x * 2e38 * 10.0, [1.0], "multiply", (0,)),
    (np.exp, [1000.0], "exp", (0,)),
    (lambda x: np.prod(x * 1e30), [1.0, 1.0], "prod", ()),
    (lambda x: np.power(x, 0.5), [4.0, -1.0], "power", (1,)),
    (lambda x: np.mean(x), numpy.zeros((0, 2)), "mean", ()),
    (lambda x: np.dot(x, x) * 1, [1e30, 1e30], "dot", ()),
    (lambda x: x.astype("float16"), [1e5], "astype", (0,)),
    (lambda x: np.linalg.inv(x.reshape(2, 2) * 1e-44), [1.0, 0.0, 0.0, 1.0], "inv", (0, 0)),
    (lambda x: npx.batch_norm(x.reshape(1, 1), *[np.ones(1)] * 4, eps=0.0, use_global_stats=True) / (x - x),
     [1.0], "true_divide", (0, 0)),
])
@pytest.mark.parametrize("recording", [True, False])
def test_forward(f, at, operator, index, recording):
    """The operator is named with its operands, recording or not; without the scope nothing is raised."""
    x = variable(at)
    before = x.asnumpy()
    f(x)
    with detect():
        if recording:
            with autograd.record():
                error = anomaly(f, x)
        else:
            error = anomaly(f, x)
    assert (error.operator, error.index) == (operator, index)
    assert str(error).startswith((f"{operator}(float32[", f"{operator}(int, float32["))
    assert f"at {index}, though its operands are finite" in str(error)
    assert error.line[0] == __file__
    numpy.testing.assert_array_equal(x.asnumpy(), before)
    f(x)


@pytest.mark.parametrize("cls", [np.array, nd.array])
@pytest.mark.parametrize("backward", ["backward", "grad", "create_graph", "list"])
def test_backward_names_the_line_of_the_forward_call(cls, backward):
    def run(x):
        with detect(), autograd.record():
            y = loss(x.as_np_ndarray())
            if backward == "backward":
                y.backward()
            elif backward == "list":
                autograd.backward([y, y])
            else:
                autograd.grad(y, [x], create_graph=backward == "create_graph")

    x = cls([4.0, 0.0, 1.0])
    x.attach_grad()
    error = anomaly(run, x)
    assert (error.operator, error.index) == ("sqrt", (1,))
    assert error.line[:2] == line_of(loss, "np.sqrt")
    assert str(error) == (
        "sqrt: the gradient of its input 'x' is inf at (1,), though that of its result was finite. sqrt was called at "
        f"{__file__}:{error.line[1]}, in loss: a = np.sqrt(x)")
    assert not x.grad.asnumpy().any()


def test_cotangents_of_picked_elements():
    """What pick hands back is not an array; it is looked at all the same."""
    x = variable([[1.0] * 3000])
    with detect(), autograd.record():
        y = npx.pick(npx.softmax(x), np.array([1]))
        error = anomaly(y.backward, np.array([INF], dtype="float32"))
    assert error.operator == "softmax"
    assert "that of its result was inf at worst" in str(error)


def test_the_graph_stays():
    """An error in the sweep leaves gradients and graph as they were."""
    x, w = variable([0.0, 1.0]), variable([2.0, 3.0])
    with autograd.record():
        kept = w * w
        y = (np.sqrt(x) * kept).sum()
    with detect():
        error = anomaly(y.backward)
    assert error.line is None
    assert "recorded outside detect_anomaly" in str(error)
    assert not w.grad.asnumpy().any()
    y.backward()
    numpy.testing.assert_array_equal(x.grad.asnumpy(), [INF, 4.5])
    numpy.testing.assert_array_equal(w.grad.asnumpy(), [0, 6])


def test_second_derivatives_name_the_first_line_too():
    """What create_graph records belongs to the line of the operator whose derivative it is."""
    x = variable([0.0, 1.0])

    def run():
        with detect(), autograd.record():
            y = (x ** 1.5).sum()
            g, = autograd.grad(y, [x], create_graph=True)
            g.sum().backward()

    error = anomaly(run)
    assert error.index == (0,)
    assert error.line[:2] == line_of(test_second_derivatives_name_the_first_line_too, "x ** 1.5")


def test_several_inputs_and_outputs():
    """The input is named as in the signature: of a list the number in it, of several results the call."""
    x, y = variable([1.0, 4.0]), variable([0.0, 1.0])
    with detect(), autograd.record():
        z = np.hypot(y, y - y).sum()
        error = anomaly(z.backward)
    assert (error.operator, error.index) == ("hypot", (0,))
    assert "its input 'x1'" in str(error)
    with detect(), autograd.record():
        a, b = np.split(np.sqrt(np.concatenate([x, y])), 2)
        error = anomaly((a + b).sum().backward)
    assert (error.operator, error.index) == ("sqrt", (2,))
    with detect(), autograd.record():
        q, _ = np.linalg.qr(np.diag(x) * 1e-39)
        error = anomaly((q * np.arange(4.0).reshape(2, 2)).sum().backward)
    assert error.operator == "qr"
    assert error.line[2] == "test_several_inputs_and_outputs"


@pytest.mark.parametrize("f", [
    lambda x: npx.softmax(np.where(np.array([True, False, True], dtype="bool"), x, -INF))[0],
    lambda x: npx.log_softmax(x + np.array([0.0, -INF, 0.0]))[0],
    lambda x: np.where(x > 0, np.sqrt(np.where(x > 0, x, 1)), 0).sum(),
    lambda x: np.clip(x, -INF, INF).sum(),
    lambda x: np.linalg.norm(x - x),
    lambda x: np.std(x - x),
    lambda x: np.nansum(x + np.array([NAN, 1.0, 1.0])),
    lambda x: np.where(x > 5, INF, x).sum(),
])
def test_what_is_no_anomaly(f):
    """Masks of -inf, nan among the operands, and subgradients: nothing becomes worse than it was."""
    x = variable([1.0, 0.0, 3.0])
    with detect(), autograd.record():
        f(x).backward()
    assert numpy.isfinite(x.grad.asnumpy()[1:]).all()


def test_infinity_may_become_nan_nowhere():
    x = variable([1.0])
    with detect():
        y = x * array(numpy.array([INF], "float32"))
        error = anomaly(lambda: y - y)
    assert "though its operands are inf at worst" in str(error)
    with autograd.record():
        y = x * 0.0
    with detect():
        error = anomaly(y.backward, array(numpy.array([INF], "float32")))
    assert error.operator == "multiply"
    assert "though that of its result was inf at worst" in str(error)


def test_in_place():
    """The array gets its values back, and nothing counts as written."""
    x, w = variable([1.0, 0.0]), variable([1.0, 1.0])
    y = x * 1
    with autograd.record():
        z = (w * w * y).sum()

    def divide():
        nonlocal y
        y /= x

    with detect():
        error = anomaly(divide)
    assert error.operator == "true_divide"
    numpy.testing.assert_array_equal(y.asnumpy(), [1, 0])
    z.backward()
    numpy.testing.assert_array_equal(w.grad.asnumpy(), [2, 0])


def test_out():
    x = variable([0.0])
    out = np.ones(1)
    with detect():
        anomaly(lambda: np.log(x, out=out))
    assert out.asnumpy() == 1


class Bad(autograd.Function):
    """A Function whose result or gradient is nan."""

    def __init__(self, where):
        self.where = where

    def forward(self, x):
        return array(numpy.full(x.shape, NAN, "float32")) if self.where == "forward" else x * 1

    def backward(self, g):
        if self.where == "inside":
            return np.log(g - g)
        return array(numpy.full(g.shape, NAN, "float32"))


@pytest.mark.parametrize(("where", "operator"), [("forward", "Bad"), ("backward", "Bad"), ("inside", "log")])
@pytest.mark.parametrize("create_graph", [False, True])
def test_functions(where, operator, create_graph):
    """What a Function gives back is looked at, and what its code calls."""
    x = variable([1.0, 2.0])

    def run():
        with detect(), autograd.record():
            y = Bad(where)(x).sum()
            autograd.grad(y, [x], create_graph=create_graph)

    error = anomaly(run)
    assert error.operator == operator
    assert error.index == (0,)
    place = line_of(Bad.backward, "np.log") if where == "inside" else line_of(test_functions, "Bad(where)")
    assert error.line[:2] == place


def test_scopes_nest_and_end():
    x = variable([0.0])
    scope = detect()
    with scope:
        with scope, detect():
            anomaly(np.log, x)
        anomaly(np.log, x)
    np.log(x)
    with pytest.raises(KeyError), detect():
        raise KeyError
    np.log(x)


def test_decorator():
    @autograd.detect_anomaly()
    def f(x, again=True):
        """Doc."""
        return f(x, False) if again else np.log(x)

    anomaly(f, variable([0.0]))
    assert f.__doc__ == "Doc."
    assert f(variable([1.0])) == 0
    np.log(variable([0.0]))


def test_other_threads_are_not_concerned():
    inside, done = threading.Event(), threading.Event()

    def watched():
        with detect():
            inside.set()
            assert done.wait(60)
            anomaly(np.log, variable([0.0]))

    def free():
        assert inside.wait(60)
        try:
            x = variable([0.0, 1.0])
            with autograd.record():
                y = loss(x)
            y.backward()
            assert numpy.isinf(x.grad.asnumpy()[0])
        finally:
            done.set()

    together([watched, free])


@pytest.mark.thread_unsafe(reason="there is one profiler in a process")
def test_together_with_the_profiler():
    x = variable([0.0, 1.0])
    profiler.start()
    with detect(), autograd.record():
        y = loss(x)
        anomaly(y.backward)
    profiler.stop()
    assert "_backward_" in profiler.dumps(reset=True)


def test_gradients_are_the_same():
    """A program without anomalies gives the same bits under the scope."""
    def run():
        x = variable(numpy.linspace(0.5, 2, 12).reshape(3, 4))
        with autograd.record():
            y = npx.softmax(np.tanh(np.dot(x, x.T)) + x.sum(axis=1)) * np.split(x, 4, axis=1)[2]
            z = (y * y).sum()
            g, = autograd.grad(z, [x], create_graph=True)
            (z + (g * g).sum()).backward()
        return x.grad.asnumpy()

    plain = run()
    with detect():
        numpy.testing.assert_array_equal(run(), plain)


def test_errors_inside_formulas_are_errors_of_mxlite():
    """What NumPy raises while a derivative is computed is named after the operator, too."""
    x = variable([[0.0, 0.0], [0.0, 0.0]])    # singular whatever the rounding
    with autograd.record():
        q, r = np.linalg.qr(x)
        y = q.sum() + r.sum()
    with pytest.raises(ArgumentError, match=r"^backward of qr\(.*float32\[2, 2\].*: Singular matrix"):
        y.backward()
    assert not x.grad.asnumpy().any()


def test_large_arrays_are_not_computed_later():
    """The error is raised by the call, also where values would otherwise be computed when they are read."""
    x = variable(numpy.ones(300_000))
    x[7] = 0
    with detect(), autograd.record():
        y = x * 2
        error = anomaly(np.log, y)
        assert error.index == (7,)
        assert anomaly(np.sqrt(y).sum().backward).index == (7,)
