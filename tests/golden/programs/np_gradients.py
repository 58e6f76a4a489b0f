"""np: the gradient of every differentiable function, with arguments at which it is interesting."""
# ruff: noqa

# %% np unary.*
values = [-1.5, -0.4, 0.3, 0.9, 1.0, 2.0]
def slope(f, values=values, dtype="float32"):
    x = np.array(values, dtype=dtype)
    x.attach_grad()
    with autograd.record():
        y = f(x)
    y.backward()
    return x.grad
positive = [0.25, 0.5, 1.0, 3.0]
inside = [-0.9, -0.3, 0.0, 0.6]
edges = [-2.0, -0.5, 0.0, 0.5, 1.0, float("inf"), float("nan")]

absolute = [slope(np.absolute), slope(np.abs), slope(np.fabs)]
# differs: rule 4, the sign of nan is nan, and so is this gradient (1.9.1 gives 0)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [onp.nan], atol=1e-5, equal_nan=True)
absolute_nan = slope(np.abs, [float("nan")])
arccos = [slope(np.arccos, inside), slope(np.arccos, inside, "float64")]
arccosh = slope(np.arccosh, [1.5, 2.0, 9.0])
arcsin = [slope(np.arcsin, inside), slope(np.arcsin, inside, "float64")]
arcsinh = slope(np.arcsinh)
arctan = slope(np.arctan)
arctanh = slope(np.arctanh, inside)
cbrt = slope(np.cbrt, [-8.0, -0.5, 1.0, 27.0])
cos = slope(np.cos)
cosh = slope(np.cosh)
degrees = slope(np.degrees)
exp = [slope(np.exp), slope(np.exp, edges)]
expm1 = slope(np.expm1)
log = [slope(np.log, positive), slope(np.log, positive, "float64"), slope(np.log, [0.0, -1.0])]
log10 = slope(np.log10, positive)
log1p = slope(np.log1p, positive)
log2 = slope(np.log2, positive)
negative = slope(np.negative)
radians = slope(np.radians)
reciprocal = slope(np.reciprocal, [-2.0, 0.5, 4.0])
sin = slope(np.sin)
sinh = slope(np.sinh)
sqrt = [slope(np.sqrt, positive), slope(np.sqrt, positive, "float64"), slope(np.sqrt, [0.0])]
square = [slope(np.square), slope(np.square, edges)]
tan = slope(np.tan)
tanh = [slope(np.tanh), slope(np.tanh, [-30.0, 0.0, 30.0])]
float16 = [slope(f, positive, "float16") for f in (np.exp, np.log, np.sqrt, np.square, np.tanh, np.sin)]
zero_slopes = [slope(f) for f in (np.ceil, np.floor, np.trunc, np.fix, np.rint, np.sign, np.around)]
copy = slope(np.copy)
nan_to_num = slope(np.nan_to_num, [1.0, float("nan"), float("inf"), -2.0])
clip = [slope(lambda x: np.clip(x, -0.4, 1.0)), slope(lambda x: np.clip(x, None, 0.5)), slope(lambda x: np.clip(x, 0.0, None)), slope(lambda x: x.clip(0, 1))]
composed = [slope(lambda x: np.exp(np.sin(x)) * x), slope(lambda x: np.log(1 + x * x)), slope(lambda x: x ** 3 - 2 * x ** 2 + x)]
power_number = [slope(lambda x: x ** 2), slope(lambda x: x ** 0.5, positive), slope(lambda x: x ** -1, positive), slope(lambda x: 2 ** x), slope(lambda x: x ** 0), slope(lambda x: x ** 3)]
numbers = [slope(lambda x: 3 - x), slope(lambda x: 2 / x, positive), slope(lambda x: x % 0.7, positive), slope(lambda x: 2.5 % x, positive), slope(lambda x: np.maximum(x, 0.3)), slope(lambda x: np.minimum(0.9, x))]
reused = slope(lambda x: x * x + x * x * x - x)
astype = [slope(lambda x: x.astype("float64")), slope(lambda x: x.astype("float16"))]
unused_branch = slope(lambda x: [np.exp(x), x * 2][1])
detached = slope(lambda x: x * x.detach())
comparison_mask = slope(lambda x: x * (x > 0))
where_mask = slope(lambda x: np.where(x > 0, x, -2 * x))
# differs: rule 4, where(c, x, number) gives the gradient to x where c holds (1.9.1: where it does not)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 0.0, 1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 0.0, 0.0, 0.0, 0.0]]))
where_number = [slope(lambda x: np.where(x > 0, x, 0)), slope(lambda x: np.where(x > 0, 1.0, x))]
arctan2_number = [slope(lambda x: np.arctan2(x, 2.0)), slope(lambda x: np.arctan2(x, -0.5))]
# differs: rule 4, arctan2 of a number and an array has the derivative -x1 / (x1**2 + x2**2) (1.9.1 leaves x1 out)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [-0.492308, -0.470588, -0.4, -0.153846], atol=1e-5, equal_nan=True)
arctan2_of_number = slope(lambda x: np.arctan2(2.0, x), positive)
hypot_number = [slope(lambda x: np.hypot(x, 2.0)), slope(lambda x: np.hypot(2, x))]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[1.0, 1.0, -1.0, -1.0, -1.0, -1.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]))
copysign_number = [slope(lambda x: np.copysign(x, -1.0)), slope(lambda x: np.copysign(2.0, x))]
# differs: rule 4, the gradient passes (1.9.1 gives 0)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [-1.0, 1.2, 2.6, 3.8, 4.0, 6.0], atol=1e-5, equal_nan=True)
polyval_x = slope(lambda x: np.polyval(np.array([1.0, 2.0, 3.0]), x))
# differs: rule 4, the gradient passes (1.9.1 gives 0)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 0.0, 0.5, 0.5, 0.0, 0.0]
percentile = slope(lambda x: np.percentile(x, 50))

# %% np binary.*
def slopes(f, a, b, dtype="float32"):
    x, y = np.array(a, dtype=dtype), np.array(b, dtype=dtype)
    x.attach_grad()
    y.attach_grad()
    with autograd.record():
        z = f(x, y)
    z.backward()
    return [x.grad, y.grad]
m = [[1.5, -2.0, 0.5], [3.0, 1.0, -1.0]]
n = [[0.5, 2.0, -1.5], [3.0, -0.25, -1.0]]
row = [2.0, -0.5, 1.0]
column = [[1.5], [-2.0]]
pos = [[1.5, 2.0, 0.5], [3.0, 1.0, 0.25]]

add = [slopes(np.add, m, n), slopes(np.add, m, row), slopes(np.add, column, row), slopes(np.add, m, 2.0)]
subtract = [slopes(np.subtract, m, n), slopes(np.subtract, row, m), slopes(np.subtract, column, row), slopes(np.subtract, m, 2.0)]
multiply = [slopes(np.multiply, m, n), slopes(np.multiply, m, row), slopes(np.multiply, column, row), slopes(np.multiply, 2.0, m)]
divide = [slopes(np.divide, m, n), slopes(np.divide, m, row), slopes(np.true_divide, column, row), slopes(np.divide, 2.0, m)]
mod = [slopes(np.mod, m, n), slopes(np.mod, m, row), slopes(np.remainder, column, row)]
power = [slopes(np.power, pos, n), slopes(np.power, pos, row), slopes(np.power, 2.0, m), slopes(np.power, pos, 2.0)]
# differs: rule 4, 0 to a positive power has the slope 0 (1.9.1 gives nan)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0.0, 1.0, 0.0], [0.0, 0.0, 0.693147]]))
power_of_zero = slopes(np.power, [0.0, 0.0, 2.0], [2.0, 1.0, 0.0])
maximum = [slopes(np.maximum, m, n), slopes(np.maximum, m, row), slopes(np.maximum, column, row)]
maximum_ties = [slopes(np.maximum, [1.0, 2.0], [1.0, 2.0]), slopes(np.minimum, [1.0, 2.0], [1.0, 2.0])]
minimum = [slopes(np.minimum, m, n), slopes(np.minimum, m, row), slopes(np.minimum, column, row)]
arctan2 = [slopes(np.arctan2, m, n), slopes(np.arctan2, m, row), slopes(np.arctan2, column, row)]
hypot = [slopes(np.hypot, m, n), slopes(np.hypot, m, row), slopes(np.hypot, column, row)]
copysign = slopes(np.copysign, m, n)
float64 = [slopes(f, pos, n, "float64") for f in (np.multiply, np.divide, np.power, np.arctan2)]
same_operand = (lambda x: [x.attach_grad(), autograd.set_recording(True), (x * x / (x + 1)).backward(), x.grad])(np.array([1.0, 2.0]))
where = [slopes(lambda x, y: np.where(np.array([[True, False, True]]), x, y), m, n), slopes(lambda x, y: np.where(np.array([[1.0], [0.0]]), x, y), row, m)]
dot = [slopes(np.dot, m, [[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]]), slopes(np.dot, row, row), slopes(np.dot, m, row)]
dot_scalar = [slopes(np.dot, 2.0, m), slopes(np.dot, m, 3.0)]
dot_higher = slopes(np.dot, [m, n], [[1.0], [0.5], [3.0]])
matmul = [slopes(np.matmul, m, [[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]]), slopes(np.matmul, row, row), slopes(np.matmul, m, row), slopes(np.matmul, [m, n], [[1.0], [0.5], [3.0]]), slopes(np.matmul, [1.0, 2.0], m)]
# differs: rule 4, stacks that are both stretched each get the sum over their own copies (1.9.1 sums wrong elements)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[[[2.0, 2.0, 0.0], [2.0, 2.0, 0.0]]], [[[2.0, 2.0, 0.0], [2.0, 2.0, 0.0]]]], [[[[8.0], [0.75], [-3.0]], [[8.0], [0.75], [-3.0]]]]]))
matmul_broadcast = slopes(np.matmul, [[m], [n]], [[[[1.0], [0.5], [3.0]], [[1.0], [1.5], [-3.0]]]])
inner = [slopes(np.inner, row, row), slopes(np.inner, m, row), slopes(np.inner, m, n)]
outer = [slopes(np.outer, row, [1.0, 2.0]), slopes(np.outer, m, row)]
vdot = slopes(np.vdot, m, n)
tensordot = [slopes(lambda x, y: np.tensordot(x, y, 1), m, [[1.0], [0.5], [3.0]]), slopes(lambda x, y: np.tensordot(x, y, 0), row, row), slopes(lambda x, y: np.tensordot(x, y, ([0, 1], [0, 1])), m, n), slopes(lambda x, y: np.tensordot(x, y, ([1], [1])), m, n)]
einsum = [slopes(lambda x, y: np.einsum("ij,kj->ik", x, y), m, n), slopes(lambda x, y: np.einsum("ij,ij->", x, y), m, n), slopes(lambda x, y: np.einsum("ij,j", x, y), m, row), slopes(lambda x, y: np.einsum("i,j->ij", x, y), row, row)]
concatenate = [slopes(lambda x, y: np.concatenate([x, y]) ** 2, m, n), slopes(lambda x, y: np.concatenate([x, y], axis=1) ** 2, m, column), slopes(lambda x, y: np.concatenate([x, y], axis=None) ** 2, m, row)]
stack = [slopes(lambda x, y: np.stack([x, y], axis=1) ** 2, m, n), slopes(lambda x, y: np.vstack([x, y]) ** 2, m, row), slopes(lambda x, y: np.hstack([x, y]) ** 2, m, column), slopes(lambda x, y: np.dstack([x, y]) ** 2, m, n), slopes(lambda x, y: np.column_stack([x, y]) ** 2, m, [1.0, 2.0])]
append = [slopes(lambda x, y: np.append(x, y) ** 2, m, row), slopes(lambda x, y: np.append(x, y, axis=0) ** 2, m, n)]
meshgrid = slopes(lambda x, y: np.meshgrid(x, y)[0] * np.meshgrid(x, y)[1], row, [1.0, 2.0])
broadcast_arrays = slopes(lambda x, y: np.broadcast_arrays(x, y)[0] * np.broadcast_arrays(x, y)[1], column, row)
polyval = slopes(np.polyval, row, [0.0, 1.0, -2.0])
# differs: rule 4, solve with a vector has a gradient (1.9.1 fails)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[-0.330579, 0.206612], [-0.132231, 0.0826446]], [0.454545, 0.181818]]))
solve_vector = slopes(np.linalg.solve, [[2.0, 1.0], [0.5, 3.0]], [1.0, -1.0])
solve = [slopes(np.linalg.solve, [[2.0, 1.0], [0.5, 3.0]], [[1.0, 0.0], [2.0, -1.0]])]
average = slopes(lambda x, y: np.average(x, weights=y), m, pos)
normal = [bool((g != 0).all()) for g in slopes(lambda x, y: np.random.normal(x, y) * 1, m, pos)]

# %% np shapes.*
m = np.array([[1.5, -2.0, 0.5], [3.0, 1.0, -1.0]])
t = np.arange(24.0).reshape(2, 3, 4) / 10
def slope(f, x=m):
    x = x.copy()
    x.attach_grad()
    with autograd.record():
        y = f(x)
        z = (y * y).sum()
    z.backward()
    return x.grad

reshape = [slope(lambda x: np.reshape(x, (3, 2))[0]), slope(lambda x: x.reshape(-1)[1:4]), slope(np.ravel), slope(lambda x: x.flatten()[::2])]
transpose = [slope(lambda x: np.transpose(x)[0]), slope(lambda x: x.T[1:]), slope(lambda x: np.transpose(x, (2, 0, 1))[1], t), slope(lambda x: np.swapaxes(x, 0, 2)[2], t), slope(lambda x: np.moveaxis(x, 0, -1)[1], t)]
expand_squeeze = [slope(lambda x: np.expand_dims(x, 1)), slope(lambda x: np.squeeze(np.expand_dims(x, 0)))]
broadcast_to = [slope(lambda x: np.broadcast_to(x, (2, 2, 3))), slope(lambda x: np.broadcast_to(x[:, :1], (2, 4)))]
# differs: rule 4, the gradient passes (1.9.1 gives 0)
# expect: result.dtype == "float32" and result.tolist() == [[3.0, -4.0, 1.0], [6.0, 2.0, -2.0]]
atleast = slope(np.atleast_3d)
flip = [slope(lambda x: np.flip(x, 1)[0]), slope(lambda x: np.flip(x)[0]), slope(lambda x: np.fliplr(x)[0]), slope(lambda x: np.flipud(x)[0])]
rot90 = slope(lambda x: np.rot90(x, 2)[0])
# differs: rule 4, the gradient of rot90 is turned back (1.9.1 turns it on)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 0.0, 1.0], [0.0, 0.0, -2.0]]
rot90_once = slope(lambda x: np.rot90(x)[0])
roll = [slope(lambda x: np.roll(x, 1)[0]), slope(lambda x: np.roll(x, 1, axis=1)[:, 0])]
tile = [slope(lambda x: np.tile(x, 2)), slope(lambda x: np.tile(x, (2, 1, 2)))]
repeat = [slope(lambda x: np.repeat(x, 2)), slope(lambda x: np.repeat(x, 3, axis=1))]
split = [slope(lambda x: np.split(x, 3, axis=1)[1]), slope(lambda x: np.split(x, [1], axis=1)[1]), slope(lambda x: np.array_split(x, 2, axis=1)[0]), slope(lambda x: np.hsplit(x, 3)[2]), slope(lambda x: np.vsplit(x, 2)[0]), slope(lambda x: np.dsplit(x, 2)[1], t)]
pad = slope(lambda x: np.pad(x, ((1, 1), (0, 2))))
# differs: rule 4, every mode has a gradient (1.9.1 has none)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[12.0, -8.0, 4.0], [24.0, 4.0, -8.0]], [[6.0, -24.0, 2.0], [12.0, 12.0, -4.0]]]))
pad_modes = [slope(lambda x: np.pad(x, ((1, 1), (1, 1)), "edge")), slope(lambda x: np.pad(x, ((1, 1), (1, 1)), "reflect"))]
diagonal = [slope(np.diag), slope(lambda x: np.diag(x, 1)), slope(lambda x: np.diag(x[0])), slope(np.diagflat), slope(np.diagonal), slope(np.trace), slope(lambda x: np.trace(x, 1))]
triangle = [slope(np.tril), slope(lambda x: np.tril(x, -1))]
take = [slope(lambda x: np.take(x, np.array([0, 0, 5], dtype="int32"))), slope(lambda x: np.take(x, np.array([2, 2], dtype="int32"), axis=1)), slope(lambda x: x.take(np.array([9, -9], dtype="int32"), mode="clip"))]
take_number = [slope(lambda x: np.take(x, np.array(k, dtype="int32"), axis=a, mode=mode)) for k in (7, -1) for a in (None, 1) for mode in ("clip", "wrap")]
index = [slope(lambda x: x[1]), slope(lambda x: x[:, ::2]), slope(lambda x: x[np.array([0, 0, 1], dtype="int32")]), slope(lambda x: x[x > 0]), slope(lambda x: x[1, 2]), slope(lambda x: x[..., None]), slope(lambda x: x[[0, 1], [2, 0]]), slope(lambda x: x[-1, ::-1])]
sum = [slope(np.sum), slope(lambda x: np.sum(x, axis=0)), slope(lambda x: np.sum(x, axis=(0, 2)), t), slope(lambda x: np.sum(x, axis=1, keepdims=True))]
mean = [slope(np.mean), slope(lambda x: np.mean(x, axis=0)), slope(lambda x: np.mean(x, axis=(0, 2)), t), slope(lambda x: np.mean(x, axis=1, keepdims=True))]
prod = [slope(np.prod), slope(lambda x: np.prod(x, axis=0)), slope(lambda x: np.prod(x, axis=1, keepdims=True))]
# differs: rule 4, the product rule holds at 0 (1.9.1 divides by the element and gives nan)
# expect: result.dtype == "float32" and result.tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
prod_zero = slope(lambda x: np.prod(x, axis=1), np.array([[0.0, 2.0, 3.0], [0.0, 0.0, 3.0]]))
max = [slope(np.max), slope(lambda x: np.max(x, axis=0)), slope(lambda x: np.amax(x, axis=1, keepdims=True)), slope(lambda x: np.max(x, axis=(0, 2)), t)]
min = [slope(np.min), slope(lambda x: np.min(x, axis=0)), slope(lambda x: np.amin(x, axis=1, keepdims=True))]
max_ties = [slope(np.max, np.array([2.0, 2.0, 1.0])), slope(lambda x: np.max(x, axis=0), np.array([[1.0, 2.0], [1.0, 2.0]])), slope(np.min, np.array([1.0, 1.0, 2.0]))]
# differs: rule 4, variance and deviation have a gradient (1.9.1 gives 0)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [[1.77778, -4.44444, 0.0], [4.44444, 0.888889, -2.66667]], atol=1e-5, equal_nan=True)
var = slope(np.var)
# differs: rule 4, variance and deviation have a gradient (1.9.1 gives 0)
# expect: result.dtype == "float32" and result.tolist() == [[-0.75, -1.5, 0.75], [0.75, 1.5, -0.75]]
std = slope(lambda x: np.std(x, axis=0))
average = [slope(np.average), slope(lambda x: np.average(x, axis=0)), slope(lambda x: np.average(x, axis=1, weights=np.array([1.0, 2.0, 0.5])))]
cumsum = [slope(np.cumsum), slope(lambda x: np.cumsum(x, axis=0)), slope(lambda x: x.cumsum(axis=1))]
sort = [slope(np.sort), slope(lambda x: np.sort(x, axis=0)), slope(lambda x: np.sort(x, axis=None))]
diff = [slope(np.diff), slope(lambda x: np.diff(x, axis=0)), slope(lambda x: np.diff(x, 2))]
norm = [slope(np.linalg.norm), slope(lambda x: np.linalg.norm(x, axis=0)), slope(lambda x: np.linalg.norm(x, axis=1, keepdims=True)), slope(lambda x: np.linalg.norm(x, ord=1, axis=1)), slope(lambda x: np.linalg.norm(x, "fro"))]
# differs: rule 4, the head gradient of a matrix norm counts once (1.9.1 multiplies by it twice)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[2.37198, 0.159182, -0.538068], [6.23877, 0.418682, -1.41523]], [[5.55604, -9.84237, 2.82574], [10.0166, 4.55604, -3.82574]], [[9.0, -0.0, 0.0], [9.0, 0.0, -0.0]]]))
norm_matrix = [slope(lambda x: np.linalg.norm(x, 2)), slope(lambda x: np.linalg.norm(x, "nuc")), slope(lambda x: np.linalg.norm(x, 1))]
# differs: rule 4, delete and insert have a gradient (1.9.1 has none)
# expect: result.dtype == "float32" and result.tolist() == [[3.0, 0.0, 1.0], [6.0, 0.0, -2.0]]
delete = slope(lambda x: np.delete(x, 1, axis=1))
# differs: rule 4, delete and insert have a gradient (1.9.1 has none)
# expect: result.dtype == "float32" and result.tolist() == [[3.0, -4.0, 1.0], [6.0, 2.0, -2.0]]
insert = slope(lambda x: np.insert(x, 1, 5.0, axis=1))
one_output_of_two = slope(lambda x: np.split(x, 3, axis=1)[0] + 0)
head_gradient = (lambda x: [x.attach_grad(), autograd.set_recording(True), (x * 2).backward(np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 0.5]])), x.grad])(m.copy())
add_request = (lambda x: [x.attach_grad("add"), autograd.set_recording(True), (x * 2).backward(), (x * 3).backward(), x.grad])(m.copy())
square_matrices = [slope(f, np.array([[4.0, 1.0], [1.0, 3.0]])) for f in (np.linalg.det, np.linalg.inv)]
cholesky = slope(np.linalg.cholesky, np.array([[4.0, 1.0], [1.0, 3.0]]))
slogdet = slope(lambda x: np.linalg.slogdet(x)[1], np.array([[4.0, 1.0], [2.0, 3.0]]))
svd = slope(lambda x: np.linalg.svd(x)[1], np.array([[4.0, 1.0], [1.0, 3.0]]))
# differs: rule 4, the gradient passes (1.9.1 gives 0)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[8, 2], [2, 6]], [[8, 2], [2, 6]]]))
eigenvalues = [slope(lambda x: np.linalg.eigvalsh(x), np.array([[4.0, 1.0], [1.0, 3.0]])), slope(lambda x: np.linalg.eigh(x)[0], np.array([[4.0, 1.0], [1.0, 3.0]]))]
# differs: rule 4, the gradient passes (1.9.1 gives 0)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [[-0.0999999, 0.14], [0.1, -0.18]], atol=1e-5, equal_nan=True)
pinv = slope(np.linalg.pinv, np.array([[4.0, 1.0], [2.0, 3.0]]))
tensordot_zero_d = slope(lambda x: np.tensordot(x, np.array(2.5)))
methods = [slope(lambda x: x.sum(axis=1)), slope(lambda x: x.mean(0)), slope(lambda x: x.max(axis=0)), slope(lambda x: x.min()), slope(lambda x: x.prod(axis=1)), slope(lambda x: x.dot(x.T)), slope(lambda x: x.repeat(2)), slope(lambda x: x.swapaxes(0, 1)), slope(lambda x: x.squeeze()), slope(lambda x: x.copy()), slope(lambda x: x.clip(0, 2)), slope(lambda x: x.broadcast_to((2, 2, 3)))]
methods_zero = [slope(lambda x: x.round()), slope(lambda x: x.detach() * 1)]
