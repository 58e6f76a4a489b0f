"""What tests/tools/stubs.py cannot read off a declaration: the types of parameters and of results.

In a type, {array} is an operand that is an array, {like} an array or a number, {cls} the array class of the results.
"""

# Types of parameters by name. An operand with a derivative formula is {array}; a name that is not here has the type of
# its default.
_BY_TYPE = {
    "{array}": """
        A a a1 a2 anchor ar1 ar2 arr array arrays ary attention aweights b B bias C condition data data1 data2
        data_lengths dilation element fp fweights grid index indices key keys keys_values label label_lengths lags lda
        length lhs m marks mask max_time mhs moving_mean moving_var ndarray parameters queries queries_keys_values query
        rhs rois sample score sequence_length shape_like sorter state state_cell test_elements trans true_classes
        valid_length value weight weights x x1 x2 xp y
        """,
    "{like}": """
        a_max a_min append base constant_values default df dfden dfnum fill_value high initial lam loc logit low max
        mean min mu neginf other posinf prepend prob pvals q scale seq_of_zeros sigma start std stop to_begin to_end u v
        val values
        """,
    "Number": """
        alpha beta constant_value discont dx eps grad_scale knorm left lower_bound lstm_state_clip_max
        lstm_state_clip_min margin max_calib_range min_calib_range momentum negative_mining_ratio negative_mining_thresh
        nms_threshold off_value on_value overlap_thresh overlap_threshold p period rcond regularization_coefficient
        right scalar scale_height scale_width slope smooth_alpha spatial_scale std0 std1 std2 std3 step temperature
        threshold tol trans_std upper_bound valid_thresh
        """,
    "int": """
        axis axis1 axis2 axisa axisb axisc block_size count ddof decimals deg depth group_size heads input_dim k
        lhs_begin lhs_end M max_iterations max_work n N nsize num num_args num_filter num_hidden num_layers num_outputs
        num_sampled output_dim p_value projection_size range_max rhs_begin rhs_end seed seed_state state_size w
        """,
    "bool": "check_valid copy count_include_pad cudnn_off density infer_range normed overwrite_input stable symmetric",
    "str": """
        act_type casting cudnn_tune forward_stype interpolation kind layout method mode name order pool_type
        reflect_type sample_type sampler_type stype transform_type
        """,
    "ShapeLike": """
        adj batch_shape dilate dimensions dims h_w kernel new_shape newshape output_size pad pooled_size reps shape size
        stride target_shape
        """,
    "Axes": "axes lhs_axes rhs_axes",
    "DTypeLike": "dtype out_dtype to type1 type2",
    "DeviceLike": "ctx device",
    "int | Sequence[int]": "destination kth shift source",
    "Sequence[float]": "offsets ratios scales sizes steps variances",
    "Number | str | None": "ord",
    "Callable[..., Any]": "body cond else_func func func1d then_func",
    "ArrayLike | NDArray": "obj object source_array",
    "{cls}": "out",
    "Any": """
        args arrays_and_dtypes bins capsule condlist cov dlpack extra funclist init_states inputs kw kwargs kwds
        loop_vars pad_width pred range where
        """,
}

# "function.name" or "module.function.name": types of parameters whose name means something else in that function.
_IN_FUNCTION = {
    "{array}": """
        add_n.args batch_norm.beta batch_norm.gamma batch_norm_with_relu.beta batch_norm_with_relu.gamma
        bilinear_resize.like correlate.v deformable_convolution.offset digitize.bins group_norm.beta group_norm.gamma
        group_norm_with_larger_eps.beta group_norm_with_larger_eps.gamma hawkesll.alpha hawkesll.beta instance_norm.beta
        instance_norm.gamma khatri_rao.args layer_norm.beta layer_norm.gamma leaky_relu.gamma
        modulated_deformable_convolution.offset poly.seq_of_zeros polyder.p polydiv.u polydiv.v polyint.p
        random_pdf_dirichlet.alpha random_pdf_exponential.lam random_pdf_gamma.alpha random_pdf_gamma.beta
        random_pdf_generalized_negative_binomial.alpha random_pdf_generalized_negative_binomial.mu
        random_pdf_negative_binomial.k random_pdf_negative_binomial.p random_pdf_normal.mu random_pdf_normal.sigma
        random_pdf_poisson.lam random_pdf_uniform.high random_pdf_uniform.low roots.p spatial_transformer.loc
        sync_batch_norm.beta sync_batch_norm.gamma tensor_poisson.lam unwrap.p where_or_nonzero.x where_or_nonzero.y
        """,
    "{like}": """
        all.a allclose.a allclose.atol allclose.b allclose.rtol any.a argmax.a argmin.a array_equal.a1 array_equal.a2
        array_equiv.a1 array_equiv.a2 beta.a beta.b broadcast_to.array choice.a choice.p copy.a full.fill_value
        full_like.fill_value gamma.alpha gamma.beta gamma_like.alpha gamma_like.beta generalized_negative_binomial.alpha
        generalized_negative_binomial_like.alpha isclose.a isclose.atol isclose.b isclose.rtol legacy.where.x
        legacy.where.y max.a may_share_memory.a may_share_memory.b min.a min_scalar_type.a multinomial.n multinomial.p
        ndim.a negative_binomial.k negative_binomial.p negative_binomial_like.k negative_binomial_like.p pareto.a
        permutation.x polyfit.w polyint.k power.a random.gamma.shape shape.a shares_memory.a shares_memory.b size.a
        tile.A unravel_index.indices weibull.a zeros_like.a
        """,
    "Number": """
        arange.start arange.stop arange_like.start box_decode.clip nan_to_num_into.nan quadratic.a quadratic.b
        quadratic.c sequence_mask.value slice_assign_scalar.value
        """,
    "str": "argsort.kind sort.kind sync_batch_norm.key",
    "int": "polyder.m polyint.m rollaxis.start slice_axis.begin tril_indices.m triu_indices.m up_sampling.scale",
    "int | Sequence[int | None] | None": "slice_axes.begin slice_axes.end slice_axes.step",
    "bool": "corrcoef.bias cov.bias digitize.right",
    "ShapeLike": "crop.offset",
    "Axes": """
        all.axis any.axis average.axis broadcast_axis.axis count_nonzero_over.axis expand_dims.axis flip.axis
        legacy_norm.axis max.axis mean.axis median.axis min.axis nanmax.axis nanmedian.axis nanmin.axis
        nanpercentile.axis nanprod.axis nanquantile.axis nanstd.axis nansum.axis nanvar.axis norm.axis percentile.axis
        prod.axis ptp.axis quantile.axis roll.axis size.axis squeeze.axis std.axis sum.axis var.axis vector_norm.axis
        """,
    "Sequence[int]": "matrix_norm.axis",
    "DTypeLike | {like}": "can_cast.from_",
    "int | Sequence[int] | slice | {array}": "delete.obj insert.obj",
    "int | Sequence[int] | {array}": "repeat.repeats",
    "int | Sequence[int]": """
        array_split.indices_or_sections dsplit.indices_or_sections hsplit.indices_or_sections split.indices_or_sections
        split_v2.indices_or_sections vsplit.indices_or_sections
        """,
    "Number | str | None": "cond.p lstsq.rcond",
    "numpy.ndarray[Any, Any]": "from_numpy.ndarray",
    "int | Sequence[Any]": "tensordot.axes",
    "int | None": """
        argpartition.axis argsort.axis argsort_either_way.axis concatenate.axis pad.stat_length partition.axis
        slice_axis.end sort.axis sort_either_way.axis take_along_axis.axis topk.axis
        """,
    "Sequence[int | None]": """
        slice_assign.begin slice_assign.end slice_assign.step slice_assign_scalar.begin slice_assign_scalar.end
        slice_assign_scalar.step
        """,
    "Sequence[{array}]": "concatenate.arrays multi_dot.arrays",
    "Any": "__dlpack__.dl_device __dlpack__.max_version __dlpack__.stream foreach.data from_dlpack.x transpose.axes",
}

PARAMETERS = {name: kind for table in (_BY_TYPE, _IN_FUNCTION) for kind, names in table.items()
              for name in names.split()}

# "module.function": results that are not one array.
_PAIR, _TRIPLE = "tuple[{cls}, {cls}]", "tuple[{cls}, {cls}, {cls}]"
_BY_RESULT = {
    "None": "legacy.waitall random.seed random.seed_npx random_choice.shuffle rearrange.fill_diagonal",
    "Any": "_methods.__dlpack__ control.cond control.cond_of dlpack.to_dlpack_for_read dlpack.to_dlpack_for_write",
    "bool": """
        _methods.__nonzero__ _methods.writable facts.allclose facts.array_equal facts.array_equiv facts.can_cast
        facts.may_share_memory facts.shares_memory
        """,
    "int": "facts.ndim facts.size",
    "numpy.dtype[Any]": "facts.min_scalar_type facts.promote_types facts.result_type",
    "tuple[int, ...]": "facts.shape",
    "tuple[int, int]": "_methods.__dlpack_device__",
    "tuple[Any, Any]": "control.foreach control.while_loop",
    _PAIR: "elementwise.divmod elementwise.frexp elementwise.modf linalg.eig linalg.eigh polynomial.polydiv",
    _TRIPLE: "histogram.histogram2d legacy_random.rand_zipfian linalg.svd",
    "tuple[{cls}, {cls}, {cls}, {cls}]": "matrices.lstsq",
    "tuple[{cls}, list[{cls}]]": "histogram.histogramdd",
    "tuple[{cls}, ...]": """
        coordinates.diag_indices_from coordinates.ix_ coordinates.tril_indices_from coordinates.triu_indices_from
        coordinates.unravel_index creation.tril_indices creation.triu_indices mask.nonzero
        """,
    "list[{cls}]": """
        boxes.bipartite_matching factor.gelqf factor.syevd hawkes.hawkesll histogram.histogram join.array_split
        join.dsplit join.hsplit join.meshgrid join.split join.split_v2 join.vsplit linalg.slogdet multibox.box_encode
        multibox.multibox_target shape.broadcast_arrays statistics.moments
        """,
    "UniqueAll": "order.unique_all",
    "UniqueCounts": "order.unique_counts",
    "UniqueInverse": "order.unique_inverse",
}
RETURNS = {name: kind for kind, names in _BY_RESULT.items() for name in names.split()}

# "module.function": its overloads, where the result depends on an argument, as ({parameter: type}, result). A parameter
# whose default does not have the type must be given.
_FALSE, _TRUE = "Literal[False]", "Literal[True]"


def _with(flag, result="list[{cls}]"):
    """One array, or something else with a flag."""
    return [({flag: _FALSE}, "{cls}"), ({flag: _TRUE}, result)]


_MEAN_VAR = _with("output_mean_var")
_SEVERAL = [({"*arys": "one"}, "{cls}"), ({"*arys": "several"}, "list[{cls}]")]
_DIFFERENT = ("return_index", "return_inverse", "return_counts")
VARIANTS = {
    "activation.leaky_relu": [
        ({"act_type": 'Literal["leaky", "elu", "prelu", "selu", "gelu", "gelu_erf", "gelu_tanh"]'}, "{cls}"),
        ({"act_type": 'Literal["rrelu"]'}, "list[{cls}]")],
    "creation.linspace": _with("retstep", "tuple[{cls}, float]"),
    "factor.qr": [({"mode": 'Literal["reduced", "complete"]'}, _PAIR), ({"mode": 'Literal["r"]'}, "{cls}")],
    "join.slice_channel": [({"num_outputs": "Literal[1]"}, "{cls}"), ({}, "list[{cls}]")],
    "legacy_random.multinomial": _with("get_prob"),
    "logic.where_or_nonzero": [({"x": "{like}", "y": "{like}"}, "{cls}"),
                               ({"x": "None", "y": "None"}, "tuple[{cls}, ...]")],
    "normalization.batch_norm": _MEAN_VAR,
    "normalization.batch_norm_with_relu": _MEAN_VAR,
    "normalization.group_norm": _MEAN_VAR,
    "normalization.group_norm_with_larger_eps": _MEAN_VAR,
    "normalization.layer_norm": _MEAN_VAR,
    "normalization.sync_batch_norm": _MEAN_VAR,
    "order.intersect1d": _with("return_indices", _TRIPLE),
    "order.topk": [({"ret_typ": 'Literal["value", "indices", "mask"]'}, "{cls}"),
                   ({"ret_typ": 'Literal["both"]'}, "list[{cls}]")],
    "order.unique": [(dict.fromkeys(_DIFFERENT, _FALSE), "{cls}"),
                     *(({flag: _TRUE}, "tuple[{cls}, ...]") for flag in _DIFFERENT)],
    "polynomial.polyfit": [({"full": _FALSE, "cov": _FALSE}, "{cls}"), ({"full": _TRUE}, "tuple[Any, ...]"),
                           ({"full": _FALSE, "cov": 'Literal[True, "unscaled"]'}, _PAIR)],
    "proposal.multi_proposal": _with("output_score"),
    "proposal.proposal": _with("output_score"),
    "random_choice.categorical": _with("get_prob", _PAIR),
    "reduce.count_nonzero_over": [({"axis": "None", "keepdims": _FALSE}, "int"),
                                  ({"axis": "int | Sequence[int]"}, "{cls}"), ({"keepdims": _TRUE}, "{cls}")],
    "rnn.rnn": _with("state_outputs"),
    "shape.atleast_1d": _SEVERAL,
    "shape.atleast_2d": _SEVERAL,
    "shape.atleast_3d": _SEVERAL,
    "statistics.average": _with("returned"),
}

# Functions of which one overload, as type checkers say, gives another result for the arguments of the next one.
OVERLAPPING = ["join.slice_channel"]

# Operators that are not elementwise and, like these, give a number for numbers.
OF_NUMBERS = """
    around bitwise_and bitwise_or bitwise_xor float_power gcd invert isclose lcm nan_to_num_into
    """.split()
