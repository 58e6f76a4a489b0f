"""np.ndarray: every method, operator and attribute, with the forms of their arguments."""
# ruff: noqa

# %% np operators.*
a = np.array([[1.5, -2.0], [4.0, 0.5]])
b = np.array([2.0, -0.5])
i = np.array([5, -3], dtype="int32")
c = np.array([True, False], dtype=bool)

add = [a.__add__(b), a.__radd__(2), a + b, 2 + a, a.__add__(1.5)]
sub = [a.__sub__(b), a.__rsub__(2), b - a, 2 - a]
mul = [a.__mul__(b), a.__rmul__(2), a * b, 3 * i]
truediv = [a.__truediv__(b), a.__rtruediv__(2), b / a, 1 / a]
mod = [a.__mod__(b), a.__rmod__(2), b % a, 7 % i]
pow = [abs(a).__pow__(b), a.__rpow__(2), 2 ** b, a ** 2, a ** 0, i ** 2]
neg_abs = [a.__neg__(), a.__abs__(), -i, abs(i)]
matmul = [a.__matmul__(b), a @ a, b @ a]
comparisons = [a.__eq__(b), a.__ne__(b), a.__lt__(b), a.__le__(b), a.__gt__(b), a.__ge__(b)]
comparisons_number = [a == 4, a != 4, a < 1, a <= 1.5, a > 1, a >= 4.0, 1 < a, 4 == a]
bitwise = [c.__and__(~c), c.__or__(~c), c.__xor__(c), c.__invert__(), i & 3, i | 8, i ^ 1, ~i]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[True, False], [1, 1], [13, -3], [4, -4]]))
bitwise_number_first = [True & c, 3 & i, 8 | i, 1 ^ i]
in_place = [a.copy().__iadd__(b), a.copy().__isub__(1), a.copy().__imul__(2.0), a.copy().__itruediv__(b), a.copy().__imod__(2)]
in_place_bits = [i.copy().__iand__(3), i.copy().__ior__(8), i.copy().__ixor__(np.array([1, 1], dtype="int32"))]
in_place_int_true_divide = i.copy().__itruediv__(2)
# differs: rule 3, the number is not truncated before it is added, only the result (1.9.1 truncates the number)
# expect: result.dtype == "int32" and result.tolist() == [6, -1]
in_place_int_float = i.copy().__iadd__(1.5)
in_place_int_float_array = i.copy().__iadd__(b)
in_place_float64 = a.astype("float64").__iadd__(b)
in_place_float32_float64 = a.copy().__iadd__(b.astype("float64"))
in_place_list = a.copy().__iadd__([1.0, 2.0])
in_place_too_large = b.copy().__iadd__(a)
equal_none = [a == None, a != None]
equal_string = a == "x"
equal_shape = a == np.ones(3)
compare_string = a < "x"
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result == [True, False]
contains = [4.0 in a, 7.0 in a]
chained = (a + b) * 2 - a / 4 + a ** 2 % 3
onp_scalar_first = [onp.float32(2) * a, onp.float64(2) + b, onp.int64(3) - b]
bool_ = [bool(np.array(1.0)), bool(np.array([0.0])), bool(np.array([[2]], dtype="int32")), bool(np.array(True)), bool(np.zeros(0))]
bool_many = bool(a)
nonzero_ = np.array([3.0]).__nonzero__()
float_int = [float(np.array(2.5)), int(np.array([2.9])), float(np.array([[3]], dtype="int32")), int(np.array(-2.7)), float(c[0])]
float_many = float(b)
int_many = int(b)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result == 2
index = [1, 2, 3][np.array(1, dtype="int32")]
index_float = [1, 2, 3][np.array(1.0)]
complex_ = complex(np.array(2.5)).real
len_ = [len(a), len(b), len(np.zeros((0, 3)))]
len_zero_d = len(np.array(1.0))
iteration = [row for row in a]
iteration_scalars = [x for x in b]
unpacking = (lambda x, y: x + y)(*a)
# differs: rule 3, a TypeError says that arrays have no hash, as in NumPy
# expect: isinstance(error, TypeError)
hash_ = hash(a) is None
round_ = [round(np.array([1.26])), round(np.array([1.26]), 1)]
sorted_ = [float(x) for x in sorted(np.array([3.0, 1.0]))]
sum_max = [sum(b), max(b), min(b)]
format_ = ["%.2f" % np.array(2.5), "{:.3f}".format(np.array(1.5)), "%d" % np.array(3.0)]
str_repr = [str(a), repr(a), str(i), repr(i), str(c), repr(np.array(1.5)), str(np.zeros((0, 2)))]
in_place_divide_array = i.copy().__itruediv__(np.array([2, 2], dtype="int32"))
in_place_wider = [i.astype("int64").__iadd__(i), a.copy().__iadd__(i), a.astype("float64").__imul__(a)]
in_place_narrower = i.copy().__iadd__(i.astype("int64"))

# %% np methods.*
a = np.array([[3.0, -1.0, 2.0], [0.5, 4.0, 1.0]])
t = np.arange(8.0).reshape(2, 2, 2)
i = np.array([[3, 1], [2, 5]], dtype="int32")

attributes = [a.shape, a.ndim, a.size, str(a.dtype), a.T, str(a.context), str(a.ctx), a.stype if hasattr(a, "stype") else "default"]
attributes_device = str(a.device) if hasattr(a, "device") else "cpu(0)"
array_priority = a.__array_priority__ > 0
grad_none = a.grad is None
all_any = [a.all(), a.any(), a.all(axis=0), a.any(1), a.all(keepdims=True), (a > 0).all(axis=1)]
argmax_argmin = [a.argmax(), a.argmin(), a.argmax(0), a.argmin(axis=1), a.argmax(axis=-1)]
argmax_out = a.argmax(0, np.zeros(3, dtype="int64"))
argsort = [a.argsort(), a.argsort(0), a.argsort(axis=None), a.argsort(axis=-1)]
as_in_context = [a.as_in_context(mx.cpu()), a.as_in_ctx(mx.cpu(0)), a.as_in_ctx(mx.cpu()) is a]
as_in_ctx_wrong = a.as_in_ctx("gpu")
as_nd = a.as_nd_ndarray()
as_nd_shares = (lambda x, y: [y.__setitem__(0, 9.0), x])(*(lambda z: (z, z.as_nd_ndarray()))(np.zeros(2)))
as_np = [a.as_np_ndarray(), a.as_np_ndarray() is a, nd.array([1.0]).as_np_ndarray()]
asnumpy = [a.asnumpy(), i.asnumpy(), np.array(2.5).asnumpy(), (a > 1).asnumpy(), np.zeros((0, 2)).asnumpy()]
asnumpy_is_copy = (lambda x, y: [y.__setitem__(0, 9.0), x])(*(lambda z: (z, z.asnumpy()))(np.zeros(2)))
astype = [a.astype("int32"), a.astype(onp.float64), a.astype(np.float16), a.astype(bool), i.astype("float32"), a.astype(int), a.astype(float), (a > 1).astype("float32"), a.astype("uint8")]
astype_copy = [a.astype("float32") is a, a.astype("float32", copy=False) is a, a.astype("float64", copy=False).dtype]
astype_keywords = a.astype(dtype="int32", order="K", casting="unsafe", subok=True, copy=True)
astype_casting = a.astype("int32", casting="safe")
astype_unknown = a.astype("float31")
astype_none = a.astype(None)
astype_complex = a.astype("complex64")
astype_truncates = np.array([1.9, -1.9, 0.5]).astype("int32")
astype_bool_of_nan = np.array([float("nan"), 0.0, -0.0]).astype("bool")
broadcast_to = [np.ones(2).broadcast_to((3, 2)), np.array(1.0).broadcast_to((2,))]
broadcast_to_wrong = a.broadcast_to((2, 4))
clip = [a.clip(0, 2), a.clip(min=0), a.clip(max=1), a.clip(0.5), a.clip(None, 1), i.clip(2, 4)]
clip_out = a.clip(0, 1, np.zeros((2, 3)))
clip_nothing = a.clip()
copy = [a.copy(), a.copy() is a, i.copy(), a[0].copy(), np.array(1.0).copy(), a.copy(order="C")]
copyto = (lambda x: [a.copyto(x) is x, x])(np.zeros((2, 3)))
copyto_dtype = (lambda x: [a.copyto(x), x])(np.zeros((2, 3), dtype="int32"))
copyto_context = a.copyto(mx.cpu())
copyto_wrong_shape = a.copyto(np.zeros(3))
cumsum = [a.cumsum(), a.cumsum(0), a.cumsum(axis=1), a.cumsum(dtype="float64"), i.cumsum(1)]
detach = [a.detach(), a.detach() is a]
dot = [a.dot(a.T), a.dot(np.ones(3)), a.dot(np.ones(3), np.zeros(2))]
dot_wrong = a.dot(a)
flatten = [a.flatten(), i.flatten(), a.flatten("C"), a.T.flatten()]
item = [np.array(2.5).item(), np.array([[3]], dtype="int32").item(), a.item(4), a.item(1, 2), a.item((0, 1)), np.array([True]).item(), a.item(-1)]
item_many = a.item()
item_out_of_range = a.item(10)
item_types = [type(x.item()).__name__ for x in (np.array(2.5), np.array(1, dtype="int32"), np.array(True), np.array(2.5, dtype="float16"))]
max_min = [a.max(), a.min(), a.max(0), a.min(axis=1), a.max(axis=1, keepdims=True), a.max(axis=(0, 1)), i.max(), i.min(0)]
mean = [a.mean(), a.mean(0), a.mean(axis=1, keepdims=True), i.mean(), a.mean(dtype="float64"), t.mean((0, 1))]
prod = [a.prod(), a.prod(0), a.prod(axis=1, keepdims=True), i.prod(), a.prod(dtype="float64")]
nonzero = [a.nonzero(), (a > 1).nonzero(), np.zeros(2).nonzero()]
repeat = [a.repeat(2), a.repeat(2, axis=0), a.repeat(repeats=1, axis=1), i.repeat(2, 1)]
reshape = [a.reshape(3, 2), a.reshape((6,)), a.reshape(-1)]
round = [a.round(), a.round(1), np.array([1.257, -2.5]).round(decimals=2)]
squeeze = [np.ones((1, 2, 1)).squeeze(), np.ones((1, 2, 1)).squeeze(0), np.ones((1, 2, 1)).squeeze(axis=2)]
std_var = [a.std(), a.var(), a.std(0), a.var(axis=1, ddof=1), a.std(keepdims=True), a.var(dtype="float64").dtype]
sum = [a.sum(), a.sum(0), a.sum(axis=1, keepdims=True), i.sum(), a.sum(dtype="float64"), t.sum((0, 2)), a.sum(-1)]
swapaxes = [a.swapaxes(0, 1), t.swapaxes(0, -1), t.swapaxes(axis1=1, axis2=2)]
take = [a.take(np.array([0, 5], dtype="int32")), a.take(np.array([1], dtype="int32"), axis=0), a.take(np.array([7], dtype="int32"), mode="clip")]
tolist = [a.tolist(), i.tolist(), np.array(2.5).tolist(), (a > 1).tolist(), np.zeros((0, 2)).tolist(), np.array([0.1]).tolist()]
transpose = [a.transpose(), t.transpose(2, 0, 1), t.transpose((1, 0, 2)), a.transpose([1, 0])]
wait_to_read = [a.wait_to_read(), a.wait_to_write() if hasattr(a, "wait_to_write") else None]
attach_grad = (lambda x: [x.attach_grad(), x.grad, x.grad.dtype])(np.ones(2))
attach_grad_twice = (lambda x: [x.attach_grad("add"), x.attach_grad("write"), x.grad])(np.ones(2))
attach_grad_null = (lambda x: [x.attach_grad("null"), x.grad])(np.ones(2))
attach_grad_unknown = np.ones(2).attach_grad("sum")
backward_alone = np.ones(2).backward()
pickled = __import__("pickle").loads(__import__("pickle").dumps(a))
copied = [__import__("copy").copy(a), __import__("copy").deepcopy(i)]
missing = a.no_such_method()
set_item = (lambda x: [x.__setitem__(0, 5.0), x.__setitem__((slice(None), 1), np.array([7.0, 8.0])), x])(np.zeros((2, 2)))
get_item = [a.__getitem__(0), a.__getitem__((1, 2)), a[:, 1:], a[-1, ::-1], a[..., 0], a[None].shape, a[np.array([1, 0], dtype="int32")], a[a > 1], a[[0, 1], [2, 0]]]
get_item_wrong = a[5]
get_item_too_many = a[0, 0, 0]
get_item_float = a[1.0]
get_item_string = a["x"]
set_item_wrong = (lambda x: x.__setitem__(0, np.ones(3)))(np.zeros((2, 2)))
slice_shares = (lambda x, y: [y.__setitem__(slice(None), 7.0), x])(*(lambda z: (z, z[1:]))(np.zeros((3, 2))))
list_methods = [hasattr(a, name) for name in ("argsort", "tolist", "item", "nonzero", "round", "std", "var", "cumsum", "dot", "repeat")]
positional_keepdims = [a.max(0, None, True), a.min(1, None, True), a.sum(0, None, None, True), a.all(0, None, True), a.mean(0, None, None, True)]
round_out = a.round(0, np.zeros((2, 3)))
clip_beyond_dtype = [np.array([3, 200], dtype="uint8").clip(-1, 300), np.array([3, -100], dtype="int8").clip(-1000, 50)]
bits_numpy_number = [i & onp.int64(2), i | onp.int32(1), np.array([3, 200], dtype="uint8") ^ 7]
power_unsigned = [np.array([3, 20], dtype="uint8") ** 2, np.array([3, 20], dtype="uint8") ** onp.int64(2)]

# %% np printing.*

large = [str(np.array([1e6])), str(np.array([1500000.0, 2.0])), str(np.array([12345678.9])), str(np.array([99999999.0])), str(np.array([1e8]))]
large_halves = [str(np.array([1000.0], dtype="float16")), str(np.array([1235.0, 0.5], dtype="float16")), repr(np.array([65504.0], dtype="float16"))]
large_zero_d = [str(np.array(1e6)), str(np.array(12345678.9)), repr(np.array(12345678.9)), str(np.array(1e15)), str(np.array(1e16))]
small_zero_d = [str(np.array(1e-4)), repr(np.array(1e-4)), str(np.array(9e-5)), str(np.array(1e-4, dtype="float64"))]
wide_range = [str(np.array([1e6, 1.0])), str(np.array([1e-3, 100.0])), str(np.array([0.1, 1000.0])), str(np.array([1e-5, 1.0]))]
long_float64 = repr(np.array([[1.2345678e11, 1.2345678e9, 3.0e-2, 1e14]], dtype="float64"))
long_int64 = repr(np.array([[2**40, 2**41, 2**42, 2**43, 2**44]], dtype="int64"))
long_int32 = repr(np.arange(1000000, 1000008, dtype="int32"))
empty = [repr(np.zeros(0)), repr(np.zeros((0, 3))), repr(np.zeros(0, dtype="int32")), repr(np.zeros(0, dtype="bool")), repr(np.zeros((0, 2), dtype="float64")), str(np.zeros((2, 0)))]
many = [str(np.arange(1001.0)), repr(np.zeros((40, 40)))]
higher = [str(np.arange(8.0).reshape(2, 2, 2)), repr(np.arange(4).reshape(1, 2, 2, 1))]
mixed = [str(np.array([float("nan"), float("inf"), -1.5])), str(np.array([[1, -20], [300, 4]], dtype="int32")), str(np.array([True, False], dtype=bool))]
