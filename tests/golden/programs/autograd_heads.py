"""Several heads, retained and spent graphs, heads that are leaves, variables that were never reached."""
# ruff: noqa

# %% np backward_functions_list
a, b = np.array([1.0, 2.0]), np.array([3.0, 4.0])
a.attach_grad()
b.attach_grad()
with autograd.record():
    p, q = a * b, a + b
autograd.backward([p, q])
print(a.grad, b.grad)

# %% np several_heads_with_head_grads
a = np.array([1.0, 2.0])
a.attach_grad()
with autograd.record():
    p, q = a * a, 3 * a
autograd.backward([p, q], [np.array([1.0, 10.0]), np.array([100.0, 1000.0])])
print(a.grad)

# %% np several_heads_some_head_grads
a = np.array([1.0, 2.0])
a.attach_grad()
with autograd.record():
    p, q = a * a, 3 * a
autograd.backward([p, q], [None, np.array([100.0, 1000.0])])
print(a.grad)

# %% nd several_heads
a = nd.array([1.0, 2.0])
a.attach_grad()
with autograd.record():
    p, q = a * a, 3 * a
autograd.backward([p, q], head_grads=[nd.array([1.0, 10.0]), None])
print(a.grad)

# %% np same_head_twice
a = np.array([1.0, 2.0])
a.attach_grad()
with autograd.record():
    p = a * a
# differs: rule 4, a head given twice counts twice (1.9.1 silently drops one)
# expect: stdout == ['[4. 8.]']
autograd.backward([p, p])
print(a.grad)

# %% np head_inside_another_head
a = np.array([1.0, 2.0])
a.attach_grad()
with autograd.record():
    p = a * a
    q = p * a
autograd.backward([p, q])
print(a.grad)

# %% np heads_sharing_a_part_retained
a = np.array([1.0, 2.0])
a.attach_grad()
with autograd.record():
    shared = a * a
    p, q = shared * 2, shared * a
p.backward(retain_graph=True)
print(a.grad)
q.backward()
print(a.grad)

# %% np heads_sharing_a_part_not_retained
a = np.array([1.0, 2.0])
a.attach_grad()
with autograd.record():
    shared = a * a
    p, q = shared * 2, shared * a
p.backward()
first = a.grad.tolist()
try:
    q.backward()
    print("second head gave", a.grad)
except mx.base.MXNetError:
    print("second head refused", first)

# %% np backward_twice
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
y.backward()
# phrase: If you want to differentiate the same graph twice, you need to pass retain_graph=True to backward
y.backward()

# %% nd backward_twice_nd
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = (x * x).sum()
y.backward()
# phrase: not in a computational graph
y.backward()

# %% np backward_twice_retained
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
y.backward(retain_graph=True)
print(x.grad)
y.backward(np.array([10.0, 100.0]), retain_graph=True)
print(x.grad)
y.backward()
print(x.grad)

# %% np head_is_a_leaf
x = np.array([1.0, 2.0])
x.attach_grad()
x.backward()
print(x.grad)

# %% np head_is_a_leaf_with_head_grad
x = np.array([1.0, 2.0])
x.attach_grad()
x.backward(np.array([3.0, 4.0]))
print(x.grad)

# %% np leaf_among_heads
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * x
autograd.backward([x, y])
print(x.grad)

# %% np head_is_plain_array
x = np.array([1.0, 2.0])
# phrase: not in a computational graph
x.backward()

# %% np unreached_variable_keeps_zero
x, unused = np.array([1.0]), np.array([5.0])
x.attach_grad()
unused.attach_grad()
with autograd.record():
    y = x * 2
    z = unused * 3
y.backward()
print(x.grad, unused.grad)

# %% np stale_gradient
x, w = np.array([1.0]), np.array([5.0])
x.attach_grad()
w.attach_grad()
with autograd.record():
    y = x * w
y.backward()
print(x.grad, w.grad)
with autograd.record():
    y = x * 2
y.backward()
print(x.grad, w.grad)

# %% np unreached_when_blocked
x = np.array([1.0, 2.0])
x.attach_grad()
x.grad[:] = 8
with autograd.record():
    y = x.detach() * 3
# phrase: not in a computational graph
y.backward()

# %% np reached_with_zero_gradient
x = np.array([1.0, 2.0])
x.attach_grad()
x.grad[:] = 8
with autograd.record():
    y = x * 0
y.backward()
print(x.grad)

# %% np not_differentiable_path_gives_zero
x = np.array([1.4, 2.6])
x.attach_grad()
x.grad[:] = 8
with autograd.record():
    y = np.floor(x) + x * 2
y.backward()
print(x.grad)
