"""nd: the softmax family, output layers that bring their own gradient, CTC."""
# ruff: noqa

# %% nd softmax.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
x, t = nd.array([[1.0, 2.0, 4.0], [-1.0, 0.5, 0.0]]), nd.arange(12).reshape((2, 3, 2)) % 5
odd = nd.array([[1.0, float("inf")], [float("nan"), 1.0], [-float("inf"), 0.0], [-float("inf"), -float("inf")]])

last_axis = pull(nd.softmax, x)
first_axis = pull(lambda x: nd.softmax(x, axis=0), x)
middle_axis = pull(lambda x: nd.softmax(x, axis=1), t)
negative_axis = nd.softmax(t, axis=-3)
temperature = pull(lambda x: nd.softmax(x, temperature=2.0), x)
temperature_axis = nd.softmax(t, axis=1, temperature=0.5)
with_length = pull(lambda x: nd.softmax(x, nd.array([2, 1], dtype="int32"), use_length=True), x)
with_length_axis = nd.softmax(t, nd.array([[1, 2], [3, 1]], dtype="int32"), axis=1, use_length=True)
with_length_keyword = nd.softmax(data=x, length=nd.array([3, 2], dtype="int64"), use_length=True)
length_zero = nd.softmax(x, nd.array([0, 3], dtype="int32"), use_length=True)
length_float = nd.softmax(x, nd.array([2.0, 1.0]), use_length=True)
length_missing = nd.softmax(x, use_length=True)
length_unused = nd.softmax(x, nd.array([2, 1], dtype="int32"))
float64 = pull(nd.softmax, x.astype("float64"))
float16 = nd.softmax(x.astype("float16"))
# differs: rule 4, computed in the dtype of the result (1.9.1 rounds to float16 before)
# expect: result.dtype == onp.float32 and onp.allclose(result.asnumpy(), nd.softmax(x).asnumpy(), rtol=1e-6)
float16_to_float32 = nd.softmax(x.astype("float16"), dtype="float32")
# differs: rule 4, computed in the dtype of the result (1.9.1 computes in float32)
# expect: onp.allclose(result.asnumpy().sum(axis=1), 1, rtol=1e-15) and onp.allclose(result.asnumpy(), nd.softmax(x).asnumpy(), rtol=1e-6)
to_float64 = nd.softmax(x, dtype="float64")
int32 = nd.softmax(nd.array([[1, 2]], dtype="int32"))
large = pull(nd.softmax, nd.array([[1000.0, 1001.0], [-1000.0, 0.0]]))
infinite_and_nan = nd.softmax(odd)
one_element = nd.softmax(nd.array([5.0]))
out_argument = (lambda o: [nd.softmax(x, out=o) is o, o])(nd.zeros((2, 3)))
axis_wrong = nd.softmax(x, axis=2)
log_last_axis = pull(nd.log_softmax, x)
log_first_axis = pull(lambda x: nd.log_softmax(x, axis=0), x)
log_temperature = pull(lambda x: nd.log_softmax(x, temperature=2.0), x)
log_large = pull(nd.log_softmax, nd.array([[1000.0, 1001.0], [-1000.0, 0.0]]))
log_float64 = pull(nd.log_softmax, x.astype("float64"))
log_float16 = nd.log_softmax(x.astype("float16"))
# differs: rule 4, computed in the dtype of the result (1.9.1 computes in float32)
# expect: result.dtype == onp.float64 and onp.allclose(result.asnumpy(), nd.log_softmax(x).asnumpy(), rtol=1e-6)
log_dtype = nd.log_softmax(x, dtype="float64")
log_infinite_and_nan = nd.log_softmax(odd)
log_method = x.log_softmax(axis=0)
method = x.softmax(axis=0)
softmin = pull(nd.softmin, x)
softmin_axis = pull(lambda x: nd.softmin(x, axis=0), x)
softmin_temperature = nd.softmin(x, temperature=2.0)
softmin_float64 = nd.softmin(x.astype("float64"))
activation_instance = pull(nd.SoftmaxActivation, x)
activation_channel = pull(lambda x: nd.SoftmaxActivation(x, mode="channel"), t.reshape((2, 3, 1, 2)))
activation_instance_four_axes = nd.SoftmaxActivation(t.reshape((2, 3, 1, 2)))
# differs: rule 4, the gradient of mode 'instance' goes along the last axis, as the values do (1.9.1: along axis 1)
# expect: abs(result[1].asnumpy().sum(axis=-1)).max() < 1e-6 and abs(result[1].asnumpy()).max() > 0.1
activation_instance_gradient = pull(nd.SoftmaxActivation, t)
activation_unknown_mode = nd.SoftmaxActivation(x, mode="batch")

# %% nd cross_entropy.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward()
    return [y] + [x.grad for x in xs]
x, label = nd.array([[1.0, 2.0, 4.0], [-1.0, 0.5, 0.0]]), nd.array([2.0, 0.0])

basic = pull(lambda x: nd.softmax_cross_entropy(x, label), x)
head_gradient = (lambda x: [x.attach_grad(), autograd.set_recording(True), (nd.softmax_cross_entropy(x, label) * 3).backward(), x.grad][3])(x)
# differs: rule 4, labels may be integers
# expect: abs(float(result.asscalar()) - float(nd.softmax_cross_entropy(x, label).asscalar())) < 1e-6
int_label = nd.softmax_cross_entropy(x, nd.array([2, 0], dtype="int32"))
float64 = nd.softmax_cross_entropy(x.astype("float64"), label.astype("float64"))
keywords = nd.softmax_cross_entropy(data=x, label=label)
label_too_many = nd.softmax_cross_entropy(x, nd.array([2.0, 0.0, 1.0]))
three_axes = nd.softmax_cross_entropy(x.reshape((1, 2, 3)), label)
by_hand = pull(lambda x: -nd.pick(nd.log_softmax(x), label).sum(), x)

# %% nd output.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
S = nd.SoftmaxOutput
x, label = nd.array([[1.0, 2.0, 4.0], [-1.0, 0.5, 0.0], [0.0, 0.0, 1.0]]), nd.array([2.0, 0.0, 1.0])
t, labels = nd.arange(12).reshape((2, 3, 2)) % 5, nd.array([[0.0, 1.0], [2.0, 1.0]])

basic = pull(lambda x: S(x, label), x)
softmax_alias = pull(lambda x: nd.Softmax(x, label), x)
grad_scale = pull(lambda x: S(x, label, grad_scale=0.5), x)
use_ignore = pull(lambda x: S(x, label, use_ignore=True, ignore_label=0), x)
ignore_without_use = pull(lambda x: S(x, label, ignore_label=0), x)
ignore_default_label = pull(lambda x: S(x, nd.array([2.0, -1.0, 1.0]), use_ignore=True), x)
normalization_batch = pull(lambda x: S(x, label, normalization="batch"), x)
normalization_valid = pull(lambda x: S(x, label, normalization="valid", use_ignore=True, ignore_label=0), x)
normalization_valid_all = pull(lambda x: S(x, label, normalization="valid"), x)
# differs: rule 4, out_grad multiplies by the head gradient (1.9.1 by its own output)
# expect: onp.allclose(result[1].asnumpy(), (result[0] - nd.one_hot(label, 3)).asnumpy() * onp.array([[-1, 0, 1], [2, 3, -1], [0, 1, 2]]), atol=1e-6)
out_grad = pull(lambda x: S(x, label, out_grad=True), x)
smooth = pull(lambda x: S(x, label, smooth_alpha=0.2), x)
multi_output = pull(lambda x: S(x, labels, multi_output=True), t)
multi_output_ignore = pull(lambda x: S(x, labels, multi_output=True, use_ignore=True, ignore_label=1), t)
multi_output_valid = pull(lambda x: S(x, labels, multi_output=True, use_ignore=True, ignore_label=1, normalization="valid"), t)
multi_output_batch = pull(lambda x: S(x, labels, multi_output=True, normalization="batch"), t)
multi_output_four_axes = pull(lambda x: S(x, labels.reshape((2, 2, 1)), multi_output=True), t.reshape((2, 3, 2, 1)))
preserve_shape = pull(lambda x: S(x, nd.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), preserve_shape=True), t)
# differs: rule 4, one label per softmax is enough (1.9.1 asks for labels that it does not read)
# expect: result[0].shape == (2, 3, 2) and abs(float(result[1].sum().asscalar())) < 1e-6
flat_three_axes = pull(lambda x: S(x, nd.array([3.0, 0.0])), t)
probabilities = pull(lambda x: S(x, nd.softmax(x * 0 + nd.array([1.0, 0.0, 2.0]))), x)
# differs: rule 4, labels may be integers
# expect: onp.allclose(result[1].asnumpy(), (result[0] - nd.one_hot(label, 3)).asnumpy(), atol=1e-6)
int_label = pull(lambda x: S(x, label.astype("int32")), x)
float64 = pull(lambda x: S(x, label.astype("float64")), x.astype("float64"))
label_gets_zero = pull(lambda x, l: S(x, l), x, label.copy())
head_gradient_ignored = pull(lambda x: S(x, label) * 7, x)
keywords = S(data=x, label=label)
out_argument = (lambda o: [S(x, label, out=o) is o, o])(nd.zeros((3, 3)))
label_missing = S(x)
label_wrong = S(x, nd.array([1.0, 2.0]))
unknown_normalization = S(x, label, normalization="mean")
linear = pull(lambda x: nd.LinearRegressionOutput(x, x * 0 + 1), x)
linear_scale = pull(lambda x: nd.LinearRegressionOutput(x, x * 0 + 1, grad_scale=3), x)
linear_vector = pull(lambda x: nd.LinearRegressionOutput(x, label), x[:, 0])
linear_column = pull(lambda x: nd.LinearRegressionOutput(x, label), x[:, :1])
# differs: rule 4, shared in float64 (1.9.1 rounds to float32)
# expect: onp.allclose(result[1].asnumpy(), (x.asnumpy().astype("float64") - 1) / 3, rtol=1e-15)
linear_float64 = pull(lambda x: nd.LinearRegressionOutput(x, x * 0 + 1), x.astype("float64"))
linear_label_wrong = nd.LinearRegressionOutput(x, label)
linear_keywords = nd.LinearRegressionOutput(data=x, label=x)
logistic = pull(lambda x: nd.LogisticRegressionOutput(x, x * 0 + 1), x)
logistic_scale = pull(lambda x: nd.LogisticRegressionOutput(x, x * 0, grad_scale=0.5), x)
logistic_column = pull(lambda x: nd.LogisticRegressionOutput(x, nd.array([1.0, 0.0, 1.0])), x[:, :1])
mae = pull(lambda x: nd.MAERegressionOutput(x, x * 0 + 1), x)
mae_scale = pull(lambda x: nd.MAERegressionOutput(x, x * 0 + 1, grad_scale=2), x)
mae_equal = pull(lambda x: nd.MAERegressionOutput(x, nd.array([1.0, 2.0, 4.0])), x[0])
mae_three_axes = pull(lambda x: nd.MAERegressionOutput(x, x * 0 + 1), t)

# %% nd ctc.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) + 1).astype(y.dtype))
    return [y] + [x.grad for x in xs]
x = nd.array((onp.arange(4 * 2 * 4) * 7 % 11 - 5) / 4).reshape((4, 2, 4))
label = nd.array([[1.0, 2.0], [3.0, 0.0]])

basic = pull(lambda x: nd.CTCLoss(x, label), x)
alias = nd.ctc_loss(x, label)
blank_last = pull(lambda x: nd.CTCLoss(x, nd.array([[0.0, 1.0], [2.0, -1.0]]), blank_label="last"), x)
repeated_label = pull(lambda x: nd.CTCLoss(x, nd.array([[1.0, 1.0], [2.0, 2.0]])), x)
empty_label = pull(lambda x: nd.CTCLoss(x, nd.array([[0.0, 0.0], [2.0, 0.0]])), x)
data_lengths = pull(lambda x: nd.CTCLoss(x, label, nd.array([3.0, 2.0]), use_data_lengths=True), x)
label_lengths = pull(lambda x: nd.CTCLoss(x, nd.array([[1.0, 2.0], [3.0, 1.0]]), label_lengths=nd.array([2.0, 1.0]), use_label_lengths=True), x)
both_lengths = pull(lambda x: nd.CTCLoss(x, label, nd.array([3.0, 4.0]), nd.array([1.0, 1.0]), use_data_lengths=True, use_label_lengths=True), x)
nan_behind_lengths = pull(lambda x: nd.CTCLoss(x, label, nd.array([3.0, 2.0]), use_data_lengths=True), nd.array(onp.where(onp.arange(4)[:, None, None] < onp.array([3, 2])[:, None], x.asnumpy(), onp.nan)))
one_step = nd.CTCLoss(x[:1], nd.array([[1.0], [2.0]]))
int_label = nd.CTCLoss(x, label.astype("int32"))
label_too_long = nd.CTCLoss(x[:1], label)
batch_wrong = nd.CTCLoss(x, label[:1])
unknown_blank = nd.CTCLoss(x, label, blank_label="middle")
data_of_two_axes = nd.CTCLoss(x[0], label)
