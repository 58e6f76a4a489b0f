"""Linear regression, softmax regression and a network of two layers, from scratch, with minibatches.

    python examples/regression.py

Every model is a function of its parameters and a batch; one loop trains them all. A progress bar shows if tqdm is
installed.
"""

from mxlite import autograd, np, npx

try:
    from tqdm import tqdm
except ImportError:
    def tqdm(epochs, **_):
        return epochs


def batches(x, y, size):
    """Minibatches in a random order."""
    order = np.random.permutation(len(x))
    for start in range(0, len(x), size):
        chosen = order[start:start + size]
        yield x[chosen], y[chosen]


def train(loss, params, x, y, rate, epochs, size=32):
    """Stochastic gradient descent; returns the mean loss of every epoch."""
    for p in params:
        p.attach_grad()
    history = []
    for _ in tqdm(range(epochs), desc=loss.__name__, leave=False):
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


def squared_error(params, x, y):
    w, b = params
    return (np.dot(x, w) + b - y) ** 2 / 2


def cross_entropy(scores, y):
    return -npx.pick(npx.log_softmax(scores), y)


def softmax_regression(params, x, y):
    w, b = params
    return cross_entropy(np.dot(x, w) + b, y)


def scores_of_network(params, x):
    w1, b1, w2, b2 = params
    return np.dot(np.tanh(np.dot(x, w1) + b1), w2) + b2


def network(params, x, y):
    return cross_entropy(scores_of_network(params, x), y)


def accuracy(scores, y):
    return float((scores.argmax(axis=1) == y).mean())


def linear_data(n=500):
    """y = x . (2, -3.4) + 4.2, with noise of 0.01."""
    x = np.random.normal(size=(n, 2))
    return x, np.dot(x, np.array([2.0, -3.4])) + 4.2 + np.random.normal(scale=0.01, size=n)


def blobs(n=600):
    """Points around three centres."""
    y = np.random.randint(0, 3, size=n)
    return np.array([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])[y] + np.random.normal(scale=0.7, size=(n, 2)), y


def rings(n=600):
    """Points of two circles, one around the other: no straight line divides them."""
    y = np.random.randint(0, 2, size=n)
    angle = np.random.uniform(0, 2 * np.pi, size=n)
    radius = 1.0 + y + np.random.normal(scale=0.1, size=n)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), y


def linear():
    x, y = linear_data()
    params = [np.zeros(2), np.zeros(())]
    return params, train(squared_error, params, x, y, rate=0.1, epochs=10)


def softmax():
    x, y = blobs()
    params = [np.zeros((2, 3)), np.zeros(3)]
    history = train(softmax_regression, params, x, y, rate=0.2, epochs=10)
    return accuracy(np.dot(x, params[0]) + params[1], y), history


def mlp(hidden=16):
    x, y = rings()
    params = [np.random.normal(size=(2, hidden)), np.zeros(hidden),
              np.random.normal(scale=0.3, size=(hidden, 2)), np.zeros(2)]
    history = train(network, params, x, y, rate=0.3, epochs=30)
    return accuracy(scores_of_network(params, x), y), history


def main():
    np.random.seed(1)
    (w, b), history = linear()
    print(f"linear regression: loss {history[0]:.3f} to {history[-1]:.5f}, w {w}, b {float(b):.3f}")
    right, history = softmax()
    print(f"softmax regression: loss {history[0]:.3f} to {history[-1]:.3f}, {right:.1%} right")
    right, history = mlp()
    print(f"network of two layers: loss {history[0]:.3f} to {history[-1]:.3f}, {right:.1%} right")


if __name__ == "__main__":
    main()
