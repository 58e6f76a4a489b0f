"""A Gaussian process whose kernel is fitted by marginal likelihood, with gradients through the Cholesky factor.

    python examples/gaussian_process.py

The kernel is  size**2 exp(-(a - b)**2 / (2 length**2)),  the noise is independent. All three parameters are positive,
so their logarithms are fitted. Formulas: Rasmussen and Williams, Gaussian Processes for Machine Learning, (2.25) to
(2.30).
"""

import math

from mxlite import autograd, np


def kernel(a: np.ndarray, b: np.ndarray, log_size: np.ndarray, log_length: np.ndarray) -> np.ndarray:
    distance = (a.reshape(-1, 1) - b.reshape(1, -1)) / np.exp(log_length)
    return np.exp(2 * log_size - distance ** 2 / 2)


def factor(params: np.ndarray, x: np.ndarray) -> np.ndarray:
    """The Cholesky factor of the covariance of the observations."""
    log_size, log_length, log_noise = params
    noise = np.exp(2 * log_noise) * np.eye(len(x), dtype=x.dtype)
    return np.linalg.cholesky(kernel(x, x, log_size, log_length) + noise)


def loss(params: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Minus the logarithm of the marginal likelihood."""
    lower = factor(params, x)
    whitened = np.linalg.solve(lower, y)
    return (whitened ** 2).sum() / 2 + np.log(np.diag(lower)).sum() + len(x) / 2 * math.log(2 * math.pi)


def fit(params: np.ndarray, x: np.ndarray, y: np.ndarray, steps: int = 12) -> tuple[np.ndarray, list[float]]:
    """Newton's method with the exact Hessian, its eigenvalues made positive, and steps halved until the loss falls."""
    gradient_of, hessian_of = autograd.value_and_grad(loss), autograd.hessian(loss)
    losses: list[float] = []
    for _ in range(steps):
        value, gradient = gradient_of(params, x, y)
        losses.append(float(value))
        eigenvalues, vectors = np.linalg.eigh(hessian_of(params, x, y))
        curvature = np.maximum(np.abs(eigenvalues), 0.1)
        direction = np.dot(vectors, np.dot(vectors.T, gradient) / curvature)
        rate = 1.0
        while rate > 1e-6 and not float(loss(params - rate * direction, x, y)) <= losses[-1]:
            rate /= 2
        params = params - rate * direction
    return params, losses


def predict(params: np.ndarray, x: np.ndarray, y: np.ndarray, where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation of the function at other places."""
    log_size, log_length, _ = params
    lower = factor(params, x)
    across = np.linalg.solve(lower, kernel(x, where, log_size, log_length))
    mean = np.dot(across.T, np.linalg.solve(lower, y))
    return mean, np.sqrt(np.exp(2 * log_size) - (across ** 2).sum(axis=0))


def data(n: int = 40) -> tuple[np.ndarray, np.ndarray]:
    np.random.seed(3)
    x = np.sort(np.random.uniform(0, 6, size=n, dtype="float64"))
    return x, np.sin(2 * x) + np.random.normal(scale=0.1, size=n, dtype="float64")


def main() -> None:
    x, y = data()
    params, losses = fit(np.array([0.0, 0.0, -1.0], dtype="float64"), x, y)
    size, length, noise = (float(p) for p in np.exp(params))
    print(f"minus log likelihood: {losses[0]:.3f} to {losses[-1]:.3f}")
    print(f"size {size:.3f}, length {length:.3f}, noise {noise:.3f} (the data have 0.1)")
    where = np.array([1.0, 3.0, 5.0], dtype="float64")
    for place, mean, deviation in zip(where, *predict(params, x, y, where), strict=True):
        truth = float(np.sin(2 * place))
        print(f"at {float(place)}: {float(mean):+.3f} +- {float(deviation):.3f}, the truth is {truth:+.3f}")


if __name__ == "__main__":
    main()
