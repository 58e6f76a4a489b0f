"""nd: operators of two arrays: signs, named functions, broadcast_* and elemwise_*, numbers, dtypes, gradients."""
# ruff: noqa

# %% nd named.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
a, b, c = nd.array([[1.0, 2.0, -3.0], [4.0, 0.5, 2.0]]), nd.array([[2.0], [-1.0]]), nd.array([[1.0, 4.0, 2.0], [0.25, 0.5, 3.0]])

broadcast_add = pull(nd.broadcast_add, a, b)
broadcast_plus = nd.broadcast_plus(a, b)
broadcast_sub = pull(nd.broadcast_sub, a, b)
broadcast_minus = nd.broadcast_minus(a, b)
broadcast_mul = pull(nd.broadcast_mul, a, b)
broadcast_div = pull(nd.broadcast_div, a, b)
broadcast_mod = pull(nd.broadcast_mod, a, b + 0.75)
broadcast_power = pull(nd.broadcast_power, c, b)
broadcast_maximum = pull(nd.broadcast_maximum, a, b)
broadcast_minimum = pull(nd.broadcast_minimum, a, b)
broadcast_maximum_of_ties = pull(nd.broadcast_maximum, a, a.copy())
broadcast_equal = nd.broadcast_equal(a, b)
broadcast_not_equal = nd.broadcast_not_equal(a, b)
broadcast_greater = nd.broadcast_greater(a, b)
broadcast_greater_equal = nd.broadcast_greater_equal(a, b)
broadcast_lesser = nd.broadcast_lesser(a, b)
broadcast_lesser_equal = nd.broadcast_lesser_equal(a, b)
broadcast_both_ways = pull(nd.broadcast_mul, nd.array([[1.0, 2.0, 3.0]]), b)
broadcast_keywords = nd.broadcast_add(lhs=a, rhs=b)
broadcast_out = (lambda o: [nd.broadcast_add(a, b, out=o) is o, o])(nd.zeros((2, 3)))
broadcast_ranks_differ = nd.broadcast_add(a, nd.array([1.0, 2.0, 3.0]))
broadcast_shapes_differ = nd.broadcast_add(a, nd.ones((2, 2)))
# differs: rule 3, elemwise_* and broadcast_* are one operator each and take numbers too
# expect: result.asnumpy().tolist() == (a + 1).asnumpy().tolist()
broadcast_of_number = nd.broadcast_add(a, 1)
broadcast_dtypes_differ = nd.broadcast_add(a, b.astype("float64"))
broadcast_int = nd.broadcast_div(nd.array([7, -7], dtype="int32"), nd.array([2, 2], dtype="int32"))
broadcast_comparison_gradient = pull(lambda a, b: nd.broadcast_greater(a, b) * a, a, b)
elemwise_add = pull(nd.elemwise_add, a, c)
elemwise_sub = pull(nd.elemwise_sub, a, c)
elemwise_mul = pull(nd.elemwise_mul, a, c)
elemwise_div = pull(nd.elemwise_div, a, c)
elemwise_keywords = nd.elemwise_add(lhs=a, rhs=c)
elemwise_out = (lambda o: [nd.elemwise_mul(a, c, out=o) is o, o])(nd.zeros((2, 3)))
elemwise_int = nd.elemwise_div(nd.array([7, -7], dtype="int32"), nd.array([2, 2], dtype="int32"))
add = [nd.add(a, b), nd.add(a, 1), nd.add(1, a)]
subtract = [nd.subtract(a, b), nd.subtract(a, 1), nd.subtract(1, a)]
multiply = [nd.multiply(a, b), nd.multiply(a, 2), nd.multiply(2, a)]
divide = [nd.divide(a, b), nd.divide(a, 2), nd.divide(2, c)]
true_divide = [nd.true_divide(a, b), nd.true_divide(a, 2), nd.true_divide(2, c)]
modulo = [nd.modulo(a, b + 0.5), nd.modulo(a, 2), nd.modulo(2, c)]
power = [nd.power(c, b), nd.power(c, 2), nd.power(2, a)]
power_keywords = nd.power(base=c, exp=b)
maximum = [nd.maximum(a, b), nd.maximum(a, 2), nd.maximum(2, a)]
minimum = [nd.minimum(a, b), nd.minimum(a, 2), nd.minimum(2, a)]
equal = [nd.equal(a, b), nd.equal(a, 2), nd.equal(2, a)]
not_equal = [nd.not_equal(a, b), nd.not_equal(a, 2), nd.not_equal(2, a)]
greater = [nd.greater(a, b), nd.greater(a, 2), nd.greater(2, a)]
greater_equal = [nd.greater_equal(a, b), nd.greater_equal(a, 2), nd.greater_equal(2, a)]
lesser = [nd.lesser(a, b), nd.lesser(a, 2), nd.lesser(2, a)]
lesser_equal = [nd.lesser_equal(a, b), nd.lesser_equal(a, 2), nd.lesser_equal(2, a)]
logical_and = [nd.logical_and(a - 1, b), nd.logical_and(a - 1, 2), nd.logical_and(0, a)]
logical_or = [nd.logical_or(a - 1, b * 0), nd.logical_or(a - 1, 0), nd.logical_or(1, a)]
logical_xor = [nd.logical_xor(a - 1, b), nd.logical_xor(a - 1, 0), nd.logical_xor(1, a)]
# differs: rule 3, a function of numbers gives NumPy's numbers, as np's does (1.9.1 gives Python's)
# expect: list(map(float, result)) == [3, 1, 6, 1.5, 2, 9, 3, 2, 1]
of_numbers = [nd.add(1, 2), nd.subtract(3, 2), nd.multiply(3, 2), nd.divide(3, 2), nd.modulo(5, 3), nd.power(3, 2), nd.maximum(2, 3), nd.minimum(2, 3), nd.equal(2, 2)]
of_wrong_types = nd.add(a, "1")
add_n = pull(nd.add_n, a, c)
add_n_three = nd.add_n(a, c, a)
add_n_one = nd.add_n(a)
add_n_out = (lambda o: [nd.add_n(a, c, out=o) is o, o])(nd.zeros((2, 3)))
add_n_of_list = nd.add_n([a, c])
add_n_shapes_differ = nd.add_n(a, b)

# %% nd sign.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
a, b = nd.array([[1.0, 2.0, -3.0], [4.0, 0.5, 2.0]]), nd.array([[2.0], [-1.0]])
i, j = nd.array([7, -7, 3], dtype="int32"), nd.array([2, 2, -2], dtype="int32")

add = pull(lambda x, y: x + y, a, b)
subtract = pull(lambda x, y: x - y, a, b)
multiply = pull(lambda x, y: x * y, a, b)
divide = pull(lambda x, y: x / y, a, b)
modulo = pull(lambda x, y: x % y, a, b + 0.75)
power = pull(lambda x, y: x ** y, nd.abs(a), b)
square = pull(lambda x: x ** 2, a)
cube_root = pull(lambda x: x ** (1 / 3), nd.abs(a))
number_power = pull(lambda x: 2 ** x, a)
number_minus = pull(lambda x: 1 - x, a)
number_over = pull(lambda x: 1 / x, a)
number_modulo = pull(lambda x: 5 % x, nd.abs(a))
modulo_number = pull(lambda x: x % 1.5, a)
over_number = pull(lambda x: x / 4, a)
minus_number = pull(lambda x: x - 4, a)
times_number = pull(lambda x: 3 * x, a)
negative = pull(lambda x: -x, a)
absolute = abs(a)
modulo_signs = [nd.array([5.0, -5.0]) % 3, nd.array([5.0, -5.0]) % -3, 5 % nd.array([3.0, -3.0]), -5 % nd.array([3.0, -3.0])]
modulo_zero_divisor = nd.array([1.0, -1.0]) % nd.array([float("inf"), float("inf")])
divide_by_zero = nd.array([1.0, -1.0, 0.0]) / 0
zero_power = [nd.array([0.0, 2.0]) ** 0, 0 ** nd.array([0.0, 2.0]), nd.array([-8.0]) ** 0.5]
int_signs = [i + j, i - j, i * j, -i, abs(i)]
int_divide = i / j
int_modulo = i % j
int_power = nd.array([2, 3], dtype="int32") ** nd.array([3, 2], dtype="int32")
int_number = [i + 1, i - 1, i * 2, 1 - i, 2 * i]
int_float_number = [i + 1.7, i * 2.5, i - 0.5]
int_over_number = i / 2
number_over_int = 7 / j
int_power_number = i ** 2
int_power_float = nd.array([4, 9], dtype="int32") ** 0.5
int8_wraps = nd.array([127, -128], dtype="int8") + 1
uint8_wraps = nd.array([255, 0], dtype="uint8") + nd.array([1, 1], dtype="uint8")
float16_add = nd.array([0.1, 1000], dtype="float16") + nd.array([0.2, 1], dtype="float16")
float64_multiply = nd.array([0.1], dtype="float64") * nd.array([0.2], dtype="float64")
float64_numbers = [nd.array([1.0], dtype="float64") / 3, nd.array([0.1], dtype="float64") ** 2, 1 - nd.array([0.1], dtype="float64")]
float16_number = [nd.array([1.0], dtype="float16") / 3, nd.array([2.0], dtype="float16") ** 0.5]
mixed_float32_int32 = a + nd.ones((2, 3), dtype="int32")
mixed_int32_int64 = i + nd.ones((3,), dtype="int64")
mixed_float32_float16 = a * nd.ones((2, 3), dtype="float16")
bool_and_number = (lambda m: [m + 1, 1 - m, m * 2.5, m / 2, m % 2, m ** 2, 2 ** m, m > 0, m == 1, nd.maximum(m, 1)])(nd.array([1, 0], dtype="bool"))
comparisons = [a == 2, a != 2, a < 2, a <= 2, a > 2, a >= 2]
comparisons_reversed = [2 == a, 2 != a, 2 < a, 2 <= a, 2 > a, 2 >= a]
comparison_dtypes = [(i > j), (i == 7), (a.astype("float64") > 1), (a.astype("float16") > 1)]
comparison_shapes_differ = a == nd.ones((3, 2))
comparison_ranks_differ = a > nd.ones((3,))
comparison_with_none = [a == None, a != None]
comparison_with_text = a == "a"
comparison_of_nan = (lambda x: [x == x, x != x, x > 1, x < 1])(nd.array([float("nan"), 1.0]))
in_list = [a is x for x in [a, b]]
numpy_scalar_right = a + onp.float32(2)
numpy_scalar_left = onp.float32(2) * a
numpy_int_scalar = a * onp.int64(2)
text_right = a + "1"
# differs: rule 3, lengths 0 work in nd too
# expect: result.shape == (0, 3)
empty = nd.zeros((0, 3)) + nd.zeros((0, 3))
broadcast_row = a + nd.array([[1.0, 2.0, 3.0]])
huge_number = nd.array([1.0]) * 1e300
nan_number = nd.array([1.0]) * float("nan")

# %% nd inplace.*
def do(f, x):
    before = x
    y = f(x)
    return [y is before, before, y]
def iadd(x, y): x += y; return x
def isub(x, y): x -= y; return x
def imul(x, y): x *= y; return x
def itruediv(x, y): x /= y; return x
def imod(x, y): x %= y; return x
def ipow(x, y): x **= y; return x
a, i = nd.array([[1.0, 2.0], [3.0, 5.0]]), nd.array([7, -7], dtype="int32")

add = do(lambda x: iadd(x, 1), a)
add_array = do(lambda x: iadd(x, a * 2), a)
subtract = do(lambda x: isub(x, 0.5), a)
multiply = do(lambda x: imul(x, a), a)
divide = do(lambda x: itruediv(x, 2), a)
modulo = do(lambda x: imod(x, 2), a)
modulo_array = do(lambda x: imod(x, nd.array([[2.0, 2.0], [2.0, 3.0]])), a)
power = do(lambda x: ipow(x, 2), a)
broadcast = do(lambda x: iadd(x, nd.array([[1.0, 10.0]])), a)
broadcast_grows = do(lambda x: iadd(x, a), nd.array([[1.0, 10.0]]))
int_add = do(lambda x: iadd(x, 1), i)
int_add_fraction = do(lambda x: iadd(x, 1.5), i)
int_multiply = do(lambda x: imul(x, 2), i)
int_divide = do(lambda x: itruediv(x, 2), i)
dtype_kept = do(lambda x: iadd(x, nd.ones((2, 2))), a.astype("float64"))
with_text = do(lambda x: iadd(x, "a"), a)
of_slice = (lambda x: [x.__setitem__(0, x[0] + 5), x])(a)
of_view = (lambda x, v: [iadd(v, 10), x])(a, a[1])
on_tape = (lambda x: [x.attach_grad(), autograd.set_recording(True), iadd(x * 2, 1)])(a)[2]
