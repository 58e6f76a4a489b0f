"""MXNet 1.x's linear algebra, QR, nan extremes, polynomials and histograms against figures from MXNet 1.9.1."""

import numpy
import pytest
from check import array, check_function, close, variables
from samples import values

from mxlite import autograd, nd, np
from mxlite._errors import ArgumentError

T, B = [[2.0, 5.0], [1.0, 3.0]], [[1.0, 2.0], [3.0, 5.0]]
WIDE = [[1.0, 2.0, 3.0], [-4.0, 5.0, 7.0]]

VALUES = {
    "gemm": (lambda: nd.linalg.gemm(nd.array([[0, 1, 2], [3, 4, 5]]), nd.array([[6, 7], [8, 9], [10, 11]]),
                                    nd.ones((2, 2))), [[29, 32], [101, 113]]),
    "gemm2 axis": (lambda: nd.linalg_gemm2(nd.arange(12).reshape((2, 2, 3)), nd.ones((3, 2, 2)), axis=-3),
                   [[[3, 3], [12, 12]], [[21, 21], [30, 30]]]),
    "syrk": (lambda: nd.linalg.syrk(nd.arange(6).reshape((2, 3))), [[5, 14], [14, 50]]),
    "trsm": (lambda: nd.linalg.trsm(nd.array(T), nd.array([[1, 1], [2, 2]]), lower=False),
             [[-1.1666667, -1.1666667], [0.6666667, 0.6666667]]),
    "trsm singular": (lambda: nd.linalg.trsm(nd.zeros((2, 2)), nd.ones((2, 2))),
                      [[numpy.inf] * 2, [numpy.nan] * 2]),
    "trmm": (lambda: nd.linalg.trmm(nd.array(T), nd.array([[1, 1], [2, 2]]), True, True, False, 2.0),
             [[14, 6], [28, 12]]),
    "potri": (lambda: nd.linalg.potri(nd.array(T)), [[0.2777778, -0.0555556], [-0.0555556, 0.1111111]]),
    "potri upper": (lambda: nd.linalg.potri(nd.array(T), lower=False),
                    [[0.9444445, -0.2777778], [-0.2777778, 0.1111111]]),
    "sumlogdiag": (lambda: nd.linalg.sumlogdiag(nd.array(T)), [1.7917595]),
    "upper by columns": (lambda: nd.linalg.extracttrian(nd.arange(16).reshape((4, 4)), lower=False),
                         [0, 1, 5, 2, 6, 10, 3, 7, 11, 15]),
    "above by columns": (lambda: nd.linalg.extracttrian(nd.arange(16).reshape((4, 4)), 1), [1, 2, 6, 3, 7, 11]),
    "maketrian": (lambda: nd.linalg.maketrian(nd.array([1, 2, 3]), -1), [[0, 0, 0], [1, 0, 0], [2, 3, 0]]),
    "gelqf": (lambda: nd.linalg.gelqf(nd.array(WIDE))[1], [[-3.7416575, 0], [-7.2160530, -6.1586175]]),
    "syevd": (lambda: nd.linalg.syevd(nd.array([[2, 1, 0.5], [1, 4, -3], [0.5, -3, 1]]))[0],
              [[-0.2934856, 0.5233752, 0.7999654], [0.9437425, 0.0252461, 0.3297163],
               [0.1523694, 0.8517281, -0.5013406]]),
    "qr": (lambda: np.linalg.qr(np.array([[1.0, 2], [3, 5], [4, 4]]))[1], [[-5.09902, -6.47183], [0, -1.76505]]),
    "nanmax": (lambda: np.nanmax(np.array([[1.0, numpy.nan, 3], [4, 2, numpy.nan]])), 4),
    "nanmin of nan": (lambda: np.nanmin(np.array([numpy.nan])), numpy.nan),
    "polyval": (lambda: np.polyval(np.array([1.0, 2, 3]), np.array([1.0, 2])), [6, 11]),
    "histogram": (lambda: np.histogram(np.array([0.1, 0.5, 0.9, 0.5]), 3, (0.0, 1.0))[0], [1, 2, 1]),
    "edges": (lambda: np.histogram(np.array([0.1, 0.5, 0.9, 0.5]), np.array([0.0, 0.5, 1.0]))[0], [1, 3]),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(name):
    function, expected = VALUES[name]
    numpy.testing.assert_allclose(function().asnumpy(), expected, rtol=1e-5, atol=1e-6)


# Gradients of the sum of 1, 2, 3 ... times the elements of all results.
GRADIENTS = {
    "trsm": (lambda a, b: nd.linalg.trsm(a, b, alpha=2.0), [T, B],
             [[[-0.66667, 0], [-3.66667, -5.22222]], [[0, 0.66667], [2, 2.66667]]]),
    "trmm": (lambda a, b: nd.linalg.trmm(a, b, rightside=True, lower=False), [T, B],
             [[[10, 14], [0, 24]], [[12, 6], [26, 12]]]),
    "potri": (nd.linalg.potri, [T], [[[-0.13889, 0], [-0.22222, -0.12963]]]),
    "sumlogdiag": (nd.linalg.sumlogdiag, [T], [[[0.5, 0], [0, 0.33333]]]),
    "gelqf": (nd.linalg.gelqf, [WIDE], [[[-5.12791, 0.64016, 0.03531], [3.04238, -2.46786, -3.11055]]]),
    "syevd": (nd.linalg.syevd, [[[2.0, 1.0], [1.0, 4.0]]], [[[1.02275, 0.22986], [0.22986, 1.97725]]]),
    "syrk": (lambda a: nd.linalg.syrk(a, alpha=2.0), [WIDE], [[[-36, 58, 82], [-54, 100, 142]]]),
}


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients(name):
    function, inputs, expected = GRADIENTS[name]
    xs = [nd.array(x) for x in inputs]
    for x in xs:
        x.attach_grad()
    with autograd.record():
        results = function(*xs)
        results = results if isinstance(results, list | tuple) else [results]
        total = sum((y * nd.arange(1, 1 + y.size).reshape(y.shape)).sum() for y in results)
    total.backward()
    for x, e in zip(xs, expected, strict=True):
        numpy.testing.assert_allclose(x.grad.asnumpy(), e, rtol=1e-4, atol=1e-4)


def test_polyval_gradients():
    p, x = variables([numpy.array([1.0, 2.0, 3.0]), numpy.array([1.0, 2.0])])
    with autograd.record():
        y = np.polyval(p, x)
    y.backward()
    close(p.grad, numpy.array([5.0, 3.0, 2.0]), "float64")
    close(x.grad, numpy.array([4.0, 6.0]), "float64")


def test_syevd_along_symmetric_changes():
    a = values(3, 3, seed=5)
    check_function(lambda x: nd.linalg.syevd((x + x.swapaxes(-1, -2)) * 0.5), a @ a.T + numpy.eye(3), order=2)


def test_extremes_ignore_nan():
    x, = variables([numpy.array([[1.0, numpy.nan, 3.0], [4.0, 2.0, numpy.nan]])])
    with autograd.record():
        y = np.nanmax(x, axis=1) + np.nanmin(x, axis=1)
    y.backward()
    close(x.grad, numpy.array([[1.0, 0, 1], [1, 1, 0]]), "float64")


def test_completed_columns_have_no_derivative():
    x, = variables([values(3, 2)])
    with autograd.record():
        r = np.linalg.qr(x, "complete")[1]
    with pytest.raises(ArgumentError, match="no derivative"):
        r.backward()


def test_the_other_triangle_is_not_read():
    a = numpy.array([[2.0, numpy.nan], [1.0, 4.0]])
    for function in (nd.linalg.trmm, nd.linalg.trsm):
        assert numpy.isfinite(function(array(a), array(numpy.eye(2))).asnumpy()).all()
