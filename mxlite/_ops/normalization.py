"""Normalisation to mean 0 and variance 1 over a batch, a layer, a group or an instance.

All of them are `standardized` over some axes, times gamma plus beta. Means and variances are computed in float32 at
least; variances divide by the number of elements.
"""

import numpy

from mxlite._engine.operators import TapeArray, from_raw
from mxlite._engine.operators import raw as raw_of
from mxlite._engine.tape import is_training, pause
from mxlite._errors import ArgumentError, DtypeError, ShapeError, operand_message
from mxlite._op import composed, op
from mxlite._ops import elementwise
from mxlite._ops.activation import relu
from mxlite._ops.reduce import count
from mxlite._ops.shape import astype, reshape


def _standardized_grad(g, y, axes):
    (g, g_mean, g_inverse), (y, _, inverse) = g, y
    n = count(y.shape, axes) or 1
    mean = numpy.sum(g, axis=axes, keepdims=True) / n
    slope = numpy.sum(g * y, axis=axes, keepdims=True) / n + g_inverse * inverse / n
    return inverse * (g - mean - y * slope) + g_mean / n


@op(grad={"x": _standardized_grad})
def standardized(x, axes, eps):
    """((x - mean) * inverse, mean, inverse = 1 / sqrt(variance + eps)) over axes, which stay with length 1."""
    if x.dtype.kind != "f":
        raise DtypeError(operand_message("normalization", (x,), "This operation only support floating point types."))
    wide = x.astype(numpy.float32, copy=False) if x.dtype.char == "e" else x
    n = count(x.shape, axes) or 1
    mean = numpy.add.reduce(wide, axis=axes, keepdims=True) / wide.dtype.type(n)
    y = wide - mean
    variance = numpy.add.reduce(y * y, axis=axes, keepdims=True) / wide.dtype.type(n)
    inverse = 1 / numpy.sqrt(variance + wide.dtype.type(eps))
    y *= inverse
    return y.astype(x.dtype, copy=False), mean.astype(x.dtype, copy=False), inverse.astype(x.dtype, copy=False)


@op(pointwise=True, rule="inexact",
    grad={"x": lambda g, gamma: g * gamma, "gamma": lambda g, x: g * x, "beta": lambda g: g * 1})
def scaled(x, gamma, beta):
    """x * gamma + beta, with broadcasting."""
    return x * gamma + beta


def _affine(x, gamma, beta, shape):
    """`scaled` with gamma and beta brought to a shape, in the dtype of x; gamma may be None for 1."""
    beta = reshape(beta, shape)
    y = x + beta if gamma is None else scaled(x, reshape(gamma, shape), beta)
    return y if y.dtype == x.dtype else astype(y, x.dtype)


def _finish(result, out):
    return result if out is None else elementwise.positive(result, out=out)


def _parameters(name, data, arrays, n):
    for what, value in arrays.items():
        if not isinstance(value, TapeArray) or value.shape != (n,):
            raise ShapeError(operand_message(
                name, [raw_of(a) for a in (data, value) if isinstance(a, TapeArray)],
                f"{what} is an array of shape ({n},)."))


def _axis(name, data, axis):
    if not -data.ndim <= axis < data.ndim:
        raise ShapeError(f"{name}: axis {axis} is out of bounds for data of shape {data.shape}")
    return axis % data.ndim


@composed(npx="batch_norm", nd="BatchNorm")
def batch_norm(data, gamma, beta, moving_mean, moving_var, eps=1e-3, momentum=0.9, fix_gamma=True,
               use_global_stats=False, output_mean_var=False, axis=1, cudnn_off=False, min_calib_range=None,
               max_calib_range=None, out=None, name=None):
    """Data with mean 0 and variance 1 in each channel (`axis`), times gamma plus beta.

    In train mode the batch's own mean and variance are used and moving_mean and moving_var move towards them, by
    1 - momentum, in place; otherwise, and with use_global_stats, those two are used. With fix_gamma gamma counts as 1
    and gets no gradient. With output_mean_var also the mean and 1 / sqrt(variance + eps) are returned.
    """
    axis = _axis("batch_norm", data, axis)
    n = data.shape[axis]
    _parameters("batch_norm", data, {"gamma": gamma, "beta": beta, "moving_mean": moving_mean,
                                     "moving_var": moving_var}, n)
    shape = tuple(n if k == axis else 1 for k in range(data.ndim))
    if is_training() and not use_global_stats:
        x, mean, inverse = standardized(data, tuple(k for k in range(data.ndim) if k != axis), eps)
        if data.size:
            _move(moving_mean, raw_of(mean), momentum)
            _move(moving_var, raw_of(inverse).astype(numpy.float64) ** -2 - eps, momentum)
        mean, inverse = reshape(mean, (n,)), reshape(inverse, (n,))
    else:
        mean, inverse = moving_mean, (moving_var + eps) ** -0.5
        x = (data - reshape(mean, shape)) * reshape(inverse, shape)
        x = x if x.dtype == data.dtype else astype(x, data.dtype)
    y = _finish(_affine(x, None if fix_gamma else gamma, beta, shape), out)
    return [y, mean, inverse] if output_mean_var else y


@composed(npx="batch_norm_with_relu", nd="contrib.BatchNormWithReLU")
def batch_norm_with_relu(data, gamma, beta, moving_mean, moving_var, eps=1e-3, momentum=0.9, fix_gamma=True,
                         use_global_stats=False, output_mean_var=False, axis=1, cudnn_off=False, min_calib_range=None,
                         max_calib_range=None, out=None, name=None):
    """`batch_norm` with 0 in place of what is negative."""
    y = batch_norm(data, gamma, beta, moving_mean, moving_var, eps, momentum, fix_gamma, use_global_stats,
                   output_mean_var, axis)
    return [_finish(relu(y[0]), out), *y[1:]] if output_mean_var else _finish(relu(y), out)


@composed(npx="sync_batch_norm", nd="contrib.SyncBatchNorm")
def sync_batch_norm(data, gamma, beta, moving_mean, moving_var, eps=1e-3, momentum=0.9, fix_gamma=True,
                    use_global_stats=False, output_mean_var=False, ndev=1, key=None, out=None, name=None):
    """`batch_norm` over axis 1; there is one device to share statistics with. Raises ArgumentError for more."""
    if ndev != 1:
        raise ArgumentError(f"sync_batch_norm: there is one device, not {ndev}")
    return batch_norm(data, gamma, beta, moving_mean, moving_var, eps, momentum, fix_gamma, use_global_stats,
                      output_mean_var, out=out)


def _move(running, value, momentum):
    """Moves an array of running statistics towards a value, in place and off the tape."""
    old = raw_of(running)
    with pause():
        running[...] = from_raw((old * momentum + value.reshape(-1) * (1 - momentum)).astype(old.dtype), type(running))


@composed(npx="layer_norm", nd="LayerNorm")
def layer_norm(data, gamma, beta, axis=-1, eps=1e-5, output_mean_var=False, out=None, name=None):
    """Data with mean 0 and variance 1 along an axis, times gamma plus beta, which have one number per element of it.

    With output_mean_var also the mean and sqrt(variance + eps) are returned.
    """
    axis = _axis("layer_norm", data, axis)
    n = data.shape[axis]
    _parameters("layer_norm", data, {"gamma": gamma, "beta": beta}, n)
    x, mean, inverse = standardized(data, (axis,), eps)
    y = _finish(_affine(x, gamma, beta, tuple(n if k == axis else 1 for k in range(data.ndim))), out)
    return [y, mean, 1 / inverse] if output_mean_var else y


@composed(nd="GroupNorm")
def group_norm(data, gamma, beta, num_groups=1, eps=1e-5, output_mean_var=False, out=None, name=None):
    """Data (batch, channels, ...) with mean 0 and variance 1 in each of `num_groups` groups of channels of an image.

    gamma and beta have one number per group or one per channel. With output_mean_var also the mean and
    sqrt(variance + eps), (batch, groups), are returned.
    """
    if data.ndim < 2 or num_groups < 1 or data.shape[1] % num_groups:
        raise ShapeError(operand_message("group_norm", (raw_of(data),),
                                         f"# of channels must be divisible by # of groups, {num_groups}."))
    batch, channels, *space = data.shape
    per_group = gamma.shape == (num_groups,)
    _parameters("group_norm", data, {"gamma": gamma, "beta": beta}, num_groups if per_group else channels)
    inner = (batch, num_groups, channels // num_groups, *space)
    x, mean, inverse = standardized(reshape(data, inner), tuple(range(2, len(inner))), eps)
    shape = (1, num_groups, 1 if per_group else channels // num_groups, *(1,) * len(space))
    y = _finish(reshape(_affine(x, gamma, beta, shape), data.shape), out)
    flat = (batch, num_groups)
    return [y, reshape(mean, flat), reshape(1 / inverse, flat)] if output_mean_var else y


@composed(npx="group_norm")
def group_norm_with_larger_eps(data, gamma, beta, num_groups=1, eps=1e-3, output_mean_var=False, out=None, name=None):
    """The group norm of MXNet's npx, whose `eps` differs from that of nd.GroupNorm: see there."""
    return group_norm(data, gamma, beta, num_groups, eps, output_mean_var, out)


@composed(npx="instance_norm", nd="InstanceNorm")
def instance_norm(data, gamma, beta, eps=1e-3, out=None, name=None):
    """Data (batch, channels, ...) with mean 0 and variance 1 in each channel of an image, times gamma plus beta."""
    if data.ndim < 3:
        raise ArgumentError(f"instance_norm: data of shape {data.shape} has no axes of space")
    _parameters("instance_norm", data, {"gamma": gamma, "beta": beta}, data.shape[1])
    x = standardized(data, tuple(range(2, data.ndim)), eps)[0]
    return _finish(_affine(x, gamma, beta, (1, data.shape[1], *(1,) * (data.ndim - 2))), out)
