"""autograd.grad and derivatives of derivatives."""
# ruff: noqa

# %% np grad_returns_without_writing
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
# differs: rule 4, autograd.grad of np arrays returns np arrays (1.9.1 hands back legacy ones)
# about: autograd.grad
# expect: type(result[0][0]) is np.ndarray and result[0][0].tolist() == [2, 4] and result[1].tolist() == [0, 0]
g = autograd.grad(y, [x])
result = (g, x.grad)

# %% nd grad_returns_without_writing_nd
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
g = autograd.grad(y, [x])
result = (type(g).__name__, g, x.grad)

# %% nd grad_of_one_variable
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
g = autograd.grad(y, x)
result = (type(g).__name__, g)

# %% nd grad_of_several_variables
a, b = nd.array([1.0, 2.0]), nd.array([3.0, 4.0])
a.attach_grad()
b.attach_grad()
with autograd.record():
    y = a * b * b
result = autograd.grad(y, [a, b])

# %% nd grad_with_head_grads
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
result = autograd.grad(y, [x], head_grads=nd.array([10.0, 100.0]))

# %% nd grad_of_several_heads
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    p, q = x * x, x * 3
result = autograd.grad([p, q], [x], [nd.array([1.0, 1.0]), nd.array([10.0, 10.0])])

# %% nd grad_twice_retained
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
first = autograd.grad(y, [x], retain_graph=True)[0]
second = autograd.grad(y, [x])[0]
result = (first, second)

# %% nd grad_twice_not_retained
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
autograd.grad(y, [x])
# phrase: not in a computational graph
autograd.grad(y, [x])

# %% nd grad_leaves_grad_req_add_alone
x = nd.array([1.0, 2.0])
x.attach_grad("add")
x.grad[:] = 7
with autograd.record():
    y = x * x
g = autograd.grad(y, [x])
result = (g, x.grad)

# %% nd grad_of_unreached_variable
x, w = nd.array([1.0, 2.0]), nd.array([3.0, 4.0])
x.attach_grad()
w.attach_grad()
with autograd.record():
    y = x * x
# phrase: unreachable from the outputs
result = autograd.grad(y, [w])

# %% nd grad_of_no_variables
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
# phrase: variables cannot be an empty list
autograd.grad(y, [])

# %% nd second_derivative_of_sin
x = nd.array([0.0, 0.5, 1.0])
x.attach_grad()
with autograd.record():
    y = nd.sin(x)
    dy = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
dy.backward()
result = (dy, x.grad)

# %% np second_derivative_of_sin_np
x = np.array([0.0, 0.5, 1.0])
x.attach_grad()
with autograd.record():
    y = np.sin(x)
    dy = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
dy.backward()
result = x.grad

# %% nd second_derivative_of_exp
x = nd.array([0.0, 0.5, 1.0])
x.attach_grad()
with autograd.record():
    y = nd.exp(x)
    dy = autograd.grad(y, [x], create_graph=True, retain_graph=True)[0]
dy.backward()
result = (dy, x.grad)

# %% nd second_derivative_of_log
x = nd.array([0.5, 1.0, 4.0])
x.attach_grad()
with autograd.record():
    y = nd.log(x)
    dy = autograd.grad(y, [x], create_graph=True, retain_graph=True)[0]
dy.backward()
result = (dy, x.grad)

# %% nd second_derivative_of_tanh
x = nd.array([-1.0, 0.0, 0.5])
x.attach_grad()
with autograd.record():
    y = nd.tanh(x)
    dy = autograd.grad(y, [x], create_graph=True, retain_graph=True)[0]
dy.backward()
result = (dy, x.grad)

# %% nd second_derivative_of_sigmoid
x = nd.array([-1.0, 0.0, 0.5])
x.attach_grad()
with autograd.record():
    y = nd.sigmoid(x)
    dy = autograd.grad(y, [x], create_graph=True, retain_graph=True)[0]
dy.backward()
result = (dy, x.grad)

# %% nd second_derivative_of_relu
# differs: rule 4, second derivatives of everything (1.9.1 cannot differentiate the gradient of a product with a number)
# expect: error is None and result[0].asnumpy().tolist() == [0, 0, 3] and result[1].asnumpy().tolist() == [0, 0, 0]
x = nd.array([-1.0, 0.0, 0.5])
x.attach_grad()
with autograd.record():
    y = nd.relu(x) * 3
    dy = autograd.grad(y, [x], create_graph=True, retain_graph=True)[0]
dy.backward()
result = (dy, x.grad)

# %% nd third_derivative_of_sin
x = nd.array([0.0, 0.5, 1.0])
x.attach_grad()
with autograd.record():
    y = nd.sin(x)
    d1 = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
    d2 = autograd.grad(d1, x, create_graph=True, retain_graph=True)[0]
d2.backward()
result = (d1, d2, x.grad)

# %% nd first_and_second_in_one_loss
x = nd.array([0.5, 1.0])
x.attach_grad()
with autograd.record():
    y = nd.exp(nd.sin(x))
    dy = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
    z = y + dy * 2
z.backward()
result = x.grad

# %% np second_derivative_of_product
x = np.array([1.0, 2.0, 3.0])
x.attach_grad()
with autograd.record():
    y = x * x * x
    # differs: rule 4, second derivatives of everything (1.9.1 cannot differentiate the gradient of a product)
    # expect: error is None and x.grad.tolist() == [6, 12, 18]
    dy = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
    dy.backward()
result = x.grad

# %% nd second_derivative_of_power
x = nd.array([1.0, 2.0, 3.0])
x.attach_grad()
with autograd.record():
    y = x ** 3
    # differs: rule 4, second derivatives of everything
    # expect: error is None and x.grad.asnumpy().tolist() == [6, 12, 18]
    dy = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
    dy.backward()
result = x.grad

# %% np second_derivative_of_softmax
x = np.array([0.0, 1.0, -1.0], dtype="float64")
x.attach_grad()
with autograd.record():
    y = npx.softmax(x)[0]
    # differs: rule 4, second derivatives of everything
    # expect: error is None and abs(x.grad.sum().item()) < 1e-12 and abs(x.grad[0].item()) > 0.01
    dy = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
    dy[0].backward()
result = x.grad

# %% np second_derivative_of_dot
a, b = np.array([1.0, 2.0]), np.array([3.0, 4.0])
a.attach_grad()
b.attach_grad()
with autograd.record():
    y = np.dot(a, b)
    # differs: rule 4, second derivatives of everything
    # expect: error is None and b.grad.tolist() == [1, 1]
    da = autograd.grad(y, a, create_graph=True, retain_graph=True)[0]
    da.backward()
result = b.grad

# %% np second_derivative_of_norm
x = np.array([3.0, 4.0], dtype="float64")
x.attach_grad()
with autograd.record():
    y = np.linalg.norm(x)
    # differs: rule 4, second derivatives of everything
    # expect: error is None and abs(x.grad - np.array([0.128 - 0.096, 0.072 - 0.096], dtype="float64")).max() < 1e-9
    dx = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
    dx.backward()
result = x.grad

# %% np second_derivative_of_index
x = np.array([1.0, 2.0, 3.0])
x.attach_grad()
with autograd.record():
    y = (x[np.array([0, 0, 2])] ** 2).sum()
    # differs: rule 4, second derivatives of everything
    # expect: error is None and x.grad.tolist() == [4, 0, 2]
    dx = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
    dx.backward()
result = x.grad

# %% nd newton_step
# differs: rule 4, second derivatives of everything
# expect: error is None and abs((nd.exp(x) - nd.cos(x) * 2).asscalar()) < 1e-5
x = nd.array([0.5])
x.attach_grad()
for _ in range(4):
    with autograd.record():
        y = nd.exp(x) - nd.sin(x) * 2
        dy = autograd.grad(y, x, create_graph=True, retain_graph=True)[0]
    dy.backward()
    x = x - dy.detach() / x.grad
    x.attach_grad()
result = x
