"""The tape as the inspection hook shows it: nodes, parents, what is saved, versions; and bad calls of the engine."""

import weakref

import numpy
import pytest
from check import NDArray, array, ndarray, variables

from mxlite import autograd
from mxlite._engine import operators
from mxlite._engine.entry import make_dual, make_entry
from mxlite._engine.inspect import node_of
from mxlite._engine.op import Op
from mxlite._engine.recorded_sweep import tracked_gradients
from mxlite._engine.sweep import backward, gradients
from mxlite._errors import DtypeError, MutationError, MXNetError


def chain(array):
    """Labels from an array down its first parents."""
    labels, node = [], node_of(array)
    while node is not None:
        labels.append(node.label)
        node = node.parents[0] if node.parents else None
    return labels


def test_nodes_and_parents():
    x, w = variables([numpy.ones(3), numpy.ones(3)])
    with autograd.record():
        y = x * w
        z = -(y + x)
    assert chain(z) == ["negative", "add", "multiply", "variable"]
    add = node_of(z).parents[0]
    assert add.parents == (node_of(y), node_of(x))
    assert node_of(x).is_variable
    assert not node_of(y).is_variable
    assert node_of(array(numpy.ones(2))) is None
    assert node_of(y) == node_of(y)
    assert node_of(y) != node_of(x)
    assert len({node_of(y), node_of(y), node_of(x)}) == 2
    assert repr(node_of(z)) == "<node negative>"


def test_constants_are_no_parents():
    x, = variables([numpy.ones(3)])
    c = array(numpy.ones(3))
    with autograd.record():
        y, z, u = x * c, c * x, c * c
    assert node_of(y).parents == node_of(z).parents == (node_of(x),)
    assert node_of(u) is None
    assert set(node_of(y).saved) == {"x2"}
    assert set(node_of(z).saved) == {"x1"}


def test_only_what_a_wanted_formula_names_is_saved():
    x, w = variables([numpy.ones(3), numpy.ones(3)])
    c = array(numpy.ones(3))
    with autograd.record():
        assert set(node_of(x + w).saved) == set()
        assert set(node_of(x / w).saved) == {"x2", "y"}
        assert set(node_of(x / c).saved) == {"x2"}
        assert set(node_of(c / x).saved) == {"x2", "y"}
        assert set(node_of(x * 2.0).saved) == set()
        assert set(node_of(x / 2.0).saved) == set()


def test_saved_arrays_are_not_copies():
    x, w = variables([numpy.ones(3), numpy.ones(3)])
    with autograd.record():
        y = x / w
    saved = node_of(y).saved
    assert numpy.shares_memory(saved["x2"], operators.raw(w))
    assert numpy.shares_memory(saved["y"], operators.raw(y))


def test_converted_operands_are_saved_as_computed_with():
    """An operand of another dtype is saved converted: writing to the original changes nothing."""
    x, = variables([numpy.full(3, 2.0)])
    c = array(numpy.full(3, 3, "int32"))
    with autograd.record():
        y = x * c
    assert node_of(y).saved["x2"].dtype == "float64"
    c[:] = 100
    y.backward()
    assert x.grad.asnumpy().tolist() == [3, 3, 3]


def test_outputs_of_one_call():
    def both(a):
        return a[:1] * 1.0, a[1:] * 1.0

    entry = make_entry(Op(both, "both", {"a": lambda g: numpy.concatenate(g)}))
    x, = variables([numpy.arange(3.0)])
    with autograd.record():
        first, second = entry(x)
        z = second * 2.0
    assert node_of(first).label == "output 0"
    assert node_of(second).label == "output 1"
    assert node_of(first).parents == node_of(second).parents
    assert chain(z) == ["multiply", "output 1", "both", "variable"]
    z.backward()
    assert x.grad.asnumpy().tolist() == [0, 2, 2]
    with pytest.raises(MXNetError, match="not in a computational graph"):
        first.backward()


def test_freed_nodes_keep_nothing():
    x, = variables([numpy.ones(3)])
    with autograd.record():
        y = x * x
        z = y * y
    z.backward()
    for a in (y, z):
        assert node_of(a).freed
        assert node_of(a).parents == ()
        assert node_of(a).saved == {}


def test_a_node_lives_as_long_as_something_needs_it():
    x, = variables([numpy.ones(3)])
    with autograd.record():
        y = x * 2.0
        z = y + 1.0
    seen = weakref.ref(y)
    del y
    assert seen() is None
    assert chain(z) == ["add", "multiply", "variable"]


def test_an_operand_that_is_saved_lives():
    x, = variables([numpy.ones(3)])
    with autograd.record():
        y = x * 2.0
        z = y * y
    seen = weakref.ref(y)
    del y
    assert seen() is not None
    z.backward()
    assert seen() is None


@pytest.mark.parametrize("view", [
    lambda a: a.detach(), lambda a: a[1:], lambda a: a[...], lambda a: a[0:2][1:], lambda a: a.as_nd_ndarray(),
    lambda a: a.as_nd_ndarray().as_np_ndarray(), lambda a: a.detach().detach()[0:1],
])
@pytest.mark.parametrize("order", ["view first", "view later"])
def test_versions_are_shared_by_views(view, order):
    """A write through a view made before or after recording is noticed, in both directions."""
    for target in ("view", "original"):
        x, = variables([numpy.arange(1.0, 4.0)])
        v = view(x) if order == "view first" else None
        with autograd.record():
            y = x * x
            if target == "original":
                u = view(x) if v is None else v
                y = u * x.as_nd_ndarray()[:len(u)] if type(u) is NDArray else u * x[:len(u)]
        v = view(x) if v is None else v
        (v if target == "view" else x)[:] = 7
        with pytest.raises(MutationError):
            y.backward()


def test_copies_have_versions_of_their_own():
    x, = variables([numpy.arange(1.0, 4.0)])
    copies = [x.copy(), x[[0, 1]], x[::-1], x + 0.0, x.astype("float64")]
    with autograd.record():
        y = x * x
    for c in copies:
        c[:] = 7
    y.backward()
    assert x.grad.asnumpy().tolist() == [2, 4, 6]


def test_both_classes_are_one_place_on_the_tape():
    x, = variables([numpy.arange(1.0, 4.0)])
    with autograd.record():
        y = x.as_nd_ndarray() * 2.0
        z = y.as_np_ndarray() * x
    assert type(y) is NDArray
    assert type(z) is ndarray
    z.backward()
    assert x.grad.asnumpy().tolist() == [4, 8, 12]


NOT_ARRAYS = [None, 3, 2.5, "text", object(), numpy.ones(2), [1.0], (), {}, numpy.float64(1)]
CALLS = {
    "raw": operators.raw,
    "is_tracked": operators.is_tracked,
    "end_write": operators.end_write,
    "node_of": node_of,
    "convert": lambda v: operators.convert(v, ndarray),
    "attach": lambda v: operators.attach(v, numpy.zeros(2), "write"),
    "begin_write": lambda v: operators.begin_write(v, None, "x"),
    "view_of": lambda v: operators.view_of(v, numpy.zeros(2)),
    "adopt": lambda v: operators.adopt(v, v),
    "backward": lambda v: backward([v], [None], False, True),
    "backward in place of lists": lambda v: backward(v, v, False, True),
    "gradients": lambda v: gradients([v], [None], [v], False, True),
    "tracked_gradients": lambda v: tracked_gradients([v], [None], [v], True, None, None),
    "TapeArray.backward": lambda v: operators.TapeArray.backward(v),
    "TapeArray.attach_grad": lambda v: operators.TapeArray.attach_grad(v),
    "TapeArray.__add__": lambda v: operators.TapeArray.__add__(v, v),
    "make_entry": make_entry,
    "make_dual": make_dual,
    "Op": lambda v: Op(v, v, v),
}


@pytest.mark.parametrize("value", NOT_ARRAYS, ids=lambda v: type(v).__name__)
@pytest.mark.parametrize("name", CALLS)
def test_wrong_types_raise(name, value):
    """The engine's functions check what they are given: an exception, not a crash."""
    with pytest.raises((TypeError, ValueError, AttributeError, MXNetError)):
        CALLS[name](value)


@pytest.mark.parametrize("cls", [ndarray, NDArray, operators.TapeArray])
def test_array_classes_are_not_called(cls):
    for args in ((), (3,), ((2, 3),), (numpy.ones(2),)):
        with pytest.raises(DtypeError, match="made by functions"):
            cls(*args)
    with pytest.raises(DtypeError):
        cls(shape=(2, 3), dtype="float32")


@pytest.mark.parametrize("cls", [ndarray, NDArray])
def test_an_array_that_no_function_made_is_empty(cls):
    a = cls.__new__(cls)
    assert a.shape == (0,)
    assert (a + a).shape == (-a).shape == (a * 2.0).shape == a.detach().shape == (0,)
    a.attach_grad()
    with autograd.record():
        y = a * a
    y.backward()
    assert a.grad.size == 0
    assert repr(a)
