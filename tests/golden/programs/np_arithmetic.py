"""np: operators between arrays, numbers and other dtypes; comparison and logic."""
# ruff: noqa

# %% np add.*
f = np.array([1.5, -2.0])
g = np.array([4.0, 0.5])
i = np.array([7, -7], dtype="int32")

arrays = f + g
number = f + 2
number_first = 2 + f
float_number = f + 0.1
bool_number = f + True
onp_scalar = f + onp.float64(2)
subtract = f - g
subtract_number = f - 1
subtract_number_first = 1 - f
multiply = f * g
multiply_number_first = 3 * f
divide = f / g
divide_number = f / 4
divide_number_first = 3 / f
power = g ** f
power_number = f ** 2
power_number_first = 2 ** f
power_half = g ** 0.5
power_negative = f ** -1
modulo = f % g
modulo_number = f % 1
modulo_number_first = 7 % g
# differs: rule 3, // works as in 2.0
# expect: result.tolist() == [0, -4]
floor_divide = f // g
# differs: rule 3, // works as in 2.0
# expect: result.tolist() == [0, -1]
floor_divide_number = f // 2
negative = -f
# differs: rule 3, as in MXNet 2.0 and NumPy 2 (1.9.1 has no unary plus)
# expect: result.tolist() == [1.5, -2]
positive = +f
absolute = abs(f)
matmul = f @ g
divmod_ = f - np.floor(f / g) * g
broadcasting = f + np.array([[10.0], [20.0]])
zero_d = f + np.array(1.0)
empty = np.zeros((0, 2)) + f
functions = [np.add(f, g), np.subtract(f, 1), np.multiply(2, f), np.divide(f, g), np.true_divide(1, g)]
more_functions = [np.power(g, 2), np.mod(f, g), np.remainder(f, 2), np.negative(f), np.hypot(f, g), np.arctan2(f, g)]
minimum_maximum = [np.minimum(f, g), np.maximum(f, 0), np.fmax(f, g) if hasattr(np, "fmax") else np.maximum(f, g)]
out = np.add(f, g, out=np.zeros(2))
shapes_differ = f + np.ones(3)  # phrase: could not be broadcast
add_list = f + [1, 2]
add_none = f + None
add_string = f + "1"
list_first = [1, 2] + f
sum_builtin = sum([f, g, f])

# %% np dtype.*
f = np.array([1.5, -2.0])
d = np.array([0.1, 0.2], dtype="float64")
h = np.array([1.5, 2.5], dtype="float16")
i = np.array([7, -7], dtype="int32")
j = np.array([2, 3], dtype="int64")
u = np.array([200, 100], dtype="uint8")
b = np.array([True, False])

float32_float64 = f + d
float32_float16 = f * h
float64_float16 = d * h
float32_int32 = f + i
int32_float32 = i * f
float16_int32 = h * i
float64_int64 = d - j
int32_int64 = i + j
# differs: rule 3, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "int16" and result.tolist() == [201, 102]
uint8_int8 = u + np.array([1, 2], dtype="int8")
uint8_int32 = u + i
uint8_wraps = u + u
bool_float = b.astype(bool) * f
bool_int = b.astype(bool) + i
bool_bool = b.astype(bool) + b.astype(bool)
bool_times_bool = b.astype(bool) * b.astype(bool)
bool_number = b.astype(bool) + 1
number_minus_bool = 1 - b.astype(bool)
int_number = i + 1
# differs: rule 3, fractions stay fractions, as in MXNet 2.0 and NumPy 2 (1.9.1 truncates)
# expect: result.dtype == "float64" and result.tolist() == [10.5, -10.5]
int_float_number = i * 1.5
# differs: rule 3, fractions stay fractions, as in MXNet 2.0 and NumPy 2 (1.9.1 truncates)
# expect: result.dtype == "float64" and result.tolist() == [7.5, -6.5]
int_plus_float_number = i + 0.5
# differs: rule 3, fractions stay fractions, as in MXNet 2.0 and NumPy 2 (1.9.1 truncates)
# expect: result.dtype == "float64" and result.tolist() == [-6.5, 7.5]
float_number_minus_int = 0.5 - i
# differs: rule 3, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float32" and result.tolist()[0] == 3.5
int_divided = i / j
int32_divided_by_int = i / 2
int64_divided = j / j
number_divided_by_int = 1 / j
int_power = i ** 2
int_power_negative = i ** -1
# differs: rule 3, fractions stay fractions, as in MXNet 2.0 and NumPy 2 (1.9.1 truncates)
# expect: result.dtype == "float64" and abs(result[0].item() - 2 ** 0.5) < 1e-12
int_power_float = j ** 0.5
int_modulo = i % 3
int_modulo_array = i % np.array([3, 3], dtype="int32")
# differs: rule 3, // works as in 2.0
# expect: result.dtype == "int32" and result.tolist() == [3, -4]
int_floor_divide = i // 2
float64_number = d * 2
float16_number = h + 1
float16_big_number = h * 1e6
float32_onp_float64_scalar = f * onp.float64(2)
# differs: rule 3, fractions stay fractions, as in MXNet 2.0 and NumPy 2 (1.9.1 truncates)
# expect: result.dtype == "float64" and result.tolist() == [14, -14]
int_onp_float32_scalar = i * onp.float32(2)
int_negative = -i
bool_negative = -b.astype(bool)
int_absolute = abs(i)
int_divided_by_zero = np.array([1, -1, 0], dtype="int32") / np.array([0, 0, 0], dtype="int32")
float_divided_by_zero = f / 0
# differs: rule 3, a remainder by 0 is nan, as in NumPy (1.9.1 gives 0)
# expect: onp.isnan(result.asnumpy()).all()
float_modulo_zero = f % 0
# differs: rule 3, np and nd mix and give np
# expect: type(result) is np.ndarray and result.tolist() == [2.5, 0]
np_plus_nd = f + nd.array([1.0, 2.0])
# differs: rule 3, np and nd mix and give np
# expect: type(result) is np.ndarray and result.tolist() == [2.5, 0]
nd_plus_np = nd.array([1.0, 2.0]) + f
# differs: rule 3, np and NumPy arrays mix
# expect: type(result) is np.ndarray and result.tolist() == [2.5, 0]
np_plus_onp = f + onp.array([1.0, 2.0], dtype="float32")
# differs: rule 3, np and NumPy arrays mix
# expect: type(result) is np.ndarray and result.tolist() == [2.5, 0]
onp_plus_np = onp.array([1.0, 2.0], dtype="float32") + f

# %% np inplace.*
def changed(x, f):
    before = x
    x = f(x)
    return [x, x is before]
import operator
f = np.array([4.0, 9.0])
i = np.array([4, 9], dtype="int32")

iadd = changed(f, lambda x: operator.iadd(x, 1))
isub = changed(f, lambda x: operator.isub(x, np.array([1.0, 2.0])))
imul = changed(f, lambda x: operator.imul(x, 2))
itruediv = changed(f, lambda x: operator.itruediv(x, 2))
imod = changed(f, lambda x: operator.imod(x, 5))
ipow = changed(f, lambda x: operator.ipow(x, 2))
iadd_int = changed(i, lambda x: operator.iadd(x, 1))
iadd_broadcast = changed(np.ones((2, 2)), lambda x: operator.iadd(x, f))
iadd_too_large = changed(f, lambda x: operator.iadd(x, np.ones((2, 2))))
iadd_int_to_float = changed(f, lambda x: operator.iadd(x, i))

# %% np compare.*
f = np.array([1.0, 2.0, 3.0])
g = np.array([3.0, 2.0, 1.0])
i = np.array([1, 5, 3], dtype="int32")
n = np.array([1.0, float("nan"), float("inf")])

equal = f == g
not_equal = f != g
less = f < g
less_equal = f <= g
greater = f > g
greater_equal = f >= g
number = f > 1.5
number_first = 2 <= f
equal_number = f == 2
# differs: rule 3, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == bool and result.tolist() == [True, False, True]
int_array = i == f
int_number = i > 2
int_float_number = i > 2.5
broadcasting = f == np.array([[1.0], [3.0]])
nan = n == n
nan_less = n < 2
zero_d = np.array(1.0) < 2
functions = [np.equal(f, g), np.not_equal(f, 2), np.less(f, g), np.less_equal(f, g), np.greater(f, g), np.greater_equal(2, f)]
logical_not = np.logical_not(np.array([0.0, 2.0]))
invert = ~(f > 1)
and_ = (f > 1) & (g > 1)
or_ = (f > 2) | (g > 2)
xor = (f > 1) ^ (g > 1)
isnan = np.isnan(n)
isinf = np.isinf(n)
isfinite = np.isfinite(n)
all_ = [np.all(f > 0), np.all(np.array([[1.0, 0.0], [1.0, 1.0]]), axis=0), (f > 1).all()]
any_ = [np.any(f > 5), np.any(np.array([[1.0, 0.0], [0.0, 0.0]]), axis=1, keepdims=True), (f > 1).any()]
sum_of_bools = (f == g).sum()
mean_of_bools = (f == f).mean()
array_equal = [bool(np.array_equal(f, f)), bool(np.array_equal(f, g))]
shapes_differ = f == np.ones(2)  # phrase: could not be broadcast
with_none = f == None
with_list = f == [1, 2, 3]
