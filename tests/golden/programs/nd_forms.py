"""nd: the forms in which an argument may come: NumPy's integers, lists, positions, 0 and 1 for bools, dtype classes."""
# ruff: noqa

# %% nd form.*
x, t, im, i = nd.arange(6).reshape((2, 3)), nd.arange(24).reshape((2, 3, 4)), nd.arange(32).reshape((1, 2, 4, 4)), nd.array([1.0, 0.0])
n1, n2, n3 = onp.int64(1), onp.int32(2), onp.int64(3)

axis_of_numpy = [nd.sum(t, axis=n1), nd.mean(t, axis=(onp.int32(0), n1)), nd.max(t, axis=n2), nd.argmax(t, axis=n1), nd.norm(t, axis=n1), nd.softmax(t, axis=n1)]
keepdims_as_number = [nd.sum(t, axis=1, keepdims=1), nd.sum(t, axis=1, keepdims=0), nd.max(t, axis=0, exclude=1).shape, nd.sum(t, axis=1, keepdims=onp.bool_(True))]
axis_lists = [nd.mean(t, axis=[0, 2]), nd.max(t, axis=[0, 2]), nd.norm(t, axis=(1,)), nd.sum(t, axis=[]), nd.prod(t, axis=[1])]
axis_twice = nd.sum(t, axis=(0, -3))
reshape_of_numpy = [nd.reshape(t, shape=(onp.int64(6), 4)).shape, t.reshape(onp.int64(6), 4).shape, t.reshape([6, 4]).shape, t.reshape((n3, -1)).shape]
target_shape = [nd.reshape(t, target_shape=(6, 4)).shape, nd.reshape(t, target_shape=(6, 0)).shape, nd.reshape(t, target_shape=(0, 0), keep_highest=True).shape, nd.reshape(t, target_shape=(0, 4)).shape]
method_reshape_empty = t.reshape(())
transpose = [nd.transpose(t, axes=[2, 0, 1]).shape, nd.transpose(t, (2, 0, 1)).shape, t.transpose((2, 0, 1)).shape, t.transpose([2, 0, 1]).shape]
transpose_stars = t.transpose(2, 0, 1)
expand_and_squeeze = [nd.expand_dims(x, n1).shape, nd.squeeze(x.reshape((1, 2, 3, 1)), axis=[0, 3]).shape, nd.squeeze(x.reshape((1, 2, 3)), axis=None).shape, nd.squeeze(x.reshape((1, 2, 3)), 0).shape]
flip_and_tile = [nd.flip(x, axis=[0, 1]), nd.tile(x, [2, 1]).shape, nd.tile(x, 2).shape, nd.repeat(x, n2, -2).shape]
broadcast = [nd.broadcast_to(x[:1], [2, 3]), nd.broadcast_axis(x.reshape((1, 6, 1)), axis=[0, 2], size=[2, 2]).shape]
method_broadcast_stars = x[:1].broadcast_to(2, 3)
slice_ = [nd.slice(x, begin=[0, 1], end=[2, 3]), nd.slice(x, begin=(0, 1), end=(None, None)), nd.slice(x, begin=(onp.int64(0),), end=(1,)), nd.slice(x, begin=(0,), end=(2,), step=(None,))]
slice_axis = [nd.slice_axis(x, axis=-1, begin=-2, end=None), nd.slice_axis(x, axis=n1, begin=0, end=2), nd.slice_like(x, nd.zeros((1, 1)), axes=1), nd.slice_like(x, nd.zeros((1, 1)), axes=[0])]
split = [nd.split(x, num_outputs=n3)[0], nd.split(x, 3, squeeze_axis=1)[0], nd.concat(x, x, dim=onp.int64(0)).shape, nd.stack(x, x, axis=n1).shape]
clip = [nd.clip(x, onp.float32(0.5), onp.float64(3)), nd.clip(x, 1, n3)]
dtype_classes = [nd.one_hot(i, n3, dtype=onp.int32), nd.topk(x, k=n2, dtype=onp.int32), nd.argsort(x, dtype=onp.int32), nd.cast(x, onp.float64), nd.cast(x, dtype=float), nd.cast(x, dtype=int), nd.softmax(x, dtype=onp.float32), nd.Embedding(i, x, input_dim=2, output_dim=3, dtype=onp.float32)]
astype_classes = [x.astype(int), x.astype(float), x.astype(bool), x.astype(onp.dtype("int32")), x.astype("int32", False), x.astype(onp.float16)]
flags = [nd.sort(x, is_ascend=0), nd.topk(x, k=1, is_ascend=1), nd.dot(x, x, False, 1), nd.dot(x, x, transpose_a=1).shape, nd.batch_dot(t, t, False, True).shape]
dense = [nd.FullyConnected(x, nd.ones((4, 3)), nd.ones((4,)), num_hidden=onp.int64(4)), nd.FullyConnected(x, nd.ones((4, 3)), num_hidden=4, no_bias=1), nd.FullyConnected(x, nd.ones((4, 3)), None, num_hidden=4, no_bias=True), nd.FullyConnected(t, nd.ones((2, 4)), nd.ones((2,)), num_hidden=2, flatten=0)]
convolution = [nd.Convolution(im, nd.ones((2, 2, 3, 3)), nd.ones((2,)), kernel=(onp.int64(3), 3), num_filter=n2), nd.Convolution(im, nd.ones((2, 2, 3, 3)), nd.ones((2,)), kernel=[3, 3], stride=[1, 1], pad=(), num_filter=2), nd.Convolution(im, nd.ones((2, 2, 3, 3)), None, kernel=(3, 3), num_filter=2, no_bias=True)]
convolution_number = nd.Convolution(t, nd.ones((2, 3, 3)), nd.ones((2,)), kernel=3, num_filter=2)
convolution_stride_too_short = nd.Convolution(im, nd.ones((2, 2, 3, 3)), nd.ones((2,)), kernel=(3, 3), num_filter=2, stride=(2,))
pooling = [nd.Pooling(t, kernel=2), nd.Pooling(im, kernel=[2, 2], stride=[2, 2]), nd.Pooling(im, kernel=(2, 2), pad=(1, 1), pool_type="avg", count_include_pad=0), nd.Pooling(im, kernel=(2, 2), pad=(1, 1), pool_type="avg", count_include_pad=None), nd.Pooling(im, kernel=(2, 2), global_pool=1, pool_type="sum")]
pooling_number = nd.Pooling(im, kernel=2)
pooling_full_beyond = [nd.Pooling(nd.arange(5).reshape((1, 1, 5)), kernel=(2,), stride=(3,), pooling_convention="full", pool_type=p) for p in ("max", "avg", "sum")]
pooling_full_pad = [nd.Pooling(nd.arange(6).reshape((1, 1, 6)), kernel=(3,), stride=(2,), pad=(1,), pooling_convention="full", pool_type="avg", count_include_pad=c) for c in (True, False)]
pooling_lp_negative = [nd.Pooling(-im[:, :, :2, :2], kernel=(2, 2), pool_type="lp", p_value=p) for p in (1, 2, 3)]
pooling_lp_global = nd.Pooling(im, global_pool=True, pool_type="lp", p_value=2)
norms = [nd.BatchNorm(t, *[nd.ones((3,))] * 4, axis=-2).shape, nd.BatchNorm(x, *[nd.ones((3,))] * 4, eps=0.5), nd.LayerNorm(x, nd.ones((3,)), nd.ones((3,)), axis=n1)]
dropout = [nd.Dropout(x, axes=1), nd.Dropout(x, axes=[0])]
softmax = [nd.softmax(x, temperature=2), nd.softmax(x, temperature=None), nd.log_softmax(x, 0), nd.softmax(x, nd.array([1, 2, 2], dtype="int32"), 0, use_length=True), x.softmax(axis=0), x.log_softmax(0)]
sequences = [nd.SequenceMask(t, nd.array([1.0, 2.0, 1.0]), True), nd.SequenceMask(t, nd.array([1.0, 2.0, 1.0]), True, -1.0, 0), nd.SequenceMask(t, nd.array([1.0, 2.0, 1.0]), use_sequence_length=1)]
created = [nd.arange(4, dtype=onp.int32), nd.arange(onp.int64(4)), nd.zeros(onp.int64(3)), nd.zeros([2, 3]), nd.full((2,), onp.float64(2.5)), nd.ones((2,), dtype=int), nd.eye(onp.int64(2)), nd.array(range(3)), nd.array((1.5, 2))]
methods = [t.sum(1), t.max((0, 1)), t.mean(None), t.argmax(1), x.clip(0.5, 1), x.dot(nd.ones((3, 2))), i.one_hot(3), x.topk(k=1, ret_typ="both"), x.slice((0, 1), (1, 2)), x.norm(2, 1)]
more_methods = [x.tile([2]).shape, x.repeat(2, 1).shape, x.expand_dims(0).shape, x.reshape((1, 2, 3)).squeeze(0).shape, x.diag(-1), t.swapaxes(-1, 0).shape, x[:1].broadcast_like(x), im.pad("edge", (0, 0, 0, 0, 1, 1, 1, 1)).shape, x.round()]
positions = [nd.smooth_l1(x, 1.0), nd.hard_sigmoid(x, 0.5, 0.1), nd.LeakyReLU(-x, None, "elu", 0.3), nd.Activation(x, "softrelu"), nd.cumsum(x, 0), nd.cumsum(x, 0, "float64"), nd.moments(x, [0]), nd.linspace(0, 1, 3, False), nd.elemwise_add(x, x, nd.zeros((2, 3)))]
coordinates = [nd.gather_nd(x, nd.array([[0], [1]])), nd.scatter_nd(nd.array([1.0]), nd.array([[0]]), shape=[2]), nd.scatter_nd(nd.array([1.0]), nd.array([[0]]), shape=2)]
axis_of_pick_missing = nd.pick(x, nd.array([1.0]), axis=None)
softmax_axis_tuple = nd.softmax(x, axis=(1,))
argmax_axis_tuple = nd.argmax(x, axis=(1,))
axis_fraction = nd.argmax(x, axis=1.0)
