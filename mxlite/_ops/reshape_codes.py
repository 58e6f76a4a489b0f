"""Shapes written in MXNet's codes, resolved to plain numbers.

`npx.reshape` and the legacy `reshape` share one little language and spell it differently: copy an axis, copy the rest,
merge two axes, split one, skip an axis of length 1, infer one length. A resolver walks the codes and the axes of the
input side by side; reading from the right is the same walk over both reversed.
"""

from math import prod

from mxlite._errors import DtypeError, ShapeError

_LEGACY = {0: "copy", -1: "infer", -2: "rest", -3: "merge", -4: "split"}
_NPX = {-1: "infer", -2: "copy", -3: "skip", -4: "rest", -5: "merge", -6: "split"}


def legacy_shape(shape, newshape, reverse=False):
    """The shape that the legacy codes `newshape` mean for an array of `shape`.

    0 copies an axis, -1 is inferred, -2 copies the remaining axes, -3 merges two, -4 splits one into the two lengths
    that follow. Raises ShapeError when the codes do not fit.
    """
    return _resolve(shape, newshape, reverse, _LEGACY)


def npx_shape(shape, newshape, reverse=False):
    """The shape that the codes of npx.reshape mean for an array of `shape`.

    -1 is inferred, -2 copies an axis, -3 skips an axis of length 1, -4 copies the remaining axes, -5 merges two, -6
    splits one into the two lengths that follow. Raises ShapeError when the codes do not fit.
    """
    return _resolve(shape, newshape, reverse, _NPX)


def _resolve(shape, newshape, reverse, codes):
    if isinstance(newshape, str):
        raise DtypeError(f"reshape: a shape is given as numbers, not as {newshape!r}")
    codes_given = (newshape,) if isinstance(newshape, int) else tuple(int(n) for n in newshape)
    shape = tuple(shape)
    order = -1 if reverse else 1
    try:
        out = _walk(shape[::order], codes_given[::order], codes)
    except _Misfit as exc:
        raise ShapeError(f"reshape: {codes_given} does not fit an array of shape {shape}: {exc}") from None
    if prod(out) != prod(shape):
        raise ShapeError(f"reshape: {codes_given} gives {out[::order]}, which does not hold the elements of {shape}")
    return out[::order]


class _Misfit(Exception):
    """Why codes do not fit a shape."""


def _walk(shape, given, codes):
    out = []
    unknown = None       # place of the length to infer
    axis = 0
    given = iter(given)

    def take():
        nonlocal axis
        if axis >= len(shape):
            raise _Misfit("it has no axis left")
        axis += 1
        return shape[axis - 1]

    for code in given:
        meaning = codes.get(code)
        if meaning is None:
            if code < 0:
                raise _Misfit(f"{code} is no code")
            out.append(code)
            axis += 1
        elif meaning == "copy":
            out.append(take())
        elif meaning == "infer":
            if unknown is not None:
                raise _Misfit("only one length can be inferred")
            unknown = len(out)
            out.append(1)
            axis += 1
        elif meaning == "rest":
            out.extend(shape[axis:])
            axis = len(shape)
        elif meaning == "merge":
            out.append(take() * take())
        elif meaning == "skip":
            if take() != 1:
                raise _Misfit("only an axis of length 1 can be skipped")
        else:
            out.extend(_split(take(), next(given, None), next(given, None)))
    if unknown is not None:
        known = prod(out)
        if known == 0 or prod(shape) % known:
            raise _Misfit("a length cannot be inferred")
        out[unknown] = prod(shape) // known
    return tuple(out)


def _split(length, first, second):
    if first is None or second is None:
        raise _Misfit("a split needs two lengths")
    if first == -1 and second == -1:
        raise _Misfit("the lengths of a split cannot both be inferred")
    if first == -1:
        first = length // second if second else 0
    if second == -1:
        second = length // first if first else 0
    if first * second != length or first < 0:
        raise _Misfit(f"{length} does not split into {first} times {second}")
    return first, second


def like_shape(shape, other, begin=None, end=None, other_begin=None, other_end=None):
    """`shape` with its axes begin:end replaced by the axes other_begin:other_end of `other`.

    Raises ShapeError when the result does not hold as many elements.
    """
    b, e = _span(len(shape), begin, end)
    ob, oe = _span(len(other), other_begin, other_end)
    out = (*shape[:b], *other[ob:oe], *shape[e:])
    if prod(out) != prod(shape):
        raise ShapeError(f"reshape_like: {out} does not hold the elements of {tuple(shape)}")
    return out


def _span(ndim, begin, end):
    b = 0 if begin is None else begin + ndim if begin < 0 else begin
    e = ndim if end is None else end + ndim if end < 0 else end
    if not 0 <= b < e <= ndim:
        raise ShapeError(f"reshape_like: axes {begin}:{end} do not exist in an array of {ndim} dimensions")
    return b, e
