from typing import final

from mxlite._engine.tape import Deferred

@final
class Elementwise(Deferred): ...
