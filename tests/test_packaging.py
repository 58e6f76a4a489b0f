"""What is shipped: every module and its stub in the wheel, and nothing else."""

import importlib.machinery
import importlib.metadata
import json
import re
import tomllib
from pathlib import Path, PurePath

import pytest

import mxlite

ROOT = Path(__file__).parent.parent
BINARY = tuple(importlib.machinery.EXTENSION_SUFFIXES)


@pytest.fixture(scope="module")
def distribution():
    """What is installed; in a checkout, the egg-info that a build left there may be found before it."""
    for found in importlib.metadata.distributions(name="mxlite"):
        if found.read_text("WHEEL"):
            return found
    raise importlib.metadata.PackageNotFoundError("mxlite")


@pytest.fixture(scope="module")
def installed(distribution):
    """The files of the installed wheel."""
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        pytest.skip("mxlite is installed editable, so no wheel was unpacked; .ci/run tests one")
    return [file for file in distribution.files if "__pycache__" not in file.parts]


@pytest.fixture(scope="module")
def sources():
    """The folder pyx/ of the checkout these tests are part of."""
    if not (ROOT / "pyx").is_dir():
        pytest.skip("these tests were copied away from their checkout, to test an installed mxlite")
    return ROOT / "pyx"


def test_metadata(distribution):
    assert distribution.version == mxlite.__version__
    assert distribution.metadata["License-Expression"] == "Apache-2.0"
    assert distribution.metadata["Requires-Python"] == ">=3.11"
    assert [name for name in distribution.requires if "extra ==" not in name] == ["numpy>=2.0"]
    assert set(distribution.metadata.get_all("Provides-Extra")) == {"test", "bench", "evidence", "docs"}


def test_wheel_holds_the_package_alone(installed):
    assert {file.parts[0] for file in installed} == {"mxlite", f"mxlite-{mxlite.__version__}.dist-info"}
    others = [str(file) for file in installed if file.parts[0] == "mxlite" and not ships(file)]
    assert others == []


def ships(file):
    return file.suffix in (".py", ".pyi") or file.name == "py.typed" or file.name.endswith(BINARY)


def test_wheel_is_typed(installed):
    files = {str(PurePath(file)) for file in installed}
    assert str(PurePath("mxlite/py.typed")) in files
    binaries = [file for file in installed if file.name.endswith(BINARY)]
    assert binaries
    assert [str(file) for file in binaries if str(file.with_name(file.name.split(".")[0] + ".pyi")) not in files] == []
    families = [file for file in installed if file.parent.name == "_ops" and file.stem != "__init__"]
    assert families
    assert [str(file) for file in families if str(file.with_suffix(".pyi")) not in files] == []


def test_wheel_is_what_is_imported(distribution, installed):
    assert Path(mxlite.__file__) == Path(distribution.locate_file("mxlite/__init__.py"))


def test_every_extension_has_a_stub(sources):
    modules = [path.relative_to(sources).with_suffix(".pyi") for path in sources.rglob("*.pyx")]
    assert [str(stub) for stub in modules if not (ROOT / stub).exists()] == []


def test_every_folder_is_a_package(sources):
    folders = {path.parent for path in (ROOT / "mxlite").rglob("*.py")}
    folders |= {ROOT / path.parent.relative_to(sources) for path in sources.rglob("*.pyx")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize(("file", "pattern"), [
    ("CITATION.cff", r"^version: (.+)$"), ("docs/recipe/recipe.yaml", r'^  version: "(.+)"$'),
    ("docs/CHANGELOG.md", r"^## ([0-9.]+)")])
def test_papers_name_the_version(sources, file, pattern):
    found = re.search(pattern, (ROOT / file).read_text("utf-8"), re.M)
    assert found[1] == mxlite.__version__


def test_recipe_asks_for_what_the_project_asks_for(sources):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    recipe = (ROOT / "docs" / "recipe" / "recipe.yaml").read_text("utf-8")
    host, run = (set(re.findall(r"^    - (\S+ >=\S+)$", part, re.M))
                 for part in re.split(r"^  (?:host|run):$", recipe.partition("\ntests:")[0], flags=re.M)[1:])
    assert host == {requirement.replace(">", " >") for requirement in project["build-system"]["requires"]}
    assert run == {requirement.replace(">", " >") for requirement in project["project"]["dependencies"]}
    assert f'python_min: "{project["project"]["requires-python"].removeprefix(">=")}"' in recipe


def test_readme_links_lead_somewhere(sources):
    text = (ROOT / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^):#]+)\)", text)
    assert "docs/design.md" in links
    assert [link for link in links if not (ROOT / link).exists()] == []
