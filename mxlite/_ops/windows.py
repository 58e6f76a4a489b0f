"""What convolution and pooling are made of: correlations of images with kernels, and sums and maxima over windows.

Images are (batch, channels, *space) with one to three axes of space. The private operators here are closed under
differentiation: every derivative formula names one of them, so all orders exist.
"""

import math
from typing import NamedTuple

import numpy

from mxlite import _dtype
from mxlite._kernels import correlate as products
from mxlite._kernels import window as kernels
from mxlite._op import op
from mxlite._ops.checks import floats_only


class Window(NamedTuple):
    """Shape, step, spacing and padding of a window, one number per axis of space; the padding is that before."""

    kernel: tuple
    stride: tuple
    dilate: tuple
    pad: tuple

    def three(self):
        """The same with axes of length 1 in front, up to three."""
        lead = 3 - len(self.kernel)
        return Window((1,) * lead + self.kernel, (1,) * lead + self.stride, (1,) * lead + self.dilate,
                      (0,) * lead + self.pad)

    def places(self, space):
        """How many positions the window has along each axis, with the same padding behind."""
        return tuple((n + 2 * p - d * (k - 1) - 1) // s + 1 for n, (k, s, d, p) in zip(
            space, zip(*self, strict=True), strict=True))


def _three(space):
    return (1,) * (3 - len(space)) + tuple(space)


def computed_in(name, *arrays):
    """The dtype that a kernel computes in, float32 for halves. Raises DtypeError for integers."""
    dtype = numpy.result_type(*arrays)
    floats_only(name, *arrays)
    return _DTYPES.get(dtype.char, dtype)


_DTYPES = {"e": _dtype.DEFAULT}


def _ready(x, dtype):
    return numpy.ascontiguousarray(x, dtype)


# -- correlation -------------------------------------------------------------------------------------------------------
def _volumes(x):
    """Images with three axes of space."""
    return x.reshape(*x.shape[:2], *_three(x.shape[2:]))


@op(grad={"x": lambda g, x_shape, w, window, groups: correlate_images(g, w, window, groups, x_shape[2:]),
          "w": lambda g, x, window, groups: correlate_kernel(x, g, window, groups)})
def correlate(x, w, window, groups, places):
    """Images correlated with kernels (channels out, channels in of one group, *window) at `places`."""
    return correlation(x, w, window, groups, places)


def correlation(x, w, window, groups, places, bias=None):
    """`correlate` on NumPy arrays, with a number per channel added."""
    dtype, narrow = computed_in("convolution", x, w), numpy.result_type(x, w)
    x, w = _ready(x, dtype), _ready(w, dtype)
    out = products.room((x.shape[0], w.shape[0], *places), x)
    products.forward(_volumes(x), w, _volumes(out), groups, window.three(),
                     None if bias is None else _ready(bias, dtype))
    return out.astype(narrow, copy=False)


@op(grad={"h": lambda g, h_shape, w, window, groups: correlate(g, w, window, groups, h_shape[2:]),
          "w": lambda g, h, window, groups: correlate_kernel(g, h, window, groups)})
def correlate_images(h, w, window, groups, space):
    """The transpose of `correlate` with respect to the images: every element of h times its kernel, added up."""
    dtype, narrow = computed_in("deconvolution", h, w), numpy.result_type(h, w)
    h, w = _ready(h, dtype), _ready(w, dtype)
    out = products.room((h.shape[0], w.shape[1] * groups, *space), h)
    products.backward(_volumes(out), w, _volumes(h), groups, window.three())
    return out.astype(narrow, copy=False)


@op(grad={"x": lambda g, x_shape, h, window, groups: correlate_images(h, g, window, groups, x_shape[2:]),
          "h": lambda g, x, h_shape, window, groups: correlate(x, g, window, groups, h_shape[2:])})
def correlate_kernel(x, h, window, groups):
    """The transpose of `correlate` with respect to the kernels: windows of x times elements of h, added up."""
    dtype, narrow = computed_in("convolution", x, h), numpy.result_type(x, h)
    x, h = _ready(x, dtype), _ready(h, dtype)
    blocks = products.backward_kernels(_volumes(x), _volumes(h), groups, window.three())
    out = numpy.add.reduce(blocks, axis=0)
    return out.reshape(h.shape[1], x.shape[1] // groups, *window.kernel).astype(narrow, copy=False)


# -- pooling -----------------------------------------------------------------------------------------------------------
def _planes(x, dtype):
    """Images as (batch and channels, three axes of space)."""
    return _ready(x, dtype).reshape(math.prod(x.shape[:2]), *_three(x.shape[2:]))


def largest(x, window, places):
    """Numbers of the elements, within their image and channel, that are the largest of a window; not an operator."""
    dtype = computed_in("pooling", x)
    kernel, stride, _, pad = window.three()
    out = numpy.empty((math.prod(x.shape[:2]), *_three(places)), numpy.intp)
    kernels.largest(_planes(x, dtype), out, kernel, stride, pad)
    return out.reshape(*x.shape[:2], *places)


def _flat(x, dtype):
    return _ready(x, dtype).reshape(math.prod(x.shape[:2]), math.prod(x.shape[2:]))


@op(grad={"x": lambda g, x_shape, index: put_on_planes(g, index, x_shape[2:])}, quiet=True)
def pick_of_planes(x, index):
    """The elements numbered within their image and channel; for -1 the smallest number there is."""
    dtype = computed_in("pooling", x)
    out = numpy.empty(index.shape, dtype)
    if out.size:
        kernels.pick(_flat(x, dtype), _flat(index, numpy.intp), _flat(out, dtype), float(numpy.finfo(x.dtype).min))
    return out.astype(x.dtype, copy=False)


@op(grad={"g": lambda g, index: picked_of_planes(g, index)})
def put_on_planes(g, index, space):
    """Images of zeros with g added at the elements that `index` names."""
    dtype = computed_in("pooling", g)
    out = numpy.zeros((*g.shape[:2], *space), dtype)
    if g.size:
        kernels.drop(_flat(g, dtype), _flat(index, numpy.intp), _flat(out, dtype))
    return out.astype(g.dtype, copy=False)


@op(grad={"x": lambda g, x_shape, index: put_on_planes(g, index, x_shape[2:])}, quiet=True)
def picked_of_planes(x, index):
    """`pick_of_planes` with 0 for -1: the transpose of `put_on_planes`."""
    return numpy.where(index < 0, numpy.zeros((), x.dtype), pick_of_planes(x, index))


@op(grad={"x": lambda g, x_shape, window: window_spread(g, window, x_shape[2:])})
def window_sum(x, window, places):
    """Sums over windows at `places`; the padding counts as 0, what lies beyond it as nothing."""
    dtype = computed_in("pooling", x)
    kernel, stride, _, pad = window.three()
    out = numpy.empty((math.prod(x.shape[:2]), *_three(places)), dtype)
    kernels.total(_planes(x, dtype), out, kernel, stride, pad)
    return out.reshape(*x.shape[:2], *places).astype(x.dtype, copy=False)


@op(grad={"g": lambda g, g_shape, window: window_sum(g, window, g_shape[2:])})
def window_spread(g, window, space):
    """Images in which every window has received its element of g: the transpose of `window_sum`."""
    dtype = computed_in("pooling", g)
    kernel, stride, _, pad = window.three()
    out = numpy.zeros((math.prod(g.shape[:2]), *_three(space)), dtype)
    kernels.spread(_planes(g, dtype), out, kernel, stride, pad)
    return out.reshape(*g.shape[:2], *space).astype(g.dtype, copy=False)
