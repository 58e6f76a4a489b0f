"""Normalisation to mean 0 and variance 1 over a batch, a layer, a group or an instance.

All of them are `standardized` over some axes, times gamma plus beta. Means and variances are computed in float32 at
least; variances divide by the number of elements.
"""

import math

import numpy

from mxlite._engine.operators import TapeArray, from_raw
from mxlite._engine.operators import raw as raw_of
from mxlite._engine.tape import is_training, pause
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._kernels import normal as kernels
from mxlite._op import composed, op
from mxlite._ops.activation import relu
from mxlite._ops.checks import floats_only
from mxlite._ops.operands import in_dtype, into, places
from mxlite._ops.reduce import count
from mxlite._ops.shape import astype, reshape


def _groups(axes, x, *others):
    """The shape (outer, groups, inner) that the kernels see x in; None where NumPy has to do."""
    rest = [k for k in range(x.ndim) if k not in axes]
    if (x.dtype.char not in "fd" or not x.size or not rest or rest != list(range(rest[0], rest[-1] + 1))
            or any(a.dtype != x.dtype or not a.flags.c_contiguous for a in (x, *others))):
        return None
    shape = math.prod(x.shape[:rest[0]]), math.prod(x.shape[k] for k in rest), math.prod(x.shape[rest[-1] + 1:])
    return shape if shape[2] >= _LONG else None


_LONG = 16          # elements that follow each other: with fewer, a group is better taken together with others


def _mean(x, axes):
    return numpy.sum(x, axis=axes, keepdims=True) / (count(x.shape, axes) or 1)


def _slope(cotangent, inverse_cotangent, normal, inverse, axes):
    """How much of `normal` the cotangent of x lacks."""
    return _mean(cotangent * normal, axes) + inverse_cotangent * inverse / (count(normal.shape, axes) or 1)


def _pulled_normal(g, cotangent, inverse_cotangent, normal, inverse, axes):
    g = inverse * g
    return -g * _slope(cotangent, inverse_cotangent, normal, inverse, axes) - cotangent * _mean(g * normal, axes)


def _pulled_inverse(g, cotangent, inverse_cotangent, normal, inverse, axes):
    inner = cotangent - _mean(cotangent, axes) - normal * _slope(cotangent, inverse_cotangent, normal, inverse, axes)
    return numpy.sum(g * inner, axis=axes, keepdims=True) - inverse * inverse_cotangent * _mean(g * normal, axes)


@op(grad={
    "cotangent": lambda g, normal, inverse, axes: inverse * (g - _mean(g, axes) - normal * _mean(g * normal, axes)),
    "mean_cotangent": lambda g, axes: _mean(g, axes),
    "inverse_cotangent": lambda g, normal, inverse, axes: -inverse * inverse * _mean(g * normal, axes),
    "normal": _pulled_normal, "inverse": _pulled_inverse})
def standardized_pulled(cotangent, mean_cotangent, inverse_cotangent, normal, inverse, axes):
    """The cotangent of x from those of the results of standardized(x), of which `normal` and `inverse` are two."""
    shape = _groups(axes, normal, cotangent, mean_cotangent, inverse_cotangent, inverse)
    if shape is not None:
        out = numpy.empty_like(normal)
        kernels.standardize_pulled(cotangent, mean_cotangent, inverse_cotangent, normal, inverse, shape, out)
        return out
    slope = _slope(cotangent, inverse_cotangent, normal, inverse, axes)
    return inverse * (cotangent - _mean(cotangent, axes) - normal * slope) + mean_cotangent / (
        count(normal.shape, axes) or 1)


@op(grad={"x": lambda g, y, axes: standardized_pulled(*g, y[0], y[2], axes)})
def standardized(x, axes, eps):
    """((x - mean) * inverse, mean, inverse = 1 / sqrt(variance + eps)) over axes, which stay with length 1."""
    floats_only("normalization", x)
    shape = _groups(axes, x)
    if shape is not None:
        y, kept = numpy.empty_like(x), tuple(1 if k in axes else n for k, n in enumerate(x.shape))
        mean, inverse = numpy.empty(kept, x.dtype), numpy.empty(kept, x.dtype)
        kernels.standardize(x, shape, eps, y, mean, inverse)
        return y, mean, inverse
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
    return in_dtype(y, x.dtype)


def _parameters(name, data, arrays, n):
    for what, value in arrays.items():
        if not isinstance(value, TapeArray) or value.shape != (n,):
            raise ShapeError(operand_message(
                name, [raw_of(a) for a in (data, value) if isinstance(a, TapeArray)],
                f"{what} is an array of shape ({n},)."))


@composed(npx="batch_norm", nd="BatchNorm")
def batch_norm(data, gamma, beta, moving_mean, moving_var, eps=1e-3, momentum=0.9, fix_gamma=True,
               use_global_stats=False, output_mean_var=False, axis=1, cudnn_off=False, min_calib_range=None,
               max_calib_range=None, out=None, name=None):
    """Data with mean 0 and variance 1 in each channel (`axis`), times gamma plus beta.

    In train mode the batch's own mean and variance are used, and moving_mean and moving_var move towards them, by
    1 - momentum, in place, when the result is differentiated: in backward, as in MXNet. Otherwise, and with
    use_global_stats, those two are used. With fix_gamma gamma counts as 1 and gets no gradient. With output_mean_var
    also the mean and 1 / sqrt(variance + eps) are returned. Halves are computed in float32.
    """
    if raw_of(data).dtype == numpy.float16:
        found = batch_norm(_single(data), _single(gamma), _single(beta), moving_mean, moving_var, eps, momentum,
                           fix_gamma, use_global_stats, output_mean_var, axis)
        y, *others = found if output_mean_var else (found,)
        y = into(out, astype(y, numpy.float16))
        return [y, *others] if output_mean_var else y
    (axis,) = places("batch_norm", data, axis)
    n = data.shape[axis]
    _parameters("batch_norm", data, {"gamma": gamma, "beta": beta, "moving_mean": moving_mean,
                                     "moving_var": moving_var}, n)
    shape = tuple(n if k == axis else 1 for k in range(data.ndim))
    if is_training() and not use_global_stats:
        x, mean, inverse = standardized(data, tuple(k for k in range(data.ndim) if k != axis), eps)
        mean, inverse = reshape(mean, (n,)), reshape(inverse, (n,))
        y = _affine(x, None if fix_gamma else gamma, beta, shape)
        if data.size:
            y = observed(y, _Movement(moving_mean, moving_var, raw_of(mean), raw_of(inverse), momentum, eps))
    else:
        mean, inverse = _single(moving_mean), (_single(moving_var) + eps) ** -0.5
        x = (data - reshape(mean, shape)) * reshape(inverse, shape)
        y = _affine(x if x.dtype == data.dtype else astype(x, data.dtype), None if fix_gamma else gamma, beta, shape)
    y = into(out, y)
    return [y, mean, inverse] if output_mean_var else y


def _single(x):
    """A half as float32; anything else as it is."""
    return astype(x, numpy.float32) if isinstance(x, TapeArray) and raw_of(x).dtype == numpy.float16 else x


class _Movement:
    """What backward does to the running statistics of a batch norm; called with the cotangent, which it returns."""

    def __init__(self, moving_mean, moving_var, mean, inverse, momentum, eps):
        self.running, self.momentum = (moving_mean, moving_var), momentum
        self.values = mean.copy(), (inverse.astype(numpy.float64) ** -2 - eps)

    def __call__(self, g):
        for running, value in zip(self.running, self.values, strict=True):
            _move(running, value, self.momentum)
        return g


@op(view="both", quiet=True, grad={"x": lambda g, note: note(g)})
def observed(x, note):
    """The same memory; backward calls note(g), which returns the cotangent."""
    return x.view()


@composed(npx="batch_norm_with_relu", nd="contrib.BatchNormWithReLU")
def batch_norm_with_relu(data, gamma, beta, moving_mean, moving_var, eps=1e-3, momentum=0.9, fix_gamma=True,
                         use_global_stats=False, output_mean_var=False, axis=1, cudnn_off=False, min_calib_range=None,
                         max_calib_range=None, out=None, name=None):
    """`batch_norm` with 0 in place of what is negative."""
    y = batch_norm(data, gamma, beta, moving_mean, moving_var, eps, momentum, fix_gamma, use_global_stats,
                   output_mean_var, axis)
    return [into(out, relu(y[0])), *y[1:]] if output_mean_var else into(out, relu(y))


@composed(npx="sync_batch_norm", nd="contrib.SyncBatchNorm")
def sync_batch_norm(data, gamma, beta, moving_mean, moving_var, eps=1e-3, momentum=0.9, fix_gamma=True,
                    use_global_stats=False, output_mean_var=False, ndev=1, key=None, out=None, name=None):
    """`batch_norm` over axis 1; there is one device to share statistics with. Raises ArgumentError for more.

    With output_mean_var also the mean and, unlike there, the variance are returned.
    """
    if ndev != 1:
        raise ArgumentError(f"sync_batch_norm: there is one device, not {ndev}")
    found = batch_norm(data, gamma, beta, moving_mean, moving_var, eps, momentum, fix_gamma, use_global_stats,
                       output_mean_var, out=out)
    if not output_mean_var:
        return found
    y, mean, inverse = found
    return [y, mean, inverse ** -2 - eps]


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
    (axis,) = places("layer_norm", data, axis)
    n = data.shape[axis]
    _parameters("layer_norm", data, {"gamma": gamma, "beta": beta}, n)
    x, mean, inverse = standardized(data, (axis,), eps)
    y = into(out, _affine(x, gamma, beta, tuple(n if k == axis else 1 for k in range(data.ndim))))
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
    y = into(out, reshape(_affine(x, gamma, beta, shape), data.shape))
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
    return into(out, _affine(x, gamma, beta, (1, data.shape[1], *(1,) * (data.ndim - 2))))
