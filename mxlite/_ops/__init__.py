"""The operators, one declaration each, by family. The namespaces import them, the seldom used ones when they are asked
for.

They take all arguments that MXNet's or NumPy's functions take. Some change nothing, because they do not change values
there either:

- what speaks to MXNet's symbols, GPU kernels and quantizer: `name`, `num_args`, `workspace`, `im2col_step`,
  `cudnn_tune`, `cudnn_off`, `forward_stype`, `infer_range`, `min_calib_range`, `max_calib_range`, `key`, `is_int`;
- what chooses among ways to the same result, or allows to spoil an operand: `kind` and `stable` of sorts (where it
  shows they are stable), `overwrite_input`, `copy` of meshgrid, `subok`, `max_work`;
- `num_filter` of UpSampling, which is the number of channels, and `bias` and `ddof` of corrcoef, which cancel out.

Any other argument without an effect says so where it stands.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import import_module
from typing import Any

from mxlite._op import by_numpy_function


@functools.cache
def load_all() -> None:
    """Imports every family of operators; importing mxlite leaves out those that are seldom used."""
    import pkgutil

    for module in pkgutil.iter_modules(__path__):
        import_module(f"mxlite._ops.{module.name}")
    import_module("mxlite.serialization")


def entry_of(function: object) -> Callable[..., Any] | None:
    """The callable that answers a NumPy function, or None."""
    entry = by_numpy_function.get(function)
    if entry is None:
        load_all()
        entry = by_numpy_function.get(function)
    return entry
