"""nd.im2col, col2im, Correlation, SVMOutput and khatri_rao: values, gradients, odd arguments, errors."""
# ruff: noqa

# %% nd im2col.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
x = wave(2, 3, 4, 5)

plain = pull(lambda x: nd.im2col(x, kernel=(2, 3)), x)
stride = pull(lambda x: nd.im2col(x, kernel=(2, 2), stride=(2, 1)), x)
dilate = pull(lambda x: nd.im2col(x, kernel=(2, 2), dilate=(1, 3)), x)
pad = pull(lambda x: nd.im2col(x, kernel=(3, 2), pad=(2, 1)), x)
everything = pull(lambda x: nd.im2col(x, kernel=(3, 2), stride=(1, 2), dilate=(2, 1), pad=(1, 2)), x)
one_by_one = nd.im2col(x, kernel=(1, 1))
whole = nd.im2col(x, kernel=(4, 5))
float16 = nd.im2col(nd.arange(12).reshape((1, 1, 3, 4)).astype("float16"), kernel=(2, 2))
float64 = pull(lambda x: nd.im2col(x, kernel=(2, 3)), x.astype("float64"))
convolution_by_hand = nd.dot(wave(2, 12), nd.im2col(x, kernel=(2, 2))[0]).reshape((2, 3, 4)) - nd.Convolution(x[:1], wave(2, 12).reshape((2, 3, 2, 2)), kernel=(2, 2), num_filter=2, no_bias=True)[0] < 1e-5
# differs: rule 4, images with one axis of space work (1.9.1 raises: index = 3 must be in range)
# expect: result.asnumpy().tolist() == [[[0, 1, 3], [0, 2, 4]]]
one_axis = nd.im2col(nd.arange(5).reshape((1, 1, 5)), kernel=(2,), stride=(2,), pad=(1,))
# differs: rule 4, images with three axes of space work (1.9.1 raises)
# expect: result.shape == (1, 8, 4)
three_axes = nd.im2col(nd.arange(16).reshape((1, 2, 2, 2, 2)), kernel=(2, 1, 2), pad=(0, 0, 1), stride=(1, 1, 2))
int_data = nd.im2col(x.astype("int32"), kernel=(2, 2))
kernel_missing = nd.im2col(x)
kernel_too_large = nd.im2col(x, kernel=(5, 5))
stride_too_short = nd.im2col(x, kernel=(2, 2), stride=(1,))
four_axes = nd.im2col(nd.ones((1, 1, 2, 2, 2, 2)), kernel=(2, 2, 2, 2))

# %% nd col2im.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
c = wave(2, 12, 10)

plain = pull(lambda c: nd.col2im(c, output_size=(3, 7), kernel=(2, 3)), c)
stride = pull(lambda c: nd.col2im(c, output_size=(3, 11), kernel=(2, 3), stride=(1, 2)), c)
pad = pull(lambda c: nd.col2im(c, output_size=(1, 7), kernel=(2, 3), pad=(1, 0)), c)
dilate = pull(lambda c: nd.col2im(c, output_size=(3, 9), kernel=(2, 3), dilate=(1, 2)), c)
counts = nd.col2im(nd.im2col(nd.ones((1, 1, 4, 4)), kernel=(3, 3), pad=(1, 1)), output_size=(4, 4), kernel=(3, 3), pad=(1, 1))
float64 = nd.col2im(c.astype("float64"), output_size=(3, 7), kernel=(2, 3))
places_differ = nd.col2im(c, output_size=(4, 4), kernel=(2, 3))
rows_differ = nd.col2im(c, output_size=(3, 7), kernel=(5, 3))
int_data = nd.col2im(c.astype("int32"), output_size=(3, 7), kernel=(2, 3))
size_missing = nd.col2im(c, kernel=(2, 3))
kernel_missing = nd.col2im(c, output_size=(3, 7))

# %% nd correlation.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
a, b = wave(2, 3, 6, 7), wave(2, 3, 6, 7, step=0.9)

plain = pull(nd.Correlation, a, b)
differences = pull(lambda a, b: nd.Correlation(a, b, is_multiply=False), a, b)
padded = pull(lambda a, b: nd.Correlation(a, b, max_displacement=2, pad_size=2), a, b)
padded_differences = pull(lambda a, b: nd.Correlation(a, b, max_displacement=2, pad_size=2, is_multiply=False), a, b)
kernel = pull(lambda a, b: nd.Correlation(a, b, kernel_size=3, pad_size=2), a, b)
kernel_differences = pull(lambda a, b: nd.Correlation(a, b, kernel_size=3, pad_size=2, is_multiply=False), a, b)
strides = pull(lambda a, b: nd.Correlation(a, b, kernel_size=3, max_displacement=3, stride1=2, stride2=2, pad_size=4), a, b)
no_displacement = pull(lambda a, b: nd.Correlation(a, b, max_displacement=0), a, b)
equal_images = pull(lambda a, b: nd.Correlation(a, b, is_multiply=False), a, a.copy())
even_kernel = nd.Correlation(a, b, kernel_size=2)
nothing_left = nd.Correlation(a, b, max_displacement=4)
# differs: rule 4, images of different shapes raise (1.9.1 reads past the end of one)
# expect: "Correlation" in str(error)
shapes_differ = nd.Correlation(a, b[:, :, :5])
three_axes = nd.Correlation(a[0], b[0])

# %% nd svm_output.*
def pull(shape, label, head=1, dtype="float32", **kwargs):
    x, label = nd.array(onp.linspace(-2, 2, int(onp.prod(shape))).reshape(shape), dtype=dtype), nd.array(label, dtype=dtype)
    x.attach_grad()
    label.attach_grad()
    with autograd.record():
        y = nd.SVMOutput(x, label, **kwargs)
    y.backward(nd.full(shape, head, dtype=dtype))
    return [y, x.grad, label.grad]
x = nd.ones((2, 3, 4))

squared = pull((3, 4), [0, 3, 1])
linear = pull((3, 4), [0, 3, 1], use_linear=True)
margin = pull((3, 4), [0, 3, 1], margin=0.3)
weighted = pull((3, 4), [0, 3, 1], regularization_coefficient=0.25, margin=0.7)
weighted_linear = pull((3, 4), [0, 3, 1], regularization_coefficient=0.25, margin=0.7, use_linear=True)
head_is_ignored = pull((2, 3), [2, 0], head=5)
three_axes = pull((2, 2, 3), [[0, 2], [1, 1]])
no_such_class = pull((2, 3), [5, -1])
fraction = pull((1, 3), [1.6])
float64 = pull((2, 3), [2, 0], dtype="float64")
float16 = pull((2, 3), [2, 0], dtype="float16")
label_of_other_shape = nd.SVMOutput(x, nd.zeros((2,)))
one_axis = nd.SVMOutput(nd.ones((4,)), nd.zeros((1,)))
label_of_other_dtype = nd.SVMOutput(x, nd.zeros((2, 3), dtype="float64"))
int_data = nd.SVMOutput(x.astype("int32"), nd.zeros((2, 3), dtype="int32"))

# %% nd khatri_rao.*
a, b, c = nd.array([[1, 2]]), nd.array([[3, 4], [5, 6]]), nd.array([[1, 1], [2, 2]])

two = nd.khatri_rao(b, c)
three = nd.khatri_rao(a, b, c)
other_order = nd.khatri_rao(c, b, a)
one = nd.khatri_rao(b)
float64 = nd.khatri_rao(b.astype("float64"), c.astype("float64"))
out_argument = (lambda o: [nd.khatri_rao(b, c, out=o) is o, o])(nd.zeros((4, 2)))
nothing = nd.khatri_rao()
columns_differ = nd.khatri_rao(b, nd.ones((2, 3)))
dtypes_differ = nd.khatri_rao(b, c.astype("float64"))
vector = nd.khatri_rao(b, nd.ones((2,)))
# differs: rule 4, all dtypes work
# expect: result.asnumpy().tolist() == [[3, 4], [6, 8], [5, 6], [10, 12]]
int_matrices = nd.khatri_rao(b.astype("int32"), c.astype("int32"))

# %% nd khatri_rao_gradient
# differs: rule 4, the product is differentiable (1.9.1 raises: Operator khatri_rao is non-differentiable)
# expect: error is None and result.asnumpy().tolist() == [[3, 3], [3, 3]]
b, c = nd.array([[3, 4], [5, 6]]), nd.array([[1, 1], [2, 2]])
b.attach_grad()
with autograd.record():
    y = nd.khatri_rao(b, c)
y.backward()
result = b.grad
