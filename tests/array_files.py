"""Files of arrays as MXNet 1.9.1 and 2.0.0b1 write them, and some by hand: what tests of mxlite.serialization read.

The numbers in the names are MXNet's version. `sparse_early` was saved before MXNet had computed its arrays.
"""

import base64
import io
import random
import struct
import zipfile

import numpy

_WRITTEN = {
    "legacy_dict_19.params": """
        EgEAAAAAAAAAAAAAAAAAAAgAAAAAAAAAyfqT+QAAAAACAAAAAQAAAAAAAAADAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAIA/AAAAQMn6k/kA
        AAAAAgAAAAEAAAAAAAAAAwAAAAAAAAABAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAPA/AAAAAAAAAEDJ+pP5AAAAAAIAAAABAAAAAAAAAAMA
        AAAAAAAAAQAAAAAAAAACAAAAAAAAPABAyfqT+QAAAAACAAAAAQAAAAAAAAADAAAAAAAAAAEAAAAAAAAAAwAAAAABAsn6k/kAAAAAAgAAAAEA
        AAAAAAAAAwAAAAAAAAABAAAAAAAAAAQAAAAAAAAAAQAAAAIAAADJ+pP5AAAAAAIAAAABAAAAAAAAAAMAAAAAAAAAAQAAAAAAAAAFAAAAAAEC
        yfqT+QAAAAACAAAAAQAAAAAAAAADAAAAAAAAAAEAAAAAAAAABgAAAAAAAAAAAAAAAQAAAAAAAAACAAAAAAAAAMn6k/kAAAAAAgAAAAEAAAAA
        AAAAAwAAAAAAAAABAAAAAAAAAAcAAAAAAQEIAAAAAAAAAAsAAAAAAAAAYXJnOmZsb2F0MzILAAAAAAAAAGFyZzpmbG9hdDY0CwAAAAAAAABh
        cmc6ZmxvYXQxNgkAAAAAAAAAYXJnOnVpbnQ4CQAAAAAAAABhcmc6aW50MzIIAAAAAAAAAGFyZzppbnQ4CQAAAAAAAABhcmc6aW50NjQIAAAA
        AAAAAGFyZzpib29s
    """,
    "legacy_list_19.params": """
        EgEAAAAAAAAAAAAAAAAAAAIAAAAAAAAAyfqT+QAAAAACAAAAAgAAAAAAAAACAAAAAAAAAAEAAAAAAAAAAAAAAAAAgD8AAABAAABAQAAAkEDJ
        +pP5AAAAAAEAAAABAAAAAAAAAAEAAAAAAAAAAAAAAAAA4EAAAAAAAAAAAA==
    """,
    "sparse_19.params": """
        EgEAAAAAAAAAAAAAAAAAAAQAAAAAAAAAyfqT+QIAAAABAAAAAwAAAAAAAAACAAAAAwAAAAAAAAADAAAAAAAAAAEAAAAAAAAAAAAAAAYAAAAB
        AAAABAAAAAAAAAAGAAAAAQAAAAMAAAAAAAAAAACAPwAAAEAAAEBAAAAAAAAAAAABAAAAAAAAAAMAAAAAAAAAAwAAAAAAAAABAAAAAAAAAAAA
        AAAAAAAAAgAAAAAAAADJ+pP5AQAAAAIAAAACAAAAAAAAAAIAAAAAAAAAAgAAAAQAAAAAAAAAAgAAAAAAAAABAAAAAAAAAAAAAAAGAAAAAQAA
        AAIAAAAAAAAAAACAPwAAAEAAAEBAAACAQAEAAAAAAAAAAwAAAAAAAADJ+pP5AgAAAAEAAAAAAAAAAAAAAAIAAAACAAAAAAAAAAMAAAAAAAAA
        AQAAAAAAAAAAAAAABgAAAAEAAAADAAAAAAAAAAYAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADJ+pP5AQAAAAIAAAAA
        AAAAAAAAAAMAAAAAAAAAAgAAAAIAAAAAAAAAAwAAAAAAAAABAAAAAAAAAAAAAAAGAAAAAQAAAAAAAAAAAAAABAAAAAAAAAABAAAAAAAAAGMB
        AAAAAAAAAHICAAAAAAAAAGN6AgAAAAAAAAByeg==
    """,
    "sparse_early_19.params": """
        EgEAAAAAAAAAAAAAAAAAAAQAAAAAAAAAyfqT+QIAAAABAAAAAwAAAAAAAAACAAAAAwAAAAAAAAADAAAAAAAAAAEAAAAAAAAAAAAAAAYAAAAB
        AAAABAAAAAAAAAAGAAAAAQAAAAMAAAAAAAAAAACAPwAAAEAAAEBAAAAAAAAAAAABAAAAAAAAAAMAAAAAAAAAAwAAAAAAAAABAAAAAAAAAAAA
        AAAAAAAAAgAAAAAAAADJ+pP5AQAAAAIAAAAAAAAAAAAAAAIAAAAAAAAAAgAAAAQAAAAAAAAAAgAAAAAAAAABAAAAAAAAAAAAAAAGAAAAAQAA
        AAIAAAAAAAAAAACAPwAAAEAAAEBAAACAQAEAAAAAAAAAAwAAAAAAAADJ+pP5AgAAAAEAAAAAAAAAAAAAAAIAAAACAAAAAAAAAAMAAAAAAAAA
        AQAAAAAAAAAAAAAABgAAAAEAAAADAAAAAAAAAAYAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADJ+pP5AQAAAAIAAAAA
        AAAAAAAAAAMAAAAAAAAAAgAAAAIAAAAAAAAAAwAAAAAAAAABAAAAAAAAAAAAAAAGAAAAAQAAAAAAAAAAAAAABAAAAAAAAAABAAAAAAAAAGMB
        AAAAAAAAAHICAAAAAAAAAGN6AgAAAAAAAAByeg==
    """,
    "np_dict_19.params": """
        EgEAAAAAAAAAAAAAAAAAAAUAAAAAAAAAyvqT+QAAAAACAAAAAgAAAAAAAAACAAAAAAAAAAEAAAAAAAAAAAAAAAAAgD8AAABAAABAQAAAkEDK
        +pP5AAAAAAAAAAABAAAAAAAAAAAAAAAAACBAyvqT+QAAAAACAAAAAAAAAAAAAAADAAAAAAAAAAEAAAAAAAAAAAAAAMr6k/kAAAAAAQAAAAIA
        AAAAAAAAAQAAAAAAAAAAAAAAAACAPwAAAADK+pP5AAAAAAEAAAACAAAAAAAAAAEAAAAAAAAABgAAAAEAAAAAAAAA/v////////8FAAAAAAAA
        AAEAAAAAAAAAdwEAAAAAAAAAcwEAAAAAAAAAegEAAAAAAAAAYgEAAAAAAAAAaQ==
    """,
    "np_one_19.params": """
        EgEAAAAAAAAAAAAAAAAAAAEAAAAAAAAAyvqT+QAAAAAAAAAAAQAAAAAAAAAAAAAAAAAgQAAAAAAAAAAA
    """,
    "nd_dict_20.params": """
        EgEAAAAAAAAAAAAAAAAAAAUAAAAAAAAAyvqT+QAAAAACAAAAAgAAAAAAAAACAAAAAAAAAAEAAAAAAAAAAAAAAAAAgD8AAABAAABAQAAAkEDK
        +pP5AAAAAAEAAAACAAAAAAAAAAEAAAAAAAAACAAAAAEAAgDK+pP5AAAAAAEAAAACAAAAAAAAAAEAAAAAAAAACQAAAAEAAgDK+pP5AAAAAAEA
        AAACAAAAAAAAAAEAAAAAAAAACgAAAAEAAAACAAAAyvqT+QAAAAABAAAAAgAAAAAAAAABAAAAAAAAAAsAAAABAAAAAAAAAAIAAAAAAAAABQAA
        AAAAAAABAAAAAAAAAHcBAAAAAAAAAHgBAAAAAAAAAHUBAAAAAAAAAHYBAAAAAAAAAHk=
    """,
    "legacy_list_20.params": """
        EgEAAAAAAAAAAAAAAAAAAAEAAAAAAAAAyfqT+QAAAAABAAAAAwAAAAAAAAABAAAAAAAAAAAAAAAAAIA/AAAAQAAAQEAAAAAAAAAAAA==
    """,
    "array_20.npy": """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAg
        ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAQAAAQEAAAJBA
    """,
    "arrays_20.npz": """
        UEsDBAAACAgAAAAAAAAAAAAAAAAAAAAAAAAFAAAAdy5ucHmTTlVNUFkBAHYAeydkZXNjcic6ICc8aTgnLCAnZm9ydHJhbl9vcmRlcic6IEZh
        bHNlLCAnc2hhcGUnOiAoMSwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg
        CgEAAAAAAAAAAgAAAAAAAAADAAAAAAAAAFBLBwiV7kbcmAAAAJgAAABQSwMEAAAICAAAAAAAAAAAAAAAAAAAAAAAAAUAAABlLm5weZNOVU1Q
        WQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgwLCAzKSwgfSAgICAgICAgICAgICAgICAg
        ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKUEsHCKNoUneAAAAAgAAAAFBLAwQAAAgIAAAAAAAAAAAAAAAAAAAA
        AAAACQAAAGFycl8wLm5weZNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgpLCB9
        ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAgQFBLBwhkjCLDhAAAAIQA
        AABQSwECAAAAAAgIAAAAAAAAle5G3JgAAACYAAAABQAAAAAAAAAAAAAAAAAAAAAAdy5ucHlQSwECAAAAAAgIAAAAAAAAo2hSd4AAAACAAAAA
        BQAAAAAAAAAAAAAAAADLAAAAZS5ucHlQSwECAAAAAAgIAAAAAAAAZIwiw4QAAACEAAAACQAAAAAAAAAAAAAAAAB+AQAAYXJyXzAubnB5UEsF
        BgAAAAADAAMAnQAAADkCAAAAAA==
    """,
}


def container(*records, names=()):
    """A .params file of records."""
    encoded = [n.encode() for n in names]
    return b"".join([struct.pack("<QQQ", 0x112, 0, len(records)), *records, struct.pack("<Q", len(names)),
                     *(struct.pack("<Q", len(n)) + n for n in encoded)])


def record(shape, data, code=0, version=0xF993FAC9, device=1, stype=0):
    """A dense record of version 1, 2 or 3."""
    head = struct.pack("<I", version) + (b"" if version == 0xF993FAC8 else struct.pack("<i", stype))
    return head + struct.pack(f"<i{len(shape)}qiii", len(shape), *shape, device, 0, code) + data


def csr(shape, begin, columns, values):
    """A csr record of float32 values and int64 indices."""
    return (struct.pack("<Iiiqi2qiii", 0xF993FAC9, 2, 1, len(values), 2, *shape, 1, 0, 0)
            + struct.pack("<iiqiiq", 6, 1, len(begin), 6, 1, len(columns)) + numpy.array(values, "<f4").tobytes()
            + numpy.array(begin, "<i8").tobytes() + numpy.array(columns, "<i8").tobytes())


def row_sparse(shape, rows, values):
    """A row_sparse record of float32 values and int64 indices."""
    stored = len(rows), *shape[1:]
    n = len(shape)
    return (struct.pack(f"<Iii{n}qi{n}qiii", 0xF993FAC9, 1, n, *stored, n, *shape, 1, 0, 0)
            + struct.pack("<iiq", 6, 1, len(rows)) + numpy.array(values, "<f4").tobytes()
            + numpy.array(rows, "<i8").tobytes())


def old(shape, data, code=0):
    """A record of version 0, which has no mark."""
    if not shape:       # none
        return bytes(4)
    return struct.pack(f"<I{len(shape)}Iiii", len(shape), *shape, 1, 0, code) + data


def npy(header, data, version=(1, 0)):
    """A .npy file with any header."""
    size = struct.pack("<H" if version[0] == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes(version) + size + header + data


def npz(members, compression=zipfile.ZIP_STORED):
    """A .npz file of {file name: bytes}."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return file.getvalue()


FLOATS = struct.pack("<3f", 1, 2.5, -3)
PLAIN_NPY = npy(b"{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }\n", FLOATS)

FILES = {name: base64.b64decode(text) for name, text in _WRITTEN.items()} | {
    "v0.params": container(old((3,), FLOATS), old((), b""), old((1, 2), b"\1\2", 3), names=("a", "none", "b")),
    "v1.params": container(record((3,), FLOATS, version=0xF993FAC8), names=("a",)),
    "bfloat16.params": container(record((3,), bytes.fromhex("803f20c04040"), 12)),
    "none.params": container(struct.pack("<Iii", 0xF993FAC9, 0, 0), struct.pack("<Iii", 0xF993FACA, 0, -1),
                             struct.pack("<Iii2q", 0xF993FACA, 0, 2, -1, 3)),
    "fortran.npy": npy(b"{'descr': '>i2', 'fortran_order': True, 'shape': (2L, 2L)}", bytes.fromhex("0001000200030004"),
                       (2, 0)),
    "deflated.npz": npz({"w.npy": PLAIN_NPY}, zipfile.ZIP_DEFLATED),
}


def mutations(seed, n):
    """n files, each one of FILES with bytes changed, exchanged, cut out, doubled or cut off."""
    rng = random.Random(seed)
    names = sorted(FILES)
    for _ in range(n):
        name = rng.choice(names)
        data = bytearray(FILES[name])
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
            _mutate(rng, data)
        yield name, bytes(data)


def _mutate(rng, data):
    if not data:
        return
    k = rng.randrange(len(data))
    kind = rng.randrange(8)
    if kind < 2:
        data[k] = rng.randrange(256)
    elif kind == 2:
        data[k] ^= 1 << rng.randrange(8)
    elif kind == 3:
        width = rng.choice((2, 4, 8))
        value = rng.choice((0, 1, 2, -1, -2, 3, 63, 65, 127, 255, 1 << 15, 1 << 31, 1 << 32, 1 << 62, 1 << 63,
                            rng.getrandbits(64)))
        data[k:k + width] = (value % (1 << 8 * width)).to_bytes(width, "little")
    elif kind == 4:
        del data[k:k + rng.randrange(1, 9)]
    elif kind == 5:
        data[k:k] = data[k:k + rng.randrange(1, 33)]
    elif kind == 6:
        other = rng.randrange(len(data))
        data[k:k + 8] = data[other:other + 8]
    else:
        del data[k:]
