from collections.abc import Iterable, Sequence
from typing import Any

class Program:
    instructions: tuple[Any, ...]
    constants: tuple[float, ...]
    kinds: tuple[str, ...]
    def __init__(
        self, instructions: Iterable[Any], constants: Iterable[float], kinds: Iterable[str], outputs: Sequence[int]
    ) -> None: ...
    @property
    def output_registers(self) -> tuple[int, ...]: ...
