# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._array import NDArray as NDArray
from mxlite._ops.activation import activation as Activation
from mxlite._ops.activation import hard_sigmoid as hard_sigmoid
from mxlite._ops.activation import leaky_relu as LeakyReLU
from mxlite._ops.activation import relu as relu
from mxlite._ops.activation import sigmoid as sigmoid
from mxlite._ops.activation import smooth_l1 as smooth_l1
from mxlite._ops.activation import softsign as softsign
from mxlite._ops.arithmetic import absolute as abs
from mxlite._ops.arithmetic import add as add
from mxlite._ops.arithmetic import add as broadcast_add
from mxlite._ops.arithmetic import add as broadcast_plus
from mxlite._ops.arithmetic import add as elemwise_add
from mxlite._ops.arithmetic import multiply as broadcast_mul
from mxlite._ops.arithmetic import multiply as elemwise_mul
from mxlite._ops.arithmetic import multiply as multiply
from mxlite._ops.arithmetic import negative as negative
from mxlite._ops.arithmetic import power as broadcast_power
from mxlite._ops.arithmetic import power as power
from mxlite._ops.arithmetic import remainder as broadcast_mod
from mxlite._ops.arithmetic import remainder as modulo
from mxlite._ops.arithmetic import subtract as broadcast_minus
from mxlite._ops.arithmetic import subtract as broadcast_sub
from mxlite._ops.arithmetic import subtract as elemwise_sub
from mxlite._ops.arithmetic import subtract as subtract
from mxlite._ops.arithmetic import true_divide as broadcast_div
from mxlite._ops.arithmetic import true_divide as divide
from mxlite._ops.arithmetic import true_divide as elemwise_div
from mxlite._ops.arithmetic import true_divide as true_divide
from mxlite._ops.columns import col2im as col2im
from mxlite._ops.columns import im2col as im2col
from mxlite._ops.compare import equal as broadcast_equal
from mxlite._ops.compare import equal as equal
from mxlite._ops.compare import greater as broadcast_greater
from mxlite._ops.compare import greater as greater
from mxlite._ops.compare import greater_equal as broadcast_greater_equal
from mxlite._ops.compare import greater_equal as greater_equal
from mxlite._ops.compare import less as broadcast_lesser
from mxlite._ops.compare import less as lesser
from mxlite._ops.compare import less_equal as broadcast_lesser_equal
from mxlite._ops.compare import less_equal as lesser_equal
from mxlite._ops.compare import not_equal as broadcast_not_equal
from mxlite._ops.compare import not_equal as not_equal
from mxlite._ops.convolution import convolution as Convolution
from mxlite._ops.convolution import deconvolution as Deconvolution
from mxlite._ops.coordinates import ravel_multi_index as ravel_multi_index
from mxlite._ops.coordinates import unravel_rows as unravel_index
from mxlite._ops.creation import ones_like as ones_like
from mxlite._ops.creation import zeros_like as zeros_like
from mxlite._ops.ctc import ctc_loss as CTCLoss
from mxlite._ops.ctc import ctc_loss as ctc_loss
from mxlite._ops.densities import random_pdf_dirichlet as random_pdf_dirichlet
from mxlite._ops.densities import random_pdf_exponential as random_pdf_exponential
from mxlite._ops.densities import random_pdf_gamma as random_pdf_gamma
from mxlite._ops.densities import random_pdf_generalized_negative_binomial as random_pdf_generalized_negative_binomial
from mxlite._ops.densities import random_pdf_negative_binomial as random_pdf_negative_binomial
from mxlite._ops.densities import random_pdf_normal as random_pdf_normal
from mxlite._ops.densities import random_pdf_poisson as random_pdf_poisson
from mxlite._ops.densities import random_pdf_uniform as random_pdf_uniform
from mxlite._ops.displaced import correlation as Correlation
from mxlite._ops.dlpack import legacy_from_dlpack as from_dlpack
from mxlite._ops.dlpack import to_dlpack_for_read as to_dlpack_for_read
from mxlite._ops.dlpack import to_dlpack_for_write as to_dlpack_for_write
from mxlite._ops.elementwise import arccos as arccos
from mxlite._ops.elementwise import arccosh as arccosh
from mxlite._ops.elementwise import arcsin as arcsin
from mxlite._ops.elementwise import arcsinh as arcsinh
from mxlite._ops.elementwise import arctan as arctan
from mxlite._ops.elementwise import arctanh as arctanh
from mxlite._ops.elementwise import cbrt as cbrt
from mxlite._ops.elementwise import ceil as ceil
from mxlite._ops.elementwise import cos as cos
from mxlite._ops.elementwise import cosh as cosh
from mxlite._ops.elementwise import degrees as degrees
from mxlite._ops.elementwise import exp as exp
from mxlite._ops.elementwise import expm1 as expm1
from mxlite._ops.elementwise import floor as floor
from mxlite._ops.elementwise import hypot as broadcast_hypot
from mxlite._ops.elementwise import log as log
from mxlite._ops.elementwise import log10 as log10
from mxlite._ops.elementwise import log1p as log1p
from mxlite._ops.elementwise import log2 as log2
from mxlite._ops.elementwise import maximum as broadcast_maximum
from mxlite._ops.elementwise import maximum as maximum
from mxlite._ops.elementwise import minimum as broadcast_minimum
from mxlite._ops.elementwise import minimum as minimum
from mxlite._ops.elementwise import radians as radians
from mxlite._ops.elementwise import rcbrt as rcbrt
from mxlite._ops.elementwise import reciprocal as reciprocal
from mxlite._ops.elementwise import rint as rint
from mxlite._ops.elementwise import round_away as round
from mxlite._ops.elementwise import rsqrt as rsqrt
from mxlite._ops.elementwise import sign as sign
from mxlite._ops.elementwise import sin as sin
from mxlite._ops.elementwise import sinh as sinh
from mxlite._ops.elementwise import sqrt as sqrt
from mxlite._ops.elementwise import square as square
from mxlite._ops.elementwise import tan as tan
from mxlite._ops.elementwise import tanh as tanh
from mxlite._ops.elementwise import trunc as fix
from mxlite._ops.elementwise import trunc as trunc
from mxlite._ops.factor import gelqf as linalg_gelqf
from mxlite._ops.gradient import make_loss as make_loss
from mxlite._ops.gradient import make_weighted_loss as MakeLoss
from mxlite._ops.gradient import stop_gradient as BlockGrad
from mxlite._ops.gradient import stop_gradient as stop_gradient
from mxlite._ops.histogram import histogram as histogram
from mxlite._ops.join import slice_channel as SliceChannel
from mxlite._ops.join import slice_channel as split
from mxlite._ops.join import split_v2 as split_v2
from mxlite._ops.khatri_rao import khatri_rao as khatri_rao
from mxlite._ops.layers import dropout as Dropout
from mxlite._ops.layers import fully_connected as FullyConnected
from mxlite._ops.layers import up_sampling as UpSampling
from mxlite._ops.legacy import add_n as ElementWiseSum
from mxlite._ops.legacy import add_n as add_n
from mxlite._ops.legacy import argmax as argmax
from mxlite._ops.legacy import argmax_channel as argmax_channel
from mxlite._ops.legacy import argmin as argmin
from mxlite._ops.legacy import broadcast_to as broadcast_to
from mxlite._ops.legacy import concat as Concat
from mxlite._ops.legacy import concat as concat
from mxlite._ops.legacy import concatenate as concatenate
from mxlite._ops.legacy import identity as identity
from mxlite._ops.legacy import max as max
from mxlite._ops.legacy import max as max_axis
from mxlite._ops.legacy import mean as mean
from mxlite._ops.legacy import min as min
from mxlite._ops.legacy import min as min_axis
from mxlite._ops.legacy import nanprod as nanprod
from mxlite._ops.legacy import nansum as nansum
from mxlite._ops.legacy import onehot_encode as onehot_encode
from mxlite._ops.legacy import prod as prod
from mxlite._ops.legacy import reshape as Reshape
from mxlite._ops.legacy import reshape as reshape
from mxlite._ops.legacy import stack as stack
from mxlite._ops.legacy import sum as sum
from mxlite._ops.legacy import sum as sum_axis
from mxlite._ops.legacy import swapaxes as SwapAxis
from mxlite._ops.legacy import swapaxes as swapaxes
from mxlite._ops.legacy import waitall as waitall
from mxlite._ops.legacy import where as where
from mxlite._ops.legacy_creation import arange as arange
from mxlite._ops.legacy_creation import array as array
from mxlite._ops.legacy_creation import empty as empty
from mxlite._ops.legacy_creation import eye as eye
from mxlite._ops.legacy_creation import from_numpy as from_numpy
from mxlite._ops.legacy_creation import full as full
from mxlite._ops.legacy_creation import linspace as linspace
from mxlite._ops.legacy_creation import ones as ones
from mxlite._ops.legacy_creation import zeros as zeros
from mxlite._ops.legacy_linalg import extractdiag as linalg_extractdiag
from mxlite._ops.legacy_linalg import extracttrian as linalg_extracttrian
from mxlite._ops.legacy_linalg import gemm as linalg_gemm
from mxlite._ops.legacy_linalg import gemm2 as linalg_gemm2
from mxlite._ops.legacy_linalg import makediag as linalg_makediag
from mxlite._ops.legacy_linalg import maketrian as linalg_maketrian
from mxlite._ops.legacy_linalg import potrf as linalg_potrf
from mxlite._ops.legacy_linalg import potri as linalg_potri
from mxlite._ops.legacy_linalg import sumlogdiag as linalg_sumlogdiag
from mxlite._ops.legacy_linalg import syrk as linalg_syrk
from mxlite._ops.legacy_linalg import trmm as linalg_trmm
from mxlite._ops.legacy_linalg import trsm as linalg_trsm
from mxlite._ops.legacy_random import gamma as random_gamma
from mxlite._ops.legacy_random import gamma as sample_gamma
from mxlite._ops.legacy_random import generalized_negative_binomial as random_generalized_negative_binomial
from mxlite._ops.legacy_random import generalized_negative_binomial as sample_generalized_negative_binomial
from mxlite._ops.legacy_random import multinomial as sample_multinomial
from mxlite._ops.legacy_random import negative_binomial as random_negative_binomial
from mxlite._ops.legacy_random import negative_binomial as sample_negative_binomial
from mxlite._ops.legacy_random import normal as normal
from mxlite._ops.legacy_random import normal as random_normal
from mxlite._ops.legacy_random import poisson as random_poisson
from mxlite._ops.legacy_random import poisson as sample_poisson
from mxlite._ops.legacy_random import randint as random_randint
from mxlite._ops.legacy_random import random_exponential as random_exponential
from mxlite._ops.legacy_random import random_exponential as sample_exponential
from mxlite._ops.legacy_random import sample_normal as sample_normal
from mxlite._ops.legacy_random import shuffle as shuffle
from mxlite._ops.legacy_random import uniform as random_uniform
from mxlite._ops.legacy_random import uniform as sample_uniform
from mxlite._ops.legacy_random import uniform as uniform
from mxlite._ops.linalg import det as linalg_det
from mxlite._ops.linalg import inv as linalg_inverse
from mxlite._ops.linalg import slogdet as linalg_slogdet
from mxlite._ops.logic import clip as clip
from mxlite._ops.logic import logical_and as broadcast_logical_and
from mxlite._ops.logic import logical_and as logical_and
from mxlite._ops.logic import logical_not as logical_not
from mxlite._ops.logic import logical_or as broadcast_logical_or
from mxlite._ops.logic import logical_or as logical_or
from mxlite._ops.logic import logical_xor as broadcast_logical_xor
from mxlite._ops.logic import logical_xor as logical_xor
from mxlite._ops.mask import slice_axes as crop
from mxlite._ops.mask import slice_axes as slice
from mxlite._ops.mask import slice_axis as slice_axis
from mxlite._ops.mask import slice_like as slice_like
from mxlite._ops.norm import legacy_norm as norm
from mxlite._ops.normalization import batch_norm as BatchNorm
from mxlite._ops.normalization import group_norm as GroupNorm
from mxlite._ops.normalization import instance_norm as InstanceNorm
from mxlite._ops.normalization import layer_norm as LayerNorm
from mxlite._ops.order import argsort_either_way as argsort
from mxlite._ops.order import sort_either_way as sort
from mxlite._ops.order import topk as topk
from mxlite._ops.outputs import linear_regression_output as LinearRegressionOutput
from mxlite._ops.outputs import logistic_regression_output as LogisticRegressionOutput
from mxlite._ops.outputs import mae_regression_output as MAERegressionOutput
from mxlite._ops.outputs import softmax_output as Softmax
from mxlite._ops.outputs import softmax_output as SoftmaxOutput
from mxlite._ops.pooling import l2_normalization as L2Normalization
from mxlite._ops.pooling import local_response_norm as LRN
from mxlite._ops.pooling import pooling as Pooling
from mxlite._ops.products import batch_dot as batch_dot
from mxlite._ops.products import legacy_dot as dot
from mxlite._ops.rearrange import crop as Crop
from mxlite._ops.rearrange import depth_to_space as depth_to_space
from mxlite._ops.rearrange import diag_of_axes as diag
from mxlite._ops.rearrange import flip as flip
from mxlite._ops.rearrange import flip as reverse
from mxlite._ops.rearrange import pad_flat as Pad
from mxlite._ops.rearrange import pad_flat as pad
from mxlite._ops.rearrange import repeat as repeat
from mxlite._ops.rearrange import space_to_depth as space_to_depth
from mxlite._ops.rearrange import tile as tile
from mxlite._ops.reduce import cumsum as cumsum
from mxlite._ops.regions import roi_pooling as ROIPooling
from mxlite._ops.rnn import rnn as RNN
from mxlite._ops.sampler import bilinear_sampler as BilinearSampler
from mxlite._ops.sampler import grid_generator as GridGenerator
from mxlite._ops.sampler import spatial_transformer as SpatialTransformer
from mxlite._ops.select import embedding as Embedding
from mxlite._ops.select import fill_element_0index as fill_element_0index
from mxlite._ops.select import gather_nd as gather_nd
from mxlite._ops.select import one_hot as one_hot
from mxlite._ops.select import pick as batch_take
from mxlite._ops.select import pick as choose_element_0index
from mxlite._ops.select import pick as pick
from mxlite._ops.select import scatter_nd as scatter_nd
from mxlite._ops.select import take_slices as take
from mxlite._ops.sequence import sequence_last as SequenceLast
from mxlite._ops.sequence import sequence_mask as SequenceMask
from mxlite._ops.sequence import sequence_reverse as SequenceReverse
from mxlite._ops.shape import astype as Cast
from mxlite._ops.shape import astype as cast
from mxlite._ops.shape import batch_flatten as Flatten
from mxlite._ops.shape import batch_flatten as flatten
from mxlite._ops.shape import broadcast_axis as broadcast_axes
from mxlite._ops.shape import broadcast_axis as broadcast_axis
from mxlite._ops.shape import broadcast_like as broadcast_like
from mxlite._ops.shape import expand_dims as expand_dims
from mxlite._ops.shape import moveaxis as moveaxis
from mxlite._ops.shape import reshape_like as reshape_like
from mxlite._ops.shape import shape_array as shape_array
from mxlite._ops.shape import size_array as size_array
from mxlite._ops.shape import squeeze as squeeze
from mxlite._ops.shape import transpose as transpose
from mxlite._ops.softmax import log_softmax as log_softmax
from mxlite._ops.softmax import softmax as softmax
from mxlite._ops.softmax import softmax_activation as SoftmaxActivation
from mxlite._ops.softmax import softmax_cross_entropy as softmax_cross_entropy
from mxlite._ops.softmax import softmin as softmin
from mxlite._ops.special import erf as erf
from mxlite._ops.special import erfinv as erfinv
from mxlite._ops.special import gamma as gamma
from mxlite._ops.special import gammaln as gammaln
from mxlite._ops.statistics import moments as moments
from mxlite._ops.svm import svm_output as SVMOutput
from mxlite.nd import contrib as contrib
from mxlite.nd import linalg as linalg
from mxlite.nd import random as random
from mxlite.serialization import load as load
from mxlite.serialization import load_frombuffer as load_frombuffer
from mxlite.serialization import save as save

__all__ = [
    "Activation", "BatchNorm", "BilinearSampler", "BlockGrad", "CTCLoss", "Cast", "Concat", "Convolution",
    "Correlation", "Crop", "Deconvolution", "Dropout", "ElementWiseSum", "Embedding", "Flatten", "FullyConnected",
    "GridGenerator", "GroupNorm", "InstanceNorm", "L2Normalization", "LRN", "LayerNorm", "LeakyReLU",
    "LinearRegressionOutput", "LogisticRegressionOutput", "MAERegressionOutput", "MakeLoss", "NDArray", "Pad",
    "Pooling", "RNN", "ROIPooling", "Reshape", "SVMOutput", "SequenceLast", "SequenceMask", "SequenceReverse",
    "SliceChannel", "Softmax", "SoftmaxActivation", "SoftmaxOutput", "SpatialTransformer", "SwapAxis", "UpSampling",
    "abs", "add", "add_n", "arange", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh", "argmax",
    "argmax_channel", "argmin", "argsort", "array", "batch_dot", "batch_take", "broadcast_add", "broadcast_axes",
    "broadcast_axis", "broadcast_div", "broadcast_equal", "broadcast_greater", "broadcast_greater_equal",
    "broadcast_hypot", "broadcast_lesser", "broadcast_lesser_equal", "broadcast_like", "broadcast_logical_and",
    "broadcast_logical_or", "broadcast_logical_xor", "broadcast_maximum", "broadcast_minimum", "broadcast_minus",
    "broadcast_mod", "broadcast_mul", "broadcast_not_equal", "broadcast_plus", "broadcast_power", "broadcast_sub",
    "broadcast_to", "cast", "cbrt", "ceil", "choose_element_0index", "clip", "col2im", "concat", "concatenate",
    "contrib", "cos", "cosh", "crop", "ctc_loss", "cumsum", "degrees", "depth_to_space", "diag", "divide", "dot",
    "elemwise_add", "elemwise_div", "elemwise_mul", "elemwise_sub", "empty", "equal", "erf", "erfinv", "exp",
    "expand_dims", "expm1", "eye", "fill_element_0index", "fix", "flatten", "flip", "floor", "from_dlpack",
    "from_numpy", "full", "gamma", "gammaln", "gather_nd", "greater", "greater_equal", "hard_sigmoid", "histogram",
    "identity", "im2col", "khatri_rao", "lesser", "lesser_equal", "linalg", "linalg_det", "linalg_extractdiag",
    "linalg_extracttrian", "linalg_gelqf", "linalg_gemm", "linalg_gemm2", "linalg_inverse", "linalg_makediag",
    "linalg_maketrian", "linalg_potrf", "linalg_potri", "linalg_slogdet", "linalg_sumlogdiag", "linalg_syrk",
    "linalg_trmm", "linalg_trsm", "linspace", "load", "load_frombuffer", "log", "log10", "log1p", "log2",
    "log_softmax", "logical_and", "logical_not", "logical_or", "logical_xor", "make_loss", "max", "max_axis",
    "maximum", "mean", "min", "min_axis", "minimum", "modulo", "moments", "moveaxis", "multiply", "nanprod",
    "nansum", "negative", "norm", "normal", "not_equal", "one_hot", "onehot_encode", "ones", "ones_like", "pad",
    "pick", "power", "prod", "radians", "random", "random_exponential", "random_gamma",
    "random_generalized_negative_binomial", "random_negative_binomial", "random_normal", "random_pdf_dirichlet",
    "random_pdf_exponential", "random_pdf_gamma", "random_pdf_generalized_negative_binomial",
    "random_pdf_negative_binomial", "random_pdf_normal", "random_pdf_poisson", "random_pdf_uniform",
    "random_poisson", "random_randint", "random_uniform", "ravel_multi_index", "rcbrt", "reciprocal", "relu",
    "repeat", "reshape", "reshape_like", "reverse", "rint", "round", "rsqrt", "sample_exponential", "sample_gamma",
    "sample_generalized_negative_binomial", "sample_multinomial", "sample_negative_binomial", "sample_normal",
    "sample_poisson", "sample_uniform", "save", "scatter_nd", "shape_array", "shuffle", "sigmoid", "sign", "sin",
    "sinh", "size_array", "slice", "slice_axis", "slice_like", "smooth_l1", "softmax", "softmax_cross_entropy",
    "softmin", "softsign", "sort", "space_to_depth", "split", "split_v2", "sqrt", "square", "squeeze", "stack",
    "stop_gradient", "subtract", "sum", "sum_axis", "swapaxes", "take", "tan", "tanh", "tile", "to_dlpack_for_read",
    "to_dlpack_for_write", "topk", "transpose", "true_divide", "trunc", "uniform", "unravel_index", "waitall",
    "where", "zeros", "zeros_like",
]
