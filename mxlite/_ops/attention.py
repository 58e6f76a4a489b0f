"""Products of attention whose operands stand interleaved in one array, heads next to each other."""

import math

from mxlite._errors import ArgumentError, ShapeError
from mxlite._op import composed
from mxlite._ops.arithmetic import multiply
from mxlite._ops.operands import into
from mxlite._ops.products import matmul
from mxlite._ops.shape import reshape, transpose


def _parts(x, heads, count, name):
    """The operands in x (time, batch, heads * count * n), each (batch * heads, time, n)."""
    if heads is None or heads < 1:
        raise ArgumentError(f"{name}: heads is a number from 1 on, not {heads}")
    if x.ndim != 3 or x.shape[2] % (heads * count):
        raise ShapeError(f"{name}: an array (time, batch, {heads} heads * {count} * n) is needed, "
                         f"not the shape {x.shape}")
    time, batch, width = x.shape
    n = width // (heads * count)
    apart = reshape(x, (time, batch * heads, count, n))
    return [transpose(apart[:, :, k], (1, 0, 2)) for k in range(count)]


def _scores(queries, keys):
    return matmul(multiply(queries, 1 / math.sqrt(queries.shape[2])), transpose(keys, (0, 2, 1)))


def _attended(attention, values, heads, name):
    if attention.ndim != 3 or attention.shape[0] != values.shape[0] or attention.shape[2] != values.shape[1]:
        raise ShapeError(f"{name}: attention of shape {attention.shape} for values of shape {values.shape}")
    found = matmul(attention, values)
    rows, time, n = found.shape
    return reshape(transpose(found, (1, 0, 2)), (time, rows // heads, heads * n))


@composed(npx="interleaved_matmul_selfatt_qk", nd="contrib.interleaved_matmul_selfatt_qk")
def interleaved_matmul_selfatt_qk(queries_keys_values, heads=None, out=None, name=None):
    """Products of queries and keys over the square root of their length: (batch * heads, time, time).

    The last axis holds a query, a key and a value per head. Raises ShapeError when it does not divide.
    """
    queries, keys, _ = _parts(queries_keys_values, heads, 3, "interleaved_matmul_selfatt_qk")
    return into(out, _scores(queries, keys))


@composed(npx="interleaved_matmul_selfatt_valatt", nd="contrib.interleaved_matmul_selfatt_valatt")
def interleaved_matmul_selfatt_valatt(queries_keys_values, attention, heads=None, out=None, name=None):
    """Values weighted by attention (batch * heads, time, time): (time, batch, heads * n)."""
    name = "interleaved_matmul_selfatt_valatt"
    return into(out, _attended(attention, _parts(queries_keys_values, heads, 3, name)[2], heads, name))


@composed(npx="interleaved_matmul_encdec_qk", nd="contrib.interleaved_matmul_encdec_qk")
def interleaved_matmul_encdec_qk(queries, keys_values, heads=None, out=None, name=None):
    """Products of queries (time, batch, heads * n) with the keys of another array, over the root of their length.

    keys_values holds a key and a value per head; the result has shape (batch * heads, time, time of the keys).
    """
    name = "interleaved_matmul_encdec_qk"
    asking, keys = _parts(queries, heads, 1, name)[0], _parts(keys_values, heads, 2, name)[0]
    if asking.shape[0] != keys.shape[0] or asking.shape[2] != keys.shape[2]:
        raise ShapeError(f"{name}: queries of shape {queries.shape} for keys and values of shape {keys_values.shape}")
    return into(out, _scores(asking, keys))


@composed(npx="interleaved_matmul_encdec_valatt", nd="contrib.interleaved_matmul_encdec_valatt")
def interleaved_matmul_encdec_valatt(keys_values, attention, heads=None, out=None, name=None):
    """The values of keys_values weighted by attention (batch * heads, time, time of the keys)."""
    name = "interleaved_matmul_encdec_valatt"
    return into(out, _attended(attention, _parts(keys_values, heads, 2, name)[1], heads, name))
