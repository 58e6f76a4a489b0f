"""Linear regression, softmax regression and a network of two layers, from scratch, with minibatches.

    python examples/regression.py

Every model is a function of its parameters and a batch; one loop trains them all. A progress bar shows if tqdm is
installed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mxlite import autograd, np, npx

Params = Sequence[np.ndarray]
Batch = tuple[np.ndarray, np.ndarray]


def progress(epochs: Iterable[int], **options: Any) -> Iterable[int]:
    try:
        from tqdm import tqdm
    except ImportError:
        return epochs
    shown: Iterable[int] = tqdm(epochs, leave=False, **options)
    return shown


def batches(x: np.ndarray, y: np.ndarray, size: int) -> Iterator[Batch]:
    """Minibatches in a random order."""
    order = np.random.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = order[start:start + size]
        yield x[chosen], y[chosen]


def train(name: str, loss: Callable[[Params, np.ndarray, np.ndarray], np.ndarray], params: Params, x: np.ndarray,
          y: np.ndarray, rate: float, epochs: int, size: int = 32) -> list[float]:
    """Stochastic gradient descent; returns the mean loss of every epoch."""
    for p in params:
        p.attach_grad()
    history = []
    for _ in progress(range(epochs), desc=name):
        total = 0.0
        for some_x, some_y in batches(x, y, size):
            with autograd.record():
                mean = loss(params, some_x, some_y).mean()
            mean.backward()
            for p in params:
                p -= rate * p.grad
            total += float(mean) * len(some_x)
        history.append(total / len(x))
    return history


def squared_error(params: Params, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    w, b = params
    return (np.dot(x, w) + b - y) ** 2 / 2


def cross_entropy(scores: np.ndarray, y: np.ndarray) -> np.ndarray:
    return -npx.pick(npx.log_softmax(scores), y)


def softmax_regression(params: Params, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    w, b = params
    return cross_entropy(np.dot(x, w) + b, y)


def scores_of_network(params: Params, x: np.ndarray) -> np.ndarray:
    w1, b1, w2, b2 = params
    return np.dot(np.tanh(np.dot(x, w1) + b1), w2) + b2


def network(params: Params, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return cross_entropy(scores_of_network(params, x), y)


def accuracy(scores: np.ndarray, y: np.ndarray) -> float:
    return float((scores.argmax(axis=1) == y).mean())


def linear_data(n: int = 500) -> Batch:
    """y = x . (2, -3.4) + 4.2, with noise of 0.01."""
    x = np.random.normal(size=(n, 2))
    return x, np.dot(x, np.array([2.0, -3.4])) + 4.2 + np.random.normal(scale=0.01, size=n)


def blobs(n: int = 600) -> Batch:
    """Points around three centres."""
    y = np.random.randint(0, 3, size=n)
    return np.array([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])[y] + np.random.normal(scale=0.7, size=(n, 2)), y


def rings(n: int = 600) -> Batch:
    """Points of two circles, one around the other: no straight line divides them."""
    y = np.random.randint(0, 2, size=n)
    angle = np.random.uniform(0, 2 * np.pi, size=n)
    radius = 1.0 + y + np.random.normal(scale=0.1, size=n)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), y


def linear() -> tuple[Params, list[float]]:
    x, y = linear_data()
    params = [np.zeros(2), np.zeros(())]
    return params, train("line", squared_error, params, x, y, rate=0.1, epochs=10)


def softmax() -> tuple[float, list[float]]:
    x, y = blobs()
    params = [np.zeros((2, 3)), np.zeros(3)]
    history = train("softmax", softmax_regression, params, x, y, rate=0.2, epochs=10)
    return accuracy(np.dot(x, params[0]) + params[1], y), history


def mlp(hidden: int = 16) -> tuple[float, list[float]]:
    x, y = rings()
    params = [np.random.normal(size=(2, hidden)), np.zeros(hidden),
              np.random.normal(scale=0.3, size=(hidden, 2)), np.zeros(2)]
    history = train("network", network, params, x, y, rate=0.3, epochs=30)
    return accuracy(scores_of_network(params, x), y), history


def main() -> None:
    np.random.seed(1)
    (w, b), history = linear()
    print(f"linear regression: loss {history[0]:.3f} to {history[-1]:.5f}, w {w}, b {float(b):.3f}")
    right, history = softmax()
    print(f"softmax regression: loss {history[0]:.3f} to {history[-1]:.3f}, {right:.1%} right")
    right, history = mlp()
    print(f"network of two layers: loss {history[0]:.3f} to {history[-1]:.3f}, {right:.1%} right")


if __name__ == "__main__":
    main()
