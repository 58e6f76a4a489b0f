"""Linear algebra beyond the samples: derivatives along symmetric changes, norms at 0, degenerate matrices."""

import numpy
import pytest
from check import array, check_function, close, gradients, variables
from samples import values

from mxlite import autograd
from mxlite._errors import MutationError
from mxlite._ops import einsum, linalg, norm, products

_A = values(3, 3, seed=5)
SYMMETRIC = _A @ _A.T + numpy.eye(3)
STACK = numpy.stack([SYMMETRIC, SYMMETRIC + numpy.diag([1.0, 2.0, 3.0])])


def symmetric(a):
    return (a + a.swapaxes(-1, -2)) * 0.5


@pytest.mark.parametrize("a", [SYMMETRIC, STACK], ids=["one", "several"])
@pytest.mark.parametrize("function", [
    linalg.cholesky, linalg.eigh, linalg.eigvalsh,
    lambda a: linalg.eigh(a, "U"), lambda a: linalg.eigvalsh(a, "U"),
], ids=["cholesky", "eigh", "eigvalsh", "eigh upper", "eigvalsh upper"])
def test_symmetric(function, a):
    check_function(lambda x: function(symmetric(x)), a, order=3 if a.ndim == 2 else 2)


@pytest.mark.parametrize("function", [linalg.cholesky, linalg.eigvalsh], ids=["cholesky", "eigvalsh"])
def test_gradient_is_symmetric(function):
    x, = variables([SYMMETRIC])
    with autograd.record():
        y = (function(x) * array(numpy.arange(1.0, 1 + function(x).size).reshape(function(x).shape))).sum()
    y.backward()
    close(x.grad, x.grad.asnumpy().T, "float64")


def test_cholesky_is_mxnets():
    """The gradient that MXNet 1.9.1 gives."""
    x, = variables([numpy.array([[4.0, 1.0], [1.0, 3.0]])])
    with autograd.record():
        y = linalg.cholesky(x) * array(numpy.array([[1.0, 0.0], [2.0, 3.0]]))
    y.backward()
    close(x.grad, numpy.array([[0.18153, 0.27387], [0.27387, 0.90453]]), "float64", loose={"float64": 1e-4})


@pytest.mark.parametrize("order", [None, 1, 2, 3, -1, -2, numpy.inf, -numpy.inf])
def test_norm_at_zero(order):
    """Every derivative of a norm at 0 is 0, also when only some of the vectors are 0."""
    x = numpy.zeros((2, 3))
    x[1] = [1.0, -2.0, 3.0]
    a, = variables([x])
    with autograd.record():
        g, = autograd.grad(norm.norm(a, order, axis=1), [a], create_graph=True, retain_graph=True)
        again = (g * g).sum()
    again.backward()
    assert (g.asnumpy()[0] == 0).all()
    assert numpy.isfinite(g.asnumpy()).all()
    assert (a.grad.asnumpy()[0] == 0).all()
    assert numpy.isfinite(a.grad.asnumpy()).all()


def test_norm_with_zero_elements():
    """Elements that are 0 have the derivative 0 for every order."""
    for order in (1, 2, 3, 2.5, -1):
        g, = gradients(lambda a, order=order: [norm.norm(a, order)], [numpy.array([3.0, 0.0, -4.0])],
                       heads=[numpy.array(1.0)])
        assert g[1] == 0


def test_ties():
    """What ties for the largest sum or element receives the whole gradient, as in MXNet."""
    def grad(x, order):
        return gradients(lambda a: [norm.norm(a, order)], [numpy.array(x)], heads=[numpy.array(1.0)])[0].tolist()
    assert grad([2.0, -2.0, 1.0], "inf") == [1.0, -1.0, 0.0]
    assert grad([[2.0, -1.0, 1.0], [0.0, -1.0, 0.0]], 1) == [[1.0, -1.0, 0.0], [0.0, -1.0, 0.0]]


@pytest.mark.parametrize(("diagonal", "expected"), [
    ([1.0, 0.0, 2.0], [0.0, 2.0, 0.0]), ([1.0, 0.0, 0.0], [0.0, 0.0, 0.0]), ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0])])
def test_det_of_singular(diagonal, expected):
    """The derivative is the matrix of cofactors, whatever the rank."""
    g, = gradients(lambda a: [linalg.det(a)], [numpy.diag(diagonal)], heads=[numpy.array(1.0)])
    close(g, numpy.diag(expected), "float64")


def test_slogdet_of_singular():
    """As in MXNet: -inf with the gradient 0, and no effect on the regular matrices beside it."""
    a = numpy.stack([numpy.diag([1.0, 0.0]), numpy.diag([2.0, 4.0])])
    sign, logarithm = linalg.slogdet(array(a))
    assert sign.asnumpy().tolist() == [0.0, 1.0]
    assert logarithm.asnumpy()[0] == -numpy.inf
    g, = gradients(lambda a: [linalg.slogdet(a)[1]], [a], heads=[numpy.ones(2)])
    close(g, numpy.stack([numpy.zeros((2, 2)), numpy.diag([0.5, 0.25])]), "float64")


def test_equal_singular_values():
    """The values have derivatives where they are equal; the vectors are left out of it, without nan."""
    g, = gradients(lambda a: [linalg.svdvals(a)], [numpy.eye(2)], heads=[numpy.ones(2)])
    close(g, numpy.eye(2), "float64")
    g, = gradients(lambda a: list(linalg.svd(a)), [numpy.eye(2)])
    assert numpy.isfinite(g).all()


def test_written_output_is_named():
    """Of several outputs the one that was overwritten is described."""
    x, = variables([SYMMETRIC])
    with autograd.record():
        u, s, v = linalg.svd(x)
        y = u.sum() + v.sum()
    s[:] = 0
    with pytest.raises(MutationError, match=r"svd: its output, float64\[3\]"):
        y.backward()


def test_einsum_only_differentiates_what_is_asked(monkeypatch):
    """Constants among the operands cost no cotangent."""
    calls = []
    original = numpy.einsum
    monkeypatch.setattr(numpy, "einsum", lambda *args, **kwargs: calls.append(args[0]) or original(*args, **kwargs))
    x, = variables([values(2, 3)])
    with autograd.record():
        y = einsum.einsum("ij,jk->ik", x, array(values(3, 2)))
    y.backward()
    assert calls == ["ij,jk->ik", "ik,jk->ij"]


def test_matmul_operator():
    """a @ b on both sides of NumPy arrays."""
    a, b = values(2, 3), values(3, 2)
    close(array(a) @ array(b), a @ b, "float64")
    close(array(a) @ b, a @ b, "float64")
    close(a @ array(b), a @ b, "float64")
    assert isinstance(a @ array(b), type(array(a)))
    assert products.matmul(array(a), array(b)).shape == (2, 2)
