from collections.abc import Iterable
from typing import Any

SLOT_NAMES: tuple[str, ...]

def register_slots(ops: Iterable[Any]) -> None: ...
