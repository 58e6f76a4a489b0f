"""Chapters of textbooks, in np: each computes or trains a model from first principles."""
# ruff: noqa

# %% np linreg
result = []
def synthetic(w, b, n):
    X = np.arange(n * 2).reshape(n, 2) / (2 * n) - 0.5
    y = np.dot(X, w) + b
    return X, y.reshape(-1, 1)
true_w = np.array([2, -3.4])
true_b = 4.2
features, labels = synthetic(true_w, true_b, 20)
result.append(['features:', features[0], '\nlabel:', labels[0]])
def data_iter(batch_size, features, labels):
    num_examples = len(features)
    indices = list(range(num_examples))
    for i in range(0, num_examples, batch_size):
        batch_indices = np.array(indices[i: min(i + batch_size, num_examples)])
        yield features[batch_indices], labels[batch_indices]
for X, y in data_iter(5, features, labels):
    result.append([X, '\n', y])
    break
w = np.ones((2, 1)) * 0.01
b = np.zeros(1)
w.attach_grad()
b.attach_grad()
def linreg(X, w, b): return np.dot(X, w) + b
def squared_loss(y_hat, y): return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size
for epoch in range(3):
    for X, y in data_iter(5, features, labels):
        with autograd.record():
            l = squared_loss(linreg(X, w, b), y)
        l.backward()
        sgd([w, b], 0.03, 5)
    train_l = squared_loss(linreg(features, w, b), labels)
    print(f'epoch {epoch + 1}, loss {float(train_l.mean()):f}')
    print('epoch %d, loss %f' % (epoch + 1, train_l.mean().asnumpy()))
print(f'w error: {true_w - w.reshape(true_w.shape)}')
result.append(['b error:', true_b - b])
result.append(true_w.copy())
result.append(w.copy())
result.append(true_b)
result.append(b.copy())

# %% np softmaxreg
result = []
X = np.array([[1, 2, 3], [4, 5, 6]])
result.append(X.sum(axis=0, keepdims=True))
result.append(X.sum(axis=1, keepdims=True))
def softmax(X):
    X_exp = np.exp(X)
    partition = X_exp.sum(axis=1, keepdims=True)
    return X_exp / partition
P = softmax(X / 3)
result.append(P.copy())
result.append(P.sum(axis=1))
y = np.array([0, 2])
y_hat = np.array([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
result.append(y_hat[[0, 1], y].copy())
def cross_entropy(y_hat, y): return - np.log(y_hat[range(len(y_hat)), y])
result.append(cross_entropy(y_hat, y))
def accuracy(y_hat, y):
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    cmp = y_hat.astype(y.dtype) == y
    return float(cmp.astype(y.dtype).sum())
result.append(accuracy(y_hat, y) / len(y))
W = np.full((3, 3), 0.1)
b = np.zeros(3)
for p in (W, b): p.attach_grad()
def net(X): return softmax(np.dot(X.reshape((-1, W.shape[0])), W) + b)
for i in range(3):
    with autograd.record(): l = cross_entropy(net(X), y)
    l.backward()
    for p in (W, b): p[:] = p - 0.1 * p.grad / 2
    result.append([float(l.sum()), accuracy(net(X), y)])
result.append(W.copy())
result.append(b.copy())
result.append(np.eye(3)[y.astype('int32')].copy())
result.append(npx.one_hot(y, 3))
result.append(npx.one_hot(np.array([0, 2], dtype='int32'), 3, on_value=5))
result.append(npx.pick(y_hat, y))
result.append(npx.softmax(X))
result.append(npx.log_softmax(X))
result.append(npx.softmax(X, axis=0))
result.append(npx.softmax(X, temperature=2.0))
result.append(npx.softmax(X, length=np.array([1, 2], dtype='int32'), use_length=True))
result.append(npx.relu(np.array([-1., 1])))
result.append(npx.sigmoid(np.array([0., 1])))
result.append(npx.leaky_relu(np.array([-1., 1]), slope=0.1))
result.append(npx.leaky_relu(np.array([-1., 1]), act_type='elu', slope=1.0))
result.append(npx.activation(np.array([-1., 1]), act_type='softrelu'))
result.append(npx.leaky_relu(np.array([-1., 1]), act_type='gelu'))
result.append(npx.leaky_relu(np.array([-1., 1]), act_type='selu'))
result.append(npx.leaky_relu(np.array([-1., 1]), np.array([0.3]), act_type='prelu'))

# %% np conv
result = []
def corr2d(X, K):
    h, w = K.shape
    Y = np.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i: i + h, j: j + w] * K).sum()
    return Y
X = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8]])
K = np.array([[0, 1], [2, 3]])
result.append(corr2d(X, K))
X = np.ones((6, 8))
X[:, 2:6] = 0
result.append(X.copy())
K = np.array([[1, -1]])
Y = corr2d(X, K)
result.append(Y.copy())
result.append(corr2d(X.T, K))
W = np.array([[[[0.1, -0.2]]]])
W.attach_grad()
X4, Y4 = X.reshape(1, 1, 6, 8), Y.reshape(1, 1, 6, 7)
for i in range(10):
    with autograd.record():
        Y_hat = npx.convolution(X4, W, kernel=(1, 2), num_filter=1, no_bias=True)
        l = (Y_hat - Y4) ** 2
    l.backward()
    W[:] -= 3e-2 * W.grad
    if (i + 1) % 2 == 0: print(f'batch {i+1}, loss {float(l.sum()):.3f}')
result.append(W.copy())
def pool2d(X, pool_size, mode='max'):
    p_h, p_w = pool_size
    Y = np.zeros((X.shape[0] - p_h + 1, X.shape[1] - p_w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            if mode == 'max': Y[i, j] = np.max(X[i: i + p_h, j: j + p_w])
            elif mode == 'avg': Y[i, j] = X[i: i + p_h, j: j + p_w].mean()
    return Y
X = np.arange(9).reshape(3, 3)
result.append(pool2d(X, (2, 2)))
result.append(pool2d(X, (2, 2), 'avg'))
X = np.arange(16).reshape(1, 1, 4, 4)
result.append(npx.pooling(X, kernel=(3, 3), pool_type='max'))
result.append(npx.pooling(X, kernel=(3, 3), stride=(2, 2), pad=(1, 1)))
result.append(npx.pooling(X, kernel=(2, 2), stride=(2, 2), pool_type='avg'))
result.append(npx.pooling(X, global_pool=True, pool_type='avg'))
result.append(npx.pooling(X, kernel=(2, 2), stride=(2, 2), pool_type='sum'))
def corr2d_multi_in(X, K): return sum(corr2d(x, k) for x, k in zip(X, K))
X = np.array([[[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]])
K = np.array([[[0, 1], [2, 3]], [[1, 2], [3, 4]]])
result.append(corr2d_multi_in(X, K))
K3 = np.stack((K, K + 1, K + 2), 0)
result.append(K3.shape)
result.append(np.stack([corr2d_multi_in(X, k) for k in K3], 0))
result.append(npx.convolution(np.expand_dims(X, 0), K3, kernel=(2, 2), num_filter=3, no_bias=True))
result.append(npx.convolution(np.expand_dims(X, 0), K3, np.arange(3), kernel=(2, 2), num_filter=3, pad=(1, 1), stride=(2, 2)))
result.append(npx.deconvolution(np.arange(4).reshape(1, 1, 2, 2), np.arange(4).reshape(1, 1, 2, 2), kernel=(2, 2), num_filter=1, no_bias=True))
result.append(npx.fully_connected(np.arange(6).reshape(2, 3), np.ones((4, 3)), np.arange(4), num_hidden=4))
result.append(npx.fully_connected(np.arange(12).reshape(2, 2, 3), np.ones((4, 3)), num_hidden=4, no_bias=True, flatten=False).shape)
result.append(npx.fully_connected(np.arange(12).reshape(2, 2, 3), np.ones((4, 6)), num_hidden=4, no_bias=True).shape)

# %% np batchnorm
result = []
def batch_norm(X, gamma, beta, moving_mean, moving_var, eps, momentum):
    if not autograd.is_training():
        X_hat = (X - moving_mean) / np.sqrt(moving_var + eps)
    else:
        assert len(X.shape) in (2, 4)
        if len(X.shape) == 2:
            mean = X.mean(axis=0)
            var = ((X - mean) ** 2).mean(axis=0)
        else:
            mean = X.mean(axis=(0, 2, 3), keepdims=True)
            var = ((X - mean) ** 2).mean(axis=(0, 2, 3), keepdims=True)
        X_hat = (X - mean) / np.sqrt(var + eps)
        moving_mean = momentum * moving_mean + (1.0 - momentum) * mean
        moving_var = momentum * moving_var + (1.0 - momentum) * var
    Y = gamma * X_hat + beta
    return Y, moving_mean, moving_var
X = np.arange(12).reshape(3, 4)
g = np.ones(4)
b = np.zeros(4)
g.attach_grad()
b.attach_grad()
mm, mv = np.zeros(4), np.ones(4)
with autograd.record():
    Y, mm, mv = batch_norm(X, g, b, mm, mv, 1e-5, 0.9)
    l = (Y * np.arange(4)).sum()
l.backward()
result.append(Y.copy())
result.append(mm.copy())
result.append(mv.copy())
result.append(g.grad.copy())
result.append(b.grad.copy())
result.append(batch_norm(X, g, b, mm, mv, 1e-5, 0.9)[0].copy())
X = np.arange(24).reshape(2, 3, 2, 2)
g, b = np.ones(3), np.zeros(3)
rm, rv = np.zeros(3), np.ones(3)
g.attach_grad()
b.attach_grad()
X.attach_grad()
with autograd.record(): Y = npx.batch_norm(X, g, b, rm, rv, eps=1e-5, momentum=0.9, fix_gamma=False)
result.append(Y.copy())
result.append(rm.copy())
result.append(rv.copy())
Y.backward(np.arange(24).reshape(2, 3, 2, 2))
result.append(g.grad.copy())
result.append(b.grad.copy())
result.append(rm.copy())
result.append(rv.copy())
result.append(npx.batch_norm(X, g, b, rm, rv, fix_gamma=False, use_global_stats=True)[0, 0].copy())
result.append(npx.layer_norm(np.arange(6).reshape(2, 3), np.ones(3), np.zeros(3), axis=-1, eps=1e-5))

# %% np rnn
result = []
T, B, V, H = 3, 2, 5, 4
X = np.arange(10).reshape((2, 5))
result.append(npx.one_hot(np.array([0, 2]), 5))
X = npx.one_hot(np.array([[0, 1, 2], [3, 4, 0]]).T, V)
result.append(X.shape)
def mk(*s): return np.arange(int(onp.prod(s))).reshape(s) * 0.01 - 0.05
W_xh, W_hh, b_h, W_hq, b_q = mk(V, H), mk(H, H), np.zeros(H), mk(H, V), np.zeros(V)
params = [W_xh, W_hh, b_h, W_hq, b_q]
for p in params: p.attach_grad()
def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outputs = []
    for X in inputs:
        H = np.tanh(np.dot(X, W_xh) + np.dot(H, W_hh) + b_h)
        Y = np.dot(H, W_hq) + b_q
        outputs.append(Y)
    return np.concatenate(outputs, axis=0), (H,)
def grad_clipping(params, theta):
    norm = math.sqrt(sum((p.grad ** 2).sum() for p in params))
    if norm > theta:
        for p in params: p.grad[:] *= theta / norm
    return norm
state = (np.zeros((B, H)),)
Y = np.array([[1, 2, 3], [4, 0, 1]])
for e in range(2):
    for s in state: s.detach()
    with autograd.record():
        y_hat, state = rnn(X, state, params)
        l = -npx.pick(npx.log_softmax(y_hat), Y.T.reshape(-1)).mean()
    l.backward()
    n = grad_clipping(params, 0.1)
    for p in params: p[:] = p - 1.0 * p.grad
    state = tuple(s.detach() for s in state)
    print(f'perplexity {math.exp(l):.4f}', '%.4f' % n)
result.append(W_hq.copy())
result.append(state)
result.append(math.exp(l))
result.append(math.exp(float(l)))
result.append(np.exp(l))
result.append(y_hat.argmax(axis=1))
result.append(int(y_hat.argmax(axis=1).reshape(-1)[0]))
result.append(int(y_hat[0].argmax(axis=0)))
def lstm(inputs, state, P):
    (H, C) = state
    outs = []
    for X in inputs:
        I = npx.sigmoid(np.dot(X, P[0]) + np.dot(H, P[1]))
        F = npx.sigmoid(np.dot(X, P[0]) + np.dot(H, P[1]) + 1)
        O = npx.sigmoid(np.dot(X, P[0]) - np.dot(H, P[1]))
        C_t = np.tanh(np.dot(X, P[0]) + np.dot(H, P[1]))
        C = F * C + I * C_t
        H = O * np.tanh(C)
        outs.append(H)
    return np.stack(outs), (H, C)
P = [mk(V, H), mk(H, H)]
for p in P: p.attach_grad()
with autograd.record():
    o, (h, c) = lstm(X, (np.zeros((B, H)), np.zeros((B, H))), P)
    l = (o ** 2).sum()
l.backward()
result.append(o.shape)
result.append(h.copy())
result.append(c.copy())
result.append(P[1].grad.copy())
def gru(inputs, H, P):
    for X in inputs:
        Z = npx.sigmoid((X @ P[0]) + (H @ P[1]))
        R = npx.sigmoid(X @ P[0] - H @ P[1])
        Ht = np.tanh(X @ P[0] + ((R * H) @ P[1]))
        H = Z * H + (1 - Z) * Ht
    return H
with autograd.record(): l = gru(X, np.zeros((B, H)), P).sum()
l.backward()
result.append(l.copy())
result.append(P[0].grad.copy())

# %% np attention
result = []
def masked_softmax(X, valid_lens):
    if valid_lens is None: return npx.softmax(X)
    shape = X.shape
    if valid_lens.ndim == 1: valid_lens = valid_lens.repeat(shape[1])
    else: valid_lens = valid_lens.reshape(-1)
    X = npx.sequence_mask(X.reshape(-1, shape[-1]), valid_lens, True, value=-1e6, axis=1)
    return npx.softmax(X).reshape(shape)
result.append(masked_softmax(np.arange(16).reshape(2, 2, 4) / 16, np.array([2, 3])))
result.append(masked_softmax(np.arange(16).reshape(2, 2, 4) / 16, np.array([[1, 3], [2, 4]])))
Q, K, V = np.ones((2, 1, 2)), np.ones((2, 10, 2)), np.arange(40).reshape(1, 10, 4).repeat(2, axis=0)
scores = npx.batch_dot(Q, K, transpose_b=True) / math.sqrt(Q.shape[-1])
w = masked_softmax(scores, np.array([2, 6]))
result.append(w.copy())
result.append(npx.batch_dot(w, V))
X = np.arange(24).reshape(2, 3, 4)
result.append(X.reshape(X.shape[0], X.shape[1], 2, -1).transpose(0, 2, 1, 3).reshape(-1, 3, 2))
P = np.zeros((1, 6, 4))
Xp = np.arange(0, 6).reshape(-1, 1) / np.power(10000, np.arange(0, 4, 2) / 4)
P[:, :, 0::2] = np.sin(Xp)
P[:, :, 1::2] = np.cos(Xp)
result.append(P.copy())
for i in range(8): print(f'{i} in binary is {i:>03b}')
result.append(np.expand_dims(np.array([1, 2]), axis=1) * np.ones((1, 3)))
result.append(np.tile(np.arange(1, 4), (2, 1)))
result.append(np.repeat(np.array([3, 2]), 3))
result.append(np.expand_dims(Q, axis=2).shape)
result.append(np.arange(1, 5).reshape(1, -1) < np.array([[2], [3]]))
result.append(npx.sequence_mask(np.array([[1, 2, 3], [4, 5, 6]]), np.array([1, 2]), True, axis=1))
result.append(npx.sequence_mask(np.ones((2, 3, 4)), np.array([1, 2]), True, value=-1, axis=1))
result.append(npx.batch_dot(np.ones((2, 1, 4)), np.ones((2, 4, 6))).shape)
result.append(npx.embedding(np.array([1, 2]), np.arange(12).reshape(4, 3), input_dim=4, output_dim=3))
result.append(npx.embedding(np.array([[1], [2]]), np.arange(12).reshape(4, 3), 4, 3).shape)
n_train = 5
x_train = np.sort(np.array([0.3, 4.2, 1.1, 2.2, 3.3]))
y_train = 2 * np.sin(x_train) + x_train ** 0.8
x_test = np.arange(0, 5, 1.0)
X_repeat = x_test.repeat(n_train).reshape((-1, n_train))
aw = npx.softmax(-(X_repeat - x_train) ** 2 / 2)
result.append(np.dot(aw, y_train))

# %% np optim
result = []
def train(trainer, states, hp):
    w, b = np.array([[1.0], [2.0]]), np.zeros(1); w.attach_grad(); b.attach_grad()
    X = np.arange(10).reshape(5, 2) / 10; y = np.arange(5) / 5
    for t in range(4):
        with autograd.record():
            l = ((np.dot(X, w) + b - y.reshape(-1, 1)) ** 2 / 2).mean()
        l.backward()
        trainer([w, b], states, hp)
    return l.item(), w, b
def sgd(params, states, hp):
    for p in params: p[:] -= hp['lr'] * p.grad
def zeros2(): return (np.zeros((2, 1)), np.zeros(1))
def momentum(params, states, hp):
    for p, v in zip(params, states):
        v[:] = hp['momentum'] * v + p.grad
        p[:] -= hp['lr'] * v
def adagrad(params, states, hp):
    for p, s in zip(params, states):
        s[:] += np.square(p.grad)
        p[:] -= hp['lr'] * p.grad / np.sqrt(s + 1e-6)
def rmsprop(params, states, hp):
    for p, s in zip(params, states):
        s[:] = hp['gamma'] * s + (1 - hp['gamma']) * np.square(p.grad)
        p[:] -= hp['lr'] * p.grad / np.sqrt(s + 1e-6)
def adadelta(params, states, hp):
    rho, eps = hp['rho'], 1e-5
    for p, (s, delta) in zip(params, states):
        s[:] = rho * s + (1 - rho) * np.square(p.grad)
        g = (np.sqrt(delta + eps) / np.sqrt(s + eps)) * p.grad
        p[:] -= g
        delta[:] = rho * delta + (1 - rho) * g * g
def adam(params, states, hp):
    b1, b2, eps = 0.9, 0.999, 1e-6
    for p, (v, s) in zip(params, states):
        v[:] = b1 * v + (1 - b1) * p.grad
        s[:] = b2 * s + (1 - b2) * np.square(p.grad)
        vh = v / (1 - b1 ** hp['t']); sh = s / (1 - b2 ** hp['t'])
        p[:] -= hp['lr'] * vh / (np.sqrt(sh) + eps)
    hp['t'] += 1
result.append(train(sgd, None, {'lr': 0.1}))
result.append(train(momentum, zeros2(), {'lr': 0.1, 'momentum': 0.9}))
result.append(train(adagrad, zeros2(), {'lr': 0.1}))
result.append(train(rmsprop, zeros2(), {'lr': 0.01, 'gamma': 0.9}))
result.append(train(adadelta, list(zip(zeros2(), zeros2())), {'rho': 0.9}))
result.append(train(adam, list(zip(zeros2(), zeros2())), {'lr': 0.01, 't': 1}))
def f(x): return x ** 2
def gd(eta):
    x = 10.0; results = [x]
    for i in range(10): x -= eta * 2 * x; results.append(float(x))
    return results
result.append(['epoch 10, x:', gd(0.2)[-1]])
c = np.array(0.5)
result.append(np.cosh(c * 2))
result.append(c * np.sinh(c * 1))
def f_2d(x1, x2): return x1 ** 2 + 2 * x2 ** 2
x1, x2 = np.meshgrid(np.arange(-1, 1, 0.5), np.arange(-1, 1, 0.5))
result.append(f_2d(x1, x2))
result.append(list(zip(*[(1, 2), (3, 4)])))
result.append(np.arange(-2, 2, 1.0).asnumpy().tolist())
A = np.array([[1.0, 0.1, -0.1], [-0.1, 0, 0.2]])
result.append(np.linalg.norm(A, axis=1))
result.append(A.sum(axis=1) / np.abs(A).sum())
