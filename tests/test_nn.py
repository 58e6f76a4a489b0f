"""Neural layers: values, gradients and running statistics against MXNet's; train and predict mode; pooling's rules."""

import numpy
import pytest
from check import Call, NDArray, array, check_grad, check_higher, close
from golden_nn import BATCH_NORM, LAYERS, REGIONS
from samples import values

from mxlite import autograd, nd, np, npx, random
from mxlite._engine.operators import raw
from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError
from mxlite._ops.pooling import l2_normalization
from mxlite._ops.resize import bilinear_resize


def wave(*shape, f=0.7, p=0.3):
    """Numbers that every platform computes alike."""
    n = numpy.arange(int(numpy.prod(shape)))
    return (numpy.sin(f * n + p) + 0.1 * numpy.cos(2.3 * n)).reshape(shape).astype("float32")


def inputs(shapes):
    """One NDArray per shape, with a gradient."""
    out = [nd.array(wave(*s, f=0.7 + 0.13 * k, p=0.3 + k)) for k, s in enumerate(shapes)]
    for x in out:
        x.attach_grad()
    return out


def compare(arrays, figures, what):
    """Asserts that arrays have the recorded shapes and sums."""
    assert len(arrays) == len(figures)
    for x, (shape, *sums) in zip(arrays, figures, strict=True):
        assert x.shape == tuple(shape), what
        a = raw(x).astype("float64").ravel()
        weights = numpy.cos(0.37 * numpy.arange(a.size))
        numpy.testing.assert_allclose([a.sum(), (a * weights).sum(), (a * a).sum()], sums, rtol=1e-4,
                                      atol=3e-6 * (1 + numpy.abs(a).sum()), err_msg=what)


@pytest.mark.parametrize(("name", "shapes", "kwargs", "figures"), LAYERS)
def test_layers_are_those_of_mxnet(name, shapes, kwargs, figures):
    """The value and the gradient of every input."""
    xs = inputs(shapes)
    with autograd.record():
        y = getattr(nd, name)(*xs, **kwargs)
    y.backward(nd.array(wave(*y.shape, f=1.1, p=0.2)))
    compare([y, *[x.grad for x in xs]], figures, f"{name} {kwargs}")


@pytest.mark.parametrize(("kwargs", "figures"), BATCH_NORM)
def test_batch_norm_is_that_of_mxnet(kwargs, figures):
    """Train mode, the running statistics that it leaves, and predict mode with them."""
    n = (2, 3, 4)[kwargs.get("axis", 1)]
    x, gamma, beta = inputs([(2, 3, 4), (n,), (n,)])
    mean, var = nd.array(wave(n, f=0.5)), nd.array(1 + wave(n, f=0.5) ** 2)
    with autograd.record():
        y = nd.BatchNorm(x, gamma, beta, mean, var, **kwargs)
    y.backward(nd.array(wave(*y.shape, f=1.1, p=0.2)))
    after = nd.BatchNorm(x, gamma, beta, mean, var, **kwargs)
    compare([y, x.grad, gamma.grad, beta.grad, mean, var, after], figures, str(kwargs))


def batch_norm(x, mode, **kwargs):
    """(result, running mean) of a batch norm with neutral parameters, after backward where that is possible."""
    n = x.shape[1]
    mean, var, beta = np.zeros(n), np.ones(n), np.zeros(n)
    beta.attach_grad()
    with mode():
        y = npx.batch_norm(x, np.ones(n), beta, mean, var, **kwargs)
    if mode is autograd.record:
        (y[0] if isinstance(y, list) else y).backward(retain_graph=True)
    return y, mean


def test_batch_norm_moves_statistics_when_it_is_trained():
    x = np.array([[1.0, 2.0], [3.0, 6.0]])
    y, mean = batch_norm(x, autograd.record)
    close(mean, numpy.array([0.2, 0.4]), "float32")
    y.backward()
    close(mean, numpy.array([0.38, 0.76]), "float32")
    assert not raw(batch_norm(x, autograd.train_mode)[1]).any()
    for mode in (autograd.pause, autograd.predict_mode, lambda: autograd.record(train_mode=False)):
        y, mean = batch_norm(x, mode)
        assert not raw(mean).any()
        close(y, raw(x) / numpy.sqrt(1.001), "float32")
    assert not raw(batch_norm(x, autograd.record, use_global_stats=True)[1]).any()


def test_batch_norm_with_mean_and_variance():
    x = np.array([[1.0, 2.0], [3.0, 6.0]])
    y, mean, inverse = batch_norm(x, autograd.record, output_mean_var=True)[0]
    assert y.shape == (2, 2)
    close(mean, numpy.array([2.0, 4.0]), "float32")
    close(inverse, numpy.array([1.001, 4.001]) ** -0.5, "float32")
    close(batch_norm(x, autograd.pause, output_mean_var=True)[0][2], numpy.full(2, 1.001) ** -0.5, "float32")


@pytest.mark.parametrize(("name", "training", "predicting"), [
    ("BatchNormWithReLU", [0, 1.7692174, 2.042409, 0, 0], [0.1, 1.7821012, 1.9176862, 0.382099, 0]),
    ("SyncBatchNorm", [-1.6200625, 1.7692176, 2.0424092, -1.0516589, -1.2268013],
     [0.1, 1.7821012, 1.9176862, 0.382099, -1.4128487]),
])
def test_kinds_of_batch_norm_are_those_of_mxnet(name, training, predicting):
    x = nd.array(numpy.sin(numpy.arange(24)).reshape(2, 3, 2, 2))
    for scope, expected in ((autograd.record, training), (autograd.predict_mode, predicting)):
        mean, var = nd.zeros(3), nd.ones(3)
        x.attach_grad()
        with scope():
            y = getattr(nd.contrib, name)(x, nd.ones(3) * 2, nd.ones(3) * 0.1, mean, var, fix_gamma=False)
        if expected is training:
            y.backward()
        numpy.testing.assert_allclose(y.asnumpy().ravel()[:5], expected, rtol=1e-5, atol=1e-6)
        moved = [0.04270473, -0.03985709, 0.00939993] if expected is training else [0, 0, 0]
        numpy.testing.assert_allclose(mean.asnumpy(), moved, rtol=1e-5, atol=1e-7)


def test_statistics_may_move_between_forward_and_backward():
    """What a recorded prediction needs of them is kept, not read again."""
    x = np.array([[1.0, 2.0], [3.0, 6.0]])
    x.attach_grad()
    mean, var = np.zeros(2), np.ones(2)
    with autograd.record(train_mode=False):
        y = npx.batch_norm(x, np.ones(2), np.zeros(2), mean, var)
    var[...] = 100
    y.backward()
    close(x.grad, numpy.full((2, 2), 1.001 ** -0.5), "float32")


X4 = values(2, 2, 4, 5)
COMPOSED = {
    "max": lambda x: npx.pooling(x, kernel=(2, 3), stride=(2, 1), pad=(1, 1), pool_type="max"),
    "max, full": lambda x: npx.pooling(x, kernel=(3, 2), stride=(2, 2), pooling_convention="full"),
    "avg": lambda x: npx.pooling(x, kernel=(2, 3), stride=(2, 1), pad=(1, 1), pool_type="avg"),
    "avg, real": lambda x: npx.pooling(x, kernel=(3, 3), pad=(1, 1), pool_type="avg", count_include_pad=False),
    "sum, same": lambda x: npx.pooling(x, kernel=(2, 2), stride=(3, 3), pool_type="sum", pooling_convention="same"),
    "lp 1": lambda x: npx.pooling(x, kernel=(2, 2), pool_type="lp", p_value=1),
    "lp 2": lambda x: npx.pooling(x, kernel=(2, 2), pool_type="lp", p_value=2),
    "lp 3": lambda x: npx.pooling(x + 3, kernel=(2, 2), pool_type="lp", p_value=3),
    "channels last": lambda x: npx.pooling(x, kernel=(2, 2), pool_type="avg", layout="NHWC"),
    "global": lambda x: npx.pooling(x, global_pool=True, pool_type="avg"),
    "layer norm": lambda x: npx.layer_norm(x, np.array(values(5)), np.array(values(5)), eps=0.1),
    "layer norm, all": lambda x: npx.layer_norm(x, np.array(values(4)), np.array(values(4)), axis=2,
                                                output_mean_var=True),
    "group norm": lambda x: npx.group_norm(x.reshape(2, 4, 2, 5), np.ones(4), np.zeros(4), num_groups=2),
    "instance norm": lambda x: npx.instance_norm(x, np.ones(2), np.zeros(2)),
    "l2": lambda x: l2_normalization(x, mode="channel"),
    "predicting": lambda x: npx.batch_norm(x, np.ones(2), np.zeros(2), np.zeros(2), np.ones(2), fix_gamma=False,
                                           use_global_stats=True),
    "training": lambda x: npx.batch_norm(x, np.ones(2), np.zeros(2), np.zeros(2), np.ones(2), eps=0.1,
                                         fix_gamma=False),
}


@pytest.mark.parametrize("name", COMPOSED)
def test_derivatives(name):
    """First and second derivatives against differences."""
    def compute(x):
        # Differences are taken outside record, where the layer would predict.
        with autograd.train_mode():
            return COMPOSED[name](x)
    call = Call(compute, (X4,), {}, (0,))
    check_grad(call, what=name)
    check_higher(call, 2, what=name)


def pool(x, **kwargs):
    return npx.pooling(np.array(x, dtype="float32").reshape(1, 1, -1), **kwargs).asnumpy().ravel().tolist()


def test_pooling_at_the_end_of_the_data():
    lowest = float(numpy.finfo("float32").min)
    assert pool([1, 2, 3, 4], kernel=(1,), stride=(2,), pooling_convention="full") == [1, 3, lowest]
    assert pool([1, 2, 3, 4], kernel=(1,), stride=(2,), pooling_convention="full", pool_type="avg") == [1, 3, 0]
    assert pool([1, 2, 3], kernel=(2,), stride=(2,), pooling_convention="full", pool_type="avg") == [1.5, 3]
    assert pool([1, 2, 3], kernel=(2,), stride=(2,)) == [2]


def test_maximum_ignores_nan_and_ties_go_to_the_first():
    assert pool([numpy.nan, 1, 2, numpy.nan], kernel=(2,)) == [1, 2, 2]
    x = np.array([[[1.0, 1, 1, 0]]])
    x.attach_grad()
    with autograd.record():
        y = npx.pooling(x, kernel=(2,))
    y.backward(np.array([[[1.0, 10, 100]]]))
    assert x.grad.asnumpy().ravel().tolist() == [1, 10, 100, 0]


def test_power_mean_of_zeros_has_no_slope():
    x = np.array([[[0.0, 0, 1, 0]]])
    x.attach_grad()
    with autograd.record():
        y = npx.pooling(x, kernel=(2,), pool_type="lp", p_value=2)
    y.backward(np.array([[[1.0, 10, 100]]]))
    assert x.grad.asnumpy().ravel().tolist() == [0, 0, 110, 0]


IMAGES = np.ones((1, 1, 4, 4))


@pytest.mark.parametrize(("error", "phrase", "call"), [
    (ArgumentError, "pool_type", lambda: npx.pooling(IMAGES, kernel=(2, 2), pool_type="median")),
    (ArgumentError, "p value", lambda: npx.pooling(IMAGES, kernel=(2, 2), pool_type="lp")),
    (ArgumentError, "kernel", lambda: npx.pooling(IMAGES)),
    (ArgumentError, "disables", lambda: npx.pooling(IMAGES, kernel=(2, 2), pad=(1, 1), pooling_convention="same")),
    (ShapeError, "exceeds", lambda: npx.pooling(IMAGES, kernel=(5, 5))),
    (ShapeError, "kernel=", lambda: npx.pooling(IMAGES, kernel=2)),
    (ShapeError, "is 3D, 4D or 5D", lambda: npx.pooling(np.ones((2, 2)), kernel=(2,))),
    (DtypeError, "floating point", lambda: npx.pooling(IMAGES.astype("int32"), kernel=(2, 2))),
    (ArgumentError, "odd", lambda: nd.LRN(nd.ones((1, 2)), nsize=2)),
    (ArgumentError, "mode", lambda: nd.L2Normalization(nd.ones((1, 2)), mode="row")),
    (ShapeError, "divisible", lambda: nd.GroupNorm(nd.ones((1, 4)), nd.ones(3), nd.ones(3), num_groups=3)),
    (ShapeError, "gamma", lambda: npx.layer_norm(np.ones((2, 3)), np.ones(2), np.ones(3))),
    (ShapeError, "out of bounds", lambda: npx.layer_norm(np.ones((2, 3)), np.ones(2), np.ones(2), axis=2)),
    (ShapeError, "moving_mean", lambda: npx.batch_norm(*[np.ones((2, 3)), np.ones(3), np.ones(3), np.ones(2),
                                                         np.ones(3)])),
    (ArgumentError, "Required", lambda: npx.roi_pooling(IMAGES, np.zeros((1, 5)))),
    (ShapeError, "rois", lambda: npx.roi_pooling(IMAGES, np.zeros((1, 4)), (2, 2), 1.0)),
    (IndexingError, "no image 1", lambda: npx.roi_pooling(IMAGES, np.ones((1, 5)), (2, 2), 1.0)),
    (ArgumentError, "mode", lambda: bilinear_resize(IMAGES, mode="cubic")),
    (ArgumentError, "like", lambda: bilinear_resize(IMAGES, mode="like")),
    (ArgumentError, "scale_height", lambda: bilinear_resize(IMAGES, mode="odd_scale")),
    (ShapeError, "nothing is left", lambda: bilinear_resize(IMAGES, height=0)),
    (ShapeError, "height, width", lambda: bilinear_resize(np.ones((2, 2)))),
    (ArgumentError, "one device", lambda: npx.sync_batch_norm(*[np.ones((2, 3)), *[np.ones(3)] * 4], ndev=2)),
    (ArgumentError, "exceed", lambda: npx.dropout(IMAGES, p=-0.1)),
    (ArgumentError, "mode", lambda: npx.dropout(IMAGES, mode="sometimes")),
    (DtypeError, "floating point", lambda: npx.dropout(IMAGES.astype("int32"))),
])
def test_errors(error, phrase, call):
    with pytest.raises(error, match=phrase):
        call()


# -- dropout -----------------------------------------------------------------------------------------------------------
def dropped(scope=autograd.train_mode, shape=(40, 50), **kwargs):
    random.seed(3)
    x = np.ones(shape)
    x.attach_grad()
    with scope():
        return npx.dropout(x, **kwargs).asnumpy()


def test_dropout_obeys_the_mode():
    for mode in (autograd.train_mode, autograd.record):
        y = dropped(mode, p=0.25)
        assert set(numpy.unique(y)) == {0.0, numpy.float32(4 / 3)}
        assert 0.2 < (y == 0).mean() < 0.3
    for mode in (autograd.pause, autograd.predict_mode, lambda: autograd.record(train_mode=False)):
        assert (dropped(mode) == 1).all()
    assert 0.4 < (dropped(autograd.predict_mode, mode="always") == 0).mean() < 0.6
    assert (dropped(p=0) == 1).all()
    assert (dropped(p=1) == 0).all()


def test_dropout_shares_draws_along_axes():
    y = dropped(axes=(0,))
    assert (y == y[:1]).all()
    assert 0 < (y[0] == 0).mean() < 1


def test_dropout_drops_the_gradient_alike():
    x = np.ones((5, 6))
    x.attach_grad()
    with autograd.record():
        y = npx.dropout(x, p=0.5)
    y.backward()
    numpy.testing.assert_array_equal(x.grad.asnumpy(), y.asnumpy())


def test_a_prediction_is_a_copy():
    x = np.ones(3)
    y = npx.dropout(x)
    y[...] = 2
    assert (x.asnumpy() == 1).all()


# -- the rest ----------------------------------------------------------------------------------------------------------
def test_adaptive_pooling():
    x = nd.array(numpy.arange(25).reshape(1, 1, 5, 5))
    assert nd.contrib.AdaptiveAvgPooling2D(x, output_size=(2, 3)).asnumpy().ravel().tolist() == pytest.approx(
        [5.5, 7.0, 8.5, 15.5, 17.0, 18.5])
    assert nd.contrib.AdaptiveAvgPooling2D(x, output_size=2).asnumpy().ravel().tolist() == pytest.approx(
        [6.0, 8.0, 16.0, 18.0])
    assert nd.contrib.AdaptiveAvgPooling2D(x).asnumpy().ravel().tolist() == [12.0]


def test_up_sampling_of_several():
    small, large = nd.ones((1, 1, 2, 2)), nd.ones((1, 2, 4, 4))
    assert nd.UpSampling(small, large, scale=2, sample_type="nearest", num_args=2).shape == (1, 3, 4, 4)
    y = nd.UpSampling(nd.ones((1, 2, 2, 2)), large, scale=2, sample_type="nearest", num_args=2,
                      multi_input_mode="sum")
    assert (y.asnumpy() == 2).all()


def test_many_images_go_through_in_pieces():
    """More columns than are made at a time give what single images give."""
    x, w = array(values(9, 8, 40, 40)), array(values(4, 8, 5, 5))
    whole = npx.convolution(x, w, kernel=(5, 5), num_filter=4, no_bias=True)
    for k in range(9):
        one = npx.convolution(x[k:k + 1], w, kernel=(5, 5), num_filter=4, no_bias=True)
        close(one[0], raw(whole)[k], "float64")


def test_results_go_to_out_and_keep_the_class():
    out = nd.zeros((1, 1, 2, 2))
    y = nd.Pooling(nd.ones((1, 1, 4, 4)), kernel=(2, 2), stride=(2, 2), out=out)
    assert y is out
    assert (out.asnumpy() == 1).all()
    assert type(nd.LayerNorm(nd.ones((2, 3)), nd.ones(3), nd.ones(3))) is NDArray


def test_group_norm_has_two_defaults():
    x, one, zero = np.array(values(1, 2, 3)), np.ones(1), np.zeros(1)
    close(npx.group_norm(x, one, zero), raw(npx.group_norm(x, one, zero, eps=1e-3)), "float32")
    y = nd.GroupNorm(nd.array(values(1, 2, 3)), nd.ones(1), nd.zeros(1))
    close(y, raw(npx.group_norm(x, one, zero, eps=1e-5)), "float32")


@pytest.mark.parametrize(("rois", "pooled_size", "scale", "expected", "places"), REGIONS)
def test_regions_are_those_of_mxnet(rois, pooled_size, scale, expected, places):
    """The value, and where the gradient arrives."""
    x = nd.array(numpy.sin(1.7 * numpy.arange(192)).reshape(2, 2, 6, 8))
    x.attach_grad()
    with autograd.record():
        y = nd.ROIPooling(x, nd.array(rois), pooled_size=pooled_size, spatial_scale=scale)
    y.backward()
    assert y.shape == (len(rois), 2, *pooled_size)
    numpy.testing.assert_allclose(y.asnumpy().ravel(), expected, atol=1e-5)
    assert x.grad.asnumpy().ravel().nonzero()[0].tolist() == places


def test_derivatives_of_regions():
    rois = np.array([[0.0, 0, 0, 3, 3], [1, 1, 1, 4, 2]])
    call = Call(lambda x: npx.roi_pooling(x, rois, (2, 2), 1.0), (X4,), {}, (0,))
    check_grad(call, what="roi_pooling")
    check_higher(call, 2, what="roi_pooling")


LIKE = {"like": nd.ones((1, 1, 4, 5)), "mode": "like"}


@pytest.mark.parametrize(("kwargs", "aligned", "bordered"), [
    ({"height": 2, "width": 2}, [0, 3, 8, 11], [1.5, 3.5, 7.5, 9.5]),
    ({"height": 1, "width": 1}, [0], [0]),
    (LIKE, [0, 0.75, 1.5, 2.25, 3, 2.66667, 3.41667], [0, 0.7, 1.5, 2.3, 3, 2.5, 3.2]),
    ({"scale_height": 2.0, "scale_width": 1.5}, [0, 0.6, 1.2, 1.8, 2.4, 3, 1.6], [0, 0.5, 1.16667, 1.83333, 2.5, 3, 1]),
    ({"scale_height": 2.0, "scale_width": 1.5, "mode": "odd_scale"}, [0, 0.6, 1.2, 1.8, 2.4, 3, 2],
     [0, 0.5, 1.16667, 1.83333, 2.5, 3, 1.6]),
    ({"mode": "to_even_down"}, [0, 1, 2, 3, 8, 9, 10, 11], [1, 2, 3, 4, 7, 8, 9, 10]),
    ({"mode": "to_even_up"}, [0, 1, 2, 3, 2.66667], [0, 1, 2, 3, 2.5]),
    ({"mode": "to_odd_down"}, [0, 1.5, 3, 4, 5.5, 7], [0.16667, 1.5, 2.83333, 4.16667]),
    ({"mode": "to_odd_up"}, [0, 0.75, 1.5, 2.25, 3, 4], [0, 0.7, 1.5, 2.3, 3, 4]),
])
def test_resized_images_are_those_of_mxnet(kwargs, aligned, bordered):
    x = nd.array(numpy.arange(12).reshape(1, 1, 3, 4))
    for align_corners, expected in ((True, aligned), (False, bordered)):
        y = nd.contrib.BilinearResize2D(x, align_corners=align_corners, **kwargs).asnumpy().ravel()
        numpy.testing.assert_allclose(y[:len(expected)], expected, atol=2e-5)


def test_derivatives_of_resized_images():
    call = Call(lambda x: bilinear_resize(x, height=3, width=7), (X4,), {}, (0,))
    check_grad(call, what="resize")
    check_higher(call, 2, what="resize")
