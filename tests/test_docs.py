"""Generated pages of docs/ are up to date."""

import importlib.util
import pathlib

import pytest

import mxlite

HERE = pathlib.Path(__file__).resolve().parent


def tool(name):
    spec = importlib.util.spec_from_file_location(f"docs_{name}", HERE / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["differences", "errors", "operators"])
def test_page_is_up_to_date(name):
    module = tool(name)
    if not module.PAGE.exists():
        pytest.skip("docs/ is not beside these tests (they were copied out of the tree)")
    assert module.PAGE.read_text(encoding="utf-8") == module.render(), f"run tests/tools/{name}.py"


def test_what_check_warns_of_is_up_to_date():
    module = tool("differences")
    ours = pathlib.Path(mxlite.__file__).with_name(module.MODULE.name)
    assert ours.read_text(encoding="utf-8") == module.render_module(), "run tests/tools/differences.py"
