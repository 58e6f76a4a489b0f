"""np: every function of two operands: broadcasting, dtypes, numbers, special values, argument forms."""
# ruff: noqa

# %% np arrays.*
a = np.array([[-2.5, -1.0, 0.5], [1.0, 2.0, 3.5]])
b = np.array([[1.5, -2.0, 0.5], [-1.0, 2.0, -0.25]])
row = np.array([2.0, -1.0, 0.5])
column = np.array([[1.5], [-2.0]])
def over(f):
    return [f(a, b), f(a, row), f(row, column), f(column, a), f(a, np.array(2.0)), f(np.array(-1.5), np.array(2.0)),
            f(a[:, 1], b[:, 2]), f(a.T, b.T), f(a[::-1, ::2], b[:, :2]), f(a.astype("float64"), b.astype("float64")),
            f(np.zeros((0, 3)), row), f(np.zeros((2, 0)), column), f(np.ones((2, 1, 3)), a)]

add = over(np.add)
subtract = over(np.subtract)
multiply = over(np.multiply)
divide = over(np.divide)
true_divide = over(np.true_divide)
mod = over(np.mod)
remainder = over(np.remainder)
power = over(lambda x, y: np.power(np.abs(x), y))
power_negative_base = np.power(a, b)
maximum = over(np.maximum)
minimum = over(np.minimum)
arctan2 = over(np.arctan2)
hypot = over(np.hypot)
copysign = over(np.copysign)
equal = over(np.equal)
not_equal = over(np.not_equal)
less = over(np.less)
less_equal = over(np.less_equal)
greater = over(np.greater)
greater_equal = over(np.greater_equal)
float_power = [np.float_power(np.abs(a), b), np.float_power(np.abs(a), row), np.float_power(np.abs(column), row), np.float_power(a, 2)]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float64" and result.tolist() == 8.0
float_power_zero_d = np.float_power(np.array(2.0), np.array(3.0))
isclose = [np.isclose(a, b), np.isclose(a, row), np.isclose(row, column), np.isclose(a.T, b.T), np.isclose(np.zeros((0, 3)), row)]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "bool" and result.tolist() == True
isclose_zero_d = np.isclose(np.array(1.0), np.array(1.0))

# %% np numbers.*
a = np.array([[-2.5, -1.0, 0.5], [1.0, 2.0, 3.5]])
d = np.array([0.1, -0.7], dtype="float64")
h = np.array([1.5, -0.5], dtype="float16")
def over(f):
    return [f(a, 2), f(2, a), f(a, -0.75), f(-0.75, a), f(d, 0.3), f(0.3, d), f(h, 2), f(a, True), f(a, onp.float32(1.5)),
            f(d, onp.float64(0.1)), f(a, onp.int64(2)), f(onp.float32(2), a)]

add = over(np.add)
subtract = over(np.subtract)
multiply = over(np.multiply)
divide = over(np.divide)
true_divide = over(np.true_divide)
mod = over(np.mod)
remainder = over(np.remainder)
power = over(lambda x, y: np.power(np.abs(x), y))
maximum = over(np.maximum)
minimum = over(np.minimum)
arctan2 = over(np.arctan2)
hypot = over(np.hypot)
copysign = over(np.copysign)
equal = over(np.equal)
not_equal = over(np.not_equal)
less = over(np.less)
less_equal = over(np.less_equal)
greater = over(np.greater)
greater_equal = over(np.greater_equal)
two_numbers = [np.add(1, 2), np.subtract(1.5, 2), np.multiply(2, 3), np.divide(1, 4), np.mod(7, 3), np.power(2, 3)]
two_numbers_more = [np.maximum(1, 2), np.minimum(1.5, 2), np.arctan2(1.0, 1.0), np.hypot(3, 4)]
two_numbers_compared = [np.equal(1, 1), np.less(1, 2), np.greater_equal(1.5, 2), np.not_equal(2, 2)]
two_numbers_integer = [np.bitwise_and(6, 3), np.bitwise_or(6, 3), np.bitwise_xor(6, 3), np.lcm(4, 6)]

# %% np special.*
n = np.array([float("nan"), float("inf"), -float("inf"), 0.0, -0.0, 1.0, -1.0])
m = n.reshape(7, 1)

add = np.add(n, m)
subtract = np.subtract(n, m)
multiply = np.multiply(n, m)
divide = np.divide(n, m)
# differs: rule 3, a remainder by 0 is nan, as in NumPy (1.9.1 gives 0)
# expect: onp.isnan(result.asnumpy()[3:5]).all() and result[5].tolist()[3:] == [0, 0, 0, 0] and result[1].tolist()[5] == 1
mod = np.mod(n, m)
power = np.power(n, m)
maximum = np.maximum(n, m)
minimum = np.minimum(n, m)
arctan2 = np.arctan2(n, m)
hypot = np.hypot(n, m)
equal = np.equal(n, m)
less = np.less(n, m)
greater_equal = np.greater_equal(n, m)
# differs: rule 4, -0.0 and nan have signs, as in NumPy (1.9.1 looks at x < 0)
# expect: onp.array_equal(result.asnumpy(), onp.copysign(n.asnumpy(), m.asnumpy()), equal_nan=True)
copysign = np.copysign(n, m)
isclose = np.isclose(n, m)
divide_by_zero_number = [np.divide(n, 0), np.power(n, 0), np.power(0, n)]
maximum_nan_number = [np.maximum(n, float("nan")), np.minimum(1.0, n)]
isclose_equal_nan = np.isclose(n, m, equal_nan=True)

# %% np whole.*
i = np.array([7, -7, 3, -2], dtype="int32")
j = np.array([3, 3, -2, -4], dtype="int32")
k = np.array([2, 3, 2, 1], dtype="int64")
u = np.array([250, 7, 3, 0], dtype="uint8")
s = np.array([100, -100, 5, -128], dtype="int8")

add = [np.add(i, j), np.add(s, s), np.add(u, u), np.add(k, k), np.add(i, 1), np.add(u, 10)]
subtract = [np.subtract(i, j), np.subtract(u, np.array([251, 7, 4, 1], dtype="uint8")), np.subtract(1, i)]
multiply = [np.multiply(i, j), np.multiply(s, s), np.multiply(k, 3)]
divide = [np.divide(i, j), np.divide(i, 2), np.divide(1, k), np.divide(u, u[::-1]), np.divide(s, 4)]
mod = [np.mod(i, j), np.mod(i, 4), np.mod(-7, j), np.mod(u, 4), np.mod(k, k)]
power = [np.power(i, k.astype("int32")), np.power(i, 2), np.power(2, k), np.power(s, 2), np.power(k, 3)]
power_negative = [np.power(np.array([2, 1, -1, 4], dtype="int32"), -1), np.power(i, j)]
maximum = [np.maximum(i, j), np.maximum(i, 0), np.maximum(1, u)]
minimum = [np.minimum(i, j), np.minimum(s, 0), np.minimum(1, k)]
comparison = [f(i, j) for f in (np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal)]
comparison_number = [f(i, 3) for f in (np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal)]
comparison_fraction = [f(i, 2.5) for f in (np.equal, np.less, np.greater)]
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [1.1659, -1.1659, 2.1588, -2.67795], atol=1e-5, equal_nan=True)
arctan2 = np.arctan2(i, j)
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [7.61577, 7.61577, 3.60555, 4.47214], atol=1e-5, equal_nan=True)
hypot = np.hypot(i, j)
bitwise_and = [np.bitwise_and(i, j), np.bitwise_and(u, 6), np.bitwise_and(6, i)]
bitwise_or = [np.bitwise_or(i, j), np.bitwise_or(u, 8), np.bitwise_or(k, k[::-1])]
bitwise_xor = [np.bitwise_xor(i, j), np.bitwise_xor(s, 1), np.bitwise_xor(1, s)]
bitwise_not = [np.bitwise_not(i), np.invert(u), np.invert(k), ~s]
bitwise_broadcast = np.bitwise_and(i, np.array([[1], [2]], dtype="int32"))
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "int64" and result.tolist() == [2, 1, 2, 0]
bitwise_mixed = np.bitwise_and(i, k)
bitwise_float = np.bitwise_and(np.array([1.0]), np.array([2.0]))
# differs: rule 3, bits of a fraction are refused, as in NumPy (1.9.1 truncates the number)
# expect: isinstance(error, TypeError)
bitwise_float_number = np.bitwise_or(i, 1.5)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int32" and result.tolist() == [1, 0, 1, 0]
bitwise_bool_int = np.bitwise_and(np.array([True, False, True, True], dtype=bool), i)
lcm = [np.lcm(i, j), np.lcm(i, 4)]
mod_by_zero_array = np.mod(i, np.zeros(4, dtype="int32"))
true_divide = [np.true_divide(i, j), np.true_divide(i, 2.0), np.true_divide(2.0, k)]

# %% np bools.*
b = np.array([True, True, False, False], dtype=bool)
c = np.array([True, False, True, False], dtype=bool)

add = np.add(b, c)
multiply = np.multiply(b, c)
subtract = np.subtract(b, c)
divide = np.divide(b, c)
bitwise = [np.bitwise_and(b, c), np.bitwise_or(b, c), np.bitwise_xor(b, c), np.bitwise_not(b)]
compare = [np.equal(b, c), np.not_equal(b, c), np.less(b, c), np.greater_equal(b, c)]
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [True, True, True, False]
maximum = np.maximum(b, c)
power = np.power(b, c)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int8" and result.tolist() == [0, 0, 0, 0]
mod = np.mod(b, c)
signs = [b & c, b | c, b ^ c, ~b, b == c, b != c]
with_number = [np.add(b, 1), np.multiply(b, 2), np.subtract(b, 1)]
# differs: rule 3, fractions stay fractions, as in MXNet 2.0 and NumPy 2 (1.9.1 truncates)
# expect: result.dtype == "float32" and result.tolist() == [1.5, 1.5, 0.0, 0.0]
with_fraction = np.multiply(b, 1.5)
bitwise_number = [np.bitwise_and(b, True), np.bitwise_or(b, False)]
with_float = [np.add(b, np.ones(4)), np.multiply(np.ones(4), c), np.subtract(np.ones(4), b)]
with_int = [np.add(b, np.ones(4, dtype="int32")), np.multiply(np.ones(4, dtype="int64"), c)]
in_place = [b.__iand__(c), c.__ixor__(c)]
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [True, True, True, True]
in_place_zero_d = b.__ior__(np.array(True, dtype=bool))

# %% np promotion.*
types = ["float16", "float32", "float64", "int8", "int32", "int64", "uint8", "bool"]
def mixed(f, left, right):
    return f(np.array([1, 2], dtype=left), np.array([2, 2], dtype=right))
def pairs(f, left):
    return [str(mixed(f, left, right).dtype) for right in types if right != left]

add_float32 = pairs(np.add, "float32")
add_float64 = pairs(np.add, "float64")
add_float16 = pairs(np.add, "float16")
multiply_float32 = pairs(np.multiply, "float32")
multiply_float64 = pairs(np.multiply, "float64")
subtract_float32 = pairs(np.subtract, "float32")
subtract_float16 = pairs(np.subtract, "float16")
divide_float32 = pairs(np.true_divide, "float32")
divide_float64 = pairs(np.true_divide, "float64")
power_float32 = [str(mixed(np.power, "float32", t).dtype) for t in types[:6]]
add_ints = [str(mixed(np.add, *pair).dtype) for pair in (("int32", "int64"), ("int8", "int32"), ("uint8", "int32"), ("uint8", "int64"), ("int8", "int64"))]
multiply_ints = [str(mixed(np.multiply, *pair).dtype) for pair in (("int32", "int64"), ("int8", "int32"), ("uint8", "int32"))]
mod_floats = [str(mixed(np.mod, *pair).dtype) for pair in (("float32", "float64"), ("float16", "float32"), ("int32", "float32"))]
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float64" and result.tolist() == [2.0, 2.0]
maximum_floats = mixed(np.maximum, "float32", "float64")
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 2.0]
minimum_int_float = mixed(np.minimum, "int32", "float32")
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float64" and onp.allclose(result.asnumpy(), [0.463648, 0.785398], atol=1e-5, equal_nan=True)
arctan2_floats = mixed(np.arctan2, "float32", "float64")
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float64" and onp.allclose(result.asnumpy(), [2.23607, 2.82843], atol=1e-5, equal_nan=True)
hypot_floats = mixed(np.hypot, "float32", "float64")
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "bool" and result.tolist() == [False, True]
equal_floats = mixed(np.equal, "float32", "float64")
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "bool" and result.tolist() == [True, False]
less_int_float = mixed(np.less, "int32", "float32")
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [False, False]
bool_compare = mixed(np.equal, "bool", "float32")
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float64" and result.tolist() == [1.0, 2.0]
copysign_mixed = mixed(np.copysign, "float32", "float64")
true_divide_ints = mixed(np.true_divide, "int32", "int32")
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float32" and result.tolist() == [0.5, 1.0]
true_divide_int_mixed = mixed(np.true_divide, "int32", "int64")
true_divide_uint8 = mixed(np.true_divide, "uint8", "uint8")
true_divide_bool = mixed(np.true_divide, "bool", "bool")

# %% np forms.*
a = np.array([1.0, 2.0])
b = np.array([3.0, 5.0])
out = np.zeros(2)

keywords = [np.add(x1=a, x2=b), np.subtract(a, x2=b), np.multiply(x2=a, x1=b), np.power(a, x2=2)]
keyword_number = [np.maximum(x1=a, x2=1.5), np.mod(x1=7, x2=b)]
out_keyword = [np.add(a, b, out=out), out]
out_is_returned = np.multiply(a, b, out=out) is out
out_positional = np.subtract(a, b, out)
out_is_operand = np.add(a, b, out=a)
# differs: rule 3, as in NumPy the array is returned, not the tuple that out= was given as
# expect: result.dtype == "float32" and result.tolist() == [4.0, 7.0]
out_tuple = np.add(a, b, out=(out,))
out_wrong_shape = np.add(a, b, out=np.zeros(3))
out_wrong_dtype = np.add(a, b, out=np.zeros(2, dtype="float64"))
out_broadcast = np.add(np.ones((2, 1)), b, out=np.zeros((2, 2)))
out_compare = np.less(a, b, out=np.zeros(2, dtype=bool))
out_compare_float = np.less(a, b, out=out)
out_number = np.power(a, 2, out=out)
out_bitwise = np.bitwise_and(np.array([7], dtype="int32"), 3, out=np.zeros(1, dtype="int32"))
out_onp = np.add(a, b, out=onp.zeros(2))
where_true = np.add(a, b, where=True)
dtype_keyword = np.add(a, b, dtype="float64")
casting_keyword = np.add(a, b, casting="same_kind")
order_keyword = np.add(a, b, order="K")
subok_keyword = np.add(a, b, subok=True)
one_operand = np.add(a)
four_operands = np.add(a, b, out, None)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [2.0, 4.0]
list_operand = np.add(a, [1.0, 2.0])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 4.0]
list_first = np.multiply([1.0, 2.0], a)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [3.0]
two_lists = np.add([1.0], [2.0])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1.5, 2.0]
tuple_operand = np.maximum(a, (1.5, 1.5))
none_operand = np.add(a, None)
string_operand = np.multiply(a, "2")
complex_operand = np.add(a, 1j)
shapes_differ = np.multiply(a, np.ones(3))
shapes_differ_matrix = np.maximum(np.ones((2, 3)), np.ones((3, 2)))
shapes_differ_compare = np.equal(a, np.ones(3))
# differs: rule 3, np and NumPy arrays mix
# expect: result.dtype == "float64" and result.tolist() == [2.0, 3.0]
onp_operand = np.add(a, onp.ones(2))
# differs: rule 3, np takes legacy arrays too
# expect: result.dtype == "float32" and result.tolist() == [2.0, 3.0]
nd_operand = np.add(a, nd.ones(2))
big_number = [np.add(a, 2**31), np.multiply(a, 1e300), np.add(np.array([1], dtype="int64"), 2**40)]
int_overflow_number = np.add(np.array([1], dtype="int8"), 300)
int_negative_number_unsigned = np.add(np.array([1], dtype="uint8"), -1)
nan_number = [np.maximum(a, float("nan")), np.equal(a, float("nan")), np.multiply(a, float("inf"))]
isclose_tolerances = np.isclose(a, a + 0.01, rtol=0.0, atol=0.02)
isclose_number = np.isclose(a, 1.0)
isclose_default = np.isclose(np.array([1e10, 1e-7]), np.array([1.00001e10, 1e-8]))
isclose_int = np.isclose(np.array([1, 2], dtype="int32"), np.array([1, 3], dtype="int32"))
allclose = [np.allclose(a, a), np.allclose(a, b), np.allclose(a, a + 1e-9), np.allclose(np.array([float("nan")]), np.array([float("nan")]))]
allclose_keywords = [np.allclose(a, a * 1.1, rtol=0.2), np.allclose(a, a + 0.5, atol=1), np.allclose(np.array([float("nan")]), np.array([float("nan")]), equal_nan=True)]
allclose_is = type(np.allclose(a, a)).__name__
array_equal = [np.array_equal(a, a), np.array_equal(a, b), np.array_equal(a, np.ones(3)), np.array_equal(np.zeros((0, 2)), np.zeros((0, 2)))]
array_equal_is = type(np.array_equal(a, a)).__name__
array_equal_nan = [np.array_equal(np.array([float("nan")]), np.array([float("nan")])), np.array_equal(np.array([float("nan")]), np.array([float("nan")]), equal_nan=True)]
array_equal_dtypes = np.array_equal(a, np.array([1, 2], dtype="int32"))
array_equal_lists = np.array_equal([1, 2], [1, 2])
float_power_int = np.float_power(np.array([2, 3], dtype="int32"), 2)
float_power_dtype = np.float_power(a, b)
float_power_numbers = np.float_power(2, 3)
