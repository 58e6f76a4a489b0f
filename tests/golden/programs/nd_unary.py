"""nd: every elementwise function of one array: values, gradients, dtypes, nan and inf, methods, out=."""
# ruff: noqa

# %% nd value.*
def pull(f, x):
    x.attach_grad()
    with autograd.record():
        y = f(x)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y, x.grad]
x = nd.array([[-2.5, -1.0, -0.5], [0.0, 0.75, 3.0]])
p, u, big = nd.array([0.25, 1.0, 2.5, 9.0]), nd.array([-0.75, -0.25, 0.0, 0.5]), nd.array([1.0, 1.5, 4.0])

abs_ = pull(nd.abs, x)
arccos = pull(nd.arccos, u)
arccosh = pull(nd.arccosh, big[1:])
arcsin = pull(nd.arcsin, u)
arcsinh = pull(nd.arcsinh, x)
arctan = pull(nd.arctan, x)
arctanh = pull(nd.arctanh, u)
cbrt = pull(nd.cbrt, p)
cbrt_negative = nd.cbrt(nd.array([-8.0, -1.0]))
ceil = pull(nd.ceil, x)
cos = pull(nd.cos, x)
cosh = pull(nd.cosh, x)
degrees = pull(nd.degrees, x)
erf = pull(nd.erf, x)
erfinv = pull(nd.erfinv, u)
exp = pull(nd.exp, x)
expm1 = pull(nd.expm1, x)
fix = pull(nd.fix, x)
floor = pull(nd.floor, x)
gamma = pull(nd.gamma, p)
gamma_negative = nd.gamma(nd.array([-0.5, -1.5]))
gammaln = pull(nd.gammaln, p)
log = pull(nd.log, p)
log10 = pull(nd.log10, p)
log1p = pull(nd.log1p, p)
log2 = pull(nd.log2, p)
logical_not = nd.logical_not(x)
negative = pull(nd.negative, x)
radians = pull(nd.radians, x)
rcbrt = pull(nd.rcbrt, p)
reciprocal = pull(nd.reciprocal, p)
relu = pull(nd.relu, x)
rint = pull(nd.rint, nd.array([-1.5, -0.5, 0.5, 1.5, 2.5, 0.4]))
round_ = pull(nd.round, nd.array([-1.5, -0.5, 0.5, 1.5, 2.5, 0.4]))
rsqrt = pull(nd.rsqrt, p)
sigmoid = pull(nd.sigmoid, x)
sign = pull(nd.sign, x)
sin = pull(nd.sin, x)
sinh = pull(nd.sinh, x)
softsign = pull(nd.softsign, x)
sqrt = pull(nd.sqrt, p)
square = pull(nd.square, x)
tan = pull(nd.tan, x)
tanh = pull(nd.tanh, x)
trunc = pull(nd.trunc, x)
zeros_like = [nd.zeros_like(x), nd.ones_like(x), nd.zeros_like(x.astype("int32")), nd.ones_like(x.astype("float64"))]
clip = pull(lambda x: nd.clip(x, -1, 1), x)
clip_keywords = nd.clip(data=x, a_min=0, a_max=2)
clip_one_bound = nd.clip(x, a_min=0)
# differs: rule 3, as in NumPy the upper bound counts last
# expect: result.asnumpy().tolist() == [[-1] * 3] * 2
clip_reversed = nd.clip(x, 1, -1)
clip_int = nd.clip(nd.array([-3, 0, 3], dtype="int32"), -1.5, 1.5)
clip_nan = nd.clip(nd.array([float("nan"), float("inf"), -float("inf")]), -1, 1)
# differs: rule 4, bounds are the numbers given (1.9.1 rounds them to float32)
# expect: result.asnumpy().tolist() == [[0.1] * 3, [0.1, 0.2, 0.2]]
clip_float64 = nd.clip(x.astype("float64"), 0.1, 0.2)

# %% nd odd.*
def values(f, more=()):
    nan, inf = float("nan"), float("inf")
    return f(nd.array([nan, inf, -inf, 0.0, -0.0, *more]))

exp = values(nd.exp, (89.0, -104.0))
log = values(nd.log, (-1.0,))
log1p = values(nd.log1p, (-1.0, -2.0))
sqrt = values(nd.sqrt, (-1.0,))
rsqrt = values(nd.rsqrt, (-1.0,))
cbrt = values(nd.cbrt)
reciprocal = values(nd.reciprocal)
arcsin = values(nd.arcsin, (1.5, 1.0))
arccos = values(nd.arccos, (-1.5, -1.0))
arccosh = values(nd.arccosh, (0.5, 1.0))
arctanh = values(nd.arctanh, (1.0, -1.0, 2.0))
arctan = values(nd.arctan)
tanh = values(nd.tanh, (50.0,))
sigmoid = values(nd.sigmoid, (100.0, -100.0))
relu = values(nd.relu)
abs_ = values(nd.abs)
floor = values(nd.floor)
round_ = values(nd.round)
erf = values(nd.erf)
erfinv = values(nd.erfinv, (1.0, -1.0, 1.5))
gamma = values(nd.gamma, (-1.0, 40.0))
gammaln = values(nd.gammaln, (-1.0,))
square = values(nd.square, (1e20,))
softsign = values(nd.softsign)
logical_not = values(nd.logical_not)
isnan = values(nd.contrib.isnan)
isinf = values(nd.contrib.isinf)
isfinite = values(nd.contrib.isfinite)

# %% nd dtype.*
names = ("abs arccos arccosh arcsin arcsinh arctan arctanh cbrt ceil cos cosh degrees erf erfinv exp expm1 fix floor gamma "
         "gammaln log log10 log1p log2 negative radians rcbrt reciprocal relu rint round rsqrt sigmoid sign sin sinh "
         "softsign sqrt square tan tanh trunc logical_not").split()
def kinds(dtype, value=1):
    found = {}
    for name in names:
        try:
            found[name] = onp.dtype(getattr(nd, name)(nd.array([value], dtype=dtype)).dtype).name
        except Exception as error:
            found[name] = type(error).__name__
    return found
i = nd.array([-3, 0, 1, 4], dtype="int32")

kinds_float16 = kinds("float16")
kinds_float64 = kinds("float64")
kinds_int32 = kinds("int32")
kinds_int64 = kinds("int64")
kinds_uint8 = kinds("uint8")
kinds_int8 = kinds("int8")
int_exact = [nd.abs(i), nd.negative(i), nd.square(i), nd.sign(i), nd.relu(i), nd.floor(i), nd.round(i)]
int_exp = nd.exp(i)
int_sqrt = nd.sqrt(i)
int_log = nd.log(i)
int_reciprocal = nd.reciprocal(i)
int_sigmoid = nd.sigmoid(i)
int_tanh = nd.tanh(i)
int_logical_not = nd.logical_not(i)
uint8_negative = nd.negative(nd.array([1, 2], dtype="uint8"))
float16_values = [nd.exp(nd.array([1, 10, 12], dtype="float16")), nd.log(nd.array([0.1, 3], dtype="float16")), nd.tanh(nd.array([0.3], dtype="float16"))]
float64_values = [nd.exp(nd.array([1.0], dtype="float64")), nd.log(nd.array([0.1], dtype="float64")), nd.erf(nd.array([0.3], dtype="float64")), nd.gammaln(nd.array([0.3], dtype="float64"))]
float64_more = [f(nd.array([0.3], dtype="float64")) for f in (nd.sin, nd.cos, nd.tan, nd.sinh, nd.arctan, nd.arcsinh, nd.sigmoid, nd.cbrt, nd.rsqrt, nd.log1p, nd.expm1)]

# %% nd call.*
x, o = nd.array([0.25, 4.0]), nd.zeros((2,))

keyword = nd.sqrt(data=x)
out = [nd.sqrt(x, out=o) is o, o]
out_positional = [nd.sqrt(x, o) is o, o]
out_same = [nd.sqrt(x, out=x), x]
out_wrong_shape = nd.sqrt(x, out=nd.zeros((3,)))
out_wrong_dtype = nd.sqrt(x, out=nd.zeros((2,), dtype="float64"))
name_is_ignored = nd.sqrt(x, name="root")
# differs: rule 3, a list is made an array, as in NumPy
# expect: result.asnumpy().tolist() == [1, 2]
of_list = nd.sqrt([1.0, 4.0])
# differs: rule 3, a function of a number gives a number, as np's does (1.9.1 refuses)
# expect: float(result) == 2
of_number = nd.sqrt(4.0)
# differs: rule 3, NumPy's arrays are taken too
# expect: float(result[0]) == 2
of_numpy = nd.sqrt(onp.array([4.0]))
of_none = nd.sqrt(None)
without_arguments = nd.sqrt()
methods = [getattr(x, m)() for m in ("abs", "arcsinh", "arctan", "cbrt", "ceil", "cos", "cosh", "degrees", "exp", "expm1", "fix", "floor")]
more_methods = [getattr(x, m)() for m in ("log", "log10", "log1p", "log2", "radians", "rcbrt", "reciprocal", "relu", "rint", "round", "rsqrt", "sigmoid")]
other_methods = [getattr(x, m)() for m in ("sign", "sin", "sinh", "sqrt", "square", "tan", "tanh", "trunc", "zeros_like", "ones_like")]
inverse_methods = [getattr(x / 8, m)() for m in ("arcsin", "arccos", "arctanh")] + [(x + 1).arccosh()]
method_out = x.sqrt(out=o)
scalar_shape = nd.sqrt(nd.array([4.0])).shape
# differs: rule 3, lengths 0 work in nd too
# expect: result.shape == (0, 2)
empty = nd.sqrt(nd.zeros((0, 2)))
chained = nd.exp(nd.log(x)).sqrt()
