"""nd.SequenceMask, SequenceLast and SequenceReverse."""
# ruff: noqa

# %% nd mask.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
M, x, n = nd.SequenceMask, nd.arange(12).reshape((3, 2, 2)) + 1, nd.array([1.0, 2.0])

basic = pull(lambda x: M(x, n, use_sequence_length=True), x)
value = pull(lambda x: M(x, n, use_sequence_length=True, value=-1), x)
value_infinite = M(x, n, use_sequence_length=True, value=-float("inf"))
axis_one = pull(lambda x: M(x, nd.array([1.0, 0.0, 2.0]), use_sequence_length=True, axis=1), x)
not_used = pull(lambda x: M(x), x)
given_but_not_used = M(x, n)
used_but_missing = M(x, use_sequence_length=True)
length_zero = M(x, nd.array([0.0, 3.0]), use_sequence_length=True)
length_beyond = M(x, nd.array([5.0, 3.0]), use_sequence_length=True)
int_lengths = M(x, nd.array([1, 2], dtype="int32"), use_sequence_length=True)
int_data = M(x.astype("int32"), n, use_sequence_length=True, value=9)
float64 = M(x.astype("float64"), n.astype("float64"), use_sequence_length=True)
two_axes = M(x.reshape((6, 2)), nd.array([2.0, 5.0]), use_sequence_length=True)
four_axes = M(x.reshape((3, 2, 2, 1)), n, use_sequence_length=True, value=0.5)
keywords = M(data=x, sequence_length=n, use_sequence_length=True, value=0, axis=0)
out_argument = (lambda o: [M(x, n, use_sequence_length=True, out=o) is o, o])(nd.zeros((3, 2, 2)))
axis_two = M(x, n, use_sequence_length=True, axis=2)
lengths_wrong = M(x, nd.array([1.0, 2.0, 3.0]), use_sequence_length=True)
one_axis = M(nd.arange(3), nd.array([1.0]), use_sequence_length=True)

# %% nd last.*
def pull(f, *xs):
    for x in xs:
        x.attach_grad()
    with autograd.record():
        y = f(*xs)
    y.backward((nd.arange(y.size) % 5 - 1).reshape(y.shape).astype(y.dtype))
    return [y] + [x.grad for x in xs]
L, R, x, n = nd.SequenceLast, nd.SequenceReverse, nd.arange(12).reshape((3, 2, 2)) + 1, nd.array([1.0, 2.0])

# differs: rule 4, the gradient arrives where the last elements stand (1.9.1 corrupts memory)
# expect: result[1].asnumpy().reshape(-1).tolist() == [0] * 8 + [-1, 0, 1, 2]
last = pull(lambda x: L(x), x)
last_lengths = pull(lambda x: L(x, n, use_sequence_length=True), x)
last_axis_one = pull(lambda x: L(x, nd.array([1.0, 2.0, 1.0]), use_sequence_length=True, axis=1), x)
last_axis_one_default = L(x, axis=1)
last_two_axes = L(x.reshape((6, 2)), nd.array([2.0, 6.0]), use_sequence_length=True)
last_float64 = L(x.astype("float64"), n.astype("float64"), use_sequence_length=True)
last_int_lengths = L(x, nd.array([3, 1], dtype="int32"), use_sequence_length=True)
last_keywords = L(data=x, sequence_length=n, use_sequence_length=True)
last_missing = L(x, use_sequence_length=True)
last_one_axis = L(nd.arange(3))
reverse = pull(lambda x: R(x), x)
reverse_lengths = pull(lambda x: R(x, n, use_sequence_length=True), x)
reverse_all = R(x, nd.array([3.0, 3.0]), use_sequence_length=True)
reverse_two_axes = R(x.reshape((6, 2)), nd.array([2.0, 5.0]), use_sequence_length=True)
reverse_int_lengths = R(x, nd.array([2, 3], dtype="int32"), use_sequence_length=True)
reverse_float64 = R(x.astype("float64"))
reverse_keywords = R(data=x, sequence_length=n, use_sequence_length=True)
reverse_axis_one = R(x, axis=1)
reverse_missing = R(x, use_sequence_length=True)
reverse_lengths_wrong = R(x, nd.array([1.0, 2.0, 3.0]), use_sequence_length=True)
