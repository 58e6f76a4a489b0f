"""The namespace files agree with what the operators declare; each difference is shown as a line to add or to drop."""

import importlib
import importlib.util
import os
import pathlib
import subprocess
import sys

import pytest

import mxlite

TOOL = pathlib.Path(__file__).resolve().parent / "tools" / "namespaces.py"
_spec = importlib.util.spec_from_file_location("namespaces_tool", TOOL)
tool = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tool)

PACKAGE = pathlib.Path(mxlite.__file__).resolve().parent


@pytest.mark.parametrize(("path", "text"), tool.render().items(), ids=lambda v: v if v.endswith(".py") else "")
def test_files_are_up_to_date(path, text):
    file = PACKAGE.parent / path
    have = file.read_text(encoding="utf-8").splitlines()
    want = text.splitlines()
    changes = [f"add   {line}" for line in want if line not in have]
    changes += [f"drop  {line}" for line in have if line not in want]
    assert not changes, f"{path} (or run tests/tools/namespaces.py):\n" + "\n".join(changes)
    assert have == want, f"{path}: the order of lines differs; run tests/tools/namespaces.py"


@pytest.mark.parametrize("space", tool.TITLES)
def test_all_is_complete(space):
    module = importlib.import_module(f"mxlite.{space}")
    assert {name for name in dir(module) if not name.startswith("_")} == set(module.__all__)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


def alone(code):
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True,
                          cwd=PACKAGE.parent).stdout.split()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process for each family is quick only where they fork")
def test_each_family_loads_alone():
    """A name that is imported later needs nothing that another has brought in, and is what the stub says."""
    code = """if True:
        import os, sys, mxlite
        spaces = [module for module in sys.modules.values() if "_LATER" in vars(module)]
        for source in sorted({source for module in spaces for source in module._LATER}):
            if not os.fork():
                for module in spaces:
                    for spelled in module._LATER.get(source, "").split():
                        name, _, there = spelled.partition("=")
                        assert getattr(module, name) is getattr(sys.modules[source], there or name), name
                        assert name in vars(module)
                os._exit(0)
            if os.wait()[1]:
                print(source)
        print(len(spaces))"""
    assert alone(code) == [str(sum("_LATER" in text for path, text in tool.render().items()))]


def test_functions_of_numpy_find_what_is_loaded_later():
    code = """if True:
        import sys, numpy, mxlite
        from mxlite import _op
        before = dict(_op.by_numpy_function)
        assert "mxlite._ops.factor" not in sys.modules
        print(type(numpy.linalg.qr(mxlite.np.ones((2, 2)))[0]).__module__)
        assert all(_op.by_numpy_function[f] is entry for f, entry in before.items())"""
    assert alone(code) == ["mxlite.np"]


@pytest.mark.parametrize("name", ["np", "npx", "nd", "autograd", "context", "random", "base"])
def test_modules_at_the_top(name):
    assert getattr(mxlite, name) is importlib.import_module(f"mxlite.{name}")


def test_imports_are_light():
    heavy = {"numpy.random", "json", "typing_extensions", "unittest"}
    loaded = alone("import sys, numpy; before = set(sys.modules); import mxlite; print(*(set(sys.modules) - before))")
    assert not heavy & set(loaded)
    assert not {f"mxlite._ops.{family}" for family in ("boxes", "ctc", "rnn", "pooling")} & set(loaded)
