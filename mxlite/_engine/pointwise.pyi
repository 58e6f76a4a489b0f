from typing import final

from mxlite._engine.tape import Node

@final
class Pointwise(Node): ...
