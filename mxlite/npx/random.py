"""Random arrays by MXNet's own conventions. See mxlite.random for seeds and states."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: F822, I001, RUF022, RUF100

_LATER = {
    "mxlite._ops.random":
        "bernoulli normal_n seed=seed_npx uniform_n",
    "mxlite._ops.random_choice":
        "categorical",
    "mxlite._ops.random_counts":
        "multinomial",
}

__all__ = [
    "bernoulli", "categorical", "multinomial", "normal_n", "seed", "uniform_n",
]
