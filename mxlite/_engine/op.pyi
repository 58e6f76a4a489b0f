from collections.abc import Callable, Mapping, Sequence
from typing import Any, final

from numpy import ndarray

from mxlite._engine.program import Program

RULES: dict[str, int]
zero: Any

class into:
    add: Callable[..., None]
    formula: Callable[..., Any]
    pick: Callable[..., Picked | None] | None
    def __init__(
        self, add: Callable[..., None], formula: Callable[..., Any], pick: Callable[..., Picked | None] | None = None
    ) -> None: ...

class picks:
    picked: Callable[..., Any]
    formula: Callable[..., Any]
    def __init__(self, picked: Callable[..., Any], formula: Callable[..., Any]) -> None: ...

@final
class Picked:
    shape: tuple[int, ...]
    index: ndarray
    values: ndarray
    def __init__(self, shape: tuple[int, ...], index: ndarray, values: ndarray) -> None: ...
    def dense(self) -> ndarray: ...

class Formula:
    function: Any
    targets: tuple[int, ...]
    joint: bool
    into: Callable[..., None] | None
    pick: Callable[..., Picked | None] | None
    picked: Callable[..., Any] | None
    inputs: tuple[int, ...]
    described: tuple[int, ...]
    uses_y: bool
    zero: bool
    def __init__(
        self, function: Any, targets: tuple[int, ...], params: tuple[str, ...], joint: bool
    ) -> None: ...

class Op:
    name: str
    function: Callable[..., Any]
    integer: Callable[..., Any] | None
    params: tuple[str, ...]
    defaults: tuple[Any, ...]
    positions: dict[str, int]
    n_required: int
    out_position: int
    aliases: dict[str, str]
    formulas: tuple[Formula, ...]
    pointwise: bool
    differentiable: bool
    view: str | None
    number_last: bool
    quiet: bool
    variadic: int
    star: bool
    rule: int
    nd_dtype: str | None
    n_operands: int
    def __init__(
        self,
        function: Callable[..., Any],
        name: str,
        grad: Mapping[Any, Any] | None,
        *,
        pointwise: bool = False,
        rule: str = "same",
        integer: Callable[..., Any] | None = None,
        aliases: Mapping[str, str] | None = None,
        variadic: str | None = None,
        nd_dtype: str | None = None,
        quiet: bool = False,
        conditions: Sequence[str] = (),
        view: str | None = None,
        number_last: bool = False,
    ) -> None: ...
    def forward_program(self) -> Program: ...
    def vjp_program(self, need: int) -> Program: ...
    def loops_for(self, dtype: Any) -> bool: ...
