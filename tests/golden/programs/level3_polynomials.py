"""np: arithmetic of polynomials, roots, fits."""
# ruff: noqa

# %% np sums.*
v = np.array([1.0, -2.0, 3.0])
w = np.array([0.5, 4.0])
i = np.array([1, 2, 3], dtype="int32")
x = np.array([[1.0, 2.0], [3.0, 5.0]])

add = np.polyadd(v, w)
add_other_way = np.polyadd(w, v)
add_matrix = np.polyadd(x, x)
add_float64 = np.polyadd(v.astype("float64"), w)
add_integers = np.polyadd(i, i)
# differs: rule 3, integers beside a float do not widen it, as everywhere in np (1.9.1 gives float64)
# expect: str(result.dtype) == "float32" and result.tolist() == [2.0, 0.0, 6.0]
add_mixed = np.polyadd(i, v)
sub = np.polysub(v, w)
sub_other_way = np.polysub(w, v)
sub_integers = np.polysub(i, i)
# differs: rule 3, a list is read as np.array reads it (1.9.1 gives float64 or int64)
# expect: str(result.dtype) == "float32" and result.tolist() == [2.0, -1.0]
add_lists = np.polyadd([1.0, -2.0], [1, 1])

# %% np products.*
v = np.array([1.0, -2.0, 3.0])
w = np.array([0.5, 4.0])
i = np.array([1, 2, 3], dtype="int32")
u = np.array([1.0, 2.0, 3.0, 4.0])

mul = np.polymul(v, w)
mul_other_way = np.polymul(w, v)
mul_integers = np.polymul(i, i)
mul_drops_zeros = np.polymul(np.array([0.0, 0.0, 1.0]), w)
mul_by_zero = np.polymul(np.zeros(2), w)
mul_number = np.polymul(v, np.array(2.0))
mul_matrix = np.polymul(np.ones((2, 2)), w)
div = np.polydiv(u, w)
div_longer = np.polydiv(w, u)
div_itself = np.polydiv(u, u)
div_by_number = np.polydiv(u, np.array([2.0]))
div_remainder_zeros = np.polydiv(np.array([1.0, 2.0, 1.0, 5.0]), np.array([1.0, 2.0, 1.0]))
div_integers = np.polydiv(i, np.array([2, 1], dtype="int32"))
div_float64 = np.polydiv(u.astype("float64"), w)

# %% np calculus.*
v = np.array([1.0, -2.0, 3.0])
i = np.array([1, 2, 3], dtype="int32")

integral = np.polyint(v)
integral_constant = np.polyint(v, k=3)
integral_twice = np.polyint(v, 2)
integral_twice_constants = np.polyint(v, 2, k=[5, 7])
integral_twice_one_constant = np.polyint(v, 2, k=[5])
integral_zero_times = np.polyint(v, 0)
integral_integers = np.polyint(i)
integral_negative = np.polyint(v, -1)
integral_more_constants = np.polyint(v, 2, k=[1, 2, 3])
integral_few_constants = np.polyint(v, 3, k=[1, 2])

# %% np zeros.*
v = np.array([1.0, 2.0, 4.0])
m = np.array([[2.0, 1.0], [1.0, 3.0]])

of_roots = np.poly(v)
of_no_roots_but_one = np.poly(np.array([3.0]))
of_float64 = np.poly(v.astype("float64"))
of_integers = np.poly(np.array([1, 2], dtype="int32"))
of_matrix = np.poly(m)
of_complex_matrix = np.poly(np.array([[0.0, 1.0], [-1.0, 0.0]]))
of_wide_matrix = np.poly(np.ones((2, 3)))
roots = np.roots(np.array([1.0, -3.0, 2.0]))
roots_of_three = np.roots(np.array([2.0, -12.0, 22.0, -12.0], dtype="float64"))
roots_zeros_outside = np.roots(np.array([0.0, 1.0, -3.0, 2.0, 0.0]))
roots_linear = np.roots(np.array([2.0, 1.0]))
roots_constant = np.roots(np.array([2.0])).shape
roots_integers = np.roots(np.array([1, -5, 6], dtype="int32"))
roots_complex = np.roots(np.array([1.0, 2.0, 3.0]))
roots_matrix = np.roots(m)
# differs: rule 3, a list is read as np.array reads it (1.9.1 gives float64)
# expect: str(result.dtype) == "float32" and abs(result.asnumpy() - [2, 1]).max() < 1e-6
roots_of_list = np.roots([1, -3, 2])

# %% np powers.*
v = np.array([1.0, 2.0, -3.0])
i = np.array([1, 2, 3], dtype="int32")

vander = np.vander(v)
vander_two = np.vander(v, 2)
vander_increasing = np.vander(v, 4, increasing=True)
vander_one = np.vander(v, 1)
vander_none = np.vander(v, 0).shape
vander_integers = np.vander(i)
vander_float64 = np.vander(v.astype("float64"))
vander_matrix = np.vander(np.ones((2, 2)))

# %% np fits.*
x = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
y = np.array([1.0, 3.0, 2.0, 5.0, 4.0])
c = np.array([[1.0, 0.0], [3.0, 1.0], [2.0, 4.0], [5.0, 9.0], [4.0, 16.0]])
w = np.array([1.0, 2.0, 1.0, 0.5, 1.0])

line = np.polyfit(x, y, 1)
parabola = np.polyfit(x, y, 2)
constant = np.polyfit(x, y, 0)
columns = np.polyfit(x, c, 1)
weights = np.polyfit(x, y, 1, w=w)
covariance = np.polyfit(x, y, 1, cov=True)
covariance_unscaled = np.polyfit(x, y, 1, cov="unscaled")
covariance_columns = np.polyfit(x, c, 1, cov=True)
weights_covariance = np.polyfit(x, y, 2, w=w, cov=True)
integers = np.polyfit(x.astype("int32"), y, 1)
# differs: rule 3, rank is an array and rcond a number, as everywhere (1.9.1 gives NumPy scalars)
# expect: [r.shape for r in result[:4]] == [(2,), (1,), (), (2,)] and int(result[2]) == 2 and 5e-7 < result[4] < 7e-7
full = np.polyfit(x, y, 1, full=True)
full_values = np.polyfit(x, y, 1, full=True)[3]
full_residuals = np.polyfit(x, c, 1, full=True)[1]
negative_degree = np.polyfit(x, y, -1)
lengths = np.polyfit(x, y[:4], 1)
weight_lengths = np.polyfit(x, y, 1, w=w[:2])

# %% np gradient_of_fit
# differs: rule 4, differentiable (1.9.1 raises under record)
# expect: abs(result.asnumpy() - [-0.2, -0.1, 0.0, 0.1, 0.2]).max() < 1e-6
x = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
y = np.array([1.0, 3.0, 2.0, 5.0, 4.0])
y.attach_grad()
with autograd.record():
    slope = np.polyfit(x, y, 1)[0]
slope.backward()
result = y.grad

# %% np gradient_of_roots
# differs: rule 4, differentiable (1.9.1 raises under record)
# expect: abs(result.asnumpy() - [-4.0, -2.0, -1.0]).max() < 1e-5
p = np.array([1.0, -3.0, 2.0])
p.attach_grad()
with autograd.record():
    largest = np.roots(p)[0]
largest.backward()
result = p.grad
