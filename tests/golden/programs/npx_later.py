"""npx: names that 1.9.1 lacks."""
# reference: MXNet 2.0.0beta1
# ruff: noqa

# %% np later.*
def data(*shape, step=7, mod=11):
    return np.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 4, dtype="float32").reshape(shape)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((np.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
x, t, mask = data(2, 3), data(2, 3, 4), np.array([[1, 0, 1], [1, 1, 0]], dtype="bool")

masked_softmax = pull(lambda x: npx.masked_softmax(x, mask), x)
masked_softmax_axis = pull(lambda x: npx.masked_softmax(x, mask, axis=0), x)
masked_softmax_temperature = npx.masked_softmax(x, mask, temperature=2.0)
masked_softmax_broadcast = npx.masked_softmax(x, np.array([[1, 0, 1]], dtype="bool"))
masked_softmax_all_false = npx.masked_softmax(x, np.zeros((2, 3), dtype="bool"))
masked_log_softmax = npx.masked_log_softmax(x, mask)
masked_log_softmax_axis = npx.masked_log_softmax(x, np.ones((2, 3), dtype="bool"), axis=0)
masked_log_softmax_gradient = pull(lambda x: npx.masked_log_softmax(x, np.ones((2, 3), dtype="bool")), x)
add_n = pull(lambda a, b: npx.add_n(a, b), x, x * 2)
broadcast_like = npx.broadcast_like(data(2, 1), np.zeros((2, 3)))
broadcast_like_axes = npx.broadcast_like(data(2, 1, 1), np.zeros((4, 5)), lhs_axes=(1, 2), rhs_axes=(0, 1)).shape
digamma = pull(npx.digamma, np.array([0.5, 1.0, 4.5], dtype="float32"))
softsign = pull(npx.softsign, x)
stop_gradient = pull(lambda x: npx.stop_gradient(x) * x, x)
group_norm = pull(lambda x, g, b: npx.group_norm(x, g, b, num_groups=2), data(2, 4, 3), data(4, step=3) + 2, data(4))
group_norm_eps = npx.group_norm(data(2, 4, 3), np.ones(4), np.zeros(4), num_groups=2, eps=0.5)
instance_norm = pull(lambda x, g, b: npx.instance_norm(x, g, b), data(2, 3, 4), data(3, step=3) + 2, data(3))
index_add = npx.index_add(np.zeros((3, 4)), np.array([[0, 2, 0], [1, 3, 1]], dtype="int32"), np.array([1.0, 2.0, 3.0]))
index_add_rows = npx.index_add(np.zeros((3, 2)), np.array([[2, 0]], dtype="int32"), np.array([[1.0, 2.0], [3.0, 4.0]]))
index_add_gradient = pull(lambda a, v: npx.index_add(a, np.array([[0, 1]], dtype="int32"), v), data(3, 2), data(2, 2))
index_update = npx.index_update(np.zeros((3, 4)), np.array([[0, 2], [1, 3]], dtype="int32"), np.array([1.0, 2.0]))
index_update_gradient = pull(lambda a, v: npx.index_update(a, np.array([[0, 1]], dtype="int32"), v), data(3, 2), data(2, 2))
sequence_last = pull(lambda t: npx.sequence_last(t, np.array([1, 2, 1]), use_sequence_length=True), data(2, 3, 4))
sequence_last_axis = npx.sequence_last(t, np.array([1, 3]), use_sequence_length=True, axis=1)
sequence_reverse = pull(lambda t: npx.sequence_reverse(t, np.array([1, 2, 1]), use_sequence_length=True), data(2, 3, 4))
sequence_reverse_all = npx.sequence_reverse(t)
slice_like = pull(lambda t: npx.slice_like(t, np.zeros((1, 2, 3))), t)
slice_like_axes = npx.slice_like(t, np.zeros((1, 2, 3)), axes=(1,)).shape
ctc_loss = pull(lambda x: npx.ctc_loss(x, np.array([[1, 2], [3, 0]])), data(4, 2, 4))
ctc_loss_last = npx.ctc_loss(data(4, 2, 4), np.array([[0, 1], [2, -1]]), blank_label="last")
ctc_loss_lengths = npx.ctc_loss(data(4, 2, 4), np.array([[1, 2], [3, 1]]), np.array([3, 4]), np.array([2, 1]), use_data_lengths=True, use_label_lengths=True)
