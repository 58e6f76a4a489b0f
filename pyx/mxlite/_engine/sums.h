/* Sums of the rows and of the columns of a matrix, bit by bit those of NumPy.

   NumPy adds up the halves of a row by themselves, down to 128 elements, which eight lanes share, and waits for each
   addition of a lane before the next; here four rows, or four quarters of one, are summed at a time. A column is added
   up from the top; here eight rows at a time. Compiled for AVX2 as well (GCC and Clang on x86-64). */
#ifndef MXLITE_SUMS_H
#define MXLITE_SUMS_H
#include <stddef.h>

#if defined(_MSC_VER)
#define MXLITE_ALWAYS static __forceinline
#define MXLITE_RESTRICT __restrict
#elif defined(__GNUC__)
#define MXLITE_ALWAYS static inline __attribute__((always_inline))
#define MXLITE_RESTRICT __restrict__
#else
#define MXLITE_ALWAYS static inline
#define MXLITE_RESTRICT
#endif

typedef struct {
    /* Adds the sums of n rows of `length` elements, one behind the other, to n results. */
    void (*rows)(const void *x, ptrdiff_t n, ptrdiff_t length, void *results);
    /* Adds n rows of `length` elements, which begin `apart` elements from each other, to one. */
    void (*columns)(const void *x, ptrdiff_t n, ptrdiff_t length, ptrdiff_t apart, void *result);
} mxlite_sums;

/* The length of the first half of a row that is longer than 128. */
MXLITE_ALWAYS ptrdiff_t mxlite_half(ptrdiff_t length) { return length / 2 - length / 2 % 8; }

/* Eight lanes: a vector as a type where compilers have that. */
#if defined(__GNUC__)
#define MXLITE_LANES(ELEMENT)                                                                                \
    typedef ELEMENT lanes __attribute__((vector_size(8 * sizeof(ELEMENT))));                                \
    typedef ELEMENT loaded __attribute__((vector_size(8 * sizeof(ELEMENT)), aligned(sizeof(ELEMENT)), may_alias))
#define MXLITE_SET(r, x) r = *(const loaded *) (x)
#define MXLITE_ADD(r, x) r += *(const loaded *) (x)
#else
#define MXLITE_LANES(ELEMENT) typedef ELEMENT lanes[8]
#define MXLITE_SET(r, x) for (int j = 0; j < 8; j++) (r)[j] = (x)[j]
#define MXLITE_ADD(r, x) for (int j = 0; j < 8; j++) (r)[j] += (x)[j]
#endif
#define MXLITE_SUM_OF(r) ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))

#define MXLITE_SUMS(NAME, TARGET, ELEMENT)                                                                            \
    /* Four rows, which begin `apart` elements from each other. */                                                    \
    TARGET static void NAME##_four(const ELEMENT *x, ptrdiff_t apart, ptrdiff_t length, ELEMENT *sums) {              \
        MXLITE_LANES(ELEMENT);                                                                                        \
        const ELEMENT *y = x + apart, *z = y + apart, *w = z + apart;                                                 \
        lanes a, b, c, d;                                                                                             \
        ptrdiff_t k = 0;                                                                                              \
        if (length > 128) {                                                                                           \
            const ptrdiff_t half = mxlite_half(length);                                                               \
            ELEMENT rest[4];                                                                                          \
            NAME##_four(x, apart, half, sums);                                                                        \
            NAME##_four(x + half, apart, length - half, rest);                                                        \
            for (k = 0; k < 4; k++) sums[k] += rest[k];                                                               \
            return;                                                                                                   \
        }                                                                                                             \
        sums[0] = sums[1] = sums[2] = sums[3] = -0.0f;                                                                \
        if (length >= 8) {                                                                                            \
            MXLITE_SET(a, x);                                                                                         \
            MXLITE_SET(b, y);                                                                                         \
            MXLITE_SET(c, z);                                                                                         \
            MXLITE_SET(d, w);                                                                                         \
            for (k = 8; k < length - length % 8; k += 8) {                                                            \
                MXLITE_ADD(a, x + k);                                                                                 \
                MXLITE_ADD(b, y + k);                                                                                 \
                MXLITE_ADD(c, z + k);                                                                                 \
                MXLITE_ADD(d, w + k);                                                                                 \
            }                                                                                                         \
            sums[0] = MXLITE_SUM_OF(a);                                                                               \
            sums[1] = MXLITE_SUM_OF(b);                                                                               \
            sums[2] = MXLITE_SUM_OF(c);                                                                               \
            sums[3] = MXLITE_SUM_OF(d);                                                                               \
        }                                                                                                             \
        for (; k < length; k++) sums[0] += x[k], sums[1] += y[k], sums[2] += z[k], sums[3] += w[k];                   \
    }                                                                                                                 \
    TARGET static ELEMENT NAME##_one(const ELEMENT *x, ptrdiff_t length) {                                            \
        MXLITE_LANES(ELEMENT);                                                                                        \
        const ptrdiff_t half = mxlite_half(length);                                                                   \
        ELEMENT sum = -0.0f, sums[4];                                                                                 \
        ptrdiff_t k = 0;                                                                                              \
        lanes a;                                                                                                      \
        if (length > 128) {                                                                                           \
            if (half > 128 && 2 * half == length && 2 * mxlite_half(half) == half) {                                  \
                NAME##_four(x, half / 2, half / 2, sums);                                                             \
                return (sums[0] + sums[1]) + (sums[2] + sums[3]);                                                     \
            }                                                                                                         \
            return NAME##_one(x, half) + NAME##_one(x + half, length - half);                                         \
        }                                                                                                             \
        if (length >= 8) {                                                                                            \
            MXLITE_SET(a, x);                                                                                         \
            for (k = 8; k < length - length % 8; k += 8) { MXLITE_ADD(a, x + k); }                                    \
            sum = MXLITE_SUM_OF(a);                                                                                   \
        }                                                                                                             \
        for (; k < length; k++) sum += x[k];                                                                          \
        return sum;                                                                                                   \
    }                                                                                                                 \
    TARGET static void NAME##_rows(const void *x, ptrdiff_t n, ptrdiff_t length, void *results) {                     \
        const ELEMENT *row = (const ELEMENT *) x;                                                                     \
        ELEMENT *out = (ELEMENT *) results, sums[4];                                                                  \
        ptrdiff_t k;                                                                                                  \
        for (k = 0; k + 4 <= n; k += 4, row += 4 * length) {                                                          \
            NAME##_four(row, length, length, sums);                                                                   \
            for (int j = 0; j < 4; j++) out[k + j] += sums[j];                                                        \
        }                                                                                                             \
        for (; k < n; k++, row += length) out[k] += NAME##_one(row, length);                                          \
    }                                                                                                                 \
    TARGET static void NAME##_columns(const void *x, ptrdiff_t n, ptrdiff_t length, ptrdiff_t apart, void *result) {  \
        const ELEMENT *a = (const ELEMENT *) x;                                                                       \
        ELEMENT *MXLITE_RESTRICT out = (ELEMENT *) result;                                                            \
        ptrdiff_t k, j;                                                                                               \
        for (k = 0; k + 8 <= n; k += 8, a += 8 * apart) {                                                             \
            const ELEMENT *b = a + apart, *c = b + apart, *d = c + apart, *e = d + apart;                             \
            const ELEMENT *f = e + apart, *g = f + apart, *h = g + apart;                                             \
            for (j = 0; j < length; j++)                                                                              \
                out[j] = (((((((out[j] + a[j]) + b[j]) + c[j]) + d[j]) + e[j]) + f[j]) + g[j]) + h[j];                \
        }                                                                                                             \
        for (; k < n; k++, a += apart)                                                                                \
            for (j = 0; j < length; j++) out[j] += a[j];                                                              \
    }                                                                                                                 \
    static const mxlite_sums NAME = {NAME##_rows, NAME##_columns};

MXLITE_SUMS(mxlite_sums_4, , float)
MXLITE_SUMS(mxlite_sums_8, , double)
#if defined(__GNUC__) && defined(__x86_64__)
MXLITE_SUMS(mxlite_sums_4_avx2, __attribute__((target("avx2"))), float)
MXLITE_SUMS(mxlite_sums_8_avx2, __attribute__((target("avx2"))), double)
#endif

/* The functions for elements of 4 or 8 bytes. */
static inline const mxlite_sums *mxlite_sums_of(int width) {
#if defined(__GNUC__) && defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) return width == 4 ? &mxlite_sums_4_avx2 : &mxlite_sums_8_avx2;
#endif
    return width == 4 ? &mxlite_sums_4 : &mxlite_sums_8;
}
#endif
