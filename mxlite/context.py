"""Devices: MXNet programs name them, mxlite computes on the CPU."""

from __future__ import annotations

from types import TracebackType
from typing import ClassVar, Self

from numpy import integer

from mxlite._engine.guard import guarded
from mxlite._engine.storage import empty_cache as _empty_cache
from mxlite._errors import DtypeError, MXNetError, OptionError

__all__ = ["Context", "cpu", "cpu_pinned", "current_context", "device", "gpu", "num_gpus"]


class Context:
    """A device, such as cpu(0). Raises MXNetError for a GPU, which mxlite does not use."""

    __slots__ = ("device_id", "device_type")
    devtype2str: ClassVar[dict[int, str]] = {1: "cpu", 2: "gpu", 3: "cpu_pinned", 5: "cpu_shared"}
    devstr2type: ClassVar[dict[str, int]] = {name: number for number, name in devtype2str.items()}
    default_ctx: Context
    device_type: str
    device_id: int

    def __init__(self, device_type: Context | str, device_id: int = 0) -> None:
        if isinstance(device_type, Context):
            device_id = device_type.device_id
            device_type = device_type.device_type
        if not isinstance(device_type, str) or device_type not in self.devstr2type:
            raise OptionError(f"a device is one of {', '.join(self.devstr2type)}, not {device_type!r}")
        if device_type == "gpu":
            raise MXNetError("mxlite computes on the CPU only: use mxlite.cpu() where the program says gpu()")
        if not isinstance(device_id, int | integer):
            raise DtypeError(f"the number of a device is an int, not {device_id!r}")
        self.device_type, self.device_id = device_type, device_id

    __init__ = guarded(__init__, "Context")

    @property
    def device_typeid(self) -> int:
        """MXNet's number of the device type: 1 cpu, 3 cpu_pinned, 5 cpu_shared."""
        return self.devstr2type[self.device_type]

    def __repr__(self) -> str:
        return f"{self.device_type}({self.device_id})"

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, Context) and self.device_type == other.device_type
                and self.device_id == other.device_id)

    def __hash__(self) -> int:
        return hash((self.device_type, self.device_id))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 traceback: TracebackType | None) -> None:
        return None

    def empty_cache(self) -> None:
        """Gives cached memory back to the system."""
        _empty_cache()


@guarded
def cpu(device_id: int = 0) -> Context:
    """The CPU. `device_id` is kept and shown; there is one CPU."""
    return Context("cpu", device_id)


@guarded
def cpu_pinned(device_id: int = 0) -> Context:
    """The CPU, by the name that MXNet gives to memory shared with a GPU."""
    return Context("cpu_pinned", device_id)


@guarded
def gpu(device_id: int = 0) -> Context:
    """Raises MXNetError: mxlite computes on the CPU only."""
    return Context("gpu", device_id)


@guarded
def num_gpus() -> int:
    """0: programs that choose `gpu() if num_gpus() else cpu()` run on the CPU."""
    return 0


_CPU = Context("cpu")


@guarded
def current_context() -> Context:
    """The device of new arrays: cpu(0)."""
    return _CPU


current_device = current_context


@guarded
def device(ctx: Context | str | None) -> Context:
    """A Context from a Context, a device name such as 'cpu', or None."""
    if ctx is None:
        return _CPU
    return ctx if isinstance(ctx, Context) else Context(ctx)
