"""NumPy's inner loops by (ufunc, dtypes), and the few loops that NumPy lacks.

A ufunc's documented C struct holds its inner loops; called directly they cost a few nanoseconds, keep NumPy's SIMD
dispatch and give NumPy's bits. Compiled because it reads that struct. The fields are declared here: newer
declarations shipped with NumPy hide them from Cython.
"""
from numpy cimport (
    import_array, import_umath, npy_intp, PyUFunc_FromFuncAndData, PyUFuncGenericFunction,
    NPY_BOOL, NPY_UINT16, NPY_UINT32, NPY_UINT64, NPY_INT8, NPY_UINT8, NPY_INT16, NPY_INT32, NPY_INT64, NPY_FLOAT16,
    NPY_FLOAT32, NPY_FLOAT64,
)

import_array()
import_umath()

cdef extern from "numpy/ufuncobject.h":
    ctypedef struct PyUFuncObject:
        int nin
        int nout
        void** functions
        void** data
        int ntypes
        const char* types


cdef int find_loop(object ufunc, const int* inputs, int n_inputs, Loop* loop) noexcept:
    """Fills `loop` for the input type numbers; returns the output's type number, or -1 when there is none."""
    cdef PyUFuncObject* u = <PyUFuncObject*> ufunc
    cdef int row, k, width = u.nin + u.nout
    cdef const char* types
    if u.nin != n_inputs or u.nout != 1 or u.functions == NULL:
        return -1
    for row in range(u.ntypes):
        types = u.types + row * width
        for k in range(n_inputs):
            if types[k] != inputs[k]:
                break
        else:
            if u.functions[row] == NULL:
                continue
            loop.fn = <loop_t> u.functions[row]
            loop.data = u.data[row] if u.data != NULL else NULL
            return types[n_inputs]
    return -1


ctypedef fused word:
    unsigned char
    unsigned short
    unsigned int
    unsigned long long


cdef inline word all_bits(char condition, word width) noexcept nogil:
    """All bits set where the condition holds: selecting by a mask costs no mispredicted branch."""
    return <word> -(<long long> (condition != 0))


cdef void bool_to(char** args, const npy_intp* n, const npy_intp* steps, word one) noexcept nogil:
    """`one` is the bit pattern of 1 in the target dtype."""
    cdef npy_intp k
    for k in range(n[0]):
        (<word*> (args[1] + k * steps[1]))[0] = one & all_bits(args[0][k * steps[0]], one)


cdef void bool_to_i1(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    bool_to(args, n, steps, <unsigned char> 1)


cdef void bool_to_i2(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    bool_to(args, n, steps, <unsigned short> 1)


cdef void bool_to_i4(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    bool_to(args, n, steps, <unsigned int> 1)


cdef void bool_to_i8(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    bool_to(args, n, steps, <unsigned long long> 1)


cdef void bool_to_f2(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    bool_to(args, n, steps, <unsigned short> 0x3C00)


cdef void bool_to_f4(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    bool_to(args, n, steps, <unsigned int> 0x3F800000)


cdef void bool_to_f8(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    bool_to(args, n, steps, <unsigned long long> 0x3FF0000000000000)


cdef bint copy_loop(int source, int target, Loop* loop) noexcept:
    """The loop that turns bools into numbers of a type; False when there is none."""
    if source != NPY_BOOL:
        return False
    loop.data = NULL
    if target == NPY_FLOAT32:
        loop.fn = bool_to_f4
    elif target == NPY_FLOAT64:
        loop.fn = bool_to_f8
    elif target == NPY_FLOAT16:
        loop.fn = bool_to_f2
    elif target == NPY_INT32:
        loop.fn = bool_to_i4
    elif target == NPY_INT64:
        loop.fn = bool_to_i8
    elif target == NPY_INT16:
        loop.fn = bool_to_i2
    elif target == NPY_INT8 or target == NPY_UINT8:
        loop.fn = bool_to_i1
    else:
        return False
    return True


cdef void select_words(char** args, const npy_intp* n, const npy_intp* steps, word width) noexcept nogil:
    cdef npy_intp k
    cdef word x, y
    for k in range(n[0]):
        x, y = (<word*> (args[1] + k * steps[1]))[0], (<word*> (args[2] + k * steps[2]))[0]
        (<word*> (args[3] + k * steps[3]))[0] = y ^ ((x ^ y) & all_bits(args[0][k * steps[0]], width))


cdef void select_1(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    select_words(args, n, steps, <unsigned char> 0)


cdef void select_2(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    select_words(args, n, steps, <unsigned short> 0)


cdef void select_4(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    select_words(args, n, steps, <unsigned int> 0)


cdef void select_8(char** args, const npy_intp* n, const npy_intp* steps, void* data) noexcept nogil:
    select_words(args, n, steps, <unsigned long long> 0)


cdef enum:
    SELECT_TYPES = 12

cdef PyUFuncGenericFunction select_functions[SELECT_TYPES]
cdef void* select_data[SELECT_TYPES]
cdef char select_types[4 * SELECT_TYPES]


cdef object make_select():
    cdef int* order = [NPY_BOOL, NPY_INT8, NPY_UINT8, NPY_INT16, NPY_UINT16, NPY_INT32, NPY_UINT32, NPY_INT64,
                       NPY_UINT64, NPY_FLOAT16, NPY_FLOAT32, NPY_FLOAT64]
    cdef int* width = [1, 1, 1, 2, 2, 4, 4, 8, 8, 2, 4, 8]
    cdef int k
    for k in range(SELECT_TYPES):
        select_functions[k] = <PyUFuncGenericFunction> (
            select_1 if width[k] == 1 else select_2 if width[k] == 2 else select_4 if width[k] == 4 else select_8)
        select_data[k] = NULL
        select_types[4 * k] = NPY_BOOL
        select_types[4 * k + 1] = select_types[4 * k + 2] = select_types[4 * k + 3] = order[k]
    return PyUFunc_FromFuncAndData(
        select_functions, select_data, select_types, SELECT_TYPES, 3, 1, -1, "select",
        "select(condition, x, y): x where the condition holds, else y; numpy.where as a ufunc.", 0)


select = make_select()
