"""Operators contributed to MXNet 1.x."""
# Written by tests/tools/namespaces.py.
# ruff: noqa: F822, I001, RUF022, RUF100

from mxlite._ops.creation import arange_like as arange_like
from mxlite._ops.elementwise import round_ste as round_ste
from mxlite._ops.elementwise import sign_ste as sign_ste
from mxlite._ops.logic import allclose_as_number as allclose
from mxlite._ops.logic import isfinite as isfinite
from mxlite._ops.logic import isinf as isinf
from mxlite._ops.logic import isnan as isnan
from mxlite._ops.mask import boolean_mask as boolean_mask
from mxlite._ops.select import index_array as index_array
from mxlite._ops.select import index_copy as index_copy

_LATER = {
    "mxlite._ops.activation":
        "div_sqrt_dim gradientmultiplier quadratic",
    "mxlite._ops.attention":
        "interleaved_matmul_encdec_qk interleaved_matmul_encdec_valatt interleaved_matmul_selfatt_qk "
        "interleaved_matmul_selfatt_valatt",
    "mxlite._ops.boxes":
        "MultiBoxPrior=multibox_prior bipartite_matching box_iou box_nms box_non_maximum_suppression=box_nms",
    "mxlite._ops.control":
        "cond foreach while_loop",
    "mxlite._ops.ctc":
        "CTCLoss=ctc_loss ctc_loss",
    "mxlite._ops.deformable":
        "DeformableConvolution=deformable_convolution DeformablePSROIPooling=deformable_psroi_pooling "
        "ModulatedDeformableConvolution=modulated_deformable_convolution",
    "mxlite._ops.hawkes":
        "hawkesll",
    "mxlite._ops.legacy_random":
        "rand_zipfian",
    "mxlite._ops.multibox":
        "MultiBoxDetection=multibox_detection MultiBoxTarget=multibox_target box_decode box_encode",
    "mxlite._ops.normalization":
        "BatchNormWithReLU=batch_norm_with_relu SyncBatchNorm=sync_batch_norm",
    "mxlite._ops.pooling":
        "AdaptiveAvgPooling2D=adaptive_avg_pooling",
    "mxlite._ops.proposal":
        "MultiProposal=multi_proposal Proposal=proposal",
    "mxlite._ops.resize":
        "BilinearResize2D=bilinear_resize",
    "mxlite._ops.roi":
        "PSROIPooling=psroi_pooling ROIAlign=roi_align RROIAlign=rotated_roi_align",
}

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
