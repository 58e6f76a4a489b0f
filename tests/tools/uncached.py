"""A pytest plugin for tests/tools/sanitize.sh: NumPy's small buffers come from malloc each time; see uncached.c."""

import ctypes
import os

_library = ctypes.PyDLL(os.environ["MXLITE_UNCACHED"])
_library.install.restype = ctypes.py_object
_library.install()
