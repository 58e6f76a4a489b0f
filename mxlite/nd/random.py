"""Random arrays in the conventions of MXNet 1.x. See mxlite.random for seeds and states."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: F822, I001, RUF022, RUF100

_LATER = {
    "mxlite._ops.legacy_random":
        "exponential exponential_like gamma gamma_like generalized_negative_binomial "
        "generalized_negative_binomial_like multinomial negative_binomial negative_binomial_like normal normal_like "
        "poisson poisson_like randint randn shuffle uniform uniform_like",
}

__all__ = [
    "exponential", "exponential_like", "gamma", "gamma_like", "generalized_negative_binomial",
    "generalized_negative_binomial_like", "multinomial", "negative_binomial", "negative_binomial_like", "normal",
    "normal_like", "poisson", "poisson_like", "randint", "randn", "shuffle", "uniform", "uniform_like",
]
