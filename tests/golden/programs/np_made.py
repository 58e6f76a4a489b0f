"""np: making arrays in every form of the arguments; constants and dtypes."""
# ruff: noqa

# %% np array.*
x = np.array([[1.5, 2.0], [3.0, 4.0]])

nested_tuples_and_lists = np.array([(1, 2), [3, 4]])
deep = np.array([[[1], [2]], [[3], [4]]])
int_list_dtype_int = np.array([1, 2], dtype=int)
large_ints = np.array([2**31, 2**40], dtype="int64")
list_of_onp_scalars = np.array([onp.float64(1.5), onp.int32(2)])
list_of_onp_arrays = np.array([onp.array([1.0, 2.0]), onp.array([3.0, 4.0])])
list_of_np_arrays = np.array([np.array([1.0, 2.0]), np.array([3.0, 4.0])])
list_of_mixed = np.array([1, np.array(2.0), onp.float32(3)])
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int16" and result.tolist() == [1, 2]
onp_int16 = np.array(onp.array([1, 2], dtype="int16"))
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "uint32" and result.tolist() == [1, 2]
onp_uint32 = np.array(onp.array([1, 2], dtype="uint32"))
onp_fortran = np.array(onp.asfortranarray(onp.arange(6.0).reshape(2, 3)))
onp_strided = np.array(onp.arange(10.0)[::3])
onp_zero_d = np.array(onp.array(2.5))
onp_bool_scalar = np.array(onp.bool_(True))
onp_int_scalar = np.array(onp.int8(5))
np_copy = [np.array(x), np.array(x) is x]
np_dtype = np.array(x, dtype="int32")
np_float16 = np.array(x, dtype=np.float16)
# differs: rule 3, np takes legacy arrays too
# expect: result.dtype == "float32" and result.tolist() == [1.0, 2.0]
nd_array = np.array(nd.array([1.0, 2.0]))
range_ = np.array(range(4))
generator = np.array(v for v in (1, 2))
bool_scalar = np.array(True)
empty_nested = np.array([[], []])
empty_tuple = np.array(())
none = np.array(None)
set_ = np.array({1, 2})
dtype_positional = np.array([1, 2], "float64")
dtype_none = np.array([1.5], dtype=None)
dtype_complex = np.array([1], dtype="complex64")
dtype_unknown = np.array([1], dtype="float31")
dtype_uint = [str(np.array([1], dtype=t).dtype) for t in ("uint8", "int8", "int32", "int64", "float16", "float32", "float64", "bool")]
ctx_keyword = np.array([1, 2], ctx=mx.cpu(0))
overflow_int8 = np.array([300, -300], dtype="int8")
float_to_uint8 = np.array([1.7, 250.2], dtype="uint8")
nan_values = np.array([[float("nan"), 1], [float("-inf"), 0]], dtype="float64")
attributes = [x.shape, x.ndim, x.size, str(x.dtype), x.dtype == onp.float32, x.dtype == "float32", len(x)]
precision = np.array([0.1, 1 / 3, 1e-8, 16777217.0])

# %% np filled.*

zeros = [np.zeros((2, 1)), np.zeros([2, 2]), np.zeros(3), np.zeros(shape=(1, 2)), np.zeros((2,), "int32"), np.zeros(2, dtype=bool)]
zeros_order = np.zeros((2, 2), order="C")
zeros_order_f = np.zeros((2, 2), order="F")
zeros_all = np.zeros((2,), "float64", "C", mx.cpu())
zeros_float_shape = np.zeros(2.0)
zeros_onp_int_shape = np.zeros(onp.int64(2))
zeros_onp_shape = np.zeros((onp.int32(2), 1))
zeros_zero_d = [np.zeros(()), np.ones(()), np.full((), 3.0)]
zeros_empty = [np.zeros(0), np.zeros((0,)), np.ones((2, 0, 3)), np.full((0, 2), 1)]
zeros_dtypes = [np.zeros(1, dtype=t) for t in (np.int8, "uint8", onp.float16, float, int, bool, None)]
ones = [np.ones((2, 1)), np.ones([2]), np.ones(shape=2), np.ones(2, "int32"), np.ones((1, 2), dtype=np.float64)]
ones_bool = np.ones((2,), dtype=np.bool_)
ones_negative = np.ones((2, -1))
full = [np.full(2, 5), np.full((2, 1), 0.5), np.full(shape=2, fill_value=7), np.full(2, 5, "int32"), np.full((2,), 1.9, dtype="int64")]
full_nan = np.full(2, float("nan"))
full_inf = np.full((1, 2), -float("inf"), dtype="float64")
full_bool = np.full(2, True)
full_bool_dtype = np.full(2, 3, dtype=bool)
full_array = np.full((2, 2), np.array([1.0, 2.0]))
full_array_int = np.full((2, 2), np.array([1, 2], dtype="int32"))
full_onp_scalar = np.full(2, onp.float64(1.5))
full_onp_int = np.full(2, onp.int32(4))
full_out = np.full((2,), 3.0, out=np.zeros(2))
full_large = np.full(1, 2**31, dtype="int64")
full_string = np.full(2, "a")
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[1.0, 2.0], [1.0, 2.0]]
full_list = np.full((2, 2), [1, 2])
full_order = np.full((2,), 1, order="C", ctx=mx.cpu(), dtype="float32")
empty_shapes = [np.empty(3).shape, np.empty((2, 0)).shape, np.empty(()).shape, np.empty([1, 2]).shape, np.empty(shape=(2,)).shape]
empty_dtypes = [np.empty(1).dtype, np.empty(1, "int32").dtype, np.empty((1,), dtype=onp.float16).dtype, np.empty(1, dtype=None).dtype]
likes = [f(np.array([[1, 2], [3, 4]], dtype=t)) for f in (np.zeros_like, np.ones_like) for t in ("float32", "int32", "float64", "uint8", "float16")]
likes_bool = [np.zeros_like(np.array([True, False], dtype=bool)), np.ones_like(np.array([True, False], dtype=bool))]
likes_dtype = [np.zeros_like(np.ones(2), dtype="int32"), np.ones_like(np.zeros((1, 2)), dtype="float64"), np.full_like(np.ones(2), 3, dtype="int64")]
likes_zero_d = [np.zeros_like(np.array(2.0)), np.ones_like(np.array(2.0)), np.full_like(np.array(2.0), 7)]
likes_empty = [np.zeros_like(np.zeros((0, 2))), np.ones_like(np.zeros((2, 0)))]
likes_view = [np.zeros_like(np.ones((3, 2)).T), np.ones_like(np.ones((4, 4))[::2, 1])]
likes_keyword = [np.zeros_like(a=np.ones(2)), np.ones_like(a=np.ones(2)), np.full_like(a=np.ones(2), fill_value=2)]
likes_order = np.zeros_like(np.ones(2), None, "C")
likes_out = [np.zeros_like(np.ones(2), out=np.ones(2)), np.ones_like(np.ones(2), out=np.zeros(2))]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [0.0, 0.0]
likes_list = np.zeros_like([1, 2])
# differs: rule 3, np and NumPy arrays mix
# expect: result.dtype == "float64" and result.tolist() == [1.0, 1.0]
likes_onp = np.ones_like(onp.ones(2))
full_like = [np.full_like(np.array([1, 2], dtype="int32"), 5), np.full_like(np.ones((2, 2)), -0.5), np.full_like(np.array([1.0]), float("inf"))]
full_like_truncates = np.full_like(np.array([1, 2], dtype="int32"), 1.9)
full_like_bool = np.full_like(np.array([True, False], dtype=bool), True)
full_like_true = np.full_like(np.ones(2), True)
full_like_out = np.full_like(np.ones(2), 4, out=np.zeros(2))
empty_like = [np.empty_like(np.ones((2, 3))).shape, np.empty_like(np.ones(2)).dtype, np.empty_like(np.ones(2, dtype="int32")).dtype]
empty_like_dtype = [np.empty_like(np.ones(2), dtype="float64").dtype, np.empty_like(np.ones(2), "int32").dtype, np.empty_like(prototype=np.ones(1)).shape]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result == (3, 4)
empty_like_shape = np.empty_like(np.ones(2), shape=(3, 4)).shape
full_like_wraps = [np.full_like(np.array([1, 2], dtype="int8"), 300), np.full_like(np.ones(2), 300, dtype="uint8")]

# %% np ranges.*

arange = [np.arange(5), np.arange(1, 4), np.arange(0, 10, 3), np.arange(3, 0, -1), np.arange(0, 1, 0.3), np.arange(2.5), np.arange(-2, 2)]
arange_keywords = [np.arange(start=1, stop=3), np.arange(1, stop=4), np.arange(0, 6, step=2), np.arange(stop=3, start=0)]
arange_only_stop = np.arange(stop=3)
arange_no_step = [np.arange(4, None), np.arange(1, 5, None), np.arange(4, step=None, dtype="int32")]
arange_dtypes = [np.arange(3, dtype=t) for t in ("int32", "int64", "float64", "float16", "uint8", "int8")]
arange_dtype_positional = np.arange(0, 3, 1, "int32")
arange_fraction_int = np.arange(0.5, 4, dtype="int32")
arange_fraction_step_int = np.arange(0, 3, 0.5, dtype="int32")
arange_empty = [np.arange(0), np.arange(3, 3), np.arange(3, 1), np.arange(0, 3, -1)]
arange_zero_step = np.arange(0, 3, 0)
arange_onp = np.arange(onp.int64(3))
arange_array_stop = np.arange(np.array(3))
arange_no_argument = np.arange()
arange_float_error = [np.arange(0, 1, 0.1), np.arange(1, 1.3, 0.1)]
arange_large = np.arange(16777215, 16777219)
arange_large_int = np.arange(2**31, 2**31 + 3, dtype="int64")
arange_ctx = np.arange(3, ctx=mx.cpu())
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [False, True]
arange_bool = np.arange(2, dtype=bool)
linspace = [np.linspace(0, 1, 3), np.linspace(-1, 1, 5), np.linspace(5, 2, 4), np.linspace(0, 1), np.linspace(2, 2, 3)]
linspace_keywords = [np.linspace(start=0, stop=1, num=3), np.linspace(0, 10, num=5, endpoint=False)]
linspace_dtypes = [np.linspace(0, 3, 4, dtype=t) for t in ("int32", "float64", "float16", "int64")]
linspace_int_truncates = np.linspace(0, 2, 5, dtype="int32")
linspace_short = [np.linspace(3, 9, 1), np.linspace(3, 9, 0), np.linspace(3, 9, 1, endpoint=False), np.linspace(3, 9, 2, False)]
linspace_retstep = np.linspace(0, 1, 5, retstep=True)
# differs: rule 4, the step is the distance between the numbers, as in NumPy (1.9.1 forgets endpoint)
# expect: result[0].tolist() == onp.linspace(0, 1, 5, endpoint=False, dtype="float32").tolist() and result[1] == 0.2
linspace_retstep_open = np.linspace(0, 1, 5, endpoint=False, retstep=True)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result[0].tolist() == [0] and result[1] != result[1]
linspace_retstep_one = np.linspace(0, 1, 1, retstep=True)
linspace_axis = np.linspace(0, 1, 3, axis=0)
linspace_axis_wrong = np.linspace(0, 1, 3, axis=2)
linspace_arrays = np.linspace(np.array([0.0, 1.0]), np.array([1.0, 2.0]), 3)
linspace_lists = np.linspace([0, 1], [1, 2], 3)
linspace_negative = np.linspace(0, 1, -1)
linspace_float_num = np.linspace(0, 1, 3.0)
linspace_onp = np.linspace(onp.float64(0), onp.float32(1), 3)
linspace_positional = np.linspace(0, 1, 3, True, False, "float64")
logspace = [np.logspace(0, 2, 3), np.logspace(0, 3, 4, base=2), np.logspace(2, 3, 4, endpoint=False), np.logspace(1, 0, 3), np.logspace(0, 1, num=3)]
logspace_dtypes = [np.logspace(0, 2, 3, dtype=t) for t in ("float64", "int32", "float16")]
logspace_base = [np.logspace(0, 2, 3, base=np.e), np.logspace(0, 2, 3, True, 3.0), np.logspace(-2, 2, 5, base=0.5)]
logspace_short = [np.logspace(1, 2, 1), np.logspace(1, 2, 0)]
logspace_default = np.logspace(0, 1).shape
eye = [np.eye(3), np.eye(2, 3), np.eye(3, 2), np.eye(3, k=1), np.eye(3, k=-2), np.eye(3, 4, 2), np.eye(2, M=4, k=-1)]
eye_dtypes = [np.eye(2, dtype=t) for t in ("int32", "float64", "float16", int)]
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [[True, False], [False, True]]
eye_bool = np.eye(2, dtype=bool)
eye_large_offset = [np.eye(2, k=5), np.eye(2, k=-5)]
eye_empty = [np.eye(0), np.eye(0, 3), np.eye(2, 0)]
eye_negative = np.eye(-1)
eye_keywords = np.eye(N=2, M=3, k=1, dtype="int64")
eye_float = np.eye(2.0)
eye_none = np.eye(2, None, 0)
identity = [np.identity(3), np.identity(0), np.identity(2, dtype="int32"), np.identity(n=1), np.identity(2, "float64")]
identity_negative = np.identity(-1)
identity_tuple = np.identity((2, 3))
indices = [np.indices((2, 3)), np.indices((2,)), np.indices((2, 0)), np.indices((2, 2), dtype="float32"), np.indices((1, 2), dtype="int64")]
indices_list = np.indices([2, 2])
indices_keyword = np.indices(dimensions=(2, 2))
indices_number = np.indices(3)
meshgrid = [np.meshgrid(np.arange(3), np.arange(2)), np.meshgrid(np.arange(3), np.arange(2), indexing="ij"), np.meshgrid(np.arange(2))]
meshgrid_three = np.meshgrid(np.arange(2), np.arange(1), np.arange(3))
meshgrid_three_ij = np.meshgrid(np.arange(2), np.arange(1), np.arange(3), indexing="ij")
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[0.0, 1.0, 2.0]], [[0.0], [1.0]]]))
meshgrid_sparse = np.meshgrid(np.arange(3), np.arange(2), sparse=True)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[0.0], [1.0], [2.0]], [[0.0, 1.0]]]))
meshgrid_sparse_ij = np.meshgrid(np.arange(3), np.arange(2), sparse=True, indexing="ij")
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]], [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]]))
meshgrid_copy = np.meshgrid(np.arange(3), np.arange(2), copy=False)
meshgrid_dtypes = np.meshgrid(np.arange(2, dtype="int32"), np.arange(2, dtype="float64"))
meshgrid_zero_d = np.meshgrid(np.array(1.0), np.arange(2))
meshgrid_matrix = np.meshgrid(np.ones((2, 2)), np.arange(2))
meshgrid_none = np.meshgrid()
meshgrid_wrong = np.meshgrid(np.arange(2), indexing="yx")
meshgrid_unknown = np.meshgrid(np.arange(2), order="C")
meshgrid_is = type(np.meshgrid(np.arange(2), np.arange(2))).__name__
tri_like = [np.tril(np.ones((3, 3)), 1), np.tril(np.ones((2, 3)), -1), np.tril(np.arange(8.0).reshape(2, 2, 2)), np.tril(m=np.ones((2, 2)), k=-1)]
tril_dtypes = [np.tril(np.ones((2, 2), dtype=t)) for t in ("int32", "float64", "float16", "uint8")]
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [[True, False], [True, True]]
tril_bool = np.tril(np.ones((2, 2), dtype=bool))
tril_vector = np.tril(np.arange(3.0))
tril_large = [np.tril(np.ones((2, 2)), 5), np.tril(np.ones((2, 2)), -5)]
tril_zero_d = np.tril(np.array(1.0))
tril_empty = np.tril(np.zeros((0, 3)))
arange_truncated_steps = [np.arange(0, 10, 2.5, dtype="int32"), np.arange(0.5, 8, 2.5, dtype="int32"), np.arange(5, 0, -1.5, dtype="int64"), np.arange(0, 3, 0.5, dtype="uint8")]

# %% np constants.*

nan = [np.nan != np.nan, onp.isnan(np.NaN), onp.isnan(np.NAN)]
numbers = [np.pi, np.e, np.inf, -np.inf]
newaxis = np.newaxis is None
used = [np.ones(2) * np.pi, np.zeros(2) + np.inf, np.ones(3)[np.newaxis].shape, np.maximum(np.nan, np.ones(1))]
dtypes = [np.dtype(t) if hasattr(np, "dtype") else onp.dtype(t) for t in (np.float16, np.float32, np.float64, np.int8, np.int32, np.int64, np.uint8)]
dtype_identity = [np.float16 is onp.float16, np.float64 is onp.float64, np.int8 is onp.int8, np.int32 is onp.int32, np.uint8 is onp.uint8]
bools = [np.bool_ is onp.bool_, np.ones(1, dtype=np.bool).dtype == bool, np.array([1, 0], dtype=np.bool_)]
call_dtype = [np.float32(2.5), np.int32(7), np.float64(0.1), np.uint8(5)]
ndarray_class = [isinstance(np.ones(1), np.ndarray), isinstance(np.ones(1), nd.NDArray), np.ndarray.__name__]
shape_ndim_size = [np.shape(np.ones((2, 3))), np.ndim(np.ones((2, 3))), np.size(np.ones((2, 3))), np.shape(np.array(1.0)), np.size(np.zeros((0, 2)))]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result == [(1, 2), 1, 4]
of_lists = [np.shape([[1, 2]]), np.ndim([1]), np.size([[1, 2], [3, 4]])]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result == [(), 0, 1]
of_numbers = [np.shape(3), np.ndim(3.5), np.size(2)]
size_axis = [np.size(np.ones((2, 3)), 0), np.size(np.ones((2, 3)), axis=1), np.size(np.ones((2, 3)), -1)]
size_axis_wrong = np.size(np.ones((2, 3)), 2)
copies = [np.copy(np.ones((2, 1), dtype="int32")), np.copy(np.array(2.5)), np.copy(np.zeros((0, 2))), np.copy(a=np.ones(1))]
