from typing import Any, final

from mxlite._engine.call_node import Several

@final
class Custom(Several): ...

def record_function(function: Any, inputs: tuple[Any, ...], outputs: list[Any]) -> list[Any]: ...
