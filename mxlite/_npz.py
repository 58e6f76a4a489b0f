"""NumPy's .npy and .npz files, read without trust in them, and written.

The formats are those of numpy.lib.format (versions 1.0 to 3.0) and of PKWARE's zip. A header is matched against what
writers of the format produce instead of being evaluated, objects are never unpickled, and members of an archive are
accepted stored or deflated, by the sizes that they declare.
"""

from __future__ import annotations

import errno
import math
import re
import struct
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy

from mxlite._errors import FormatError
from mxlite._params import BFLOAT16, DTYPES, Reader, check_shape

if TYPE_CHECKING:
    import zipfile

NPY = b"\x93NUMPY"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")    # a first member, or the end of an empty archive
_MAX_HEADER = 10_000                    # NumPy's own limit
_MAX_NDIM = 64
_BFLOAT16 = "[('bfloat16', '<u2')]"     # as MXNet 2.0 writes it
_ITEMS = {"'descr'": rf"('[<>|=]?[biuf][1248]'|{re.escape(_BFLOAT16)})", "'fortran_order'": "(True|False)",
          "'shape'": r"\(([\d\s,L]*)\)"}
_ITEM = re.compile("|".join(rf"{key}\s*:\s*{value}\s*(?:,\s*|$)" for key, value in _ITEMS.items()))


def read_npy(reader: Reader) -> numpy.ndarray[Any, Any]:
    """The array of the .npy file that a Reader holds; nothing may follow it."""
    shape, dtype, widen, fortran = _header(reader)
    check_shape(reader, shape, dtype)
    size = math.prod(shape) * dtype.itemsize
    if size != reader.size - reader.offset:
        reader.fail(f"data of shape {shape} and dtype {dtype} take {size} bytes, "
                    f"{reader.size - reader.offset} are there")
    if widen:
        reader.expand(size, "bfloat16 data as float32")
    transposed = fortran and len(shape) > 1
    if transposed:
        reader.expand(size * (2 if widen else 1), "data in Fortran order")
        shape = shape[::-1]
    data = reader.widened(shape) if widen else reader.values(shape, dtype)
    return numpy.ascontiguousarray(data.transpose()) if transposed else data


def _header(reader: Reader) -> tuple[tuple[int, ...], numpy.dtype[Any], bool, bool]:
    """(shape, dtype in the file, whether that is bfloat16, whether the order is Fortran's)."""
    if reader.take(6, "magic string") != NPY:
        reader.fail("this is not a .npy file", 0)
    major, minor = reader.unpack("BB", "version")
    if (major, minor) not in ((1, 0), (2, 0), (3, 0)):
        reader.fail(f"unknown version {major}.{minor}", 6)
    length, = reader.unpack("H" if major == 1 else "I", "length of the header")
    start = reader.offset
    if length > _MAX_HEADER:
        reader.fail(f"a header of {length} bytes", start)
    text = reader.take(length, "header").decode("latin1").strip()
    body = text[1:-1].strip() if text[:1] == "{" and text[-1:] == "}" else ""
    found: dict[int, str] = {}
    position = 0
    while match := _ITEM.match(body, position):
        key = match.lastindex or 0      # every alternative has a group
        found[key] = match[key]
        position = match.end()
    if len(found) != len(_ITEMS) or position != len(body):
        reader.fail(f"the header is not that of an array of numbers: {text[:100]!r}", start)
    widen = found[1] == _BFLOAT16
    try:
        dtype = DTYPES[BFLOAT16] if widen else numpy.dtype(found[1][1:-1])
    except TypeError:
        reader.fail(f"unknown dtype {found[1]}", start)
    dims = found[3].split(",")
    if dims[-1].strip() == "":
        dims.pop()
    shape: list[int] = []
    for d in dims:
        d = d.strip().removesuffix("L")     # as Python 2 wrote them
        if not d.isdigit() or len(d) > 19:
            reader.fail(f"({found[3]}) is no shape", start)
        shape.append(int(d))
    if len(shape) > _MAX_NDIM:
        reader.fail(f"{len(shape)} dimensions", start)
    return tuple(shape), dtype, widen, found[2] == "True"


def read_npz(reader: Reader, convert: Callable[[Any], Any]) -> dict[str, Any]:
    """{name: convert(array)} of the .npz archive that a Reader holds."""
    import zipfile  # slow to import, and seldom needed
    import zlib

    try:
        with zipfile.ZipFile(reader.file) as archive:
            members = archive.infolist()
            if sum(m.compress_size for m in members) > reader.size:
                reader.fail("the members of the archive overlap")
            out: dict[str, Any] = {}
            for reader.index, member in enumerate(members):
                reader.name, suffix = member.filename.removesuffix(".npy"), member.filename[-4:]
                reader.offset = member.header_offset
                if reader.name in out or suffix != ".npy":
                    reader.fail("a second member has this name" if reader.name in out else "a member is no .npy file")
                out[reader.name] = convert(_read_member(reader, archive, member))
            return out
    except FormatError:
        raise
    except OSError as exc:
        if exc.errno not in (None, errno.EINVAL):       # a place outside the file is the archive's fault
            raise
        reader.fail(f"the archive is damaged: {exc}")
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, OverflowError, RuntimeError,
            ValueError) as exc:
        # What zipfile raises depends on the place of the damage.
        reader.fail(f"the archive is damaged: {exc}")


def _read_member(reader: Reader, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> numpy.ndarray[Any, Any]:
    import zipfile

    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        reader.fail(f"compression {member.compress_type} is neither 0 (stored) nor 8 (deflated)")
    if member.compress_type == zipfile.ZIP_DEFLATED:
        reader.expand(member.file_size, "a compressed array")
    elif member.file_size != member.compress_size:
        reader.fail(f"a stored array of {member.compress_size} bytes says it has {member.file_size}")
    with archive.open(member) as file:
        inner = Reader(file, f"{reader.source}, member {member.filename!r}", member.file_size, reader.room)
        inner.index, inner.name = reader.index, reader.name
        array = read_npy(inner)
        reader.room = inner.room
        file.read(1)        # the end of a member is where its checksum is compared
    return array


def write_npy(file: Any, x: numpy.ndarray[Any, Any]) -> None:
    """Writes a NumPy array as .npy, version 1.0."""
    numpy.lib.format.write_array(file, x, (1, 0), allow_pickle=False)


def write_npz(file: Any, arrays: Mapping[str, numpy.ndarray[Any, Any]]) -> None:
    """Writes {name: NumPy array} as .npz, uncompressed."""
    import zipfile

    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, x in arrays.items():
            # Without the current time: equal arrays make equal files. The size of the header is not known: zip64.
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                write_npy(member, x)
