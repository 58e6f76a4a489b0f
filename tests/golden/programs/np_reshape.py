"""np: shape, order and repetition of elements, joining and cutting: axes, lists, dtypes, views, wrong arguments."""
# ruff: noqa

# %% np reshape.*
m = np.arange(6.0).reshape(2, 3)
t = np.arange(24.0).reshape(2, 3, 4)

function = [np.reshape(m, 6), np.reshape(m, (3, 2)), np.reshape(m, [6, 1]), np.reshape(m, (-1, 2)), np.reshape(m, newshape=(1, 6)), np.reshape(m, -1)]
function_order = np.reshape(m, (3, 2), "C")
# differs: rule 4, order="F" is heeded, as in NumPy (1.9.1 ignores it)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 4.0], [3.0, 2.0], [1.0, 5.0]]
function_order_f = np.reshape(m, (3, 2), order="F")
function_order_a = np.reshape(m, (3, 2), order="A")
function_out = np.reshape(m, (3, 2), out=np.zeros((3, 2)))
method = [m.reshape(6), m.reshape((3, 2)), m.reshape(-1, 2), m.reshape(3, -1), m.reshape(2, 3, 1, 1)]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]]
method_list = m.reshape([6, 1])
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
method_keyword = m.reshape(newshape=(3, 2))
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]
method_shape_keyword = m.reshape(shape=(3, 2))
method_order = m.reshape(3, 2, order="C")
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 4.0], [3.0, 2.0], [1.0, 5.0]]
method_order_f = m.reshape((3, 2), order="F")
method_nothing = m.reshape()
zero_d = [np.reshape(np.array(5.0), (1, 1)), np.array([5.0]).reshape(()), np.array([[5.0]]).reshape(1), np.array(5.0).reshape(-1)]
empty = [np.zeros((0, 3)).reshape(3, 0), np.zeros((0, 3)).reshape(-1), np.zeros(0).reshape(0, 5), np.zeros((2, 0)).reshape((0,))]
empty_unknown = np.zeros((0, 3)).reshape(0, -1)
of_view = [m.T.reshape(6), m[:, ::-1].reshape(3, 2), t[:, 1].reshape(-1), t.transpose(2, 0, 1).reshape(4, 6)]
dtypes = [np.arange(4, dtype=d).reshape(2, 2) for d in ("int32", "float64", "uint8", "float16")]
wrong_size = np.reshape(m, (4, 2))
wrong_unknown = m.reshape(-1, 4)
two_unknown = np.reshape(m, (-1, -1))
minus_two = np.reshape(m, (-2,))
minus_three = np.reshape(m, (-3, 2))
float_shape = m.reshape(3.0, 2.0)
onp_ints = m.reshape(onp.int64(3), onp.int32(2))
list_operand = np.reshape([1, 2], (2, 1))
shares_memory = (lambda v: [v.__setitem__(0, 9.0), m.reshape(6)[0]])(m.reshape(6))
ravel = [np.ravel(m), np.ravel(m.T), np.ravel(np.array(3.0)), np.ravel(np.zeros((0, 2))), np.ravel(x=m), np.ravel(t[:, 0, ::2])]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]
ravel_order_f = np.ravel(m, order="F")
ravel_order_c = np.ravel(m, "C")
ravel_list = np.ravel([[1, 2], [3, 4]])
flatten = [m.flatten(), m.T.flatten(), np.array(3.0).flatten(), t.flatten().shape, m.flatten(order="C")]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]
flatten_order_f = m.flatten("F")
expand_dims = [np.expand_dims(m, 0), np.expand_dims(m, 1), np.expand_dims(m, -1), np.expand_dims(m, axis=2), np.expand_dims(np.array(1.0), 0), np.expand_dims(a=m, axis=-3)]
expand_dims_wrong = np.expand_dims(m, 4)
expand_dims_wrong_negative = np.expand_dims(m, -4)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]]]
expand_dims_tuple = np.expand_dims(m, (0, 1))
expand_dims_missing = np.expand_dims(m)
squeeze = [np.squeeze(np.ones((1, 3, 1))), np.squeeze(np.ones((1, 3, 1)), 0), np.squeeze(np.ones((1, 3, 1)), axis=-1), np.squeeze(m), np.squeeze(np.ones((1, 1))), np.squeeze(np.array(2.0))]
squeeze_tuple = np.squeeze(np.ones((1, 3, 1)), axis=(0, 2))
squeeze_empty = np.squeeze(np.ones((1, 3, 1)), axis=()).shape
squeeze_wrong = np.squeeze(np.ones((1, 3)), axis=1)
squeeze_out_of_range = np.squeeze(np.ones((1, 3)), axis=2)
squeeze_method = [np.ones((1, 2, 1)).squeeze(), np.ones((1, 2, 1)).squeeze(0), np.ones((1, 2, 1)).squeeze(axis=-1)]
broadcast_to = [np.broadcast_to(np.array([1.0, 2.0]), (3, 2)), np.broadcast_to(np.array(1.5), (2,)), np.broadcast_to(np.ones((2, 1)), (2, 3)), np.broadcast_to(np.ones(1), (2, 1)), np.broadcast_to(array=np.ones(2), shape=(1, 2))]
broadcast_to_empty = [np.broadcast_to(np.ones((1, 2)), (0, 2)), np.broadcast_to(np.zeros((0, 1)), (0, 3)), np.broadcast_to(np.array(1.0), ())]
broadcast_to_number = np.broadcast_to(2.5, (2,))
broadcast_to_int_shape = np.broadcast_to(np.ones(1), 3)
broadcast_to_list_shape = np.broadcast_to(np.ones(1), [2, 2])
broadcast_to_own_length = [np.broadcast_to(np.ones((1, 2)), (3, -2)), np.broadcast_to(m, (2, 1, -2, -2)).shape, np.broadcast_to(np.ones((2, 1)), (-2, 3)), np.zeros(3).broadcast_to((0, -2))]
broadcast_to_own_length_missing = np.broadcast_to(np.ones(2), (-2, 2))
broadcast_to_wrong = np.broadcast_to(np.ones(3), (2,))
broadcast_to_fewer = np.broadcast_to(np.ones((2, 3)), (3,))
broadcast_to_dtypes = [np.broadcast_to(np.array([1], dtype=d), (2,)) for d in ("int32", "float64", "uint8", "bool")]
broadcast_to_method = np.ones((2, 1)).broadcast_to((2, 3))
broadcast_arrays = [np.broadcast_arrays(np.ones(2), np.zeros((3, 1))), np.broadcast_arrays(np.array(1.0), np.arange(2)), np.broadcast_arrays(np.ones(2))]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[1.0, 1.0], [5, 5]]))
broadcast_arrays_number = np.broadcast_arrays(np.ones(2), 5)
broadcast_arrays_wrong = np.broadcast_arrays(np.ones(2), np.ones(3))
broadcast_arrays_is = type(np.broadcast_arrays(np.ones(2), np.ones(1))).__name__
atleast_1d = [np.atleast_1d(np.array(1.0)), np.atleast_1d(m), np.atleast_1d(np.array(1.0), np.ones(2))]
atleast_2d = [np.atleast_2d(np.array(1.0)), np.atleast_2d(np.ones(3)), np.atleast_2d(m), np.atleast_2d(np.array(1.0), np.ones(2))]
atleast_3d = [np.atleast_3d(np.array(1.0)), np.atleast_3d(np.arange(3)), np.atleast_3d(m), np.atleast_3d(t).shape]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [3.0]
atleast_number = np.atleast_1d(3.0)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[1.0, 2.0]]
atleast_list = np.atleast_2d([1, 2])
positional_out = [np.reshape(m, (3, 2), "C", None), np.squeeze(m, None, None), np.flip(m, None, None), np.concatenate([m, m], 0, None), np.stack([m, m], 0, None), np.copy(m, None)]
positional_out_written = [np.concatenate([m, m], 0, np.zeros((4, 3))), np.stack([m, m], 0, np.zeros((2, 2, 3))), np.flip(m, 0, np.zeros((2, 3)))]

# %% np axes.*
m = np.arange(6.0).reshape(2, 3)
t = np.arange(24.0).reshape(2, 3, 4)

transpose = [np.transpose(m), np.transpose(t, (1, 0, 2)), np.transpose(t, axes=(2, 1, 0)), np.transpose(t, [0, 2, 1]), np.transpose(t, (-1, 0, 1)), np.transpose(np.ones(3)), np.transpose(np.array(1.0))]
transpose_method = [t.transpose(), t.transpose(2, 0, 1), t.transpose((0, 2, 1)), t.transpose([1, 2, 0]), t.transpose(None), t.transpose(-1, 0, 1), t.T]
transpose_wrong_count = np.transpose(t, (0, 1))
transpose_repeated = np.transpose(t, (0, 0, 1))
transpose_out_of_range = np.transpose(t, (0, 1, 3))
permute_dims = np.permute_dims(t, (2, 0, 1)) if hasattr(np, "permute_dims") else np.transpose(t, (2, 0, 1))
swapaxes = [np.swapaxes(t, 0, 1), np.swapaxes(t, -1, 0), np.swapaxes(t, axis1=1, axis2=2), t.swapaxes(0, 2), np.swapaxes(m, 0, 0)]
swapaxes_wrong = np.swapaxes(m, 0, 2)
moveaxis = [np.moveaxis(t, 0, -1), np.moveaxis(t, -1, 0), np.moveaxis(t, [0, 1], [-1, -2]), np.moveaxis(t, (0, 2), (2, 0)), np.moveaxis(t, source=1, destination=0)]
moveaxis_wrong = np.moveaxis(t, 3, 0)
moveaxis_repeated = np.moveaxis(t, (0, 0), (0, 1))
moveaxis_lengths = np.moveaxis(t, (0, 1), (0,))
flip = [np.flip(m), np.flip(m, 0), np.flip(t, (0, 2)), np.flip(m, axis=1), np.flip(np.array(1.0)), np.flip(np.zeros((0, 2)))]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[2.0, 1.0, 0.0], [5.0, 4.0, 3.0]]
flip_negative = np.flip(m, -1)
flip_wrong = np.flip(m, 2)
flip_list = np.flip(t, [0, 1])
flip_out = np.flip(m, 0, out=np.zeros((2, 3)))
fliplr = [np.fliplr(m), np.fliplr(t)]
flipud = [np.flipud(m), np.flipud(np.arange(3)), np.flipud(t)]
fliplr_vector = np.fliplr(np.arange(3))
flipud_zero_d = np.flipud(np.array(1.0))
rot90 = [np.rot90(m), np.rot90(m, 2), np.rot90(m, 3), np.rot90(m, 4), np.rot90(m, -1), np.rot90(t, 1, (1, 2)), np.rot90(m, k=1, axes=(1, 0)), np.rot90(t, axes=(0, -1))]
rot90_same_axes = np.rot90(m, 1, (0, 0))
rot90_vector = np.rot90(np.arange(3))
rot90_three_axes = np.rot90(t, 1, (0, 1, 2))
roll = [np.roll(m, 1), np.roll(m, -1), np.roll(m, 1, 0), np.roll(m, 2, axis=1), np.roll(m, (1, 1), (0, 1)), np.roll(m, 7), np.roll(m, 1, axis=-1), np.roll(m, 0)]
roll_one_shift = np.roll(t, 1, axis=(0, 2))
roll_empty = np.roll(np.zeros((0, 3)), 1)
roll_zero_d = np.roll(np.array(2.0), 1)
roll_wrong = np.roll(m, 1, axis=2)
roll_int = np.roll(np.arange(5, dtype="int32"), 2)
tile = [np.tile(m, 2), np.tile(m, (2, 1)), np.tile(m, [1, 2]), np.tile(np.arange(2), (2, 1, 2)), np.tile(m, 0), np.tile(m, ()), np.tile(np.array(2.0), 3), np.tile(A=m, reps=(1, 1))]
# differs: rule 4, the result is an array of mxlite (1.9.1 leaves numbers to NumPy)
# expect: result.dtype == "float32" and result.tolist() == [2.5, 2.5, 2.5]
tile_number = np.tile(2.5, 3)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 2.0, 1.0, 2.0]
tile_list = np.tile([1, 2], 2)
tile_int_dtype = np.tile(np.arange(2, dtype="int32"), 2)
tile_negative = np.tile(m, -1)
tile_array_reps = np.tile(m, np.array([2, 1]))
repeat = [np.repeat(m, 2), np.repeat(m, 2, 0), np.repeat(m, 3, axis=-1), np.repeat(np.array(2.0), 3), np.repeat(m, 0), np.repeat(np.arange(2, dtype="int64"), repeats=2)]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 2.0, 2.0], [[0.0, 1.0, 2.0], [0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], [[0.0, 1.0, 1.0], [3.0, 4.0, 4.0]]]))
repeat_list = [np.repeat(np.arange(3), [1, 0, 2]), np.repeat(m, [2, 1], axis=0), np.repeat(m, (1, 2, 0), axis=1)]
repeat_array = np.repeat(np.arange(2), np.array([2, 1]))
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 1.0, 2.0], [0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [3.0, 4.0, 5.0]]
repeat_one_list = np.repeat(m, [2], axis=0)
repeat_wrong_list = np.repeat(np.arange(3), [1, 2])
repeat_wrong_axis = np.repeat(m, 2, axis=2)
repeat_negative = np.repeat(m, -1)
repeat_method = [m.repeat(2), m.repeat(2, 1), m.repeat(repeats=2, axis=0)]

# %% np join.*
m = np.arange(6.0).reshape(2, 3)
v = np.array([7.0, 8.0, 9.0])
i = np.array([[1, 2, 3]], dtype="int32")

concatenate = [np.concatenate((m, m)), np.concatenate([m, m], axis=-1), np.concatenate((m, m), 1), np.concatenate([m, v], axis=None), np.concatenate(seq=[v, v]), np.concatenate((m,))]
concatenate_out = np.concatenate([v, v], out=np.zeros(6))
concatenate_out_axis = np.concatenate([m, m], axis=1, out=np.zeros((2, 6)))
concatenate_empty_list = np.concatenate([])
concatenate_zero_d = np.concatenate([np.array(1.0), np.array(2.0)])
concatenate_zero_d_none = np.concatenate([np.array(1.0), np.array(2.0)], axis=None)
concatenate_wrong_axis = np.concatenate([v, v], axis=1)
concatenate_wrong_shapes = np.concatenate([m, np.ones((2, 2))])
concatenate_array = np.concatenate(m)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [1.0, 2.0, 3.0]]
concatenate_with_list = np.concatenate([m, [[1, 2, 3]]])
# differs: rule 3, np and NumPy arrays mix
# expect: result.dtype == "float64" and result.tolist() == [7.0, 8.0, 9.0, 1.0, 1.0]
concatenate_with_onp = np.concatenate([v, onp.ones(2)])
concatenate_numbers = np.concatenate([1, 2])
concatenate_ints = np.concatenate([i, i])
concatenate_bools = np.concatenate([v > 7, v > 8])
concatenate_float64 = np.concatenate([v.astype("float64"), v.astype("float64")])
concatenate_empty_parts = [np.concatenate([np.zeros((0, 3)), m]), np.concatenate([np.zeros((2, 0)), m], axis=1), np.concatenate([np.zeros(0), v])]
concatenate_views = np.concatenate([m[:, 1:], m.T[:2]], axis=1)
concatenate_many = np.concatenate([v] * 20)
stack = [np.stack([v, v]), np.stack((v, v), 1), np.stack([m, m], axis=-1), np.stack([m, m], axis=1), np.stack([np.array(1.0), np.array(2.0)]), np.stack([v]), np.stack(arrays=[v, v], axis=-2)]
stack_out = np.stack([v, v], out=np.zeros((2, 3)))
stack_wrong_axis = np.stack([v, v], axis=2)
stack_wrong_shapes = np.stack([v, m])
stack_empty_list = np.stack([])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[1.0, 2.0], [3.0, 4.0]]
stack_lists = np.stack([[1, 2], [3, 4]])
stack_array = np.stack(m)
stack_ints = np.stack([i, i], axis=0)
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float32" and result.tolist() == [[1.0, 2.0, 3.0], [7.0, 8.0, 9.0]]
stack_mixed = np.stack([i[0], v])
vstack = [np.vstack([v, v]), np.vstack((m, v)), np.vstack([m, m]), np.vstack([np.array(1.0), np.array(2.0)]), np.vstack([np.zeros((0, 3)), m])]
vstack_wrong = np.vstack([v, np.ones(2)])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[1.0], [2.0]]
vstack_numbers = np.vstack([1.0, 2.0])
hstack = [np.hstack([v, v]), np.hstack((m, m)), np.hstack([np.array(1.0), np.array(2.0)]), np.hstack([np.ones((2, 1, 2)), np.zeros((2, 2, 2))])]
hstack_wrong = np.hstack([m, v])
dstack = [np.dstack([v, v]), np.dstack((m, m)), np.dstack([np.array(1.0), np.array(2.0)]), np.dstack([np.ones((1, 2, 1)), np.zeros((1, 2, 2))])]
dstack_wrong = np.dstack([m, v])
column_stack = [np.column_stack([v, v]), np.column_stack((m, np.array([5.0, 6.0]))), np.column_stack([m, m]), np.column_stack([np.array(1.0), np.array(2.0)])]
column_stack_wrong = np.column_stack([m, v])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[1.0, 3.0], [2.0, 4.0]]
column_stack_list = np.column_stack([[1, 2], [3, 4]])
append = [np.append(v, v), np.append(m, v), np.append(m, m, axis=0), np.append(m, m, axis=1), np.append(m, v.reshape(1, 3), 0), np.append(v, np.array(1.0))]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [7.0, 8.0, 9.0, 5.0]
append_number = np.append(v, 5.0)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [7.0, 8.0, 9.0, 5.0, 6.0]
append_list = np.append(v, [5.0, 6.0])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 7.0, 8.0, 9.0]
append_list_first = np.append([1.0], v)
append_wrong = np.append(m, v, axis=0)
append_dtypes = np.append(np.arange(2, dtype="int32"), np.arange(2, dtype="int32"))

# %% np cut.*
v = np.arange(6.0)
m = np.arange(12.0).reshape(2, 6)
t = np.arange(24.0).reshape(2, 3, 4)

split = [np.split(v, 3), np.split(v, [2, 4]), np.split(m, 2, 1), np.split(m, 2, axis=0), np.split(m, (1, 5), axis=-1), np.split(v, 1), np.split(ary=v, indices_or_sections=2)]
split_empty_parts = [np.split(v, [0, 2]), np.split(v, [2, 2]), np.split(v, [])]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], []]))
split_beyond = np.split(v, [3, 8])
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 1.0, 2.0, 3.0], [4.0, 5.0]]))
split_negative_index = np.split(v, [-2])
split_uneven = np.split(v, 4)
split_zero = np.split(v, 0)
split_wrong_axis = np.split(v, 2, axis=1)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]))
split_array_indices = np.split(v, np.array([2, 4]))
split_decreasing = np.split(v, [4, 2])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]))
split_float = np.split(v, 2.0)
split_is = type(np.split(v, 2)).__name__
split_ints = np.split(np.arange(4, dtype="int32"), 2)
array_split = [np.array_split(v, 4), np.array_split(v, [1, 3]), np.array_split(m, 4, axis=1), np.array_split(v, 8), np.array_split(m, 2, -1)]
array_split_zero = np.array_split(v, 0)
hsplit = [np.hsplit(m, 3), np.hsplit(m, [1, 4]), np.hsplit(v, 2), np.hsplit(t, 3)]
hsplit_zero_d = np.hsplit(np.array(1.0), 1)
hsplit_uneven = np.hsplit(m, 4)
vsplit = [np.vsplit(m, 2), np.vsplit(m, [1]), np.vsplit(t, 2)]
vsplit_vector = np.vsplit(v, 2)
dsplit = [np.dsplit(t, 2), np.dsplit(t, [1, 3])]
dsplit_matrix = np.dsplit(m, 2)
delete = [np.delete(v, 1), np.delete(m, 1, axis=0), np.delete(v, slice(1, 4)), np.delete(m, 3), np.delete(v, -1), np.delete(v, slice(None, None, 2))]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[1.0, 3.0, 4.0, 5.0], [[1.0, 2.0, 3.0, 4.0], [7.0, 8.0, 9.0, 10.0]]]))
delete_list = [np.delete(v, [0, 2]), np.delete(m, [0, -1], axis=1)]
delete_array = np.delete(v, np.array([1, 3], dtype="int64"))
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 2.0, 3.0, 4.0]
delete_bool = np.delete(v, np.array([True, False, False, False, False, True], dtype=bool))
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 2.0, 3.0, 4.0, 5.0]
delete_repeated = np.delete(v, [1, 1])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
delete_nothing = np.delete(v, [])
delete_out_of_range = np.delete(v, 6)
# differs: rule 3, numbers out of range are refused, as in NumPy (1.9.1 ignores them, and negative ones)
# expect: "out of bounds" in str(error)
delete_array_out_of_range = np.delete(v, np.array([1, 9], dtype="int64"))
delete_wrong_axis = np.delete(v, 0, axis=1)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: [x.shape for x in result] == [(7,), (2, 7), (3, 6), (7,), (7,), (13,)] and result[1].tolist() == [[0, 7, 1, 2, 3, 4, 5], [6, 7, 7, 8, 9, 10, 11]] and result[3].tolist() == [0, 1, 2, 3, 4, 5, 5]
insert = [np.insert(v, 1, 9.0), np.insert(m, 1, 7.0, axis=1), np.insert(m, 0, np.arange(6.0), axis=0), np.insert(v, -1, 5.0), np.insert(v, 6, 5.0), np.insert(m, 1, 5.0)]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 8.0, 1.0, 2.0, 9.0, 3.0, 4.0, 5.0]
insert_lists = np.insert(v, [1, 3], [8.0, 9.0])
insert_array = np.insert(v, np.array([0, 2], dtype="int64"), np.array([8.0, 9.0]))
insert_slice = np.insert(v, slice(1, 4), np.array([7.0, 8.0, 9.0]))
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 7.0, 1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 8.0, 7.0, 8.0, 9.0, 10.0, 11.0]]
insert_one_list = np.insert(m, [1], np.array([[7.0], [8.0]]), axis=1)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 1.0, 7.0, 8.0, 2.0, 3.0, 4.0, 5.0]
insert_repeated = np.insert(v, [2, 2], np.array([7.0, 8.0]))
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 8.0, 1.0, 2.0, 3.0, 7.0, 4.0, 5.0]
insert_unsorted = np.insert(v, [4, 1], np.array([7.0, 8.0]))
insert_out_of_range = np.insert(v, 7, 1.0)
insert_casts = np.insert(np.arange(3, dtype="int32"), 1, 2.7)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0, 0.0], [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0, 0.0], [6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 0.0, 0.0]], [[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0], [6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]]))
pad = [np.pad(v, (1, 2)), np.pad(m, ((1, 0), (0, 2))), np.pad(m, (0, 1))]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0], [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0], [0.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]]))
pad_number = [np.pad(v, 1), np.pad(m, 1)]
# differs: rule 4, constant_values are heeded, as in NumPy (1.9.1 pads with 0)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[5.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 5.0], [[-1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0], [-1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, -1.0], [-1.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, -1.0], [-1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0]]]))
pad_constant = [np.pad(v, (1, 1), "constant", constant_values=5.0), np.pad(m, ((1, 1), (1, 1)), mode="constant", constant_values=-1)]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [3.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 4.0, 4.0]
pad_constant_tuple = np.pad(v, (1, 2), "constant", constant_values=(3, 4))
pad_modes = [np.pad(v, (2, 1), mode) for mode in ("edge", "reflect", "symmetric")]
pad_modes_matrix = [np.pad(m, ((1, 0), (2, 1)), mode) for mode in ("edge", "reflect", "symmetric")]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[5.0, 5.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 5.0], [0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0]]))
pad_maximum = [np.pad(v, ((2, 1),), mode) for mode in ("maximum", "minimum")]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [4.0, 5.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0]
pad_wrap = np.pad(v, ((2, 1),), "wrap")
pad_linear_ramp = np.pad(v, ((2, 1),), "linear_ramp")
pad_mean = np.pad(v, ((2, 1),), "mean")
pad_reflect_odd = np.pad(v, ((2, 1),), "reflect", reflect_type="odd")
pad_unknown = np.pad(v, ((2, 1),), "nothing")
pad_negative = np.pad(v, ((-1, 1),))
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 0.0]
pad_list = np.pad(v, [(1, 1)])
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int32" and result.tolist() == [7, 0, 1, 2, 7]
pad_int = np.pad(np.arange(3, dtype="int32"), ((1, 1),), constant_values=7)
pad_zero = np.pad(m, ((0, 0), (0, 0)))
pad_missing = np.pad(v)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
pad_keywords = np.pad(x=v, pad_width=((1, 0),), mode="edge")
pad_defaults = [np.pad(m, ((1, 0), (0, 2)), mode="symmetric", reflect_type="even"), np.pad(m, ((1, 0), (0, 2)), mode="maximum", stat_length=None)]
pad_odd = np.pad(m, ((1, 0), (0, 2)), mode="reflect", reflect_type="odd")
