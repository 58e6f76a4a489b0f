"""Factors of matrices whose derivatives need one another: QR, LQ and the symmetric eigenproblem of MXNet 1.x."""

import numpy

from mxlite import _dtype
from mxlite._errors import ArgumentError, ShapeError, operand_message
from mxlite._op import op
from mxlite._ops.legacy_linalg import check_matrices
from mxlite._ops.linalg import columns, gaps
from mxlite._ops.products import transposed as _t


def _tall(gq, gr, q, r):
    """The cotangent of a with a = q r, r square; either of the two given ones may be None."""
    inner = 0.0
    if gr is not None:
        inner = numpy.matmul(r, _t(gr))
    if gq is not None:
        inner = inner - numpy.matmul(_t(gq), q)
    inner = numpy.tril(inner) + _t(numpy.tril(inner, -1))
    out = numpy.matmul(q, inner)
    return _t(numpy.linalg.solve(r, _t(out if gq is None else gq + out)))


def _qr_cotangent(gq, gr, a, q, r):
    m, n = a.shape[-2:]
    if m >= n:
        return _tall(gq, gr, q, r)
    # The leading columns make up q; the others are q times their part of r.
    rest = gr[..., m:]
    through = numpy.matmul(a[..., m:], _t(rest))
    left = _tall(through if gq is None else gq + through, gr[..., :m], q, r[..., :m])
    return numpy.concatenate([left, numpy.matmul(q, rest)], axis=-1)


def _qr_grad(g, a, y, mode):
    if mode == "r":
        q, r = numpy.linalg.qr(a)
        return _qr_cotangent(None, g, a, q, r)
    if mode == "complete" and a.shape[-2] > a.shape[-1]:
        raise ArgumentError("qr: the columns that complete q have no derivative; use mode='reduced'")
    return _qr_cotangent(g[0], g[1], a, y[0], y[1])


@op(np="linalg.qr", grad={"a": _qr_grad})
def qr(a, mode="reduced"):
    """(q, r) with a = q r, q of orthonormal columns and r upper triangular; r alone with mode 'r'.

    'complete' makes q square; then tall matrices have no derivative. Raises ArgumentError for other modes.
    """
    if mode not in ("reduced", "complete", "r"):
        raise ArgumentError(operand_message("qr", (a,), f"mode is 'reduced', 'complete' or 'r', not {mode!r}"))
    found = numpy.linalg.qr(a.astype(_dtype.inexact(a.dtype), copy=False), mode)
    return found if mode == "r" else tuple(found)


@op(nd=("linalg.gelqf", "linalg_gelqf"),
    grad={"A": lambda g, y: _t(_tall(_t(g[0]), _t(g[1]), _t(y[0]), _t(y[1])))})
def gelqf(A, out=None):
    """[q, l] with A = l q, q of orthonormal rows and l lower triangular; A has no more rows than columns."""
    check_matrices("gelqf", A)
    if A.shape[-2] > A.shape[-1]:
        raise ShapeError(operand_message("gelqf", (A,), "Last dimension must be >= than second to last"))
    q, r = numpy.linalg.qr(_t(A))
    return [_t(q), _t(r)]


def _syevd_grad(g, y):
    (gu, gw), (u, w) = g, y
    diagonal = columns(gw) * numpy.eye(w.shape[-1], dtype=w.dtype)
    inner = numpy.matmul(u, _t(gu)) * gaps(w) + diagonal
    out = numpy.matmul(_t(u), numpy.matmul(inner, u))
    return 0.5 * (out + _t(out))


@op(nd="linalg.syevd", grad={"A": _syevd_grad})
def syevd(A, out=None):
    """[u, w] with A = u^T diag(w) u: vectors in rows, their largest element positive, and values in ascending order.

    The lower triangle is read. The derivative is that of symmetric changes; vectors of equal values have none, and
    their mutual part is taken as 0.
    """
    check_matrices("syevd", A, square=True)
    w, v = numpy.linalg.eigh(A)
    u = _t(v)
    largest = numpy.take_along_axis(u, numpy.absolute(u).argmax(-1)[..., None], -1) if u.size else u[..., :1]
    return [numpy.where(largest < 0, -u, u), w]
