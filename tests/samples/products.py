"""Samples of mxlite/_ops/products.py and einsum.py."""

import numpy

from mxlite._errors import ArgumentError, DtypeError, ShapeError
from samples import BadCall, Sample, values

ALL = ("float64", "float32", "float16")
INTS, SINGLE = numpy.array([[1, 2], [3, 4]]), numpy.ones(2, numpy.float32)


def _pairs(*shapes, order=2, **kwargs):
    return [Sample(values(*s, seed=1), values(*t, seed=2), order=order, label=f"{s} and {t}", **kwargs)
            for s, t in shapes]


VECTORS = (((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)))
MATRICES = (((2, 3), (3, 2)), ((2, 2, 3), (3, 2)), ((0, 3), (3, 2)), ((2, 0), (0, 2)))
SCALARS = (((), ()), ((), (2, 2)), ((2, 2), ()))


def _mixed():
    """A NumPy array of another dtype takes part; so do integers beside floats."""
    return [Sample(values(2, 2), INTS, label="floats and integers", legacy=False),
            Sample(INTS, values(2, 2), label="integers and floats", legacy=False)]


def _halves():
    return [Sample(values(2, 3, seed=1), values(3, 2, seed=2), dtypes=ALL, order=3, label="halves")]


def _refused(name):
    return [
        BadCall(DtypeError, "only supports floating point types", INTS, INTS),
        BadCall(DtypeError, f"{name}() is missing", values(2)),
        BadCall(DtypeError, "unexpected keyword", values(2), values(2), colour=3),
    ]


def _legacy_dot(a, b, transpose_a=False, transpose_b=False):
    return numpy.tensordot(a, b, (0 if transpose_a else -1, -1 if transpose_b else 0))


def _batch_dot(a, b, transpose_a=False, transpose_b=False):
    return numpy.matmul(a.swapaxes(-1, -2) if transpose_a else a, b.swapaxes(-1, -2) if transpose_b else b)


def _legacy_dots():
    shapes = (((3,), (3,), 0, 0), ((2, 3), (3,), 0, 0), ((3,), (3, 2), 0, 0), ((2, 3), (3, 2), 0, 0),
              ((2, 3), (2, 4), 1, 0), ((2, 3), (4, 3), 0, 1), ((3, 2), (4, 3), 1, 1), ((2, 2, 3), (3, 2), 0, 0),
              ((2, 3), (3, 2, 2), 0, 0), ((2, 2, 3), (2, 3), 1, 0), ((2, 2, 3), (2, 3), 0, 1),
              ((3, 2, 2), (3, 2, 2), 1, 0), ((3, 2, 2), (3, 2, 3), 1, 1), ((2,), (2, 3), 1, 0), ((2, 3), (3,), 0, 1))
    return [Sample(values(*s, seed=1), values(*t, seed=2), bool(ta), bool(tb), label=f"{s} and {t}, {ta}{tb}",
                   order=3 if len(s) == len(t) == 2 else 2, reference=_legacy_dot) for s, t, ta, tb in shapes]


def _batch_dots():
    out = []
    for ta in (False, True):
        for tb in (False, True):
            a, b = values(2, 3, 4, seed=1), values(2, 4, 2, seed=2)
            out.append(Sample(a.swapaxes(1, 2).copy() if ta else a, b.swapaxes(1, 2).copy() if tb else b,
                              transpose_a=ta, transpose_b=tb, reference=_batch_dot, label=f"{ta}, {tb}", order=3))
    out.append(Sample(values(2, 1, 2, 3), values(2, 1, 3, 2, seed=1), reference=_batch_dot, label="two batch axes"))
    out.append(Sample(values(0, 2, 3), values(0, 3, 2), reference=_batch_dot, label="empty"))
    return out


def _tensordots():
    calls = (((2, 3), (3, 2), 1), ((2, 3), (2, 3), 2), ((2,), (2,), 0), ((2, 3), (3, 2), ((0, 1), (1, 0))),
             ((2, 3), (3, 2), ([0], [1])), ((2, 3), (3, 2), (-1, 0)), ((2, 3, 4), (4, 2, 3), ((1, 2), (2, 0))),
             ((2, 3, 4), (4, 2, 3), ((0, 2), (1, 0))), ((2, 3, 2), (3, 2, 2), ((2, 0, 1), (1, 2, 0))),
             ((0, 3), (3, 2), 1))
    return [Sample(values(*s, seed=1), values(*t, seed=2), axes, label=f"{s}, {t}, {axes}") for s, t, axes in calls]


def _cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """NumPy's on vectors of three components; plane vectors are filled up."""
    axisa, axisb, axisc = (axisa, axisb, axisc) if axis is None else (axis, axis, axis)
    a, b = numpy.moveaxis(a, axisa, -1), numpy.moveaxis(b, axisb, -1)
    plane = a.shape[-1] == b.shape[-1] == 2
    a, b = (numpy.concatenate([v, numpy.zeros((*v.shape[:-1], 3 - v.shape[-1]))], -1) for v in (a, b))
    y = numpy.cross(a, b)
    return y[..., 2] if plane else numpy.moveaxis(y, -1, axisc)


def _crosses():
    calls = (((3,), (3,), {}), ((2,), (2,), {}), ((2,), (3,), {}), ((3,), (2,), {}), ((2, 3), (3,), {}),
             ((4, 2), (4, 2), {}), ((3, 4), (4, 3), {"axisa": 0}), ((3, 4), (3, 4), {"axis": 0}),
             ((2, 3, 4), (3, 4), {"axisa": 1, "axisb": 0, "axisc": 0}), ((0, 3), (3,), {}))
    return [Sample(values(*s, seed=1), values(*t, seed=2), label=f"{s}, {t}, {kw}", reference=_cross, **kw)
            for s, t, kw in calls]


def _einsums():
    calls = (
        ("ij,jk->ik", (2, 3), (3, 2)), ("ij,jk", (2, 3), (3, 2)), ("ij -> ji", (2, 3)), ("ji", (2, 3)), ("ii", (3, 3)),
        ("ii->i", (3, 3)), ("...j,jk->...k", (2, 2, 3), (3, 2)), ("ij,ij->", (2, 3), (2, 3)), ("ij->", (2, 3)),
        ("i...->...", (2, 3)), ("ij,jk,kl->il", (2, 3), (3, 2), (2, 2)), ("ij,k->i", (2, 3), (4,)),
        ("iij->j", (2, 2, 3)), ("iii->i", (2, 2, 2)), ("iijj->", (2, 2, 3, 3)), ("...,...->...", (2, 3), (3,)),
        ("...i,...i", (2, 1, 3), (4, 3)), ("ij,ij->ij", (1, 3), (2, 3)), ("i,j,k->kij", (2,), (3,), (2,)),
        ("ii,i->", (3, 3), (3,)), (",ij->ij", (), (2, 3)), ("i...j,...j->i...", (2, 3, 4), (3, 4)),
        ("ij,j->i", (0, 3), (3,)),
    )
    out = []
    for text, *shapes in calls:
        arrays = [values(*s, seed=k) for k, s in enumerate(shapes)]
        out.append(Sample(text, *arrays, label=text, order=3 if len(shapes) < 3 else 2))
        out.append(Sample(text, *arrays, label=f"{text} planned", optimize=True))
    x, y = values(2, 3), values(3, 2)
    return [
        *out, Sample(x, [0, 1], y, [1, 2], [0, 2], label="lists"), Sample(x, [0, 1], y, [1, 2], label="lists, implied"),
        Sample(x, [..., 1], y, [1, 2], [..., 2], label="lists, ellipsis"),
        Sample("ij,jk->ik", values(30, 30), values(30, 30, seed=1), label="large", order=1, why="large"),
        Sample("ij,jk->ik", INTS, INTS, label="integers"), Sample("ij,jk->ik", INTS > 1, INTS > 1, label="bools"),
    ]


def _turned(*transposes):
    """Matrices that fit once they are transposed as asked."""
    a, b = (values(3, 2) if transposes[0] else values(2, 3)), (values(4, 3) if transposes[1] else values(3, 4))
    return Sample(a, b, *transposes, order=3, label=f"transposed {transposes}",
                  reference=lambda a, b, s, t: (a.T if s else a) @ (b.T if t else b))


SAMPLES = {
    "multiplied": [*(_turned(s, t) for s in (False, True) for t in (False, True)),
                   Sample(values(2, 3), values(3, 2), label="plain", reference=numpy.matmul)],
    "matmul": [*_pairs(*VECTORS, *MATRICES, order=3), *_halves(), *_mixed(), *_pairs(
        ((2, 3), (2, 3, 2)), ((2, 2, 3), (2, 3, 2)), ((2, 1, 2, 3), (2, 3, 2)), ((3,), (2, 3, 2)), ((2, 2, 3), (3,)),
        ((0, 2, 3), (3, 2)))],
    "dot": [*_pairs(*VECTORS, *MATRICES, *SCALARS, order=3), *_halves(), *_mixed(), *_pairs(
        ((2, 3), (2, 3, 2)), ((2, 2, 3), (2, 3, 2)), ((3,), (2, 3, 2)), ((2, 2, 3), (3,)))],
    "legacy_dot": _legacy_dots(),
    "batch_dot": _batch_dots(),
    "tensordot": [*_tensordots(), *_pairs(((), (2, 3)), ((2, 3), ()), ((), ()), reference=numpy.multiply)],
    "inner": _pairs(*SCALARS, ((3,), (3,)), ((2, 3), (3,)), ((3,), (2, 3)), ((2, 3), (2, 3)), ((2, 2, 3), (2, 3)),
                    ((0, 3), (2, 3))),
    "outer": _pairs(*SCALARS, ((3,), (2,)), ((2, 3), (3,)), ((2, 2), (3, 2)), ((0,), (2,))),
    "vdot": _pairs(((), ()), ((3,), (3,)), ((2, 3), (3, 2)), ((0, 2), (2, 0))),
    "vecdot": [*_pairs(((3,), (3,)), ((2, 3), (3,)), ((3,), (2, 3)), reference=lambda a, b: (a * b).sum(-1)),
               Sample(values(2, 3), values(2, 3, seed=1), axis=0, label="axis",
                      reference=lambda a, b, axis: (a * b).sum(axis))],
    "kron": [*_pairs(*SCALARS, ((3,), (2,)), ((2, 3), (3,)), ((2,), (2, 2)), ((2, 2), (3, 2)), ((0,), (2,))),
             Sample(INTS, INTS, label="integers")],
    "cross": _crosses(),
    "trace": [
        Sample(values(2, 3)), Sample(values(2, 3), 1, label="above"), Sample(values(3, 3), -1, label="below"),
        Sample(values(2, 3, 2), axis1=-1, axis2=0, label="axes"), Sample(values(2, 3), 7, label="outside"),
        Sample(INTS, label="integers"),
        Sample(numpy.array([[200, 1], [1, 100]], numpy.uint8), label="bytes", reference=lambda x: numpy.uint8(44)),
    ],
    "einsum": _einsums(),
}

_APART = BadCall(ShapeError, "", values(2, 3), values(2, 3))
ERRORS = {
    "matmul": [*_refused("matmul"), _APART, BadCall(ShapeError, "dimension", values(2, 2), numpy.array(1.0))],
    "dot": [*_refused("dot"), _APART],
    "legacy_dot": [
        BadCall(ShapeError, "dot shape error", values(2, 3), values(2, 3), legacy=True),
        BadCall(ShapeError, "cannot transpose vectors", values(3), values(3), transpose_a=True, legacy=True),
        BadCall(DtypeError, "one dtype", values(2), SINGLE, legacy=True),
        BadCall(DtypeError, "only supports floating point types", INTS, INTS, legacy=True),
    ],
    "batch_dot": [
        BadCall(ShapeError, "three axes", values(2, 2), values(2, 2)),
        BadCall(ShapeError, "must be equal", values(2, 2, 2), values(1, 2, 2)),
        BadCall(ShapeError, "", values(2, 2, 3), values(2, 2, 3)),
    ],
    "tensordot": [*_refused("tensordot"), BadCall(ShapeError, "", values(2, 3), values(2, 3), 1)],
    "inner": [*_refused("inner"), BadCall(ShapeError, "", values(2, 3), values(2))],
    "outer": _refused("outer"),
    "vdot": [*_refused("vdot"), BadCall(ShapeError, "", values(2), values(3))],
    "vecdot": _refused("vecdot"),
    "kron": [BadCall(DtypeError, "missing", values(2))],
    "cross": [*_refused("cross"), BadCall(ShapeError, "2 or 3 components", values(4), values(4))],
    "trace": [BadCall(ShapeError, "", values(3)), BadCall(DtypeError, "unexpected keyword", values(2, 2), colour=3)],
    "einsum": [
        BadCall(ShapeError, "2 operands, but 1", "ij,jk->ik", values(2, 3)),
        BadCall(ShapeError, "do not fit", "ijk->i", values(2, 3)),
        BadCall(ShapeError, "", "ij,jk->ik", values(2, 3), values(2, 3)),
        BadCall(ArgumentError, "", "ij->ik", values(2, 3)),
        BadCall(ArgumentError, "subscripts"),
    ],
}
