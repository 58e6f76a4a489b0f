"""Files of arrays: those of MXNet are read, ours are what MXNet reads, and a damaged one raises FormatError."""

import pickle
import time
import tracemalloc
import zipfile

import numpy
import pytest
from array_files import FILES, FLOATS, PLAIN_NPY, container, csr, mutations, npy, npz, old, record, row_sparse
from check import NDArray, array, ndarray

from mxlite import autograd, nd, np_shape, serialization
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import ArgumentError, DtypeError, FileError, FormatError, MissingFileError, MXNetError
from mxlite.serialization import load_frombuffer

MATRIX = [[1, 2], [3, 4.5]]
FLAT = numpy.ones(3)
SPARSE = {"c": [[0, 1, 0], [2, 0, 3], [0, 0, 0]], "r": [[0, 0], [1, 2], [0, 0], [3, 4]],
          "cz": [[0] * 3] * 2, "rz": [[0] * 3] * 2}


def numbers(*pairs):
    return {name: numpy.array(value, dtype) for name, value, dtype in pairs}


DTYPES_19 = ("float32", "float64", "float16", "uint8", "int32", "int8", "int64", "bool")
DTYPES_20 = (*DTYPES_19, "int16", "uint16", "uint32", "uint64")

# What np arrays the files hold; legacy arrays have (1,) for ().
CONTENTS = {
    "legacy_dict_19.params": {f"arg:{d}": numpy.array([[0, 1, 2]], d) for d in DTYPES_19},
    "legacy_list_19.params": [numpy.array(MATRIX, "f4"), numpy.array([7], "f4")],
    "sparse_19.params": {name: numpy.array(value, "f4") for name, value in SPARSE.items()},
    "sparse_early_19.params": {name: numpy.array(value, "f4") for name, value in SPARSE.items()},
    "np_dict_19.params": numbers(("w", MATRIX, "f4"), ("s", 2.5, "f4"), ("z", numpy.zeros((0, 3)), "f4"),
                                 ("b", [1, 0], "f4"), ("i", [1, -2], "i8")),
    "np_one_19.params": [numpy.array(2.5, "f4")],
    "np_list_19.params": [*(numpy.array([[0, 1, 2]], d) for d in DTYPES_19), numpy.array(True),
                          numpy.zeros((2, 0), "i1")],
    "nd_dict_20.params": numbers(("w", MATRIX, "f4"), ("x", [1, 2], "i2"), ("u", [1, 2], "u2"), ("v", [1, 2], "u4"),
                                 ("y", [1, 2], "u8")),
    "np_dict_20.params": {d: numpy.array([[0, 1, 2]], d) for d in DTYPES_20} | numbers(
        ("bfloat16", [1, -2.5, 3], "f4"), ("scalar", 2.5, "f4"), ("empty", numpy.zeros((0, 3)), "f4"),
        ("scalar_bool", True, "?")),
    "np_list_20.params": [numpy.array([1.5, 2], "f4"), numpy.array(3, "i8"), numpy.zeros((2, 0), "f4")],
    "legacy_dict_20.params": numbers(("arg:w", [[1, 2]], "f4"), ("aux:m", [True], "?")),
    "sparse_20.params": {name: numpy.array(value, "f4") for name, value in SPARSE.items()},
    "bfloat16_20.npy": [numpy.array([1, -2.5, 3], "f4")],
    "legacy_list_20.params": [numpy.array([1, 2, 3], "f4")],
    "array_20.npy": [numpy.array(MATRIX, "f4")],
    "arrays_20.npz": numbers(("arr_0", 2.5, "f4"), ("w", [[1, 2, 3]], "i8"), ("e", numpy.zeros((0, 3)), "f4")),
    "v0.params": numbers(("a", [1, 2.5, -3], "f4"), ("b", [[1, 2]], "u1")) | {"none": None},
    "v1.params": numbers(("a", [1, 2.5, -3], "f4")),
    "bfloat16.params": [numpy.array([1, -2.5, 3], "f4")],
    "none.params": [None, None, None],
    "fortran.npy": [numpy.array([[1, 3], [2, 4]], "i2")],
    "deflated.npz": numbers(("w", [1, 2.5, -3], "f4")),
}


def same(found, expected, cls):
    assert type(found) is type(expected)
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        found, expected = [found[k] for k in expected], list(expected.values())
    assert len(found) == len(expected)
    for a, e in zip(found, expected, strict=True):
        if e is None:
            assert a is None
            continue
        assert type(a) is cls
        x = raw_of(a)
        assert x.dtype == e.dtype
        assert x.flags.c_contiguous
        assert x.shape == (e.shape or (1,) if cls is NDArray else e.shape)
        numpy.testing.assert_array_equal(x, e.reshape(x.shape))


def written(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    return path


@pytest.mark.parametrize("name", FILES)
class TestReading:
    def test_nd(self, name, tmp_path):
        same(serialization.load(str(written(tmp_path, name))), CONTENTS[name], NDArray)
        same(load_frombuffer(FILES[name]), CONTENTS[name], NDArray)
        same(load_frombuffer(memoryview(FILES[name])), CONTENTS[name], NDArray)

    def test_np(self, name, tmp_path):
        found = serialization.load_np(written(tmp_path, name))
        same([found] if name.endswith("npy") else found, CONTENTS[name], ndarray)

    def test_every_truncation(self, name):
        for n in range(len(FILES[name])):
            with pytest.raises(FormatError):
                load_frombuffer(FILES[name][:n])


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith("npz")])  # zip has comments
def test_anything_behind(name):
    with pytest.raises(FormatError):
        load_frombuffer(FILES[name] + b"\0")


# Arrays without a shape, which two files hold, are not written.
@pytest.mark.parametrize("name", [name for name in FILES if name not in ("none.params", "v0.params")])
def test_written_again(name, tmp_path):
    expected = CONTENTS[name]
    arrays = ({k: array(v) for k, v in expected.items()} if isinstance(expected, dict)
              else [array(v) for v in expected])
    serialization.save_np(tmp_path / "a", arrays)
    same(serialization.load_np(tmp_path / "a"), expected, ndarray)
    serialization.save(tmp_path / "b", arrays)
    same(serialization.load(tmp_path / "b"), expected, NDArray)
    if isinstance(arrays, dict) and "arr_0" not in arrays:
        serialization.savez(tmp_path / "c", **arrays)
        same(serialization.load_np(tmp_path / "c"), expected, ndarray)
        with numpy.load(tmp_path / "c") as archive:
            for key, value in expected.items():
                numpy.testing.assert_array_equal(archive[key], value)


def test_bytes_are_those_of_mxnet(tmp_path):
    for name, cls, save in (("legacy_list_19.params", NDArray, serialization.save),
                            ("legacy_dict_19.params", NDArray, serialization.save),
                            ("np_dict_19.params", ndarray, serialization.save_np),
                            ("np_one_19.params", ndarray, serialization.save_np),
                            ("np_list_19.params", ndarray, serialization.save_np),
                            ("np_list_20.params", ndarray, serialization.save_np)):
        expected = CONTENTS[name]
        data = ({k: array(v, cls) for k, v in expected.items()} if isinstance(expected, dict)
                else [array(v, cls) for v in expected])
        save(tmp_path / "x", data)
        assert (tmp_path / "x").read_bytes() == FILES[name]


def test_version_of_what_is_written(tmp_path):
    def mark(save, data):
        save(tmp_path / "x", data)
        return (tmp_path / "x").read_bytes()[24:28].hex()

    flat, scalar, legacy = array([1.0]), array(1.0), array([1.0], NDArray)
    assert mark(serialization.save, legacy) == mark(serialization.save, [flat]) == "c9fa93f9"
    assert mark(serialization.save, [flat, scalar]) == mark(serialization.save_np, [legacy]) == "cafa93f9"


def test_numpy_files(tmp_path):
    serialization.save_np(str(tmp_path / "x.npy"), array([[1.0, 2]]).T)
    assert numpy.load(tmp_path / "x.npy").tolist() == [[1], [2]]
    assert serialization.load_np(str(tmp_path / "x.npy")).tolist() == [[1], [2]]
    serialization.savez(str(tmp_path / "x.npz"), array(1.0), array([2]), w=array([True]))
    found = serialization.load_np(str(tmp_path / "x.npz"))
    assert {k: v.tolist() for k, v in found.items()} == {"arr_0": 1.0, "arr_1": [2], "w": [True]}
    numpy.savez_compressed(tmp_path / "y.npz", w=numpy.arange(300.0))
    assert serialization.load(tmp_path / "y.npz")["w"].asnumpy().tolist() == list(range(300))
    numpy.save(tmp_path / "z.npy", numpy.arange(6.0).reshape(2, 3).T)
    assert serialization.load_np(tmp_path / "z.npy").tolist() == [[0, 3], [1, 4], [2, 5]]


def test_empty(tmp_path):
    for data in ([], {}):
        serialization.save(tmp_path / "x", data)
        assert serialization.load(tmp_path / "x") == []
    serialization.savez(tmp_path / "x")
    assert serialization.load(tmp_path / "x") == {}


def test_what_is_loaded_can_be_trained(tmp_path):
    w = serialization.load_np(written(tmp_path, "np_dict_19.params"))["w"]
    w.attach_grad()
    w *= 2
    with autograd.record():
        y = (w * w).sum()
    y.backward()
    assert w.grad.tolist() == [[4, 8], [12, 18]]
    serialization.save_np(tmp_path / "y", [w, y])
    assert serialization.load_np(tmp_path / "y")[1].item() == 4 + 16 + 36 + 81


ROWS = row_sparse((3, 2), (0, 2), (1, 2, 3, 4))
GOOD = record((3,), FLOATS)
HEADER = b"{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"
BAD = {
    "empty": (b"", "header needs 24 bytes, 0 are left"),
    "magic": (b"\0" * 40, "magic number 0x0"),
    "count": (b"\x12\x01" + b"\0" * 14 + b"\xff" * 8, "arrays do not fit"),
    "storage": (container(record((3,), FLOATS, stype=3)), "storage type 3"),
    "ndim": (container(record((1,) * 65, FLOATS)), "65 dimensions"),
    "old ndim": (container(b"\x41\0\0\0" + GOOD), "neither the mark"),
    "negative": (container(record((3, -1), FLOATS)), "negative dimension"),
    "large": (container(record((1 << 62, 0), b"")), "too large"),
    "length": (container(record((1 << 40,), FLOATS)), "data of an array of shape"),
    "device": (container(record((3,), FLOATS, device=4)), "unknown device type 4"),
    "dtype": (container(record((3,), FLOATS, 13)), "unknown dtype code 13"),
    "bool": (container(record((3,), b"\0\1\2", 7)), "neither 0 nor 1"),
    "names": (container(GOOD, GOOD, names=("a",)), "1 names for 2 arrays"),
    "twice": (container(GOOD, GOOD, names=("a", "a")), "a second array is named 'a'"),
    "utf-8": (container(GOOD, names=("a",))[:-1] + b"\xff", "not UTF-8"),
    "row": (container(row_sparse((3, 2), (0, 3), (1, 2, 3, 4))), "outside the 3 rows"),
    "row below": (container(row_sparse((3, 2), (-1, 0), (1, 2, 3, 4))), "outside the 3 rows"),
    "row order": (container(row_sparse((3, 2), (1, 1), (1, 2, 3, 4))), "do not ascend"),
    "row shape": (container(ROWS.replace(bytes([2, 0, 0, 0, 3]), bytes([2, 0, 0, 0, 4]), 1)[:12] + b"\5" + ROWS[13:]),
                  "do not make an array"),
    "pointers": (container(csr((2, 3), (0, 2, 1), (0, 1), (1, 2))), "row pointers"),
    "pointers too few": (container(csr((2, 3), (0, 2), (0, 1), (1, 2))), "do not make an array"),
    "column": (container(csr((2, 3), (0, 1, 2), (0, 3), (1, 2))), "outside the 3 columns"),
    "column order": (container(csr((2, 3), (0, 2, 2), (1, 1), (1, 2))), "do not ascend"),
    "sparse": (container(csr((1, 1 << 40), (0, 1), (0,), (1,)), names=("w",)), "expand_limit"),
    "npy version": (npy(HEADER, FLOATS, (4, 0)), "unknown version"),
    "npy object": (npy(HEADER.replace(b"<f4", b"|O"), FLOATS), "not that of an array of numbers"),
    "npy dtype": (npy(HEADER.replace(b"<f4", b"<f1"), FLOATS), "unknown dtype"),
    "npy code": (npy(HEADER.replace(b"(3,)", b"open('x')"), FLOATS), "not that of an array of numbers"),
    "npy shape": (npy(HEADER.replace(b"(3,)", b"(3,,)"), FLOATS), "is no shape"),
    "npy length": (npy(HEADER.replace(b"(3,)", b"(4,)"), FLOATS), "take 16 bytes, 12 are there"),
    "npy header": (npy(b" " * 20000 + HEADER, FLOATS, (2, 0)), "a header of"),
    "npy bfloat16": (npy(HEADER.replace(b"'<f4'", b"[('bfloat16', '<u2')]"), FLOATS), "take 6 bytes, 12 are there"),
    "npy record": (npy(HEADER.replace(b"'<f4'", b"[('float16', '<u2')]"), FLOATS[:6]), "not that of an array"),
    "npz name": (npz({"w.txt": PLAIN_NPY}), "no .npy file"),
    "npz method": (npz({"w.npy": PLAIN_NPY}, zipfile.ZIP_BZIP2), "compression 12"),
    "npz sum": (FILES["arrays_20.npz"].replace(b"\0\0\x20\x40", b"\0\0\x20\x41"), "CRC"),
    "npz bomb": (npz({"w.npy": npy(HEADER.replace(b"(3,)", b"(1000000,)"), bytes(4000000))}, zipfile.ZIP_DEFLATED),
                 "expand_limit"),
}


@pytest.mark.parametrize("name", BAD)
def test_malformed(name):
    data, problem = BAD[name]
    with pytest.raises(FormatError) as caught:
        load_frombuffer(data)
    assert problem in str(caught.value)
    assert isinstance(caught.value, MXNetError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("cls", [ndarray, NDArray])
@pytest.mark.parametrize(("state", "problem"), [
    ({"handle": b""}, "needs 4 bytes"), ({"handle": GOOD + b"\0"}, "1 bytes follow"),
    ({"handle": GOOD[:-1]}, "data of"), ({"handle": old((), b"")}, "no shape yet"),
    ({"handle": None}, "NoneType"), ({}, "handle"), (GOOD, "handle")])
def test_malformed_state_of_a_pickled_array(cls, state, problem):
    with pytest.raises(FormatError, match=problem):
        cls(None).__setstate__(state)


@pytest.mark.parametrize("cls", [ndarray, NDArray])
def test_state_of_a_pickled_array(cls):
    """MXNet's classes as pickle uses them; tests/test_shim.py unpickles what MXNet has pickled."""
    x = cls(None)
    assert x.size == 0
    x.__setstate__({"handle": bytearray(record((3,), bytes.fromhex("803f20c04040"), 12))})
    same([x], [numpy.array([1, -2.5, 3], "f4")], cls)
    with pytest.raises(DtypeError, match="has its data already"):
        x.__setstate__({"handle": GOOD})
    with pytest.raises(DtypeError, match="not to be called"):
        cls([1.0])
    with pytest.raises(DtypeError, match="not to be called"):
        cls()


@pytest.mark.parametrize(("name", "data"), [
    ("array", FLAT), (None, FLAT), (["ndarray"], FLAT), ("ndarray", [1.0]), ("ndarray", numpy.array(["a"])),
    ("ndarray", numpy.array([None])), ("ndarray", numpy.ma.ones(3)), ("NDArray", numpy.array(1.0))])
def test_malformed_parts_of_a_pickled_array(name, data):
    function, parts = array([1.0]).__reduce__()
    assert function(*parts).asnumpy() == [1]
    with pytest.raises(FormatError, match="a pickled array has the name of its class"):
        function(name, data)


def test_errors_say_where(tmp_path):
    data = container(GOOD, csr((1, 2), (0, 1), (2,), (1,)), names=("a", "b"))
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(FormatError, match=r"x: byte \d+, array 1 \('b'\): a column index lies") as caught:
        serialization.load(tmp_path / "x")
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.index, error.name, str(error)) == (1, "b", str(caught.value))
    assert data[error.offset:error.offset + 16] == bytes(8) + b"\1" + bytes(7)
    with pytest.raises(FormatError, match=r"member 'w.npy': byte \d+, array 0 \('w'\)"):
        load_frombuffer(npz({"w.npy": PLAIN_NPY + b"\0"}))


def test_expansion_on_request():
    data = container(csr((1, 1000000), (0, 1), (7,), (1,)))
    with pytest.raises(FormatError, match="4000000 bytes"):
        load_frombuffer(data)
    assert load_frombuffer(data, expand_limit=4000000)[0].shape == (1, 1000000)
    found = load_frombuffer(BAD["npz bomb"][0], expand_limit=1 << 23)
    assert found["w"].shape == (1000000,)


def test_large_sparse_arrays_go_piece_by_piece():
    rng = numpy.random.default_rng(1)
    dense = rng.standard_normal((300, 200)).astype("f4") * (rng.random((300, 200)) < 0.6)
    dense[7] = dense[250:260] = 0
    rows, columns = numpy.nonzero(dense)
    begin = numpy.searchsorted(rows, numpy.arange(301))
    found, = load_frombuffer(container(csr(dense.shape, begin, columns, dense[rows, columns])))
    numpy.testing.assert_array_equal(found.asnumpy(), dense)
    columns[20000:20002] = columns[20001]
    with pytest.raises(FormatError, match="ascend"):
        load_frombuffer(container(csr(dense.shape, begin, columns, dense[rows, rows * 0])))
    rows = numpy.arange(0, 40000, 2)
    values = rng.standard_normal((20000, 1)).astype("f4")
    found, = load_frombuffer(container(row_sparse((40000, 1), rows, values)))
    numpy.testing.assert_array_equal(found.asnumpy()[::2], values)
    rows[16384] -= 2      # where one piece ends and the next begins
    with pytest.raises(FormatError, match="ascend"):
        load_frombuffer(container(row_sparse((40000, 1), rows, values)))


MEGABYTES = 1 << 21
LARGE = {
    "dense": lambda: container(record((MEGABYTES // 4,), bytes(MEGABYTES)), names=("w",)),
    "bfloat16": lambda: container(record((MEGABYTES // 2,), bytes(MEGABYTES), 12)),
    "csr": lambda: container(csr((1, MEGABYTES // 4), (0, MEGABYTES // 16), numpy.arange(MEGABYTES // 16),
                                 numpy.zeros(MEGABYTES // 16))),
    "row_sparse": lambda: container(row_sparse((MEGABYTES // 8, 2), numpy.arange(MEGABYTES // 16),
                                               numpy.zeros(MEGABYTES // 8))),
    "fortran": lambda: npy(HEADER.replace(b"False", b"True").replace(b"(3,)", b"(2, %d)" % (MEGABYTES // 8)),
                           bytes(MEGABYTES)),
    "bfloat16 in .npy": lambda: npy(HEADER.replace(b"'<f4'", b"[('bfloat16', '<u2')]").replace(
        b"3", b"%d" % (MEGABYTES // 2)), bytes(MEGABYTES)),
    "npz": lambda: npz({"w.npy": npy(HEADER.replace(b"3", b"%d" % (MEGABYTES // 4)), bytes(MEGABYTES))}),
    "none": lambda: container(*[bytes(4)] * (MEGABYTES // 4)),
    "a length that lies": lambda: container(record((1 << 40,), bytes(MEGABYTES))),
}


@pytest.mark.thread_unsafe(reason="counts what the whole process holds")
@pytest.mark.parametrize("name", LARGE)
def test_memory(name, tmp_path):
    data = LARGE[name]()
    (tmp_path / "x").write_bytes(data)
    size = len(data)
    del data
    tracemalloc.start()
    try:
        serialization.load(tmp_path / "x")
    except FormatError:
        assert name == "a length that lies"
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak <= 2 * size + (1 << 20)


def test_mutated_files():
    """Each raises FormatError or loads, at once. tests/fuzz/loader.py looks for more."""
    start, refused = time.perf_counter(), 0
    for name, data in mutations(20261122, 3000):
        try:
            load_frombuffer(data)
        except FormatError:
            refused += 1
        except Exception as exc:
            raise AssertionError(f"{name}, mutated to {data.hex()}") from exc
    assert refused > 1500
    assert time.perf_counter() - start < 60


class TestArguments:
    @pytest.mark.parametrize(("data", "error"), [
        (3, ArgumentError), ((1,), ArgumentError), ([1], DtypeError), ({1: array(1.0)}, DtypeError),
        ({"a": numpy.ones(2)}, DtypeError), ({"a\0": array(1.0)}, ArgumentError),
        ({"\ud800": array(1.0)}, ArgumentError),
    ])
    @pytest.mark.parametrize("save", [serialization.save, serialization.save_np])
    def test_data(self, save, data, error, tmp_path):
        with pytest.raises(error):
            save(tmp_path / "x", data)
        assert not (tmp_path / "x").exists()

    def test_files(self, tmp_path):
        for load in (serialization.load, serialization.load_np):
            with pytest.raises(MissingFileError, match="No such file"):
                load(tmp_path / "none")
            with pytest.raises(FileNotFoundError):
                load(tmp_path / "none")
            with pytest.raises(FileError):
                load(tmp_path)
            with pytest.raises(DtypeError):
                load(b"x")
            with pytest.raises(ArgumentError):
                load("a\0b")
        with pytest.raises(FileError):
            serialization.save(tmp_path / "no" / "x", [])
        with pytest.raises(DtypeError):
            load_frombuffer("text")

    def test_numpy_files(self, tmp_path):
        with pytest.raises(DtypeError, match="one array"):
            serialization.save_np(tmp_path / "x.npy", [array(1.0)])
        with pytest.raises(ArgumentError, match="arr_0"):
            serialization.savez(tmp_path / "x", array(1.0), arr_0=array(1.0))
        with pytest.raises(DtypeError):
            serialization.savez(tmp_path / "x", 1.0)


def test_names_in_the_namespaces():
    from mxlite import nd, npx

    assert (nd.save, nd.load, nd.load_frombuffer) == (serialization.save, serialization.load, load_frombuffer)
    assert (npx.save, npx.savez, npx.load) == (serialization.save_np, serialization.savez, serialization.load_np)


def test_every_file_is_read():
    assert FILES.keys() == CONTENTS.keys()


def test_legacy_arrays_keep_the_shape_without_axes_where_the_mode_says_so(tmp_path):
    nd.save(tmp_path / "x", [array(3.0)])
    assert nd.load(tmp_path / "x")[0].shape == (1,)
    with np_shape():
        x = nd.load(tmp_path / "x")[0]
    assert (type(x), x.shape, x.item()) == (NDArray, (), 3)
