"""What type checkers must see of mxlite: test_stubs.py runs mypy over this file, and runs the file itself."""

from typing import Any, assert_type

import numpy

import mxlite
from mxlite import autograd, nd, np, npx
from mxlite.typing import ArrayLike

x = np.arange(6.0).reshape(2, 3)
old = nd.ones((2, 3))
given = numpy.ones((2, 3))


def creation() -> None:
    assert_type(np.zeros((2, 3)), np.ndarray)
    assert_type(np.array([[1, 2], [3, 4]], dtype="float64"), np.ndarray)
    assert_type(np.random.normal(0.0, 1.0, size=(2, 3)), np.ndarray)
    assert_type(np.linspace(0, 1, 5), np.ndarray)
    assert_type(np.linspace(0, 1, 5, retstep=True), tuple[np.ndarray, float])
    assert_type(nd.zeros((2, 3), ctx=mxlite.cpu()), nd.NDArray)
    assert_type(nd.random.uniform(shape=(2, 3)), nd.NDArray)
    assert_type(nd.array(given), nd.NDArray)


def functions() -> None:
    assert_type(np.sum(x, axis=(0, 1), keepdims=True), np.ndarray)
    assert_type(np.exp(x), np.ndarray)
    assert_type(np.exp([1.0, 2.0]), np.ndarray)
    assert_type(np.sqrt(2.0), numpy.float64)        # of numbers alone, a NumPy number
    assert_type(np.add(x, 1), np.ndarray)
    assert_type(np.maximum(0, x), np.ndarray)
    assert_type(np.dot(x, x.T), np.ndarray)
    assert_type(np.exp(given), np.ndarray)
    assert_type(np.concatenate([x, x], axis=1), np.ndarray)
    assert_type(np.split(x, 3, axis=1), list[np.ndarray])
    assert_type(np.linalg.svd(x), tuple[np.ndarray, np.ndarray, np.ndarray])
    assert_type(np.where(x > 1, x, 0.0), np.ndarray)
    assert_type(np.where(x > 1), tuple[np.ndarray, ...])
    assert_type(np.unique(x), np.ndarray)
    assert_type(np.unique(x, return_counts=True), tuple[np.ndarray, ...])
    assert_type(np.allclose(x, x), bool)
    assert_type(np.shape(x), tuple[int, ...])
    assert_type(np.atleast_2d(x), np.ndarray)
    assert_type(np.atleast_2d(x, x), list[np.ndarray])
    assert_type(npx.relu(x), np.ndarray)
    assert_type(npx.relu(old), nd.NDArray)
    assert_type(npx.softmax(x, axis=-1), np.ndarray)
    assert_type(npx.topk(x, k=2, ret_typ="both"), list[np.ndarray])
    assert_type(nd.exp(old), nd.NDArray)
    assert_type(nd.exp(data=old), nd.NDArray)       # as MXNet 1.x calls the parameter
    assert_type(nd.broadcast_add(lhs=old, rhs=old), nd.NDArray)
    assert_type(nd.maximum(old, 0), nd.NDArray)
    assert_type(nd.sum(old, axis=1), nd.NDArray)
    assert_type(nd.dot(old, old, transpose_b=True), nd.NDArray)
    assert_type(nd.concat(old, old, dim=0), nd.NDArray)
    assert_type(nd.softmax(old), nd.NDArray)


def methods() -> None:
    assert_type(x.sum(axis=0), np.ndarray)
    assert_type(x.T @ x, np.ndarray)
    assert_type(2 * x + given, np.ndarray)
    assert_type(x > 1, np.ndarray)
    assert_type(-x ** 2, np.ndarray)
    assert_type(x[0, 1:], np.ndarray)
    assert_type(x.shape, tuple[int, ...])
    assert_type(x.dtype, numpy.dtype[Any])
    assert_type(x.astype("int32"), np.ndarray)
    assert_type(x.asnumpy(), numpy.ndarray[Any, Any])
    assert_type(x.as_nd_ndarray(), nd.NDArray)
    assert_type(float(x[0, 0]), float)
    assert_type(old.exp(), nd.NDArray)
    assert_type(old.norm(), nd.NDArray)
    assert_type(old.reshape((3, 2)), nd.NDArray)
    assert_type(old.as_np_ndarray(), np.ndarray)
    assert_type([row for row in x], list[np.ndarray])  # noqa: C416  it is the iteration that is looked at


def scaled(values: ArrayLike, factor: float = 2.0) -> np.ndarray:
    return np.multiply(np.array(values), factor)


def squared(values: np.ndarray) -> np.ndarray:
    return (values * values).sum()


class Doubled(autograd.Function):
    def forward(self, values: np.ndarray) -> np.ndarray:
        return 2 * values

    def backward(self, head: np.ndarray) -> np.ndarray:
        return 2 * head


def gradients() -> None:
    w = np.array([1.0, 2.0])
    w.attach_grad()
    with autograd.record():
        loss = (w * w).sum()
    loss.backward(retain_graph=True)
    assert_type(w.grad, np.ndarray | Any)           # None if there is no gradient, which programs know
    assert_type(autograd.grad(loss, [w], retain_graph=True), list[np.ndarray])
    value, gradient = autograd.value_and_grad(squared)(w)
    assert_type(value, np.ndarray)
    assert_type(autograd.hessian(squared)(w), np.ndarray)
    Doubled()(gradient)
    assert_type(scaled([1, 2]), np.ndarray)


if __name__ == "__main__":
    creation()
    functions()
    methods()
    gradients()
