"""The bytes of MXNet's .params container: scanned before anything is allocated, then read; and written.

The format is that of MXNet's src/ndarray/ndarray.cc (NDArray::Save, Load, LegacyLoad) and include/mxnet/tuple.h, in
all its versions, little-endian throughout:

    file    u64 0x112 | u64 reserved | u64 N | N records | u64 K | K names (u64 length | UTF-8), K is 0 or N
    record  u32 magic, then by version
      V2 0xF993FAC9, V3 0xF993FACA   i32 storage type | [sparse: dims of the values] | dims | device | i32 dtype |
                                     [sparse: per index array i32 dtype, dims] | values | [index arrays]
      V1 0xF993FAC8                  dims | device | i32 dtype | values
      V0                             the magic is ndim, then u32 dims | device | i32 dtype | values
    dims    i32 ndim | ndim x i64          device  i32 type | i32 id

A record whose dims say "none" (ndim 0; in V3 ndim -1 or a dim -1) ends there. A file is not trusted: `scan` walks over
all records and names by their headers, so every length is known to fit before the first array is made.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, NoReturn

import numpy

from mxlite._errors import FormatError

MAGIC = 0x112
V1, V2, V3 = 0xF993FAC8, 0xF993FAC9, 0xF993FACA
DENSE, ROW_SPARSE, CSR = range(3)
_AUX = {DENSE: 0, ROW_SPARSE: 1, CSR: 2}
_MAX_NDIM = 64          # NumPy's limit
_DEVICES = {1, 2, 3, 5}     # cpu, gpu, cpu_pinned, cpu_shared
_CHUNK = 1 << 12          # elements of a temporary array
_PIECE = 1 << 18          # bytes of one read

BFLOAT16 = 12           # read as float32: NumPy has no such dtype
DTYPES = {code: numpy.dtype(name) for code, name in enumerate(
    ("<f4", "<f8", "<f2", "|u1", "<i4", "|i1", "<i8", "|b1", "<i2", "<u2", "<u4", "<u8", "<u2"))}
CODES = {dtype.newbyteorder("="): code for code, dtype in DTYPES.items() if code != BFLOAT16}


class Reader:
    """A file whose size is known. Every read is checked against the bytes left, and knows which array it is for.

    `room` is how many bytes may come to be beyond those of the file, for arrays that are larger in memory.
    """

    def __init__(self, file: Any, source: str, size: int | None = None, room: int = 0) -> None:
        self.file, self.source, self.room = file, source, room
        self.size: int = file.seek(0, 2) if size is None else size
        self.offset = 0
        if size is None:
            file.seek(0)
        self.index: int | None = None
        self.name: str | None = None

    def fail(self, problem: str, offset: int | None = None) -> NoReturn:
        """Raises FormatError about the array that is being read."""
        offset = self.offset if offset is None else offset
        place = f"byte {offset}"
        if self.index is not None:
            place += f", array {self.index}"
        if self.name is not None:
            place += f" ({self.name!r})"
        raise FormatError(f"{self.source}: {place}: {problem}", offset, self.index, self.name)

    def expand(self, count: int, what: str) -> None:
        """Takes `count` bytes of the room for what is larger in memory than in the file."""
        if count > self.room:
            self.fail(f"{what} takes {count} bytes, more than the {self.room} that this file's size leaves for it; "
                      "if the file is to be trusted, pass expand_limit=")
        self.room -= count

    def need(self, count: int, what: str) -> None:
        """Checks that `count` more bytes are there."""
        if count > self.size - self.offset:
            self.fail(f"{what} needs {count} bytes, {self.size - self.offset} are left")

    def skip(self, count: int, what: str) -> None:
        """Passes over bytes."""
        self.need(count, what)
        self.offset = self.file.seek(count, 1)

    def seek(self, offset: int) -> None:
        """Goes to an offset that `scan` has found."""
        self.offset = self.file.seek(offset)

    def take(self, count: int, what: str) -> bytes:
        """The next bytes, as bytes."""
        self.need(count, what)
        data: bytes = self.file.read(count)
        if len(data) != count:
            self.fail(f"{what}: the file became shorter while it was read")
        self.offset += count
        return data

    def unpack(self, form: str, what: str) -> tuple[Any, ...]:
        """The next little-endian numbers of a struct format."""
        numbers = struct.Struct("<" + form)
        return numbers.unpack(self.take(numbers.size, what))

    def fill(self, array: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
        """Reads the bytes of a C-contiguous array in place."""
        self.need(array.nbytes, "data")
        target = array.reshape(-1).view(numpy.uint8).data
        for k in range(0, len(target), _PIECE):
            piece = target[k:k + _PIECE]
            if self.file.readinto(piece) != len(piece):
                self.fail("data: the file became shorter while it was read")
            self.offset += len(piece)
        return array

    def values(self, shape: tuple[int, ...], dtype: numpy.dtype[Any]) -> numpy.ndarray[Any, Any]:
        """The next values in C order, in the machine's byte order; bools are checked to be 0 or 1."""
        out = self.fill(numpy.empty(shape, dtype))
        if dtype.kind == "b" and out.size and (out.view(numpy.uint8) > 1).any():
            self.fail("a bool is neither 0 nor 1", self.offset - out.nbytes)
        if not dtype.isnative:
            out = out.byteswap(inplace=True).view(dtype.newbyteorder("="))
        return out

    def widened(self, shape: tuple[int, ...]) -> numpy.ndarray[Any, Any]:
        """The next bfloat16 values as float32, whose upper half they are."""
        out = numpy.empty(shape, numpy.uint32)
        flat = out.reshape(-1)
        for k in range(0, flat.size, _CHUNK):
            part = flat[k:k + _CHUNK]
            part[...] = self.values(part.shape, DTYPES[BFLOAT16])
            part <<= 16
        return out.view(numpy.float32)


class Record(NamedTuple):
    """Where an array's data stand and what they are; `stored` is the shape of a sparse array's values."""

    offset: int
    stype: int
    shape: tuple[int, ...]
    stored: tuple[int, ...]
    code: int
    aux: tuple[tuple[int, tuple[int, ...]], ...] = ()     # of each index array: (dtype code, shape)

    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The dtype of the array that is made of it."""
        return numpy.dtype(numpy.float32) if self.code == BFLOAT16 else DTYPES[self.code].newbyteorder("=")


def check_shape(reader: Reader, shape: tuple[int, ...], dtype: numpy.dtype[Any]) -> None:
    """Raises FormatError for a shape that NumPy cannot represent: zero dims do not make the others harmless."""
    if any(d < 0 for d in shape):
        reader.fail(f"shape {shape} has a negative dimension")
    if math.prod(d for d in shape if d) * max(dtype.itemsize, 8) >= 1 << 63:
        reader.fail(f"shape {shape} is too large")


# -- scanning ---------------------------------------------------------------------------------------------------------
def scan(reader: Reader) -> tuple[list[Any], list[str] | None]:
    """([Record, or None for an array without a shape], names or None) of a container, by its headers alone."""
    magic, _, n = reader.unpack("QQQ", "header")
    if magic != MAGIC:
        reader.fail(f"magic number {magic:#x} instead of {MAGIC:#x}", 0)
    if n > (reader.size - reader.offset) // 4:      # an array takes four bytes or more
        reader.fail(f"{n} arrays do not fit into {reader.size - reader.offset} bytes")
    records: list[Record | None] = [None] * n
    for reader.index in range(n):
        records[reader.index] = scan_record(reader)
    reader.index = None
    names = _scan_names(reader, n)
    if reader.offset != reader.size:
        reader.fail(f"{reader.size - reader.offset} bytes follow the last name")
    return records, names


def _scan_names(reader: Reader, n: int) -> list[str] | None:
    k, = reader.unpack("Q", "number of names")
    if k not in (0, n):
        reader.fail(f"{k} names for {n} arrays", reader.offset - 8)
    names: dict[str, None] = {}
    for reader.index in range(k):
        start = reader.offset
        length, = reader.unpack("Q", "length of a name")
        try:
            name = reader.take(length, "name").decode("utf-8")
        except UnicodeDecodeError:
            reader.fail("the name is not UTF-8", start)
        if name in names:
            reader.fail(f"a second array is named {name!r}", start)
        names[name] = None
    reader.index = None
    return list(names) if k else None


def scan_record(reader: Reader) -> Record | None:
    """The Record of the array at the reader's offset, which then stands behind it; None for one without a shape."""
    magic, = reader.unpack("I", "magic number of an array")
    stype, stored = DENSE, None
    if magic in (V2, V3):
        stype, = reader.unpack("i", "storage type")
        if stype not in _AUX:
            reader.fail(f"storage type {stype} is not 0 (dense), 1 (row_sparse) or 2 (csr)", reader.offset - 4)
        if stype != DENSE:
            stored = _scan_dims(reader, magic)
    shape = _scan_old_dims(reader, magic) if magic not in (V1, V2, V3) else _scan_dims(reader, magic)
    if shape is None:
        return None
    device, _ = reader.unpack("ii", "device")
    if device not in _DEVICES:
        reader.fail(f"unknown device type {device}", reader.offset - 8)
    code = _scan_dtype(reader)
    check_shape(reader, shape, DTYPES[code])
    if stype == DENSE:
        start = reader.offset
        reader.skip(math.prod(shape) * DTYPES[code].itemsize, f"data of an array of shape {shape}")
        return Record(start, stype, shape, shape, code)
    return _scan_sparse(reader, stype, shape, stored, code)


def _scan_sparse(reader: Reader, stype: int, shape: tuple[int, ...], stored: tuple[int, ...] | None,
                 code: int) -> Record:
    aux = []
    for _ in range(_AUX[stype]):
        kind = _scan_dtype(reader)
        if DTYPES[kind].kind not in "iu" or kind == BFLOAT16:
            reader.fail(f"indices of dtype code {kind}", reader.offset - 4)
        dims = _scan_dims(reader, V3) or ()
        if len(dims) != 1:
            reader.fail(f"an index array of {len(dims)} dimensions instead of 1")
        aux.append((kind, dims))
    # The number of values is that of the indices. MXNet writes a 0 for it when it saves before it has computed the
    # array, and the row pointers of an array of zeros may be missing.
    n, row = aux[-1][1][0], shape[1:] if stype == ROW_SPARSE else ()
    fits = stored is not None and stored[1:] == row and stored[:1] in ((n,), (0,)) and len(shape) > 0
    if stype == CSR and fits:
        fits = len(shape) == 2 and aux[0][1][0] in ({shape[0] + 1, 0} if n == 0 else {shape[0] + 1})
    if not fits:
        reader.fail(f"values of shape {stored} and indices of shapes {[d for _, d in aux]} do not make an array of "
                    f"shape {shape}")
    stored = (n, *row)
    check_shape(reader, stored, DTYPES[code])
    start = reader.offset
    reader.skip(math.prod(stored) * DTYPES[code].itemsize, "values of a sparse array")
    for kind, dims in aux:
        reader.skip(dims[0] * DTYPES[kind].itemsize, "indices of a sparse array")
    return Record(start, stype, shape, stored, code, tuple(aux))


def _scan_dims(reader: Reader, magic: int) -> tuple[int, ...] | None:
    start = reader.offset
    ndim, = reader.unpack("i", "number of dimensions")
    if ndim == (-1 if magic == V3 else 0):
        return None
    if not 0 <= ndim <= _MAX_NDIM:
        reader.fail(f"{ndim} dimensions", start)
    shape = reader.unpack(f"{ndim}q", "dimensions")
    if magic == V3 and -1 in shape:
        return None
    if any(d < 0 for d in shape):
        reader.fail(f"shape {shape} has a negative dimension", start)
    return shape


def _scan_old_dims(reader: Reader, ndim: int) -> tuple[int, ...] | None:
    if ndim > _MAX_NDIM:
        reader.fail(f"{ndim:#x} is neither the mark of an array nor a number of dimensions", reader.offset - 4)
    return reader.unpack(f"{ndim}I", "dimensions") if ndim else None


def _scan_dtype(reader: Reader) -> int:
    code: int
    code, = reader.unpack("i", "dtype")
    if code not in DTYPES:
        reader.fail(f"unknown dtype code {code}", reader.offset - 4)
    return code


# -- reading ----------------------------------------------------------------------------------------------------------
def read(reader: Reader, record: Record) -> numpy.ndarray[Any, Any]:
    """The NumPy array of a Record; sparse ones are laid out densely."""
    reader.seek(record.offset)
    if record.code == BFLOAT16:
        reader.expand(2 * math.prod(record.stored), "bfloat16 data as float32")
    if record.stype != DENSE:
        size = math.prod(record.shape) * record.dtype.itemsize
        reader.expand(size, f"a sparse array of shape {record.shape}, dense,")
    values = reader.widened(record.stored) if record.code == BFLOAT16 else reader.values(
        record.stored, DTYPES[record.code])
    if record.stype == DENSE:
        return values
    start = reader.offset
    aux = [reader.values(dims, DTYPES[kind]) for kind, dims in record.aux]
    problem = (_csr_problem if record.stype == CSR else _rows_problem)(record.shape, *aux)
    if problem:
        reader.fail(problem, start)
    out = numpy.zeros(record.shape, record.dtype)
    for part, *index in (_entries(*aux) if record.stype == CSR else _rows(*aux)):
        out[tuple(index)] = values[part]
    return out


# Indices are looked at in pieces, so that no further array of their size comes to be.
def _rows(rows: numpy.ndarray[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """(slice of the values, their rows) of a row_sparse array."""
    for k in range(0, rows.size, _CHUNK):
        part = slice(k, k + _CHUNK)
        yield part, rows[part].astype(numpy.intp)


def _entries(begin: numpy.ndarray[Any, Any], columns: numpy.ndarray[Any, Any]) -> Iterator[tuple[Any, ...]]:
    """(slice of the values, their rows, their columns) of a csr array."""
    for k in range(0, columns.size, _CHUNK):
        part = slice(k, k + _CHUNK)
        there = columns[part].astype(numpy.intp)
        yield part, numpy.searchsorted(begin, numpy.arange(k, k + there.size), "right") - 1, there


def _outside(indices: numpy.ndarray[Any, Any], length: int) -> bool:
    """Whether some index does not name one of `length` places."""
    return indices.size > 0 and (int(indices.min()) < 0 or int(indices.max()) >= length)


def _ascend(x: numpy.ndarray[Any, Any], less: Callable[..., Any]) -> bool:
    return all(less(x[k:k + _CHUNK][:x.size - 1 - k], x[k + 1:k + 1 + _CHUNK]).all()
               for k in range(0, x.size - 1, _CHUNK))


def _rows_problem(shape: tuple[int, ...], rows: numpy.ndarray[Any, Any]) -> str | None:
    if _outside(rows, shape[0]):
        return f"a row index lies outside the {shape[0]} rows"
    return None if _ascend(rows, numpy.less) else "the row indices do not ascend"


def _csr_problem(shape: tuple[int, ...], begin: numpy.ndarray[Any, Any],
                 columns: numpy.ndarray[Any, Any]) -> str | None:
    if begin.size and (int(begin[0]) != 0 or int(begin[-1]) != columns.size or not _ascend(begin, numpy.less_equal)):
        return f"the row pointers do not ascend from 0 to {columns.size}"
    if _outside(columns, shape[1]):
        return f"a column index lies outside the {shape[1]} columns"
    last = -1, -1
    for _, rows, there in _entries(begin, columns):
        new_row = rows[1:] > rows[:-1]
        if (rows[0], there[0]) <= last or not (new_row | (there[1:] > there[:-1])).all():
            return "the column indices of a row do not ascend"
        last = rows[-1], there[-1]
    return None


# -- writing ----------------------------------------------------------------------------------------------------------
def write(file: Any, arrays: Sequence[numpy.ndarray[Any, Any]], names: Sequence[str] | None, version: int) -> None:
    """Writes NumPy arrays, and their names if there are any, with all records of one version, V2 or V3."""
    file.write(struct.pack("<QQQ", MAGIC, 0, len(arrays)))
    for x in arrays:
        file.write(struct.pack(f"<Iii{x.ndim}qiii", version, DENSE, x.ndim, *x.shape, 1, 0, CODES[x.dtype]))
        little = numpy.ascontiguousarray(x, DTYPES[CODES[x.dtype]])
        file.write(little.reshape(-1).view(numpy.uint8))
    file.write(struct.pack("<Q", len(names or ())))
    for name in names or ():
        encoded = name.encode("utf-8")
        file.write(struct.pack("<Q", len(encoded)))
        file.write(encoded)
