"""Pictures and tables of the tape: what they say, how boxes lie, folding."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy
import pytest
from check import NDArray, array, variables

import mxlite
from mxlite import MXNetError, _layout, autograd, np, visualization
from mxlite._engine.inspect import node_of
from mxlite.errors import FileError

SVG = "{http://www.w3.org/2000/svg}"


def network():
    x, w, b = variables([numpy.ones((4, 3)), numpy.ones((3, 2)), numpy.ones(2)])
    with autograd.record():
        h = np.tanh(np.dot(x, w) + b)
        z = (h * h).sum()
    return {"x": x, "w": w, "b": b, "h": h, "z": z, "other": 3}


def recurrent(turns):
    w, h = variables([numpy.ones((2, 2)), numpy.ones((2, 2))])
    with autograd.record():
        for _ in range(turns):
            h = np.tanh(np.dot(h, w))
    return h, w


def boxes(tape):
    """(lines of text, (left, top, right, bottom)) of every box of the picture."""
    found = []
    for group in ElementTree.fromstring(tape.svg()).iter(SVG + "g"):
        rect = group.find(SVG + "rect")
        if rect is not None:
            x, y, w, h = (float(rect.get(key)) for key in ("x", "y", "width", "height"))
            found.append(([text.text for text in group.findall(SVG + "text")], (x, y, x + w, y + h)))
    return found


def test_summary(capsys):
    names = network()
    visualization.print_summary(names["z"], names)
    assert capsys.readouterr().out == """\
Step        Inputs      Shape   Dtype    Gradient  Keeps
x           -           (4, 3)  float64  write     -
w           -           (3, 2)  float64  write     -
1 dot       x, w        (4, 2)  float64  -         a, b: 144 B
b           -           (2,)    float64  write     -
2 add       1 dot, b    (4, 2)  float64  -         -
h 3 tanh    2 add       (4, 2)  float64  -         y: 64 B
4 multiply  h 3 tanh    (4, 2)  float64  -         x1, x2: 64 B
z 5 sum     4 multiply  ()      float64  -         -
8 steps, 3 of them variables; 208 B are kept for backward
"""


def test_lines_are_cut(capsys):
    visualization.print_summary(network()["z"], line_length=30)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) == 30
    assert lines[1].startswith("variable 1  -")
    assert lines[1].endswith("…")


def test_picture():
    names = network()
    tape = visualization.plot_network(names["z"], title="a < b", names=names)
    found = boxes(tape)
    assert [lines for lines, _ in found] == [
        ["x", "(4, 3) float64", "grad_req write"], ["w", "(3, 2) float64", "grad_req write"],
        ["dot", "(4, 2) float64", "keeps a, b: 144 B"], ["b", "(2,) float64", "grad_req write"],
        ["add", "(4, 2) float64"], ["h = tanh", "(4, 2) float64", "keeps y: 64 B"],
        ["multiply", "(4, 2) float64", "keeps x1, x2: 64 B"], ["z = sum", "() float64"]]
    root = ElementTree.fromstring(tape.svg())
    assert root.find(SVG + "title").text == "a < b"
    assert len(root.findall(f".//{SVG}g/{SVG}path")) == 7
    assert tape._repr_svg_() == tape.svg()
    assert len(tape) == 8
    assert repr(tape) == "<tape of 8 steps>"


def test_dot():
    names = network()
    lines = visualization.tape(names["z"], names, 'a "b"').source.splitlines()
    assert lines[0] == "digraph tape {"
    assert r'  label="a \"b\"";' in lines
    labels = dict(re.findall(r'  (n\d+) \[label="([^"]*)"', "\n".join(lines)))
    assert labels["n0"] == r"x\n(4, 3) float64\ngrad_req write"
    edges = [(labels[a].split(r"\n")[0], labels[b].split(r"\n")[0])
             for a, b in (re.findall(r"n\d+", line) for line in lines if "->" in line)]
    assert edges == [("x", "dot"), ("w", "dot"), ("dot", "add"), ("b", "add"), ("add", "h = tanh"),
                     ("h = tanh", "multiply"), ("multiply", "z = sum")]


def test_files(tmp_path):
    tape = visualization.tape(network()["z"])
    for name, text in (("tape.svg", tape.svg()), ("tape.dot", tape.source), ("TAPE2.GV", tape.source)):
        tape.save(tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == text
    with pytest.raises(MXNetError, match=r"\.svg, \.dot or \.gv"):
        tape.save(tmp_path / "tape.png")
    with pytest.raises(FileError, match="No such file") as caught:
        tape.save(tmp_path / "missing" / "tape.svg")
    assert isinstance(caught.value, FileNotFoundError)
    assert not (tmp_path / "tape.png").exists()


def test_several_heads_and_outputs():
    x, = variables([numpy.ones((4, 2))])
    with autograd.record():
        a, b = np.split(x, 2)
        c, d = np.exp(a), b.sum()
    text = visualization.tape([c, d], {"x": x, "c": c, "d": d}).summary()
    assert [line.split("  ")[0] for line in text.splitlines()[1:-1]] == [
        "x", "1 split", "2 output 0", "c 3 exp", "4 output 1", "d 5 sum"]
    assert "2 output 0  1 split     (2, 2)  float64" in text


def test_gradient_requirements():
    x, y, w = variables([numpy.ones(2)] * 3)
    x.attach_grad("add")
    y.attach_grad("null")
    with autograd.record():
        h = x * y
        autograd.retain_grad(h)
        z = h + w
    found = {lines[0]: lines[2:] for lines, _ in boxes(visualization.tape(z, {"x": x, "y": y, "w": w, "h": h}))}
    assert found["x"] == ["grad_req add"]
    assert found["y"] == ["grad_req null"]
    assert found["w"] == ["grad_req write"]
    assert found["h = multiply"][0] == "grad_req write"


def test_sequences_and_functions():
    class Double(autograd.Function):
        def forward(self, x):
            self.save_for_backward(x)
            return x * 2

        def backward(self, g):
            return g * 2

    x, y = variables([numpy.ones((1, 2)), numpy.ones((3, 2))])
    with autograd.record():
        z = Double()(np.concatenate([x, array(numpy.ones((1, 2))), y]))
    text = visualization.tape(z, {"x": x, "y": y}).summary().splitlines()
    assert text[1].startswith("x              -              (1, 2)")
    assert text[2].startswith("y              -              (3, 2)")
    assert text[4].startswith("2 Double       1 concatenate  (5, 2)  float64  -         saved_tensors[0]: 80 B")


def test_legacy_arrays_and_dtypes():
    x = array(numpy.ones((2, 2), "float32"), NDArray)
    x.attach_grad()
    with autograd.record():
        z = (x.astype("float64") * 2).sum()
    assert [lines[:2] for lines, _ in boxes(visualization.tape(z, {"x": x}))] == [
        ["x", "(2, 2) float32"], ["astype", "(2, 2) float64"], ["multiply", "(2, 2) float64"], ["sum", "(1,) float64"]]


def test_operators_have_the_names_that_programs_call_them_by():
    x = array(numpy.ones((2, 2)), NDArray)
    x.attach_grad()
    with autograd.record():
        z = np.clip(mxlite.nd.dot(x, x).as_np_ndarray(), 0, 1)[0]
    assert [lines[0] for lines, _ in boxes(visualization.tape(z, {"x": x}))] == ["x", "dot", "clip", "getitem"]


def test_what_a_sweep_has_used_up():
    x, = variables([numpy.ones(3)])
    with autograd.record():
        h = x * x
        y, z = np.exp(h), np.sin(h)
    y.backward()
    with pytest.raises(MXNetError, match="not in a computational graph"):
        visualization.tape(y)
    assert [lines[-1] for lines, _ in boxes(visualization.tape(z))] == ["freed by a sweep", "keeps x: 24 B"]


@pytest.mark.parametrize(("heads", "options", "error", "match"), [
    (array(numpy.ones(2)), {}, MXNetError, "not in a computational graph"),
    (3, {}, TypeError, "int is no array of mxlite"),
    ([], {}, ValueError, "no arrays"),
    (network()["z"], {"limit": 3}, ValueError, "10 or more"),
])
def test_bad_calls(heads, options, error, match):
    with pytest.raises(error, match=match) as raised:
        visualization.tape(heads, **options)
    assert isinstance(raised.value, MXNetError)


def test_long_chains_are_folded():
    h, w = recurrent(20_000)
    tape = visualization.tape(h, {"w": w})
    assert len(tape) == 40_002
    lines = [lines for lines, _ in boxes(tape)]
    assert ["39,994 steps", "tanh: 19,997", "dot: 19,997", "keeps 19,998 arrays: 640 kB"] in lines
    assert len(lines) < 20
    assert tape.summary().splitlines()[-1] == "40,002 steps, 2 of them variables; 640 kB are kept for backward"


def test_a_middle_that_is_no_chain_is_folded():
    """Each step uses the two before it, and a variable of its own."""
    a, b = variables([numpy.ones(2)] * 2)
    with autograd.record():
        for _ in range(300):
            c, = variables([numpy.ones(2)])
            a, b = a * b + c, a
    tape = visualization.tape(a, limit=30)
    assert len(tape) == 902
    found = [lines for lines, _ in boxes(tape)]
    assert len(found) < 50
    folded, = (lines for lines in found if "steps" in lines[0])
    assert int(folded[0].split()[0]) > 800
    assert any(line.startswith("variable: ") for line in folded)
    assert tape.summary().splitlines()[-1].startswith("902 steps, 302 of them variables; ")


def test_folded_twice():
    """Long chains and too much else: the counts are those of the tape."""
    h, _ = recurrent(50)
    with autograd.record():
        for _ in range(30):
            h = np.exp(h * h) * (h + 1)
    assert len(visualization.tape(h, limit=10)) == 2 + 100 + 120


def test_a_variable_is_named_again_where_it_is_used_far_away():
    h, w = recurrent(4)
    found = [lines for lines, _ in boxes(visualization.tape(h, {"w": w}))]
    assert found.count(["w"]) == 3
    assert found.count(["w", "(2, 2) float64", "grad_req write"]) == 1


def graph(n, seed):
    """A random acyclic graph whose nodes come in a topological order."""
    random = numpy.random.default_rng(seed)
    edges = sorted({(int(random.integers(max(k - 9, 0), k)), k) for k in range(1, n) for _ in range(2)})
    return [(float(random.integers(20, 160)), float(random.integers(20, 60))) for _ in range(n)], edges


@pytest.mark.parametrize("n", [1, 2, 5, 30, 100])
def test_layout(n):
    """Boxes keep their distance, edges run down from box to box, everything lies inside the picture."""
    sizes, edges = graph(n, n)
    centers, routes, (width, height) = _layout.place(sizes, edges)
    spots = [(x - w / 2, y - h / 2, x + w / 2, y + h / 2) for (x, y), (w, h) in zip(centers, sizes, strict=True)]
    for left, top, right, bottom in spots:
        assert -1e-6 <= left < right <= width + 1e-6
        assert -1e-6 <= top < bottom <= height + 1e-6
    for a, b in combinations(spots, 2):
        apart_x = max(a[0], b[0]) - min(a[2], b[2])
        apart_y = max(a[1], b[1]) - min(a[3], b[3])
        assert max(apart_x, apart_y) >= _layout.GAP_X - 1e-6
    for (a, b), route in zip(edges, routes, strict=True):
        assert route[0] == (centers[a][0], spots[a][3])
        assert route[-1] == (centers[b][0], spots[b][1])
        assert all(above[1] <= below[1] for above, below in pairwise(route))
    for (a, b), route in zip(edges, routes, strict=True):
        for x, y in route[1:-1]:
            assert not any(s[0] < x < s[2] and s[1] < y < s[3] for k, s in enumerate(spots) if k not in (a, b))


def test_a_chain_is_drawn_straight():
    found = {lines[0]: spot for lines, spot in boxes(visualization.tape(network()["z"]))}
    middles = [(found[name][0] + found[name][2]) / 2 for name in ("add", "tanh", "multiply", "sum")]
    assert max(middles) - min(middles) < 3


def test_order_has_few_crossings():
    """Two chains that start crossed are drawn side by side."""
    sizes = [(40.0, 20.0)] * 6
    centers, _, _ = _layout.place(sizes, [(0, 3), (1, 2), (2, 4), (3, 5)])
    side = [centers[a][0] < centers[b][0] for a, b in ((0, 1), (3, 2), (5, 4))]
    assert len(set(side)) == 1


def test_names_of_modules():
    assert mxlite.visualization is mxlite.viz is visualization


def test_inputs_of_nodes():
    """Shapes and dtypes of inputs as nodes know them, broadcasting and conversion included."""
    x, y = variables([numpy.ones((2, 1)), numpy.ones(3, "float32")])
    with autograd.record():
        z = x * y
    assert [(shape, dtype) for _, shape, dtype in node_of(z).inputs(z.shape)] == [
        ((2, 1), numpy.dtype("float64")), ((3,), numpy.dtype("float32"))]
    assert node_of(x).buffer is not None
    assert node_of(z).buffer is None
