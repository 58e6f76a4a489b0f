"""Gradients that MXNet 1.9.1 gets wrong, or does not have, and that are right here."""
# ruff: noqa

# %% np wrong_gradient.*
def grad_of(f, *arrays):
    for a in arrays:
        a.attach_grad()
    with autograd.record():
        y = f(*arrays)
    y.backward()
    return [a.grad for a in arrays]
v = np.array([1.0, 3.0, 2.0])
m = np.array([[1.0, 2.0], [2.0, 4.0]])

# differs: rule 4, the product rule holds at 0 (1.9.1 divides by the element and gives nan)
# expect: result[0].asnumpy().tolist() == [0, 3, 0]
prod_with_one_zero = grad_of(np.prod, np.array([1.0, 0.0, 3.0]))
# differs: rule 4, the product rule holds at 0 (1.9.1 divides by the element and gives nan)
# expect: result[0].asnumpy().tolist() == [0, 0, 0]
prod_with_two_zeros = grad_of(np.prod, np.array([0.0, 0.0, 3.0]))
# differs: rule 4, where(c, x, number) gives the gradient to x where c holds (1.9.1: where it does not)
# expect: result[0].asnumpy().tolist() == [1, 0]
where_array_number = grad_of(lambda x: np.where(np.array([1, 0]), x, 2.0), np.array([3.0, 4.0]))
# differs: rule 4, arctan2 of a number and an array has the derivative -x1 / (x1**2 + x2**2) (1.9.1 leaves x1 out)
# expect: abs(result[0] - np.array([-0.4, -0.25])).max() < 1e-6
arctan2_number_first = grad_of(lambda x: np.arctan2(2.0, x), np.array([1.0, 2.0]))
# differs: rule 4, fmod has the derivative -trunc(x1 / x2) in x2 (2.0 rounds down, and 1.9.1 has no fmod)
# expect: result[0].asnumpy().tolist() == [1, 1, 1] and result[1].asnumpy().tolist() == [-1, 1, 3]
fmod = grad_of(np.fmod, np.array([5.0, -5.0, 7.5]), np.array([3.0, 3.0, -2.0]))
# differs: rule 4, median is differentiable (2.0 silently gives 0, and 1.9.1 has no median)
# expect: result[0].asnumpy().tolist() == [0, 0, 1]
median = grad_of(np.median, v)
# differs: rule 4, the determinant of a singular matrix has its adjugate as gradient (1.9.1 gives 0)
# expect: abs(result[0] - np.array([[4.0, -2.0], [-2.0, 1.0]])).max() < 1e-6
det_of_singular = grad_of(np.linalg.det, m)
# differs: rule 4, the eigenvalues are differentiable (1.9.1 silently gives 0)
# expect: abs(result[0] - np.eye(2)).max() < 1e-5
eigvals = grad_of(np.linalg.eigvals, np.array([[1.0, 3.0], [2.0, 5.0]]))
# differs: rule 4, the head gradient of a matrix norm counts once (1.9.1 multiplies by it twice)
# expect: result[0].asnumpy().tolist() == [[0, 3], [0, 3]]
matrix_norm_1 = grad_of(lambda x: 3 * np.linalg.norm(x, ord=1), m)
# differs: rule 4, the head gradient of a matrix norm counts once (1.9.1 multiplies by it twice)
# expect: abs(result[0] - np.array([[0.6, 1.2], [1.2, 2.4]])).max() < 1e-5
matrix_norm_2 = grad_of(lambda x: 3 * np.linalg.norm(x, ord=2), m)
# differs: rule 4, the head gradient of a matrix norm counts once (1.9.1 multiplies by it twice)
# expect: result[0].asnumpy().tolist() == [[0, 0], [3, 3]]
matrix_norm_inf = grad_of(lambda x: 3 * np.linalg.norm(x, ord=np.inf), m)
# differs: rule 4, stacks that are both stretched each get the sum over their own copies (1.9.1 sums wrong elements)
# expect: result[0].reshape(-1).asnumpy().tolist() == [22, 79]
matmul_stacks = grad_of(lambda a, b: np.matmul(a, b) * np.arange(6.0).reshape(2, 3, 1, 1), np.ones((2, 1, 1, 1)), np.array([5.0, 6.0, 8.0]).reshape(3, 1, 1))
# differs: rule 4, the gradient of rot90 is turned back (1.9.1 turns it on)
# expect: result[0].asnumpy().tolist() == [[2, 0], [3, 1]]
rot90 = grad_of(lambda x: np.rot90(x) * np.arange(4.0).reshape(2, 2), m)
# differs: rule 4, the sum of the weights that average returns has a gradient (1.9.1 silently gives 0)
# expect: result[0].asnumpy().tolist() == [1, 1, 1]
average_returned = grad_of(lambda w: np.average(v, weights=w, returned=True)[1], np.array([1.0, 2.0, 1.0]))
# differs: rule 4, quantiles are differentiable (1.9.1 silently gives 0)
# expect: result[0].asnumpy().tolist() == [0, 0, 1]
quantile = grad_of(lambda x: np.quantile(x, 0.5), v)
# differs: rule 4, quantiles are differentiable (1.9.1 silently gives 0)
# expect: result[0].asnumpy().tolist() == [0, 0, 1]
percentile = grad_of(lambda x: np.percentile(x, 50), v)
# differs: rule 4, atleast_1d, atleast_2d and atleast_3d stay on the tape (1.9.1 silently gives 0)
# expect: result[0].asnumpy().tolist() == [1, 1, 1]
atleast_1d = grad_of(np.atleast_1d, v)
# differs: rule 4, atleast_1d, atleast_2d and atleast_3d stay on the tape (1.9.1 silently gives 0)
# expect: result[0].asnumpy().tolist() == [1, 1, 1]
atleast_2d = grad_of(np.atleast_2d, v)
# differs: rule 4, atleast_1d, atleast_2d and atleast_3d stay on the tape (1.9.1 silently gives 0)
# expect: result[0].asnumpy().tolist() == [1, 1, 1]
atleast_3d = grad_of(np.atleast_3d, v)
# differs: rule 4, the pseudo-inverse is differentiable (1.9.1 silently gives 0)
# expect: abs(result[0] - np.array([[-0.25, -0.125], [-0.125, -0.0625]])).max() < 1e-6
pinv = grad_of(np.linalg.pinv, np.array([[2.0, 0.0], [0.0, 4.0]]))
# differs: rule 4, weights of bincount get a gradient (1.9.1 silently gives 0)
# expect: result[0].asnumpy().tolist() == [1, 1, 1]
bincount_weights = grad_of(lambda w: np.bincount(np.array([0, 1, 1], dtype="int32"), weights=w), v)
# differs: rule 4, uniform samples are differentiable in both bounds (1.9.1 gives 0)
# expect: 0 < float(result[0]) < 3 and abs(float(result[0] + result[1]) - 3) < 1e-5
uniform_bounds = grad_of(lambda a, b: np.random.uniform(a, b, size=(3,)), np.array([1.0]), np.array([2.0]))

# %% np no_gradient.*
def grad_of(f, *arrays):
    for a in arrays:
        a.attach_grad()
    with autograd.record():
        y = f(*arrays)
    y.backward()
    return [a.grad for a in arrays]
v = np.array([1.0, 3.0, 2.0])

# differs: rule 4, padding a vector is differentiable in every mode (1.9.1 asks for two axes or more)
# expect: result[0].asnumpy().tolist() == [1, 3, 1]
pad_reflect = grad_of(lambda x: np.pad(x, ((1, 1),), mode="reflect"), v)
# differs: rule 4, padding a vector is differentiable in every mode (1.9.1 asks for two axes or more)
# expect: result[0].asnumpy().tolist() == [2, 1, 2]
pad_edge = grad_of(lambda x: np.pad(x, ((1, 1),), mode="edge"), v)
# differs: rule 4, padding a vector is differentiable in every mode (1.9.1 asks for two axes or more)
# expect: result[0].asnumpy().tolist() == [1, 3, 1]
pad_maximum = grad_of(lambda x: np.pad(x, ((1, 1),), mode="maximum"), v)
# differs: rule 3, the width of a padding may be one number, as in NumPy (1.9.1 raises)
# expect: result[0].asnumpy().tolist() == [1, 1, 1]
pad_width = grad_of(lambda x: np.pad(x, 1), v)
# differs: rule 4, delete is differentiable (1.9.1 raises in backward)
# expect: result[0].asnumpy().tolist() == [1, 0, 1]
delete = grad_of(lambda x: np.delete(x, 1), v)
# differs: rule 4, insert is differentiable (1.9.1 raises in backward)
# expect: result[0].asnumpy().tolist() == [1, 1, 1]
insert = grad_of(lambda x: np.insert(x, 1, 5), v)
# differs: rule 4, QR is differentiable (1.9.1 raises under record)
# expect: abs(result[0] - np.array([[0.0, -1.3416], [-2.2361, 0.4472]])).max() < 1e-3
qr = grad_of(lambda a: np.linalg.qr(a)[1], np.array([[2.0, 1.0], [1.0, 3.0]]))
# differs: rule 4, interp is differentiable (1.9.1 raises under record)
# expect: result[0].asnumpy().tolist() == [2, 1]
interp = grad_of(lambda x: np.interp(x, np.arange(3.0), np.array([0.0, 2.0, 3.0])), np.array([0.5, 1.5]))
# differs: rule 4, take_along_axis is differentiable (1.9.1 raises under record)
# expect: result[0].asnumpy().tolist() == [0, 2, 0]
take_along_axis = grad_of(lambda x: np.take_along_axis(x, np.array([1, 1], dtype="int64"), 0), v)
# differs: rule 4, ptp is differentiable (1.9.1 raises under record)
# expect: result[0].asnumpy().tolist() == [-1, 1, 0]
ptp = grad_of(np.ptp, v)

# %% nd wrong_gradient_nd.*
def grad_of(f, *arrays):
    for a in arrays:
        a.attach_grad()
    with autograd.record():
        y = f(*arrays)
    y.backward()
    return [a.grad for a in arrays]
box = nd.array([[0.0, 0.9, 0.0, 0.0, 2.0, 2.0]])

# differs: rule 4, the product rule holds at 0 (1.9.1 divides by the element and gives nan)
# expect: result[0].asnumpy().tolist() == [0, 3, 0]
prod_with_zero = grad_of(nd.prod, nd.array([1.0, 0.0, 3.0]))
# differs: rule 4, the product rule holds at 0 (1.9.1 divides by the element and gives nan)
# expect: result[0].asnumpy().tolist() == [6, 0, 0]
nanprod_with_zero = grad_of(nd.nanprod, nd.array([0.0, 2.0, 3.0]))
# differs: rule 4, the determinant of a singular matrix has its adjugate as gradient (1.9.1 gives 0)
# expect: abs(result[0] - nd.array([[4.0, -2.0], [-2.0, 1.0]])).asnumpy().max() < 1e-6
det_of_singular = grad_of(nd.linalg.det, nd.array([[1.0, 2.0], [2.0, 4.0]]))
# differs: rule 4, of values written to one place only the last, which stays, has a gradient (1.9.1 gives it to all)
# expect: result[0].asnumpy().tolist() == [0, 4, 6]
scatter_nd_twice = grad_of(lambda x: nd.square(nd.scatter_nd(x, nd.array([[0, 1, 0]]), shape=(2,))), nd.array([1.0, 2.0, 3.0]))
# differs: rule 4, of values written to one place only the last, which stays, has a gradient (1.9.1 gives it to all)
# expect: result[0].asnumpy().tolist() == [[0], [4]]
index_copy_twice = grad_of(lambda x: nd.square(nd.contrib.index_copy(nd.ones((3, 1)), nd.array([1, 1]), x)).sum(axis=1), nd.array([[1.0], [2.0]]))
# differs: rule 4, box_nms that changes the format of boxes takes its gradient back through the change (1.9.1 does not)
# expect: result[0].asnumpy().tolist() == [[1, 1, 2, 2, 0, 0]]
box_nms_formats = grad_of(lambda x: nd.contrib.box_nms(x, in_format="center", out_format="corner"), box)
# differs: rule 4, samples of a normal distribution are differentiable in its parameters (1.9.1 gives 0 in nd)
# expect: result[0].asnumpy().tolist() == [1]
random_normal = grad_of(lambda mean: nd.random.normal(mean, nd.array([1.0])), nd.array([0.0]))
# differs: rule 4, samples of a normal distribution are differentiable in its parameters (1.9.1 gives 0 in nd)
# expect: result[0].asnumpy().tolist() == [1]
sample_normal = grad_of(lambda mean: nd.sample_normal(mean, nd.array([1.0])), nd.array([0.0]))

# %% np mean_adds
# differs: rule 4, mean adds its gradient under grad_req add (1.9.1 divides what was there before, too)
# expect: result.tolist() == [1.0, 1.0]
x = np.array([1.0, 2.0])
x.attach_grad(grad_req="add")
for _ in range(2):
    with autograd.record():
        y = x.mean()
    y.backward()
result = x.grad

# %% nd mean_adds_nd
# differs: rule 4, mean adds its gradient under grad_req add (1.9.1 divides what was there before, too)
# expect: result.asnumpy().tolist() == [1.0, 1.0]
x = nd.array([1.0, 2.0])
x.attach_grad(grad_req="add")
for _ in range(2):
    with autograd.record():
        y = nd.mean(x)
    y.backward()
result = x.grad

# %% np second_derivative_of_dense_layer
# differs: rule 4, the second derivative counts the way through the head gradient (1.9.1 silently leaves it out)
# expect: result.tolist() == [[8.0]]
x, w = np.array([[3.0]]), np.array([[2.0]])
x.attach_grad()
with autograd.record():
    y = npx.fully_connected(x, w, num_hidden=1, no_bias=True)
    g = autograd.grad(np.square(y), [x], create_graph=True, retain_graph=True)[0]
g.backward()
result = x.grad

# %% np second_derivative_of_clip
# differs: rule 4, the second derivative counts the way through the head gradient (1.9.1 silently leaves it out)
# expect: result.tolist() == [2.0]
x = np.array([0.5])
x.attach_grad()
with autograd.record():
    y = np.clip(x, -1, 1)
    g = autograd.grad(np.square(y), [x], create_graph=True, retain_graph=True)[0]
g.backward()
result = x.grad

# %% np second_derivative_of_arccosh
# differs: rule 4, the second derivative of arccosh is negative (1.9.1 silently gives its opposite)
# expect: abs(float(result) + 2 / 27 ** 0.5) < 1e-5
x = np.array([2.0])
x.attach_grad()
with autograd.record():
    g = autograd.grad(np.arccosh(x), [x], create_graph=True, retain_graph=True)[0]
g.backward()
result = x.grad
