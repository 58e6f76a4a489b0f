"""nd.contrib: foreach, while_loop, cond, boxes, attention products; nd.ROIPooling, UpSampling and their like."""
# ruff: noqa

# %% nd foreach.*
C = nd.contrib
x, s = nd.arange(6).reshape((3, 2)), nd.array([1.0, 2.0])

running_sum = C.foreach(lambda d, s: (d + s, d + s), x, s)
no_state_change = C.foreach(lambda d, s: (d * 2, s), x, s)
list_of_states = C.foreach(lambda d, s: (d + s[0] * s[1], [s[0] + 1, s[1]]), x, [s, s * 2])
list_of_data = C.foreach(lambda d, s: (d[0] * d[1], s + d[0]), [x, x + 1], s)
list_of_outputs = C.foreach(lambda d, s: ([d, d * 2], s), x, s)
nested = C.foreach(lambda d, s: ([d, [d + 1]], s), x, [s, [s]])
no_states = C.foreach(lambda d, s: (d * 2, s), x, [])
one_step = C.foreach(lambda d, s: (d + s, s), x[:1], s)
vector = C.foreach(lambda d, s: (d * s, s + d), nd.array([1.0, 2.0, 3.0]), nd.array([1.0]))
body_returns_number = C.foreach(lambda d, s: (1, s), x, s)
data_is_number = C.foreach(lambda d, s: (d, s), 3, s)
states_is_number = C.foreach(lambda d, s: (d, s), x, 3)
body_raises = C.foreach(lambda d, s: 1 / 0, x, s)

# %% nd foreach_gradient
x, s, w = nd.arange(6).reshape((3, 2)) / 2, nd.array([1.0, 2.0]), nd.array([0.5, -1.0])
for a in (x, s, w):
    a.attach_grad()
with autograd.record():
    y, last = nd.contrib.foreach(lambda d, s: (d * s * w, d + s * w), x, s)
    z = y.sum() + (last * 3).sum()
z.backward()
result = [y, last, x.grad, s.grad, w.grad]

# %% nd while_loop.*
W = nd.contrib.while_loop

# differs: rule 4, what did not run is 0 (1.9.1 leaves memory as it finds it)
# expect: result[0].asnumpy().ravel().tolist() == [0, 2, 4, 6, 0, 0] and [float(v.asscalar()) for v in result[1]] == [4, 7]
counting = W(lambda i, s: i < 4, lambda i, s: (i * 2, [i + 1, s + i]), (nd.array([0.0]), nd.array([1.0])), max_iterations=6)
stops_at_the_limit = W(lambda i: i < 100, lambda i: (i, i + 1), nd.array([0.0]), max_iterations=3)
never_runs = W(lambda i: i < 0, lambda i: (i, i + 1), nd.array([0.0]), max_iterations=3)
never_runs_of_two = [W(lambda i, s: i < 0, lambda i, s: (i, [i, s]), kind([nd.array([0.0]), nd.array([1.0])]), max_iterations=3) for kind in (tuple, list)]
no_outputs = W(lambda i, s: i < 3, lambda i, s: (None, [i + 1, s * 2]), (nd.array([0.0]), nd.array([1.0])), max_iterations=5)
empty_outputs = W(lambda i: i < 3, lambda i: ([], [i + 1]), [nd.array([0.0])], max_iterations=5)
two_outputs = W(lambda i, s: i < 2, lambda i, s: ([i, s], [i + 1, s + i]), [nd.array([0.0]), nd.array([[1.0, 2.0]])], max_iterations=2)
limit_missing = W(lambda i: i < 3, lambda i: (i, i + 1), nd.array([0.0]))
limit_zero = W(lambda i: i < 3, lambda i: (i, i + 1), nd.array([0.0]), max_iterations=0)
counts_differ = W(lambda i, s: i < 3, lambda i, s: (i, [i + 1]), (nd.array([0.0]), nd.array([1.0])), max_iterations=5)
no_variables = W(lambda: True, lambda: (None, []), [], max_iterations=2)
condition_of_two = W(lambda i: i < 3, lambda i: (i, i + 1), nd.array([0.0, 1.0]), max_iterations=2)

# %% nd while_loop_gradient
x = nd.array([1.5])
x.attach_grad()
with autograd.record():
    out, (i, p) = nd.contrib.while_loop(lambda i, p: i < 3, lambda i, p: (p, [i + 1, p * x]), [nd.array([0.0]), nd.array([1.0])], max_iterations=3)
    z = p + out.sum()
z.backward()
result = [out, p, x.grad]

# %% nd cond.*
K, a, b = nd.contrib.cond, nd.array([1.0, 2.0]), nd.array([3.0, 4.0])

true = K(nd.array([1.0]), lambda: a + b, lambda: a - b)
false = K(nd.array([0.0]), lambda: a + b, lambda: a - b)
of_comparison = K(a.sum() > b.sum(), lambda: a, lambda: b)
lists = K(nd.array([2.0]), lambda: [a, b], lambda: [b, a])
int_predicate = K(nd.array([1], dtype="int32"), lambda: a, lambda: b)
predicate_of_two = K(a, lambda: a, lambda: b)
branch_returns_number = K(nd.array([1.0]), lambda: 1, lambda: 2)

# %% nd cond_gradient
a, b = nd.array([1.0, 2.0]), nd.array([3.0, 4.0])
a.attach_grad(); b.attach_grad()
with autograd.record():
    y = nd.contrib.cond((a * b).sum() < 100, lambda: a * b, lambda: a + b)
y.backward()
result = [y, a.grad, b.grad]

# %% nd boxes.*
C = nd.contrib
b = nd.array([[0.0, 0.9, 0.1, 0.1, 0.5, 0.5], [1.0, 0.8, 0.15, 0.1, 0.5, 0.5], [0.0, 0.7, 0.6, 0.6, 0.9, 0.9], [0.0, 0.3, 0.12, 0.1, 0.5, 0.5]])

iou = C.box_iou(b[:2, 2:], b[1:, 2:])
iou_center = C.box_iou(b[:2, 2:], b[1:, 2:], format="center")
nms = C.box_nms(b, overlap_thresh=0.5, coord_start=2, score_index=1)
nms_classes = C.box_nms(b, overlap_thresh=0.5, coord_start=2, score_index=1, id_index=0)
nms_force = C.box_nms(b, overlap_thresh=0.5, coord_start=2, score_index=1, id_index=0, force_suppress=True)
nms_valid = C.box_nms(b, overlap_thresh=0.5, valid_thresh=0.5, coord_start=2, score_index=1, id_index=0)
nms_topk = C.box_nms(b, overlap_thresh=0.9, topk=2, coord_start=2, score_index=1)
nms_batch = C.box_nms(nd.stack(b, b[::-1]), overlap_thresh=0.5, coord_start=2, score_index=1)
nms_out_format = C.box_nms(b, overlap_thresh=0.5, coord_start=2, score_index=1, out_format="center")
nms_background = C.box_nms(b, overlap_thresh=0.5, coord_start=2, score_index=1, id_index=0, background_id=1)
attention_self = (lambda q: [C.interleaved_matmul_selfatt_qk(q, heads=2), C.interleaved_matmul_selfatt_valatt(q, nd.ones((4, 3, 3)), heads=2)])((nd.arange(72) % 7).reshape((3, 2, 12)) / 4)
attention_pair = (lambda q, kv: [C.interleaved_matmul_encdec_qk(q, kv, heads=2), C.interleaved_matmul_encdec_valatt(kv, nd.ones((4, 2, 3)), heads=2)])((nd.arange(16) % 5).reshape((2, 2, 4)) / 4, (nd.arange(48) % 7).reshape((3, 2, 8)) / 4)
arange_like = [C.arange_like(nd.zeros((2, 3))), C.arange_like(nd.zeros((2, 3)), axis=1), C.arange_like(nd.zeros((4,)), start=2, step=0.5)]
isnan = C.isnan(nd.array([float("nan"), 1.0, float("inf")]))
isinf = C.isinf(nd.array([float("nan"), -float("inf"), 1.0]))
isfinite = C.isfinite(nd.array([[float("nan"), 1.0], [float("inf"), 0.0]]))
isnan_int = C.isnan(nd.array([1, 2], dtype="int32"))
index_copy = C.index_copy(nd.zeros((3, 2)), nd.array([2, 0], dtype="int64"), nd.ones((2, 2)))
div_sqrt_dim = C.div_sqrt_dim(nd.array([[2.0, 4.0, 6.0, 8.0]]))
quadratic = C.quadratic(nd.array([1.0, 2.0]), a=1, b=2, c=3)
up_sampling = nd.UpSampling(nd.arange(4).reshape((1, 1, 2, 2)), scale=2, sample_type="nearest")
bilinear_resize = C.BilinearResize2D(nd.arange(4).reshape((1, 1, 2, 2)), height=3, width=3)
adaptive_pooling = C.AdaptiveAvgPooling2D(nd.arange(16).reshape((1, 1, 4, 4)), output_size=2)
roi_pooling = nd.ROIPooling(nd.arange(16).reshape((1, 1, 4, 4)), nd.array([[0.0, 0.0, 0.0, 3.0, 3.0]]), pooled_size=(2, 2), spatial_scale=1.0)
