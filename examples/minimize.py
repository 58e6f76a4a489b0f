"""scipy.optimize.minimize with gradients and Hessians from the tape. Needs SciPy.

    python examples/minimize.py

SciPy passes NumPy arrays and wants NumPy arrays; np.array makes an array of mxlite of one, asnumpy goes back.
"""

from collections.abc import Callable
from typing import Any

import numpy
from scipy.optimize import minimize

from mxlite import autograd, np

Vector = numpy.ndarray[tuple[int], numpy.dtype[numpy.float64]]


def rosenbrock(x: np.ndarray) -> np.ndarray:
    """A curved valley; least, 0, where every element is 1."""
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def for_scipy(function: Callable[[np.ndarray], np.ndarray]) -> tuple[
        Callable[[Vector], tuple[float, Vector]], Callable[[Vector], numpy.ndarray]]:
    """(value and gradient, Hessian) as functions of NumPy arrays."""
    both, second = autograd.value_and_grad(function), autograd.hessian(function)

    def value_and_gradient(x: Vector) -> tuple[float, Vector]:
        value, gradient = both(np.array(x, dtype="float64"))
        return float(value), gradient.asnumpy()

    def hessian(x: Vector) -> numpy.ndarray:
        return second(np.array(x, dtype="float64")).asnumpy()

    return value_and_gradient, hessian


def solve(method: str, n: int = 10) -> Any:
    value_and_gradient, hessian = for_scipy(rosenbrock)
    start = numpy.zeros(n)
    second = {"hess": hessian} if method in ("trust-exact", "Newton-CG") else {}
    return minimize(value_and_gradient, start, jac=True, method=method, **second)


def main() -> None:
    for method in ("BFGS", "Newton-CG", "trust-exact"):
        result = solve(method)
        print(f"{method:<12} {result.nit:3d} steps, {result.nfev:3d} calls: least {result.fun:.1e}, "
              f"distance to the solution {abs(result.x - 1).max():.1e}")


if __name__ == "__main__":
    main()
