"""Writing into arrays while recording: what is refused, what is recorded, what is harmless."""
# ruff: noqa

# %% np inplace_add_on_leaf
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    # phrase: already in a computational graph
    x += 1

# %% nd inplace_add_on_leaf_nd
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    # phrase: already in a computational graph
    x += 1

# %% np inplace_on_intermediate
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * 2
    # phrase: already in a computational graph
    y *= 3

# %% np setitem_on_leaf
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    # phrase: already in a computational graph
    x[:] = 0

# %% np setitem_on_intermediate
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * 2
    # phrase: already in a computational graph
    y[0] = 0

# %% nd setitem_on_intermediate_nd
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * 2
    # phrase: already in a computational graph
    y[:] = x

# %% np setitem_on_plain_array
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    z = np.zeros(2)
    z[0] = 5
    y = x * z
y.backward()
print(x.grad)

# %% np setitem_whole_plain_array_is_recorded
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    z = np.zeros(2)
    z[:] = x * 3
    y = z * z
y.backward()
print(z, x.grad)

# %% nd setitem_whole_plain_array_is_recorded_nd
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    z = nd.zeros(2)
    z[:] = x * 3
    y = z * z
y.backward()
print(z, x.grad)

# %% np setitem_part_of_plain_array
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    z = np.zeros(4)
    # phrase: Inplace operations (+=, -=, x[:]=, etc) are not supported when recording with autograd
    z[1:3] = x * 3
    y = z * np.array([1.0, 10.0, 100.0, 1000.0])
y.backward()
print(y, x.grad)

# %% np setitem_element_of_plain_array
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    z = np.zeros(2)
    # phrase: Inplace operations (+=, -=, x[:]=, etc) are not supported when recording with autograd
    z[0] = x[1]
    y = z * 4
y.backward()
print(y, x.grad)

# %% np inplace_on_plain_array_of_number
with autograd.record():
    z = np.zeros(2)
    z += 1
    z *= 3
print(z)

# %% np inplace_on_plain_array_of_recorded_value
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    z = np.ones(2)
    # phrase: Inplace operations (+=, -=, x[:]=, etc) are not supported when recording with autograd
    z += x * 3
    y = z * z
y.backward()
print(z, x.grad)

# %% np inplace_between_scopes
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x + 2
y += 10
y.backward()
print(y, x.grad)

# %% np inplace_under_pause
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    with autograd.pause():
        x += 1
    y = x * x
y.backward()
print(x, x.grad)

# %% np out_argument_under_record
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    z = np.zeros(2)
    np.multiply(x, 3, out=z)
    y = z * z
y.backward()
print(z, x.grad)

# %% np out_argument_is_a_leaf
x = np.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    # phrase: already in a computational graph
    np.multiply(x, 3, out=x)

# %% nd out_argument_under_record_legacy
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    z = nd.zeros(2)
    nd.square(x, out=z)
    y = z * z
y.backward()
print(z, x.grad)

# %% nd inplace_on_intermediate_legacy
x = nd.array([1.0, 2.0])
x.attach_grad()
with autograd.record():
    y = x * 2
    # phrase: already in a computational graph
    y -= x

# %% nd setitem_on_leaf_outside_record
x = nd.array([1.0, 2.0])
x.attach_grad()
x[:] = nd.array([5.0, 6.0])
with autograd.record():
    y = x * x
y.backward()
print(x.grad)
