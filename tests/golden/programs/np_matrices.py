"""np.linalg and np.random: values, shapes, dtypes, ranges and errors."""
# ruff: noqa

# %% np linalg.*
spd = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 2.0]])
a = np.array([[2.0, -1.0, 0.0], [1.0, 3.0, 1.0], [0.5, 0.0, -2.0]])
tall = np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 1.0]])
batch = np.stack([spd, spd * 2 + np.eye(3)])
singular = np.array([[1.0, 2.0], [2.0, 4.0]])
v = np.array([3.0, -4.0, 12.0])

norm = [np.linalg.norm(v), np.linalg.norm(a), np.linalg.norm(batch), np.linalg.norm(np.array(-3.0)), np.linalg.norm(np.zeros(3)), np.linalg.norm(x=v)]
norm_axis = [np.linalg.norm(a, axis=0), np.linalg.norm(a, axis=1), np.linalg.norm(a, axis=-1, keepdims=True), np.linalg.norm(batch, axis=(1, 2)), np.linalg.norm(batch, axis=(0, 2), keepdims=True), np.linalg.norm(a, keepdims=True)]
norm_vector_orders = [np.linalg.norm(v, 1), np.linalg.norm(v, 2), np.linalg.norm(v, ord=3), np.linalg.norm(v, ord=0)]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == 12.0
norm_vector_infinity = np.linalg.norm(v, ord=onp.inf)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == 3.0
norm_vector_minus_infinity = np.linalg.norm(v, ord=-onp.inf)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [2.0, 3.0, 2.0]
norm_vector_infinity_axis = np.linalg.norm(a, ord=onp.inf, axis=0)
norm_vector_negative = [np.linalg.norm(v, ord=-1), np.linalg.norm(v, ord=-2)]
norm_vector_half = np.linalg.norm(v, ord=0.5)
norm_axis_orders = [np.linalg.norm(a, 1, axis=0), np.linalg.norm(a, 2, axis=1), np.linalg.norm(a, ord=1, axis=1, keepdims=True)]
norm_frobenius = [np.linalg.norm(a, "fro"), np.linalg.norm(batch, ord="fro", axis=(1, 2)), np.linalg.norm(a, "fro", keepdims=True)]
norm_nuclear = np.linalg.norm(a, "nuc")
norm_matrix_orders = [np.linalg.norm(a, 1), np.linalg.norm(a, -1), np.linalg.norm(a, 2), np.linalg.norm(a, -2)]
norm_matrix_infinity = [np.linalg.norm(a, onp.inf), np.linalg.norm(a, -onp.inf)]
norm_matrix_axis_orders = [np.linalg.norm(batch, 1, axis=(1, 2)), np.linalg.norm(batch, -1, axis=(2, 1))]
norm_float64 = np.linalg.norm(v.astype("float64"))
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: result.dtype == "float32" and result.tolist() == 5.0
norm_int = np.linalg.norm(np.array([3, 4], dtype="int32"))
norm_unknown_order = np.linalg.norm(a, "abc")
norm_order_for_batch = np.linalg.norm(batch, 1)
norm_wrong_axis = np.linalg.norm(a, axis=2)
norm_three_axes = np.linalg.norm(batch, axis=(0, 1, 2))
norm_empty = np.linalg.norm(np.zeros(0))
norm_nan = np.linalg.norm(np.array([float("nan"), 1.0]))
det = [np.linalg.det(a), np.linalg.det(spd), np.linalg.det(batch), np.linalg.det(singular), np.linalg.det(np.eye(4)), np.linalg.det(a.astype("float64")), np.linalg.det(a=a)]
det_one = np.linalg.det(np.array([[5.0]]))
det_not_square = np.linalg.det(tall)
det_vector = np.linalg.det(v)
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == -2.0
det_int = np.linalg.det(np.array([[1, 2], [3, 4]], dtype="int32"))
slogdet = [np.linalg.slogdet(a), np.linalg.slogdet(batch), np.linalg.slogdet(-spd), np.linalg.slogdet(a.astype("float64"))]
slogdet_singular = np.linalg.slogdet(np.zeros((2, 2)))
slogdet_not_square = np.linalg.slogdet(tall)
inv = [np.linalg.inv(a), np.linalg.inv(batch), np.linalg.inv(np.array([[0.5]])), np.linalg.inv(a.astype("float64")), np.linalg.inv(a.T)]
inv_singular = np.linalg.inv(np.zeros((2, 2)))
inv_not_square = np.linalg.inv(tall)
inv_vector = np.linalg.inv(v)
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[-2.0, 1.0], [1.5, -0.5]]
inv_int = np.linalg.inv(np.array([[1, 2], [3, 4]], dtype="int32"))
cholesky = [np.linalg.cholesky(spd), np.linalg.cholesky(batch), np.linalg.cholesky(spd.astype("float64")), np.linalg.cholesky(np.array([[9.0]]))]
cholesky_indefinite = np.linalg.cholesky(-spd)
cholesky_not_square = np.linalg.cholesky(tall)
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [[2.0, 0.0], [1.0, 1.41421]], atol=1e-5, equal_nan=True)
cholesky_int = np.linalg.cholesky(np.array([[4, 2], [2, 3]], dtype="int32"))
solve = [np.linalg.solve(a, v), np.linalg.solve(a, np.eye(3)), np.linalg.solve(a, np.ones((3, 2))), np.linalg.solve(batch, np.ones((2, 3, 1))), np.linalg.solve(a.astype("float64"), v.astype("float64"))]
solve_batch_vectors = np.linalg.solve(batch, np.ones((2, 3)))
solve_singular = np.linalg.solve(np.zeros((2, 2)), np.ones(2))
solve_wrong = np.linalg.solve(a, np.ones(2))
solve_not_square = np.linalg.solve(tall, np.ones(3))
svd = [np.linalg.svd(a)[1], np.linalg.svd(tall.T)[1], np.linalg.svd(batch)[1]]
svd_rebuilds = [np.abs((lambda u, s, vt: np.matmul(u * s, vt))(*np.linalg.svd(m)) - m).max() < 1e-5 for m in (a, tall.T, spd)]
svd_shapes = [[part.shape for part in np.linalg.svd(m)] for m in (a, tall.T, batch, np.ones((2, 2, 4)))]
# differs: rule 3, tall matrices have singular values too: u is (m, n), and v (n, n) (1.9.1 refuses)
# expect: result == [(3, 2), (2,), (2, 2)]
svd_tall = [part.shape for part in np.linalg.svd(tall)]
svd_vector = np.linalg.svd(v)
svd_kind = type(np.linalg.svd(a)).__name__
eigh_values = [np.linalg.eigh(spd)[0], np.linalg.eigh(batch)[0], np.linalg.eigh(spd.astype("float64"))[0], np.linalg.eigh(spd, UPLO="U")[0], np.linalg.eigh(spd, "L")[0]]
eigh_vectors = (lambda w, q: np.abs(np.matmul(spd, q) - q * w).max() < 1e-5)(*np.linalg.eigh(spd))
eigh_lower_only = np.linalg.eigh(np.array([[2.0, 99.0], [1.0, 3.0]]))[0]
eigh_not_square = np.linalg.eigh(tall)
# differs: rule 3, an unknown UPLO is refused, as in NumPy (1.9.1 takes it for "L")
# expect: isinstance(error, ValueError)
eigh_unknown_uplo = np.linalg.eigh(spd, UPLO="A")
eigvalsh = [np.linalg.eigvalsh(spd), np.linalg.eigvalsh(batch), np.linalg.eigvalsh(spd, UPLO="U"), np.linalg.eigvalsh(spd.astype("float64"))]
eigvalsh_not_square = np.linalg.eigvalsh(tall)
eigvals_of_symmetric = np.sort(np.linalg.eigvals(spd))
pinv = [np.linalg.pinv(a), np.linalg.pinv(tall), np.linalg.pinv(tall.T), np.linalg.pinv(batch), np.linalg.pinv(a, 1e-15), np.linalg.pinv(tall.astype("float64"))]
pinv_singular = np.linalg.pinv(singular, rcond=1e-5)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [[0.307692, -0.153846, -0.153846], [-0.153846, 0.476923, 0.276923], [-0.153846, 0.276923, 0.676923]], atol=1e-5, equal_nan=True)
pinv_hermitian = np.linalg.pinv(spd, hermitian=True)
pinv_vector = np.linalg.pinv(v)
qr = (lambda q, r: [np.abs(np.matmul(q, r) - a).max() < 1e-5, q.shape, r.shape, np.abs(np.tril(r, -1)).max() < 1e-6])(*np.linalg.qr(a))
qr_tall = [part.shape for part in np.linalg.qr(tall)]
qr_mode_r = np.abs(np.linalg.qr(tall, mode="r")).shape
lstsq = [part.shape if hasattr(part, "shape") else part for part in np.linalg.lstsq(tall, np.array([1.0, 2.0, 3.0]), rcond=None)]
matrix_rank = np.linalg.matrix_rank(batch)
multi_dot = np.linalg.multi_dot([a, tall, tall.T])
tensorinv = np.linalg.tensorinv(np.eye(4).reshape(2, 2, 2, 2), ind=2).shape
svd_vectors = [np.linalg.svd(a), np.linalg.svd(spd), np.linalg.svd(tall.T), np.linalg.svd(a.astype("float64")), np.linalg.svd(-a)]
eigh_signs = [np.linalg.eigh(spd), np.linalg.eigh(-spd), np.linalg.eigh(spd.astype("float64")), np.linalg.eigh(np.array([[2.0, 1.0], [1.0, 3.0]]))]
qr_factors = [np.linalg.qr(a), np.linalg.qr(tall), np.linalg.qr(spd.astype("float64"))]
norm_words = [np.linalg.norm(a, "inf"), np.linalg.norm(v, "inf"), np.linalg.norm(a, ord="inf", keepdims=True)]
norm_batches = [np.linalg.norm(batch, 2), np.linalg.norm(batch, -1), np.linalg.norm(batch, "fro"), np.linalg.norm(batch, "nuc"), np.linalg.norm(batch, 1, keepdims=True), np.linalg.norm(batch, onp.inf)]

# %% np random.*

uniform_shapes = [np.random.uniform().shape, np.random.uniform(0, 1, 3).shape, np.random.uniform(size=(2, 3)).shape, np.random.uniform(0, 1, ()).shape, np.random.uniform(np.zeros(4), 1).shape, np.random.uniform(np.zeros((2, 1)), np.ones(3)).shape, np.random.uniform(low=0.0, high=np.ones(2), size=(3, 2)).shape]
uniform_dtypes = [str(np.random.uniform(0, 1, 3, dtype=t).dtype) for t in ("float32", "float64", "float16")] + [str(np.random.uniform(size=2).dtype), type(np.random.uniform()).__name__]
uniform_range = (lambda x: [x.min() >= -2, x.max() < 5, abs(x.mean() - 1.5) < 0.2])(np.random.uniform(-2, 5, 10000))
uniform_int_dtype = np.random.uniform(0, 1, 3, dtype="int32")
uniform_empty = [np.random.uniform(size=0).shape, np.random.uniform(size=(2, 0)).shape]
uniform_negative_size = np.random.uniform(size=-1)
uniform_wrong_shapes = np.random.uniform(np.zeros(2), np.ones(3))
uniform_out = (lambda o: np.random.uniform(2, 3, size=(2,), out=o) is o and bool((o >= 2).all()))(np.zeros(2))
uniform_list_size = np.random.uniform(size=[2, 2]).shape
uniform_ctx = np.random.uniform(0, 1, 2, ctx=mx.cpu()).shape
uniform_string = np.random.uniform("a", 1, 2)
normal_shapes = [np.random.normal().shape, np.random.normal(0, 1, 3).shape, np.random.normal(size=(2, 3)).shape, np.random.normal(np.zeros(4), 1).shape, np.random.normal(np.zeros((2, 1)), np.ones(3)).shape, np.random.normal(loc=1, scale=2, size=2).shape]
normal_dtypes = [str(np.random.normal(0, 1, 3, dtype=t).dtype) for t in ("float32", "float64", "float16")] + [str(np.random.normal(size=2).dtype)]
normal_moments = (lambda x: [abs(x.mean() - 3) < 0.1, abs(x.std() - 2) < 0.1])(np.random.normal(3, 2, 20000))
normal_zero_scale = np.random.normal(3, 0, 2)
normal_negative_scale = np.random.normal(0, -1, 2)
normal_wrong_shapes = np.random.normal(np.zeros(2), np.ones(3))
normal_empty = np.random.normal(size=(0, 2)).shape
randn_shapes = [np.random.randn(2, 3).shape, np.random.randn(4).shape, np.random.randn().shape, np.random.randn(0).shape]
randn_dtype = [str(np.random.randn(2).dtype), str(np.random.randn(2, dtype="float64").dtype)]
rand_shapes = [np.random.rand(2, 3).shape, np.random.rand(4).shape, np.random.rand().shape]
rand_dtype = str(np.random.rand(2).dtype)
rand_range = (lambda x: [x.min() >= 0, x.max() < 1])(np.random.rand(1000))
randint_shapes = [np.random.randint(5, size=3).shape, np.random.randint(0, 5, (2, 2)).shape, np.random.randint(2, 7, size=()).shape, np.random.randint(5).shape if hasattr(np.random.randint(5), "shape") else type(np.random.randint(5)).__name__]
randint_dtypes = [str(np.random.randint(5, size=2).dtype), str(np.random.randint(0, 5, 2, dtype="int32").dtype), str(np.random.randint(0, 5, 2, dtype="int64").dtype)]
randint_range = (lambda x: [int(x.min()), int(x.max())])(np.random.randint(3, 7, 2000))
randint_one_bound = (lambda x: [int(x.min()), int(x.max())])(np.random.randint(4, size=2000))
randint_negative = (lambda x: [int(x.min()), int(x.max())])(np.random.randint(-2, 2, 2000))
randint_low_above_high = np.random.randint(5, 2, 3)
randint_float_dtype = np.random.randint(0, 5, 3, dtype="float32")
choice_shapes = [np.random.choice(5).shape, np.random.choice(5, 3).shape, np.random.choice(5, size=(2, 2)).shape, np.random.choice(np.arange(4.0), 3).shape, np.random.choice(5, (2,), replace=False).shape]
choice_dtypes = [str(np.random.choice(5, 3).dtype), str(np.random.choice(np.arange(4.0), 3).dtype)]
choice_permutation = np.sort(np.random.choice(5, 5, replace=False))
choice_certain = np.random.choice(3, 4, p=np.array([0.0, 1.0, 0.0]))
choice_certain_array = np.random.choice(np.array([7.0, 8.0]), 3, p=np.array([0.0, 1.0]))
choice_half = np.random.choice(10, 4, p=(np.ones(10) / 10).astype("float16")).shape
choice_too_many = np.random.choice(3, 5, replace=False)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.shape == (2,) and bool(((result >= 1) & (result <= 3)).all())
choice_list = np.random.choice([1, 2, 3], 2)
choice_matrix = np.random.choice(np.ones((2, 2)), 2)
choice_members = bool(np.array_equal(np.unique(np.random.choice(np.array([2.0, 4.0]), 200)), np.array([2.0, 4.0])))
shuffle_members = (lambda x: [np.random.shuffle(x), np.sort(x)])(np.arange(6.0))
shuffle_rows = (lambda x: [np.random.shuffle(x), np.sort(x[:, 0]), (x[:, 1] - x[:, 0])])(np.arange(6.0).reshape(3, 2))
shuffle_list = np.random.shuffle([1, 2, 3])
shuffle_zero_d = np.random.shuffle(np.array(1.0))
multinomial = [np.random.multinomial(10, [0.5, 0.5]).sum(), np.random.multinomial(4, np.array([0.25, 0.25, 0.5]), size=3).shape, np.random.multinomial(5, [0.0, 1.0, 0.0])]
multinomial_dtype = str(np.random.multinomial(3, [0.5, 0.5]).dtype)
multinomial_sizes = [np.random.multinomial(3, [0.5, 0.5], size=(2, 2)).shape, np.random.multinomial(3, [0.5, 0.5], ()).shape, np.random.multinomial(0, [0.5, 0.5])]
multinomial_sum_above_one = np.random.multinomial(3, [0.9, 0.9])
# differs: rule 3, a negative number of draws is refused, as in NumPy (1.9.1 gives 0)
# expect: isinstance(error, ValueError)
multinomial_negative = np.random.multinomial(-1, [0.5, 0.5])
exponential_shapes = [np.random.exponential().shape, np.random.exponential(2.0, 3).shape, np.random.exponential(size=(2, 3)).shape, np.random.exponential(np.ones(4)).shape, np.random.exponential(scale=np.ones((2, 1)), size=(2, 3)).shape]
exponential_moments = (lambda x: [bool(x.min() >= 0), abs(float(x.mean()) - 2) < 0.15])(np.random.exponential(2.0, 20000))
exponential_dtype = str(np.random.exponential(size=2).dtype)
exponential_negative = np.random.exponential(-1.0, 2)
gamma_shapes = [np.random.gamma(2.0).shape, np.random.gamma(2.0, size=3).shape, np.random.gamma(2.0, 1.0, (2, 3)).shape, np.random.gamma(np.ones(4), 2.0).shape, np.random.gamma(shape=np.ones((2, 1)), scale=np.ones(3)).shape]
gamma_moments = (lambda x: [bool(x.min() >= 0), abs(float(x.mean()) - 6) < 0.3])(np.random.gamma(3.0, 2.0, 20000))
gamma_dtypes = [str(np.random.gamma(2.0, size=2, dtype=t).dtype) for t in ("float32", "float64")] + [str(np.random.gamma(2.0, size=2).dtype)]
gamma_negative = np.random.gamma(-1.0, size=2)
gamma_scale_zero = np.random.gamma(2.0, 0)
gamma_scale_zeros = np.random.gamma(2.0, np.zeros(2))
beta_shapes = [np.random.beta(1.0, 2.0).shape, np.random.beta(1.0, 2.0, 3).shape, np.random.beta(np.ones(2), 1.0).shape, np.random.beta(a=1.0, b=2.0, size=(2, 2)).shape]
beta_moments = (lambda x: [bool(x.min() >= 0), bool(x.max() <= 1), abs(float(x.mean()) - 0.25) < 0.05])(np.random.beta(1.0, 3.0, 10000))
beta_dtype = [str(np.random.beta(1.0, 2.0, 2).dtype), str(np.random.beta(1.0, 2.0, 2, dtype="float64").dtype)]
seed_mx = (lambda f: bool((f() == f()).all()))(lambda: [mx.random.seed(7), np.random.normal(size=5)][1])
seed_different = (lambda f: bool((f(1) == f(2)).all()))(lambda n: [mx.random.seed(n), np.random.uniform(size=5)][1])
seed_returns = mx.random.seed(3)
seed_float = mx.random.seed(1.5)
seed_string = mx.random.seed("a")
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result == [(3,), (3,), (3,), (3,), (3,), (3,), (3,), (3,), (3,)]
more_samplers = [np.random.chisquare(2.0, 3).shape, np.random.logistic(0, 1, 3).shape, np.random.gumbel(0, 1, 3).shape, np.random.pareto(2.0, 3).shape, np.random.power(2.0, 3).shape, np.random.rayleigh(1.0, 3).shape, np.random.weibull(2.0, 3).shape, np.random.lognormal(0, 1, 3).shape, np.random.f(2.0, 3.0, 3).shape]
multivariate_normal = np.random.multivariate_normal(np.zeros(2), np.eye(2), 3).shape
multivariate_normal_half = (lambda x: [x.shape, str(x.dtype)])(np.random.multivariate_normal(np.zeros(2).astype("float16"), np.eye(2).astype("float16"), 3))
