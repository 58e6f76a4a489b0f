"""Every operator of the registry against its samples: values, dtypes, derivatives, layouts, `out=`, errors, mutation.

Nothing here knows an operator by name: an operator is covered by being declared and having samples (tests/samples).
"""

import numpy
import pytest
from cases import CASES, ERRORS, call_node, params, recorded
from check import (
    Call,
    NDArray,
    array,
    check_grad,
    check_higher,
    close,
    gradients,
    ndarray,
    pull,
    tracked_equals_plain,
    variables,
)

from mxlite import autograd
from mxlite._engine.operators import TapeArray, is_tracked
from mxlite._engine.operators import raw as raw_of
from mxlite._errors import InplaceError, ShapeError
from mxlite._op import registry

every = pytest.mark.parametrize("case", params(CASES))
differentiable = pytest.mark.parametrize("case", params([c for c in CASES if c.order >= 1]))
twice = pytest.mark.parametrize("case", params([c for c in CASES if c.order >= 2]))
pointwise = pytest.mark.parametrize("case", params([c for c in CASES if c.op.pointwise and c.tested]))


def classes(case):
    """The array classes that a case is called with; legacy arrays have no shape ()."""
    yield ndarray
    call = case.call(case.arrays)
    if case.registration.nd and case.sample.legacy and case.arrays and all(call._get(p).ndim for p in case.arrays):
        yield NDArray


@every
def test_value(case):
    """Values against the reference, the results' class, and the dtype rule, in each dtype."""
    for dtype in case.sample.dtypes:
        for cls in classes(case):
            raw, inputs, results = case.values(dtype, cls)
            for x, before in zip(inputs, raw, strict=True):
                numpy.testing.assert_array_equal(raw_of(x), before, err_msg="an input was overwritten")
            assert all(type(r) is cls for r in results)
            if case.sample.reference is False:
                continue
            expected = case.expected(raw)
            assert len(results) == len(expected)
            for r, e in zip(results, map(numpy.asarray, expected), strict=True):
                e = e.real if e.dtype.kind == "c" else e        # NumPy's eig, of real eigenvalues, from 2.5 on
                e = e.reshape(1) if cls is NDArray and e.ndim == 0 else e
                kind = str(raw_of(r).dtype) if raw_of(r).dtype.kind == "f" else "float64"
                close(r, e, kind, f"{case.name} in {dtype} as {cls.__name__}", case.sample.tolerance)
                dtype_is_right(case, r, e, dtype)


DOUBLE = {"interp"}     # float64 whatever goes in, as in MXNet and NumPy


def dtype_is_right(case, result, expected, dtype):
    """A float result of arrays under test has their dtype, unless the call names one, or float64 always."""
    named = "dtype" in case.op.params and (
        "dtype" in case.sample.kwargs or len(case.sample.args) > case.op.params.index("dtype"))
    if case.tested and expected.dtype == numpy.float64 and not named:
        dtype = "float64" if case.op.name in DOUBLE else dtype
        assert raw_of(result).dtype == dtype, f"{case.name}: {dtype} in, {raw_of(result).dtype} out"


NARROW = {"float64": 1e-12, "float32": 2e-5, "float16": 2e-2}     # a gradient against the one computed in float64


def gradients_in(case, point, dtype):
    """Gradients with every tested input in a dtype; those that are not differentiated stay where they are."""
    whole = case.call(case.tested)
    fixed = {p: array(x.astype(dtype)) for p, x in zip(case.tested, whole.point(), strict=True)}

    def function(*xs):
        at = {**fixed, **dict(zip(case.wrt, xs, strict=True))}
        return whole(*[at[p] for p in case.tested])
    arrays = [x.astype(dtype) for x in point]
    return gradients(Call(function, tuple(arrays), {}, range(len(arrays))), arrays)


@differentiable
def test_gradient(case):
    """First derivatives in float64 against differences, and those in narrower dtypes against float64."""
    call = case.call(case.wrt)
    check_grad(call, loose=case.sample.tolerance, what=case.name)
    for dtype in case.sample.dtypes:
        point = [x.astype(dtype) for x in call.point()]
        for g, e in zip(gradients_in(case, point, dtype), gradients_in(case, point, "float64"), strict=True):
            assert g.dtype == dtype
            close(g, e, dtype, f"gradient of {case.name} in {dtype}",
                  {dtype: NARROW[dtype], **case.sample.tolerance})


@twice
def test_higher_derivatives(case):
    """The gradient computed by recorded operations is the plain one, and has right derivatives itself."""
    tracked_equals_plain(case.call(case.wrt), what=case.name)
    check_higher(case.call(case.wrt), case.order, loose=case.sample.tolerance, what=case.name)


@differentiable
def test_saved_arrays_are_what_the_formulas_name(case):
    for places in {tuple(case.wrt), *((p,) for p in case.wrt)}:
        _, results = recorded(case, places)
        wanted = {case.position(p) for p in places}
        formulas = [f for f in case.op.formulas if wanted & set(f.targets)]
        arrays = {case.position(p) for p in case.arrays}
        named = {case.op.params[k] for f in formulas for k in f.inputs if k in arrays}
        named |= {"y"} if any(f.uses_y for f in formulas) else set()
        node = call_node(results)
        assert node.label == case.name
        assert set(node.saved) == named
        pull(results)
        assert node.freed
        assert not node.saved
        assert not node.parents


@pytest.mark.parametrize("case", params([c for c in CASES if c.op.formulas == () and c.tested]))
def test_no_derivative(case):
    """An operator declared without derivatives leaves the graph."""
    call = case.call(case.tested)
    xs = variables(call.point())
    with autograd.record():
        assert not any(is_tracked(r) for r in call(*xs))


def backwards_in_memory(x):
    """The same values with negative strides."""
    reverse = (slice(None, None, -1),) * x.ndim
    return x[reverse].copy()[reverse]


def spread_in_memory(x):
    """The same values, every other element of a larger array."""
    out = numpy.zeros(tuple(2 * n for n in x.shape), x.dtype)[(..., *(slice(None, None, 2),) * x.ndim)]
    out[...] = x
    return out


def columns_in_memory(x):
    """The same values in Fortran's order."""
    return x.copy(order="F")


LAYOUTS = [columns_in_memory, backwards_in_memory, spread_in_memory]


@every
def test_layouts(case):
    """Inputs that are not contiguous give the same results and gradients."""
    if case.sample.reference is False and not case.arrays:
        return
    _, _, plain = case.values("float64")
    inputs, results = recorded(case)
    tracked = any(is_tracked(r) for r in results)
    if tracked:
        pull(results)
    for layout in LAYOUTS:
        _, xs, values = case.values("float64", layout=layout)
        for r, e in zip(values, plain, strict=True):
            close(r, e, "float64", f"{case.name} on {layout.__name__}")
        if tracked:
            by_place = dict(zip(case.arrays, xs, strict=True))
            for p in case.wrt:
                by_place[p].attach_grad()
            with autograd.record():
                outs = case.call(case.arrays)(*xs)
            pull(outs)
            for p in case.wrt:
                close(by_place[p].grad, inputs[p].grad, "float64", f"gradient of {case.name} on {layout.__name__}")


def scalars_and_empties(case):
    """(arrays, the index of the full result they stand for) for shapes (), (0,), (3, 0) of an elementwise case."""
    arrays = [numpy.broadcast_to(x, numpy.broadcast_shapes(*[a.shape for a in case.call(case.tested).point()]))
              for x in case.call(case.tested).point()]
    if arrays[0].size:
        first = (0,) * arrays[0].ndim
        yield [numpy.array(x[first]) for x in arrays], first
    yield [numpy.zeros((0,))] * len(arrays), None
    yield [numpy.zeros((3, 0))] * len(arrays), None


@pointwise
def test_0d_and_empty(case):
    """Shape () gives the element of the full result; empty arrays give empty results and gradients."""
    if len(case.tested) != len(case.arrays):
        return
    whole = raw_of(case.values("float64")[2][0])
    for arrays, at in scalars_and_empties(case):
        call = case.call(case.tested)
        xs = variables(arrays)
        with autograd.record():
            y = call(*xs)[0]
        assert y.shape == arrays[0].shape
        if at is not None:
            close(y, whole[at], "float64", f"{case.name} of 0-d")
        if is_tracked(y):
            y.backward()
        for x in xs:
            assert x.grad.shape == x.shape


@pytest.mark.parametrize("case", params([c for c in CASES if c.op.pointwise and len(c.tested) > 1]))
def test_broadcasting(case):
    """Stretched operands give what their copies in the full shape give; gradients are summed."""
    point = case.call(case.tested).point()
    if any(x.ndim == 0 or x.size == 0 for x in point) or len(case.tested) != len(case.arrays):
        return
    shapes = [(1, 3, 1), (2, 1, 1), (1, 1, 2)]
    small = [numpy.resize(x, shape) for x, shape in zip(point, shapes, strict=False)]
    full = numpy.broadcast_shapes(*[x.shape for x in small])
    wide = [numpy.broadcast_to(x, full).copy() for x in small]
    call = case.call(case.tested)
    close(call(*map(array, small))[0], call(*map(array, wide))[0], "float64", case.name)
    for g, e, x in zip(gradients(call, small), gradients(call, wide), small, strict=True):
        axes = tuple(k for k in range(3) if x.shape[k] == 1)
        close(g, e.sum(axes, keepdims=True), "float64", f"gradient of {case.name}", {"float64": 1e-10})


@pytest.mark.parametrize("case", params([c for c in CASES if len(c.wrt) > 1]))
def test_one_array_as_every_input(case):
    """f(x, x) has the sum of the gradients of f(x, y) at y = x."""
    point = case.call(case.wrt).point()
    if len({x.shape for x in point}) > 1:
        return
    call = case.call(case.wrt)
    for x in point:
        one = Call(lambda z: call(*[z] * len(point)), (x,), {}, (0,))
        close(gradients(one, [x])[0], sum(gradients(call, [x] * len(point))), "float64", case.name, {"float64": 1e-10})


@differentiable
def test_grad_req_add(case):
    """Two passes under 'add' give the sum, on top of what was there; 'null' leaves the buffer alone."""
    call = case.call(case.wrt)
    arrays = call.point()
    once = gradients(call, arrays)
    xs = variables(arrays, grad_req="add")
    for x in xs:
        x.grad[...] = 0.5
    for _ in range(2):
        with autograd.record():
            results = call(*xs)
        pull(results)
    for x, g in zip(xs, once, strict=True):
        close(x.grad, 0.5 + 2 * g, "float64", case.name, {"float64": 1e-10})


@pytest.mark.parametrize("case", params([c for c in CASES if c.public and c.arrays]))
def test_out(case):
    """`out=` receives the values and the place on the tape; a wrong shape and a variable are refused."""
    _, inputs, results = case.values("float64")
    if not isinstance(case.call(case.arrays).whole(*inputs), TapeArray):
        return
    call = Call(case.run, case.sample.args, {**case.sample.kwargs, "out": None}, [*case.arrays, "out"])
    out = array(numpy.full_like(raw_of(results[0]), 3))
    assert call(*inputs, out)[0] is out
    if case.sample.reference is not False:
        numpy.testing.assert_array_equal(raw_of(out), raw_of(results[0]))
    wrong = array(numpy.zeros((*results[0].shape, 2), raw_of(results[0]).dtype))
    with pytest.raises(ShapeError, match="out="):
        call(*inputs, wrong)
    assert not raw_of(wrong).any()
    if case.wrt:
        xs = dict(zip(case.arrays, inputs, strict=True))
        xs[case.wrt[0]].attach_grad()
        with autograd.record():
            call(*inputs, out)
            assert is_tracked(out) == is_tracked(call(*inputs, None)[0])    # `out` is the result, in given memory
        leaf = array(numpy.full_like(raw_of(results[0]), 3))
        leaf.attach_grad()
        with autograd.record(), pytest.raises(InplaceError, match="Inplace operations"):
            call(*inputs, leaf)
        assert (raw_of(leaf) == numpy.full_like(raw_of(leaf), 3)).all()


@pytest.mark.parametrize(("name", "bad"), [
    pytest.param(name, bad, id=f"{name}-{k}") for name in sorted(ERRORS)
    for k, bad in enumerate(ERRORS[name])])
def test_errors(name, bad):
    """A bad call raises what it should and leaves its arrays and the tape as they were."""
    cls = NDArray if bad.legacy else ndarray
    known = []

    def wrapped(value):
        if isinstance(value, numpy.ndarray):
            known.append((array(value, cls), value.copy()))
            return known[-1][0]
        if isinstance(value, list) and any(isinstance(v, numpy.ndarray) for v in value):
            return [wrapped(v) for v in value]
        return value

    args, kwargs = [wrapped(v) for v in bad.args], {k: wrapped(v) for k, v in bad.kwargs.items()}
    for x, before in known:
        if before.dtype.kind == "f":
            x.attach_grad()
    with autograd.record():
        before = [x * x if v.dtype.kind == "f" else None for x, v in known]
        with pytest.raises(bad.exception) as raised:
            registry[name].entry(*args, **kwargs)
        assert autograd.is_recording()
    assert not autograd.is_recording()
    assert type(raised.value) is bad.exception, f"{type(raised.value).__name__}: {raised.value}"
    assert bad.phrase.lower() in str(raised.value).lower()
    for (x, value), y in zip(known, before, strict=True):
        numpy.testing.assert_array_equal(raw_of(x), value)
        if y is not None:
            y.backward()
            numpy.testing.assert_allclose(raw_of(x.grad), 2 * value, rtol=1e-6)


def test_entries_take_numpy_arrays():
    """A NumPy array among the operands is taken as it is; the result is ours."""
    for name in ("add", "multiply", "less"):
        y = registry[name].entry(array(numpy.ones(2)), numpy.ones(2))
        assert isinstance(y, TapeArray)
