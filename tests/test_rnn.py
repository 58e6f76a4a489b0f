"""Recurrent networks against MXNet 1.9.1: values, gradients, derivatives of any order, dropout, errors."""

import numpy
import pytest
from check import NDArray, array, check_function, close, ndarray

from mxlite import autograd, random
from mxlite._errors import ArgumentError, ShapeError
from mxlite._ops.recurrent import GATES
from mxlite._ops.rnn import rnn

TIME, BATCH, INPUTS, UNITS = 3, 2, 2, 2

# (mode, layers, bidirectional, projection size, results, sums of gradient times `wave(9)`: data, parameters, states)
RECORDED = [
    ("rnn_relu", 1, False, None, [
        [0.62491, 0.0, 0.0, 0.661824, 0.914906, 0.0, 0.0, 0.713313, 1.169937, 0.0, 0.0, 0.821474],
        [1.169937, 0.0, 0.0, 0.821474],
    ], [2.37557, 1.12356, -0.52037]),
    ("rnn_tanh", 2, True, None, [
        [0.447321, 0.243922, -0.568244, -0.31443, -0.449967, 0.081296, 0.163152, 0.226712, -0.036289, 0.56323,
         0.020907, -0.284067, -0.111306, -0.30664, 0.00779, 0.181454, 0.065156, 0.405193, -0.17339, 0.20142,
         -0.178321, -0.182527, 0.042819, 0.110578],
        [0.604391, -0.721403, -0.829484, 0.833569, -0.319905, 0.410523, -0.469356, 0.264979, 0.065156, 0.405193,
         -0.178321, -0.182527, -0.568244, -0.31443, 0.163152, 0.226712],
    ], [0.1831, -0.11128, -0.45103]),
    ("lstm", 1, False, None, [
        [-0.055511, 0.205994, 0.03973, 0.069897, -0.077797, 0.192238, -0.021165, 0.154994, -0.023413, 0.132323,
         -0.057962, 0.220554],
        [-0.023413, 0.132323, -0.057962, 0.220554],
        [-0.04744, 0.54804, -0.143238, 1.06356],
    ], [-0.21253, 0.77727, -0.04317, -0.26047]),
    ("lstm", 2, True, None, [
        [0.13378, -0.219517, -0.356697, -0.275746, 0.120984, -0.062066, -0.27857, -0.2889, 0.186881, -0.250187,
         -0.333394, -0.214757, 0.167516, -0.180639, -0.1542, -0.22705, 0.215269, -0.253202, -0.325434, -0.127154,
         0.18739, -0.235922, 0.04719, -0.158429],
        [-0.358011, -0.182703, -0.252875, -0.185023, 0.018361, 0.062823, -0.12254, 0.316747, 0.215269, -0.253202,
         0.18739, -0.235922, -0.356697, -0.275746, -0.27857, -0.2889],
        [-0.51315, -0.319572, -0.393519, -0.309378, 0.02873, 0.333779, -0.36355, 1.040453, 0.897145, -0.504622,
         0.890864, -0.478454, -0.626322, -0.520372, -0.447422, -0.538487],
    ], [0.01826, -2.7478, -0.10784, -2.36476]),
    ("gru", 1, False, None, [
        [-0.008012, -0.042099, -0.324872, 0.065475, -0.123094, -0.01489, -0.443634, -0.027277, -0.055489, -0.163058,
         -0.59999, -0.005325],
        [-0.055489, -0.163058, -0.59999, -0.005325],
    ], [-1.15978, 6.70596, -1.89008]),
    ("gru", 2, True, None, [
        [0.145037, 0.021578, 0.431476, -0.314588, 0.290668, 0.416558, 0.281312, -0.272919, 0.232181, 0.203145,
         0.373801, -0.342773, 0.39483, 0.446861, 0.135931, -0.228085, 0.289134, 0.277244, 0.209888, -0.388811,
         0.408293, 0.462099, 0.049862, -0.019871],
        [-0.007344, -0.22307, -0.573578, -0.040938, -0.138303, 5.3e-05, -0.182331, 0.443012, 0.289134, 0.277244,
         0.408293, 0.462099, 0.431476, -0.314588, 0.281312, -0.272919],
    ], [1.01553, -4.45075, -0.04437]),
    ("lstm", 1, False, 1, [
        [0.075626, -0.085382, 0.021245, -0.010599, -0.038186, 0.052836],
        [-0.038186, 0.052836],
        [0.918768, -0.498896, 0.292914, -0.50063],
    ], None),
    ("lstm", 2, True, 1, [
        [-0.026027, -0.113161, -0.074044, -0.125451, -0.064561, -0.086516, -0.090237, -0.125894, -0.076514,
         -0.037079, -0.098866, -0.117661],
        [-0.006893, 0.117393, 0.162868, 0.09193, -0.076514, -0.098866, -0.113161, -0.125451],
        [0.440475, -0.525827, -0.087458, -0.504498, -0.66989, 0.42819, -0.225412, 0.180139, 0.47261, 0.638268,
         0.612314, 0.575934, 0.291377, -0.524725, 0.32805, -0.574712],
    ], None),
]


def wave(shift, *shape, scale=1.0):
    """The numbers that the recorded calls were made with."""
    return (numpy.sin(numpy.arange(numpy.prod(shape)) * 1.7 + shift) * scale).astype(numpy.float32).reshape(shape)


def size(mode, layers, directions, width):
    """Number of parameters."""
    rows, total = GATES[mode] * UNITS, 0
    for layer in range(layers):
        inner = INPUTS if layer == 0 else directions * width
        total += directions * (rows * (inner + width + 2) + (width * UNITS if width != UNITS else 0))
    return total


def arguments(mode, layers=1, bidirectional=False, projection=None):
    """(arrays, keyword arguments) of a recorded call."""
    directions, width = 1 + bidirectional, projection or UNITS
    arrays = [wave(0, TIME, BATCH, INPUTS), wave(1, size(mode, layers, directions, width), scale=0.6),
              wave(2, layers * directions, BATCH, width, scale=0.5)]
    if mode == "lstm":
        arrays.append(wave(3, layers * directions, BATCH, UNITS, scale=0.5))
    return arrays, {"state_size": UNITS, "num_layers": layers, "mode": mode, "bidirectional": bidirectional,
                    "projection_size": projection}


@pytest.mark.parametrize("cls", [ndarray, NDArray])
@pytest.mark.parametrize(("mode", "layers", "bidirectional", "projection", "values", "sums"), RECORDED)
def test_mxnets_figures(mode, layers, bidirectional, projection, values, sums, cls):
    arrays, options = arguments(mode, layers, bidirectional, projection)
    xs = [array(x, cls) for x in arrays]
    for x in xs:
        x.attach_grad()
    with autograd.record():
        results = rnn(*xs, state_outputs=True, **options)
        loss = sum((y * array(wave(4 + k, *y.shape), cls)).sum() for k, y in enumerate(results))
    loss.backward()
    assert all(type(y) is cls for y in results)
    for y, expected in zip(results, values, strict=True):
        close(y, numpy.reshape(expected, y.shape), "float32", loose={"float32": 1e-5})
    # MXNet has no gradient of a projection on the CPU.
    for x, expected in zip(xs, sums or [], strict=bool(sums)):
        assert float((x.grad.asnumpy() * wave(9, *x.shape)).sum()) == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize(("mode", "projection"), [("rnn_tanh", None), ("gru", None), ("lstm", None), ("lstm", 1)])
def test_derivatives(mode, projection):
    """First and second derivatives of two layers in both directions, against differences."""
    arrays, options = arguments(mode, 2, True, projection)
    check_function(lambda *xs: rnn(*xs, state_outputs=True, **options)[0], *[x.astype(float) for x in arrays])


def test_third_derivative():
    arrays, options = arguments("lstm")
    check_function(lambda *xs: rnn(*xs, **options), *[x.astype(float) for x in arrays], order=3)


def test_without_states_the_result_is_one_array():
    arrays, options = arguments("gru")
    y = rnn(*map(array, arrays), **options)
    assert y.shape == (TIME, BATCH, UNITS)
    assert (y.asnumpy() == rnn(*map(array, arrays), state_outputs=True, **options)[0].asnumpy()).all()


def test_dropout_between_layers_while_training():
    """Of the first layer's states a share is 0 on the way to the second; the returned states are whole."""
    n, batch = 2 * UNITS * (INPUTS + UNITS + 2), 200
    x, w = array(numpy.ones((1, batch, INPUTS), "f")), array(numpy.full(n, 0.1, "f"))
    first = array(numpy.zeros((2, batch, UNITS), "f"))
    options = {"state_size": UNITS, "num_layers": 2, "mode": "rnn_relu", "p": 0.5, "state_outputs": True}
    whole = rnn(x, w, first, **options)
    random.seed(3)
    with autograd.record():
        y, states = rnn(x, w, first, **options)
    assert numpy.unique(whole[0].asnumpy().round(4)).tolist() == pytest.approx([0.28])
    assert numpy.unique(y.asnumpy().round(4)).tolist() == pytest.approx([0.2, 0.28, 0.36])
    assert abs(float(y.asnumpy().mean()) - 0.28) < 0.01
    assert numpy.unique(states.asnumpy()[0].round(4)).tolist() == pytest.approx([0.4])


@pytest.mark.parametrize(("change", "error", "phrase"), [
    ({"mode": "gruu"}, ArgumentError, "mode is one of"), ({"state_size": None}, ArgumentError, "from 1 on"),
    ({"p": 1.0}, ArgumentError, "share"), ({"mode": "lstm"}, ArgumentError, "needs state_cell"),
    ({"use_sequence_length": True}, ArgumentError, "sequence_mask"), ({"state_size": 3}, ShapeError, "state of shape"),
    ({"lstm_state_clip_min": -1.0}, ArgumentError, "clip"), ({"projection_size": 1}, ArgumentError, "belongs to"),
    ({"parameters": array(wave(1, 5))}, ShapeError, "a vector of 36"),
    ({"data": array(wave(1, 4, 2))}, ShapeError, "(time, batch, features)"),
    ({"state": None}, ArgumentError, "missing"),
])
def test_errors(change, error, phrase):
    arrays, options = arguments("gru")
    call = dict(zip(("data", "parameters", "state"), map(array, arrays), strict=True)) | options | change
    with pytest.raises(error) as raised:
        rnn(**call)
    assert phrase in str(raised.value)
