"""nd.linalg and the nd.linalg_* spellings, dot and batch_dot: values, gradients, options, refusals."""
# ruff: noqa

# %% nd linalg.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
L = nd.linalg
s, m = nd.array([[4.0, 2.0], [2.0, 3.0]]), nd.array([[2.0, 1.0], [-1.0, 3.0]])
b, c, low = nd.array([[1.0, 2.0, 0.5], [3.0, -1.0, 2.0]]), nd.array([[1.0, 0.5], [2.0, 1.0], [-1.0, 4.0]]), nd.array([[2.0, 0.0], [1.0, 3.0]])
batch = nd.array([[[4.0, 2.0], [2.0, 3.0]], [[2.0, 0.5], [0.5, 1.0]]])

det = pull(L.det, m)
det_batch = pull(L.det, batch)
det_three = L.det(nd.array([[2.0, 0.0, 1.0], [1.0, 3.0, 2.0], [1.0, 1.0, 1.0]]))
det_singular = L.det(nd.array([[1.0, 2.0], [2.0, 4.0]]))
det_not_square = L.det(b)
det_float64 = pull(L.det, m.astype("float64"))
# differs: rule 3, integers count as float32, as in NumPy
# expect: abs(float(result.asscalar()) - 7) < 1e-5
det_int = L.det(m.astype("int32"))
slogdet = L.slogdet(m)
slogdet_negative = L.slogdet(nd.array([[0.0, 1.0], [1.0, 0.0]]))
slogdet_batch = L.slogdet(batch)
slogdet_gradient = pull(lambda m: L.slogdet(m)[1], m)
slogdet_singular = L.slogdet(nd.array([[1.0, 2.0], [2.0, 4.0]]))
inverse = pull(L.inverse, m)
inverse_batch = L.inverse(batch)
inverse_float64 = L.inverse(m.astype("float64"))
inverse_not_square = L.inverse(b)
potrf = pull(L.potrf, s)
potrf_batch = pull(L.potrf, batch)
potrf_float64 = L.potrf(s.astype("float64"))
potrf_not_positive = L.potrf(nd.array([[1.0, 2.0], [2.0, 1.0]]))
potrf_not_square = L.potrf(b)
potrf_lower = pull(lambda s: L.potrf(s, lower=True), s)
potrf_upper = pull(lambda s: L.potrf(s, lower=False), batch)
potrf_upper_reads_one_triangle = [L.potrf(nd.array([[4.0, 1.0], [2.0, 5.0]]), lower=False), nd.linalg_potrf(nd.array([[4.0, 1.0], [2.0, 5.0]]), lower=True)]
potri = pull(L.potri, low)
syrk = pull(L.syrk, b)
syrk_transpose = pull(lambda b: L.syrk(b, transpose=True), b)
syrk_alpha = L.syrk(b, alpha=2.0)
syrk_batch = L.syrk(batch)
syrk_float64 = L.syrk(b.astype("float64"), transpose=True, alpha=0.5)
trsm = pull(L.trsm, low, b)
trsm_transpose = pull(lambda a, b: L.trsm(a, b, transpose=True), low, b)
trsm_rightside = pull(lambda a, b: L.trsm(a, b, rightside=True), low, c)
trsm_upper = L.trsm(low.T, b, lower=False)
trsm_alpha = L.trsm(low, b, alpha=3.0)
trsm_all_options = L.trsm(low, c, transpose=True, rightside=True, alpha=2.0)
trsm_reads_one_triangle = L.trsm(m, b)
trsm_wrong = L.trsm(low, c)
trmm = pull(L.trmm, low, b)
trmm_options = pull(lambda a, b: L.trmm(a, b, transpose=True, rightside=True, alpha=2.0), low, c)
trmm_upper = L.trmm(low.T, b, lower=False)
gemm2 = pull(L.gemm2, b, c)
gemm2_transpose_a = pull(lambda a, b: L.gemm2(a, b, transpose_a=True), b, b)
gemm2_transpose_b = L.gemm2(b, b, transpose_b=True)
gemm2_alpha = L.gemm2(b, c, alpha=0.5)
gemm2_batch = L.gemm2(batch, batch)
gemm2_axis = L.gemm2(nd.arange(12).reshape((2, 3, 2)), nd.arange(12).reshape((2, 3, 2)), axis=0, transpose_b=True).shape
gemm2_wrong = L.gemm2(b, b)
gemm2_dtypes_differ = L.gemm2(b, c.astype("float64"))
gemm2_float64 = L.gemm2(b.astype("float64"), c.astype("float64"))
gemm = pull(L.gemm, b, c, m)
gemm_options = pull(lambda a, b, c: L.gemm(a, b, c, transpose_b=True, alpha=2.0, beta=0.5), b, b, m)
gemm_beta_zero = L.gemm(b, c, m, beta=0.0)
gemm_wrong = L.gemm(b, c, b)
gelqf = L.gelqf(b)
sumlogdiag = pull(L.sumlogdiag, s)
sumlogdiag_batch = L.sumlogdiag(batch)
extractdiag = pull(L.extractdiag, m)
extractdiag_offset = [L.extractdiag(b, offset=1), L.extractdiag(m, offset=-1)]
makediag = pull(L.makediag, nd.array([1.0, 2.0]))
makediag_offset = [L.makediag(nd.array([1.0, 2.0]), offset=1), L.makediag(nd.array([1.0, 2.0]), offset=-1)]
extracttrian = pull(L.extracttrian, m)
extracttrian_options = [L.extracttrian(m, lower=False), L.extracttrian(m, offset=-1), L.extracttrian(batch, offset=1)]
maketrian = pull(L.maketrian, nd.array([1.0, 2.0, 3.0]))
maketrian_options = [L.maketrian(nd.array([1.0, 2.0, 3.0]), lower=False), L.maketrian(nd.array([1.0, 2.0, 3.0]), offset=-1)]
aliases = [nd.linalg_det(m), nd.linalg_inverse(m), nd.linalg_potrf(s), nd.linalg_potri(low), nd.linalg_syrk(b), nd.linalg_sumlogdiag(s)]
aliases_of_two = [nd.linalg_trsm(low, b), nd.linalg_trmm(low, b), nd.linalg_gemm2(b, c), nd.linalg_gemm(b, c, m)]
aliases_of_shape = [nd.linalg_extractdiag(m), nd.linalg_makediag(b[0]), nd.linalg_extracttrian(m), nd.linalg_maketrian(nd.arange(3))]
aliases_with_two_results = [nd.linalg_slogdet(m), nd.linalg_gelqf(b)]
keywords = [L.det(A=m), L.gemm2(A=b, B=c), L.trsm(A=low, B=b), nd.linalg_syrk(A=b, transpose=False, alpha=1.0)]
out_argument = (lambda o: [L.gemm2(b, c, out=o) is o, o])(nd.zeros((2, 2)))
vector = L.det(nd.array([1.0]))

# %% nd products.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
a, b, v, t = nd.arange(6).reshape((2, 3)), nd.arange(6).reshape((3, 2)) - 2, nd.array([1.0, -2.0, 3.0]), nd.arange(12).reshape((2, 3, 2)) - 4

dot = pull(nd.dot, a, b)
dot_transpose_a = pull(lambda a, b: nd.dot(a, b, transpose_a=True), a, a)
dot_transpose_b = pull(lambda a, b: nd.dot(a, b, transpose_b=True), a, a)
dot_transpose_both = nd.dot(a, b, transpose_a=True, transpose_b=True)
dot_vectors = pull(nd.dot, v, v)
dot_matrix_vector = pull(nd.dot, a, v)
dot_vector_matrix = pull(nd.dot, v, b)
dot_three_axes = pull(nd.dot, t, a)
dot_three_by_vector = nd.dot(t, nd.array([1.0, 2.0]))
dot_matrix_by_three = nd.dot(nd.ones((3, 2)), t).shape
dot_three_transposed = nd.dot(t, t, transpose_a=True).shape
dot_keywords = nd.dot(lhs=a, rhs=b)
dot_out = (lambda o: [nd.dot(a, b, out=o) is o, o])(nd.zeros((2, 2)))
dot_float64 = nd.dot(a.astype("float64"), b.astype("float64"))
dot_int = nd.dot(a.astype("int32"), b.astype("int32"))
# differs: rule 4, float16 works on the CPU too
# expect: result.dtype == onp.float16 and result.asnumpy().tolist() == [[4, 7], [4, 16]]
dot_float16 = nd.dot(a.astype("float16"), b.astype("float16"))
dot_dtypes_differ = nd.dot(a, b.astype("float64"))
dot_shapes_differ = nd.dot(a, a)
dot_vector_lengths_differ = nd.dot(v, nd.ones((2,)))
dot_nan = nd.dot(nd.array([[float("nan"), 0.0]]), nd.array([[0.0], [1.0]]))
dot_method = a.dot(b)
batch_dot = pull(nd.batch_dot, t, t.swapaxes(1, 2))
batch_dot_transpose_a = pull(lambda x, y: nd.batch_dot(x, y, transpose_a=True), t, t)
batch_dot_transpose_b = pull(lambda x, y: nd.batch_dot(x, y, transpose_b=True), t, t)
batch_dot_both = nd.batch_dot(t, t.swapaxes(1, 2), transpose_a=True, transpose_b=True)
batch_dot_keywords = nd.batch_dot(lhs=t, rhs=t, transpose_b=True)
batch_dot_float64 = nd.batch_dot(t.astype("float64"), t.astype("float64"), transpose_b=True)
batch_dot_batches_differ = nd.batch_dot(t, t[:1], transpose_b=True)
batch_dot_two_axes = nd.batch_dot(a, b)
batch_dot_shapes_differ = nd.batch_dot(t, t)
