"""The output layer of a support vector machine: it brings the gradient of the hinge loss, whatever head it is given."""

import numpy

from mxlite._errors import ShapeError, operand_message
from mxlite._op import op, zero
from mxlite._ops.checks import one_dtype


def _hinge_grad(data, label, margin, regularization_coefficient, use_linear):
    """The gradient of the sum over classes of max(0, margin - s x), or its square, with s = 1 for the label, else -1.
    """
    classes = numpy.arange(data.shape[-1])
    sign = numpy.where(numpy.asarray(label).astype(numpy.int64)[..., None] == classes, 1, -1).astype(data.dtype)
    distance = margin - sign * data
    slope = numpy.where(distance > 0, -sign * regularization_coefficient, 0).astype(data.dtype)
    return slope * 1 if use_linear else slope * distance * 2


@op(nd="SVMOutput", quiet=True, grad={"data": _hinge_grad, "label": zero})
def svm_output(data, label, margin=1, regularization_coefficient=1, use_linear=False, out=None):
    """A copy of the scores data (..., classes), with the gradient of a hinge loss against label (...).

    The loss is the sum over classes of max(0, margin - x) for the label's score and max(0, margin + x) for the others,
    squared unless use_linear, times regularization_coefficient. Raises ShapeError where shapes do not fit.
    """
    if data.ndim < 2 or label.shape != data.shape[:-1]:
        raise ShapeError(operand_message("SVMOutput", (data, label), "label has the shape of data without classes."))
    one_dtype("SVMOutput", data, label)
    return data.copy()
