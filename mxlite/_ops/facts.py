"""Facts about arrays and dtypes: plain Python numbers, tuples, bools and dtypes, no arrays."""

import numpy

from mxlite import _dtype
from mxlite._engine.operators import TapeArray
from mxlite._errors import DtypeError, from_numpy
from mxlite._op import composed
from mxlite._ops.operands import plain


@composed(np="shape")
def shape(a):
    """The lengths of the axes, a tuple."""
    return numpy.shape(plain(a))


@composed(np="ndim")
def ndim(a):
    """The number of axes."""
    return numpy.ndim(plain(a))


@composed(np="size")
def size(a, axis=None):
    """The number of elements, or the length of an axis."""
    try:
        return int(numpy.size(plain(a), axis))
    except (TypeError, ValueError, IndexError) as exc:
        raise from_numpy("size", (a,), exc) from exc


@composed(np="may_share_memory")
def may_share_memory(a, b, max_work=None):
    """Whether two arrays lie in memory that overlaps, judged by their bounds."""
    return numpy.may_share_memory(plain(a), plain(b))


@composed(np="shares_memory")
def shares_memory(a, b, max_work=None):
    """Whether two arrays have an element in common."""
    return numpy.shares_memory(plain(a), plain(b))


@composed(np="result_type")
def result_type(*arrays_and_dtypes):
    """The dtype of a sum of arrays, dtypes or numbers: floats win over integers and keep their width.

    Of Python's numbers alone it is NumPy's, beside others they count as in an operator.
    """
    if not arrays_and_dtypes:
        raise DtypeError("result_type takes arrays, dtypes or numbers, one or more")
    if all(isinstance(x, int | float) for x in arrays_and_dtypes):
        return numpy.result_type(*arrays_and_dtypes)
    return _dtype.common(*(x if isinstance(x, int | float) else numpy.empty(0, _dtype_of(x))
                           for x in arrays_and_dtypes))


def _dtype_of(x):
    return plain(x).dtype if hasattr(x, "dtype") and not isinstance(x, type) else _dtype.resolve(x)


@composed(np="promote_types")
def promote_types(type1, type2):
    """The dtype of a sum of two dtypes: floats win over integers and keep their width."""
    return _dtype.common(*(numpy.empty(0, _dtype.resolve(t)) for t in (type1, type2)))


@composed(np="can_cast")
def can_cast(from_, to, casting="safe"):
    """Whether values of a dtype (or array) can become another dtype by a rule: 'no', 'equiv', 'safe', 'same_kind'..."""
    return numpy.can_cast(plain(from_).dtype if isinstance(from_, TapeArray) else from_, to, casting)


@composed(np="min_scalar_type")
def min_scalar_type(a):
    """The smallest dtype that holds a number; of an array, its dtype."""
    return numpy.min_scalar_type(plain(a))


@composed(np="array_equal")
def array_equal(a1, a2, equal_nan=False):
    """Whether two arrays have one shape and the same elements, a bool."""
    return bool(numpy.array_equal(plain(a1), plain(a2), equal_nan))


@composed(np="array_equiv")
def array_equiv(a1, a2):
    """Whether two arrays have the same elements once one is stretched to the shape of the other, a bool."""
    return bool(numpy.array_equiv(plain(a1), plain(a2)))


@composed(np="allclose")
def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Whether every |a - b| is at most atol + rtol |b|, a bool; nan differs from nan unless `equal_nan`."""
    try:
        return bool(numpy.allclose(plain(a), plain(b), plain(rtol), plain(atol), equal_nan))
    except (TypeError, ValueError) as exc:
        raise from_numpy("allclose", (a, b), exc) from exc
