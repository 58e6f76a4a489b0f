from numpy cimport npy_intp

cdef void product(bint wide, char* a, npy_intp a_row, npy_intp a_column, char* b, npy_intp b_row, npy_intp b_column,
                  char* out, npy_intp m, npy_intp k, npy_intp n) noexcept nogil
