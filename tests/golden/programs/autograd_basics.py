"""First gradients: reuse of a variable, Python control flow, and what a session prints on the way."""
# ruff: noqa

# %% np square
x = np.arange(4.0)
x.attach_grad()
with autograd.record():
    y = 2 * np.dot(x, x)
y.backward()
print(x, y, x.grad)
result = [x.grad, x.grad == 4 * x]

# %% nd square_nd
# (the same session in the older namespace: a scalar has shape (1,))
x = nd.arange(4).reshape((4, 1))
x.attach_grad()
with autograd.record():
    y = 2 * nd.dot(x.T, x)
y.backward()
print(x.grad)
print(y)
result = x.grad

# %% np grad_before_and_after
x = np.array([1.0, -2.0])
print(x.grad)
x.attach_grad()
print(x.grad)
with autograd.record():
    y = x ** 2
print(y.grad)
y.backward()
print(x.grad, y.grad)

# %% np reuse_1_to_9
rows = []
for uses in range(1, 10):
    x = np.array([1.0, 2.0, -3.0])
    x.attach_grad()
    with autograd.record():
        y = x
        for _ in range(uses - 1):
            y = y + x
        z = y * 1
    z.backward()
    rows.append(x.grad.tolist())
print(rows)
result = rows

# %% nd reuse_1_to_9_products
powers = []
for uses in range(1, 10):
    x = nd.array([1.5, -1.0])
    x.attach_grad()
    with autograd.record():
        y = nd.ones((2,))
        for _ in range(uses):
            y = y * x
    y.backward()
    powers.append(x.grad)
result = powers

# %% np fan_in_of_one_intermediate
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    h = x * x
    y = h + 2 * h + h * h + h * x + h
y.backward()
result = x.grad

# %% np diamond
x = np.array([0.5, 1.0, 2.0])
x.attach_grad()
with autograd.record():
    left, right = x * 3, x + 1
    y = left * right
y.backward()
result = (y, x.grad)

# %% np ladder_of_diamonds
x = np.array([1.0])
x.attach_grad()
with autograd.record():
    y = x
    for _ in range(12):
        y = y + y
y.backward()
print(y, x.grad)

# %% np same_array_twice_in_one_call
x = np.array([2.0, 3.0])
x.attach_grad()
with autograd.record():
    y = np.concatenate([x, x, x]) * np.arange(1.0, 7.0)
y.backward()
result = x.grad

# %% np alias_is_not_an_operation
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x
y.backward()
print(x.grad, y.grad, y is x)

# %% np two_variables
a, b = np.array([1.0, 2.0]), np.array([3.0, -4.0])
a.attach_grad()
b.attach_grad()
with autograd.record():
    c = a * b + a / b
c.backward()
result = {"a": a.grad, "b": b.grad}

# %% np only_one_attached
a, b = np.array([1.0, 2.0]), np.array([3.0, -4.0])
b.attach_grad()
with autograd.record():
    c = a * b
c.backward()
print(a.grad, b.grad)

# %% np while_loop
def grow(a):
    b = a * 2
    while np.linalg.norm(b) < 100:
        b = b * 2
    return b if b.sum() > 0 else 10 * b
slopes = []
for start in (0.75, -3.0, 60.0):
    a = np.array(start)
    a.attach_grad()
    with autograd.record():
        d = grow(a)
    d.backward()
    slopes.append((a.grad.item(), (a.grad == d / a).item()))
print(slopes)

# %% nd while_loop_nd
def grow(a):
    b = a * 2
    while b.norm().asscalar() < 100:
        b = b * 2
    if b.sum().asscalar() > 0:
        return b
    return 10 * b
a = nd.array([-3.0])
a.attach_grad()
with autograd.record():
    d = grow(a)
d.backward()
print(a.grad, d)

# %% np branch_on_value
def shrink(v):
    return v * 0.5 if v > 1 else v * 2
got = []
for start in (0.5, 4.0):
    v = np.array(start)
    v.attach_grad()
    with autograd.record():
        out = shrink(shrink(v))
    out.backward()
    got.append(v.grad.item())
print(got)

# %% np loop_over_rows
x = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
x.attach_grad()
with autograd.record():
    total = np.zeros(2)
    for weight, row in enumerate(x):
        total = total + weight * row * row
total.backward()
result = x.grad

# %% np loop_over_indices
x = np.arange(1.0, 6.0)
x.attach_grad()
with autograd.record():
    s = 0
    for i in range(5):
        if x[i] > 2:
            s = s + x[i] ** 2
s.backward()
print(x.grad, s)

# %% np early_return
def find_root(c, steps):
    r = c
    for _ in range(steps):
        if abs(r * r - c) < 1e-6:
            return r
        r = (r + c / r) / 2
    return r
c = np.array(9.0)
c.attach_grad()
with autograd.record():
    r = find_root(c, 50)
r.backward()
result = [r, c.grad]

# %% np recursion
def horner(coefficients, x):
    if len(coefficients) == 1:
        return coefficients[0] + 0 * x
    return coefficients[0] + x * horner(coefficients[1:], x)
x = np.array([0.0, 1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = horner([1.0, -2.0, 0.0, 3.0], x)
y.backward()
print(y, x.grad)

# %% np closure_and_list
x = np.array([1.0, 2.0, 3.0])
x.attach_grad()
with autograd.record():
    pieces = [x * k for k in range(4)]
    y = sum(pieces)
y.backward()
print(y, x.grad)

# %% np comparison_mask_times_value
x = np.array([-2.0, -1.0, 0.0, 3.0])
x.attach_grad()
with autograd.record():
    y = (x > 0) * x * x
y.backward()
result = (y, x.grad)

# %% nd comparison_mask_times_value_nd
x = nd.array([-2.0, -1.0, 0.0, 3.0])
x.attach_grad()
with autograd.record():
    y = (x > 0) * x * x
y.backward()
result = (y, x.grad)

# %% np python_float_of_recorded_value
x = np.array([2.0, 4.0])
x.attach_grad()
with autograd.record():
    y = x * float(x.sum())
y.backward()
print(x.grad)

# %% np gradient_of_gradient_descent_step
w = np.array([3.0, -1.0])
for _ in range(3):
    w.attach_grad()
    with autograd.record():
        loss = (w ** 2).sum()
    loss.backward()
    w = w - 0.25 * w.grad
print(w)

# %% np recorded_again_replaces_the_graph
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * 100
with autograd.record():
    y = x * x
y.backward()
print(x.grad)

# %% np outside_record_nothing_is_kept
x = np.array([1.0, 2.0])
x.attach_grad()
y = x * x
# phrase: not in a computational graph
y.backward()

# %% nd outside_record_nothing_is_kept_nd
x = nd.array([1.0, 2.0])
x.attach_grad()
y = x * x
# phrase: you need to pass retain_graph=True to backward
y.backward()

# %% np chain_of_eight
x = np.array([0.3, -0.2], dtype="float64")
x.attach_grad()
with autograd.record():
    y = x
    for _ in range(8):
        y = np.sin(y) + 0.5 * y
y.backward()
result = (y, x.grad)

# %% np minimum_of_many
values = [np.array([float(k), 5.0 - k]) for k in range(5)]
for v in values:
    v.attach_grad()
with autograd.record():
    least = values[0]
    for v in values[1:]:
        least = np.minimum(least, v)
least.backward()
result = [v.grad for v in values]

# %% np attribute_and_method_spellings
x = np.array([[1.0, 2.0], [3.0, 4.0]])
x.attach_grad()
with autograd.record():
    y = (x.T * x.reshape(2, 2)).sum() + x.mean() + x.max() - x.min() + x.flatten()[1]
y.backward()
result = (y, x.grad)

# %% nd attribute_and_method_spellings_nd
x = nd.array([[1.0, 2.0], [3.0, 4.0]])
x.attach_grad()
with autograd.record():
    y = (x.T * x.reshape((2, 2))).sum() + x.mean() + x.max() - x.min() + x.exp().log().sum() + x.square().sqrt().sum()
y.backward()
result = (y, x.grad)

# %% np session_with_stars
x = np.ones((2, 2))
x.attach_grad()
with autograd.record():
    out = ((x + 2) * (x + 2) * 3).mean()
out.backward()
print("out:", out, "grad:", x.grad, sep="\n")
print(repr(out), repr(x.grad))

# %% nd session_with_stars_nd
x = nd.ones((2, 2))
x.attach_grad()
with autograd.record():
    out = ((x + 2) * (x + 2) * 3).mean()
out.backward()
print("out:", out, "grad:", x.grad, sep="\n")
