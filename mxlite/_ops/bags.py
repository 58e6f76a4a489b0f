"""Weighted sums of rows that indices name: what sampling an image at points, or over regions, is made of.

A bag is a row of `index` (bags, members): it names rows of x (rows, channels), -1 for none, and `weight`, of the shape
of `index`, holds a factor for each. The three private operators are the derivatives of one trilinear form, the sum of
weight[b, k] h[b, c] x[index[b, k], c], so every order exists.
"""

import numpy

from mxlite._kernels import bags as kernels
from mxlite._op import op
from mxlite._ops.windows import computed_in


def _ready(index, *arrays):
    """(index, arrays as the kernels want them, the dtype of the result)."""
    dtype = computed_in("sampling", *arrays)
    return (numpy.ascontiguousarray(index, numpy.intp), [numpy.ascontiguousarray(a, dtype) for a in arrays],
            numpy.result_type(*arrays))


@op(grad={"x": lambda g, x_shape, weight, index: bag_spread(g, weight, index, x_shape[0]),
          "weight": lambda g, x, index: bag_products(g, x, index)})
def bag_sums(x, weight, index):
    """Per bag the sum of its rows, each times its weight: (bags, channels)."""
    index, (x, weight), narrow = _ready(index, x, weight)
    out = numpy.zeros((len(index), x.shape[1]), x.dtype)
    kernels.sums(x, weight, index, out)
    return out.astype(narrow, copy=False)


@op(grad={"h": lambda g, weight, index: bag_sums(g, weight, index),
          "weight": lambda g, h, index: bag_products(h, g, index)})
def bag_spread(h, weight, index, rows):
    """Rows (rows, channels) to which every bag has added its row of h, times the weight: the transpose of `bag_sums`.
    """
    index, (h, weight), narrow = _ready(index, h, weight)
    out = numpy.zeros((rows, h.shape[1]), h.dtype)
    kernels.spread(h, weight, index, out)
    return out.astype(narrow, copy=False)


@op(grad={"h": lambda g, x, index: bag_sums(x, g, index),
          "x": lambda g, h, x_shape, index: bag_spread(h, g, index, x_shape[0])})
def bag_products(h, x, index):
    """Per bag and member the product of the bag's row of h with the row of x that the member names: (bags, members)."""
    index, (h, x), narrow = _ready(index, h, x)
    out = numpy.empty(index.shape, h.dtype)
    kernels.products(h, x, index, out)
    return out.astype(narrow, copy=False)
