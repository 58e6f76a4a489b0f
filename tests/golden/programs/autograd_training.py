"""Models from scratch: the training loops that books write, on small data of our own."""
# ruff: noqa

# %% np linear_regression
def batches(features, labels, size):
    for start in range(0, len(features), size):
        yield features[start:start + size], labels[start:start + size]
rng = onp.random.RandomState(1)
features = np.array(rng.normal(size=(60, 2)).astype("float32"))
labels = np.dot(features, np.array([2.0, -3.4])) + 4.2
w, b = np.zeros((2, 1)), np.zeros(1)
w.attach_grad()
b.attach_grad()
for epoch in range(5):
    for X, y in batches(features, labels, 10):
        with autograd.record():
            error = np.dot(X, w) + b - y.reshape(-1, 1)
            loss = error ** 2 / 2
        loss.backward()
        for p in (w, b):
            p[:] = p - 0.2 * p.grad / len(X)
    loss = (np.dot(features, w) + b - labels.reshape(-1, 1)) ** 2 / 2
    print(f"epoch {epoch + 1}, loss {float(loss.mean()):.4f}")
result = (w, b)

# %% nd linear_regression_legacy
rng = onp.random.RandomState(2)
features = nd.array(rng.normal(size=(40, 3)))
labels = nd.dot(features, nd.array([[1.0], [-2.0], [0.5]])) + 0.25
w, b = nd.zeros((3, 1)), nd.zeros((1,))
for p in (w, b):
    p.attach_grad()
for epoch in range(4):
    for start in range(0, 40, 8):
        X, y = features[start:start + 8], labels[start:start + 8]
        with autograd.record():
            loss = ((nd.dot(X, w) + b - y) ** 2 / 2).sum()
        loss.backward()
        for p in (w, b):
            p[:] = p - 0.25 / 8 * p.grad
    loss = ((nd.dot(features, w) + b - labels) ** 2 / 2).mean().asscalar()
    print("epoch %d, loss %.4f" % (epoch + 1, loss))
result = [w, b]

# %% np softmax_regression
def softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
rng = onp.random.RandomState(3)
y = np.array(rng.randint(0, 3, size=30))
X = np.array(rng.normal(size=(30, 4)).astype("float32")) + npx.one_hot(y, 4) * 2
W, b = np.zeros((4, 3)), np.zeros(3)
W.attach_grad()
b.attach_grad()
for step in range(20):
    with autograd.record():
        p = softmax(np.dot(X, W) + b)
        loss = -np.log(p[np.arange(30).astype("int64"), y]).mean()
    loss.backward()
    W -= 0.5 * W.grad
    b -= 0.5 * b.grad
accuracy = (softmax(np.dot(X, W) + b).argmax(axis=1) == y).sum()
print(f"loss {float(loss):.4f}, {int(accuracy)} of 30 right")
result = (W, b)

# %% np softmax_regression_with_pick
rng = onp.random.RandomState(4)
X = np.array(rng.normal(size=(12, 3)).astype("float32"))
y = np.array(rng.randint(0, 2, size=12))
W = np.array(rng.normal(size=(3, 2)).astype("float32"))
W.attach_grad()
for _ in range(5):
    with autograd.record():
        loss = -npx.pick(npx.log_softmax(np.dot(X, W)), y)
    loss.backward()
    W -= 0.1 * W.grad
result = (loss, W, W.grad)

# %% nd softmax_regression_with_pick_legacy
rng = onp.random.RandomState(4)
X = nd.array(rng.normal(size=(12, 3)))
y = nd.array(rng.randint(0, 2, size=12))
W = nd.array(rng.normal(size=(3, 2)))
W.attach_grad()
for _ in range(5):
    with autograd.record():
        loss = -nd.pick(nd.softmax(nd.dot(X, W)), y).log()
    loss.backward()
    W[:] = W - 0.1 * W.grad
result = (loss, W, W.grad)

# %% np mlp_on_xor
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])
rng = onp.random.RandomState(5)
params = [np.array(rng.normal(size=s).astype("float32")) for s in ((2, 6), (6,), (6, 1), (1,))]
for p in params:
    p.attach_grad()
def net(X):
    W1, b1, W2, b2 = params
    return np.dot(npx.relu(np.dot(X, W1) + b1), W2) + b2
losses = []
for step in range(60):
    with autograd.record():
        loss = ((net(X) - y) ** 2).mean()
    loss.backward()
    for p in params:
        p -= 0.1 * p.grad
    losses.append(float(loss))
print("%.3f -> %.3f" % (losses[0], losses[-1]))
result = params[3]

# %% nd mlp_with_sigmoid
rng = onp.random.RandomState(6)
X, y = nd.array(rng.uniform(-1, 1, (20, 1))), None
y = nd.sin(X * 3)
W1, b1, W2 = nd.array(rng.normal(size=(1, 8))), nd.zeros(8), nd.array(rng.normal(size=(8, 1)))
for p in (W1, b1, W2):
    p.attach_grad()
for step in range(30):
    with autograd.record():
        hidden = nd.sigmoid(nd.broadcast_add(nd.dot(X, W1), b1))
        loss = nd.mean(nd.square(nd.dot(hidden, W2) - y))
    loss.backward()
    for p in (W1, b1, W2):
        p[:] = p - 0.3 * p.grad
print("%.4f" % loss.asscalar())
result = [W1.grad, b1.grad, W2.grad]

# %% np momentum
x = np.array([-5.0, -2.0])
velocity = np.zeros(2)
x.attach_grad()
for _ in range(10):
    with autograd.record():
        f = 0.5 * x[0] ** 2 + 2 * x[1] ** 2
    f.backward()
    velocity = 0.5 * velocity + x.grad
    x -= 0.25 * velocity
result = (x, velocity)

# %% np adam
x = np.array([1.0, -1.0, 0.5])
x.attach_grad()
m, v = np.zeros(3), np.zeros(3)
for t in range(1, 11):
    with autograd.record():
        loss = (np.exp(x) + x ** 2).sum()
    loss.backward()
    m = 0.9 * m + 0.1 * x.grad
    v = 0.99 * v + 0.01 * np.square(x.grad)
    x -= 0.1 * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.99 ** t)) + 1e-6)
result = x

# %% np weight_decay
w = np.array([2.0, -4.0, 8.0])
w.attach_grad()
for _ in range(3):
    with autograd.record():
        penalty = (w ** 2).sum() / 2
        loss = 0.5 * penalty + np.abs(w).sum()
    loss.backward()
    w -= 0.5 * w.grad
    print(loss, w)

# %% np gradient_clipping
rng = onp.random.RandomState(7)
params = [np.array(rng.normal(size=s).astype("float32")) for s in ((3, 3), (3,))]
for p in params:
    p.attach_grad()
with autograd.record():
    loss = (np.dot(params[0], params[1]) ** 2).sum() * 10
loss.backward()
norm = np.sqrt(sum((p.grad ** 2).sum() for p in params))
if norm > 1:
    for p in params:
        p.grad[:] *= 1 / norm
result = [p.grad for p in params]

# %% np gradient_accumulation
rng = onp.random.RandomState(8)
X = np.array(rng.normal(size=(8, 2)).astype("float32"))
w = np.ones(2)
w.attach_grad("add")
for part in range(4):
    with autograd.record():
        loss = (np.dot(X[2 * part:2 * part + 2], w) ** 2).sum()
    loss.backward()
whole = np.ones(2)
whole.attach_grad()
with autograd.record():
    loss = (np.dot(X, whole) ** 2).sum()
loss.backward()
result = (w.grad, whole.grad)

# %% np recurrent_cell
rng = onp.random.RandomState(9)
Wx, Wh = [np.array(rng.normal(size=s, scale=0.5).astype("float32")) for s in ((2, 3), (3, 3))]
inputs = [np.array(rng.normal(size=(4, 2)).astype("float32")) for _ in range(5)]
for p in (Wx, Wh):
    p.attach_grad()
with autograd.record():
    state = np.zeros((4, 3))
    total = 0
    for X in inputs:
        state = np.tanh(np.dot(X, Wx) + np.dot(state, Wh))
        total = total + state.mean()
total.backward()
result = (total, Wx.grad, Wh.grad)

# %% np truncated_recurrence
Wh = np.array([[0.5, -0.25], [0.25, 0.5]])
Wh.attach_grad()
state = np.array([[1.0, 2.0]])
for _ in range(3):
    state = state.detach()
    with autograd.record():
        for _ in range(2):
            state = np.dot(state, Wh)
        loss = (state ** 2).sum()
    loss.backward()
    print(Wh.grad)

# %% np attention
rng = onp.random.RandomState(10)
q, k, v = [np.array(rng.normal(size=(2, 3, 4)).astype("float32")) for _ in range(3)]
for p in (q, k, v):
    p.attach_grad()
with autograd.record():
    weights = npx.softmax(npx.batch_dot(q, k, transpose_b=True) / 2)
    out = npx.batch_dot(weights, v)
    loss = (out ** 2).sum()
loss.backward()
result = (out, q.grad, k.grad, v.grad)

# %% np layer_normalisation
rng = onp.random.RandomState(11)
X = np.array(rng.normal(size=(3, 5)).astype("float32"))
gamma, beta = np.ones(5), np.zeros(5)
for p in (X, gamma, beta):
    p.attach_grad()
with autograd.record():
    mean = X.mean(axis=1, keepdims=True)
    variance = ((X - mean) ** 2).mean(axis=1, keepdims=True)
    y = gamma * (X - mean) / np.sqrt(variance + 1e-5) + beta
    loss = (y * np.arange(5.0)).sum()
loss.backward()
result = (X.grad, gamma.grad, beta.grad)

# %% np correlation_by_loops
X = np.arange(16.0).reshape(4, 4)
K = np.array([[1.0, -1.0], [0.5, 2.0]])
K.attach_grad()
with autograd.record():
    total = 0
    for i in range(3):
        for j in range(3):
            total = total + (X[i:i + 2, j:j + 2] * K).sum()
total.backward()
print(total, K.grad)

# %% np embedding
table = np.arange(8.0).reshape(4, 2)
table.attach_grad()
words = np.array([1, 3, 1], dtype="int64")
with autograd.record():
    loss = (table[words] * np.array([[1.0], [10.0], [100.0]])).sum()
loss.backward()
print(loss, table.grad)

# %% np logistic_loss_float64
x = np.array([[1.0, 2.0], [-1.0, 0.5], [3.0, -2.0]], dtype="float64")
t = np.array([1.0, 0.0, 1.0], dtype="float64")
w = np.array([0.1, -0.2], dtype="float64")
w.attach_grad()
for _ in range(3):
    with autograd.record():
        p = 1 / (1 + np.exp(-np.dot(x, w)))
        loss = -(t * np.log(p) + (1 - t) * np.log(1 - p)).sum()
    loss.backward()
    w -= 0.5 * w.grad
result = (loss, w)

# %% np polynomial_fit_by_normal_equations
x = np.linspace(-1, 1, 9)
target = 1 + 2 * x - 3 * x ** 2
c = np.zeros(3)
c.attach_grad()
basis = np.stack([np.ones(9), x, x ** 2], axis=1)
for _ in range(200):
    with autograd.record():
        loss = ((np.dot(basis, c) - target) ** 2).mean()
    loss.backward()
    c -= 0.5 * c.grad
print([round(v, 2) for v in c.tolist()])

# %% np pendulum
angle, speed = np.array(1.0), np.array(0.0)
angle.attach_grad()
speed.attach_grad()
with autograd.record():
    a, s = angle, speed
    for _ in range(40):
        s = s - 0.05 * np.sin(a)
        a = a + 0.05 * s
a.backward()
result = (a, angle.grad, speed.grad)

# %% np maximum_likelihood_of_normal
data = np.array([1.0, 2.0, 4.0, 5.0], dtype="float64")
mu, log_sigma = np.zeros(1, dtype="float64"), np.zeros(1, dtype="float64")
for p in (mu, log_sigma):
    p.attach_grad()
for _ in range(40):
    with autograd.record():
        z = (data - mu) * np.exp(-log_sigma)
        loss = (z ** 2 / 2 + log_sigma).mean()
    loss.backward()
    mu -= 0.3 * mu.grad
    log_sigma -= 0.1 * log_sigma.grad
result = (mu, log_sigma)

# %% nd gates
a = nd.array([0.0, 0.5, 1.0])
a.attach_grad()
with autograd.record():
    gate = nd.sigmoid(a * 4 - 2)
    y = gate * nd.tanh(a) + (1 - gate) * a
y.backward()
result = (y, a.grad)

# %% np loss_history_printed
w = np.array([4.0])
w.attach_grad()
for epoch in range(4):
    with autograd.record():
        loss = (w - 1) ** 2
    loss.backward()
    w[:] = w - 0.25 * w.grad
    print(f"epoch {epoch}, loss {float(loss):f}, w {w}")
