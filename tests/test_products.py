"""Products of matrices: every layout in memory, every shape, the dtypes that BLAS knows and one that it does not."""

import numpy
import pytest

from mxlite import np
from mxlite._errors import ShapeError
from mxlite._kernels.products import multiplied, rows_multiplied

LAYOUTS = {
    "rows": lambda a: a,
    "columns": numpy.asfortranarray,
    "every other": lambda a: numpy.repeat(a, 2, axis=1)[:, ::2],
    "backwards": lambda a: a[::-1],
    "one row repeated": lambda a: numpy.broadcast_to(a[:1], a.shape) if a.size else a,
    "part of longer rows": lambda a: numpy.concatenate([a, a], axis=1)[:, :a.shape[1]],
}
SHAPES = [(1, 1, 1), (3, 1, 5), (1, 7, 1), (2, 3, 4), (40, 50, 60), (0, 3, 2), (3, 0, 2), (2, 3, 0), (1, 64, 33)]
NEAR = {"float64": 1e-13, "float32": 1e-5, "float16": 2e-2}


@pytest.mark.parametrize("dtype", NEAR)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", SHAPES)
def test_layouts(shape, layout, dtype):
    m, k, n = shape
    random = numpy.random.default_rng(4)
    for turn_a in (False, True):
        for turn_b in (False, True):
            a, b = (LAYOUTS[layout](random.standard_normal(s[::-1] if turn else s).astype(dtype))
                    for s, turn in (((m, k), turn_a), ((k, n), turn_b)))
            expected = (a.T if turn_a else a).astype("float64") @ (b.T if turn_b else b)
            y = multiplied(a, b, turn_a, turn_b)
            assert y.dtype == dtype
            assert y.flags.c_contiguous
            numpy.testing.assert_allclose(y, expected, rtol=NEAR[dtype], atol=8 * NEAR[dtype])


@pytest.mark.parametrize("dtype", NEAR)
@pytest.mark.parametrize("shape", [(4,), (3, 4), (2, 3, 4), (2, 0, 4), (2, 1, 3, 4)])
def test_rows(shape, dtype):
    random = numpy.random.default_rng(5)
    a, b = random.standard_normal(shape).astype(dtype), random.standard_normal((4, 6)).astype(dtype)
    expected = a.astype("float64") @ b
    for y in (rows_multiplied(a, b), rows_multiplied(a, b.T.copy(), True), rows_multiplied(a[..., ::-1], b[::-1])):
        assert y.dtype == dtype
        assert y.base is None or not isinstance(y.base, numpy.ndarray)
        numpy.testing.assert_allclose(y, expected, rtol=NEAR[dtype], atol=8 * NEAR[dtype])


def test_what_does_not_fit():
    a = numpy.ones((2, 3), "float32")
    for call in (lambda: multiplied(a, a), lambda: multiplied(a, a[0]), lambda: rows_multiplied(a, a),
                 lambda: rows_multiplied(a, a.T.astype("float64"))):
        with pytest.raises(ShapeError):
            call()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("shapes", [((2,), (2,)), ((2,), ()), ((2, 1, 2), (2,)), ((2, 2), (2, 2))])
def test_infinite_products_do_not_warn(shapes, dtype):
    a, b = (np.full(shape, float(numpy.finfo(dtype).max), dtype=dtype) for shape in shapes)
    assert numpy.isinf(np.dot(a, b).asnumpy()).all()
