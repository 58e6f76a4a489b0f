"""What textbooks say about the tape, in nd: what is recorded and accumulated, and in which thread."""
# ruff: noqa

# %% nd tape_semantics
result = []
x = nd.array([1., 2., 3.])
x.attach_grad()
with autograd.record():
    y = x * 2
    y.attach_grad()
    z = y * y
z.backward()
result.append(x.grad)
y.grad
with autograd.record():
    y = x.reshape((3, 1))
    z = (y * y).sum()
result.append(z.backward())
x.grad
with autograd.record():
    z = x[1] * x[2]
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.concat(x, x * 2, dim=0)[2:5].sum()
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.take(x, nd.array([0, 0, 2])).sum()
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.Embedding(nd.array([0, 2, 2]), x.reshape((3, 1)), input_dim=3, output_dim=1).sum()
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.sum(nd.where(x > 1.5, x * x, -x))
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.max(x); w = nd.norm(x); v = nd.mean(x * x)
result.append(autograd.backward([z, w, v]))
x.grad
result.append((z + w).backward())
x.grad
result.append(v.backward())
x.grad
with autograd.record():
    z = nd.dot(x, x)
result.append(z.backward())
x.grad
with autograd.record():
    a, b, c = nd.split(x, 3, axis=0)
    z = a * b
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.softmax(x)
result.append(z.backward(nd.array([1., 0, 0])))
x.grad
with autograd.record():
    z = nd.log_softmax(x)[1]
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.SoftmaxOutput(x.reshape((1, 3)), nd.array([1]))
result.append(z.backward())
x.grad
with autograd.record():
    z = x ** 2 if x.sum().asscalar() > 0 else x
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.stack(x, x * x, axis=1)
result.append(z.backward(nd.ones((3, 2))))
x.grad
with autograd.record():
    z = x.tile((2,)) + x.repeat(2)
result.append(z.backward())
x.grad
with autograd.record():
    z = x.flip(axis=0) * nd.array([1, 2, 3])
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.clip(x, 1.5, 2.5)
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.sqrt(x) + nd.log(x) + nd.sin(x) + nd.relu(x) + nd.sigmoid(x) + nd.tanh(x) + nd.abs(x) + nd.square(x)
result.append(z.backward())
x.grad
with autograd.record():
    z = x.sum() / x.size
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.maximum(x, 2) + nd.minimum(x, nd.array([2., 2., 2.])) + nd.broadcast_maximum(x, x)
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.FullyConnected(x.reshape((1, 3)), nd.ones((2, 3)), nd.zeros(2), num_hidden=2)
result.append(z.backward())
x.grad
with autograd.record():
    z = x.slice_axis(axis=0, begin=1, end=None) * 3
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.pick(x.reshape((1, 3)), nd.array([2]))
result.append(z.backward())
z.backward()
with autograd.record():
    z = x.argmax()
z.backward()
with autograd.record():
    z = nd.topk(x, k=2, ret_typ='value')
result.append(z.backward())
x.grad
with autograd.record():
    z = nd.smooth_l1(x - 2, scalar=1.0)
result.append(z.backward())
x.grad
with autograd.record():
    z = x == x
z.backward()
with autograd.record():
    z = nd.round(x) + nd.floor(x) + nd.sign(x)
result.append(z.backward())
x.grad
with autograd.record():
    for i in range(3): x = x * 2
x.backward()

# %% nd threads
result = []
import threading
res = {}
def work(k):
    x = nd.array([float(k)]); x.attach_grad()
    with autograd.record(): y = x * x * k
    y.backward(); res[k] = (x.grad.asscalar(), autograd.is_recording())
ts = [threading.Thread(target=work, args=(k,)) for k in range(4)]
with autograd.record():
    for t in ts: t.start()
    for t in ts: t.join()
result.append(sorted(res.items()))
def scope(): res['r'] = autograd.is_recording(), autograd.is_training(), mx.is_np_array()
with autograd.record():
    t = threading.Thread(target=scope); t.start(); t.join()
result.append(res['r'])
