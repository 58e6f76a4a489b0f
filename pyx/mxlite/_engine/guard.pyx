"""Callables whose errors are mxlite's: what Python or NumPy raises inside is translated on its way out.

Compiled because the functions behind it are called for every array that is made.
"""
from functools import update_wrapper

from mxlite._errors import MXNetError, name_in, translated


def guarded(function, str name=None):
    """The function, with every built-in exception that it raises itself replaced by the error of mxlite that it is.

    `name` is what the message calls it. Exceptions that a callback of the user raises pass unchanged.
    """
    cdef str called = name or function.__name__
    cdef bint method = function.__name__ == "__init__"      # of which the object is no argument to be shown

    def entry(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except MXNetError as exc:
            name_in(called, exc, args[method:], kwargs)
            raise
        except Exception as exc:
            error = translated(function, called, args[method:], kwargs, exc)
            if error is None:
                raise
            raise error from exc

    return update_wrapper(entry, function)
