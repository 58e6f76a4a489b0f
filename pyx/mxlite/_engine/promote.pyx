"""The dtypes of elementwise operators: which arrays loops may walk, and what operands of several dtypes become.

Compiled because `elementwise` calls it from C.
"""
from cpython.bool cimport PyBool_Check
from cpython.float cimport PyFloat_Check
from numpy cimport (
    import_array, ndarray, PyArray_TYPE, NPY_BOOL, NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64, NPY_INT64, NPY_LONGDOUBLE,
)
import numpy

from mxlite._engine.op cimport INEXACT, Op
from mxlite._engine.storage cimport type_code
from mxlite._errors import ArgumentError, DtypeError, operand_message

import_array()


cdef bint is_number_type(int t) noexcept:
    """Whether a NumPy type number is that of a bool, an integer or a float."""
    return NPY_BOOL <= t <= NPY_LONGDOUBLE or t == NPY_FLOAT16


cdef ndarray native(object x):
    """A NumPy array that inner loops may walk: bools or real numbers, aligned, in the machine's byte order.

    Raises DtypeError for other dtypes.
    """
    out = numpy.asarray(x)
    if not is_number_type(PyArray_TYPE(out)):
        raise DtypeError(f"an array has dtype {out.dtype}; only bool, integers and floats are supported")
    if not out.dtype.isnative or not out.flags.aligned:
        out = out.astype(out.dtype.newbyteorder("="))
    return out


cdef int common_type(Op op, list arrays, list scalars, bint legacy) except -1:
    """The dtype that the operands are computed in."""
    cdef int t = -1, other
    cdef ndarray x
    for x in arrays:
        other = PyArray_TYPE(x)
        if t < 0 or t == other or t == NPY_BOOL:
            t = other
        elif other == NPY_BOOL:
            pass
        elif legacy:
            raise DtypeError(operand_message(
                op.name, arrays, "NDArray operands must have one dtype; convert one of them with astype."))
        elif is_float_type(t) != is_float_type(other):
            t = t if is_float_type(t) else other
        else:
            t = numpy.result_type(numpy.dtype(type_code(t)), numpy.dtype(type_code(other))).num
    if t < 0:
        return NPY_FLOAT32          # numbers alone, behind a condition
    if not legacy:
        for value in scalars:
            if PyFloat_Check(value):
                if t == NPY_BOOL:
                    t = NPY_FLOAT32
                elif not is_float_type(t) and op.rule != INEXACT:
                    t = NPY_FLOAT64
            elif t == NPY_BOOL and not PyBool_Check(value):
                t = NPY_INT64
    elif t == NPY_BOOL and scalars:
        t = NPY_INT64               # legacy bools and a number, a float too
    if op.rule == INEXACT and not is_float_type(t):
        t = NPY_FLOAT32
    return t


cdef ndarray wide_integer(Op op, tuple operands, object value, int t):
    """A Python integer beyond what a double holds exactly, in the dtype of the operands."""
    try:
        return numpy.asarray(value).astype(type_code(t))
    except OverflowError as exc:
        raise ArgumentError(operand_message(op.name, operands, f"{exc} ({numpy.dtype(type_code(t))}).")) from None


cdef double whole(Op op, tuple operands, object value, int t) except? -1:
    """A number as an operand of a legacy integer array: truncated, as in MXNet."""
    try:
        return int(value)
    except (OverflowError, ValueError):
        raise ArgumentError(operand_message(op.name, operands, f"{value} is no {numpy.dtype(type_code(t))}; convert "
                                            "the array with astype('float32') first.")) from None
