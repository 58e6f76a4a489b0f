"""mxlite.array_api against array-api-strict, the standard's own implementation on NumPy, and the standard's text."""

import importlib.util
import inspect
import pathlib
from collections import defaultdict

import numpy
import pytest
from array_api_cases import cases
from check import NDArray, array, close

import mxlite
from mxlite import MXNetError, array_api, autograd, np

BY_NAME = defaultdict(list)
for _name, _args, _options in cases():
    BY_NAME[_name].append((_args, _options))

# What array-api-strict has besides the standard, and what needs complex numbers.
NOT_HERE = {"complex64", "complex128", "fft", "Device", "ArrayAPIStrictFlags", "set_array_api_strict_flags",
            "get_array_api_strict_flags", "reset_array_api_strict_flags", "__version__"}


def strict():
    return pytest.importorskip("array_api_strict", minversion="2.6", reason="array-api-strict is not installed")


def converted(value, asarray):
    if isinstance(value, list):
        return [converted(v, asarray) for v in value]
    return asarray(value) if isinstance(value, numpy.ndarray | numpy.generic) else value


def run(space, name, args, options):
    for part in name.split("."):
        space = getattr(space, part)
    asarray = array_api.asarray if space.__module__.startswith("mxlite") else strict().asarray
    return space(*converted(args, asarray), **{k: converted(v, asarray) for k, v in options.items()})


def host(value):
    return numpy.from_dlpack(value) if isinstance(value, np.ndarray) else numpy.asarray(value._array)


def same(actual, expected):
    """One dtype and shape, equal integers and bools, floats to seven digits of float32, with their signs of zero."""
    if isinstance(expected, list | tuple):
        assert isinstance(actual, list | tuple)
        assert len(actual) == len(expected)
        for a, e in zip(actual, expected, strict=True):
            same(a, e)
        return
    actual, expected = host(actual), host(expected)
    assert actual.dtype == expected.dtype
    assert actual.shape == expected.shape
    if actual.dtype.kind != "f":
        assert (actual == expected).all()
    else:
        numpy.testing.assert_allclose(actual, expected, rtol=2e-5 if actual.dtype == "float32" else 1e-11, atol=1e-6)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", BY_NAME)
def test_values(name):
    reference = strict()
    for args, options in BY_NAME[name]:
        expected = run(reference, name, args, options)
        same(run(array_api, name, args, options), expected)


@pytest.mark.parametrize(("name", "options"), [
    ("qr", {}), ("qr", {"mode": "complete"}), ("svd", {}), ("svd", {"full_matrices": False}), ("eigh", {})])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_factors(name, options, dtype):
    """Factors are not unique: shapes and names are the standard's, and they multiply to what was factored."""
    square = numpy.array([[2, 1, 0], [1, 3, 1], [0, 1, 4]], dtype)
    for x in (square, numpy.stack([square, square @ square]), square[:2], square[:, :2]):
        if name == "eigh" and x.shape[-1] != x.shape[-2]:
            continue
        found = getattr(array_api.linalg, name)(array_api.asarray(x), **options)
        expected = getattr(strict().linalg, name)(strict().asarray(x), **options)
        assert found._fields == expected._fields
        assert [(part.shape, str(part.dtype)) for part in found] == [
            (part.shape, str(part.dtype).rpartition(".")[2]) for part in expected]
        a, b, *rest = map(host, found)
        if name == "qr":
            back = a @ b
        elif name == "svd":
            back = a[..., :, :b.shape[-1]] * b[..., None, :] @ rest[0][..., :b.shape[-1], :]
        else:
            back = b * a[..., None, :] @ numpy.swapaxes(b, -1, -2)
        numpy.testing.assert_allclose(back, x, atol=1e-4)


def test_names():
    here = {"__array_api_version__", *dir(array_api)}
    assert set(strict().__all__) - here == NOT_HERE
    assert set(strict().linalg.__all__) - set(dir(array_api.linalg)) == set()
    assert set(array_api.__all__) <= here


@pytest.mark.parametrize("space", ["array_api", "linalg"])
def test_parameters(space):
    """Every parameter of the standard can be given as the standard says: by position, by keyword, or both."""
    reference = strict() if space == "array_api" else strict().linalg
    ours = array_api if space == "array_api" else array_api.linalg
    wrong = []
    for name in set(reference.__all__) - NOT_HERE:
        theirs = getattr(reference, name)
        if not inspect.isfunction(theirs):
            continue
        wanted, mine = (inspect.signature(f).parameters.values() for f in (theirs, getattr(ours, name)))
        by_name = {p.name for p in mine if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)}
        places = sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in mine)
        if not any(p.kind == p.VAR_POSITIONAL for p in mine):
            wrong += [name] * (places < sum(p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in wanted))
        wrong += [f"{name}: {p.name}" for p in wanted if p.kind == p.KEYWORD_ONLY and p.name not in by_name]
    assert wrong == []


def test_methods():
    cls = strict().asarray(1).__class__
    public = {name for name in vars(cls) if not name.startswith("_") or (name.startswith("__") and name.endswith("__"))}
    own = {"__buffer__", "__weakref__", "__module__", "__doc__", "__dict__"}
    assert {name for name in public - own if not hasattr(np.ndarray, name)} == set()


def test_default_dtypes():
    found = array_api.__array_namespace_info__().default_dtypes()
    assert array_api.asarray(1).dtype == array_api.arange(3).dtype == found["integral"] == "int64"
    assert array_api.asarray([1.5]).dtype == array_api.zeros(2).dtype == found["real floating"] == "float32"
    assert array_api.asarray([True]).dtype == array_api.full(2, False).dtype == "bool"
    assert array_api.full(2, 1).dtype == array_api.asarray([[1, 2]]).dtype == "int64"
    assert array_api.full(2, 1.0).dtype == array_api.linspace(0, 1, 3).dtype == array_api.eye(2).dtype == "float32"
    assert array_api.asarray(numpy.ones(2)).dtype == "float64"
    assert array_api.asarray([array_api.asarray(1), array_api.asarray(2)]).dtype == "int64"
    assert array_api.asarray([1, 2], dtype=array_api.uint8).dtype == "uint8"


def test_copies():
    x = array_api.asarray([1, 2])
    assert array_api.asarray(x) is x
    assert array_api.asarray(x, copy=False) is x
    assert array_api.asarray(x, copy=True) is not x
    assert not np.shares_memory(array_api.asarray(x, copy=True), x)
    assert array_api.astype(x, "int64", copy=False) is x
    assert array_api.astype(x, "int64") is not x
    host = numpy.ones(2)
    assert not numpy.shares_memory(numpy.asarray(array_api.asarray(host)), host)
    writable = numpy.from_dlpack(host).flags.writeable      # which DLPack does not say before NumPy 2.2
    assert numpy.shares_memory(numpy.asarray(array_api.from_dlpack(host)), host) == writable
    assert not numpy.shares_memory(numpy.asarray(array_api.from_dlpack(host, copy=True)), host)
    host.flags.writeable = False
    if tuple(map(int, numpy.__version__.split(".")[:2])) >= (2, 1):       # NumPy 2.0 does not hand out such memory
        assert not numpy.shares_memory(numpy.asarray(array_api.from_dlpack(host)), host)
        with pytest.raises(MXNetError, match="read-only"):
            array_api.from_dlpack(host, copy=False)


def test_dtype_functions():
    assert array_api.isdtype(np.float32, "real floating")
    assert array_api.isdtype(numpy.dtype("uint8"), ("bool", "integral"))
    assert not array_api.isdtype(np.bool, "numeric")
    assert array_api.isdtype(np.int8, np.int8)
    assert array_api.finfo(np.float32) == (
        32, 2.0**-23, (2 - 2.0**-23) * 2.0**127, -(2 - 2.0**-23) * 2.0**127, 2.0**-126, "float32")
    assert array_api.iinfo(array_api.asarray(1)) == (64, 2**63 - 1, -(2**63), "int64")
    assert type(array_api.finfo(np.float64).eps) is float
    assert array_api.result_type(array_api.asarray([1.0]), 2) == "float32"
    assert array_api.result_type(np.int8, np.uint8) == "int16"
    assert array_api.result_type(np.int8, 1, np.int16) == "int16"
    assert array_api.can_cast(np.int8, np.int16)
    assert not array_api.can_cast(array_api.asarray([1]), np.int8)


def test_info():
    info = array_api.__array_namespace_info__()
    assert info.capabilities() == {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}
    assert info.devices() == [info.default_device()] == [mxlite.cpu()]
    assert set(info.dtypes(kind=("bool", "unsigned integer"))) == {"bool", "uint8", "uint16", "uint32", "uint64"}
    assert set(info.dtypes()) == set(info.dtypes(kind=("bool", "numeric")))
    assert info.default_dtypes()["complex floating"] is None


def test_namespace_of_arrays():
    x = array_api.asarray([1.0])
    assert x.__array_namespace__() is array_api is mxlite.array_api
    assert x.__array_namespace__(api_version="2023.12") is array_api
    with pytest.raises(ValueError, match=r"no version '2050\.12'"):
        x.__array_namespace__(api_version="2050.12")
    assert not hasattr(array(numpy.ones(2), NDArray), "__array_namespace__")
    assert array_api.zeros(2, device=x.device).shape == (2,)
    assert x.to_device(x.device) is x
    with pytest.raises(ValueError, match="no stream"):
        x.to_device(x.device, stream=1)


def test_shifts_of_integers():
    x = array_api.asarray([1, 2])
    assert (1 << x).tolist() == [2, 4]
    assert (16 >> x).tolist() == [8, 4]
    y = x
    y <<= 2
    assert y is x
    y >>= 1
    assert x.tolist() == [2, 4]


def test_isin_inverted():
    x = array_api.asarray([[1, 2], [3, 4]])
    assert array_api.isin(x, array_api.asarray([1, 4]), invert=True).tolist() == [[False, True], [True, False]]


def test_powers_of_uint64():
    x = array_api.asarray([2, 3], dtype="uint64")
    assert (x ** 3).tolist() == [8, 27]
    assert (x ** array_api.asarray([63, 2], dtype="uint64")).tolist() == [2**63, 9]


def test_gradients():
    x = array_api.asarray([[2.0, 1.0], [1.0, 3.0]])
    x.attach_grad()
    with autograd.record():
        y = array_api.sum(array_api.std(x, axis=0, correction=1)) + array_api.linalg.trace(array_api.matmul(x, x))
    y.backward()
    half = 0.5 ** 0.5
    close(x.grad, numpy.array([[4 + half, 2 - half], [2 - half, 6 + half]], "float32"), "float32")


@pytest.mark.parametrize(("call", "error", "match"), [
    (lambda x: array_api.asarray([1], copy=False), ValueError, "without a copy"),
    (lambda x: array_api.asarray(x, dtype="int8", copy=False), ValueError, "without a copy"),
    (lambda x: array_api.reshape(x, (1, 4), copy=False), ValueError, "is a copy"),
    (lambda x: array_api.cumulative_sum(x), ValueError, "needs .axis."),
    (lambda x: array_api.take(x, array_api.asarray([0])), ValueError, "needs .axis."),
    (lambda x: array_api.squeeze(x, 0), ValueError, "squeeze"),
    (lambda x: array_api.isdtype(x.dtype, "small"), ValueError, "isdtype"),
    (lambda x: array_api.finfo(np.int8), TypeError, "no such limits"),
    (lambda x: array_api.result_type(1, 2), ValueError, "at least one array"),
    (lambda x: array_api.broadcast_shapes((2,), (3,)), ValueError, "broadcast_shapes"),
    (lambda x: array_api.vecdot(array_api.asarray([1]), array_api.asarray([1, 2])), ValueError, "vecdot"),
    (lambda x: array_api.zeros(2, device=mxlite.gpu()), RuntimeError, "CPU only"),
])
def test_bad_calls(call, error, match):
    with pytest.raises(error, match=match) as raised:
        call(array_api.asarray([[1.0, 2.0], [3.0, 4.0]]))
    assert isinstance(raised.value, MXNetError)


@pytest.mark.parametrize("space", [array_api, array_api.linalg], ids=["main", "linalg"])
def test_unknown_arguments(space):
    """Every function refuses them by an error of mxlite that is a TypeError."""
    found = [getattr(space, n) for n in space.__all__]
    found = [f for f in found if callable(f) and not isinstance(f, type)]
    assert len(found) > 15
    for function in found:
        with pytest.raises(MXNetError, match=r"unexpected keyword argument 'no_such'") as error:
            function(array(numpy.ones((2, 2))), no_such=1)
        assert isinstance(error.value, TypeError)
    with pytest.raises(MXNetError, match="it takes device, kind"):
        array_api.__array_namespace_info__().dtypes(no_such=1)


def test_report(tmp_path, capsys):
    """The comparison of two runs of the public suite: figures, what fails here alone, what of that is expected."""
    path = pathlib.Path(__file__).resolve().parent / "tools" / "array_api_report.py"
    spec = importlib.util.spec_from_file_location("array_api_report", path)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    case = '<testcase classname="suite" name="{}">{}</testcase>'
    failed, skipped = "<failure/>", "<skipped/>"
    for name, a, b, c in (("ours", failed, failed, ""), ("numpy", failed, "", skipped)):
        text = "".join(case.format(*pair) for pair in (("test_a", a), ("test_b", b), ("test_c", c)))
        (tmp_path / name).write_text(f"<testsuites><testsuite>{text}</testsuite></testsuites>", encoding="utf-8")
    (tmp_path / "expected").write_text("# why\n::test_b  # because\n", encoding="utf-8")
    files = [str(tmp_path / "ours"), str(tmp_path / "numpy")]
    assert tool.main(files) == 1
    out = capsys.readouterr().out
    assert "| mxlite.array_api | 1 | 2 | 0 |\n| numpy | 1 | 1 | 1 |" in out
    assert out.endswith("Fails in mxlite alone:\n- suite::test_b\n")
    assert tool.main([*files, "--expected", str(tmp_path / "expected"), "--summary", str(tmp_path / "summary")]) == 0
    assert (tmp_path / "summary").read_text(encoding="utf-8").endswith("- suite::test_b (expected)\n")
