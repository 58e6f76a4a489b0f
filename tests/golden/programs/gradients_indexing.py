"""Gradients through indexing: the same entry read twice receives twice."""
# ruff: noqa

# %% np index.*
def grad_of(f, x):
    x.attach_grad()
    with autograd.record():
        y = f(x)
    y.backward(np.arange(y.size, dtype="float32").reshape(y.shape) + 1)
    return y, x.grad
v = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
m = np.arange(12.0).reshape(3, 4)
t = np.arange(12.0).reshape(2, 3, 2)

integer = grad_of(lambda x: x[1], v)
negative_integer = grad_of(lambda x: x[-1], v)
slice_ = grad_of(lambda x: x[1:4], v)
slice_open = grad_of(lambda x: x[:2], v)
slice_step = grad_of(lambda x: x[::2], v)
slice_negative_step = grad_of(lambda x: x[::-1], v)
slice_negative_step_two = grad_of(lambda x: x[4:0:-2], v)
slice_empty = grad_of(lambda x: x[3:3], v)
everything = grad_of(lambda x: x[:], v)
ellipsis_alone = grad_of(lambda x: x[...], v)
row = grad_of(lambda x: x[1], m)
column = grad_of(lambda x: x[:, 1], m)
element = grad_of(lambda x: x[2, 3], m)
block = grad_of(lambda x: x[1:, 1:3], m)
block_steps = grad_of(lambda x: x[::2, ::-2], m)
none_first = grad_of(lambda x: x[None], v)
none_last = grad_of(lambda x: x[:, None], v)
none_between = grad_of(lambda x: x[1:, None, :2], m)
ellipsis_last = grad_of(lambda x: x[1, ...], t)
ellipsis_first = grad_of(lambda x: x[..., 0], t)
ellipsis_middle = grad_of(lambda x: x[1, ..., 1], t)
integer_array = grad_of(lambda x: x[np.array([0, 3], dtype="int64")], v)
integer_array_duplicates = grad_of(lambda x: x[np.array([2, 2, 0, 2], dtype="int64")], v)
integer_array_2d = grad_of(lambda x: x[np.array([[0, 1], [1, 4]], dtype="int64")], v)
integer_array_int32 = grad_of(lambda x: x[np.array([1, 1], dtype="int32")], v)
float_array = grad_of(lambda x: x[np.array([1, 3])], v)
onp_array = grad_of(lambda x: x[onp.array([1, 3, 1])], v)
list_ = grad_of(lambda x: x[[0, 0, 4]], v)
rows_by_array = grad_of(lambda x: x[np.array([2, 0, 2], dtype="int64")], m)
columns_by_array = grad_of(lambda x: x[:, np.array([1, 1], dtype="int64")], m)
pairs = grad_of(lambda x: x[np.array([0, 2, 0], dtype="int64"), np.array([1, 3, 1], dtype="int64")], m)
broadcast_pairs = grad_of(lambda x: x[np.array([[0], [2]], dtype="int64"), np.array([1, 3], dtype="int64")], m)
array_and_integer = grad_of(lambda x: x[np.array([0, 0], dtype="int64"), 2], m)
array_and_slice = grad_of(lambda x: x[np.array([1, 0], dtype="int64"), 1:3], m)
boolean = grad_of(lambda x: x[np.array([True, False, True, False, True], dtype="bool")], v)
bool_list_becomes_float_indices = grad_of(lambda x: x[np.array([True, False, True, False, True])], v)
boolean_from_comparison = grad_of(lambda x: x[x > 2.5], v)
boolean_all_false = grad_of(lambda x: x[x > 10], v)
boolean_rows = grad_of(lambda x: x[np.array([True, False, True], dtype="bool")], m)
boolean_same_shape = grad_of(lambda x: x[x > 5], m)
view_of_view = grad_of(lambda x: x[1:][1:][0], v)
row_then_column = grad_of(lambda x: x[1][2], m)
read_twice = grad_of(lambda x: x[0] * x[1] + x[0], v)
overlapping = grad_of(lambda x: x[1:] - x[:-1], v)
iteration = grad_of(lambda x: sum(x), m)
float64 = grad_of(lambda x: x[np.array([0, 0, 2], dtype="int64")].astype("float32"), v.astype("float64"))

# %% nd index_nd.*
def grad_of(f, x):
    x.attach_grad()
    with autograd.record():
        y = f(x)
    y.backward(nd.arange(1, y.size + 1).reshape(y.shape))
    return y, x.grad
v = nd.array([1.0, 2.0, 3.0, 4.0, 5.0])
m = nd.arange(12).reshape((3, 4))

integer = grad_of(lambda x: x[1], v)
negative_integer = grad_of(lambda x: x[-1], v)
slice_ = grad_of(lambda x: x[1:4], v)
slice_step = grad_of(lambda x: x[::2], v)
slice_negative_step = grad_of(lambda x: x[::-1], v)
row = grad_of(lambda x: x[1], m)
column = grad_of(lambda x: x[:, 1], m)
element = grad_of(lambda x: x[2, 3], m)
block = grad_of(lambda x: x[1:, 1:3], m)
none_first = grad_of(lambda x: x[None], v)
array_duplicates = grad_of(lambda x: x[nd.array([2, 2, 0])], v)
array_int32 = grad_of(lambda x: x[nd.array([1, 3], dtype="int32")], v)
pairs = grad_of(lambda x: x[nd.array([0, 2, 0]), nd.array([1, 3, 1])], m)
list_ = grad_of(lambda x: x[[0, 2, 0]], m)
comparison_is_an_index_not_a_mask = grad_of(lambda x: x[x > 2], v)
take = grad_of(lambda x: x.take(nd.array([0, 0, 4])), v)
slice_axis = grad_of(lambda x: x.slice_axis(axis=1, begin=1, end=-1), m)
pick = grad_of(lambda x: x.pick(nd.array([0, 3, 3])), m)

# %% np indexed_loss
x = np.array([[3.0, 1.0, 2.0], [0.0, 5.0, 1.0]])
label = np.array([0, 1])
x.attach_grad()
with autograd.record():
    p = npx.softmax(x)
    loss = -np.log(p[[0, 1], label]).sum()
loss.backward()
result = (loss, x.grad)

# %% np gather_then_scatter_into_plain_array
x = np.array([1.0, 2.0, 3.0])
x.attach_grad()
with autograd.record():
    y = x[np.array([0, 0, 1, 2, 2], dtype="int64")].reshape(5, 1) * np.ones((1, 2))
    z = y[1:4].sum(axis=1)[::-1]
z.backward()
print(z, x.grad)

# %% np views_under_record_are_recorded
x = np.array([[1.0, 2.0], [3.0, 4.0]])
x.attach_grad()
with autograd.record():
    row = x[0]
    part = row[1]
    y = part * row
y.backward()
print(x.grad, row.grad)

# %% np take_modes
x = np.array([1.0, 2.0, 3.0])
x.attach_grad()
with autograd.record():
    y = np.take(x, np.array([-1, 5, 1]), mode="clip") * np.array([1.0, 10.0, 100.0])
    z = np.take(x, np.array([-1, 5, 1]), mode="wrap") * np.array([1.0, 10.0, 100.0])
    w = y + z
w.backward()
print(y, z, x.grad)
