"""np: products of matrices, shape and joining, selection."""
# ruff: noqa

# %% np product.*
m = np.arange(6.0).reshape(2, 3)
n = np.array([[1.0, -1.0], [0.5, 2.0], [0.0, 3.0]])
v = np.array([1.0, 2.0, 3.0])
t = np.arange(12.0).reshape(2, 2, 3)

dot_vectors = np.dot(v, v)
dot_matrices = np.dot(m, n)
dot_matrix_vector = np.dot(m, v)
dot_tensor_matrix = np.dot(t, n)
dot_method = m.dot(n)
dot_float64 = np.dot(m.astype("float64"), n.astype("float64"))
dot_mismatch = np.dot(m, m)
dot_empty = np.dot(np.zeros((2, 0)), np.zeros((0, 3)))
matmul_vectors = np.matmul(v, v)
matmul_batch = np.matmul(t, n)
matmul_operator = m @ n
matmul_vector = m @ v
matmul_broadcast = np.matmul(np.ones((3, 1, 2, 2)), np.ones((4, 2, 1))).shape
matmul_mismatch = m @ m
tensordot_default = np.tensordot(np.ones((2, 3, 4)), np.ones((3, 4, 5)))
tensordot_one = np.tensordot(m, n, axes=1)
tensordot_lists = np.tensordot(m, n, axes=([0, 1], [1, 0]))
tensordot_zero = np.tensordot(v, v, axes=0)
einsum_product = np.einsum("ij,jk->ik", m, n)
einsum_implicit = np.einsum("ij,jk", m, n)
einsum_trace = np.einsum("ii->", np.array([[1.0, 2.0], [3.0, 4.0]]))
einsum_diagonal = np.einsum("ii->i", np.array([[1.0, 2.0], [3.0, 4.0]]))
einsum_outer = np.einsum("i,j->ij", v, v)
einsum_ellipsis = np.einsum("...ij,jk->...ik", t, n)
einsum_three = np.einsum("i,ij,j->", np.array([1.0, 2.0]), m, v)
# needs: np.inner
inner = np.inner(v, v)
# needs: np.outer
outer = np.outer(v, np.array([1.0, 10.0]))
# needs: np.vdot
vdot = np.vdot(m, m)
batch_dot = npx.batch_dot(t, np.swapaxes(t, 1, 2))
batch_dot_transposed = npx.batch_dot(t, t, transpose_b=True)

# %% np shape.*
m = np.arange(6.0).reshape(2, 3)
t = np.arange(24.0).reshape(2, 3, 4)
v = np.array([1.0, 2.0, 3.0])

reshape = m.reshape(3, 2)
reshape_tuple = m.reshape((3, 2))
reshape_unknown = m.reshape(-1)
reshape_unknown_between = t.reshape(2, -1, 2)
reshape_function = np.reshape(m, (6, 1))
reshape_to_zero_d = np.array([5.0]).reshape(())
reshape_wrong = m.reshape(4, 2)  # phrase: annot reshape array of size 6 into shape
reshape_two_unknown = m.reshape(-1, -1)
transpose = m.T
transpose_method = t.transpose(1, 0, 2)
transpose_tuple = np.transpose(t, (2, 0, 1))
transpose_default = np.transpose(t).shape
transpose_wrong = np.transpose(m, (0, 2))
swapaxes = np.swapaxes(t, 0, 2)
swapaxes_method = t.swapaxes(-1, 1).shape
# needs: np.moveaxis
moveaxis = np.moveaxis(t, 0, -1).shape
expand_dims = np.expand_dims(v, 0)
expand_dims_last = np.expand_dims(v, -1)
squeeze = np.squeeze(np.ones((1, 2, 1)))
squeeze_axis = np.squeeze(np.ones((1, 2, 1)), axis=0).shape
squeeze_wrong = np.squeeze(m, axis=0)
broadcast_to = np.broadcast_to(v, (2, 3))
broadcast_to_wrong = np.broadcast_to(v, (2, 4))
# needs: np.broadcast_arrays
broadcast_arrays = np.broadcast_arrays(v, np.array([[1.0], [2.0]]))
flatten = m.flatten()
# needs: np.ravel
ravel = np.ravel(m)
# differs: rule 3, the method goes with the function, as in NumPy (1.9.1 lacks it)
# expect: result == (24,)
# needs: np.ndarray.ravel
ravel_method = t.ravel().shape
attributes = [m.shape, m.size, m.ndim, m.T.shape, len(t)]
# needs: np.ndim np.shape np.size
functions = [np.shape(m), np.size(m), np.ndim(m)]
concatenate = np.concatenate([m, m])
concatenate_axis = np.concatenate((m, m * 2), axis=1)
concatenate_flat = np.concatenate([m, v.reshape(1, 3)], axis=None)
concatenate_empty = np.concatenate([np.zeros((0, 3)), m])
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1, 2, 3, 1, 2]
concatenate_dtypes = np.concatenate([v, np.array([1, 2], dtype="int32")])
concatenate_mismatch = np.concatenate([m, v])
stack = np.stack([v, v * 2])
stack_axis = np.stack([v, v * 2], axis=1)
stack_negative_axis = np.stack([m, m], axis=-1).shape
stack_mismatch = np.stack([v, np.ones(2)])
# needs: np.vstack
vstack = np.vstack([v, v])
# needs: np.hstack
hstack = np.hstack([v, v])
split = np.split(t, 2)
split_axis = np.split(m, 3, axis=1)
split_indices = np.split(np.arange(5.0), [1, 3])
split_uneven = np.split(np.arange(5.0), 2)
# needs: np.array_split
array_split = np.array_split(np.arange(5.0), 2)
tile = np.tile(v, 2)
tile_tuple = np.tile(v, (2, 2))
repeat = np.repeat(v, 2)
repeat_axis = np.repeat(m, 2, axis=0)
repeat_method = v.repeat(3)
flip = np.flip(m, 0)
flip_all = np.flip(m)
flip_tuple = np.flip(t, (0, 2))
# needs: np.roll
roll = np.roll(v, 1)
# needs: np.atleast_1d np.atleast_2d
atleast = [np.atleast_1d(np.array(1.0)), np.atleast_2d(v)]

# %% np select.*
m = np.array([[1.0, 5.0, 2.0], [4.0, 3.0, 6.0]])
v = np.array([10.0, 20.0, 30.0])
c = np.array([True, False, True], dtype="bool")

where = np.where(c, v, -v)
where_scalars = np.where(c, 1, 0)
where_float_scalars = np.where(c, 1.5, -1.5)
where_scalar_array = np.where(c, v, 0)
where_array_scalar = np.where(c, 0, v)
where_broadcast = np.where(c, m, v)
where_float_condition = np.where(np.array([0.0, 2.0, 0.0]), v, -v)
where_condition_only = np.where(m > 3)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float64" and result.tolist() == [10, 20, 30]
where_dtypes = np.where(c, v, v.astype("float64"))
take = np.take(v, np.array([2, 0], dtype="int32"))
take_2d_indices = np.take(v, np.array([[2, 0], [1, 1]], dtype="int64"))
take_axis = np.take(m, np.array([0, 2], dtype="int64"), axis=1)
take_float_indices = np.take(v, np.array([1.0, 2.0]))
take_number = np.take(v, np.array(1, dtype="int32"))
take_clips = np.take(v, np.array([5, -7]), mode="clip")
take_wraps = np.take(v, np.array([3, -1]), mode="wrap")
take_method = v.take(np.array([1, 1], dtype="int64"))
clip = np.clip(v, 15, 25)
pick = npx.pick(m, np.array([1, 2]))
pick_axis = npx.pick(m, np.array([0, 1, 1]), axis=0)
pick_keepdims = npx.pick(m, np.array([1, 2]), keepdims=True)
pick_out_of_range = npx.pick(m, np.array([7, -7]))
pick_wraps = npx.pick(m, np.array([4, -1]), mode="wrap")
one_hot = npx.one_hot(np.array([0, 2]), 3)
one_hot_2d = npx.one_hot(np.array([[0], [1]]), 2)
one_hot_int_indices = npx.one_hot(np.array([1, 0], dtype="int64"), 2)
one_hot_out_of_range = npx.one_hot(np.array([5, -1]), 3)
one_hot_values = npx.one_hot(np.array([1]), 3, on_value=8, off_value=2)
one_hot_dtype = npx.one_hot(np.array([1]), 3, dtype="int32")
# needs: np.nonzero
nonzero = np.nonzero(m > 3)
# needs: np.unique
unique = np.unique(np.array([3.0, 1.0, 3.0]))
# needs: np.ndarray.argsort
argsort = v.argsort()
