"""install_as_mxnet: every row of its tables leads somewhere, and what is not there is named."""

import importlib
import importlib.util
import sys
import types

import pytest

import mxlite
from mxlite import _shim


@pytest.fixture
def mxnet(monkeypatch):
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    before = forget_mxnet()
    mxlite.install_as_mxnet()
    yield importlib.import_module("mxnet")
    forget_mxnet()
    sys.modules.update(before)


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


def test_spellings(mxnet):
    namespace = {}
    exec(
        "import mxnet as mx\n"
        "import mxnet.numpy.random, mxnet.numpy.linalg, mxnet.ndarray.random\n"
        "from mxnet import autograd, nd, np, npx, cpu, Context\n"
        "from mxnet.base import MXNetError\n"
        "from mxnet.context import current_context\n"
        "from mxnet.ndarray import NDArray\n"
        "from mxnet.ndarray.ndarray import array\n"
        "from mxnet.numpy import ndarray\n"
        "from mxnet.numpy.multiarray import zeros\n",
        namespace,
    )
    assert namespace["mx"] is mxnet
    assert mxnet.nd is mxnet.ndarray is namespace["nd"] is mxlite.nd
    assert mxnet.np is mxnet.numpy is namespace["np"] is mxlite.np
    assert mxnet.npx is mxnet.numpy_extension is namespace["npx"] is mxlite.npx
    assert mxnet.autograd is mxlite.autograd
    assert mxnet.numpy.random is mxlite.np.random
    assert namespace["NDArray"] is mxlite.nd.NDArray
    assert namespace["zeros"] is mxlite.np.zeros


def test_star_import_and_completion(mxnet):
    namespace = {}
    exec("from mxnet import *", namespace)
    assert set(mxnet.__all__) <= set(namespace)
    assert {"nd", "np", "npx", "autograd", "cpu", "__version__"} <= set(dir(mxnet))


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
    with pytest.raises(AttributeError, match=r"mxlite \S+ does not have 'mxnet\.gluon'.*README") as raised:
        mxnet.gluon  # noqa: B018
    assert isinstance(raised.value, mxlite.MXNetError)
    assert not hasattr(mxnet, "symbol")


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
