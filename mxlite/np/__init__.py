"""MXNet's NumPy: arrays, mathematics, linear algebra and random numbers, differentiable."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._array import ndarray as ndarray
from mxlite._constants import NAN as NAN
from mxlite._constants import NINF as NINF
from mxlite._constants import NZERO as NZERO
from mxlite._constants import NaN as NaN
from mxlite._constants import PINF as PINF
from mxlite._constants import PZERO as PZERO
from mxlite._constants import bool as bool
from mxlite._constants import bool_ as bool_
from mxlite._constants import boolean_dtypes as boolean_dtypes
from mxlite._constants import dtype as dtype
from mxlite._constants import e as e
from mxlite._constants import float16 as float16
from mxlite._constants import float32 as float32
from mxlite._constants import float64 as float64
from mxlite._constants import floating_dtypes as floating_dtypes
from mxlite._constants import inf as inf
from mxlite._constants import int16 as int16
from mxlite._constants import int32 as int32
from mxlite._constants import int64 as int64
from mxlite._constants import int8 as int8
from mxlite._constants import integer_dtypes as integer_dtypes
from mxlite._constants import nan as nan
from mxlite._constants import newaxis as newaxis
from mxlite._constants import numeric_dtypes as numeric_dtypes
from mxlite._constants import pi as pi
from mxlite._constants import uint16 as uint16
from mxlite._constants import uint32 as uint32
from mxlite._constants import uint64 as uint64
from mxlite._constants import uint8 as uint8
from mxlite._ops.apply import apply_along_axis as apply_along_axis
from mxlite._ops.apply import apply_over_axes as apply_over_axes
from mxlite._ops.apply import piecewise as piecewise
from mxlite._ops.apply import unwrap as unwrap
from mxlite._ops.arithmetic import absolute as abs
from mxlite._ops.arithmetic import absolute as absolute
from mxlite._ops.arithmetic import absolute as fabs
from mxlite._ops.arithmetic import add as add
from mxlite._ops.arithmetic import floor_divide as floor_divide
from mxlite._ops.arithmetic import multiply as multiply
from mxlite._ops.arithmetic import negative as negative
from mxlite._ops.arithmetic import power as pow
from mxlite._ops.arithmetic import power as power
from mxlite._ops.arithmetic import remainder as mod
from mxlite._ops.arithmetic import remainder as remainder
from mxlite._ops.arithmetic import subtract as subtract
from mxlite._ops.arithmetic import true_divide as divide
from mxlite._ops.arithmetic import true_divide as true_divide
from mxlite._ops.bits import packbits as packbits
from mxlite._ops.bits import unpackbits as unpackbits
from mxlite._ops.compare import equal as equal
from mxlite._ops.compare import greater as greater
from mxlite._ops.compare import greater_equal as greater_equal
from mxlite._ops.compare import less as less
from mxlite._ops.compare import less_equal as less_equal
from mxlite._ops.compare import not_equal as not_equal
from mxlite._ops.coordinates import diag_indices_from as diag_indices_from
from mxlite._ops.coordinates import ix_ as ix_
from mxlite._ops.coordinates import ravel_coordinates as ravel_multi_index
from mxlite._ops.coordinates import tril_indices_from as tril_indices_from
from mxlite._ops.coordinates import triu_indices_from as triu_indices_from
from mxlite._ops.coordinates import unravel_index as unravel_index
from mxlite._ops.correlation import corrcoef as corrcoef
from mxlite._ops.correlation import correlate as correlate
from mxlite._ops.correlation import cov as cov
from mxlite._ops.creation import arange as arange
from mxlite._ops.creation import array as array
from mxlite._ops.creation import asarray as asarray
from mxlite._ops.creation import blackman as blackman
from mxlite._ops.creation import empty as empty
from mxlite._ops.creation import empty_like as empty_like
from mxlite._ops.creation import eye as eye
from mxlite._ops.creation import full as full
from mxlite._ops.creation import full_like as full_like
from mxlite._ops.creation import hamming as hamming
from mxlite._ops.creation import hanning as hanning
from mxlite._ops.creation import identity as identity
from mxlite._ops.creation import indices as indices
from mxlite._ops.creation import linspace as linspace
from mxlite._ops.creation import logspace as logspace
from mxlite._ops.creation import ones as ones
from mxlite._ops.creation import ones_like as ones_like
from mxlite._ops.creation import tri as tri
from mxlite._ops.creation import tril_indices as tril_indices
from mxlite._ops.creation import triu_indices as triu_indices
from mxlite._ops.creation import zeros as zeros
from mxlite._ops.creation import zeros_like as zeros_like
from mxlite._ops.diff import diff as diff
from mxlite._ops.diff import ediff1d as ediff1d
from mxlite._ops.diff import interp as interp
from mxlite._ops.diff import trapezoid as trapezoid
from mxlite._ops.diff import trapezoid as trapz
from mxlite._ops.dlpack import from_dlpack as from_dlpack
from mxlite._ops.einsum import einsum as einsum
from mxlite._ops.elementwise import arccos as acos
from mxlite._ops.elementwise import arccos as arccos
from mxlite._ops.elementwise import arccosh as acosh
from mxlite._ops.elementwise import arccosh as arccosh
from mxlite._ops.elementwise import arcsin as arcsin
from mxlite._ops.elementwise import arcsin as asin
from mxlite._ops.elementwise import arcsinh as arcsinh
from mxlite._ops.elementwise import arcsinh as asinh
from mxlite._ops.elementwise import arctan as arctan
from mxlite._ops.elementwise import arctan as atan
from mxlite._ops.elementwise import arctan2 as arctan2
from mxlite._ops.elementwise import arctan2 as atan2
from mxlite._ops.elementwise import arctanh as arctanh
from mxlite._ops.elementwise import arctanh as atanh
from mxlite._ops.elementwise import around as around
from mxlite._ops.elementwise import around as round
from mxlite._ops.elementwise import around as round_
from mxlite._ops.elementwise import cbrt as cbrt
from mxlite._ops.elementwise import ceil as ceil
from mxlite._ops.elementwise import copysign as copysign
from mxlite._ops.elementwise import cos as cos
from mxlite._ops.elementwise import cosh as cosh
from mxlite._ops.elementwise import degrees as degrees
from mxlite._ops.elementwise import degrees as rad2deg
from mxlite._ops.elementwise import divmod as divmod
from mxlite._ops.elementwise import exp as exp
from mxlite._ops.elementwise import expm1 as expm1
from mxlite._ops.elementwise import float_power as float_power
from mxlite._ops.elementwise import floor as floor
from mxlite._ops.elementwise import fmax as fmax
from mxlite._ops.elementwise import fmin as fmin
from mxlite._ops.elementwise import fmod as fmod
from mxlite._ops.elementwise import frexp as frexp
from mxlite._ops.elementwise import heaviside as heaviside
from mxlite._ops.elementwise import hypot as hypot
from mxlite._ops.elementwise import ldexp as ldexp
from mxlite._ops.elementwise import log as log
from mxlite._ops.elementwise import log10 as log10
from mxlite._ops.elementwise import log1p as log1p
from mxlite._ops.elementwise import log2 as log2
from mxlite._ops.elementwise import logaddexp as logaddexp
from mxlite._ops.elementwise import maximum as maximum
from mxlite._ops.elementwise import minimum as minimum
from mxlite._ops.elementwise import modf as modf
from mxlite._ops.elementwise import positive as positive
from mxlite._ops.elementwise import positive as real
from mxlite._ops.elementwise import radians as deg2rad
from mxlite._ops.elementwise import radians as radians
from mxlite._ops.elementwise import reciprocal as reciprocal
from mxlite._ops.elementwise import rint as rint
from mxlite._ops.elementwise import sign as sign
from mxlite._ops.elementwise import sin as sin
from mxlite._ops.elementwise import sinh as sinh
from mxlite._ops.elementwise import spacing as spacing
from mxlite._ops.elementwise import sqrt as sqrt
from mxlite._ops.elementwise import square as square
from mxlite._ops.elementwise import tan as tan
from mxlite._ops.elementwise import tanh as tanh
from mxlite._ops.elementwise import trunc as fix
from mxlite._ops.elementwise import trunc as trunc
from mxlite._ops.facts import allclose as allclose
from mxlite._ops.facts import array_equal as array_equal
from mxlite._ops.facts import array_equiv as array_equiv
from mxlite._ops.facts import can_cast as can_cast
from mxlite._ops.facts import may_share_memory as may_share_memory
from mxlite._ops.facts import min_scalar_type as min_scalar_type
from mxlite._ops.facts import ndim as ndim
from mxlite._ops.facts import promote_types as promote_types
from mxlite._ops.facts import result_type as result_type
from mxlite._ops.facts import shape as shape
from mxlite._ops.facts import shares_memory as shares_memory
from mxlite._ops.facts import size as size
from mxlite._ops.histogram import histogram as histogram
from mxlite._ops.histogram import histogram2d as histogram2d
from mxlite._ops.histogram import histogram_bin_edges as histogram_bin_edges
from mxlite._ops.histogram import histogramdd as histogramdd
from mxlite._ops.join import append as append
from mxlite._ops.join import array_split as array_split
from mxlite._ops.join import column_stack as column_stack
from mxlite._ops.join import concatenate as concat
from mxlite._ops.join import concatenate as concatenate
from mxlite._ops.join import delete as delete
from mxlite._ops.join import dsplit as dsplit
from mxlite._ops.join import dstack as dstack
from mxlite._ops.join import hsplit as hsplit
from mxlite._ops.join import hstack as hstack
from mxlite._ops.join import insert as insert
from mxlite._ops.join import meshgrid as meshgrid
from mxlite._ops.join import split as split
from mxlite._ops.join import stack as stack
from mxlite._ops.join import vsplit as vsplit
from mxlite._ops.join import vstack as row_stack
from mxlite._ops.join import vstack as vstack
from mxlite._ops.logic import bitwise_and as bitwise_and
from mxlite._ops.logic import bitwise_left_shift as bitwise_left_shift
from mxlite._ops.logic import bitwise_or as bitwise_or
from mxlite._ops.logic import bitwise_right_shift as bitwise_right_shift
from mxlite._ops.logic import bitwise_xor as bitwise_xor
from mxlite._ops.logic import clip_open as clip
from mxlite._ops.logic import gcd as gcd
from mxlite._ops.logic import invert as bitwise_invert
from mxlite._ops.logic import invert as bitwise_not
from mxlite._ops.logic import invert as invert
from mxlite._ops.logic import isclose as isclose
from mxlite._ops.logic import isfinite as isfinite
from mxlite._ops.logic import isinf as isinf
from mxlite._ops.logic import isnan as isnan
from mxlite._ops.logic import isneginf as isneginf
from mxlite._ops.logic import isposinf as isposinf
from mxlite._ops.logic import lcm as lcm
from mxlite._ops.logic import logical_and as logical_and
from mxlite._ops.logic import logical_not as logical_not
from mxlite._ops.logic import logical_or as logical_or
from mxlite._ops.logic import logical_xor as logical_xor
from mxlite._ops.logic import nan_to_num_into as nan_to_num
from mxlite._ops.logic import signbit as signbit
from mxlite._ops.logic import where_or_nonzero as where
from mxlite._ops.mask import argwhere as argwhere
from mxlite._ops.mask import choose as choose
from mxlite._ops.mask import compress as compress
from mxlite._ops.mask import extract as extract
from mxlite._ops.mask import flatnonzero as flatnonzero
from mxlite._ops.mask import nonzero as nonzero
from mxlite._ops.mask import select as select
from mxlite._ops.nan import nanargmax as nanargmax
from mxlite._ops.nan import nanargmin as nanargmin
from mxlite._ops.nan import nancumprod as nancumprod
from mxlite._ops.nan import nancumsum as nancumsum
from mxlite._ops.nan import nanmax as nanmax
from mxlite._ops.nan import nanmin as nanmin
from mxlite._ops.nan import nanprod as nanprod
from mxlite._ops.nan import nanstd as nanstd
from mxlite._ops.nan import nansum as nansum
from mxlite._ops.nan import nanvar as nanvar
from mxlite._ops.order import argpartition as argpartition
from mxlite._ops.order import argsort as argsort
from mxlite._ops.order import digitize as digitize
from mxlite._ops.order import in1d as in1d
from mxlite._ops.order import intersect1d as intersect1d
from mxlite._ops.order import isin as isin
from mxlite._ops.order import lexsort as lexsort
from mxlite._ops.order import msort as msort
from mxlite._ops.order import partition as partition
from mxlite._ops.order import searchsorted as searchsorted
from mxlite._ops.order import setdiff1d as setdiff1d
from mxlite._ops.order import setxor1d as setxor1d
from mxlite._ops.order import sort as sort
from mxlite._ops.order import union1d as union1d
from mxlite._ops.order import unique as unique
from mxlite._ops.order import unique_all as unique_all
from mxlite._ops.order import unique_counts as unique_counts
from mxlite._ops.order import unique_inverse as unique_inverse
from mxlite._ops.order import unique_values as unique_values
from mxlite._ops.polynomial import poly as poly
from mxlite._ops.polynomial import polyadd as polyadd
from mxlite._ops.polynomial import polyder as polyder
from mxlite._ops.polynomial import polydiv as polydiv
from mxlite._ops.polynomial import polyfit as polyfit
from mxlite._ops.polynomial import polyint as polyint
from mxlite._ops.polynomial import polymul as polymul
from mxlite._ops.polynomial import polysub as polysub
from mxlite._ops.polynomial import polyval as polyval
from mxlite._ops.polynomial import roots as roots
from mxlite._ops.polynomial import vander as vander
from mxlite._ops.products import cross as cross
from mxlite._ops.products import dot as dot
from mxlite._ops.products import inner as inner
from mxlite._ops.products import kron as kron
from mxlite._ops.products import matmul as matmul
from mxlite._ops.products import outer as outer
from mxlite._ops.products import tensordot as tensordot
from mxlite._ops.products import trace as trace
from mxlite._ops.products import vdot as vdot
from mxlite._ops.rearrange import diag as diag
from mxlite._ops.rearrange import diagflat as diagflat
from mxlite._ops.rearrange import diagonal as diagonal
from mxlite._ops.rearrange import fill_diagonal as fill_diagonal
from mxlite._ops.rearrange import flip as flip
from mxlite._ops.rearrange import fliplr as fliplr
from mxlite._ops.rearrange import flipud as flipud
from mxlite._ops.rearrange import pad as pad
from mxlite._ops.rearrange import repeat as repeat
from mxlite._ops.rearrange import resize as resize
from mxlite._ops.rearrange import roll as roll
from mxlite._ops.rearrange import rot90 as rot90
from mxlite._ops.rearrange import tile as tile
from mxlite._ops.rearrange import tril as tril
from mxlite._ops.rearrange import triu as triu
from mxlite._ops.reduce import all as all
from mxlite._ops.reduce import all as alltrue
from mxlite._ops.reduce import any as any
from mxlite._ops.reduce import any as sometrue
from mxlite._ops.reduce import argmax as argmax
from mxlite._ops.reduce import argmin as argmin
from mxlite._ops.reduce import count_nonzero_over as count_nonzero
from mxlite._ops.reduce import cumprod as cumprod
from mxlite._ops.reduce import cumsum as cumsum
from mxlite._ops.reduce import max as amax
from mxlite._ops.reduce import max as max
from mxlite._ops.reduce import mean as mean
from mxlite._ops.reduce import min as amin
from mxlite._ops.reduce import min as min
from mxlite._ops.reduce import prod as prod
from mxlite._ops.reduce import prod as product
from mxlite._ops.reduce import ptp as ptp
from mxlite._ops.reduce import std as std
from mxlite._ops.reduce import sum as sum
from mxlite._ops.reduce import var as var
from mxlite._ops.select import bincount as bincount
from mxlite._ops.select import take as take
from mxlite._ops.select import take_along_axis as take_along_axis
from mxlite._ops.select import trim_zeros as trim_zeros
from mxlite._ops.shape import atleast_1d as atleast_1d
from mxlite._ops.shape import atleast_2d as atleast_2d
from mxlite._ops.shape import atleast_3d as atleast_3d
from mxlite._ops.shape import broadcast_arrays as broadcast_arrays
from mxlite._ops.shape import broadcast_to as broadcast_to
from mxlite._ops.shape import copy as copy
from mxlite._ops.shape import expand_dims as expand_dims
from mxlite._ops.shape import matrix_transpose as matrix_transpose
from mxlite._ops.shape import moveaxis as moveaxis
from mxlite._ops.shape import ravel as ravel
from mxlite._ops.shape import reshape as reshape
from mxlite._ops.shape import rollaxis as rollaxis
from mxlite._ops.shape import squeeze as squeeze
from mxlite._ops.shape import swapaxes as swapaxes
from mxlite._ops.shape import transpose as permute_dims
from mxlite._ops.shape import transpose as transpose
from mxlite._ops.special import i0 as i0
from mxlite._ops.statistics import average as average
from mxlite._ops.statistics import median as median
from mxlite._ops.statistics import nanmedian as nanmedian
from mxlite._ops.statistics import nanpercentile as nanpercentile
from mxlite._ops.statistics import nanquantile as nanquantile
from mxlite._ops.statistics import percentile as percentile
from mxlite._ops.statistics import quantile as quantile
from mxlite.np import linalg as linalg
from mxlite.np import random as random
from numpy import finfo as finfo
from numpy import iinfo as iinfo
from numpy import set_printoptions as set_printoptions

__all__ = [
    "NAN", "NINF", "NZERO", "NaN", "PINF", "PZERO", "abs", "absolute", "acos", "acosh", "add", "all", "allclose",
    "alltrue", "amax", "amin", "any", "append", "apply_along_axis", "apply_over_axes", "arange", "arccos",
    "arccosh", "arcsin", "arcsinh", "arctan", "arctan2", "arctanh", "argmax", "argmin", "argpartition", "argsort",
    "argwhere", "around", "array", "array_equal", "array_equiv", "array_split", "asarray", "asin", "asinh", "atan",
    "atan2", "atanh", "atleast_1d", "atleast_2d", "atleast_3d", "average", "bincount", "bitwise_and",
    "bitwise_invert", "bitwise_left_shift", "bitwise_not", "bitwise_or", "bitwise_right_shift", "bitwise_xor",
    "blackman", "bool", "bool_", "boolean_dtypes", "broadcast_arrays", "broadcast_to", "can_cast", "cbrt", "ceil",
    "choose", "clip", "column_stack", "compress", "concat", "concatenate", "copy", "copysign", "corrcoef",
    "correlate", "cos", "cosh", "count_nonzero", "cov", "cross", "cumprod", "cumsum", "deg2rad", "degrees",
    "delete", "diag", "diag_indices_from", "diagflat", "diagonal", "diff", "digitize", "divide", "divmod", "dot",
    "dsplit", "dstack", "dtype", "e", "ediff1d", "einsum", "empty", "empty_like", "equal", "exp", "expand_dims",
    "expm1", "extract", "eye", "fabs", "fill_diagonal", "finfo", "fix", "flatnonzero", "flip", "fliplr", "flipud",
    "float16", "float32", "float64", "float_power", "floating_dtypes", "floor", "floor_divide", "fmax", "fmin",
    "fmod", "frexp", "from_dlpack", "full", "full_like", "gcd", "greater", "greater_equal", "hamming", "hanning",
    "heaviside", "histogram", "histogram2d", "histogram_bin_edges", "histogramdd", "hsplit", "hstack", "hypot",
    "i0", "identity", "iinfo", "in1d", "indices", "inf", "inner", "insert", "int16", "int32", "int64", "int8",
    "integer_dtypes", "interp", "intersect1d", "invert", "isclose", "isfinite", "isin", "isinf", "isnan",
    "isneginf", "isposinf", "ix_", "kron", "lcm", "ldexp", "less", "less_equal", "lexsort", "linalg", "linspace",
    "log", "log10", "log1p", "log2", "logaddexp", "logical_and", "logical_not", "logical_or", "logical_xor",
    "logspace", "matmul", "matrix_transpose", "max", "maximum", "may_share_memory", "mean", "median", "meshgrid",
    "min", "min_scalar_type", "minimum", "mod", "modf", "moveaxis", "msort", "multiply", "nan", "nan_to_num",
    "nanargmax", "nanargmin", "nancumprod", "nancumsum", "nanmax", "nanmedian", "nanmin", "nanpercentile",
    "nanprod", "nanquantile", "nanstd", "nansum", "nanvar", "ndarray", "ndim", "negative", "newaxis", "nonzero",
    "not_equal", "numeric_dtypes", "ones", "ones_like", "outer", "packbits", "pad", "partition", "percentile",
    "permute_dims", "pi", "piecewise", "poly", "polyadd", "polyder", "polydiv", "polyfit", "polyint", "polymul",
    "polysub", "polyval", "positive", "pow", "power", "prod", "product", "promote_types", "ptp", "quantile",
    "rad2deg", "radians", "random", "ravel", "ravel_multi_index", "real", "reciprocal", "remainder", "repeat",
    "reshape", "resize", "result_type", "rint", "roll", "rollaxis", "roots", "rot90", "round", "round_",
    "row_stack", "searchsorted", "select", "set_printoptions", "setdiff1d", "setxor1d", "shape", "shares_memory",
    "sign", "signbit", "sin", "sinh", "size", "sometrue", "sort", "spacing", "split", "sqrt", "square", "squeeze",
    "stack", "std", "subtract", "sum", "swapaxes", "take", "take_along_axis", "tan", "tanh", "tensordot", "tile",
    "trace", "transpose", "trapezoid", "trapz", "tri", "tril", "tril_indices", "tril_indices_from", "trim_zeros",
    "triu", "triu_indices", "triu_indices_from", "true_divide", "trunc", "uint16", "uint32", "uint64", "uint8",
    "union1d", "unique", "unique_all", "unique_counts", "unique_inverse", "unique_values", "unpackbits",
    "unravel_index", "unwrap", "vander", "var", "vdot", "vsplit", "vstack", "where", "zeros", "zeros_like",
]
