"""np: reductions and cumulative functions: axes, keepdims, dtypes, special values, argument forms."""
# ruff: noqa

# %% np axes.*
t = np.array([[[3.0, -1.0], [2.5, 4.0], [0.5, 0.25]], [[-2.0, 6.0], [1.5, 1.0], [7.0, -3.5]]])
def over(f):
    return [f(t), f(t, axis=0), f(t, axis=1), f(t, axis=-1), f(t, axis=-3), f(t, axis=2, keepdims=True), f(t, None),
            f(t, keepdims=True), f(t, axis=None, keepdims=True), f(t[:, 1:, ::-1], axis=1), f(t.T, axis=0),
            f(np.array(2.5)), f(np.array([2.5]), axis=0), f(t.astype("float64"), axis=1), f(t.astype("float16"), axis=1)]
def tuples(f):
    return [f(t, axis=(0, 1)), f(t, axis=(2, 0)), f(t, axis=(0, 1, 2)), f(t, axis=(-1, -3), keepdims=True), f(t, axis=(1,))]

sum = over(np.sum)
mean = over(np.mean)
prod = over(np.prod)
max = over(np.max)
min = over(np.min)
amax = over(np.amax)
amin = over(np.amin)
std = over(np.std)
var = over(np.var)
all = over(np.all)
any = over(np.any)
average = [np.average(t), np.average(t, axis=0), np.average(t, axis=-1), np.average(t, axis=(0, 2))]
argmax = [np.argmax(t), np.argmax(t, axis=0), np.argmax(t, 1), np.argmax(t, axis=-1), np.argmax(np.array(2.0))]
argmin = [np.argmin(t), np.argmin(t, axis=0), np.argmin(t, 1), np.argmin(t, axis=-1), np.argmin(np.array(2.0))]
cumsum = [np.cumsum(t), np.cumsum(t, axis=0), np.cumsum(t, 1), np.cumsum(np.array([3.0])), np.cumsum(t[:, ::-1], axis=1)]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[[3.0, 2.0], [2.5, 6.5], [0.5, 0.75]], [[-2.0, 4.0], [1.5, 2.5], [7.0, 3.5]]]
cumsum_negative_axis = np.cumsum(t, axis=-1)
nanprod = [np.nanprod(t, axis=0), np.nanprod(t, axis=-1, keepdims=True)]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float32" and result.tolist() == -1653.75
nanprod_all = np.nanprod(t)
nanmax = [np.nanmax(t, axis=0), np.nanmax(t, axis=-1, keepdims=True)]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float32" and result.tolist() == 7.0
nanmax_all = np.nanmax(t)
nanmin = [np.nanmin(t, axis=0), np.nanmin(t, axis=-1, keepdims=True)]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float32" and result.tolist() == -3.5
nanmin_all = np.nanmin(t)
ptp = [np.ptp(t, axis=0), np.ptp(t, axis=-1, keepdims=True)]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float32" and result.tolist() == 10.5
ptp_all = np.ptp(t)
count_nonzero = [np.count_nonzero(t), np.count_nonzero(t, axis=0), np.count_nonzero(t, axis=-1, keepdims=True)]
sum_tuples = tuples(np.sum)
mean_tuples = tuples(np.mean)
prod_tuples = tuples(np.prod)
max_tuples = tuples(np.max)
min_tuples = tuples(np.min)
std_tuples = tuples(np.std)
var_tuples = tuples(np.var)
all_tuples = tuples(np.all)
any_tuples = tuples(np.any)
sum_lists = [np.sum(t, axis=[0, 1]), np.mean(t, axis=[1, 2])]
max_list = np.max(t, axis=[0, 1])
sum_empty_axes = [np.sum(t, axis=()), np.mean(t, axis=())]
max_empty_axes = np.max(t, axis=())
prod_empty_axes = np.prod(t, axis=())
var_empty_axes = np.var(t, axis=())
all_empty_axes = np.all(t, axis=())

# %% np wrong_axes.*
t = np.ones((2, 3))

sum = np.sum(t, axis=2)
sum_negative = np.sum(t, axis=-3)
mean = np.mean(t, axis=5)
max = np.max(t, axis=2)
prod = np.prod(t, axis=(0, 2))
argmax = np.argmax(t, axis=2)
argmax_tuple = np.argmax(t, axis=(0, 1))
var = np.var(t, axis=2)
std = np.std(t, axis=-3)
cumsum = np.cumsum(t, axis=2)
all = np.all(t, axis=2)
any_repeated = np.any(t, axis=(1, 1))
sum_repeated = np.sum(t, axis=(0, -2))
sum_float = np.sum(t, axis=1.0)
average = np.average(t, axis=2)
sum_zero_d = np.sum(np.array(1.0), axis=0)
max_zero_d = np.max(np.array(1.0), axis=1)
argmax_zero_d = np.argmax(np.array(1.0), axis=0)

# %% np dtypes.*
i = np.array([[1, -2, 3], [4, 5, -6]], dtype="int32")
k = np.array([[1, 2], [3, 4]], dtype="int64")
s = np.array([100, 100, -3], dtype="int8")
u = np.array([200, 100, 7], dtype="uint8")
b = np.array([[True, False], [True, True]], dtype=bool)
h = np.array([0.5, 60000.0, 60000.0], dtype="float16")
x = np.array([1.5, 2.25, -0.5])

sum = [np.sum(i), np.sum(k, axis=0), np.sum(s), np.sum(u), np.sum(i, axis=1, keepdims=True)]
sum_bool = [np.sum(b), np.sum(b, axis=0)]
sum_half_overflows = np.sum(h)
sum_dtype = [np.sum(i, dtype="float32"), np.sum(i, axis=0, dtype="int64"), np.sum(x, dtype="float64"), np.sum(s, dtype="int32"), np.sum(x, dtype=onp.float16)]
sum_dtype_int_of_float = np.sum(x, dtype="int32")
sum_dtype_bool = np.sum(b, dtype="float32")
mean = [np.mean(i), np.mean(k, axis=0), np.mean(s), np.mean(u)]
mean_bool = np.mean(b)
mean_dtype = [np.mean(i, dtype="float64"), np.mean(x, dtype="float64"), np.mean(i, axis=0, dtype="float16")]
mean_dtype_int = np.mean(x, dtype="int32")
mean_int_dtype = [np.mean(s, dtype="int8"), np.mean(i * 1000, axis=0, dtype="int8"), np.mean(k, axis=1, dtype="int64", keepdims=True)]
mean_half = np.mean(np.array([0.5, 1.5, 4.0], dtype="float16"))
prod = [np.prod(i), np.prod(k, axis=1), np.prod(s), np.prod(u)]
prod_bool = np.prod(b)
prod_dtype = [np.prod(i, dtype="float32"), np.prod(s, dtype="int64"), np.prod(x, dtype="float64")]
max = [np.max(i), np.max(k, axis=0), np.max(s), np.max(u)]
min = [np.min(i), np.min(k, axis=0), np.min(s), np.min(u)]
max_bool = np.max(b)
min_bool_axis = np.min(b, axis=0)
max_half = np.max(h)
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [3.80424, [1.0, 1.0]]))
std = [np.std(i), np.std(k, axis=0)]
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [14.4722, [1.0, 1.0]]))
var = [np.var(i), np.var(k, axis=0)]
# differs: rule 4, the mean is not rounded before the deviations from it (1.9.1 rounds it to the dtype of the array)
# expect: all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [1.1607, 14.4722, [2.25, 12.25, 20.25]]))
std_dtype = [np.std(x, dtype="float64"), np.var(i, dtype="float64"), np.var(i, dtype="float32", axis=0)]
var_half = np.var(np.array([0.5, 1.5, 4.0], dtype="float16"))
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == 0.1875
var_bool = np.var(b)
all = [np.all(i), np.all(u), np.all(b), np.all(b, axis=0), np.all(k, axis=1)]
any = [np.any(i), np.any(s), np.any(b), np.any(b, axis=1), np.any(np.zeros(3, dtype="int32"))]
argmax = [np.argmax(i), np.argmax(k, axis=0), np.argmax(u), np.argmin(i), np.argmin(s)]
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int64" and result.tolist() == 0
argmax_bool = np.argmax(b)
argmax_half = np.argmax(h)
cumsum = [np.cumsum(i), np.cumsum(k, axis=0), np.cumsum(s), np.cumsum(u)]
cumsum_bool = np.cumsum(b)
cumsum_half = np.cumsum(np.array([0.5, 1.5, 4.0], dtype="float16"))
cumsum_dtype = [np.cumsum(i, dtype="float32"), np.cumsum(x, dtype="float64"), np.cumsum(s, dtype="int64")]
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [0.833333, [2.0, 3.0]]))
average_int = [np.average(i), np.average(k, axis=0)]
ptp_int = np.ptp(i, axis=0)
count_nonzero_bool = [np.count_nonzero(b), np.count_nonzero(i - 1)]
large_sum = np.sum(np.ones(100000) * 0.1)
large_mean = np.mean(np.ones((1000, 100)) * 3.7, axis=0)[:3]
sum_int_wraps = np.sum(np.array([2**31 - 1, 1], dtype="int32"))

# %% np special.*
n = np.array([[1.0, float("nan"), 3.0], [float("inf"), 2.0, -float("inf")]])
p = np.array([float("inf"), 1.0])

sum = [np.sum(n), np.sum(n, axis=0)]
# differs: rule 4, inf + 1 is inf (1.9.1 compensates its sums and gives nan)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), onp.inf, atol=1e-5, equal_nan=True)
sum_inf = np.sum(p)
mean = [np.mean(n), np.mean(n, axis=1)]
# differs: rule 4, inf + 1 is inf (1.9.1 compensates its sums and gives nan)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), onp.inf, atol=1e-5, equal_nan=True)
mean_inf = np.mean(p)
prod = [np.prod(n), np.prod(n, axis=1), np.prod(p)]
max = [np.max(n), np.max(n, axis=0), np.max(n, axis=1)]
min = [np.min(n), np.min(n, axis=0), np.min(n, axis=1)]
max_nan_places = [np.max(np.array(v)) for v in ([float("nan"), 1.0], [1.0, float("nan")], [1.0, float("nan"), 2.0], [float("nan")])]
min_nan_places = [np.min(np.array(v)) for v in ([float("nan"), 1.0], [1.0, float("nan")], [1.0, float("nan"), 2.0], [float("nan")])]
argmax = [np.argmax(n, axis=0), np.argmax(np.array([1.0, float("nan"), 3.0]))]
argmin = np.argmin(np.array([1.0, float("nan"), -3.0]))
argmax_inf = [np.argmax(p), np.argmin(p), np.argmax(-p)]
var = [np.var(n), np.std(n, axis=0), np.var(p)]
all = [np.all(n), np.all(n, axis=0)]
any = [np.any(n), np.any(np.array([float("nan"), 0.0]))]
cumsum = [np.cumsum(n), np.cumsum(n, axis=1)]
nanprod = np.nanprod(n, axis=0)
nanmax = np.nanmax(n, axis=0)
nanmin = np.nanmin(n, axis=0)
ptp = np.ptp(np.array([[1.0, float("nan")]]), axis=1)
argmax_ties = [np.argmax(np.array([[2.0, 2.0], [2.0, 1.0]]), axis=0), np.argmin(np.array([1.0, 0.0, 0.0]))]

# %% np empty.*
z = np.zeros((0, 3))

sum = [np.sum(z), np.sum(z, axis=0), np.sum(z, axis=1), np.sum(z, keepdims=True)]
# differs: rule 4, a product of nothing is 1, as in NumPy (1.9.1 gives 0)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [1.0, [1.0, 1.0, 1.0]]))
prod = [np.prod(z), np.prod(z, axis=0)]
prod_other_axis = np.prod(z, axis=1)
mean = [np.mean(z, axis=1), np.mean(np.zeros((3, 0)), axis=0)]
# differs: rule 4, a mean of nothing is nan, as in NumPy (1.9.1 gives 0)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), onp.nan, atol=1e-5, equal_nan=True)
mean_all = np.mean(z)
# differs: rule 4, a mean of nothing is nan, as in NumPy (1.9.1 gives 0)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [onp.nan, onp.nan, onp.nan], atol=1e-5, equal_nan=True)
mean_axis = np.mean(z, axis=0)
max = np.max(z)
max_axis = np.max(z, axis=0)
max_other_axis = np.max(z, axis=1)
min = np.min(z)
argmax = np.argmax(z)
argmax_other_axis = np.argmax(z, axis=1)
std = np.std(z)
var_axis = np.var(z, axis=0)
all = [np.all(z), np.all(z, axis=0)]
any = [np.any(z), np.any(z, axis=0)]
cumsum = [np.cumsum(z), np.cumsum(z, axis=0), np.cumsum(z, axis=1)]
count_nonzero = np.count_nonzero(z)

# %% np forms.*
t = np.array([[1.0, 5.0, 2.0], [4.0, 3.0, 6.0]])

positional = [np.sum(t, 0), np.mean(t, 1), np.prod(t, -1), np.std(t, 0), np.var(t, 1)]
positional_keepdims = [np.sum(t, 0, None, None, True), np.mean(t, 0, None, None, True)]
max_positional = np.max(t, 0, None, True)
keyword_a = [np.sum(a=t), np.mean(a=t, axis=0), np.max(a=t, axis=1), np.argmax(a=t, axis=1), np.cumsum(a=t, axis=1)]
out = [np.sum(t, axis=0, out=np.zeros(3)), np.mean(t, axis=1, out=np.zeros(2)), np.max(t, axis=0, out=np.zeros(3)), np.prod(t, axis=0, out=np.zeros(3))]
out_returned = (lambda o: np.sum(t, axis=0, out=o) is o)(np.zeros(3))
out_var = [np.std(t, axis=0, out=np.zeros(3)), np.var(t, axis=1, out=np.zeros(2)), np.cumsum(t, axis=0, out=np.zeros((2, 3)))]
out_scalar = np.sum(t, out=np.zeros(()))
out_all = np.all(t, axis=0, out=np.zeros(3, dtype=bool))
out_wrong_shape = np.sum(t, axis=0, out=np.zeros(2))
out_wrong_dtype = np.sum(t, axis=0, out=np.zeros(3, dtype="float64"))
out_argmax = np.argmax(t, axis=0, out=np.zeros(3, dtype="int64"))
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == 31.0
initial = np.sum(t, initial=10)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [6.5, 9.5, 9.5]
initial_axis = np.sum(t, axis=0, initial=1.5)
where = np.sum(t, where=True)
ddof = [np.std(t, ddof=1), np.var(t, ddof=1), np.var(t, axis=0, ddof=1), np.var(t, axis=1, ddof=2)]
ddof_too_large = np.var(t, axis=0, ddof=2)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), 3.18182, atol=1e-5, equal_nan=True)
ddof_fraction = np.var(t, ddof=0.5)
dtype_positional = [np.sum(t, 0, "float64"), np.mean(t, 0, "float64"), np.prod(t, 0, "float64")]
list_operand = np.sum([1.0, 2.0])
list_operand_mean = np.mean([1.0, 2.0])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float64" and result.tolist() == 2.0
list_operand_max = np.max([1.0, 2.0])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int64" and result.tolist() == 1
list_operand_argmax = np.argmax([1.0, 2.0])
list_operand_cumsum = np.cumsum([1.0, 2.0])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == False
list_operand_all = np.all([True, False])
number_operand = np.sum(3.0)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float64" and result.tolist() == 3.0
number_operand_max = np.max(3.0)
# differs: rule 3, np and NumPy arrays mix
# expect: result.dtype == "float64" and result.tolist() == 3.0
onp_operand = np.sum(onp.ones(3))
# differs: rule 3, np and NumPy arrays mix
# expect: result.dtype == "float64" and result.tolist() == 1.0
onp_operand_mean = np.mean(onp.ones(3))
none_operand = np.sum(None)
string_operand = np.mean("a")
unknown_keyword = np.sum(t, axes=0)
no_argument = np.max()
average_weights = np.average(t, weights=np.array([[1.0, 0.0, 1.0], [2.0, 0.5, 0.5]]))
average_weights_axis = [np.average(t, axis=0, weights=np.array([1.0, 3.0])), np.average(t, axis=1, weights=np.array([1.0, 1.0, 2.0]))]
average_returned = np.average(t, axis=0, weights=np.array([1.0, 3.0]), returned=True)
average_returned_plain = np.average(t, axis=1, returned=True)
average_wrong_weights = np.average(t, axis=0, weights=np.ones(3))
average_weights_without_axis = np.average(t, weights=np.ones(3))
average_zero_weights = np.average(t, axis=0, weights=np.zeros(2))
average_out = np.average(t, axis=0, out=np.zeros(3))
percentile = [np.percentile(t, 50), np.percentile(t, 25), np.percentile(t, 10, axis=0), np.percentile(t, 75, axis=1, keepdims=True)]
percentile_array = [np.percentile(t, np.array([10.0, 90.0])), np.percentile(t, np.array([0.0, 50.0, 100.0]), axis=1)]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [2.25, 4.75]
percentile_list = np.percentile(t, [25, 75])
percentile_methods = [np.percentile(t, 40, interpolation=m) for m in ("linear", "lower", "higher", "midpoint", "nearest")]
percentile_int = np.percentile(np.array([1, 2, 4, 7], dtype="int32"), 30)
# differs: rule 4, float64 is computed in float64 (1.9.1 rounds to float32 in between)
# expect: result.dtype == "float64" and result.tolist() == [1.9, 3.6, 3.2]
percentile_float64 = np.percentile(t.astype("float64"), 30, axis=0)
percentile_out_of_range = np.percentile(t, 101)
percentile_negative = np.percentile(t, -1)
percentile_tuple = np.percentile(np.arange(24.0).reshape(2, 3, 4), 50, axis=(0, 2))
quantile = [np.quantile(t, 0.5), np.quantile(t, 0.25, axis=0), np.quantile(t, np.array([0.1, 0.9])), np.quantile(t, 1.0, axis=-1)]
quantile_methods = [np.quantile(t, 0.3, interpolation=m) for m in ("linear", "lower", "higher", "midpoint", "nearest")]
quantile_out_of_range = np.quantile(t, 1.5)
quantile_unknown_method = np.quantile(t, 0.5, interpolation="cubic")
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float32" and result.tolist() == 720.0
nanprod_axis_tuple = np.nanprod(t, axis=(0, 1))
cumsum_out = np.cumsum(t, out=np.zeros(6))
cumsum_zero_d = np.cumsum(np.array(2.0))
bools = [type(np.all(t)).__name__, type(np.any(t, axis=0)).__name__, type(np.sum(t)).__name__]
dtypes = [str(v.dtype) for v in (np.argmax(t), np.argmin(t, axis=0), np.all(t), np.any(t), np.sum(t > 1), np.mean(t > 1))]
methods = [t.sum(0), t.mean(1), t.prod(0), t.max(0), t.min(1), t.std(0), t.var(1), t.argmax(0), t.argmin(1), t.cumsum(0)]
methods_keywords = [t.sum(axis=0, keepdims=True), t.mean(axis=1, dtype="float64"), t.max(axis=0, keepdims=True), t.std(axis=0, ddof=1), t.var(ddof=1, keepdims=True)]
methods_bool = [t.all(), t.any(), t.all(axis=0), t.any(axis=1, keepdims=True), (t > 3).all(axis=1), (t > 3).any(axis=0)]
methods_out = [t.sum(axis=0, out=np.zeros(3)), t.max(axis=1, out=np.zeros(2)), t.cumsum(axis=1, out=np.zeros((2, 3)))]
methods_positional_keepdims = [t.max(0, None, True), t.all(0, None, True), t.sum(0, None, None, True)]
keepdims_third = [np.max(t, 0, True), np.min(t, 0, True), np.all(t, 0, True), np.any(t, 1, True)]
keepdims_third_method = [t.max(0, None, True), t.all(0, None, True), t.any(1, None, True)]
cumsum_positional_out = np.cumsum(t, 0, None, np.zeros((2, 3)))
