"""The benchmarks' own logic: targets name rows that exist, gradients agree, tables and chart show what was measured."""

import importlib.util
import pathlib
import sys
import xml.etree.ElementTree

import numpy
import pytest

import mxlite

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "benchmarks"
if not FOLDER.is_dir():
    pytest.skip("benchmarks/ is not beside these tests (they were copied out of the tree)", allow_module_level=True)


@pytest.fixture(scope="module", autouse=True)
def package():
    """Makes `benchmarks` importable from its folder, and forgets it afterwards."""
    spec = importlib.util.spec_from_file_location(
        "benchmarks", FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
    )
    sys.modules["benchmarks"] = importlib.util.module_from_spec(spec)
    yield
    mxlite.npx.reset_np()  # a library of the benchmarks sets it
    for name in [name for name in sys.modules if name.split(".")[0] == "benchmarks"]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def rows():
    """A row of every name that a run can give, with made-up figures."""
    from benchmarks.runner import MEMORY_GROUP, Row
    from benchmarks.workloads import GROUPS, MEMORY

    def row(name, group, unit="seconds", **cells):
        made = [Row(name, group, threads, unit, {"mxlite": 2.0, "torch": 10.0, **cells}) for threads in (1, 2)]
        return made

    found = []
    for group, members in GROUPS.items():
        for workload in members:
            if workload.way == "phases":
                found += [
                    line for phase in (*workload.phases, "peak") for line in row(f"{workload.name}: {phase}", group)
                ]
            else:
                found += row(workload.name, group, numpy=1.0, mxnet=2e4, jax="crashed")
    for workload in MEMORY:
        found += row(f"memory of {workload.name}", MEMORY_GROUP, "bytes")
    return found


def test_targets_and_chart_name_rows_that_exist(rows):
    from benchmarks.chart import SECTIONS
    from benchmarks.runner import of_row
    from benchmarks.targets import TARGETS

    names = {(row.name, row.threads) for row in rows}
    assert names >= {(target.row, target.threads) for target in TARGETS}
    assert names >= {(name, threads) for members in SECTIONS.values() for name, _, threads in members}
    for target in TARGETS:
        group, workload = of_row(target.row)
        assert target.threads == 1 or workload.threaded, target
        assert workload.name in target.row
        assert target.competitor not in workload.left_out
        assert group


def test_verdicts(rows):
    from benchmarks.targets import Target, verdicts

    targets = [
        Target("speed", "seed 4", "torch", 0.25),
        Target("speed", "seed 4", "torch", 0.1),
        Target("speed", "seed 4", "jax", 1),
        Target("speed", "import, beyond NumPy's", "", 0.5),
    ]
    got = verdicts(targets, rows)
    assert [verdict for verdict, _ in got] == ["met", "not met", "not measured", "not met"]
    assert got[0][1] == "speed: seed 4, 1 thread: 0.2 x PyTorch, at most 0.25"
    assert got[3][1] == "speed: import, beyond NumPy's, 1 thread: 2 s, at most 500 ms"


def test_chart_is_small_and_well_formed(rows):
    from benchmarks.chart import draw

    text = draw(rows, ["One & two."])
    root = xml.etree.ElementTree.fromstring(text)
    assert len(text.encode()) < 60_000
    assert root.find("{*}title").text
    assert root.find("{*}desc").text
    shown = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "PyTorch" in shown
    assert "JAX jitted" not in shown  # it has no figure
    assert "5.0×" in shown  # noqa: RUF001
    assert "10000×" in shown  # noqa: RUF001
    assert "One & two." in shown
    height = float(root.get("height"))
    assert all(0 < float(element.get("y")) < height for element in root.iter("{http://www.w3.org/2000/svg}text"))


def test_gradients_by_hand_agree_with_mxlite():
    from benchmarks.libraries import load
    from benchmarks.runner import difference
    from benchmarks.workloads import GROUPS

    ours, by_hand = load("mxlite", 1), load("numpy", 1)
    compared = 0
    for workload in (workload for members in GROUPS.values() for workload in members):
        large = (
            max((array.size for part in workload.inputs() for array in part), default=0) > 200_000
            if (workload.way == "interleaved" and type(workload).__name__ != "Scope")
            else True
        )
        if large or "numpy" in workload.left_out:
            continue
        wrong = difference(workload.gradients(ours), workload.gradients(by_hand), workload.tolerance)
        assert not wrong, f"{workload.name}: {wrong}"
        compared += 1
    assert compared > 15


def test_difference_tells_wrong_gradients():
    from benchmarks.runner import difference

    one = numpy.ones(3, "float32")
    assert difference([one], [one], 1e-4) == ""
    assert "shape" in difference([one], [one[:2]], 1e-4)
    assert "instead of" in difference([one], [one, one], 1e-4)
    assert "off by" in difference([one * 1.01], [one], 1e-4)
    assert "off by" in difference([one * numpy.nan], [one], 1e-4)


def test_regressions_of_instruction_counts():
    from benchmarks.instructions import regressions, table

    before = {"a": 1000.0, "b": 1000.0, "c": 1000.0}
    now = {"a": 1049.0, "b": 1051.0, "new": 5.0}
    assert regressions(now, before, 0.05) == ["c: can no longer be counted", "b: 1,000 -> 1,051 instructions, +5.1%"]
    assert any("+5.1%" in line for line in table(now, before))
