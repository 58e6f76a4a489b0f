"""Vision functions that are composed of operators: derivatives, classes of results, empty arrays, errors.

Values and first gradients of MXNet are in tests/golden (vision_*), the operators' samples in tests/samples/vision_*.
"""

import numpy
import pytest
from check import NDArray, check_function, ndarray
from samples import values

from mxlite import autograd, nd, np, npx
from mxlite._errors import ArgumentError, DtypeError, IndexingError, ShapeError
from mxlite._ops import roi
from mxlite._ops.deformable import (
    deformable_convolution,
    deformable_psroi_pooling,
    modulated_deformable_convolution,
)
from mxlite._ops.displaced import correlation
from mxlite._ops.khatri_rao import khatri_rao
from mxlite._ops.sampler import bilinear_sampler, grid_generator, spatial_transformer

ROIS = np.array([[0, 1, 1, 2, 3], [0, 0, 2, 3, 3.4]], dtype="float64")
WINDOW = {"kernel": (2, 2), "num_filter": 2}
BINS = {"spatial_scale": 1.0, "output_dim": 2, "pooled_size": 2, "group_size": 2}


def fractions(*shape, seed=0):
    """Values that keep points away from elements, where interpolation has kinks."""
    return values(*shape, low=0.1, high=0.9, seed=seed)


FUNCTIONS = {
    "BilinearSampler": (bilinear_sampler, values(1, 2, 3, 4), values(1, 2, 2, 2, low=-1.2, high=1.2)),
    "GridGenerator affine": (lambda m: grid_generator(m, "affine", (2, 3)), values(2, 6)),
    "GridGenerator warp": (lambda f: grid_generator(f, "warp"), values(1, 2, 2, 3)),
    "SpatialTransformer": (lambda x, m: spatial_transformer(x, m, (2, 3), "affine", "bilinear"), values(1, 2, 3, 4),
                           values(1, 6, low=-0.8, high=0.8)),
    "Correlation": (lambda a, b: correlation(a, b, pad_size=1), values(1, 2, 3, 3), values(1, 2, 3, 3, seed=1)),
    "Correlation of differences": (lambda a, b: correlation(a, b, pad_size=1, is_multiply=False),
                                   values(1, 2, 3, 3, low=0.2), values(1, 2, 3, 3, high=-0.2)),
    "Correlation of windows": (lambda a, b: correlation(a, b, 3, 1, stride1=2, pad_size=2), values(1, 1, 4, 4),
                               values(1, 1, 4, 4, seed=1)),
    "DeformableConvolution": (
        lambda *xs: deformable_convolution(*xs, **WINDOW, pad=(1, 0)), values(1, 2, 3, 4), fractions(1, 8, 4, 3),
        values(2, 2, 2, 2), values(2)),
    "DeformableConvolution in groups": (
        lambda *xs: deformable_convolution(*xs, **WINDOW, num_group=2, num_deformable_group=2, no_bias=True),
        values(1, 2, 3, 3), fractions(1, 16, 2, 2), values(2, 1, 2, 2)),
    "ModulatedDeformableConvolution": (
        lambda *xs: modulated_deformable_convolution(*xs, **WINDOW, pad=(1, 0)), values(1, 2, 3, 4),
        fractions(1, 8, 4, 3), values(1, 4, 4, 3), values(2, 2, 2, 2), values(2)),
    "DeformablePSROIPooling": (
        lambda x, t: deformable_psroi_pooling(x, ROIS, t, **BINS, sample_per_part=2, trans_std=0.1),
        values(1, 8, 4, 5), fractions(2, 4, 2, 2)),
    "khatri_rao": (khatri_rao, values(2, 3), values(1, 3), values(2, 3, seed=1)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_derivatives(name):
    """First and second derivatives in every array."""
    function, *arrays = FUNCTIONS[name]
    check_function(function, *arrays)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if not name.startswith("DeformablePS")])
def test_classes(name):
    """NDArrays give the same values as an NDArray, with gradients; mixed with np arrays they give np arrays."""
    function, *arrays = FUNCTIONS[name]
    results, gradients = [], []
    for cls in (np.array, nd.array):
        xs = [cls(x, dtype="float64") for x in arrays]
        for x in xs:
            x.attach_grad()
        with autograd.record():
            results.append(function(*xs))
        results[-1].backward()
        gradients.append([x.grad.asnumpy() for x in xs])
    assert [type(y) for y in results] == [ndarray, NDArray]
    numpy.testing.assert_array_equal(*[y.asnumpy() for y in results])
    for g, e in zip(*gradients, strict=True):
        numpy.testing.assert_array_equal(g, e)
    if len(arrays) > 1:
        first, *rest = arrays
        assert type(function(nd.array(first, dtype="float64"), *map(np.array, rest))) is ndarray


@pytest.mark.parametrize("name", FUNCTIONS)
def test_out(name):
    """The result in given memory."""
    function, *arrays = FUNCTIONS[name]
    if function.__name__ == "<lambda>":
        return
    xs = [np.array(x) for x in arrays]
    expected = function(*xs)
    out = np.zeros(expected.shape, dtype="float64")
    assert function(*xs, out=out) is out
    numpy.testing.assert_array_equal(out.asnumpy(), expected.asnumpy())


def test_no_offsets_is_a_convolution():
    """Without offsets, and with neutral masks, deformable convolutions are convolutions."""
    x, w, b = (np.array(v) for v in (values(2, 2, 5, 4), values(2, 2, 2, 2), values(2)))
    plain = npx.convolution(x, w, b, **WINDOW, stride=(2, 1), dilate=(1, 2))
    offset = np.zeros((2, 8, *plain.shape[2:]), dtype="float64")
    for y in (npx.deformable_convolution(x, offset, w, b, **WINDOW, stride=(2, 1), dilate=(1, 2)),
              npx.modulated_deformable_convolution(x, offset, np.ones((2, 4, *plain.shape[2:]), dtype="float64"), w, b,
                                                   **WINDOW, stride=(2, 1), dilate=(1, 2))):
        numpy.testing.assert_allclose(y.asnumpy(), plain.asnumpy(), rtol=1e-12, atol=1e-13)


def test_identity_transformer():
    """The identity samples the elements themselves."""
    x = np.array(values(2, 3, 4, 5))
    maps = np.array([[1, 0, 0, 0, 1, 0]] * 2, dtype="float64")
    y = spatial_transformer(x, maps, (4, 5), "affine", "bilinear")
    numpy.testing.assert_allclose(y.asnumpy(), x.asnumpy(), rtol=1e-12)


def test_a_missing_neighbour_is_not_read():
    """What is infinite or nan in an image reaches only the samples next to it."""
    x = numpy.ones((1, 1, 3, 3))
    x[0, 0, 0, 0] = numpy.inf
    y = roi.roi_align(np.array(x), np.array([[0, 1.5, 1.5, 2.5, 2.5]], dtype="float64"), (1, 1), 1.0)
    assert y.asnumpy().ravel().tolist() == [1.0]
    points = np.array([[[[0.9, 1.8]], [[0.9, 1.8]]]], dtype="float64")
    assert numpy.isfinite(bilinear_sampler(np.array(x), points).asnumpy()).all()


@pytest.mark.parametrize("function", [
    lambda x, r: roi.roi_align(x, r, (2, 2), 1.0),
    lambda x, r: roi.rotated_roi_align(x, np.concatenate([r, 10 * r[:, :1]], axis=1), (2, 2), 1.0),
    lambda x, r: roi.psroi_pooling(x, r, 1.0, 2, 2),
])
def test_pieces(function, monkeypatch):
    """Regions taken in pieces give what they give together."""
    x = np.array(values(2, 8, 9, 8))
    regions = np.array([[k % 2, *corner, *(corner + size)] for k, (corner, size) in enumerate(zip(
        values(7, 2, low=0, high=4), values(7, 2, low=0.5, high=6, seed=1), strict=True))], dtype="float64")
    found = []
    for members in (1 << 20, 100):
        monkeypatch.setattr(roi, "_MEMBERS", members)
        x.attach_grad()
        with autograd.record():
            y = function(x, regions)
        y.backward()
        found.append((y.asnumpy(), x.grad.asnumpy()))
    for together, apart in zip(*found, strict=True):
        numpy.testing.assert_allclose(apart, together, rtol=1e-12, atol=1e-14)


def test_empty_arrays():
    """No images, no regions."""
    assert bilinear_sampler(np.zeros((0, 2, 3, 3)), np.zeros((0, 2, 4, 5))).shape == (0, 2, 4, 5)
    assert spatial_transformer(np.zeros((0, 2, 3, 3)), np.zeros((0, 6)), (2, 2), "affine", "bilinear").shape == (
        0, 2, 2, 2)
    assert correlation(np.zeros((0, 2, 3, 3)), np.zeros((0, 2, 3, 3))).shape == (0, 9, 1, 1)
    assert deformable_convolution(np.zeros((0, 2, 3, 3)), np.zeros((0, 8, 2, 2)), np.zeros((2, 2, 2, 2)), **WINDOW,
                                  no_bias=True).shape == (0, 2, 2, 2)
    assert deformable_psroi_pooling(np.zeros((1, 8, 4, 4)), np.zeros((0, 5)), no_trans=True, **BINS).shape == (
        0, 2, 2, 2)


IMAGES, OFFSETS, WEIGHT = np.zeros((1, 2, 3, 3)), np.zeros((1, 8, 2, 2)), np.zeros((2, 2, 2, 2))


@pytest.mark.parametrize(("exception", "phrase", "call"), [
    (ShapeError, "grid", lambda: bilinear_sampler(IMAGES, np.zeros((1, 3, 2, 2)))),
    (DtypeError, "one dtype", lambda: bilinear_sampler(IMAGES, np.zeros((1, 2, 1, 1), dtype="float64"))),
    (DtypeError, "floating point", lambda: bilinear_sampler(IMAGES.astype(int), np.zeros((1, 2, 1, 1), dtype=int))),
    (ArgumentError, "'affine' or 'warp'", lambda: grid_generator(np.zeros((1, 6)))),
    (ArgumentError, "target_shape", lambda: grid_generator(np.zeros((1, 6)), "affine")),
    (ArgumentError, "target_shape", lambda: grid_generator(np.zeros((1, 6)), "affine", 3)),
    (ShapeError, "6 numbers", lambda: grid_generator(np.zeros((1, 5)), "affine", (2, 2))),
    (ShapeError, "flow", lambda: grid_generator(np.zeros((1, 3, 2, 2)), "warp")),
    (ArgumentError, "sampler_type", lambda: spatial_transformer(IMAGES, np.zeros((1, 6)), (2, 2), "affine")),
    (ShapeError, "(batch, 6)", lambda: spatial_transformer(IMAGES, np.zeros((2, 6)), (2, 2), "affine", "bilinear")),
    (ShapeError, "both are", lambda: correlation(IMAGES, IMAGES[:, :1])),
    (ArgumentError, "kernel_size=2", lambda: correlation(IMAGES, IMAGES, kernel_size=2)),
    (ArgumentError, "stride1=0", lambda: correlation(IMAGES, IMAGES, stride1=0)),
    (ShapeError, "nothing", lambda: correlation(IMAGES, IMAGES, max_displacement=2)),
    (ArgumentError, "num_filter", lambda: deformable_convolution(IMAGES, OFFSETS, WEIGHT, kernel=(2, 2))),
    (ArgumentError, "bias", lambda: deformable_convolution(IMAGES, OFFSETS, WEIGHT, **WINDOW)),
    (ArgumentError, "layout", lambda: deformable_convolution(IMAGES, OFFSETS, WEIGHT, **WINDOW, no_bias=True,
                                                             layout="NHWC")),
    (ShapeError, "offset should have", lambda: deformable_convolution(IMAGES, OFFSETS[:, :4], WEIGHT, **WINDOW,
                                                                      no_bias=True)),
    (ShapeError, "weight should have", lambda: deformable_convolution(IMAGES, OFFSETS, WEIGHT[:1], **WINDOW,
                                                                      no_bias=True)),
    (ShapeError, "mask should have", lambda: modulated_deformable_convolution(IMAGES, OFFSETS, OFFSETS, WEIGHT,
                                                                              **WINDOW, no_bias=True)),
    (ShapeError, "divides", lambda: deformable_convolution(IMAGES, OFFSETS, WEIGHT, **WINDOW, no_bias=True,
                                                           num_group=3)),
    (ShapeError, "exceeds", lambda: deformable_convolution(IMAGES[:, :, :1], OFFSETS, WEIGHT, **WINDOW, no_bias=True)),
    (ShapeError, "data is", lambda: deformable_convolution(IMAGES[0], OFFSETS, WEIGHT, **WINDOW, no_bias=True)),
    (ArgumentError, "no_trans", lambda: deformable_psroi_pooling(np.zeros((1, 8, 4, 4)), np.zeros((1, 5)), **BINS)),
    (ShapeError, "trans is", lambda: deformable_psroi_pooling(np.zeros((1, 8, 4, 4)), np.zeros((1, 5)),
                                                              np.zeros((1, 2, 3, 3)), **BINS)),
    (ShapeError, "fewer channels", lambda: deformable_psroi_pooling(IMAGES, np.zeros((1, 5)), no_trans=True, **BINS)),
    (ArgumentError, "sample_per_part", lambda: deformable_psroi_pooling(
        np.zeros((1, 8, 4, 4)), np.zeros((1, 5)), no_trans=True, sample_per_part=0, **BINS)),
    (IndexingError, "images", lambda: deformable_psroi_pooling(np.zeros((1, 8, 4, 4)), np.ones((1, 5)), no_trans=True,
                                                               **BINS)),
    (DtypeError, "one matrix", khatri_rao),
    (ShapeError, "as many columns", lambda: khatri_rao(np.zeros((2, 3)), np.zeros((2, 2)))),
    (ShapeError, "as many columns", lambda: khatri_rao(np.zeros(()))),
    (DtypeError, "one dtype", lambda: khatri_rao(np.zeros((2, 3)), np.zeros((2, 3), dtype="float64"))),
])
def test_errors(exception, phrase, call):
    with pytest.raises(exception) as raised:
        call()
    assert type(raised.value) is exception
    assert phrase in str(raised.value)
