"""Samples of mxlite/_ops/creation.py."""

import numpy

from mxlite._errors import ArgumentError, DtypeError, ShapeError, UnsupportedError
from samples import BadCall, Sample, values

_ANY = {"reference": False, "why": "the values are yet to be written"}
_FLOAT32 = {"tolerance": {"float64": 1e-6}, "why": "float32 unless another dtype is asked for"}
_X = values(2, 3)


def _float(function):
    """NumPy's function with MXNet's default dtype."""
    return lambda *args, dtype="float32", **kwargs: function(*args, **kwargs).astype(dtype)


SAMPLES = {
    "zeros": [Sample(3, reference=_float(numpy.zeros)), Sample((2, 0), "int32", reference=numpy.zeros, label="empty"),
              Sample((), dtype="float64", reference=numpy.zeros, label="0-d")],
    "ones": [Sample((2, 3), reference=_float(numpy.ones)), Sample([2], dtype="bool", reference=numpy.ones)],
    "empty": [Sample((2, 3), "int8", **_ANY)],
    "full": [Sample((2,), 3, reference=_float(numpy.full)), Sample(2, True, reference=numpy.full, label="bool"),
             Sample((2, 3), values(3), reference=lambda shape, x: numpy.broadcast_to(x, shape), label="array"),
             Sample((), 2.5, dtype="int64", reference=numpy.full, label="0-d")],
    "zeros_like": [Sample(_X), Sample(_X, "int32", label="dtype"), Sample(numpy.array([1, 2]), label="integers"),
                   Sample(numpy.array(1.5), label="0-d")],
    "ones_like": [Sample(_X), Sample(_X, dtype="float64", label="dtype"), Sample(values(0, 2), label="empty")],
    "full_like": [Sample(_X, 2), Sample(_X, values(3), label="array"), Sample(numpy.array([1, 2]), 2.7, label="cut")],
    "empty_like": [Sample(_X, order=0, **_ANY), Sample(_X, shape=(4,), label="shape", order=0, **_ANY)],
    "arange": [Sample(3, reference=_float(numpy.arange)),
               Sample(5, 1, -2, reference=_float(numpy.arange), label="down"),
               Sample(0, 1, 0.25, "float64", reference=numpy.arange, label="step"),
               Sample(5, 1, reference=_float(numpy.arange), label="empty"),
               Sample(1, 4, None, reference=_float(numpy.arange), label="no step")],
    "arange_like": [
        Sample(_X, reference=lambda x: numpy.arange(6.0).reshape(2, 3)),
        Sample(_X, 2, 0.5, axis=-1, reference=lambda x, *args, axis: numpy.array([2, 2.5, 3]), label="axis"),
        Sample(_X, repeat=4, reference=lambda x, repeat: numpy.array([[0.0, 0, 0], [0, 1, 1]]), label="repeat"),
    ],
    "tril_indices": [Sample(3, reference=numpy.tril_indices), Sample(3, 1, 4, reference=numpy.tril_indices)],
    "triu_indices": [Sample(3, reference=numpy.triu_indices), Sample(2, k=1, m=4, reference=numpy.triu_indices)],
    "eye": [Sample(3, reference=_float(numpy.eye)), Sample(2, 3, 1, reference=_float(numpy.eye), label="shifted"),
            Sample(3, k=-1, dtype="int32", reference=numpy.eye, label="dtype")],
    "identity": [Sample(2, reference=_float(numpy.identity)), Sample(2, "int8", reference=numpy.identity)],
    "tri": [Sample(3, reference=_float(numpy.tri)), Sample(2, 3, 1, reference=_float(numpy.tri), label="shifted")],
    "indices": [Sample((2, 3), reference=numpy.indices), Sample((2,), "float32", reference=numpy.indices, label="one"),
                Sample((), reference=numpy.indices, label="none")],
    "hanning": [Sample(5, reference=_float(numpy.hanning), **_FLOAT32),
                Sample(0, reference=_float(numpy.hanning), label="empty")],
    "hamming": [Sample(5, reference=_float(numpy.hamming), **_FLOAT32),
                Sample(6, "float64", reference=lambda m, dtype: numpy.hamming(m), label="dtype")],
    "blackman": [Sample(5, reference=_float(numpy.blackman), **_FLOAT32)],
}

ERRORS = {
    "zeros": [BadCall(ShapeError, "negative dimensions", (-1, 2)), BadCall(DtypeError, "integer", 2.5),
              BadCall(UnsupportedError, "order='F'", 2, order="F"), BadCall(DtypeError, "complex64", 2, "complex64")],
    "full": [BadCall(ShapeError, "broadcast", (2, 3), values(2)), BadCall(DtypeError, "not str", 2, "3")],
    "arange": [BadCall(ArgumentError, "step cannot be 0", 0, 1, 0), BadCall(DtypeError, "takes numbers", [1])],
    "eye": [BadCall(ShapeError, "no shape", -1)],
}
