"""nd.RNN in all modes: values, last states, gradients of data, parameters and states, refusals."""
# ruff: noqa

# %% nd rnn.*
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 8).reshape(shape)
def size(gates, inputs, units, layers, directions, projected=None):
    back = projected or units
    total = 0
    for layer in range(layers):
        width = inputs if layer == 0 else back * directions
        total += directions * (gates * units * (width + back + 2) + (back * units if projected else 0))
    return total
def run(mode, layers=1, directions=1, time=3, batch=2, inputs=2, units=2, grads=True, **options):
    gates = {"rnn_relu": 1, "rnn_tanh": 1, "lstm": 4, "gru": 3}[mode]
    x, w = data(time, batch, inputs), data(size(gates, inputs, units, layers, directions, options.get("projection_size")), step=5, mod=13)
    h, c = data(layers * directions, batch, options.get("projection_size") or units, step=3), data(layers * directions, batch, units, step=4)
    cells = [c] if mode == "lstm" else []
    arrays = [x, w, h] + cells
    for a in arrays:
        a.attach_grad()
    with autograd.record():
        y = nd.RNN(x, w, h, *cells, state_size=units, num_layers=layers, mode=mode, bidirectional=directions == 2, **options)
        parts = y if isinstance(y, list) else [y]
        heads = [(nd.arange(p.size) % 5 - 1).reshape(p.shape) for p in parts]
        total = sum((p * g).sum() for p, g in zip(parts, heads))
    total.backward()
    return [y] + ([a.grad for a in arrays] if grads else [])
def simple(**options):
    return nd.RNN(data(3, 2, 2), data(12), data(1, 2, 2), **dict(dict(state_size=2, num_layers=1, mode="rnn_tanh"), **options))

tanh = run("rnn_tanh")
relu = run("rnn_relu")
gru = run("gru")
lstm = run("lstm")
tanh_states = run("rnn_tanh", state_outputs=True)
relu_states = run("rnn_relu", state_outputs=True)
gru_states = run("gru", state_outputs=True)
lstm_states = run("lstm", state_outputs=True)
tanh_two_layers = run("rnn_tanh", layers=2, state_outputs=True)
gru_two_layers = run("gru", layers=2, state_outputs=True)
lstm_two_layers = run("lstm", layers=2, state_outputs=True)
tanh_bidirectional = run("rnn_tanh", directions=2, state_outputs=True)
gru_bidirectional = run("gru", directions=2, state_outputs=True)
lstm_bidirectional = run("lstm", directions=2, state_outputs=True)
relu_bidirectional = run("rnn_relu", directions=2, state_outputs=True)
lstm_two_layers_bidirectional = run("lstm", layers=2, directions=2, inputs=3, state_outputs=True)
gru_two_layers_bidirectional = run("gru", layers=2, directions=2, inputs=3, state_outputs=True)
tanh_three_layers = run("rnn_tanh", layers=3, grads=False)
lstm_wider_state = run("lstm", units=3, inputs=1, grads=False, state_outputs=True)
one_step = run("lstm", time=1, batch=1)
lstm_projection = nd.RNN(data(3, 2, 2), data(size(4, 2, 3, 1, 1, 2), step=5), data(1, 2, 2), data(1, 2, 3), state_size=3, num_layers=1, mode="lstm", projection_size=2, state_outputs=True)
# differs: rule 4, projected states can be trained on the CPU too
# expect: result[0].shape == (3, 2, 2) and float(result[2].norm().asscalar()) > 0.1
lstm_projection_training = run("lstm", units=3, projection_size=2)
dropout_when_predicting = (lambda w, h: nd.RNN(data(3, 2, 2), w, h, state_size=2, num_layers=2, mode="rnn_tanh", p=0.9))(data(24), data(2, 2, 2))
dropout_of_one_layer = run("rnn_tanh", p=0.5)
keywords = nd.RNN(data=data(3, 2, 2), parameters=data(12), state=data(1, 2, 2), state_size=2, num_layers=1, mode="rnn_relu")
float64 = nd.RNN(data(3, 2, 2).astype("float64"), data(12).astype("float64"), data(1, 2, 2).astype("float64"), state_size=2, num_layers=1, mode="rnn_tanh")
parameters_too_few = nd.RNN(data(3, 2, 2), data(11), data(1, 2, 2), state_size=2, num_layers=1, mode="rnn_tanh")
state_wrong = nd.RNN(data(3, 2, 2), data(12), data(1, 3, 2), state_size=2, num_layers=1, mode="rnn_tanh")
cell_missing = nd.RNN(data(3, 2, 2), data(48), data(1, 2, 2), state_size=2, num_layers=1, mode="lstm")
mode_missing = simple(mode=None)
mode_unknown = simple(mode="lru")
layers_missing = simple(num_layers=None)
size_missing = simple(state_size=None)
data_of_two_axes = nd.RNN(data(3, 2), data(12), data(1, 2, 2), state_size=2, num_layers=1, mode="rnn_tanh")
