"""np: the names that MXNet 1.9.1 lacks, as the 2.0 beta has them."""
# reference: MXNet 2.0.0beta1
# ruff: noqa

# %% np pairs.*
a = np.array([[-2.5, -1.0, 0.5], [1.0, 2.0, 3.5]])
b = np.array([[1.5, -2.0, 0.5], [-1.0, 2.0, -0.25]])
row = np.array([2.0, -1.0, 0.5])
def over(f):
    return [f(a, b), f(a, row), f(row, np.array([[1.5], [-2.0]])), f(a, np.array(2.0)), f(np.array(-1.5), np.array(2.0)),
            f(a.T, b.T), f(a[::-1, ::2], b[:, :2]), f(a.astype("float64"), b.astype("float64")), f(np.zeros((0, 3)), row)]
def numbers(f):
    return [f(a, 2), f(2, a), f(a, -0.75), f(-0.75, a), f(a.astype("float64"), 0.3)]

fmod = over(np.fmod)
fmod_numbers = numbers(np.fmod)
fmod_int = [np.fmod(np.array([7, -7], dtype="int32"), np.array([3, 3], dtype="int32")), np.fmod(np.array([7, -7], dtype="int32"), 4)]
fmax = over(np.fmax)
fmax_numbers = numbers(np.fmax)
fmax_nan = [np.fmax(np.array([float("nan"), 1.0, float("nan")]), np.array([1.0, float("nan"), float("nan")])), np.fmax(a, float("nan"))]
fmax_int = np.fmax(np.array([1, 5], dtype="int32"), np.array([3, 3], dtype="int32"))
fmin = over(np.fmin)
fmin_numbers = numbers(np.fmin)
fmin_nan = [np.fmin(np.array([float("nan"), 1.0, float("nan")]), np.array([1.0, float("nan"), float("nan")])), np.fmin(float("nan"), a)]
logaddexp = over(np.logaddexp)
logaddexp_numbers = [np.logaddexp(a, 1), np.logaddexp(1.5, a)]
logaddexp_inf = np.logaddexp(np.array([float("inf"), -float("inf"), -float("inf")]), np.array([1.0, 1.0, -float("inf")]))
# differs: rule 4, it does not overflow (2.0 gives inf)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [1000.69, -998.687], atol=1e-5, equal_nan=True)
logaddexp_large = np.logaddexp(np.array([1000.0, -1000.0]), np.array([1000.0, -999.0]))
floor_divide = over(np.floor_divide)
floor_divide_numbers = numbers(np.floor_divide)
floor_divide_int = [np.floor_divide(np.array([7, -7], dtype="int32"), np.array([2, 2], dtype="int32")), np.array([7, -7], dtype="int32") // 2]
floor_divide_operator = [a // b, a // 2, 2 // a, a // 0.5]
floor_divide_mixed = np.floor_divide(np.array([7, -7], dtype="int32"), np.array([2.0, 2.0]))
floor_divide_zero = np.floor_divide(np.array([1.0, -1.0, 0.0]), 0)
floor_divide_out = np.floor_divide(a, b, out=np.zeros((2, 3)))
pow = [np.pow(np.abs(a), b), np.pow(a, 2), np.pow(2, a)]
logical_and = over(np.logical_and)
logical_or = over(np.logical_or)
logical_xor = over(np.logical_xor)
logical_numbers = [np.logical_and(a, 1), np.logical_or(a, 0), np.logical_xor(1, a), np.logical_and(1, 0)]
logical_bools = [f(np.array([True, False], dtype=bool), np.array([True, True], dtype=bool)) for f in (np.logical_and, np.logical_or, np.logical_xor)]
logical_ints = [f(np.array([0, 3], dtype="int32"), np.array([2, 2], dtype="int32")) for f in (np.logical_and, np.logical_or, np.logical_xor)]
logical_out = np.logical_and(a, b, out=np.zeros((2, 3), dtype=bool))
logical_mixed = np.logical_or(np.array([0, 3], dtype="int32"), np.array([0.0, 0.0]))

# %% np reduce.*
t = np.array([[[3.0, -1.0], [2.5, 4.0], [0.5, 0.25]], [[-2.0, 6.0], [1.5, 1.0], [7.0, -3.5]]])
n = np.array([[1.0, float("nan"), 3.0], [4.0, 2.0, -1.0]])

median = [np.median(t), np.median(t, axis=0), np.median(t, axis=-1), np.median(t, axis=1, keepdims=True), np.median(t.astype("float64"), axis=2)]
median_odd = [np.median(np.array([3.0, 1.0, 2.0])), np.median(np.array([5.0]))]
median_tuple = np.median(t, axis=(0, 1))
median_int = np.median(np.array([1, 2, 4, 7], dtype="int32"))
median_out = np.median(t, axis=0, out=np.zeros((3, 2)))
median_nan = np.median(n)
median_wrong_axis = np.median(t, axis=3)
nansum = [np.nansum(n, axis=0), np.nansum(n, axis=1, keepdims=True), np.nansum(t, axis=(0, 1))]
# differs: rule 4, the result is an array like any other (2.0 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float64" and result.tolist() == 9.0
nansum_dtype = np.nansum(n, dtype="float64")
# differs: rule 4, the result is an array like any other (2.0 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float32" and result.tolist() == 0.0
nansum_only_nan = np.nansum(np.array([float("nan")]))
# differs: rule 4, the result is an array like any other (2.0 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "int64" and result.tolist() == 3
nansum_int = np.nansum(np.array([1, 2], dtype="int32"))
cumprod = [np.cumprod(t), np.cumprod(t, axis=0), np.cumprod(t, 1), np.cumprod(t, axis=-1)]
cumprod_int = np.cumprod(np.array([1, 2, 3], dtype="int32"))
two_numbers = [np.floor_divide(7, 2), np.logical_and(1, 0), np.logical_or(0, 2.5)]
cumprod_dtype = np.cumprod(np.array([1, 2, 3], dtype="int32"), dtype="float32")

# %% np arrays.*
m = np.arange(9.0).reshape(3, 3)
t = np.arange(24.0).reshape(2, 3, 4)

triu = [np.triu(m), np.triu(m, 1), np.triu(m, -1), np.triu(m[:2]), np.triu(t), np.triu(m, k=5), np.triu(m=m, k=-5)]
triu_dtypes = [np.triu(np.ones((2, 2), dtype=d)) for d in ("int32", "float64", "float16", "uint8")]
triu_vector = np.triu(np.arange(3.0))
tril_indices = [np.tril_indices(3), np.tril_indices(3, 1), np.tril_indices(2, m=3), np.tril_indices(3, -1)]
triu_indices = [np.triu_indices(3), np.triu_indices(3, 1), np.triu_indices(2, m=3), np.triu_indices(3, -1)]
tril_indices_used = m[np.tril_indices(3)]
cross = [np.cross(m[0], m[1]), np.cross(m, m[::-1]), np.cross(np.array([1.0, 2.0]), np.array([3.0, 4.0])), np.cross(m, m[0])]
cross_axes = [np.cross(m, m + 1, axis=0), np.cross(m, m[::-1], axisa=0, axisb=1), np.cross(m, m + 1, axisa=0, axisb=0, axisc=0)]
cross_two_three = np.cross(np.array([1.0, 2.0]), np.array([3.0, 4.0, 5.0]))
cross_wrong = np.cross(np.ones(4), np.ones(4))
deg2rad = [np.deg2rad(np.array([0.0, 90.0, -180.0])), np.deg2rad(180.0)]
rad2deg = [np.rad2deg(np.array([0.0, 1.0, -3.0])), np.rad2deg(1.0)]
# differs: rule 3, asarray is array without the copy: a number becomes float32 (2.0 gives int64)
# expect: [x.dtype for x in result[:2] + result[3:]] == ["float32", "float64", "float32"] and result[2]
asarray = [np.asarray([1, 2]), np.asarray([1.5], dtype="float64"), np.asarray(m) is m, np.asarray(3)]
concat = [np.concat([m, m]), np.concat((m, m), axis=1), np.concat([m, m], axis=None)]
permute_dims = [np.permute_dims(t, (2, 0, 1)), np.permute_dims(t, axes=(1, 0, 2)), np.permute_dims(m)]
dtypes = [np.zeros(2, dtype=d) for d in (np.int16, np.uint16, np.uint32, np.uint64)]
dtype_arithmetic = [np.array([1, 2], dtype=d) + np.array([3, 4], dtype=d) for d in ("int16", "uint16", "uint32", "uint64")]
# differs: rule 3, the dtypes are NumPy's (2.0 has dtype instances)
# expect: result == [True, True, True, True]
dtype_identity = [np.int16 is onp.int16, np.uint16 is onp.uint16, np.uint32 is onp.uint32, np.uint64 is onp.uint64]
device = str(m.device)
drop_grad = (lambda x: [x.attach_grad(), x.drop_grad(), x.grad])(np.ones(2))
positive = [+m[0], np.positive(m[0])]
in_place_pow = (lambda x: x.__ipow__(2))(np.array([1.0, 2.0]))
seed = (lambda f: bool((f() == f()).all()))(lambda: [np.random.seed(7), np.random.uniform(size=5)][1])
