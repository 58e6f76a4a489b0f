# Written by tests/tools/stubs.py.
from mxlite._array import NDArray
from mxlite.typing import Number

def svm_output(data: NDArray, label: NDArray, margin: Number = 1, regularization_coefficient: Number = 1,
               use_linear: bool = False, out: NDArray | None = None) -> NDArray: ...
