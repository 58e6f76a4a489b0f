"""What samples and recorded cases do not see of composed functions: errors, lists, `out=`, classes, random counts."""

import warnings

import numpy
import pytest
from samples import values

import mxlite
from mxlite import nd, np, npx
from mxlite._errors import ArgumentError, AxisError, DtypeError, ShapeError

V, W = np.array([1.0, -2.0, 3.0]), np.array([0.5, 4.0])
M, X = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
DILATION = np.array([1, 2], dtype="int32")
SCORE = np.ones((1, 4, 2, 3))
PAIR = nd.array([1.0, 2.0])


@pytest.mark.parametrize(("error", "phrase", "call"), [
    (ShapeError, "1d only", lambda: np.polymul(M, V)), (ShapeError, "not empty", lambda: np.polydiv(V[:0], V)),
    (ArgumentError, "m is a whole number", lambda: np.polyder(V, -1)),
    (ArgumentError, "m is a whole number", lambda: np.polyint(V, 1.5)),
    (ShapeError, "k must be", lambda: np.polyint(V, 3, [1, 2])), (ShapeError, "input must be", lambda: np.poly(X)),
    (DtypeError, "complex", lambda: np.roots([1, 0, 1])), (ShapeError, "rank-1", lambda: np.roots(M)),
    (ShapeError, "one-dimensional", lambda: np.vander(M)), (ArgumentError, "deg", lambda: np.polyfit(V, V, -1)),
    (ShapeError, "same length", lambda: np.polyfit(V, W, 1)),
    (ShapeError, "same length", lambda: np.polyfit(V, V, 1, w=W)),
    (ArgumentError, "must exceed", lambda: np.polyfit(W, W, 1, cov=True)),
    (ArgumentError, "mode is one of", lambda: np.correlate(V, W, "half")),
    (ShapeError, "vectors", lambda: np.correlate(M, W)),
    (ShapeError, "2 dimensions", lambda: np.cov(np.ones((1, 1, 1)))),
    (ShapeError, "observations", lambda: np.cov(V, W)), (DtypeError, "integer", lambda: np.cov(V, fweights=V / 2)),
    (ArgumentError, "negative", lambda: np.cov(V, aweights=V)), (ArgumentError, "ddof", lambda: np.cov(V, ddof=0.5)),
    (ShapeError, "aweights is a vector", lambda: np.cov(V, aweights=W)),
    (AxisError, "out of bounds", lambda: np.apply_along_axis(len, 3, V)),
    (ArgumentError, "iteration dimensions", lambda: np.apply_along_axis(len, 0, np.ones((0, 2)))),
    (ShapeError, "correct shape", lambda: np.apply_over_axes(lambda a, axis: a[0, 0], X, [0])),
    (ShapeError, "conditions of shapes", lambda: np.piecewise(V, [W > 1], [1.0])),
    (ArgumentError, "functions are expected", lambda: np.piecewise(V, [V > 1], [1.0, 2.0, 3.0])),
    (ShapeError, "has an axis", lambda: np.unwrap(np.array(1.0))),
    (AxisError, "out of bounds", lambda: np.unwrap(V, axis=1)),
    (ShapeError, "weights is a vector", lambda: np.histogramdd(V, weights=W)),
    (ShapeError, "same length", lambda: np.histogram2d(V, W)),
    (ArgumentError, "positive", lambda: np.histogramdd(X, bins=0)),
    (ArgumentError, "", lambda: np.histogram_bin_edges(V, 3, (2, 1))),
    (ShapeError, "2-dimensional", lambda: np.linalg.diagonal(V)),
    (ShapeError, "2-dimensional", lambda: np.linalg.trace(V)),
    (ArgumentError, "2-tuple", lambda: np.linalg.matrix_norm(M, axis=[0, 1])),
    (AxisError, "out of bounds", lambda: np.linalg.vector_norm(V, axis=1)),
    (ShapeError, "square", lambda: np.linalg.cond(X, 1)),
    (ArgumentError, "empty", lambda: np.linalg.cond(np.ones((2, 0)))),
    (DtypeError, "integer", lambda: np.linalg.matrix_power(M, 1.5)),
    (ArgumentError, "Singular", lambda: np.linalg.matrix_power(np.ones((2, 2)), -1)),
    (ArgumentError, "at least two", lambda: np.linalg.multi_dot([M])),
    (ShapeError, "not aligned", lambda: np.linalg.multi_dot([M, X, X])),
    (ShapeError, "may be 1-d", lambda: np.linalg.multi_dot([M, V, M])),
    (ShapeError, "as large as", lambda: np.linalg.tensorinv(X, 1)),
    (ArgumentError, "ind", lambda: np.linalg.tensorinv(M, 0)),
    (ShapeError, "as large as b", lambda: np.linalg.tensorsolve(X, W)),
    (ShapeError, "Incompatible", lambda: np.linalg.lstsq(M, V)),
    (DtypeError, "one dtype", lambda: nd.random_pdf_normal(nd.ones((2,)).astype("float64"), PAIR, PAIR)),
    (DtypeError, "arrays, not float", lambda: nd.random_pdf_normal(PAIR, 1.0, 2.0)),
    (ShapeError, "shape of the parameters", lambda: nd.random_pdf_poisson(nd.ones((3,)), PAIR)),
    (ShapeError, "shape of the parameters", lambda: nd.random_pdf_dirichlet(nd.ones((2, 3)), PAIR)),
    (ArgumentError, "symmetric are missing", lambda: npx.sldwin_atten_score(SCORE, SCORE, DILATION, w=1)),
    (ArgumentError, "whole number", lambda: npx.sldwin_atten_score(SCORE, SCORE, DILATION, w=-1, symmetric=True)),
    (DtypeError, "integers", lambda: npx.sldwin_atten_score(SCORE, SCORE, DILATION * 1.0, w=1, symmetric=True)),
    (ShapeError, "each head", lambda: npx.sldwin_atten_score(SCORE, SCORE, DILATION[:1], w=1, symmetric=True)),
    (ShapeError, "one shape", lambda: npx.sldwin_atten_score(SCORE, SCORE[..., :2], DILATION, w=1, symmetric=True)),
    (ShapeError, "2 places", lambda: npx.sldwin_atten_context(SCORE, SCORE, DILATION, w=1, symmetric=False)),
    (ShapeError, "per row", lambda: npx.sldwin_atten_mask_like(SCORE, DILATION, DILATION, w=1, symmetric=True)),
    (ArgumentError, "non-negative", lambda: npx.scalar_poisson(-1.0)),
    (DtypeError, "number", lambda: npx.scalar_poisson(V)),
    (ArgumentError, "", lambda: npx.tensor_poisson(np.array([-1.0]))),
    (DtypeError, "dtype is", lambda: npx.tensor_poisson(W, dtype="int32")),
    (ShapeError, "each row", lambda: npx.random.multinomial(V, M)),
    (ArgumentError, "add up to 1", lambda: npx.random.multinomial(W, M)),
    (ArgumentError, "not negative", lambda: npx.random.multinomial(-W, np.array([[0.5, 0.5], [0.5, 0.5]]))),
    (ArgumentError, "range_max", lambda: nd.contrib.rand_zipfian(PAIR, 3, 0)),
])
def test_errors(error, phrase, call):
    with pytest.raises(error) as raised:
        call()
    assert type(raised.value) is error
    assert phrase in str(raised.value)


def _hawkes(**changed):
    arguments = {
        "lda": nd.ones((2, 3)), "alpha": nd.ones((3,)), "beta": nd.ones((3,)), "state": nd.zeros((2, 3)),
        "lags": nd.ones((2, 4)), "marks": nd.zeros((2, 4), dtype="int32"), "valid_length": nd.array([4, 4]),
        "max_time": nd.array([9, 9])}
    return nd.contrib.hawkesll(**{**arguments, **changed})


def test_hawkes_errors():
    with pytest.raises(ShapeError, match="must have the shapes"):
        _hawkes(alpha=nd.ones((2,)))
    with pytest.raises(ShapeError, match=r"\(rows, events\)"):
        _hawkes(lags=nd.ones((4,)))
    with pytest.raises(DtypeError, match="integers"):
        _hawkes(marks=nd.zeros((2, 4)))
    with pytest.raises(ArgumentError, match="among 3 processes"):
        _hawkes(marks=nd.ones((2, 4), dtype="int32") * 3)
    # Marks beyond the valid length are not read.
    assert _hawkes(marks=nd.ones((2, 4), dtype="int32") * 3, valid_length=nd.zeros((2,)))[0].shape == (2,)


def test_lists_are_read_as_np_array_reads_them():
    for found in (np.polyadd([1, 2], [3]), np.poly([1, 2]), np.vander([1, 2]).astype("float32"), np.nancumsum([1, 2]),
                  np.linalg.multi_dot([[[1, 2]], [[3], [4]]]), np.unwrap([1, 9]), np.correlate([1, 2], [3])):
        assert isinstance(found, np.ndarray)
        assert found.dtype == np.float32


def test_legacy_arrays_stay_legacy():
    for found in (nd.random_pdf_normal(PAIR, PAIR, PAIR), nd.random_pdf_uniform(PAIR, PAIR, PAIR + 1), *_hawkes(),
                  *nd.contrib.rand_zipfian(PAIR, 3, 5), nd.contrib.allclose(PAIR, PAIR)):
        assert type(found) is nd.NDArray


def test_out():
    out = np.zeros((2, 2))
    assert np.linalg.multi_dot([M, M], out=out) is out
    numpy.testing.assert_array_equal(out.asnumpy(), [[5, 5], [5, 10]])
    out = nd.zeros((2,))
    assert nd.random_pdf_exponential(PAIR, PAIR, out=out) is out
    assert out.asnumpy().all()
    score = np.zeros((1, 4, 2, 3))
    assert npx.sldwin_atten_score(SCORE, SCORE, DILATION, w=1, symmetric=True, out=score) is score
    assert score[0, 1, 0].tolist() == [3, 3, 3]


def test_fit_that_is_not_unique():
    with pytest.warns(numpy.exceptions.RankWarning, match="poorly conditioned"):
        np.polyfit(np.ones(3), V, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert int(np.polyfit(np.ones(3), V, 1, full=True)[2]) == 1


def test_no_degrees_of_freedom():
    with pytest.warns(RuntimeWarning, match="Degrees of freedom"):
        found = np.cov(np.array([[1.0], [2.0]]))
    assert numpy.isnan(found.asnumpy()).all()


def test_empty_operands():
    assert np.cov(np.ones((0, 3))).shape == (0, 0)
    assert np.vander(np.ones(0)).shape == (0, 0)
    assert np.nancumsum(np.ones(0)).shape == (0,)
    assert np.poly(np.ones(0)).tolist() == [1.0]
    assert np.piecewise(np.ones(0), [np.ones(0) > 1], [2.0]).shape == (0,)
    assert npx.sldwin_atten_score(SCORE[:, :0], SCORE[:, :0], DILATION, w=1, symmetric=True).shape == (1, 0, 2, 3)


def test_histogram_weights_and_density():
    """Against NumPy, with points outside of the range and on edges."""
    points, weights = values(40, 2, seed=1), values(40, low=0, high=3, seed=2)
    points[3], points[4] = (-2.0, 1.0), (2.0, 0.5)
    for kwargs in ({"bins": 3}, {"bins": (2, 5), "range": ((-1, 1), (-2, 2))}, {"bins": ([-2, 0, 2], [-1, 0, 0.5, 2])},
                   {"bins": 4, "density": True}):
        for more in ({}, {"weights": weights}):
            found = np.histogramdd(np.array(points), **kwargs, **{k: np.array(v) for k, v in more.items()})
            expected = numpy.histogramdd(points, **kwargs, **more)
            numpy.testing.assert_allclose(found[0].asnumpy(), expected[0], rtol=1e-12)
            for e, r in zip(found[1], expected[1], strict=True):
                numpy.testing.assert_allclose(e.asnumpy(), r, rtol=1e-12)


# -- random counts -----------------------------------------------------------------------------------------------------
def test_poisson():
    mxlite.random.seed(3)
    sample = npx.tensor_poisson(np.array([1.0, 20.0]), shape=(4000,)).asnumpy()
    numpy.testing.assert_allclose(sample.mean(1), [1, 20], rtol=0.06)
    numpy.testing.assert_allclose(sample.var(1), [1, 20], rtol=0.1)
    assert npx.scalar_poisson().shape == ()
    assert npx.scalar_poisson(2.0, shape=(2, 3), dtype="float64").dtype == np.float64


def test_multinomial():
    mxlite.random.seed(3)
    p = np.array([[0.1, 0.2, 0.7], [0.3, 0.3, 0.4]])
    sample = npx.random.multinomial(np.array([1000, 500]), p, shape=(20,)).asnumpy()
    assert (sample.sum(-1) == [[1000], [500]]).all()
    numpy.testing.assert_allclose(sample.mean(1) / [[1000], [500]], p.asnumpy(), atol=0.02)
    assert npx.random.multinomial(np.array(4.0), p[0]).shape == (3,)
    assert npx.random.multinomial(np.array([1000, 500]), p, dtype="int32").dtype == np.int32


def test_zipfian():
    mxlite.random.seed(3)
    drawn, true, found = nd.contrib.rand_zipfian(nd.array([0, 4]), 5000, 6)
    chances = numpy.log((numpy.arange(6) + 2) / (numpy.arange(6) + 1)) / numpy.log(7)
    counts = numpy.bincount(drawn.asnumpy(), minlength=6)
    numpy.testing.assert_allclose(counts / 5000, chances, atol=0.02)
    numpy.testing.assert_allclose(true.asnumpy(), 5000 * chances[[0, 4]], rtol=1e-12)
    numpy.testing.assert_allclose(found.asnumpy(), 5000 * chances[drawn.asnumpy()], rtol=1e-12)


@pytest.mark.parametrize("call", [
    lambda x: npx.tensor_poisson(x), lambda x: npx.random.multinomial(np.array(4), x),
], ids=["poisson", "multinomial"])
def test_parameters_get_a_zero_gradient(call):
    x = np.array([0.25, 0.75])
    x.attach_grad()
    x.grad[...] = 7
    with mxlite.autograd.record():
        y = call(x)
    y.backward()
    assert not x.grad.asnumpy().any()
