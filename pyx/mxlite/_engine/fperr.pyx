"""Switching NumPy's floating-point warnings off and on again, as numpy.errstate does, for a tenth of its cost.

MXNet never warns about 1/0 or log(0), so the NumPy calls inside an operator must not. numpy.errstate keeps its state
in a context variable; which one, and with what value, is seen by entering an errstate once. Compiled because it
surrounds every general operator.
"""
import contextvars

from cpython.contextvars cimport PyContextVar_Reset, PyContextVar_Set
import numpy


def _find():
    """The context variable that numpy.errstate sets and its value for "ignore"; None where it works otherwise."""
    before = dict(contextvars.copy_context().items())
    with numpy.errstate(all="ignore"):
        inside = contextvars.copy_context()
        for variable, value in inside.items():
            if variable not in before or before[variable] is not value:
                return variable, value
    return None, None


cdef object variable, ignore
variable, ignore = _find()


cdef object silence():
    """Turns warnings off in this context; the token turns them back on."""
    if variable is None:
        scope = numpy.errstate(all="ignore")
        scope.__enter__()
        return scope
    return PyContextVar_Set(variable, ignore)


cdef int restore(object token) except -1:
    if variable is None:
        token.__exit__(None, None, None)
    else:
        PyContextVar_Reset(variable, token)
    return 0
