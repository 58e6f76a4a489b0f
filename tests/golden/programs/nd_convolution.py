"""nd.Convolution, nd.Deconvolution and nd.Pooling: values, gradients of all inputs, options, refusals."""
# ruff: noqa

# %% nd conv.*
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 4).reshape(shape)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
C, x1, x2, x3 = nd.Convolution, data(2, 3, 6), data(1, 2, 5, 4), data(1, 2, 3, 3, 3)
w1, w2, w3, b2, b3 = data(2, 3, 3, step=5), data(2, 2, 3, 3, step=5), data(2, 2, 2, 2, 2, step=5), data(2, step=3), data(3, step=3)

one_axis = pull(lambda x, w, b: C(x, w, b, kernel=(3,), num_filter=2), x1, w1, b2)
one_axis_stride = pull(lambda x, w, b: C(x, w, b, kernel=(3,), stride=(2,), pad=(1,), num_filter=2), x1, w1, b2)
one_axis_dilate = pull(lambda x, w: C(x, w, kernel=(3,), dilate=(2,), num_filter=2, no_bias=True), x1, w1)
two_axes = pull(lambda x, w, b: C(x, w, b, kernel=(3, 3), num_filter=2), x2, w2, b2)
two_axes_pad = pull(lambda x, w, b: C(x, w, b, kernel=(3, 3), pad=(1, 1), num_filter=2), x2, w2, b2)
two_axes_uneven = pull(lambda x, w, b: C(x, w, b, kernel=(3, 3), pad=(2, 0), stride=(1, 2), num_filter=2), x2, w2, b2)
two_axes_dilate = pull(lambda x, w, b: C(x, w, b, kernel=(3, 3), pad=(2, 2), dilate=(2, 2), num_filter=2), x2, w2, b2)
three_axes = pull(lambda x, w, b: C(x, w, b, kernel=(2, 2, 2), num_filter=2), x3, w3, b2)
three_axes_stride_pad = pull(lambda x, w: C(x, w, kernel=(2, 2, 2), stride=(2, 2, 2), pad=(1, 1, 1), num_filter=2, no_bias=True), x3, w3)
groups = pull(lambda x, w, b: C(x, w, b, kernel=(2, 2), num_filter=4, num_group=2), data(1, 4, 3, 3), data(4, 2, 2, 2), data(4))
depthwise = pull(lambda x, w: C(x, w, kernel=(2, 2), num_filter=3, num_group=3, no_bias=True), data(1, 3, 3, 3), data(3, 1, 2, 2))
depthwise_multiplier = pull(lambda x, w: C(x, w, kernel=(2,), num_filter=4, num_group=2, no_bias=True), data(1, 2, 4), data(4, 1, 2))
pointwise = pull(lambda x, w, b: C(x, w, b, kernel=(1, 1), num_filter=3), data(2, 2, 2, 2), data(3, 2, 1, 1), b3)
whole_image = C(x2, data(3, 2, 5, 4), b3, kernel=(5, 4), num_filter=3)
float64 = pull(lambda x, w, b: C(x, w, b, kernel=(3, 3), num_filter=2), x2.astype("float64"), w2.astype("float64"), b2.astype("float64"))
layout_named = C(x2, w2, b2, kernel=(3, 3), num_filter=2, layout="NCHW")
layout_one_axis = C(x1, w1, b2, kernel=(3,), num_filter=2, layout="NCW")
layout_three_axes = C(x3, w3, b2, kernel=(2, 2, 2), num_filter=2, layout="NCDHW")
layout_channels_last = C(x2, w2, b2, kernel=(3, 3), num_filter=2, layout="NHWC")
keywords = C(data=x2, weight=w2, bias=b2, kernel=(3, 3), num_filter=2, workspace=512, cudnn_tune="off", cudnn_off=True)
kernel_list = C(x2, w2, b2, kernel=[3, 3], stride=[1, 1], pad=[0, 1], num_filter=2)
out_argument = (lambda o: [C(x2, w2, b2, kernel=(3, 3), num_filter=2, out=o) is o, o])(nd.zeros((1, 2, 3, 2)))
bias_missing = C(x2, w2, kernel=(3, 3), num_filter=2)
bias_with_no_bias = C(x2, w2, b2, kernel=(3, 3), num_filter=2, no_bias=True)
weight_wrong = C(x2, data(2, 3, 3, 3), b2, kernel=(3, 3), num_filter=2)
bias_wrong = C(x2, w2, b3, kernel=(3, 3), num_filter=2)
filters_missing = C(x2, w2, b2, kernel=(3, 3))
kernel_too_large = C(x2, data(2, 2, 7, 7), b2, kernel=(7, 7), num_filter=2)
kernel_of_other_rank = C(x2, w1, b2, kernel=(3,), num_filter=2)
groups_do_not_divide = C(x1, data(2, 1, 3), b2, kernel=(3,), num_filter=2, num_group=2)
stride_zero = C(x2, w2, b2, kernel=(3, 3), stride=(0, 1), num_filter=2)
two_dims_only = C(data(2, 3), data(2, 3), b2, kernel=(3,), num_filter=2)
mixed_dtypes = C(x2, w2.astype("float64"), b2, kernel=(3, 3), num_filter=2)
int_data = C(x2.astype("int32"), w2.astype("int32"), b2.astype("int32"), kernel=(3, 3), num_filter=2)
unknown_layout = C(x2, w2, b2, kernel=(3, 3), num_filter=2, layout="NHCW")
grad_req_of_weight_only = (lambda w: [w.attach_grad(), autograd.set_recording(True), C(x2, w, b2, kernel=(3, 3), num_filter=2).backward(), w.grad])(w2)[3]

# %% nd deconv.*
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 4).reshape(shape)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
D, x1, x2, x3 = nd.Deconvolution, data(2, 3, 4), data(1, 2, 3, 2), data(1, 2, 2, 2, 2)
w1, w2, w3, b2 = data(3, 2, 3, step=5), data(2, 2, 3, 3, step=5), data(2, 1, 2, 2, 2, step=5), data(2, step=3)

one_axis = pull(lambda x, w: D(x, w, kernel=(3,), num_filter=2), x1, w1)
one_axis_bias = pull(lambda x, w, b: D(x, w, b, kernel=(3,), num_filter=2, no_bias=False), x1, w1, b2)
two_axes = pull(lambda x, w: D(x, w, kernel=(3, 3), num_filter=2), x2, w2)
stride = pull(lambda x, w: D(x, w, kernel=(3, 3), stride=(2, 2), num_filter=2), x2, w2)
stride_pad = pull(lambda x, w: D(x, w, kernel=(3, 3), stride=(2, 2), pad=(1, 1), num_filter=2), x2, w2)
adj = pull(lambda x, w: D(x, w, kernel=(3, 3), stride=(2, 2), pad=(1, 1), adj=(1, 1), num_filter=2), x2, w2)
adj_uneven = pull(lambda x, w: D(x, w, kernel=(3, 3), stride=(3, 2), adj=(2, 0), num_filter=2), x2, w2)
dilate = pull(lambda x, w: D(x, w, kernel=(3, 3), dilate=(2, 1), num_filter=2), x2, w2)
# differs: rule 4, elements stay where stride and dilation put them (1.9.1 adds them to others too, against its own gradient)
# expect: result.asnumpy().ravel().tolist() == [1, 0, 10, 2, 0, 20]
dilate_and_stride = D(nd.array([[[1.0, 2.0]]]), nd.array([[[1.0, 10.0]]]), kernel=(2,), stride=(3,), dilate=(2,), num_filter=1)
target_shape = pull(lambda x, w: D(x, w, kernel=(3, 3), stride=(2, 2), target_shape=(6, 4), num_filter=2), x2, w2)
target_shape_odd = D(x2, w2, kernel=(3, 3), stride=(2, 2), target_shape=(5, 3), num_filter=2)
target_shape_too_large = D(x2, w2, kernel=(3, 3), stride=(2, 2), target_shape=(9, 9), num_filter=2)
groups = pull(lambda x, w: D(x, w, kernel=(2, 2), num_filter=4, num_group=2), data(1, 2, 2, 2), data(2, 2, 2, 2))
# differs: rule 4, three axes of space work on the CPU too
# expect: result[0].shape == (1, 1, 4, 4, 4) and result[1].shape == x3.shape
three_axes = pull(lambda x, w: D(x, w, kernel=(2, 2, 2), stride=(2, 2, 2), num_filter=1), x3, w3)
keywords = D(data=x2, weight=w2, kernel=(3, 3), num_filter=2, workspace=256)
layout_named = D(x2, w2, kernel=(3, 3), num_filter=2, layout="NCHW")
float64 = D(x2.astype("float64"), w2.astype("float64"), kernel=(3, 3), num_filter=2)
out_argument = (lambda o: [D(x2, w2, kernel=(3, 3), num_filter=2, out=o) is o, o])(nd.zeros((1, 2, 5, 4)))
bias_with_no_bias = D(x2, w2, b2, kernel=(3, 3), num_filter=2)
weight_wrong = D(x2, data(3, 2, 3, 3), kernel=(3, 3), num_filter=2)
adj_not_below_stride = D(x2, w2, kernel=(3, 3), stride=(2, 2), adj=(2, 2), num_filter=2)
pad_too_large = D(x2, w2, kernel=(3, 3), pad=(3, 3), num_filter=2)
undoes_shape_of_convolution = D(nd.Convolution(data(1, 2, 7, 7), w2, kernel=(3, 3), stride=(2, 2), num_filter=2, no_bias=True), w2, kernel=(3, 3), stride=(2, 2), num_filter=2).shape

# %% nd pool.*
def data(*shape, step=7, mod=11):
    return nd.array((onp.arange(int(onp.prod(shape))) * step % mod - mod // 2) / 4).reshape(shape)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
P, x1, x2, x3 = nd.Pooling, data(2, 2, 7), data(1, 2, 5, 6), data(1, 1, 3, 4, 3)

max_default = pull(lambda x: P(x, kernel=(2, 2)), x2)
max_stride = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2), pool_type="max"), x2)
max_pad = pull(lambda x: P(x, kernel=(3, 3), stride=(2, 2), pad=(1, 1), pool_type="max"), x2)
max_full = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2), pooling_convention="full"), x2)
max_one_axis = pull(lambda x: P(x, kernel=(3,), stride=(2,)), x1)
max_three_axes = pull(lambda x: P(x, kernel=(2, 2, 2), stride=(1, 2, 1)), x3)
max_of_ties = pull(lambda x: P(x, kernel=(2, 2)), nd.ones((1, 1, 3, 3)))
pad_of_more_axes = [pull(lambda x: P(x, kernel=2, stride=2, pad=(0, 0, 0)), x1), P(x1, kernel=(2,), pad=(1, 0)), P(x2, kernel=(2, 2), pad=(0, 1, 0))]
avg = pull(lambda x: P(x, kernel=(2, 2), pool_type="avg"), x2)
avg_stride = pull(lambda x: P(x, kernel=(2, 3), stride=(2, 3), pool_type="avg"), x2)
avg_pad = pull(lambda x: P(x, kernel=(3, 3), stride=(2, 2), pad=(1, 1), pool_type="avg"), x2)
avg_pad_excluded = pull(lambda x: P(x, kernel=(3, 3), stride=(2, 2), pad=(1, 1), pool_type="avg", count_include_pad=False), x2)
avg_full = pull(lambda x: P(x, kernel=(3, 3), stride=(2, 2), pool_type="avg", pooling_convention="full"), x2)
avg_full_pad = pull(lambda x: P(x, kernel=(3, 3), stride=(3, 2), pad=(1, 1), pool_type="avg", pooling_convention="full"), x2)
avg_one_axis = pull(lambda x: P(x, kernel=(3,), stride=(2,), pad=(1,), pool_type="avg"), x1)
avg_three_axes = pull(lambda x: P(x, kernel=(2, 2, 2), pool_type="avg"), x3)
sum_ = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2), pool_type="sum"), x2)
sum_pad = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2), pad=(1, 1), pool_type="sum"), x2)
lp_one = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2), pool_type="lp", p_value=1), x2)
lp_two = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2), pool_type="lp", p_value=2), x2)
lp_three = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2), pool_type="lp", p_value=3), nd.abs(x2) + 1)
# differs: rule 4, 'same' works with any number of axes (1.9.1 fails in its own shape check)
# expect: result[0].shape == (2, 2, 4)
same = pull(lambda x: P(x, kernel=(3,), stride=(2,), pooling_convention="same"), x1)
# differs: rule 4, 'same' works with any number of axes
# expect: result.shape == (1, 2, 3, 3)
same_two_axes = P(x2, kernel=(3, 3), stride=(2, 2), pooling_convention="same")
global_max = pull(lambda x: P(x, global_pool=True), x2)
global_avg = pull(lambda x: P(x, global_pool=True, pool_type="avg"), x2)
global_avg_kernel_ignored = P(x2, kernel=(2, 2), stride=(2, 2), global_pool=True, pool_type="avg")
global_one_axis = P(x1, global_pool=True, pool_type="avg")
global_three_axes = P(x3, global_pool=True, pool_type="sum")
kernel_and_stride_of_one = P(x2, kernel=(1, 1))
layout_named = P(x2, kernel=(2, 2), layout="NCHW")
layout_channels_last = P(x2, kernel=(2, 2), pool_type="avg", layout="NHWC")
layout_one_axis = P(x1, kernel=(2,), layout="NWC")
float64 = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2), pool_type="avg"), x2.astype("float64"))
float16 = pull(lambda x: P(x, kernel=(2, 2), stride=(2, 2)), x2.astype("float16"))
int32 = P(x2.astype("int32"), kernel=(2, 2))
nan = P(nd.array([[[1.0, float("nan"), 3.0, 2.0]]]), kernel=(2,))
# differs: rule 4, the largest of -inf is -inf (1.9.1 gives the smallest finite number)
# expect: result.asnumpy().ravel().tolist() == [-onp.inf, 3, onp.inf]
infinite = P(nd.array([[[-float("inf"), -float("inf"), 3.0, float("inf")]]]), kernel=(2,))
out_argument = (lambda o: [P(x2, kernel=(2, 2), stride=(2, 2), out=o) is o, o])(nd.zeros((1, 2, 2, 3)))
kernel_missing = P(x2)
kernel_too_large = P(x2, kernel=(7, 7))
pad_not_below_kernel = P(x2, kernel=(2, 2), pad=(2, 2))
unknown_type = P(x2, kernel=(2, 2), pool_type="min")
unknown_convention = P(x2, kernel=(2, 2), pooling_convention="half")
lp_without_power = P(x2, kernel=(2, 2), pool_type="lp")
lp_four = P(x2, kernel=(2, 2), pool_type="lp", p_value=4)
two_dims = P(data(3, 4), kernel=(2, 2))
kernel_of_other_rank = P(x2, kernel=(2,))
