"""Fits a pendulum's length and friction to measured angles, through the loop that integrates its motion.

    python examples/pendulum.py

The angle obeys  angle'' = -(g / length) sin(angle) - friction angle'.  A classical Runge-Kutta loop computes it; the
derivatives of every computed angle with respect to both parameters come from the tape, and Gauss-Newton steps fit them.
"""

from collections.abc import Sequence

from mxlite import autograd, np

G = 9.81            # m / s**2
STEP = 0.05         # s
START = (1.2, 0.0)  # rad, rad / s

State = tuple[np.ndarray, ...]     # angle, velocity


def motion(state: State, params: np.ndarray) -> State:
    """Time derivatives of (angle, velocity)."""
    angle, velocity = state
    length, friction = params
    return velocity, -(G / length) * np.sin(angle) - friction * velocity


def moved(state: State, slopes: State, h: float) -> State:
    return tuple(x + h * dx for x, dx in zip(state, slopes, strict=True))


def step(state: State, params: np.ndarray, h: float) -> State:
    """One step of the Runge-Kutta method of order 4."""
    k1 = motion(state, params)
    k2 = motion(moved(state, k1, h / 2), params)
    k3 = motion(moved(state, k2, h / 2), params)
    k4 = motion(moved(state, k3, h), params)
    slopes = tuple((a + 2 * b + 2 * c + d) / 6 for a, b, c, d in zip(k1, k2, k3, k4, strict=True))
    return moved(state, slopes, h)


def angles(params: np.ndarray, count: int = 40) -> np.ndarray:
    """The angle after every step."""
    state: State = tuple(np.array(x, dtype="float64") for x in START)
    found = []
    for _ in range(count):
        state = step(state, params, STEP)
        found.append(state[0])
    return np.stack(found)


def fit(measured: np.ndarray, params: np.ndarray, steps: int = 6) -> Sequence[np.ndarray]:
    """Gauss-Newton: the parameters that make the squares of the residuals least. Returns all iterates."""
    path = [params]
    for _ in range(steps):
        residual = angles(params, len(measured)) - measured
        slopes = autograd.jacobian(lambda p: angles(p, len(measured)))(params)
        params = params - np.linalg.lstsq(slopes, residual, rcond=None)[0]
        path.append(params)
    return path


def main() -> None:
    np.random.seed(2)
    true = np.array([0.8, 0.3], dtype="float64")        # m, 1 / s
    measured = angles(true) + np.random.normal(scale=0.01, size=40, dtype="float64")
    for length, friction in fit(measured, np.array([1.0, 0.1], dtype="float64")):
        print(f"length {float(length):.4f} m, friction {float(friction):.4f} / s")
    print("measured with 0.8 m and 0.3 / s")


if __name__ == "__main__":
    main()
