"""DLPack: arrays handed to other libraries, and taken from them, without a copy.

The exchange is https://dmlc.github.io/dlpack/latest/python_spec.html; NumPy's own makes and reads the capsules. The
tape has to see every write to an array it has saved, hence:

- A consumer of DLPack 1.0 gets memory marked read-only. One that cannot see the mark (it passes no max_version) gets a
  copy.
- A recorded array is not handed out: detach it first.
- `to_dlpack_for_read` and `to_dlpack_for_write` are MXNet's: they share memory with any consumer. Whoever asks for
  reading promises not to write. Asking for writing counts as a write: a graph that has saved the array before cannot
  be differentiated any more. Writes after a later recording go unnoticed.
- Memory taken from another library is shared, and what that library writes goes unnoticed. Memory that is read-only
  there, or that an exporter before DLPack 1.0 does not say to be writable, is copied; a bare capsule before 1.0, which
  is how MXNet's functions pass memory on, is shared.
"""

import numpy

from mxlite import _dtype
from mxlite._engine.operators import TapeArray, as_legacy, as_np, begin_write, end_write, expose, fresh, is_tracked
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, ExportError, describe
from mxlite._log import log
from mxlite._op import composed

CPU = (1, 0)        # kDLCPU, device 0
_MARKS = tuple(map(int, numpy.__version__.split(".")[:2])) >= (2, 1)     # NumPy 2.0 has the DLPack before 1.0


def export(x, stream=None, max_version=None, dl_device=None, copy=None):
    """The capsule of x.__dlpack__()."""
    data = _exportable(x)
    if stream is not None:
        raise ArgumentError(f"__dlpack__: an array on the CPU has no stream {stream!r}")
    if dl_device is not None and tuple(dl_device) != CPU:
        raise ExportError(f"__dlpack__: {describe(data)} is on the CPU, {CPU}, and cannot go to {tuple(dl_device)}")
    marks = _MARKS and max_version is not None and max_version[0] >= 1
    if copy is False and not marks:
        raise ExportError("__dlpack__: without a copy, the consumer has to know DLPack 1.0 (max_version), whose arrays "
                          "can be read-only; to_dlpack_for_read() and to_dlpack_for_write() share memory with any")
    if not marks:
        return data.copy().__dlpack__()
    if not copy:
        data = data.view()
        data.flags.writeable = False
    return data.__dlpack__(max_version=max_version, copy=copy)


def _exportable(x):
    if not isinstance(x, TapeArray):
        raise DtypeError(f"DLPack: {type(x).__name__} is no array of mxlite")
    if is_tracked(x):
        raise ExportError(f"DLPack: {describe(x)} is part of a recorded graph or a variable, which another library "
                          "cannot follow; hand out x.detach()")
    return raw_of(x)


@composed(npx="to_dlpack_for_read", nd="to_dlpack_for_read")
def to_dlpack_for_read(data):
    """A DLPack capsule that shares memory with an array. The consumer must not write."""
    return _exportable(data).__dlpack__()


@composed(npx="to_dlpack_for_write", nd="to_dlpack_for_write")
def to_dlpack_for_write(data):
    """A DLPack capsule that shares memory with an array, for writing: counts as a write to the array."""
    memory = _exportable(data)
    begin_write(data, None, "to_dlpack_for_write")
    expose(data)
    capsule = memory.__dlpack__()
    end_write(data)
    return capsule


@composed(np="from_dlpack")
def from_dlpack(x):
    """An np array on the memory of an array of any library that knows DLPack, or of a capsule.

    Memory that is read-only is copied. Raises ArgumentError for a capsule that was used before or an array that is not
    on the CPU, DtypeError for dtypes that mxlite does not have.
    """
    return as_np(x.detach()) if _ours(x) else fresh(_imported(x))


@composed(npx="from_dlpack")
def from_dlpack_npx(dlpack):
    """np.from_dlpack, whose argument MXNet's npx calls `dlpack`."""
    return from_dlpack(dlpack)


@composed(nd="from_dlpack")
def legacy_from_dlpack(dlpack):
    """An NDArray on the memory of an array of any library that knows DLPack, or of a capsule; see np.from_dlpack."""
    return as_legacy(dlpack.detach()) if _ours(dlpack) else fresh(_imported(dlpack), True)


def _ours(x):
    """Whether x is an array of ours, which then has to be one that may be handed out."""
    return isinstance(x, TapeArray) and _exportable(x) is not None


class _Capsule:
    """What NumPy wants around a bare capsule."""

    def __init__(self, capsule):
        self.capsule = capsule

    def __dlpack__(self, **_):
        return self.capsule

    def __dlpack_device__(self):
        return CPU


class _Writable:
    """Memory that NumPy takes to be read-only, because a capsule before DLPack 1.0 does not say."""

    def __init__(self, data):
        self.data = data
        self.__array_interface__ = data.__array_interface__ | {"data": (data.ctypes.data, False)}


def _imported(x):
    """The NumPy array on another library's memory, or on a copy of it."""
    capsule = type(x).__name__ == "PyCapsule"
    if not capsule and not hasattr(x, "__dlpack__"):
        raise DtypeError(f"from_dlpack takes an array with __dlpack__ or a capsule, not {type(x).__name__}")
    unmarked = capsule and '"dltensor"' in repr(x)
    try:
        data = numpy.from_dlpack(_Capsule(x) if capsule else x)
    except (BufferError, RuntimeError, ValueError) as exc:
        raise ArgumentError(f"from_dlpack: {exc}") from exc
    _dtype.resolve(data.dtype)
    if unmarked:
        data = numpy.asarray(_Writable(data))
    if data.flags.writeable and data.flags.aligned:
        return data
    log("INFO", "from_dlpack: %s is read-only or not aligned, and copied", describe(data))
    return numpy.array(data, order="C")
