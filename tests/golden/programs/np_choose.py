"""np: choosing, ordering and counting elements; diagonals; products of vectors and matrices."""
# ruff: noqa

# %% np pick.*
m = np.array([[1.0, 5.0, 2.0], [4.0, 3.0, 6.0]])
v = np.array([10.0, 20.0, 30.0, 40.0])
i = np.array([2, 0, 3], dtype="int64")
c = np.array([[True, False, True], [False, True, False]], dtype=bool)

where = [np.where(c, m, -m), np.where(c, 1.0, m), np.where(c, m, 0), np.where(c, 1, 2), np.where(c[0], m, np.array([9.0, 8.0, 7.0])), np.where(c, np.array(1.0), np.array(2.0))]
where_number_condition = [np.where(True, m, -m), np.where(0, m, -m)]
where_int_condition = np.where(np.array([[1, 0, 2]], dtype="int32"), m, 0.0)
where_float_condition = np.where(np.array([0.5, 0.0, float("nan")]), m, 0.0)
where_alone = [np.where(c), np.where(m), np.where(np.zeros(3)), np.where(np.array([0, 3, 0, 1], dtype="int32"))]
where_half = np.where(c, m)
where_ints = [np.where(c[0], np.array([1, 2, 3], dtype="int32"), np.array([4, 5, 6], dtype="int32")), np.where(c[0], 1, np.array([4, 5, 6], dtype="int32"))]
where_bools = np.where(c, c, ~c)
where_float64 = np.where(c[0], 0.1, np.array([1.0, 2.0, 3.0], dtype="float64"))
where_number_kinds = [str(np.where(c, 1, 0).dtype), str(np.where(c, 1.0, 0).dtype), str(np.where(c, True, False).dtype), str(np.where(c, 1, 0.5).dtype)]
where_wrong_shapes = np.where(c, np.ones(2), np.ones(2))
where_keywords = np.where(condition=c, x=m, y=m * 2)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[1.0, 0.0, 2.0], [4.0, 0.0, 6.0]]
where_list_condition = np.where([True, False, True], m, 0.0)
where_empty = np.where(np.zeros((0, 3)), 1.0, 2.0)
where_zero_d = np.where(np.array(True), np.array(1.0), np.array(2.0))
where_nan = np.where(np.array([True, False]), np.array([1.0, float("nan")]), np.array([float("nan"), 2.0]))
take = [np.take(v, i), np.take(m, np.array([1, 0], dtype="int32"), axis=0), np.take(m, np.array([[0, 2]], dtype="int32"), axis=1), np.take(m, np.array([4, 1], dtype="int64")), np.take(m, np.array(1, dtype="int32"), axis=-1), np.take(a=v, indices=i)]
take_clip = [np.take(v, np.array([9, -9, 1], dtype="int32"), mode="clip"), np.take(m, np.array([5, -5], dtype="int32"), axis=1, mode="clip")]
take_wrap = [np.take(v, np.array([9, -9, 1], dtype="int32"), mode="wrap"), np.take(m, np.array([5, -5], dtype="int32"), axis=1, mode="wrap")]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [40.0, 10.0]
take_negative = np.take(v, np.array([-1, -4], dtype="int32"))
take_float_indices = np.take(v, np.array([1.9, 0.2]))
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [10.0, 30.0]
take_list = np.take(v, [0, 2])
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == 20.0
take_number = np.take(v, 1)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [5.0, 3.0]
take_number_axis = np.take(m, 1, axis=1)
take_out_of_range = np.take(v, np.array([4], dtype="int32"))
take_wrong_axis = np.take(v, i, axis=1)
take_wrong_mode = np.take(v, i, mode="nearest")
take_out = np.take(v, i, out=np.zeros(3))
take_ints = np.take(np.arange(5, dtype="int32"), i)
take_empty = np.take(v, np.zeros(0, dtype="int64"))
take_method = [v.take(i), m.take(np.array([0], dtype="int32"), axis=1), v.take(np.array([7], dtype="int32"), mode="clip"), m.take(np.array([2], dtype="int32"), 1, "wrap")]
take_along_axis = [np.take_along_axis(m, np.array([[0, 2], [1, 1]], dtype="int64"), 1), np.take_along_axis(m, np.array([[1, 0, 1]], dtype="int64"), axis=0), np.take_along_axis(m, np.argsort(m, axis=1), axis=1)]
take_along_axis_flat = np.take_along_axis(m, np.array([4, 0], dtype="int64"), None)
nonzero = [np.nonzero(m > 2), np.nonzero(v), np.nonzero(np.zeros((2, 2))), np.nonzero(np.array([0, 3, -1], dtype="int32")), m.nonzero()]
nonzero_kinds = [type(np.nonzero(v)).__name__, str(np.nonzero(v)[0].dtype)]
nonzero_zero_d = np.nonzero(np.array(2.0))
nonzero_rows = [npx.nonzero(m > 2), npx.nonzero(np.zeros((2, 0))), npx.nonzero(np.array(2.0)), npx.nonzero(np.array(0, dtype="int32"))]
flatnonzero = [np.flatnonzero(c), np.flatnonzero(v - 20), np.flatnonzero(np.zeros(2))]
argwhere = [np.argwhere(c), np.argwhere(v > 15), np.argwhere(np.zeros((2, 2)))]
extract = [np.extract(c, m), np.extract(m > 2, m), np.extract(np.array([1, 0, 0, 1]), v)]
unravel_index = [np.unravel_index(np.array([5, 0, 3], dtype="int64"), (2, 3)), np.unravel_index(np.array([1], dtype="int32"), (4,))]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: all(x.dtype == "int64" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [1, 1]))
unravel_index_number = np.unravel_index(4, (2, 3))
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "int64" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[0], [2]]))
unravel_index_order = np.unravel_index(np.array([4], dtype="int64"), (2, 3), order="F")
diag = [np.diag(v), np.diag(m), np.diag(v[:2], 1), np.diag(v[:2], k=-1), np.diag(m, 1), np.diag(m, -1), np.diag(m, k=5)]
diag_int = np.diag(np.array([1, 2], dtype="int32"))
diag_zero_d = np.diag(np.array(1.0))
diag_three = np.diag(np.ones((2, 2, 2)))
diag_list = np.diag([1.0, 2.0])
diagflat = [np.diagflat(v[:2]), np.diagflat(m), np.diagflat(v[:2], 1), np.diagflat(v[:2], k=-1)]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[3.0]]
diagflat_zero_d = np.diagflat(np.array(3.0))
diagonal = [np.diagonal(m), np.diagonal(m, 1), np.diagonal(m, -1), np.diagonal(np.arange(8.0).reshape(2, 2, 2)), np.diagonal(np.arange(8.0).reshape(2, 2, 2), axis1=1, axis2=2), np.diagonal(m, offset=2)]
diagonal_method = m.diagonal() if hasattr(m, "diagonal") else np.diagonal(m)
diagonal_outside = np.diagonal(m, 7)
diagonal_vector = np.diagonal(v)
diagonal_same_axes = np.diagonal(m, 0, 1, 1)
trace = [np.trace(m), np.trace(m, 1), np.trace(m, offset=-1), np.trace(np.arange(8.0).reshape(2, 2, 2)), np.trace(np.arange(8.0).reshape(2, 2, 2), 0, 1, 2), np.trace(np.arange(12.0).reshape(2, 3, 2), axis1=-1, axis2=0)]
trace_int = np.trace(np.arange(4, dtype="int32").reshape(2, 2))
trace_out = np.trace(np.arange(8.0).reshape(2, 2, 2), out=np.zeros(2))
trace_vector = np.trace(v)
clip = [np.clip(v, 15, 35), np.clip(v, None, 25), np.clip(v, 25, None), np.clip(m, 2, 4), np.clip(a=v, a_min=1, a_max=2), np.clip(np.array(5.0), 0, 1)]
clip_out = np.clip(v, 15, 35, out=np.zeros(4))
clip_none = np.clip(v, None, None)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[2.0, 4.0, 3.0], [4.0, 3.0, 4.0]]
clip_arrays = np.clip(m, np.array([2.0, 3.0, 3.0]), 4.0)
clip_int = [np.clip(np.array([1, 5, 9], dtype="int32"), 2, 6), np.clip(np.array([1, 5, 9], dtype="uint8"), 2, 6)]
# differs: rule 3, fractions stay fractions, as in MXNet 2.0 and NumPy 2 (1.9.1 truncates)
# expect: result.dtype == "float64" and result.tolist() == [2.5, 5.0, 6.5]
clip_int_fraction = np.clip(np.array([1, 5, 9], dtype="int32"), 2.5, 6.5)
clip_nan = np.clip(np.array([float("nan"), float("inf"), -float("inf")]), 0, 1)
# differs: rule 3, the upper bound wins where bounds cross, as in NumPy (1.9.1 mixes them)
# expect: result.dtype == "float32" and result.tolist() == [20.0, 20.0, 20.0, 20.0]
clip_crossed = np.clip(v, 30, 20)
clip_method = [v.clip(15, 35), v.clip(15), v.clip(max=25), v.clip(min=25), v.clip(None, 25)]
clip_missing = np.clip(v)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [15.0, 20.0, 30.0, 40.0]
clip_one = np.clip(v, 15)

# %% np order.*
m = np.array([[3.0, 1.0, 2.0], [0.5, 6.0, -4.0]])
i = np.array([3, 1, 2, 1], dtype="int32")
n = np.array([2.0, float("nan"), -1.0, float("inf")])

sort = [np.sort(m), np.sort(m, 0), np.sort(m, axis=-1), np.sort(m, axis=None), np.sort(i), np.sort(m[0]), np.sort(m.T), np.sort(np.zeros((0, 2)))]
sort_dtypes = [np.sort(np.array([3, 1, 2], dtype=t)) for t in ("int8", "int64", "uint8", "float64")]
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float16" and result.tolist() == [1.0, 2.0, 3.0]
sort_half = np.sort(np.array([3, 1, 2], dtype="float16"))
sort_kind = np.sort(m, kind="stable")
sort_quick = np.sort(m, axis=-1, kind="quicksort")
sort_wrong_axis = np.sort(m, axis=2)
sort_zero_d = np.sort(np.array(1.0))
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [False, True]
sort_bool = np.sort(np.array([True, False], dtype=bool))
sort_inf = np.sort(np.array([float("inf"), 1.0, -float("inf")]))
argsort = [np.argsort(m), np.argsort(m, 0), np.argsort(m, axis=-1), np.argsort(m, axis=None), np.argsort(i), m.argsort(), m.argsort(axis=0), m.argsort(0)]
argsort_dtypes = [np.argsort(np.array([3, 1, 2], dtype=t)) for t in ("int8", "int64", "uint8", "float64")]
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "int64" and result.tolist() == [1, 2, 0]
argsort_half = np.argsort(np.array([3, 1, 2], dtype="float16"))
argsort_dtype = str(np.argsort(m).dtype)
argsort_wrong_axis = np.argsort(m, axis=2)
argsort_zero_d = np.argsort(np.array(1.0))
argsort_ties = np.argsort(np.array([1.0, 0.0, 1.0, 0.0]))
argsort_kind = np.argsort(m, kind="stable")
argsort_order = np.argsort(m, order="a")
unique = [np.unique(i), np.unique(m), np.unique(np.array([2.0, 2.0])), np.unique(np.zeros(0))]
unique_index = np.unique(i, return_index=True)
unique_inverse = np.unique(i, return_inverse=True)
unique_counts = np.unique(i, return_counts=True)
unique_everything = np.unique(i, True, True, True)
unique_matrix_inverse = np.unique(np.array([[2.0, 1.0], [1.0, 2.0]]), return_inverse=True)
unique_axis = [np.unique(np.array([[1.0, 2.0], [1.0, 2.0], [0.0, 1.0]]), axis=0), np.unique(np.array([[1.0, 1.0], [2.0, 2.0]]), axis=1)]
unique_axis_all = np.unique(np.array([[1, 2], [1, 2], [0, 1]], dtype="int32"), return_index=True, return_inverse=True, return_counts=True, axis=0)
unique_wrong_axis = np.unique(m, axis=2)
unique_zero_d = np.unique(np.array(3.0))
# differs: rule 3, bools are numbers, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "bool" and result.tolist() == [False, True]
unique_bool = np.unique(np.array([True, False, True], dtype=bool))
# differs: rule 4, nan is an element, as in NumPy (1.9.1 loses it)
# expect: result.dtype == "float32" and onp.allclose(result.asnumpy(), [-1.0, 2.0, onp.inf, onp.nan], atol=1e-5, equal_nan=True)
unique_nan = np.unique(n)
searchsorted = [np.searchsorted(np.array([1.0, 2.0, 2.0, 3.0]), np.array([2.0, 0.5, 9.0])), np.searchsorted(np.array([1.0, 2.0, 2.0, 3.0]), np.array([2.0, 3.0]), side="right")]
# differs: rule 4, the result is an array like any other (1.9.1 leaves this function to NumPy, which gives a number)
# expect: result.dtype == "int64" and result.tolist() == 2
searchsorted_number = np.searchsorted(np.array([1.0, 2.0, 3.0]), 2.5)
searchsorted_sorter = np.searchsorted(np.array([3.0, 1.0, 2.0]), np.array([1.5]), sorter=np.array([1, 2, 0], dtype="int64"))
bincount = [np.bincount(i), np.bincount(i, minlength=6), np.bincount(i, np.array([0.5, 1.0, 2.0, 4.0])), np.bincount(i, weights=np.array([1.0, 1.0, 1.0, 2.0]), minlength=5), np.bincount(i.astype("int64")), np.bincount(x=i)]
bincount_weights_int = np.bincount(i, np.array([1, 2, 3, 4], dtype="int32"))
bincount_empty = np.bincount(np.zeros(0, dtype="int64"))
bincount_negative = np.bincount(np.array([-1, 2], dtype="int32"))
bincount_float = np.bincount(np.array([1.0, 2.0]))
bincount_matrix = np.bincount(np.array([[1, 2]], dtype="int32"))
bincount_wrong_weights = np.bincount(i, np.ones(3))
histogram = [np.histogram(m, bins=4, range=(0, 4)), np.histogram(m, 3, (-5, 7)), np.histogram(m, bins=np.array([0.0, 2.0, 7.0]))]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[1, 0, 0, 0, 1, 1, 1, 1, 0, 1], [-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]))
histogram_default = np.histogram(m)
histogram_weights = np.histogram(m, 3, weights=m)
histogram_density = np.histogram(m, 3, density=True)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[2, 3], [0.0, 2.0, 7.0]]))
histogram_list_bins = np.histogram(m, bins=[0, 2, 7])
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[2, 1, 1], [1.0, 1.66667, 2.33333, 3.0]]))
histogram_int = np.histogram(i, 3)
diff = [np.diff(m), np.diff(m, axis=0), np.diff(m, 2), np.diff(m, n=1, axis=-1), np.diff(i), np.diff(m[0], 3)]
diff_zero = np.diff(m, 0)
diff_too_many = np.diff(m, 5)
diff_negative = np.diff(m, -1)
diff_wrong_axis = np.diff(m, axis=2)
# differs: rule 4, prepend is heeded, as in NumPy (1.9.1 ignores a number)
# expect: result.dtype == "float32" and result.tolist() == [[3.0, -2.0, 1.0], [0.5, 5.5, -10.0]]
diff_prepend = np.diff(m, prepend=0)
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[-2.0, 1.0, -1.0], [5.5, -10.0, 6.0]]
diff_append = np.diff(m, append=np.array([[1.0], [2.0]]))
diff_zero_d = np.diff(np.array(1.0))

# %% np product.*
a = np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 0.0]])
b = np.array([[2.0, -1.0, 0.5], [1.0, 3.0, -2.0]])
v = np.array([1.0, -2.0])
w = np.array([0.5, 4.0, -1.0])
t = np.arange(12.0).reshape(2, 3, 2)

dot = [np.dot(a, b), np.dot(v, v), np.dot(a, v), np.dot(w, a), np.dot(t, b), np.dot(a, np.array(2.0)), np.dot(np.array(3.0), v), np.dot(a=a, b=b), a.dot(b), v.dot(v)]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: all(x.dtype == "float32" for x in result) and all(onp.allclose(x.asnumpy(), y, atol=1e-5, equal_nan=True) for x, y in zip(result, [[[2.0, 4.0], [6.0, -8.0], [1.0, 0.0]], [[2.0, 4.0], [6.0, -8.0], [1.0, 0.0]]]))
dot_number = [np.dot(a, 2.0), np.dot(2, a)]
dot_higher = [np.dot(t, t.transpose(0, 2, 1)).shape, np.dot(t, v), np.dot(w, t)]
dot_out = np.dot(a, b, out=np.zeros((3, 3)))
dot_float64 = np.dot(a.astype("float64"), b.astype("float64"))
# differs: rule 3, every dtype works, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float16" and result.tolist() == [[4.0, 5.0, -3.5], [2.0, -15.0, 9.5], [1.0, -0.5, 0.25]]
dot_float16 = np.dot(a.astype("float16"), b.astype("float16"))
dot_int = np.dot(np.array([[1, 2]], dtype="int32"), np.array([[3], [4]], dtype="int32"))
# differs: rule 3, mixed dtypes, as in MXNet 2.0 and NumPy 2 (1.9.1 raises)
# expect: result.dtype == "float64" and result.tolist() == [[4.0, 5.0, -3.5], [2.0, -15.0, 9.5], [1.0, -0.5, 0.25]]
dot_mixed = np.dot(a, b.astype("float64"))
dot_wrong = np.dot(a, a)
dot_wrong_vectors = np.dot(v, w)
dot_empty = [np.dot(np.zeros((2, 0)), np.zeros((0, 2))), np.dot(np.zeros((0, 2)), v), np.dot(np.zeros(0), np.zeros(0))]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float64" and result.tolist() == [5.0, -5.0, 0.5]
dot_list = np.dot(a, [1.0, 2.0])
dot_views = [np.dot(a.T, b.T), np.dot(a[::-1], b[:, ::2]), np.dot(a[:, 1], w)]
matmul = [np.matmul(a, b), a @ b, np.matmul(v, b), np.matmul(a, v), np.matmul(v, v), np.matmul(t, b), np.matmul(t, t.transpose(0, 2, 1))]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[4.0, 5.0, -3.5], [2.0, -15.0, 9.5], [1.0, -0.5, 0.25]]
matmul_keywords = np.matmul(a=a, b=b)
matmul_broadcast = [np.matmul(np.ones((2, 1, 2, 3)), np.ones((3, 3, 1))).shape, np.matmul(v, t.transpose(0, 2, 1)), np.matmul(t, v)]
matmul_number = np.matmul(a, 2.0)
matmul_zero_d = np.matmul(a, np.array(2.0))
matmul_wrong = np.matmul(a, a)
matmul_wrong_batch = np.matmul(np.ones((2, 2, 2)), np.ones((3, 2, 2)))
matmul_out = np.matmul(a, b, out=np.zeros((3, 3)))
matmul_int = np.matmul(np.array([[1, 2]], dtype="int32"), np.array([[3], [4]], dtype="int32"))
matmul_dtypes = [np.matmul(a.astype(d), b.astype(d)) for d in ("float64", "float16", "int64")]
matmul_empty = [np.matmul(np.zeros((2, 0)), np.zeros((0, 3))), np.matmul(np.zeros((0, 2)), np.ones((2, 3)))]
matmul_reflected = v.__rmatmul__(a)
# differs: rule 4, the product is computed before it is written (1.9.1 writes over its operand while it reads it)
# expect: result.dtype == "float32" and result.tolist() == [[4.0, 6.0], [4.0, 6.0]]
matmul_in_place = np.ones((2, 2)).__imatmul__(np.array([[1.0, 2.0], [3.0, 4.0]]))
inner = [np.inner(v, v), np.inner(a, v), np.inner(a, b.T), np.inner(t, v), np.inner(a=v, b=v)]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[2.0, 4.0], [6.0, -8.0], [1.0, 0.0]]
inner_number = np.inner(a, 2.0)
inner_wrong = np.inner(a, b)
outer = [np.outer(v, w), np.outer(a, v), np.outer(np.array(2.0), v), np.outer(a=v, b=v)]
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[2.0], [-4.0]]
outer_number = np.outer(v, 2.0)
outer_int = np.outer(np.arange(2, dtype="int32"), np.arange(3, dtype="int32"))
vdot = [np.vdot(v, v), np.vdot(a, a), np.vdot(a, b), np.vdot(a=v, b=v)]
vdot_wrong = np.vdot(v, w)
tensordot = [np.tensordot(a, b, 1), np.tensordot(a, b, axes=1), np.tensordot(v, w, 0), np.tensordot(t, t, 3), np.tensordot(t, a, axes=([1, 2], [0, 1])), np.tensordot(t, a, axes=((1,), (0,))), np.tensordot(t, v, axes=[2, 0]), np.tensordot(a, b, axes=([-1], [-2]))]
tensordot_default = np.tensordot(a, a)
tensordot_wrong = np.tensordot(a, a, 1)
tensordot_axes_lengths = np.tensordot(a, b, axes=([0, 1], [0]))
tensordot_float64 = np.tensordot(a.astype("float64"), b.astype("float64"), 1)
tensordot_empty = np.tensordot(np.zeros((2, 0)), np.zeros((0, 3)), 1)
einsum = [np.einsum("ij,jk->ik", a, b), np.einsum("ij->ji", a), np.einsum("ij->", a), np.einsum("ij->j", a), np.einsum("i,i", v, v), np.einsum("i,j", v, w), np.einsum("ijk,k->ij", t, v), np.einsum("ii", np.ones((2, 2))), np.einsum("...k,k->...", t, v)]
einsum_more = [np.einsum("ijk,ijk->i", t, t), np.einsum("ij,j,k->ik", a, v, w), np.einsum("ij,ij->ij", a, a), np.einsum("i...->...", t), np.einsum("ba", a), np.einsum("i,ij", w, a)]
einsum_optimize = np.einsum("ij,jk,k->i", a, b, w, optimize=True)
einsum_spaces = np.einsum("i j, j k -> i k", a, b)
# differs: rule 3, numbers and lists are operands too, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == [[4.0, 5.0, -3.5], [2.0, -15.0, 9.5], [1.0, -0.5, 0.25]]
einsum_sublists = np.einsum(a, [0, 1], b, [1, 2], [0, 2])
einsum_out = np.einsum("ij,jk->ik", a, b, out=np.zeros((3, 3)))
einsum_wrong = np.einsum("ij,jk->ik", a, a)
einsum_too_few = np.einsum("ij,jk->ik", a)
einsum_unknown_output = np.einsum("ij->k", a)
einsum_int = np.einsum("i,i->", np.arange(3, dtype="int32"), np.arange(3, dtype="int32"))
einsum_float64 = np.einsum("ij,kj->ik", a.astype("float64"), a.astype("float64"))
polyval = [np.polyval(np.array([1.0, -2.0, 3.0]), np.array([0.0, 1.0, 2.0])), np.polyval(np.array([2.0, 1.0]), a), np.polyval(np.array([5.0]), v)]
# differs: rule 3, as in NumPy (1.9.1 refuses)
# expect: result.dtype == "float32" and result.tolist() == 5.0
polyval_number = np.polyval(np.array([1.0, 2.0]), 3.0)
# differs: rule 4, the result is an array of mxlite (1.9.1 leaves lists to NumPy)
# expect: result.dtype == "float32" and result.tolist() == [5.0, 6.0]
polyval_lists = np.polyval([1, 2], [3, 4])
tensordot_zero_d = [np.tensordot(a, np.array(2.0)), np.tensordot(np.array(2.0), v), np.tensordot(np.array(2.0), np.array(3.0), 0)]
