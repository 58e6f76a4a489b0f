"""What MXNet has and mxlite has not, name by name, with the reason: one table, read by errors and by the documentation.

Asking one of mxlite's modules for such a name raises MissingFeatureError with the reason and, where there is one, what
to use instead (but see PLAIN); `hasattr` says False, because the error is an AttributeError.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

from mxlite._errors import MissingFeatureError
from mxlite._version import __version__

# reason, {namespace: names}. A reason is a sentence without its full stop, for errors and for docs/operators.md.
_TABLE: list[tuple[str, dict[str, str]]] = [
    ("arrays are dense here; sparse storage, csr and row_sparse, does not exist", {
        "test_utils": "create_sparse_array create_sparse_array_zd rand_sparse_ndarray shuffle_csr_column_indices",
        "nd": "cast_storage sparse",
        "nd.contrib": "SparseEmbedding getnnz",
        "np.ndarray": "tostype",
        "nd.NDArray": "tostype",
    }),
    ("it samples graphs that are stored as sparse arrays, which do not exist here", {
        "nd.contrib": "dgl_adjacency dgl_csr_neighbor_non_uniform_sample dgl_csr_neighbor_uniform_sample "
                      "dgl_graph_compact dgl_subgraph edge_id",
    }),
    ("it computes with int8 weights that a quantized symbolic model holds, and there are no such models here", {
        "npx": "contrib_calibrate_entropy contrib_quantize contrib_quantize_v2 intgemm_fully_connected "
               "intgemm_maxabsolute intgemm_prepare_data intgemm_prepare_weight intgemm_take_weight quantized_act "
               "quantized_conv quantized_elemwise_add quantized_elemwise_mul quantized_embedding quantized_flatten "
               "quantized_fully_connected quantized_pooling quantized_reshape quantized_transpose requantize",
        "contrib": "quant quantization",
        "nd.contrib": "calibrate_entropy dequantize quantize quantize_asym quantize_v2 quantized_act "
                      "quantized_batch_norm quantized_concat quantized_conv quantized_elemwise_add "
                      "quantized_elemwise_mul quantized_embedding quantized_flatten quantized_fully_connected "
                      "quantized_pooling quantized_rnn requantize",
    }),
    ("it needs a GPU, and mxlite runs on the CPU", {
        "npx": "get_cuda_compute_capability gpu_memory_info",
        "nd.contrib": "count_sketch",
    }),
    ("it needs a GPU in MXNet; numpy.fft transforms x.asnumpy()", {"nd.contrib": "fft ifft"}),
    ("a step of an optimizer that overwrites its arrays; write it with operators, outside record, as in "
     "`w[:] = w - rate * w.grad`", {
        "nd": "adam_update ftml_update ftrl_update lamb_update_phase1 lamb_update_phase2 mp_lamb_update_phase1 "
              "mp_lamb_update_phase2 mp_nag_mom_update mp_sgd_mom_update mp_sgd_update multi_lars "
              "multi_mp_sgd_mom_update multi_mp_sgd_update multi_sgd_mom_update multi_sgd_update multi_sum_sq "
              "nag_mom_update preloaded_multi_mp_sgd_mom_update preloaded_multi_mp_sgd_update "
              "preloaded_multi_sgd_mom_update preloaded_multi_sgd_update rmsprop_update rmspropalex_update "
              "sgd_mom_update sgd_update signsgd_update signum_update",
        "nd.contrib": "adamw_update group_adagrad_update mp_adamw_update multi_adamw_update multi_lamb_update "
                      "multi_mp_adamw_update multi_mp_lamb_update",
    }),
    ("a helper of MXNet's optimizers; `np.isfinite(x).all()` asks the same", {"nd": "all_finite multi_all_finite"}),
    ("a helper of MXNet's optimizers; `x[:] = 0` does the same", {"nd": "reset_arrays"}),
    ("a helper of automatic mixed precision; use `astype`", {"nd": "amp_cast amp_multicast"}),
    ("the predecessor of the operator without `_v1`, which is here, and gone from MXNet 2.0", {
        "nd": "BatchNorm_v1 Convolution_v1 Pooling_v1",
    }),
    ("the predecessor of `mxnet.autograd`, which is here", {"contrib": "autograd"}),
    ("there are no symbols here, and no graphs to compile or to export", {
        "nd": "CachedOp",
        "autograd": "Symbol SymbolHandle get_symbol",
        "contrib": "onnx sym symbol tensorboard",
    }),
    ("operators are not registered by name here; write an autograd.Function", {"nd": "Custom"}),
    ("a regulariser that keeps a running mean out of sight; add the penalty to the loss", {
        "nd": "IdentityAttachKLSparseReg",
    }),
    ("mxlite reads and changes no images; decode with an imaging library and make an array of the result", {
        "nd": "imdecode image",
        "npx": "image",
    }),
    ("a reader of text files; `np.array(numpy.genfromtxt(...))` does the same", {"np": "genfromtxt"}),
    ("NumPy gave its financial functions up, and it raises in MXNet; the package numpy-financial has it", {
        "np": "mirr npv pmt ppmt pv rate",
    }),
    ("it raises an error in MXNet", {
        "np.ndarray": "abs arccos arccosh arcsin arcsinh arctan arctanh argmax_channel asscalar broadcast_axes "
                      "broadcast_like cbrt ceil cos cosh degrees depth_to_space diag exp expand_dims expm1 fix flip "
                      "floor log log10 log1p log2 log_sigmoid log_softmax mish nanprod nansum norm one_hot ones_like "
                      "pad pick radians rcbrt reciprocal relu reshape_like rint rsqrt shape_array sigmoid sign sin "
                      "sinh size_array slice slice_axis slice_like softmax softmin sort space_to_depth split split_v2 "
                      "sqrt square tan tanh tile topk trunc zeros_like",
    }),
    ("the backward half of another operator; MXNet has it in sight by mistake", {
        "nd.contrib": "backward_gradientmultiplier backward_hawkesll backward_index_copy backward_quadratic",
    }),
    ("the name that `uniform` of nd.random has where MXNet implements it", {"nd.contrib": "uniform"}),
    ("a part of MXNet's implementation", {
        "np.random": "wrap_ctx_to_device_func",
        "np.linalg": "reduce wrap_data_api_linalg_func",
        "npx": "check_call classproperty constraint_check with_metaclass",
        "npx.random": "wrap_ctx_to_device_func",
        "nd": "get_indexing_dispatch_code get_oshape_of_gather_nd_op indexing_key_expand_implicit_axes",
        "nd.random": "NDArray current_context numeric_types",
        "nd.contrib": "current_context",
        "autograd": "CFUNCTYPE Lock MXCallbackList NDArray NDArrayHandle POINTER array c_array c_array_buf "
                    "c_handle_array c_int c_void_p cast check_call mx_uint string_types",
        "np.ndarray": "handle",
        "nd.NDArray": "handle",
    }),
    ("only the imperative part of MXNet is here: write the layers with operators of npx or nd, and the loop by hand", {
        "mxnet": "callback gluon mod model module mon monitor rnn",
    }),
    ("only the imperative part of MXNet is here: fill parameters with np.random or nd.random, then call attach_grad", {
        "mxnet": "init initializer",
    }),
    ("only the imperative part of MXNet is here: a step is `w[:] = w - rate * w.grad`, outside record, with a rate "
     "that the loop may change", {
        "mxnet": "lr_scheduler optimizer",
    }),
    ("only the imperative part of MXNet is here: accuracy is `(scores.argmax(axis=1) == labels).mean()`, and so on", {
        "mxnet": "metric",
    }),
    ("only the imperative part of MXNet is here, which has no symbols and no graphs to compile or export", {
        "mxnet": "AttrScope attribute executor executor_manager name onnx sym symbol tvmop",
    }),
    ("only arrays and derivatives are here; data comes from NumPy, files from nd.save and nd.load", {
        "contrib": "io text",
        "mxnet": "image img io recordio",
    }),
    ("one process on one machine, on its CPU: no parameter servers, no GPU kernels, no engine to configure", {
        "mxnet": "engine kv kvstore library rtc runtime th torch",
        "profiler": "set_kvstore_handle",
    }),
    ("operators are not registered by name here; write an autograd.Function", {"mxnet": "operator registry"}),
    ("it is how MXNet's operators reach Python; here they are functions of Python, with signatures of their own", {
        "mxnet": "numpy_op_signature",
        "np": "_internal",
    }),
    ("MXNet leaves some functions of np to NumPy by it; `np` has them here, and NumPy's take and return arrays of np", {
        "np": "fallback fallback_linalg",
    }),
    ("denormal numbers are computed with, as in NumPy", {"util": "set_flush_denorms"}),
    ("it serves MXNet's own tests, or needs what is not here", {
        "mxnet": "libinfo log notebook",
        "test_utils": "DummyIter check_speed compare_optimizer download download_model get_bz2_data get_cifar10 "
                      "get_cuda_compute_capability get_im2rec_path get_mnist get_mnist_iterator get_mnist_pkl "
                      "get_mnist_ubyte get_zip_data list_gpus",
    }),
    ("it takes a symbol, and there are none here; `check_gradients` and `numeric_gradient` take a function", {
        "test_utils": "check_consistency check_gluon_hybridize_consistency check_numeric_gradient "
                      "check_symbolic_backward check_symbolic_forward checkShapes locationError numeric_grad "
                      "same_symbol_structure simple_forward",
    }),
]


def _by_name() -> dict[str, str]:
    table: dict[str, str] = {}
    for reason, spaces in _TABLE:
        for space, names in spaces.items():
            for name in names.split():
                if table.setdefault(f"{space}.{name}", reason) is not reason:
                    raise ValueError(f"{space}.{name} is absent for two reasons")
    return table


# {"nd.Custom": reason}; the modules of MXNet under "mxnet.".
ABSENT = _by_name()

# Modules of MXNet of which everything stands in nd itself.
SAME = {"nd.ndarray", "nd.op"}

_SHORT = {"ndarray": "nd", "numpy": "np", "numpy_extension": "npx"}


def reason(name: str) -> str | None:
    """Why mxlite has not "mxnet.nd.Custom", or the module that such a name lies in; None if nothing is known of it."""
    first, _, rest = name.removeprefix("mxnet.").partition(".")
    inside = f"{_SHORT.get(first, first)}.{rest}"
    inside = next((inside.replace(f"{same}.", "nd.", 1) for same in SAME if inside.startswith(f"{same}.")), inside)
    known = [n for n in ABSENT if f"{name}.".startswith(f"{n}.") or f"{inside}.".startswith(f"{n}.")]
    return ABSENT[known[0]] if known else None


def missing(name: str) -> str:
    """The text of the error for a name, written as programs do: "mxnet.nd.Custom"."""
    why = reason(name) or (
        "it runs the imperative part of MXNet (nd, np, npx, autograd), and docs/operators.md lists what that covers")
    return f"mxlite {__version__} does not have {name!r}: {why}."


# Modules that are imported when they are asked for: importing mxlite is to be quick.
LATER = {name: f"mxlite.{name}" for name in (
    "array_api", "contrib", "errors", "profiler", "serialization", "test_utils", "util", "visualization")}
LATER["viz"] = LATER["visualization"]       # MXNet's short name


def _sources(module: ModuleType) -> dict[str, tuple[str, str]]:
    """{name: (module, name there)} of the names that a namespace imports when they are asked for."""
    table = {}
    for source, names in vars(module).get("_LATER", {}).items():
        for spelled in names.split():
            name, _, there = spelled.partition("=")
            table[name] = (source, there or name)
    return table


def hook(module: ModuleType, space: str) -> Callable[[str], Any]:
    """The `__getattr__` of a module."""
    def __getattr__(name: str) -> Any:
        source, there = _sources(module).get(name, ("", ""))
        if source:
            value = getattr(import_module(source), there)
            setattr(module, name, value)
            return value
        if space == "mxnet" and name in LATER:
            return import_module(LATER[name])
        if f"{space}.{name}" in SAME:
            return module
        if f"{space}.{name}" in ABSENT:
            raise MissingFeatureError(missing(f"mxnet.{name}" if space == "mxnet" else f"mxnet.{space}.{name}"))
        raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}", name=name, obj=module)
    return __getattr__


# A module with a `__getattr__` is looked into without CPython's cache, some 30 ns per name that is there: a tenth of
# `np.exp(x)`. In these, nothing is absent that a program would miss; asking raises Python's own AttributeError.
PLAIN = {"np", "autograd"}


def explain() -> None:
    """Gives mxlite's modules the errors. Here and not in their files, where it would hide misspelt names from tools."""
    later = {name.removeprefix("mxlite.") for name, module in sys.modules.items()
             if name.startswith("mxlite.") and "_LATER" in vars(module)}
    for space in {name.rpartition(".")[0] for name in ABSENT} - PLAIN | later:
        module = sys.modules.get("mxlite" if space == "mxnet" else f"mxlite.{space}")
        if module is not None:
            module.__getattr__ = hook(module, space)  # type: ignore[method-assign, assignment, unused-ignore]
            if space in later:
                module.__dir__ = functools.partial(_listing, module)  # type: ignore[method-assign]


def _listing(module: ModuleType) -> list[str]:
    """What `dir` of a namespace says."""
    return sorted({*vars(module), *_sources(module)})
