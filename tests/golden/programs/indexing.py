"""np and nd: reading and writing parts of arrays; what is a view and what is a copy."""
# ruff: noqa

# %% np read.*
v = np.arange(5.0)
m = np.arange(12.0).reshape(3, 4)
t = np.arange(24.0).reshape(2, 3, 4)

integer = v[2]
negative = v[-1]
row = m[1]
negative_row = m[-1]
element = m[1, 2]
element_tuple = m[(1, 2)]
slices = m[1:, :2]
steps = m[::2, ::-1]
negative_step = v[::-2]
slice_beyond = v[3:100]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.shape == (0,)
slice_empty = v[4:2]
slice_of_no_length = v[2:2]
ellipsis = t[..., 1]
ellipsis_middle = t[1, ..., 0]
none = v[None].shape
none_last = v[:, None]
none_and_ellipsis = t[None, ..., None].shape
integer_and_slice = t[1, :, 2:]
integer_array = v[np.array([3, 1], dtype="int64")]
integer_array_2d = v[np.array([[0, 1], [2, 3]], dtype="int32")]
negative_array = v[np.array([-1, -5], dtype="int64")]
float_array = v[np.array([3, 1])]
list_ = v[[0, 2]]
onp_array = m[onp.array([2, 0])]
pairs = m[np.array([0, 2], dtype="int64"), np.array([1, 3], dtype="int64")]
lists = m[[0, 2], [1, 3]]
array_and_slice = m[np.array([2, 0], dtype="int64"), 1:3]
slice_and_array = m[:, np.array([0, 0], dtype="int64")]
array_and_none = m[np.array([0], dtype="int64"), None].shape
boolean = v[v > 2]
boolean_2d = m[m > 8]
boolean_rows = m[np.array([True, False, True], dtype="bool")]
boolean_empty = v[v > 100]
boolean_onp = v[onp.array([True, False, True, False, True])]
np_integer_scalar = v[np.array(2, dtype="int64")]
onp_integer_scalar = v[onp.int64(2)]
bool_scalar = v[True].shape
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.shape == () and result.item() == 3
zero_d_ellipsis = np.array(3.0)[...]
zero_d_tuple = np.array(3.0)[()]
too_many = v[1, 2]
out_of_range = v[5]  # phrase: out of bounds
negative_out_of_range = v[-6]  # phrase: out of bounds
array_out_of_range = v[np.array([7], dtype="int64")]  # phrase: out of bounds
string = v["a"]
float_number = v[1.5]
zero_d_integer = np.array(3.0)[0]
boolean_wrong_length = v[np.array([True, False], dtype="bool")]

# %% nd read_nd.*
v = nd.arange(5)
m = nd.arange(12).reshape((3, 4))

integer = v[2]
negative = v[-1]
row = m[1]
element = m[1, 2]
slices = m[1:, :2]
steps = m[::2, ::-1]
ellipsis = m[..., 1]
none = v[None]
integer_array = v[nd.array([3, 1])]
integer_array_2d = m[nd.array([[0, 1], [2, 0]])].shape
list_ = m[[0, 2]]
pairs = m[[0, 2], [1, 3]]
comparison = v[v > 2]
out_of_range = v[5]
take_clips = nd.take(v, nd.array([9, -9]))
take_wraps = nd.take(v, nd.array([5, -1]), mode="wrap")
pick_clips = nd.pick(m, nd.array([0, 9, -9]))
pick_wraps = nd.pick(m, nd.array([0, 5, -1]), mode="wrap")
slice_method = m.slice(begin=(0, 1), end=(2, 3))
slice_axis = m.slice_axis(axis=1, begin=-2, end=None)
iteration = [float(x.asscalar()) for x in v]
too_many = v[1, 2]

# %% np write.*
def written(x, key, value):
    x[key] = value
    return x
v = np.zeros(4)
m = np.zeros((2, 3))

integer = written(v, 1, 5)
negative = written(v, -1, 5)
slice_ = written(v, slice(1, 3), 7)
slice_array = written(v, slice(1, 3), np.array([7.0, 8.0]))
slice_list = written(v, slice(1, 3), [7, 8])
slice_onp = written(v, slice(1, 3), onp.array([7.0, 8.0]))
step = written(v, slice(None, None, 2), np.array([1.0, 2.0]))
negative_step = written(v, slice(None, None, -1), np.arange(4.0))
all_number = written(m, slice(None), 3)
all_array = written(m, slice(None), np.arange(6.0).reshape(2, 3))
broadcast_row = written(m, slice(None), np.array([1.0, 2.0, 3.0]))
row = written(m, 1, np.array([1.0, 2.0, 3.0]))
column = written(m, (slice(None), 1), np.array([5.0, 6.0]))
element = written(m, (1, 2), 9)
ellipsis = written(m, (Ellipsis, 0), 4)
block = written(m, (slice(0, 1), slice(1, 3)), 8)
integer_array = written(v, np.array([0, 2], dtype="int64"), np.array([5.0, 6.0]))
integer_array_number = written(v, np.array([0, 2], dtype="int64"), 9)
list_key = written(v, [0, 3], 2)
pairs = written(m, ([0, 1], [2, 0]), np.array([5.0, 6.0]))
boolean = written(np.arange(4.0), np.array([True, False, False, True], dtype="bool"), -1)
boolean_comparison = written(np.arange(4.0), np.arange(4.0) > 1, 0)
boolean_2d = written(m, np.ones((2, 3), dtype="bool"), 6)
int_array_truncates = written(np.zeros(2, dtype="int32"), 0, 2.7)
float_to_int = written(np.zeros(2, dtype="int32"), slice(None), np.array([1.5, -1.5]))
int_to_float = written(v, slice(0, 2), np.array([1, 2], dtype="int32"))
zero_d = written(np.array(1.0), (), 5)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.item() == 6
zero_d_ellipsis = written(np.array(1.0), Ellipsis, 6)
none_key = written(v, (None, slice(0, 2)), 3)
size_one_to_number = written(v, 0, np.array([7.0]))
nan = written(v, 0, float("nan"))
bool_array = written(np.zeros(2, dtype="bool"), 0, True)
wrong_shape = written(v, slice(0, 2), np.ones(3))
out_of_range = written(v, 9, 1)
copy_of_itself = written(np.arange(4.0), slice(0, 2), np.arange(4.0)[2:])

# %% nd write_nd.*
def written(x, key, value):
    x[key] = value
    return x
v = nd.zeros(4)
m = nd.zeros((2, 3))

integer = written(v, 1, 5)
slice_ = written(v, slice(1, 3), 7)
slice_array = written(v, slice(1, 3), nd.array([7, 8]))
slice_onp = written(v, slice(1, 3), onp.array([7, 8]))
slice_list = written(v, slice(1, 3), [7, 8])
all_number = written(m, slice(None), 3)
all_array = written(m, slice(None), nd.arange(6).reshape((2, 3)))
row = written(m, 1, nd.array([1, 2, 3]))
column = written(m, (slice(None), 1), nd.array([5, 6]))
element = written(m, (1, 2), 9)
integer_array = written(v, nd.array([0, 2]), nd.array([5, 6]))
pairs = written(m, ([0, 1], [2, 0]), nd.array([5, 6]))
ellipsis = written(m, Ellipsis, 2)
wrong_shape = written(v, slice(0, 2), nd.ones(3))

# %% np view.*
def after_write(base, part):
    part[...] = -1
    return base
def written_zero_d(part):
    part[()] = -1
    return part
m = np.arange(6.0).reshape(3, 2)

row = after_write(m, m[1])
rows = after_write(m, m[1:])
everything = after_write(m, m[:])
ellipsis = after_write(m, m[...])
column_is_a_copy = after_write(m, m[:, 0])
step_is_a_copy = after_write(m, m[::2])
element_of_row = after_write(m, m[1][0:1])
full_last_axis = after_write(m, m[1:, :])
reshape_is_a_copy = after_write(m, m.reshape(6))
transpose_is_a_copy = after_write(m, m.T)
expand_dims_is_a_copy = after_write(m, np.expand_dims(m, 0))
integer_array_is_a_copy = after_write(m, m[np.array([0], dtype="int64")])
boolean_is_a_copy = after_write(m, m[m > 2])
none_key = after_write(m, m[None])
detach = after_write(m, m.detach())
copy = after_write(m, m.copy())
as_nd = after_write(m, m.as_nd_ndarray())
ravel = after_write(m, np.ravel(m))
flatten = after_write(m, m.flatten())
squeeze = after_write(m, np.squeeze(m))
asnumpy_is_a_copy = after_write(m, m.asnumpy())
element_is_a_view = [written_zero_d(m[2, 1]), m]
astype_same_dtype = after_write(m, m.astype("float32"))
astype_without_copy = after_write(m, m.astype("float32", copy=False))
as_in_ctx = after_write(m, m.as_in_ctx(mx.cpu()))
broadcast_to = after_write(m, np.broadcast_to(m, (2, 3, 2)))
base_seen_through_view = [after_write(m, m[0:2])[1], m]

# %% nd view_nd.*
def after_write(base, part):
    part[:] = -1
    return base
m = nd.arange(6).reshape((3, 2))

row = after_write(m, m[1])
rows = after_write(m, m[1:])
column_is_a_copy = after_write(m, m[:, 0])
reshape_is_a_view = after_write(m, m.reshape((2, 3)))
reshape_function_is_a_copy = after_write(m, nd.reshape(m, (2, 3)))
transpose_is_a_copy = after_write(m, m.T)
flatten = after_write(m, m.flatten())
expand_dims = after_write(m, m.expand_dims(0))
detach = after_write(m, m.detach())
as_np = after_write(m, m.as_np_ndarray())
copy = after_write(m, m.copy())
take_is_a_copy = after_write(m, m.take(nd.array([0])))
element = after_write(m, m[2, 1])

# %% np views_and_base
a = np.zeros((2, 3))
row = a[0]
row[:] = 1
row += 1
a[1] = row * 10
print(a)
print(row)

# %% np assignment_rebinds_or_writes
a = np.zeros(3)
b = a
b = b + 1
print(a, b)
b = a
b += 1
print(a, b, a is b)
b[:] = 9
print(a)

# %% np memory_of_update
y = np.ones(2)
z = np.zeros(2)
before = id(z)
z[:] = y + 3
print(id(z) == before, z)
z = z + y
print(id(z) == before, z)
