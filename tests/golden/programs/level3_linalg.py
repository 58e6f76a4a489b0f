"""np.linalg: conditions, eigenvalues, least squares, powers, chains, tensor equations, and 2.0's names."""
# ruff: noqa

# %% np condition.*
m = np.array([[2.0, 1.0], [1.0, 3.0]])
s = np.stack([m, np.array([[4.0, 0.0], [1.0, 1.0]])])

of_stack = np.linalg.cond(s)
of_stack_1 = np.linalg.cond(s, 1)
of_stack_fro = np.linalg.cond(s, "fro")
of_stack_inf = np.linalg.cond(s, float("inf"))
of_stack_minus_1 = np.linalg.cond(s, -1)
of_stack_minus_2 = np.linalg.cond(s, -2)
of_stack_wide = np.linalg.cond(np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]]))
of_stack_float64 = np.linalg.cond(s.astype("float64"))
of_stack_singular = np.linalg.cond(np.stack([m, np.ones((2, 2))]), 1)
# differs: rule 3, a result of shape () is an array, as from every other function (1.9.1 gives a NumPy scalar)
# expect: isinstance(result, np.ndarray) and result.shape == () and abs(float(result) - 3.2) < 1e-5
of_one = np.linalg.cond(m, 1)
# differs: rule 3, a result of shape () is an array, as from every other function (1.9.1 gives a NumPy scalar)
# expect: isinstance(result, np.ndarray) and float(result) == float("inf")
of_singular = np.linalg.cond(np.ones((2, 2)), "fro")
of_vector = np.linalg.cond(m[0])
of_wide = np.linalg.cond(np.ones((2, 3)), 1)
of_nothing = np.linalg.cond(np.ones((0, 0)))

# %% np eigenvalues.*
m = np.array([[2.0, 1.0], [1.0, 3.0]])
u = np.array([[1.0, 2.0], [0.5, 3.0]])

eig = np.linalg.eig(m)
eig_unsymmetric = np.linalg.eig(u)
eig_stack = np.linalg.eig(np.stack([m, u]))
eig_float64 = np.linalg.eig(u.astype("float64"))
eig_complex = np.linalg.eig(np.array([[0.0, 1.0], [-1.0, 0.0]]))
eig_wide = np.linalg.eig(np.ones((2, 3)))
eigvals = np.linalg.eigvals(u)
eigvals_stack = np.linalg.eigvals(np.stack([m, u]))
eigvals_complex = np.linalg.eigvals(np.array([[0.0, 1.0], [-1.0, 0.0]]))

# %% np gradient_of_eigenvalues
# differs: rule 4, differentiable (1.9.1 gives 0)
# expect: abs(result.asnumpy() - [[1.0, 0.0], [0.0, 1.0]]).max() < 1e-5
m = np.array([[1.0, 2.0], [0.5, 3.0]])
m.attach_grad()
with autograd.record():
    total = np.linalg.eigvals(m).sum()
total.backward()
result = m.grad

# %% np least_squares.*
a = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])
b = np.array([1.0, 0.0, 2.0])
c = np.array([[1.0, 4.0], [0.0, 1.0], [2.0, 2.0]])

solution = np.linalg.lstsq(a, b, rcond=None)[0]
residuals = np.linalg.lstsq(a, b, rcond=None)[1]
values = np.linalg.lstsq(a, b, rcond=None)[3]
columns = np.linalg.lstsq(a, c, rcond=None)[0]
columns_residuals = np.linalg.lstsq(a, c, rcond=None)[1]
default = np.linalg.lstsq(a, b)[0]
warn = np.linalg.lstsq(a, b, rcond="warn")[0]
minus_one = np.linalg.lstsq(a, b, rcond=-1)[0]
wide = np.linalg.lstsq(a.T, b[:2], rcond=None)[0]
wide_residuals = np.linalg.lstsq(a.T, b[:2], rcond=None)[1]
square = np.linalg.lstsq(a[:2], b[:2], rcond=None)[0]
deficient = np.linalg.lstsq(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), b, rcond=None)[0]
deficient_residuals = np.linalg.lstsq(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), b, rcond=None)[1]
cut = np.linalg.lstsq(a, b, rcond=0.5)[0]
float64 = np.linalg.lstsq(a.astype("float64"), b.astype("float64"), rcond=None)[3]
# differs: rule 3, the rank is an array, as in 2.0 (1.9.1 gives a NumPy scalar)
# expect: isinstance(result, np.ndarray) and int(result) == 1 and str(result.dtype) == "int32"
rank = np.linalg.lstsq(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), b, rcond=None)[2]
rows = np.linalg.lstsq(a, b[:2], rcond=None)
vector = np.linalg.lstsq(b, b, rcond=None)

# %% np powers.*
m = np.array([[2.0, 1.0], [1.0, 3.0]])
i = np.array([[1, 2], [0, 1]], dtype="int32")

zero = np.linalg.matrix_power(m, 0)
one = np.linalg.matrix_power(m, 1)
two = np.linalg.matrix_power(m, 2)
three = np.linalg.matrix_power(m, 3)
seven = np.linalg.matrix_power(m, 7)
inverse = np.linalg.matrix_power(m, -1)
inverse_squared = np.linalg.matrix_power(m, -2)
stack = np.linalg.matrix_power(np.stack([m, m * 2]), 3)
stack_zero = np.linalg.matrix_power(np.stack([m, m * 2]), 0)
integers = np.linalg.matrix_power(i, 3)
float64 = np.linalg.matrix_power(m.astype("float64"), -3)
wide = np.linalg.matrix_power(np.ones((2, 3)), 2)
fraction = np.linalg.matrix_power(m, 1.5)
singular = np.linalg.matrix_power(np.ones((2, 2)), -1)
vector = np.linalg.matrix_power(m[0], 2)

# %% np chains.*
m = np.array([[2.0, 1.0], [1.0, 3.0]])
x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
v = np.array([1.0, -2.0])

two = np.linalg.multi_dot([m, x])
three = np.linalg.multi_dot([m, x, x.T])
four = np.linalg.multi_dot([x.T, m, m, x])
row_first = np.linalg.multi_dot([v, m, x])
column_last = np.linalg.multi_dot([x.T, m, v])
# differs: rule 3, a result of shape () is an array, as from every other function (1.9.1 gives a NumPy scalar)
# expect: isinstance(result, np.ndarray) and result.shape == () and float(result) == 10.0
number = np.linalg.multi_dot([v, m, v])
integers = np.linalg.multi_dot([np.array([[1, 2]], dtype="int32"), np.array([[3], [4]], dtype="int32")])
alone = np.linalg.multi_dot([m])
unfit = np.linalg.multi_dot([m, x, x])

# %% np tensors.*
a = np.eye(4).reshape(2, 2, 4) + np.array(0.25)
q = np.array([[2.0, 1.0], [1.0, 3.0]])

inverse = np.linalg.tensorinv(a, ind=2)
inverse_of_matrix = np.linalg.tensorinv(q, ind=1)
inverse_one_and_two = np.linalg.tensorinv(a.reshape(4, 2, 2), ind=1)
inverse_not_square = np.linalg.tensorinv(a, ind=1)
inverse_ind_zero = np.linalg.tensorinv(a, ind=0)
solution = np.linalg.tensorsolve(q, q[0])
solution_tensor = np.linalg.tensorsolve(a, np.ones((2, 2)))
solution_axes = np.linalg.tensorsolve(a.reshape(2, 4, 2), np.ones((4,)), axes=(0,)).shape
solution_same_axes = [np.linalg.tensorsolve(np.ones((1, 1)), np.ones((1, 1)) * 2), np.linalg.tensorsolve(np.ones((1, 1, 1)), np.ones((1, 1, 1)) * 2, axes=(2, 0)).shape]
solution_more_axes = np.linalg.tensorsolve(q.reshape(2, 1, 2), q[0].reshape(2, 1, 1, 1, 1))
solution_not_square = np.linalg.tensorsolve(a, np.ones((2,)))

# %% np gradient_of_tensors
def grads(f, *arrays):
    for x in arrays:
        x.attach_grad()
    with autograd.record():
        y = f(*arrays)
    y.backward()
    return [x.grad for x in arrays]


a = np.eye(4).reshape(2, 2, 4) + np.array(0.25)
q = np.array([[2.0, 1.0], [1.0, 3.0]])
result = [grads(np.linalg.tensorinv, a), grads(np.linalg.tensorsolve, q, q[0].copy())]

# %% np of_two.*
x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
t = np.arange(24).reshape(2, 3, 4)

# differs: rule 3, a name that only 2.0 has
# expect: result.tolist() == [2.0, 7.0]
diagonal = np.linalg.diagonal(x, offset=1)
# differs: rule 3, a name that only 2.0 has, and there only for one matrix
# expect: result.tolist() == [[0.0, 5.0, 10.0], [12.0, 17.0, 22.0]]
diagonal_stack = np.linalg.diagonal(t)
# differs: rule 3, a name that only 2.0 has, of the last two axes as in NumPy 2 and the array standard (2.0: the first)
# expect: result.tolist() == [15.0, 51.0]
trace_stack = np.linalg.trace(t)
# differs: rule 3, a name that only 2.0 has
# expect: float(result) == 9.0
trace = np.linalg.trace(x, offset=1)
# differs: rule 3, a name that only 2.0 has
# expect: result.tolist() == [[1.0, 4.0], [2.0, 5.0], [3.0, 7.0]]
transpose = np.linalg.matrix_transpose(x)
# differs: rule 3, a name that only 2.0 has
# expect: abs(float(result) - 10.198039) < 1e-5
matrix_norm = np.linalg.matrix_norm(x)
# differs: rule 3, a name that only 2.0 has
# expect: result.tolist() == [[14.0]]
matrix_norm_inf = np.linalg.matrix_norm(x, ord=float("inf"), keepdims=True) - 2
# differs: rule 3, a name that only 2.0 has; the error is an MXNetError too
# expect: isinstance(error, ValueError) and "2-tuple" in str(error)
matrix_norm_axis = np.linalg.matrix_norm(x, axis=0)
# differs: rule 3, a name that only 2.0 has
# expect: abs(float(result) - 10.198039) < 1e-5
vector_norm = np.linalg.vector_norm(x)
# differs: rule 3, a name that only 2.0 has
# expect: result.tolist() == [[6.0], [16.0]]
vector_norm_one = np.linalg.vector_norm(x, ord=1, axis=1, keepdims=True)
# differs: rule 3, a name that only 2.0 has; keepdims keeps all axes (2.0 drops some)
# expect: result.shape == (1, 3, 1) and abs(result.asnumpy().ravel()[0] - 27.34959) < 1e-4
vector_norm_axes = np.linalg.vector_norm(t, axis=(0, 2), keepdims=True)
