"""nd: reshape and its codes, reshape_like, transpose and other changes of shape, joining, splitting, broadcasting, pad."""
# ruff: noqa

# %% nd codes.*
t, f = nd.arange(24).reshape((2, 3, 4)), nd.zeros((2, 3, 4, 5))
def S(x, shape, **options):
    y = nd.reshape(x, shape=shape, **options)
    y.wait_to_read()
    return y.shape

plain = nd.reshape(t, (4, 6))
keyword = nd.reshape(data=t, shape=(6, 4))
number = nd.reshape(t, shape=24).shape
list_ = nd.reshape(t, shape=[3, 8]).shape
infer = [S(t, (-1,)), S(t, (2, -1)), S(t, (-1, 6)), S(t, (3, -1, 4))]
copy = [S(t, (0, 0, 0)), S(t, (0, 12)), S(t, (0, -1)), S(t, (4, 0, 2))]
copy_and_infer = S(t, (6, 0, -1))
rest = [S(t, (-2,)), S(t, (0, -2)), S(t, (0, 0, -2)), S(t, (2, -2)), S(t, (-2, 1)), S(t, (0, 0, 0, -2))]
merge = [S(t, (-3, 4)), S(t, (-3, 0)), S(t, (0, -3)), S(f, (-3, -3)), S(f, (0, -3, 0)), S(t, (-3, -2)), S(f, (-3, -1))]
split = [S(t, (-4, 1, 2, -2)), S(t, (-4, -1, 1, -2)), S(t, (0, -4, 3, -1, 0)), S(t, (0, 0, -4, 2, 2)), S(t, (0, 0, -4, -1, 2)), S(t, (-4, 2, -1, 0, 0))]
mixed = [S(t, (0, -4, -1, 3, -2)), S(f, (-3, -4, 2, 2, 0)), S(f, (0, -3, -4, 5, 1)), S(t, (-1, 0)), S(t, (-1, 0, 0)), S(f, (-1, 0, -3))]
reverse = [S(t, (-1, 0), reverse=True), S(t, (0, -1), reverse=True), S(t, (6, 0), reverse=True), S(f, (-1, 0, 0), reverse=True), S(f, (-3, 0, 0), reverse=True), S(f, (-3, -3), reverse=True)]
reverse_split = S(t, (-4, 1, 2, 0, 0), reverse=True)
reverse_rest = S(t, (-2, 0), reverse=True)
method_codes = [t.reshape((-1, 0)).shape, t.reshape(0, -1).shape, t.reshape((0, -3)).shape, t.reshape(-3, -2).shape, t.reshape((6, 0), reverse=True).shape]
method_keyword = [t.reshape(shape=(4, 6)).shape, t.reshape(shape=(0, -1), reverse=True).shape]
method_number = t.reshape(-1).shape
too_few = S(t, (5, 5))
infer_twice = S(t, (-1, -1))
infer_impossible = S(t, (5, -1))
smaller = S(t, (1, 2, -2))
copy_beyond = S(t, (2, 3, 4, 0))
merge_beyond = S(t, (0, 0, -3))
split_impossible = S(t, (-4, 2, 2, -2))
split_both_unknown = S(t, (-4, -1, -1, -2))
unknown_code = S(t, (-5, 4))
empty_shape = S(t, ())
method_wrong = t.reshape((5, 5))
method_two_unknown = t.reshape(-1, -1)
gradient = (lambda x: [x.attach_grad(), autograd.set_recording(True), (nd.reshape(x, (0, -3)) * nd.arange(12)).sum().backward(), x.grad][3])(t)
shares_memory = (lambda x, y: [y.__setitem__((0, 0), 99), x[0, 0, 0]][1])(t, t.reshape((6, 4)))
function_is_a_copy = (lambda x, y: [y.__setitem__((0, 0), 99), x[0, 0, 0]][1])(t, nd.reshape(t, (6, 4)))
like = [nd.reshape_like(t, nd.zeros((6, 4))).shape, nd.reshape_like(t, nd.zeros((4, 6)))[0]]
like_part = nd.reshape_like(nd.zeros((30, 7)), nd.zeros((15, 2, 4)), lhs_begin=0, lhs_end=1, rhs_begin=0, rhs_end=2).shape
like_part_end = nd.reshape_like(nd.zeros((30, 12)), nd.zeros((4, 2, 2, 3)), lhs_begin=-1, lhs_end=None, rhs_begin=1, rhs_end=None).shape
like_method = t.reshape_like(nd.zeros((3, 8))).shape
like_wrong = nd.reshape_like(t, nd.zeros((5, 5)))
like_gradient = (lambda x: [x.attach_grad(), autograd.set_recording(True), (nd.reshape_like(x, nd.zeros((4, 6))) * nd.arange(6).reshape((1, 6))).sum().backward(), x.grad][3])(t)

# %% nd axes.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
a, t = nd.arange(6).reshape((2, 3)), nd.arange(12).reshape((2, 3, 2))

transpose = pull(nd.transpose, a)
transpose_axes = pull(lambda t: nd.transpose(t, axes=(1, 0, 2)), t)
transpose_three = nd.transpose(t)
# differs: rule 3, axes may be counted from the end (1.9.1 refuses)
# expect: result.shape == (2, 2, 3)
transpose_negative = nd.transpose(t, axes=(-1, 0, 1))
transpose_method = [t.transpose().shape, t.transpose((2, 0, 1)).shape, t.transpose(axes=(0, 2, 1)).shape]
transpose_wrong = nd.transpose(t, axes=(0, 1))
# differs: rule 4, an axis named twice raises (1.9.1 reads memory that is not its own)
# expect: isinstance(error, ValueError)
transpose_twice = nd.transpose(t, axes=(0, 0, 1))
T_of_three = t.T
T_of_vector = nd.arange(3).T
swapaxes = pull(lambda t: nd.swapaxes(t, 0, 2), t)
swapaxes_keywords = nd.swapaxes(t, dim1=0, dim2=1)
swapaxes_negative = nd.swapaxes(t, -1, 0)
swapaxes_same = nd.swapaxes(t, 1, 1)
swapaxes_method = t.swapaxes(0, 1)
swapaxes_wrong = nd.swapaxes(t, 0, 3)
moveaxis = pull(lambda t: nd.moveaxis(t, 0, 2), t)
moveaxis_negative = nd.moveaxis(t, -1, 0)
moveaxis_several = nd.moveaxis(t, (0, 1), (1, 2)).shape
moveaxis_list = nd.moveaxis(t, [0, 1], [-1, -2]).shape
moveaxis_wrong = nd.moveaxis(t, 0, 3)
moveaxis_counts_differ = nd.moveaxis(t, (0, 1), (1,))
expand_dims = pull(lambda a: nd.expand_dims(a, axis=1), a)
expand_dims_negative = [nd.expand_dims(a, axis=-1).shape, nd.expand_dims(a, axis=-3).shape, nd.expand_dims(a, axis=2).shape, nd.expand_dims(a, 0).shape]
expand_dims_wrong = nd.expand_dims(a, axis=4)
expand_dims_missing = nd.expand_dims(a)
expand_dims_method = [a.expand_dims(0).shape, a.expand_dims(axis=1, inplace=True).shape]
squeeze = pull(nd.squeeze, a.reshape((1, 2, 1, 3)))
squeeze_axis = [nd.squeeze(nd.zeros((1, 2, 1)), axis=0).shape, nd.squeeze(nd.zeros((1, 2, 1)), axis=-1).shape, nd.squeeze(nd.zeros((1, 2, 1)), axis=(0, 2)).shape]
squeeze_to_one = nd.squeeze(nd.ones((1, 1))).shape
squeeze_wrong = nd.squeeze(nd.zeros((1, 2)), axis=1)
squeeze_method = [nd.zeros((1, 2, 1)).squeeze().shape, nd.zeros((1, 2, 1)).squeeze(axis=2).shape, nd.zeros((1, 2)).squeeze(inplace=True).shape]
flatten = pull(nd.flatten, t)
flatten_method = [t.flatten().shape, t.flatten(inplace=True).shape, nd.arange(3).flatten().shape]
flip = pull(lambda t: nd.flip(t, axis=1), t)
flip_axes = [nd.flip(a, axis=(0, 1)), nd.reverse(a, axis=0), nd.reverse(a, axis=(0,))]
# differs: rule 3, axes may be counted from the end (1.9.1 refuses)
# expect: result.asnumpy().tolist() == [[2, 1, 0], [5, 4, 3]]
flip_negative = nd.flip(a, axis=-1)
flip_method = a.flip(axis=1)
# differs: rule 3, without axis= all axes are reversed, as in NumPy
# expect: result.asnumpy().tolist() == [[5, 4, 3], [2, 1, 0]]
flip_missing = nd.flip(a)
flip_wrong = nd.flip(a, axis=2)
tile = pull(lambda a: nd.tile(a, reps=(2, 2)), a)
tile_forms = [nd.tile(a, reps=2), nd.tile(a, reps=(2, 1, 1)), nd.tile(nd.arange(2), (3,)), a.tile(reps=(1, 2)), a.tile((2,))]
# differs: rule 3, lengths 0 work in nd too
# expect: result.shape == (0, 3)
tile_zero = nd.tile(a, reps=(0, 1))
repeat = pull(lambda a: nd.repeat(a, repeats=2, axis=1), a)
repeat_forms = [nd.repeat(a, repeats=2), nd.repeat(a, 3, axis=0), nd.repeat(a, repeats=2, axis=-1), a.repeat(2), a.repeat(repeats=2, axis=0)]
repeat_flat_gradient = pull(lambda a: nd.repeat(a, repeats=2), a)
repeat_negative = nd.repeat(a, repeats=-1)
diag_of_matrix = pull(nd.diag, a)
diag_of_vector = pull(nd.diag, nd.array([1.0, 2.0]))
diag_offset = [nd.diag(a, k=1), nd.diag(a, k=-1), nd.diag(nd.array([1.0, 2.0]), k=1), a.diag(), a.diag(k=1)]
diag_axes = pull(lambda t: nd.diag(t, axis1=0, axis2=2), t)
diag_default_axes = nd.diag(t)
diag_offset_wrong = nd.diag(a, k=5)
depth_to_space = nd.depth_to_space(nd.arange(8).reshape((1, 4, 1, 2)), 2)
space_to_depth = nd.space_to_depth(nd.arange(8).reshape((1, 1, 2, 4)), 2)
shape_and_size = [nd.shape_array(t), nd.size_array(t)]

# %% nd join.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
a, b, t = nd.arange(6).reshape((2, 3)), nd.ones((2, 3)) * 9, nd.arange(24).reshape((2, 3, 4))

concat = pull(lambda a, b: nd.concat(a, b), a, b)
concat_zero = pull(lambda a, b: nd.concat(a, b, dim=0), a, b[:1])
concat_negative = nd.concat(a, b, dim=-1)
concat_three = nd.concat(a, b, a, dim=0)
concat_one = nd.concat(a)
concat_vectors = nd.concat(nd.arange(2), nd.arange(3), dim=0)
concat_vectors_default = nd.concat(nd.arange(2), nd.arange(3))
concat_num_args = nd.concat(a, b, dim=0, num_args=2)
concat_out = (lambda o: [nd.concat(a, b, dim=0, out=o) is o, o])(nd.zeros((4, 3)))
concat_int = nd.concat(a.astype("int32"), b.astype("int32"), dim=0)
# differs: rule 3, dtypes are promoted
# expect: result.dtype == onp.float32 and result.shape == (4, 3)
concat_dtypes_differ = nd.concat(a, b.astype("int32"), dim=0)
concat_shapes_differ = nd.concat(a, nd.ones((3, 3)), dim=1)
concat_ranks_differ = nd.concat(a, nd.ones((3,)), dim=0)
concat_dim_wrong = nd.concat(a, b, dim=2)
concat_of_list = nd.concat([a, b])
concat_of_unpacked = nd.concat(*[a, b], dim=0)
concatenate = nd.concatenate([a, b], axis=1)
concatenate_default = nd.concatenate([a, b])
concatenate_one = nd.concatenate([a])
concatenate_one_no_copy = (lambda: nd.concatenate([a], always_copy=False) is a)()
concatenate_shapes_differ = nd.concatenate([a, nd.ones((2, 2))], axis=0)
stack = pull(lambda a, b: nd.stack(a, b), a, b)
stack_axis = pull(lambda a, b: nd.stack(a, b, axis=2), a, b)
stack_negative = nd.stack(a, b, axis=-1)
stack_one = nd.stack(a).shape
# differs: rule 4, arrays of different shapes raise (1.9.1 takes the memory as it is)
# expect: isinstance(error, ValueError)
stack_shapes_differ = nd.stack(a, nd.ones((3, 2)))
stack_axis_wrong = nd.stack(a, b, axis=3)
stack_of_list = nd.stack([a, b])
split = nd.split(t, num_outputs=3)
split_axis = nd.split(t, num_outputs=2, axis=2)
split_negative = nd.split(t, num_outputs=2, axis=-1)
split_squeeze = nd.split(t, num_outputs=3, squeeze_axis=True)
split_squeeze_not_one = nd.split(t, num_outputs=2, axis=2, squeeze_axis=True)
split_one = nd.split(t, num_outputs=1, axis=0)
split_gradient = pull(lambda t: nd.split(t, num_outputs=2, axis=0)[1], t)
split_positional = nd.split(a, 3, 1, True)
split_method = [x.shape for x in t.split(num_outputs=2, axis=0)]
split_uneven = nd.split(t, num_outputs=3, axis=0)
split_missing = nd.split(t)
split_v2_count = nd.split_v2(a, 3, axis=1)
split_v2_places = nd.split_v2(t, (1, 3), axis=2)
# differs: rule 3, places may be a list, as in NumPy
# expect: result == [(2, 1, 4), (2, 2, 4)]
split_v2_list = [x.shape for x in nd.split_v2(t, [1], axis=1)]
split_v2_default_axis = nd.split_v2(a, 2)
split_v2_squeeze = nd.split_v2(a, 2, axis=0, squeeze_axis=True)
split_v2_negative = [x.shape for x in nd.split_v2(t, 2, axis=-1)]
split_v2_uneven = nd.split_v2(a, 2, axis=1)
split_v2_gradient = pull(lambda t: nd.split_v2(t, (1,), axis=1)[1], t)
split_v2_wrong_type = nd.split_v2(a, 1.5)

# %% nd spread.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
c, r, t, im = nd.array([[1.0], [2.0]]), nd.array([[1.0, 2.0, 3.0]]), nd.arange(4).reshape((2, 1, 2, 1)), nd.arange(6).reshape((1, 1, 2, 3))

to = pull(lambda c: nd.broadcast_to(c, shape=(2, 3)), c)
to_zero = nd.broadcast_to(c, shape=(0, 2))
to_more_axes = nd.broadcast_to(c, shape=(2, 2, 3))
to_wrong = nd.broadcast_to(c, shape=(3, 3))
to_fewer = nd.broadcast_to(c, shape=(2,))
to_method = c.broadcast_to((2, 3))
to_method_more_axes = c.broadcast_to((2, 2, 1))
to_method_wrong = c.broadcast_to((3, 3))
axis = pull(lambda c: nd.broadcast_axis(c, axis=1, size=3), c)
axes = pull(lambda t: nd.broadcast_axes(t, axis=(1, 3), size=(2, 2)), t)
# differs: rule 3, axes may be counted from the end (1.9.1 refuses)
# expect: result.shape == (2, 2)
axis_negative = nd.broadcast_axis(c, axis=-1, size=2)
axis_not_one = nd.broadcast_axis(r, axis=1, size=2)
axis_method = c.broadcast_axes(axis=1, size=2)
axis_counts_differ = nd.broadcast_axis(t, axis=(1, 3), size=(2,))
like = pull(lambda c: nd.broadcast_like(c, nd.zeros((2, 3))), c)
like_axes = nd.broadcast_like(t, nd.zeros((5, 4)), lhs_axes=(1, 3), rhs_axes=(0, 1)).shape
like_negative_axes = nd.broadcast_like(t, nd.zeros((5, 4)), lhs_axes=(-1,), rhs_axes=(-1,)).shape
like_method = c.broadcast_like(nd.zeros((2, 4)))
like_wrong = nd.broadcast_like(c, nd.zeros((3, 4)))
pad = pull(lambda x: nd.pad(x, mode="constant", constant_value=9, pad_width=(0, 0, 0, 0, 1, 0, 0, 2)), im)
pad_alias = nd.Pad(im, mode="constant", pad_width=(0, 0, 0, 0, 1, 1, 1, 1))
pad_edge = pull(lambda x: nd.pad(x, mode="edge", pad_width=(0, 0, 0, 0, 1, 1, 2, 1)), im)
pad_reflect = pull(lambda x: nd.pad(x, mode="reflect", pad_width=(0, 0, 0, 0, 1, 1, 2, 1)), im)
pad_five_axes = nd.pad(im.reshape((1, 1, 1, 2, 3)), mode="constant", pad_width=(0, 0, 0, 0, 1, 0, 0, 0, 0, 1))
pad_method = im.pad(mode="edge", pad_width=(0, 0, 0, 0, 0, 0, 1, 1))
# differs: rule 3, any number of axes
# expect: result.shape == (1, 2, 5)
pad_three_axes = nd.pad(im[0], mode="constant", pad_width=(0, 0, 0, 0, 1, 1))
# differs: rule 3, any axis can be padded
# expect: result.shape == (2, 1, 2, 3)
pad_batch = nd.pad(im, mode="constant", pad_width=(1, 0, 0, 0, 0, 0, 0, 0))
pad_mode_missing = nd.pad(im, pad_width=(0, 0, 0, 0, 1, 1, 1, 1))
pad_unknown_mode = nd.pad(im, mode="wrap", pad_width=(0, 0, 0, 0, 1, 1, 1, 1))
pad_width_missing = nd.pad(im, mode="edge")
# differs: rule 3, a wide padding is reflected again, as in NumPy
# expect: result.shape == (1, 1, 4, 3)
pad_reflect_too_wide = nd.pad(im, mode="reflect", pad_width=(0, 0, 0, 0, 2, 0, 0, 0))
