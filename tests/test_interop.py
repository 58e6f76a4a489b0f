"""NumPy's protocols: ufuncs and functions on our arrays, mixed operands, conversion, pickling, copies, the buffer."""

import copy
import operator
import pickle

import numpy
import pytest
from check import NDArray, array, close, ndarray

from mxlite import autograd
from mxlite._errors import DtypeError, GraphError, MissingFeatureError, MutationError, MXNetError

X = numpy.array([[1.0, -2, 3], [0.5, 4, -0.25]])
CLASSES = pytest.mark.parametrize("cls", [ndarray, NDArray])


def variable(values, cls=ndarray):
    x = array(values, cls)
    x.attach_grad()
    return x


UFUNCS = ["add", "subtract", "multiply", "divide", "power", "maximum", "minimum", "exp", "log", "sin", "tanh", "sqrt",
          "negative", "absolute", "square", "floor", "sign", "arctan2", "hypot", "greater", "equal", "isnan",
          "isfinite", "logical_and", "logaddexp"]


@pytest.mark.parametrize("name", UFUNCS)
def test_ufuncs(name):
    function = getattr(numpy, name)
    x, y = abs(X) + 0.5, X + 7
    operands = [x, y][:function.nin]
    result = function(*map(array, operands))
    assert type(result) is ndarray
    with numpy.errstate(all="ignore"):
        close(result, function(*operands), "float64", name)
    if function.nin == 2:
        for mixed in ((array(x), y), (x, array(y))):
            assert type(function(*mixed)) is ndarray
            close(function(*mixed), function(x, y), "float64", name)


@pytest.mark.parametrize("name", ["sum", "mean", "max", "argmax", "cumsum", "transpose", "prod", "std", "ravel", "any"])
def test_functions(name):
    function = getattr(numpy, name)
    result = function(array(X))
    assert type(result) is ndarray
    close(result, function(X), "float64", name)


def test_functions_of_several_arrays():
    close(numpy.concatenate([array(X), array(X)]), numpy.concatenate([X, X]), "float64")
    close(numpy.stack([array(X), X]), numpy.stack([X, X]), "float64")
    close(numpy.where(array(X > 0), array(X), 0.0), numpy.where(X > 0, X, 0.0), "float64")
    close(numpy.dot(array(X), array(X.T)), X @ X.T, "float64")
    close(numpy.einsum("ij,kj->ik", array(X), array(X)), X @ X.T, "float64")


@CLASSES
def test_ufuncs_are_recorded(cls):
    x = variable(abs(X), cls)
    with autograd.record():
        y = numpy.exp(numpy.multiply(x, 2.0)) + numpy.log(x)
    y.backward()
    close(x.grad, 2 * numpy.exp(2 * abs(X)) + 1 / abs(X), "float64")


def test_functions_are_recorded():
    x = variable(X)
    with autograd.record():
        y = numpy.sum(numpy.concatenate([x, x * 2.0], axis=1))
    y.backward()
    close(x.grad, numpy.full(X.shape, 3.0), "float64")


def test_what_is_no_operator_is_computed_outside_the_graph():
    x = variable(X)
    assert type(numpy.sinc(x)) is ndarray
    close(numpy.sinc(x), numpy.sinc(X), "float64")
    with autograd.record():
        y = x * 2.0
        with pytest.raises(GraphError, match="has no derivative here"):
            numpy.sinc(y)
        with autograd.pause():
            numpy.sinc(y)
    y.backward()
    close(x.grad, numpy.full(X.shape, 2.0), "float64")


def test_ufunc_methods():
    close(numpy.add.reduce(array(X)), X.sum(0), "float64")
    close(numpy.multiply.outer(array(X[0]), array(X[1])), numpy.multiply.outer(X[0], X[1]), "float64")
    with pytest.raises(MissingFeatureError, match="out="):
        numpy.add.accumulate(array(X), out=array(X))


def test_out_of_ufuncs():
    out = array(numpy.zeros_like(X))
    assert numpy.exp(array(X), out=out) is out
    close(out, numpy.exp(X), "float64")


OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.mod, operator.floordiv, operator.pow,
             operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne]


@pytest.mark.parametrize("sign", OPERATORS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("other", [
    numpy.array([2.0, 3, 4]), numpy.float64(2), numpy.float32(2), numpy.int64(2), numpy.bool_(True), 2, 2.5, True,
    numpy.array(2.0), numpy.array([[2], [3]]),
], ids=lambda v: f"{type(v).__name__}{getattr(v, 'shape', '')}")
def test_mixed_operands(sign, other):
    """NumPy arrays, NumPy scalars and Python numbers on either side give our arrays with NumPy's values."""
    x = abs(X) + 0.5
    for result, expected in ((sign(array(x), other), sign(x, other)), (sign(other, array(x)), sign(other, x))):
        assert type(result) is ndarray
        assert result.dtype == expected.dtype
        close(result, expected, "float64", sign.__name__)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int8", "int32", "int64", "uint8"])
@pytest.mark.parametrize("number", [2, 2.5, True])
def test_numbers_do_not_widen_floats(dtype, number):
    x = array(numpy.array([1, 2, 3], dtype))
    for result in (x + number, number + x, x * number, number - x):
        if dtype.startswith("float"):
            assert result.dtype == dtype
        assert result.asnumpy().tolist() == [float(v) for v in result.asnumpy()]


def test_numpy_scalars_do_not_widen():
    x = array(numpy.ones(3, "float32"))
    for scalar in (numpy.float64(0.5), numpy.float32(0.5), numpy.int64(2)):
        assert (x * scalar).dtype == "float32"
        assert (scalar * x).dtype == "float32"


def test_in_place_with_numpy():
    x = array(X)
    y = x
    y += X
    assert y is x
    close(x, 2 * X, "float64")
    host = X.copy()
    host = host + array(X)
    assert type(host) is ndarray


@CLASSES
def test_gradients_through_numpy_operands(cls):
    x = variable(X, cls)
    with autograd.record():
        y = X * x + x * X + 3.0 * x - X
    y.backward()
    close(x.grad, 2 * X + 3, "float64")


@CLASSES
def test_asarray_is_read_only_and_shares_memory(cls):
    x = array(X, cls)
    seen = numpy.asarray(x)
    close(seen, X, "float64")
    assert not seen.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        seen[0, 0] = 1
    x[0, 0] = 9
    assert seen[0, 0] == 9
    assert numpy.array(x).flags.writeable
    assert numpy.asarray(x, dtype="float32").dtype == "float32"
    with pytest.raises(ValueError, match="copy"):
        numpy.array(x, dtype="float32", copy=False)


@CLASSES
def test_asnumpy_is_a_copy(cls):
    x = array(X, cls)
    x.asnumpy()[:] = 0
    close(x, X, "float64")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@CLASSES
def test_pickle(protocol, cls):
    for value in (X, X.astype("float16"), numpy.arange(5), numpy.zeros((0, 2)), X > 0, X.T):
        back = pickle.loads(pickle.dumps(array(value, cls), protocol))
        assert type(back) is cls
        assert back.asnumpy().dtype == value.dtype
        numpy.testing.assert_array_equal(back.asnumpy(), value)
        back[:] = 1
        assert (back.asnumpy() == 1).all()


@CLASSES
def test_a_pickled_or_copied_array_is_no_variable(cls):
    x = variable(X, cls)
    with autograd.record():
        y = x * 2.0
        for other in (pickle.loads(pickle.dumps(y)), copy.deepcopy(y)):
            assert other.grad is None
            with pytest.raises(MXNetError, match="not in a computational graph"):
                other.backward()
    for other in (pickle.loads(pickle.dumps(x)), copy.deepcopy(x)):
        assert other.grad is None
        other[:] = 0
    close(x, X, "float64")


def test_deepcopy_of_containers():
    x = array(X)
    first, second = copy.deepcopy([x, {"x": x}])
    assert type(first) is ndarray
    first[:] = 0
    close(x, X, "float64")
    close(second["x"] if second["x"] is not first else x, X, "float64")


def test_copy_is_recorded():
    x = variable(X)
    with autograd.record():
        y = copy.copy(x) * 2.0
    y.backward()
    close(x.grad, numpy.full(X.shape, 2.0), "float64")


def test_sequence_protocol():
    x = array(X)
    assert len(x) == 2
    assert [row.asnumpy().tolist() for row in x] == X.tolist()
    assert 4.0 in x
    assert 5.0 not in x
    assert numpy.float64(4) in x
    for bad in (len, iter):
        with pytest.raises(TypeError):
            bad(array(numpy.array(1.0)))


def test_number_protocol():
    for value in (numpy.array(2.5), numpy.array([2.5]), numpy.array([[2.5]])):
        x = array(value)
        assert float(x) == 2.5
        assert int(x) == 2
        assert bool(x)
        assert complex(x) == 2.5
    assert operator.index(array(numpy.array(3))) == 3
    assert [10, 20, 30, 40][array(numpy.array(3))] == 40
    with pytest.raises(TypeError):
        operator.index(array(numpy.array(3.0)))
    for bad in (float, int):
        with pytest.raises(TypeError):
            bad(array(X))
    with pytest.raises(ValueError, match="ambiguous"):
        bool(array(X))


def test_iteration_is_recorded():
    x = variable(X)
    with autograd.record():
        first, second = x
        y = first * second
    y.backward()
    close(x.grad, X[::-1], "float64")


def test_comparisons_are_no_gradients_path():
    x = variable(X)
    with autograd.record():
        y = x * (x > 0)
    y.backward()
    close(x.grad, (X > 0).astype(float), "float64")


@CLASSES
def test_operators_leave_foreign_types_alone(cls):
    class Other:
        def __radd__(self, other):
            return "mine"

        def __rmul__(self, other):
            return "mine too"

    assert array(X, cls) + Other() == "mine"
    assert array(X, cls) * Other() == "mine too"
    for bad in ("text", None, object(), b"x", 1j, {}):
        with pytest.raises(TypeError):
            array(X, cls) + bad
        with pytest.raises(TypeError):
            bad * array(X, cls)
    with pytest.raises(DtypeError):
        operator.lt(array(X, cls), "text")


def test_numpy_arrays_do_not_swallow_ours():
    """A NumPy array on the left defers to our class instead of making an array of objects."""
    for result in (X + array(X), X * array(X), X - array(X), X < array(X), X ** array(X), X @ array(X.T)):
        assert type(result) is ndarray


def test_big_endian_and_misaligned_input():
    close(array(X.astype(">f8")) * 2.0, X * 2, "float64")
    raw = numpy.zeros(1 + X.nbytes, "uint8")
    odd = raw[1:].view("float64").reshape(X.shape)
    odd[...] = X
    close(array(X) + odd, 2 * X, "float64")
    assert array(X.astype(">f8")).dtype.isnative


@pytest.mark.parametrize("write", [
    lambda x: numpy.copyto(x, 9.0), lambda x: numpy.copyto(dst=x, src=9.0), lambda x: numpy.put(x, [0], 9.0),
    lambda x: numpy.place(x, x.asnumpy() < 2, [9.0]), lambda x: numpy.add.at(x, [0], 8.0)])
def test_numpy_functions_that_write_are_noticed(write):
    x = variable([1.0, 2, 3])
    with autograd.record():
        y = x * x
    write(x)
    assert x[0] == 9
    with pytest.raises(MutationError):
        y.backward()


def test_adding_in_place_what_cannot_be_added():
    class Other:
        def __radd__(self, x):
            return "other"

    for cls in (ndarray, NDArray):
        for value in ("text", None, 1j):
            x = array([1.0, 2], cls)
            with pytest.raises(TypeError):
                x += value
        x += Other()
        assert x == "other"


def test_round():
    assert round(array([1.26, 2.0]), 1).tolist() == [1.3, 2.0]


def test_asscalar():
    assert array([2.5], NDArray).asscalar() == 2.5
    assert array([[2.5]], NDArray).asscalar().shape == (1, 1)
    with pytest.raises(ValueError, match="not a scalar"):
        array([1.0, 2], NDArray).asscalar()


@pytest.mark.parametrize(("use", "gradient"), [
    (lambda x, a: x * a, [1, 2, 0]), (lambda x, a: a / x, [-1, -0.5, 0]), (lambda x, a: numpy.dot(x, a), [1, 2, 0]),
    (lambda x, a: x[a.astype(int)], [1, 1, 1]), (lambda x, a: numpy.where(a > 0, x, 0.0), [1, 1, 0])])
def test_numpy_operands_may_change_between_record_and_backward(use, gradient):
    x, a = variable([1.0, 2, 4]), numpy.array([1.0, 2, 0])
    with autograd.record():
        y = use(x, a)
    a[:] = 100
    y.backward()
    close(x.grad, gradient, "float64")


@pytest.mark.parametrize("make", [array, numpy.array])
def test_an_index_may_change_between_record_and_backward(make):
    x, k = variable([1.0, 2, 4]), make(numpy.array([0, 0, 1]))
    with autograd.record():
        y = x[k]
    k[:] = 10 ** 9
    y.backward()
    close(x.grad, [2, 1, 0], "float64")


def test_functions_of_what_no_operator_takes():
    """Beside arrays of text or objects, NumPy's own function computes on NumPy arrays."""
    x, words = numpy.broadcast_arrays(array(X), numpy.array("a"))
    assert (type(x), words.tolist()) == (ndarray, [["a"] * 3] * 2)
    x, nothing = numpy.broadcast_arrays(array(X), None)
    assert (x.tolist(), nothing.dtype) == (X.tolist(), object)
    assert numpy.concatenate([array(X[0]), numpy.array([1j])]).dtype == "complex128"
    y = variable(X)
    with autograd.record():
        z = y * 2
        with pytest.raises(GraphError, match="has no derivative here"):
            numpy.concatenate([z, numpy.array([[1j] * 3])])


@pytest.mark.parametrize("call", [lambda x: x.copy(order="F"), lambda x: x.copy("K"),
                                  lambda x: x.astype("float64", order="F")])
def test_orders_of_memory_that_do_not_exist_are_refused(call):
    with pytest.raises(NotImplementedError, match="order"):
        call(array([[1.0, 2.0]]))
    assert array([1.0, 1.0]).copy(order="C").tolist() == [1, 1]
