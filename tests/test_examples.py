"""The programs of examples/ do what they promise; test_main.py runs the two that MXNet's own output is known of."""

import importlib.util
from pathlib import Path

import numpy
import pytest

from mxlite import autograd, np

EXAMPLES = Path(__file__).parent.parent / "examples"


def example(name):
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_linear_regression_finds_the_line():
    np.random.seed(1)
    (w, b), history = example("regression").linear()
    numpy.testing.assert_allclose(w.asnumpy(), [2, -3.4], atol=5e-3)
    assert abs(float(b) - 4.2) < 5e-3
    assert history[-1] < 1e-4 < history[0]


@pytest.mark.parametrize(("model", "right"), [("softmax", 0.97), ("mlp", 0.99)])
def test_classifiers_learn(model, right):
    np.random.seed(1)
    accuracy, history = getattr(example("regression"), model)()
    assert accuracy >= right
    assert history[-1] < history[0] / 5


def test_a_straight_line_does_not_divide_rings():
    """What the network learns is not there for softmax regression to find."""
    np.random.seed(1)
    module = example("regression")
    x, y = module.rings()
    w, b = np.zeros((2, 2)), np.zeros(2)
    module.train("softmax", module.softmax_regression, [w, b], x, y, rate=0.2, epochs=10)
    assert module.accuracy(np.dot(x, w) + b, y) < 0.7


def test_pendulum():
    np.random.seed(2)
    module = example("pendulum")
    true = np.array([0.8, 0.3], dtype="float64")
    path = module.fit(module.angles(true), np.array([1.0, 0.1], dtype="float64"))
    numpy.testing.assert_allclose(path[-1].asnumpy(), true.asnumpy(), rtol=1e-9)     # angles without noise
    distances = [float(abs(p - true).max()) for p in path[1:4]]
    assert distances[1] < distances[0] / 5
    assert distances[2] < distances[1] / 5


def test_pendulum_swings_as_the_equation_says():
    """A small swing without friction has the period 2 pi sqrt(length / g)."""
    module = example("pendulum")
    module.START = (0.01, 0.0)
    params = np.array([1.0, 0.0], dtype="float64")
    computed = module.angles(params).asnumpy()
    times = module.STEP * numpy.arange(1, len(computed) + 1)
    numpy.testing.assert_allclose(computed, 0.01 * numpy.cos(times * numpy.sqrt(module.G)), atol=1e-6)


@pytest.mark.parametrize("method", ["BFGS", "Newton-CG", "trust-exact"])
def test_minimize(method):
    pytest.importorskip("scipy", reason="the example is about SciPy")
    result = example("minimize").solve(method)
    numpy.testing.assert_allclose(result.x, 1, atol=1e-4)


def test_gaussian_process():
    module = example("gaussian_process")
    x, y = module.data()
    start = np.array([0.0, 0.0, -1.0], dtype="float64")
    params, losses = module.fit(start, x, y)
    assert losses == sorted(losses, reverse=True)
    assert abs(autograd.value_and_grad(module.loss)(params, x, y)[1]).max() < 1e-6
    assert 0.05 < float(np.exp(params[2])) < 0.2         # the noise of the data is 0.1
    where = np.linspace(0.5, 5.5, 20, dtype="float64")
    mean, deviation = module.predict(params, x, y, where)
    assert (abs(mean - np.sin(2 * where)) < 4 * deviation).all()


def test_marginal_likelihood_and_its_gradient():
    """Against the textbook formulas, in NumPy: Rasmussen and Williams, (2.30) and (5.9)."""
    module = example("gaussian_process")
    x, y = module.data(12)
    params = np.array([0.1, -0.3, -1.2], dtype="float64")
    value, gradient = autograd.value_and_grad(module.loss)(params, x, y)
    size, length, noise = numpy.exp(params.asnumpy())
    a, b = x.asnumpy(), y.asnumpy()
    distance = (a[:, None] - a) / length
    part = size ** 2 * numpy.exp(-distance ** 2 / 2)
    inverse = numpy.linalg.inv(part + noise ** 2 * numpy.eye(12))
    expected = (b @ inverse @ b - numpy.linalg.slogdet(inverse)[1] + 12 * numpy.log(2 * numpy.pi)) / 2
    weights = inverse - numpy.outer(inverse @ b, inverse @ b)
    slopes = [2 * part, part * distance ** 2, 2 * noise ** 2 * numpy.eye(12)]
    assert abs(float(value) - expected) < 1e-9
    numpy.testing.assert_allclose(gradient.asnumpy(), [(weights * s).sum() / 2 for s in slopes], rtol=1e-8)


def test_char_rnn_learns_its_text_by_heart():
    np.random.seed(4)
    module = example("char_rnn")
    p = module.parameters()
    history = module.train(p, module.EPOCHS)
    assert history[-1] < 0.05 < history[0]
    assert module.write(p, module.TEXT[0], len(module.TEXT)) == module.TEXT


@pytest.mark.parametrize(("name", "lines"), [
    ("regression", 3), ("pendulum", 8), ("minimize", 3), ("gaussian_process", 5), ("char_rnn", 2)])
def test_main(name, lines, capsys):
    if name == "minimize":
        pytest.importorskip("scipy", reason="the example is about SciPy")
    example(name).main()
    assert len(capsys.readouterr().out.splitlines()) == lines
