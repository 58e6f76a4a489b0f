"""MXNet's names: those of levels 1 and 2 are all here and take MXNet's arguments, the others are here or say why not.

tests/golden/manifest.json has the names; tests/tools/manifest.py says what its columns are.
"""

import inspect
import json
import pathlib
import sys

import pytest

import mxlite
from mxlite import MXNetError
from mxlite._absent import _TABLE, ABSENT, PLAIN
from mxlite._op import registry
from mxlite._ops import load_all

load_all()
NAMES = json.loads((pathlib.Path(__file__).resolve().parent / "golden" / "manifest.json").read_text(encoding="utf-8"))
ROWS = [(space, name, level, parameters) for space, names in NAMES.items()
        for name, (level, parameters) in names.items()]
ABSENCE = object()      # None is what np.newaxis is, and the __hash__ of what has none
OPERATORS = {r.op.function: r.op for r in registry.values()}


# What is not taken by name, and why.
EXCEPT = {
    "np.iinfo": "it is NumPy's own class, whose argument is `type`",
    "nd.from_numpy": "array_cls is MXNet's way to share the code with npx.from_numpy, which is here",
}


def find(space, name):
    """What mxlite has under a name, or ABSENCE; a property of an array class as it is."""
    place = mxlite
    for part in space.split("."):
        place = getattr(place, part)
    return inspect.getattr_static(place, name, ABSENCE) if inspect.isclass(place) else getattr(place, name, ABSENCE)


def keywords(function):
    """Names by which a callable takes arguments."""
    op = OPERATORS.get(getattr(function, "__wrapped__", None))
    if op is not None:
        return {*op.positions, *op.aliases, "out", "name"}
    return {p.name for p in inspect.signature(function).parameters.values()
            if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}


def special(name):
    """Signs and built-in functions call these, by position."""
    return name.startswith("__")


@pytest.mark.parametrize("level", [1, 2])
def test_names(level):
    missing = [f"{space}.{name}" for space, name, at, _ in ROWS if at == level and find(space, name) is ABSENCE]
    assert not missing


@pytest.mark.parametrize("space", NAMES)
def test_parameters(space):
    """Each of MXNet's parameters is accepted by its name; of every level that is here."""
    wrong = []
    for at, name, level, parameters in ROWS:
        value = find(at, name) if at == space and level and parameters is not None else ABSENCE
        if value is ABSENCE or special(name):
            continue
        assert callable(value), name
        refused = [p for p in parameters.split() if not p.startswith("*") and p not in keywords(value)]
        wrong += [f"{space}.{name}"] * bool(refused)
    assert wrong == [name for name in EXCEPT if name.rpartition(".")[0] == space]


def test_special_methods():
    uncallable = [f"{space}.{name}" for space, name, level, parameters in ROWS
                  if level and special(name) and parameters is not None and not callable(find(space, name))]
    assert uncallable == ["np.ndarray.__hash__"]        # None, as Python asks of what is mutable; MXNet's raises


def test_what_is_absent_says_why(capsys):
    """Level 3 is here for the larger part; what is not, and what is out of scope, stands in the table of reasons."""
    third = [(f"{space}.{name}", find(space, name) is not ABSENCE) for space, name, level, _ in ROWS if level == 3]
    here = sum(found for _, found in third)
    with capsys.disabled():
        print(f"\n  MXNet's names: {sum(level in (1, 2) for _, _, level, _ in ROWS)} of levels 1 and 2, all here; "
              f"{here} of the {len(third)} of level 3; {len(ABSENT)} absent with a reason ", end="", file=sys.stderr)
    assert here >= 0.8 * len(third)
    unexplained = [f"{space}.{name}" for space, name, level, _ in ROWS
                   if level in (0, 3) and find(space, name) is ABSENCE and f"{space}.{name}" not in ABSENT]
    assert not unexplained


@pytest.mark.parametrize("name", ABSENT)
def test_absent(name):
    """Asking for an absent name raises what AttributeError and MXNetError catch, with the reason."""
    space, _, last = name.rpartition(".")
    assert find(space, last) is ABSENCE if space != "mxnet" else not hasattr(mxlite, last)
    place = sys.modules.get("mxlite" if space == "mxnet" else f"mxlite.{space}")
    if place is None or space in PLAIN:     # of a method, too, Python's own error says enough
        return
    assert not hasattr(place, last)
    with pytest.raises(AttributeError, match=f"does not have 'mxnet.*{last}': ") as raised:
        getattr(place, last)
    assert isinstance(raised.value, MXNetError)
    assert ABSENT[name] in str(raised.value)


def test_unknown_names_are_pythons_own_error():
    with pytest.raises(AttributeError, match=r"^module 'mxlite.nd' has no attribute 'add_nn'$") as raised:
        mxlite.nd.add_nn  # noqa: B018
    assert raised.value.name == "add_nn"
    assert raised.value.obj is mxlite.nd
    assert not isinstance(raised.value, MXNetError)


def test_reasons_are_sentences_without_full_stop():
    for reason, spaces in _TABLE:
        assert not reason.endswith(".")
        assert all(names == names.strip() and "  " not in names for names in spaces.values())
