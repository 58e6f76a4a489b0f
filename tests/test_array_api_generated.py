"""mxlite.array_api and array-api-strict on arrays, axes and indices that hypothesis makes up.

The public test suite of the standard is built on the same strategies.
"""

import numpy
import pytest

from mxlite import array_api

pytest.importorskip("hypothesis", reason="hypothesis is not installed")
strict = pytest.importorskip("array_api_strict", minversion="2.6", reason="array-api-strict is not installed")

from hypothesis import HealthCheck, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from hypothesis.extra.array_api import make_strategies_namespace  # noqa: E402

made = make_strategies_namespace(array_api)
generated = settings(max_examples=25, deadline=None, derandomize=True, database=None,
                     suppress_health_check=list(HealthCheck))
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

FLOATS = ("acos acosh asin asinh atan atanh cos cosh exp expm1 log log10 log1p log2 reciprocal signbit sign sin sinh "
          "sqrt tan tanh").split()
REALS = "abs ceil floor isfinite isinf isnan positive round square trunc".split()
PAIRS = ("add atan2 copysign divide equal hypot less logaddexp maximum minimum multiply nextafter remainder "
         "subtract").split()
REDUCTIONS = "sum prod mean max min any all var argmax".split()


def theirs(x):
    return strict.asarray(numpy.from_dlpack(x).copy())


def same(actual, expected):
    actual, expected = numpy.from_dlpack(actual), numpy.asarray(expected._array)
    assert actual.dtype == expected.dtype
    assert actual.shape == expected.shape
    if actual.dtype.kind == "f":
        numpy.testing.assert_allclose(actual, expected, rtol=1e-4 if actual.dtype == "float32" else 1e-12)
    else:
        assert (actual == expected).all()


def arrays(data, dtypes, **options):
    return data.draw(made.arrays(dtype=data.draw(dtypes), shape=made.array_shapes(max_side=4, **options)))


@pytest.mark.parametrize("name", FLOATS + REALS)
@generated
@given(data=st.data())
def test_one_operand(name, data):
    x = arrays(data, made.floating_dtypes() if name in FLOATS else made.real_dtypes(), min_dims=0, min_side=0)
    same(getattr(array_api, name)(x), getattr(strict, name)(theirs(x)))


@pytest.mark.parametrize("name", PAIRS)
@generated
@given(data=st.data())
def test_two_operands(name, data):
    shapes = data.draw(made.mutually_broadcastable_shapes(2, max_dims=3, max_side=4)).input_shapes
    dtype = data.draw(made.floating_dtypes())
    x, y = (data.draw(made.arrays(dtype=dtype, shape=shape)) for shape in shapes)
    same(getattr(array_api, name)(x, y), getattr(strict, name)(theirs(x), theirs(y)))


@pytest.mark.parametrize("name", REDUCTIONS)
@generated
@given(data=st.data())
def test_reductions(name, data):
    x = data.draw(made.arrays(dtype=data.draw(made.floating_dtypes()), shape=made.array_shapes(max_side=4),
                              elements={"min_value": -8, "max_value": 8}))
    axes = st.integers(-x.ndim, x.ndim - 1) if name == "argmax" else st.none() | made.valid_tuple_axes(x.ndim)
    options = {"axis": data.draw(axes), "keepdims": data.draw(st.booleans())}
    actual, expected = getattr(array_api, name)(x, **options), getattr(strict, name)(theirs(x), **options)
    if name in ("sum", "mean", "var"):      # numbers of either sign may all but cancel
        numpy.testing.assert_allclose(numpy.from_dlpack(actual), expected._array, rtol=1e-4, atol=1e-4)
        actual, expected = actual * 0, expected * 0
    same(actual, expected)


@generated
@given(data=st.data())
def test_indexing(data):
    x = arrays(data, made.real_dtypes())
    key = data.draw(made.indices(x.shape, allow_newaxis=True))
    same(x[key], theirs(x)[key])
