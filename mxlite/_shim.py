"""``import mxnet`` answered by mxlite: the table of its modules, and the finder that serves them."""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from mxlite._absent import missing
from mxlite._errors import MissingFeatureError, MXNetError
from mxlite._log import log

if TYPE_CHECKING:
    from importlib.abc import Loader
else:
    Loader = object     # importlib.abc brings thirty modules with it, which `import mxlite` would wait for

# Programs read `mxnet.__version__` to choose between old and new spellings; this is the release mxlite follows.
MXNET_VERSION = "1.9.1"

# A submodule of one of these is looked for in mxlite under the same name: `mxnet.numpy.random` is `mxlite.np.random`.
MODULES = {
    "mxnet.autograd": "mxlite.autograd",
    "mxnet.base": "mxlite.base",
    "mxnet.context": "mxlite.context",
    "mxnet.contrib": "mxlite.contrib",
    "mxnet.contrib.nd": "mxlite.nd.contrib",
    "mxnet.contrib.ndarray": "mxlite.nd.contrib",
    "mxnet.nd": "mxlite.nd",
    "mxnet.nd.op": "mxlite.nd",
    "mxnet.ndarray": "mxlite.nd",
    "mxnet.ndarray.ndarray": "mxlite.nd",
    "mxnet.ndarray.op": "mxlite.nd",
    "mxnet.np": "mxlite.np",
    "mxnet.npx": "mxlite.npx",
    "mxnet.numpy": "mxlite.np",
    "mxnet.numpy.multiarray": "mxlite.np",
    "mxnet.numpy_dispatch_protocol": "mxlite.numpy_dispatch_protocol",
    "mxnet.numpy_extension": "mxlite.npx",
    "mxnet.profiler": "mxlite.profiler",
    "mxnet.random": "mxlite.random",
    "mxnet.rnd": "mxlite.random",
    "mxnet.test_utils": "mxlite.test_utils",
    "mxnet.util": "mxlite.util",
    "mxnet.visualization": "mxlite.visualization",
    "mxnet.viz": "mxlite.visualization",
}

# Functions and classes that MXNet offers at its top level too.
TOP_LEVEL = {
    "Context": "mxlite.context",
    "MXNetError": "mxlite.base",
    "cpu": "mxlite.context",
    "cpu_pinned": "mxlite.context",
    "current_context": "mxlite.context",
    "gpu": "mxlite.context",
    "is_np_array": "mxlite.npx",
    "is_np_shape": "mxlite.npx",
    "np_array": "mxlite.npx",
    "np_shape": "mxlite.npx",
    "set_np_shape": "mxlite.npx",
    "use_np": "mxlite.npx",
    "use_np_array": "mxlite.npx",
    "use_np_shape": "mxlite.npx",
}


class _MXNet(ModuleType):
    """The module ``mxnet``. It looks its attributes up in the tables when they are first used, and keeps them."""

    __version__ = MXNET_VERSION
    __all__ = sorted({name.split(".")[1] for name in MODULES} | set(TOP_LEVEL))

    def __getattr__(self, name: str) -> Any:
        if name in TOP_LEVEL:
            value = getattr(importlib.import_module(TOP_LEVEL[name]), name)
        elif f"mxnet.{name}" in MODULES:
            value = importlib.import_module(f"mxnet.{name}")
        else:
            raise MissingFeatureError(missing(f"mxnet.{name}"))
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return ["__version__", *self.__all__]


def _module(name: str) -> ModuleType | None:
    """The module of mxlite that a module name of MXNet's stands for, or None."""
    parent, _, child = name.rpartition(".")
    from importlib.util import find_spec  # not before: see above

    ours = MODULES.get(name)
    if ours is None and parent in MODULES and find_spec(f"{MODULES[parent]}.{child}"):
        ours = f"{MODULES[parent]}.{child}"
    return importlib.import_module(ours) if ours else None


class _Finder:
    """Finds ``mxnet`` and what is below it; everything else is left to the finders after it."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name == "mxnet":
            return ModuleSpec(name, _Loader(_MXNet(name)), origin="mxlite", is_package=True)
        if not name.startswith("mxnet."):
            return None
        module = _module(name)
        if module is None:
            # Not `name=name`: `from mxnet import gluon` takes a missing module of precisely that name to mean a missing
            # attribute, and drops the text.
            raise ModuleNotFoundError(missing(name), name="mxlite" + name.removeprefix("mxnet"))
        return ModuleSpec(name, _Loader(module), origin="mxlite")


class _Loader(Loader):
    """Hands out a module that exists already, under a further name."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.own_spec = module.__spec__

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        if self.own_spec is not None:
            # The import system has just written the spec of the further name over the module's own.
            module.__spec__ = self.own_spec


def install_as_mxnet() -> None:
    """Make ``import mxnet`` and its submodules resolve to mxlite in this process.

    A second call changes nothing. If a real MXNet was imported before, this raises: two libraries would answer to
    one name, and their arrays do not mix.

    >>> import mxlite
    >>> mxlite.install_as_mxnet()
    >>> from mxnet import np
    >>> np is mxlite.np
    True
    """
    if _Finder in sys.meta_path:
        return
    if "mxnet" in sys.modules:
        where = getattr(sys.modules["mxnet"], "__file__", None) or "no file"
        raise MXNetError(f"install_as_mxnet: another mxnet ({where}) is imported already; call this before it is.")
    sys.meta_path.insert(0, _Finder)
    log("DEBUG", "import mxnet is answered by mxlite")
