# Written by tests/tools/namespaces.py.
# ruff: noqa: I001, RUF022, RUF100

from mxlite._ops.activation import div_sqrt_dim as div_sqrt_dim
from mxlite._ops.activation import gradientmultiplier as gradientmultiplier
from mxlite._ops.activation import quadratic as quadratic
from mxlite._ops.attention import interleaved_matmul_encdec_qk as interleaved_matmul_encdec_qk
from mxlite._ops.attention import interleaved_matmul_encdec_valatt as interleaved_matmul_encdec_valatt
from mxlite._ops.attention import interleaved_matmul_selfatt_qk as interleaved_matmul_selfatt_qk
from mxlite._ops.attention import interleaved_matmul_selfatt_valatt as interleaved_matmul_selfatt_valatt
from mxlite._ops.boxes import bipartite_matching as bipartite_matching
from mxlite._ops.boxes import box_iou as box_iou
from mxlite._ops.boxes import box_nms as box_nms
from mxlite._ops.boxes import box_nms as box_non_maximum_suppression
from mxlite._ops.boxes import multibox_prior as MultiBoxPrior
from mxlite._ops.control import cond as cond
from mxlite._ops.control import foreach as foreach
from mxlite._ops.control import while_loop as while_loop
from mxlite._ops.creation import arange_like as arange_like
from mxlite._ops.ctc import ctc_loss as CTCLoss
from mxlite._ops.ctc import ctc_loss as ctc_loss
from mxlite._ops.deformable import deformable_convolution as DeformableConvolution
from mxlite._ops.deformable import deformable_psroi_pooling as DeformablePSROIPooling
from mxlite._ops.deformable import modulated_deformable_convolution as ModulatedDeformableConvolution
from mxlite._ops.elementwise import round_ste as round_ste
from mxlite._ops.elementwise import sign_ste as sign_ste
from mxlite._ops.hawkes import hawkesll as hawkesll
from mxlite._ops.legacy_random import rand_zipfian as rand_zipfian
from mxlite._ops.logic import allclose_as_number as allclose
from mxlite._ops.logic import isfinite as isfinite
from mxlite._ops.logic import isinf as isinf
from mxlite._ops.logic import isnan as isnan
from mxlite._ops.mask import boolean_mask as boolean_mask
from mxlite._ops.multibox import box_decode as box_decode
from mxlite._ops.multibox import box_encode as box_encode
from mxlite._ops.multibox import multibox_detection as MultiBoxDetection
from mxlite._ops.multibox import multibox_target as MultiBoxTarget
from mxlite._ops.normalization import batch_norm_with_relu as BatchNormWithReLU
from mxlite._ops.normalization import sync_batch_norm as SyncBatchNorm
from mxlite._ops.pooling import adaptive_avg_pooling as AdaptiveAvgPooling2D
from mxlite._ops.proposal import multi_proposal as MultiProposal
from mxlite._ops.proposal import proposal as Proposal
from mxlite._ops.resize import bilinear_resize as BilinearResize2D
from mxlite._ops.roi import psroi_pooling as PSROIPooling
from mxlite._ops.roi import roi_align as ROIAlign
from mxlite._ops.roi import rotated_roi_align as RROIAlign
from mxlite._ops.select import index_array as index_array
from mxlite._ops.select import index_copy as index_copy

__all__ = [
    "AdaptiveAvgPooling2D", "BatchNormWithReLU", "BilinearResize2D", "CTCLoss", "DeformableConvolution",
    "DeformablePSROIPooling", "ModulatedDeformableConvolution", "MultiBoxDetection", "MultiBoxPrior",
    "MultiBoxTarget", "MultiProposal", "PSROIPooling", "Proposal", "ROIAlign", "RROIAlign", "SyncBatchNorm",
    "allclose", "arange_like", "bipartite_matching", "boolean_mask", "box_decode", "box_encode", "box_iou",
    "box_nms", "box_non_maximum_suppression", "cond", "ctc_loss", "div_sqrt_dim", "foreach", "gradientmultiplier",
    "hawkesll", "index_array", "index_copy", "interleaved_matmul_encdec_qk", "interleaved_matmul_encdec_valatt",
    "interleaved_matmul_selfatt_qk", "interleaved_matmul_selfatt_valatt", "isfinite", "isinf", "isnan", "quadratic",
    "rand_zipfian", "round_ste", "sign_ste", "while_loop",
]
