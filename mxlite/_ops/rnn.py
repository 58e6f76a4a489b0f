"""Recurrent networks of several layers, whose weights all stand in one vector."""

import math

import numpy

from mxlite._engine.operators import raw as raw_of
from mxlite._engine.tape import is_training
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import composed
from mxlite._ops.arithmetic import add, multiply
from mxlite._ops.join import concatenate, split, stack
from mxlite._ops.operands import into
from mxlite._ops.products import matmul
from mxlite._ops.random import uniform
from mxlite._ops.rearrange import flip
from mxlite._ops.recurrent import GATES, recurrent_layer
from mxlite._ops.shape import reshape, transpose


def _shapes(gates, inputs, units, state, layers, directions):
    """The shapes of all weights in the order of the vector: every layer's matrices first, then the biases."""
    matrices = []
    for layer in range(layers):
        width = inputs if layer == 0 else state * directions
        for _ in range(directions):
            matrices += [(gates * units, width), (gates * units, state)]
            if state != units:
                matrices.append((state, units))
    return matrices, [(gates * units,)] * (2 * layers * directions)


def _cut(parameters, shapes):
    sizes = [math.prod(s) for s in shapes]
    if parameters.shape != (sum(sizes),):
        raise ShapeError(f"rnn: parameters of shape {parameters.shape} where a vector of {sum(sizes)} is needed")
    parts = split(parameters, tuple(int(n) for n in numpy.cumsum(sizes[:-1])))
    return [reshape(part, s) for part, s in zip(parts, shapes, strict=True)]


def _dropped(x, p):
    """x with a share p of the elements 0, the others scaled up, when training."""
    if not p or not is_training():
        return x
    kept = raw_of(uniform(0.0, 1.0, x.shape, x.dtype)) >= p
    return multiply(x, (kept / (1.0 - p)).astype(x.dtype))


def _layer(x, first, cell, mode, w_i, w_h, b_i, b_h, w_r=None):
    """(states, last state, last cell or None) of one direction."""
    time, batch, width = x.shape
    pre = add(matmul(reshape(x, (time * batch, width)), transpose(w_i)), b_i)
    found = recurrent_layer(reshape(pre, (time, batch, w_i.shape[0])), first, w_h, b_h, cell, w_r, mode)
    return found[0], found[0][-1], found[1][-1] if mode == "lstm" else None


def _check(data, state, state_cell, mode, state_size, num_layers, p):
    if mode not in GATES:
        raise ArgumentError(f"rnn: mode is one of {', '.join(GATES)}, not {mode!r}")
    if not state_size or not num_layers:
        raise ArgumentError("rnn: state_size and num_layers are numbers from 1 on")
    if not 0 <= p < 1:
        raise ArgumentError(f"rnn: p is a share between 0 and 1, not {p}")
    if (state_cell is None) == (mode == "lstm"):
        raise ArgumentError("rnn: mode 'lstm' needs state_cell, and no other mode takes one")
    if state is None:
        raise ArgumentError("rnn: the first states are missing")
    if data.ndim != 3 or not data.shape[0]:
        raise ShapeError(operand_message("rnn", (data,), "data has shape (time, batch, features), time not 0."))


@composed(npx="rnn", nd="RNN")
def rnn(data, parameters, state, state_cell=None, sequence_length=None, state_size=None, num_layers=None,
        bidirectional=False, mode=None, p=0, state_outputs=False, projection_size=None, lstm_state_clip_min=None,
        lstm_state_clip_max=None, lstm_state_clip_nan=False, use_sequence_length=False, out=None, name=None):
    """A recurrent network over data (time, batch, features): states of the last layer at all times.

    `mode` is rnn_relu, rnn_tanh, lstm or gru. `parameters` holds every layer's and direction's weights of the input
    and of the state, then all their biases; state (and state_cell of an lstm) the first states, shape (layers *
    directions, batch, state_size). With state_outputs a list: states, last states, last cells. While training, a share
    `p` of what goes from layer to layer is set to 0. projection_size is the length of an lstm's projected states.

    Raises ShapeError for parameters and states that do not fit, ArgumentError for sequence lengths and clipping, which
    MXNet knows on GPUs alone.
    """
    if use_sequence_length or sequence_length is not None:
        raise ArgumentError("rnn: MXNet's CPU operator has no sequence lengths; mask the result with sequence_mask")
    if lstm_state_clip_nan or lstm_state_clip_min is not None or lstm_state_clip_max is not None:
        raise ArgumentError("rnn: MXNet's CPU operator does not clip cell states")
    _check(data, state, state_cell, mode, state_size, num_layers, p)
    if projection_size and mode != "lstm":
        raise ArgumentError("rnn: projection_size belongs to mode 'lstm'")
    width, directions = projection_size or state_size, 2 if bidirectional else 1
    for given, units, name in ((state, width, "state"), (state_cell, state_size, "state_cell")):
        wanted = (num_layers * directions, data.shape[1], units)
        if given is not None and given.shape != wanted:
            raise ShapeError(f"rnn: {name} of shape {given.shape} where {wanted} is needed")
    matrices, biases = _shapes(GATES[mode], data.shape[2], state_size, width, num_layers, directions)
    if projection_size == state_size:
        raise ArgumentError("rnn: projection_size is less than state_size")
    pieces = _cut(parameters, matrices + biases)
    weights, biases = iter(pieces[:len(matrices)]), iter(pieces[len(matrices):])
    x, states, cells = data, [], []
    for layer in range(num_layers):
        x = x if layer == 0 else _dropped(x, p)
        sides = []
        for side in range(directions):
            at = layer * directions + side
            w_i, w_h, w_r = next(weights), next(weights), next(weights) if projection_size else None
            y, last, cell = _layer(flip(x, 0) if side else x, state[at],
                                   None if state_cell is None else state_cell[at],
                                   mode, w_i, w_h, next(biases), next(biases), w_r)
            sides.append(flip(y, 0) if side else y)
            states.append(last)
            cells.append(cell)
        x = sides[0] if directions == 1 else concatenate(sides, 2)
    x = into(out, x)
    if not state_outputs:
        return x
    return [x, stack(states, 0), stack(cells, 0)] if mode == "lstm" else [x, stack(states, 0)]
