"""Derivatives of what is composed of operators, against differences: polynomials, statistics, densities, windows."""

import numpy
import pytest
from check import array, check_function, close, variables
from samples import values

from mxlite import autograd, nd, np, npx

V, W, U = values(4, seed=1), values(3, seed=2), values(6, seed=3)
X, SQUARE = values(3, 4, seed=4), values(3, 3, seed=5) + 2 * numpy.eye(3)
NEAR_ONE = 1 + 0.2 * values(2, 3, 2, seed=6)
POINTS = numpy.array([0.0, 1.0, 2.5, 3.0, 4.5])
HOLES = np.array(numpy.array([[0, 1, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]]), dtype="bool")


def positive(*shape, seed=0):
    return values(*shape, low=0.5, high=2.0, seed=seed)


def with_holes(function):
    """The function of an array in which some elements are nan."""
    return lambda x: function(np.where(HOLES, numpy.nan, x))


def cases(**functions):
    """pytest's parameters from name=(function, arrays...) or name=(function, arrays..., order)."""
    out = []
    for name, (function, *rest) in functions.items():
        arrays = [r for r in rest if isinstance(r, numpy.ndarray)]
        order = next((r for r in rest if isinstance(r, int)), 2)
        out.append(pytest.param(function, arrays, order, id=name.replace("_", " ")))
    return pytest.mark.parametrize(("function", "arrays", "order"), out)


@cases(
    polyadd=(np.polyadd, V, W), polysub=(np.polysub, W, V), polymul=(np.polymul, V, W),
    polymul_zero_in_front=(lambda p, q: np.polymul(np.concatenate([np.zeros(2, dtype="float64"), p]), q), V, W),
    polydiv=(np.polydiv, U, W), polydiv_longer_divisor=(np.polydiv, W, U),
    polydiv_by_number=(np.polydiv, U, numpy.array([1.5])),
    polyder=(lambda p: np.polyder(p, 2), U), polyder_to_nothing=(lambda p: np.polyder(p, 2) + p.sum(), values(1)),
    polyint=(lambda p, k: np.polyint(p, 2, k), V, values(2, seed=8)),
    polyint_one_constant=(lambda p, k: np.polyint(p, 3, k), V, numpy.array(0.7)),
    poly=(np.poly, V, 3), poly_of_equal_roots=(np.poly, numpy.array([1.5, 1.5, 0.0])),
    poly_of_matrix=(np.poly, SQUARE), roots=(np.roots, numpy.poly([1.0, -2.0, 3.5])),
    vander=(np.vander, W, 3), vander_five=(lambda x: np.vander(x, 5, increasing=True), numpy.array([0.0, 1.5, -1.0])),
    polyfit=(lambda x, y: np.polyfit(x, y, 2), POINTS, values(5)),
    polyfit_weights=(lambda x, y, w: np.polyfit(x, y, 1, w=w), POINTS, values(5), positive(5)),
    polyfit_columns=(lambda y: np.polyfit(np.array(POINTS), y, 1), values(5, 2)),
    polyfit_covariance=(lambda x, y: np.polyfit(x, y, 1, cov=True), POINTS, values(5)),
    polyfit_full=(lambda x, y: np.polyfit(x, y, 1, full=True)[:2], POINTS, values(5)),
)
def test_polynomials(function, arrays, order):
    check_function(function, *arrays, order=order)


@cases(
    correlate=(np.correlate, U, W), correlate_same=(lambda a, v: np.correlate(a, v, "same"), V, U),
    correlate_full=(lambda a, v: np.correlate(a, v, "full"), U, V, 3),
    cov=(np.cov, X), cov_vector=(np.cov, V), cov_columns=(lambda x: np.cov(x, rowvar=False), X),
    cov_two=(lambda x, y: np.cov(x, y, bias=True), X, V),
    cov_weights=(lambda x, w: np.cov(x, aweights=w), X, positive(4)),
    cov_frequencies=(lambda x, w: np.cov(x, fweights=np.array([1, 2, 1, 3]), aweights=w), X, positive(4)),
    corrcoef=(np.corrcoef, X), corrcoef_two=(lambda x, y: np.corrcoef(x, y)[0, 1], V, U[:4]),
    nancumsum=(with_holes(lambda x: np.nancumsum(x, 1)), X), nancumprod=(with_holes(np.nancumprod), X),
    nanvar=(with_holes(lambda x: np.nanvar(x, 1, ddof=1)), X, 3), nanstd=(with_holes(lambda x: np.nanstd(x, 0)), X),
    nanmedian=(with_holes(lambda x: np.nanmedian(x, 1)), X), nanmedian_all=(with_holes(np.nanmedian), X),
    nanquantile=(with_holes(lambda x: np.nanquantile(x, 0.3, 0, keepdims=True)), X),
    nanpercentile=(with_holes(lambda x: np.nanpercentile(x, np.array([30.0, 80.0]), 1)), X),
    histogram2d_weights=(lambda w: np.histogram2d(np.array(POINTS), np.array(U[:5]), bins=2, weights=w)[0], values(5)),
    histogramdd_density=(lambda w: np.histogramdd(np.array(X.reshape(6, 2)), bins=(2, 3), weights=w, density=True)[0],
                         positive(6)),
)
def test_statistics(function, arrays, order):
    check_function(function, *arrays, order=order)


def _signs(x):
    return np.piecewise(x, [x < 0, x > 1], [lambda a: a * a, lambda a: a * a.sum(), lambda a: 3 * a])


@cases(
    along_axis=(lambda x: np.apply_along_axis(lambda a: a.sum() * a, 0, x), X),
    along_axis_number=(lambda x: np.apply_along_axis(lambda a, b: (a * a).sum() + b, 1, x, 2), X),
    along_axis_matrix=(lambda x: np.apply_along_axis(lambda a: np.outer(a, a), 0, x), X),
    over_axes=(lambda x: np.apply_over_axes(np.max, x * x, [0, 1]), X),
    piecewise=(_signs, X), unwrap=(lambda x: np.unwrap(x * x, axis=0), 2 * X),
)
def test_functions(function, arrays, order):
    check_function(function, *arrays, order=order)


@cases(
    **{f"cond {p}": (lambda x, p=p: np.linalg.cond(x, p), SQUARE)
       for p in (None, 1, -1, 2, -2, numpy.inf, -numpy.inf, "fro", "nuc")},
    cond_wide=(np.linalg.cond, X), cond_stack=(lambda x: np.linalg.cond(x, 1), numpy.stack([SQUARE, SQUARE.T])),
    diagonal=(lambda x: np.linalg.diagonal(x, 1), NEAR_ONE), trace=(lambda x: np.linalg.trace(x, -1), NEAR_ONE),
    matrix_transpose=(np.linalg.matrix_transpose, NEAR_ONE), matrix_norm=(np.linalg.matrix_norm, NEAR_ONE),
    matrix_norm_nuc=(lambda x: np.linalg.matrix_norm(x, "nuc", (0, 2), True), NEAR_ONE),
    vector_norm=(np.linalg.vector_norm, NEAR_ONE), vector_norm_axes=(
        lambda x: np.linalg.vector_norm(x, 3, (0, -1), True), NEAR_ONE),
    **{f"matrix_power {n}": (lambda x, n=n: np.linalg.matrix_power(x, n), SQUARE) for n in (1, 3, 6, -1, -2)},
    multi_dot=(lambda a, b, c: np.linalg.multi_dot([a, b, c]), V, X.T, SQUARE),
    multi_dot_number=(lambda a, b: np.linalg.multi_dot([a, b, a]), W, SQUARE),
    tensorinv=(lambda a: np.linalg.tensorinv(a, 1), SQUARE.reshape(3, 3, 1)),
    tensorsolve=(np.linalg.tensorsolve, SQUARE.reshape(3, 1, 3), W.reshape(3, 1)),
    tensorsolve_axes=(lambda a, b: np.linalg.tensorsolve(a, b, axes=(0,)), SQUARE.reshape(3, 1, 3), W.reshape(1, 3)),
    lstsq=(lambda a, b: np.linalg.lstsq(a, b)[:2], X.T, V), lstsq_wide=(lambda a, b: np.linalg.lstsq(a, b)[0], X, W),
    lstsq_columns=(lambda a, b: np.linalg.lstsq(a, b)[:2], X.T, values(4, 2)),
    lstsq_values=(lambda a: np.linalg.lstsq(a, np.array(V))[3], X.T),
)
def test_matrices(function, arrays, order):
    check_function(function, *arrays, order=order)


def test_constant_power():
    """matrix_power 0 is constant: no gradient, and the unit matrix."""
    x, = variables([SQUARE])
    with autograd.record():
        y = np.linalg.matrix_power(x, 0) + x * 0
    y.backward()
    close(y, numpy.eye(3), "float64")
    assert not x.grad.asnumpy().any()


def test_deficient_least_squares():
    """Of a matrix without full rank the gradient is that of changes that leave the rank alone."""
    left, right = values(4, 1, seed=1), values(1, 3, seed=2)
    check_function(lambda a, b, c: np.linalg.lstsq(np.matmul(a, b), c, 1e-6)[0], left, right, V)


def test_singular_condition():
    """Singular matrices have an infinite condition, which does not touch the gradients of the others."""
    stack = numpy.stack([SQUARE, numpy.ones((3, 3))])
    x, = variables([stack])
    with autograd.record():
        y = np.linalg.cond(x, 1)
    y.backward(np.array([1.0, 0.0], dtype="float64"))
    alone, = gradients_of(lambda a: np.linalg.cond(a, 1), SQUARE)
    assert y.asnumpy()[1] == numpy.inf
    close(x.grad[0], alone, "float64", loose={"float64": 1e-10})
    assert not x.grad.asnumpy()[1].any()


def gradients_of(function, *arrays):
    xs = variables(arrays)
    with autograd.record():
        y = function(*xs)
    y.backward()
    return [x.grad.asnumpy() for x in xs]


# -- densities ---------------------------------------------------------------------------------------------------------
SAMPLE, ROW, OTHER = positive(2, 3, seed=1), positive(2, seed=2), positive(2, seed=3)
COUNTS = numpy.array([[0.0, 1.0, 4.0], [2.0, 3.0, 1.0]])
SHARES = numpy.array([[0.5, 0.2, 0.3], [0.1, 0.7, 0.2]])


@pytest.mark.parametrize("is_log", [False, True], ids=["density", "logarithm"])
@cases(
    normal=(nd.random_pdf_normal, SAMPLE, ROW, OTHER), gamma=(nd.random_pdf_gamma, SAMPLE, ROW, OTHER),
    uniform=(nd.random_pdf_uniform, SAMPLE, ROW, OTHER + 3), exponential=(nd.random_pdf_exponential, SAMPLE, ROW),
    poisson=(lambda *args, **kw: nd.random_pdf_poisson(np.array(COUNTS), *args, **kw), ROW),
    negative_binomial=(lambda *args, **kw: nd.random_pdf_negative_binomial(np.array(COUNTS), *args, **kw),
                       ROW, OTHER / 3),
    generalized=(lambda *args, **kw: nd.random_pdf_generalized_negative_binomial(np.array(COUNTS), *args, **kw),
                 ROW, OTHER),
    dirichlet=(nd.random_pdf_dirichlet, SHARES, SAMPLE),
    dirichlet_more_axes=(nd.random_pdf_dirichlet, numpy.stack([SHARES, SHARES[:, ::-1]], 1), SAMPLE),
)
def test_densities(function, arrays, order, is_log):
    check_function(lambda *xs: function(*xs, is_log=is_log), *arrays, order=order)


@pytest.mark.parametrize("name", ["poisson", "negative_binomial", "generalized_negative_binomial"])
def test_counts_have_no_derivative(name):
    """The gradient of a count is 0, and it is written."""
    x, = variables([COUNTS])
    parameters = [array(ROW), array(OTHER / 3)][:1 if name == "poisson" else 2]
    x.grad[...] = 7.0
    with autograd.record():
        y = getattr(nd, f"random_pdf_{name}")(x, *parameters)
    y.backward()
    assert not x.grad.asnumpy().any()


# -- point processes and windows ---------------------------------------------------------------------------------------
MARKS = np.array(numpy.array([[0, 0, 1, 0], [1, 2, 2, 1]]), dtype="int32")


@pytest.mark.parametrize("lengths", [(4, 4), (1, 3), (0, 0)], ids=str)
def test_hawkes(lengths):
    valid = np.array(lengths, dtype="float64")
    shapes = ((2, 3), (3,), (3,), (2, 3), (2, 4))
    check_function(lambda *xs: nd.contrib.hawkesll(*xs[:5], MARKS, valid, xs[5]),
                   *(positive(*shape, seed=k) for k, shape in enumerate(shapes)), numpy.array([9.0, 12.0]))


def _step_by_step(mu, alpha, beta, state, lags, marks, lengths, until):
    """The definition: the state decays from event to event, of each process by itself."""
    likelihood, out = numpy.zeros(len(mu)), numpy.array(state, float)
    for row in range(len(mu)):
        time, last = 0.0, numpy.zeros(mu.shape[1])
        for k in range(int(lengths[row])):
            time, c = time + lags[row, k], marks[row, k]
            decay = numpy.exp(-beta[c] * (time - last[c]))
            likelihood[row] += numpy.log(mu[row, c] + alpha[c] * beta[c] * out[row, c] * decay)
            likelihood[row] -= mu[row, c] * (time - last[c]) + alpha[c] * out[row, c] * (1 - decay)
            out[row, c], last[c] = 1 + out[row, c] * decay, time
        decay = numpy.exp(-beta * (until[row] - last))
        likelihood[row] -= (mu[row] * (until[row] - last) + alpha * out[row] * (1 - decay)).sum()
        out[row] *= decay
    return likelihood, out


@pytest.mark.parametrize("events", [0, 1, 25])
def test_hawkes_step_by_step(events):
    rng = numpy.random.default_rng(events)
    arrays = [rng.uniform(0.5, 2, s) for s in ((3, 4), (4,), (4,), (3, 4), (3, events))]
    marks, lengths = rng.integers(0, 4, (3, events)).astype("int32"), numpy.array([events, events // 2, events // 3.0])
    until = arrays[4].sum(1) + 1
    found = nd.contrib.hawkesll(*map(nd.array, [*arrays]), nd.array(marks, dtype="int32"), nd.array(lengths),
                                nd.array(until))
    for x, e in zip(found, _step_by_step(*arrays, marks, lengths, until), strict=True):
        assert type(x) is nd.NDArray
        numpy.testing.assert_allclose(x.asnumpy(), e, rtol=2e-5, atol=1e-5)


@pytest.mark.parametrize("symmetric", [True, False])
def test_windows(symmetric):
    """A whole layer: scores, mask, softmax, context."""
    dilation, valid = np.array([1, 2], dtype="int32"), np.array([5, 3], dtype="int32")

    def layer(q, k, v):
        score = npx.sldwin_atten_score(q, k, dilation, w=1, symmetric=symmetric)
        mask = npx.sldwin_atten_mask_like(score, dilation, valid, w=1, symmetric=symmetric)
        weights = npx.softmax(score, axis=-1) * mask
        return npx.sldwin_atten_context(weights, v, dilation, w=1, symmetric=symmetric)

    check_function(layer, *(values(2, 5, 2, 3, seed=s) for s in (1, 2, 3)))


def test_gradients_reach_through_numpy_functions():
    """NumPy's own functions are the same operators."""
    for function, arrays in ((numpy.cov, (X,)), (numpy.polymul, (V, W)), (numpy.linalg.matrix_power, (SQUARE,))):
        more = (2,) if function is numpy.linalg.matrix_power else ()
        found = gradients_of(lambda *xs, f=function, m=more: f(*xs, *m), *arrays)
        assert all(g.any() for g in found)


@pytest.mark.filterwarnings("ignore:Mean of empty slice", "ignore:All-NaN slice")
@pytest.mark.parametrize(("shape", "axis"), [((0, 3), 0), ((3, 0), 1), ((0, 0), -1), ((0, 3), None), ((0, 3), 1)])
@pytest.mark.parametrize("function", [np.median, np.nanmedian, lambda x, axis: np.nanquantile(x, 0.3, axis=axis),
                                      lambda x, axis: np.nanpercentile(x, 30, axis=axis)])
def test_medians_of_nothing(function, shape, axis):
    """nan or empty, and a gradient without elements."""
    x = np.ones(shape)
    x.attach_grad()
    with autograd.record():
        y = function(x, axis=axis)
        g, = autograd.grad(y, [x], create_graph=True)
    y.backward()
    assert numpy.isnan(y.asnumpy()).all()
    assert x.grad.shape == g.shape == shape
