"""nd.BilinearSampler, GridGenerator and SpatialTransformer: values, gradients, points outside, errors."""
# ruff: noqa

# %% nd bilinear_sampler.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
F, x, g = nd.BilinearSampler, wave(2, 3, 4, 5), wave(2, 2, 3, 2, step=0.9)
small, points = nd.arange(12).reshape((1, 1, 3, 4)), nd.array([[[[-1, 0, 1.2, 0.3]], [[0, 0.5, 1, -1.4]]]])

within = pull(F, x, g)
beyond = pull(F, x, wave(2, 2, 3, 4, step=0.9, scale=1.6))
far = pull(F, x, wave(2, 2, 1, 3, scale=9))
elements = F(small, points)
corners = pull(F, small, nd.array([[[[-1, 1, -1, 1]], [[-1, -1, 1, 1]]]]))
one_element = pull(F, wave(1, 2, 1, 1), wave(1, 2, 2, 2, scale=1.5))
float64 = pull(F, x.astype("float64"), g.astype("float64"))
keywords = F(data=x, grid=g, cudnn_off=True)
out_argument = (lambda o: [F(x, g, out=o) is o, o])(nd.zeros((2, 3, 3, 2)))
nan_point = F(small, nd.array([[[[float("nan")]], [[0.0]]]]))
infinite_point = F(small, nd.array([[[[float("inf")]], [[0.0]]]]))
nan_element = F(nd.array([[[[1, float("nan")], [2, 3]]]]), nd.array([[[[-1.0, 0.5]], [[-0.5, 1.0]]]]))
mixed_dtypes = F(x.astype("float64"), g)
int_arrays = F(small.astype("int32"), points.astype("int32"))
batch_differs = F(x, g[:1])
three_coordinates = F(x, nd.ones((2, 3, 1, 1)))
no_channels_axis = F(x[0], g)

# %% nd grid_generator.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
F, m, flow = nd.GridGenerator, nd.array([[1, 0.1, 0, 0, 1, 0.2], [0.5, 0, -0.5, 0.3, 2, 0]]), wave(2, 2, 3, 4, scale=2)

affine = pull(lambda m: F(m, transform_type="affine", target_shape=(2, 3)), m)
affine_large = F(m, transform_type="affine", target_shape=(5, 4))
warp = pull(lambda f: F(f, transform_type="warp"), flow)
warp_with_target = F(flow, transform_type="warp", target_shape=(5, 5))
warp_flat = F(nd.ones((1, 2, 1, 3)), transform_type="warp")
identity = F(nd.array([[1, 0, 0, 0, 1, 0]]), transform_type="affine", target_shape=(3, 3))
# differs: rule 4, a single row or column of points lies at -1 (1.9.1 divides by 0: nan)
# expect: abs(result[0].asnumpy().ravel() - [-1.1, -0.1, 0.9, -0.8, -0.8, -0.8]).max() < 1e-6
affine_one_row = F(m, transform_type="affine", target_shape=(1, 3))
# differs: rule 4, float64 works as well
# expect: result.dtype == onp.float64 and result.shape == (2, 2, 2, 3)
affine_float64 = F(m.astype("float64"), transform_type="affine", target_shape=(2, 3))
affine_int = F(m.astype("int32"), transform_type="affine", target_shape=(2, 3))
target_missing = F(m, transform_type="affine")
type_missing = F(m)
type_unknown = F(m, transform_type="x", target_shape=(2, 2))
matrices_of_three_axes = F(m.reshape((2, 2, 3)), transform_type="affine", target_shape=(2, 2))
five_numbers = F(m[:, :5], transform_type="affine", target_shape=(2, 2))
flow_of_three = F(nd.ones((1, 3, 2, 3)), transform_type="warp")
flow_without_batch = F(flow[0], transform_type="warp")

# %% nd spatial_transformer.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
def F(x, m, **kwargs):
    return nd.SpatialTransformer(x, m, **{**dict(target_shape=(3, 2), transform_type="affine", sampler_type="bilinear"), **kwargs})
x, m = wave(2, 3, 4, 5), nd.array([[0.9, 0.1, 0.05, -0.1, 0.8, 0.1], [0.5, 0.2, -0.3, 0.3, 1.2, 0]])

plain = pull(F, x, m)
larger = pull(lambda x, m: F(x, m, target_shape=(6, 7)), x, m)
turned = pull(F, x, nd.array([[0, 1, 0.1, -1, 0, 0.2], [-1, 0, 0, 0, -1, 0]]))
zoomed_out = pull(F, x, m * 3)
float64 = pull(F, x.astype("float64"), m.astype("float64"))
cudnn_off = F(x, m, cudnn_off=True)
mixed_dtypes = F(x.astype("float64"), m)
target_missing = F(x, m, target_shape=(0, 0))
matrices_of_three_axes = F(x, m.reshape((2, 2, 3)))
five_numbers = F(x, m[:, :5])
warp = F(x, m, transform_type="warp")
sampler_unknown = F(x, m, sampler_type="nearest")
nothing_given = nd.SpatialTransformer(x, m)
one_map = F(x, m[:1])

# %% nd in_a_network
# A localisation net that learns a shift: the gradient goes through grid, sampler and loss.
x = nd.array(onp.cos(onp.arange(36) * 0.7).reshape(1, 1, 6, 6))
maps = nd.array([[1, 0, 0.2, 0, 1, -0.1]])
maps.attach_grad()
losses = []
for step in range(4):
    with autograd.record():
        grid = nd.GridGenerator(maps, transform_type="affine", target_shape=(6, 6))
        loss = ((nd.BilinearSampler(x, grid) - x) ** 2).mean()
    loss.backward()
    maps -= 0.05 * maps.grad
    losses.append(loss.asscalar())
result = nd.array(losses), maps
