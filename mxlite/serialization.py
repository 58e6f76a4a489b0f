"""Files of arrays: MXNet's .params container in all its versions, .npy and .npz.

A file is told by its first bytes, and no mode has to be set to read it. Files are not trusted: what is malformed raises
FormatError with the place, and reading takes at most twice the file's size and 1 MiB, besides the array objects
themselves (under 1 KiB each). Arrays that are larger in memory than in the file (sparse, compressed, bfloat16, Fortran
order) may together take as much as the file; `expand_limit` is another number of bytes for them, for files that are
trusted.

Arrays without a shape, which MXNet writes for NDArrays that have no data yet, are None.

Arrays that MXNet 1.9.1 or 2.0 has pickled are read by pickle itself after `mxlite.install_as_mxnet()`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from mxlite import _npz, _params
from mxlite._engine.operators import TapeArray, fresh
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, FileError, FormatError, MissingFileError
from mxlite._op import composed
from mxlite._ops.legacy_creation import legacy as in_legacy_class

if TYPE_CHECKING:
    from mxlite._array import NDArray, ndarray
    from mxlite.typing import FileName

__all__ = ["FormatError", "load", "load_frombuffer", "load_np", "save", "save_np", "savez"]

_HEADROOM = 1 << 19     # what arrays may take beyond twice the file, of the 1 MiB that is promised


# -- reading ----------------------------------------------------------------------------------------------------------
@composed(nd="load")
def load(fname: FileName, expand_limit: int | None = None) -> Any:
    """The NDArrays of a .params, .npy or .npz file: a dict if they have names, else a list.

    Arrays of shape () become (1,) unless np's shapes are set. Sparse arrays are read as dense ones. Raises FormatError
    for a malformed file.
    """
    return _load(fname, expand_limit, legacy=True)[0]


@composed(nd="load_frombuffer")
def load_frombuffer(buf: bytes | bytearray | memoryview, expand_limit: int | None = None) -> Any:
    """The NDArrays of the bytes of a file; see load."""
    if not isinstance(buf, bytes | bytearray | memoryview):
        raise DtypeError(f"load_frombuffer takes bytes, not {type(buf).__name__}")
    with io.BytesIO(buf) as file:
        return _read(file, "buffer", expand_limit, legacy=True)[0]


@composed(npx="load")
def load_np(file: FileName, expand_limit: int | None = None) -> Any:
    """The np arrays of a .params, .npy or .npz file: a dict if they have names, the array of a .npy file, else a list.

    Sparse arrays are read as dense ones. Raises FormatError for a malformed file.
    """
    arrays, single = _load(file, expand_limit, legacy=False)
    return arrays[0] if single else arrays


def _load(fname: FileName, expand_limit: int | None, legacy: bool) -> tuple[Any, bool]:
    with _open(fname, "rb") as file:
        try:
            return _read(file, os.fsdecode(fname), expand_limit, legacy)
        except OSError as exc:
            raise _file_error(exc, fname) from exc


def _read(file: IO[bytes], source: str, expand_limit: int | None, legacy: bool) -> tuple[Any, bool]:
    """(the arrays, whether they are those of a .npy file)."""
    def convert(x: Any) -> Any:
        return in_legacy_class(fresh(x)) if legacy else fresh(x)

    reader = _params.Reader(file, source)
    reader.room = reader.size + _HEADROOM if expand_limit is None else expand_limit
    start = file.read(6)
    file.seek(0)
    if start == _npz.NPY:
        return [convert(_npz.read_npy(reader))], True
    if start.startswith(_npz.ZIP):
        return _npz.read_npz(reader, convert), False
    arrays, names = _params.scan(reader)
    for k, record in enumerate(arrays):
        reader.index, reader.name = k, names[k] if names else None
        if record is not None:
            arrays[k] = convert(_params.read(reader, record))
    return (dict(zip(names, arrays, strict=True)) if names else arrays), False


def unpickled(state: Any, legacy: bool) -> Any:
    """The array of MXNet's pickled state: a dict whose 'handle' is one array in .params format, without names.

    The classes are those of `mxnet`: mxlite.install_as_mxnet() lets pickle find them.
    """
    handle = state.get("handle") if isinstance(state, dict) else None
    if not isinstance(handle, bytes | bytearray):
        raise FormatError(f"a pickled array of MXNet has its bytes as 'handle', not {type(handle).__name__}")
    with io.BytesIO(handle) as file:
        reader = _params.Reader(file, "pickled array")
        reader.room = reader.size + _HEADROOM
        record = _params.scan_record(reader)
        if record is None:
            reader.fail("the array has no shape yet, and no data")
        if reader.offset != reader.size:
            reader.fail(f"{reader.size - reader.offset} bytes follow the array")
        return fresh(_params.read(reader, record), legacy)


# -- writing ----------------------------------------------------------------------------------------------------------
@composed(nd="save")
def save(fname: FileName, data: NDArray | list[NDArray] | dict[str, NDArray]) -> None:
    """Writes an array, a list of arrays or a dict of names and arrays in MXNet's .params format.

    The file is what MXNet 1.9 reads in its legacy mode, unless an array has the shape (), which only MXNet's np mode
    knows: then it is what npx.save writes. int16, uint16, uint32 and uint64 are known to MXNet 2.0 alone.
    """
    arrays, names = _named(data, "nd.save")
    version = _params.V2 if all(x.ndim for x in arrays) else _params.V3
    write_file(fname, lambda file: _params.write(file, arrays, names, version))


@composed(npx="save")
def save_np(file: FileName, arr: ndarray | list[ndarray] | dict[str, ndarray]) -> None:
    """Writes an array, a list of arrays or a dict of names and arrays, for MXNet in np mode.

    A file whose name ends in .npy is in NumPy's format and takes one array; else MXNet's .params format is written.
    """
    arrays, names = _named(arr, "npx.save")
    if isinstance(file, str | os.PathLike) and os.fsdecode(file).endswith(".npy"):
        if not isinstance(arr, TapeArray):
            raise DtypeError(f"npx.save: a .npy file holds one array, not a {type(arr).__name__}")
        write_file(file, lambda target: _npz.write_npy(target, arrays[0]))
        return
    write_file(file, lambda target: _params.write(target, arrays, names, _params.V3))


@composed(npx="savez")
def savez(file: FileName, *args: ndarray, **kwds: ndarray) -> None:
    """Writes arrays in NumPy's .npz format, uncompressed; those without a name become arr_0, arr_1, ..."""
    for k, x in enumerate(args):
        if f"arr_{k}" in kwds:
            raise ArgumentError(f"savez: arr_{k} is the name of an array given without one")
        kwds[f"arr_{k}"] = x
    arrays, names = _named(kwds, "npx.savez")
    write_file(file, lambda target: _npz.write_npz(target, dict(zip(names or (), arrays, strict=True))))


def _named(data: Any, function: str) -> tuple[list[Any], list[str] | None]:
    """(NumPy arrays, names or None) of what is to be written."""
    if isinstance(data, TapeArray):
        return [raw_of(data)], None
    if not isinstance(data, dict | list):
        raise ArgumentError(f"{function} takes an array, a list of arrays or a dict of names and arrays, "
                            f"not {type(data).__name__}")
    for name in data if isinstance(data, dict) else ():
        if not isinstance(name, str):
            raise DtypeError(f"{function}: the name {name!r} is no string")
        if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in name):
            raise ArgumentError(f"{function}: the name {name!r} cannot be written in MXNet's format")
    arrays = list(data.values()) if isinstance(data, dict) else data
    for k, x in enumerate(arrays):
        if not isinstance(x, TapeArray):
            raise DtypeError(f"{function}: element {k} is no array but a {type(x).__name__}")
    return [raw_of(x) for x in arrays], list(data) if isinstance(data, dict) else None


# -- files ------------------------------------------------------------------------------------------------------------
def write_file(fname: FileName, write: Callable[[IO[bytes]], object]) -> None:
    """Opens a file for `write`, which is called with it. Raises FileError where the system refuses."""
    with _open(fname, "wb") as file:
        try:
            write(file)
        except OSError as exc:
            raise _file_error(exc, fname) from exc


def _open(fname: FileName, mode: str) -> IO[Any]:
    if not isinstance(fname, str | os.PathLike):
        raise DtypeError(f"the name of a file is a string or a path, not {type(fname).__name__}")
    try:
        return open(fname, mode)
    except OSError as exc:
        raise _file_error(exc, fname) from exc
    except ValueError as exc:
        raise ArgumentError(f"{fname!r} is no file name: {exc}") from exc


def _file_error(exc: OSError, fname: FileName) -> FileError:
    kind = MissingFileError if isinstance(exc, FileNotFoundError) else FileError
    return kind(exc.errno, exc.strerror or str(exc), os.fsdecode(fname))
