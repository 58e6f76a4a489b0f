"""scipy.optimize.minimize with gradients and Hessians from the tape. Needs SciPy.

    python examples/minimize.py

SciPy passes NumPy arrays and wants NumPy arrays; np.array makes an array of mxlite of one, asnumpy goes back.
"""

import numpy
from scipy.optimize import minimize

from mxlite import autograd, np


def rosenbrock(x):
    """A curved valley; least, 0, where every element is 1."""
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def for_scipy(function):
    """(value and gradient, Hessian) as functions of NumPy arrays."""
    both, second = autograd.value_and_grad(function), autograd.hessian(function)

    def value_and_gradient(x):
        value, gradient = both(np.array(x, dtype="float64"))
        return float(value), gradient.asnumpy()

    def hessian(x):
        return second(np.array(x, dtype="float64")).asnumpy()

    return value_and_gradient, hessian


def solve(method, n=10, function=rosenbrock):
    value_and_gradient, hessian = for_scipy(function)
    start = numpy.zeros(n)
    second = {"hess": hessian} if method in ("trust-exact", "Newton-CG") else {}
    return minimize(value_and_gradient, start, jac=True, method=method, **second)


def main():
    for method in ("BFGS", "Newton-CG", "trust-exact"):
        result = solve(method)
        print(f"{method:<12} {result.nit:3d} steps, {result.nfev:3d} calls: least {result.fun:.1e}, "
              f"distance to the solution {abs(result.x - 1).max():.1e}")


if __name__ == "__main__":
    main()
