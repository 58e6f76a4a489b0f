"""np: functions of functions, piecewise definitions, unwrap, bits."""
# ruff: noqa

# %% np along.*
x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
t = np.arange(24).reshape(2, 3, 4)
i = np.array([[3, 1], [2, 5]], dtype="int32")

total = np.apply_along_axis(lambda a: a.sum(), 0, x)
total_rows = np.apply_along_axis(lambda a: a.sum(), 1, x)
total_negative = np.apply_along_axis(lambda a: a.sum(), -1, t)
same_shape = np.apply_along_axis(lambda a: a * 2, 0, x)
shorter = np.apply_along_axis(lambda a: a[:2], 1, t)
longer_in_front = np.apply_along_axis(lambda a: a[:2].repeat(2), 0, t)
matrix = np.apply_along_axis(lambda a: a[:2].reshape(1, 2), 1, x)
vector = np.apply_along_axis(lambda a: a.max(), 0, x[0])
# differs: rule 3, the function gets np arrays: a number does not widen them, as in NumPy 2 (1.9.1 gives float64)
# expect: str(result.dtype) == "float32" and result.tolist() == [11.0, 15.0, 21.0]
arguments = np.apply_along_axis(lambda a, b, c=0: a.sum() * b + c, 0, x, 2, c=1)
integers = np.apply_along_axis(lambda a: a * 2, 0, i)
nothing = np.apply_along_axis(lambda a: a.sum(), 0, np.ones((2, 0)))
axis_outside = np.apply_along_axis(lambda a: a.sum(), 2, x)

# %% np over.*
t = np.arange(24).reshape(2, 3, 4)

# differs: rule 3, the function gets np arrays, so that np's functions work (1.9.1 passes NumPy's)
# expect: result.tolist() == [[[60.0], [92.0], [124.0]]]
total = np.apply_over_axes(np.sum, t, [0, 2])
# differs: rule 3, the function gets np arrays, so that np's functions work (1.9.1 passes NumPy's)
# expect: result.shape == (2, 3, 1) and result.tolist() == t.max(axis=-1, keepdims=True).tolist()
one_axis = np.apply_over_axes(np.max, t, -1)
numpys = np.apply_over_axes(onp.sum, t, [0, 2])
wrong = np.apply_over_axes(lambda a, axis: a.reshape(-1)[0], t, [0])

# %% np parts.*
x = np.array([[-2.0, -1.0, 0.5], [1.0, 2.0, 3.0]])
v = np.array([1.0, 2.0, 3.0, 4.0])

numbers = np.piecewise(x, [x < 0, x >= 1], [-1.0, 1.0])
default = np.piecewise(x, [x < 0, x >= 1], [-1.0, 1.0, 5.0])
functions = np.piecewise(x, [x < 0, x >= 1], [lambda a: -a, lambda a: a * a])
mixed = np.piecewise(x, [x < 0], [lambda a: a * 2, 7.0])
last_wins = np.piecewise(v, [v > 1, v > 2], [10.0, 20.0])
nothing_holds = np.piecewise(v, [v > 10], [1.0])
arguments = np.piecewise(v, [v > 2], [lambda a, n, k=0: a * n + k], 3, k=1)
one_condition = np.piecewise(v, v > 2, [1.0, 2.0])
integers = np.piecewise(v.astype("int32"), [v > 2], [1.75, -1.75])
zero_d = np.piecewise(np.array(2.0), [np.array(True)], [5.0])
functions_missing = np.piecewise(v, [v > 1, v > 2, v > 3], [1.0])

# %% np gradient_of_parts
# differs: rule 4, differentiable (1.9.1 raises under record)
# expect: result.tolist() == [-1.0, 7.0, 7.0]
x = np.array([-2.0, 1.0, 3.0])
x.attach_grad()
with autograd.record():
    y = np.piecewise(x, [x < 0], [lambda a: -a, lambda a: a * (a.sum() - 1)])
y.backward()
result = x.grad

# %% np phases.*
p = np.array([0.5, 3.0, -3.0, -2.0, 9.0])
x = np.array([[0.0, 4.0, 9.0], [1.0, -4.0, 3.0]])
i = np.array([0, 1, 5, 2, 9], dtype="int32")

unwrap = np.unwrap(p)
unwrap_rows = np.unwrap(x)
unwrap_columns = np.unwrap(x, axis=0)
unwrap_discont = np.unwrap(p, discont=5)
unwrap_period = np.unwrap(p, period=4)
unwrap_float64 = np.unwrap(p.astype("float64"))
unwrap_integers = np.unwrap(i)
unwrap_integers_period = np.unwrap(i, period=4)
unwrap_one = np.unwrap(p[:1])
unwrap_axis = np.unwrap(p, axis=1)

# %% np bits.*
u = np.array([[1, 0, 1], [0, 1, 1]], dtype="uint8")
b = np.array([3, 255, 16], dtype="uint8")

pack = np.packbits(u)
pack_rows = np.packbits(u, axis=1)
pack_columns = np.packbits(u, axis=0)
pack_little = np.packbits(u, axis=-1, bitorder="little")
pack_bool = np.packbits(u > 0, axis=1)
pack_integers = np.packbits(np.array([7, 0, 0, -1, 2, 0, 0, 0, 1], dtype="int32"))
pack_floats = np.packbits(np.array([1.0, 0.0]))
pack_order = np.packbits(u, bitorder="middle")
unpack = np.unpackbits(b)
unpack_rows = np.unpackbits(b.reshape(3, 1), axis=1)
unpack_count = np.unpackbits(b.reshape(3, 1), axis=1, count=4)
unpack_count_negative = np.unpackbits(b, count=-2)
unpack_count_longer = np.unpackbits(b.reshape(3, 1), axis=1, count=10)
unpack_little = np.unpackbits(b, bitorder="little")
unpack_integers = np.unpackbits(b.astype("int32"))
round_trip = np.packbits(np.unpackbits(b))
