"""nd: whole programs: networks, their gradients and a few steps of training."""
# ruff: noqa

# %% nd logistic_regression
x = nd.array([[0.5, 1.0], [1.5, -0.5], [-1.0, 0.25], [-0.5, -1.5]])
label = nd.array([1.0, 1.0, 0.0, 0.0])
w, b = nd.array([[0.1, -0.2]]), nd.array([0.05])
losses = []
for a in (w, b):
    a.attach_grad()
for step in range(5):
    with autograd.record():
        p = nd.sigmoid(nd.FullyConnected(x, w, b, num_hidden=1)).reshape((-1,))
        loss = -(label * nd.log(p) + (1 - label) * nd.log(1 - p)).mean()
    loss.backward()
    for a in (w, b):
        a -= 0.5 * a.grad
    losses.append(loss.asscalar())
result = [nd.array(losses), w, b]

# %% nd two_layers
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 8).reshape(shape)
x, label = data(4, 3), nd.array([0, 2, 1, 2])
params = [data(5, 3, step=3), data(5, step=2), data(3, 5, step=5), data(3, step=4)]
for p in params:
    p.attach_grad()
losses = []
for step in range(3):
    with autograd.record():
        h = nd.relu(nd.FullyConnected(x, params[0], params[1], num_hidden=5))
        y = nd.FullyConnected(h, params[2], params[3], num_hidden=3)
        loss = -nd.pick(nd.log_softmax(y), label).mean()
    loss.backward()
    for p in params:
        p[:] = p - 0.25 * p.grad
    losses.append(float(loss.asscalar()))
result = [nd.array(losses)] + params

# %% nd softmax_output_training
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 8).reshape(shape)
x, label, w, b = data(4, 3), nd.array([0, 2, 1, 2]), data(3, 3, step=3), data(3, step=2)
for p in (w, b):
    p.attach_grad()
for step in range(3):
    with autograd.record():
        y = nd.SoftmaxOutput(nd.FullyConnected(x, w, b, num_hidden=3), label, normalization="batch")
    y.backward()
    w -= w.grad
    b -= b.grad
result = [y, w, b, nd.argmax(y, axis=1)]

# %% nd small_convolutional_network
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 8).reshape(shape)
x = data(2, 1, 8, 8)
params = [data(2, 1, 3, 3, step=3), data(2, step=2), data(3, 2, 2, 2, step=5), data(3, step=4), data(4, 3, step=3), data(4, step=5)]
for p in params:
    p.attach_grad()
with autograd.record():
    h = nd.Pooling(nd.Activation(nd.Convolution(x, params[0], params[1], kernel=(3, 3), num_filter=2), act_type="tanh"), pool_type="max", kernel=(2, 2), stride=(2, 2))
    h = nd.Pooling(nd.relu(nd.Convolution(h, params[2], params[3], kernel=(2, 2), num_filter=3)), global_pool=True, pool_type="avg")
    y = nd.FullyConnected(nd.flatten(h), params[4], params[5], num_hidden=4)
    loss = nd.softmax_cross_entropy(y, nd.array([1, 3]))
loss.backward()
result = [y, loss] + [p.grad for p in params]

# %% nd batch_norm_network_training
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 8).reshape(shape)
x, w, gamma, beta, mean, var = data(4, 1, 4), data(2, 1, 3, step=3), nd.ones(2), nd.zeros(2), nd.zeros(2), nd.ones(2)
for p in (w, gamma, beta):
    p.attach_grad()
for step in range(2):
    with autograd.record():
        y = nd.BatchNorm(nd.Convolution(x, w, kernel=(3,), num_filter=2, no_bias=True), gamma, beta, mean, var, fix_gamma=False, momentum=0.8)
        loss = (y * y * nd.array([[[1.0, 2.0]]])).sum()
    loss.backward()
    for p in (w, gamma, beta):
        p -= 0.01 * p.grad
result = [loss, w, gamma, beta, mean, var, nd.BatchNorm(nd.Convolution(x, w, kernel=(3,), num_filter=2, no_bias=True), gamma, beta, mean, var, fix_gamma=False)]

# %% nd lstm_by_hand
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 8).reshape(shape)
x, wx, wh, b = data(3, 2, 2), data(8, 2, step=3), data(8, 2, step=5), data(8, step=2)
for p in (wx, wh, b):
    p.attach_grad()
with autograd.record():
    h, c = nd.zeros((2, 2)), nd.zeros((2, 2))
    for t in range(3):
        gates = nd.FullyConnected(x[t], wx, b, num_hidden=8) + nd.FullyConnected(h, wh, num_hidden=8, no_bias=True)
        i, f, g, o = nd.split(gates, num_outputs=4, axis=1)
        c = nd.sigmoid(f) * c + nd.sigmoid(i) * nd.tanh(g)
        h = nd.sigmoid(o) * nd.tanh(c)
    loss = (h * h).sum()
loss.backward()
result = [h, c, loss, wx.grad, wh.grad, b.grad]

# %% nd rnn_by_hand_with_clipping
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 4).reshape(shape)
x, w, u = data(4, 2, 3), data(2, 3, step=3), data(2, 2, step=5)
params = [w, u]
for p in params:
    p.attach_grad()
with autograd.record():
    h = nd.zeros((2, 2))
    outputs = []
    for t in range(4):
        h = nd.tanh(nd.dot(x[t], w.T) + nd.dot(h, u))
        outputs.append(h)
    y = nd.concat(*outputs, dim=0)
    loss = nd.abs(y - 0.5).sum()
loss.backward()
norm = sum((p.grad ** 2).sum() for p in params).sqrt()
clipped = [p.grad * nd.minimum(1.0, 0.5 / norm) for p in params]
result = [y, loss, norm] + clipped

# %% nd attention
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 4).reshape(shape)
q, k, v = data(2, 3, 4), data(2, 3, 4, step=3), data(2, 3, 4, step=5)
for a in (q, k, v):
    a.attach_grad()
with autograd.record():
    scores = nd.batch_dot(q, k, transpose_b=True) / 2
    weights = nd.softmax(scores, nd.array([[3, 2, 1], [1, 3, 2]], dtype="int32"), use_length=True)
    y = nd.batch_dot(weights, v)
    loss = (y * y).mean()
loss.backward()
result = [weights, y, loss, q.grad, k.grad, v.grad]

# %% nd transformer_block
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 8).reshape(shape)
x, wq, w1, w2, g, b = data(2, 3, 4), data(12, 4, step=3), data(8, 4, step=5), data(4, 8, step=2), nd.ones(4), nd.zeros(4)
for a in (x, wq, w1, w2, g, b):
    a.attach_grad()
with autograd.record():
    h = nd.LayerNorm(x, g, b)
    q, k, v = nd.split(nd.FullyConnected(h, wq, num_hidden=12, no_bias=True, flatten=False), num_outputs=3, axis=2)
    def heads(a):
        return a.reshape((0, 0, 2, -1)).transpose((0, 2, 1, 3)).reshape((-1, 0, 0), reverse=True)
    p = nd.softmax(nd.batch_dot(heads(q), heads(k), transpose_b=True) / 2 ** 0.5)
    a = nd.batch_dot(p, heads(v)).reshape((-1, 2, 0, 0), reverse=True).transpose((0, 2, 1, 3)).reshape((0, 0, -1))
    x2 = x + a
    y = x2 + nd.FullyConnected(nd.LeakyReLU(nd.FullyConnected(nd.LayerNorm(x2, g, b), w1, num_hidden=8, no_bias=True, flatten=False), act_type="gelu"), w2, num_hidden=4, no_bias=True, flatten=False)
    loss = (y * nd.arange(4).reshape((1, 1, 4))).sum()
loss.backward()
result = [y, loss, x.grad, wq.grad, w1.grad, w2.grad, g.grad, b.grad]

# %% nd embedding_bag
w = nd.arange(10).reshape((5, 2)) / 4
w.attach_grad()
with autograd.record():
    e = nd.Embedding(nd.array([[0, 2, 2], [4, 1, 0]]), w, input_dim=5, output_dim=2)
    m = nd.SequenceMask(e.swapaxes(0, 1), nd.array([2, 3]), use_sequence_length=True)
    y = m.sum(axis=0) / nd.array([[2.0], [3.0]])
    loss = nd.smooth_l1(y - 1, scalar=1.0).sum()
loss.backward()
result = [y, loss, w.grad]

# %% nd ctc_training
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 8).reshape(shape)
x, w = data(5, 2, 3), data(4, 3, step=3)
w.attach_grad()
losses = []
for step in range(2):
    with autograd.record():
        y = nd.FullyConnected(x, w, num_hidden=4, no_bias=True, flatten=False)
        loss = nd.CTCLoss(y, nd.array([[1, 2], [3, 0]])).mean()
    loss.backward()
    w -= 0.5 * w.grad
    losses.append(loss)
result = losses + [w]

# %% nd momentum_and_adam_by_hand
w, target = nd.array([1.0, -2.0, 3.0]), nd.array([0.5, 0.5, 0.5])
w.attach_grad()
velocity, m, v = nd.zeros(3), nd.zeros(3), nd.zeros(3)
for step in range(1, 4):
    with autograd.record():
        loss = ((w - target) ** 2).sum()
    loss.backward()
    velocity = 0.9 * velocity + w.grad
    m, v = 0.9 * m + 0.1 * w.grad, 0.999 * v + 0.001 * w.grad ** 2
    w[:] = w - 0.01 * velocity - 0.1 * (m / (1 - 0.9 ** step)) / (nd.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
result = [w, velocity, m, v, loss]

# %% nd gradients_added_over_batches
w = nd.array([[1.0, 2.0]])
w.attach_grad(grad_req="add")
for part in (nd.array([[1.0, 0.5]]), nd.array([[2.0, -1.0]]), nd.array([[0.0, 3.0]])):
    with autograd.record():
        loss = (nd.dot(part, w.T) ** 2).sum()
    loss.backward()
total = w.grad.copy()
w.grad[:] = 0
result = [total, w.grad]

# %% nd triplet_and_cosine
a, p, n = nd.array([[1.0, 2.0, 0.5]]), nd.array([[0.5, 1.5, 1.0]]), nd.array([[-1.0, 0.25, 2.0]])
a.attach_grad()
with autograd.record():
    distance = lambda x, y: nd.sqrt(nd.square(x - y).sum(axis=1))
    triplet = nd.maximum(distance(a, p) - distance(a, n) + 2, 0)
    cosine = (a * p).sum(axis=1) / (a.norm(axis=1) * p.norm(axis=1))
    loss = triplet.sum() + (1 - cosine).sum()
loss.backward()
result = [triplet, cosine, loss, a.grad]

# %% nd gaussian_process
k = nd.array([[2.0, 0.5, 0.2], [0.5, 1.5, 0.3], [0.2, 0.3, 1.0]])
y = nd.array([[1.0], [-0.5], [2.0]])
k.attach_grad()
with autograd.record():
    l = nd.linalg.potrf(k)
    alpha = nd.linalg.trsm(l, y)
    likelihood = -0.5 * (alpha ** 2).sum() - nd.linalg.sumlogdiag(l)
likelihood.backward()
result = [l, alpha, likelihood, k.grad]

# %% nd style_gram_matrix
f = (nd.arange(24) % 7 - 3).reshape((1, 2, 3, 4)) / 4
f.attach_grad()
with autograd.record():
    flat = f.reshape((0, 0, -1))
    gram = nd.batch_dot(flat, flat, transpose_b=True) / 24
    variation = (f[:, :, 1:] - f[:, :, :-1]).abs().mean() + (f[:, :, :, 1:] - f[:, :, :, :-1]).abs().mean()
    loss = (gram ** 2).sum() + 0.1 * variation
loss.backward()
result = [gram, variation, loss, f.grad]

# %% nd focal_loss_with_top_k
x, label = nd.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0], [2.0, 2.5, 1.0]]), nd.array([1, 2, 0])
x.attach_grad()
with autograd.record():
    p = nd.softmax(x)
    pt = nd.pick(p, label)
    each = -((1 - pt) ** 2) * nd.log(pt)
    hard = nd.topk(each, k=2, ret_typ="value")
    loss = hard.mean()
loss.backward()
result = [each, hard, loss, x.grad]

# %% nd variational_bound
mu, logvar, eps = nd.array([[0.5, -0.25]]), nd.array([[0.1, -0.3]]), nd.array([[0.7, -1.2]])
for a in (mu, logvar):
    a.attach_grad()
with autograd.record():
    z = mu + nd.exp(0.5 * logvar) * eps
    divergence = -0.5 * nd.sum(1 + logvar - mu ** 2 - nd.exp(logvar), axis=1)
    loss = (nd.square(z - 1).sum(axis=1) + divergence).mean()
loss.backward()
result = [z, divergence, loss, mu.grad, logvar.grad]
