"""npx names of MXNet 2.0: deformable convolutions and the coding of boxes."""
# reference: MXNet 2.0.0beta1
# ruff: noqa

# %% np npx.*
def wave(*shape, step=1.7, scale=1.0):
    return np.array((onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale).astype("float32"))
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward()
    return [y] + [x.grad for x in xs]
x, o, w, b, m = wave(1, 2, 4, 4), wave(1, 8, 3, 3), wave(2, 2, 2, 2), wave(2), wave(1, 4, 3, 3)
a = np.array([[[0.1, 0.1, 0.3, 0.3], [0.3, 0.2, 0.6, 0.8], [0.5, 0.5, 0.9, 0.9], [0, 0, 0.05, 0.05]]])
r, s = np.array([[[0.1, 0.1, 0.35, 0.4], [0.5, 0.4, 0.8, 0.8]]]), np.array([[1.0, 1.0, 0.0, -1.0]])
k, means, stds = np.array([[0.0, 1.0, 1.0, 0.0]]), np.array([0.1, 0.0, 0.0, 0.0]), np.array([0.1, 0.1, 0.2, 0.2])

deformable = pull(lambda *xs: npx.deformable_convolution(*xs, kernel=(2, 2), num_filter=2), x, o, w, b)
deformable_pad = npx.deformable_convolution(x, wave(1, 8, 5, 3), w, b, kernel=(2, 2), num_filter=2, pad=(1, 0))
deformable_no_bias = npx.deformable_convolution(x, o, w, kernel=(2, 2), num_filter=2, no_bias=True)
modulated = npx.modulated_deformable_convolution(x, o, m, w, b, kernel=(2, 2), num_filter=2)
modulated_no_bias = npx.modulated_deformable_convolution(x, o, m, w, kernel=(2, 2), num_filter=2, no_bias=True)
encode = npx.box_encode(s, k, a, r, means, stds)
decode = npx.box_decode(wave(2, 4, 4, scale=0.3), a)
decode_corner = npx.box_decode(wave(2, 4, 4, scale=0.3), a, 0.1, 0.1, 0.2, 0.2, 0.05, "corner")
target = npx.multibox_target(a, np.array([[[0, 0.1, 0.1, 0.3, 0.35]]]), wave(1, 2, 4))
detection = npx.multibox_detection(np.abs(wave(1, 3, 4)), wave(1, 16, scale=0.3), a)
roi_pooling = npx.roi_pooling(x, np.array([[0.0, 0.0, 0.0, 2.0, 3.0]]), (2, 2), 1.0)
