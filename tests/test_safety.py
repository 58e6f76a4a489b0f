"""The table of docs/safety.md: each row is computed, and its value and gradient compared with what it says."""

import pathlib
import re

import numpy
import pytest
from cases import CASES, params
from check import floats, pull, variables

from mxlite import autograd, nd, np, npx
from mxlite._engine.operators import is_tracked
from mxlite._errors import MXNetError
from mxlite._op import registry

TABLE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "safety.md"
if not TABLE.exists():
    pytest.skip("docs/ is not beside the tests", allow_module_level=True)
ROW = re.compile(r"\| `(.+)` \| (.+?) \| (.+?) \| (.+?) \| (.*)\|$")
TEXT, _, SECOND = TABLE.read_text(encoding="utf-8").partition("## Second derivatives")
ROWS, SECOND_ROWS = ([m.groups() for m in map(ROW.match, text.splitlines()) if m] for text in (TEXT, SECOND))
NUMBERS = {"inf": numpy.inf, "nan": numpy.nan}


def number(text):
    """A number or a nested list of them, as the table writes it."""
    return numpy.asarray(eval(text, dict(NUMBERS)), numpy.float32)


@pytest.mark.parametrize(("expression", "at", "value", "gradient"), [row[:4] for row in ROWS],
                         ids=[f"{row[0]} at {row[1]}" for row in ROWS])
@pytest.mark.filterwarnings("error")
def test_row(expression, at, value, gradient):
    """Value and gradient are those of the table, with and without recording, and nothing warns."""
    x = np.array(number(at))
    x.attach_grad()
    names = {"np": np, "npx": npx, "nd": nd, "x": x, **NUMBERS}
    with autograd.record():
        y = eval(expression, names)
    y.backward()
    numpy.testing.assert_allclose(y.asnumpy(), number(value), rtol=6e-4, err_msg="value")
    numpy.testing.assert_allclose(x.grad.asnumpy(), number(gradient), rtol=6e-4, err_msg="gradient")
    numpy.testing.assert_array_equal(eval(expression, names).asnumpy(), y.asnumpy(), err_msg="without recording")
    (recorded,) = _recorded_gradient(expression, names, x)
    numpy.testing.assert_allclose(recorded.asnumpy(), number(gradient), rtol=6e-4, err_msg="create_graph")


def _recorded_gradient(expression, names, x):
    with autograd.record():
        return autograd.grad(eval(expression, names).sum(), [x], create_graph=True)


@pytest.mark.parametrize(("expression", "at", "gradient", "second"), [row[:4] for row in SECOND_ROWS],
                         ids=[f"{row[0]} at {row[1]}" for row in SECOND_ROWS])
@pytest.mark.filterwarnings("error")
def test_second_derivative(expression, at, gradient, second):
    x = np.array(number(at))
    x.attach_grad()
    (found,) = _recorded_gradient(expression, {"np": np, "npx": npx, "nd": nd, "x": x, **NUMBERS}, x)
    numpy.testing.assert_allclose(found.asnumpy(), number(gradient), rtol=6e-4, err_msg="gradient")
    found.backward()
    numpy.testing.assert_allclose(x.grad.asnumpy(), number(second), rtol=6e-4, err_msg="second derivative")


def test_the_table_is_read():
    """No row is missed: every line of a table but its head is one."""
    for text, rows, least in ((TEXT, ROWS, 100), (SECOND, SECOND_ROWS, 20)):
        assert len(rows) == len([line for line in text.splitlines() if line.startswith("| `")]) >= least


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
def test_norm_of_any_size(dtype, size):
    """The 2-norm and its gradient are exact to rounding from the smallest normal numbers to the largest ones."""
    info = numpy.finfo(dtype)
    for scale in (float(info.tiny) * 1e3, size, float(info.max) / 1e4):
        x = np.array(numpy.array([[3, -4], [0, 5]]) * scale, dtype=dtype)
        x.attach_grad()
        with autograd.record():
            y = np.linalg.norm(x, axis=1)
        y.backward()
        numpy.testing.assert_allclose(y.asnumpy().astype("float64"), numpy.array([5.0, 5.0]) * scale,
                                      rtol=4 * float(info.eps))
        numpy.testing.assert_allclose(x.grad.asnumpy(), [[0.6, -0.8], [0, 1]], rtol=8 * float(info.eps))


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_softmax_of_masked_rows_keeps_the_others(axis):
    """A row of nothing but -inf is nan; what does not depend on it is not touched."""
    raw = numpy.zeros((3, 3), numpy.float32)
    raw[(1, slice(None)) if axis else (slice(None), 1)] = -numpy.inf
    x = np.array(raw)
    x.attach_grad()
    with autograd.record():
        y = npx.softmax(x, axis=axis)
        head = np.array(numpy.arange(9.0).reshape(3, 3), dtype="float32")
        loss = y * head
    loss.backward()
    bad = numpy.isneginf(raw)
    assert numpy.isnan(y.asnumpy()[bad]).all()
    assert not numpy.isnan(y.asnumpy()[~bad]).any()
    assert numpy.isnan(x.grad.asnumpy()[bad]).all()
    assert numpy.isfinite(x.grad.asnumpy()[~bad]).all()


# -- every operator at the ends of the floating-point range ------------------------------------------------------------
SIZES = [2e-38, 1e-30, 1e-20, 1e-10, 1e-4, 0.3, 1.0, 3.0, 50.0, 1e3, 1e10, 1e20, 1e30, 1e38]
POINTWISE = [name for name, r in sorted(registry.items())
             if r.op.pointwise and r.op.differentiable and r.op.n_operands < 3]
ILL = "a float32 is not near enough to the number that it stands for"
# Operators whose gradient in float32 differs from that in float64, with the reason.
DIFFERENT = {"fmod": ILL, "remainder": ILL, "power": ILL, "smooth_l1": "the square of the scalar leaves the range"}


def _gradients(op, arrays, dtype):
    xs = [np.array(a, dtype=dtype) for a in arrays]
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = op(*xs)
    y.backward()
    return [x.grad.asnumpy().astype("float64") for x in xs]


@pytest.mark.parametrize("name", [name for name in POINTWISE if name not in DIFFERENT])
def test_gradients_from_end_to_end_of_the_range(name):
    """Gradients in float32 are those in float64, from 2e-38 to 1e38, wherever these are numbers of float32."""
    one = numpy.array(SIZES + [-v for v in SIZES], "float32")
    arrays = [one] if registry[name].op.n_operands == 1 else [a.ravel() for a in numpy.meshgrid(one, one)]
    wide = _gradients(registry[name].entry, arrays, "float64")
    for found, right in zip(_gradients(registry[name].entry, arrays, "float32"), wide, strict=True):
        known = (numpy.abs(right) < 3e38) & ((numpy.abs(right) > 1.2e-38) | (right == 0))
        numpy.testing.assert_allclose(found[known], right[known], rtol=2e-5, atol=1e-37)


EXTREMES = numpy.array([numpy.inf, -numpy.inf, numpy.nan, 1e300, -1e300, 0.0, 1e-300])


@pytest.mark.parametrize("case", params([c for c in CASES if c.tested]))
@pytest.mark.filterwarnings("error")
def test_nothing_warns(case):
    """With infinities, nan and huge numbers among the operands: values and gradients without a warning of NumPy's."""
    call = case.call(case.tested)
    xs = variables([numpy.resize(EXTREMES, x.shape) for x in call.point()])
    try:
        with autograd.record():
            results = floats(call(*xs))
        pull(results)
        with autograd.record():
            kept = [r for r in floats(call(*xs)) if is_tracked(r)]
            if kept:
                autograd.grad(kept + [x * 0 for x in xs], xs, create_graph=True)
    except MXNetError:
        return          # a matrix that is no number has no inverse
