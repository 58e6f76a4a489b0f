"""MXNet's extensions to NumPy: neural operators, devices and switches."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: F822, I001, RUF022, RUF100

from mxlite._mode import is_np_array as is_np_array
from mxlite._mode import is_np_default_dtype as is_np_default_dtype
from mxlite._mode import is_np_shape as is_np_shape
from mxlite._mode import np_array as np_array
from mxlite._mode import np_shape as np_shape
from mxlite._mode import reset_np as reset_np
from mxlite._mode import set_np as set_np
from mxlite._mode import set_np_default_dtype as set_np_default_dtype
from mxlite._mode import set_np_shape as set_np_shape
from mxlite._mode import use_np as use_np
from mxlite._mode import use_np_array as use_np_array
from mxlite._mode import use_np_shape as use_np_shape
from mxlite._ops.compare import greater as broadcast_greater
from mxlite._ops.creation import arange_like as arange_like
from mxlite._ops.creation import from_numpy as from_numpy
from mxlite._ops.dlpack import from_dlpack_npx as from_dlpack
from mxlite._ops.dlpack import to_dlpack_for_read as to_dlpack_for_read
from mxlite._ops.dlpack import to_dlpack_for_write as to_dlpack_for_write
from mxlite._ops.elementwise import round_ste as round_ste
from mxlite._ops.elementwise import sign_ste as sign_ste
from mxlite._ops.join import slice_channel as slice_channel
from mxlite._ops.mask import nonzero_rows as nonzero
from mxlite._ops.mask import slice_axes as slice
from mxlite._ops.mask import slice_like as slice_like
from mxlite._ops.order import topk as topk
from mxlite._ops.products import batch_dot as batch_dot
from mxlite._ops.rearrange import pad_flat as pad
from mxlite._ops.select import embedding as embedding
from mxlite._ops.select import gather_nd as gather_nd
from mxlite._ops.select import index_add as index_add
from mxlite._ops.select import index_update as index_update
from mxlite._ops.select import one_hot as one_hot
from mxlite._ops.select import pick as pick
from mxlite._ops.select import scatter_nd as scatter_nd
from mxlite._ops.shape import astype as cast
from mxlite._ops.shape import batch_flatten as batch_flatten
from mxlite._ops.shape import broadcast_like as broadcast_like
from mxlite._ops.shape import reshape_by_codes as reshape
from mxlite._ops.shape import reshape_like as reshape_like
from mxlite._ops.shape import shape_array as shape_array
from mxlite._ops.special import digamma as digamma
from mxlite._ops.special import erf as erf
from mxlite._ops.special import erfinv as erfinv
from mxlite._ops.special import gamma as gamma
from mxlite._ops.special import gammaln as gammaln
from mxlite.context import Context as Context
from mxlite.context import Context as Device
from mxlite.context import cpu as cpu
from mxlite.context import cpu_pinned as cpu_pinned
from mxlite.context import current_context as current_context
from mxlite.context import current_device as current_device
from mxlite.context import gpu as gpu
from mxlite.context import num_gpus as num_gpus
from mxlite.npx import random as random

_LATER = {
    "mxlite._ops.activation":
        "activation leaky_relu relu sigmoid smooth_l1 softsign",
    "mxlite._ops.attention":
        "interleaved_matmul_encdec_qk interleaved_matmul_encdec_valatt interleaved_matmul_selfatt_qk "
        "interleaved_matmul_selfatt_valatt",
    "mxlite._ops.boxes":
        "bipartite_matching box_iou box_nms multibox_prior",
    "mxlite._ops.control":
        "cond=cond_of foreach while_loop",
    "mxlite._ops.convolution":
        "convolution deconvolution",
    "mxlite._ops.ctc":
        "ctc_loss",
    "mxlite._ops.deformable":
        "deformable_convolution modulated_deformable_convolution",
    "mxlite._ops.gradient":
        "stop_gradient",
    "mxlite._ops.layers":
        "dropout fully_connected",
    "mxlite._ops.legacy":
        "add_n waitall",
    "mxlite._ops.multibox":
        "box_decode box_encode multibox_detection multibox_target",
    "mxlite._ops.norm":
        "norm=legacy_norm",
    "mxlite._ops.normalization":
        "batch_norm batch_norm_with_relu group_norm=group_norm_with_larger_eps instance_norm layer_norm "
        "sync_batch_norm",
    "mxlite._ops.pooling":
        "pooling",
    "mxlite._ops.random_counts":
        "scalar_poisson tensor_poisson",
    "mxlite._ops.regions":
        "roi_pooling",
    "mxlite._ops.rnn":
        "rnn",
    "mxlite._ops.sequence":
        "sequence_last sequence_mask sequence_reverse",
    "mxlite._ops.sliding":
        "sldwin_atten_context sldwin_atten_mask_like sldwin_atten_score",
    "mxlite._ops.softmax":
        "log_softmax masked_log_softmax masked_softmax softmax",
    "mxlite.serialization":
        "load=load_np save=save_np savez",
}

__all__ = [
    "Context", "Device", "activation", "add_n", "arange_like", "batch_dot", "batch_flatten", "batch_norm",
    "batch_norm_with_relu", "bipartite_matching", "box_decode", "box_encode", "box_iou", "box_nms",
    "broadcast_greater", "broadcast_like", "cast", "cond", "convolution", "cpu", "cpu_pinned", "ctc_loss",
    "current_context", "current_device", "deconvolution", "deformable_convolution", "digamma", "dropout",
    "embedding", "erf", "erfinv", "foreach", "from_dlpack", "from_numpy", "fully_connected", "gamma", "gammaln",
    "gather_nd", "gpu", "group_norm", "index_add", "index_update", "instance_norm", "interleaved_matmul_encdec_qk",
    "interleaved_matmul_encdec_valatt", "interleaved_matmul_selfatt_qk", "interleaved_matmul_selfatt_valatt",
    "is_np_array", "is_np_default_dtype", "is_np_shape", "layer_norm", "leaky_relu", "load", "log_softmax",
    "masked_log_softmax", "masked_softmax", "modulated_deformable_convolution", "multibox_detection",
    "multibox_prior", "multibox_target", "nonzero", "norm", "np_array", "np_shape", "num_gpus", "one_hot", "pad",
    "pick", "pooling", "random", "relu", "reset_np", "reshape", "reshape_like", "rnn", "roi_pooling", "round_ste",
    "save", "savez", "scalar_poisson", "scatter_nd", "sequence_last", "sequence_mask", "sequence_reverse", "set_np",
    "set_np_default_dtype", "set_np_shape", "shape_array", "sigmoid", "sign_ste", "sldwin_atten_context",
    "sldwin_atten_mask_like", "sldwin_atten_score", "slice", "slice_channel", "slice_like", "smooth_l1", "softmax",
    "softsign", "stop_gradient", "sync_batch_norm", "tensor_poisson", "to_dlpack_for_read", "to_dlpack_for_write",
    "topk", "use_np", "use_np_array", "use_np_shape", "waitall", "while_loop",
]
