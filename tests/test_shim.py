"""install_as_mxnet: every row of its tables leads somewhere, and what is not there is named."""

import functools
import importlib
import importlib.util
import pickle
import sys
import types

import numpy
import pytest
from array_files import PICKLES

import mxlite
from mxlite import _shim

pytestmark = pytest.mark.thread_unsafe(reason="changes which modules the process has imported")


@pytest.fixture
def mxnet(monkeypatch):
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    before = forget_mxnet()
    # Import makes a submodule an attribute of its parent: mxnet.ndarray.ndarray would leave mxlite.nd.ndarray behind.
    namespaces = [importlib.import_module(name) for name in sorted(set(_shim.MODULES.values()))]
    attributes = [dict(vars(module)) for module in namespaces]
    mxlite.install_as_mxnet()
    yield importlib.import_module("mxnet")
    forget_mxnet()
    sys.modules.update(before)
    for module, kept in zip(namespaces, attributes, strict=True):
        for name in vars(module).keys() - kept.keys():
            delattr(module, name)


def forget_mxnet():
    return {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "mxnet"}


@pytest.mark.parametrize(("name", "ours"), _shim.MODULES.items())
def test_modules(mxnet, name, ours):
    module = importlib.import_module(name)
    assert module is importlib.import_module(ours)
    assert module.__name__ == ours
    assert module.__spec__.name == ours
    assert importlib.util.find_spec(name) is module.__spec__


@pytest.mark.parametrize("name", sorted({name.split(".")[1] for name in _shim.MODULES}))
def test_modules_are_attributes(mxnet, name):
    assert getattr(mxnet, name) is importlib.import_module(f"mxnet.{name}")


@pytest.mark.parametrize(("name", "ours"), _shim.TOP_LEVEL.items())
def test_top_level(mxnet, name, ours):
    assert getattr(mxnet, name) is getattr(importlib.import_module(ours), name)


def test_top_level_is_that_of_mxnet():
    """What `dir(mxnet)` of 1.9.1 has beside modules, without AttrScope, which belongs to symbols."""
    assert sorted(_shim.TOP_LEVEL) == [
        "Context", "MXNetError", "cpu", "cpu_pinned", "current_context", "gpu", "is_np_array", "is_np_shape",
        "np_array", "np_shape", "set_np_shape", "use_np", "use_np_array", "use_np_shape"]


def test_spellings(mxnet):
    namespace = {}
    exec(
        "import mxnet as mx\n"
        "import mxnet.numpy.random, mxnet.numpy.linalg, mxnet.ndarray.random\n"
        "from mxnet import autograd, nd, np, npx, cpu, Context\n"
        "from mxnet.base import MXNetError\n"
        "from mxnet.context import current_context\n"
        "from mxnet import contrib\n"
        "from mxnet.contrib.ndarray import MultiBoxPrior\n"
        "from mxnet.ndarray import NDArray\n"
        "from mxnet.ndarray.ndarray import array\n"
        "from mxnet.numpy import ndarray\n"
        "from mxnet.numpy.multiarray import zeros\n",
        namespace,
    )
    assert namespace["mx"] is mxnet
    assert mxnet.nd is mxnet.ndarray is namespace["nd"] is mxlite.nd
    assert namespace["contrib"].nd is mxnet.contrib.ndarray is mxlite.nd.contrib
    assert namespace["MultiBoxPrior"] is mxlite.nd.contrib.MultiBoxPrior
    assert mxnet.np is mxnet.numpy is namespace["np"] is mxlite.np
    assert mxnet.npx is mxnet.numpy_extension is namespace["npx"] is mxlite.npx
    assert mxnet.autograd is mxlite.autograd
    assert mxnet.numpy.random is mxlite.np.random
    assert namespace["NDArray"] is mxlite.nd.NDArray
    assert namespace["zeros"] is mxlite.np.zeros


def test_modules_whose_names_lie_in_nd(mxnet):
    """Programs reach them without importing them."""
    assert mxnet.nd.op is mxnet.ndarray.op is mxnet.nd
    assert mxnet.ndarray.ndarray.NDArray is mxlite.nd.NDArray
    with pytest.raises(AttributeError, match="no attribute 'operator'"):
        _ = mxnet.nd.operator
    with pytest.raises(mxlite.MXNetError, match=r"autograd\.Function"):
        _ = mxnet.nd.op.Custom


def test_base_and_util(mxnet):
    assert isinstance(1.5, mxnet.base.numeric_types)
    assert isinstance(numpy.float32(1), mxnet.base.numeric_types)
    assert not isinstance("1", mxnet.base.numeric_types)
    assert isinstance("1", mxnet.base.string_types)
    assert isinstance(numpy.int64(1), mxnet.base.integer_types)
    assert not isinstance(1.0, mxnet.base.integer_types)
    assert mxnet.util.get_gpu_count() == 0


def test_conversions(mxnet):
    assert mxnet.base.py_str("ä".encode()) == "ä"
    assert mxnet.base.mx_real_t is numpy.float32
    pair, x = (1, 2), mxnet.nd.ones(2)
    assert mxnet.base._as_list(pair) is pair
    assert mxnet.base._as_list(x)[0] is x


def test_numpy_dispatch_protocol(mxnet):
    """NumPy's functions that the lists name are there, in NumPy and in np, and the decorators leave functions alone."""
    protocol = importlib.import_module("mxnet.numpy_dispatch_protocol")
    for name in protocol._NUMPY_ARRAY_FUNCTION_LIST + protocol._NUMPY_ARRAY_UFUNC_LIST:
        path = name.split(".")
        assert callable(functools.reduce(getattr, path, mxnet.np))
        assert callable(functools.reduce(getattr, path, numpy))
    assert all(isinstance(getattr(numpy, name), numpy.ufunc) for name in protocol._NUMPY_ARRAY_UFUNC_LIST)
    for decorate in (protocol.with_array_function_protocol, protocol.with_array_ufunc_protocol):
        assert decorate(test_conversions) is test_conversions


@pytest.mark.parametrize(("name", "phrase"), [
    ("mxnet.numpy_op_signature", "signatures of their own"), ("mxnet.numpy._internal", "signatures of their own"),
    ("mxnet.numpy.fallback", "leaves some functions"), ("mxnet.numpy.fallback_linalg", "leaves some functions"),
])
def test_absent_modules_say_why(mxnet, name, phrase):
    with pytest.raises(ModuleNotFoundError, match=phrase):
        importlib.import_module(name)


def test_absent_names_of_util_and_test_utils(mxnet):
    with pytest.raises(mxlite.MXNetError, match="denormal"):
        _ = mxnet.util.set_flush_denorms
    with pytest.raises(mxlite.MXNetError, match="symbol"):
        _ = mxnet.test_utils.checkShapes


def test_star_import_and_completion(mxnet):
    namespace = {}
    exec("from mxnet import *", namespace)
    assert set(mxnet.__all__) <= set(namespace)
    assert {"nd", "np", "npx", "autograd", "cpu", "__version__"} <= set(dir(mxnet))


MATRIX = numpy.array([[1, 2], [3, 4.5]], "float32")
PICKLED = {
    "np_dict": {"w": MATRIX, "s": numpy.array(2.5, "float32"), "e": numpy.zeros((0, 3), "float32"),
                "b": numpy.array([True, False]), "i": numpy.array([1, -2])},
    "np_one": {"": MATRIX},
    "nd_list": {"": MATRIX, "half": numpy.array([1, 2, 3], "float16"), "small": numpy.array([7], "uint8")},
}


@pytest.mark.parametrize("name", PICKLES)
def test_what_mxnet_has_pickled(mxnet, name):
    found, expected = pickle.loads(PICKLES[name]), PICKLED[name]
    arrays = {"np_dict": lambda: found, "np_one": lambda: {"": found},
              "nd_list": lambda: dict(zip(expected, found, strict=True))}[name]()
    assert arrays.keys() == expected.keys()
    for key, value in expected.items():
        x = arrays[key]
        assert type(x) is (mxlite.nd.NDArray if name == "nd_list" else mxlite.np.ndarray)
        assert x.asnumpy().dtype == value.dtype
        assert x.shape == value.shape
        numpy.testing.assert_array_equal(x.asnumpy(), value)
        x.attach_grad()
        with mxlite.autograd.record():
            y = x.astype("float32") * 2
        x[...] = 1
        y.backward()


def test_sparse_pickles_are_refused_by_name(mxnet):
    with pytest.raises(ImportError, match=r"mxnet\.ndarray\.sparse"):
        pickle.loads(b"\x80\x02cmxnet.ndarray.sparse\nCSRNDArray\nN\x85R.")


def test_version_is_mxnets(mxnet):
    assert mxnet.__version__ == "1.9.1"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("import mxnet.gluon", "mxnet.gluon"),
        ("import mxnet.gluon.nn", "mxnet.gluon"),
        ("from mxnet import gluon", "mxnet.gluon"),
        ("from mxnet import sym as S", "mxnet.sym"),
        ("from mxnet.gluon import nn", "mxnet.gluon"),
        ("from mxnet.ndarray import sparse_thing", "sparse_thing"),
        ("import mxnet.ndarray.sparse_thing", "mxnet.ndarray.sparse_thing"),
    ],
)
def test_what_is_missing_is_named_on_import(mxnet, statement, name):
    with pytest.raises(ImportError, match=rf"mxlite.*'{name}'|'{name}'.*mxlite"):
        exec(statement)


def test_what_is_missing_is_named_as_attribute(mxnet):
    with pytest.raises(AttributeError, match=r"mxlite \S+ does not have 'mxnet\.gluon': only the imperative") as raised:
        mxnet.gluon  # noqa: B018
    assert isinstance(raised.value, mxlite.MXNetError)
    assert not hasattr(mxnet, "symbol")


def test_what_is_missing_says_why(mxnet):
    with pytest.raises(AttributeError, match=r"'mxnet\.nd\.Custom'.*autograd\.Function"):
        mxnet.nd.Custom  # noqa: B018
    with pytest.raises(ImportError, match=r"'mxnet\.ndarray\.sparse'.*arrays are dense"):
        importlib.import_module("mxnet.ndarray.sparse")
    with pytest.raises(ImportError, match=r"'mxnet\.gluon\.nn'|'mxnet\.gluon'.*write the layers"):
        importlib.import_module("mxnet.gluon.nn")


def test_twice_is_once(mxnet):
    before = list(sys.meta_path)
    mxlite.install_as_mxnet()
    assert sys.meta_path == before
    assert importlib.import_module("mxnet") is mxnet


def test_refuses_beside_a_real_mxnet(monkeypatch):
    monkeypatch.setattr(sys, "meta_path", [finder for finder in sys.meta_path if finder is not _shim._Finder])
    other = types.ModuleType("mxnet")
    other.__file__ = "site-packages/mxnet/__init__.py"
    monkeypatch.setitem(sys.modules, "mxnet", other)
    with pytest.raises(mxlite.MXNetError, match=r"another mxnet \(site-packages/mxnet/__init__\.py\)"):
        mxlite.install_as_mxnet()
    assert _shim._Finder not in sys.meta_path


def test_nothing_is_left_behind():
    """The fixture's own check: it runs after the tests above."""
    assert not [name for name in sys.modules if name.partition(".")[0] == "mxnet"]
    assert _shim._Finder not in sys.meta_path
    for namespace, name in ((mxlite.nd, "ndarray"), (mxlite.np, "multiarray")):
        assert not isinstance(vars(namespace).get(name), types.ModuleType)
