"""Random arrays. See mxlite.random for seeds and states."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: F822, I001, RUF022, RUF100

_LATER = {
    "mxlite._ops.random":
        "beta chisquare exponential f gamma gumbel laplace logistic lognormal multivariate_normal normal pareto power "
        "rand randn rayleigh seed uniform weibull",
    "mxlite._ops.random_choice":
        "choice multinomial permutation randint shuffle",
}

__all__ = [
    "beta", "chisquare", "choice", "exponential", "f", "gamma", "gumbel", "laplace", "logistic", "lognormal",
    "multinomial", "multivariate_normal", "normal", "pareto", "permutation", "power", "rand", "randint", "randn",
    "rayleigh", "seed", "shuffle", "uniform", "weibull",
]
