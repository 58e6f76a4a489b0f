"""Layers that neither slide nor normalise: fully connected, dropout, up-sampling."""

import math

import numpy

from mxlite._engine.operators import from_raw
from mxlite._engine.operators import raw as raw_of
from mxlite._engine.tape import is_training
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._generator import generator
from mxlite._kernels.products import rows_multiplied
from mxlite._op import composed, op
from mxlite._ops.checks import floats_only, weights_and_bias
from mxlite._ops.convolution import deconvolution
from mxlite._ops.join import concatenate
from mxlite._ops.operands import into
from mxlite._ops.rearrange import repeat
from mxlite._ops.shape import copy


def _rows(x, shape, flatten):
    """Data of a shape as the rows that the layer multiplies."""
    if len(shape) == 2:
        return x
    width = math.prod(shape[1:]) if flatten else shape[-1]
    return x.reshape(math.prod(shape[:1] if flatten else shape[:-1]), width)


def _head(g, weight_shape):
    return g.reshape(math.prod(g.shape[:-1]), weight_shape[0])


@op(npx="fully_connected", nd="FullyConnected",
    grad={"data": lambda g, weight, data_shape: numpy.matmul(_head(g, weight.shape), weight).reshape(data_shape),
          "weight": lambda g, data, weight_shape, flatten: numpy.matmul(
              _head(g, weight_shape).T, _rows(data, data.shape, flatten)),
          "bias": lambda g, weight_shape: numpy.sum(_head(g, weight_shape), axis=0)})
def fully_connected(data, weight, bias=None, num_hidden=None, no_bias=False, flatten=True, out=None):
    """data times the transpose of weight (num_hidden, width), plus bias.

    With `flatten` all axes of data but the first are one, else only its last axis is multiplied. Raises ShapeError
    where shapes do not fit, ArgumentError unless the bias is given or no_bias=True.

    >>> npx.fully_connected(np.array([[1.0, 2.0]]), np.ones((3, 2)), np.array([0.0, 1.0, 2.0]), num_hidden=3)
    array([[3., 4., 5.]])
    """
    name = "fully_connected"
    if num_hidden is None:
        raise ArgumentError(f"{name}: Required parameter num_hidden is not presented")
    weights_and_bias(name, data, weight, bias, no_bias)
    if data.ndim == 0:
        raise ShapeError(operand_message(name, (data, weight), "data has one axis at least."))
    rows = _rows(data, data.shape, flatten)
    if weight.shape != (num_hidden, rows.shape[1]):
        raise ShapeError(operand_message(
            name, (data, weight), f"weight should have the shape {(num_hidden, rows.shape[1])}."))
    if bias is not None and bias.shape != (num_hidden,):
        raise ShapeError(operand_message(name, (data, weight, bias), f"bias should have the shape ({num_hidden},)."))
    y = rows_multiplied(rows if flatten else data, weight, True)
    if bias is not None:
        y += bias
    return y


@composed(npx="dropout", nd="Dropout")
def dropout(data, p=0.5, mode="training", axes=(), cudnn_off=False, out=None, name=None):
    """Each element 0 with probability p, else divided by 1 - p, in train mode or with mode='always'; else a copy.

    Along `axes` elements share one draw. Numbers come from the thread's generator. Raises ArgumentError unless p lies
    in 0 to 1.
    """
    if mode not in ("training", "always"):
        raise ArgumentError(f"dropout: mode is 'training' or 'always', not {mode!r}")
    if not 0 <= p <= 1:
        raise ArgumentError(f"dropout: value {p} for Parameter p exceed bound [0,1]")
    floats_only("dropout", raw_of(data))
    if p == 0 or not (is_training() or mode == "always"):
        return copy(data, out=out)
    shared = {k % data.ndim for k in ((axes,) if isinstance(axes, int) else axes)} if data.ndim else set()
    shape = tuple(1 if k in shared else n for k, n in enumerate(data.shape))
    kept = generator().random(shape, numpy.float32) >= p
    scale = 1 / (1 - p) if p < 1 else 0
    return into(out, data * from_raw(numpy.multiply(kept, scale, dtype=raw_of(data).dtype), type(data)))


@composed(nd="UpSampling")
def up_sampling(*data, scale=1, num_filter=0, sample_type=None, multi_input_mode="concat", workspace=512, num_args=None,
                out=None, name=None):
    """Images (batch, channels, height, width) with both axes of space `scale` times as long.

    'nearest' repeats elements; several images are brought to the size of the first one's result and joined along the
    channels ('concat') or added ('sum'). 'bilinear' takes an image and the kernel of a deconvolution by channel.
    """
    if not isinstance(scale, int) or scale < 1:
        raise ArgumentError(f"UpSampling: scale is a whole number of at least 1, not {scale!r}")
    if not data or any(x.ndim != 4 for x in data):
        raise ShapeError("UpSampling: images are (batch, channels, height, width)")
    if sample_type == "bilinear":
        if len(data) != 2:
            raise ArgumentError("UpSampling: 'bilinear' takes an image and a kernel")
        size, n = 2 * scale - scale % 2, data[0].shape[1]
        pad = -(-(scale - 1) // 2)
        return into(out, deconvolution(data[0], data[1], kernel=(size, size), stride=(scale, scale), pad=(pad, pad),
                                       num_filter=n, num_group=n))
    if sample_type != "nearest" or multi_input_mode not in ("concat", "sum"):
        raise ArgumentError("UpSampling: sample_type is 'nearest' or 'bilinear', multi_input_mode 'concat' or 'sum'")
    height = data[0].shape[2] * scale
    parts = [repeat(repeat(x, height // x.shape[2], axis=2), height // x.shape[2], axis=3) for x in data]
    if len(parts) == 1:
        return into(out, parts[0])
    if multi_input_mode == "concat":
        return into(out, concatenate(parts, 1))
    total = parts[0]
    for x in parts[1:]:
        total = total + x
    return into(out, total)
