"""Chapters of textbooks, in nd: each computes or trains a model from first principles."""
# ruff: noqa

# %% nd linreg_nd
result = []
num_inputs = 2
num_examples = 20
true_w = [2, -3.4]
true_b = 4.2
features = nd.arange(40).reshape((20, 2)) / 40 - 0.5
labels = true_w[0] * features[:, 0] + true_w[1] * features[:, 1] + true_b
result.append(features[0].copy())
result.append(labels[0].copy())
def data_iter(batch_size, features, labels):
    n = len(features)
    idx = list(range(n))
    for i in range(0, n, batch_size):
        j = nd.array(idx[i: min(i + batch_size, n)])
        yield features.take(j), labels.take(j)
for X, y in data_iter(10, features, labels):
    result.append([X, y])
    break
w = nd.ones(shape=(num_inputs, 1)) * 0.01
b = nd.zeros(shape=(1,))
w.attach_grad()
b.attach_grad()
def linreg(X, w, b): return nd.dot(X, w) + b
def squared_loss(y_hat, y): return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
def sgd(params, lr, bs):
    for p in params: p[:] = p - lr * p.grad / bs
for epoch in range(3):
    for X, y in data_iter(10, features, labels):
        with autograd.record():
            l = squared_loss(linreg(X, w, b), y)
        l.backward()
        sgd([w, b], 0.03, 10)
    train_l = squared_loss(linreg(features, w, b), labels)
    print('epoch %d, loss %f' % (epoch + 1, train_l.mean().asnumpy()))
result.append(true_w)
result.append(w.copy())
result.append(true_b)
result.append(b.copy())
loss_sum = 0
for _ in range(2): loss_sum += nd.sum(train_l).asscalar()
result.append(loss_sum)
result.append(mx.nd.mean(train_l).asscalar())

# %% nd mlp
result = []
X = nd.arange(12).reshape((3, 4)) / 12
y = nd.array([0, 1, 2])
W1 = nd.ones((4, 5)) * 0.1
b1 = nd.zeros(5)
W2 = nd.arange(15).reshape((5, 3)) * 0.01
b2 = nd.zeros(3)
params = [W1, b1, W2, b2]
for param in params: param.attach_grad()
def relu(X): return nd.maximum(X, 0)
def net(X):
    X = X.reshape((-1, 4))
    H = relu(nd.dot(X, W1) + b1)
    return nd.dot(H, W2) + b2
def softmax_ce(yhat, y):
    return -nd.pick(nd.log_softmax(yhat), y)
for e in range(3):
    with autograd.record():
        l = softmax_ce(net(X), y).mean()
    l.backward()
    for param in params: param[:] -= 0.5 * param.grad
    print('loss %.4f, acc %.3f' % (l.asscalar(), (net(X).argmax(axis=1) == y).mean().asscalar()))
def evaluate(net, X, y):
    acc_sum, n = 0.0, 0
    y = y.astype('float32')
    acc_sum += (net(X).argmax(axis=1) == y).sum().asscalar()
    n += y.size
    return acc_sum / n
result.append(evaluate(net, X, y))
result.append([p.grad.norm().asscalar() for p in params])
result.append(dropout(X, 0))
result.append(dropout(X, 1))
result.append(dropout(X, 0.5).shape)
result.append(nd.Dropout(X, p=0.5))
with autograd.record(): result.append([nd.Dropout(X, p=0.0)])
with autograd.train_mode(): result.append([nd.Dropout(X, 0.999).shape])
def l2(w): return (w ** 2).sum() / 2
result.append(l2(W1))
n_train, n_test, true_w, true_b = 10, 5, [1.2, -3.4, 5.6], 5
f = nd.arange(15).reshape((15, 1)) / 15
poly = nd.concat(f, nd.power(f, 2), nd.power(f, 3))
labels = true_w[0] * poly[:, 0] + true_w[1] * poly[:, 1] + true_w[2] * poly[:, 2] + true_b
result.append(f[:2].copy())
result.append(poly[:2].copy())
result.append(labels[:2].copy())
result.append((poly[:n_train, :], poly[n_train:, :])[1].shape)
M = nd.array([[2, 1], [1, 0.5]])
for i in range(10): M = nd.dot(M, nd.array([[1.1, 0.2], [0.3, 0.9]]))
result.append(M.copy())
x = nd.arange(-8.0, 8.0, 4)
x.attach_grad()
with autograd.record(): y = x.sigmoid()
y.backward()
result.append(y.copy())
result.append(x.grad.copy())
with autograd.record(): y = nd.Activation(x, act_type='tanh')
y.backward()
result.append(x.grad.copy())

# %% nd lenet
result = []
W1 = nd.arange(20 * 1 * 3 * 3).reshape((20, 1, 3, 3)) * 0.001 - 0.08
b1 = nd.zeros(20)
W2 = nd.ones((50, 20, 5, 5)) * 0.001
b2 = nd.zeros(50)
W3 = nd.ones((800, 128)) * 0.001
b3 = nd.zeros(128)
W4 = nd.arange(1280).reshape((128, 10)) * 0.0001
b4 = nd.zeros(10)
params = [W1, b1, W2, b2, W3, b3, W4, b4]
for p in params: p.attach_grad()
def net(X, debug=False):
    h1c = nd.Convolution(data=X, weight=W1, bias=b1, kernel=(3, 3), num_filter=20)
    h1a = nd.relu(h1c)
    h1 = nd.Pooling(data=h1a, pool_type='avg', kernel=(2, 2), stride=(2, 2))
    h2c = nd.Convolution(data=h1, weight=W2, bias=b2, kernel=(5, 5), num_filter=50)
    h2 = nd.Pooling(data=nd.Activation(h2c, act_type='relu'), pool_type="max", kernel=(2, 2), stride=(2, 2))
    h2 = nd.flatten(h2)
    h3 = nd.relu(nd.dot(h2, W3) + b3)
    out = nd.dot(h3, W4) + b4
    if debug:
        result.append(['h1', h1.shape]); result.append(['h2', h2.shape]); result.append(['out', out.shape])
    return out
X = nd.arange(2 * 28 * 28).reshape((2, 1, 28, 28)) / 1000
result.append(net(X, True))
Y = nd.one_hot(nd.array([1, 3]), 10)
with autograd.record():
    loss = -nd.sum(Y * nd.log_softmax(net(X)), axis=0, exclude=True)
loss.backward()
result.append(loss.copy())
result.append([round(float(p.grad.norm().asscalar()), 3) for p in params])
result.append(nd.Convolution(data=X, weight=W1, no_bias=True, kernel=(3, 3), num_filter=20, stride=(2, 2), pad=(1, 1), dilate=(2, 2)).shape)
result.append(nd.Convolution(nd.ones((1, 4, 5)), nd.ones((2, 4, 3)), nd.zeros(2), kernel=(3,), num_filter=2))
result.append(nd.Convolution(nd.ones((1, 4, 5)), nd.ones((4, 1, 3)), nd.zeros(4), kernel=(3,), num_filter=4, num_group=4))
result.append(nd.Convolution(nd.ones((1, 2, 3, 3, 3)), nd.ones((1, 2, 2, 2, 2)), no_bias=True, kernel=(2, 2, 2), num_filter=1).shape)
result.append(nd.Pooling(X, kernel=(2, 2)).shape)
result.append(nd.Pooling(X, kernel=(3, 3), stride=(2, 2), pooling_convention='full').shape)
result.append(nd.Pooling(X, global_pool=True, kernel=(1, 1), pool_type='max').shape)
result.append(nd.Pooling(X, kernel=(2, 2), pool_type='avg', count_include_pad=False, pad=(1, 1)).shape)
result.append(nd.Flatten(X).shape)
result.append(nd.Reshape(X, shape=(0, -1)).shape)
result.append(nd.UpSampling(nd.arange(4).reshape((1, 1, 2, 2)), scale=2, sample_type='nearest'))

# %% nd straightdope
result = []
mx.random.seed(1)
data_ctx = mx.cpu()
model_ctx = mx.cpu()
def real_fn(X): return 2 * X[:, 0] - 3.4 * X[:, 1] + 4.2
X = nd.arange(20).reshape((10, 2)) / 10
y = real_fn(X)
result.append([X[0]])
result.append([y[0]])
result.append([2 * X[0, 0] - 3.4 * X[0, 1] + 4.2])
w = nd.ones(shape=(2, 1), ctx=model_ctx) * 0.1
b = nd.zeros(shape=1, ctx=model_ctx)
params = [w, b]
for param in params: param.attach_grad()
def net(X): return mx.nd.dot(X, w) + b
def square_loss(yhat, y): return nd.mean((yhat - y) ** 2)
def SGD(params, lr):
    for param in params: param[:] = param - lr * param.grad
def logistic(z): return 1. / (1. + nd.exp(-z))
def log_loss(output, y):
    yhat = logistic(output)
    return - nd.nansum(y * nd.log(yhat) + (1 - y) * nd.log(1 - yhat))
result.append(log_loss(net(X), (y > 0).reshape((-1, 1))))
def softmax(y_linear):
    exp = nd.exp(y_linear - nd.max(y_linear, axis=1).reshape((-1, 1)))
    norms = nd.sum(exp, axis=1).reshape((-1, 1))
    return exp / norms
result.append(softmax(nd.array([[1, 2, 3], [3, 2, 1]])))
result.append(nd.sum(softmax(nd.ones((2, 3))), axis=1))
def cross_entropy(yhat, y): return - nd.sum(y * nd.log(yhat + 1e-6))
def cross_entropy2(yhat, y): return - nd.nansum(y * nd.log(yhat), axis=0, exclude=True)
result.append(cross_entropy(softmax(nd.array([[1, 2, 3]])), nd.one_hot(nd.array([2]), 3)))
result.append(cross_entropy2(softmax(nd.array([[1, 2, 3]])), nd.one_hot(nd.array([2]), 3)))
def softmax_cross_entropy(yhat_linear, y): return - nd.nansum(y * nd.log_softmax(yhat_linear), axis=0, exclude=True)
result.append(softmax_cross_entropy(nd.array([[1, 2, 3], [1, 1, 1]]), nd.one_hot(nd.array([2, 0]), 3)))
moving_loss = 0
for i in range(3):
    curr_loss = nd.mean(nd.array([i, i + 1])).asscalar()
    moving_loss = (curr_loss if ((i == 0) and True) else .99 * moving_loss + .01 * curr_loss)
acc = (nd.argmax(nd.array([[1, 2], [3, 4]]), axis=1) == nd.array([1, 0]))
result.append(acc.copy())
result.append(acc.mean().asscalar())
result.append(nd.sum(acc))
numerator, denominator = 0., 0.
numerator += nd.sum(acc)
denominator += 2
result.append((numerator / denominator).asscalar())
result.append(numerator / denominator)
def rnn_step(x, h): return nd.tanh(nd.dot(x, nd.ones((2, 2)) * .1) + h)
h = nd.zeros((1, 2))
outs = []
for t in range(3): h = rnn_step(nd.ones((1, 2)) * t, h); outs.append(h)
result.append(nd.concat(*outs, dim=0))
result.append(nd.stack(*outs).shape)
def pure_batch_norm(X, gamma, beta, eps=2e-5):
    if len(X.shape) == 2:
        mean = nd.mean(X, axis=0); variance = nd.mean((X - mean) ** 2, axis=0)
        X_hat = (X - mean) * 1.0 / nd.sqrt(variance + eps)
        out = gamma * X_hat + beta
    elif len(X.shape) == 4:
        N, C, H, W = X.shape
        mean = nd.mean(X, axis=(0, 2, 3)); variance = nd.mean((X - mean.reshape((1, C, 1, 1))) ** 2, axis=(0, 2, 3))
        X_hat = (X - mean.reshape((1, C, 1, 1))) * 1.0 / nd.sqrt(variance.reshape((1, C, 1, 1)) + eps)
        out = gamma.reshape((1, C, 1, 1)) * X_hat + beta.reshape((1, C, 1, 1))
    return out
result.append(pure_batch_norm(nd.array([1, 7, 5, 4, 6, 10], ctx=mx.cpu()).reshape((3, 2)), gamma=nd.array([1, 1]), beta=nd.array([0, 0])))
result.append(pure_batch_norm(nd.arange(12).reshape((1, 3, 2, 2)), nd.ones(3), nd.zeros(3)))
def adam(params, vs, sqrs, lr, t):
    for param, v, sqr in zip(params, vs, sqrs):
        g = param.grad / 5
        v[:] = 0.9 * v + 0.1 * g
        sqr[:] = 0.999 * sqr + 0.001 * nd.square(g)
        v_bias_corr = v / (1. - 0.9 ** t); s_bias_corr = sqr / (1. - 0.999 ** t)
        param[:] = param - lr * v_bias_corr / (nd.sqrt(s_bias_corr) + 1e-8)
vs = [p.zeros_like() for p in params]
sq = [p.zeros_like() for p in params]
adam(params, vs, sq, 0.1, 1)
result.append(params)
result.append(vs)
result.append(sq)
theta = nd.norm(nd.concat(*[p.reshape((-1,)) for p in params], dim=0))
result.append(theta.copy())
def clip_gradient(params, limit):
    norm = nd.array([0.0])
    for p in params: norm += (p.grad ** 2).sum()
    norm = norm.sqrt().asscalar()
    if norm > limit:
        for p in params: p.grad[:] *= limit / norm
    return norm
result.append(clip_gradient(params, 0.1))
result.append([p.grad for p in params])
result.append(z.shape)
x = nd.arange(4).reshape((2, 2))
result.append(x[0, 1:2].copy())
result.append(x[1:2, 1:3].copy())
x[1:2, 1:3] = 5.0
result.append(x.copy())
result.append(nd.sum(x))
result.append(nd.mean(x))
result.append(nd.sum(x) / x.size)
result.append(nd.dot(x, x))
result.append(nd.sum(nd.abs(x)))
result.append(nd.norm(x))
result.append(x.T.copy())
result.append(x.asnumpy()[0, 1])
result.append(x.asnumpy().astype(int).tolist())
result.append(x.asnumpy().dtype)
result.append(nd.concat(x, x, dim=1))
result.append(nd.split(x, 2))
result.append(nd.array(x.asnumpy()))
result.append(nd.array(x.asnumpy().astype('int32')))
result.append((x.asnumpy() > 2).sum())
result.append(list(range(int(x.sum().asscalar())))[:2])
result.append(int(nd.argmax(nd.array([1, 3, 2]), axis=0).asscalar()))
idx = nd.array([0, 2])
emb = nd.arange(6).reshape((3, 2))
result.append(nd.take(emb, idx))
result.append(emb[idx].copy())
result.append(nd.Embedding(idx, emb, 3, 2))
result.append(nd.where(x > 1, x, nd.zeros_like(x)))
result.append(x * (x > 1))
result.append((x == 5).sum().asscalar())
result.append(nd.sum(x == 5).asscalar())
