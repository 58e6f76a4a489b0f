"""np: what leaves out nan, covariance, correlation, histograms."""
# ruff: noqa

# %% np places.*
a = np.array([[1.0, float("nan"), 3.0], [4.0, 0.5, float("nan")]])
i = np.array([3, 1, 2], dtype="int32")

argmax_axis = np.nanargmax(a, axis=1)
argmin_axis = np.nanargmin(a, axis=0)
argmax_keepdims = np.nanargmax(a, axis=-1, keepdims=True)
argmin_keepdims = np.nanargmin(a, keepdims=True)
# differs: rule 3, a result of shape () is an array, as from every other function (1.9.1 gives a NumPy scalar)
# expect: isinstance(result, np.ndarray) and result.shape == () and int(result) == 3 and str(result.dtype) == "int64"
argmax = np.nanargmax(a)
# differs: rule 3, a result of shape () is an array, as from every other function (1.9.1 gives a NumPy scalar)
# expect: isinstance(result, np.ndarray) and result.shape == () and int(result) == 1
argmin_integers = np.nanargmin(i)
nothing = np.nanargmax(np.array([[float("nan")], [1.0]]), axis=1)
axis_outside = np.nanargmin(a, axis=2)

# %% np extremes.*
a = np.array([[1.0, float("nan"), 3.0], [4.0, 0.5, float("nan")]])
low = np.array([[True, True, False], [False, True, True]], dtype="bool")

max_initial = np.nanmax(a, axis=1, initial=3.5)
max_where = np.nanmax(a, axis=1, initial=0.75, where=low)
max_where_alone = np.nanmax(a, axis=1, where=low)
min_initial = np.nanmin(a, axis=0, initial=2)
min_where = np.nanmin(a, axis=1, keepdims=True, initial=9, where=low)

# %% np running.*
a = np.array([[1.0, float("nan"), 3.0], [4.0, 0.5, float("nan")]])
i = np.array([[1, 2], [3, 4]], dtype="int32")

sum_all = np.nancumsum(a)
sum_axis = np.nancumsum(a, axis=1)
sum_first_axis = np.nancumsum(a, axis=0)
sum_dtype = np.nancumsum(a, axis=1, dtype="float64")
sum_integers = np.nancumsum(i, axis=0)
# differs: rule 3, the dtype is NumPy's, uint64 (1.9.1 has none and fails)
# expect: str(result.dtype) == "uint64" and result.tolist() == [1, 3, 6, 10]
sum_bytes = np.nancumsum(i.astype("uint8"))
prod_all = np.nancumprod(a)
prod_axis = np.nancumprod(a, axis=-1)
prod_integers = np.nancumprod(i)
prod_dtype = np.nancumprod(i, axis=1, dtype="float32")

# %% np order.*
a = np.array([[1.0, float("nan"), 3.0, 8.0], [4.0, 0.5, float("nan"), 2.0]])
i = np.array([[1, 2], [3, 7]], dtype="int32")

median_axis = np.nanmedian(a, axis=1)
median_columns = np.nanmedian(a, axis=0)
median_keepdims = np.nanmedian(a, axis=1, keepdims=True)
median_axes = np.nanmedian(a, axis=(0, 1), keepdims=True)
median_integers = np.nanmedian(i, axis=0)
median_float64 = np.nanmedian(a.astype("float64"), axis=0)
# differs: rule 3, a result of shape () is an array, as from every other function (1.9.1 gives a NumPy scalar)
# expect: isinstance(result, np.ndarray) and result.shape == () and float(result) == 2.5
median = np.nanmedian(a)
quantile_float64 = np.nanquantile(a.astype("float64"), 0.25, axis=1)
quantile_several = np.nanquantile(a.astype("float64"), np.array([0.25, 0.5], dtype="float64"), axis=1)
quantile_keepdims = np.nanquantile(a.astype("float64"), 0.25, axis=0, keepdims=True)
quantile_lower = np.nanquantile(a, 0.3, axis=1, method="lower")
quantile_higher = np.nanquantile(a, 0.3, axis=1, method="higher")
quantile_interpolation = np.nanquantile(a, 0.3, axis=1, interpolation="lower")
quantile_outside = np.nanquantile(a, 1.5)
quantile_unknown = np.nanquantile(a, 0.5, method="nothing")
# differs: rule 3, float32 elements give float32, as in NumPy 2 and np.quantile (1.9.1 gives float64)
# expect: str(result.dtype) == "float32" and result.tolist() == [2.0, 1.25]
quantile = np.nanquantile(a, 0.25, axis=1)
percentile_float64 = np.nanpercentile(a.astype("float64"), 30, axis=1)
percentile_several = np.nanpercentile(a.astype("float64"), np.array([30.0, 50.0], dtype="float64"), axis=0)
percentile_nearest = np.nanpercentile(a, 30, axis=1, interpolation="nearest")
# differs: rule 3, float32 elements give float32, as in NumPy 2 and np.percentile (1.9.1 gives float64)
# expect: str(result.dtype) == "float32" and result.tolist() == [[2.0], [1.25]]
percentile = np.nanpercentile(a, 25, axis=1, keepdims=True)

# %% np spread_of_known.*
a = np.array([[1.0, float("nan"), 3.0, 8.0], [4.0, 0.5, float("nan"), 2.0]])

# differs: rule 3, a name that only 2.0 has
# expect: str(result.dtype) == "float32" and abs(result.asnumpy() - [26 / 3, 37 / 18]).max() < 1e-5
var = np.nanvar(a, axis=1)
# differs: rule 3, a name that only 2.0 has
# expect: abs(result.asnumpy() - [[13.0], [37 / 12]]).max() < 1e-5
var_ddof = np.nanvar(a, axis=1, ddof=1, keepdims=True)
# differs: rule 3, a name that only 2.0 has
# expect: str(result.dtype) == "float64" and result.tolist() == [1.0, 1.0]
var_integers = np.nanvar(np.array([[1, 2], [3, 4]], dtype="int32"), axis=0)
# differs: rule 3, a name that only 2.0 has
# expect: result.shape == () and abs(float(result) - 2.4902588) < 1e-5
std = np.nanstd(a)
# differs: rule 3, a name that only 2.0 has
# expect: str(result.tolist()) == "[2.1213202476501465, nan, nan, 4.242640495300293]"
std_ddof = np.nanstd(a, axis=0, ddof=1)

# %% np covariance.*
x = np.array([[1.0, 2.0, 4.0], [4.0, 5.0, 3.0]])
v = np.array([1.0, 2.0, 5.0])
f = np.array([1, 2, 3], dtype="int32")
w = np.array([0.5, 1.0, 2.0])

cov = np.cov(x)
cov_columns = np.cov(x, rowvar=False)
cov_two = np.cov(v, x[0])
cov_matrix_and_row = np.cov(x, v)
cov_bias = np.cov(x, bias=True)
cov_ddof = np.cov(x, ddof=0)
cov_frequencies = np.cov(x, fweights=f)
cov_weights = np.cov(x, aweights=w)
cov_both_weights = np.cov(x, fweights=f, aweights=w)
cov_both_weights_biased = np.cov(x, fweights=f, aweights=w, bias=True)
cov_integers = np.cov(x.astype("int32"))
cov_float32 = np.cov(x, dtype="float32")
cov_one = np.cov(v)
cov_cube = np.cov(np.ones((2, 2, 2)))
cov_lengths = np.cov(v, v[:2])
cov_negative_weights = np.cov(x, aweights=-w)
cov_fraction_as_frequency = np.cov(x, fweights=w)
cov_weight_lengths = np.cov(x, aweights=w[:2])
cov_half_ddof = np.cov(x, ddof=0.5)
corrcoef = np.corrcoef(x)
corrcoef_columns = np.corrcoef(x, rowvar=False)
corrcoef_two = np.corrcoef(v, x[1])
corrcoef_float32 = np.corrcoef(x, dtype="float32")
corrcoef_integers = np.corrcoef(x.astype("int32"))
# differs: rule 3, a result of shape () is an array, as from every other function (1.9.1 gives a NumPy scalar)
# expect: isinstance(result, np.ndarray) and result.shape == () and float(result) == 1.0
corrcoef_one = np.corrcoef(v)

# %% np gradient_of_covariance
# differs: rule 4, differentiable (1.9.1 raises under record)
# expect: abs(result.asnumpy() - [1.0, 0.0, -1.0]).max() < 1e-5
x = np.array([1.0, 2.0, 4.0])
y = np.array([3.0, 1.0, -1.0])
x.attach_grad()
with autograd.record():
    c = np.cov(x, y)[0, 1]
c.backward()
result = x.grad

# %% np correlate.*
v = np.array([1.0, -2.0, 3.0])
w = np.array([0.5, 4.0])
i = np.array([1, 2, 3, 4], dtype="int32")

valid = np.correlate(v, w)
same = np.correlate(v, w, "same")
full = np.correlate(v, w, mode="full")
valid_short_first = np.correlate(w, v)
same_short_first = np.correlate(w, v, "same")
full_short_first = np.correlate(w, v, "full")
same_even = np.correlate(v, np.array([1.0, 2.0, 3.0, 5.0]), "same")
same_even_other = np.correlate(np.array([1.0, 2.0, 3.0, 5.0]), v, "same")
integers = np.correlate(i, i, "full")
float64 = np.correlate(v.astype("float64"), w)
empty = np.correlate(v[:0], w)
matrix = np.correlate(np.ones((2, 2)), w)
mode = np.correlate(v, w, "half")

# %% np bins.*
v = np.array([1.0, 2.0, 2.5, 4.0, 3.0])
w = np.array([0.5, 1.0, 4.0, 0.0, 1.5])
i = np.array([1, 2, 2, 6], dtype="int32")
x = np.array([[1.0, 2.0], [2.0, 5.0], [2.0, 2.5], [4.0, 4.0]])

edges = np.histogram_bin_edges(v)
edges_few = np.histogram_bin_edges(v, bins=3)
edges_range = np.histogram_bin_edges(v, bins=4, range=(0, 8))
edges_given = np.histogram_bin_edges(v, bins=np.array([0.0, 2.0, 3.0]))
edges_rule = np.histogram_bin_edges(v, bins="sturges")
edges_float64 = np.histogram_bin_edges(v.astype("float64"), bins=2)
edges_integers = np.histogram_bin_edges(i, bins=3)
edges_unsorted = np.histogram_bin_edges(v, bins=np.array([2.0, 0.0]))
edges_backwards = np.histogram_bin_edges(v, bins=3, range=(4, 1))
plane = np.histogram2d(v, w, bins=2)
plane_ten = np.histogram2d(v, w)[0]
plane_two_numbers = np.histogram2d(v, w, bins=[2, 3])
plane_range = np.histogram2d(v, w, bins=2, range=[[0, 4], [0, 8]])
# differs: rule 3, the list may hold np arrays (1.9.1 fails)
# expect: result[0].tolist() == [[1.0, 0.0], [1.0, 2.0]] and str(result[1].dtype) == "float32"
plane_edges = np.histogram2d(v, w, bins=[np.array([0.0, 2.0, 4.0]), np.array([0.0, 1.0, 3.0])])
plane_integers = np.histogram2d(i, i, bins=3)
plane_edges_listed = np.histogram2d(v, w, bins=[[0.0, 2.0, 4.0], [0.0, 1.0, 3.0]])
plane_edges_shared = np.histogram2d(v, w, bins=np.array([0.0, 1.0, 2.5, 4.0]))
plane_density = np.histogram2d(v, w, bins=2, density=True)
plane_weights = np.histogram2d(v, w, bins=2, weights=v)
plane_weights_density = np.histogram2d(v, w, bins=2, weights=v, density=True)[0]
plane_lengths = np.histogram2d(v, w[:3])
cells = np.histogramdd(x, bins=2)
cells_numbers = np.histogramdd(x, bins=(2, 3))
cells_range = np.histogramdd(x, bins=2, range=((0, 4), (0, 4)))
cells_density = np.histogramdd(x, bins=2, density=True)[0]
cells_weights = np.histogramdd(x, bins=2, weights=v[:4])[0]
cells_vector = np.histogramdd(v, bins=2)
cells_no_bins = np.histogramdd(x, bins=0)
cells_wrong_bins = np.histogramdd(x, bins=(2, 3, 4))
