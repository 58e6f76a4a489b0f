"""nd.contrib.ROIAlign, RROIAlign and PSROIPooling: values, gradients, regions beyond the image, errors."""
# ruff: noqa

# %% nd roi_align.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
def F(*xs, **kwargs):
    return nd.contrib.ROIAlign(*xs, **{**dict(pooled_size=(2, 3), spatial_scale=1.0), **kwargs})
x, wide = wave(2, 2, 6, 7), wave(2, 12, 6, 7)
rois = nd.array([[0, 1, 1, 4, 5], [1, 0.5, 0.2, 3, 2], [0, -9, -9, -5, -5], [1, -1.5, -0.5, 7.5, 6.2]])

plain = pull(F, x, rois)
two_samples = pull(lambda *xs: F(*xs, sample_ratio=2), x, rois)
one_sample = pull(lambda *xs: F(*xs, sample_ratio=1), x, rois)
ratio_zero = F(x, rois, sample_ratio=0)
scaled = pull(lambda *xs: F(*xs, spatial_scale=0.25), x, rois * nd.array([[1, 4, 4, 4, 4]]))
position_sensitive = pull(lambda *xs: F(*xs, position_sensitive=True), wide, rois)
position_sensitive_samples = pull(lambda *xs: F(*xs, position_sensitive=True, sample_ratio=2), wide, rois)
aligned = pull(lambda *xs: F(*xs, aligned=True), x, rois)
aligned_samples = pull(lambda *xs: F(*xs, aligned=True, sample_ratio=2, spatial_scale=0.7), x, rois)
one_bin = pull(lambda *xs: F(*xs, pooled_size=(1, 1)), x, rois)
small_region = pull(F, x, nd.array([[0, 2.2, 3.1, 2.3, 3.15], [0, 4, 4, 2, 2]]))
float64 = pull(F, x.astype("float64"), rois.astype("float64"))
float16 = F(nd.arange(84).reshape((1, 2, 6, 7)).astype("float16"), nd.array([[0, 1, 1, 4, 5]], dtype="float16"))
out_argument = (lambda o: [F(x, rois, out=o) is o, o])(nd.zeros((4, 2, 2, 3)))
# differs: rule 4, a region of a negative image gives 0 (1.9.1 writes one element and leaves the rest as it was)
# about: nd.contrib.ROIAlign
# expect: not result[0].asnumpy().any()
negative_image = F(x, nd.array([[-1, 0, 0, 2, 2]]))
size_missing = nd.contrib.ROIAlign(x, rois, spatial_scale=1.0)
scale_missing = nd.contrib.ROIAlign(x, rois, pooled_size=(2, 2))
scale_too_large = F(x, rois, spatial_scale=1.5)
size_of_one = F(x, rois, pooled_size=2)
size_zero = F(x, rois, pooled_size=(0, 2))
four_columns = F(x, rois[:, 1:])
channels_do_not_divide = F(x, rois, position_sensitive=True)
mixed_dtypes = F(x.astype("float64"), rois)
three_axes = F(x[0], rois)

# %% nd rotated.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def F(*xs, **kwargs):
    return nd.contrib.RROIAlign(*xs, **{**dict(pooled_size=(2, 3), spatial_scale=1.0), **kwargs})
x, rois = wave(2, 2, 6, 7), nd.array([[0, 3, 3, 4, 3, 30], [1, 3, 2, 5, 2, -20], [0, 1, 1, 0.5, 7, 90], [1, 0, 0, 3, 3, 200]])

plain = F(x, rois)
two_samples = F(x, rois, sampling_ratio=2)
scaled = F(x, rois * nd.array([[1, 2, 2, 2, 2, 1]]), spatial_scale=0.5)
not_turned = F(x, nd.array([[0, 3, 3, 4, 3, 0]])) - nd.contrib.ROIAlign(x, nd.array([[0, 1, 1.5, 5, 4.5]]), pooled_size=(2, 3), spatial_scale=1.0) < 1e-5
float64 = F(x.astype("float64"), rois.astype("float64"))
five_columns = F(x, rois[:, :5])
mixed_dtypes = F(x.astype("float64"), rois)
size_of_one = F(x, rois, pooled_size=2)

# %% nd rotated_gradient
# differs: rule 4, the gradient exists (1.9.1 raises: Operator _contrib_RROIAlign is non-differentiable)
# expect: error is None and abs(result.sum().asscalar() - 4) < 1e-5
x = nd.ones((1, 1, 6, 6))
x.attach_grad()
with autograd.record():
    y = nd.contrib.RROIAlign(x, nd.array([[0, 3, 3, 2, 2, 30]]), pooled_size=(2, 2), spatial_scale=1.0)
y.backward()
result = x.grad

# %% nd psroi_pooling.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
def F(*xs, **kwargs):
    return nd.contrib.PSROIPooling(*xs, **{**dict(spatial_scale=1.0, output_dim=2, pooled_size=2), **kwargs})
x, rois = wave(2, 8, 5, 6), nd.array([[0, 1, 1, 4, 4], [1, 0.6, 0.2, 3, 2], [0, 9, 9, 12, 12], [1, 2.5, 3.5, 2.4, 3.4], [1, -3, -2, 3, 7]])

plain = pull(F, x, rois)
groups = pull(lambda *xs: F(*xs, group_size=2), x, rois)
one_group = pull(lambda *xs: F(*xs, group_size=1), x, rois)
more_bins_than_groups = pull(lambda *xs: F(*xs, pooled_size=5, group_size=2), x, rois)
scaled = pull(lambda *xs: F(*xs, spatial_scale=0.5, pooled_size=3, group_size=2), x, rois)
float64 = pull(F, x.astype("float64"), rois.astype("float64"))
four_columns = F(x, rois[:, 1:])
mixed_dtypes = F(x, rois.astype("float64"))
scale_missing = nd.contrib.PSROIPooling(x, rois, output_dim=2, pooled_size=2)
scale_too_large = F(x, rois, spatial_scale=2.0)
output_missing = nd.contrib.PSROIPooling(x, rois, spatial_scale=1.0, pooled_size=2)
size_missing = nd.contrib.PSROIPooling(x, rois, output_dim=2, spatial_scale=1.0)
# differs: rule 4, too few channels raise (1.9.1 reads past the end of the data)
# about: nd.contrib.PSROIPooling
# expect: "channels" in str(error)
too_few_channels = F(x, rois, output_dim=3)
