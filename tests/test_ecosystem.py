"""Other libraries take our arrays; copies and pickles; the log. Each library is tested where it is installed."""

import copy
import json
import os
import pickle
import subprocess
import sys

import numpy
import pytest
from check import NDArray, array, ndarray

from mxlite import autograd, np

X = numpy.array([[1.0, -2, 3], [0.5, 4, -0.25], [2, 2, 1]])
# What libraries deprecate in each other is not for us to mend.
pytestmark = [pytest.mark.filterwarnings(f"ignore::{kind}") for kind in (
    "DeprecationWarning", "PendingDeprecationWarning", "FutureWarning")]
CLASSES = pytest.mark.parametrize("cls", [ndarray, NDArray])


def needs(name):
    return pytest.importorskip(name, reason=f"{name} is not installed")


# -- copies and pickles ------------------------------------------------------------------------------------------------
@CLASSES
def test_pickles_out_of_band(cls):
    """Protocol 5 hands the memory out instead of copying it into the pickle."""
    x = array(numpy.arange(10_000.0), cls)
    buffers = []
    text = pickle.dumps(x, protocol=5, buffer_callback=buffers.append)
    assert len(text) < 500
    assert [b.raw().nbytes for b in buffers] == [80_000]
    y = pickle.loads(text, buffers=[bytearray(b.raw()) for b in buffers])
    assert type(y) is cls
    assert (y.asnumpy() == x.asnumpy()).all()


def test_pickles_of_one_process_share_nothing():
    x = array(numpy.ones(20_000))
    later, buffers = x * 2.0, []
    text = pickle.dumps(x, protocol=5, buffer_callback=buffers.append)
    y = pickle.loads(text, buffers=buffers)
    y[:] = 9.0
    assert (x.asnumpy() == 1).all()
    assert (later.asnumpy() == 2).all()


def test_read_only_buffers_are_copied():
    x = array(numpy.arange(10_000.0))
    buffers = []
    text = pickle.dumps(x, protocol=5, buffer_callback=buffers.append)
    kept = [bytes(b.raw()) for b in buffers]
    before = [b[:80] for b in kept]
    y = pickle.loads(text, buffers=kept)
    y += y
    y[0] = 7
    assert [b[:80] for b in kept] == before
    assert y[:3].tolist() == [7, 2, 4]


@CLASSES
def test_deep_copies(cls):
    x = array(X, cls)
    found = copy.deepcopy({"a": [x, x], "b": (x,)})
    assert found["a"][0] is found["a"][1] is found["b"][0]
    assert type(found["a"][0]) is cls
    assert not numpy.shares_memory(numpy.asarray(found["a"][0]), numpy.asarray(x))
    assert copy.copy(x) is not x


# -- libraries ---------------------------------------------------------------------------------------------------------
@CLASSES
def test_scipy(cls):
    linalg, optimize, special, stats, interpolate, signal = (
        needs(f"scipy.{name}") for name in ("linalg", "optimize", "special", "stats", "interpolate", "signal"))
    x = array(X, cls)
    numpy.testing.assert_allclose(linalg.expm(x), linalg.expm(X))
    numpy.testing.assert_allclose(linalg.solve(x, x[0]), linalg.solve(X, X[0]))
    numpy.testing.assert_allclose(numpy.asarray(special.expit(x)), special.expit(X))
    assert stats.ttest_ind(x[0], x[1]).pvalue == pytest.approx(stats.ttest_ind(X[0], X[1]).pvalue)
    assert interpolate.CubicSpline(array(numpy.arange(3.0), cls), x[0])(0.5) == pytest.approx(
        interpolate.CubicSpline(numpy.arange(3.0), X[0])(0.5))
    numpy.testing.assert_allclose(numpy.asarray(signal.convolve(x[0], x[1])), signal.convolve(X[0], X[1]))
    needs("scipy.sparse")
    from scipy import sparse
    numpy.testing.assert_allclose(sparse.csr_array(x).toarray(), X)

    def rosenbrock(w):
        return (100.0 * (w[1:] - w[:-1] ** 2) ** 2 + (1 - w[:-1]) ** 2).sum()

    def both(w):
        value, gradient = autograd.value_and_grad(rosenbrock)(np.array(w, dtype="float64"))
        return value, gradient

    found = optimize.minimize(both, array(numpy.zeros(4), cls), jac=True, method="BFGS")
    numpy.testing.assert_allclose(found.x, 1, atol=1e-4)
    found = optimize.least_squares(lambda w: np.array(w, dtype="float64") ** 2 - 2.0, numpy.ones(2))
    numpy.testing.assert_allclose(found.x, 2**0.5, atol=1e-6)


@CLASSES
def test_pandas(cls):
    pandas = needs("pandas")
    x = array(X, cls)
    frame = pandas.DataFrame(x, columns=list("abc"))
    pandas.testing.assert_frame_equal(frame, pandas.DataFrame(X, columns=list("abc")))
    series = pandas.Series(x[0])
    assert series.tolist() == X[0].tolist()
    frame["d"] = x[1]
    assert frame["d"].tolist() == X[1].tolist()
    assert np.array(frame["a"]).tolist() == X[:, 0].tolist()
    assert np.array(frame.to_numpy()[:, :3], dtype="float64").tolist() == X.tolist()


@CLASSES
def test_matplotlib(cls, tmp_path):
    matplotlib = needs("matplotlib")
    matplotlib.use("svg")
    from matplotlib import pyplot
    x = array(X, cls)
    figure, axes = pyplot.subplots(2, 3)
    line, = axes[0, 0].plot(x[0], x[1])
    assert line.get_ydata().tolist() == X[1].tolist()
    image = axes[0, 1].imshow(x)
    assert (image.get_array() == X).all()
    assert axes[0, 2].hist(x.reshape((9,)))[0].sum() == 9
    points = axes[1, 0].scatter(x[0], x[1], c=x[2])
    assert points.get_offsets().tolist() == X[:2].T.tolist()
    if cls is ndarray:      # which asks for the elements, and those of an NDArray are arrays of shape (1,)
        bars = axes[1, 1].bar(list("abc"), x[0])
        assert [bar.get_height() for bar in bars] == X[0].tolist()
    axes[1, 2].errorbar(x[0], x[1], yerr=abs(x[2]))
    axes[1, 2].fill_between(array(numpy.arange(3.0), cls), x[0], x[1])
    axes[1, 2].contour(x)
    figure.savefig(tmp_path / "figure.svg")
    pyplot.close(figure)


@CLASSES
def test_scikit_learn(cls):
    sklearn = needs("sklearn")
    from sklearn import linear_model, model_selection, preprocessing
    random = numpy.random.default_rng(3)
    features = random.normal(size=(60, 4))
    target = features @ numpy.array([1.0, -2, 0.5, 3]) + 1
    x, y = array(features, cls), array(target, cls)
    model = linear_model.LinearRegression().fit(x, y)
    numpy.testing.assert_allclose(model.coef_, [1, -2, 0.5, 3], atol=1e-8)
    numpy.testing.assert_allclose(numpy.asarray(model.predict(x)), target, atol=1e-8)
    scaled = preprocessing.StandardScaler().fit_transform(x)
    numpy.testing.assert_allclose(numpy.asarray(scaled).mean(0), 0, atol=1e-8)
    train, test = model_selection.train_test_split(x, test_size=0.25, random_state=0)
    assert (train.shape, test.shape) == ((45, 4), (15, 4))
    labels = array((target > 0).astype("int64"), cls)
    assert linear_model.LogisticRegression().fit(x, labels).score(x, labels) > 0.9
    assert sklearn.utils.check_array(x).tolist() == features.tolist()
    assert sklearn.base.clone(model).fit(x, y).score(x, y) > 0.999


DISPATCH = """
import sklearn
from sklearn.preprocessing import MinMaxScaler
from mxlite import np
sklearn.set_config(array_api_dispatch=True)
x = np.array([[1.0, -2, 3], [0.5, 4, -0.25], [2, 2, 1]])
found = MinMaxScaler().fit_transform(x)
assert type(found) is np.ndarray
print(found.tolist())
"""


def test_scikit_learn_on_our_arrays():
    """With array_api_dispatch the computation itself is done by mxlite; the switch is read at import."""
    needs("sklearn")
    from sklearn.preprocessing import MinMaxScaler
    done = subprocess.run([sys.executable, "-c", DISPATCH], env={**os.environ, "SCIPY_ARRAY_API": "1"}, check=True,
                          capture_output=True, text=True)
    numpy.testing.assert_allclose(json.loads(done.stdout), MinMaxScaler().fit_transform(X), rtol=1e-6)


@CLASSES
def test_joblib(cls, tmp_path):
    joblib = needs("joblib")
    x = array(numpy.arange(1000.0), cls)
    joblib.dump({"x": x}, tmp_path / "x.joblib")
    for mode in (None, "r", "c", "r+"):
        y = joblib.load(tmp_path / "x.joblib", mmap_mode=mode)["x"]
        assert type(y) is cls
        assert (y.asnumpy() == x.asnumpy()).all()
        if mode != "r+":
            y += y
    assert joblib.load(tmp_path / "x.joblib")["x"][2] == 2
    assert joblib.hash(x) == joblib.hash(array(numpy.arange(1000.0), cls))
    memory = joblib.Memory(tmp_path, verbose=0)
    calls = []

    def double(x):
        calls.append(1)
        return x * 2

    cached = memory.cache(double)
    assert (cached(x).asnumpy() == cached(x).asnumpy()).all()
    assert len(calls) == 1
    assert joblib.Parallel(n_jobs=2, prefer="threads")(joblib.delayed(np.sum)(array(X) * k) for k in (1, 2)) == [
        X.sum(), 2 * X.sum()]


def test_array_api_compat():
    compat = needs("array_api_compat")
    x = array(X)
    space = compat.array_namespace(x)
    assert space.__name__ == "mxlite.array_api"
    assert compat.is_array_api_obj(x)
    assert compat.size(x) == 9
    assert compat.device(x) == x.device
    assert compat.to_device(x, x.device) is x
