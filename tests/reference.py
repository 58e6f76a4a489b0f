"""Plain NumPy forms of compiled kernels, one element of the window at a time: what the kernels are tested against."""

import itertools

import numpy


def _offsets(window):
    return itertools.product(*[range(k) for k in window.kernel])


def _views(padded, window, places):
    """Per element of the window: its key, and the view of the padded images that holds it at every place."""
    for offset in _offsets(window):
        key = tuple(slice(o * d, o * d + (m - 1) * s + 1, s) for o, d, m, s in zip(
            offset, window.dilate, places, window.stride, strict=True))
        yield offset, padded[(slice(None), slice(None), *key)]


def _pad(x, window, behind):
    return numpy.pad(x, [(0, 0), (0, 0), *[(p, b) for p, b in zip(window.pad, behind, strict=True)]])


def _inside(padded, window, space):
    return padded[(slice(None), slice(None), *[slice(p, p + n) for p, n in zip(window.pad, space, strict=True)])]


def _reach(window, space, places):
    """Padding behind that lets every window fit."""
    return tuple(max(0, (m - 1) * s + d * (k - 1) + 1 - n - p) for m, s, d, k, n, p in zip(
        places, window.stride, window.dilate, window.kernel, space, window.pad, strict=True))


def _grouped(w, groups):
    """Kernels (groups, channels out, channels in, *window)."""
    return w.reshape(groups, w.shape[0] // groups, *w.shape[1:])


def _split(x, groups):
    return x.reshape(x.shape[0], groups, x.shape[1] // groups, *x.shape[2:])


def correlate(x, w, window, groups):
    """Images correlated with kernels."""
    places = window.places(x.shape[2:])
    out = numpy.zeros((x.shape[0], groups, w.shape[0] // groups, *places))
    for offset, view in _views(_pad(x, window, window.pad), window, places):
        kernel = _grouped(w, groups)[(Ellipsis, *offset)]
        out += numpy.einsum("ngi...,goi->ngo...", _split(view, groups), kernel)
    return out.reshape(x.shape[0], w.shape[0], *places)


def correlate_images(h, w, window, groups, space):
    """The transpose of `correlate` with respect to the images."""
    places = h.shape[2:]
    padded = _pad(numpy.zeros((h.shape[0], w.shape[1] * groups, *space)), window, _reach(window, space, places))
    for offset, view in _views(padded, window, places):
        kernel = _grouped(w, groups)[(Ellipsis, *offset)]
        view += numpy.einsum("ngo...,goi->ngi...", _split(h, groups), kernel).reshape(view.shape)
    return _inside(padded, window, space)


def correlate_kernel(x, h, window, groups):
    """The transpose of `correlate` with respect to the kernels."""
    places = h.shape[2:]
    out = numpy.zeros((groups, h.shape[1] // groups, x.shape[1] // groups, *window.kernel))
    axes = "xyz"[:len(places)]
    for offset, view in _views(_pad(x, window, _reach(window, x.shape[2:], places)), window, places):
        out[(Ellipsis, *offset)] = numpy.einsum(f"ngi{axes},ngo{axes}->goi", _split(view, groups), _split(h, groups))
    return out.reshape(h.shape[1], x.shape[1] // groups, *window.kernel)


def picked(x, index):
    """Elements by their number within an image and channel, 0 for -1."""
    flat = numpy.concatenate([x.reshape(*x.shape[:2], -1), numpy.zeros((*x.shape[:2], 1))], axis=-1)
    return numpy.take_along_axis(flat, index, -1)


def put(g, index, space):
    """The transpose of `picked`."""
    out = numpy.zeros((*g.shape[:2], int(numpy.prod(space)) + 1))
    a, b = numpy.ogrid[:g.shape[0], :g.shape[1]]
    numpy.add.at(out, (a[..., None], b[..., None], index), g)
    return out[..., :-1].reshape(*g.shape[:2], *space)


def window_sum(x, window, places):
    """Sums over windows."""
    padded = _pad(x, window, _reach(window, x.shape[2:], places))
    return sum(view for _, view in _views(padded, window, places))


def window_spread(g, window, space):
    """The transpose of `window_sum`."""
    places = g.shape[2:]
    padded = _pad(numpy.zeros((*g.shape[:2], *space)), window, _reach(window, space, places))
    for _, view in _views(padded, window, places):
        view += g
    return _inside(padded, window, space)
