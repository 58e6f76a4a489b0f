"""The operators, one declaration each, by family. The namespaces np, npx and nd import all of them.

They take all arguments that MXNet's or NumPy's functions take. Some change nothing, because they do not change values
there either:

- what speaks to MXNet's symbols, GPU kernels and quantizer: `name`, `num_args`, `workspace`, `im2col_step`,
  `cudnn_tune`, `cudnn_off`, `forward_stype`, `infer_range`, `min_calib_range`, `max_calib_range`, `key`, `is_int`;
- what chooses among ways to the same result, or allows to spoil an operand: `kind` and `stable` of sorts (where it
  shows they are stable), `overwrite_input`, `copy` of meshgrid, `subok`, `max_work`;
- `num_filter` of UpSampling, which is the number of channels, and `bias` and `ddof` of corrcoef, which cancel out.

Any other argument without an effect says so where it stands.
"""
