"""The table of docs/safety.md: each row is computed, and its value and gradient compared with what it says."""

import pathlib
import re

import numpy
import pytest

from mxlite import autograd, nd, np, npx

TABLE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "safety.md"
if not TABLE.exists():
    pytest.skip("docs/ is not beside the tests", allow_module_level=True)
ROW = re.compile(r"\| `(.+)` \| (.+?) \| (.+?) \| (.+?) \| (.*)\|$")
ROWS = [m.groups() for m in map(ROW.match, TABLE.read_text(encoding="utf-8").splitlines()) if m]
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


def test_the_table_is_read():
    """No row is missed: every line of a table but its head is one."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(ROWS) == len(lines) >= 70


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
