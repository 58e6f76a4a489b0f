"""Whether dead objects are kept to be used again. Not under a sanitizer, which then sees a use after the end, nor where
threads run without the interpreter's lock, which is what guards the lists of them."""
cdef extern from *:
    """
    #ifndef MXLITE_REUSE
    #if defined(__SANITIZE_ADDRESS__) || defined(Py_GIL_DISABLED) || !CYTHON_USE_FREELISTS
    #define MXLITE_REUSE 0
    #else
    #define MXLITE_REUSE 1
    #endif
    #endif
    """
    bint REUSE "MXLITE_REUSE"
