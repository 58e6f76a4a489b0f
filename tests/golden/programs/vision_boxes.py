"""MultiBoxTarget, MultiBoxDetection, box_encode, box_decode, Proposal, MultiProposal."""
# ruff: noqa

# %% nd target.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def boxes(n, step):
    corner, size = onp.abs(onp.sin(onp.arange(2 * n) * step)).reshape(n, 2) * 0.7, onp.abs(onp.cos(onp.arange(2 * n) * step * 1.3)).reshape(n, 2) * 0.3 + 0.05
    return onp.concatenate([corner, corner + size], axis=1)
T = nd.contrib.MultiBoxTarget
a = nd.array([[[0.1, 0.1, 0.3, 0.3], [0.3, 0.2, 0.6, 0.8], [0.5, 0.5, 0.9, 0.9], [0, 0, 0.05, 0.05]]])
l = nd.array([[[0, 0.1, 0.1, 0.3, 0.35], [1, 0.4, 0.4, 0.9, 0.9], [-1] * 5], [[-1] * 5] * 3])
p, many = wave(2, 3, 4), nd.array(boxes(40, 0.7)[None])
labels = nd.array(onp.concatenate([onp.arange(10).reshape(2, 5, 1) % 3, boxes(10, 1.1).reshape(2, 5, 4)], axis=2))

plain = T(a, l, p)
low_threshold = T(a, l, p, overlap_threshold=0.1)
no_threshold = T(a, l, p, overlap_threshold=0, ignore_label=-7)
variances = T(a, l, p, variances=(0.1, 0.2, 0.3, 0.4))
mining = T(a, l, p, negative_mining_ratio=0.5)
mining_all = T(a, l, p, negative_mining_ratio=3, negative_mining_thresh=0.6, minimum_negative_samples=3)
many_anchors = T(many, labels, wave(2, 4, 40))
many_anchors_low = T(many, labels, wave(2, 4, 40), overlap_threshold=0.2)
many_anchors_mining = T(many, labels, wave(2, 4, 40), overlap_threshold=0.3, negative_mining_ratio=2, negative_mining_thresh=0.3)
many_anchors_mining_most = T(many, labels, wave(2, 4, 40), overlap_threshold=0.3, negative_mining_ratio=1.5, negative_mining_thresh=0.9)
wide_labels = T(a, nd.array([[[1, 0.1, 0.1, 0.3, 0.35, 9, 9]]]), p[:1])
one_box_for_all = T(a, nd.array([[[2, 0, 0, 1, 1]]]), p[:1], overlap_threshold=0.05)
no_overlap = T(a, nd.array([[[2, 2, 2, 3, 3]]]), p[:1])
mining_without_candidates = T(a, l, p, negative_mining_ratio=3, negative_mining_thresh=0.1)
mining_threshold_zero = T(a, l, p, negative_mining_ratio=3, negative_mining_thresh=0)
half_padding = T(a, nd.array([[[-1, 0, 0, 1, 1]]]), p[:1])
anchors_without_batch = T(a[0], l, p)
anchors_per_image = T(nd.concat(a, a, dim=0), l, p)
narrow_labels = T(a, l[:, :, :4], p)
predictions_of_other_anchors = T(a, l, p[:, :, :3])
two_variances = T(a, l, p, variances=(0.1, 0.1))
# differs: rule 4, float64 works as well
# expect: [r.dtype for r in result] == [onp.float64] * 3
float64 = T(a.astype("float64"), l.astype("float64"), p.astype("float64"))
mixed_dtypes = T(a, l.astype("float64"), p)

# %% nd target_gradients
a = nd.array([[[0.1, 0.1, 0.3, 0.3], [0.3, 0.2, 0.6, 0.8]]])
l, p = nd.array([[[0, 0.1, 0.1, 0.3, 0.35]]]), nd.ones((1, 2, 2))
p.attach_grad()
with autograd.record():
    y = nd.contrib.MultiBoxTarget(a, l, p * 2)
autograd.backward(y)
result = p.grad

# %% nd detection.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def boxes(n, step):
    corner, size = onp.abs(onp.sin(onp.arange(2 * n) * step)).reshape(n, 2) * 0.7, onp.abs(onp.cos(onp.arange(2 * n) * step * 1.3)).reshape(n, 2) * 0.3 + 0.05
    return onp.concatenate([corner, corner + size], axis=1)
D = nd.contrib.MultiBoxDetection
a = nd.array([[[0.1, 0.1, 0.5, 0.5], [0.12, 0.1, 0.55, 0.5], [0.11, 0.1, 0.5, 0.55], [0, 0, 0.05, 0.05]]])
c = nd.array([[[0.2, 0.1, 0.3, 0.25], [0.5, 0.8, 0.6, 0.005], [0.3, 0.1, 0.1, 0.008]], [[0.9] * 4, [0.05] * 4, [0.05] * 4]])
p, z = wave(2, 16, scale=0.3), nd.zeros((2, 16))
many, likely, shifts = nd.array(boxes(40, 0.7)[None]), nd.softmax(wave(3, 4, 40, scale=3), axis=1), wave(3, 160, step=0.9)

plain = D(c, p, a)
not_moved = D(c, z, a)
high_overlap = D(c, z, a, nms_threshold=0.9)
unsorted = D(c, z, a, nms_threshold=-1)
force_suppress = D(c, z, a, force_suppress=True)
not_clipped = D(c, p * 20, a, clip=False)
clipped = D(c, p * 20, a, clip=True)
topk = D(c, z, a, nms_topk=1)
topk_low_threshold = D(c, z, a, nms_topk=2, threshold=0.001)
background_id = D(c, z, a, background_id=1)
threshold = D(c, z, a, threshold=0.55)
variances = D(c, p, a, variances=(1, 1, 1, 1), nms_threshold=0)
many_boxes = D(likely, shifts, many)
many_boxes_topk = D(likely, shifts, many, nms_topk=10, nms_threshold=0.1)
many_boxes_forced = D(likely, shifts, many, nms_threshold=0.2, force_suppress=True)
many_boxes_likely = D(likely, shifts, many, threshold=0.8)
locations_of_other_anchors = D(c, z[:, :8], a)
locations_of_three_axes = D(c, z.reshape((2, 4, 4)), a)
probabilities_without_batch = D(c[0], z, a)
anchors_without_batch = D(c, z, a[0])
two_variances = D(c, z, a, variances=(1, 1))
mixed_dtypes = D(c.astype("float64"), z, a)

# %% nd encode.*
E = nd.contrib.box_encode
a = nd.array([[[0.1, 0.1, 0.3, 0.3], [0.3, 0.2, 0.6, 0.8], [0.5, 0.5, 0.9, 0.9], [0, 0, 0.05, 0.05]]])
r, s, m = nd.array([[[0.1, 0.1, 0.35, 0.4], [0.5, 0.4, 0.8, 0.8]]]), nd.array([[1, 1, 0, -1]]), nd.array([[0, 1, 1, 0]])
means, stds = nd.array([0.1, 0, 0, 0]), nd.array([0.1, 0.1, 0.2, 0.2])

plain = E(s, m, a, r, means, stds)
neutral = E(s, m, a, r, nd.zeros(4), nd.ones(4))
all_samples = E(nd.ones((1, 4)), nd.array([[1, 0, 1, 0]]), a, r, means, stds)
no_samples = E(nd.zeros((1, 4)), m, a, r, means, stds)
unmatched = E(s, nd.array([[0, 1, -1, -1]]), a, r, means, stds)
float64 = E(*[v.astype("float64") for v in (s, m, a, r, means, stds)])
mixed_dtypes = E(s.astype("float64"), m, a, r, means, stds)
samples_without_batch = E(s[0], m, a, r, means, stds)
two_means = E(s, m, a, r, means[:2], stds)
fewer_anchors = E(s, m, a[:, :3], r, means, stds)
anchors_without_batch = E(s, m, a[0], r, means, stds)

# %% nd decode.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
B, x = nd.contrib.box_decode, wave(2, 4, 4, scale=0.3)
a = nd.array([[[0.1, 0.1, 0.3, 0.3], [0.3, 0.2, 0.6, 0.8], [0.5, 0.5, 0.9, 0.9], [0, 0, 0.05, 0.05]]])

plain = B(x, a)
corner = B(x, a, format="corner")
positions = B(x, a, 0.1, 0.1, 0.2, 0.2, 0.05, "corner")
keywords = B(x, a, std0=0.1, std1=0.2, std2=0.3, std3=0.4, clip=0.05)
clip_zero = B(x, a, clip=0)
inverse = B(nd.contrib.box_encode(nd.ones((1, 4)), nd.array([[0, 1, 2, 3]]), a, a + 0.1, nd.zeros(4), nd.ones(4))[0], a, format="corner")
float64 = B(x.astype("float64"), a.astype("float64"))
float16 = B(nd.zeros((1, 4, 4), dtype="float16"), nd.array([[[0.5, 0.5, 0.25, 0.25]] * 4], dtype="float16"))
boxes_without_batch = B(x[0], a)
anchors_without_batch = B(x, a[0])
fewer_anchors = B(x, a[:, :3])
anchors_per_image = B(x, nd.concat(a, a, dim=0))
format_unknown = B(x, a, format="x")
mixed_dtypes = B(x.astype("float64"), a)
int_data = B(x.astype("int32"), a.astype("int32"))

# %% nd decode_gradient
x, a = nd.ones((1, 2, 4)), nd.ones((1, 2, 4))
x.attach_grad()
with autograd.record():
    y = nd.contrib.box_decode(x, a)
y.backward()
result = y, x.grad

# %% nd multi_proposal.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def P(*xs, **kwargs):
    return nd.contrib.MultiProposal(*xs, **{**dict(rpn_pre_nms_top_n=30, rpn_post_nms_top_n=12), **kwargs})
c, b, i = nd.array(onp.random.RandomState(0).permutation(1440).reshape(2, 24, 6, 5) / 1440), wave(2, 48, 6, 5, scale=0.2), nd.array([[90, 76, 1], [80, 80, 0.5]])

plain = P(c, b, i)
output_score = P(c, b, i, output_score=True)
low_overlap = P(c, b, i, threshold=0.3, rpn_post_nms_top_n=20)
iou_loss = P(c, b * 20, i, iou_loss=True)
min_size = P(c, b, i, rpn_min_size=40)
stride = P(c, b, i, feature_stride=20)
scales_and_ratios = P(c, b, i, scales=(2, 5, 3), ratios=(0.4, 1, 2.5, 1.7))
all_before = P(c, b, i, rpn_pre_nms_top_n=0, rpn_min_size=0, rpn_post_nms_top_n=5)
anchors_differ = P(c, b, i, scales=(1, 2))
boxes_differ = P(c, b[:, :24], i)
info_of_one = P(c, b, i[:1])

# %% nd proposal.*
def wave(*shape, step=1.7, scale=1.0):
    return nd.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
def P(*xs, **kwargs):
    return nd.contrib.Proposal(*xs, **{**dict(rpn_pre_nms_top_n=30, rpn_post_nms_top_n=12), **kwargs})
c, b, i = nd.array(onp.random.RandomState(0).permutation(720).reshape(1, 24, 6, 5) / 720), wave(1, 48, 6, 5, scale=0.2), nd.array([[90, 76, 1]])

plain = P(c, b, i)
output_score = P(c, b, i, output_score=True)
low_overlap = P(c, b, i, threshold=0.1, rpn_post_nms_top_n=20)
iou_loss = P(c, b * 20, i, iou_loss=True)
two_images = P(nd.concat(c, c, dim=0), nd.concat(b, b, dim=0), nd.concat(i, i, dim=0))
image_too_large = P(c, b, nd.array([[200, 76, 1]]))

# %% np npx.*
def wave(*shape, step=1.7, scale=1.0):
    return np.array(onp.sin(onp.arange(int(onp.prod(shape))) * step + 0.3).reshape(shape) * scale)
a = np.array([[[0.1, 0.1, 0.3, 0.3], [0.3, 0.2, 0.6, 0.8], [0.5, 0.5, 0.9, 0.9], [0, 0, 0.05, 0.05]]])
l = np.array([[[0, 0.1, 0.1, 0.3, 0.35], [1, 0.4, 0.4, 0.9, 0.9]]])

multibox_target = npx.multibox_target(a, l, wave(1, 2, 4))
multibox_target_mining = npx.multibox_target(a, l, wave(1, 2, 4), negative_mining_ratio=1)
multibox_detection = npx.multibox_detection(np.abs(wave(1, 3, 4)), wave(1, 16, scale=0.3), a)
multibox_detection_topk = npx.multibox_detection(np.abs(wave(1, 3, 4)), wave(1, 16, scale=0.3), a, nms_topk=2)
