# Written by tests/tools/stubs.py.
from typing import Any

GATES: Any
def recurrent_layer(pre: Any, h0: Any, w_h: Any, b_h: Any, c0: Any = None, w_r: Any = None,
                    mode: Any = "rnn_tanh") -> Any: ...
