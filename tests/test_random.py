"""Random numbers: distributions, shapes and dtypes, seeds and states, threads, gradients, errors."""

import math
import pickle
import threading

import numpy
import pytest

from mxlite import autograd, nd, np, npx, random
from mxlite._errors import ArgumentError, DtypeError, InplaceError, MXNetError, ShapeError

N = 40_000
BITS = [3569242288002845090, 2023969564393766896, 3959584022706161033]


@pytest.fixture(autouse=True)
def seeded():
    random.seed(7)


def draw():
    """A few numbers from every kind of source."""
    return [np.random.normal(size=3), np.random.uniform(size=2), np.random.randint(100, size=4),
            nd.random.gamma(2, 3, shape=(2,)), np.random.choice(10, 3, replace=False), nd.shuffle(nd.arange(5))]


def same(a, b):
    return all(numpy.array_equal(x.asnumpy(), y.asnumpy()) for x, y in zip(a, b, strict=True))


# -- streams -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", [random.seed, np.random.seed, npx.random.seed])
def test_seed_repeats(seed):
    seed(3)
    first = draw()
    seed(3)
    assert same(first, draw())
    seed(4)
    assert not same(first, draw())


def test_seed_takes_what_mxnet_takes():
    random.seed(1, ctx="all")
    np.random.seed(1, device="all")
    random.seed(-1)
    random.seed(numpy.int64(2**40))
    for bad in ("a", 1.5, None, True):
        with pytest.raises(ArgumentError, match="seed_state must be int"):
            random.seed(bad)


def test_the_bits_of_a_seed():
    # PCG64 is integer arithmetic: these hold on every platform.
    random.seed(42)
    assert np.random.randint(0, 2**62, size=3).tolist() == BITS
    random.seed(42)
    expected = numpy.random.Generator(numpy.random.PCG64(numpy.random.SeedSequence(42))).random(4, numpy.float32)
    assert np.random.uniform(size=4).tolist() == expected.tolist()


def test_state_is_saved_and_restored():
    np.random.normal(size=5)
    state = pickle.loads(pickle.dumps(random.get_state()))
    first = draw()
    assert not same(first, draw())
    random.set_state(state)
    assert same(first, draw())
    with pytest.raises(ArgumentError, match="get_state"):
        random.set_state({"nonsense": 1})


def in_threads(function, count=4):
    """The results of a function in as many threads, which run one after the other."""
    results = []
    for _ in range(count):
        thread = threading.Thread(target=lambda: results.append(function()))
        thread.start()
        thread.join()
    return results


def test_threads_draw_different_numbers():
    streams = [np.random.uniform(size=8), *in_threads(lambda: np.random.uniform(size=8))]
    assert len({tuple(x.tolist()) for x in streams}) == 5


@pytest.mark.thread_unsafe(reason="a seed is that of all threads to come")
def test_seed_governs_threads_to_come():
    random.seed(5)
    first = in_threads(lambda: np.random.uniform(size=3).tolist())
    random.seed(5)
    assert in_threads(lambda: np.random.uniform(size=3).tolist()) == first


def test_other_threads_do_not_disturb():
    random.seed(5)
    first = np.random.uniform(size=3).tolist()
    random.seed(5)
    in_threads(lambda: (random.seed(99), np.random.uniform(size=100)))
    assert np.random.uniform(size=3).tolist() == first


# -- distributions -----------------------------------------------------------------------------------------------------
E = 0.5772156649
MOMENTS = {
    "normal": (lambda n: np.random.normal(2, 3, n), 2, 9),
    "uniform": (lambda n: np.random.uniform(2, 5, n), 3.5, 0.75),
    "randn": (lambda n: np.random.randn(n), 0, 1),
    "rand": (lambda n: np.random.rand(n), 0.5, 1 / 12),
    "lognormal": (lambda n: np.random.lognormal(0, 0.5, n), math.exp(0.125), math.exp(0.25) * (math.exp(0.25) - 1)),
    "exponential": (lambda n: np.random.exponential(3, n), 3, 9),
    "gumbel": (lambda n: np.random.gumbel(1, 2, n), 1 + 2 * E, math.pi**2 * 4 / 6),
    "logistic": (lambda n: np.random.logistic(1, 2, n), 1, math.pi**2 * 4 / 3),
    "laplace": (lambda n: np.random.laplace(1, 2, n), 1, 8),
    "rayleigh": (lambda n: np.random.rayleigh(2, n), 2 * math.sqrt(math.pi / 2), (2 - math.pi / 2) * 4),
    "weibull": (lambda n: np.random.weibull(2, n), math.gamma(1.5), math.gamma(2) - math.gamma(1.5)**2),
    "pareto": (lambda n: np.random.pareto(6, n), 0.2, 6 / (25 * 4)),
    "power": (lambda n: np.random.power(3, n), 0.75, 3 / (16 * 5)),
    "gamma": (lambda n: np.random.gamma(2, 3, n), 6, 18),
    "beta": (lambda n: np.random.beta(2, 3, n), 0.4, 0.04),
    "chisquare": (lambda n: np.random.chisquare(4, n), 4, 8),
    "f": (lambda n: np.random.f(6, 12, n), 1.2, 2 * 144 * 16 / (6 * 100 * 8)),
    "bernoulli": (lambda n: npx.random.bernoulli(0.3, size=n), 0.3, 0.21),
    "bernoulli by logit": (lambda n: npx.random.bernoulli(logit=math.log(3), size=n), 0.75, 0.1875),
    "randint": (lambda n: np.random.randint(1, 7, n), 3.5, 35 / 12),
    "choice": (lambda n: np.random.choice(np.array([1.0, 5.0]), n, p=np.array([0.25, 0.75])), 4, 3),
    "nd.uniform": (lambda n: nd.random.uniform(2, 5, n), 3.5, 0.75),
    "nd.normal": (lambda n: nd.random.normal(2, 3, n), 2, 9),
    "nd.gamma": (lambda n: nd.random.gamma(2, 3, n), 6, 18),
    "nd.exponential by scale": (lambda n: nd.random.exponential(4, n), 4, 16),
    "nd.exponential by rate": (lambda n: nd.random_exponential(lam=4, shape=n), 0.25, 1 / 16),
    "nd.exponential_like": (lambda n: nd.random.exponential_like(nd.zeros(n), lam=4), 0.25, 1 / 16),
    "nd.poisson": (lambda n: nd.random.poisson(4, n), 4, 4),
    "nd.negative_binomial": (lambda n: nd.random.negative_binomial(4, 0.4, n), 6, 15),
    "nd.generalized_negative_binomial": (lambda n: nd.random.generalized_negative_binomial(3, 0.5, n), 3, 7.5),
    "nd.multinomial": (lambda n: nd.random.multinomial(nd.array([0.25, 0.75]), n), 0.75, 0.1875),
    "nd.multinomial of weights": (lambda n: nd.random.multinomial(nd.array([1, 3]), n), 0.75, 0.1875),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_moments(name):
    sampler, mean, variance = MOMENTS[name]
    x = sampler(N).asnumpy().astype(numpy.float64)
    assert x.shape == (N,)
    spread = ((x - mean)**2).std() / math.sqrt(N)
    assert abs(x.mean() - mean) < 5 * math.sqrt(variance / N)
    assert abs(((x - mean)**2).mean() - variance) < 5 * spread


def test_array_parameters_reach_their_elements():
    x = np.random.normal(np.array([0.0, 100.0]), np.array([1.0, 0.0]), size=(500, 2)).asnumpy()
    assert abs(x[:, 0].mean()) < 0.3
    assert (x[:, 1] == 100).all()
    x = nd.random.poisson(nd.array([[1.0], [1000.0]]), shape=(50,)).asnumpy()
    assert x.shape == (2, 1, 50)
    assert x[0].max() < 20 < 700 < x[1].min()


def test_multivariate_normal():
    cov = np.array([[2.0, 1.0], [1.0, 3.0]])
    x = np.random.multivariate_normal(np.array([1.0, -1.0]), cov, size=N)
    assert (x.shape, x.dtype) == ((N, 2), numpy.float32)
    numpy.testing.assert_allclose(numpy.cov(x.asnumpy().T), cov.asnumpy(), atol=0.1)
    numpy.testing.assert_allclose(x.asnumpy().mean(0), [1, -1], atol=0.05)
    x = np.random.multivariate_normal(np.zeros(2, dtype="float16"), cov.astype("float16"), size=N)
    assert (x.shape, x.dtype) == ((N, 2), numpy.float16)
    numpy.testing.assert_allclose(numpy.cov(x.asnumpy().T.astype(float)), cov.asnumpy(), atol=0.1)


# -- shapes, dtypes, classes -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("x", "shape", "dtype"), [
    (lambda: np.random.normal(), (), "float32"),
    (lambda: np.random.normal(size=()), (), "float32"),
    (lambda: np.random.normal(size=3), (3,), "float32"),
    (lambda: np.random.normal(0, 1, (2, 0)), (2, 0), "float32"),
    (lambda: np.random.normal(0, 1, 2, "float64"), (2,), "float64"),
    (lambda: np.random.uniform(size=2, dtype="float16"), (2,), "float16"),
    (lambda: np.random.normal(np.zeros(3, "float64")), (3,), "float32"),
    (lambda: np.random.normal(np.zeros((2, 1)), np.ones(3)), (2, 3), "float32"),
    (lambda: np.random.normal([0, 1]), (2,), "float32"),
    (lambda: np.random.rand(), (), "float32"),
    (lambda: np.random.randn(2, 3), (2, 3), "float32"),
    (lambda: np.random.randint(5), (), "int64"),
    (lambda: np.random.randint(0, 5, (2,), "int32"), (2,), "int32"),
    (lambda: np.random.choice(5), (), "int64"),
    (lambda: np.random.choice(np.array([1, 2], dtype="int32"), (2, 2)), (2, 2), "int32"),
    (lambda: np.random.multinomial(5, [0.5, 0.5], (2, 3)), (2, 3, 2), "int64"),
    (lambda: np.random.multinomial(5, [], (2,)), (2, 0), "int64"),
    (lambda: np.random.permutation(4), (4,), "int64"),
    (lambda: np.random.gamma(np.ones(2), 1, (3, 2)), (3, 2), "float32"),
    (lambda: npx.random.bernoulli(0.5, size=2, dtype="bool"), (2,), "bool"),
    (lambda: npx.random.normal_n(np.zeros(2), np.ones(2), batch_shape=3), (3, 2), "float32"),
    (lambda: npx.random.uniform_n(batch_shape=(3,)), (3,), "float32"),
    (lambda: npx.random.categorical(np.ones((2, 3)), 4), (2, 4), "int32"),
    (lambda: nd.random.uniform(), (1,), "float32"),
    (lambda: nd.random.uniform(nd.zeros(2), nd.ones(2), shape=(3, 4)), (2, 3, 4), "float32"),
    (lambda: nd.random.uniform(out=nd.zeros((2, 2))), (2, 2), "float32"),
    (lambda: nd.random.randint(0, 5), (1,), "int32"),
    (lambda: nd.random.randn(2, 3), (2, 3), "float32"),
    (lambda: nd.random.multinomial(nd.ones((2, 2, 2))), (2, 2), "int32"),
    (lambda: nd.random.multinomial(nd.ones(3), dtype="float32"), (1,), "float32"),
    (lambda: nd.random.uniform_like(nd.ones(2, dtype="int32"), 0, 9), (2,), "int32"),
    (lambda: nd.random.normal_like(nd.zeros((2, 3), dtype="float64")), (2, 3), "float64"),
    (lambda: nd.sample_normal(nd.zeros(2), nd.ones(2), shape=3), (2, 3), "float32"),
])
def test_form(x, shape, dtype):
    x = x()
    assert (x.shape, numpy.dtype(x.dtype)) == (shape, numpy.dtype(dtype))


@pytest.mark.parametrize(("x", "cls"), [
    (lambda: np.random.normal(), np.ndarray),
    (lambda: nd.random.normal(), nd.NDArray),
    (lambda: nd.random.gamma(nd.ones(2), nd.ones(2)), nd.NDArray),
    (lambda: npx.random.bernoulli(prob=np.array([0.5])), np.ndarray),
    (lambda: nd.random.multinomial(nd.ones(3)), nd.NDArray),
    (lambda: nd.random.shuffle(nd.arange(3)), nd.NDArray),
    (lambda: np.random.permutation(np.arange(3)), np.ndarray),
])
def test_class(x, cls):
    assert type(x()) is cls


def test_out():
    out = np.zeros(3)
    assert np.random.normal(1, 0, size=3, out=out) is out
    assert out.tolist() == [1, 1, 1]
    with pytest.raises(ShapeError, match="out="):
        np.random.normal(size=2, out=out)


# -- orders ------------------------------------------------------------------------------------------------------------
def test_shuffle_is_in_place_for_np():
    x = np.arange(50)
    assert np.random.shuffle(x) is None
    assert x.tolist() != list(range(50)) == sorted(x.tolist())
    rows = np.arange(20).reshape(10, 2)
    np.random.shuffle(rows)
    assert (rows[:, 1] - rows[:, 0]).tolist() == [1] * 10
    x.attach_grad()
    with autograd.record():
        y = x * 2
        with pytest.raises(InplaceError, match="Inplace operations"):
            np.random.shuffle(y)


def test_shuffle_gives_a_new_array_for_nd():
    x = nd.arange(50)
    y = nd.random.shuffle(x)
    assert x.asnumpy().tolist() == list(range(50)) == sorted(y.asnumpy().tolist()) != y.asnumpy().tolist()


def test_choice_without_replacement():
    assert sorted(np.random.choice(6, 6, replace=False).tolist()) == list(range(6))
    with pytest.raises(ArgumentError, match="larger sample"):
        np.random.choice(5, 6, replace=False)


def test_probabilities_in_half_precision():
    """Their sum is as far from 1 as such roundings take it."""
    p = (numpy.ones(10) / 10).astype("float16")
    assert abs(float(p.astype(float).sum()) - 1) > 1e-4
    assert np.random.choice(10, 4, p=np.array(p, dtype="float16")).shape == (4,)
    assert np.random.multinomial(5, np.array(numpy.nextafter(p, numpy.float16(1)), dtype="float16")).sum() == 5


def test_multinomial_counts():
    p = numpy.array([0.2, 0.3])
    assert np.random.multinomial(5, p).asnumpy().sum() == 5
    assert p.tolist() == [0.2, 0.3]
    assert np.random.multinomial(10, np.array([0.1] * 10), size=4).asnumpy().sum(1).tolist() == [10] * 4
    assert np.random.multinomial(5, [0.0, 1.0]).tolist() == [0, 5]


def test_multinomial_log_probabilities():
    p = nd.array([[0.25, 0.75], [1.0, 0.0]])
    p.attach_grad()
    with autograd.record():
        sample, logs = nd.random.multinomial(p, 5, get_prob=True)
    logs.backward()
    counts = numpy.array([numpy.bincount(row, minlength=2) for row in sample.asnumpy()])
    expected = numpy.divide(counts, p.asnumpy(), where=counts > 0, out=numpy.zeros((2, 2)))
    numpy.testing.assert_allclose(p.grad.asnumpy(), expected, rtol=1e-6)
    numpy.testing.assert_allclose(logs.asnumpy(), numpy.log(numpy.take_along_axis(p.asnumpy(), sample.asnumpy(), 1)))


# -- gradients ---------------------------------------------------------------------------------------------------------
SMOOTH = {
    "normal": (np.random.normal, 2), "uniform": (np.random.uniform, 2), "lognormal": (np.random.lognormal, 2),
    "gumbel": (np.random.gumbel, 2), "logistic": (np.random.logistic, 2), "laplace": (np.random.laplace, 2),
    "exponential": (np.random.exponential, 1), "rayleigh": (np.random.rayleigh, 1), "weibull": (np.random.weibull, 1),
    "pareto": (np.random.pareto, 1), "power": (np.random.power, 1), "normal_n": (npx.random.normal_n, 2),
}


@pytest.mark.parametrize("name", SMOOTH)
def test_gradients_are_those_of_the_same_noise(name):
    """The gradient agrees with a difference between samples drawn from one state."""
    sampler, count = SMOOTH[name]
    points = [numpy.array([1.5, 2.5]), numpy.array([0.7, 1.2])][:count]

    def at(*values):
        random.seed(11)
        return sampler(*(np.array(v.astype("float32")) for v in values))

    xs = [np.array(v.astype("float32")) for v in points]
    for x in xs:
        x.attach_grad()
    random.seed(11)
    with autograd.record():
        y = sampler(*xs)
    y.backward()
    for k, x in enumerate(xs):
        step = numpy.zeros(2) + 0.01
        up, down = ([p + sign * step if j == k else p for j, p in enumerate(points)] for sign in (1, -1))
        expected = (at(*up) - at(*down)).asnumpy() / 0.02
        numpy.testing.assert_allclose(x.grad.asnumpy(), expected, rtol=2e-3, atol=2e-3)


@pytest.mark.parametrize("sampler", [
    lambda a: np.random.gamma(a, 1.0), lambda a: np.random.beta(a, a), lambda a: np.random.chisquare(a),
    lambda a: npx.random.bernoulli(prob=a / 10), lambda a: np.random.f(a, a),
    lambda a: nd.random.multinomial(a.as_nd_ndarray() / 4), lambda a: nd.random.uniform_like(a.as_nd_ndarray()),
])
def test_other_samplers_give_a_zero_gradient(sampler):
    a = np.array([1.5, 2.5])
    a.attach_grad()
    a.grad[:] = 9
    with autograd.record():
        y = sampler(a)
    y.backward()
    assert a.grad.tolist() == [0, 0]


def test_nothing_is_recorded_outside_record():
    scale = np.ones(3)
    scale.attach_grad()
    y = np.random.normal(0, scale)
    with pytest.raises(MXNetError, match="not in a computational graph"):
        y.backward()


# -- errors ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("call", "error", "phrase"), [
    (lambda: np.random.normal(0, -1), ArgumentError, "scale >= 0"),
    (lambda: np.random.normal(0, np.array([1.0, -1.0])), ArgumentError, "scale >= 0"),
    (lambda: np.random.normal(np.zeros(2), 1, size=(3,)), ShapeError, "do not broadcast"),
    (lambda: np.random.normal(size=-1), ShapeError, "negative"),
    (lambda: np.random.normal(size=2.5), DtypeError, "integers"),
    (lambda: np.random.normal("a"), DtypeError, "number or an array"),
    (lambda: np.random.normal(size=2, dtype="int32"), DtypeError, "float16, float32 or float64"),
    (lambda: np.random.rand((2, 3)), DtypeError, "integers"),
    (lambda: np.random.weibull(-1.0), ArgumentError, "a > 0"),
    (lambda: np.random.gamma(-1.0), ArgumentError, "shape > 0"),
    (lambda: np.random.gamma(1.0, np.array([1.0, 0.0])), ArgumentError, "scale > 0"),
    (lambda: np.random.randint(5, 5), ArgumentError, "low >= high"),
    (lambda: np.random.randint(0), ArgumentError, "high <= 0"),
    (lambda: np.random.randint(0, 2.5), DtypeError, "bounds are integers, not 2.5"),
    (lambda: np.random.randint(np.array([0.5, 1.0]), 3), DtypeError, "bounds are integers"),
    (lambda: np.random.multinomial([3, 4], [], (3,)), ShapeError, "broadcast"),
    (lambda: np.random.randint(0, 5, dtype="float32"), DtypeError, "integer type"),
    (lambda: np.random.choice(3, p=[0.5, 0.1, 0.1]), ArgumentError, "add up to 1"),
    (lambda: np.random.multinomial(5, [0.9, 0.5, 0.1]), ArgumentError, "sum"),
    (lambda: np.random.shuffle([1, 2]), DtypeError, "takes an array"),
    (lambda: npx.random.bernoulli(), ArgumentError, "Either `prob` or `logit`"),
    (lambda: nd.random.uniform(3, 2, shape=2), ArgumentError, "above"),
    (lambda: nd.random.uniform(nd.zeros(2), 2), DtypeError, "same type"),
    (lambda: nd.random.normal(nd.zeros(2), nd.ones(3)), ShapeError, "shapes"),
])
def test_errors(call, error, phrase):
    with pytest.raises(error, match=phrase):
        call()
