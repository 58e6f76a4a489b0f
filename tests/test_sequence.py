"""Sequence operators, losses with gradients of their own, ctc_loss, attention and control flow, against MXNet 1.9.1."""

import numpy
import pytest
from check import NDArray, array, check_function, close, ndarray

from mxlite import autograd
from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError
from mxlite._ops import attention, control, outputs, sequence
from mxlite._ops.ctc import ctc_loss


def wave(shift, *shape):
    """The numbers that the recorded calls were made with."""
    return numpy.sin(numpy.arange(numpy.prod(shape)) * 1.7 + shift).astype(numpy.float32).reshape(shape)


def run(function, *arrays, cls=NDArray):
    """(result, gradients) with the head gradient of the recorded calls."""
    xs = [array(x, cls) for x in arrays]
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = function(*xs)
    y.backward(array(wave(5, *y.shape).astype(y.dtype), cls))
    assert type(y) is cls
    return y, [x.grad for x in xs]


def agrees(actual, figures):
    close(actual, numpy.reshape(figures, actual.shape), "float32", loose={"float32": 1e-5})


# -- sequences ---------------------------------------------------------------------------------------------------------
def test_sequences_of_mxnets_shapes():
    x, lengths = numpy.arange(1.0, 13).reshape(3, 2, 2), array(numpy.array([1.0, 3.0]), NDArray)

    def call(operator, at=lengths, **options):
        y, (g,) = run(lambda a: operator(a, at, use_sequence_length=True, **options), x)
        return y.asnumpy().tolist(), g.asnumpy()
    masked, g = call(sequence.sequence_mask, value=-1)
    assert masked == [[[1, 2], [3, 4]], [[-1, -1], [7, 8]], [[-1, -1], [11, 12]]]
    assert (g[1:, 0] == 0).all()
    assert (g[:, 1] != 0).all()
    assert call(sequence.sequence_last)[0] == [[1, 2], [11, 12]]
    assert call(sequence.sequence_reverse, array(numpy.array([2, 3]), NDArray))[0] == [
        [[5, 6], [11, 12]], [[1, 2], [7, 8]], [[9, 10], [3, 4]]]


def test_masked_values_may_be_nan():
    x = numpy.array([[1.0, 2.0], [numpy.nan, 3.0]])
    y, (g,) = run(lambda a: sequence.sequence_mask(a, array(numpy.array([1, 2])), True), x, cls=ndarray)
    assert y.asnumpy().tolist() == [[1, 2], [0, 3]]
    assert g.asnumpy()[1, 0] == 0


# -- output layers: label, options, gradient ---------------------------------------------------------------------------
SOFTMAX = [
    ((2, 3), [2, 0], {}, [0.223703, 0.60304, -0.826743, -0.906937, 0.384985, 0.521953]),
    ((2, 3), [2, 0], {"grad_scale": 3}, [0.671109, 1.80912, -2.480228, -2.720811, 1.154954, 1.565858]),
    ((2, 3), [2, 0], {"use_ignore": True, "ignore_label": 0}, [0.223703, 0.60304, -0.826743, 0.0, 0.0, 0.0]),
    ((2, 3), [2, 0], {"normalization": "batch"}, [0.111851, 0.30152, -0.413371, -0.453469, 0.192492, 0.260976]),
    ((2, 3), [2, 0], {"normalization": "valid", "ignore_label": 0}, [0.223703, 0.60304, -0.826743, -0.906937,
     0.384985, 0.521953]),
    ((2, 3), [2, 0], {"smooth_alpha": 0.3, "use_ignore": True, "ignore_label": 0, "normalization": "batch"},
     [0.036851, 0.22652, -0.263371, 0.0, 0.0, 0.0]),
    ((2, 3), [[0.14000000059604645, 1.0, 0.11999999731779099], [0.9700000286102295, 0.3700000047683716,
     0.8799999952316284]], {"grad_scale": 2, "normalization": "batch"}, [0.167406, -0.79392, 0.106514, -1.753874,
     0.029969, -0.716095]),
    ((2, 3), [7, -1], {}, [0.223703, 0.60304, 0.173257, 0.093063, 0.384985, 0.521953]),
    ((2, 3), [1.7, 0.2], {}, [0.223703, -0.39696, 0.173257, -0.906937, 0.384985, 0.521953]),
    ((2, 3, 2), [[0, 1], [2, 1]], {"multi_output": True}, [-0.353525, 0.253638, 0.113445, -0.462721, 0.24008,
     0.209083, 0.076639, 0.093325, 0.364359, -0.242515, -0.440998, 0.14919]),
    ((2, 3, 2), [[0, 1], [2, 1]], {"multi_output": True, "normalization": "batch", "smooth_alpha": 0.3}, [-0.176762,
     0.126819, 0.056722, -0.231361, 0.12004, 0.104541, 0.038319, 0.046662, 0.182179, -0.121257, -0.220499, 0.074595]),
    ((2, 3, 2), [[0, 1], [2, 1]], {"multi_output": True, "normalization": "valid", "use_ignore": True, "ignore_label":
     1}, [-0.353525, 0.0, 0.113445, 0.0, 0.24008, 0.0, 0.076639, 0.0, 0.364359, 0.0, -0.440998, 0.0]),
    ((2, 3, 2), [[0, 1, 0], [1, 1, 0]], {"preserve_shape": True, "normalization": "batch"}, [-0.121569, 0.121569,
     0.110261, -0.110261, -0.095919, 0.095919, 0.079929, -0.07993, 0.102265, -0.102265, -0.115437, 0.115437]),
    ((2, 3, 2), [[0, 1, 0], [1, 1, 0]], {}, [-0.885422, 0.308871, 0.088741, 0.045397, 0.187799, 0.254614, 0.08105,
     -0.912047, 0.385331, 0.242665, 0.062399, 0.140603]),
]
REGRESSION = [
    ("LinearRegressionOutput", (2, 3), (2, 3), [0.0, 0.991665, -0.255541, -0.925815, 0.494113, 0.798487], [-0.560981,
     0.37619, 0.464041, -0.495768, -0.336287, 0.582426]),
    ("LinearRegressionOutput", (3,), (3, 1), [0.0, 0.991665, -0.255541], [-1.682942, 1.12857, 1.392122]),
    ("LinearRegressionOutput", (3, 1), (3,), [0.0, 0.991665, -0.255541], [-1.682942, 1.12857, 1.392122]),
    ("LogisticRegressionOutput", (2, 3), (2, 3), [0.5, 0.729417, 0.43646, 0.283775, 0.621075, 0.689651], [-0.227647,
     0.201358, 0.925375, 0.310625, -0.251646, 0.509868]),
    ("LogisticRegressionOutput", (3,), (3, 1), [0.5, 0.729417, 0.43646], [-0.682942, 0.604074, 2.776124]),
    ("LogisticRegressionOutput", (3, 1), (3,), [0.5, 0.729417, 0.43646], [-0.682942, 0.604074, 2.776124]),
    ("MAERegressionOutput", (2, 3), (2, 3), [0.0, 0.991665, -0.255541, -0.925815, 0.494113, 0.798487], [-0.666667,
     0.666667, 0.666667, -0.666667, -0.666667, 0.666667]),
    ("MAERegressionOutput", (3,), (3, 1), [0.0, 0.991665, -0.255541], [-2.0, 2.0, 2.0]),
    ("MAERegressionOutput", (3, 1), (3,), [0.0, 0.991665, -0.255541], [-2.0, 2.0, 2.0]),
]


@pytest.mark.parametrize(("shape", "label", "options", "gradient"), SOFTMAX)
def test_softmax_output(shape, label, options, gradient):
    """MXNet's gradient, whatever the head gradient is."""
    label = array(numpy.array(label, numpy.float32), NDArray)
    agrees(run(lambda x: outputs.softmax_output(x, label, **options), wave(0, *shape))[1][0], gradient)


def test_softmax_output_with_the_head_gradient():
    label = array(numpy.array([2.0, 0.0]), NDArray)
    plain = run(lambda x: outputs.softmax_output(x, label), wave(0, 2, 3))[1][0]
    scaled = run(lambda x: outputs.softmax_output(x, label, out_grad=True), wave(0, 2, 3))[1][0]
    close(scaled, plain.asnumpy() * wave(5, 2, 3), "float32")


@pytest.mark.parametrize(("name", "shape", "label", "values", "gradient"), REGRESSION)
def test_regression_output(name, shape, label, values, gradient):
    operator = {"LinearRegressionOutput": outputs.linear_regression_output,
                "LogisticRegressionOutput": outputs.logistic_regression_output,
                "MAERegressionOutput": outputs.mae_regression_output}[name]
    y, (g,) = run(lambda x: operator(x, array(wave(1, *label), NDArray), grad_scale=2), wave(0, *shape))
    agrees(y, values)
    agrees(g, gradient)


def test_an_output_layers_gradient_can_be_differentiated():
    """That of softmax_output is softmax less a constant: its derivative is softmax's."""
    x, label = array(wave(0, 2, 3).astype(float)), array(numpy.array([2, 0]))
    x.attach_grad()
    with autograd.record():
        g = autograd.grad(outputs.softmax_output(x, label), x, create_graph=True)[0]
        loss = (g * array(wave(2, 2, 3).astype(float))).sum()
    loss.backward()
    p, w = outputs.softmax_output(x, label).asnumpy(), wave(2, 2, 3).astype(float)
    close(x.grad, -p * (p * w).sum(1, keepdims=True) + p * w, "float64", loose={"float64": 1e-10})


# -- ctc: label, options, losses, gradient -----------------------------------------------------------------------------
CTC = [
    ([[1, 2], [3, 0]], {}, [2.531814, 2.32253], [-0.051695, 0.282382, -0.152614, -0.078073, -0.22567, 0.183721,
     0.041061, 0.000888, 0.015451, 0.156925, -0.010128, -0.162248, -0.061746, 0.066942, 0.028238, -0.033434, 0.221152,
     -0.004822, 0.153705, -0.370035, 0.01392, 0.029509, 0.054582, -0.098011, -0.040847, -0.067936, 0.579888,
     -0.471105, -0.04929, 0.036002, 0.160153, -0.146865]),
    ([[1, 2], [0, -1]], {"blank_label": "last"}, [2.841102, 2.300793], [-0.197049, 0.352793, -0.152614, -0.00313,
     -0.166288, 0.183721, 0.041061, -0.058494, -0.44465, 0.26312, 0.100409, 0.081121, -0.109051, 0.066942, 0.028238,
     0.013871, -0.411391, -0.017773, 0.248091, 0.181073, -0.036819, 0.029509, 0.054582, -0.047272, -0.191588,
     -0.067936, 0.378431, -0.118908, 0.0045, 0.036002, 0.160153, -0.200656]),
    ([[1, 2], [3, 0]], {"data_lengths": [2, 3]}, [3.179778, 1.654001], [-0.197049, 0.427735, -0.152614, -0.078073,
     -0.18477, 0.183721, 0.041061, -0.040011, -0.44465, -0.280022, 0.88692, -0.162248, -0.005176, 0.066942, 0.028238,
     -0.090004, -0.0, -0.0, -0.0, -0.0, 0.012193, 0.029509, 0.054582, -0.096284, -0.0, -0.0, -0.0, -0.0, 0.0, 0.0,
     0.0, 0.0]),
    ([[1, 2], [3, 3]], {"label_lengths": [2, 1]}, [2.531814, 2.32253], [-0.051695, 0.282382, -0.152614, -0.078073,
     -0.22567, 0.183721, 0.041061, 0.000888, 0.015451, 0.156925, -0.010128, -0.162248, -0.061746, 0.066942, 0.028238,
     -0.033434, 0.221152, -0.004822, 0.153705, -0.370035, 0.01392, 0.029509, 0.054582, -0.098011, -0.040847,
     -0.067936, 0.579888, -0.471105, -0.04929, 0.036002, 0.160153, -0.146865]),
    ([[1, 2], [0, 0]], {"data_lengths": [3, 4], "label_lengths": [1, 2], "blank_label": "last"}, [2.059455, 3.40198],
     [-0.197049, 0.330753, -0.152614, 0.01891, -0.227743, 0.183721, 0.041061, 0.002961, -0.44465, 0.396668, -0.072004,
     0.119987, 0.034706, 0.066942, 0.028238, -0.129886, -0.411391, 0.053519, -0.082427, 0.440298, -0.045696, 0.029509,
     0.054582, -0.038395, -0.0, -0.0, -0.0, -0.0, -0.225176, 0.036002, 0.160153, 0.02902]),
    ([[1, 1], [2, 2]], {}, [3.842517, 4.30808], [-0.115475, 0.346161, -0.152614, -0.078073, 0.050154, 0.183721,
     -0.278433, 0.044558, 0.212799, 0.021453, -0.072004, -0.162248, -0.090821, 0.066942, -0.082982, 0.106861,
     0.239267, 0.213195, -0.082427, -0.370035, -0.172582, 0.029509, -0.053292, 0.196365, 0.035984, 0.663417,
     -0.228295, -0.471105, 0.025442, 0.036002, -0.218329, 0.156885]),
    ([[0, 0], [1, 2]], {}, [4.807619, 2.515757], [0.761875, -0.531189, -0.152614, -0.078073, 0.05001, -0.135629,
     0.041061, 0.044558, 0.514274, -0.280022, -0.072004, -0.162248, -0.04026, -0.077409, 0.010808, 0.106861, 0.547534,
     -0.095072, -0.082427, -0.370035, -0.09969, -0.013551, -0.083123, 0.196365, 0.767337, -0.067936, -0.228295,
     -0.471105, 0.011915, 0.036002, -0.204802, 0.156885]),
]


def _ctc(x, label, options, cls=NDArray):
    options = dict(options)
    for name in ("data_lengths", "label_lengths"):
        if name in options:
            options |= {name: array(numpy.array(options[name]), cls), f"use_{name}": True}
    return ctc_loss(x, array(numpy.array(label, numpy.float32), cls), **options)


@pytest.mark.parametrize(("label", "options", "losses", "gradient"), CTC)
def test_ctc_loss(label, options, losses, gradient):
    y, (g,) = run(lambda x: _ctc(x, label, options), wave(0, 4, 2, 4))
    agrees(y, losses)
    agrees(g, gradient)


def test_ctc_derivatives():
    check_function(lambda x: _ctc(x, [[1, 2], [3, 0]], {"data_lengths": [3, 4]}, ndarray),
                   wave(0, 4, 2, 4).astype(float), order=3)


def test_ctc_of_a_label_that_is_too_long():
    y, (g,) = run(lambda x: _ctc(x, [[1, 1], [1, 2]], {}), wave(0, 2, 2, 4))
    assert y.asnumpy()[0] == 0
    assert y.asnumpy()[1] > 0
    assert (g.asnumpy()[:, 0] == 0).all()


@pytest.mark.parametrize(("label", "options", "error", "phrase"), [
    ([[1, 2]], {}, ShapeError, "same batch"), ([[1] * 5] * 2, {}, ShapeError, "not longer"),
    ([[1, 4], [1, 2]], {}, IndexingError, "outside 0 to 3"),
    ([[1], [1]], {"blank_label": "x"}, ArgumentError, "'last'"),
    ([[1], [1]], {"data_lengths": [5, 1]}, IndexingError, "between 1 and 4"),
    ([[1], [1]], {"use_data_lengths": True}, ArgumentError, "go together"),
    ([[1], [1]], {"label_lengths": [1]}, ShapeError, "(2,)"),
])
def test_ctc_errors(label, options, error, phrase):
    with pytest.raises(error) as raised:
        _ctc(array(wave(0, 4, 2, 4), NDArray), label, options)
    assert phrase in str(raised.value)


# -- attention: shapes, result, gradients ------------------------------------------------------------------------------
ATTENTION = [
    ("interleaved_matmul_selfatt_qk", [(2, 2, 12)], [-0.649193, 0.659441, 0.644735, -0.656166, -0.598598, 0.604124,
     0.589418, -0.59622, -0.714605, 0.717879, 0.703173, -0.707535, -0.769922, 0.777826, 0.76312, -0.772012],
     [[0.235104, 0.896978, 0.024591, -1.274338, 0.0, 0.0, -0.897405, -0.441096, 0.573732, 0.526557, 0.0, 0.0,
     0.858078, -0.287891, -0.168353, 0.018546, 0.0, 0.0, -0.268536, 0.411952, -0.404128, 0.40942, 0.0, 0.0, -0.249886,
     -0.975125, -0.017986, 0.724148, 0.0, 0.0, 0.845809, 0.421433, -0.838116, -0.778114, 0.0, 0.0, -0.680702,
     0.222421, 1.40092, -0.123954, 0.0, 0.0, 0.128115, -0.177496, -0.898862, 0.923283, 0.0, 0.0]]),
    ("interleaved_matmul_selfatt_valatt", [(2, 1, 12), (2, 2, 2)], [0.791566, 0.421614, -0.937852, -0.222851,
     -0.63037, -0.653161, 0.844882, 0.468655], [[0.0, 0.0, 0.0, 0.0, -0.146947, -0.424214, 0.0, 0.0, 0.0, 0.0,
     0.377083, 0.285617, 0.0, 0.0, 0.0, 0.0, -0.283491, 0.026605, 0.0, 0.0, 0.0, 0.0, 0.095059, -0.25729], [-0.15055,
     -1.080251, 0.299132, -1.080524, -0.728474, -0.867896, -0.329184, -1.059073]]),
    ("interleaved_matmul_encdec_qk", [(2, 1, 4), (3, 1, 8)], [0.299684, -0.391313, -0.700158, 0.535308, -0.002453,
     -0.537818, -0.131234, 0.48533, 0.627925, -0.461318, 0.115469, 0.579489], [[-0.269538, -1.052928, 0.052061,
     0.70915, -0.768516, -0.482738, 0.997371, 0.54186], [-0.218394, -1.025335, 0.0, 0.0, -0.579196, -0.752348, 0.0,
     0.0, -0.242311, -0.107689, 0.0, 0.0, 0.172268, 0.61212, 0.0, 0.0, 0.280835, 1.053085, 0.0, 0.0, 0.534804,
     0.594612, 0.0, 0.0]]),
    ("interleaved_matmul_encdec_valatt", [(3, 1, 8), (2, 2, 3)], [0.067197, -1.578626, 0.103393, 1.604755, -0.85871,
     -0.03825, 0.898908, 0.816056], [[0.0, 0.0, -0.680573, 0.19425, 0.0, 0.0, -1.10824, 1.130555, 0.0, 0.0, -1.10234,
     0.975638, 0.0, 0.0, -0.08542, 0.493066, 0.0, 0.0, 0.964634, -0.445661, 0.0, 0.0, 1.130252, -1.257613],
     [-0.129771, 0.861585, 1.011525, -0.566931, 0.54699, 1.126725, -0.211733, -1.054935, -0.867896, 0.233908,
     -0.806291, -1.059073]]),
]


@pytest.mark.parametrize(("name", "shapes", "values", "gradients"), ATTENTION)
def test_attention(name, shapes, values, gradients):
    operator = getattr(attention, name)
    arrays = [wave(k, *s) for k, s in enumerate(shapes)]
    y, found = run(lambda *xs: operator(*xs, heads=2), *arrays)
    agrees(y, values)
    for g, e in zip(found, gradients, strict=True):
        agrees(g, e)
    check_function(lambda *xs: operator(*xs, heads=2), *[x.astype(float) for x in arrays])
    with pytest.raises(ArgumentError, match="heads"):
        operator(*map(array, arrays))
    with pytest.raises(ShapeError):
        operator(*map(array, arrays), heads=5)


# -- loops and branches ------------------------------------------------------------------------------------------------
def test_foreach():
    def running(a):
        outs, last = control.foreach(lambda d, s: (d + s, d + s), a, a[0] * 0)
        return outs * last
    x = numpy.arange(1.0, 7).reshape(3, 2)
    total = x.cumsum(0)
    close(running(array(x)), total * total[-1], "float64")
    check_function(running, x)


def test_foreach_of_lists():
    x = array(numpy.arange(6.0).reshape(3, 2), NDArray)
    (a, b), states = control.foreach(lambda d, s: ([d[0] + s[0], d[1]], [s[0] + 1]), [x, x * 2],
                                     [array(numpy.zeros(2), NDArray)])
    assert a.asnumpy().tolist() == [[0, 1], [3, 4], [6, 7]]
    assert b.asnumpy().tolist() == (2 * x).asnumpy().tolist()
    assert states[0].asnumpy().tolist() == [3, 3]
    assert control.foreach(lambda d, s: ([], s), x, [])[0] == []


def test_while_loop():
    i, s = array(numpy.zeros(1), NDArray), array(numpy.ones(1), NDArray)
    found, last = control.while_loop(lambda i, s: i <= 5, lambda i, s: ([i + s], [i + 1, s + i]), (i, s),
                                     max_iterations=8)
    assert found[0].asnumpy().reshape(-1).tolist() == [1, 2, 4, 7, 11, 16, 0, 0]
    assert [v.asnumpy().tolist() for v in last] == [[6], [16]]
    assert control.while_loop(lambda i: i < 0, lambda i: (i, i + 1), i, max_iterations=2) == ([], i)
    found, last = control.while_loop(lambda i: i <= 5, lambda i: (None, i + 1), [i], max_iterations=3)
    assert found == []
    assert last[0].asnumpy().tolist() == [3]


def test_while_loop_derivatives():
    def powers(a):
        found, _ = control.while_loop(lambda p, n: n < 3, lambda p, n: (p, [p * a, n + 1]), [a, 0], max_iterations=5)
        return found
    check_function(powers, numpy.array([0.5, 1.5]), order=3)


def test_cond():
    x = array(numpy.array([2.0]))
    x.attach_grad()
    with autograd.record():
        y = control.cond(x > 1, lambda: x * x, lambda: x)
    y.backward()
    assert x.grad.asnumpy().tolist() == [4]
    assert control.cond_of(lambda a: a > 1, lambda a: a * 3, lambda a: a, x).asnumpy().tolist() == [6]
    assert control.cond_of(x < 1, lambda a, b: a, lambda a, b: b, [x, 7]) == 7


@pytest.mark.parametrize(("call", "error", "phrase"), [
    (lambda x: control.foreach(lambda d, s: (d, s), 3, x), DtypeError, "foreach input"),
    (lambda x: control.foreach(lambda d, s: (d, s), x, 3), DtypeError, "foreach states"),
    (lambda x: control.foreach(lambda d, s: (3, s), x, x), DtypeError, "foreach output"),
    (lambda x: control.foreach(lambda d, s: (d, s), [x, x[:1]], x), ArgumentError, "one length"),
    (lambda x: control.while_loop(lambda i: True, lambda i: (i, i), x), ArgumentError, "max_iterations"),
    (lambda x: control.while_loop(lambda i: True, lambda i: (i, i), [], 2), ArgumentError, "at least one"),
    (lambda x: control.while_loop(lambda i: True, lambda i: (i, [i, i]), x, 2), ArgumentError, "consistent"),
    (lambda x: control.while_loop(lambda i: x, lambda i: (i, i), x, 2), ArgumentError, "not a scalar"),
    (lambda x: control.cond(x, lambda: 1, lambda: 2), ArgumentError, "not a scalar"),
])
def test_control_errors(call, error, phrase):
    with pytest.raises(error) as raised:
        call(array(numpy.ones(2)))
    assert phrase in str(raised.value)
