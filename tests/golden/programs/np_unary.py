"""np: every function of one operand: dtypes, special values, layouts, argument forms."""
# ruff: noqa

# %% np floats.*
x = [-2.5, -1.0, -0.5, 0.0, 0.25, 0.5, 1.0, 1.5, 2.5, 40.0]
special = [float("nan"), float("inf"), -float("inf"), -0.0]
def over(f):
    grid = np.array(x + x[:2]).reshape(3, 4)
    return [f(np.array(x)), f(np.array(x, dtype="float64")), f(np.array(special)), f(np.array(0.5)),
            f(np.zeros((2, 0, 3))), f(grid.T), f(grid[1:]), f(grid[:, 1]), f(grid[::2, ::-1])]

absolute = over(np.absolute)
abs_ = over(np.abs)
fabs = over(np.fabs)
arccos = over(np.arccos)
arccosh = over(np.arccosh)
arcsin = over(np.arcsin)
arcsinh = over(np.arcsinh)
arctan = over(np.arctan)
arctanh = over(np.arctanh)
cbrt = over(np.cbrt)
ceil = over(np.ceil)
cos = over(np.cos)
cosh = over(np.cosh)
degrees = over(np.degrees)[:1] + over(np.degrees)[2:]
# differs: rule 4, float64 is computed in float64 (1.9.1 rounds to float32 in between)
# expect: result.dtype == "float64" and onp.allclose(result.asnumpy(), [-143.239, -57.2958, -28.6479, 0.0, 14.3239, 28.6479, 57.2958, 85.9437, 143.239, 2291.83], atol=1e-5, equal_nan=True)
degrees_float64 = np.degrees(np.array(x, dtype="float64"))
exp = over(np.exp)
expm1 = over(np.expm1)
fix = over(np.fix)
floor = over(np.floor)
log = over(np.log)
log10 = over(np.log10)
log1p = over(np.log1p)
log2 = over(np.log2)
negative = over(np.negative)
radians = over(np.radians)[:1] + over(np.radians)[2:]
# differs: rule 4, float64 is computed in float64 (1.9.1 rounds to float32 in between)
# expect: result.dtype == "float64" and onp.allclose(result.asnumpy(), [-0.0436332, -0.0174533, -0.00872665, 0.0, 0.00436332, 0.00872665, 0.0174533, 0.0261799, 0.0436332, 0.698132], atol=1e-5, equal_nan=True)
radians_float64 = np.radians(np.array(x, dtype="float64"))
reciprocal = over(np.reciprocal)
rint = over(np.rint)
sign = [f for f in over(np.sign)[:2] + over(np.sign)[3:]]
# differs: rule 4, the sign of nan is nan, as in NumPy (1.9.1 gives 0)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [onp.nan, 1.0, -1.0, 0.0], atol=1e-5, equal_nan=True)
sign_nan = np.sign(np.array(special))
sin = over(np.sin)
sinh = over(np.sinh)
sqrt = over(np.sqrt)
square = over(np.square)
tan = over(np.tan)
tanh = over(np.tanh)
trunc = over(np.trunc)
around = over(np.around)
round_ = over(np.round_)
round = over(np.round)
isnan = over(np.isnan)
isinf = over(np.isinf)
isfinite = over(np.isfinite)
logical_not = over(np.logical_not)
nan_to_num = over(np.nan_to_num)
copy = over(np.copy)
positive = [np.positive(np.array(x)), np.positive(np.array(special)), np.positive(np.array(x, dtype="float64"))]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "float32" and result.tolist() == 0.5
positive_zero_d = np.positive(np.array(0.5))
real = over(np.real)

# %% np halves.*
def half(f):
    h = np.array([-1.5, -0.5, 0.0, 0.25, 1.0, 1.25, 6.0], dtype="float16")
    return f(h)

absolute = half(np.absolute)
arccos = half(np.arccos)
arcsinh = half(np.arcsinh)
arctan = half(np.arctan)
cbrt = half(np.cbrt)
ceil = half(np.ceil)
cos = half(np.cos)
cosh = half(np.cosh)
degrees = half(np.degrees)
exp = half(np.exp)
expm1 = half(np.expm1)
fix = half(np.fix)
log = half(np.log)
log1p = half(np.log1p)
negative = half(np.negative)
radians = half(np.radians)
reciprocal = half(np.reciprocal)
rint = half(np.rint)
sign = half(np.sign)
sin = half(np.sin)
sqrt = half(np.sqrt)
square = half(np.square)
tan = half(np.tan)
tanh = half(np.tanh)
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float16" and result.tolist() == [-2.0, -0.0, 0.0, 0.0, 1.0, 1.0, 6.0]
around = half(np.around)
isfinite = half(np.isfinite)
logical_not = half(np.logical_not)

# %% np whole.*
def whole(f):
    return [f(np.array([-3, -1, 0, 2, 7], dtype=t)) for t in ("int8", "int32", "int64")] + [
        f(np.array([0, 1, 200], dtype="uint8"))]

absolute = whole(np.absolute)
fabs = whole(np.fabs)
ceil = whole(np.ceil)
floor = whole(np.floor)
trunc = whole(np.trunc)
fix = whole(np.fix)
rint = whole(np.rint)
around = whole(np.around)
negative = whole(np.negative)
sign = whole(np.sign)
square = whole(np.square)
reciprocal = np.reciprocal(np.array([1, 2, -1, 5], dtype="int32"))
reciprocal_zero = np.reciprocal(np.array([0, 1], dtype="int32"))
isnan = whole(np.isnan)
isinf = whole(np.isinf)
isfinite = whole(np.isfinite)
logical_not = whole(np.logical_not)
nan_to_num = whole(np.nan_to_num)
copy = whole(np.copy)
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[2.71828, 7.38906, 20.0855], [1.71828, 6.38906, 19.0855], [0.0, 0.693147, 1.09861], [0.0, 1.0, 1.58496], [0.0, 0.30103, 0.477121], [0.693147, 1.09861, 1.38629], [2.71828, 7.38906, 20.0855], [1.71828, 6.38906, 19.0855], [0.0, 0.693147, 1.09861], [0.0, 1.0, 1.58496], [0.0, 0.30103, 0.477121], [0.693147, 1.09861, 1.38629], [2.71828, 7.38906, 20.0855], [1.71828, 6.38906, 19.0855], [0.0, 0.693147, 1.09861], [0.0, 1.0, 1.58496], [0.0, 0.30103, 0.477121], [0.693147, 1.09861, 1.38629]]))
exponentials = [f(np.array([1, 2, 3], dtype=t)) for t in ("int32", "int64", "uint8") for f in (np.exp, np.expm1, np.log, np.log2, np.log10, np.log1p)]
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[1.0, 1.41421, 1.73205], [1.0, 1.25992, 1.44225]]))
roots = [f(np.array([1, 2, 3], dtype="int32")) for f in (np.sqrt, np.cbrt)]
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.841471, 0.909297, 0.14112], [0.540302, -0.416147, -0.989992], [1.55741, -2.18504, -0.142547], [0.785398, 1.10715, 1.24905], [57.2958, 114.592, 171.887], [0.0174533, 0.0349066, 0.0523599]]))
trigonometry = [f(np.array([1, 2, 3], dtype="int32")) for f in (np.sin, np.cos, np.tan, np.arctan, np.degrees, np.radians)]
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[1.1752, 3.62686, 10.0179], [1.54308, 3.7622, 10.0677], [0.761594, 0.964028, 0.995055], [0.881374, 1.44364, 1.81845], [0.0, 1.31696, 1.76275]]))
hyperbolic = [f(np.array([1, 2, 3], dtype="int32")) for f in (np.sinh, np.cosh, np.tanh, np.arcsinh, np.arccosh)]
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[1.5708, 0.0], [0.0, 1.5708]]))
inverses = [f(np.array([1, 0], dtype="int32")) for f in (np.arcsin, np.arccos)]
# differs: rule 3, integers give float32, as in MXNet 2.0 (1.9.1 truncates)
# expect: result.dtype == "float32" and result.tolist() == [0.0]
arctanh = np.arctanh(np.array([0], dtype="int32"))

# %% np bools.*
b = np.array([True, False, True], dtype=bool)

# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [True, False, True]
absolute = np.absolute(b)
sign = np.sign(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int8" and result.tolist() == [1, 0, 1]
square = np.square(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int64" and result.tolist() == [-1, 0, -1]
negative = np.negative(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [2.71828, 1.0, 2.71828], atol=1e-5, equal_nan=True)
exp = np.exp(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 0.0, 1.0]
sqrt = np.sqrt(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [True, False, True]
floor = np.floor(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int8" and result.tolist() == [1]
reciprocal = np.reciprocal(np.array([True], dtype=bool))
logical_not = np.logical_not(b)
isnan = np.isnan(b)
isfinite = np.isfinite(b)
invert = np.invert(b)
bitwise_not = np.bitwise_not(b)
copy = np.copy(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [0.841471, 0.0, 0.841471], atol=1e-5, equal_nan=True)
sin = np.sin(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [True, False, True]
rint = np.rint(b)
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float16" and result.tolist() == [1.0, 0.0, 1.0]
around = np.around(b)

# %% np forms.*
x = np.array([[0.25, 1.0], [2.25, 4.0]])
i = np.array([1, 4], dtype="int32")
out = np.zeros((2, 2))

keyword_x = np.sqrt(x=x)
keyword_out = np.sqrt(x, out=out)
positional_out = np.sqrt(x, out)
out_is_returned = np.exp(x, out=out) is out
out_is_input = np.sqrt(x, out=x)
# differs: rule 3, as in NumPy the array is returned, not the tuple that out= was given as
# expect: result.dtype == "float32" and result.tolist() == [[0.5, 1.0], [1.5, 2.0]]
out_tuple = np.sqrt(x, out=(out,))
out_wrong_shape = np.sqrt(x, out=np.zeros(3))
out_wrong_dtype = np.sqrt(x, out=np.zeros((2, 2), dtype="float64"))
out_int = np.floor(x, out=np.zeros((2, 2), dtype="int32"))
out_list = np.sqrt(x, out=[0.0])
out_onp = np.sqrt(x, out=onp.zeros((2, 2)))
out_view = [np.negative(x, out=out[0:2]), out]
out_broadcast = np.negative(x[0], out=np.zeros((2, 2)))
out_none = np.negative(x, out=None)
number = [np.sqrt(4), np.exp(0.5), np.floor(-1.5), np.abs(-3), np.negative(2), np.sign(-2.5), np.square(3)]
number_more = [np.log(1), np.sin(0), np.tanh(0.0), np.rint(2.5), np.trunc(-1.7), np.reciprocal(4.0), np.cbrt(8)]
number_isnan = [np.isnan(1.0), np.isinf(float("inf")), np.isfinite(3), np.logical_not(0), np.logical_not(2.5)]
number_around = [np.around(2.567, 2), np.around(25, -1), np.round_(1.5)]
number_bool = [np.negative(1), np.abs(True), np.sqrt(True)]
onp_scalar = [np.sqrt(onp.float32(4)), np.exp(onp.float64(0)), np.abs(onp.int32(-4)), np.floor(onp.float16(1.5))]
onp_scalar_is = [type(np.sqrt(4)).__name__, type(np.exp(onp.float32(1))).__name__, type(np.abs(-3)).__name__]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 2.0]
list_ = np.sqrt([1.0, 4.0])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [1.0, 2.71828], atol=1e-5, equal_nan=True)
tuple_ = np.exp((0.0, 1.0))
# differs: rule 3, np and NumPy arrays mix
# expect: result.dtype == "float64" and result.tolist() == [1.0, 2.0]
onp_array = np.sqrt(onp.array([1.0, 4.0]))
# differs: rule 3, np takes legacy arrays too
# expect: result.dtype == onp.float32 and result.asnumpy().tolist() == [1.0, 2.0]
nd_array = np.sqrt(nd.array([1.0, 4.0]))
none = np.sqrt(None)
string = np.sqrt("4")
no_argument = np.sqrt()
complex_ = np.sqrt(1j)
unknown_keyword = np.sqrt(x, axis=0)
where_true = np.sqrt(x, where=True)
where_mask = np.sqrt(x, where=np.array([True, False]))
dtype_keyword = np.sqrt(x, dtype="float64")
three_positional = np.sqrt(x, out, None)
around_decimals = np.around(np.array([1.2345, -1.2355, 123.456]), 2)
around_keyword = np.around(np.array([1.2345, 125.0, 135.0]), decimals=-1)
around_halves = np.around(np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5]))
round_halves = np.round(np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5]))
rint_halves = np.rint(np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5]))
# differs: rule 4, integers are rounded, as in NumPy (1.9.1 truncates)
# expect: result.dtype == "int32" and result.tolist() == [20, 20, 150]
around_int_decimals = np.around(np.array([15, 25, 149], dtype="int32"), -1)
around_float64 = np.around(np.array([1.005, 2.675], dtype="float64"), 2)
around_out = np.around(x, 1, out=out)
around_out_keyword = np.around(x, decimals=1, out=out)
round_method_out = x.round(0, out)
round_python = round(np.array([1.26, 2.5]), 1)
copy_out = np.copy(x, out=out)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 2.0]
copy_of_list = np.copy([1, 2])
copy_is_new = np.copy(x) is x
positive_number = np.positive(2.5)
# differs: rule 4, the result is an array of mxlite (1.9.1 leaves lists to NumPy)
# expect: result.dtype == "float32" and result.tolist() == [1.0, 2.0]
real_of_list = np.real([1.0, 2.0])
nan_to_num_values = np.nan_to_num(np.array([float("nan"), float("inf"), -float("inf"), 1.0]), nan=7.0, posinf=1.0, neginf=-1.0)
nan_to_num_positional = np.nan_to_num(np.array([float("nan"), 1.0]), True, 5.0)
nan_to_num_default = np.nan_to_num(np.array([float("nan"), float("inf"), -float("inf")], dtype="float64"))
nan_to_num_float16 = np.nan_to_num(np.array([float("nan"), float("inf"), -float("inf")], dtype="float16"))
nan_to_num_in_place = (lambda a: [np.nan_to_num(a, copy=False), a])(np.array([float("nan"), 2.0]))
nan_to_num_number = np.nan_to_num(float("nan"))
nan_to_num_out = np.nan_to_num(np.array([[float("nan"), 2.0], [1.0, 1.0]]), out=out)
deg_rad_round_trip = np.degrees(np.radians(np.array([0.0, 90.0, -180.0, 720.0])))
method_abs = [x.__abs__(), x.__neg__(), abs(-x), -x]
large_angles = [np.sin(np.array([1e4, -1e5])), np.cos(np.array([1e4, -1e5], dtype="float64"))]
tiny = [np.log1p(np.array([1e-7, 1e-20])), np.expm1(np.array([1e-7, 1e-20])), np.tanh(np.array([1e-7, 20.0]))]
overflow = [np.exp(np.array([100.0, -100.0])), np.cosh(np.array([100.0])), np.square(np.array([1e30]))]
square_of_int_wraps = np.square(np.array([100, -128], dtype="int8"))
absolute_of_smallest = np.absolute(np.array([-128, 127], dtype="int8"))
negative_of_unsigned = np.negative(np.array([0, 1, 255], dtype="uint8"))
big_int = [np.absolute(np.array([-2**40], dtype="int64")), np.sign(np.array([2**40], dtype="int64"))]
