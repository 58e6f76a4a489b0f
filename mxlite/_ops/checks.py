"""What several operators ask of their operands before they compute, as NumPy arrays. Each raises or returns nothing."""

from mxlite._errors import ArgumentError, DtypeError, operand_message


def floats_only(name, *operands):
    """Raises DtypeError unless the first operand holds floats."""
    if operands[0].dtype.kind != "f":
        raise DtypeError(operand_message(name, operands, "This operation only support floating point types; "
                                                         "convert with astype('float32')."))


def one_dtype(name, *operands):
    """Raises DtypeError unless all operands have one floating-point dtype."""
    floats_only(name, *operands)
    for other in operands[1:]:
        if other.dtype != operands[0].dtype:
            raise DtypeError(operand_message(name, (operands[0], other),
                                             "all arrays have one dtype; convert with astype."))


def weights_and_bias(name, data, weight, bias, no_bias):
    """Raises ArgumentError unless a bias is given or `no_bias`, DtypeError unless all have one floating dtype."""
    if (bias is None) != bool(no_bias):
        raise ArgumentError(f"{name}: expects {2 if no_bias else 3} inputs with no_bias={bool(no_bias)}")
    one_dtype(name, *(x for x in (data, weight, bias) if x is not None))
