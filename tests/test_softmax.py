"""The softmax family beyond the samples: masks, far apart data, third derivatives, the loss."""

import numpy
import pytest
from check import NDArray, array, check_function, close, gradients

from mxlite import autograd
from mxlite._ops import softmax as family

X = numpy.array([[1.0, 2.0, 4.0], [0.0, 2.0, -1.0]])
MASK = numpy.array([[True, False, True], [True, True, False]])
INSIDE = numpy.array([0, 2]), numpy.array([0, 1])


@pytest.mark.parametrize("axis", [0, 1])
def test_masked_log_softmax_inside(axis):
    """Derivatives of the elements inside the mask, which is all that has any."""
    def picked(a):
        y = family.masked_log_softmax(a, array(MASK), axis=axis)
        return y[INSIDE[0] * 0, INSIDE[0]] * y[INSIDE[1] * 0 + 1, INSIDE[1]]
    check_function(picked, X, order=3)


def test_log_softmax_with_length():
    def picked(a):
        return family.log_softmax(a, length=array(numpy.array([2, 3])), use_length=True)[:, :2]
    check_function(picked, X, order=3)


def test_gradient_outside_the_mask_is_zero():
    """Also where the mask is false along the whole axis, and for head gradients that are not 0 there."""
    mask = numpy.array([[True, True, False], [False, False, False]])
    for function in (family.masked_softmax, family.masked_log_softmax):
        g, = gradients(lambda a, f=function: [f(a, array(mask))], [X], heads=[numpy.ones((2, 3))])
        assert (g[~mask] == 0).all()


def test_nothing_overflows():
    for x in ([1e4, 0.0], [-1e4, -2e4], [3e38, -3e38]):
        x = array(numpy.array(x, numpy.float32))
        assert family.softmax(x).tolist() == [1.0, 0.0]
        assert family.log_softmax(x).asnumpy()[0] == 0
    y = family.softmax(array(numpy.full(4, 6e4, numpy.float16)))
    assert y.tolist() == [0.25] * 4
    assert y.dtype == numpy.float16


def test_minus_infinity():
    assert family.softmax(array(numpy.array([-numpy.inf, 0.0]))).tolist() == [0.0, 1.0]
    assert family.log_softmax(array(numpy.array([-numpy.inf, 0.0]))).tolist() == [-numpy.inf, 0.0]


def test_cross_entropy_is_mxnets():
    """Value and gradient that MXNet 1.9.1 gives; the head gradient counts."""
    x, label = array(X.astype(numpy.float32), NDArray), array(numpy.array([2, 0], numpy.float32), NDArray)
    x.attach_grad()
    with autograd.record():
        y = family.softmax_cross_entropy(x, label) * 5
    y.backward()
    assert y.shape == (1,)
    close(y, numpy.array([11.698461]), "float32")
    close(x.grad, numpy.array([[0.21005033, 0.570976, -0.7810265], [-4.4290237, 4.2189736, 0.21005033]]), "float32",
          loose={"float32": 1e-5})
