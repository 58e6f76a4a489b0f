"""The profiler: what it records, statistics and traces, and that nothing of it is left when it is off."""

import json
import os
import threading
from itertools import pairwise

import numpy
import pytest
from check import NDArray, array, variables

import mxlite
from mxlite import MXNetError, autograd, np, npx, profiler
from mxlite.errors import FileError

pytestmark = pytest.mark.thread_unsafe(reason="there is one profiler in a process")


@pytest.fixture(autouse=True)
def clean(tmp_path):
    """A profiler that has seen nothing and writes into an empty folder."""
    profiler.set_config(filename=tmp_path / "trace.json")
    profiler.dumps(reset=True)
    yield
    profiler.stop()
    profiler.dumps(reset=True)
    profiler.set_config()


def statistics(category="operator"):
    return json.loads(profiler.dumps(format="json"))["Time"].get(category, {})


def trace(tmp_path):
    profiler.dump()
    return json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))["traceEvents"]


def step(x, w):
    with autograd.record():
        z = (np.tanh(np.dot(x, w)) * 2 + x).sum()
    z.backward()


def counts():
    return {name: entry["Count"] for name, entry in statistics().items()}


def test_operators_and_sweeps():
    x, w = variables([numpy.ones((3, 3)), numpy.ones((3, 3))])
    profiler.start()
    step(x, w)
    profiler.stop()
    step(x, w)
    names = ("dot", "tanh", "multiply", "add", "sum")
    assert counts() == dict.fromkeys([*names, *(f"_backward_{name}" for name in names)], 1)
    sizes = {name: entry["Bytes"] for name, entry in statistics().items()}
    one = 9 * 8
    assert sizes["dot"] == sizes["tanh"] == one
    assert sizes["sum"] == 8
    assert sizes["_backward_sum"] == sizes["_backward_multiply"] == one
    assert sizes["_backward_add"] == sizes["_backward_dot"] == 2 * one


def test_every_way_into_an_operator():
    """Signs, functions, numbers, mixed operands, in place, legacy arrays, several outputs: one event each."""
    x = array(numpy.ones((4, 3)))
    calls = [
        (lambda: x + x, "add"), (lambda: x + 1.5, "add"), (lambda: 2 - x, "subtract"), (lambda: -x, "negative"),
        (lambda: x + numpy.ones(3), "add"), (lambda: np.exp(x), "exp"), (lambda: numpy.exp(x), "exp"),
        (lambda: x.__iadd__(x), "add"), (lambda: x.__imul__(2), "multiply"), (lambda: x.T, "transpose"),
        (lambda: array(numpy.ones(3), NDArray) * 2, "multiply"), (lambda: np.split(x, 2), "split"),
        (lambda: np.exp(x, out=x), "exp"), (lambda: x > 1, "greater"), (lambda: x[1:], "getitem"),
        (lambda: np.zeros(3), "zeros"), (lambda: npx.softmax(x), "softmax"),
    ]
    for call, name in calls:
        profiler.dumps(reset=True)
        profiler.start()
        call()
        profiler.stop()
        assert counts() == {name: 1}


def test_an_error_leaves_the_profiler_running():
    x = array(numpy.ones((2, 3)))
    profiler.start()
    for _ in range(2):
        with pytest.raises(MXNetError):
            x + array(numpy.ones((4, 5)))
        with pytest.raises(MXNetError):
            np.dot(x, x)
    y = x + x
    assert counts() == {"add": 1}
    assert y.sum() == 12


def test_large_arrays_step_by_step():
    """Values that would be computed later, and steps of a sweep that would run together, are events of their own."""
    x, = variables([numpy.full(50_000, 0.5)])
    profiler.start()
    with autograd.record():
        z = np.exp(np.sin(x) * x)
    z.backward()
    profiler.stop()
    names = ("sin", "multiply", "exp")
    assert counts() == dict.fromkeys([*names, *(f"_backward_{name}" for name in names)], 1)
    grad = x.grad.asnumpy()
    with autograd.record():
        z = np.exp(np.sin(x) * x)
    z.backward()
    assert (grad == x.grad.asnumpy()).all()


def test_recorded_sweeps():
    x, = variables([numpy.full(3, 0.5)])
    profiler.start()
    with autograd.record():
        g, = autograd.grad((x * x).sum(), [x], create_graph=True)
    g.backward()
    profiler.stop()
    seen = counts()
    assert seen["_backward_sum"] == 1
    assert seen["_backward_multiply"] >= 3
    assert seen["multiply"] >= 2


def test_functions_of_a_user():
    class Double(autograd.Function):
        def forward(self, x):
            return x * 2

        def backward(self, g):
            return g * 2

    x, = variables([numpy.ones(3)])
    profiler.start()
    with autograd.record():
        y = Double()(x)
    y.backward()
    profiler.stop()
    assert counts() == {"multiply": 2, "_backward_Double": 1}


def test_pause_and_resume():
    x = array(numpy.ones(3))
    profiler.start()
    x + x
    profiler.pause()
    x * x
    profiler.resume()
    x - x
    profiler.stop()
    profiler.resume()
    x / x
    assert counts() == {"add": 1, "subtract": 1}


def test_only_what_is_asked_for(tmp_path):
    profiler.set_config(profile_imperative=False, filename=tmp_path / "trace.json")
    profiler.start()
    array(numpy.ones(3)) + 1
    with profiler.Event("mine"):
        pass
    assert counts() == {}
    assert list(statistics("event")) == ["mine"]
    profiler.stop()
    profiler.set_config(profile_imperative=False, profile_all=True, filename=tmp_path / "trace.json")
    profiler.start()
    array(numpy.ones(3)) + 1
    assert counts() == {"add": 1}


def test_all_threads():
    def work():
        array(numpy.ones(3)) + 1

    gate = threading.Barrier(3)
    threads = [threading.Thread(target=lambda: (gate.wait(), work(), gate.wait())) for _ in range(3)]
    profiler.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work()
    assert counts() == {"add": 4}


def test_trace(tmp_path):
    """The fields of the Chrome trace event format by phase; a row for every thread; spans nest in time."""
    x, w = variables([numpy.ones((3, 3)), numpy.ones((3, 3))])
    domain = profiler.Domain("training")
    profiler.start()
    gate = threading.Barrier(2)
    threads = [threading.Thread(target=lambda: (gate.wait(), step(*variables([numpy.ones((2, 2))] * 2)), gate.wait()),
                                name=f"worker {k}") for k in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counter = domain.new_counter("samples", 3)
    with domain.new_task("epoch"), domain.new_frame("batch"), profiler.Event("step"):
        step(x, w)
        counter += 2
    counter -= 1
    domain.new_marker("here").mark("thread")
    entries = trace(tmp_path)
    keys = {"M": {"args"}, "X": {"ts", "dur", "cat"}, "b": {"ts", "id", "cat"}, "e": {"ts", "id", "cat"},
            "C": {"ts", "args", "cat"}, "i": {"ts", "s", "cat"}}
    for entry in entries:
        assert {"name", "ph", "pid", "tid"} | keys[entry["ph"]] <= entry.keys()
        assert entry["pid"] == os.getpid()
        assert all(isinstance(entry[key], int | float) and entry[key] >= 0 for key in ("ts", "dur") if key in entry)
    rows = {entry["args"]["name"]: entry["tid"] for entry in entries if entry["name"] == "thread_name"}
    assert {"MainThread", "worker 0", "worker 1"} <= rows.keys()
    assert len(set(rows.values())) == len(rows)
    for name in ("MainThread", "worker 0", "worker 1"):
        mine = [entry for entry in entries if entry["ph"] == "X" and entry["tid"] == rows[name]]
        assert {entry["name"] for entry in mine if entry["cat"] == "backward"} >= {"_backward_dot", "_backward_tanh"}
        operators = sorted((entry["ts"], entry["ts"] + entry["dur"]) for entry in mine if entry["cat"] != "event")
        assert all(end <= begin for (_, end), (begin, _) in pairwise(operators))
    span, = (entry for entry in entries if entry["name"] == "step")
    inside = [entry for entry in entries if entry["ph"] == "X" and entry["tid"] == span["tid"]
              and span["ts"] <= entry["ts"] and entry["ts"] + entry["dur"] <= span["ts"] + span["dur"]]
    assert len(inside) == 11
    assert [entry["args"]["samples"] for entry in entries if entry["ph"] == "C"] == [3, 5, 4]
    assert [entry["s"] for entry in entries if entry["ph"] == "i"] == ["t"]
    assert [entry["name"] for entry in entries if entry["ph"] in "be"] == ["batch", "batch", "epoch", "epoch"]
    assert {entry["cat"] for entry in entries if entry["ph"] in "be"} == {"training", "training,frame"}


def test_the_file_is_written_all_the_while(tmp_path):
    path = tmp_path / "all.json"
    profiler.set_config(filename=path, continuous_dump=True, dump_period=0.01)
    profiler.start()
    array(numpy.ones(3)) + 1
    waiting = threading.Event()
    for _ in range(1000):
        if path.exists() and path.stat().st_size:
            break
        waiting.wait(0.01)
    else:
        pytest.fail("nothing was written")
    array(numpy.ones(3)) * 2
    profiler.stop()
    names = {entry["name"] for entry in json.loads(path.read_text(encoding="utf-8"))["traceEvents"]}
    assert {"add", "multiply"} <= names


def test_table():
    x = array(numpy.ones((100, 10)))
    profiler.start()
    for _ in range(3):
        np.exp(x)
    np.dot(x, x.T)
    profiler.stop()
    lines = profiler.dumps(sort_by="count").splitlines()
    assert lines[1] == "Profile Statistics:"
    assert lines[2] == "operator"
    assert lines[4].split() == ["Name", "Total", "Count", "Time", "(ms)", "Min", "Time", "(ms)", "Max", "Time", "(ms)",
                                "Avg", "Time", "(ms)", "Results", "(kB)"]
    name, count, total, least, most, average, size = lines[6].split()
    assert (name, count, size) == ("exp", "3", "24.000")
    assert float(least) <= float(average) <= float(most) <= float(total)
    assert float(total) == pytest.approx(3 * float(average), abs=2e-4)
    assert {line.split()[0] for line in lines[7:9]} == {"dot", "transpose"}


@pytest.mark.parametrize(("sort_by", "key"), [
    ("total", "Total"), ("avg", "Avg"), ("min", "Min"), ("max", "Max"), ("count", "Count")])
@pytest.mark.parametrize("ascending", [False, True])
def test_order(sort_by, key, ascending):
    x = array(numpy.ones((100, 100)))
    profiler.start()
    for turns, function in ((1, np.exp), (2, np.tanh), (3, np.negative)):
        for _ in range(turns):
            function(x)
    profiler.stop()
    found = json.loads(profiler.dumps(format="json", sort_by=sort_by, ascending=ascending))["Time"]["operator"]
    values = [entry[key] for entry in found.values()]
    assert values == sorted(values, reverse=not ascending)
    assert len(found) == 3


def test_reset():
    profiler.start()
    np.zeros(3)
    assert "zeros" in profiler.dumps(reset=True)
    assert "zeros" not in profiler.dumps()
    np.ones(3)
    assert counts() == {"ones": 1}


def test_spans_are_recorded_only_while_it_runs():
    task = profiler.Domain("d").new_task("t")
    with task:
        pass
    task.start()
    profiler.start()
    task.stop()
    task.stop()
    assert statistics("d") == {}
    with task:
        pass
    assert statistics("d")["t"]["Count"] == 1
    assert [str(o) for o in (task, profiler.Domain("d"), profiler.Event("e"), profiler.Counter("d", "c"))] == [
        "t", "d", "e", "c"]


def test_older_names(tmp_path):
    path = tmp_path / "old.json"
    profiler.profiler_set_config(mode="all", filename=path)
    profiler.profiler_set_state("run")
    np.zeros(3)
    profiler.profiler_set_state("stop")
    profiler.dump_profile()
    assert "zeros" in path.read_text(encoding="utf-8")
    profiler.dumps(reset=True)
    profiler.profiler_set_config(filename=path)
    profiler.profiler_set_state("run")
    np.zeros(3)
    assert counts() == {}


@pytest.mark.parametrize(("call", "error", "match"), [
    (lambda: profiler.set_config(foo=1), ValueError, "no option foo"),
    (lambda: profiler.set_config(dump_period=0), ValueError, "dump_period"),
    (lambda: profiler.set_config(profile_process="server"), KeyError, "no servers"),
    (lambda: profiler.set_state("walk"), KeyError, "'run' or 'stop', not 'walk'"),
    (lambda: profiler.set_state("run", "server"), KeyError, "no servers"),
    (lambda: profiler.dumps(format="xml"), ValueError, "'table' or 'json'"),
    (lambda: profiler.dumps(sort_by="name"), ValueError, "sort_by is one of"),
    (lambda: profiler.Marker("d", "m").mark("city"), ValueError, "scope is one of"),
    (lambda: profiler.profiler_set_config(mode="some"), KeyError, "'symbolic' or 'all'"),
])
def test_bad_calls(call, error, match):
    with pytest.raises(error, match=match) as raised:
        call()
    assert isinstance(raised.value, MXNetError)


def test_options_are_not_changed_under_way():
    profiler.start()
    with pytest.raises(MXNetError, match="is running"):
        profiler.set_config()


def test_what_is_not_there_says_why():
    with pytest.raises(AttributeError, match="no parameter servers"):
        profiler.set_kvstore_handle  # noqa: B018


def test_it_is_imported_when_asked_for():
    assert mxlite.profiler is profiler
    assert "profiler" in dir(mxlite)


def test_a_file_that_cannot_be_written(tmp_path):
    profiler.set_config(filename=tmp_path / "missing" / "trace.json")
    with pytest.raises(FileError, match="No such file") as caught:
        profiler.dump()
    assert isinstance(caught.value, FileNotFoundError)
